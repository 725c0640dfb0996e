"""The generated folders, ``source/`` and ``release/``: all of them new, or all of them as they were.

Everything is made in a temporary folder first; only when every assignment is right do the new folders take
the place of the old ones, by renaming. The folders belong to `build`: a file in them that it did not make
is removed.
"""

from __future__ import annotations

import contextlib
import filecmp
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.assignment import KIT_FILE
from autograder.authoring.public import public_json
from autograder.authoring.release import generate_release
from autograder.authoring.requirements import requirements_text
from autograder.authoring.source import notebook_bytes, refuse_taken_ids, source_notebook
from autograder.authoring.text import read_text, read_utf8
from autograder.authoring.weave import parse_reference
from autograder.errors import AuthorError, CourseError
from autograder.kit import SUITE_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.assignment import Assignment, Course

STEPS = ("source", "release")

# What Jupyter, Python and desktops leave behind; nbgrader does not copy them either.
_LEFT_BEHIND = frozenset({".ipynb_checkpoints", "__pycache__", ".DS_Store"})


def build(course: Course, names: Sequence[str] = ()) -> list[Path]:
    """Write ``source/<name>/`` and ``release/<name>/``.

    Parameters
    ----------
    course : Course
        Where to read and write.
    names : sequence of str
        The assignments; none means all.

    Returns
    -------
    list of Path
        Every file that was written, sorted.

    Raises
    ------
    AuthorError
        For the author: one assignment is wrong, and nothing was written.
    CourseError
        There is no such assignment, or none at all.
    """
    with _built(course, names) as (made, chosen):
        _replace(made, course.root, [f"{step}/{name}" for name in chosen for step in STEPS])
        return sorted(course.root / path for path in _files(made))


def stale(course: Course, names: Sequence[str] = ()) -> list[Path]:
    """Return the generated files that are missing, not what `build` would write, or not made by it."""
    with _built(course, names) as (made, chosen):
        new, old = _files(made), set[Path]()
        for name in chosen:
            for step in STEPS:
                old |= _files(course.root, Path(step, name))
        changed = {
            path for path in new & old if not filecmp.cmp(made / path, course.root / path, shallow=False)
        }
        return sorted(course.root / path for path in (new ^ old) | changed)


@contextlib.contextmanager
def _built(course: Course, names: Sequence[str]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    chosen = tuple(dict.fromkeys(names)) or course.assignment_names()
    if not chosen:
        where = course.root / "assignments"
        raise CourseError(f"There is no assignment in {where}; write one, or give --course.")
    with tempfile.TemporaryDirectory(prefix="autograder-build-") as folder:
        made = Path(folder).resolve()
        for name in chosen:
            _build_one(course, course.read_assignment(name), made)
        yield made, chosen


def _build_one(course: Course, assignment: Assignment, made: Path) -> None:
    name = assignment.name
    _refuse_shared_seeds(course, assignment)
    refuse_taken_ids(assignment)
    path = assignment.folder / f"{name}.md"
    cells = read_text(path, assignment)
    reference = parse_reference(course.reference_path(name))
    notebook = source_notebook(path, assignment, cells, reference)
    suite = assignment.folder / SUITE_FILE
    suite_text = read_utf8(suite, "Write the tests that students run themselves there")
    source, release = (made / step / name for step in STEPS)
    source.mkdir(parents=True)
    (source / f"{name}.ipynb").write_bytes(notebook_bytes(notebook))
    (source / SUITE_FILE).write_bytes(suite_text.encode())
    (source / "requirements.txt").write_bytes(requirements_text(assignment).encode())
    generate_release(name, source, release)
    released = release / f"{name}.ipynb"
    document = public_json(assignment, released, suite, reference.path)
    for folder in (source, release):
        (folder / KIT_FILE).write_bytes(document)


def _refuse_shared_seeds(course: Course, assignment: Assignment) -> None:
    for name in course.assignment_names():
        if name == assignment.name:
            continue
        other = course.read_assignment(name)
        for key, seed, theirs in (
            ("seeds.hidden", assignment.hidden_seed, {other.public_seed, other.hidden_seed}),
            ("seeds.public", assignment.public_seed, {other.hidden_seed}),
        ):
            if seed in theirs:
                path = assignment.folder / "assignment.toml"
                what = f"{seed} is also a seed of {name!r}, so inputs of hidden tests could be foreseen"
                raise AuthorError(path, key, what, "Choose another number")


def _replace(made: Path, root: Path, folders: Sequence[str]) -> None:
    # Copies first (the temporary folder may lie on another disk), then only renames, which hardly fail.
    new = {folder: _beside(root / folder, "new") for folder in folders}
    try:
        for folder, copy in new.items():
            shutil.copytree(made / folder, copy)
        for folder, copy in new.items():
            _swap(copy, root / folder)
    finally:
        for copy in new.values():
            shutil.rmtree(copy, ignore_errors=True)


def _swap(new: Path, target: Path) -> None:
    if not target.exists():
        new.rename(target)
        return
    old = _beside(target, "old")
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)


def _beside(folder: Path, word: str) -> Path:
    beside = folder.with_name(f".{folder.name}.{word}")
    shutil.rmtree(beside, ignore_errors=True)  # left by a build that was killed
    beside.parent.mkdir(parents=True, exist_ok=True)
    return beside


def _files(root: Path, folder: Path = Path()) -> set[Path]:
    return {
        path.relative_to(root)
        for path in (root / folder).rglob("*")
        if path.is_file() and not _LEFT_BEHIND & set(path.relative_to(root).parts)
    }
