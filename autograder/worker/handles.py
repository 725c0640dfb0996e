"""Object identity across the wire: a remote call behaves like a local one.

Each side keeps a `Table`. An array or dict that crosses gets a handle, and from then on the two copies are
one object: before every message a side sends the state of all shared objects that it has changed since the
last one, so what a student mutated in place is mutated on the trusted side too, and the other way round. A
dict entry that was rebound arrives as a new object, one that was changed in place as the same object, and a
result that *is* an argument as that argument.

Lists, tuples, numbers and text are values: a copy arrives. So are views: an array that shares memory with
another one arrives as an array of its own.

Handles are positive where the trusted side gave them and negative where the worker did. A test begins with a
new table. Nothing here is believed about a worker: a handle that was never given, and an array that cannot be
what it came back as, end in `FrameError`. No memory of the trusted side is ever reallocated, for a view of it
may be in use. Through references a few bytes can stand for a structure that no memory holds (a dict of two
references to a dict of two references ...), so what came is measured as whoever walks over it will find it.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from .wire import (
    KEY_TYPES,
    MAX_DEPTH,
    MAX_FRAME_BYTES,
    ArrayNode,
    DictNode,
    FrameError,
    Opaque,
    Ref,
    encode,
    is_plain_array,
    is_plain_scalar,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

_T = TypeVar("_T")
_State = bytes | tuple[Any, ...]

_ATOMS = KEY_TYPES
MAX_TAKEN_BYTES = 4 * MAX_FRAME_BYTES
"""What the objects of the other side may take up here, all together, until the next test begins."""
_OBJECT_BYTES = 512
"""The cost of keeping an object's handle, by order of magnitude."""
_ENTRY_BYTES = 64
"""The cost of one entry of a list or dict, by order of magnitude."""


