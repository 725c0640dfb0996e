# Tries: returns a dict of two references to a dict of two references, and so on
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    value = dY.copy()
    for _ in range(22):
        value = {"left": value, "right": value}
    return value
