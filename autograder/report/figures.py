"""The distribution of a class's scores, laid out for an inline SVG. Sizes are in units of the drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.words import points

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 6, 6, 26, 44
MAX_BARS = 21
"""One bar for each whole point, up to 20 points; beyond that, ten bars."""
GAP = 0.14
"""Of a bar's place, left empty."""


@dataclass(frozen=True)
class Bar:
    """One bar with what is written at it."""

    x: float
    y: float
    width: float
    height: float
    count: int
    label: str

    @property
    def middle(self) -> float:
        """Where its texts are centred."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Histogram:
    """Bars over an axis of scores."""

    bars: tuple[Bar, ...]
    axis_y: float = HEIGHT - BOTTOM
    width: float = WIDTH
    height: float = HEIGHT


def histogram(scores: Sequence[float], max_score: float) -> Histogram:
    """Lay out how many students have which score.

    Parameters
    ----------
    scores : sequence of float
        In points; none need be there. What is no number is left out, what is outside goes to the end.
    max_score : float
        Where the axis ends.
    """
    counts, labels = _counts([score for score in scores if math.isfinite(score)], max_score)
    place, tallest = (WIDTH - LEFT - RIGHT) / len(counts), max(*counts, 1)
    room = HEIGHT - TOP - BOTTOM
    bars = []
    for number, (count, label) in enumerate(zip(counts, labels, strict=True)):
        height = room * count / tallest
        x = LEFT + place * (number + GAP / 2)
        width = place * (1 - GAP)
        bars.append(
            Bar(round(x, 1), round(TOP + room - height, 1), round(width, 1), round(height, 1), count, label)
        )
    return Histogram(tuple(bars))


def _counts(scores: Sequence[float], max_score: float) -> tuple[list[int], list[str]]:
    if max_score < MAX_BARS:
        bars, step = max(math.ceil(max_score), 1) + 1, 1.0
        labels = [str(number) for number in range(bars)]
    else:
        bars, step = 10, max_score / 10
        labels = [f"{points(number * step)}–{points((number + 1) * step)}" for number in range(bars)]  # noqa: RUF001 - from-to
    counts = [0] * bars
    for score in scores:
        counts[min(max(int(score / step), 0), bars - 1)] += 1
    return counts, labels
