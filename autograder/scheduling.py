"""A class of submissions through an executor: each graded once, on every core, or on other machines.

Results are kept as they come (`autograder.store`), under a key of all that they depend on
(`autograder.fingerprint`), and a submission whose key is kept is not graded again. So a class can be stopped
at any moment and taken up again. Each is graded by the engine of some process (`autograder.engine`).
"""

from __future__ import annotations

import contextlib
import itertools
import json
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from autograder import grading
from autograder.engine import Collected, EngineSetup, Setup, assignment_of, close_engine, grade_there
from autograder.errors import CourseError, Ungradable
from autograder.fingerprint import engine_fingerprint, fingerprint, surroundings
from autograder.grading import kept, taken_up
from autograder.kit import SUITE_FILE
from autograder.notebook import parse_submission, read_collected, read_submission, repair
from autograder.store import Store
from autograder.walls import choose_isolation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from nbformat import NotebookNode

    from autograder.assignment import Assignment, Course
    from autograder.grading import Graded
    from autograder.workplace import Workplace

MAX_TRIES = 2
"""How often a submission is handed out again after the process that had it was lost."""


def make_setup(course: Course, assignment: Assignment, source: NotebookNode, isolation: str | None) -> Setup:
    """Return what a class is graded with; raises what `make_engine_setup` does.

    Parameters
    ----------
    source : NotebookNode
        As `autograder.gradebook.template` returns it.
    """
    engine = make_engine_setup(course, assignment, isolation)
    parts = [
        engine.name,
        engine.isolation,
        engine.kit,
        surroundings(assignment.libraries),
        json.dumps(source, sort_keys=True),
    ]
    return Setup(engine, source, fingerprint(*parts, *itertools.chain(*engine.files)))


def make_engine_setup(course: Course, assignment: Assignment, isolation: str | None) -> EngineSetup:
    """Return what an engine starts with; nothing of it depends on the gradebook.

    Raises
    ------
    IsolationRefused
        The level cannot be had.
    CourseError
        The reference is missing.
    """
    level, reference = choose_isolation(isolation), course.reference_path(assignment.name)
    paths = [assignment.folder / "assignment.toml", reference, assignment.folder / SUITE_FILE]
    if not reference.is_file():
        raise CourseError(f"There is no reference solution; write {reference}")
    files = tuple(
        (path.relative_to(course.root).as_posix(), path.read_text(encoding="utf-8"))
        for path in paths
        if path.is_file()
    )
    given = tuple(_given_cells(course.source_notebook(assignment.name)))
    return EngineSetup(assignment.name, str(course.root), files, given, level, engine_fingerprint())


def _given_cells(source: Path) -> Iterator[str]:
    """Yield the code cells before the first one that a student writes in; none where nothing was built."""
    with contextlib.suppress(Ungradable):  # whoever opens the gradebook says what is wrong with it
        for cell in read_submission(source).cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                return
            if cell.cell_type == "code":
                yield cell.source


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
    store, again = Store(course.root, setup.engine.name), []
    store.clear_up()
    for student, folder in folders.items():
        graded = None if force else stored_result(store, setup, collect(student, folder, setup.engine.name))
        if graded is None:
            again.append(student)
        else:
            yield student, graded
    waiting = (collect(student, folders[student], setup.engine.name) for student in again)
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
    notebook, _ = repair(parse_submission(collected.content, setup.engine.name), setup.source)
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
        assignment = assignment_of(self.setup.engine)
        return grading.ungradable(assignment, collected.student, reason)
