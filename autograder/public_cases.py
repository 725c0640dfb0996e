"""What a student may see of a wrong answer: where it leaves what is expected in the public cases.

A submission that has lost points comes in, pictures of its first failures in the public suite go out. They
are taken in a process of their own, which no hidden test has met: whatever a student's code returns is drawn,
and code that had met hidden inputs could return them (a pipe that a cell opens connects the processes of all
exercises), so that its student would read them here.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from autograder.errors import AutograderError, WorkerGone
from autograder.kit import SUITE_FILE
from autograder.notebook import idle
from autograder.pictures import Pictures
from autograder.plugin import FromReference, PlainSuite
from autograder.student.remote import MAX_OUTPUTS, open_submission

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import ModuleType

    from autograder.assignment import Assignment
    from autograder.diagnosis import Observation
    from autograder.pictures import Picture
    from autograder.result import ExerciseResult
    from autograder.sandbox import Sandbox
    from autograder.student.remote import RemoteSubmission

    Seen = dict[str, dict[str, Picture]]
    """Exercise and aspect to picture."""

_SAYS_NOTHING = {"missing", "gone", "other"}
"""How tests end of which there is nothing to draw: no answer, or none within the limits."""


class PublicCases:
    """The public suite of an assignment, for submissions that have been graded.

    Parameters
    ----------
    assignment : Assignment
        Its folder holds the suite.
    reference : module
        Says what is expected.
    """

    def __init__(self, assignment: Assignment, reference: ModuleType) -> None:
        self.assignment = assignment
        self.suite: PlainSuite | None = None
        with contextlib.suppress(AutograderError):  # `build` complains; a class is graded without pictures
            path, expected = assignment.folder / SUITE_FILE, FromReference(reference)
            self.suite = PlainSuite(path, seed=assignment.public_seed, expected=expected)

    def look(
        self, sandbox: Sandbox, cells: Sequence[str], figures: Iterable[int], wrong: Sequence[ExerciseResult]
    ) -> Seen:
        """Return what can be seen of wrong exercises; nothing of one whose process ends or hangs.

        Parameters
        ----------
        sandbox : Sandbox
            Where to run it.
        cells : sequence of str
            The sources of the notebook's code cells.
        figures : iterable of int
            Which of them are figure cells; there may be others after the last cell.
        wrong : sequence of ExerciseResult
            Exercises of `worth_a_look`; with none, nothing is run.
        """
        if self.suite is None or not wrong:
            return {}
        limits, undrawn = self.assignment.limits, [MAX_OUTPUTS] * len(cells)
        skip = idle(cells, [place for place in figures if place < len(cells)])
        with (
            contextlib.suppress(WorkerGone),
            open_submission(sandbox, cells, limits, pictures=undrawn, skip=skip) as submission,
        ):
            seen = {exercise.id: self._look(exercise, submission) for exercise in wrong}
            return {exercise: pictures for exercise, pictures in seen.items() if pictures}
        return {}

    def _look(self, exercise: ExerciseResult, submission: RemoteSubmission) -> dict[str, Picture]:
        pictures = Pictures()
        pictures.failed |= self.assignment.exercise(exercise.id).behaviour  # that is told in words
        pictures.failed |= {aspect.id for aspect in exercise.aspects if aspect.score == aspect.max_score}
        assert self.suite is not None
        with contextlib.suppress(WorkerGone), submission.student(exercise.id) as student:
            for test, error in self.suite.run(exercise.id, student, pictures.failed):
                pictures.saw(test.about, error, test.given)
        return pictures.seen


def worth_a_look(
    exercises: Sequence[ExerciseResult], observed: Mapping[str, Observation]
) -> list[ExerciseResult]:
    """Return the exercises that lost points over an answer that can be drawn.

    Parameters
    ----------
    exercises : sequence of ExerciseResult
        As they were scored.
    observed : mapping of str to Observation
        Test id to how the hidden test ended.
    """
    return [exercise for exercise in exercises if not exercise.passed and _answers(exercise, observed)]


def _answers(exercise: ExerciseResult, observed: Mapping[str, Observation]) -> bool:
    """Whether an exercise gives answers, right or wrong, and stays within its limits."""
    outcomes = [observed[test.id].outcome for test in exercise.tests if test.id in observed]
    drawn = [outcome for outcome in outcomes if outcome not in {*_SAYS_NOTHING, "passed", "raised"}]
    return bool(drawn) and "gone" not in outcomes
