"""nbformat, imported without what costs a second in every process.

nbformat's validator is jsonschema, which builds a grammar of international web addresses while it is
imported, if the package `rfc3987_syntax` is there (JupyterLab brings it). No schema of a notebook asks for
that format, so the import is told that it is not there. Whoever imports nbformat through this module first
has it quickly.
"""

from __future__ import annotations

import sys
from typing import Any

_GRAMMAR = "rfc3987_syntax"


def _import_quickly() -> Any:  # noqa: ANN401 - a class of nbformat
    modules: dict[str, Any] = sys.modules
    is_ours = _GRAMMAR not in modules
    if is_ours:
        modules[_GRAMMAR] = None  # an import of it then fails as if it were not installed
    try:
        from nbformat import NotebookNode  # noqa: PLC0415 - under this condition
    finally:
        if is_ours:
            del modules[_GRAMMAR]
    return NotebookNode


NotebookNode = _import_quickly()
