"""The warm process: it has imported everything, has seen no suite and no solution, and only forks.

It is started by `autograder.sandbox` with a control socket and answers there::

    ("spawn", limits, folder) + one fd  -> ("spawned", pid); the child serves that fd as a `Submission`
    ("end", pid)                        -> the child and all that it started are killed; ("ended",)

Student code never runs in this process. On systems without fork a process serves a single submission.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from .cells import WorkerShell, kit_stub, new_shell
from .submission import Submission
from .wire import Channel, StreamEnded

if TYPE_CHECKING:
    from collections.abc import Mapping

_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


def warm_up(libraries: list[str]) -> WorkerShell:
    """Import what submissions will need, and keep it out of the garbage collector's way.

    Raises
    ------
    ImportError
        A declared library is not installed.
    """
    for name in libraries:
        importlib.import_module(name)
    sys.modules["autograder"] = kit_stub()
    shell = new_shell()
    gc.collect()
    gc.freeze()  # a collection in a fork would otherwise touch, and so copy, every page
    return shell


def serve(control: Channel, shell: WorkerShell) -> None:
    """Fork a process for each submission until the control socket ends."""
    _adopt_orphans()
    with contextlib.suppress(StreamEnded):
        while True:
            operation, *operands = control.receive()
            if operation == "spawn":
                _spawn(control, shell, *operands)
            else:
                _end(*operands)
                control.send(("ended",))
    _end_all()


def _spawn(control: Channel, shell: WorkerShell, limits: list[tuple[str, float]], folder: str) -> None:
    _, fds, _, _ = socket.recv_fds(control.sock, 1, 1)
    child = os.fork()
    if child == 0:
        control.close()
        be_submission(Channel(socket.socket(fileno=fds[0])), shell, dict(limits), folder)
    os.close(fds[0])
    control.send(("spawned", child))


def be_submission(channel: Channel, shell: WorkerShell, limits: Mapping[str, float], folder: str) -> NoReturn:
    """Become the process of one submission, and end with it."""
    code = 1
    try:
        if hasattr(os, "setsid"):
            with contextlib.suppress(OSError):
                os.setsid()
        os.chdir(folder)
        Submission(shell, channel, limits).serve()
        code = 0
    finally:
        os._exit(code)


def _adopt_orphans() -> None:
    """Become the parent of whatever a submission leaves behind, so that it can be found and ended."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _end(pid: int) -> None:
    """Kill a submission, then whatever it has left behind (its descendants are ours by now)."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
    _end_all()


def _end_all() -> None:
    """Kill and reap children until there are none: a killed parent's children become ours in turn."""
    while children := _children():
        for child in children:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(child, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(-1, 0)
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _children() -> list[int]:
    own = Path(f"/proc/self/task/{os.getpid()}/children")
    try:
        return [int(pid) for pid in own.read_text(encoding="ascii").split()]
    except (OSError, ValueError):  # no procfs (macOS): the process group was all that we could reach
        return []
