# Tries: writes to address zero
# Attacks: affine/bias-gradient
# Class: own
# Says: the process crashed \(SIGSEGV\)
# %%
import ctypes

def bias_gradient(dY):
    ctypes.memset(0, 1, 1)
