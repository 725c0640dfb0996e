"""The instructor's notebook into what students receive, by nbgrader's own ``generate_assignment``.

`ReleaseStubs` takes the place of nbgrader's ClearSolutions, here and (through ``nbgrader_config.py``)
behind the formgrader's Generate button, so both give the same files. `generate_release` runs in a
throw-away course folder with a throw-away gradebook: the working course's ``gradebook.db`` is neither read
nor written.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import shutil
import sysconfig
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearSolutions
from traitlets.config import Config

from autograder.errors import AuthorError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode


class ReleaseStubs(ClearSolutions):  # type: ignore[misc]  # nbgrader publishes no types
    """Puts the author's stub, carried in the solution cell's metadata, in the place of the solution.

    A solution cell without one (added by hand in the formgrader) is cleared as nbgrader does it.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, object], cell_index: int
    ) -> tuple[NotebookNode, dict[str, object]]:
        """Clear one cell."""
        carried = cell.metadata.pop("autograder", {})
        if "stub" not in carried:
            super().preprocess_cell(cell, resources, cell_index)  # changes the cell in place
        else:
            cell.source = carried["stub"]
        return cell, resources


def generate_release(name: str, source: Path, release: Path) -> None:
    """Make the release folder of one assignment from its source folder.

    Parameters
    ----------
    name : str
        The assignment.
    source : Path
        Its source folder, complete.
    release : Path
        The folder to make; must not exist.

    Raises
    ------
    AuthorError
        nbgrader refused the notebook; its own words are passed on.
    """
    with tempfile.TemporaryDirectory(prefix="autograder-release-") as folder:
        root = Path(folder).resolve()
        shutil.copytree(source, root / "source" / name)
        log, words = _listening_logger()
        config = _config(root, name)
        coursedir = CourseDirectory(config=config, log=log)
        converter = GenerateAssignment(coursedir=coursedir, config=config, log=log)
        (root / "gradebook.db").write_bytes(_empty_gradebook())
        try:
            converter.start()
        except NbGraderException as error:
            what = f"nbgrader's generate_assignment refused it ({' '.join(words) or error})"
            raise AuthorError(source / f"{name}.ipynb", "", what, "Correct the assignment's text") from error
        shutil.copytree(root / "release" / name, release)


def _config(root: Path, name: str) -> Config:
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.assignment_id = name
    config.GenerateAssignment.preprocessors = [
        ReleaseStubs if step is ClearSolutions else step
        for step in GenerateAssignment.preprocessors.default()
    ]
    return config


def _listening_logger() -> tuple[logging.Logger, list[str]]:
    words: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: words.append(record.getMessage().splitlines()[-1])  # type: ignore[method-assign]
    log = logging.Logger("autograder.release")  # noqa: LOG001 - unregistered, so that nothing else listens to it
    log.addHandler(handler)
    return log, words


@functools.cache
def _empty_gradebook() -> bytes:
    # nbgrader takes seconds to make one (it starts alembic), so all assignments of a build share it.
    with tempfile.TemporaryDirectory(prefix="autograder-gradebook-") as folder:
        path = Path(folder) / "gradebook.db"
        with _scripts_on_path(), Gradebook(f"sqlite:///{path}"):
            pass
        return path.read_bytes()


@contextlib.contextmanager
def _scripts_on_path() -> Iterator[None]:
    # It finds alembic by name, also when the environment is not activated.
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before
