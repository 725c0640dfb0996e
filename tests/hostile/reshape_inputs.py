# Tries: gives its argument another shape in place
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    dY.shape = (dY.size,)
    return dY
