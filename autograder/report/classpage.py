"""The class on one page, for whoever teaches it: where it stands, and what the next lecture should repeat."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from autograder.words import ENGLISH

from .figures import histogram
from .tally import tally
from .templating import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from autograder.assignment import Assignment
    from autograder.result import SubmissionResult
    from autograder.words import Catalogue

SLOWEST = 5
SLOW_S = 1.0
"""Seconds; whoever was faster is not called slow."""
FEW = 12
"""Students whose names are all seen where they share a reason; more are folded away."""
MANY = 150
"""Students whose table is folded away, so that the page stays one that can be looked at."""
MAX_REASON = 400
"""Characters of why a submission could not be graded."""


def class_page(
    assignment: Assignment,
    results: Sequence[SubmissionResult],
    *,
    ideas: Mapping[tuple[str, str], str],
    seconds: Mapping[str, float],
    words: Catalogue = ENGLISH,
) -> str:
    """Return the class as an HTML page that needs no other file.

    Parameters
    ----------
    assignment : Assignment
        What was graded.
    results : sequence of SubmissionResult
        Sorted by student; may be empty.
    ideas : mapping of (exercise, misconception) to str
        What the students who have a misconception seem to believe.
    seconds : mapping of str to float
        Student to how long grading took.
    words : Catalogue
        In which language it speaks.
    """
    counted = tally(assignment, results, ideas)
    slow = sorted(((each, name) for name, each in seconds.items() if each >= SLOW_S), reverse=True)
    return render(
        "class.html",
        words,
        assignment=assignment,
        tally=counted,
        figure=histogram(counted.scores, assignment.max_score),
        slow=[(name, each) for each, name in slow[:SLOWEST]],
        rows=[(result, list(_cells(assignment, result))) for result in results],
        max_reason=MAX_REASON,
        few=FEW,
        many=MANY,
    )


def _cells(assignment: Assignment, result: SubmissionResult) -> Iterator[tuple[str, float]]:
    """Yield for each exercise whether all, some or no points were earned, and how many."""
    scores = {answer.id: answer.score for answer in result.exercises}
    for exercise in assignment.exercises:
        score = scores.get(exercise.id, 0.0)
        share = score / exercise.points if math.isfinite(score) else 0.0
        yield "all" if share >= 1 else "some" if share > 0 else "none", score
