"""Systematic small faults in a right answer: what every suite has to notice.

The solution cell as `build` weaves it goes in, changed copies of it come out, one fault each, only in the
code that a student writes. General mutation tools (mutmut, cosmic-ray, mutatest) change operators and
constants of Python; the faults of this field are forgotten transposes, other axes, kept dimensions, swapped
factors, a neighbour's name, a new array where the old one has to change. Those are a page of `ast`.
"""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.authoring.weave import definitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Function = ast.FunctionDef | ast.AsyncFunctionDef
    Change = Sequence[tuple[ast.AST, ast.AST | list[ast.stmt]]]
    """Nodes and what takes their place."""

_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
}
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_FUNCTIONS = {
    "sum": ("mean", "max", "prod"),
    "mean": ("sum",),
    "max": ("min",),
    "maximum": ("minimum",),
    "dot": ("multiply",),
    "matmul": ("multiply",),
    "zeros_like": ("ones_like",),
    "zeros": ("ones",),
    "ones_like": ("zeros_like",),
    "sqrt": ("square", "abs"),
    "exp": ("log",),
    "log": ("exp",),
}
"""NumPy's functions and those that they are taken for."""


@dataclass(frozen=True)
class Mutant:
    """A right answer with one fault.

    Parameters
    ----------
    name : str
        The function, the statement as it was and as it is: ``backward: dx = … → dx = …``.
    statement : str
        The function and the statement as it was.
    code : str
        The solution cell.
    """

    name: str
    statement: str
    code: str


def mutants(solution: str, stub: str) -> list[Mutant]:
    """Return all mutants of a solution cell, each once.

    Parameters
    ----------
    solution : str
        The solution cell, solved.
    stub : str
        The same cell as a student receives it: what stands there unchanged is given and left alone.
    """
    tree = ast.parse(solution)
    given = {name: _body(node) for name, node in definitions(ast.parse(stub).body)}
    found: dict[str, Mutant] = {}
    original = ast.unparse(tree)
    for name, node in definitions(tree.body):
        if isinstance(node, ast.ClassDef) or _body(node) == given.get(name):
            continue
        short = name.rpartition(".")[2]
        for statement, change in _Changes(node).of_function():
            code = ast.unparse(_changed(tree, change))
            if code != original and code not in found:
                touched = [old for old, _ in change if isinstance(old, ast.stmt)]
                part = ast.Module(touched if len(touched) > 1 else [statement], [])
                what = _difference(_lines(part), _lines(_changed(part, change)))
                found[code] = Mutant(f"{short}: {what}", f"{short}: {_lines(statement)[0]}", code)
    return list(found.values())


def _body(node: ast.AST) -> str:
    body: list[ast.stmt] = getattr(node, "body", [])
    return "\n".join(ast.dump(statement) for statement in body if not _is_docstring(statement))


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _lines(node: ast.AST) -> list[str]:
    return [line.strip() for line in ast.unparse(node).splitlines() if line.strip()]


def _difference(before: list[str], after: list[str]) -> str:
    """Return two statements on one line; of compound ones only the heads, if only these differ."""
    if before[1:] == after[1:] and len(before) > 1 and before[0].endswith(":"):
        return f"{before[0]} … → {after[0]} …"
    return f"{' ; '.join(before)} → {' ; '.join(after)}"


# ----- applying a change -----


def _changed(tree: ast.Module, change: Change) -> ast.Module:
    """Return a copy of a tree in which some nodes, found by identity, are others."""
    memo: dict[int, Any] = {id(old): _Marker(new) for old, new in change}
    changed: ast.Module = _Replace().visit(copy.deepcopy(tree, memo))
    return ast.fix_missing_locations(changed)


class _Marker(ast.AST):
    """Stands where a changed node was."""

    def __init__(self, new: ast.AST | list[ast.stmt]) -> None:
        self.new = new


class _Replace(ast.NodeTransformer):
    def visit__Marker(self, node: _Marker) -> Any:  # noqa: ANN401 - a node or a list of them
        return copy.deepcopy(node.new)


# ----- all changes -----


class _Changes:
    """The changes of one function, each with the statement that it changes."""

    def __init__(self, function: Function) -> None:
        self.function = function
        nodes = list(ast.walk(function))
        names = {node.id for node in nodes if isinstance(node, ast.Name)}
        names |= {argument.arg for argument in function.args.args}
        self.names = sorted(names - {"self", "np"})
        self.attributes = sorted({node.attr for node in nodes if _is_of_self(node)})  # type: ignore[attr-defined]

    def of_function(self) -> Iterator[tuple[ast.stmt, Change]]:
        for block in _blocks(self.function):
            for index, statement in enumerate(block):
                if not _is_docstring(statement):
                    for change in self.of_statement(statement, block[index + 1 :]):
                        yield statement, change

    def of_statement(self, statement: ast.stmt, following: Sequence[ast.stmt]) -> Iterator[Change]:
        yield [(statement, ast.Pass())]
        yield from _call(_STATEMENTS, statement)
        if following:
            yield [(statement, following[0]), (following[0], statement)]
        for node in _own_nodes(statement):
            yield from self.of_names(node)
            yield from _call(_EXPRESSIONS, node)

    def of_names(self, node: ast.AST) -> Iterator[Change]:
        """Yield each name in scope in the place of another one."""
        if isinstance(node, ast.Attribute) and _is_of_self(node):
            for name in self.attributes:
                yield [(node, ast.Attribute(node.value, name, node.ctx))]
        elif isinstance(node, ast.Name) and node.id in self.names and isinstance(node.ctx, ast.Load):
            for name in self.names:
                yield [(node, ast.Name(name, node.ctx))]


