r"""Frames: the only thing that passes between a worker and the rest of the kit.

A frame is a fixed header (the magic `MAGIC` and the length of what follows, 8 bytes, big-endian) and one
value. A value is a tag byte and its parts, from this closed list:

====  =====================  ==========================================================
tag   Python                 parts
====  =====================  ==========================================================
N     None                   \-
T F   True, False            \-
I     int                    u8 length, two's complement, at most `MAX_INT_BYTES`
D     float                  8 bytes
C     complex                16 bytes
S     str                    u32 length, UTF-8 (lone surrogates pass)
L U   list, tuple            u32 count, values
G     NumPy scalar           u8 dtype, its bytes
A     `ArrayNode`            i64 handle, u8 dtype, u8 order, u8 rank, u64 sizes, raw items
M     `DictNode`             i64 handle, u32 count, pairs of values
R     `Ref`                  i64 handle
O     `Opaque`               i64 handle, u8 callable, S type name
====  =====================  ==========================================================

Decoding runs no code from the other side and never allocates more than the frame that it has been sent: the
header is checked against `max_bytes` before anything is read, and every count and size against the bytes
that are really there. The trusted side decodes what a worker sent, so whatever is malformed ends in
`FrameError`, whichever bytes they are.
"""

from __future__ import annotations

import math
import select
import socket
import struct
import time
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

MAGIC = b"AGW1"
_HEADER = struct.Struct("!4sI")
_U32, _I64, _I64_U8, _I64_U32 = (struct.Struct(layout) for layout in ("!I", "!q", "!qB", "!qI"))
_F64, _F64_F64 = struct.Struct("!d"), struct.Struct("!dd")
_ARRAY_HEAD = struct.Struct("!qBBB")

MAX_FRAME_BYTES = 16 * 2**20
"""Room for a batch of two thousand small images; a student's answers need a few kilobytes."""
MAX_JOINED_BYTES = 2**22
"""Of several replies in one: no further one is begun when they hold so much."""
MAX_PAYLOAD_BYTES = MAX_JOINED_BYTES + MAX_FRAME_BYTES + 2**20
"""Of several messages in one; the last that fits may be as large as any."""
MAX_DEPTH = 24
"""Deeper nesting than any suite's data, and far from the interpreter's recursion limit."""
MAX_ITEMS = 200_000
"""List, tuple and dict entries in one frame: a byte on the wire may cost a hundred in memory."""
MAX_RANK = 8
MAX_INT_BYTES = 64

DTYPES = tuple(
    np.dtype(code)
    for code in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
)
"""The closed list of item types, in native byte order; a tag's dtype byte is its index here."""
_DTYPE_INDEX = {dtype: index for index, dtype in enumerate(DTYPES)}
_ORDERS: tuple[Literal["C"], Literal["F"]] = ("C", "F")
_SIZES = tuple(struct.Struct(f"!{rank}Q") for rank in range(MAX_RANK + 1))

KEY_TYPES = (type(None), bool, int, float, complex, str)
"""What a dict may have as keys to cross; the same types cross as plain values."""

NOT_DRAWN = ""
"""Crosses in the place of a picture that the trusted side has already."""


class FrameError(ValueError):
    """The bytes are no frame, or hold no value, that this module writes.

    The text repeats no number of the other side's: a student may read it, and it could stand for anything.
    """


class StreamEnded(EOFError):  # noqa: N818 - no error: how every conversation ends
    """The other side closed the connection between two frames or within one."""


@dataclass(frozen=True)
class Ref:
    """An object that the other side already holds under this handle."""

    handle: int


@dataclass(frozen=True, eq=False)
class ArrayNode:
    """An array with its handle: new, or the present state of one that the other side holds."""

    handle: int
    array: np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class DictNode:
    """A dict with its handle; the items are wire values themselves."""

    handle: int
    items: tuple[tuple[Any, Any], ...]


class Opaque:
    """Something that does not cross: only the name of its type does, and a handle to ask for its parts."""

    def __init__(self, handle: int, type_name: str, *, is_callable: bool = False) -> None:
        self.opaque_handle = handle
        self.opaque_type_name = type_name
        self.opaque_is_callable = is_callable


def is_plain_array(value: object) -> bool:
    """Whether a value is an ndarray (no subclass) whose items can cross."""
    return type(value) is np.ndarray and value.dtype in _DTYPE_INDEX and value.ndim <= MAX_RANK


def is_plain_scalar(value: object) -> bool:
    """Whether a value is a NumPy scalar that can cross."""
    return isinstance(value, np.generic) and value.dtype in _DTYPE_INDEX and type(value) is value.dtype.type


_TOO_DEEP = "nested too deeply"
_TOO_FEW = "fewer bytes than were announced"


# ----- encoding -----


