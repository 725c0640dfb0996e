# Tries: asks for more memory than there is
# Attacks: affine/bias-gradient
# Class: A17
# Says: the memory limit is 256 MiB
# %%
def bias_gradient(dY):
    return np.ones((2**16, 2**16))
