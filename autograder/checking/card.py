"""A checked exercise as a card in a notebook: pure HTML of its own style, without a script.

Colours follow JupyterLab's light and dark themes; signs and words say the same without colour. Where a viewer
strips the style, a plain list with headings remains. Everything that a student's code said is escaped.
"""

from __future__ import annotations

import functools
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.pictures import STYLE as PICTURE_STYLE
from autograder.pictures import draw
from autograder.words import ENGLISH, visible

from .told import findings, first_lines, is_not_done, others, stub_words, summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from autograder.pictures import Picture
    from autograder.result import ExerciseResult
    from autograder.words import Catalogue

    from .told import Finding

STYLE = Path(__file__).with_name("card.css")

_CODE = re.compile(r"`([^`\n]+)`")

_ARRAYS = re.compile(r"^(expected|before):$", re.MULTILINE)
"""Where a finding goes over from sentences to numbers."""


def render_html(
    result: ExerciseResult,
    printed: str = "",
    pictures: Mapping[str, Picture] | None = None,
    words: Catalogue = ENGLISH,
) -> str:
    """Return the result for a notebook.

    Parameters
    ----------
    result : ExerciseResult
        What the public suite found.
    printed : str
        What the student's code printed meanwhile.
    pictures : mapping of str to Picture
        Aspect to what can be seen of its failure.
    words : Catalogue
        In which language it speaks.
    """
    state = "open" if is_not_done(result) else "ok" if result.passed else "no"
    sign = {"open": "○", "ok": "✓", "no": "✗"}[state]
    said = summary(result, words)
    label = escape(said, quote=True)
    body = "".join(_body(result, printed, pictures or {}, words))
    return (
        f"<style>{_style()}</style>"
        f'<section class="ag-card {state}" lang="{words.language}" aria-label="{label}">'
        f'<p class="head"><b aria-hidden="true">{sign}</b>{escape(said)}</p>{body}</section>'
    )


@functools.cache
def _style() -> str:
    return " ".join(
        text for path in (STYLE, PICTURE_STYLE) for text in path.read_text(encoding="utf-8").split()
    )


def _body(
    result: ExerciseResult, printed: str, pictures: Mapping[str, Picture], words: Catalogue
) -> Iterator[str]:
    if is_not_done(result):
        yield f'<p class="found">{_prose(words.tell(stub_words(result)))}</p>'
    else:
        found = findings(result, words)
        yield f"<ul>{''.join(_chip(each, words) for each in found)}</ul>"
        for each in found:
            if not each.passed:
                yield f'<div class="part">{"".join(_part(each, pictures.get(each.aspect), words))}</div>'
    if result.hint:
        yield f'<p class="hint"><b>{words.say("Think about it:")}</b> {_prose(words.tell(result.hint))}</p>'
    if printed:
        head = f'<p class="soft">{words.say("Your code printed:")}</p>'
        yield f'<div class="part">{head}<pre>{_text(first_lines(printed, words))}</pre></div>'


def _chip(finding: Finding, words: Catalogue) -> str:
    sign, kind = ("✓", "ok") if finding.passed else ("✗", "no")
    told = words.say("right") if finding.passed else words.say("not right yet")
    return (
        f'<li class="{kind}"><span role="img" aria-label="{told}">{sign}</span> {_text(finding.aspect)}</li>'
    )


def _part(finding: Finding, picture: Picture | None, words: Catalogue) -> Iterator[str]:
    """Yield what is required, what was found, and the numbers, which a picture folds away."""
    yield f"<p><b>✗ {_text(finding.aspect)}</b> {_prose(words.tell(finding.required))}</p>"
    arrays = _ARRAYS.search(finding.found)
    cut = arrays.start() if arrays else len(finding.found)
    sentences, numbers = (words.tell(part) for part in (finding.found[:cut].strip("\n"), finding.found[cut:]))
    if sentences:
        yield f'<p class="found">{_prose(sentences)}</p>'
    if picture:
        yield draw(picture, words)
    if numbers and picture:
        yield f"<details><summary>{words.say('the numbers')}</summary><pre>{_text(numbers)}</pre></details>"
    elif numbers:
        yield f"<pre>{_text(numbers)}</pre>"
    if more := others(finding, words):
        yield f'<p class="soft">{_text(more)}</p>'


def _text(text: str) -> str:
    return escape(visible(text))


def _prose(text: str) -> str:
    """Return sentences with their ``code`` set as code."""
    return _CODE.sub(r"<code>\1</code>", _text(text))
