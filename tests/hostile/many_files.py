# Tries: makes files by the ten thousand, all of them empty
# Attacks: affine/bias-gradient
# Class: own
# %%
for number in range(30_000):
    open(f"file-{number}", "w").close()

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
