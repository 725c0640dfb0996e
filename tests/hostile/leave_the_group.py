# Tries: moves out of the process group that is killed, and loops
# Attacks: affine/bias-gradient
# Class: own
# Says: within [\d.]+ s
# %%
import os
import signal

def bias_gradient(dY):
    os.setpgid(0, os.getpgid(os.getppid()))
    signal.setitimer(signal.ITIMER_PROF, 0)
    while True:
        pass
