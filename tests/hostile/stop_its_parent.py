# Tries: stops the process that would report its end
# Attacks: affine/bias-gradient
# Class: own
# %%
import os
import signal

def bias_gradient(dY):
    os.kill(os.getppid(), signal.SIGSTOP)
    while True:
        pass
