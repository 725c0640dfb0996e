"""A picture as an inline SVG: pure functions.

Drawn by hand, because matplotlib would take longer than the check. Colours are those of the page that a
picture stands in, by the variables of ``picture.css``; every picture says in words what it shows, and marks
what differs by more than a colour.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .records import Entries, Trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from autograder.words import Catalogue

    from .records import Picture, Rows

    Array = np.ndarray[Any, Any]
    Line = Sequence[tuple[float, float]]

STYLE = Path(__file__).with_name("picture.css")

CELL_W, CELL_H = 62, 22
HEAD = 20
"""Above an array."""

PATH_W, PATH_H = 340, 150
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 26, 24
"""Around the path; the number of the update stands beneath."""


def draw(picture: Picture, words: Catalogue) -> str:
    """Return a picture as SVG, with its words in a language."""
    return _draw_entries(picture, words) if isinstance(picture, Entries) else _draw_trace(picture, words)


# ----- entries -----


def _draw_entries(picture: Entries, words: Catalogue) -> str:
    """Return both arrays, side by side where there is room, with the entries marked that disagree."""
    right = np.zeros_like(picture.wrong)
    told = words.say(
        "{wrong} of {all} entries disagree; they have a thick frame.",
        wrong=int(picture.wrong.sum()),
        all=picture.wrong.size,
    )
    expected = _array(picture.expected, right, words.say("expected"))
    return _framed(told, expected, _array(picture.actual, picture.wrong, words.say("yours")))


def _array(rows: Rows, wrong: Array, title: str) -> str:
    height, width = len(rows) * CELL_H, len(rows[0]) * CELL_W
    head = f'<text class="title" x="{width / 2:g}" y="12">{escape(title)}</text>'
    return _svg(width + 2, HEAD + height + 2, [head, *_grid(rows, wrong)])


def _grid(rows: Rows, wrong: Array) -> Iterator[str]:
    """Yield the cells of one array, those that are wrong last, so that their frames lie on top."""
    for row, column in sorted(np.ndindex(wrong.shape), key=lambda index: bool(wrong[index])):
        kind = "wrong" if wrong[row, column] else "entry"
        left, top = 1 + column * CELL_W, HEAD + row * CELL_H
        yield f'<rect class="{kind}" x="{left:g}" y="{top:g}" width="{CELL_W}" height="{CELL_H}"/>'
        number = f"{rows[row][column]:.3g}"
        yield f'<text class="{kind}" x="{left + CELL_W / 2:g}" y="{top + CELL_H / 2 + 4:g}">{number}</text>'


# ----- paths -----


def _draw_trace(picture: Trace, words: Catalogue) -> str:
    """Return the way of one entry over the updates: the expected one, and the student's."""
    lines = [_line(path, picture) for path in (picture.expected, picture.actual)]
    told = words.say("{entry} leaves the expected path at update {n}.", entry=picture.entry, n=picture.update)
    parts = [*_axis(picture, lines[0], words), *_paths(*lines), *_legend(picture, words)]
    return _framed(told, _svg(PATH_W, PATH_H, parts))


def _line(path: Sequence[float], picture: Trace) -> Line:
    """Place the numbers of a path in the drawing."""
    low, high = (pick([*picture.expected, *picture.actual]) for pick in (min, max))
    across, down = (
        (PATH_W - LEFT - RIGHT) / (len(picture.expected) - 1),
        (PATH_H - TOP - BOTTOM) / (high - low),
    )
    return [(round(LEFT + across * n, 1), round(TOP + down * (high - y), 1)) for n, y in enumerate(path)]


def _axis(picture: Trace, wanted: Line, words: Catalogue) -> Iterator[str]:
    x, y = wanted[picture.update - 1][0], PATH_H - BOTTOM + 6
    yield f'<line class="axis" x1="{LEFT - 12}" x2="{PATH_W - 4}" y1="{y}" y2="{y}"/>'
    yield f'<line class="first" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{y}"/>'
    yield f'<text class="start" x="0" y="{PATH_H - 4}">{escape(words.say("update"))}</text>'
    for update, (at, _) in enumerate(wanted, start=1):
        kind = "wrong" if update == picture.update else "right"
        yield f'<text class="{kind}" x="{at}" y="{PATH_H - 4}">{update}</text>'


def _paths(wanted: Line, own: Line) -> Iterator[str]:
    yield f'<polyline class="wanted" points="{_points(wanted)}"/>'
    yield f'<polyline class="own" points="{_points(own)}"/>'
    yield from (f'<circle class="wanted" cx="{x}" cy="{y}" r="4"/>' for x, y in wanted)
    yield from (f'<rect class="own" x="{x - 3:g}" y="{y - 3:g}" width="6" height="6"/>' for x, y in own)


def _legend(picture: Trace, words: Catalogue) -> Iterator[str]:
    yield '<circle class="wanted" cx="8" cy="8" r="4"/>'
    yield f'<text class="start" x="18" y="12">{escape(words.say("expected"))}</text>'
    yield '<rect class="own" x="93" y="5" width="6" height="6"/>'
    yield f'<text class="start" x="105" y="12">{escape(words.say("yours"))}</text>'
    yield f'<text class="end" x="{PATH_W - 4}" y="12">{escape(picture.entry)}</text>'


def _points(line: Line) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in line)


def _svg(width: float, height: float, parts: Iterable[str]) -> str:
    return f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}">{"".join(parts)}</svg>'


def _framed(told: str, *drawings: str) -> str:
    """Return drawings as one picture, which a screen reader tells in words."""
    label = escape(told, quote=True)
    return f'<div class="ag-picture" role="img" aria-label="{label}">{"".join(drawings)}</div>'
