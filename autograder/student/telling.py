"""What is told of an exception in a worker: limits by name and value, and no hidden input.

Comes in: the type, message and source line of an exception, each of them chosen by student code, which has
seen the inputs of a test by then. Goes out: a `StudentRaised` for a student to read. Where the inputs are
hidden, no text of the worker's own making passes: a line must stand in the notebook, a type must be Python's,
NumPy's or a class of the notebook, and a message must be one that the notebook raises or one of those that
Python and NumPy give for everyday mistakes, with names from the notebook and numbers of one digit. Of an
exercise's exceptions three different ones are told, with their numbers once. What an attacker can still
choose is which of these to send, a few bits for each test.
"""

from __future__ import annotations

import builtins
import functools
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from autograder.student import StudentRaised
from autograder.walls import SCRATCH_BYTES
from autograder.worker.limits import OPEN_FILES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.assignment import Limits

_WORD = re.compile(r"[^\W\d]\w*")
_MAX_MESSAGE = 300
_CLASS = re.compile(r"^[ \t]*class[ \t]+([^\W\d]\w*)", re.MULTILINE)
_RAISING = re.compile(r"^[ \t]*(?:raise|assert)\b[^\n]*(?:(?<=\()\n[^\n]*)?", re.MULTILINE)
"""A statement with its first line, and the second where a parenthesis is open."""
_LITERAL = re.compile(r"([\"'])([^\"'\n]+)\1")

MAX_OWN = 16
"""Classes and messages of a notebook that are told, the first ones: to choose among them is worth 4 bits."""
MAX_DIFFERENT = 3
"""Exceptions that an exercise tells. Honest code fails in one way, or in two; and nobody reads a tenth."""

_NUMPY_ERRORS = {
    *("AxisError", "DTypePromotionError", "LinAlgError", "UFuncTypeError", "UFuncNoLoopError"),
    *("_ArrayMemoryError", "_UFuncBinaryResolutionError", "_UFuncInputCastingError", "_UFuncNoLoopError"),
    *("_UFuncOutputCastingError", "TimeLimit"),
}
_TYPE_WORDS = {
    *(
        "NoneType",
        "same_kind",
        "safe",
        "function",
        "method",
        "module",
        "generator",
        "coroutine",
        "mappingproxy",
        "ndarray",
    ),
    *("builtin_function_or_method", "method_descriptor", "numpy", "dict_keys", "dict_values", "dict_items"),
}
_ARRAY_TYPE = re.compile(
    r"ndarray of dtype (object|longdouble|clongdouble|float128|complex256|[<>|=]?[USV]\d{1,2})"
)


@dataclass(frozen=True)
class Teller:
    """Tells of one notebook's exceptions.

    Parameters
    ----------
    sources : sequence of str
        The notebook's code cells, as submitted.
    limits : Limits
        What the notebook may use.
    inputs_are_hidden : bool
        Whether what its functions are called with must not come out again.
    """

    sources: Sequence[str]
    limits: Limits
    inputs_are_hidden: bool

    def for_exercise(self) -> ExerciseTeller:
        """Return who tells of the exceptions of one exercise's tests."""
        return ExerciseTeller(self)

    def raised(self, type_name: str, text: str, line: str, doing: str) -> StudentRaised:
        """Return the verdict about an exception that student code raised."""
        limit = limit_sentence(type_name, text, self.limits)
        if not self.inputs_are_hidden:
            told = f"{text[:_MAX_MESSAGE]} ({limit})".strip() if limit else text
            return StudentRaised(type_name[:200], told[:2000], line[:200], doing)
        is_told = bool(limit) or self._is_known_message(text)
        return StudentRaised(
            self.type_name(type_name, "Exception"),
            limit or (_LARGE_NUMBER.sub("…", text.strip()) if is_told else ""),
            line if line.strip() in self._lines else "",
            doing,
            is_withheld=not is_told,
        )

    def type_name(self, name: str, instead: str = "object") -> str:
        """Return the name of a type, or another word for one that the notebook does not name."""
        if not self.inputs_are_hidden:
            return name[:200]
        is_known = name in _python_words() or name in self._classes or _ARRAY_TYPE.fullmatch(name)
        return name if is_known else instead

    def _is_known_message(self, text: str) -> bool:
        text = text.strip()
        if len(text) > _MAX_MESSAGE:
            return False
        return not text or text in self._messages or _skeleton(text, self._words) in _EVERYDAY

    @functools.cached_property
    def _written(self) -> str:
        return "\n".join(self.sources)

    @functools.cached_property
    def _lines(self) -> frozenset[str]:
        return frozenset(line.strip()[:200].strip() for line in self._written.splitlines())

    @functools.cached_property
    def _classes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_CLASS.findall(self._written)))[:MAX_OWN]

    @functools.cached_property
    def _messages(self) -> tuple[str, ...]:
        raising = (statement[0] for statement in _RAISING.finditer(self._written))
        found = (literal[2].strip() for each in raising for literal in _LITERAL.finditer(each))
        return tuple(itertools.islice(dict.fromkeys(found), MAX_OWN))

    @functools.cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._written)) | _python_words()


