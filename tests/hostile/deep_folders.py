# Tries: nests folders deeper than a path or a recursion can go
# Attacks: affine/bias-gradient
# Class: own
# %%
import os

top = os.getcwd()
for _ in range(3000):
    os.mkdir("d" * 100)
    os.chdir("d" * 100)
os.chdir(top)

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
