"""Small pictures of a failed public test: where entries disagree, and where an optimizer leaves its path.

What a check looked at and what it expected come in, an inline SVG goes out, or None where there is nothing to
see: other kinds, other shapes, too many entries, no numbers. Drawn by hand, because matplotlib would take
longer than the check. Colours are those of the card (`autograder.checking.card`); every picture says in words
what it shows, and marks what differs by more than a colour.
"""

from __future__ import annotations

import contextlib
from html import escape
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np

from autograder.checks import Mismatch
from autograder.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from autograder.plugin.suite import SuiteTest
    from autograder.words import Catalogue

    Array = np.ndarray[Any, Any]
    Step = Mapping[str, object]

MAX_ROWS, MAX_COLUMNS = 8, 6
"""Entries that are drawn of an array; more would be too small to be read."""
CELL_W, CELL_H = 62, 22
RTOL = 1e-5
"""Of the largest entry: what differs less cannot be seen, and is not marked."""

PATH_W, PATH_H = 340, 150
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 26, 24
"""Around the path; the number of the update stands beneath."""


class Pictures:
    """Draws the first failure of each aspect, while its arrays are at hand.

    Parameters
    ----------
    language : str
        Of the words in the pictures.
    """

    def __init__(self, language: str = "en") -> None:
        self.words = catalogue(language)
        self.drawn: dict[str, str] = {}
        """Aspect to SVG."""
        self._seen: set[str] = set()

    def saw(self, test: SuiteTest, error: BaseException | None, parameters: Mapping[str, Any]) -> None:
        """Draw what a test saw, if its aspect had no failure before."""
        del parameters
        if error is None or test.aspect in self._seen:
            return
        self._seen.add(test.aspect)
        if isinstance(error, Mismatch):
            with contextlib.suppress(Exception):  # it is student data; no picture is worth a failed check
                if svg := draw(error, self.words):
                    self.drawn[test.aspect] = svg


def draw(mismatch: Mismatch, words: Catalogue) -> str | None:
    """Return a picture of a mismatch, or None if there is nothing to see."""
    actual, expected = mismatch.actual, mismatch.expected
    if mismatch.kind == "values":
        return draw_entries(actual, expected, words)
    if mismatch.kind == "step" and mismatch.update:
        return _draw_step(mismatch, words)
    return None


def _draw_step(mismatch: Mismatch, words: Catalogue) -> str | None:
    """Draw the path of one entry; of a path of a single update, the entries."""
    key, index = mismatch.name.removeprefix("params['").removesuffix("']"), mismatch.update - 1
    actual = [step.get(key) for step in mismatch.actual]
    expected = [step[key] for step in mismatch.expected]
    if len(expected) == 1:
        return draw_entries(actual[0], expected[0], words)
    return draw_path(actual, expected, index, words, name=key)


# ----- entries -----


def draw_entries(actual: object, expected: object, words: Catalogue) -> str | None:
    """Return both arrays side by side, with the entries marked that disagree.

    Parameters
    ----------
    actual, expected : ndarray of one or two axes
        Anything else is not drawn.
    """
    if not (_is_drawable(actual) and _is_drawable(expected) and actual.shape == expected.shape):
        return None
    left, right = np.atleast_2d(expected), np.atleast_2d(actual)
    wrong = _differs(right, left)
    rows, columns = left.shape
    if rows > MAX_ROWS or columns > MAX_COLUMNS or not wrong.any():
        return None
    gap, top = 34, 20
    width, height = 2 * columns * CELL_W + gap, top + rows * CELL_H + 2
    parts = [
        _title(0, columns, words.say("expected")),
        _title(columns * CELL_W + gap, columns, words.say("yours")),
    ]
    parts += _grid(left, wrong, 0, top, is_marked=False)
    parts += _grid(right, wrong, columns * CELL_W + gap, top, is_marked=True)
    told = words.say(
        "{wrong} of {all} entries disagree; they have a thick frame.", wrong=int(wrong.sum()), all=wrong.size
    )
    return _svg(width, height, told, parts)


def _is_drawable(array: object) -> TypeGuard[Array]:
    """Whether it is an array of numbers with something in it."""
    return type(array) is np.ndarray and array.dtype.kind in "fiu" and 0 < array.ndim <= 2 and array.size > 0  # noqa: PLR2004 - a page has two directions


def _differs(actual: Array, expected: Array) -> Array:
    with np.errstate(all="ignore"):
        largest = max(np.nanmax(np.abs(each), initial=1e-12) for each in (actual, expected))
        return np.asarray(~(np.abs(actual - expected) <= RTOL * largest))


def _title(x: float, columns: int, text: str) -> str:
    return f'<text class="title" x="{x + columns * CELL_W / 2:g}" y="12">{escape(text)}</text>'