class Table:
    """The objects that this side shares with the other.

    Parameters
    ----------
    step : {1, -1}
        The sign of the handles that this side gives.
    opaque : callable, optional
        Makes what this side holds for an object of the other side that does not cross.
    is_wary : bool
        Whether what comes in may be unwieldy; the worker need not fear that of the trusted side.
    """

    def __init__(
        self,
        step: int,
        opaque: Callable[[Opaque], Opaque] = lambda value: value,
        *,
        is_wary: bool = True,
    ) -> None:
        self.step = step
        self.opaque = opaque
        self.is_wary = is_wary
        self.last = 0
        self.objects: dict[int, Any] = {}
        self.handles: dict[int, int] = {}
        self.sent: dict[int, _State] = {}
        """What the other side last saw of each shared array and dict."""
        self.bound: dict[int, tuple[list[Any], list[Any]]] = {}
        """The keys and the items that a dict had then, if that can be told by which objects they are."""
        self.room = MAX_TAKEN_BYTES
        self.has_new_dicts = False
        self.before: tuple[int, dict[int, _State]] = (0, {})

    # ----- out -----

    def message(self, body: Any) -> tuple[Any, Any]:  # noqa: ANN401 - any value
        """Return the wire form of a message: what changed since the last one, and the body."""
        self.before = self.last, dict(self.sent)
        changes = self._changes(self.before[1])
        return changes, self.pack(body)

    def unsend(self) -> None:
        """Forget the last message: it could not be made or sent, so its handles were given to nobody."""
        last, self.sent = self.before
        self.bound.clear()
        while self.last != last:
            del self.handles[id(self.objects.pop(self.last))]
            self.last -= self.step

    def pack(self, value: Any) -> Any:  # noqa: ANN401 - any value
        """Return the wire form of a value; objects that are met for the first time get a handle.

        Raises
        ------
        FrameError
            The value is an object of the other side that it no longer shares.
        """
        kind = type(value)
        if kind in _ATOMS:
            return value
        if kind is tuple or kind is list:
            items = [self.pack(item) for item in value]
            return items if kind is list else tuple(items)
        if is_plain_scalar(value):
            return value
        if id(value) in self.handles:
            return Ref(self.handles[id(value)])
        if isinstance(value, Opaque):
            raise FrameError(f"the {value.opaque_type_name} object is no longer shared; get it anew")
        return self._pack_new(value)

    def _pack_new(self, value: Any) -> ArrayNode | DictNode | Opaque:  # noqa: ANN401
        handle = self._give(value)
        if is_plain_array(value):
            return self._array_node(handle, value)
        if type(value) is dict and all(type(key) in KEY_TYPES for key in value):
            return self._dict_node(handle, value)
        return Opaque(handle, _type_name(value), is_callable=callable(value))

    def _changes(self, sent: Mapping[int, _State]) -> list[Any]:
        """Return the present state of every shared object that differs from what the other side last saw."""
        changes: list[Any] = []
        for handle, before in sent.items():
            value = self.objects[handle]
            if type(value) is dict:
                if self._binds_the_same(handle, value):
                    continue
                node: Any = self._dict_node(handle, value)
                if self.sent[handle] != before:
                    changes.append(node)
            elif _state(value) != before:
                changes.append(self._array_node(handle, value))
        return changes

    def _array_node(self, handle: int, array: np.ndarray[Any, Any]) -> ArrayNode:
        self.sent[handle] = _state(array)
        return ArrayNode(handle, array)

    def _dict_node(self, handle: int, value: dict[Any, Any]) -> DictNode:
        keys, items = list(value), list(value.values())
        node = DictNode(handle, tuple(zip(keys, map(self.pack, items), strict=True)))
        self.sent[handle] = _bindings(node, self)
        if not any(type(item) in (list, tuple) for item in items):  # those can change where they are
            self.bound[handle] = keys, items
        return node

    def _binds_the_same(self, handle: int, value: dict[Any, Any]) -> bool:
        """Whether a dict's items are the very objects that it had before; then nothing need be compared."""
        before = self.bound.get(handle)
        if before is None:
            return False
        if are_the_same(value, before[0]) and are_the_same(value.values(), before[1]):
            return True
        del self.bound[handle]
        return False

    def replace(self, old: Opaque, new: Opaque) -> None:
        """Hold another stand-in for an object of the other side."""
        handle = self.handles.pop(id(old))
        self._hold(handle, new)

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
        body = self.unpack(message[1])
        if self.is_wary:
            self._refuse_unwieldy(body)
        return body

    def _refuse_unwieldy(self, body: Any) -> None:  # noqa: ANN401
        """Refuse what cannot be walked over or copied: cycles, and references that multiply."""
        measured: dict[int, tuple[int, int]] = {}
        _measure(body, 0, measured)
        if self.has_new_dicts:  # what a dict binds now may have changed what others lead to
            self.has_new_dicts = False
            for value in self.objects.values():
                if type(value) is dict:
                    _measure(value, 0, measured)

    def unpack(self, value: Any) -> Any:  # noqa: ANN401
        """Return the object that a wire value stands for on this side."""
        kind = type(value)
        if kind is tuple or kind is list:
            items = [self.unpack(item) for item in value]
            return items if kind is list else tuple(items)
        maker = _MAKERS.get(kind)
        return value if maker is None else maker(self, value)

    def known(self, ref: Ref) -> Any:  # noqa: ANN401
        """Return the object that both sides hold."""
        if ref.handle not in self.objects:
            raise FrameError("a handle under which nothing was ever shared")
        return self.objects[ref.handle]

    def new_opaque(self, value: Opaque) -> Opaque:
        """Hold a stand-in for an object that stays on the other side."""
        return self._take(value.opaque_handle, self.opaque(value))

    def _take(self, handle: int, value: _T, size: int = 0) -> _T:
        """Hold an object that the other side gave a handle to."""
        if handle * self.step >= 0 or handle in self.objects:
            raise FrameError("a handle that is not the other side's to give")
        self.room -= size + _OBJECT_BYTES
        if self.room < 0:
            raise FrameError(f"more than {MAX_TAKEN_BYTES >> 20} MiB of objects were handed out in one test")
        self._hold(handle, value)
        return value

    def refresh_array(self, node: ArrayNode) -> np.ndarray[Any, Any]:
        """Bring the array up to date in place, or hold a new one."""
        held = self.objects.get(node.handle)
        if held is None:
            held = self._take(node.handle, node.array, node.array.nbytes)
        elif type(held) is not np.ndarray or held.dtype != node.array.dtype:
            raise FrameError("a shared array came back as something else")
        else:
            _overwrite(held, node.array)
        self.sent[node.handle] = _state(held)
        return held

    def refresh_dict(self, node: DictNode) -> dict[Any, Any]:
        """Bring the dict up to date in place, or hold a new one."""
        held = self.objects.get(node.handle)
        if held is None:
            held = self._take(node.handle, {})
        elif type(held) is not dict:
            raise FrameError("a shared dict came back as something else")
        fresh = {key: self.unpack(item) for key, item in node.items}
        self.has_new_dicts = True
        held.clear()
        held.update(fresh)
        self.sent[node.handle] = b""
        self.bound.pop(node.handle, None)
        self._dict_node(node.handle, held)
        return held


