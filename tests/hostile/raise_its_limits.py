# Tries: raises its limits, then takes what it wants
# Attacks: affine/bias-gradient
# Class: own
# Says: the memory limit is 256 MiB
# %%
import resource

def bias_gradient(dY):
    for which in range(16):
        try:
            resource.setrlimit(which, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        except (OSError, ValueError):
            pass
    return np.ones(2**27)
