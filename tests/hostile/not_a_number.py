# Tries: returns NaN, which no comparison finds unequal
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    return np.full(dY.shape[1], np.nan)
