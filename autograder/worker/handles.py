"""Object identity across the wire: a remote call behaves like a local one.

Each side keeps a `Table`. An array or dict that crosses gets a handle, and from then on the two copies are
one object: before every message a side sends the state of all shared objects that it has changed since the
last one, so what a student mutated in place is mutated on the trusted side too, and the other way round. A
dict entry that was rebound arrives as a new object, one that was changed in place as the same object, and a
result that *is* an argument as that argument.

Handles are positive where the trusted side gave them and negative where the worker did. Nothing here is
believed about a worker: a handle that was never given ends in `FrameError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .wire import ArrayNode, DictNode, FrameError, Opaque, Ref, encode, is_plain_array, is_plain_scalar

if TYPE_CHECKING:
    from collections.abc import Callable

_ATOMS = (type(None), bool, int, float, complex, str)


class Table:
    """The objects that this side shares with the other.

    Parameters
    ----------
    step : {1, -1}
        The sign of the handles that this side gives.
    opaque : callable, optional
        Makes what this side holds for an object of the other side that does not cross.
    """

    def __init__(self, step: int, opaque: Callable[[Opaque], Opaque] = lambda value: value) -> None:
        self.step = step
        self.opaque = opaque
        self.last = 0
        self.objects: dict[int, Any] = {}
        self.handles: dict[int, int] = {}
        self.sent: dict[int, bytes] = {}

    # ----- out -----

    def message(self, body: Any) -> tuple[Any, Any]:  # noqa: ANN401 - any value
        """Return the wire form of a message: what changed since the last one, and the body."""
        changes = self._changes()
        return changes, self.pack(body)

    def pack(self, value: Any) -> Any:  # noqa: ANN401, PLR0911 - one return for each kind
        """Return the wire form of a value; objects that are met for the first time get a handle."""
        if type(value) in _ATOMS or is_plain_scalar(value):
            return value
        if id(value) in self.handles:
            return Ref(self.handles[id(value)])
        if type(value) is list:
            return [self.pack(item) for item in value]
        if type(value) is tuple:
            return tuple(self.pack(item) for item in value)
        if is_plain_array(value):
            return self._array_node(self._give(value), value)
        if type(value) is dict and all(type(key) in _ATOMS for key in value):
            return self._dict_node(self._give(value), value)
        if isinstance(value, Opaque):
            return Ref(value.opaque_handle)
        return Opaque(self._give(value), type(value).__name__[:200], is_callable=callable(value))

    def _changes(self) -> list[Any]:
        """Return the present state of every shared object that differs from what the other side last saw."""
        changes: list[Any] = []
        for handle, value in list(self.objects.items()):
            if type(value) is np.ndarray and _state(value) != self.sent[handle]:
                changes.append(self._array_node(handle, value))
            elif type(value) is dict:
                before = self.sent[handle]
                node = self._dict_node(handle, value)
                if self.sent[handle] != before:
                    changes.append(node)
        return changes

    def _array_node(self, handle: int, array: np.ndarray[Any, Any]) -> ArrayNode:
        self.sent[handle] = _state(array)
        return ArrayNode(handle, array)

    def _dict_node(self, handle: int, value: dict[Any, Any]) -> DictNode:
        node = DictNode(handle, tuple((key, self.pack(item)) for key, item in value.items()))
        self.sent[handle] = _bindings(node, self)
        return node

    def _give(self, value: Any) -> int:  # noqa: ANN401
        self.last += self.step
        self._hold(self.last, value)
        return self.last

    def _hold(self, handle: int, value: Any) -> None:  # noqa: ANN401
        self.objects[handle] = value  # a strong reference, so that id(value) stays taken
        self.handles[id(value)] = handle

    # ----- in -----

    def receive(self, message: Any) -> Any:  # noqa: ANN401
        """Apply what the other side changed, and return the body of its message.

        Raises
        ------
        FrameError
            The message is not of the form that `message` writes.
        """
        if type(message) is not tuple or len(message) != 2 or type(message[0]) is not list:  # noqa: PLR2004
            raise FrameError("a message without changes and body")
        for node in message[0]:
            if not isinstance(node, ArrayNode | DictNode):
                raise FrameError("a change that is neither of an array nor of a dict")
            self.unpack(node)
        return self.unpack(message[1])

    def unpack(self, value: Any) -> Any:  # noqa: ANN401
        """Return the object that a wire value stands for on this side."""
        if type(value) is list:
            return [self.unpack(item) for item in value]
        if type(value) is tuple:
            return tuple(self.unpack(item) for item in value)
        if isinstance(value, Ref):
            return self._known(value.handle)
        if isinstance(value, ArrayNode):
            return self._refresh_array(value)
        if isinstance(value, DictNode):
            return self._refresh_dict(value)
        if isinstance(value, Opaque):
            return self._take(value.opaque_handle, self.opaque(value))
        return value

    def _known(self, handle: int) -> Any:  # noqa: ANN401
        if handle not in self.objects:
            raise FrameError(f"nothing was ever shared under the handle {handle}")
        return self.objects[handle]

    def _take(self, handle: int, value: Any) -> Any:  # noqa: ANN401
        """Hold an object that the other side gave a handle to."""
        if handle * self.step >= 0 or handle in self.objects:
            raise FrameError(f"the handle {handle} is not the other side's to give")
        self._hold(handle, value)
        return value

    def _refresh_array(self, node: ArrayNode) -> np.ndarray[Any, Any]:
        held = self.objects.get(node.handle)
        if held is None:
            held = self._take(node.handle, node.array)
        elif type(held) is not np.ndarray or held.dtype != node.array.dtype:
            raise FrameError("a shared array came back as something else")
        else:
            if held.shape != node.array.shape:
                _resize(held, node.array.shape)
            held[...] = node.array
        self.sent[node.handle] = _state(held)
        return held

    def _refresh_dict(self, node: DictNode) -> dict[Any, Any]:
        held = self.objects.get(node.handle)
        if held is None:
            held = self._take(node.handle, {})
        elif type(held) is not dict:
            raise FrameError("a shared dict came back as something else")
        fresh = {key: self.unpack(item) for key, item in node.items}
        held.clear()
        held.update(fresh)
        self.sent[node.handle] = b""
        self._dict_node(node.handle, held)
        return held


def _state(array: np.ndarray[Any, Any]) -> bytes:
    return repr((array.shape, array.dtype.str)).encode() + array.tobytes()


def _bindings(node: DictNode, table: Table) -> bytes:
    """Return what a dict binds: its keys, and for each the value or the handle of the shared object."""
    pairs = [(key, _handle_of(value, table)) for key, value in node.items]
    return encode([part for pair in pairs for part in pair])


def _handle_of(value: Any, table: Table) -> Any:  # noqa: ANN401
    if isinstance(value, ArrayNode | DictNode):
        return Ref(value.handle)
    if isinstance(value, Opaque):
        return Ref(value.opaque_handle)
    if type(value) in (list, tuple):
        return type(value)(_handle_of(item, table) for item in value)
    return value


def _resize(array: np.ndarray[Any, Any], shape: tuple[int, ...]) -> None:
    """Follow an in-place change of shape, such as ``a.shape = (6,)``."""
    try:
        array.resize(shape, refcheck=False)
    except ValueError:
        raise FrameError(f"a shared array changed its shape from {array.shape} to {shape}") from None
