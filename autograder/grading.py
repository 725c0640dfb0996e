"""From submissions to results: each one's cells run in a sandbox, its names met by the hidden suite.

`grade_notebooks` is the engine that everything uses: `autograder grade`, nbgrader's autograde step and the
proofs. `grade_class` takes a course's submissions through it on several processes. Nothing that happens to
one submission changes the result of another.
"""

from __future__ import annotations

import dataclasses
import os
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.assignment import Course
from autograder.errors import CourseError, Ungradable, WorkerGone
from autograder.notebook import find_submission, read_submission, repair
from autograder.plugin import ExerciseTests, Job, collect, read_reference, run_suite
from autograder.result import ExerciseResult, SubmissionResult
from autograder.sandbox import Sandbox
from autograder.scoring import score
from autograder.student.remote import CellReport, RemoteSubmission, open_submission
from autograder.walls import choose_isolation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from nbformat import NotebookNode

    from autograder.assignment import Assignment
    from autograder.walls import Isolation

SUITES = Path(__file__).resolve().parent / "suites"

CHUNK = 8
"""Submissions that one process takes at a time: collecting a suite costs as much as grading two or three."""


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
    expected_ids = collect(suite)
    with Sandbox(assignment.libraries, isolation=isolation) as sandbox:

        def jobs() -> Iterator[Job]:
            for student, notebook in notebooks:
                cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
                tested: list[ExerciseTests] = []
                try:
                    with open_submission(sandbox, cells, assignment.limits) as submission:
                        yield Job(student=submission.student, done=tested.extend)
                except WorkerGone as gone:  # nothing could be started: not the submission's fault
                    report(student, ungradable(assignment, student, f"It could not be run: {gone}."))
                else:
                    exercises = score(assignment, dict(tested), expected_ids)
                    report(student, _graded(student, notebook, submission, exercises, assignment))

        run_suite(
            suite,
            jobs(),
            seed=assignment.hidden_seed,
            reference=read_reference(course.reference_path(assignment.name)),
        )


def _graded(
    student: str | None,
    notebook: NotebookNode,
    submission: RemoteSubmission,
    exercises: Sequence[ExerciseResult],
    assignment: Assignment,
) -> Graded:
    errors = [test for exercise in exercises for test in exercise.tests if test.outcome == "error"]
    result = SubmissionResult(
        student=student,
        status="ungradable" if errors else "graded",
        reason=f"A test could not be carried out ({errors[0].id}): {errors[0].rationale}" if errors else None,
        score=0.0 if errors else sum(exercise.score for exercise in exercises),
        max_score=assignment.max_score,
        exercises=tuple(exercises),
    )
    return Graded(result, notebook, tuple(_outputs(cell) for cell in submission.reports))


def _outputs(report: CellReport) -> tuple[dict[str, Any], ...]:
    if report.ended is None:
        return tuple(report.outputs)
    return (
        {"output_type": "error", "ename": "Stopped", "evalue": report.ended, "traceback": [report.ended]},
    )


def ungradable(assignment: Assignment, student: str | None, reason: str) -> Graded:
    """Return what is recorded where nothing can be graded: every exercise, no points, the reason."""
    exercises = score(assignment, {}, collect(suite_path(assignment.name)))
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
    folders: dict[str, Path],
    source: NotebookNode,
    *,
    isolation: str | None = None,
    jobs: int | None = None,
) -> Iterator[tuple[str, Graded]]:
    """Grade submissions on several processes; yield each as it is done, in no particular order.

    Parameters
    ----------
    folders : dict of str to Path
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
    level = choose_isolation(isolation)
    todo = list(folders.items())
    workers = min(jobs or os.cpu_count() or 1, len(todo)) or 1
    size = max(1, min(CHUNK, -(-len(todo) // workers)))
    chunks = [todo[start : start + size] for start in range(0, len(todo), size)]
    if workers == 1:
        for chunk in chunks:
            yield from _grade_chunk(course.root, assignment.name, chunk, source, level)
        return
    # spawn: a fork would copy threads of the progress display in an unknown state
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        common = course.root, assignment.name
        futures = [pool.submit(_grade_chunk, *common, chunk, source, level) for chunk in chunks]
        try:
            for future in as_completed(futures):
                yield from future.result()
        finally:
            _cancel(futures)


def _cancel(futures: list[Future[Any]]) -> None:
    for future in futures:
        future.cancel()


def _grade_chunk(
    root: Path, name: str, chunk: list[tuple[str, Path]], source: NotebookNode, isolation: Isolation
) -> list[tuple[str, Graded]]:
    course = Course(root)
    assignment = course.read_assignment(name)
    done: list[tuple[str, Graded]] = []
    notes: dict[str | None, tuple[str, ...]] = {}

    def readable() -> Iterator[tuple[str, NotebookNode]]:
        for student, folder in chunk:
            try:
                notebook, repairs = repair(read_submission(find_submission(folder, name)), source)
            except Ungradable as reason:
                done.append((student, ungradable(assignment, student, str(reason))))
            else:
                notes[student] = tuple(repairs)
                yield student, notebook

    def report(student: str | None, graded: Graded) -> None:
        assert student is not None
        done.append((student, dataclasses.replace(graded, notes=notes[student])))

    grade_notebooks(course, assignment, readable(), report, isolation=isolation)
    return done
