"""The assignment in the gradebook: the rows that nbgrader's generate_assignment writes, kept up to date.

The notebook that nbgrader stores lies between source and release: stubs instead of solutions, but with mark
schemes. It is made here by nbgrader's own steps, as the course configures them.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import nbformat
from nbconvert.exporters import Exporter
from nbgrader import utils
from nbgrader.api import Comment, Grade, Gradebook, MissingEntry
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, SaveCells
from traitlets.utils.importstring import import_item

from autograder.authoring import ReleaseStubs
from autograder.errors import CourseError
from autograder.gradebook.version import note_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode
    from nbgrader.api import Notebook

    from autograder.assignment import Course
    from autograder.gradebook.settings import Settings


def template(course: Course, assignment: str, settings: Settings) -> NotebookNode:
    """Return an assignment's notebook as the gradebook keeps it: stubs, mark schemes, points, checksums.

    Raises
    ------
    CourseError
        The source notebook has not been built.
    """
    path = course.source_notebook(assignment)
    if not path.exists():
        raise CourseError(f"{path} is missing; run: autograder build {assignment}")
    converter = GenerateAssignment(coursedir=settings.coursedir, config=settings.config)
    exporter: Any = Exporter(config=converter.config)  # type: ignore[no-untyped-call]
    for step in itertools.takewhile(lambda step: not issubclass(step, SaveCells), _steps(converter)):
        exporter.register_preprocessor(step)
    source = nbformat.read(path, as_version=4)
    notebook: NotebookNode
    notebook, _ = exporter.from_notebook_node(source, resources=settings.resources(assignment))
    return notebook


def _steps(converter: GenerateAssignment) -> Iterator[type]:
    for step in converter.preprocessors:
        kind = import_item(step) if isinstance(step, str) else step
        yield ReleaseStubs if kind is ClearSolutions else kind  # as `autograder build` releases it


def register(assignment: str, notebook: NotebookNode, settings: Settings) -> bool:
    """Write an assignment's rows if they differ from its notebook; return whether they did.

    Parameters
    ----------
    notebook : NotebookNode
        What `template` returned.

    Raises
    ------
    CourseError
        For the instructor: a cell is gone although there are submissions, so that scores would be lost.
    """
    note_version(settings.db_url)
    with Gradebook(settings.db_url, settings.coursedir.course_id) as gradebook:
        if _wanted(notebook) == _stored(gradebook, assignment):
            return False
        gradebook.update_or_create_assignment(assignment)
        _prepare_submissions(gradebook, assignment, notebook)
    SaveCells(config=settings.config).preprocess(notebook.copy(), settings.resources(assignment))
    return True


def _wanted(notebook: NotebookNode) -> dict[str, tuple[Any, ...]]:
    return {
        cell.metadata.nbgrader.grade_id: (
            cell.cell_type,
            utils.is_locked(cell),
            cell.source,
            cell.metadata.nbgrader.get("checksum"),
            _points(cell),
            utils.is_solution(cell),
        )
        for cell in _recorded_cells(notebook)
    }


def _recorded_cells(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """Yield the cells of which nbgrader's SaveCells keeps a row."""
    kinds = (utils.is_grade, utils.is_solution, utils.is_locked, utils.is_task)
    return (cell for cell in notebook.cells if any(kind(cell) for kind in kinds))


def _points(cell: NotebookNode) -> float | None:
    worth = utils.is_grade(cell) or utils.is_task(cell)
    return float(cell.metadata.nbgrader.points) if worth else None


def _stored(gradebook: Gradebook, assignment: str) -> dict[str, tuple[Any, ...]]:
    notebook = _find(gradebook, assignment)
    if notebook is None:
        return {}
    points = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    solutions = {cell.name for cell in notebook.solution_cells}
    return {
        cell.name: (
            cell.cell_type,
            cell.locked,
            cell.source,
            cell.checksum,
            points.get(cell.name),
            cell.name in solutions,
        )
        for cell in notebook.source_cells
    }


def _find(gradebook: Gradebook, assignment: str) -> Notebook | None:
    try:
        return gradebook.find_notebook(assignment, assignment)
    except MissingEntry:
        return None


def _prepare_submissions(gradebook: Gradebook, assignment: str, notebook: NotebookNode) -> None:
    """Let an assignment that has submissions gain cells, which nbgrader alone refuses; never lose one."""
    stored = _find(gradebook, assignment)
    if stored is None or not stored.submissions:
        return
    names = {cell.name for cell in stored.source_cells}
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in _recorded_cells(notebook)}
    if gone := sorted(names - set(cells)):
        raise CourseError(
            f"{assignment} no longer has the cell {gone[0]!r}, of which the gradebook holds submissions. "
            "Put it back, or give up all scores of this assignment: "
            f"nbgrader db assignment remove {assignment} --force"
        )
    for name in sorted(set(cells) - names):
        _add_cell(gradebook, assignment, stored, cells[name])


def _add_cell(gradebook: Gradebook, assignment: str, stored: Notebook, cell: NotebookNode) -> None:
    """Add a cell with an ungraded row for every submission; `SaveCells` fills in the rest."""
    where = (cell.metadata.nbgrader.grade_id, assignment, assignment)
    worth = {"max_score": _points(cell), "cell_type": cell.cell_type}
    pages = [page.id for page in stored.submissions]
    gradebook.add_source_cell(*where, cell_type=cell.cell_type)
    if utils.is_grade(cell):
        _add_rows(gradebook, gradebook.add_grade_cell(*where, **worth).id, pages, Grade)
    if utils.is_solution(cell):
        _add_rows(gradebook, gradebook.add_solution_cell(*where).id, pages, Comment)
    if utils.is_task(cell):
        _add_rows(gradebook, gradebook.add_task_cell(*where, **worth).id, pages, Grade, Comment)


def _add_rows(gradebook: Gradebook, cell_id: str, pages: list[str], *kinds: type) -> None:
    gradebook.db.add_all(kind(cell_id=cell_id, notebook_id=page) for page in pages for kind in kinds)
    gradebook.db.commit()
