"""The reference solution as a module, imported by path.

It is trusted code of the course, but no installed package: its name must not collide with one, and importing
it leaves no ``__pycache__`` behind.
"""

from __future__ import annotations

import importlib.util
import sys
import traceback
from typing import TYPE_CHECKING

from autograder.errors import AuthorError

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


def import_reference(path: Path) -> ModuleType:
    """Run ``solutions/<name>.py`` and return it as a module.

    Raises
    ------
    AuthorError
        For the author: it is missing or raises when imported; the line is named.
    """
    spec = importlib.util.spec_from_file_location(f"reference_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except FileNotFoundError:
        raise AuthorError(path, "", "the file is missing", "Write the reference solution there") from None
    except (Exception, SystemExit) as error:
        where = _line(error, path)
        what = f"importing the reference raises {type(error).__name__}: {error}"
        raise AuthorError(path, where, what, "Make it importable on its own, as any module") from error
    finally:
        sys.dont_write_bytecode = before
    return module


def _line(error: BaseException, path: Path) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    return f"line {lines[-1]}" if lines else ""
