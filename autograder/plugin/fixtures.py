"""What a test of a suite may ask for besides `student`: inputs and expected values."""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from .expected import Expected

GRID = 32
"""Entries are whole multiples of `unit` up to this one."""

Drawn = tuple[tuple[int, ...], float]
"""Shape and unit of an array that a test has drawn."""


class Draw:
    """Makes the arrays of one test from the assignment's seed and the test's id.

    Parameters
    ----------
    seed : int
        The public or the hidden seed of ``assignment.toml``.
    test_id : str
        The test's id, so that tests can be added, moved and left out without changing the others' inputs.

    Notes
    -----
    The stream is that of `numpy.random.RandomState`, which is frozen: the same inputs with every NumPy (NEP
    19).
    """

    def __init__(self, seed: int, test_id: str) -> None:
        self._stream = _known(seed, test_id)
        self._drawn = 0

    def __call__(self, *shape: int, unit: float = 1 / 16) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Return an array of random multiples of `unit`, of both signs, none of them zero.

        Parameters
        ----------
        *shape : int
            The shape.
        unit : float
            A power of two, so that sums and products of a few entries are exact. 1/16 gives numbers from -2
            to 2.

        Returns
        -------
        ndarray of float64
            New at each call.
        """
        asked, place = (shape, unit), self._drawn
        self._drawn += 1
        if place < len(self._stream.drawn) and self._stream.drawn[place] != asked:
            # another test function had the same id, and drew otherwise
            self._stream = self._stream.beginning(place)
        if place == len(self._stream.drawn):
            self._stream.draw(shape, unit)
        return self._stream.arrays[place].copy()


class _Stream:
    """The arrays of one test as far as they have been drawn: hundreds of known answers ask for the same."""

    def __init__(self, seed: int, test_id: str) -> None:
        self._key = seed, test_id
        digest = hashlib.sha256(f"{seed}:{test_id}".encode()).digest()
        self._random = np.random.RandomState(np.frombuffer(digest, dtype="<u4"))
        self.drawn: list[Drawn] = []
        self.arrays: list[np.ndarray[Any, np.dtype[np.float64]]] = []

    def beginning(self, length: int) -> _Stream:
        """Return another stream that has drawn the first arrays of this one."""
        other = _Stream(*self._key)
        for drawn in self.drawn[:length]:
            other.draw(*drawn)
        return other

    def draw(self, shape: tuple[int, ...], unit: float) -> None:
        """Draw and keep the next array."""
        size = self._random.randint(1, GRID + 1, shape)
        sign = 2 * self._random.randint(0, 2, shape) - 1
        array = np.asarray(size * sign * unit, dtype=np.float64)
        self.drawn.append((shape, unit))
        self.arrays.append(array)


_known = functools.lru_cache(maxsize=512)(_Stream)


class ExpectedValues:
    """The `expected` fixture of one test: the reference's values, asked for in order."""

    def __init__(self, values: Expected, test_id: str) -> None:
        self._values, self._test_id, self._asked = values, test_id, 0

    def __call__(self, ask: Callable[[ModuleType], Any]) -> Any:  # noqa: ANN401 - any plain data
        """Return what `ask` makes of the reference, as plain data.

        Parameters
        ----------
        ask : callable, reference module -> plain data
            Must not rely on side effects: on the student's side it is never called, the value was recorded.
        """
        value = self._values.value(self._test_id, self._asked, ask)
        self._asked += 1
        return value