def encode(value: Any) -> bytes:  # noqa: ANN401 - any wire value
    """Return the bytes of one value.

    Raises
    ------
    FrameError
        The value, or something in it, is not of the closed list, or is too large.
    """
    parts: list[bytes] = []
    _encode(value, parts, 0)
    size = sum(map(len, parts))
    if size > MAX_FRAME_BYTES:
        raise FrameError(f"{size} bytes are too many to send")
    return b"".join(parts)


def _encode(value: Any, parts: list[bytes], depth: int) -> None:  # noqa: ANN401
    if depth > MAX_DEPTH:
        raise FrameError(_TOO_DEEP)
    encoder = _ENCODERS.get(type(value))
    if encoder is not None:
        encoder(value, parts, depth)
    elif is_plain_scalar(value):
        parts.append(b"G" + bytes([_DTYPE_INDEX[value.dtype]]) + value.tobytes())
    elif isinstance(value, Opaque):
        name = value.opaque_type_name
        parts.append(b"O" + _I64_U8.pack(value.opaque_handle, value.opaque_is_callable))
        _encode(name, parts, depth + 1)
    else:
        raise FrameError(f"a {type(value).__name__} cannot be sent")


def _encode_int(value: int, parts: list[bytes], _depth: int) -> None:
    size = value.bit_length() // 8 + 1
    if size > MAX_INT_BYTES:
        raise FrameError(f"an int of {size} bytes is too large to send")
    parts.append(b"I" + bytes([size]) + value.to_bytes(size, "big", signed=True))


def _encode_str(value: str, parts: list[bytes], _depth: int) -> None:
    data = value.encode("utf-8", "surrogatepass")
    parts.append(b"S" + _U32.pack(len(data)) + data)


def _encode_items(tag: bytes, value: list[Any] | tuple[Any, ...], parts: list[bytes], depth: int) -> None:
    if len(value) > MAX_ITEMS:
        raise FrameError(f"a {type(value).__name__} of {len(value)} items is too long to send")
    if depth == MAX_DEPTH and value:
        raise FrameError(_TOO_DEEP)
    parts.append(tag + _U32.pack(len(value)))
    for item in value:
        encoder = _ENCODERS.get(type(item), _encode)  # by itself `_encode` would only look the same up
        encoder(item, parts, depth + 1)


def _encode_array(node: ArrayNode, parts: list[bytes], _depth: int) -> None:
    array = node.array
    if not is_plain_array(array):
        raise FrameError(f"an array of dtype {array.dtype} and {array.ndim} axes cannot be sent")
    order: Literal["C", "F"] = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
    head = _ARRAY_HEAD.pack(node.handle, _DTYPE_INDEX[array.dtype], _ORDERS.index(order), array.ndim)
    parts.append(b"A" + head + _SIZES[array.ndim].pack(*array.shape))
    parts.append(array.tobytes(order=order))


def _encode_dict(node: DictNode, parts: list[bytes], depth: int) -> None:
    parts.append(b"M" + _I64_U32.pack(node.handle, len(node.items)))
    for key, value in node.items:
        _encode(key, parts, depth + 1)
        _encode(value, parts, depth + 1)


_ENCODERS: dict[type, Any] = {
    type(None): lambda _value, parts, _depth: parts.append(b"N"),
    bool: lambda value, parts, _depth: parts.append(b"T" if value else b"F"),
    int: _encode_int,
    float: lambda value, parts, _depth: parts.append(b"D" + _F64.pack(value)),
    complex: lambda value, parts, _depth: parts.append(b"C" + _F64_F64.pack(value.real, value.imag)),
    str: _encode_str,
    list: lambda value, parts, depth: _encode_items(b"L", value, parts, depth),
    tuple: lambda value, parts, depth: _encode_items(b"U", value, parts, depth),
    Ref: lambda value, parts, _depth: parts.append(b"R" + _I64.pack(value.handle)),
    ArrayNode: _encode_array,
    DictNode: _encode_dict,
}


# ----- decoding -----


def decode(data: bytes | bytearray) -> Any:  # noqa: ANN401 - any wire value
    """Return the value that `encode` wrote.

    Raises
    ------
    FrameError
        The bytes are anything else.
    """
    if len(data) > MAX_FRAME_BYTES:
        raise FrameError(f"{len(data)} bytes are too many for one message")
    reader = _Reader(data)
    value = reader.value(0)
    if reader.left():
        raise FrameError("surplus bytes after the value")
    return value


