"""One array against the expected one: kind, then shape, then dtype, then finite, then values.

The first thing that is wrong is the only one that is told: a reader who sees a wrong shape needs no numbers.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.worker.wire import Opaque

from .mismatch import Mismatch, looking_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Array = np.ndarray[Any, Any]

SMALLEST_SCALE = 1e-12
"""Two arrays of zeros have no scale of their own; differences below this one are rounding."""

_SHOWN_ENTRIES = 60
_SHOWN_AXES = 3
_LARGEST_TERM = 1000
"""Of a factor to the expected answer that is named as a fraction; who can choose it knows the answer."""
MAX_TOLD_SIZE = 9
MAX_TOLD_AXES = 2
"""Of an answer's form so much is told. Whoever is free to choose axes and sizes could spell an input."""


def check_array(name: str, actual: object, expected: Array, *, rtol: float = 1e-7) -> None:
    """Refuse an array that is not the expected one.

    Parameters
    ----------
    name : str
        What the student calls it.
    actual : object
        What the student's code gave; any kind of thing.
    expected : ndarray
        What it has to be. A wider floating-point dtype than this one's is accepted.
    rtol : float
        Greatest error, relative to the largest entry of both arrays.

    Raises
    ------
    Mismatch
        For the student.

    Notes
    -----
    ``max|actual - expected| / max(max|actual|, max|expected|) <= rtol``: an error per array, because a
    relative error per entry punishes entries that are small by chance. Right formulas for a layer differ by
    less than 1e-15, the nearest known wrong one by 4e-2 (AdaGrad 6e-3), so 1e-7 (AdaGrad 1e-5) separates
    them by orders of magnitude on both sides. Shapes must be equal: nothing is broadcast.

    References
    ----------
    .. [1] EECS 498, ``coutils/eval.py``, `rel_error`: the same formula, but broadcasting.

    Examples
    --------
    >>> check_array("db", np.zeros((1, 3)), np.zeros(3))
    Traceback (most recent call last):
    ...
    autograder.checks.mismatch.Mismatch: db has shape (1, 3), expected (3,).
    """
    __tracebackhide__ = True
    with looking_at(actual, expected):
        array = _as_array(name, actual, expected)
        _check_shape(name, array, expected)
        _check_dtype(name, array, expected)
        _check_finite(name, array)
        _check_values(name, array, expected, rtol)


def check_same(name: str, actual: object, expected: object, *, rtol: float = 1e-7) -> None:
    """Refuse an answer that differs from an earlier answer of the same student, whatever that was.

    Parameters
    ----------
    name : str
        What the student calls it; may be empty for a dict of named answers.
    actual, expected : object
        The later and the earlier answer. Neither need be an array: two times None is the same.

    Raises
    ------
    Mismatch
        For the student.
    """
    __tracebackhide__ = True
    with looking_at(actual):
        _check_same(name, actual, expected, rtol)


def _check_same(name: str, actual: object, expected: object, rtol: float) -> None:
    __tracebackhide__ = True
    # Whether an object that stays in the worker is the same nobody knows, and what is in doubt pays nothing.
    if type(actual) is not type(expected) or isinstance(actual, Opaque):
        detail = f"{name} is {_describe(actual)} now; it was {_describe(expected)} before."
        raise Mismatch(name, "inconsistent", detail)
    if isinstance(actual, np.ndarray) and isinstance(expected, np.ndarray):
        _check_same_array(name, actual, expected, rtol)
    elif isinstance(actual, list | tuple) and isinstance(expected, list | tuple):
        _check_same_items(name, dict(enumerate(actual)), dict(enumerate(expected)), rtol)
    elif isinstance(actual, dict) and isinstance(expected, dict):
        _check_same_items(name, actual, expected, rtol)
    elif isinstance(actual, int | float | complex | str | np.generic) and actual != expected:
        values = f"before: {expected}\nnow: {actual}"
        raise Mismatch(name, "inconsistent", f"{name} is another value now.", values)


