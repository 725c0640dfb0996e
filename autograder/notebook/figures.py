"""Figure cells: given code that draws for the student's eyes and does nothing else.

An author marks such a cell with the tag ``figure``. Grading shows its pictures as they were saved with the
notebook and does not run it, since no score depends on it and drawing takes longer than all the rest. It is
run all the same as soon as some cell that is run reads a name that it defines.
"""

from __future__ import annotations

import ast
import functools
import itertools
import re
import symtable
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from nbformat import NotebookNode

FIGURE = "figure"
"""The tag, in a cell's ``metadata.tags``."""

_GET_AT_ALL = {"__import__", "dir", "eval", "exec", "get_ipython", "globals", "locals", "vars"}
"""What gets at names that it does not spell out."""
_MAX_CHARACTERS = 2**15
"""Of a cell that is looked into: it is kept, and a figure cell more that is run does no harm."""
_SETTING = re.compile(r"^%(matplotlib|config|load_ext)\b.*", re.MULTILINE)
"""The line magics with which notebooks begin; any other may read names."""


def is_figure(cell: NotebookNode) -> bool:
    """Whether a cell of a repaired notebook, or of an author's, only draws."""
    return cell.cell_type == "code" and FIGURE in cell.metadata.get("tags", ())


def idle(cells: Sequence[str], figures: Collection[int]) -> list[int]:
    """Return the figure cells that nobody misses.

    Parameters
    ----------
    cells : sequence of str
        The sources of a notebook's code cells.
    figures : collection of int
        The indices of the figure cells.

    Returns
    -------
    list of int
        Those among them that define no name which another cell reads; cells that are not run read nothing.
    """
    left = sorted(figures)
    while missed := [index for index in left if _is_read(cells, index, left)]:
        left = [index for index in left if index not in missed]
    return left


def _is_read(cells: Sequence[str], index: int, left: Sequence[int]) -> bool:
    figure = names(cells[index])
    others = (names(source) for place, source in enumerate(cells) if place not in left)
    return figure.is_opaque or any(
        other.is_opaque or not figure.defined.isdisjoint(other.read) for other in others
    )


@dataclass(frozen=True)
class Names:
    """The names of the notebook that a cell has to do with."""

    defined: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    """Those that it may find as another cell left them."""
    is_opaque: bool = False
    """Whether it may read and define any name: it is no plain Python, or gets at names by other ways."""


@functools.lru_cache(maxsize=512)  # most cells of a class are those that were given
def names(source: str) -> Names:
    """Return the names that a cell defines and reads; in doubt it reads them."""
    if len(source) > _MAX_CHARACTERS:
        return Names(is_opaque=True)
    source = _SETTING.sub("", source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they are for whoever runs the cell
            # the table first: its maker refuses what is nested too deeply, for whatever walks over it
            table, tree = symtable.symtable(source, "cell", "exec"), ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # magics, or no Python at all
        return Names(is_opaque=True)
    defined, now, later = set(), _touched(tree), set()
    for symbol in table.get_symbols():
        if symbol.is_assigned() or symbol.is_imported():
            defined.add(symbol.get_name())
        if symbol.is_referenced():
            now.add(symbol.get_name())
    for symbol in _symbols_within(table):
        if symbol.is_declared_global():
            defined.add(symbol.get_name())
        if symbol.is_global() and symbol.is_referenced():
            later.add(symbol.get_name())  # when it is called, after other cells perhaps
    read = frozenset(later | (now & _asks(tree.body, set())))
    return Names(frozenset(defined), read, is_opaque=_imports_all(tree) or not read.isdisjoint(_GET_AT_ALL))


def _imports_all(tree: ast.Module) -> bool:
    """Whether ``from module import *`` binds nobody knows what; it can stand outside of functions only."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return any(alias.name == "*" for node in imports for alias in node.names)


def _symbols_within(table: symtable.SymbolTable) -> Iterator[symtable.Symbol]:
    for scope in table.get_children():
        yield from scope.get_symbols()
        yield from _symbols_within(scope)


def _touched(tree: ast.AST) -> set[str]:
    """Return the names in ``name += ...`` and ``del name``, which need them without asking for them."""
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.AugAssign | ast.Delete)]
    targets = [node.targets if isinstance(node, ast.Delete) else [node.target] for node in statements]
    return {target.id for target in itertools.chain(*targets) if isinstance(target, ast.Name)}


def _asks(body: Sequence[ast.stmt], known: AbstractSet[str]) -> set[str]:
    """Return the names that statements ask for before they bind them; a condition binds none for certain."""
    asks: set[str] = set()
    known = set(known)
    for statement in body:
        before, bound = _bindings(statement)
        asks.update(*(_asked(part) - known for part in before))
        known |= bound
        if isinstance(statement, ast.For | ast.With):
            asks |= _asks(statement.body, known)
        else:
            asks |= _asked(statement) - known
        asks.update(*(_asked(part) - known for part in getattr(statement, "orelse", ())))
    return asks


def _bindings(statement: ast.stmt) -> tuple[Sequence[ast.AST], set[str]]:
    """Return what a statement looks at before it binds names, and these names."""
    before: Sequence[ast.AST] = []
    bound: set[str] = set()
    match statement:
        case ast.Assign(targets=targets):
            before, bound = [statement], _targets(*targets)
        case ast.AnnAssign(target=target, value=ast.expr()):
            before, bound = [statement], _targets(target)
        case ast.For(target=target, iter=iterable):
            before, bound = [iterable], _targets(target)
        case ast.With(items=items):
            before = [item.context_expr for item in items]
            bound = _targets(*(item.optional_vars for item in items if item.optional_vars))
        case ast.FunctionDef(name=name, args=args) | ast.AsyncFunctionDef(name=name, args=args):
            before, bound = [args, *statement.decorator_list], {name}
        case ast.ClassDef(name=name, bases=bases, keywords=keywords):
            before, bound = [*bases, *keywords, *statement.decorator_list], {name}
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            bound = {(alias.asname or alias.name).split(".")[0] for alias in aliases}
    return before, bound


def _targets(*targets: ast.expr) -> set[str]:
    nodes = (node for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))
    return {node.id for node in nodes if isinstance(node.ctx, ast.Store)}


def _asked(tree: ast.AST) -> set[str]:
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return {node.id for node in nodes if not isinstance(node.ctx, ast.Store)} | _touched(tree)
