"""What a student may see of a wrong answer: where it leaves what is expected in the public cases.

A submission comes in before any hidden test has met it, pictures of its first failures in the public suite go
out. Before, because whatever a student's code returns is drawn: code that had met hidden inputs could return
them (a pipe that a cell opens connects the processes of all exercises), and its student would read them here.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from autograder.errors import AutograderError, WorkerGone
from autograder.kit import SUITE_FILE
from autograder.pictures import Pictures
from autograder.plugin import FromReference, PlainSuite
from autograder.student.remote import open_submission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

    from autograder.assignment import Assignment, Exercise
    from autograder.pictures import Picture
    from autograder.result import ExerciseResult
    from autograder.sandbox import Sandbox
    from autograder.student.remote import RemoteSubmission

    Seen = dict[str, dict[str, Picture]]
    """Exercise and aspect to picture."""


class PublicCases:
    """The public suite of an assignment, for submissions that are to be graded.

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

    @contextlib.contextmanager
    def opened(self, sandbox: Sandbox, cells: Sequence[str]) -> Iterator[tuple[RemoteSubmission, Seen]]:
        """Open a submission for its hidden tests, and look at its public cases first.

        Where these take the whole submission along, it is opened anew, so that looking costs no points.

        Raises
        ------
        WorkerGone
            Nothing could be started.
        """
        with contextlib.ExitStack() as stack:
            submission = stack.enter_context(self._open(sandbox, cells))
            seen = self.look(submission)
            if submission.is_lost:
                stack.close()
                submission = stack.enter_context(self._open(sandbox, cells))
            yield submission, seen

    def _open(
        self, sandbox: Sandbox, cells: Sequence[str]
    ) -> contextlib.AbstractContextManager[RemoteSubmission]:
        return open_submission(sandbox, cells, self.assignment.limits, inputs_are_hidden=True)

    def look(self, submission: RemoteSubmission) -> Seen:
        """Return what can be seen of each exercise; nothing of one whose process ends or hangs first."""
        if self.suite is None or not submission.has_fork:
            return {}
        return {exercise.id: self._look(exercise, submission) for exercise in self.assignment.exercises}

    def _look(self, exercise: Exercise, submission: RemoteSubmission) -> dict[str, Picture]:
        pictures = Pictures()
        pictures.failed |= exercise.behaviour  # what was changed or kept is told in words
        assert self.suite is not None
        with contextlib.suppress(WorkerGone), submission.student(exercise.id) as student:
            for test, error in self.suite.run(exercise.id, student, pictures.failed):
                pictures.saw(test.about, error, test.given)
        return pictures.seen


def of_what_is_wrong(seen: Seen, exercises: Sequence[ExerciseResult]) -> Seen:
    """Return the pictures of those aspects that earned nothing."""
    wrong = {each.id: {a.id for a in each.aspects if a.score < a.max_score} for each in exercises}
    found = {
        exercise: {aspect: picture for aspect, picture in pictures.items() if aspect in wrong[exercise]}
        for exercise, pictures in seen.items()
    }
    return {exercise: pictures for exercise, pictures in found.items() if pictures}
