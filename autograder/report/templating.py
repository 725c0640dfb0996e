"""Templates into pages: everything that they write is escaped, and they load and run nothing.

Templates lie beside this module. A value is HTML only if one of our own templates or renderers made it.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.pictures import STYLE as PICTURE_STYLE
from autograder.pictures import draw
from autograder.words import ENGLISH, catalogue, points, visible

if TYPE_CHECKING:
    from jinja2 import Template

    from autograder.words import Catalogue

TEMPLATES = Path(__file__).parent / "templates"

MARKS = {"passed": "✓", "failed": "✗", "error": "!", "skipped": "-"}
"""Signs beside the words: nothing is said by colour alone."""

_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_CODE = re.compile(r"`([^`\n]+)`")


def render(template: str, words: Catalogue = ENGLISH, **values: object) -> str:
    """Return a template's text in the words of an assignment."""
    return load(template, words.language).render(values, tell=words.tell)


@functools.cache
def load(template: str, language: str) -> Template:
    """Return a compiled template that speaks a language."""
    return _environment(language).get_template(template)


@functools.cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = catalogue(language)
    environment.globals.update(_=words.say, ngettext=words.count, language=language, marks=MARKS, style=style)
    environment.globals.update(draw=lambda picture: Markup(draw(picture, words)))  # noqa: S704 - it escapes
    environment.filters.update(points=points, prose=prose, percent=percent, tongue=tongue)
    return environment


def _finalize(value: object) -> object:
    """Make control characters visible in every value that a template writes."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@functools.cache
def style(name: str) -> Markup:
    """Return a style sheet of ours, to stand in a page."""
    path = PICTURE_STYLE if name == PICTURE_STYLE.name else TEMPLATES / name
    text = path.read_text(encoding="utf-8")
    return Markup(re.sub(r"\s+", " ", text))  # noqa: S704 - our own text


def prose(text: str) -> Markup:
    """Return a sentence with its ``code`` set as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(visible(text)))))  # noqa: S704 - escaped here


def percent(share: float) -> str:
    """Return a share as whole per cent, such that only none is 0 % and only all is 100 %."""
    whole = round(share * 100)
    if 0 < share < 1:
        whole = min(max(whole, 1), 99)
    return f"{whole} %"


def tongue(text: str) -> str:
    """Return the language of a sentence that was written elsewhere, for screen readers: ``ko`` or ``en``."""
    return "ko" if _HANGUL.search(text) else "en"
