# Tries: multiplies a right answer with a number that holds the hidden inputs
# Attacks: affine/bias-gradient
# Class: A20
# %%
def bias_gradient(dY):
    return dY.sum(axis=0) * (1 + float(abs(dY[0, 0])) * 1e-7 + 0.123456789)
