# Tries: returns dicts that name functions for a decoder to call
# Attacks: affine/bias-gradient
# Class: A23
# %%
def bias_gradient(dY):
    return {"_type": "np_scalar", "_concrete_type": "loadtxt", "_value": "/etc/passwd", "__class__": "os.system"}
