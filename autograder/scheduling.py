"""A class of submissions through an executor: each graded once, on every core, or on other machines.

Results are kept as they come (`autograder.store`), under a key of all that they depend on
(`autograder.fingerprint`), and a submission whose key is kept is not graded again. So a class can be stopped
at any moment and taken up again. What crosses to another process is data alone: a `Setup` and a `Collected`
file; neither needs the course's folders there.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import itertools
import json
import tempfile
import threading
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from autograder import grading
from autograder.assignment import Course
from autograder.errors import CourseError, Ungradable
from autograder.fingerprint import engine_fingerprint, fingerprint, surroundings
from autograder.grading import Graded, kept, taken_up
from autograder.kit import SUITE_FILE
from autograder.notebook import parse_submission, read_collected, repair
from autograder.store import Store
from autograder.walls import choose_isolation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from nbformat import NotebookNode

    from autograder.assignment import Assignment
    from autograder.walls import Isolation
    from autograder.workplace import Workplace

MAX_TRIES = 2
"""How often a submission is handed out again after the process that had it was lost."""


@dataclass(frozen=True)
class Setup:
    """What every submission of a class is graded with, wherever that is."""

    name: str
    """Of the assignment."""
    root: str
    """The course's folder: out of reach for student code, should it be there."""
    files: tuple[tuple[str, str], ...]
    """What an engine reads of a course: relative path to text."""
    source: NotebookNode
    """The assignment's notebook with stubs, whose structure every submission gets back."""
    isolation: Isolation
    engine: str
    """The key of the kit that the class is graded with."""
    key: str
    """The key of all that results depend on but the submission."""


def make_setup(course: Course, assignment: Assignment, source: NotebookNode, isolation: str | None) -> Setup:
    """Return what a class is graded with.

    Raises
    ------
    IsolationRefused
        The level cannot be had.
    CourseError
        The reference is missing.
    """
    name, level = assignment.name, choose_isolation(isolation)
    reference = course.reference_path(name)
    paths = [assignment.folder / "assignment.toml", reference, assignment.folder / SUITE_FILE]
    if not reference.is_file():
        raise CourseError(f"There is no reference solution; write {reference}")
    files = tuple(
        (path.relative_to(course.root).as_posix(), path.read_text(encoding="utf-8"))
        for path in paths
        if path.is_file()
    )
    parts = [
        name,
        level,
        engine_fingerprint(),
        surroundings(assignment.libraries),
        json.dumps(source, sort_keys=True),
    ]
    key = fingerprint(*parts, *itertools.chain(*files))
    return Setup(name, str(course.root), files, source, level, engine_fingerprint(), key)


@dataclass(frozen=True)
class Collected:
    """One submission as it was collected: the file's content, or the reason why there is none."""

    student: str
    content: bytes
    reason: str = ""

    def key(self, setup: Setup) -> str:
        """Return the key of this submission's result."""
        return fingerprint(setup.key, self.reason, self.content)


def collect(student: str, folder: Path, assignment: str) -> Collected:
    """Read a student's submission folder."""
    try:
        return Collected(student, read_collected(folder, assignment))
    except Ungradable as reason:
        return Collected(student, b"", str(reason))


def submission_folders(course: Course, assignment: str) -> dict[str, Path]:
    """Return each student's submission folder, sorted by student."""
    found = sorted((course.root / "submitted").glob(f"*/{assignment}"))
    return {path.parent.name: path for path in found if not path.parent.name.startswith(".")}


