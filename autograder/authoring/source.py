"""Cells of text and the reference into the instructor's notebook, ``source/<name>/<name>.ipynb``.

Goes out: a notebook whose every id follows from ``assignment.toml`` or from a cell's position, so that the
same text gives the same bytes. Each solution cell carries its stub in ``metadata.autograder.stub``;
`ReleaseStubs` puts it into the release and takes the metadata away.
"""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.text import TextCell, parse_cell, parse_python
from autograder.authoring.weave import Reference, definitions, weave
from autograder.errors import AuthorError
from autograder.notebook import FIGURE, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from nbformat import NotebookNode

    from autograder.assignment import Assignment

NBGRADER_SCHEMA = 3

ANSWER = "*Write your answer here, in English or Korean, and delete this line.*"

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def source_notebook(
    path: Path, assignment: Assignment, cells: Sequence[TextCell], reference: Reference
) -> NotebookNode:
    """Assemble the instructor's notebook.

    Parameters
    ----------
    path : Path
        The author's text, for errors.
    assignment : Assignment
        Gives the points.
    cells : sequence of TextCell
        From `read_text`.
    reference : Reference
        From `parse_reference`.

    Raises
    ------
    AuthorError
        For the author: text, reference and description do not fit together.
    """
    parts = [cell for text_cell in cells for cell in _notebook_cells(path, assignment, text_cell, reference)]
    _refuse_missing_names(path, cells, parts, reference)
    _refuse_needed_figures(path, cells)
    notebook = new_notebook(cells=parts, metadata=METADATA)
    nbformat.validate(notebook)
    return notebook  # type: ignore[no-any-return]  # nbformat's constructors are untyped


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """Return the file's content, keys sorted, as nbgrader writes it too."""
    text: str = nbformat.writes(notebook)
    return (text if text.endswith("\n") else text + "\n").encode()


def _notebook_cells(
    path: Path, assignment: Assignment, cell: TextCell, reference: Reference
) -> Iterator[NotebookNode]:
    # An underscore cannot stand in an exercise's id, so these ids are never taken.
    position = f"cell_{cell.position:02}"
    if cell.kind == "text":
        yield new_markdown_cell(cell.source, id=position)
    elif cell.kind == "code":
        yield new_code_cell(cell.source, id=position)
    elif cell.kind == "figure":
        yield new_code_cell(cell.source, id=position, metadata={"tags": [FIGURE]})
    elif cell.kind == "exercise":
        points = assignment.exercise(cell.id).points
        woven = weave(path, cell, reference)
        yield new_code_cell(woven, id=cell.id, metadata=_solution_metadata(cell.id, cell.source))
        check = f'check("{cell.id}")'
        yield new_code_cell(check, id=test_id(cell.id), metadata=_test_metadata(cell.id, points))
    else:
        points = {written.id: written.points for written in assignment.written}[cell.id]
        yield new_markdown_cell(cell.source, id=cell.id, metadata=_task_metadata(cell.id, points))
        yield new_markdown_cell(ANSWER, id=f"answer_{cell.id}")


def test_id(exercise_id: str) -> str:
    """Return the nbgrader id of the graded cell that follows an exercise's solution cell."""
    return f"test-{exercise_id}"


def _nbgrader(grade_id: str, **flags: bool | float) -> dict[str, Any]:
    off = {"grade": False, "locked": False, "solution": False, "task": False}
    return {"nbgrader": {"grade_id": grade_id, "schema_version": NBGRADER_SCHEMA, **off, **flags}}


def _solution_metadata(exercise_id: str, stub: str) -> dict[str, Any]:
    return {**_nbgrader(exercise_id, solution=True), "autograder": {"stub": stub}}


def _test_metadata(exercise_id: str, points: float) -> dict[str, Any]:
    return _nbgrader(test_id(exercise_id), grade=True, locked=True, points=_whole(points))


def _task_metadata(written_id: str, points: float) -> dict[str, Any]:
    return _nbgrader(written_id, task=True, locked=True, points=_whole(points))


def _whole(points: float) -> float:
    return int(points) if points == int(points) else points


def refuse_taken_ids(assignment: Assignment) -> None:
    """Refuse an id that nbgrader would meet twice, because a check cell has it."""
    ids = {exercise.id for exercise in assignment.exercises} | {written.id for written in assignment.written}
    for exercise in assignment.exercises:
        if test_id(exercise.id) in ids:
            path = assignment.folder / "assignment.toml"
            what = f"this is also the id of the check cell of {exercise.id!r}"
            raise AuthorError(path, f"id {test_id(exercise.id)!r}", what, "Rename one of them")


def _refuse_missing_names(
    path: Path, cells: Sequence[TextCell], parts: Sequence[NotebookNode], reference: Reference
) -> None:
    """Refuse a solution that uses a constant, helper or import which the notebook does not have.

    The reference runs as a module of its own, so its tests would pass while the notebook fails.
    """
    notebook = {
        name
        for cell in cells
        if cell.kind in {"code", "exercise"}
        for name in _bound(parse_cell(path, cell).body)
    }
    own = _bound(reference.tree.body) - notebook
    for cell in cells:
        if cell.kind == "exercise":
            woven = next(part.source for part in parts if part.id == cell.id)
            missing = sorted(own & _used(parse_python(path, cell.where, woven)))
            if missing:
                what = f"the reference uses {missing[0]!r}, which no cell of the notebook defines"
                instead = f"Define {missing[0]!r} in a given code cell, or do without"
                raise AuthorError(path, cell.where, what, instead)


def _refuse_needed_figures(path: Path, cells: Sequence[TextCell]) -> None:
    """Refuse a figure cell that defines what another cell uses: grading need not run it."""
    code = [cell for cell in cells if cell.kind in {"code", "figure", "exercise"}]
    for figure, cell in itertools.permutations(code, 2):
        needed = sorted(names(figure.source).defined & names(cell.source).read)
        if figure.kind == "figure" and needed:
            what = f"{cell.where} uses {needed[0]!r}, which this figure cell defines"
            instead = f"Define {needed[0]!r} in a cell without the tag, since a figure cell only draws"
            raise AuthorError(path, figure.where, what, instead)


def _bound(body: Iterable[ast.stmt]) -> set[str]:
    names = {name for name, _ in definitions(body)}
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue  # what it binds inside stays inside
        for node in ast.walk(statement):
            if isinstance(node, ast.alias):
                names.add((node.asname or node.name).split(".")[0])
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
    return names


def _used(tree: ast.Module) -> set[str]:
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, ast.Load)}
