# Tries: writes one large file
# Attacks: affine/bias-gradient
# Class: own
# Says: the limit for one file is 2 MiB
# %%
def bias_gradient(dY):
    with open("large", "wb") as file:
        for _ in range(1000):
            file.write(bytes(2**20))
    return np.zeros(dY.shape[1])