class _Reader:
    """Walks over the bytes of one frame; every step checks what is left."""

    def __init__(self, data: bytes | bytearray) -> None:
        self.data = bytes(data)  # a bytearray could not be indexed faster, and is somebody else's
        self.size = len(data)
        self.at = 0
        self.items_left = MAX_ITEMS

    def left(self) -> int:
        return self.size - self.at

    def skip(self, size: int) -> int:
        """Return where the next bytes begin, and go on behind them."""
        start = self.at
        if size > self.size - start:
            raise FrameError(_TOO_FEW)
        self.at = start + size
        return start

    def take(self, size: int) -> bytes:
        start = self.skip(size)
        return self.data[start : self.at]

    def byte(self) -> int:
        return self.data[self.skip(1)]

    def unpack(self, layout: struct.Struct) -> tuple[Any, ...]:
        return layout.unpack_from(self.data, self.skip(layout.size))

    def size_of_next(self) -> int:
        """Return a u32. It is spelt out, like `value` and `text`: nearly all is read by these three."""
        start, self.at = self.at, self.at + 4
        if self.at > self.size:
            raise FrameError(_TOO_FEW)
        size: int = _U32.unpack_from(self.data, start)[0]
        return size

    def count(self) -> int:
        count = self.size_of_next()
        self.items_left -= count
        if self.items_left < 0 or count > self.size - self.at:  # every item takes a byte at least
            raise FrameError("more items announced than there can be")
        return count

    def value(self, depth: int) -> Any:  # noqa: ANN401
        if depth > MAX_DEPTH:
            raise FrameError(_TOO_DEEP)
        at = self.at
        if at >= self.size:
            raise FrameError(_TOO_FEW)
        self.at = at + 1
        method = _DECODERS.get(self.data[at])
        if method is None:
            raise FrameError(f"unknown tag {self.data[at : at + 1]!r}")
        return method(self, depth)

    def integer(self, _depth: int) -> int:
        size = self.byte()
        if not 1 <= size <= MAX_INT_BYTES:
            raise FrameError(f"an int of {size} bytes")
        return int.from_bytes(self.take(size), "big", signed=True)

    def text(self, _depth: int) -> str:
        size = self.size_of_next()
        start, self.at = self.at, self.at + size
        if self.at > self.size:
            raise FrameError(_TOO_FEW)
        try:
            return self.data[start : self.at].decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            raise FrameError("text that is not UTF-8") from None

    def items(self, depth: int) -> list[Any]:
        values: list[Any] = []
        for _ in range(self.count()):
            values.append(self.value(depth + 1))  # noqa: PERF401 - a comprehension takes a call of its own
        return values

    def dtype(self) -> np.dtype[Any]:
        index = self.byte()
        if index >= len(DTYPES):
            raise FrameError(f"unknown dtype number {index}")
        return DTYPES[index]

    def scalar(self, _depth: int) -> Any:  # noqa: ANN401
        return self.raw(self.dtype(), 1)[0]

    def raw(self, dtype: np.dtype[Any], count: int) -> np.ndarray[Any, Any]:
        start = self.skip(count * dtype.itemsize)
        flat = np.frombuffer(self.data, dtype, count, start)
        if dtype.kind == "b" and flat.view(np.uint8).max(initial=0) > 1:
            raise FrameError("a truth value that is neither 0 nor 1")
        return flat

    def array(self, _depth: int) -> ArrayNode:
        handle, index, order, rank = self.unpack(_ARRAY_HEAD)
        if index >= len(DTYPES):
            raise FrameError(f"unknown dtype number {index}")
        if order >= len(_ORDERS) or rank > MAX_RANK:
            raise FrameError(f"an array of order {order} and {rank} axes")
        dtype, shape = DTYPES[index], self.unpack(_SIZES[rank])
        # An empty array takes no bytes and may still announce sizes that no array can have.
        if math.prod(size or 1 for size in shape) * dtype.itemsize > MAX_FRAME_BYTES:
            raise FrameError("an array larger than a frame")
        flat = self.raw(dtype, math.prod(shape))
        return ArrayNode(handle, flat.reshape(shape, order=_ORDERS[order]).copy(order="K"))

    def mapping(self, depth: int) -> DictNode:
        (handle,) = self.unpack(_I64)
        pairs = tuple((self.value(depth + 1), self.value(depth + 1)) for _ in range(self.count()))
        if not all(type(key) in KEY_TYPES for key, _ in pairs):
            raise FrameError("a dict key that is neither text nor a number")
        return DictNode(handle, pairs)

    def opaque(self, depth: int) -> Opaque:
        handle, is_callable = self.unpack(_I64_U8)
        name = self.value(depth + 1)
        if type(name) is not str:
            raise FrameError("a type name that is no text")
        return Opaque(handle, name, is_callable=bool(is_callable))


