"""Trying walls before anybody is graded behind them: what a machine offers is known by raising them once."""

from __future__ import annotations

import importlib.util
import os
import resource
import tempfile
from typing import Any

from .walls import WallError, Walls, raise_walls


def problem(order: dict[str, Any], folder: str) -> str:
    """Raise walls around this process; return what is wrong with them, or an empty string.

    Parameters
    ----------
    order : dict
        `Walls` by field.
    folder : str
        Where folders of submissions are.
    """
    walls = Walls(**order)
    own = tempfile.mkdtemp(prefix="work-", dir=folder)
    try:
        if walls.uid is not None:
            os.chown(own, walls.uid, walls.uid)
        raise_walls(walls, own)
    except (WallError, OSError) as error:
        return f"its walls cannot be raised ({error})"
    return _unreadable() or _unwritable(own) or _unlimited()


def _unreadable() -> str:
    """Say which library cannot be read from inside, by permissions that only its owner passes."""
    for name in ("json", "numpy"):
        spec = importlib.util.find_spec(name)
        origin = spec.origin if spec is not None else None
        try:
            with open(origin or "", "rb"):  # noqa: PTH123 - nothing is imported that need not be
                pass
        except OSError:
            return f"its user cannot read {origin or name}"
    return ""


def _unwritable(folder: str) -> str:
    try:
        with open(f"{folder}/file", "wb"):  # noqa: PTH123 - the same
            return ""
    except OSError as error:
        return f"its user cannot write to a folder of its own ({error})"


def _unlimited() -> str:
    """Say so if one more process can be started than is allowed, as the machine's own root may."""
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    try:
        child = os.fork()
    except OSError:
        return ""
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "the number of its processes cannot be limited"
