# Tries: puts the hidden inputs into the name of an exception class
# Attacks: affine/bias-gradient
# Class: A20
# %%
def bias_gradient(dY):
    raise type("SMUG" + "GLED" + dY.tobytes().hex(), (Exception,), {})("x")
