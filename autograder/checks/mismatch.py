"""The verdict of a check: what is wrong, said twice, once without and once with the numbers.

Hidden suites show `Mismatch.detail` only; it names shapes, counts, places and ratios but no value of a hidden
input or answer. Public suites show `Mismatch.values` as well.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Kind = Literal[
    "kind", "shape", "dtype", "not-finite", "values", "inconsistent", "mutated", "rebound", "step", "given"
]


class Mismatch(AssertionError):  # noqa: N818 - a verdict about an answer, not an error of the kit
    """An answer differs from what is required.

    Parameters
    ----------
    name : str
        What was looked at, as the student calls it: ``"dW"``, ``"params['W']"``.
    kind : str
        The first thing that is wrong with it; one of `Kind`.
    detail : str
        Sentences for the student that hold no value.
    values : str or callable returning str
        Expected and actual values; may be empty. To set arrays as text takes longer than to compare them,
        and of hidden inputs nobody reads it: a callable is called when the text is asked for.
    ratio : float, optional
        The one factor between the actual and the expected entries, if there is one.
    update : int
        For a trace, the number of the first update after which something is wrong; else 0.

    Attributes
    ----------
    actual : object
        The whole of what the check looked at, for whoever compares answers with each other
        (`autograder.diagnosis`). Student data: never shown.
    expected : object
        What it was compared with, for pictures of public cases. Never shown of a hidden one.
    """

    def __init__(
        self,
        name: str,
        kind: Kind,
        detail: str,
        values: str | Callable[[], str] = "",
        *,
        ratio: float | None = None,
        update: int = 0,
    ) -> None:
        super().__init__(detail)
        self.name, self.kind, self.detail, self._values = name, kind, detail, values
        self.ratio, self.update = ratio, update
        self.actual: Any = None
        self.expected: Any = None

    @property
    def values(self) -> str:
        """Expected and actual values as text; may be empty."""
        if callable(self._values):
            self._values = self._values()
        return self._values


@contextmanager
def looking_at(actual: object, expected: object = None) -> Iterator[None]:
    """Note in a mismatch what was looked at; the outermost check knows the whole of it."""
    __tracebackhide__ = True
    try:
        yield
    except Mismatch as mismatch:
        if not _overlooks.get():
            mismatch.actual, mismatch.expected = actual, expected
            raise


_overlooks: ContextVar[bool] = ContextVar("_overlooks", default=False)


@contextmanager
def overlooking() -> Iterator[None]:
    """Let checks be silent about what they find inside, to see how a test goes on."""
    before = _overlooks.set(True)
    try:
        yield
    finally:
        _overlooks.reset(before)
