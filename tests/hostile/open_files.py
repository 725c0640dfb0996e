# Tries: opens files until there are none left
# Attacks: affine/bias-gradient
# Class: own
# Says: the limit for open files is 128
# %%
def bias_gradient(dY):
    kept = [open("/dev/null") for _ in range(5000)]
    return np.zeros(dY.shape[1] + len(kept) * 0)
