"""An author's markdown as HTML that needs no network: formulas become MathML, which browsers draw themselves.

For released text only. HTML in it passes through as in JupyterLab, so a student's text must not come here.
"""

from __future__ import annotations

from html import escape

from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

_HEADING_OFFSET = 2
"""A page's own headings stand above those of the notebook in it."""


def render_markdown(source: str) -> str:
    """Return markdown as HTML; a picture or link to elsewhere becomes its text."""
    return MarkdownWithMath(renderer=_Renderer(escape=False, exclude_anchor_links=True)).render(source)


def formula(latex: str, *, block: bool) -> str:
    """Return a formula as MathML, or as its LaTeX if it cannot be converted."""
    try:
        mathml = convert(latex.strip(), display="block" if block else "inline")
    except Exception:  # noqa: BLE001 - it raises what it likes; the source is still readable
        mathml = "\\"
    if "\\" in mathml:  # a command that it does not know is left standing
        return f'<code class="latex">{escape(latex.strip())}</code>'
    return mathml


class _Renderer(IPythonRenderer):
    def inline_math(self, body: str) -> str:
        return formula(body, block=False)

    def block_math(self, body: str) -> str:
        return f'<div class="formula" tabindex="0">{formula(body, block=True)}</div>'

    def multiline_math(self, text: str) -> str:
        return self.block_math(text.strip().removeprefix("$$").removesuffix("$$"))

    def latex_environment(self, name: str, body: str) -> str:
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def heading(self, text: str, level: int, **attrs: object) -> str:
        del attrs
        level = min(level + _HEADING_OFFSET, 6)
        return f"<h{level}>{text}</h{level}>\n"

    def table(self, text: str) -> str:
        """Whoever has no mouse can move in what is wider than the page, too."""
        return f'<div class="wide" tabindex="0"><table>{text}</table></div>'

    def block_code(self, code: str, info: str | None = None) -> str:
        return str(super().block_code(code, info)).replace("<pre", '<pre tabindex="0"', 1)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        del title
        return f"{text} ({escape(url)})" if url != text else escape(url)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return str(super().image(text, url, title)) if url.startswith("data:image/") else f"<em>{text}</em>"
