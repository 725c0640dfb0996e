"""Stub and reference into one solution cell.

Comes in: a stub cell of the author's text and the reference (``solutions/<name>.py``). Goes out: the cell
as the instructor's notebook shows it. Where the stub raises ``NotImplementedError``, the body of the
function of the same name stands between nbgrader's solution marks; a cell without such a statement (code to
be repaired) is replaced whole by the reference's definitions of the same names. All is found in the syntax
tree, never by pattern.

A stub and its reference must agree in all that a student is given: signatures, other methods, first
statements.
"""

from __future__ import annotations

import ast
import copy
import difflib
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from autograder.authoring.text import TextCell, parse_python, read_utf8, refuse_marks
from autograder.errors import AuthorError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Reference:
    """A reference solution as text and tree."""

    path: Path
    source: str
    tree: ast.Module
    definitions: dict[str, Definition]
    """By qualified name, such as ``Affine.backward``."""


def parse_reference(path: Path) -> Reference:
    """Read a reference solution without running it.

    Raises
    ------
    AuthorError
        For the author: it is missing, is no Python, or holds marks that only `build` may write.
    """
    source = read_utf8(path, "Write the reference solution there, with the names and signatures of the stubs")
    refuse_marks(path, source)
    tree = parse_python(path, "", source)
    return Reference(path, source, tree, dict(definitions(tree.body)))


def definitions(body: Iterable[ast.stmt], prefix: str = "") -> Iterator[tuple[str, Definition]]:
    """Yield the functions and classes of a block and those of its classes, with their qualified names."""
    for node in body:
        if isinstance(node, Definition):
            yield prefix + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from definitions(node.body, f"{prefix}{node.name}.")


def weave(path: Path, cell: TextCell, reference: Reference) -> str:
    """Return the solution cell's source.

    Parameters
    ----------
    path : Path
        The author's text, for errors.
    cell : TextCell
        Its exercise cell: the stub.
    reference : Reference
        Where the bodies come from.

    Raises
    ------
    AuthorError
        For the author: stub and reference do not fit together.
    """
    return _Weaver(path, cell, reference).woven()


