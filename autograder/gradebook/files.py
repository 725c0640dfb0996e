"""The folders that nbgrader keeps per student: built aside, then put in place as a whole.

Whoever looks into ``autograded/<student>/<assignment>/`` sees the old folder or the new one, never a
half-written one. Files that a student submitted are copied only if they are regular files, within nbgrader's
limits of size, and never over a file of the assignment.
"""

from __future__ import annotations

import fnmatch
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import Ungradable
from autograder.notebook import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from nbgrader.coursedir import CourseDirectory


MAX_FILES = 1000
MAX_DEPTH = 20
"""What is copied of one submission; an assignment has a handful of files."""


def replace_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """Replace a folder by what `fill` puts into an empty one beside it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    # a name with a leading dot matches none of nbgrader's patterns
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as aside:
        new, old = Path(aside) / "new", Path(aside) / "old"
        new.mkdir()
        fill(new)
        if os.path.lexists(folder):
            folder.rename(old)
        new.rename(folder)


def copy_companions(source: Path, target: Path, ignored: Collection[str], excluded: Collection[str]) -> None:
    """Copy an assignment's own files other than notebooks, as nbgrader's autograde does.

    Parameters
    ----------
    excluded : collection of str
        Relative paths of files of which the student's version is kept (``Autograde.exclude_overwriting``).
    """
    for path in _files(source, ignored):
        relative = path.relative_to(source)
        if str(relative) not in excluded:
            (target / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target / relative)


def copy_submitted(submitted: Path, target: Path, coursedir: CourseDirectory) -> list[str]:
    """Copy what else a student submitted; return sentences about what was left out.

    Only regular files count: a link could point to anybody's file, a pipe would never end.
    """
    if submitted.is_symlink() or submitted.parent.is_symlink():
        return ["The submitted folder is a symbolic link, and nothing was copied from it."]
    room, left_out = int(coursedir.max_dir_size) * 1000, 0
    for number, path in enumerate(_files(submitted, coursedir.ignore)):
        if number >= MAX_FILES:
            return [f"Of the submitted files only the first {MAX_FILES} were copied."]
        try:
            content = read_regular_file(path, min(int(coursedir.max_file_size) * 1000, room))
            _write_new(target / path.relative_to(submitted), content)
        except (Ungradable, OSError):
            left_out += 1
        else:
            room -= len(content)
    if not left_out:
        return []
    return [f"Submitted files not copied, being links, special, too large or in the way: {left_out}."]


def _write_new(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)


def _files(folder: Path, ignored: Collection[str]) -> Iterator[Path]:
    """Yield the files beneath a folder in order, without notebooks and nbgrader's ignored names."""
    patterns = (*ignored, "*.ipynb")
    for root, folders, names in os.walk(folder):
        depth = len(Path(root).relative_to(folder).parts)
        folders[:] = sorted(name for name in folders if depth < MAX_DEPTH and not _matches(name, patterns))
        yield from (Path(root, name) for name in sorted(names) if not _matches(name, patterns))


def _matches(name: str, patterns: Collection[str]) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def set_permissions(folder: Path, octal: int) -> None:
    """Give all files of a folder nbgrader's permissions, which it writes as a decimal number (444)."""
    for root, _, names in os.walk(folder):
        for name in names:
            path = Path(root, name)
            if stat.S_ISREG(path.lstat().st_mode):
                path.chmod(int(str(octal), 8))
