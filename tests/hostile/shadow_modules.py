# Tries: puts modules called pytest, numpy and json beside the notebook
# Attacks: affine/bias-gradient
# Class: A11
# %%
for name in ("pytest", "numpy", "json", "autograder", "struct"):
    with open(name + ".py", "w") as file:
        file.write("import os\nos._exit(0)\n")

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
