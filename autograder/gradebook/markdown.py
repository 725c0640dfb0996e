"""Markdown and code of students into HTML that an instructor's browser can show without harm or delay.

The formgrader and generate_feedback render a notebook's cells with nbconvert, which passes HTML in their text
through. The formgrader's page shares its origin with JupyterLab, so a script in an answer would act as the
instructor. Both mistune and Pygments take the square of the time for some texts. ``nbgrader_config.py`` puts
`safe_markdown2html` and `safe_highlight_code` in the place of nbconvert's filters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import bleach  # type: ignore[import-untyped]  # nbconvert's own sanitizer; its stubs are a package apart
from jinja2 import pass_context
from markupsafe import escape
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autograder.report.highlighting import is_quickly_coloured

if TYPE_CHECKING:
    from jinja2.runtime import Context

_INLINE = {
    "a",
    "abbr",
    "b",
    "br",
    "code",
    "del",
    "em",
    "i",
    "img",
    "kbd",
    "s",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
}
_BLOCKS = {"blockquote", "div", "hr", "p", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}

_ATTRIBUTES = {"a": {"href"}, "img": {"alt", "src"}, "td": {"align"}, "th": {"align"}}
_PROTOCOLS = {"http", "https", "mailto", "data"}
"""``data`` for pasted pictures; browsers do not open a link of that kind as a page."""

MAX_FORMATTED = 10_000
"""Characters of a text cell; a longer one is shown as it was typed."""


def safe_highlight_code(source: str, language: str | None = None, metadata: object = None) -> str:
    """Render one code cell, without colours where these would take long."""
    if is_quickly_coloured(source):
        return str(Highlight2HTML()(source, language, metadata))  # type: ignore[no-untyped-call]
    return f'<div class="highlight hl-ipython3"><pre>{escape(source)}</pre></div>'


@pass_context
def safe_markdown2html(context: Context, source: str) -> str:
    """Render one text cell; elements that are not plain formatting are shown as they were typed."""
    if len(source) > MAX_FORMATTED:
        return f"<pre>{escape(source)}</pre>"
    cell = context.get("cell") or {}
    attachments = cell.get("attachments", {})
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    html = MarkdownWithMath(renderer=renderer).render(source)
    tags = _INLINE | _BLOCKS | _TABLES
    return str(bleach.clean(html, tags=tags, attributes=_is_harmless, protocols=_PROTOCOLS))


def _is_harmless(tag: str, name: str, value: str) -> bool:
    """Whether an attribute may stay. A picture from elsewhere would tell its owner who grades, and when."""
    if (tag, name) == ("img", "src"):
        return value.startswith("data:image/")
    return name in {"class", "title"} or name in _ATTRIBUTES.get(tag, ())
