"""Every error that the kit raises on purpose, as one tree.

Who sees which, and what ``exit_code`` the command line ends with::

    AutograderError            2   the sentence is shown, never a traceback
    ├── AuthorError                an assignment, a reference or a suite is written wrongly: file, key, remedy
    ├── CourseError                a course folder lacks what a command needs
    ├── IsolationRefused           the walls that were asked for cannot be had here
    ├── Ungradable                 one submission cannot be graded; the class goes on
    ├── WorkerGone                 the process that ran student code ended or hung; says why
    │   └── LimitExceeded          ... because it passed one of its limits; names it
    └── ProtocolError              what came back from a worker is no frame of ours

``Mismatch`` and ``StudentRaised`` are not in this tree: they are verdicts about an answer, not failures of
the kit, and live with the checks (`autograder.checks`) and the proxy (`autograder.student`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class AutograderError(Exception):
    """The root: one sentence for one reader. ``str(error)`` is all that is shown."""

    exit_code = 2


class AuthorError(AutograderError):
    """Something that an author wrote is wrong.

    Parameters
    ----------
    path : Path
        The file to open.
    where : str
        The key, cell or line in it; may be empty.
    what : str
        What is wrong, with the value found.
    instead : str
        What to write instead.
    """

    def __init__(self, path: Path, where: str, what: str, instead: str) -> None:
        place = f"{path}: {where}" if where else str(path)
        super().__init__(f"{place}: {what}. {instead}.")
        self.path, self.where, self.what, self.instead = path, where, what, instead

    def __reduce__(self) -> tuple[type[AuthorError], tuple[Path, str, str, str]]:
        """Cross to another process as what it was made of; an exception alone would offer its sentence."""
        return type(self), (self.path, self.where, self.what, self.instead)


class CourseError(AutograderError):
    """A course folder lacks what the command needs; the sentence names the command that makes it."""


class IsolationRefused(AutograderError):  # noqa: N818 - the field's word, and the root says Error
    """The isolation level that was asked for, or any but `process`, cannot be had on this machine."""


class Ungradable(AutograderError):  # noqa: N818 - the field's word, and the root says Error
    """One submission cannot be graded; ``str(error)`` is the reason shown to its student."""


class WorkerGone(AutograderError):  # noqa: N818 - the field's word, and the root says Error
    """The process that ran student code has ended or no longer answers; ``str(error)`` says why."""


class LimitExceeded(WorkerGone):
    """The worker was ended because it passed a limit; the sentence names the limit and its value."""


class ProtocolError(WorkerGone):
    """The bytes that came back from a worker are no frame of ours."""