def are_the_same(some: Collection[Any], others: Collection[Any]) -> bool:
    """Whether both hold the very same objects in the same order."""
    return len(some) == len(others) and all(map(operator.is_, some, others))


def _measure(value: Any, depth: int, measured: dict[int, tuple[int, int]]) -> tuple[int, int]:  # noqa: ANN401
    """Return the bytes and the depth of a value if each reference is a copy.

    Raises
    ------
    FrameError
        It is too large, too deep, or contains itself.
    """
    if depth > MAX_DEPTH:
        raise FrameError("a value that contains itself, or is nested too deeply")
    if isinstance(value, np.ndarray):
        return value.nbytes + _OBJECT_BYTES, 0
    if type(value) not in (list, tuple, dict):
        return _ENTRY_BYTES, 0
    if id(value) not in measured:
        items = list(value.values()) if type(value) is dict else value
        parts = [_measure(item, depth + 1, measured) for item in items]
        size = _OBJECT_BYTES + sum(part for part, _ in parts) + _ENTRY_BYTES * len(parts)
        if size > MAX_TAKEN_BYTES:
            raise FrameError(f"a value of more than {MAX_TAKEN_BYTES >> 20} MiB, counting what it refers to")
        measured[id(value)] = size, 1 + max((below for _, below in parts), default=0)
    if depth + measured[id(value)][1] > MAX_DEPTH:
        raise FrameError("a value that is nested too deeply")
    return measured[id(value)]


def _state(array: np.ndarray[Any, Any]) -> _State:
    return array.shape, array.dtype, array.tobytes()


def _bindings(node: DictNode, table: Table) -> _State:
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


def _overwrite(array: np.ndarray[Any, Any], fresh: np.ndarray[Any, Any]) -> None:
    """Follow what was done to an array in place, be it to its items or to its shape (``a.shape = (6,)``)."""
    try:
        if array.shape != fresh.shape:
            array.shape = fresh.shape
        array[...] = fresh
    except (ValueError, AttributeError):  # another size, a view that cannot follow, or read-only
        raise FrameError(
            f"a shared array of shape {array.shape} cannot become one of shape {fresh.shape} in place"
        ) from None


def _type_name(value: Any) -> str:  # noqa: ANN401
    """Return the name that a test's feedback uses for what did not cross."""
    name = f"ndarray of dtype {value.dtype}" if type(value) is np.ndarray else type(value).__name__
    return name[:200]


_MAKERS: dict[type, Any] = {
    Ref: Table.known,
    ArrayNode: Table.refresh_array,
    DictNode: Table.refresh_dict,
    Opaque: Table.new_opaque,
}
