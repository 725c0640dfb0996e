"""From submissions to results: each one's cells run in a sandbox, its names met by the hidden suite.

`grade_notebooks` is the engine that everything uses: `autograder grade`, nbgrader's autograde step and the
proofs. `grade_class` takes a course's submissions through it on several processes. Nothing that happens to
one submission changes the result of another.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import os
import threading
import time
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.util import Finalize
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from autograder.assignment import Course
from autograder.bank import known_signatures, signature_jobs
from autograder.diagnosis import Observations, diagnose
from autograder.errors import CourseError, Ungradable, WorkerGone
from autograder.notebook import find_submission, read_submission, repair
from autograder.plugin import ExerciseTests, Job, read_reference, run_suite, validate_suite
from autograder.result import ExerciseResult, SubmissionResult
from autograder.sandbox import Sandbox
from autograder.scoring import score
from autograder.student.remote import CellReport, RemoteSubmission, open_submission
from autograder.walls import choose_isolation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from nbformat import NotebookNode

    from autograder.assignment import Assignment
    from autograder.plugin import SuiteTest
    from autograder.result import TestResult
    from autograder.walls import Isolation

SUITES = Path(__file__).resolve().parent / "suites"

FEWEST_PER_PROCESS = 4
"""Starting a process costs as much as grading about so many submissions."""
WINDOW = 4
"""Submissions under way for each process: enough that none waits for the next."""


@dataclass(frozen=True)
class Graded:
    """One submission after grading."""

    result: SubmissionResult
    notebook: NotebookNode | None
    """The repaired notebook whose code cells were run; None if the submission is ungradable."""
    outputs: tuple[tuple[dict[str, Any], ...], ...]
    """For each code cell of `notebook`, what it displayed: nbformat outputs, still the student's data."""
    notes: tuple[str, ...] = ()
    """What was put right in the notebook, for the student."""
    seconds: float = field(default=0.0, compare=False)
    """How long its cells and tests took, by the clock; stands in no result."""


def suite_path(assignment: str) -> Path:
    """Return the hidden suite of an assignment.

    Raises
    ------
    CourseError
        There is none.
    """
    path = SUITES / f"test_{assignment}.py"
    if not path.exists():
        raise CourseError(f"The assignment {assignment!r} has no hidden suite; write {path}")
    return path


def grade_notebooks(
    course: Course,
    assignment: Assignment,
    notebooks: Iterable[tuple[str | None, NotebookNode]],
    report: Callable[[str | None, Graded], None],
    *,
    isolation: Isolation = "process",
) -> None:
    """Grade repaired notebooks one after the other, with one sandbox and one collected suite.

    Parameters
    ----------
    course, assignment
        Where the reference lies, and what is graded.
    notebooks : iterable of (student, notebook)
        Taken lazily: the next one is asked for when the one before is graded.
    report : callable
        Called with each student and what was graded, in order.
    isolation : Isolation
        The walls around student code.
    """
    suite = suite_path(assignment.name)
    expected_ids = validate_suite(suite, assignment)
    reference = read_reference(course.reference_path(assignment.name))
    signatures = known_signatures(suite, assignment.hidden_seed, reference)
    with Sandbox(assignment.libraries, isolation=isolation, hidden=[course.root]) as sandbox:

        def jobs() -> Iterator[Job]:
            for student, notebook in notebooks:
                cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
                tested: list[ExerciseTests] = []
                observed, started = Observations(), time.monotonic()
                try:
                    with open_submission(
                        sandbox, cells, assignment.limits, inputs_are_hidden=True
                    ) as submission:
                        yield Job(student=submission.student, done=tested.extend, saw=observed.saw)
                except WorkerGone as gone:  # nothing could be started: not the submission's fault
                    report(student, ungradable(assignment, student, f"It could not be run: {gone}."))
                else:
                    seconds = time.monotonic() - started
                    exercises = score(assignment, dict(tested), expected_ids)
                    wrong = [exercise.id for exercise in exercises if not exercise.passed]
                    yield from signature_jobs(wrong, signatures, reference)
                    diagnosed = [
                        diagnose(exercise, observed, signatures.get(exercise.id, ()), assignment.language)
                        for exercise in exercises
                    ]
                    graded = _graded(
                        student,
                        notebook,
                        submission,
                        diagnosed,
                        max_score=assignment.max_score,
                        expected_ids=expected_ids,
                    )
                    report(student, dataclasses.replace(graded, seconds=seconds))

        run_suite(suite, jobs(), seed=assignment.hidden_seed, reference=reference)


def _graded(
    student: str | None,
    notebook: NotebookNode,
    submission: RemoteSubmission,
    exercises: Sequence[ExerciseResult],
    *,
    max_score: float,
    expected_ids: Sequence[SuiteTest],
) -> Graded:
    reason = _our_fault([test for exercise in exercises for test in exercise.tests], expected_ids)
    result = SubmissionResult(
        student=student,
        status="ungradable" if reason else "graded",
        reason=reason,
        score=0.0 if reason else sum(exercise.score for exercise in exercises),
        max_score=max_score,
        exercises=tuple(exercises),
    )
    return Graded(result, notebook, tuple(_outputs(cell) for cell in submission.reports))


