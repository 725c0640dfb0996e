"""A class on the workers of a Dask cluster, past one machine.

Optional: ``pip install 'autograder[cluster]'``. Each worker needs the same version of the kit and the walls
that the class is graded behind; submissions, suite and reference travel with the tasks, results come back.
When the class is done, nothing of it is left on the workers.
"""

from __future__ import annotations

import contextlib
import pickle
import socket
import sys
import tempfile
import threading
import traceback
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import TYPE_CHECKING, Any

from autograder.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from distributed import Client

    _Answer = tuple[Any, BaseException | None]

CONNECT_S = 10.0
ALONE_S = 30.0
"""How long a class waits for workers to come back when all are gone; whoever restarts one takes seconds."""
LOOK_S = 1.0
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

    def ahead(
        self, _submissions: int, _get_ready: Callable[[], None]
    ) -> contextlib.AbstractContextManager[None]:
        """Do nothing: the workers are there."""
        return contextlib.nullcontext()

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
            with _ClusterExecutor(client, self.address) as executor:
                yield executor, min(WINDOW * threads, MAX_WINDOW)


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise CourseError(
            "--scheduler needs Dask; install it: python -m pip install 'autograder[cluster]'"
        ) from None
    try:
        _knock(address)
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CourseError(
            f"No Dask scheduler answers at {address} ({why}); start one: dask scheduler"
        ) from None
    with client:
        yield client


def _knock(address: str) -> None:
    """Raise OSError where nobody listens, at once; Dask would try again until its time is over."""
    from distributed.comm.addressing import get_address_host_port, parse_address  # noqa: PLC0415 - an optional extra

    if parse_address(address)[0] in {"tcp", "tls"}:
        with socket.create_connection(get_address_host_port(address), CONNECT_S):
            pass


class _ClusterExecutor(Executor):
    """Dask's own executor, with its word for a lost worker in the standard one.

    Dask hands a task out again by itself when the worker that had it is gone. It gives up on a task that has
    taken several workers along, but waits for ever where no worker is left: a thread looks whether there is.
    """

    def __init__(self, client: Client, address: str) -> None:
        self._client = client
        self._address = address
        self._executor = client.get_executor(pure=False)
        self._waiting: set[Future[Any]] = set()
        self._lost: CourseError | None = None
        self._closed = threading.Event()
        self._guard = threading.Thread(target=self._watch, daemon=True)
        self._guard.start()

    def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        future: Future[Any] = Future()
        self._waiting.add(future)
        if self._lost is not None:
            self._settle(future, error=self._lost)
            return future
        inner = self._executor.submit(_there, task, *args, **kwargs)
        inner.add_done_callback(lambda done: self._pass_on(done, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - Executor's
        """End the engines of the workers; what they still do is given up."""
        self._closed.set()
        self._guard.join()
        if self._lost is None:
            with contextlib.suppress(Exception):  # a worker that is gone has no engine
                self._end_engines()

    def _end_engines(self) -> None:
        workers = list(self._client.nthreads())
        ends = [self._client.submit(_end, pure=False, workers=[worker], priority=1) for worker in workers]
        for end in ends:
            end.result(timeout=CONNECT_S)

    def _watch(self) -> None:
        """Give up when there have been no workers for too long, or no scheduler."""
        alone_s = 0.0
        while not self._closed.wait(LOOK_S):
            try:
                here = bool(self._client.nthreads())
            except Exception:  # noqa: BLE001 - whatever Dask raises, nobody answers
                here = False
            alone_s = 0.0 if here else alone_s + LOOK_S
            if alone_s >= ALONE_S or self._client.status in {"closed", "closing"}:
                self._give_up()
                return

    def _give_up(self) -> None:
        self._lost = CourseError(
            f"The workers of the scheduler at {self._address} are gone, or the scheduler is. "
            "What was graded is kept: start them and run the command again"
        )
        for future in list(self._waiting):
            self._settle(future, error=self._lost)

    def _pass_on(self, done: Future[Any], future: Future[Any]) -> None:
        from distributed import KilledWorker  # noqa: PLC0415 - an optional extra

        if done.cancelled():
            self._settle(future, error=BrokenExecutor("the cluster gave the submission up"))
        elif isinstance(error := done.exception(), KilledWorker):
            self._settle(future, error=BrokenExecutor(str(error)))
        elif error is not None:
            self._settle(future, error=error)
        else:
            result, raised = done.result()
            self._settle(future, result=result, error=raised)

    def _settle(self, future: Future[Any], *, result: Any = None, error: BaseException | None = None) -> None:  # noqa: ANN401
        """Answer once: the guard and Dask may both have something to say."""
        try:
            self._waiting.remove(future)
        except KeyError:
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)


# ----- on a worker -----


def _there(task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> _Answer:  # noqa: ANN401
    """Do a task; return its result, or what it raised.

    All temporary files are in the worker's own folder, which Dask removes even after a kill. What is raised
    comes back as data: Dask never tells of an error whose traceback cannot be pickled, as that of a deep
    recursion, and who waits for it waits for ever.
    """
    from distributed import get_worker  # noqa: PLC0415 - an optional extra

    tempfile.tempdir = get_worker().local_directory
    try:
        return task(*args, **kwargs), None
    except BaseException as error:  # noqa: BLE001 - raised again where somebody waits
        return None, _sendable(error)


def _sendable(error: BaseException) -> BaseException:
    """Return an error that can cross, with its traceback as a note."""
    error.add_note("On a worker:\n" + "".join(traceback.format_exception(error)))
    error.__traceback__ = error.__cause__ = error.__context__ = None  # Dask makes them cross as well
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    except Exception:  # noqa: BLE001 - an error may refuse in any way
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _end() -> None:
    # by name: a worker that has graded nothing has not loaded it
    if engine := sys.modules.get("autograder.engine"):
        engine.end_engine()
