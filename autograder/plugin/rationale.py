"""What a test says to the student, and whose fault a failure is.

``failed`` is a wrong answer: a `Mismatch`, an exception of student code, a missing name, a worker that had
to be ended, or a value that the suite could not even use as it uses the reference's (a number that it calls,
a None whose attribute it asks for). Any other exception is a fault of the kit: ``error``, which is never
written as "wrong".
"""

from __future__ import annotations

import logging
import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.checks import Mismatch, gradients, traces
from autograder.errors import WorkerGone
from autograder.student import NameMissing, StudentRaised

if TYPE_CHECKING:
    from autograder.result import Outcome

MAX_TEXT = 300
"""Characters of an exception's message; a message is student-made and may be a novel."""

WITHHELD = " (the message is not shown, because it could repeat the inputs of this test, which are hidden)"

_VERDICTS = (Mismatch, StudentRaised, NameMissing, WorkerGone, AssertionError, pytest.fail.Exception)

_TRIPPED_OVER = (TypeError, AttributeError, ValueError, IndexError)
_TELLING = (TypeError, AttributeError)
"""Their texts name types and attributes, never values."""
_PACKAGE = Path(__file__).resolve().parent.parent
_CALL_FOR_SUITES = {Path(traces.__file__), Path(gradients.__file__)}
"""Checks that call what they are given, as a suite's own lines do."""

_EXIT_CODE = re.compile(r"\(exit code (?!0\))\d+\)")
"""Chosen by student code, it could tell an input."""

_log = logging.getLogger(__name__)


def outcome_of(error: BaseException | None) -> Outcome:
    """Return what an exception in a test means."""
    if error is None:
        return "passed"
    if isinstance(error, pytest.skip.Exception):
        return "skipped"
    return "failed" if isinstance(error, _VERDICTS) or is_unusable_value(error) else "error"


def is_unusable_value(error: BaseException) -> bool:
    """Whether the suite tripped over what the student's code gave it.

    The reference passes the same lines with the same inputs, so an exception of these kinds that arises in a
    suite's own line comes from the student's value. One that arises within the kit does not.
    """
    if not isinstance(error, _TRIPPED_OVER):
        return False
    frames = [Path(frame.f_code.co_filename) for frame, _ in traceback.walk_tb(error.__traceback__)]
    ours = [path for path in frames if path.is_relative_to(_PACKAGE) or path.stem.startswith("test_")]
    return bool(ours) and (ours[-1].stem.startswith("test_") or ours[-1] in _CALL_FOR_SUITES)


def rationale(requirement: str, parameters: str, error: BaseException | None, *, reveal: bool) -> str:
    """Return the requirement and, if it is not met, what was found.

    Parameters
    ----------
    requirement : str
        The first paragraph of the test's docstring.
    parameters : str
        The sizes that a parametrised test was given; may be empty.
    error : BaseException or None
        What ended the test.
    reveal : bool
        Whether values may be shown: only if the inputs are public.
    """
    if error is None:
        return requirement
    found = _found(error, reveal=reveal)
    where = f"With {parameters}: " if parameters and _depends_on_sizes(error) else ""
    return f"{requirement}\n{where}{found}".strip()


def _depends_on_sizes(error: BaseException) -> bool:
    return isinstance(error, Mismatch) or (isinstance(error, StudentRaised) and not _is_stub(error))


def _is_stub(error: StudentRaised) -> bool:
    return error.type_name == "NotImplementedError"


def _found(error: BaseException, *, reveal: bool) -> str:
    if isinstance(error, Mismatch):
        return f"{error.detail}\n{error.values}".strip() if reveal else error.detail
    if isinstance(error, StudentRaised):
        return _raised(error)
    if isinstance(error, NameMissing):
        return f"{cut(str(error))}."
    if isinstance(error, pytest.skip.Exception | WorkerGone | AssertionError):
        told = str(error) if reveal else _EXIT_CODE.sub("(exit code other than 0)", str(error))
        return cut(told) or "This does not hold."
    if is_unusable_value(error):
        told = f": {cut(str(error))}" if reveal or type(error) in _TELLING else ""
        return f"What your code gave cannot be used as required ({type(error).__name__}{told})."
    return _our_fault(error, reveal=reveal)


def _raised(error: StudentRaised) -> str:
    if _is_stub(error):
        return f"Not done yet: {cut(error.text) or 'the stub is still there'}"
    what = f"{error.doing or 'Your code'} raised {error.type_name}"
    what += f": {cut(error.text)}" if error.text else ""
    what += WITHHELD if error.is_withheld else ""
    return what + (f"\n    {cut(error.line.strip())}" if error.line.strip() else "")


def _our_fault(error: BaseException, *, reveal: bool) -> str:
    _log.error("a test failed by a fault of the suite or the kit", exc_info=error)
    what = f"{type(error).__name__}: {cut(str(error))}" if reveal else type(error).__name__
    return f"This could not be checked ({what}). It is a fault of the tests: please tell your instructor."


def cut(text: str) -> str:
    """Return a text that somebody else made, not longer than `MAX_TEXT`."""
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
