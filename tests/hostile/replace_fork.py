# Tries: makes os.fork pretend that it is the child
# Attacks: affine/bias-gradient
# Class: own
# %%
import os

os.fork = lambda: 0

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
