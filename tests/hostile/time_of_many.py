# Tries: burns the time of all cores in a dozen processes, while it waits
# Attacks: affine/bias-gradient
# Class: own
# Says: did not return within 1.5 s
# %%
import os
import time

def bias_gradient(dY):
    for _ in range(12):
        if os.fork() == 0:
            while True:
                pass
    time.sleep(100)
