# Tries: puts the hidden inputs into the keys of a dict
# Attacks: affine/bias-gradient
# Class: A20
# %%
def bias_gradient(dY):
    return {"SMUG" + "GLED " + dY.tobytes().hex(): np.random.rand(3)}
