# Tries: ends its process with success in a cell, before anything can be tested
# Attacks: affine/bias-gradient
# Class: A5
# Says: ended its own process \(exit code 0\)
# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])

import os
os._exit(0)
