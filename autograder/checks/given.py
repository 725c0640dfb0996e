"""The code that a student received and had to leave alone.

A changed `forward` makes a right `backward` look wrong; the student must be told which of the two to repair.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from autograder.errors import WorkerGone
from autograder.student import StudentRaised

from .mismatch import Mismatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def given_code(name: str) -> Iterator[None]:
    """Say of whatever goes wrong inside that given code was changed.

    Parameters
    ----------
    name : str
        The given code, such as ``"Affine.forward"``.
    """
    __tracebackhide__ = True
    try:
        yield
    except WorkerGone:
        raise
    except Exception as error:  # noqa: BLE001 - an exception of student code is what this is about
        raise _changed(name, error) from None


@contextmanager
def suspect(name: str, check: Callable[[], None]) -> Iterator[None]:
    """Where the inside fails and `check` refuses what given code returned, blame the given code.

    Parameters
    ----------
    name : str
        The given code, such as ``"Affine.forward"``.
    check : callable
        Called only if the inside failed; raises `Mismatch` if the given code was changed.
    """
    __tracebackhide__ = True
    try:
        yield
    except WorkerGone:
        raise
    except Exception:
        try:
            check()
        except Mismatch as mismatch:
            raise _changed(name, mismatch) from None
        raise


def _changed(name: str, error: Exception) -> Mismatch:
    detail = (error.detail if isinstance(error, Mismatch) else str(error)).removesuffix(".")
    if isinstance(error, StudentRaised) and error.type_name == "NameError":
        text = f"{name} is given code and needs a name that is missing: {detail}. Repair that first."
    else:
        text = f"{name} is given code and was changed: {detail}. Put the given code back first."
    mismatch = Mismatch(name, "given", text)
    mismatch.actual = getattr(error, "actual", None)
    return mismatch