def keep(value: Any) -> Any:  # noqa: ANN401 - any answer
    """Return an answer that later calls cannot change: a student may fill the same buffer again."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (list, tuple):
        return type(value)(keep(item) for item in value)
    if type(value) is dict:
        return {key: keep(item) for key, item in value.items()}
    return value


def check_unchanged(name: str, now: Array | Mapping[str, Array], before: Array | Mapping[str, Array]) -> None:
    """Refuse an argument that the student's code has changed.

    Parameters
    ----------
    name : str
        What the student calls it.
    now : ndarray or dict of ndarrays
        The very object that was passed.
    before : ndarray or dict of ndarrays
        A copy taken before the call; ``dict`` entries are copies too.

    Raises
    ------
    Mismatch
        For the student.

    Examples
    --------
    >>> dout = np.ones(2); before = dout.copy(); dout /= 2
    >>> check_unchanged("dout", dout, before)
    Traceback (most recent call last):
    ...
    autograder.checks.mismatch.Mismatch: dout was changed: 2 of 2 entries are not what they were before.
    """
    __tracebackhide__ = True
    with looking_at(now):
        _check_unchanged(name, now, before)


def _check_unchanged(
    name: str, now: Array | Mapping[str, Array], before: Array | Mapping[str, Array]
) -> None:
    __tracebackhide__ = True
    if isinstance(before, np.ndarray):
        _check_array_unchanged(name, now, before)
        return
    assert not isinstance(now, np.ndarray)
    if set(now) != set(before):
        raise Mismatch(
            name,
            "mutated",
            f"{name} was changed: its keys are {_keys(now, before)}, they were {_keys(before, before)}.",
        )
    for key in before:
        _check_array_unchanged(f"{name}[{key!r}]", now[key], before[key])


def check_same_object(name: str, actual: object, expected: object) -> None:
    """Refuse another object in the place of the one that was there.

    Parameters
    ----------
    name : str
        What the student calls it.
    actual : object
        What is there now.
    expected : object
        The object that was there, and that others hold too.

    Raises
    ------
    Mismatch
        For the student.
    """
    __tracebackhide__ = True
    if actual is not expected:
        detail = (
            f"{name} is another array than before the call: whoever holds the old one, such as a layer, "
            "does not see the change."
        )
        raise Mismatch(name, "rebound", detail)


# ----- the five questions of check_array -----


def _as_array(name: str, actual: object, expected: Array) -> Array:
    __tracebackhide__ = True
    if type(actual) is np.ndarray:
        return actual
    if isinstance(actual, np.generic) and expected.ndim == 0:
        return np.asarray(actual)
    why = " (was the result returned, or stored under this name?)" if actual is None else ""
    detail = f"{name} is {_describe(actual)}{why}; expected a NumPy array of shape {expected.shape}."
    raise Mismatch(name, "kind", detail)


def _check_shape(name: str, actual: Array, expected: Array) -> None:
    __tracebackhide__ = True
    if actual.shape != expected.shape:
        values = {f"actual shape: {actual.shape}\nexpected": expected, "actual": actual}
        told = _shape(actual.shape, expected.shape)
        detail = f"{name} has shape {told}, expected {expected.shape}."
        raise Mismatch(name, "shape", detail, _as_text(values))


def _check_dtype(name: str, actual: Array, expected: Array) -> None:
    __tracebackhide__ = True
    if actual.dtype == expected.dtype:
        return
    wider = (
        actual.dtype.kind == expected.dtype.kind == "f" and actual.dtype.itemsize >= expected.dtype.itemsize
    )
    if not wider:
        why = ": whole numbers cannot hold a fraction" if actual.dtype.kind in "iub" else ""
        raise Mismatch(name, "dtype", f"{name} has dtype {actual.dtype}, expected {expected.dtype}{why}.")


def _check_finite(name: str, actual: Array) -> None:
    __tracebackhide__ = True
    bad = ~np.isfinite(actual)
    if bad.any():
        detail = f"{name} holds nan or inf in {bad.sum()} of {actual.size} entries{_first(bad)}."
        raise Mismatch(name, "not-finite", detail, _as_text({"actual": actual}))


def _check_values(name: str, actual: Array, expected: Array, rtol: float) -> None:
    __tracebackhide__ = True
    wrong = ~_within(actual, expected, rtol)
    if wrong.any():
        detail = f"{name} is wrong in {wrong.sum()} of {actual.size} entries{_first(wrong)}."
        ratio = _ratio(actual, expected)
        detail += _ratio_sentence(ratio)
        values = _as_text({"expected": expected, "actual": actual})
        raise Mismatch(name, "values", detail, values, ratio=ratio)


def _within(actual: Array, expected: Array, rtol: float) -> Array:
    """Return which entries are near enough."""
    with np.errstate(over="ignore", invalid="ignore"):  # such an answer is wrong, not worth a warning
        equal = np.asarray(actual == expected)
        if equal.all():  # most answers are the expected ones to the last bit
            return equal
        largest = max(np.nanmax(np.abs(array), initial=SMALLEST_SCALE) for array in (actual, expected))
        apart = np.abs(1.0 * actual - expected)  # truth values have no difference of their own
        return np.asarray(equal | (apart <= rtol * largest))


# ----- comparing with an earlier state -----


def _check_same_array(name: str, actual: Array, expected: Array, rtol: float) -> None:
    __tracebackhide__ = True
    if actual.shape != expected.shape:
        detail = f"{name} has shape {_shape(actual.shape)} now; it had {_shape(expected.shape)} before."
        raise Mismatch(name, "inconsistent", detail)
    if actual.dtype.kind not in "fiubc" or expected.dtype.kind not in "fiubc":
        return
    wrong = ~(_within(actual, expected, rtol) | (np.isnan(actual) & np.isnan(expected)))
    if wrong.any():
        detail = f"{name} is different now in {wrong.sum()} of {actual.size} entries{_first(wrong)}."
        ratio = _ratio(actual, expected)
        detail += _ratio_sentence(ratio, "what it was", MAX_TOLD_SIZE)
        values = _as_text({"before": expected, "now": actual})
        raise Mismatch(name, "inconsistent", detail, values, ratio=ratio)


def _check_same_items(name: str, actual: dict[Any, Any], expected: dict[Any, Any], rtol: float) -> None:
    __tracebackhide__ = True
    if set(actual) != set(expected):
        detail = f"{name} holds {_size(len(actual))} values now; it held {_size(len(expected))} before."
        raise Mismatch(name, "inconsistent", detail)
    for key, before in expected.items():
        # Without a name the keys are the suite's; else they may be a student's, which may hold anything.
        _check_same(f"an entry of {name}" if name else str(key), actual[key], before, rtol)


def _check_array_unchanged(name: str, now: object, before: Array) -> None:
    __tracebackhide__ = True
    if type(now) is not np.ndarray or now.shape != before.shape or now.dtype != before.dtype:
        is_now, was = _describe(now, before.shape), _describe(before, before.shape)
        raise Mismatch(name, "mutated", f"{name} was changed: it is {is_now}, it was {was}.")
    changed = ~((now == before) | (np.isnan(now) & np.isnan(before)))
    if changed.any():
        count = f"{changed.sum()} of {now.size} entries are not what they were before"
        values = _as_text({"before": before, "after": now})
        raise Mismatch(name, "mutated", f"{name} was changed: {count}.", values)


# ----- words -----


def _describe(value: object, known: tuple[int, ...] = ()) -> str:
    """Return what kind of thing a value is, in a few words and without its contents."""
    if value is None:
        return "None"
    if isinstance(value, Opaque):
        return f"an object of type {value.opaque_type_name[:80]}"
    if type(value) is np.ndarray:
        return f"an array of shape {_shape(value.shape, known)} and dtype {value.dtype}"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {_size(len(value))} values"
    if isinstance(value, bool | int | float | complex | np.generic):
        return "a single number"
    return f"a {type(value).__name__}"


def _shape(shape: tuple[int, ...], known: tuple[int, ...] = ()) -> str:
    """Return a shape without what could spell an input.

    Examples
    --------
    >>> _shape((5, 3)), _shape((5, 28), known=(28,)), _shape((5, 28)), _shape((0, 5, 28))
    ('(5, 3)', '(5, 28)', '(5, …)', '(…, …, …)')
    """
    is_told = len(shape) <= max(MAX_TOLD_AXES, len(known))
    sizes = [str(size) if is_told and (size in known or size <= MAX_TOLD_SIZE) else "…" for size in shape]
    return f"({', '.join(sizes)}{',' * (len(sizes) == 1)})"


def _size(count: int) -> str:
    return str(count) if count <= MAX_TOLD_SIZE else "many"


def _keys(mapping: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    """Return the keys that are known; the others are a student's words, which may hold anything."""
    names = [repr(key) for key in mapping if key in known]
    others = len(mapping) - len(names)
    return ", ".join(names + ([f"{_size(others)} new"] if others else [])) or "none"


