"""What a test saw of an answer, boiled down to a few numbers that can be kept and compared.

A verdict of a check goes in (a `Mismatch` with the arrays that it looked at, an exception of student code),
an `Observation` of constant size comes out, whatever the arrays hold: nothing here raises on NaN, infinities,
ragged lists, odd dtypes or huge arrays, because all of that is student data.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import itertools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from autograder.checks import Mismatch
from autograder.errors import WorkerGone
from autograder.student import NameMissing, StudentRaised
from autograder.worker.wire import Opaque

from .exceptions import about, missing_name
from .relation import relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROUNDING = 1e-9
"""Of the largest entry: what two spellings of one formula may differ by. They differ by 1e-15 where nothing
is divided by small numbers."""

CLOSE = 1e-5
"""Of the largest entry: what another small number in a denominator may change. The nearest two ideas that are
not about such a number differ by 6e-3."""

FIRST_DIGITS = 2e-3
"""Of the largest entry: what loses digits or adds something tiny changes less."""

MAX_ENTRIES = 20_000
"""Of larger arrays only the form is kept; no answer to an exercise has so many (real) entries."""

_MAX_FORM = 200
_MAX_DEPTH = 4
_MAX_ITEMS = 200
_MAX_LOOKS = 200
"""Lists and dicts of one answer that are looked into; dicts that refer to dicts could stand for a million."""


@dataclass(frozen=True)
class Observation:
    """How one test ended for one answer.

    Parameters
    ----------
    outcome : str
        ``passed``; the kind of a mismatch (``shape``, ``values``, ``mutated``, ...); ``raised``; ``missing``;
        ``gone`` where the process ended or hung; ``other``.
    name : str
        What was looked at (``dW``), or what the exception is about.
    form : str
        Kinds and shapes of all that was looked at.
    numbers : tuple of float
        The entries, projected onto two fixed directions, relative to `scale`; then the places of NaN and
        infinities, projected likewise. Empty where there are no entries.
    scale : float
        The size of the largest finite entry.
    ratio : float or None
        The one factor between actual and expected entries, if there is one.
    update : int
        The first wrong update of a trace, or 0.
    detail : str
        What the check said; names no hidden value. Not compared.
    sizes : dict of str to int
        The sizes that a parametrised test was given, such as N. Not compared.
    near : bool
        Whether the first digits of what was looked at are those that are expected. Not compared.
    relation : str
        The pattern in the differences (`autograder.diagnosis.relation`), or an empty string. Not compared.
    """

    outcome: str
    name: str = ""
    form: str = ""
    numbers: tuple[float, ...] = ()
    scale: float = 0.0
    ratio: float | None = None
    update: int = 0
    detail: str = field(default="", compare=False)
    sizes: Mapping[str, int] = field(default_factory=dict, compare=False)
    near: bool = field(default=False, compare=False)
    relation: str = field(default="", compare=False)

    @property
    def passed(self) -> bool:
        """Whether there was nothing to complain about."""
        return self.outcome == "passed"


PASSED = Observation("passed")


def observe(error: BaseException | None, parameters: Mapping[str, Any] | None = None) -> Observation:
    """Return what can be compared of the way in which a test ended, and what can be said of it.

    Parameters
    ----------
    error : BaseException or None
        What ended the test.
    parameters : mapping of str to object, optional
        What a parametrised test was given.
    """
    match error:
        case None:
            return PASSED
        case Mismatch():
            return _of_mismatch(error, parameters or {})
        case StudentRaised():
            return Observation("raised", about(error), detail=missing_name(error))
        case NameMissing():
            return Observation("missing", error.name.rpartition(".")[2])
        case WorkerGone():
            return Observation("gone")
    # what should be a function or a class may be something else
    return Observation(*(("raised", "TypeError: not callable") if _is_no_call(error) else ("other",)))


def _is_no_call(error: BaseException) -> bool:
    return isinstance(error, TypeError) and "not callable" in str(error)


class SuiteTestLike(Protocol):
    """A test of a suite."""

    @property
    def id(self) -> str:
        """Its id, unique within the suite."""


class Observations(dict[str, Observation]):
    """Test id to how it ended, for one answer; `saw` is what a job of the plugin calls."""

    def saw(self, test: SuiteTestLike, error: BaseException | None, parameters: Mapping[str, Any]) -> None:
        """Keep what can be compared of one test, and what can be said of it."""
        self[test.id] = observe(error, parameters)


class Compared(Observations):
    """The same of a known answer, with which others are compared: what is not compared is left out."""

    def saw(self, test: SuiteTestLike, error: BaseException | None, parameters: Mapping[str, Any]) -> None:
        """Keep what can be compared of one test."""
        self[test.id] = _compared(error) if isinstance(error, Mismatch) else observe(error, parameters)


def _compared(error: Mismatch) -> Observation:
    form, numbers, scale = fingerprint(error.actual)
    return Observation(error.kind, error.name, form, numbers, scale, error.ratio, error.update)


def _of_mismatch(error: Mismatch, parameters: Mapping[str, Any]) -> Observation:
    seen = _compared(error)
    return dataclasses.replace(
        seen,
        detail=error.detail,
        sizes={name: value for name, value in parameters.items() if type(value) is int},
        near=_is_near(seen, error.expected),
        relation=relation(error.actual, error.expected) if error.kind in _WITH_RELATION else "",
    )


_WITH_RELATION = {"values", "shape", "step"}
"""Kinds of mismatches that hold arrays in which there can be a pattern."""


def _is_near(seen: Observation, expected: Any) -> bool:  # noqa: ANN401 - arrays, or steps of a trace
    form, numbers, scale = fingerprint(expected)
    if not numbers or not seen.numbers:
        return False
    if scale == 0:  # nothing has first digits
        return seen.form == form and seen.scale <= FIRST_DIGITS
    return same_numbers(seen, Observation("", "", form, numbers, scale), FIRST_DIGITS)


def same_numbers(one: Observation, other: Observation, tolerance: float = ROUNDING) -> bool:
    """Whether two observations are of the same arrays, within a tolerance."""
    if one.form != other.form or len(one.numbers) != len(other.numbers):
        return False
    return _near(one.scale, other.scale, tolerance) and all(
        abs(a - b) <= tolerance * max(1.0, abs(a), abs(b))
        for a, b in zip(one.numbers, other.numbers, strict=True)
    )


def same_ratio(one: Observation, other: Observation) -> bool:
    """Whether two observations are off by the same factor, or both by none."""
    if one.ratio is None or other.ratio is None:
        return one.ratio is other.ratio
    return _near(one.ratio, other.ratio, ROUNDING)


def _near(a: float, b: float, tolerance: float) -> bool:
    return abs(a - b) <= tolerance * max(abs(a), abs(b))


# ----- arrays into a few numbers -----


def fingerprint(value: Any) -> tuple[str, tuple[float, ...], float]:  # noqa: ANN401 - any kind of thing
    """Return form, numbers and scale of whatever a check looked at.

    Notes
    -----
    Two different arrays of one form have the same projections onto two random directions with probability
    zero, and about 1e-10 within the tolerance; a projection costs nothing to store and hides nothing that
    matters, be the array small or large.
    """
    arrays: list[np.ndarray[Any, Any]] = []
    form = _form(value, arrays, _MAX_DEPTH, itertools.count())
    if len(form) > _MAX_FORM:
        form = hashlib.sha256(form.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    if not arrays or 2 * sum(array.size for array in arrays) > MAX_ENTRIES:
        return form, (), 0.0
    return form, *_project(np.concatenate([_real(array) for array in arrays]))


def _form(value: Any, arrays: list[np.ndarray[Any, Any]], depth: int, looks: Iterator[int]) -> str:  # noqa: ANN401
    """Return what kind of thing a value is; collect the numeric arrays in it."""
    if isinstance(value, np.ndarray | np.generic | bool | int | float | complex):
        return _array_form(value, arrays)
    if isinstance(value, Opaque):
        return f"object {value.opaque_type_name[:80]}"
    is_long = isinstance(value, list | tuple | dict) and len(value) > _MAX_ITEMS
    if depth == 0 or is_long or next(looks) > _MAX_LOOKS:
        return f"large {type(value).__name__}"
    if isinstance(value, dict):
        items = (f"{str(key)[:40]}:{_form(item, arrays, depth - 1, looks)}" for key, item in value.items())
        return "{" + ",".join(items) + "}"
    if isinstance(value, list | tuple):
        kind = "list" if isinstance(value, list) else "tuple"
        items = (_form(item, arrays, depth - 1, looks) for item in value)
        return f"{kind}({','.join(items)})"
    return type(value).__name__


def _array_form(value: Any, arrays: list[np.ndarray[Any, Any]]) -> str:  # noqa: ANN401
    try:
        array = np.asarray(value)
    except (OverflowError, ValueError):  # an int beyond all dtypes
        return "number"
    if array.dtype.kind in "biufc":
        arrays.append(array)
    return f"{array.dtype.kind}{array.shape}".replace(" ", "")


def _real(array: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the entries in a row as float64; complex ones as two."""
    flat = array.ravel()
    if array.dtype == np.float64:
        return flat
    if array.dtype.kind == "c":
        flat = np.concatenate([flat.real, flat.imag])
    with np.errstate(all="ignore"):
        return flat.astype(np.float64)


def _project(entries: np.ndarray[Any, np.dtype[np.float64]]) -> tuple[tuple[float, ...], float]:
    finite = np.isfinite(entries)
    scale = float(np.abs(entries[finite]).max(initial=0.0))
    relative = np.where(finite, entries, 0.0) / (scale or 1.0)
    odd = 1.0 * np.isnan(entries) + 2.0 * np.isposinf(entries) + 3.0 * np.isneginf(entries)
    first, second = _directions()[:, : entries.size]
    # fsum rounds once, so that the numbers in public.json do not depend on a processor's order of summing
    return tuple(
        math.fsum(products) for products in (first * relative, second * relative, first * odd)
    ), scale


@functools.cache
def _directions() -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return two directions with no small component, so that no entry of an array goes unseen."""
    stream = np.random.RandomState(20160923)
    size = (2, MAX_ENTRIES)
    directions: np.ndarray[Any, np.dtype[np.float64]] = stream.uniform(0.5, 1.5, size) * stream.choice(
        [-1.0, 1.0], size
    )
    return directions
