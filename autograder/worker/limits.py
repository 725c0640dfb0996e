"""Limits that a process sets on itself before student code runs in it.

The kernel enforces them; what student code can undo (a timer, a signal handler) only makes the death later
and harder: the hard CPU limit and the trusted side's wall clock stand behind. On systems without `resource`
or interval timers nothing is set here and the wall clock alone remains.
"""

from __future__ import annotations

import contextlib
import math
import signal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

try:
    import resource

    _HAS_RESOURCE = True
except ImportError:  # Windows
    _HAS_RESOURCE = False

_HAS_TIMERS = hasattr(signal, "setitimer")

WALL_FACTOR = 3
"""Wall-clock seconds granted for each CPU second, so that a busy machine fails nobody."""


class CellLimit(BaseException):
    """Raised inside a cell that has used up its time; `str` of it is the sentence for the student."""


def restrict(*, cpu_s: float, memory_mib: float) -> None:
    """Set the hard limits of this process: CPU time, address space beyond the present, no core files."""
    if not _HAS_RESOURCE:
        return
    seconds = math.ceil(cpu_s)
    _lower(resource.RLIMIT_CPU, seconds, seconds + 1)
    _lower(resource.RLIMIT_CORE, 0, 0)
    if (present := _address_space_bytes()) is not None:
        allowed = present + int(memory_mib * 2**20)
        _lower(resource.RLIMIT_AS, allowed, allowed)


def _lower(which: int, soft: int, hard: int) -> None:
    _, ceiling = resource.getrlimit(which)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    with contextlib.suppress(ValueError, OSError):  # macOS refuses some address-space limits
        resource.setrlimit(which, (soft, hard))


def _address_space_bytes() -> int | None:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return None
    return pages * resource.getpagesize()


@contextlib.contextmanager
def cell_time(cpu_s: float) -> Iterator[None]:
    """Interrupt the cell inside with `CellLimit` when its time is up, as Jupyter's stop button would."""
    if not _HAS_TIMERS:
        yield
        return

    def interrupt(signum: int, _frame: FrameType | None) -> None:
        if signum == signal.SIGPROF:
            raise CellLimit(f"the cell used more than {cpu_s:g} s of CPU time")
        raise CellLimit(f"the cell took more than {cpu_s * WALL_FACTOR:g} s, most of them waiting")

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