_DECODERS: dict[int, Any] = {
    ord("N"): lambda _reader, _depth: None,
    ord("T"): lambda _reader, _depth: True,
    ord("F"): lambda _reader, _depth: False,
    ord("I"): _Reader.integer,
    ord("D"): lambda reader, _depth: reader.unpack(_F64)[0],
    ord("C"): lambda reader, _depth: complex(*reader.unpack(_F64_F64)),
    ord("S"): _Reader.text,
    ord("L"): _Reader.items,
    ord("U"): lambda reader, depth: tuple(reader.items(depth)),
    ord("G"): _Reader.scalar,
    ord("A"): _Reader.array,
    ord("M"): _Reader.mapping,
    ord("R"): lambda reader, _depth: Ref(*reader.unpack(_I64)),
    ord("O"): _Reader.opaque,
}


# ----- several messages in one -----

_JOINED = b"J"
"""No value begins with it."""


def join(payloads: list[bytes]) -> bytes:
    """Return several encoded messages as one."""
    return b"".join((_JOINED, *(_U32.pack(len(payload)) + payload for payload in payloads)))


def is_joined(data: bytes | bytearray) -> bool:
    """Whether these are several messages."""
    return data[:1] == _JOINED


def split(data: bytes | bytearray) -> list[bytes]:
    """Return the messages that were joined.

    Raises
    ------
    FrameError
        The bytes are anything else.
    """
    if not is_joined(data):
        raise FrameError("one message instead of several")
    reader = _Reader(data)
    reader.take(len(_JOINED))
    payloads = []
    while reader.left():
        payloads.append(reader.take(*reader.unpack(_U32)))
    return payloads


# ----- frames over a socket -----


class Channel:
    """One end of a connection.

    Deadlines are absolute `time.monotonic` seconds, so that drip-feeding extends none.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock

    def send(self, value: Any, deadline: float | None = None) -> None:  # noqa: ANN401 - any wire value
        """Send one value as a frame.

        Raises
        ------
        TimeoutError, StreamEnded
            The other side did not take it in time, or is gone.
        """
        self.send_payload(encode(value), deadline)

    def send_payload(self, payload: bytes, deadline: float | None = None) -> None:
        """Send a value that has been encoded already; raises what `send` does."""
        view = memoryview(_HEADER.pack(MAGIC, len(payload)) + payload)
        try:
            while view:
                self.sock.settimeout(_remaining(deadline))
                view = view[self.sock.send(view) :]
        except (BrokenPipeError, ConnectionError):
            raise StreamEnded("the connection is closed") from None

    def receive(self, deadline: float | None = None, max_bytes: int = MAX_FRAME_BYTES) -> Any:  # noqa: ANN401
        """Receive one value.

        Raises
        ------
        TimeoutError, StreamEnded, FrameError
            Nothing came in time, the other side is gone, or what came is no frame.
        """
        return decode(self.receive_payload(deadline, max_bytes))

    def receive_payload(self, deadline: float | None = None, max_bytes: int = MAX_PAYLOAD_BYTES) -> bytearray:
        """Receive what was encoded, one message or several that are joined; raises what `receive` does."""
        magic, size = _HEADER.unpack(self._exactly(_HEADER.size, deadline))
        if magic != MAGIC:
            raise FrameError("the stream does not begin with a frame")
        if size > max_bytes:
            raise FrameError(f"a frame of more than the {max_bytes} bytes allowed")
        return self._exactly(size, deadline)

    def has_surplus(self) -> bool:
        """Whether something lies here that has not been asked for."""
        self.sock.settimeout(0)
        try:
            return bool(self.sock.recv(1, socket.MSG_PEEK))
        except (BlockingIOError, ConnectionError):
            return False

    def _exactly(self, size: int, deadline: float | None) -> bytearray:
        data = bytearray()  # grows with what came, not with what was announced
        while (missing := size - len(data)) > 0:
            self.sock.settimeout(_remaining(deadline))
            try:
                chunk = self.sock.recv(min(missing, 2**20))
            except ConnectionError:
                chunk = b""
            if not chunk:
                raise StreamEnded("the connection is closed")
            data += chunk
        return data

    def close(self) -> None:
        """Close this end; the other side sees the stream end."""
        self.sock.close()


def wait_readable(channels: list[Channel], deadline: float) -> list[Channel]:
    """Return the channels that have something to read or have ended; none if the deadline passes first."""
    poll = select.poll() if hasattr(select, "poll") else None
    by_fd = {channel.sock.fileno(): channel for channel in channels}
    remaining = max(0.0, deadline - time.monotonic())
    if poll is None:  # Windows
        ready, _, _ = select.select(list(by_fd), [], [], remaining)
        return [by_fd[fd] for fd in ready]
    for fd in by_fd:
        poll.register(fd, select.POLLIN)
    return [by_fd[fd] for fd, _ in poll.poll(math.ceil(remaining * 1000))]


def _remaining(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise TimeoutError("the deadline has passed")
    return remaining
