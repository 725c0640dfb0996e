"""A class of any size for the benchmarks: whole notebooks with right, other, wrong and unfinished answers.

Every answer comes from the bank of known answers; the same size gives the same class. Half of the students
solve everything, as in a class that may check its work before it submits. The notebooks hold the figures that
JupyterLab saves with them; all show those of the reference, which are as large as anybody's.
"""

from __future__ import annotations

import itertools
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.assignment import Course
from autograder.misconceptions import ALTERNATIVES, MISCONCEPTIONS
from autograder.sandbox import Sandbox
from autograder.student.remote import open_submission

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parents[1]
STUBS = 20
"""One student in so many hands in the notebook as it was released."""
PARTS = ("assignments", "solutions", "source", "release", "nbgrader_config.py")


def make_course(root: Path, assignment: str, size: int, *, figures: bool = True) -> Course:
    """Return a course of this repository's assignments in which a class has handed in one of them."""
    root.mkdir(parents=True)
    for part in PARTS:
        copy = shutil.copytree if (REPOSITORY / part).is_dir() else shutil.copy
        copy(REPOSITORY / part, root / part)
    course = Course(root)
    for number, notebook in zip(range(size), notebooks(course, assignment, figures=figures), strict=False):
        folder = root / "submitted" / f"student-{number:04}" / assignment
        folder.mkdir(parents=True)
        (folder / f"{assignment}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return course


def notebooks(course: Course, assignment: str, *, figures: bool = True) -> Iterator[dict[str, Any]]:
    """Yield one student's notebook after the other, without end."""
    released = (course.release_folder(assignment) / f"{assignment}.ipynb").read_text(encoding="utf-8")
    solved = json.loads(course.source_notebook(assignment).read_text(encoding="utf-8"))["cells"]
    right = {grade_id(cell): cell["source"] for cell in solved}
    shown = saved_figures(course, assignment, solved) if figures else {}
    exercises = [exercise.id for exercise in course.read_assignment(assignment).exercises]
    others = {exercise: itertools.cycle(other_answers(exercise)) for exercise in exercises}
    for number in itertools.count():
        notebook = json.loads(released)
        for cell in notebook["cells"]:
            if (exercise := grade_id(cell)) in exercises and number % STUBS != STUBS - 1:
                cell["source"] = right[exercise] if number % 2 == 0 else next(others[exercise])
            cell.setdefault("outputs", []).extend(shown.get(cell["id"], []))
            if cell["cell_type"] != "code":
                del cell["outputs"]
        yield notebook


def saved_figures(
    course: Course, assignment: str, cells: list[dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    """Return the figures of the solved notebook: cell id to outputs as JupyterLab saves them."""
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    about = course.read_assignment(assignment)
    sources = ["".join(cell["source"]) for cell in code]
    with Sandbox(about.libraries) as sandbox, open_submission(sandbox, sources, about.limits) as submission:
        reports = submission.reports
    return {
        cell["id"]: [output for output in report.outputs if "image/png" in output.get("data", {})]
        for cell, report in zip(code, reports, strict=True)
    }


def other_answers(exercise: str) -> list[str]:
    """Return known answers to an exercise that are not the reference: two wrong ones for each right one."""
    wrong = iter([each.code for each in MISCONCEPTIONS[exercise]])
    different = itertools.cycle([each.code for each in ALTERNATIVES[exercise]])
    return [code for pair in zip(wrong, wrong, strict=False) for code in (*pair, next(different))]


def grade_id(cell: dict[str, Any]) -> str:
    """Return nbgrader's name of a cell, empty if it has none."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))
