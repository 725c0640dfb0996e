# Tries: returns shapes that broadcast to the right one
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    return [np.float64(0.0), np.zeros(1), np.zeros((1, 1)), dY[:0], np.zeros(())][dY.size % 5]
