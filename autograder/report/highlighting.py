"""Python with its words in colour, or without them where colouring would take long.

Pygments looks at a run of white space again from each of its lines, and a student may write a megabyte of it.
"""

from __future__ import annotations

import functools
import re

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

MAX_COLOURED = 10_000
"""Characters of one piece of code."""

_LONG_RUN = re.compile(r"\s{300}")
_LEXER = PythonLexer(stripnl=False)
_FORMATTER = HtmlFormatter(nowrap=True)


def is_quickly_coloured(code: str) -> bool:
    """Whether Pygments is done with it in a moment."""
    return len(code) <= MAX_COLOURED and _LONG_RUN.search(code) is None


@functools.lru_cache(maxsize=512)  # most cells of a class are those that were given
def highlighted(code: str) -> Markup:
    """Return Python as HTML."""
    if not is_quickly_coloured(code):
        return escape(code)
    return Markup(highlight(code, _LEXER, _FORMATTER))  # noqa: S704 - Pygments escapes what it marks
