"""One student's feedback: a page that needs no other file, no network and no script.

Names, answers and rationales may hold anything that a student typed, so everything is escaped; a page forbids
by its own policy what must not be in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from autograder.words import ENGLISH

from .cells import Released, shown_cells
from .findings import by_aspect, is_not_done
from .templating import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nbformat import NotebookNode

    from autograder.pictures import Picture
    from autograder.result import SubmissionResult
    from autograder.words import Catalogue


@dataclass(frozen=True)
class WrittenAnswer:
    """What a person gave for a question that is answered in words."""

    id: str
    score: float | None
    """None until a person has graded it."""
    max_score: float
    comment: str | None = None


@dataclass(frozen=True)
class HandGrade:
    """What a person gave for an exercise that is graded automatically: a score in its place, a comment."""

    score: float | None = None
    comment: str | None = None


@dataclass(frozen=True)
class Person:
    """All that people and the calendar add to an automatic result."""

    written: Sequence[WrittenAnswer] = ()
    exercises: Mapping[str, HandGrade] = field(default_factory=dict)
    penalty: float = 0.0
    """Points taken off for lateness."""


def feedback_page(
    title: str,
    result: SubmissionResult,
    *,
    notes: Sequence[str] = (),
    person: Person | None = None,
    pictures: Mapping[str, Mapping[str, Picture]] = MappingProxyType({}),
    notebook: NotebookNode | None = None,
    released: Released | None = None,
    words: Catalogue = ENGLISH,
) -> str:
    """Return one student's feedback as an HTML page.

    Parameters
    ----------
    title : str
        The assignment's title.
    result : SubmissionResult
        What grading found.
    notes : sequence of str
        What was put right in the notebook.
    person : Person, optional
        What a person graded or changed.
    pictures : mapping of str to mapping of str to Picture
        Exercise and aspect to what can be seen of public cases.
    notebook : NotebookNode, optional
        The repaired and annotated notebook, to stand beneath.
    released : Released, optional
        The text cells that the class was given.
    words : Catalogue
        In which language it speaks.
    """
    person = person or Person()
    findings = [(exercise, by_aspect(exercise), is_not_done(exercise)) for exercise in result.exercises]
    return render(
        "feedback.html",
        words,
        title=title,
        result=result,
        notes=notes,
        person=person,
        total=total(result, person),
        findings=findings,
        pictures=pictures,
        cells=list(shown_cells(notebook, released or Released(()), words)) if notebook else [],
    )


@dataclass(frozen=True)
class Total:
    """The points of a submission, as its gradebook adds them up."""

    automatic: float
    automatic_max: float
    written: float
    written_max: float
    waiting: int
    """How many questions no person has graded yet."""
    score: float
    max_score: float


def total(result: SubmissionResult, person: Person) -> Total:
    """Add up what machine and people gave, less what lateness costs; never below 0."""
    automatic = sum(_exercise_score(exercise.id, exercise.score, person) for exercise in result.exercises)
    if result.status != "graded" and not any(grade.score is not None for grade in person.exercises.values()):
        automatic = 0.0
    written = sum(answer.score or 0.0 for answer in person.written)
    written_max = sum(answer.max_score for answer in person.written)
    return Total(
        automatic=automatic,
        automatic_max=result.max_score,
        written=written,
        written_max=written_max,
        waiting=sum(answer.score is None for answer in person.written),
        score=max(automatic + written - person.penalty, 0.0),
        max_score=result.max_score + written_max,
    )


def _exercise_score(exercise_id: str, score: float, person: Person) -> float:
    given = person.exercises.get(exercise_id, HandGrade()).score
    return score if given is None else given