def _grid(array: Array, wrong: Array, x: float, y: float, *, is_marked: bool) -> Iterable[str]:
    """Yield the cells of one array, those that are wrong last, so that their frames lie on top."""
    for index in sorted(np.ndindex(array.shape), key=lambda index: bool(wrong[index])):
        row, column = index
        kind = "wrong" if is_marked and wrong[index] else "entry"
        left, top = x + column * CELL_W, y + row * CELL_H
        yield f'<rect class="{kind}" x="{left:g}" y="{top:g}" width="{CELL_W}" height="{CELL_H}"/>'
        number = escape(f"{float(array[index]):.3g}")
        yield f'<text class="{kind}" x="{left + CELL_W / 2:g}" y="{top + CELL_H / 2 + 4:g}">{number}</text>'


# ----- paths -----


def draw_path(
    actual: Sequence[object], expected: Sequence[Array], first: int, words: Catalogue, *, name: str
) -> str | None:
    """Return the way of one entry over the updates: the expected one, and the student's.

    Parameters
    ----------
    actual, expected : sequence of ndarray
        One parameter after each update. What is not of the expected shape ends the student's path.
    first : int
        The index of the first update after which something is wrong.
    name : str
        The parameter's key.
    """
    own, wanted = _same_kind(actual, expected), list(expected)
    if len(own) <= first:
        return None
    with np.errstate(all="ignore"):
        index = np.unravel_index(np.nanargmax(np.abs(own[first] - wanted[first])), wanted[first].shape)
    paths = [[float(step[index]) for step in steps] for steps in (wanted, own)]
    numbers = [number for path in paths for number in path if np.isfinite(number)]
    low, high = min(numbers), max(numbers)
    if not low < high:
        return None

    def place(update: int, number: float) -> tuple[float, float]:
        x = LEFT + (PATH_W - LEFT - RIGHT) * update / (len(wanted) - 1)
        y = TOP + (PATH_H - TOP - BOTTOM) * (high - number) / (high - low)
        return round(x, 1), round(y, 1)

    lines = [[place(update, number) for update, number in enumerate(path)] for path in paths]
    entry = f"params[{name!r}]{list(map(int, index)) if index else ''}"
    told = words.say("{entry} leaves the expected path at update {n}.", entry=entry, n=first + 1)
    return _svg(PATH_W, PATH_H, told, [*_path_parts(lines, first, len(wanted), words, entry)])


def _same_kind(actual: Sequence[object], expected: Sequence[Array]) -> list[Array]:
    """Return the steps up to the first that is no finite array like the expected one."""
    steps: list[Array] = []
    for step, wanted in zip(actual, expected, strict=False):
        if not isinstance(step, np.ndarray) or step.dtype.kind not in "fiu":
            break
        if step.shape != wanted.shape or not np.isfinite(step).all():
            break
        steps.append(step)
    return steps


def _path_parts(
    lines: Sequence[Sequence[tuple[float, float]]], first: int, updates: int, words: Catalogue, entry: str
) -> Iterable[str]:
    wanted, own = lines
    x, bottom = wanted[first][0], PATH_H - BOTTOM
    yield f'<line class="axis" x1="{LEFT - 12}" x2="{PATH_W - 4}" y1="{bottom + 6}" y2="{bottom + 6}"/>'
    yield f'<line class="first" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{bottom + 6}"/>'
    yield f'<text class="start" x="0" y="{PATH_H - 4}">{escape(words.say("update"))}</text>'
    for update in range(updates):
        kind = "wrong" if update == first else "right"
        yield f'<text class="{kind}" x="{wanted[update][0]}" y="{PATH_H - 4}">{update + 1}</text>'
    yield f'<polyline class="wanted" points="{_points(wanted)}"/>'
    yield f'<polyline class="own" points="{_points(own)}"/>'
    yield from (f'<circle class="wanted" cx="{x}" cy="{y}" r="4"/>' for x, y in wanted)
    yield from (f'<rect class="own" x="{x - 3:g}" y="{y - 3:g}" width="6" height="6"/>' for x, y in own)
    yield '<circle class="wanted" cx="8" cy="8" r="4"/>'
    yield f'<text class="start" x="18" y="12">{escape(words.say("expected"))}</text>'
    yield '<rect class="own" x="93" y="5" width="6" height="6"/>'
    yield f'<text class="start" x="105" y="12">{escape(words.say("yours"))}</text>'
    yield f'<text class="end" x="{PATH_W - 4}" y="12">{escape(entry)}</text>'


def _points(line: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in line)


def _svg(width: float, height: float, told: str, parts: Iterable[str]) -> str:
    label = escape(told, quote=True)
    head = f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}" role="img" aria-label="{label}">'
    return f"{head}<title>{label}</title>{''.join(parts)}</svg>"