def _first(wrong: Array) -> str:
    """Return the place of the first wrong entry; a single number has none."""
    if wrong.ndim == 0:
        return ""
    index = tuple(int(i) for i in np.unravel_index(int(wrong.argmax()), wrong.shape))
    return f", first at index {list(index) if len(index) > 1 else index[0]}"


def _ratio(actual: Array, expected: Array) -> float | None:
    """Return the one factor between two arrays if there is one: the cheapest diagnosis of all."""
    there = expected != 0
    if "c" in (actual.dtype.kind, expected.dtype.kind):
        return None
    if there.sum() < 2 or np.any(actual[~there] != 0):  # noqa: PLR2004 - one entry always has a ratio
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        ratios = actual[there] / expected[there]
        if np.any(np.abs(ratios - ratios[0]) > 4e-9 * abs(ratios[0])):  # too far from any median
            return None
        ratio = float(np.median(ratios))
        return ratio if np.all(np.abs(ratios - ratio) <= 1e-9 * abs(ratio)) else None


def _ratio_sentence(
    ratio: float | None, of: str = "what it has to be", largest_term: int = _LARGEST_TERM
) -> str:
    if ratio is None:
        return ""
    factor = _as_fraction(ratio, largest_term)
    return f" Every entry is {factor} times {of}." if ratio else " All entries are zero."


def _as_fraction(ratio: float, largest_term: int) -> str:
    """Return a simple fraction; another factor is no diagnosis, and its digits could send hidden ones."""
    near = Fraction(ratio).limit_denominator(largest_term)
    is_simple = 0 < abs(near.numerator) <= largest_term and abs(float(near) / (ratio or 1) - 1) < 1e-9  # noqa: PLR2004 - rounding
    return str(near) if is_simple else "one and the same number"


def _as_text(named: dict[str, Array]) -> str | Callable[[], str]:
    """Return arrays as text, each under its name, or what makes that text.

    Setting objects as text runs their own code, which is a part of the test: it is done at once.
    """

    def text() -> str:
        return "\n".join(f"{name}:\n{show(array)}" for name, array in named.items())

    return text() if any(array.dtype.hasobject for array in named.values()) else text


def show(array: Array) -> str:
    """Return an array as text of a few lines, whatever its size."""
    if (
        array.ndim > _SHOWN_AXES
    ):  # NumPy leaves out entries axis by axis, and of eight axes millions would stay
        array = array.flat[:_SHOWN_ENTRIES]
    return np.array2string(
        array, precision=6, threshold=_SHOWN_ENTRIES, max_line_width=88, suppress_small=False
    )
