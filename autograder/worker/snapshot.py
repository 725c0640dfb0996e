"""The state that the notebook left, put back before every test.

A test must not depend on the tests before it: a class attribute that collects velocities, a global list or a
layer made in a cell is brought back to what it was after the last cell. It is put back *in place*, so that
whatever shares an array or a dict with the notebook still shares it.

What is kept: names, the contents of lists, dicts, sets and arrays, and the attributes of the classes,
functions and instances that the notebook made, as far as they can be reached from its names. No student code
runs for it. What has not changed is not written to: most of a notebook never changes, and a process that was
forked would get a page of memory of its own for every byte.
"""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any

import numpy as np

from .handles import are_the_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Steps = list[Callable[[], None]]

_MAX_OBJECTS = 20_000
_MAX_BYTES = 2**24
"""An array larger than 16 MiB is a data set, not a state that a method keeps."""

_MISSING = object()
_ATOMS = (type(None), bool, int, float, complex, str, bytes)
_MODULE = "__main__"
"""Where IPython's cells put what they define."""


class Snapshot:
    """What a namespace holds and what can be reached from it, as it is now."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.bindings = {name: value for name, value in namespace.items() if not name.startswith("_")}
        self.seen: dict[int, Any] = {}
        self.steps: Steps = []
        waiting = list(self.bindings.values())
        while waiting and len(self.seen) < _MAX_OBJECTS:
            value = waiting.pop()
            if type(value) not in _ATOMS and id(value) not in self.seen:
                self.seen[id(value)] = value  # a strong reference, so that the id stays taken
                waiting.extend(self._keep(value))

    def restore(self) -> None:
        """Put everything back; what can no longer be put back stays as it is."""
        for name in self.namespace.keys() - self.bindings.keys():
            if not name.startswith("_"):
                del self.namespace[name]
        for name, value in self.bindings.items():
            if self.namespace.get(name, _MISSING) is not value:
                self.namespace[name] = value
        for step in self.steps:
            try:
                step()
            except Exception:  # noqa: BLE001, S112 - an array that is read-only now, a strange metaclass
                continue

    def _keep(self, value: Any) -> Iterable[Any]:  # noqa: ANN401 - any value
        """Note how to put one value back; return what else can be reached from it."""
        keep = _KEEPERS.get(type(value))
        if keep is not None:
            return keep(self.steps, value)
        if issubclass(type(value), type):  # isinstance would ask the value itself, that is, student code
            return _keep_class(self.steps, value) if _is_students(value) else ()
        return _keep_instance(self.steps, value) if _is_students(type(value)) else ()


def _is_students(owner: type) -> bool:
    return bool(type.__getattribute__(owner, "__dict__").get("__module__") == _MODULE)


def _keep_list(steps: Steps, value: list[Any]) -> Iterable[Any]:
    items = list(value)

    def put_back() -> None:
        if not are_the_same(value, items):
            value[:] = items

    steps.append(put_back)
    return items


def _keep_dict(steps: Steps, value: dict[Any, Any]) -> Iterable[Any]:
    items = dict(value)

    def put_back() -> None:
        if not (are_the_same(value, items) and are_the_same(value.values(), items.values())):
            value.clear()
            value.update(items)

    steps.append(put_back)
    return items.values()


def _keep_set(steps: Steps, value: set[Any]) -> Iterable[Any]:
    items = set(value)

    def put_back() -> None:
        if not are_the_same(value, items):
            value.clear()
            value.update(items)

    steps.append(put_back)
    return ()


def _keep_array(steps: Steps, value: np.ndarray[Any, Any]) -> Iterable[Any]:
    if value.dtype.hasobject or value.nbytes > _MAX_BYTES:
        return ()
    shape, dtype, entries = value.shape, value.dtype, value.tobytes()

    def put_back() -> None:
        if value.dtype is not dtype:
            value.dtype = dtype  # type: ignore[misc]  # as student code can
        if value.shape != shape:
            value.shape = shape
        if value.tobytes() != entries:
            value[...] = np.frombuffer(entries, dtype).reshape(shape)

    steps.append(put_back)
    return ()


def _keep_function(steps: Steps, value: types.FunctionType) -> Iterable[Any]:
    if value.__module__ != _MODULE:
        return ()
    defaults, keywords = value.__defaults__, value.__kwdefaults__
    cells = [(cell, cell.cell_contents) for cell in value.__closure__ or () if _is_filled(cell)]

    def put_back() -> None:
        if value.__defaults__ is not defaults or value.__kwdefaults__ is not keywords:
            value.__defaults__, value.__kwdefaults__ = defaults, keywords
        for cell, contents in cells:
            if not _is_filled(cell) or cell.cell_contents is not contents:
                cell.cell_contents = contents

    steps.append(put_back)
    return [defaults, keywords, value.__dict__, *(contents for _, contents in cells)]


def _keep_class(steps: Steps, owner: type) -> Iterable[Any]:
    attributes = _attributes(owner)
    entries = type.__getattribute__(owner, "__dict__")
    names, values = list(entries), list(entries.values())

    def put_back() -> None:
        if are_the_same(entries, names) and are_the_same(entries.values(), values):
            return
        for name in _attributes(owner).keys() - attributes.keys():
            type.__delattr__(owner, name)
        for name, value in attributes.items():
            if _attributes(owner).get(name) is not value:
                type.__setattr__(owner, name, value)

    steps.append(put_back)
    return [*attributes.values(), *type.__getattribute__(owner, "__bases__")]


def _attributes(owner: type) -> dict[str, Any]:
    entries = type.__getattribute__(owner, "__dict__")
    return {name: value for name, value in entries.items() if name not in ("__dict__", "__weakref__")}


def _keep_instance(_steps: Steps, value: Any) -> Iterable[Any]:  # noqa: ANN401
    """Lead on to an instance's class and to its attributes, which are a dict as any other."""
    try:
        return [type(value), object.__getattribute__(value, "__dict__")]
    except AttributeError:  # __slots__
        return [type(value)]


def _is_filled(cell: types.CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018 - asking is the only way to know
    except ValueError:
        return False
    return True


_KEEPERS: dict[type, Callable[..., Iterable[Any]]] = {
    list: _keep_list,
    tuple: lambda _steps, value: value,
    dict: _keep_dict,
    set: _keep_set,
    np.ndarray: _keep_array,
    types.FunctionType: _keep_function,
    types.MethodType: lambda _steps, value: [value.__self__, value.__func__],
    staticmethod: lambda _steps, value: [value.__func__],
    classmethod: lambda _steps, value: [value.__func__],
    property: lambda _steps, value: [value.fget, value.fset],
}
