# Tries: returns truth values, whose differences NumPy refuses to compute
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    return np.ones(dY.shape[1], bool)
