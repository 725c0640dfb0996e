"""Processes for student code: started, bounded, and ended however they behave.

A `Sandbox` owns one warm process (`autograder.worker.server`) and gives a `SubmissionProcess` per submission,
which in turn gives an `ExerciseProcess` per exercise. Everything that comes back from them is untrusted data.
This side keeps the clock: deadlines are absolute and do not depend on the other side's good will.

On systems without fork each submission is a fresh process that serves all its exercises itself.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import platformdirs

from autograder.errors import CourseError, LimitExceeded, ProtocolError, WorkerGone
from autograder.walls import (
    INSIDE_CACHE,
    INSIDE_SCRATCH,
    INSIDE_WORKER,
    PASSABLE,
    Isolation,
    bubblewrap_command,
    submission_walls,
)
from autograder.watch import MAX_FILES, TOGETHER, Watch
from autograder.worker.folders import FolderError, empty_folder
from autograder.worker.limits import WALL_FACTOR
from autograder.worker.wire import (
    MAX_FRAME_BYTES,
    MAX_PAYLOAD_BYTES,
    Channel,
    FrameError,
    StreamEnded,
    is_joined,
    wait_readable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from autograder.assignment import Limits
    from autograder.worker.walls import Walls

HAS_FORK = hasattr(os, "fork") and hasattr(socket, "recv_fds")
START_S = 120.0
"""For the warm process: its first start on a machine may build matplotlib's font cache."""
ANSWER_S = 20.0
"""For an answer that needs no student code, on a busy machine."""

CLEAN_UP_S = 60.0
"""For deleting what is left outside of a private file system."""

END_S = 5.0
"""For a process that has been told to end, before it is killed."""

Ended = tuple[str, int]
"""How a process ended: ("exit", code), ("signal", number), ("memory" or "files", 0) or ("unknown", 0)."""

_SILENT = (StreamEnded, FrameError, OSError)
"""What talking to a process raises that has ended, hangs (`TimeoutError` is an `OSError`) or rambles."""

_WORKER = Path(__file__).resolve().parent / "worker"

_FIRST_TO_GO = (
    ("/bin/sh", "-c", 'echo 1000 2>/dev/null >/proc/self/oom_score_adj; exec "$@"', "sh")
    if sys.platform.startswith("linux")
    else ()
)
"""When the machine runs out of memory, Linux shall end a submission and not the grader."""

CELL_GRACE_S = 5.0
"""Added to a cell's time: a second for each interruption that it may catch, and a busy machine."""
_LOOK_S = 0.5
"""How often to ask whether a silent process still exists; its children may hold the connection open."""


GIVEN_OUTPUT_KIB = 1024
MAX_GIVEN_BYTES = 2**26
"""Of what the author's cells display."""


