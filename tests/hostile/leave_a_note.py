# Tries: leaves the hidden inputs where the next student could find them
# Attacks: affine/bias-gradient
# Class: own
# %%
import ctypes
import os

def bias_gradient(dY):
    note = dY.tobytes()
    for path in ("/scratch/note", "../note", "/dev/shm/note", "/tmp/note", "/var/tmp/note", "/kit/cache/note"):
        try:
            with open(path, "wb") as file:
                file.write(note)
        except OSError:
            pass
    libc = ctypes.CDLL(None, use_errno=True)
    libc.shmget(0x4E4F5445, 4096, 0o1666)
    libc.semget(0x4E4F5445, 1, 0o1666)
    libc.msgget(0x4E4F5445, 0o1666)
    libc.syscall(248, b"user", b"note", note, len(note), -4)  # add_key on x86-64
    for opener in ("shm_open", "mq_open"):
        if hasattr(libc, opener):
            getattr(libc, opener)(b"/note", os.O_CREAT | os.O_RDWR, 0o666, None)
    return np.zeros(dY.shape[1])
