# Tries: sends its reply byte by byte, each before anybody loses patience
# Attacks: affine/bias-gradient
# Class: own
# Says: within [\d.]+ s|not finish|sent back what it should not
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
    data = frame(([], ("ok", 1.0)))
    for fd in sockets():
        for byte in data * 100:
            os.write(fd, bytes([byte]))
            time.sleep(0.05)
