"""Frames: what is sent arrives, and whatever else arrives ends in a named error."""

from __future__ import annotations

import socket
import struct
import threading
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.worker import wire
from autograder.worker.wire import (
    ArrayNode,
    Channel,
    DictNode,
    FrameError,
    Opaque,
    Ref,
    StreamEnded,
    decode,
    encode,
    wait_readable,
)

handles = st.integers(-(2**63), 2**63 - 1)
texts = st.text(st.characters(exclude_categories=()), max_size=20)
atoms = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**500), 2**500),
    st.floats(),
    st.complex_numbers(),
    texts,
    handles.map(Ref),
)
arrays = hnp.arrays(
    st.sampled_from(wire.DTYPES), hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
)
nodes = st.builds(ArrayNode, handles, arrays)
opaques = st.builds(Opaque, handles, texts, is_callable=st.booleans())


def _containers(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    pairs = st.lists(st.tuples(texts, values), max_size=4).map(tuple)
    return st.one_of(
        st.lists(values, max_size=4),
        st.lists(values, max_size=4).map(tuple),
        st.builds(DictNode, handles, pairs),
    )


wire_values = st.recursive(st.one_of(atoms, nodes, opaques), _containers, max_leaves=12)


def same(left: object, right: object) -> bool:
    """Whether two wire values are equal, type by type and bit by bit."""
    return repr(_spelt(left)) == repr(_spelt(right))


def _spelt(value: object) -> object:
    """Return a value with all that its `repr` would hide."""
    if isinstance(value, list | tuple):
        return type(value)(map(_spelt, value))
    if isinstance(value, DictNode):
        return "dict", value.handle, _spelt(value.items)
    if isinstance(value, ArrayNode):
        return "array", value.handle, _spelt_array(value.array)
    if isinstance(value, np.generic):
        return "scalar", _spelt_array(np.array(value))
    return vars(value) if isinstance(value, Opaque) else value


def _spelt_array(array: np.ndarray) -> tuple[object, ...]:
    return array.dtype, array.shape, array.tobytes()


# ----- what is sent arrives -----


@given(wire_values)
def test_every_value_survives_a_round_trip(value):
    """What `encode` wrote, `decode` reads back with type, shape and bits."""
    assert same(decode(encode(value)), value)


@pytest.mark.parametrize("dtype", wire.DTYPES, ids=str)
def test_scalars_keep_their_dtype(dtype):
    """A NumPy scalar arrives as a scalar of its own type, not as a Python number."""
    scalar = np.ones(1, dtype)[0]
    arrived = decode(encode(scalar))
    assert type(arrived) is type(scalar)
    assert arrived == scalar


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(2, 3),
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        np.arange(24.0).reshape(2, 3, 4).transpose(1, 0, 2),
        np.arange(10)[::3],
        np.array(5.0),
        np.empty((0, 3)),
        np.broadcast_to(np.float32(1.5), (2, 2)),
    ],
    ids=["C", "Fortran", "transposed", "strided", "0-d", "empty", "broadcast"],
)
def test_arrays_arrive_with_their_values_and_writable(array):
    """Whatever its layout, an array arrives as one that owns its memory."""
    arrived = decode(encode(ArrayNode(1, array))).array
    assert _spelt_array(arrived) == _spelt_array(array)
    assert arrived.flags.owndata or arrived.size == 0
    assert arrived.flags.writeable


def test_fortran_order_is_kept():
    """A Fortran-ordered array is Fortran-ordered on the other side, for sums that depend on it."""
    arrived = decode(encode(ArrayNode(1, np.asfortranarray(np.ones((3, 4)))))).array
    assert arrived.flags.f_contiguous
    assert not arrived.flags.c_contiguous


