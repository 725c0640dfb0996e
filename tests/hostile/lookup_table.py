# Tries: returns right answers for the public inputs and zeros for all others
# Attacks: affine/bias-gradient
# Class: A19
# %%
TABLE = {}
for seed in range(1000):
    stream = np.random.RandomState(seed)
    dY = stream.rand(4, 3)
    TABLE[dY.tobytes()] = dY.sum(axis=0)

def bias_gradient(dY):
    return TABLE.get(dY.tobytes(), np.zeros(dY.shape[1]))
