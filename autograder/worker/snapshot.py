"""The state that the notebook left, put back before every test.

A test must not depend on the tests before it: a class attribute that collects velocities, or a global
list, is brought back to what it was after the last cell. Only plain data is kept (numbers, text, arrays and containers
of them); whatever cannot be copied stays as it is.
"""

from __future__ import annotations

import copy
import types
from typing import Any

import numpy as np

_ATOMS = (type(None), bool, int, float, complex, str, bytes, np.generic)
_MAX_ITEMS = 10_000
_MAX_BYTES = 2**24
"""An array larger than 16 MiB is a data set, not a state that a method keeps."""


def _is_plain(value: Any, budget: list[int]) -> bool:  # noqa: ANN401
    """Whether a value is data that `copy.deepcopy` copies without running student code."""
    budget[0] -= 1
    if budget[0] < 0:
        return False
    kind = type(value)
    if kind in (list, tuple, set):
        return all(_is_plain(item, budget) for item in value)
    if kind is dict:
        return all(_is_plain(key, budget) and _is_plain(item, budget) for key, item in value.items())
    if kind is np.ndarray:
        return not value.dtype.hasobject and value.nbytes < _MAX_BYTES
    return isinstance(value, _ATOMS)


class Snapshot:
    """The bindings and plain values of a namespace and of the classes that were defined in it."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.bindings = {name: value for name, value in namespace.items() if not name.startswith("_")}
        self.values = {name: copy.deepcopy(value) for name, value in self.bindings.items() if _data(value)}
        self.classes = [
            (value, _class_data(value))
            for value in self.bindings.values()
            if type(value) is type and value.__module__ == "__main__"
        ]
        self.defaults = [
            (value, copy.deepcopy(value.__defaults__))
            for value in self._functions()
            if value.__defaults__ and _data(value.__defaults__)
        ]

    def _functions(self) -> list[types.FunctionType]:
        owners = [self.bindings, *(dict(vars(owner)) for owner, _ in self.classes)]
        return [
            value for owner in owners for value in owner.values() if isinstance(value, types.FunctionType)
        ]

    def restore(self) -> None:
        """Put names, plain values, class attributes and default arguments back."""
        for name in [
            name for name in self.namespace if not name.startswith("_") and name not in self.bindings
        ]:
            del self.namespace[name]
        self.namespace.update(self.bindings)
        self.namespace.update({name: copy.deepcopy(value) for name, value in self.values.items()})
        for owner, attributes in self.classes:
            _restore_class(owner, attributes)
        for function, defaults in self.defaults:
            function.__defaults__ = copy.deepcopy(defaults)


def _data(value: Any) -> bool:  # noqa: ANN401
    return _is_plain(value, [_MAX_ITEMS])


def _class_data(owner: type) -> dict[str, Any]:
    return {
        name: copy.deepcopy(value)
        for name, value in vars(owner).items()
        if not name.startswith("__") and _data(value)
    }


def _restore_class(owner: type, attributes: dict[str, Any]) -> None:
    for name, value in list(vars(owner).items()):
        if not name.startswith("__") and name not in attributes and _data(value):
            delattr(owner, name)
    for name, value in attributes.items():
        setattr(owner, name, copy.deepcopy(value))
