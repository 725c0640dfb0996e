"""Answering a test's requests: names, attributes and calls of what the notebook defined.

Requests and replies are messages of a `Table`::

    ("get", name)                         -> ("ok", value) | ("missing", name)
    ("getattr", object, name)             -> the same, or ("raised", type, text, line)
    ("method", object, name, args, kwargs)   the attribute, called at once: the same
    ("setattr", object, name, value)      -> ("ok", None) | ("raised", ...)
    ("call", object, args, kwargs)        -> ("ok", value) | ("raised", ...)

The first request of a test arrives as ``("begin", request)``: before it is answered the objects of earlier
tests are forgotten and the notebook's state is put back. Several messages that are joined are answered in
turn, and their replies joined likewise.
"""

from __future__ import annotations

import contextlib
import warnings
from typing import TYPE_CHECKING, Any

from .exceptions import describe_exception, student_line
from .handles import Table
from .limits import call_time
from .snapshot import Snapshot
from .wire import (
    MAX_JOINED_BYTES,
    Channel,
    FrameError,
    StreamEnded,
    decode,
    encode,
    is_joined,
    join,
    split,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Objects:
    """What a notebook defined, and the test that uses it.

    Parameters
    ----------
    namespace : dict
        The notebook's names.
    """

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.snapshot = Snapshot(namespace)
        self.table = Table(-1, is_wary=False)

    def reply(self, message: Any) -> tuple[bytes, bool]:  # noqa: ANN401
        """Return the encoded message that answers one, and whether it holds a value."""
        answer = self.answer(message)
        try:
            return encode(self.table.message(answer)), answer[0] == "ok"
        except Exception as error:  # noqa: BLE001 - an endless list, a huge int, student code in a metaclass
            self.table.unsend()
            type_name, text = describe_exception(error)
            reason = f"the result cannot be examined: {text or type_name}"
            return encode(([], ("raised", "ValueError", reason, ""))), False

    def answer(self, message: Any) -> tuple[Any, ...]:  # noqa: ANN401
        """Return the reply to one request."""
        changes, request = message
        if request[0] == "begin":
            self.table = Table(-1, is_wary=False)
            self.snapshot.restore()
            request = request[1]
        operation, *operands = self.table.receive((changes, request))
        if operation == "get":
            return self.get(*operands)
        if operation in ("getattr", "method"):
            return self.attribute(*operands)
        return _tried(setattr if operation == "setattr" else _call, *operands)

    def get(self, name: str) -> tuple[Any, ...]:
        """Return what the notebook bound to a name."""
        return ("ok", self.namespace[name]) if name in self.namespace else ("missing", name)

    def attribute(self, target: Any, name: str, *call: Any) -> tuple[Any, ...]:  # noqa: ANN401
        """Return an attribute, or what it returns if it is to be called."""
        try:
            value = getattr(target, name)
        except BaseException as error:  # noqa: BLE001 - the same
            if type(error) is AttributeError and not student_line(error):
                return ("missing", name)
            return _raised(error)
        return _tried(_call, value, *call) if call else ("ok", value)


class ObjectServer:
    """Serves one exercise's tests over one channel until the other side closes it."""

    def __init__(self, objects: Objects, channel: Channel, *, call_cpu_s: float) -> None:
        self.objects = objects
        self.channel = channel
        self.call_cpu_s = call_cpu_s

    def serve(self) -> None:
        """Answer requests until the stream ends."""
        warnings.simplefilter("ignore")  # warnings are not graded, nor is printing: fds 1 and 2 lead nowhere
        with contextlib.suppress(StreamEnded):
            while True:
                self.channel.send_payload(self.answer(self.channel.receive_payload()))

    def answer(self, payload: bytes | bytearray) -> bytes:
        """Return the reply to a request, or those to scripts: joined requests, which are joined in turn."""
        if is_joined(payload):
            return join(list(self.scripts(split(payload))))
        message = decode(payload)
        with call_time(self.call_cpu_s):
            return self.objects.reply(message)[0]

    def scripts(self, scripts: list[bytes]) -> Iterator[bytes]:
        """Yield the joined replies to each script, or nothing if there is no room for them.

        A script has the time of one call.
        """
        room = MAX_JOINED_BYTES
        for script in scripts:
            if room < 0:
                yield b""
                continue
            with call_time(self.call_cpu_s):
                replies = join(list(self.replies(split(script))))
            yield replies
            room -= len(replies)

    def replies(self, payloads: list[bytes]) -> Iterator[bytes]:
        """Yield replies to as many requests as make sense: none after one that did not get a value.

        One that refers to what an earlier one should have returned has an empty reply.
        """
        room = MAX_JOINED_BYTES
        for payload in payloads:
            try:
                reply, is_value = self.objects.reply(decode(payload))
            except FrameError:
                yield b""
                return
            yield reply
            room -= len(reply)
            if not is_value or room < 0:
                return


def _tried(doing: Callable[..., Any], *operands: Any) -> tuple[Any, ...]:  # noqa: ANN401
    try:
        return ("ok", doing(*operands))
    except BaseException as error:  # noqa: BLE001 - whatever student code raises is an observation
        return _raised(error)


def _raised(error: BaseException) -> tuple[Any, ...]:
    return ("raised", *describe_exception(error), student_line(error))


def _call(target: Callable[..., Any], args: list[Any], kwargs: list[tuple[str, Any]]) -> Any:  # noqa: ANN401
    return target(*args, **dict(kwargs))
