"""Results as pieces of HTML and text within a notebook: beneath a test cell, and at a notebook's head.

They stand in the formgrader and in nbgrader's own pages, among styles that are not ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.words import ENGLISH, points, visible

from .findings import by_aspect
from .templating import MARKS, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.result import ExerciseResult
    from autograder.words import Catalogue


def exercise_html(exercise: ExerciseResult, words: Catalogue = ENGLISH) -> str:
    """Return an exercise's result as a piece of HTML, for the place beneath its test cell."""
    return render("exercise.html", words, exercise=exercise, findings=by_aspect(exercise))


def exercise_text(exercise: ExerciseResult, words: Catalogue = ENGLISH) -> str:
    """Return the same as plain text."""
    return visible("\n".join(_lines(exercise, words)))


def _lines(exercise: ExerciseResult, words: Catalogue) -> Iterator[str]:
    score, most = points(exercise.score), points(exercise.max_score)
    yield f"{exercise.id}: {words.say('{score} of {max} points', score=score, max=most)}"
    for aspect in exercise.aspects:
        yield f"  {aspect.id}: {points(aspect.score)} / {points(aspect.max_score)}"
    if exercise.hint:
        yield f"  {words.say('Think about it:')} {words.tell(exercise.hint)}"
    for test in exercise.tests:
        yield f"{MARKS[test.outcome]} {test.aspect}: {words.tell(test.rationale)}"


def notice_html(reason: str | None, notes: Sequence[str], words: Catalogue = ENGLISH) -> str:
    """Return what stands at the head of a graded notebook: why it could not be graded, what was put right."""
    return render("notice.html", words, reason=reason, notes=notes)
