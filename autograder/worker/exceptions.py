"""What is told of an exception of student code: its type, its text and the line that raised it."""

from __future__ import annotations

import linecache
import traceback

from .limits import CellLimit

CELL_FILE_PREFIX = "<ipython-input-"
"""How IPython names the code of a cell."""

_MAX_TEXT = 2000
"""Characters of an exception's text."""


def describe_exception(error: BaseException) -> tuple[str, str]:
    """Return an exception's type name and text, both capped; its own ``__str__`` may do anything."""
    if isinstance(error, CellLimit):
        return "TimeLimit", _cut(str(error))
    try:
        text = f"{error.msg} (line {error.lineno})" if isinstance(error, SyntaxError) else str(error)
        return type(error).__name__[:200], _cut(text)
    except CellLimit as limit:
        return "TimeLimit", _cut(str(limit))
    except BaseException:  # noqa: BLE001 - student code may raise anything at all
        return type(error).__name__[:200], "(its text could not be made)"


def _cut(text: str) -> str:
    """Return at most `_MAX_TEXT` characters as a plain str, whatever subclass of it came."""
    return str.__getitem__(text, slice(_MAX_TEXT))


def student_line(error: BaseException) -> str:
    """Return the notebook line in which an exception was raised, or an empty string."""
    for frame, number in reversed(list(traceback.walk_tb(error.__traceback__))):
        name = frame.f_code.co_filename
        if name.startswith(CELL_FILE_PREFIX):
            return linecache.getline(name, number).strip()[:200]
    return ""
