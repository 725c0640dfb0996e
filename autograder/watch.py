"""What all processes of a submission hold together, memory and files, watched from outside.

The kernel's limits hold for each process by itself; a submission may start two dozen. Linux tells the memory
of other processes in ``/proc``, on the trusted side, and a descriptor of a file system of its own tells how
many files are on it, each of which takes memory of the kernel. So a thread looks while a submission runs, and
ends all its processes when one of the sums passes its limit. Elsewhere nothing is watched.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from pathlib import Path
from typing import Literal, Self

PAUSE_S = 0.1
TOGETHER = 2
"""All processes together may hold this many times what one may."""

MAX_FILES = 20_000
"""Files and folders: more than any notebook writes, and some twenty MiB of the kernel's memory."""

_PROC = Path("/proc")
CAN_WATCH = hasattr(os, "sysconf") and (_PROC / "self" / "task" / str(os.getpid()) / "children").exists()
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if CAN_WATCH else 0


class Watch:
    """Watches what descends from one process, as a context manager for the time that a submission runs.

    Parameters
    ----------
    pid : int
        The warm process, or bubblewrap around it.
    limit_bytes : int
        What its descendants may hold together beyond what each has from the warm process.
    scratch : int or None
        A descriptor of a folder on the file system that they alone can write to, if there is one.

    Attributes
    ----------
    exceeded : {"memory", "files"} or None
        Which limit was passed.
    """

    def __init__(self, pid: int, limit_bytes: int, scratch: int | None = None) -> None:
        self.pid = pid
        self.limit_bytes = limit_bytes
        self.scratch = scratch
        self.exceeded: Literal["memory", "files"] | None = None
        self._done = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        if CAN_WATCH:
            self._thread = threading.Thread(target=self._watch, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(PAUSE_S):
            warm, descendants = _family(self.pid)
            base = _resident_bytes(warm)
            held = sum(max(0, _resident_bytes(pid) - base) for pid in descendants)
            if held > self.limit_bytes:
                self.exceeded = "memory"
            elif self.scratch is not None and _files(self.scratch) > MAX_FILES:
                self.exceeded = "files"
            if self.exceeded is not None:
                for pid in descendants:
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        os.kill(pid, signal.SIGKILL)


def _files(folder: int) -> int:
    """Return how many files and folders there are on a folder's file system."""
    about = os.fstatvfs(folder)
    return about.f_files - about.f_ffree


def _family(pid: int) -> tuple[int, list[int]]:
    """Return the warm process, which may lie behind bubblewrap's, and all that descends from it."""
    if _name(pid) == "bwrap" and (children := _children(pid)):
        pid = children[0]
    found: list[int] = []
    waiting = _children(pid)
    while waiting:
        found += waiting
        waiting = [child for each in waiting for child in _children(each)]
    return pid, found


def _name(pid: int) -> str:
    return _read(pid, "comm").strip()


def _children(pid: int) -> list[int]:
    """Return the processes that the threads of one have started and that still are its children."""
    try:
        threads = os.listdir(_PROC / str(pid) / "task")  # noqa: PTH208
    except OSError:
        return []
    return [int(child) for thread in threads for child in _read(pid, f"task/{thread}/children").split()]


def _resident_bytes(pid: int) -> int:
    fields = _read(pid, "statm").split()
    return int(fields[1]) * _PAGE_BYTES if fields else 0


def _read(pid: int, name: str) -> str:
    try:
        return (_PROC / str(pid) / name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
