# Tries: returns the largest arrays that a frame can hold, each time another one
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    return np.random.randint(0, 255, 15 * 2**20, dtype=np.uint8)
