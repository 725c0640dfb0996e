"""The verdict of a check: what is wrong, said twice, once without and once with the numbers.

Hidden suites show `Mismatch.detail` only; it names shapes, counts, places and ratios but no value of a hidden
input or answer. Public suites show `Mismatch.values` as well.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal["kind", "shape", "dtype", "not-finite", "values", "mutated", "rebound", "step", "given"]


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
    values : str
        Expected and actual values; may be empty.
    """

    def __init__(self, name: str, kind: Kind, detail: str, values: str = "") -> None:
        super().__init__(detail)
        self.name, self.kind, self.detail, self.values = name, kind, detail, values
