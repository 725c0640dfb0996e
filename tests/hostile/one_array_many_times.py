# Tries: returns a list that names one array a hundred thousand times
# Attacks: affine/bias-gradient
# Class: own
# %%
LARGE = np.zeros(500_000)

def bias_gradient(dY):
    return [LARGE] * 100_000