class _Weaver:
    def __init__(self, path: Path, cell: TextCell, reference: Reference) -> None:
        self.path, self.cell, self.reference = path, cell, reference
        self.tree = parse_python(path, cell.where, cell.source)
        self.stub = dict(definitions(self.tree.body))

    def woven(self) -> str:
        marked = [node for node in ast.walk(self.tree) if _is_mark(node)]
        if not marked:
            return self.whole()
        gaps = [
            (name, node, statement)
            for name, node in self.stub.items()
            if isinstance(node, Function)
            for statement in node.body
            if _is_mark(statement)
        ]
        if len(gaps) != len(marked):
            self.refuse(
                "raise NotImplementedError stands inside another statement or outside a function",
                "Make it a statement of the function's own body",
            )
        self.agree([name for name, _, _ in gaps])
        lines = self.cell.source.split("\n")
        for name, node, statement in reversed(gaps):
            first, last = statement.lineno - 1, _end(statement)
            lines[first:last] = self.region(name, node, statement)
        source = "\n".join(lines)
        self.prove(source, [name for name, _, _ in gaps])
        return source

    def region(self, name: str, node: Function, statement: ast.stmt) -> list[str]:
        """Return the lines that take the place of one stub's raise statement."""
        self.names_exercise(name, statement)
        position = node.body.index(statement)
        given = _without_docstring(node.body[:position])
        if node.body[position + 1 :]:
            what = f"{name} goes on after raise NotImplementedError"
            self.refuse(what, "Delete what follows, or move it above")
        other = self.reference.definitions[name]
        assert isinstance(other, Function)
        body = _without_docstring(other.body)
        if [ast.dump(part) for part in given] != [ast.dump(part) for part in body[: len(given)]]:
            self.refuse(
                f"{name} gives statements that the reference does not begin with",
                f"Write the same statements first in {self.reference.path.name}",
            )
        if not body[len(given) :]:
            self.refuse(f"the reference of {name} has no body", f"Write it in {self.reference.path.name}")
        indent = self.cell.source.split("\n")[statement.lineno - 1][: statement.col_offset]
        if indent.strip():
            self.refuse(f"the raise of {name} shares a line with other code", "Write it on a line of its own")
        text = self.body_text(name, other, len(given))
        return [indent + BEGIN, *textwrap.indent(text, indent).split("\n"), indent + END]

    def body_text(self, name: str, node: Function, given: int) -> str:
        """Return the reference's body, comments included, without its indentation."""
        before = len(node.body) - len(_without_docstring(node.body)) + given
        above = _end(node.body[before - 1]) if before else node.lineno
        lines = self.reference.source.split("\n")
        first = node.body[before]
        if first.lineno <= above or lines[first.lineno - 1][: first.col_offset].strip():
            what = f"the body of the reference's {name} shares a line with what stands before it"
            self.refuse(what, "Begin it on a line of its own")
        start = first.lineno - 1
        while start > above and _is_comment(lines[start - 1]):
            start -= 1
        return textwrap.dedent("\n".join(lines[start : _end(node)])).strip("\n")

    def whole(self) -> str:
        """Return the reference's definitions of the names that the cell defines."""
        names = [node.name for node in self.tree.body if isinstance(node, Definition)]
        if not names or len(names) != len(_without_docstring(self.tree.body)):
            self.refuse(
                "the cell has no raise NotImplementedError and is not made of functions and classes alone",
                f'Put raise NotImplementedError("{self.cell.id}: ...") where the solution goes',
            )
        lines = self.reference.source.split("\n")
        parts = []
        for name in names:
            node = self.find(name)
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            parts.append("\n".join(lines[first - 1 : _end(node)]))
        source = "\n".join([BEGIN, "\n\n\n".join(parts), END])
        if [_shape(self.find(name)) for name in names] == [_shape(self.stub[name]) for name in names]:
            self.refuse("the cell is already the reference's solution", "Leave a fault in it, or a stub")
        return source

    def agree(self, gaps: list[str]) -> None:
        """Refuse whatever a student is given but the reference does differently."""
        for name in gaps:
            self.same_signature(self.stub[name], self.find(name))
        for name, node in self.stub.items():
            if name in gaps:
                continue
            if isinstance(node, ast.ClassDef) and any(gap.startswith(f"{name}.") for gap in gaps):
                self.same_class(name, node)
            elif name in self.reference.definitions and _shape(node) != _shape(self.find(name)):
                self.refuse(f"{name} is given, but the reference's {name} differs", "Make both the same")

    def same_class(self, name: str, node: ast.ClassDef) -> None:
        other = self.find(name)
        if not isinstance(other, ast.ClassDef) or _header(node) != _header(other):
            self.refuse(f"class {name} is declared differently in the reference", "Make both the same")
        mine, theirs = ({n for n, _ in definitions(part.body)} for part in (node, other))
        for extra in sorted(theirs - mine):
            what = f"the reference's {name} has {extra!r}, which the stub lacks"
            self.refuse(what, "Give it in the stub, or do without it")
        if _other_statements(node) != _other_statements(other):
            self.refuse(f"class {name} gives other attributes than the reference's", "Make both the same")

    def same_signature(self, node: Definition, other: Definition) -> None:
        here, there = _header(node), _header(other)
        if here != there:
            self.refuse(
                f"the stub has '{here}', the reference {self.reference.path.name} has '{there}'",
                "Write the same signature in both",
            )

    def names_exercise(self, name: str, statement: ast.stmt) -> None:
        constants = [node.value for node in ast.walk(statement) if isinstance(node, ast.Constant)]
        if not any(isinstance(value, str) and self.cell.id in value for value in constants):
            self.refuse(
                f"the NotImplementedError of {name} does not name the exercise",
                f'Write raise NotImplementedError("{self.cell.id}: ...")',
            )

    def find(self, name: str) -> Definition:
        known = self.reference.definitions
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            instead = f"Rename {near[0]!r} there" if near else "Write it there"
            self.refuse(f"{name!r} is missing in {self.reference.path}", instead)
        return known[name]

    def prove(self, source: str, names: list[str]) -> None:
        """Check that re-indenting changed no string: the woven functions are those of the reference."""
        woven = dict(definitions(parse_python(self.path, self.cell.where, source).body))
        for name in names:
            if _shape(woven[name]) != _shape(self.reference.definitions[name]):
                self.refuse(
                    f"the body of {name} changes its meaning when indented as the stub is",
                    "Indent stub and reference alike, and use no string that spans lines",
                )

    def refuse(self, what: str, instead: str) -> NoReturn:
        raise AuthorError(self.path, self.cell.where, what, instead)


def _is_mark(node: ast.AST) -> bool:
    if not isinstance(node, ast.Raise):
        return False
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _end(node: ast.stmt) -> int:
    assert node.end_lineno is not None  # every parsed node has one
    return node.end_lineno


def _is_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        return body[1:]
    return body


class _Bare(ast.NodeTransformer):
    """Leaves out what does not change what a definition does: docstrings and annotations."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.visit_ClassDef(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        node.returns = None
        return self.visit_ClassDef(node)

    def visit_ClassDef(self, node: Definition) -> ast.AST:
        node.body = _without_docstring(node.body) or [ast.Pass()]
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node


def _shape(node: Definition) -> str:
    return ast.dump(_Bare().visit(copy.deepcopy(node)))


def _header(node: Definition) -> str:
    bare = _Bare().visit(copy.deepcopy(node))
    bare.body = [ast.Pass()]
    return ast.unparse(bare).rsplit(":", 1)[0]


def _other_statements(node: ast.ClassDef) -> list[str]:
    return [ast.dump(part) for part in _without_docstring(node.body) if not isinstance(part, Definition)]
