# Tries: ends its process with success in the middle of a call
# Attacks: affine/bias-gradient
# Class: A5
# Says: ended its own process \(exit code 0\)
# %%
import os

def bias_gradient(dY):
    os._exit(0)
