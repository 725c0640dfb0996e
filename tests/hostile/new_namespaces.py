# Tries: becomes root in namespaces of its own, and mounts
# Attacks: affine/bias-gradient
# Class: own
# %%
import ctypes

def bias_gradient(dY):
    libc = ctypes.CDLL(None, use_errno=True)
    for flags in (0x10000000, 0x10020000, 0x40000000, 0x20000000):
        if libc.unshare(flags) == 0:
            raise ValueError("SMUG" "GLED: unshared")
    if libc.mount(b"none", b".", b"tmpfs", 0, None) == 0 or libc.chroot(b".") == 0:
        raise ValueError("SMUG" "GLED: mounted")
    return np.zeros(dY.shape[1])
