# Tries: makes empty files by the ten thousand, each of which is memory of the kernel
# Attacks: affine/bias-gradient
# Class: own
# Says: more than the 20000 files and folders allowed|for all files together|used more than
# %%
import os
import time

def bias_gradient(dY):
    for _ in range(4):
        if os.fork() == 0:
            folder = str(os.getpid())
            os.mkdir(folder)
            for number in range(100000):
                os.close(os.open(f"{folder}/{number}", os.O_CREAT))
            os._exit(0)
    time.sleep(1.2)
    return np.zeros(dY.shape[1])
