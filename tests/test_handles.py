"""Copy-restore: a call across the wire behaves like a call in one process."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.worker import handles, wire
from autograder.worker.handles import Table
from autograder.worker.wire import ArrayNode, DictNode, FrameError, Opaque, Ref, decode, encode


class Wire:
    """Two tables, and between them the bytes that would cross."""

    def __init__(self) -> None:
        self.ours = Table(1)
        self.theirs = Table(-1)

    def send(self, value):
        """Return what a value of ours is on the other side."""
        return self.theirs.receive(decode(encode(self.ours.message(value))))

    def answer(self, value=None):
        """Return what a value of theirs is on our side."""
        return self.ours.receive(decode(encode(self.theirs.message(value))))

    def call(self, function, *args):
        """Return what a function gives that runs on the other side."""
        return self.answer(function(*self.send(args)))


@pytest.fixture
def link():
    """Return a pair of tables."""
    return Wire()


# ----- values -----


@pytest.mark.parametrize(
    "value",
    [None, True, 3, 2.5, 1j, "text", [1, "a"], (1, (2, [3])), [], ()],
    ids=repr,
)
def test_plain_values_arrive_equal_and_of_the_same_type(link, value):
    """Numbers, text, lists and tuples are copied."""
    arrived = link.send(value)
    assert arrived == value
    assert type(arrived) is type(value)


@pytest.mark.parametrize("scalar", [np.float64(1.5), np.float32(0.1), np.int8(-3), np.bool_(1)], ids=repr)
def test_numpy_scalars_stay_numpy_scalars(link, scalar):
    """A float64 is no float: its dtype is part of the answer."""
    arrived = link.answer(scalar)
    assert type(arrived) is type(scalar)
    assert arrived == scalar


@pytest.mark.parametrize(
    "array",
    [np.array(1.5), np.empty((0, 4)), np.asfortranarray(np.ones((2, 3))), np.arange(9)[::2], np.eye(3).T],
    ids=["0-d", "empty", "Fortran", "strided", "transposed"],
)
def test_arrays_of_every_layout_arrive(link, array):
    """Values, shape and dtype arrive whatever the layout is."""
    arrived = link.send(array)
    np.testing.assert_array_equal(arrived, array, strict=True)


@given(hnp.arrays(st.sampled_from(wire.DTYPES), hnp.array_shapes(min_dims=0, min_side=0, max_side=4)))
def test_any_array_survives_there_and_back(array):
    """Sent and answered, an array is the very object that was sent, with its bytes."""
    link, before = Wire(), array.tobytes()
    assert link.call(lambda x: x, array) is array
    assert array.tobytes() == before


# ----- identity -----


def test_a_result_that_is_an_argument_comes_back_as_that_argument(link):
    """`return x` returns x."""
    x = np.ones(3)
    assert link.call(lambda x: x, x) is x


def test_a_copy_comes_back_as_another_object(link):
    """`return x.copy()` does not."""
    x = np.ones(3)
    result = link.call(lambda x: x.copy(), x)
    assert result is not x
    np.testing.assert_array_equal(result, x)


def test_sending_an_array_again_gives_the_same_remote_object(link):
    """A layer that was built from W recognises W."""
    W = np.ones((2, 2))
    assert link.send(W) is link.send(W)


def test_the_same_array_twice_in_one_message_is_one_object(link):
    """Aliases stay aliases, within lists and dicts too."""
    x = np.ones(2)
    first, second, inner = link.send((x, [x], {"x": x}))
    assert first is second[0]
    assert first is inner["x"]


def test_a_new_object_of_theirs_keeps_its_identity(link):
    """An array that the student made and returns twice is one array here."""
    dx = np.ones(2)
    assert link.answer(dx) is link.answer(dx)


def test_dicts_within_lists_keep_their_identity(link):
    """A dict is one object wherever it lies."""
    params = {"W": np.ones(2)}
    first, second = link.send([params, (params,)])
    assert first is second[0]
    assert link.answer([first])[0] is params


def test_a_dict_that_contains_itself_is_refused(link):
    """Who compares answers walks over them: a cycle would have no end."""
    loop: dict[str, object] = {}
    loop["self"] = loop
    with pytest.raises(FrameError, match="contains itself"):
        link.answer(loop)


def test_a_dict_that_comes_to_contain_itself_is_refused(link):
    """A cycle that is closed by a later change is one too."""
    outer: dict[str, object] = {}
    inner = {"outer": outer}
    link.answer(outer)
    link.answer(inner)
    outer["inner"] = inner
    with pytest.raises(FrameError, match="contains itself"):
        link.answer(None)


def test_references_that_multiply_are_refused(link):
    """Twenty dicts of two references each would be a million dicts for whoever copies them."""
    value: object = 1.0
    for _ in range(20):
        value = {"left": value, "right": value}
    with pytest.raises(FrameError, match="MiB"):
        link.answer(value)


def test_an_array_that_is_listed_many_times_is_refused(link):
    """A list of references to one array is as large as its copies."""
    with pytest.raises(FrameError, match="MiB"):
        link.answer([np.zeros(100_000)] * 1000)


def test_references_that_grow_in_hindsight_are_refused(link):
    """What a dict refers to may grow after it has crossed."""
    small: dict[str, object] = {}
    link.answer([small] * 1000)
    link.answer({"all": [small] * 1000})
    small.update({str(number): 1.0 for number in range(2000)})
    with pytest.raises(FrameError, match="MiB"):
        link.answer(None)


# ----- changes in place -----


def test_what_they_change_in_place_changes_here(link):
    """The same array, with new values, after the call."""
    params = {"W": np.zeros(3)}
    W = params["W"]

    def update(params):
        params["W"] += 1

    link.call(update, params)
    assert params["W"] is W
    np.testing.assert_array_equal(W, [1, 1, 1])


def test_what_is_changed_here_changes_there(link):
    """The remote layer sees a W that was changed between two calls."""
    W = np.zeros(2)
    remote = link.send(W)
    W[:] = 7
    link.send(None)
    np.testing.assert_array_equal(remote, [7, 7])


def test_a_change_of_theirs_after_the_object_was_forgotten_by_the_call_arrives(link):
    """A layer that keeps W and changes it in a later call changes ours."""
    W = np.zeros(2)
    remote = link.send(W)
    link.answer()
    link.send(None)
    remote[0] = 5
    link.answer()
    np.testing.assert_array_equal(W, [5, 0])


def test_only_changes_are_sent(link):
    """An object that both sides know and nobody touched costs nothing."""
    x = np.ones((100, 100))
    link.call(lambda _x: None, x)
    changes, _ = link.ours.message(("next",))
    assert changes == []
    changes, body = link.ours.message((x,))
    assert changes == []
    assert body == (Ref(1),)


def test_rebinding_an_entry_shows_as_another_object(link):
    """`params[key] = params[key] - ...` leaves our array as it was and binds a new one."""
    W = np.ones(2)
    params = {"W": W}

    def update(params):
        params["W"] = params["W"] * 3

    link.call(update, params)
    assert params["W"] is not W
    np.testing.assert_array_equal(params["W"], [3, 3])
    np.testing.assert_array_equal(W, [1, 1])


def test_rebinding_to_another_shared_array_is_that_array(link):
    """Swapping two entries swaps the very arrays."""
    a, b = np.zeros(1), np.ones(1)
    params = {"a": a, "b": b}

    def swap(params):
        params["a"], params["b"] = params["b"], params["a"]

    link.call(swap, params)
    assert params["a"] is b
    assert params["b"] is a


def test_entries_that_come_and_go_come_and_go_here(link):
    """Keys that were added or deleted in place are added or deleted, in their order."""
    params = {"a": 1, "b": 2}

    def change(params):
        del params["a"]
        params["c"] = [3]

    link.call(change, params)
    assert list(params.items()) == [("b", 2), ("c", [3])]


def test_a_change_deep_within_a_dict_arrives(link):
    """Dicts in dicts, arrays in lists in dicts."""
    inner = np.zeros(2)
    params = {"layer": {"W": inner}, "list": [inner]}

    def change(params):
        params["layer"]["W"][0] = 1
        params["list"].append(2)

    link.call(change, params)
    np.testing.assert_array_equal(inner, [1, 0])
    assert params["list"][0] is inner
    assert params["list"][1] == 2


def test_a_shape_that_was_changed_in_place_is_followed(link):
    """`x.shape = (6,)` reshapes our array as it would have in one process."""
    x = np.arange(6.0).reshape(2, 3)

    def flatten(x):
        x.shape = (6,)

    link.call(flatten, x)
    assert x.shape == (6,)


def test_negative_zero_and_nan_are_changes_like_any_other(link):
    """State is compared bit by bit: -0.0 replaces 0.0, and a NaN that stays is no change."""
    x = np.array([0.0, np.nan])
    link.call(lambda x: np.negative(x, out=x), x)
    assert np.signbit(x[0])
    assert link.ours.message(None)[0] == []


def test_no_memory_of_ours_is_reallocated(link):
    """An array that was resized there is refused here: a view of it may be in use."""
    x = np.arange(4.0)
    view = x[1:]
    remote = link.send(x)
    remote.resize((400,), refcheck=False)
    with pytest.raises(FrameError, match="in place"):
        link.answer()
    np.testing.assert_array_equal(view, [1, 2, 3])


def test_a_read_only_array_of_ours_is_not_changed(link):
    """What cannot be written to here ends in `FrameError`, not in an error of ours."""
    x = np.broadcast_to(1.0, (2, 2))
    remote = link.send(x)
    remote[0, 0] = 5
    with pytest.raises(FrameError):
        link.answer()
    assert (x == 1).all()


def test_lists_are_values(link):
    """A list that the other side changes is not changed here, which is documented."""
    items = [1, 2]
    link.call(lambda items: items.append(3), items)
    assert items == [1, 2]


# ----- what does not cross -----


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (object(), "object"),
        (np.ones((1, 1)).view(np.matrix), "matrix"),
        (np.ma.masked_array([1.0]), "MaskedArray"),
        (np.array([None]), "ndarray of dtype object"),
        (np.array(["a"]), "ndarray of dtype <U1"),
        ({1: 2, (3,): 4}, "dict"),
        ({1, 2}, "set"),
        (len, "builtin_function_or_method"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_objects_arrive_as_their_type_name(link, value, name):
    """Lookalikes and objects stay where they are; their type name is all that crosses."""
    arrived = link.answer(value)
    assert isinstance(arrived, Opaque)
    assert arrived.opaque_type_name == name
    assert arrived.opaque_is_callable is callable(value)
    assert link.send(arrived) is value


def test_an_object_of_an_earlier_table_is_refused(link):
    """A stand-in from before the tables were replaced cannot be sent as something else."""
    stale = link.answer(object())
    link.ours = Table(1)
    with pytest.raises(FrameError, match="no longer shared"):
        link.ours.message([stale])


@pytest.mark.parametrize("unsendable", [2**1000, [[[]]] * (wire.MAX_ITEMS + 1)], ids=["int", "list"])
def test_an_unsent_message_leaves_the_tables_as_they_were(link, unsendable):
    """After a message that could not be sent, the next one gives the same handles and all changes."""
    shared = np.zeros(1)
    remote = link.send(shared)
    remote[0] = 1
    with pytest.raises(FrameError):
        encode(link.theirs.message([np.ones(2), unsendable]))
    link.theirs.unsend()
    (fresh,) = link.answer([np.full(3, 2.0)])
    np.testing.assert_array_equal(fresh, [2, 2, 2])
    np.testing.assert_array_equal(shared, [1])
    assert link.send(fresh) is not fresh


# ----- what a worker may not say -----


@pytest.mark.parametrize(
    "message",
    [
        None,
        (),
        ([],),
        ([], None, None),
        ((), None),
        ([1], None),
        ([Ref(1)], None),
        ([Opaque(-9, "x")], None),
        ([], Ref(99)),
        ([], Ref(-1)),
        ([], Ref(0)),
        ([], ArrayNode(99, np.ones(1))),
        ([], ArrayNode(0, np.ones(1))),
        ([], DictNode(99, ())),
        ([], Opaque(99, "x")),
        ([], Opaque(1, "x")),
        ([], ArrayNode(1, np.ones(2, np.float32))),
        ([], ArrayNode(1, np.ones(3))),
        ([], ArrayNode(2, np.ones(2))),
        ([], DictNode(1, ())),
        ([], [Opaque(-5, "x"), Opaque(-5, "x")]),
        ([], [Opaque(-5, "x"), ArrayNode(-5, np.ones(1))]),
        ([], DictNode(-6, (("a", Ref(77)),))),
    ],
    ids=repr,
)
def test_wrong_handles_and_forms_are_refused(link, message):
    """Handles that were never given, objects that changed their kind, and other forms end in `FrameError`."""
    x, params = np.zeros(2), {"a": 1}
    link.send((x, params))
    with pytest.raises(FrameError):
        link.ours.receive(message)
    np.testing.assert_array_equal(x, [0, 0])


def test_a_dict_bound_in_vain_is_refused_before_it_is_emptied(link):
    """A shared dict keeps its entries when the news of it are nonsense."""
    params = {"a": 1}
    link.send(params)
    with pytest.raises(FrameError):
        link.ours.receive(([DictNode(1, (("b", Ref(55)),))], None))
    assert params == {"a": 1}


def test_what_a_worker_hands_out_is_bounded(link, monkeypatch):
    """A worker that hands out array after array is stopped at a sum."""
    monkeypatch.setattr(handles, "MAX_TAKEN_BYTES", 2**20)
    link.ours = Table(1)
    with pytest.raises(FrameError, match="MiB"):
        link.answer([np.zeros(2**14) for _ in range(20)])
    assert sum(value.nbytes for value in link.ours.objects.values()) <= 2**20


def test_objects_without_size_are_bounded_too(link, monkeypatch):
    """So is one that hands out empty arrays."""
    monkeypatch.setattr(handles, "MAX_TAKEN_BYTES", 2**16)
    link.ours = Table(1)
    with pytest.raises(FrameError, match="handed out"):
        link.answer([np.empty(0) for _ in range(1000)])
