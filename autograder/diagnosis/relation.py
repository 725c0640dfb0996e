"""How what an answer gives is related to what it has to give: the pattern behind "wrong in 7 of 12 entries".

What a check looked at and what it expected go in, a topic of `autograder.diagnosis.questions` comes out, or
an empty string where there is no pattern. Everything that arrives is student data; no value leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Array = np.ndarray[Any, Any]
    Pattern = Callable[[Array, Array], bool]

ROUNDING = 1e-9
"""Of the largest entry: what counts as equal."""

SMALL = 1e-4
"""Of one: by how much two ratios of steps may differ, since denominators hold a small number."""

MAX_ENTRIES = 2_000
"""Larger arrays than in any exercise are not looked at."""


def relation(actual: Any, expected: Any) -> str:  # noqa: ANN401 - whatever a check has looked at
    """Return the topic of how two arrays, or two traces of parameters, are related."""
    if isinstance(expected, np.ndarray):
        return _of_arrays(actual, expected)
    start = getattr(actual, "start", None)
    return _of_traces(actual, expected, start) if start and isinstance(expected, list) else ""


# ----- arrays -----


def _of_arrays(actual: Any, expected: Array) -> str:  # noqa: ANN401
    if not _is_plain(actual) or actual.size > MAX_ENTRIES:
        return ""
    if actual.shape != expected.shape:
        return _of_shapes(actual.shape, expected.shape)
    if expected.size < 2 or not np.isfinite(actual).all():  # noqa: PLR2004 - one entry has no pattern
        return ""
    return next((topic for topic, fits in _PATTERNS.items() if fits(1.0 * actual, expected)), "")


def _of_shapes(actual: tuple[int, ...], expected: tuple[int, ...]) -> str:
    if len(actual) == len(expected) > 1 and actual == expected[::-1]:
        return "shape: turned"
    if len(actual) > len(expected):
        return "shape: an axis too many"
    if len(actual) < len(expected):
        return "shape: an axis lost"
    return "shape: other lengths"


def _same(one: Array, other: Array) -> bool:
    scale = max(float(np.abs(one).max()), float(np.abs(other).max()), 1e-300)
    return bool(np.all(np.abs(one - other) <= ROUNDING * scale))


def _is_limited(actual: Array, expected: Array) -> bool:
    """Whether the wrong entries stand at a bound that the right ones would pass."""
    wrong = np.abs(actual - expected) > ROUNDING * max(float(np.abs(expected).max()), 1e-300)
    low = (actual == actual.min()) & (expected < actual)
    high = (actual == actual.max()) & (expected > actual)
    return bool(actual.min() < actual.max()) and bool(np.all(~wrong | low | high))


def _is_rounded(actual: Array, expected: Array) -> bool:
    cut = (np.trunc, np.floor, np.ceil)
    rounded = [np.round(expected, digits) for digits in range(4)]
    return any(_same(actual, whole) for whole in [*rounded, *(function(expected) for function in cut)])


def _is_partly_zero(actual: Array, expected: Array) -> bool:
    wrong = np.abs(actual - expected) > ROUNDING * max(float(np.abs(expected).max()), 1e-300)
    return bool(wrong.any() and not wrong.all() and np.all(actual[wrong] == 0))


def _is_misplaced(actual: Array, expected: Array) -> bool:
    return _same(np.sort(actual, axis=None), np.sort(expected, axis=None))


def _is_shifted(actual: Array, expected: Array) -> bool:
    """Whether the same is added to every entry, every row or every column."""
    extra = actual - expected
    along = [extra.mean(axis=axis, keepdims=True) for axis in range(extra.ndim) if extra.shape[axis] > 1]
    return any(_same(extra, np.broadcast_to(mean, extra.shape)) for mean in along)


def _is_repeated(actual: Array, expected: Array) -> bool:
    """Whether all rows are alike, and should not be."""
    if expected.ndim < 2 or len(expected) < 2:  # noqa: PLR2004 - a matrix of several rows
        return False
    return _same(actual, np.broadcast_to(actual[0], actual.shape)) and bool(np.any(actual))


_PATTERNS: dict[str, Pattern] = {
    "absolute": lambda actual, expected: _same(actual, np.abs(expected)),
    "signs only": lambda actual, expected: _same(actual, np.sign(expected)),
    "rounded": _is_rounded,
    "partly zero": _is_partly_zero,
    "limited": _is_limited,
    "misplaced": _is_misplaced,
    "repeated": _is_repeated,
    "shifted": _is_shifted,
}
"""Topic to what fits it; the first one counts."""


# ----- traces -----


def _of_traces(actual: Any, expected: Sequence[Any], start: dict[str, Array]) -> str:  # noqa: ANN401
    keys = list(start)
    if not _are_comparable([*actual, *expected], start):
        return ""
    moved, wanted = _moves(actual, start, keys), _moves(expected, start, keys)
    if not moved.any():
        return "stands still"
    if _leaves_out_keys(actual, expected, start):
        return "keys left out"
    if len(moved) > 1 and not moved[-1].any() and wanted[-1].any():
        return "stops"
    return _of_first_moves(moved, wanted)


def _are_comparable(steps: Sequence[Any], start: dict[str, Array]) -> bool:
    return sum(array.size for array in start.values()) * len(steps) <= MAX_ENTRIES and all(
        isinstance(step, dict)
        and all(
            _is_plain(step.get(key)) and step[key].shape == array.shape and np.isfinite(step[key]).all()
            for key, array in start.items()
        )
        for step in steps
    )


def _moves(steps: Sequence[Any], start: dict[str, Array], keys: Sequence[str]) -> Array:
    """Return what every update adds to every entry, (updates, entries)."""
    places = [np.concatenate([step[key].ravel() for key in keys]) for step in [start, *steps]]
    return np.diff(np.asarray(places, dtype=np.float64), axis=0)


def _leaves_out_keys(actual: Sequence[Any], expected: Sequence[Any], start: dict[str, Array]) -> bool:
    """Whether some keys are right at the end, and the others are where they began."""
    right = {key for key in start if _same(actual[-1][key], expected[-1][key])}
    stay = {key for key in start if np.array_equal(actual[-1][key], start[key])}
    return bool(right) and bool(stay - right) and right | stay == set(start)


def _of_first_moves(moved: Array, wanted: Array) -> str:
    first = _ratios(moved[0], wanted[0])
    if not first.size:
        return ""
    if np.ptp(first) > SMALL * np.abs(first).max():
        return "length by entry" if (first > 0).all() else "direction"
    if abs(first[0] - 1) <= SMALL:
        return _of_later_moves(moved, wanted)
    if abs(first[0] + 1) <= SMALL:
        return "opposite"
    everywhere = _ratios(moved, wanted)
    always = len(moved) > 1 and np.ptp(everywhere) <= SMALL * np.abs(everywhere).max()
    return "every step scaled" if always else "first step scaled"


def _of_later_moves(moved: Array, wanted: Array) -> str:
    later = _ratios(moved[1:], wanted[1:])
    if not later.size or np.all(np.abs(later - 1) <= SMALL):
        return ""
    if (later >= 1 - SMALL).all():
        return "later too long"
    if ((later <= 1 + SMALL) & (later > 0)).all():
        return "later too short"
    return "share kept" if _is_another_share(moved, wanted) else ""


def _is_another_share(moved: Array, wanted: Array) -> bool:
    """Whether each move is a share of the one before, plus the right new part: only the share is wrong.

    The right moves follow d = m d' + p with the newest part p, so a wrong share a in place of m gives moves
    e = a e' + d - m d', for every entry and update with the same a and m.
    """
    before, right, right_before = moved[1:-1].ravel(), wanted[2:].ravel(), wanted[1:-1].ravel()
    left = moved[2:].ravel() - right
    parts = np.stack([before, right_before], axis=1)
    if len(parts) < 8:  # noqa: PLR2004 - two unknowns, and enough to refute them
        return False
    shares = np.linalg.lstsq(parts, left, rcond=None)[0]
    return _same(parts @ shares, left) and bool(np.any(np.abs(left) > 0))


def _ratios(moved: Array, wanted: Array) -> Array:
    there = np.abs(wanted) > ROUNDING * max(float(np.abs(wanted).max(initial=0)), 1e-300)
    with np.errstate(over="ignore"):
        return np.asarray(moved[there] / wanted[there])


def _is_plain(value: object) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "biuf"
