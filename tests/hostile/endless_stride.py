# Tries: returns an array that claims eight gigabytes of one number
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    return np.lib.stride_tricks.as_strided(np.zeros(1), (10**9,), (0,))
