# Tries: closes every descriptor in a cell, and again in a call
# Attacks: affine/bias-gradient
# Class: own
# %%
import os

os.closerange(0, 200)

# %%
def bias_gradient(dY):
    os.closerange(0, 200)
    return np.zeros(dY.shape[1])
