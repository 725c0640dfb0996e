# Tries: stops its own process and waits to be continued
# Attacks: affine/bias-gradient
# Class: own
# Says: within [\d.]+ s
# %%
import os
import signal

def bias_gradient(dY):
    os.kill(os.getpid(), signal.SIGSTOP)
