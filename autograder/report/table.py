"""Tables for spreadsheets and learning platforms: quoted as RFC 4180 says, and no cell is a formula.

A student chooses a name, so a name may be ``=HYPERLINK("http://…")``; a spreadsheet that opens the table
would obey it. Such a cell gets an apostrophe in front, which makes it text.

References
----------
.. [1] OWASP, CSV Injection: cells that begin with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return.
"""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING

from autograder.words import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from autograder.assignment import Assignment
    from autograder.result import ExerciseResult, SubmissionResult

    Value = str | float | None

_BEGINS_FORMULA = tuple("=+-@|%\uff1d\uff0b\uff0d\uff20")
"""With the full-width forms, which some spreadsheets read alike."""


def table(rows: Iterable[Sequence[Value]]) -> str:
    """Return rows as comma-separated values."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: Value) -> str | float:
    """Return a value that a spreadsheet takes as it is: a number, or text that is no formula."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, int | float):
        return round(value, 6)
    text = visible(" ".join(value.split("\n")).replace("\t", " "))
    return f"'{text}" if text.lstrip(" '\"\u00a0").startswith(_BEGINS_FORMULA) else text


def class_table(assignment: Assignment, results: Sequence[SubmissionResult]) -> str:
    """Return a class with one row for each student and one column for each exercise and aspect."""
    exercises = assignment.exercises
    columns = [
        name
        for each in exercises
        for name in (each.id, *(f"{each.id}: {aspect.id}" for aspect in each.aspects))
    ]
    head = ["student", "status", "score", "max_score", *columns, "misconceptions", "reason"]
    return table([head, *(_row(assignment, result) for result in results)])


def _row(assignment: Assignment, result: SubmissionResult) -> list[Value]:
    answers = {answer.id: answer for answer in result.exercises}
    cells: list[Value] = [result.student, result.status, result.score, result.max_score]
    for exercise in assignment.exercises:
        answer = answers.get(exercise.id) if result.status == "graded" else None
        cells += [answer.score if answer else None]
        scores = {aspect.id: aspect.score for aspect in answer.aspects} if answer else {}
        cells += [scores.get(aspect.id) for aspect in exercise.aspects]
    return [*cells, "; ".join(_named(result.exercises)), result.reason]


def _named(answers: Iterable[ExerciseResult]) -> Iterator[str]:
    return (f"{answer.id}: {answer.misconception}" for answer in answers if answer.misconception)
