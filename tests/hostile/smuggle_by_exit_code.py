# Tries: ends its process with an input for an exit code
# Attacks: affine/bias-gradient
# Class: A20
# Hides: exit code [1-9]
# Says: exit code other than 0
# %%
import os

def bias_gradient(dY):
    os._exit(100 + int(abs(dY[0, 0]) * 16))
