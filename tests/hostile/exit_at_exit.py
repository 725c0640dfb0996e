# Tries: arranges for an exit code of success
# Attacks: affine/bias-gradient
# Class: A6
# %%
import atexit
import os
import signal

atexit.register(lambda: os._exit(0))
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGPROF, signal.SIGXCPU):
    signal.signal(number, lambda *_: os._exit(0))

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
