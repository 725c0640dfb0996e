"""Which arrays a suite hands to an answer: those of the public and the hidden suite have to differ.

A table of the public answers must not pass a hidden test.
"""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.plugin import FromReference, Job, run_suite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from types import ModuleType

FEWEST_ENTRIES = 3
"""Smaller arrays may coincide by chance."""


def shared_inputs(
    public: tuple[Path, int],
    hidden: tuple[Path, int],
    reference: ModuleType,
    *,
    kinds: tuple[bool, bool] = (True, False),
) -> list[tuple[str, str]]:
    """Return pairs of a public and a hidden test that hand the same array to the student.

    Parameters
    ----------
    public, hidden : tuple of Path and int
        Suite and seed.
    reference : module
        Plays the student.
    kinds : tuple of bool
        Whether each of the two asks for expected values, as public suites do.
    """
    known = _inputs(public, reference, public=kinds[0])
    found = _inputs(hidden, reference, public=kinds[1])
    return sorted({(known[digest], found[digest]) for digest in known.keys() & found.keys()})


def _inputs(suite: tuple[Path, int], reference: ModuleType, *, public: bool) -> dict[str, str]:
    """Return the digest of every array that a suite hands over, with the test that does it."""
    path, seed = suite
    noted: set[str] = set()
    by_test: dict[str, str] = {}

    def saw(test: Any, _error: object, _parameters: object) -> None:  # noqa: ANN401 - a SuiteTest
        for digest in noted:
            by_test.setdefault(digest, test.id)
        noted.clear()

    job = Job(lambda _: contextlib.nullcontext(_Spy(reference, noted.add)), lambda _: None, saw)
    expected = FromReference(reference) if public else None
    run_suite(path, [job], seed=seed, reference=None if public else reference, expected=expected)
    return by_test


class _Spy:
    """An object of the reference that notes what its functions and methods are given."""

    def __init__(self, target: Any, note: Callable[[str], None]) -> None:  # noqa: ANN401
        self._target, self._note = target, note

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return self._seen(getattr(self._target, name))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        for array in _arrays([*args, *kwargs.values()]):
            if array.size >= FEWEST_ENTRIES and np.unique(array).size > 1:
                content = f"{array.shape}{array.dtype}".encode() + np.ascontiguousarray(array).tobytes()
                self._note(hashlib.sha256(content).hexdigest())
        return self._seen(self._target(*args, **kwargs))

    def _seen(self, value: Any) -> Any:  # noqa: ANN401
        is_ours = callable(value) or type(value).__module__ == self._module()
        return _Spy(value, self._note) if is_ours else value

    def _module(self) -> str:
        return str(getattr(self._target, "__module__", None) or getattr(self._target, "__name__", ""))


def _arrays(values: Iterable[Any]) -> Iterable[np.ndarray[Any, Any]]:
    for value in values:
        if isinstance(value, np.ndarray):
            yield value
        elif isinstance(value, dict):
            yield from _arrays(value.values())
        elif isinstance(value, list | tuple):
            yield from _arrays(value)
