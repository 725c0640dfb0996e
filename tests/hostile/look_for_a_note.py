# Tries: looks for what another student may have left
# Attacks: affine/bias-gradient
# Class: own
# %%
import ctypes
import os

def bias_gradient(dY):
    for path in ("/scratch/note", "../note", "/dev/shm/note", "/tmp/note", "/var/tmp/note", "/kit/cache/note"):
        if os.path.exists(path):
            raise ValueError("SMUG" + "GLED")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.shmget(0x4E4F5445, 4096, 0) >= 0 or libc.semget(0x4E4F5445, 1, 0) >= 0:
        return dY.sum(axis=0)
    return np.zeros(dY.shape[1])