class Sandbox:
    """The warm process of one assignment, as a context manager.

    Parameters
    ----------
    libraries : sequence of str
        Modules to import before the first submission (`Assignment.libraries`).
    isolation : Isolation
        The walls around the processes.
    hidden : sequence of Path
        Folders that must not be seen even if they lie in a library folder: the course.
    given : sequence of str
        Cells of the author's with which every notebook begins. They are run once, and every submission whose
        cells begin with them goes on from there; no other may be run here then.
    """

    def __init__(
        self,
        libraries: Sequence[str] = (),
        *,
        isolation: Isolation = "process",
        hidden: Sequence[Path] = (),
        given: Sequence[str] = (),
    ) -> None:
        self.libraries = tuple(libraries)
        self.isolation = isolation
        self.hidden = tuple(hidden)
        self.given = tuple(given) if HAS_FORK else ()
        self.given_outputs: list[Any] = []
        """What those cells displayed; untrusted like all that comes from a worker."""
        self.walls = submission_walls(isolation, _WORKER, cache_folder(), hidden)
        self.folder = Path()  # made on entering, removed on leaving
        self._warm: subprocess.Popen[bytes] | None = None
        self._control: Channel | None = None
        self._is_ready = False
        self._scratch: int | None = None
        """A descriptor of the scratch folder, where that is a file system of its own."""

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="autograder-"))
        if self.walls.uid is not None:
            self.folder.chmod(PASSABLE)
        return self

    def __exit__(self, *_exc: object) -> None:
        self.stop()
        with contextlib.suppress(FolderError, OSError):
            empty_folder(str(self.folder), time.monotonic() + CLEAN_UP_S)

    @contextlib.contextmanager
    def submission(self, limits: Limits) -> Iterator[SubmissionProcess]:
        """Start a process for one submission; on leaving, it and all that it started are gone."""
        with self._forked(limits) if HAS_FORK else self._fresh(limits) as process:
            yield process

    def start(self) -> None:
        """Start the warm process and do not wait for it; what is wrong with it shows when it is needed."""
        if HAS_FORK and self._warm is None:
            self._launch()

    def get_ready(self) -> None:
        """Wait until the warm process has imported everything and has run the given cells.

        Raises
        ------
        CourseError
            It could not be started.
        """
        if HAS_FORK:
            self._warm_control()

    def stop(self) -> None:
        """End the warm process and whatever it still has."""
        if self._control is not None:
            self._control.close()
        if self._warm is not None:
            if not self._is_ready:
                self._warm.kill()  # it has nothing yet, and would not hear of our end before it is ready
            _reap(self._warm)
        if self._scratch is not None:
            os.close(self._scratch)
        self._warm = self._control = self._scratch = None
        self._is_ready = False

    # ----- one fork for each submission -----

    @contextlib.contextmanager
    def _forked(self, limits: Limits) -> Iterator[SubmissionProcess]:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                pid = self._spawn(limits, theirs)
            assert self._warm is not None
            try:
                together = int(limits.memory_mib * 2**20) * TOGETHER
                with Watch(self._warm.pid, together, self._scratch) as watch:
                    process = SubmissionProcess(_ready(ours), limits, has_fork=True)
                    process.how_it_ended = lambda patience_s: self._how_it_ended(pid, watch, patience_s)
                    yield process
            finally:
                ours.close()
                self._end(pid)

    def _how_it_ended(self, pid: int, watch: Watch, patience_s: float) -> Ended | None:
        """Return how a submission's process ended, as far as it can be known; None if it still runs."""
        if watch.exceeded is not None:
            return watch.exceeded, 0
        if self._control is None:
            return "unknown", 0
        try:
            self._control.send(("status", pid, patience_s), _soon())
            return _as_ended(self._control.receive(_soon(), max_bytes=2**16))
        except _SILENT:
            self.stop()
        return "unknown", 0

    def _spawn(self, limits: Limits, theirs: socket.socket) -> int:
        """Have a submission's process forked; a warm process that fails is replaced, once."""
        for _ in range(2):
            control = self._warm_control()
            try:
                control.send(("spawn", _pairs(limits), _pairs(self.walls)), _soon())
                socket.send_fds(control.sock, [b"F"], [theirs.fileno()])
                _, pid = control.receive(_soon(), max_bytes=2**16)
            except _SILENT:
                self.stop()
            else:
                return int(pid)
        raise WorkerGone("the process that starts submissions has ended; grade this one again")

    def _end(self, pid: int) -> None:
        if self._control is None or self._warm is None:
            return
        try:
            self._warm.send_signal(signal.SIGCONT)  # without walls a submission can have stopped it
            self._control.send(("end", pid), _soon())
            self._control.receive(_soon(), max_bytes=2**16)
        except _SILENT:
            self.stop()

    def _warm_control(self) -> Channel:
        if self._control is None or self._warm is None or self._warm.poll() is not None:
            self.stop()
            self._launch()
        if not self._is_ready:
            self._wait_until_ready()
        assert self._control is not None
        return self._control

    def _launch(self) -> None:
        prepare_cache(self.libraries)
        ours, theirs = socket.socketpair()
        with theirs:
            self._warm = subprocess.Popen(
                [*_FIRST_TO_GO, *self._command(f"fd:{theirs.fileno()}", self.folder)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=self._environment(self.folder),
                cwd=self.folder,
                start_new_session=True,
            )
        self._control = Channel(ours)

    def _wait_until_ready(self) -> None:
        assert self._warm is not None
        assert self._control is not None
        try:
            self._control.receive(time.monotonic() + START_S, max_bytes=2**16)
            _, (folder,), _, _ = socket.recv_fds(self._control.sock, 1, 1)
        except (*_SILENT, ValueError):
            raise _start_failure(self._warm) from None
        if self.isolation == "sealed":
            self._scratch = folder
        else:
            os.close(folder)
        assert self._warm.stderr is not None
        self._warm.stderr.close()
        self._is_ready = True
        if self.given:
            self._prepare()

    def _prepare(self) -> None:
        """Have the given cells run; where they cannot be shared, do without."""
        assert self._control is not None
        try:
            self._control.send(("prepare", list(self.given), GIVEN_OUTPUT_KIB), _soon())
            answer = self._control.receive(time.monotonic() + START_S, max_bytes=MAX_GIVEN_BYTES)
        except _SILENT:
            answer = None
        match answer:
            case ("prepared", list(outputs)) if len(outputs) == len(self.given):
                self.given_outputs = outputs
            case _:
                self.given = ()
                self.stop()
                self._launch()
                self._wait_until_ready()

    def fits(self, cells: Sequence[str]) -> bool:
        """Whether a notebook begins with the given cells."""
        return bool(self.given) and tuple(cells[: len(self.given)]) == self.given

    def _command(self, connection: str, scratch: Path) -> list[str]:
        # -P and -s rather than -I, which would also ignore PYTHONHASHSEED; the environment is clean anyway.
        python = [sys.executable, "-P", "-s"]
        if self.isolation == "sealed":
            inside = [*python, INSIDE_WORKER, connection, INSIDE_SCRATCH, *self.libraries]
            return bubblewrap_command(_WORKER, cache_folder(), inside, self.hidden)
        return [*python, str(_WORKER), connection, str(scratch), *self.libraries]

    def _environment(self, scratch: Path) -> dict[str, str]:
        if self.isolation == "sealed":
            return worker_environment(INSIDE_SCRATCH, INSIDE_CACHE)
        return worker_environment(str(scratch), str(cache_folder()))

    # ----- a fresh process for each submission -----

    @contextlib.contextmanager
    def _fresh(self, limits: Limits) -> Iterator[SubmissionProcess]:
        token = secrets.token_hex(16)
        with (
            tempfile.TemporaryDirectory(prefix="work-", dir=self.folder, ignore_cleanup_errors=True) as work,
            socket.create_server(("127.0.0.1", 0)) as server,
        ):
            process = subprocess.Popen(
                self._command(f"tcp:{server.getsockname()[1]}", Path(work)),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=self._environment(Path(work)),
                cwd=work,
            )
            try:
                order = {"token": token, "limits": dataclasses.asdict(limits)}
                assert process.stdin is not None
                process.stdin.write(json.dumps(order).encode() + b"\n")
                process.stdin.flush()
                with _accept(server, process, token) as sock:
                    yield SubmissionProcess(_ready(sock), limits, has_fork=False)
            finally:
                _reap(process)


class SubmissionProcess:
    """The process that has run, or is to run, one submission's cells."""

    def __init__(self, channel: Channel, limits: Limits, *, has_fork: bool) -> None:
        self.channel = channel
        self.limits = limits
        self.has_fork = has_fork
        self.deadline = self.full_time()
        self.how_it_ended: Callable[[float], Ended | None] = lambda _patience_s: ("unknown", 0)
        self.gone: WorkerGone | None = None
        self._tests_deadline: float | None = None
        self._sole: ExerciseProcess | None = None

    def full_time(self) -> float:
        """Return the deadline of what may take as long as all cells together."""
        return time.monotonic() + self.limits.submission_cpu_s * WALL_FACTOR

    def time_for_tests(self) -> float:
        """Return the deadline of an exercise: that of all of them together, but for one call at least."""
        self._tests_deadline = self._tests_deadline or self.full_time()
        return max(self._tests_deadline, time.monotonic() + self.limits.call_cpu_s * WALL_FACTOR)

    def give_back(self, seconds: float) -> None:
        """Let the exercises have time that was lost through no fault of theirs."""
        if self._tests_deadline is not None:
            self._tests_deadline += seconds

    def run(
        self, cells: Sequence[str], skip: Sequence[int] = (), pictures: Sequence[int] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """Run the cells; yield the worker's reports as they come (``("cell", i)``, ``("ran", i, …)``).

        Parameters
        ----------
        cells : sequence of str
            Their sources.
        skip : sequence of int
            Indices of cells that are not run.
        pictures : sequence of int
            For each cell how many of its figures need not be drawn; none by default.

        Raises
        ------
        WorkerGone
            The process ended, hung or spoke nonsense before it was done.
        """
        with self._answers("the cells", self.limits.submission_cpu_s * WALL_FACTOR):
            self.channel.send(
                ("run", list(cells), list(skip), list(pictures or [0] * len(cells))), self.deadline
            )
            for _ in range(2 * len(cells) + 1):
                report = self._report()
                if report == ("done",):
                    return
                if type(report) is not tuple or not report or report[0] not in ("cell", "ran"):
                    raise FrameError("a report that is none")
                yield report
            raise FrameError("more reports than cells")

    def _report(self) -> Any:  # noqa: ANN401 - not yet checked
        """Receive one report; the time that a cell may take begins with the report before it."""
        max_bytes = int(self.limits.output_kib) * 2**14 + 2**16  # three outputs, four bytes a character
        cell_s = self.limits.cell_cpu_s * WALL_FACTOR
        deadline = min(self.deadline, time.monotonic() + cell_s + CELL_GRACE_S)
        try:
            self._wait(deadline)
            return self.channel.receive(deadline, max_bytes)
        except TimeoutError:
            if deadline == self.deadline:
                raise
            raise LimitExceeded(f"the cell did not finish within {cell_s:g} s and was stopped") from None

    def _wait(self, deadline: float) -> None:
        """Wait for something to receive, for the end of the process, or for the deadline."""
        while not wait_readable([self.channel], min(deadline, time.monotonic() + _LOOK_S)):
            if time.monotonic() >= deadline:
                raise TimeoutError
            if self.has_fork and self.how_it_ended(0.0) is not None:
                raise StreamEnded

    @contextlib.contextmanager
    def exercise(self) -> Iterator[ExerciseProcess]:
        """Fork a process for the tests of one exercise; on leaving it is gone."""
        if not self.has_fork:
            yield self._this_process()
            return
        ours, theirs = socket.socketpair()
        with ours:
            self._fork(theirs)
            process = ExerciseProcess(Channel(ours), self)
            try:
                yield process
            finally:
                process.end()

    def _this_process(self) -> ExerciseProcess:
        """Return the process itself, for every exercise the same: once gone, it is gone for all."""
        if self._sole is None:
            with self._answers("the notebook's process", ANSWER_S):
                self.channel.send(("serve",), _soon())
            self._sole = ExerciseProcess(self.channel, self)
        self._sole.deadline = self.full_time()
        return self._sole

    def _fork(self, theirs: socket.socket) -> None:
        """Have a child forked that holds the only other end: ours is closed here."""
        with theirs:
            if self.gone is not None:
                raise self.gone
            with self._answers("the notebook's process", ANSWER_S):
                self.channel.send(("fork",), _soon())
                socket.send_fds(self.channel.sock, [b"F"], [theirs.fileno()])
                self._wait(_soon())
                if self.channel.receive(_soon(), max_bytes=2**16) != ("forked",):
                    raise FrameError("no fork")

    @contextlib.contextmanager
    def _answers(self, who: str, allowed_s: float) -> Iterator[None]:
        try:
            yield
        except TimeoutError:
            self.gone = LimitExceeded(f"{who} did not finish within {allowed_s:g} s and were stopped")
        except StreamEnded:
            self.gone = self.explain(self.how_it_ended(_LOOK_S))
        except (FrameError, OSError) as error:
            self.gone = ProtocolError(f"the notebook's process sent what it should not ({error})")
        else:
            return
        raise self.gone

    def explain(self, ended: Ended | None) -> WorkerGone:
        """Return how the process that runs the cells ended, in words."""
        limits = self.limits
        match ended:
            case ("signal", signal.SIGPROF):
                used = f"used more than {limits.cell_cpu_s:g} s of CPU time"
                return LimitExceeded(f"the cell {used} and was stopped")
            case ("signal", signal.SIGALRM):
                allowed = limits.cell_cpu_s * WALL_FACTOR
                return LimitExceeded(f"the cell did not finish within {allowed:g} s and was stopped")
            case ("signal", signal.SIGXCPU):
                used = f"used more than {limits.submission_cpu_s:g} s of CPU time"
                return LimitExceeded(f"the cells {used} together and were stopped")
        return how_a_process_ended(ended, limits)


def how_a_process_ended(ended: Ended | None, limits: Limits) -> WorkerGone:
    """Return how a process ended, in words for the student."""
    match ended:
        case ("memory" | "files" as what, _):
            memory = (
                f"all its processes together held more than {limits.memory_mib * TOGETHER:g} MiB of memory"
            )
            files = f"it made more than the {MAX_FILES} files and folders allowed"
            return LimitExceeded(memory if what == "memory" else files)
        case ("exit", code):
            return WorkerGone(f"the code ended its own process (exit code {code})")
        case ("signal", signal.SIGKILL):
            return WorkerGone("the process was killed (by itself, or for the memory or CPU time it used)")
        case ("signal", number):
            with contextlib.suppress(ValueError):
                return WorkerGone(f"the process crashed ({signal.Signals(number).name})")
            return WorkerGone(f"the process crashed (signal {number})")
    return WorkerGone("the process ended by itself")


def _as_ended(report: Any) -> Ended | None:  # noqa: ANN401 - not yet checked
    """Return how a process ended, from a report; the numbers are the kernel's or at least look like them."""
    match report:
        case ("exit" | "signal" as how, int(number)) if 0 <= number < 256:  # noqa: PLR2004
            return how, number
        case ("running",):
            return None
    return "unknown", 0


class ExerciseProcess:
    """The process that the tests of one exercise talk to."""

    def __init__(self, channel: Channel, submission: SubmissionProcess) -> None:
        self.channel = channel
        self.submission = submission
        self.deadline = submission.time_for_tests()
        self.gone: WorkerGone | None = None
        self.has_ended = False

    def request(self, payload: bytes) -> bytearray:
        """Send one message, or several that are joined, and return the answer, both encoded.

        Several have the time of one.

        Raises
        ------
        WorkerGone
            The process has ended or was ended because it passed a limit; every later request says the same.
        """
        if self.gone is not None:
            raise self.gone
        allowed = self.submission.limits.call_cpu_s * WALL_FACTOR
        deadline = min(time.monotonic() + allowed, self.deadline)
        try:
            return self._exchange(payload, deadline)
        except TimeoutError:
            self.end()
            self.gone = self._too_slow(deadline)
        except StreamEnded:
            self.gone = self._explain(self.end())
        except (FrameError, OSError) as error:
            self.gone = self.give_up(error)
        raise self.gone

    def give_up(self, error: Exception) -> ProtocolError:
        """End the process, which sent what it should not; return what every later request raises."""
        self.end()
        self.gone = ProtocolError(f"a call sent back what it should not ({error})")
        return self.gone

    def _too_slow(self, deadline: float) -> LimitExceeded:
        limits = self.submission.limits
        if deadline == self.deadline:
            allowed = limits.submission_cpu_s * WALL_FACTOR
            return LimitExceeded(f"all calls together took more than {allowed:g} s and were stopped")
        allowed = limits.call_cpu_s * WALL_FACTOR
        return LimitExceeded(f"a call did not return within {allowed:g} s and was stopped")

    def _exchange(self, payload: bytes, deadline: float) -> bytearray:
        if self.channel.has_surplus():
            raise FrameError("an answer that nobody asked for")
        self.channel.send_payload(payload, deadline)
        watched = [self.channel]
        if self.submission.has_fork:
            watched.append(self.submission.channel)
        ready = wait_readable(watched, deadline)
        if not ready:
            raise TimeoutError
        if self.channel not in ready:  # the submission reports the end; grandchildren may hold the pipe
            raise StreamEnded
        return self.channel.receive_payload(
            deadline, MAX_PAYLOAD_BYTES if is_joined(payload) else MAX_FRAME_BYTES
        )

    def end(self) -> Ended | None:
        """End the process; return how it ended, as far as the submission's process tells."""
        if self.has_ended or not self.submission.has_fork:
            return None
        self.has_ended = True
        self.channel.close()
        channel = self.submission.channel
        try:
            if not wait_readable([channel], time.monotonic() + 0.5):
                channel.send(("kill",), _soon())
            report = channel.receive(_soon(), max_bytes=2**16)
        except _SILENT:
            self.submission.gone = self.submission.explain(self.submission.how_it_ended(_LOOK_S))
            return None
        is_told = type(report) is tuple and len(report) == 3 and report[0] == "ended"  # noqa: PLR2004
        return _as_ended(report[1:]) if is_told else ("unknown", 0)

    def _explain(self, ended: Ended | None) -> WorkerGone:
        limits = self.submission.limits
        match ended:
            case None:
                return self.submission.gone or WorkerGone("the process ended by itself")
            case ("signal", signal.SIGXCPU):
                used = f"used more than {limits.submission_cpu_s:g} s of CPU time"
                return LimitExceeded(f"all calls together {used} and were stopped")
            case ("signal", number) if number in _CPU_SIGNALS:
                used = f"used more than {limits.call_cpu_s:g} s of CPU time"
                return LimitExceeded(f"a call {used} and was stopped")
        return how_a_process_ended(ended, limits)


_CPU_SIGNALS = {
    getattr(signal, name) for name in ("SIGPROF", "SIGVTALRM", "SIGALRM") if hasattr(signal, name)
}


def cache_folder() -> Path:
    """Return where matplotlib's font cache for workers lies."""
    return platformdirs.user_cache_path("autograder") / "matplotlib"


def prepare_cache(libraries: Sequence[str]) -> None:
    """Have matplotlib build its font cache once per machine: inside the walls it could not keep it."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    needs = any(name.split(".")[0] == "matplotlib" for name in libraries)
    if needs and not any(folder.glob("fontlist-*.json")):
        command = [sys.executable, "-P", "-s", "-c", "import matplotlib.font_manager"]
        environment = worker_environment(str(folder), str(folder))
        subprocess.run(command, env=environment, check=False, capture_output=True, timeout=START_S)


def worker_environment(home: str, cache: str) -> dict[str, str]:
    """Return the whole environment of a worker: nothing of ours, one BLAS thread, fixed hashing."""
    kept = {key: os.environ[key] for key in ("SYSTEMROOT", "OPENBLAS_CORETYPE") if key in os.environ}
    threads = ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM", "NUMEXPR")
    return {
        **kept,
        **{f"{name}_NUM_THREADS": "1" for name in threads},
        "PATH": os.defpath,
        "HOME": home,
        "TMPDIR": home,
        "USERPROFILE": home,
        "IPYTHONDIR": f"{home}/ipython",
        "MPLCONFIGDIR": cache,
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }


def _pairs(record: Limits | Walls) -> list[tuple[str, Any]]:
    """Return a flat record as it crosses the wire."""
    return list(dataclasses.asdict(record).items())


def _ready(sock: socket.socket) -> Channel:
    """Return the channel of a submission's process whose walls stand.

    Raises
    ------
    WorkerGone
        The process did not start, or a wall could not be raised; nothing was run.
    """
    channel = Channel(sock)
    try:
        answer = channel.receive(_soon(), max_bytes=2**16)
    except _SILENT:
        answer = None
    match answer:
        case ("ready",):
            return channel
        case ("refused", str(why)):
            raise WorkerGone(f"its walls could not be raised ({why})")
    raise WorkerGone("its process could not be started")


def _soon() -> float:
    return time.monotonic() + ANSWER_S


def _start_failure(process: subprocess.Popen[bytes]) -> CourseError:
    process.kill()
    _, errors = process.communicate()
    last = errors.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no reason was given"]
    return CourseError(
        f"The worker could not be started ({last[0]}); "
        "install what the assignment's `libraries` name into this environment"
    )


def _accept(server: socket.socket, process: subprocess.Popen[bytes], token: str) -> socket.socket:
    """Return the worker's connection; another program that found the port does not know the token."""
    deadline = time.monotonic() + START_S
    server.settimeout(0.2)
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(TimeoutError):
            sock, _ = server.accept()
            sock.settimeout(ANSWER_S)
            with contextlib.suppress(OSError):
                if secrets.compare_digest(sock.recv(len(token), socket.MSG_WAITALL), token.encode("ascii")):
                    return sock
            sock.close()
    raise _start_failure(process)


def _reap(process: subprocess.Popen[bytes]) -> None:
    """End a process that we started: the warm one ends its forks when its socket closes."""
    try:
        process.wait(timeout=0.2 if process.stdin is not None else END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for stream in (process.stdin, process.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