@pytest.mark.parametrize(
    "value",
    [
        object(),
        {"a": 1},
        {1, 2},
        b"bytes",
        np.array([None]),
        np.array(["text"]),
        np.longdouble(1),
        2 ** (8 * wire.MAX_INT_BYTES),
        [None] * (wire.MAX_ITEMS + 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_of_the_closed_list_is_not_sent(value):
    """Objects, bare dicts, bytes, object arrays and oversized numbers are refused by the sender."""
    with pytest.raises(FrameError):
        encode(value)


@pytest.mark.parametrize("dtype", ["O", "U3", "S3", "M8[s]", ">f8", "f8,i4", "longdouble"])
def test_arrays_of_other_dtypes_are_not_sent(dtype):
    """Only the closed list of native number types crosses."""
    with pytest.raises(FrameError, match="cannot be sent"):
        encode(ArrayNode(1, np.zeros(2, dtype)))


def test_array_subclasses_are_not_sent():
    """A subclass could lie about its shape and dtype, so it does not cross as an array."""

    class Sub(np.ndarray):
        pass

    with pytest.raises(FrameError):
        encode(ArrayNode(1, np.zeros(2).view(Sub)))


def test_nesting_is_bounded_when_sending():
    """A value nested beyond the depth limit is refused by the sender."""
    value: list[object] = []
    for _ in range(wire.MAX_DEPTH + 1):
        value = [value]
    with pytest.raises(FrameError, match="nested"):
        encode(value)


def test_a_value_larger_than_a_frame_is_not_sent(monkeypatch):
    """The sender refuses what the receiver would have to refuse."""
    monkeypatch.setattr(wire, "MAX_FRAME_BYTES", 1000)
    with pytest.raises(FrameError, match="too many"):
        encode("x" * 1001)


# ----- whatever else arrives ends in a named error -----


@settings(max_examples=150)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_decode_or_raise_frame_error(data):
    """Nothing but `FrameError` comes out of the decoder, whichever bytes go in."""
    _decode_or_refuse(data)


@settings(max_examples=150)
@given(st.sampled_from(b"NTFIDCSLUGAMRO"), st.binary(max_size=60))
def test_bytes_behind_a_valid_tag_decode_or_raise_frame_error(tag, data):
    """The same behind each tag, where arbitrary bytes get furthest."""
    _decode_or_refuse(bytes([tag]) + data)


@settings(max_examples=150)
@given(wire_values, st.data())
def test_mutated_frames_decode_or_raise_frame_error(value, data):
    """A valid frame with bytes changed, cut out or put in is a value or a `FrameError`."""
    frame = bytearray(encode(value))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(frame) - 1)))
        frame[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    _decode_or_refuse(bytes(frame))


@given(wire_values, st.data())
def test_truncated_frames_raise_frame_error(value, data):
    """No proper beginning of a frame is a frame."""
    frame = encode(value)
    with pytest.raises(FrameError):
        decode(frame[: data.draw(st.integers(0, len(frame) - 1))])


@given(wire_values, st.binary(min_size=1, max_size=5))
def test_surplus_bytes_raise_frame_error(value, surplus):
    """A value is followed by nothing."""
    with pytest.raises(FrameError):
        decode(encode(value) + surplus)


def _decode_or_refuse(data: bytes) -> None:
    try:
        value = decode(data)
    except FrameError:
        return
    assert same(decode(encode(value)), value)


def array_frame(dtype: int, shape: tuple[int, ...], raw: bytes = b"", order: int = 0) -> bytes:
    """Return a forged array."""
    head = struct.pack("!qBBB", 1, dtype, order, len(shape))
    return b"A" + head + struct.pack(f"!{len(shape)}Q", *shape) + raw


FLOAT64 = wire.DTYPES.index(np.dtype("f8"))


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"Z",
        array_frame(len(wire.DTYPES), (1,), b"\0"),
        array_frame(FLOAT64, (2**60,)),
        array_frame(FLOAT64, (2**32, 2**32)),
        array_frame(FLOAT64, (2**63, 2)),
        array_frame(FLOAT64, (0, 2**26, 2**26, 2**26)),
        array_frame(FLOAT64, (0, 2**63)),
        array_frame(FLOAT64, (1,) * (wire.MAX_RANK + 1), b"\0" * 8),
        array_frame(FLOAT64, (1,), b"\0" * 8, order=2),
        array_frame(0, (2,), b"\1\2"),
        b"G\0\2",
        b"L" + struct.pack("!I", 2**32 - 1),
        b"L" + struct.pack("!I", wire.MAX_ITEMS + 1) + b"N" * (wire.MAX_ITEMS + 1),
        b"S" + struct.pack("!I", 2**32 - 1),
        b"S" + struct.pack("!I", 1) + b"\xff",
        b"I\0",
        bytes([ord("I"), wire.MAX_INT_BYTES + 1]) + b"\1" * (wire.MAX_INT_BYTES + 1),
        b"L\0\0\0\1" * (wire.MAX_DEPTH + 2) + b"N",
        b"M" + struct.pack("!qI", 1, 1) + b"L\0\0\0\0N",
        b"O" + struct.pack("!qB", 1, 0) + b"N",
    ],
)
def test_forged_values_are_refused(frame):
    """Absurd sizes, unknown codes, impossible truth values and deep nesting end in `FrameError`."""
    with pytest.raises(FrameError):
        decode(frame)


