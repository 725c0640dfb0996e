# Tries: waits for somebody to type the answer
# Attacks: affine/bias-gradient
# Class: own
# %%
import sys

def bias_gradient(dY):
    return np.array([float(word) for word in sys.stdin.read().split()] or input("the answer, please"))
