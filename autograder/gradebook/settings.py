"""What nbgrader is configured to do in a course, as nbgrader itself would read it when started there.

nbgrader reads its configuration from the working directory, finds plugins through it, and calls ``alembic``
through PATH. All three are set for as long as nbgrader works and restored afterwards, so neither the folder
from which a command is started nor an environment that is not activated makes a difference.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.apps.baseapp import NbGrader
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from traitlets import TraitError
from traitlets.config import Config

from autograder.assignment import Course
from autograder.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from traitlets.config import Configurable


@dataclass(frozen=True)
class Settings:
    """nbgrader's configuration and folders of one course."""

    config: Config
    coursedir: CourseDirectory

    @property
    def db_url(self) -> str:
        """Where the gradebook is; independent of the working directory."""
        return str(self.coursedir.db_url)

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """Return a folder of one of nbgrader's steps, such as ``"autograded"``."""
        directory = getattr(self.coursedir, f"{step}_directory")
        return Path(self.coursedir.format_path(directory, student, assignment))

    def resources(self, assignment: str, student: str = ".") -> dict[str, Any]:
        """Return what nbgrader's preprocessors are told about a notebook."""
        named = {"notebook": assignment, "assignment": assignment, "student": student, "db_url": self.db_url}
        return {"nbgrader": named, "unique_key": assignment, "output_files_dir": f"{assignment}_files"}


def put_alembic_on_path() -> None:
    """Make programs of this environment findable, even if it is not activated; nbgrader needs ``alembic``."""
    folders = [str(Path(sys.executable).parent), sysconfig.get_path("scripts")]
    present = os.environ.get("PATH", os.defpath).split(os.pathsep)
    os.environ["PATH"] = os.pathsep.join(dict.fromkeys([*folders, *present]))


@contextlib.contextmanager
def nbgrader_at_work(course: Course) -> Iterator[None]:
    """Let nbgrader find what it looks for; working directory, PATH and ``sys.path`` are then restored."""
    path, modules = os.environ.get("PATH", os.defpath), sys.path[:]
    with contextlib.chdir(course.root):
        put_alembic_on_path()
        sys.path.insert(0, str(course.root))
        try:
            yield
        finally:
            os.environ["PATH"], sys.path[:] = path, modules


class _CourseApp(NbGrader):  # type: ignore[misc]  # nbgrader publishes no types
    """nbgrader's own way to its configuration; silent but for errors."""

    raise_config_file_errors = True

    def migrate_config(self) -> None:
        """Leave the user's home folder alone."""


def read_settings(course: Course) -> Settings:
    """Read the configuration of a course. Call within `nbgrader_at_work`.

    Raises
    ------
    CourseError
        For the instructor: ``nbgrader_config.py`` cannot be executed, or has a value of the wrong kind.
    """
    app = _CourseApp(log_level=logging.ERROR)
    try:
        app.initialize([], root=str(course.root))
        coursedir = CourseDirectory(config=app.config, root=str(course.root))
        coursedir.db_url = _independent_of_cwd(coursedir.db_url, course.root)
    except (Exception, SystemExit) as error:  # it is a program, and traitlets exits on a wrong value
        raise _unusable(course, error) from error
    return Settings(Config(app.config), coursedir)


def settings_of(step: Configurable) -> Settings:
    """Return the configuration of the nbgrader command that a step works for."""
    above: Any = step
    while above is not None:
        if isinstance(coursedir := getattr(above, "coursedir", None), CourseDirectory):
            return Settings(above.config, coursedir)
        above = above.parent
    course = Course(Path.cwd())  # nbgrader's converters work from the root of the course
    with nbgrader_at_work(course):
        return read_settings(course)


@contextlib.contextmanager
def configuring(course: Course) -> Iterator[None]:
    """Blame the configuration for what nbgrader's steps refuse of it; they read it when they are made.

    Raises
    ------
    CourseError
        For the instructor: a value is of the wrong kind, or a plugin cannot be imported.
    """
    try:
        yield
    except (TraitError, ImportError, ArgumentError) as error:
        raise _unusable(course, error) from error


def _unusable(course: Course, error: BaseException) -> CourseError:
    why = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return CourseError(f"{course.root / 'nbgrader_config.py'} cannot be used ({why}); correct it")


def _independent_of_cwd(db_url: str, root: Path) -> str:
    try:
        url = make_url(db_url)
    except ArgumentError:
        raise ValueError("the gradebook's URL is not of the form dialect+driver://user@host/name") from None
    if "@" in (url.host or ""):
        # its pieces would stand in the messages of whoever looks for such a host
        raise ValueError("a password in the gradebook's URL must have %40 for @")
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        url = url.set(database=str(root / url.database))
    return url.render_as_string(hide_password=False)
