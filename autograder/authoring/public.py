"""``public.json``: what `autograder.check` needs beside the public suite, without the reference."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import nbformat

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from nbformat import NotebookNode

    from autograder.assignment import Assignment


def public_json(assignment: Assignment, released: Path, suite: Path, reference: ModuleType) -> bytes:
    """Return the file's content."""
    notebook = nbformat.read(released, as_version=4)
    document: dict[str, Any] = {
        "schema": 1,
        "assignment": assignment.name,
        "cells": [_cell(cell) for cell in notebook.cells if "nbgrader" in cell.metadata],
    }
    return (json.dumps(document, indent=1, sort_keys=True) + "\n").encode()


def _cell(cell: NotebookNode) -> dict[str, str]:
    flags = cell.metadata.nbgrader
    kind = "task" if flags.task else "test" if flags.grade else "solution"
    digest = hashlib.sha256(cell.source.encode()).hexdigest()
    return {"id": flags.grade_id, "kind": kind, "cell_type": cell.cell_type, "sha256": digest}
