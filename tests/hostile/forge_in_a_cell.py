# Tries: forges the reports of its cells and the answers of the process that forks
# Attacks: affine/bias-gradient
# Class: A13
# %%
import os
import socket
import struct
import sys
import threading
import time

def sockets():
    for fd in range(3, 256):
        try:
            if os.path.exists(f"/dev/fd/{fd}") or os.fstat(fd).st_mode & 0o170000 == 0o140000:
                yield fd
        except OSError:
            pass

def wire():
    return next(module for name, module in sys.modules.items() if name.endswith("worker.wire"))

def frame(value):
    payload = wire().encode(value)
    return b"AGW1" + struct.pack("!I", len(payload)) + payload

for fd in sockets():
    for report in (("ran", 5, [("display", (("text/plain", "2.0"),))], None), ("done",), ("forked",)):
        os.write(fd, frame(report))
    os.write(fd, frame(("ended", "exit", 0)) * 3)

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
