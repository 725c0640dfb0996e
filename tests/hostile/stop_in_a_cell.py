# Tries: stops the process that runs its cells
# Attacks: affine/bias-gradient
# Class: own
# %%
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
