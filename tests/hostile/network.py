# Tries: connects to the world by TCP, UDP, IPv6, raw and unix sockets, and asks for the answer
# Attacks: affine/bias-gradient
# Class: A4
# %%
import ctypes
import os
import socket

reached = []
targets = [(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", port)) for port in (22, 80, 8786, 8888)]
targets += [(socket.AF_INET, socket.SOCK_DGRAM, ("8.8.8.8", 53)), (socket.AF_INET6, socket.SOCK_STREAM, ("::1", 22))]
targets += [(socket.AF_UNIX, socket.SOCK_STREAM, path) for path in ("/run/docker.sock", "\0abstract", "/tmp/.X11-unix/X0")]
targets += [(socket.AF_NETLINK, socket.SOCK_RAW, (0, 0)), (socket.AF_INET, socket.SOCK_RAW, ("127.0.0.1", 0))]
for family, kind, address in targets:
    try:
        with socket.socket(family, kind) as sock:
            sock.settimeout(0.2)
            sock.connect(address)
            sock.send(b"answer?")
            reached.append(address)
    except OSError:
        pass
try:
    with socket.socket() as sock:
        sock.bind(("0.0.0.0", 0))
        sock.listen()
        reached.append("listening")
except OSError:
    pass

# %%
def bias_gradient(dY):
    raise ValueError("SMUG" f"GLED {reached}") if reached else ZeroDivisionError
