"""When a submission came in, by the file that nbgrader keeps with it; as little trusted as the rest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nbgrader import utils

from autograder.errors import Ungradable
from autograder.notebook import read_regular_file

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

MAX_TIMESTAMP_BYTES = 1000
"""``timestamp.txt`` holds one date."""


class TimestampError(ValueError):
    """A timestamp is there and is none."""


def read_timestamp(folder: Path) -> dt.datetime | None:
    """Return when a submission came in, as nbgrader reads it; None if it is not said.

    Raises
    ------
    TimestampError
        For the instructor: the file is no regular file, or holds no date.
    """
    path = folder / "timestamp.txt"
    if not path.exists() and not path.is_symlink():
        return None
    try:
        text = read_regular_file(path, MAX_TIMESTAMP_BYTES).decode("utf-8").strip()
        return utils.parse_utc(text) if text else None
    except (Ungradable, ValueError, OverflowError):
        raise TimestampError(f"{path} holds no date") from None