class ExerciseTeller:
    """Tells of the exceptions of one exercise's tests: no more than a few different ones.

    Sixty tests that each tell another exception would be sixty messages to whoever wrote the code.
    """

    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self.told: set[tuple[str, str, str]] = set()

    def type_name(self, name: str) -> str:
        """Return the name of a type that a suite met."""
        return self.teller.type_name(name)

    def raised(self, type_name: str, text: str, line: str, doing: str) -> StudentRaised:
        """Return the verdict about an exception; what has been told before is told without its numbers."""
        raised = self.teller.raised(type_name, text, line, doing)
        if not self.teller.inputs_are_hidden or limit_sentence(type_name, text, self.teller.limits):
            return raised
        without_numbers = _ANY_NUMBER.sub("…", raised.text)
        kind = raised.type_name, without_numbers, raised.line
        if kind in self.told:
            return StudentRaised(*kind, doing, is_withheld=raised.is_withheld)
        if len(self.told) == MAX_DIFFERENT:
            return StudentRaised("Exception", "", "", doing, is_withheld=True)
        self.told.add(kind)
        return raised


@functools.cache
def _python_words() -> frozenset[str]:
    ufuncs = {name for name, value in vars(np).items() if isinstance(value, np.ufunc)}
    return frozenset(
        {*dir(builtins), *dir(np.ndarray), *np.sctypeDict, *_NUMPY_ERRORS, *_TYPE_WORDS} | ufuncs
    )


# ----- limits -----


def limit_sentence(type_name: str, text: str, limits: Limits) -> str:
    """Return which limit an exception comes from, with its value; empty if none is known."""
    if type_name in {"MemoryError", "_ArrayMemoryError"}:
        return f"the memory limit is {limits.memory_mib:g} MiB"
    for beginning, sentence in (
        ("[Errno 12]", f"the memory limit is {limits.memory_mib:g} MiB"),
        ("[Errno 28]", f"the limit for all files together is {SCRATCH_BYTES >> 20} MiB"),
        ("[Errno 27]", f"the limit for one file is {limits.file_mib:g} MiB"),
        ("[Errno 24]", f"the limit for open files is {OPEN_FILES}"),
        ("[Errno 11]", f"the limit for processes and threads is {limits.processes:g}"),
        ("can't start new thread", f"the limit for processes and threads is {limits.processes:g}"),
    ):
        if text.startswith(beginning):
            return sentence
    return ""


# ----- messages -----

_QUOTED = re.compile(r"'([^\W\d][\w.]*)'")
_CALLED = re.compile(r"(?<![\w.])([^\W\d][\w.<>]*)\(\)")
_SHAPE = re.compile(r"\(\d{1,4}(?:, ?\d{1,4}){0,3},?\)|(?<= )\(\)")
_NUMBER = re.compile(r"(?<![\w.-])\d{1,4}(?![\w.])")
_ANY_NUMBER = re.compile(r"(?<!\w)\d+(?:\.\d+)?")
_LARGE_NUMBER = re.compile(r"(?<!\w)(?:\d{2,}(?:\.\d+)?|\d\.\d+)")
"""Of more than one digit: it could spell an input."""


def _skeleton(text: str, words: frozenset[str]) -> str:
    """Return a message without the names, shapes and small numbers that it may hold."""

    def is_known(name: str) -> bool:
        return all(part in words for part in name.replace("<locals>", "locals").split("."))

    text = _QUOTED.sub(lambda found: "'_'" if is_known(found[1]) else found[0], text)
    text = _CALLED.sub(lambda found: "_()" if is_known(found[1]) else found[0], text)
    return _NUMBER.sub("#", _SHAPE.sub("(#)", text))


