"""A graded notebook as HTML: the student's cells and what they displayed, beneath the result.

Comes in: a repaired and annotated notebook, in which outputs are plain text and PNG pictures, and the text
cells that were released. Released text is rendered once for a class; all that a student typed is shown as it
was typed.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from autograder.notebook.repairing import without_mark_scheme
from autograder.words import visible

from .highlighting import highlighted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nbformat import NotebookNode

    from autograder.words import Catalogue

MAX_SHOWN = 10_000
"""Characters of one cell's text or of one output; a page is for reading."""
MAX_PICTURE = 2_000_000
"""Characters of one picture, in base64."""

_STYLING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
"""What terminals obey: colours, movements of the cursor, titles of windows."""

STOPPED = "Stopped"
"""The kind of error that the kit itself says of a cell: its process ended."""

_PNG_SIZE = slice(16, 24)
"""Where a PNG file says how wide and how high it is."""


@dataclass(frozen=True)
class ShownOutput:
    """One output: text, or a picture as a ``data:`` address."""

    kind: str
    """``text``, ``warning``, ``error`` or ``picture``."""
    text: str = ""
    left_out: int = 0
    """Characters that are not shown."""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class ShownCell:
    """One cell as a template shows it."""

    kind: str
    """Text: ``given``, ``question``, ``answer``, ``text``. Code: ``solution``, ``test``, ``code``."""
    name: str
    """nbgrader's id, for cells that have one."""
    html: Markup
    left_out: int = 0
    outputs: tuple[ShownOutput, ...] = ()


class Released:
    """The text cells that a class was given, each rendered when it is first met.

    Parameters
    ----------
    texts : iterable of str
        Their sources, without mark schemes.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = frozenset(text.strip() for text in texts)
        self._rendered: dict[str, Markup] = {}

    def html(self, text: str) -> Markup | None:
        """Return a released text as HTML; None for any other text."""
        from .formulas import render_markdown  # noqa: PLC0415 - nbconvert takes half a second to import

        text = text.strip()
        if text in self.texts and text not in self._rendered:
            self._rendered[text] = Markup(render_markdown(text))  # noqa: S704 - the author's own text
        return self._rendered.get(text)


def shown_cells(notebook: NotebookNode, released: Released, words: Catalogue) -> Iterator[ShownCell]:
    """Yield the cells of a graded notebook that hold something."""
    after_question = False
    for cell in notebook.cells:
        if not cell.source.strip():
            continue
        if cell.cell_type == "code":
            yield _code_cell(cell, words)
        elif not _about(cell).get("task"):
            yield _text_cell(cell, released, "answer" if after_question else "text")
        elif question := released.html(
            without_mark_scheme(cell.source)
        ):  # else: nothing, rather than the scheme
            yield ShownCell("question", _name(cell), question)
        after_question = bool(_about(cell).get("task"))


def _about(cell: NotebookNode) -> Mapping[str, Any]:
    about: Mapping[str, Any] = cell.metadata.get("nbgrader", {})
    return about


def _name(cell: NotebookNode) -> str:
    return str(_about(cell).get("grade_id", ""))


def _text_cell(cell: NotebookNode, released: Released, kind: str) -> ShownCell:
    if (html := released.html(cell.source)) is not None:
        return ShownCell("given", _name(cell), html)
    text, left_out = _cut(cell.source)
    return ShownCell(kind, _name(cell), escape(text), left_out)


def _code_cell(cell: NotebookNode, words: Catalogue) -> ShownCell:
    about = _about(cell)
    kind = "solution" if about.get("solution") else "test" if about.get("grade") else "code"
    text, left_out = _cut(cell.source)
    outputs = () if kind == "test" else tuple(_outputs(cell.outputs, words))
    return ShownCell(kind, _name(cell), highlighted(text), left_out, outputs)


def _cut(text: str) -> tuple[str, int]:
    return visible(text[:MAX_SHOWN]), max(len(text) - MAX_SHOWN, 0)


def _outputs(outputs: Iterable[Mapping[str, Any]], words: Catalogue) -> Iterator[ShownOutput]:
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream":
            yield _text_output("warning" if output["name"] == "stderr" else "text", output["text"])
        elif kind == "error":
            text = "\n".join(output["traceback"]) or f"{output['ename']}: {output['evalue']}"
            yield _text_output("error", words.tell(text) if output["ename"] == STOPPED else text)
        elif picture := output["data"].get("image/png"):
            yield _picture(picture)
        else:
            yield _text_output("text", output["data"].get("text/plain", ""))


def _text_output(kind: str, text: str) -> ShownOutput:
    lines = _STYLING.sub("", text).replace("\r\n", "\n").split("\n")
    final = "\n".join(line.rpartition("\r")[2] for line in lines)  # a progress bar writes over itself
    shown, left_out = _cut(final)
    return ShownOutput(kind, shown, left_out)


def _picture(content: str) -> ShownOutput:
    """Show a PNG with the size that it says, so that a page does not move while it is opened."""
    if len(content) > MAX_PICTURE:
        return ShownOutput("picture", "", len(content))
    size = base64.b64decode(content[:32])[_PNG_SIZE]
    width, height = int.from_bytes(size[:4]), int.from_bytes(size[4:])
    return ShownOutput("picture", f"data:image/png;base64,{content}", 0, width, height)
