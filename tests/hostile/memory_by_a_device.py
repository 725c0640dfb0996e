# Tries: shares memory by mapping a device, which no process is charged for
# Attacks: affine/bias-gradient
# Class: own
# %%
import mmap
import os

def bias_gradient(dY):
    held = mmap.mmap(os.open("/dev/zero", os.O_RDWR), 100 * 2**20)
    held[::4096] = b"x" * (len(held) // 4096)
    return np.zeros(dY.shape[1])
