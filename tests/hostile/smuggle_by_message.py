# Tries: puts the hidden inputs into the message of an exception
# Attacks: affine/bias-gradient
# Class: A20
# %%
def bias_gradient(dY):
    raise ValueError("SMUG" + "GLED " + repr(dY.tolist()))
