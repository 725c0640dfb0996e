"""A class counted: scores, exercises and aspects, misconceptions, and those who could not be graded.

Results come in, frozen counts go out, in an order that does not depend on how they came. A score that is no
number is counted nowhere.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .findings import is_not_done

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from autograder.assignment import Assignment, Exercise
    from autograder.result import ExerciseResult, SubmissionResult

JOINED = " + "
"""Between misconceptions that occur together in one answer, as `autograder.diagnosis` writes them."""


@dataclass(frozen=True)
class AspectTally:
    """How many earned the points of an aspect."""

    id: str
    points: float
    paid: int


@dataclass(frozen=True)
class ExerciseTally:
    """How an exercise went."""

    id: str
    points: float
    full: int
    """Students with all points."""
    some: int
    """Students with some of the points."""
    not_done: int
    """Students whose stub is still there."""
    mean: float
    aspects: tuple[AspectTally, ...]


@dataclass(frozen=True)
class IdeaTally:
    """One wrong idea that is in this class; misconceptions of several exercises may be the same idea."""

    idea: str
    """What the students seem to believe, or the misconception's id if no more is known."""
    misconceptions: tuple[tuple[str, str], ...]
    """(exercise, misconception), sorted."""
    students: int


@dataclass(frozen=True)
class ReasonTally:
    """One reason why submissions could not be graded."""

    reason: str
    students: tuple[str, ...]
    """Sorted."""


@dataclass(frozen=True)
class ClassTally:
    """A class in numbers."""

    submissions: int
    graded: int
    max_score: float
    scores: tuple[float, ...]
    """Of those who were graded."""
    mean: float | None
    median: float | None
    full: int
    exercises: tuple[ExerciseTally, ...]
    ideas: tuple[IdeaTally, ...]
    """The most frequent first."""
    unnamed: int
    """Answers that are wrong in a way that is not known."""
    ungradable: int
    reasons: tuple[ReasonTally, ...]
    """Why; the most frequent first."""


def tally(
    assignment: Assignment, results: Sequence[SubmissionResult], ideas: Mapping[tuple[str, str], str]
) -> ClassTally:
    """Count a class.

    Parameters
    ----------
    assignment : Assignment
        Says which exercises and aspects there are; a result that lacks one counts as without points there.
    results : sequence of SubmissionResult
        One for each student.
    ideas : mapping of (exercise, misconception) to str
        What is known of misconceptions; may be empty.
    """
    graded = [result for result in results if result.status == "graded"]
    scores = tuple(sorted(result.score for result in graded if math.isfinite(result.score)))
    answers = [answer for result in graded for answer in result.exercises]
    return ClassTally(
        submissions=len(results),
        graded=len(graded),
        max_score=assignment.max_score,
        scores=scores,
        mean=statistics.fmean(scores) if scores else None,
        median=statistics.median(scores) if scores else None,
        full=sum(score >= assignment.max_score for score in scores),
        exercises=tuple(_exercise(exercise, answers) for exercise in assignment.exercises),
        ideas=tuple(_ideas(graded, ideas)),
        unnamed=sum(_is_unnamed(answer) for answer in answers),
        ungradable=len(results) - len(graded),
        reasons=tuple(_reasons(result for result in results if result.status != "graded")),
    )


def _exercise(exercise: Exercise, answers: Iterable[ExerciseResult]) -> ExerciseTally:
    own = [answer for answer in answers if answer.id == exercise.id]
    scores = [answer.score for answer in own if math.isfinite(answer.score)]
    paid = Counter(
        aspect.id for answer in own for aspect in answer.aspects if aspect.score >= aspect.max_score > 0
    )
    return ExerciseTally(
        id=exercise.id,
        points=exercise.points,
        full=sum(score >= exercise.points for score in scores),
        some=sum(0 < score < exercise.points for score in scores),
        not_done=sum(is_not_done(answer) for answer in own),
        mean=statistics.fmean(scores) if scores else 0.0,
        aspects=tuple(AspectTally(each.id, each.points, paid[each.id]) for each in exercise.aspects),
    )


def _reasons(ungradable: Iterable[SubmissionResult]) -> list[ReasonTally]:
    students: dict[str, list[str]] = {}
    for result in ungradable:
        students.setdefault(result.reason or "?", []).append(result.student or "")
    reasons = [ReasonTally(reason, tuple(sorted(names))) for reason, names in students.items()]
    return sorted(reasons, key=lambda each: (-len(each.students), each.students))


def _ideas(graded: Iterable[SubmissionResult], known: Mapping[tuple[str, str], str]) -> list[IdeaTally]:
    found: dict[str, set[tuple[str, str]]] = {}
    students: Counter[str] = Counter()
    for result in graded:
        named = {each: known.get(each) or each[1] for answer in result.exercises for each in _named(answer)}
        for misconception, idea in named.items():
            found.setdefault(idea, set()).add(misconception)
        students.update(set(named.values()))
    ideas = [IdeaTally(idea, tuple(sorted(found[idea])), count) for idea, count in students.items()]
    return sorted(ideas, key=lambda each: (-each.students, each.misconceptions))


def _named(answer: ExerciseResult) -> list[tuple[str, str]]:
    return [(answer.id, name) for name in answer.misconception.split(JOINED)] if answer.misconception else []


def _is_unnamed(answer: ExerciseResult) -> bool:
    return not answer.passed and not answer.misconception and not is_not_done(answer)
