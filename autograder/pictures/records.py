"""What can be seen of a failed test, as a few numbers: for whoever draws it now or later.

A mismatch of a public test comes in, with the arrays that it looked at; a small record goes out, or None
where there is nothing to see: other kinds, other shapes, too many entries, no numbers.
"""

from __future__ import annotations

import contextlib
import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

import numpy as np

from autograder.checks import Mismatch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Array = np.ndarray[Any, Any]
    Rows = tuple[tuple[float, ...], ...]

MAX_ROWS, MAX_COLUMNS = 8, 6
"""Entries that are drawn of an array; more would be too small to be read."""
MAX_UPDATES = 20
"""Updates that are drawn of a path; the numbers beneath have to be told apart."""
RTOL = 1e-5
"""Of the largest entry: what differs less cannot be seen, and is not marked."""


@dataclass(frozen=True)
class Entries:
    """Two arrays of one shape, row by row."""

    expected: Rows
    actual: Rows
    case: str = ""
    """The numbers that the test was given, such as ``N = 4, M = 3``."""

    @property
    def wrong(self) -> Array:
        """Which entries disagree: an array of truth values."""
        return _differs(np.array(self.actual), np.array(self.expected))


@dataclass(frozen=True)
class Trace:
    """One entry of an optimizer's parameters after each update."""

    entry: str
    """Such as ``params['W'][0, 1]``."""
    update: int
    """The first update after which something is wrong."""
    expected: tuple[float, ...]
    actual: tuple[float, ...]
    """Ends where it is no longer a number."""
    case: str = ""


Picture = Entries | Trace


class SuiteTestLike(Protocol):
    """A test of a suite."""

    @property
    def aspect(self) -> str:
        """The aspect that it tests."""


class Pictures:
    """Keeps what can be seen of the first failure of each aspect, while its arrays are at hand."""

    def __init__(self) -> None:
        self.seen: dict[str, Picture] = {}
        """Aspect to picture."""
        self.failed: set[str] = set()
        """Aspects that had a failure, whether or not there is something to see."""

    def saw(self, test: SuiteTestLike, error: BaseException | None, parameters: Mapping[str, Any]) -> None:
        """Keep what a test saw, if its aspect had no failure before."""
        if error is None or test.aspect in self.failed:
            return
        self.failed.add(test.aspect)
        if isinstance(error, Mismatch):
            with contextlib.suppress(Exception):  # it is student data; no picture is worth a failed check
                if picture := picture_of(error, _case(parameters)):
                    self.seen[test.aspect] = picture


def _case(parameters: Mapping[str, Any]) -> str:
    numbers = {name: value for name, value in parameters.items() if type(value) in (int, float)}
    return ", ".join(f"{name} = {number:g}" for name, number in numbers.items())


def picture_of(mismatch: Mismatch, case: str = "") -> Picture | None:
    """Return what can be seen of a mismatch, or None if that is nothing."""
    if mismatch.kind == "values":
        return _entries(mismatch.actual, mismatch.expected, case)
    if mismatch.kind == "step" and mismatch.update:
        return _step(mismatch, case)
    return None


def _step(mismatch: Mismatch, case: str) -> Picture | None:
    """Return the path of one entry; of a path of a single update, the entries."""
    key = mismatch.name.removeprefix("params['").removesuffix("']")
    actual = [step.get(key) for step in mismatch.actual]
    expected = [step[key] for step in mismatch.expected]
    if len(expected) == 1:
        return _entries(actual[0], expected[0], case)
    return _trace(key, mismatch.update, actual, expected, case)


def _entries(actual: object, expected: object, case: str) -> Entries | None:
    if not (_is_drawable(actual) and _is_drawable(expected) and actual.shape == expected.shape):
        return None
    rows, columns = np.atleast_2d(expected).shape
    seen = Entries(_rows(expected), _rows(actual), case)
    return seen if rows <= MAX_ROWS and columns <= MAX_COLUMNS and seen.wrong.any() else None


def _is_drawable(array: object) -> TypeGuard[Array]:
    """Whether it is an array of numbers with something in it."""
    return type(array) is np.ndarray and array.dtype.kind in "fiu" and 0 < array.ndim <= 2 and array.size > 0  # noqa: PLR2004 - a page has two directions


def _rows(array: Array) -> Rows:
    return tuple(tuple(map(float, row)) for row in np.atleast_2d(array))


def _differs(actual: Array, expected: Array) -> Array:
    with np.errstate(all="ignore"):
        largest = max(np.nanmax(np.abs(each), initial=1e-12) for each in (actual, expected))
        return np.asarray(~(np.abs(actual - expected) <= RTOL * largest))


def _trace(
    key: str, update: int, actual: Sequence[object], expected: Sequence[Array], case: str
) -> Trace | None:
    """Return the way of the entry that is furthest off at an update."""
    own, wanted = _same_kind(actual, expected), expected[:MAX_UPDATES]
    if not update <= len(own) <= len(wanted):
        return None
    with np.errstate(all="ignore"):
        apart = np.abs(own[update - 1] - wanted[update - 1])
        index = np.unravel_index(np.nanargmax(apart), apart.shape)
    wanted_path, own_path = (tuple(float(step[index]) for step in steps) for steps in (wanted, own))
    numbers = wanted_path + own_path
    if not (np.isfinite(numbers).all() and min(numbers) < max(numbers)):
        return None
    entry = f"params[{key!r}]{list(map(int, index)) if index else ''}"
    return Trace(entry, update, wanted_path, own_path, case)


def _same_kind(actual: Sequence[object], expected: Sequence[Array]) -> list[Array]:
    """Return the steps up to the first that is no finite array like the expected one."""
    steps: list[Array] = []
    for step, wanted in zip(actual[:MAX_UPDATES], expected, strict=False):
        if not isinstance(step, np.ndarray) or step.dtype.kind not in "fiu":
            break
        if step.shape != wanted.shape or not np.isfinite(step).all():
            break
        steps.append(step)
    return steps


# ----- JSON -----


def picture_to_dict(picture: Picture) -> dict[str, Any]:
    """Return a picture as plain JSON values."""
    return dataclasses.asdict(picture)


def picture_from_dict(document: Mapping[str, Any]) -> Picture:
    """Rebuild a picture.

    Raises
    ------
    KeyError, TypeError
        It is something else.
    """
    if "entry" in document:
        path = {name: tuple(document[name]) for name in ("expected", "actual")}
        return Trace(**{**document, **path})
    rows = {name: tuple(map(tuple, document[name])) for name in ("expected", "actual")}
    return Entries(**{**document, **rows})
