# Tries: hands shared memory from process to process, so that each holds little and all together hold much
# Attacks: affine/bias-gradient
# Class: own
# Says: the memory limit is 256 MiB
# %%
import ctypes
import mmap
import os
import time

SIZE = 150 * 2**20

def hold(held):
    if os.fork() == 0:
        ctypes.memset(ctypes.addressof(ctypes.c_char.from_buffer(held)), 1, SIZE)
        os._exit(0)
    os.wait()
    time.sleep(100)

def bias_gradient(dY):
    for _ in range(8):
        held = mmap.mmap(-1, SIZE)
        if os.fork() == 0:
            hold(held)
        held.close()
        time.sleep(0.1)
    return np.zeros(dY.shape[1])
