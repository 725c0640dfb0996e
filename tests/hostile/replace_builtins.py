# Tries: replaces the builtins that the worker asks what an answer is
# Attacks: affine/bias-gradient
# Class: A15
# %%
import builtins

def bias_gradient(dY):
    builtins.isinstance = lambda *args: True
    builtins.type = lambda *args: int
    return np.zeros(dY.shape[1])
