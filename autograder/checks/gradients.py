"""What a gradient has to be, computed from the forward function alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    Array = np.ndarray[Any, Any]


def numerical_gradient(f: Callable[[Array], Array], x: Array, dout: Array, h: float = 1 / 8) -> Array:
    """Return the gradient of ``sum(f(x) * dout)`` by central differences.

    Parameters
    ----------
    f : callable, (...) ndarray -> (...) ndarray
        The forward function of one argument; must not change its argument.
    x : ndarray of float64
        The point; not modified.
    dout : ndarray of float64
        Upstream gradient, of the shape of ``f(x)``.
    h : float
        The step. Nothing is cut off where `f` is linear in `x`, so a large step is the best one there;
        1/8 is exact in binary. Choose about 6e-6 where `f` bends.

    Returns
    -------
    ndarray of float64
        Of the shape of `x`.

    Notes
    -----
    One entry: ``sum((f(x + h e_i) - f(x - h e_i)) * dout) / (2 h)``. The error is ``h**2 |f'''| / 6`` from
    cutting off the series plus ``eps |f| / h`` from rounding. The point is copied into a contiguous one
    first: a view that is not contiguous would be flattened into a copy, and nothing would move.

    References
    ----------
    .. [1] CS231n, assignment 1, ``gradient_check.py``, `eval_numerical_gradient_array`.

    Examples
    --------
    >>> numerical_gradient(lambda x: 3 * x, np.array([1.0, 2.0]), np.array([1.0, -1.0]))
    array([ 3., -3.])
    """
    point = np.array(x, dtype=np.float64, order="C")
    entries = point.reshape(-1)  # a view: the copy is contiguous
    gradient = np.empty_like(entries)
    for index, here in enumerate(entries.tolist()):
        entries[index] = here + h
        above = np.array(f(point))  # f may fill one buffer again and again
        entries[index] = here - h
        below = np.asarray(f(point))
        gradient[index] = ((above - below) * dout).sum() / (2 * h)
        entries[index] = here
    return gradient.reshape(point.shape)
