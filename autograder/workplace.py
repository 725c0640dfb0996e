"""Where a class is graded: in this process, in processes of this machine, or on the workers of a cluster.

A workplace is opened for a number of submissions and gives an executor with the number of submissions that
may be under way. An executor that loses a process raises `BrokenExecutor` for what that process had, and can
be used again.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FEWEST_PER_PROCESS = 4
"""Starting a process costs as much as grading about so many submissions."""
COLLECT_AFTER = 20_000
"""New objects between two garbage collections of a grading process; by default there are 700."""
WINDOW = 4
"""Submissions under way for each process: enough that none waits for the next."""


class Workplace(Protocol):
    """Something that can be opened for a class."""

    def ahead(
        self, submissions: int, get_ready: Callable[[], None]
    ) -> contextlib.AbstractContextManager[None]:
        """Let processes for so many submissions get ready before `open`, while this one prepares the rest."""

    def open(self, submissions: int) -> contextlib.AbstractContextManager[tuple[Executor, int]]:
        """Return an executor for so many submissions, and how many of them may be under way."""


class ThisMachine:
    """Processes of this machine.

    Parameters
    ----------
    jobs : int, optional
        How many; as many as there are cores if None. A class of a few is graded in this process.
    """

    def __init__(self, jobs: int | None = None) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self._pool: _Pool | None = None

    @contextlib.contextmanager
    def ahead(self, submissions: int, get_ready: Callable[[], None]) -> Iterator[None]:
        """Let processes for so many submissions get ready before `open`, while this one prepares the rest."""
        if (processes := self._processes(submissions)) == 1:
            yield
            return
        with _Pool(processes, get_ready) as pool:
            for _ in range(processes):
                pool.submit(_nothing)  # a process is started for each
            self._pool = pool
            try:
                yield
            finally:
                self._pool = None

    @contextlib.contextmanager
    def open(self, submissions: int) -> Iterator[tuple[Executor, int]]:
        """Return an executor for so many submissions, and how many of them may be under way."""
        processes = self._processes(submissions)
        if self._pool is not None and self._pool.processes >= processes:
            yield self._pool, WINDOW * self._pool.processes
            return
        executor = _Pool(processes) if processes > 1 else _Here()
        with executor:
            yield executor, WINDOW * processes if processes > 1 else 1

    def _processes(self, submissions: int) -> int:
        return max(1, min(self.jobs, -(-submissions // FEWEST_PER_PROCESS)))


class _Here(Executor):
    """Does each task at once, in this process."""

    def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        future: Future[Any] = Future()
        try:
            future.set_result(task(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - raised again by whoever asks for the result
            future.set_exception(error)
        return future


class _Pool(Executor):
    """A pool of processes that is made anew when it has lost one.

    Parameters
    ----------
    processes : int
        How many.
    get_ready : callable
        What each of them does first.
    """

    def __init__(self, processes: int, get_ready: Callable[[], None] | None = None) -> None:
        self.processes = processes
        self.get_ready = get_ready or _nothing
        self._pool = self._new()

    def _new(self) -> ProcessPoolExecutor:
        # spawn: a fork would copy threads of the progress display in an unknown state
        context = get_context("spawn")
        first = (self.get_ready,)
        return ProcessPoolExecutor(self.processes, context, initializer=_begin, initargs=first)

    def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        with _deaf_children():
            try:
                return self._pool.submit(task, *args, **kwargs)
            except BrokenExecutor:
                self._pool.shutdown(wait=True)
                self._pool = self._new()
                return self._pool.submit(task, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


@contextlib.contextmanager
def _deaf_children() -> Iterator[None]:
    """Let processes that are started meanwhile not hear Ctrl-C: a terminal sends it to all, and we end them.

    It is held back, not ignored: what comes meanwhile is ours when it is over.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _nothing() -> None:
    """Do nothing."""


def _begin(get_ready: Callable[[], None]) -> None:
    """Make a new process ready; there, nearly all that a submission needs goes without the collector."""
    gc.set_threshold(COLLECT_AFTER)
    _end_with_parent()
    get_ready()


def _end_with_parent() -> None:
    """Have this process end when the one that started it is gone: nobody would ever ask it for anything."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # what it starts need not be deaf
    parent = multiprocessing.parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
