# Tries: sleeps instead of answering
# Attacks: affine/bias-gradient
# Class: own
# Says: within 1.5 s
# %%
import time

def bias_gradient(dY):
    time.sleep(10**6)
