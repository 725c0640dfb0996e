"""What a suite calls `student`: the names that a notebook defined, wherever they live.

A suite is written once and meets two kinds of student:

- `autograder.student.remote`: the names live in a worker process; calls cross the wire (grading);
- `autograder.student.live`: the names live here, in the student's own kernel (`autograder.check`).

Both behave alike. ``student.name`` is a callable or a value; results that are plain data (None, bool, int,
float, complex, str, list, tuple, dict, NumPy arrays and scalars) arrive as such, anything else as a
`StudentObject`, whose attributes and methods can be used in turn. An exception in student code arrives as
`StudentRaised`; a name that the notebook never defined as `NameMissing`.
"""

from __future__ import annotations

from typing import Any, Protocol

from autograder.worker.wire import Opaque


class StudentRaised(Exception):  # noqa: N818 - a verdict about student code, not an error of the kit
    """Student code raised an exception while a test used it.

    Parameters
    ----------
    type_name : str
        The exception's class, such as ``"NameError"``.
    text : str
        Its message, cut to a few hundred characters.
    line : str
        The student's own source line that raised, or an empty string.
    doing : str
        What the test was doing, such as ``"Affine.backward(...)"``.
    is_withheld : bool
        Whether there was a message that must not be shown: it could repeat hidden inputs.
    """

    def __init__(
        self, type_name: str, text: str, line: str = "", doing: str = "", *, is_withheld: bool = False
    ) -> None:
        super().__init__(f"{type_name}: {text}" if text else type_name)
        self.type_name, self.text, self.line, self.doing = type_name, text, line, doing
        self.is_withheld = is_withheld


class NameMissing(Exception):  # noqa: N818 - the same
    """The notebook never defined a name (or an object has no such attribute); `reason` may say why."""

    def __init__(self, name: str, reason: str = "") -> None:
        super().__init__(f"{name} is not defined" + (f": {reason}" if reason else ""))
        self.name, self.reason = name, reason


class StudentObject(Opaque):
    """An object of a class that the student (or a library) defined; use its attributes and methods."""


class Student(Protocol):
    """The names that one submission defined."""

    def __getattr__(self, name: str) -> Any: ...  # noqa: ANN401 - whatever the student made of it
