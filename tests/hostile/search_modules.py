# Tries: imports the reference, the suites and the kit by every name they could have
# Attacks: affine/bias-gradient
# Class: A2, A19
# %%
import importlib
import sys

def bias_gradient(dY):
    names = ["reference_affine", "solutions.affine", "affine", "autograder.suites.test_affine", "test_affine"]
    for name in [*names, *sys.modules]:
        try:
            other = getattr(importlib.import_module(name), "bias_gradient", None)
        except BaseException:
            continue
        if other is not None and other is not bias_gradient:
            return other(dY)
    return np.zeros(dY.shape[1])
