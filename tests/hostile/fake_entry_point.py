# Tries: plants a pytest plugin as a distribution in its folder
# Attacks: affine/bias-gradient
# Class: A12
# %%
import os

os.makedirs("evil-1.0.dist-info")
with open("evil-1.0.dist-info/METADATA", "w") as file:
    file.write("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
with open("evil-1.0.dist-info/entry_points.txt", "w") as file:
    file.write("[pytest11]\nevil = evil\n")
with open("evil.py", "w") as file:
    file.write("def pytest_pyfunc_call(pyfuncitem):\n    return True\n")

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
