"""What a hidden test will ask, learned from the reference.

A hidden test asks every submission the same as long as the answers are of the same kind: its inputs are drawn
from the assignment's seed. So each test is rehearsed with the reference, in this process, with what also
serves a submission in a worker (`autograder.worker.objects`), and what it asks becomes the `Script` that a
submission's worker is told ahead (`autograder.student.ahead`).

A script holds no request that depends on an earlier reply: the submission would be told what is right. So
each test is rehearsed a second time, with answers that are wrong in every respect and with checks that
overlook it; the first request that differs ends the script.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.checks.mismatch import overlooking
from autograder.errors import ProtocolError
from autograder.student.ahead import Script, digest
from autograder.student.link import Link, RemoteStudent
from autograder.student.telling import Teller
from autograder.worker.objects import Objects
from autograder.worker.wire import ArrayNode, DictNode, decode, encode, join

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    from autograder.assignment import Limits
    from autograder.errors import WorkerGone
    from autograder.student.ahead import Test

MAX_SCRIPT_BYTES = 2**22
"""Of the requests of one test; what comes after is asked for one by one."""


class Rehearsal:
    """The scripts of a suite's tests; each is learned when its test first meets a submission.

    Parameters
    ----------
    reference : module
        Who the tests are rehearsed with.
    limits : Limits
        Of a submission.
    """

    def __init__(self, reference: ModuleType, limits: Limits) -> None:
        self._objects = Objects(dict(vars(reference)))
        self._teller = Teller([], limits, inputs_are_hidden=True)
        self._scripts: dict[str, dict[str, Script]] = {}

    def known(self, exercise: str) -> Mapping[str, Script]:
        """Return the scripts of an exercise's tests that have been rehearsed."""
        return self._scripts.get(exercise, {})

    def script(self, exercise: str, test_id: str, test: Test) -> Script:
        """Return what a test asks of the reference."""
        scripts = self._scripts.setdefault(exercise, {})
        if test_id not in scripts:
            scripts[test_id] = self._rehearse(test)
        return scripts[test_id]

    def _rehearse(self, test: Test) -> Script:
        held = _Stage(self._objects)
        error = self._hold(test, held)
        other = _Stage(self._objects, _altered)
        with overlooking():
            self._hold(test, other)
        script = Script(_common(held.requests, other.requests))
        if error is None and len(script.requests) == held.asked:
            script.passed.add(digest(join(held.replies)))
        return script

    def _hold(self, test: Test, stage: _Stage) -> BaseException | None:
        student = RemoteStudent(Link(stage, lambda _name: "", self._teller.for_exercise()))
        student.begin_test()
        return test(student)


class Actor:
    """A student that lets every test be rehearsed, and meets none.

    Parameters
    ----------
    rehearsal : Rehearsal
        Learns what the tests ask.
    exercise : str
        The exercise's id.
    """

    def __init__(self, rehearsal: Rehearsal, exercise: str) -> None:
        self._rehearsal = rehearsal
        self._exercise = exercise

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a student's
        raise AttributeError(name)

    def meet_test(self, test_id: str, test: Test) -> None:
        """Have a test rehearsed."""
        self._rehearsal.script(self._exercise, test_id, test)


class _Stage:
    """Answers for the reference, and takes down what is asked of it.

    Parameters
    ----------
    objects : Objects
        The reference's.
    change : callable, optional
        Makes another reply of the one that it gives; encoded.
    """

    def __init__(self, objects: Objects, change: Callable[[bytes], bytes] = lambda reply: reply) -> None:
        self.gone: WorkerGone | None = None
        self.objects = objects
        self.change = change
        self.requests: list[bytes] = []
        """Those up to the first one whose reply is no value, as far as there is room."""
        self.replies: list[bytes] = []
        self.asked = 0
        self.room = MAX_SCRIPT_BYTES
        self.is_open = True

    def request(self, payload: bytes) -> bytes:
        reply, is_value = self.objects.reply(decode(payload))
        reply = self.change(reply)
        self.asked += 1
        self.room -= len(payload)
        if self.is_open and self.room >= 0:
            self.requests.append(payload)
            self.replies.append(reply)
            self.is_open = is_value
        return reply

    def give_up(self, error: Exception) -> ProtocolError:
        return ProtocolError(f"the reference cannot be asked over the wire ({error})")


def _common(one: list[bytes], other: list[bytes]) -> list[bytes]:
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return [request for request, _ in pairs]


# ----- answers that are wrong in every respect -----


def _altered(reply: bytes) -> bytes:
    """Return a reply with other numbers, texts and shapes.

    What kind of thing an answer is, how many items it has and under which keys is no secret: stubs say that.
    """
    changes, body = decode(reply)
    if body[0] == "ok":
        body = ("ok", _other(body[1]))
    return encode(([_other(node) for node in changes], body))


def _other(value: Any) -> Any:  # noqa: ANN401 - any wire value
    change = _CHANGES.get(type(value))
    if change is not None:
        return change(value)
    return value + type(value)(1) if isinstance(value, np.number) else value


def _other_array(node: ArrayNode) -> ArrayNode:
    """Return an array with nothing of the entries, and with another shape unless it is one of the test's."""
    array = node.array
    if array.dtype.kind in "fc":
        entries = np.random.RandomState(array.size).uniform(-9, 9, array.shape).astype(array.dtype)
    else:
        entries = ~array if array.dtype.kind == "b" else array + array.dtype.type(7)
    return ArrayNode(node.handle, entries if node.handle > 0 else entries[..., np.newaxis])


_CHANGES: dict[type, Callable[[Any], Any]] = {
    bool: lambda value: not value,
    int: lambda value: value + 1,
    float: lambda value: value + 1.0,
    complex: lambda value: value + 1.0,
    str: lambda value: f"{value}?",
    list: lambda value: [_other(item) for item in value],
    tuple: lambda value: tuple(_other(item) for item in value),
    ArrayNode: _other_array,
    DictNode: lambda node: DictNode(node.handle, tuple((key, _other(item)) for key, item in node.items)),
}