_EVERYDAY = frozenset(
    """\
name '_' is not defined
cannot access local variable '_' where it is not associated with a value
cannot access free variable '_' where it is not associated with a value in enclosing scope
'_' object has no attribute '_'
type object '_' has no attribute '_'
module '_' has no attribute '_'
'_' object is not callable
'_' object is not iterable
'_' object is not subscriptable
'_' object does not support item assignment
'_' object cannot be interpreted as an integer
object of type '_' has no _()
cannot unpack non-iterable int object
cannot unpack non-iterable float object
cannot unpack non-iterable NoneType object
cannot unpack non-iterable numpy.float64 object
too many values to unpack (expected #)
too many values to unpack (expected #, got #)
not enough values to unpack (expected #, got #)
_() missing # required positional argument: '_'
_() missing # required positional arguments: '_' and '_'
_() missing # required positional arguments: '_', '_', and '_'
_() missing # required keyword-only argument: '_'
_() takes no arguments
_() takes # positional argument but # were given
_() takes # positional arguments but # was given
_() takes # positional arguments but # were given
_() got an unexpected keyword argument '_'
_() got multiple values for argument '_'
_() cannot be used in a graded notebook: nobody is there to answer
_() argument must be a string or a real number, not '_'
can't multiply sequence by non-int of type '_'
unhashable type: '_'
bad operand type for unary -: '_'
could not convert string to float: '_'
list.remove(x): x not in list
list index out of range
tuple index out of range
list indices must be integers or slices, not str
list indices must be integers or slices, not tuple
list indices must be integers or slices, not float
tuple indices must be integers or slices, not str
string indices must be integers, not '_'
pop from empty list
division by zero
float division by zero
integer division or modulo by zero
math domain error
maximum recursion depth exceeded
maximum recursion depth exceeded in comparison
maximum recursion depth exceeded while calling a Python object
_(): no arguments
dictionary changed size during iteration
dictionary keys changed during iteration
'_' must be an array
assignment destination is read-only
output array is read-only
only size-# arrays can be converted to Python scalars
only length-# arrays can be converted to Python scalars
only #-dimensional arrays can be converted to Python scalars
only integer scalar arrays can be converted to a scalar index
operands could not be broadcast together with shapes (#) (#)
operands could not be broadcast together with shapes (#) (#) (#)
operands could not be broadcast together with remapped shapes
  [original->remapped]: (#)  and requested shape (#)
non-broadcastable output operand with shape (#) doesn't match the broadcast shape (#)
could not broadcast input array from shape (#) into shape (#)
shapes (#) and (#) not aligned: # (dim #) != # (dim #)
shape-mismatch for sum
cannot reshape array of size # into shape (#)
axes don't match array
axis # is out of bounds for array of dimension #
duplicate value in '_'
index # is out of bounds for axis # with size #
too many indices for array: array is #-dimensional, but # were indexed
setting an array element with a sequence.
all input arrays must have the same shape
The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()
The truth value of an array with more than one element is ambiguous. Use _() or _()
Singular matrix
the result cannot be examined: nested too deeply
the result cannot be examined: maximum recursion depth exceeded
the result cannot be examined: maximum recursion depth exceeded while calling a Python object
unsupported operand type(s) for ** or _(): '_' and '_'
unsupported operand type(s) for **=: '_' and '_'
matmul: Input operand # has a mismatch in its core dimension #,
  with gufunc signature (n?,k),(k,m?)->(n?,m?) (size # is different from #)
matmul: Input operand # does not have enough dimensions
  (has #, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires #)
all the input array dimensions except for the concatenation axis must match exactly,
  but along dimension #, the array at index # has size # and the array at index # has size #
setting an array element with a sequence. The requested array has an inhomogeneous shape
  after # dimensions. The detected shape was (#) + inhomogeneous part.
only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`)
  and integer or boolean arrays are valid indices
Cannot cast ufunc '_' output from dtype('_') to dtype('_') with casting rule '_'
Cannot cast ufunc '_' input # from dtype('_') to dtype('_') with casting rule '_'
numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator,
  or the logical_xor function instead.
loop of ufunc does not support argument # of type dict which has no callable sqrt method
loop of ufunc does not support argument # of type NoneType which has no callable sqrt method
'_'
""".replace("\n  ", " ").splitlines()
) | {
    *(
        f"unsupported operand type(s) for {sign}: '_' and '_'"
        for sign in ("+", "-", "*", "/", "//", "%", "@")
    ),
    *(
        f"unsupported operand type(s) for {sign}=: '_' and '_'"
        for sign in ("+", "-", "*", "/", "//", "%", "@")
    ),
    *(f"'{sign}' not supported between instances of '_' and '_'" for sign in ("<", ">", "<=", ">=")),
}
"""What `_skeleton` makes of the messages for everyday mistakes; the last one is a KeyError's."""
