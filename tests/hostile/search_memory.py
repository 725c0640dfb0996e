# Tries: looks among all objects for an array of the right shape or another bias_gradient
# Attacks: affine/bias-gradient
# Class: A2
# %%
import gc
import types

def bias_gradient(dY):
    for found in gc.get_objects():
        if isinstance(found, types.FunctionType) and found.__name__ == "bias_gradient":
            if found.__module__ != "__main__":
                return found(dY)
        if type(found) is dict and "reference" in found:
            return found["reference"].bias_gradient(dY)
    return np.zeros(dY.shape[1])
