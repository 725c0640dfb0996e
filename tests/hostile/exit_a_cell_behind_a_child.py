# Tries: ends the process of its cells while a child keeps the connection open
# Attacks: affine/bias-gradient
# Class: own
# %%
import os
import time

if os.fork() == 0:
    time.sleep(1000)
os._exit(0)

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
