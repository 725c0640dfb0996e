"""Emptying folders that student code has filled, whatever it put there."""

from __future__ import annotations

import os
import time


class FolderError(RuntimeError):
    """What a submission left in its folder cannot be removed in good time."""


def empty_folder(folder: str, deadline: float) -> None:
    """Delete a submission's folder, whatever it left in it.

    What lies deep is moved to the top, so that neither a path nor a recursion can become too long. No link is
    followed.

    Raises
    ------
    FolderError
        The deadline has passed.
    """
    token, number = os.urandom(8).hex(), 0  # a name that nobody has taken
    while folders := _delete_files(folder, deadline):
        for path in folders:
            for deeper in _delete_files(path, deadline):
                number += 1
                os.chmod(deeper, 0o700)  # noqa: PTH101 - its entry for the folder above changes
                os.rename(deeper, f"{folder}/{token}-{number}")  # noqa: PTH104
            os.rmdir(path)  # noqa: PTH106
    os.rmdir(folder)  # noqa: PTH106


def _delete_files(folder: str, deadline: float) -> list[str]:
    """Delete what is no folder from a folder; return the folders in it."""
    os.chmod(folder, 0o700)  # noqa: PTH101 - whatever permissions it was left with
    folders = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if time.monotonic() > deadline:
                raise FolderError(folder)
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                os.unlink(entry.path)  # noqa: PTH108 - no object for each of a million files
    return folders
