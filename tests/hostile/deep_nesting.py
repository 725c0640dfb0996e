# Tries: returns lists within lists, a hundred thousand deep
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    value = []
    for _ in range(100_000):
        value = [value]
    return value
