"""What is told of an exception: all that helps, and nothing that a hidden input could hide in."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from autograder.assignment import Limits
from autograder.student.telling import Teller, limit_sentence

SOURCE = """
import numpy as np

class Affine:
    def __init__(self, W, b):
        self.W = W

    def backward(self, dout):
        if dout.ndim != 2:
            raise ValueError("dout must have two axes")
        return delf.x

def two(a, b):
    pass
"""
LIMITS = Limits(memory_mib=300, processes=7, file_mib=5)
HIDDEN = Teller([SOURCE], LIMITS, inputs_are_hidden=True)
PUBLIC = Teller([SOURCE], LIMITS, inputs_are_hidden=False)

MISTAKES = [
    "delf.x",
    "None.T",
    "two(1)",
    "two(1, 2, 3)",
    "two(c=1)",
    "Affine(1, 2).b",
    "Affine()",
    "x = 3; x()",
    "x = 3; x[0]",
    "len(3)",
    "iter(3)",
    "[1][4]",
    "{}['W']",
    "a, b = 1, 2, 3",
    "1 / 0",
    "None + 1.0",
    "np.ones(3) < None",
    "np.ones((3, 4)) @ np.ones((3, 4))",
    "np.dot(np.ones((3, 4)), np.ones((3, 4)))",
    "np.ones((3, 4)) + np.ones((5, 2))",
    "x = np.ones((3, 4)); x += np.ones((2, 3, 4))",
    "x = np.ones(3, int); x += 0.5",
    "np.zeros(3)[...] = 1; np.zeros(3)[:] = np.ones(4)",
    "np.ones((3, 4)).reshape(5, 5)",
    "np.ones((3, 4)).sum(axis=2)",
    "np.ones(3)[5]",
    "np.ones(3)[0, 1]",
    "np.ones(3)['a']",
    "np.vstack([np.ones(2), np.ones(3)])",
    "np.array([1, [2, 3]])",
    "bool(np.ones(3))",
    "int(np.ones(3))",
    "np.dott",
]
"""What students do, one line each."""


def raised(line):
    """Return the exception of a line."""
    names = {"np": np}
    with contextlib.suppress(SyntaxError):
        exec(SOURCE, names)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any
        exec(line, names)
    return caught.value


@pytest.mark.parametrize("line", MISTAKES)
def test_everyday_messages_are_told(line):
    """What Python and NumPy say about common mistakes is shown although the inputs are hidden."""
    error = raised(line)
    teller = Teller([SOURCE, line], LIMITS, inputs_are_hidden=True)
    told = teller.raised(type(error).__name__, str(error), "return delf.x", "backward(…)")
    assert (told.text, told.is_withheld) == (str(error).strip().replace(" 12 ", " … "), False)
    assert (told.type_name, told.line, told.doing) == (type(error).__name__, "return delf.x", "backward(…)")


def test_a_message_that_stands_in_the_notebook_is_told():
    """A student's own message is the student's own words."""
    assert HIDDEN.raised("ValueError", "dout must have two axes", "", "").text == "dout must have two axes"


def test_a_number_that_could_spell_an_input_is_not_told():
    """The inputs are whole multiples of 1/16, and one entry is a number of two digits at most."""
    shapes = "operands could not be broadcast together with shapes (5,28) (3,)"
    assert HIDDEN.raised("ValueError", shapes, "", "").text == shapes.replace("28", "…")
    own = Teller(['raise ValueError("it is 0.3125")'], LIMITS, inputs_are_hidden=True)
    assert own.raised("ValueError", "it is 0.3125", "", "").text == "it is …"
    assert PUBLIC.raised("ValueError", shapes, "", "").text == shapes


def test_a_message_that_stands_in_a_comment_is_not_told():
    """A table of all values that an input can have would let one choose among them."""
    teller = Teller(["# 0.0625 0.125 alpha beta\n"], LIMITS, inputs_are_hidden=True)
    for text in ("0.125", "alpha"):
        assert teller.raised("ValueError", text, "", "").is_withheld


def test_few_of_a_notebooks_classes_and_messages_are_told():
    """Each class and each message that a notebook could choose is worth bits."""
    cells = [f"class C{i}(Exception):\n    pass\nraise C{i}('message {chr(65 + i)}')" for i in range(20)]
    teller = Teller(cells, LIMITS, inputs_are_hidden=True)
    told = [teller.raised(f"C{i}", f"message {chr(65 + i)}", "", "") for i in range(20)]
    assert [each.type_name for each in told] == [f"C{i}" for i in range(16)] + ["Exception"] * 4
    assert [each.is_withheld for each in told] == [False] * 16 + [True] * 4


def test_an_exercise_tells_three_different_exceptions():
    """Numbers are told once, and a fourth exception is not told at all."""
    exercise = HIDDEN.for_exercise()
    first = exercise.raised(
        "ValueError", "shapes (5,3) and (4,4) not aligned: 3 (dim 1) != 4 (dim 0)", "", ""
    )
    again = exercise.raised(
        "ValueError", "shapes (7,5) and (9,9) not aligned: 5 (dim 1) != 9 (dim 0)", "", ""
    )
    assert "(5,3)" in first.text
    assert again.text == "shapes (…,…) and (…,…) not aligned: … (dim …) != … (dim …)"
    for name in ("KeyError", "IndexError", "TypeError", "ZeroDivisionError"):
        last = exercise.raised(name, "division by zero", "return delf.x", "")
    assert (last.type_name, last.text, last.line, last.is_withheld) == ("Exception", "", "", True)
    public = PUBLIC.for_exercise()
    for number in range(9):
        assert public.raised("ValueError", f"it is {number}.25", "", "").text == f"it is {number}.25"


@pytest.mark.parametrize(
    "text",
    [
        "[[0.5, -1.25], [2.0, 0.0625]]",
        "dout must have two axes: 0.5",
        "name 'x_0_5_1_25' is not defined",
        "'Affine' object has no attribute 'zqj'",
        "operands could not be broadcast together with shapes (12345,67890) (1,)",
        "index 123456 is out of bounds for axis 0 with size 3",
        "could not convert string to float: '0.5'",
        "two() got an unexpected keyword argument 'abcdefgh'",
        "x" * 10_000,
    ],
)
def test_other_messages_are_withheld(text):
    """A message that could hold anything holds a hidden input."""
    told = HIDDEN.raised("ValueError", text, "", "")
    assert (told.text, told.is_withheld) == ("", True)
    assert text[:200] in PUBLIC.raised("ValueError", text, "", "").text


def test_a_line_that_is_not_in_the_notebook_is_withheld():
    """Student code can rewrite what Python takes for its source."""
    assert HIDDEN.raised("NameError", "", "x = 0.5, -1.25", "").line == ""
    assert HIDDEN.raised("NameError", "", "return delf.x", "").line == "return delf.x"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Affine", "Affine"),
        ("generator", "generator"),
        ("float64", "float64"),
        ("ndarray of dtype object", "ndarray of dtype object"),
        ("ndarray of dtype <U7", "ndarray of dtype <U7"),
        ("x3FF80000BFF40000", "object"),
        ("two", "object"),
        ("ndarray of dtype [('secret', '<f8')]", "object"),
    ],
)
def test_type_names_are_told_if_they_are_known(name, told):
    """The name of a class can be made up while the hidden inputs are at hand."""
    assert HIDDEN.type_name(name) == told
    assert PUBLIC.type_name(name) == name


@pytest.mark.parametrize(
    ("type_name", "text", "sentence"),
    [
        ("MemoryError", "", "the memory limit is 300 MiB"),
        ("_ArrayMemoryError", "Unable to allocate 8. GiB", "the memory limit is 300 MiB"),
        ("OSError", "[Errno 28] No space left", "the limit for all files together is 64 MiB"),
        ("OSError", "[Errno 27] File too large", "the limit for one file is 5 MiB"),
        ("OSError", "[Errno 24] Too many open files", "the limit for open files is 128"),
        ("BlockingIOError", "[Errno 11] Resource", "the limit for processes and threads is 7"),
        ("RuntimeError", "can't start new thread", "the limit for processes and threads is 7"),
        ("ValueError", "shapes", ""),
    ],
)
def test_limits_are_named_with_their_values(type_name, text, sentence):
    """An exception that a limit causes says which one, hidden inputs or not."""
    assert limit_sentence(type_name, text, LIMITS) == sentence
    for teller in (HIDDEN, PUBLIC):
        assert sentence in teller.raised(type_name, text, "", "").text
