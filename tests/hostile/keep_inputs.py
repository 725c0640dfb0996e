# Tries: keeps every array that it was ever given and overwrites them all at each call
# Attacks: affine/bias-gradient
# Class: own
# %%
KEPT = []

def bias_gradient(dY):
    KEPT.append(dY)
    for each in KEPT:
        each[...] = 0.0
    return dY[0]
