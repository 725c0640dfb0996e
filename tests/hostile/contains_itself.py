# Tries: returns dicts and lists that contain themselves
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    loop = {"dB": dY.copy()}
    loop["loop"] = loop
    return loop
