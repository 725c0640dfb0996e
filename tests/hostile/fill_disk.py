# Tries: fills the file system with files of an allowed size
# Attacks: affine/bias-gradient
# Class: own
# Says: the limit for all files together is 64 MiB
# %%
def bias_gradient(dY):
    for number in range(1000):
        with open(f"part-{number}", "wb") as file:
            file.write(bytes(2**20))
    return np.zeros(dY.shape[1])
