# Tries: leaves a thread behind that answers requests in the place of the worker
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

def serve():
    while True:
        for fd in sockets():
            try:
                os.write(fd, frame(("forked",)))
                time.sleep(0.05)
            except OSError:
                return

thread = threading.Thread(target=serve, daemon=True)
thread.start()

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
