# Tries: puts the hidden inputs into the type name of what it returns
# Attacks: affine/bias-gradient
# Class: A20
# %%
def bias_gradient(dY):
    return type("SMUG" + "GLED" + dY.tobytes().hex(), (), {})()
