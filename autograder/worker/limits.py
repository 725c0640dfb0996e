"""Limits that a process sets on itself before student code runs in it.

The kernel enforces them; what student code can undo (a timer, a signal handler) only makes the death later
and harder: the hard CPU limit and the trusted side's wall clock stand behind. On systems without `resource`
or interval timers nothing is set here and the wall clock alone remains.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import mmap
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import FrameType

try:
    import resource

    _HAS_RESOURCE = True
except ImportError:  # Windows
    _HAS_RESOURCE = False

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_HAS_TIMERS = hasattr(signal, "setitimer")

WALL_FACTOR = 5
"""Wall-clock seconds granted for each CPU second, so that a busy machine fails nobody."""

OPEN_FILES = 128
"""More than any notebook opens. What waits in pipes and sockets is the kernel's memory, which no other limit
covers: two dozen processes can fill half a GiB of it."""


_INTERRUPTS = 3
"""How often a cell that is out of time is interrupted, second after second, before its process ends."""


class CellLimit(BaseException):
    """Raised inside a cell that has used up its time; `str` of it is the sentence for the student."""


def restrict(limits: Mapping[str, float], *, base_bytes: int | None, other_tasks: int | None) -> None:
    """Set the hard limits of this process and of all that it will start.

    Parameters
    ----------
    limits : mapping of str to float
        `autograder.assignment.Limits` by field.
    base_bytes : int or None
        The address space in use before student code; the memory limit is granted on top of it.
    other_tasks : int or None
        The processes and threads that count towards this user's number and are not the submission's; None if
        they cannot be counted, and so not limited.
    """
    if not _HAS_RESOURCE:
        return
    seconds = math.ceil(limits["submission_cpu_s"])
    _lower(resource.RLIMIT_CPU, seconds, seconds + 1)
    # Not 0, by which Linux still starts a program that is to receive the core of a crashed process (core(5)).
    _lower(resource.RLIMIT_CORE, 1, 1)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES)
    file_bytes = int(limits["file_mib"] * 2**20)
    _lower(resource.RLIMIT_FSIZE, file_bytes, file_bytes)
    if other_tasks is not None:
        processes = other_tasks + int(limits["processes"])
        _lower(resource.RLIMIT_NPROC, processes, processes)
    if base_bytes is not None:
        allowed = base_bytes + int(limits["memory_mib"] * 2**20)
        _lower(resource.RLIMIT_AS, allowed, allowed)


def _lower(which: int, soft: int, hard: int) -> None:
    _, ceiling = resource.getrlimit(which)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    with contextlib.suppress(ValueError, OSError):  # macOS refuses some address-space limits
        resource.setrlimit(which, (soft, hard))


def address_space_bytes() -> int | None:
    """Return this process's address space, or None where the kernel does not limit it.

    Found by bisection: the least soft limit under which one more page can be mapped. ``/proc`` would tell at
    once, but a sandbox has none.
    """
    if not _HAS_RESOURCE or not _page_fits(resource.RLIM_INFINITY) or _page_fits(0):
        return None
    low, high = 0, 2**47
    while high - low > resource.getpagesize():
        middle = (low + high) // 2
        low, high = (low, middle) if _page_fits(middle) else (middle, high)
    return high


def _page_fits(limit: int) -> bool:
    before = resource.getrlimit(resource.RLIMIT_AS)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, before[1]))
        mmap.mmap(-1, resource.getpagesize()).close()
    except (OSError, ValueError):
        return False
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    return True


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends, should student code kill that (Linux)."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


@contextlib.contextmanager
def cell_time(cpu_s: float) -> Iterator[None]:
    """Interrupt the cell inside with `CellLimit` when its time is up, as Jupyter's stop button would."""
    if not _HAS_TIMERS:
        yield
        return

    patience = iter(range(_INTERRUPTS))

    def interrupt(signum: int, _frame: FrameType | None) -> None:
        if next(patience, None) is None:  # a cell that catches everything ends its process instead
            signal.signal(signum, signal.SIG_DFL)
            signal.raise_signal(signum)
        if signum == signal.SIGPROF:
            raise CellLimit(f"the cell used more than {cpu_s:g} s of CPU time")
        raise CellLimit(f"the cell took more than {cpu_s * WALL_FACTOR:g} s")

    signal.signal(signal.SIGPROF, interrupt)
    signal.signal(signal.SIGALRM, interrupt)
    try:
        # Again every second, should student code have caught the first one.
        signal.setitimer(signal.ITIMER_PROF, cpu_s, 1.0)
        signal.setitimer(signal.ITIMER_REAL, cpu_s * WALL_FACTOR, 1.0)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextlib.contextmanager
def call_time(cpu_s: float) -> Iterator[None]:
    """Let the kernel end this process (SIGPROF) when the call inside has used up its CPU time."""
    if not _HAS_TIMERS:
        yield
        return
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, cpu_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
