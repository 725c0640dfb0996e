# Tries: hides the inputs in the name of a missing name, which a hint repeats
# Attacks: affine/bias-gradient
# Class: A20
# %%
def bias_gradient(dY):
    return eval("SMUG" + "GLED_" + dY.tobytes().hex())
