"""The warm process: it has imported everything, has seen no suite and no solution, and only forks.

It is started by `autograder.sandbox` with a control socket and answers there::

    ("spawn", limits, walls) + one fd  -> ("spawned", pid); the child serves that fd as a `Submission`
    ("end", pid)                       -> the child and all that it started are killed; ("ended",)

Student code never runs in this process. On systems without fork a process serves a single submission.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import os
import random
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from .cells import WorkerShell, kit_stub, new_shell
from .limits import address_space_bytes, die_with_parent, restrict
from .submission import Submission
from .walls import WallError, Walls, hide_from_debuggers, raise_walls
from .wire import Channel, StreamEnded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SEED = 0
_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


def warm_up(libraries: list[str], scratch: str) -> WorkerShell:
    """Import what submissions will need, and keep it out of the garbage collector's way.

    Matplotlib wants to write to its cache, so it works on a copy of the kit's, which may be read-only.

    Raises
    ------
    ImportError
        A declared library is not installed.
    """
    cache = Path(scratch) / "matplotlib"
    shutil.copytree(os.environ["MPLCONFIGDIR"], cache, dirs_exist_ok=True)
    os.environ["MPLCONFIGDIR"] = str(cache)
    for name in libraries:
        importlib.import_module(name)
    sys.modules["autograder"] = kit_stub()
    shell = new_shell()
    gc.collect()
    gc.freeze()  # a collection in a fork would otherwise touch, and so copy, every page
    return shell


class Server:
    """The warm process's loop.

    Parameters
    ----------
    control : Channel
        Where orders come from.
    shell : WorkerShell
        What every submission starts with.
    scratch : str
        A folder for the folders of submissions.
    """

    def __init__(self, control: Channel, shell: WorkerShell, scratch: str) -> None:
        self.control = control
        self.shell = shell
        self.scratch = Path(scratch)
        self.base_bytes = address_space_bytes()
        self.folders: dict[int, Path] = {}

    def serve(self) -> None:
        """Fork a process for each submission until the control socket ends."""
        _adopt_orphans()
        hide_from_debuggers()
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the first process of a namespace then ignores it
        with contextlib.suppress(StreamEnded):
            while True:
                operation, *operands = self.control.receive()
                if operation == "spawn":
                    self.spawn(*operands)
                else:
                    self.end(*operands)
                    self.control.send(("ended",))
        _end_all()

    def spawn(self, limits: list[tuple[str, float]], walls: list[tuple[str, Any]]) -> None:
        """Fork a submission's process and answer with its pid."""
        _, fds, _, _ = socket.recv_fds(self.control.sock, 1, 1)
        wanted = Walls(**dict(walls))
        folder = Path(tempfile.mkdtemp(prefix="work-", dir=self.scratch))
        if wanted.uid is not None:
            os.chown(folder, wanted.uid, wanted.uid)
        child = os.fork()
        if child == 0:
            self.control.close()
            channel = Channel(socket.socket(fileno=fds[0]))
            be_submission(channel, self.shell, dict(limits), str(folder), wanted, self.base_bytes)
        os.close(fds[0])
        self.folders[child] = folder
        self.control.send(("spawned", child))

    def end(self, pid: int) -> None:
        """Kill a submission, then whatever it has left behind (its descendants are ours by now)."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)
        _end_all()
        _remove(self.folders.pop(pid))


def be_submission(  # noqa: PLR0917 - called in one place on each kind of system
    channel: Channel,
    shell: WorkerShell,
    limits: Mapping[str, float],
    folder: str,
    walls: Walls,
    base_bytes: int | None,
) -> NoReturn:
    """Become the process of one submission, and end with it."""
    code = 1
    try:
        # A notebook that draws numbers without a seed draws the same ones in every grading.
        random.seed(_SEED)  # Python reseeds this generator in every fork
        np.random.seed(_SEED)  # noqa: NPY002 - the generator that np.random.rand and its kind share
        if hasattr(os, "setsid"):
            with contextlib.suppress(OSError):
                os.setsid()
        os.chdir(folder)
        os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = folder
        restrict(limits, base_bytes=base_bytes, own_user=walls.uid is not None)
        try:
            raise_walls(walls, folder)
        except (WallError, OSError) as error:
            channel.send(("refused", str(error)))
        else:
            die_with_parent()  # after the walls: becoming another user would undo it
            channel.send(("ready",))
            Submission(shell, channel, limits).serve()
        code = 0
    finally:
        os._exit(code)


def _adopt_orphans() -> None:
    """Become the parent of whatever a submission leaves behind, so that it can be found and ended."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _end_all() -> None:
    """Kill and reap until nothing is left: a killed parent's children become ours in turn."""
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
    """Return whom to kill: -1, for all others, if we are the first process of a namespace of our own."""
    if os.getpid() == 1:
        return [-1] if _has_children() else []
    own = Path(f"/proc/self/task/{os.getpid()}/children")
    try:
        return [int(pid) for pid in own.read_text(encoding="ascii").split()]
    except (OSError, ValueError):  # no procfs (macOS): the process group was all that we could reach
        return []


def _has_children() -> bool:
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _remove(folder: Path) -> None:
    """Delete a submission's folder, whatever permissions it gave what is in it."""

    def open_up(function: Callable[[str], object], path: str, _error: object) -> None:
        with contextlib.suppress(OSError):
            os.chmod(os.path.dirname(path), 0o700, follow_symlinks=False)  # noqa: PTH101, PTH120
            os.chmod(path, 0o700, follow_symlinks=os.chmod not in os.supports_follow_symlinks)  # noqa: PTH101
            function(path)

    shutil.rmtree(folder, onerror=open_up)
