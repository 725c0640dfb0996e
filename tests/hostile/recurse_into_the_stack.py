# Tries: recurses until the C stack is gone
# Attacks: affine/bias-gradient
# Class: own
# %%
import sys

def bias_gradient(dY):
    sys.setrecursionlimit(10**8)
    nested = ()
    for _ in range(10**6):
        nested = (nested,)
    return hash(nested)
