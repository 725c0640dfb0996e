"""An optimizer's parameters, update after update, and the first place where they leave the expected path."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np

from .arrays import check_array
from .mismatch import Mismatch, looking_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Step = dict[str, np.ndarray[Any, Any]]


class Trace(list["Step"]):
    """Parameters after each update, and where they began.

    Parameters
    ----------
    start : dict of str to ndarray
        The parameters before the first update.
    """

    def __init__(self, start: Step) -> None:
        super().__init__()
        self.start = start


def run_trace(optimizer: Any, start: Mapping[str, Any], gradients: Iterable[Mapping[str, Any]]) -> Trace:  # noqa: ANN401
    """Let an optimizer update parameters, and note them after each update.

    Parameters
    ----------
    optimizer : object
        Has ``update(params, grads)``; the reference's, or a student's.
    start : dict of str to ndarray
        Where the parameters begin; a copy of it is updated as the optimizer sees fit.
    gradients : iterable of dict of str to ndarray
        One dict per update. Each update receives a copy, so an optimizer that spoils its gradients is not
        punished by a test about something else.

    Returns
    -------
    Trace, a list of dict
        Copies of the parameters, one dict per update.
    """
    params = _copy(start)
    steps = Trace(_copy(start))
    for grads in gradients:
        optimizer.update(params, _copy(grads))
        steps.append(_copy(params))
    return steps


def _copy(params: Mapping[str, Any]) -> Step:
    """Return a copy with copied arrays; a student may have put anything else in their place."""
    return {key: value.copy() if isinstance(value, np.ndarray) else value for key, value in params.items()}


def check_trace(actual: Sequence[Step], expected: Sequence[Step], *, rtol: float = 1e-7) -> None:
    """Refuse a path that leaves the expected one; names the first update and key at which it does.

    Parameters
    ----------
    actual, expected : sequence of dict of str to ndarray
        Parameters after each update, as `run_trace` returns them.
    rtol : float
        As in `check_array`.

    Raises
    ------
    Mismatch
        For the student.

    Notes
    -----
    Where the path is left tells what is wrong: at the first update the formula, a sign or the initial state;
    at a later one the state that is kept; in some keys only the state per key.

    Examples
    --------
    >>> first, second = {"W": np.ones(1)}, {"W": np.zeros(1)}
    >>> check_trace([first, first], [first, second])
    Traceback (most recent call last):
    ...
    autograder.checks.mismatch.Mismatch: params['W'] is wrong in 1 of 1 entries, first at index 0. \
This is after update 2; after update 1 all was right.
    """
    __tracebackhide__ = True
    with looking_at(actual, expected):
        for index, (now, wanted) in enumerate(zip(actual, expected, strict=True)):
            for key in wanted:
                _check_key(index, key, now, wanted, rtol)


def _check_key(index: int, key: str, now: Step, wanted: Step, rtol: float) -> None:
    __tracebackhide__ = True
    name = f"params[{key!r}]"
    if key not in now:
        raise Mismatch(name, "step", f"{name} is gone after update {index + 1}.", update=index + 1)
    try:
        check_array(name, now[key], wanted[key], rtol=rtol)
    except Mismatch as mismatch:
        where = f"This is after update {index + 1}{_right_until(index, key, now, wanted, rtol)}."
        detail = f"{mismatch.detail} {where}"
        values = functools.partial(getattr, mismatch, "values")
        raise Mismatch(name, "step", detail, values, update=index + 1) from None


def _right_until(index: int, key: str, now: Step, wanted: Step, rtol: float) -> str:
    """Return what was right where it first went wrong: earlier updates, other keys of this one."""
    right = [
        other
        for other in wanted
        if other != key and other in now and _is_right(now[other], wanted[other], rtol)
    ]
    verb = "is right" if len(right) == 1 else "are right"
    keys = f"; {', '.join(map(repr, right))} {verb}" if right else ""
    before = {0: "", 1: "; after update 1 all was right"}.get(index, f"; up to update {index} all was right")
    return before + keys


def _is_right(actual: object, expected: np.ndarray[Any, Any], rtol: float) -> bool:
    try:
        check_array("", actual, expected, rtol=rtol)
    except Mismatch:
        return False
    return True
