# Tries: spells the inputs in the shape of an empty array
# Attacks: affine/bias-gradient
# Class: A20
# Hides: shape \(\d+, \d+, \d+
# %%
def bias_gradient(dY):
    return np.zeros((0, 217, *(abs(dY[0, :3]) * 16).astype(int)))
