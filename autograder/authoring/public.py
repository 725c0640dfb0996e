"""What `autograder.check` needs beside the public suite, so that it can do without the reference.

``public.json`` lies in ``source/`` and ``release/``: the exercises, the public seed, the cells as they were
handed out, and every value that the public suite asks of the reference.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import nbformat

from autograder.plugin import record_expected, validate_suite

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from nbformat import NotebookNode

    from autograder.assignment import Assignment


def public_json(assignment: Assignment, released: Path, suite: Path, reference: ModuleType) -> bytes:
    """Return the file's content.

    Parameters
    ----------
    assignment : Assignment
        Of which only what students may know goes in.
    released : Path
        The notebook that students receive.
    suite : Path
        The public suite.
    reference : module
        Must pass the public suite.

    Raises
    ------
    AuthorError
        For the author: the public suite is unfit, or the reference does not pass it.
    """
    validate_suite(suite, assignment)
    notebook = nbformat.read(released, as_version=4)
    document: dict[str, Any] = {
        "schema": 1,
        "assignment": assignment.name,
        "seed": assignment.public_seed,
        "cells": [_cell(cell) for cell in notebook.cells if "nbgrader" in cell.metadata],
        "expected": record_expected(suite, reference, seed=assignment.public_seed),
    }
    return (json.dumps(document, indent=1, sort_keys=True) + "\n").encode()


def _cell(cell: NotebookNode) -> dict[str, str]:
    flags = cell.metadata.nbgrader
    kind = "task" if flags.task else "test" if flags.grade else "solution"
    digest = hashlib.sha256(cell.source.encode()).hexdigest()
    return {"id": flags.grade_id, "kind": kind, "cell_type": cell.cell_type, "sha256": digest}
