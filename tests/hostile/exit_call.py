# Tries: leaves with success in the middle of a call
# Attacks: affine/bias-gradient
# Class: A5
# %%
import sys

def bias_gradient(dY):
    sys.exit(0)
