"""A class on the workers of a Dask cluster, past one machine.

Optional: ``pip install 'autograder[cluster]'``. Each worker needs the same version of the kit and the walls
that the class is graded behind; submissions, suite and reference travel with the tasks, results come back.
"""

from __future__ import annotations

import contextlib
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import TYPE_CHECKING, Any

from autograder.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from distributed import Client

CONNECT_S = 10.0
WINDOW = 4
"""Submissions under way for each thread of a worker."""
MAX_WINDOW = 2000
"""Submissions under way in all: each is held in memory here."""


class Cluster:
    """The workers of a Dask scheduler.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://host:8786``.
    """

    def __init__(self, address: str) -> None:
        self.address = address

    @contextlib.contextmanager
    def open(self, submissions: int) -> Iterator[tuple[Executor, int]]:
        """Return an executor for so many submissions, and how many of them may be under way.

        Raises
        ------
        CourseError
            Dask is not installed, nobody answers there, or the scheduler has no workers.
        """
        if not submissions:
            yield Executor(), 0
            return
        with _connected(self.address) as client:
            threads = sum(client.nthreads().values())
            if not threads:
                raise CourseError(
                    f"The scheduler at {self.address} has no workers; start some: dask worker {self.address}"
                )
            yield _ClusterExecutor(client), min(WINDOW * threads, MAX_WINDOW)


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise CourseError(
            "--scheduler needs Dask; install it: python -m pip install 'autograder[cluster]'"
        ) from None
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CourseError(
            f"No Dask scheduler answers at {address} ({why}); start one: dask scheduler"
        ) from None
    with client:
        yield client


class _ClusterExecutor(Executor):
    """Dask's own executor, with its word for a lost worker in the standard one.

    Dask hands a task out again by itself when the worker that had it is gone. It gives up on a task that has
    taken several workers along.
    """

    def __init__(self, client: Client) -> None:
        self._executor = client.get_executor(pure=False)

    def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        future: Future[Any] = Future()
        inner = self._executor.submit(task, *args, **kwargs)
        inner.add_done_callback(lambda done: _pass_on(done, future))
        return future


def _pass_on(done: Future[Any], future: Future[Any]) -> None:
    from distributed import KilledWorker  # noqa: PLC0415 - an optional extra

    if done.cancelled():
        future.set_exception(BrokenExecutor("the cluster gave the submission up"))
    elif isinstance(error := done.exception(), KilledWorker):
        future.set_exception(BrokenExecutor(str(error)))
    elif error is not None:
        future.set_exception(error)
    else:
        future.set_result(done.result())
