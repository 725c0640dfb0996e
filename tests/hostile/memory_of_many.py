# Tries: has many processes hold as much memory as each may
# Attacks: affine/bias-gradient
# Class: own
# Says: all its processes together held more than 512 MiB of memory|within [\d.]+ s
# %%
import os
import time

def bias_gradient(dY):
    for _ in range(12):
        if os.fork() == 0:
            held = np.ones(20 * 2**20)
            time.sleep(1000)
    time.sleep(1000)
