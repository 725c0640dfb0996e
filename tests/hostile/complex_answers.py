# Tries: returns complex numbers and integers of every size
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    kinds = (np.complex128, np.int8, np.uint64, np.float16)
    return np.zeros(dY.shape[1]).astype(kinds[dY.size % 4])
