"""Exceptions by what they are about, so that two answers that stumble over the same thing look alike.

A message depends on shapes, on NumPy's version and on the names that a student chose; what it is about does
not.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.student import StudentRaised

_NAME_ERRORS = ("NameError", "UnboundLocalError")
_QUOTED = re.compile(r"'([^']*)'")
_UNFITTING_PRODUCT = ("not aligned", "mismatch in its core dimension", "size mismatch", "shape-mismatch for")
_UNFITTING_SHAPES = ("broadcast", "setting an array element with a sequence", "mismatch for reduction")
_PYTHONS_OWN = ("dict", "float", "list", "tuple")
_TYPE_ERRORS = {
    "positional argument": "arguments",
    "keyword argument": "arguments",
    "not callable": "not callable",
    "NoneType": "None",
    "indices must be": "index",
    "bitwise_xor": "bits",
    "for ^": "bits",
}
"""Words in the message of a TypeError to what it is about."""

_LIKE_SELF = 0.6
"""`difflib` gives `delf`, `slef` and `sel` 0.75 and more, `dself` 0.9, and `v`, `W` or `grads` below 0.5."""


def about(error: StudentRaised) -> str:
    """Return what an exception of student code is about, in a form that can be compared.

    Examples
    --------
    >>> from autograder.student import StudentRaised
    >>> about(StudentRaised("NameError", "name 'delf' is not defined"))
    'NameError: like self'
    >>> about(StudentRaised("ValueError", "shapes (5,4) and (3,4) not aligned: 4 (dim 1) != 3 (dim 0)"))
    'ValueError: product'
    """
    words = _WORDS.get(error.type_name)
    if words is not None:
        return words(error.text[:300])
    if error.type_name.startswith(("UFunc", "_UFunc")):
        return "UFuncTypeError"
    return f"{error.type_name}: {_without_numbers(error.text[:300])}"


def missing_name(error: StudentRaised) -> str:
    """Return the name that Python did not know, or an empty string."""
    return _quoted(error.text[:300]) if error.type_name in _NAME_ERRORS else ""


def is_like_self(name: str) -> bool:
    """Whether a name is `self` with a slip of the finger."""
    return name != "self" and difflib.SequenceMatcher(None, name, "self").ratio() >= _LIKE_SELF


def _name(text: str) -> str:
    name = _quoted(text)
    return "NameError: like self" if is_like_self(name) else f"NameError: {name}"


def _shapes(text: str) -> str:
    if any(words in text for words in _UNFITTING_PRODUCT):
        return "ValueError: product"
    if any(words in text for words in _UNFITTING_SHAPES):
        return "ValueError: shapes"
    return f"ValueError: {_without_numbers(text)}"


def _attribute(text: str) -> str:
    """Return the type that lacks an attribute, and which one if the type is not Python's own."""
    quoted = _QUOTED.findall(text)
    if len(quoted) < 2:  # noqa: PLR2004 - the type and the attribute
        return f"AttributeError: {_without_numbers(text)}"
    kind, name = quoted[:2]
    if text.startswith("module "):
        return "AttributeError: module"
    if kind == "NoneType":  # None where an array should be, or where an object should be
        return f"AttributeError: NoneType{'' if hasattr(np.ndarray, name) else f' {name}'}"
    return f"AttributeError: {kind}" if kind in _PYTHONS_OWN else f"AttributeError: own {name}"


def _type(text: str) -> str:
    for words, topic in _TYPE_ERRORS.items():
        if words in text:
            return f"TypeError: {topic}: {_without_numbers(text)}"
    return f"TypeError: {_without_numbers(text)}"


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+|…", "#", text)[:120]  # where inputs are hidden, so are large numbers


def _quoted(text: str) -> str:
    found = _QUOTED.search(text)
    return found[1] if found else ""


_WORDS: dict[str, Callable[[str], str]] = {
    "NameError": _name,
    "UnboundLocalError": _name,
    "ValueError": _shapes,
    "AttributeError": _attribute,
    "TypeError": _type,
    "KeyError": lambda text: f"KeyError: {text[:40]}",
    "IndexError": lambda _: "IndexError",
    "AxisError": lambda _: "AxisError",
    "LinAlgError": lambda _: "LinAlgError",
    "NotImplementedError": lambda _: "NotImplementedError",
    "RecursionError": lambda _: "RecursionError",
}
"""Type of an exception to the words for its message."""