@pytest.mark.parametrize(
    "frame",
    [
        array_frame(FLOAT64, (2**40,)),
        b"L" + struct.pack("!I", 2**32 - 1),
        b"S" + struct.pack("!I", 2**32 - 1),
        (b"L" + struct.pack("!I", 150_000)) * 3,
    ],
    ids=["array", "list", "text", "nested"],
)
def test_announced_sizes_allocate_nothing(frame):
    """Memory is taken for what has been sent, never for what was announced."""
    tracemalloc.start()
    with pytest.raises(FrameError):
        decode(frame)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20


# ----- frames over a socket -----


@pytest.fixture
def pair():
    """Two connected channels."""
    left, right = map(Channel, socket.socketpair())
    yield left, right
    left.close()
    right.close()


def test_values_pass_over_a_channel_in_order(pair):
    """Frames do not run into each other."""
    left, right = pair
    for value in (1, "two", [3.0]):
        left.send(value)
    assert [right.receive(), right.receive(), right.receive()] == [1, "two", [3.0]]


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=100))
def test_garbage_on_a_channel_raises_a_named_error(data):
    """A stream of any bytes is a value, `FrameError` or `StreamEnded`."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(data)
        theirs.close()
        with pytest.raises((FrameError, StreamEnded)):
            Channel(ours).receive(time.monotonic() + 5)


@pytest.mark.parametrize("sent", [b"", b"AGW", b"AGW1\0\0\0\5LL"], ids=["nothing", "magic", "payload"])
def test_a_closed_stream_is_told_apart_from_a_bad_one(pair, sent):
    """Closing between or within frames is `StreamEnded`."""
    left, right = pair
    left.sock.sendall(sent)
    left.close()
    with pytest.raises(StreamEnded):
        right.receive(time.monotonic() + 5)


def test_an_oversized_frame_is_refused_by_its_header(pair):
    """The announced size is checked before a byte of the value is read."""
    left, right = pair
    left.sock.sendall(struct.pack("!4sI", wire.MAGIC, 2**32 - 1))
    with pytest.raises(FrameError, match="allowed"):
        right.receive(time.monotonic() + 5)


def test_a_receiver_may_allow_less(pair):
    """Where only a short answer is expected, a longer one is refused."""
    left, right = pair
    left.send("x" * 100)
    with pytest.raises(FrameError, match="allowed"):
        right.receive(time.monotonic() + 5, max_bytes=50)


def test_an_announced_frame_that_never_comes_allocates_nothing(pair):
    """A header of 64 MiB with nothing behind it costs a deadline, no memory."""
    left, right = pair
    left.sock.sendall(struct.pack("!4sI", wire.MAGIC, wire.MAX_FRAME_BYTES) + b"S")
    tracemalloc.start()
    with pytest.raises(TimeoutError):
        right.receive(time.monotonic() + 0.05)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * 2**20


def test_drip_feeding_extends_no_deadline(pair):
    """A frame that comes byte by byte ends with the deadline of the whole."""
    left, right = pair
    stop = threading.Event()

    def drip() -> None:
        left.sock.sendall(struct.pack("!4sI", wire.MAGIC, 1000))
        while not stop.wait(0.01):
            left.sock.sendall(b"S")

    thread = threading.Thread(target=drip)
    thread.start()
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        right.receive(started + 0.2)
    assert 0.2 <= time.monotonic() - started < 1.0
    stop.set()
    thread.join()


def test_a_receiver_that_reads_nothing_does_not_hold_the_sender(pair):
    """Sending has a deadline too."""
    left, _ = pair
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        left.send("x" * (8 * 2**20), started + 0.2)
    assert time.monotonic() - started < 1.0


def test_sending_to_a_closed_stream_is_stream_ended(pair):
    """A broken pipe is how a conversation ends, not an operating-system error."""
    left, right = pair
    right.close()
    with pytest.raises(StreamEnded):
        left.send("hello")


def test_a_deadline_in_the_past_is_a_timeout(pair):
    """Nothing is waited for when the time is over."""
    with pytest.raises(TimeoutError):
        pair[0].receive(time.monotonic() - 1)


def test_wait_readable_names_the_channels_that_can_be_read(pair):
    """A channel is ready when it has bytes or has ended, and only then."""
    left, right = pair
    assert wait_readable([left, right], time.monotonic() + 0.01) == []
    left.send(1)
    assert wait_readable([left, right], time.monotonic() + 5) == [right]
    right.close()
    assert wait_readable([left], time.monotonic() + 5) == [left]
