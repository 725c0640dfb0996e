# Tries: starts processes without end, in a cell and in a call
# Attacks: affine/bias-gradient
# Class: own
# Says: the limit for processes and threads is 16
# %%
import os
import time

def bias_gradient(dY):
    for _ in range(1000):
        if os.fork() == 0:
            time.sleep(1000)
    return np.zeros(dY.shape[1])
