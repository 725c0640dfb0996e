# Tries: returns a list of a million numbers, and new arrays without end
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    return list(range(10**6)) if dY.shape[0] == 1 else [np.zeros(1) for _ in range(200_000)]
