"""The notebook as an author writes it: ``assignments/<name>/<name>.md`` to cells.

Comes in: text in jupytext's ``md`` format (trusted, written by an author). Goes out: a tuple of `TextCell`,
one per cell, in order, whose ids are exactly those of ``assignment.toml``. Five kinds of cell are told
apart::

    Words, formulas                                        text
    ```python                                              code      given to the student as it stands
    ```python tags=["figure"]                              figure    code that draws and does nothing else
    ```python exercise="momentum"                          exercise  the stub, exactly as a student sees it
    <!-- #region written="written-momentum-limits" -->     written   a question, then its mark scheme
"""

from __future__ import annotations

import ast
import difflib
import warnings
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import jupytext
from IPython.core.inputtransformer2 import TransformerManager

from autograder.errors import AuthorError
from autograder.notebook import FIGURE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from autograder.assignment import Assignment

BEGIN_MARK_SCHEME, END_MARK_SCHEME = "BEGIN MARK SCHEME", "END MARK SCHEME"

# nbgrader looks for these words anywhere in a line, so no other line may hold them.
MARKS_OF_BUILD = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "END HIDDEN TESTS")

Kind = Literal["text", "code", "figure", "exercise", "written"]


@dataclass(frozen=True)
class TextCell:
    """One cell of the author's text."""

    position: int
    """Counted from 1, as in the file."""
    kind: Kind
    id: str
    """The id of an exercise or question; empty for text and given code."""
    source: str

    @property
    def where(self) -> str:
        """The cell as an error names it."""
        return f"cell {self.position} ({self.kind} {self.id!r})" if self.id else f"cell {self.position}"


def read_text(path: Path, assignment: Assignment) -> tuple[TextCell, ...]:
    """Read and validate an assignment's notebook.

    Raises
    ------
    AuthorError
        For the author: the file, the cell, what is wrong and what to write instead.
    """
    text = read_utf8(path, f"Write the notebook of {assignment.name!r} there, as CONTRIBUTING.md shows")
    refuse_marks(path, text)
    refuse_open_regions(path, text)
    cells = tuple(_cells(path, text))
    for cell in cells:
        _CELL_RULES[cell.kind](path, cell)
    _refuse_wrong_ids(path, cells, "exercise", [exercise.id for exercise in assignment.exercises])
    _refuse_wrong_ids(path, cells, "written", [written.id for written in assignment.written])
    _refuse_missing_check(path, cells)
    return cells


def read_utf8(path: Path, if_missing: str) -> str:
    """Return a text file's content, line ends made uniform; `if_missing` is the remedy when there is none."""
    try:
        return path.read_text(encoding="utf-8-sig")  # Windows editors put a mark in front
    except FileNotFoundError:
        raise AuthorError(path, "", "the file is missing", if_missing) from None
    except UnicodeDecodeError as error:
        where = f"byte {error.start}"
        raise AuthorError(path, where, "this is not UTF-8 text", "Save the file as UTF-8") from None


def refuse_marks(path: Path, text: str) -> None:
    """Refuse nbgrader's solution marks, which only `build` may write."""
    for number, line in enumerate(text.splitlines(), start=1):
        for mark in MARKS_OF_BUILD:
            if mark in line:
                what = _mark_fault(mark, text)
                raise AuthorError(path, f"line {number}", what, "Delete the marks: build adds them")


def _mark_fault(mark: str, text: str) -> str:
    name = mark.removeprefix("BEGIN ").removeprefix("END ")
    if text.count(f"BEGIN {name}") == text.count(f"END {name}"):
        return f"{mark!r} is a mark that only build may write"
    other = f"END {name}" if mark.startswith("BEGIN") else f"BEGIN {name}"
    return f"{mark!r} has no {other!r}, and is a mark that only build may write"


def refuse_open_regions(path: Path, text: str) -> None:
    """Refuse a region that is never closed, or closed without being open; jupytext would guess."""
    opened = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("<!-- #region"):
            if opened:
                what = f"the region of line {opened} is still open"
                raise AuthorError(path, f"line {number}", what, "Close it with <!-- #endregion -->")
            opened = number
        elif line.startswith("<!-- #endregion"):
            if not opened:
                what = "no region is open that this line could close"
                raise AuthorError(path, f"line {number}", what, "Delete the line, or open a region above it")
            opened = 0
    if opened:
        what = "this region is never closed"
        raise AuthorError(path, f"line {opened}", what, "Close it with <!-- #endregion -->")


def _cells(path: Path, text: str) -> Iterator[TextCell]:
    try:
        notebook = jupytext.reads(text, fmt="md")
    except Exception as error:
        what = f"jupytext cannot read this ({type(error).__name__}: {error})"
        raise AuthorError(path, "", what, "Correct the header between the two lines ---") from error
    for position, cell in enumerate(notebook.cells, start=1):
        yield _cell(path, position, cell)


def _cell(path: Path, position: int, cell: Any) -> TextCell:  # noqa: ANN401 - an untyped NotebookNode
    code = cell.cell_type == "code"
    key = "exercise" if code else "written"
    for found in cell.metadata:
        if found not in {key, "tags"}:
            what = f"{found!r} is no key of a {cell.cell_type} cell"
            raise AuthorError(path, f"cell {position}", what, _key(found))
    if "tags" in cell.metadata:
        if not code or key in cell.metadata or cell.metadata.tags != [FIGURE]:
            what = (
                f"the tags of this cell are {cell.metadata.tags}; a given code cell can have one, {FIGURE!r}"
            )
            raise AuthorError(path, f"cell {position}", what, f'Write tags=["{FIGURE}"], or delete them')
        return TextCell(position, "figure", "", cell.source)
    if key in cell.metadata:
        kind: Kind = "exercise" if code else "written"
        return TextCell(position, kind, str(cell.metadata[key]), cell.source)
    return TextCell(position, "code" if code else "text", "", cell.source)


