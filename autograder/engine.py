"""One submission, wherever that is: the engine of a process, and what crosses to it.

What crosses is data alone: a `Setup` and a `Collected` file; neither needs the course's folders there. An
engine can be started before the gradebook is open, from the part of the setup that does not depend on it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import tempfile
import threading
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from autograder import grading
from autograder.assignment import Course
from autograder.errors import CourseError, Ungradable
from autograder.fingerprint import engine_fingerprint, fingerprint
from autograder.notebook import parse_submission, repair

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.assignment import Assignment
    from autograder.grading import Graded
    from autograder.walls import Isolation


@dataclass(frozen=True)
class EngineSetup:
    """What an engine starts with."""

    name: str
    """Of the assignment."""
    root: str
    """The course's folder: out of reach for student code, should it be there."""
    files: tuple[tuple[str, str], ...]
    """What an engine reads of a course: relative path to text."""
    given: tuple[str, ...]
    """The author's code cells with which the notebook begins."""
    isolation: Isolation
    kit: str
    """The key of the kit that the class is graded with."""


@dataclass(frozen=True)
class Setup:
    """What every submission of a class is graded with."""

    engine: EngineSetup
    source: NotebookNode
    """The assignment's notebook with stubs, whose structure every submission gets back."""
    key: str
    """The key of all that results depend on but the submission."""


@dataclass(frozen=True)
class Collected:
    """One submission as it was collected: the file's content, or the reason why there is none."""

    student: str
    content: bytes
    reason: str = ""

    def key(self, setup: Setup) -> str:
        """Return the key of this submission's result."""
        return fingerprint(setup.key, self.reason, self.content)


# ----- the engine of this process -----


def get_ready(setup: EngineSetup) -> None:
    """Start an engine for a class whose submissions are to come; what is wrong shows when the first does."""
    with contextlib.suppress(Exception), _one_at_a_time:
        _engine_for(setup)


def grade_there(setup: Setup, collected: Collected) -> Graded:
    """Grade one submission in a process that keeps its engine, and so its warm worker and its suite.

    Raises
    ------
    CourseError
        This machine has another version of the kit.
    """
    if setup.engine.kit != engine_fingerprint():
        raise CourseError(
            f"A worker has another version of the kit ({_PLACE}); install the same one everywhere"
        )
    with _one_at_a_time:
        return _engine_for(setup.engine).grade(collected, setup.source)


def _engine_for(setup: EngineSetup) -> Engine:
    if setup not in _engines:
        close_engine()
        _engines[setup] = Engine(setup)
        Finalize(None, close_engine, exitpriority=1)  # not atexit: a process of a pool ends without it
        Finalize(None, gc.freeze, exitpriority=0)  # or Python looks through all that goes anyway
    return _engines[setup]


def close_engine() -> None:
    """End what this process grades with, if it does."""
    while _engines:
        _engines.popitem()[1].close()


def end_engine() -> None:
    """End what this process grades with as soon as nothing is graded: the class is done."""
    with _one_at_a_time:
        close_engine()


_PLACE = Path(grading.__file__).parent
_engines: dict[EngineSetup, Engine] = {}
"""The engine of this process; a process serves one class at a time."""
_one_at_a_time = threading.Lock()


class Engine:
    """A `grade_notebooks` that waits for submissions: the worker stays warm, the suite collected.

    It runs in a thread of its own, since pytest keeps the thread that it was called in.
    """

    def __init__(self, setup: EngineSetup) -> None:
        self.setup = setup
        self._folder = tempfile.TemporaryDirectory(prefix="autograder-course-", ignore_cleanup_errors=True)
        self.course = _unpacked(setup, Path(self._folder.name))
        self.assignment = self.course.read_assignment(setup.name)
        self._todo: SimpleQueue[tuple[str, NotebookNode] | None] = SimpleQueue()
        self._done: SimpleQueue[Graded | BaseException] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def grade(self, collected: Collected, source: NotebookNode) -> Graded:
        """Grade one submission.

        Parameters
        ----------
        source : NotebookNode
            The notebook with stubs, whose structure it gets back.

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
        notebook, notes = repair(submitted, source)
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
                given=self.setup.given,
            )
        except BaseException as error:  # noqa: BLE001 - raised again where somebody waits
            self._done.put(error)


def _unpacked(setup: EngineSetup, folder: Path) -> Course:
    for name, text in setup.files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Course(folder)


def assignment_of(setup: EngineSetup) -> Assignment:
    """Return the assignment that an engine grades."""
    with tempfile.TemporaryDirectory() as folder:
        return _unpacked(setup, Path(folder)).read_assignment(setup.name)
