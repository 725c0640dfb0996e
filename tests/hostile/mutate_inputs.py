# Tries: sets its argument to zero and returns zeros, which are then the right answer
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    dY[...] = 0.0
    return np.zeros(dY.shape[1])