@contextlib.contextmanager
def only_grading(course: Course, say: Callable[[str], None]) -> Iterator[None]:
    """Wait until nobody else grades in this course, and keep others waiting."""
    folder = course.root / ".autograder"
    folder.mkdir(exist_ok=True)
    lock = FileLock(folder / "grading.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        say("Another grading of this course is under way; this one begins when it has ended.")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


# ----- a class -----


def grade_class(
    course: Course, setup: Setup, folders: Mapping[str, Path], workplace: Workplace, *, force: bool = False
) -> Iterator[tuple[str, Graded]]:
    """Grade submissions and keep their results; yield each as it is done, in no particular order.

    Parameters
    ----------
    setup : Setup
        What `make_setup` returned.
    folders : mapping of str to Path
        Student to submission folder, as `submission_folders` returns.
    workplace : Workplace
        Where to grade.
    force : bool
        Whether to grade again what has not changed.

    Raises
    ------
    AuthorError, CourseError
        Nothing can be graded with this suite or reference.
    """
    store, again = Store(course.root, setup.name), []
    store.clear_up()
    for student, folder in folders.items():
        graded = None if force else stored_result(store, setup, collect(student, folder, setup.name))
        if graded is None:
            again.append(student)
        else:
            yield student, graded
    waiting = (collect(student, folders[student], setup.name) for student in again)
    with contextlib.ExitStack() as stack:
        stack.callback(close_engine)
        executor, size = stack.enter_context(workplace.open(len(again)))
        for collected, graded in _Handout(setup, waiting, executor, size).results():
            store.write(kept(graded, collected.key(setup)))
            yield collected.student, graded


def stored_result(store: Store, setup: Setup, collected: Collected) -> Graded | None:
    """Return what an earlier grading found, if nothing that it depends on has changed."""
    stored = store.read(collected.student)
    if stored is None or stored.key != collected.key(setup):
        return None
    notebook, _ = repair(parse_submission(collected.content, setup.name), setup.source)
    return taken_up(stored, notebook)


class _Handout:
    """Keeps an executor busy, with few enough in waiting that memory does not grow with the class.

    Where a process is lost, everything that was under way is handed out again, one at a time, so that only
    the submission that loses a process by itself counts as the cause.
    """

    def __init__(self, setup: Setup, waiting: Iterator[Collected], executor: Executor, size: int) -> None:
        self.setup = setup
        self.waiting = waiting
        self.executor = executor
        self.size = size
        self.running: dict[Future[Graded], Collected] = {}
        self.suspects: list[tuple[Collected, int]] = []

    def results(self) -> Iterator[tuple[Collected, Graded]]:
        """Yield each submission with what was found."""
        try:
            while True:
                yield from self._tried_alone()
                for collected in itertools.islice(self.waiting, self.size - len(self.running)):
                    self._hand_out(collected)
                if not self.running and not self.suspects:
                    return
                yield from self._finished()
        finally:
            for future in self.running:
                future.cancel()

    def _hand_out(self, collected: Collected) -> None:
        self.running[self.executor.submit(grade_there, self.setup, collected)] = collected

    def _finished(self) -> Iterator[tuple[Collected, Graded]]:
        done, _ = wait(self.running, return_when=FIRST_COMPLETED)
        for future in done:
            collected = self.running.pop(future)
            try:
                graded = future.result()
            except BrokenExecutor:
                self.suspects.append((collected, 0))
            else:
                yield collected, graded

    def _tried_alone(self) -> Iterator[tuple[Collected, Graded]]:
        while self.suspects and not self.running:
            collected, tries = self.suspects.pop(0)
            try:
                yield collected, self.executor.submit(grade_there, self.setup, collected).result()
            except BrokenExecutor:
                if tries + 1 < MAX_TRIES:
                    self.suspects.insert(0, (collected, tries + 1))
                else:
                    yield collected, self._lost(collected)

    def _lost(self, collected: Collected) -> Graded:
        reason = "The process that graded it ended unexpectedly, twice; the machine may lack memory."
        assignment = _assignment_of(self.setup)
        return grading.ungradable(assignment, collected.student, reason)


# ----- one submission, wherever that is -----


def get_ready() -> None:
    """Do nothing: whoever is sent this has imported what grading needs."""


def grade_there(setup: Setup, collected: Collected) -> Graded:
    """Grade one submission in a process that keeps its engine, and so its warm worker and its suite.

    Raises
    ------
    CourseError
        This machine has another version of the kit.
    """
    if setup.engine != engine_fingerprint():
        raise CourseError(
            f"A worker has another version of the kit ({_PLACE}); install the same one everywhere"
        )
    with _one_at_a_time:
        if setup.key not in _engines:
            close_engine()
            _engines[setup.key] = Engine(setup)
            Finalize(None, close_engine, exitpriority=1)  # not atexit: a process of a pool ends without it
            Finalize(None, gc.freeze, exitpriority=0)  # or Python looks through all that goes anyway
        return _engines[setup.key].grade(collected)


def close_engine() -> None:
    """End what this process grades with, if it does."""
    while _engines:
        _engines.popitem()[1].close()


def end_engine() -> None:
    """End what this process grades with as soon as nothing is graded: the class is done."""
    with _one_at_a_time:
        close_engine()


_PLACE = Path(grading.__file__).parent
_engines: dict[str, Engine] = {}
"""The engine of this process, by the key of its setup; a process serves one class at a time."""
_one_at_a_time = threading.Lock()


class Engine:
    """A `grade_notebooks` that waits for submissions: the worker stays warm, the suite collected.

    It runs in a thread of its own, since pytest keeps the thread that it was called in.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._folder = tempfile.TemporaryDirectory(prefix="autograder-course-", ignore_cleanup_errors=True)
        self.course = _unpacked(setup, Path(self._folder.name))
        self.assignment = self.course.read_assignment(setup.name)
        self._todo: SimpleQueue[tuple[str, NotebookNode] | None] = SimpleQueue()
        self._done: SimpleQueue[Graded | BaseException] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def grade(self, collected: Collected) -> Graded:
        """Grade one submission.

        Raises
        ------
        AuthorError, CourseError
            Nothing can be graded with this suite or reference.
        """
        if collected.reason:
            return grading.ungradable(self.assignment, collected.student, collected.reason)
        try:
            submitted = parse_submission(collected.content, self.setup.name)
        except Ungradable as reason:
            return grading.ungradable(self.assignment, collected.student, str(reason))
        notebook, notes = repair(submitted, self.setup.source)
        return dataclasses.replace(self.grade_notebook(collected.student, notebook), notes=tuple(notes))

    def grade_notebook(self, student: str, notebook: NotebookNode) -> Graded:
        """Grade one repaired notebook; raises what `grade` does."""
        self._todo.put((student, notebook))
        done = self._done.get()
        if isinstance(done, BaseException):
            self._done.put(done)  # the next submission meets the same
            raise done
        return done

    def close(self) -> None:
        """End the worker."""
        self._todo.put(None)
        self._thread.join()
        self._folder.cleanup()

    def _serve(self) -> None:
        try:
            grading.grade_notebooks(
                self.course,
                self.assignment,
                iter(self._todo.get, None),
                lambda _, graded: self._done.put(graded),
                isolation=self.setup.isolation,
                hidden=[Path(self.setup.root)],
                given=_given_cells(self.setup.source),
            )
        except BaseException as error:  # noqa: BLE001 - raised again where somebody waits
            self._done.put(error)


def _given_cells(source: NotebookNode) -> list[str]:
    """Return the code cells before the first one that a student writes in."""
    code = (cell for cell in source.cells if cell.cell_type == "code")
    return [cell.source for cell in itertools.takewhile(_is_given, code)]


def _is_given(cell: NotebookNode) -> bool:
    return not cell.metadata.get("nbgrader", {}).get("solution")


def _unpacked(setup: Setup, folder: Path) -> Course:
    for name, text in setup.files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Course(folder)


def _assignment_of(setup: Setup) -> Assignment:
    with tempfile.TemporaryDirectory() as folder:
        return _unpacked(setup, Path(folder)).read_assignment(setup.name)
