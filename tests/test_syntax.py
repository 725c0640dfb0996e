"""IPython's own syntax is found wherever IPython finds it, and looked for only in cells that may hold it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core import inputtransformer2
from IPython.core.async_helpers import _should_be_async
from IPython.core.inputtransformer2 import TransformerManager

from autograder.worker.syntax import SpecialSyntax, may_await

PLAIN = "ratio = 7 % 3 / 2\nif ratio != 1:\n    print(f'{ratio:.0%}, done!')\n"
SPECIAL = [
    "%time x = 1",
    "x = %time 1",
    "x = \\\n  %time 1",
    "!ls",
    "x =\t! ls",
    "    !ls",
    "if True:\n    !ls",
    "print?",
    "?print",
    "x = [1,\n2]\n/print x",
    ",print a b",
    ";print a b",
    "%%time\nx = 1",
    "\n\n>>> %time x",
    "In [1]: !ls",
]
PIECES = [
    *"x=%!?,;/()[]'#\n\r \t\\",
    "\\\n",
    "==",
    "!=",
    '"""',
    "time",
    "\x0c",
    "\x1c",
    "\u2028",
    "    ",
    ">>> ",
]
AWAITS = [
    "await x",
    "async with x: pass",
    "[y async for y in x]",
    "print(await x)",
    "async def f(): await x",
    "x = 'await'",
    "x = 1",
    "x = (",
]


def outcome(manager, cell):
    """Return what a cell becomes, or how it cannot be read."""
    try:
        return manager.transform_cell(cell)
    except (SyntaxError, RuntimeError, IndexError) as error:
        return type(error)


@pytest.mark.parametrize("cell", SPECIAL)
def test_special_syntax_is_found(cell):
    """Magics, commands and questions become the Python that IPython makes of them."""
    assert SpecialSyntax().transform_cell(cell) == TransformerManager().transform_cell(cell) != cell + "\n"


@pytest.mark.filterwarnings("ignore:`make_tokens_by_line`")  # IPython's, of line ends that Python has not
@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_every_cell_becomes_what_ipython_makes_of_it(cell):
    """Whatever stands in a cell, leaving out the search changes nothing."""
    assert outcome(SpecialSyntax(), cell) == outcome(TransformerManager(), cell)


def test_plain_python_is_not_split_into_tokens(monkeypatch):
    """A cell without a sign of anything special is taken as it is."""
    monkeypatch.setattr(inputtransformer2, "make_tokens_by_line", lambda _: pytest.fail("was split"))
    assert SpecialSyntax().transform_cell(PLAIN) == PLAIN


def test_a_transformation_that_somebody_added_sees_every_cell():
    """A library that brings a syntax of its own works as in JupyterLab."""

    class Added(inputtransformer2.EscapedCommand):
        @classmethod
        def find(cls, tokens_by_line):
            return cls(tokens_by_line[0][0].start) if tokens_by_line[0][0].string == "ratio" else None

        def transform(self, lines):
            return ["other" + lines[0].removeprefix("ratio"), *lines[1:]]

    manager = SpecialSyntax()
    manager.token_transformers.append(Added)
    assert manager.transform_cell(PLAIN).startswith("other = 7")


@pytest.mark.parametrize("cell", AWAITS)
def test_whatever_awaits_is_seen(cell):
    """No cell that IPython would run in an event loop is taken for one that awaits nothing."""
    assert may_await(cell) or not _should_be_async(cell)


def test_cells_that_await_nothing_are_not_asked():
    """Most cells have none of the words."""
    assert not may_await(PLAIN)
