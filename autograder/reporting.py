"""The class page and table of an assignment: kept results in, two files in ``reports/`` out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from autograder.diagnosis import FAMILIES
from autograder.misconceptions import MISCONCEPTIONS
from autograder.report import class_page, class_table
from autograder.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from autograder.assignment import Assignment, Course
    from autograder.store import Standing


def write_class_report(
    course: Course, assignment: Assignment, standings: Sequence[Standing], language: str | None = None
) -> tuple[Path, Path]:
    """Write ``reports/<assignment>.html`` and ``.csv``.

    Parameters
    ----------
    course, assignment
        Whose class.
    standings : sequence of Standing
        The class as the last grading left it (`Store.read_all`).
    language : str, optional
        Of the page; the assignment's own if None.

    Returns
    -------
    (Path, Path)
        The page and the table.
    """
    results = [standing.result for standing in standings]
    page = class_page(
        assignment,
        results,
        ideas=_ideas(assignment),
        seconds={standing.result.student or "": standing.seconds for standing in standings},
        words=words_of(assignment, language),
    )
    folder = course.root / "reports"
    folder.mkdir(exist_ok=True)
    paths = folder / f"{assignment.name}.html", folder / f"{assignment.name}.csv"
    _write(paths[0], page, "utf-8")
    _write(
        paths[1], class_table(assignment, results), "utf-8-sig"
    )  # the mark tells spreadsheets that it is UTF-8
    return paths


def _ideas(assignment: Assignment) -> dict[tuple[str, str], str]:
    """Return what students seem to believe, for every name that a diagnosis of this assignment may give."""
    names = [exercise.id for exercise in assignment.exercises]
    families = {(exercise, name): idea for exercise in names for name, idea in FAMILIES.items()}
    return families | {
        (exercise, each.id): each.idea for exercise in names for each in MISCONCEPTIONS.get(exercise, ())
    }


def _write(path: Path, text: str, encoding: str) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(text, encoding=encoding, newline="")
    aside.replace(path)
