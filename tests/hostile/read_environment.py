# Tries: looks for secrets in the environment, the command line and the open descriptors
# Attacks: affine/bias-gradient
# Class: A2
# %%
import os
import sys

def bias_gradient(dY):
    for fd in range(3, 300):
        try:
            os.lseek(fd, 0, 0)
            text = os.read(fd, 100)
        except OSError:
            continue
        if text:
            raise ValueError("SMUG" f"GLED {fd} {text}")
    leaks = [key for key in os.environ if "SECRET" in key or "TOKEN" in key or "SSH" in key]
    if leaks or any("suite" in word for word in sys.orig_argv):
        raise ValueError("SMUG" f"GLED {leaks}")
    return np.zeros(dY.shape[1])
