"""The warm process: it has imported everything, has seen no suite and no solution, and only forks.

It is started by `autograder.sandbox` with a control socket and answers there::

    ("warm",) + one fd of the scratch folder, unasked, when all is imported
    ("prepare", cells, output_kib)     -> ("prepared", outputs of each cell): they were run here, and every
                                          submission goes on from there; or ("refused",)
    ("spawn", limits, walls) + one fd  -> ("spawned", pid); the child serves that fd as a `Submission`
    ("status", pid, patience_s)        -> ("running",), or how the child ended: ("exit" | "signal", number)
    ("end", pid)                       -> the child and all that it started are killed; ("ended",)

Student code never runs in this process; the author's, with which every notebook begins, may. On systems
without fork a process serves a single submission.
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
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from .cells import CellRunner, WorkerShell, kit_stub, new_shell
from .folders import empty_folder
from .limits import address_space_bytes, die_with_parent, restrict
from .submission import Submission
from .walls import WallError, Walls, hide_from_debuggers, make_ready, raise_walls
from .wire import Channel, StreamEnded

if TYPE_CHECKING:
    from collections.abc import Mapping

_SEED = 0
_PREPARE_S = 60
"""For the cells that every notebook begins with, which are the author's."""
_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
_PAUSE_S = 0.005
_SHELL_VARIABLES = ("PWD", "OLDPWD", "SHLVL", "_")
"""Whoever starts us may set them; they tell of folders outside."""
_REMOVE_S = 3.0
"""For deleting what a submission wrote: a hundred thousand files, and less than the trusted side waits."""


def warm_up(libraries: list[str], scratch: str) -> WorkerShell:
    """Import what submissions will need, and keep it out of the garbage collector's way.

    Matplotlib wants to write to its cache, so it works on a copy of the kit's, which may be read-only.

    Raises
    ------
    ImportError
        A declared library is not installed.
    """
    gc.disable()  # what is imported stays
    cache = Path(scratch) / "matplotlib"
    shutil.copytree(os.environ["MPLCONFIGDIR"], cache, dirs_exist_ok=True)
    os.environ["MPLCONFIGDIR"] = str(cache)
    for name in _SHELL_VARIABLES:
        os.environ.pop(name, None)
    for name in libraries:
        importlib.import_module(name)
    sys.modules["autograder"] = kit_stub()
    shell = new_shell()
    _settle()
    gc.enable()
    return shell


def _settle() -> None:
    """Keep what there is from the garbage collector: in a fork it would touch, and so copy, every page."""
    gc.collect()
    gc.freeze()


def _seed() -> None:
    """Let a notebook that draws numbers without a seed draw the same ones in every grading."""
    random.seed(_SEED)
    np.random.seed(_SEED)  # noqa: NPY002 - the generator that np.random.rand and its kind share


