"""Exceptions by what they are about, so that two answers that stumble over the same thing look alike.

A message depends on shapes, on NumPy's version and on the names that a student chose; what it is about does
not.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.student import StudentRaised

_NAME_ERRORS = ("NameError", "UnboundLocalError")
_QUOTED = re.compile(r"'([^']*)'")
_UNFITTING_PRODUCT = ("not aligned", "mismatch in its core dimension", "size mismatch", "shape-mismatch for")
_UNFITTING_SHAPES = ("broadcast", "setting an array element with a sequence", "mismatch for reduction")
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
    text = error.text[:300]
    if error.type_name in _NAME_ERRORS:
        return f"NameError: {_name(missing_name(error))}"
    if error.type_name == "ValueError":
        return f"ValueError: {_shapes(text)}"
    if error.type_name == "AttributeError":
        return f"AttributeError: {_attribute(text)}"
    if error.type_name == "KeyError":
        return f"KeyError: {text[:40]}"
    if error.type_name.startswith(("UFunc", "_UFunc")):
        return "UFuncTypeError: dtype"
    if error.type_name in {"IndexError", "LinAlgError", "NotImplementedError", "RecursionError"}:
        return error.type_name
    return f"{error.type_name}: {_without_names(text)}"


def missing_name(error: StudentRaised) -> str:
    """Return the name that Python did not know, or an empty string."""
    found = _QUOTED.search(error.text[:300])
    return found[1] if found and error.type_name in _NAME_ERRORS else ""


def is_like_self(name: str) -> bool:
    """Whether a name is `self` with a slip of the finger."""
    return name != "self" and difflib.SequenceMatcher(None, name, "self").ratio() >= _LIKE_SELF


def _name(name: str) -> str:
    return "like self" if is_like_self(name) else name


def _shapes(text: str) -> str:
    if any(words in text for words in _UNFITTING_PRODUCT):
        return "product"
    if any(words in text for words in _UNFITTING_SHAPES):
        return "shapes"
    return _without_names(text)


def _attribute(text: str) -> str:
    """Return the type that lacks an attribute, and which one if the type is not the student's."""
    quoted = _QUOTED.findall(text)
    if len(quoted) < 2:  # noqa: PLR2004 - the type and the attribute
        return _without_names(text)
    owner = quoted[0]
    return owner if owner in {"NoneType", "dict", "float", "list", "tuple"} else f"own {quoted[1]}"


def _without_names(text: str) -> str:
    """Return a message without numbers, and without quotes but for the names of Python's own types."""
    return re.sub(r"\d+", "#", text)[:120]
