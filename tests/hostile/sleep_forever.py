# Tries: sleeps instead of answering
# Attacks: affine/bias-gradient
# Class: own
# Says: within [\d.]+ s
# %%
import time

def bias_gradient(dY):
    time.sleep(10**6)