def hand_over_folder(control: Channel, folder: str) -> None:
    """Let the other side look at a file system that is mounted here alone: how full it is."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    socket.send_fds(control.sock, [b"F"], [fd])
    os.close(fd)


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
        self.drawn: tuple[Any, ...] | None = None
        """Where Python's generator stands after the cells that were run here."""

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
                elif operation == "prepare":
                    self.control.send(self.prepare(*operands))
                elif operation == "status":
                    self.control.send(self.status(*operands))
                else:
                    self.end(*operands)
                    self.control.send(("ended",))
        _end_all()

    def prepare(self, cells: list[str], output_kib: int) -> tuple[Any, ...]:
        """Run the cells that every notebook begins with, once for all.

        They are refused if they cannot be shared: one fails, or they leave a file or a thread. What they have
        left in this process is then beyond repair.
        """
        folder = tempfile.mkdtemp(prefix="work-", dir=self.scratch)
        os.chdir(folder)
        _seed()
        runner = CellRunner(self.shell, cpu_s=_PREPARE_S, output_kib=output_kib)
        ran = [runner.run(source) for source in cells]
        self.drawn = random.getstate()
        left = os.listdir(folder)  # noqa: PTH208
        os.chdir(self.scratch)
        if left or threading.active_count() > 1 or any(run.error for run in ran):
            return ("refused",)
        Path(folder).rmdir()
        _settle()
        self.base_bytes = address_space_bytes()
        return ("prepared", [run.outputs for run in ran])

    def spawn(self, limits: list[tuple[str, float]], walls: list[tuple[str, Any]]) -> None:
        """Fork a submission's process and answer with its pid."""
        _, fds, _, _ = socket.recv_fds(self.control.sock, 1, 1)
        wanted = Walls(**dict(walls))
        make_ready(wanted)
        folder = Path(tempfile.mkdtemp(prefix="work-", dir=self.scratch))
        if wanted.uid is not None:
            os.chown(folder, wanted.uid, wanted.uid)
        others = _tasks_of_user() if wanted.uid is None else 0
        child = os.fork()
        if child == 0:
            self.control.close()
            channel = Channel(socket.socket(fileno=fds[0]))
            given = dict(limits), str(folder), wanted
            be_submission(channel, self.shell, *given, self.base_bytes, others, self.drawn)
        os.close(fds[0])
        self.folders[child] = folder
        self.control.send(("spawned", child))

    def status(self, pid: int, patience_s: float) -> tuple[str, int] | tuple[str]:
        """Return how a submission's process ended, waiting a while for one that is about to."""
        deadline = time.monotonic() + patience_s
        while True:
            ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is not None:
                return ("exit" if ended.si_code == os.CLD_EXITED else "signal", ended.si_status)
            if time.monotonic() >= deadline:
                return ("running",)
            time.sleep(_PAUSE_S)

    def end(self, pid: int) -> None:
        """Kill a submission, then whatever it has left behind (its descendants are ours by now)."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)
        _end_all()
        empty_folder(str(self.folders.pop(pid)), time.monotonic() + _REMOVE_S)


def be_submission(  # noqa: PLR0917 - called in one place on each kind of system
    channel: Channel,
    shell: WorkerShell,
    limits: Mapping[str, float],
    folder: str,
    walls: Walls,
    base_bytes: int | None,
    other_tasks: int | None,
    drawn: tuple[Any, ...] | None = None,
) -> NoReturn:
    """Become the process of one submission, and end with it."""
    code = 1
    try:
        if drawn is None:
            _seed()
        else:
            random.setstate(drawn)  # Python reseeds this generator in every fork
        if hasattr(os, "setsid"):
            with contextlib.suppress(OSError):
                os.setsid()
        _adopt_orphans()
        os.chdir(folder)
        sys.path.insert(0, "")  # as in a notebook: what a cell writes beside it can be imported
        os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = folder
        restrict(limits, base_bytes=base_bytes, other_tasks=other_tasks)
        try:
            raise_walls(walls, folder)
        except (WallError, OSError) as error:
            channel.send(("refused", str(error)))
        else:
            die_with_parent()  # after the walls: becoming another user would undo it
            channel.send(("ready",))
            Submission(shell, channel, limits, is_walled=walls.landlock).serve()
        code = 0
    finally:
        os._exit(code)


def _tasks_of_user() -> int | None:
    """Return how many processes and threads count towards our user's limit; None if nobody knows."""
    if os.getpid() == 1:
        return 0  # the kernel counts a user anew in each user namespace
    try:
        pids = [pid for pid in os.listdir("/proc") if pid.isdigit()]  # noqa: PTH208
    except OSError:
        return None
    return sum(_threads(pid) for pid in pids)


def _threads(pid: str) -> int:
    try:
        status = Path("/proc", pid, "status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    fields = dict(line.partition(":")[::2] for line in status.splitlines())
    return int(fields["Threads"]) if fields["Uid"].split()[0] == str(os.getuid()) else 0


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
