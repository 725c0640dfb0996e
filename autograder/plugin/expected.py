"""Values of the reference that travel to the student's side instead of the reference.

A public suite asks ``expected(lambda reference: reference.bias_gradient(dY))``. `build` answers from the
reference and writes the answers down (`Recorder`); in a student's notebook the question is not even put,
the answer comes from ``public.json`` (`Replay`). Floats survive the round trip bit by bit, because JSON's
shortest decimal form names one float only.
"""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from autograder.errors import AuthorError, CourseError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    Ask = Callable[[ModuleType], Any]

_NUMBER_TYPES = (bool, int, float, str, type(None))


class Expected(Protocol):
    """Where expected values come from."""

    def value(self, test_id: str, index: int, ask: Ask) -> Any:  # noqa: ANN401 - any plain data
        """Return the answer to the `index`-th question of a test."""


class FromReference:
    """Answers by asking the reference."""

    def __init__(self, reference: ModuleType) -> None:
        self.reference = reference

    def value(self, test_id: str, index: int, ask: Ask) -> Any:  # noqa: ANN401, ARG002 - nothing is looked up
        """Return what the reference says now."""
        return ask(self.reference)


class Recorder:
    """Answers by asking the reference, and keeps each answer in the form of ``public.json``."""

    def __init__(self, reference: ModuleType) -> None:
        self.reference = reference
        self.recorded: dict[str, list[Any]] = {}

    def value(self, test_id: str, index: int, ask: Ask) -> Any:  # noqa: ANN401
        """Return the answer after a round trip, so that author and student see the same."""
        answers = self.recorded.setdefault(test_id, [])
        encoded = encode(ask(self.reference))
        answers[index:] = [encoded]
        return decode(encoded)


class Replay:
    """Answers with what was recorded; never asks anything.

    Parameters
    ----------
    recorded : mapping of str to sequence
        The ``expected`` entry of ``public.json``.
    """

    def __init__(self, recorded: Mapping[str, Sequence[Any]]) -> None:
        self.recorded = recorded

    def value(self, test_id: str, index: int, ask: Ask) -> Any:  # noqa: ANN401, ARG002 - not called
        """Return a recorded answer.

        Raises
        ------
        CourseError
            There is none: the files of the kit do not belong together.
        """
        answers = self.recorded.get(test_id, ())
        if index >= len(answers):
            raise CourseError(
                f"public.json knows no expected value for the test {test_id!r}: public.json and "
                "test_public.py are not from the same release. Get both again."
            )
        return decode(answers[index])


def encode(value: Any) -> Any:  # noqa: ANN401
    """Return plain data as JSON values; arrays and dicts carry a tag.

    Raises
    ------
    TypeError
        For the author: the value is no plain data.
    """
    if type(value) in _NUMBER_TYPES:
        return value
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "biuf":
        array = np.asarray(value)
        return {"dtype": str(array.dtype), "shape": list(array.shape), "data": array.ravel().tolist()}
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    if type(value) is dict and all(type(key) is str for key in value):
        return {"dict": {key: encode(item) for key, item in value.items()}}
    raise TypeError(
        f"expected(...) may return arrays, numbers, text, lists and dicts of them, not {type(value)}"
    )


def decode(document: Any) -> Any:  # noqa: ANN401
    """Return the plain data that `encode` took apart; tuples come back as lists."""
    if isinstance(document, list):
        return [decode(item) for item in document]
    if isinstance(document, dict) and "dict" in document:
        return {key: decode(item) for key, item in document["dict"].items()}
    if isinstance(document, dict):
        return np.array(document["data"], dtype=document["dtype"]).reshape(document["shape"])
    return document


def read_reference(path: Path) -> ModuleType:
    """Import the reference of an assignment, by path and anew.

    Raises
    ------
    AuthorError
        It is missing or cannot be imported.
    """
    name = f"reference_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    dont_write_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        what = f"the reference cannot be imported ({type(error).__name__}: {error})"
        raise AuthorError(path, "", what, "Make it importable Python that needs no notebook") from error
    finally:
        sys.dont_write_bytecode = dont_write_bytecode
    return module