def _our_fault(tests: Sequence[TestResult], expected_ids: Sequence[SuiteTest]) -> str | None:
    """Return why these tests are no verdict: one could not be carried out, or they are not all there."""
    for test in tests:
        if test.outcome == "error":
            return f"A test could not be carried out ({test.id}): {test.rationale}"
    if sorted(test.id for test in tests) != sorted(test.id for test in expected_ids):
        return f"{len(tests)} of {len(expected_ids)} tests were carried out; grade this submission again."
    return None


def _outputs(report: CellReport) -> tuple[dict[str, Any], ...]:
    if report.ended is None:
        return tuple(report.outputs)
    return (
        {"output_type": "error", "ename": "Stopped", "evalue": report.ended, "traceback": [report.ended]},
    )


def ungradable(assignment: Assignment, student: str | None, reason: str) -> Graded:
    """Return what is recorded where nothing can be graded: every exercise, no points, the reason."""
    exercises = score(assignment, {}, ())
    result = SubmissionResult(student, "ungradable", reason, 0.0, assignment.max_score, exercises)
    return Graded(result, None, ())


# ----- a class -----


def submission_folders(course: Course, assignment: str) -> dict[str, Path]:
    """Return each student's submission folder, sorted by student."""
    found = sorted((course.root / "submitted").glob(f"*/{assignment}"))
    return {path.parent.name: path for path in found if not path.parent.name.startswith(".")}


def grade_class(
    course: Course,
    assignment: Assignment,
    folders: Mapping[str, Path],
    source: NotebookNode,
    *,
    isolation: str | None = None,
    jobs: int | None = None,
) -> Iterator[tuple[str, Graded]]:
    """Grade submissions on several processes; yield each as it is done, in no particular order.

    Parameters
    ----------
    folders : mapping of str to Path
        Student to submission folder, as `submission_folders` returns.
    source : NotebookNode
        The assignment's notebook with stubs, whose structure every submission gets back.
    isolation : str, optional
        The level to grade at; the strongest that the machine offers if None.
    jobs : int, optional
        How many processes; as many as there are cores if None.

    Raises
    ------
    IsolationRefused
        The level cannot be had.
    """
    setup = Setup(course.root, assignment.name, source, choose_isolation(isolation))
    workers = min(jobs or os.cpu_count() or 1, -(-len(folders) // FEWEST_PER_PROCESS))
    if workers <= 1:
        with contextlib.closing(Engine(setup)) as engine:
            for student, folder in folders.items():
                yield student, engine.grade(student, folder)
        return
    # spawn: a fork would copy threads of the progress display in an unknown state
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from _grade_there(pool, setup, folders, WINDOW * workers)


@dataclass(frozen=True)
class Setup:
    """What every submission of a class is graded with; travels to other processes."""

    root: Path
    name: str
    source: NotebookNode
    isolation: Isolation


def _grade_there(
    pool: Executor, setup: Setup, folders: Mapping[str, Path], window: int
) -> Iterator[tuple[str, Graded]]:
    """Keep an executor busy, with few enough in waiting that memory does not grow with the class."""
    waiting = iter(folders.items())
    running: dict[Future[Graded], str] = {}

    def submit(count: int) -> None:
        for student, folder in itertools.islice(waiting, count):
            running[pool.submit(_grade_in_process, setup, student, folder)] = student

    submit(window)
    try:
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            submit(len(done))
            for future in done:
                yield running.pop(future), future.result()
    finally:
        for future in running:
            future.cancel()


def _grade_in_process(setup: Setup, student: str, folder: Path) -> Graded:
    """Grade one submission in a process that keeps its engine, and so its warm worker and its suite."""
    key = (setup.root, setup.name, setup.isolation)
    if key not in _engines:
        _engines[key] = Engine(setup)
        # Not atexit: a process of a pool ends without it.
        Finalize(None, _engines[key].close, exitpriority=1)
    return _engines[key].grade(student, folder)


_engines: dict[tuple[Path, str, Isolation], Engine] = {}
"""The engines of this process, one for each class that it takes part in."""


class Engine:
    """A `grade_notebooks` that waits for submissions: the worker stays warm, the suite collected.

    It runs in a thread of its own, since pytest keeps the thread that it was called in.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.course = Course(setup.root)
        self.assignment = self.course.read_assignment(setup.name)
        self._todo: SimpleQueue[tuple[str, NotebookNode] | None] = SimpleQueue()
        self._done: SimpleQueue[Graded | BaseException] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def grade(self, student: str, folder: Path) -> Graded:
        """Grade one student's submission folder.

        Raises
        ------
        AuthorError, CourseError
            Nothing can be graded with this suite or reference.
        """
        try:
            submitted = read_submission(find_submission(folder, self.setup.name))
        except Ungradable as reason:
            return ungradable(self.assignment, student, str(reason))
        notebook, notes = repair(submitted, self.setup.source)
        return dataclasses.replace(self.grade_notebook(student, notebook), notes=tuple(notes))

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

    def _serve(self) -> None:
        try:
            grade_notebooks(
                self.course,
                self.assignment,
                iter(self._todo.get, None),
                lambda _, graded: self._done.put(graded),
                isolation=self.setup.isolation,
            )
        except BaseException as error:  # noqa: BLE001 - raised again where somebody waits
            self._done.put(error)