def _key(found: str) -> str:
    near = difflib.get_close_matches(found, ["exercise", "written"], n=1)
    keys = 'exercise="..." or tags=["figure"] after ```python, or written="..." in a region'
    return f"Write {near[0]}=..., as in {keys}" if near else f"Delete it; known are {keys}"


def parse_python(path: Path, where: str, source: str) -> ast.Module:
    """Parse Python in which not even a warning is tolerated; lines are counted from the cell's first."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
            tree = compile(source, str(path), "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
            compile(tree, str(path), "exec", flags, dont_inherit=True)  # some faults show only here
    except (SyntaxError, Warning, ValueError) as error:
        line = f"line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        place = ", ".join(filter(None, (where, line)))
        reason = error.msg if isinstance(error, SyntaxError) else str(error)
        raise AuthorError(path, place, f"this is not valid Python ({reason})", "Correct the code") from None
    assert isinstance(tree, ast.Module)
    return tree


def parse_cell(path: Path, cell: TextCell) -> ast.Module:
    """Parse a given code cell, in which IPython's magics and ``!commands`` are allowed."""
    return parse_python(path, cell.where, TransformerManager().transform_cell(cell.source))


def _check_text(path: Path, cell: TextCell) -> None:
    for mark in (BEGIN_MARK_SCHEME, END_MARK_SCHEME):
        if mark in cell.source:
            what = f"{mark!r} stands outside a question, where students would read it"
            instead = 'Put it between <!-- #region written="..." --> and <!-- #endregion -->'
            raise AuthorError(path, cell.where, what, instead)


def _check_code(path: Path, cell: TextCell) -> None:
    _check_text(path, cell)
    parse_cell(path, cell)


def _check_exercise(path: Path, cell: TextCell) -> None:
    _check_text(path, cell)
    parse_python(path, cell.where, cell.source)


def _check_written(path: Path, cell: TextCell) -> None:
    def refuse(what: str, instead: str) -> NoReturn:
        raise AuthorError(path, cell.where, what, instead)

    lines = cell.source.splitlines()
    begins = [index for index, line in enumerate(lines) if BEGIN_MARK_SCHEME in line]
    ends = [index for index, line in enumerate(lines) if END_MARK_SCHEME in line]
    shape = f"=== {BEGIN_MARK_SCHEME} === / model answer and rubric / === {END_MARK_SCHEME} ==="
    if not begins and not ends:
        refuse("the question has no mark scheme", f"Write {shape} beneath it")
    if len(begins) != 1 or len(ends) != 1 or ends[0] < begins[0]:
        what = f"{BEGIN_MARK_SCHEME!r} stands {len(begins)} times and {END_MARK_SCHEME!r} {len(ends)} times"
        refuse(f"{what}, where one pair is needed", f"Write {shape} once")
    if not "".join(lines[: begins[0]]).strip():
        refuse("the question is empty", "Write it above the mark scheme")
    if not "".join(lines[begins[0] + 1 : ends[0]]).strip():
        refuse("the mark scheme is empty", "Write the model answer and the rubric")
    if "".join(lines[ends[0] + 1 :]).strip():
        refuse(f"text follows {END_MARK_SCHEME!r}", "Move it above the mark scheme or out of the region")


_CELL_RULES = {
    "text": _check_text,
    "code": _check_code,
    "figure": _check_code,
    "exercise": _check_exercise,
    "written": _check_written,
}


def _refuse_wrong_ids(path: Path, cells: Sequence[TextCell], kind: Kind, declared: Sequence[str]) -> None:
    found = Counter(cell.id for cell in cells if cell.kind == kind)
    for cell in cells:
        if cell.kind == kind and cell.id not in declared:
            near = difflib.get_close_matches(cell.id, declared, n=1)
            instead = f"Write {kind}={near[0]!r}" if near else f"Use one of {', '.join(declared) or 'none'}"
            what = f"assignment.toml has no {kind} {cell.id!r}"
            raise AuthorError(path, cell.where, what, f"{instead}, or add it there")
        if cell.kind == kind and found[cell.id] > 1:
            what = f"{found[cell.id]} cells bear the id {cell.id!r}"
            raise AuthorError(path, cell.where, what, "Keep one of them")
    for name in declared:
        if name not in found:
            what = f"assignment.toml has the {kind} {name!r}, but no cell bears it"
            instead = f'Write a cell with {kind}="{name}", or delete it there'
            raise AuthorError(path, f"{kind} {name!r}", what, instead)


def _refuse_missing_check(path: Path, cells: Sequence[TextCell]) -> None:
    for cell in cells:
        if cell.kind == "code" and _imports_check(parse_cell(path, cell)):
            return
        if cell.kind == "exercise":
            what = "no cell above the first exercise imports check, which the cell after it calls"
            instead = "Write 'from autograder import check' in the first code cell"
            raise AuthorError(path, cell.where, what, instead)


def _imports_check(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "autograder"
        and any((alias.asname or alias.name) == "check" for alias in node.names)
        for node in tree.body
    )