def _is_of_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def _call(table: dict[type[Any], Any], node: ast.AST) -> Iterable[Change]:
    rule = table.get(type(node))
    changes: Iterable[Change] = rule(node) if rule else ()
    return changes


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for child in ast.walk(node):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(child, field, None)
            if isinstance(block, list) and block:
                yield block


def _own_nodes(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the nodes of a statement, without those of the statements within it."""
    todo: list[ast.AST] = [statement]
    while todo:
        node = todo.pop(0)
        yield node
        todo += [child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.stmt)]


# ----- statements -----


def _aug_assign(node: ast.AugAssign) -> Iterator[Change]:
    """Another operator; the new value alone; a new array in the place of the changed one."""
    for other in _OPERATORS.get(type(node.op), ()):
        yield [(node, ast.AugAssign(node.target, other(), node.value))]
    yield [(node, ast.Assign([node.target], node.value))]
    yield [(node, ast.Assign([node.target], ast.BinOp(_loaded(node.target), node.op, node.value)))]


def _assign(node: ast.Assign) -> Iterator[Change]:
    """Yield the negative value; adding up instead of assigning; the value computed for nobody."""
    (target, *_) = node.targets
    yield [(node.value, ast.UnaryOp(ast.USub(), node.value))]
    yield [(node, ast.Expr(node.value))]
    if isinstance(target, ast.Name | ast.Attribute | ast.Subscript):
        yield [(node, ast.AugAssign(target, ast.Add(), node.value))]


def _return(node: ast.Return) -> Iterator[Change]:
    if node.value is not None:
        yield [(node.value, ast.UnaryOp(ast.USub(), node.value))]
        yield [(node, ast.Expr(node.value))]


def _if(node: ast.If) -> Iterator[Change]:
    yield [(node.test, ast.Constant(True))]
    yield [(node.test, ast.Constant(False))]


def _for(node: ast.For) -> Iterator[Change]:
    """One element too few, at either end; an end after the first; the last statement outside of the loop."""
    last = ast.UnaryOp(ast.USub(), ast.Constant(1))
    for part in (ast.Slice(lower=ast.Constant(1)), ast.Slice(upper=last)):
        yield [(node.iter, _part(node.iter, part))]
    yield [(node.body[-1], [node.body[-1], ast.Break()])]
    if len(node.body) > 1:
        yield [(node, [ast.For(node.target, node.iter, node.body[:-1], node.orelse), node.body[-1]])]


def _part(sequence: ast.expr, part: ast.Slice) -> ast.expr:
    return ast.Subscript(ast.Call(ast.Name("list", ast.Load()), [sequence], []), part, ast.Load())


def _loaded(target: ast.expr) -> ast.expr:
    node = copy.deepcopy(target)
    for child in ast.walk(node):
        if hasattr(child, "ctx"):
            child.ctx = ast.Load()
    return node


_STATEMENTS = {
    ast.AugAssign: _aug_assign,
    ast.Assign: _assign,
    ast.Return: _return,
    ast.If: _if,
    ast.For: _for,
}


# ----- expressions -----


def _binary(node: ast.BinOp) -> Iterator[Change]:
    for other in _OPERATORS.get(type(node.op), ()):
        yield [(node, ast.BinOp(node.left, other(), node.right))]
    if not isinstance(node.op, ast.Add | ast.Mult):
        yield [(node, ast.BinOp(node.right, node.op, node.left))]
    yield [(node, node.left)]
    yield [(node, node.right)]


def _unary(node: ast.UnaryOp) -> Iterator[Change]:
    yield [(node, node.operand)]


def _compare(node: ast.Compare) -> Iterator[Change]:
    operator, *others = node.ops
    if type(operator) in _COMPARISONS and not others:
        yield [(node, ast.Compare(node.left, [_COMPARISONS[type(operator)]()], node.comparators))]


def _constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return
    others = (value + 1, value - 1) if isinstance(value, int) else (value * 10, value / 10, 0.0, -value)
    for other in others:
        yield [(node, ast.Constant(other))]


def _attribute(node: ast.Attribute) -> Iterator[Change]:
    if node.attr == "T":
        yield [(node, node.value)]


def _function_call(node: ast.Call) -> Iterator[Change]:
    """Arguments in another order, transposed or left out; other functions; axes kept."""
    arguments, keywords, name = node.args, node.keywords, getattr(node.func, "attr", "")
    if len(arguments) == 2:  # noqa: PLR2004 - the other order of two
        yield [(node, ast.Call(node.func, arguments[::-1], keywords))]
    for argument in arguments:
        if not (isinstance(argument, ast.Attribute) and argument.attr == "T"):
            yield [(argument, ast.Attribute(argument, "T", ast.Load()))]
    for keyword in keywords:
        yield [(node, ast.Call(node.func, arguments, [other for other in keywords if other is not keyword]))]
    if any(keyword.arg == "axis" for keyword in keywords):
        kept = ast.keyword("keepdims", ast.Constant(True))
        yield [(node, ast.Call(node.func, arguments, [*keywords, kept]))]
    if isinstance(node.func, ast.Attribute):
        for other in _FUNCTIONS.get(name, ()):
            yield [(node.func, ast.Attribute(node.func.value, other, ast.Load()))]
    if len(arguments) == 1 and not keywords:
        yield [(node, arguments[0])]


def _comprehension(node: ast.comprehension) -> Iterator[Change]:
    yield [(node.iter, _part(node.iter, ast.Slice(upper=ast.Constant(1))))]


_EXPRESSIONS = {
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.Constant: _constant,
    ast.Attribute: _attribute,
    ast.Call: _function_call,
    ast.comprehension: _comprehension,
}
