"""Results as pieces of HTML and text within a notebook: beneath a test cell, and at a notebook's head.

They stand in the formgrader and in nbgrader's own pages, among styles that are not ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.words import points, visible

from .findings import by_aspect
from .templating import MARKS, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.result import ExerciseResult


def exercise_html(exercise: ExerciseResult) -> str:
    """Return an exercise's result as a piece of HTML, for the place beneath its test cell."""
    return render("exercise.html", exercise=exercise, findings=by_aspect(exercise))


def exercise_text(exercise: ExerciseResult) -> str:
    """Return the same as plain text."""
    return visible("\n".join(_lines(exercise)))


def _lines(exercise: ExerciseResult) -> Iterator[str]:
    yield f"{exercise.id}: {points(exercise.score)} of {points(exercise.max_score)} points"
    for aspect in exercise.aspects:
        yield f"  {aspect.id}: {points(aspect.score)} / {points(aspect.max_score)}"
    if exercise.hint:
        yield f"  Hint: {exercise.hint}"
    for test in exercise.tests:
        yield f"{MARKS[test.outcome]} {test.aspect}: {test.rationale}"


def notice_html(reason: str | None, notes: Sequence[str]) -> str:
    """Return what stands at the head of a graded notebook: why it could not be graded, what was put right."""
    return render("notice.html", reason=reason, notes=notes)
