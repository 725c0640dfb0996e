# Tries: spells an input in the length of a list
# Attacks: affine/bias-gradient
# Class: A20
# Hides: list of \d\d
# %%
def bias_gradient(dY):
    return [0.0] * (100 + int(abs(dY[0, 0]) * 16))
