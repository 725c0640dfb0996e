# Tries: allows itself neither descriptors nor processes, so that no exercise can be handed over
# Attacks: affine/bias-gradient
# Class: own
# %%
import resource

resource.setrlimit(resource.RLIMIT_NOFILE, (4, 4))
resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
