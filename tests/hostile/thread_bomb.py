# Tries: starts threads without end
# Attacks: affine/bias-gradient
# Class: own
# Says: the limit for processes and threads is 16
# %%
import threading
import time

def bias_gradient(dY):
    for _ in range(1000):
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    return np.zeros(dY.shape[1])
