"""What `autograder.check` needs beside the public suite, so that it can do without the reference.

The public suite is validated and run against the reference; every value that it asks of the reference goes
into ``public.json``, with the cells as they were released and with what known misconceptions show there.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import nbformat

from autograder.bank import make_signatures
from autograder.kit import Cell, kit_to_json, make_kit
from autograder.notebook import is_figure
from autograder.plugin import read_reference, record_expected, validate_suite

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

    from autograder.assignment import Assignment


def public_json(assignment: Assignment, released: Path, suite: Path, reference: Path) -> bytes:
    """Return the content of ``public.json``.

    Parameters
    ----------
    assignment : Assignment
        Of which only what students may know goes in.
    released : Path
        The notebook that students receive.
    suite : Path
        The public suite.
    reference : Path
        The reference; must pass the public suite.

    Raises
    ------
    AuthorError
        For the author: the public suite is unfit, or the reference cannot be imported or does not pass it.
    """
    module = read_reference(reference)
    validate_suite(suite, assignment)
    expected = record_expected(suite, module, seed=assignment.public_seed)
    exercises = [exercise.id for exercise in assignment.exercises]
    signatures = make_signatures(suite, exercises, seed=assignment.public_seed, reference=module, public=True)
    notebook = nbformat.read(released, as_version=4)
    cells = tuple(_cell(cell) for cell in notebook.cells if "nbgrader" in cell.metadata)
    figures = tuple(_digest(cell) for cell in notebook.cells if is_figure(cell))
    return kit_to_json(make_kit(assignment, cells, expected, signatures, figures)).encode()


def _cell(cell: NotebookNode) -> Cell:
    flags = cell.metadata.nbgrader
    kind = "task" if flags.task else "test" if flags.grade else "solution"
    return Cell(flags.grade_id, kind, cell.cell_type, _digest(cell))


def _digest(cell: NotebookNode) -> str:
    return hashlib.sha256(cell.source.encode()).hexdigest()
