"""From submissions to results: each one's cells run in a sandbox, its names met by the hidden suite.

`grade_notebooks` is the engine that everything uses: a class (`autograder.scheduling`) and nbgrader's
autograde step. Nothing that happens to one submission changes the result of another.
"""

from __future__ import annotations

import dataclasses
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.diagnosis import Observations, diagnose
from autograder.errors import CourseError, WorkerGone
from autograder.notebook import idle, is_figure
from autograder.plugin import ExerciseTests, Job, read_reference, run_suite, validate_suite
from autograder.public_cases import PublicCases, worth_a_look
from autograder.rehearsal import Actor, Rehearsal
from autograder.result import ExerciseResult, SubmissionResult
from autograder.sandbox import Sandbox
from autograder.scoring import score
from autograder.signatures import SharedSignatures
from autograder.store import Stored
from autograder.student.remote import open_submission
from autograder.worker.wire import NOT_DRAWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from nbformat import NotebookNode

    from autograder.assignment import Assignment, Course
    from autograder.pictures import Picture
    from autograder.plugin import SuiteTest
    from autograder.result import TestResult
    from autograder.student.remote import CellReport, RemoteSubmission
    from autograder.walls import Isolation

SUITES = Path(__file__).resolve().parent / "suites"

_AS_SAVED = {"output_type": "display_data", "data": {"image/png": NOT_DRAWN}, "metadata": {}}
"""The output of a figure cell that was not run, for each of its pictures."""


@dataclass(frozen=True)
class Graded:
    """One submission after grading."""

    result: SubmissionResult
    notebook: NotebookNode | None
    """The repaired notebook whose code cells were run; None if the submission is ungradable."""
    outputs: tuple[tuple[dict[str, Any], ...], ...]
    """For each code cell of `notebook`, what it displayed: nbformat outputs, still the student's data.
    Pictures that are `NOT_DRAWN` are those that `notebook` holds with the cell."""
    notes: tuple[str, ...] = ()
    """What was put right in the notebook, for the student."""
    seconds: float = field(default=0.0, compare=False)
    """How long its cells and tests took, by the clock; stands in no result."""
    pictures: Mapping[str, Mapping[str, Picture]] = field(default_factory=dict)
    """Exercise and aspect to what its student may see of a wrong answer; of public cases only."""


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
    hidden: Sequence[Path] = (),
    given: Sequence[str] = (),
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
    hidden : sequence of Path
        Folders that are out of its reach beside that of `course`.
    given : sequence of str
        The author's code cells with which the notebook begins; run once for all notebooks that have them.
    """
    walls: dict[str, Any] = {"isolation": isolation, "hidden": [course.root, *hidden]}
    with (
        Sandbox(assignment.libraries, **walls) as plain,
        Sandbox(assignment.libraries, **walls, given=given) as prepared,
    ):
        warm = prepared if given else plain
        warm.start()
        suite = suite_path(assignment.name)
        expected_ids = validate_suite(suite, assignment)
        reference = read_reference(course.reference_path(assignment.name))
        signatures = SharedSignatures(suite, assignment.hidden_seed, reference)
        scripts = Rehearsal(reference, assignment.limits)
        public = PublicCases(assignment, reference)

        def jobs() -> Iterator[Job]:
            yield Job(student=lambda exercise: nullcontext(Actor(scripts, exercise)), done=lambda _: None)
            warm.get_ready()
            for student, notebook in notebooks:
                code = [cell for cell in notebook.cells if cell.cell_type == "code"]
                cells = [cell.source for cell in code]
                saved = [len(cell.outputs) for cell in code]
                figures = [place for place, cell in enumerate(code) if is_figure(cell)]
                unmissed = idle(cells, figures)
                sandbox = prepared if prepared.fits(cells) else plain
                tested: list[ExerciseTests] = []
                observed, started = Observations(), time.monotonic()
                try:
                    with open_submission(
                        sandbox,
                        cells,
                        assignment.limits,
                        inputs_are_hidden=True,
                        pictures=saved,
                        skip=unmissed,
                        scripts=scripts,
                    ) as submission:
                        yield Job(student=submission.student, done=tested.extend, saw=observed.saw)
                except WorkerGone as gone:  # nothing could be started: not the submission's fault
                    report(student, ungradable(assignment, student, f"It could not be run: {gone}."))
                else:
                    seconds = time.monotonic() - started
                    exercises = score(assignment, dict(tested), expected_ids)
                    wrong = [exercise.id for exercise in exercises if not exercise.passed]
                    yield from signatures.jobs(wrong)
                    diagnosed = [
                        diagnose(exercise, observed, signatures.get(exercise.id, ()), assignment.language)
                        for exercise in exercises
                    ]
                    graded = _graded(
                        student,
                        notebook,
                        submission,
                        diagnosed,
                        as_saved={place: saved[place] for place in unmissed},
                        max_score=assignment.max_score,
                        expected_ids=expected_ids,
                    )
                    wrong_answers = worth_a_look(exercises, observed)
                    pictures = public.look(sandbox, cells[: _written(code)], figures, wrong_answers)
                    report(student, dataclasses.replace(graded, seconds=seconds, pictures=pictures))

        run_suite(suite, jobs(), seed=assignment.hidden_seed, reference=reference)


def _written(code: Sequence[NotebookNode]) -> int:
    """Return how many cells there are up to the last one that a student was to write in."""
    places = [
        place for place, cell in enumerate(code, 1) if cell.metadata.get("nbgrader", {}).get("solution")
    ]
    return max(places, default=len(code))


def _graded(
    student: str | None,
    notebook: NotebookNode,
    submission: RemoteSubmission,
    exercises: Sequence[ExerciseResult],
    *,
    as_saved: Mapping[int, int],
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
    outputs = [_outputs(report) for report in submission.reports]
    for place, count in as_saved.items():
        outputs[place] = outputs[place] or max(count, 1) * (_AS_SAVED,)
    return Graded(result, notebook, tuple(outputs))


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


# ----- what is kept -----


def kept(graded: Graded, key: str) -> Stored:
    """Return what is kept of a submission after grading.

    Parameters
    ----------
    key : str
        Of all that the result depends on. What is ungradable is tried again the next time.
    """
    key = key if graded.result.status == "graded" else ""
    return Stored(graded.result, graded.notes, graded.seconds, graded.pictures, graded.outputs, key)


def taken_up(stored: Stored, notebook: NotebookNode | None) -> Graded:
    """Return what was graded earlier, with the repaired notebook that it was found in."""
    found = stored.outputs, stored.notes, stored.seconds, stored.pictures
    return Graded(stored.result, notebook, *found)
