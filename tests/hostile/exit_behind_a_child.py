# Tries: ends its process while a child keeps the connection open
# Attacks: affine/bias-gradient
# Class: own
# Says: exit code 0
# %%
import os
import time

def bias_gradient(dY):
    if os.fork() == 0:
        time.sleep(1000)
    os._exit(0)
