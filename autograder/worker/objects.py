"""Answering a test's requests: names, attributes and calls of what the notebook defined.

Requests and replies are messages of a `Table`::

    ("get", name)                         -> ("ok", value) | ("missing", name)
    ("getattr", object, name)             -> the same, or ("raised", type, text, line)
    ("method", object, name, args, kwargs)   the attribute, called at once: the same
    ("setattr", object, name, value)      -> ("ok", None) | ("raised", ...)
    ("call", object, args, kwargs)        -> ("ok", value) | ("raised", ...)

The first request of a test arrives as ``("begin", request)``: before it is answered the objects of earlier
tests are forgotten and the notebook's state is put back. Classes and functions that were asked for by name
keep their handles from test to test.
"""

from __future__ import annotations

import contextlib
import warnings
from typing import TYPE_CHECKING, Any

from .cells import describe_exception, student_line
from .handles import Table
from .limits import call_time
from .snapshot import Snapshot
from .wire import Channel, StreamEnded, encode

if TYPE_CHECKING:
    from collections.abc import Callable


class ObjectServer:
    """Serves one exercise's tests over one channel until the other side closes it."""

    def __init__(self, namespace: dict[str, Any], channel: Channel, *, call_cpu_s: float) -> None:
        self.namespace = namespace
        self.channel = channel
        self.call_cpu_s = call_cpu_s
        self.snapshot = Snapshot(namespace)
        self.table = Table(-1)

    def serve(self) -> None:
        """Answer requests until the stream ends."""
        warnings.simplefilter("ignore")  # warnings are not graded, nor is printing: fds 1 and 2 lead nowhere
        with contextlib.suppress(StreamEnded):
            while True:
                message = self.channel.receive()
                with call_time(self.call_cpu_s):
                    payload = self.reply(message)
                self.channel.send_payload(payload)

    def reply(self, message: Any) -> bytes:  # noqa: ANN401
        """Return the encoded message that answers one."""
        answer = self.answer(message)
        try:
            return encode(self.table.message(answer))
        except Exception as error:  # noqa: BLE001 - an endless list, a huge int, student code in a metaclass
            self.table.unsend()
            type_name, text = describe_exception(error)
            reason = f"the result cannot be examined: {text or type_name}"
            return encode(([], ("raised", "ValueError", reason, "")))

    def answer(self, message: Any) -> tuple[Any, ...]:  # noqa: ANN401
        """Return the reply to one request."""
        changes, request = message
        if request[0] == "begin":
            self.table = self.table.renewed()
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
        if name not in self.namespace:
            return ("missing", name)
        self.table.keep(self.namespace[name])
        return ("ok", self.namespace[name])

    def attribute(self, target: Any, name: str, *call: Any) -> tuple[Any, ...]:  # noqa: ANN401
        """Return an attribute, or what it returns if it is to be called."""
        try:
            value = getattr(target, name)
        except BaseException as error:  # noqa: BLE001 - the same
            if type(error) is AttributeError and not student_line(error):
                return ("missing", name)
            return _raised(error)
        return _tried(_call, value, *call) if call else ("ok", value)


def _tried(doing: Callable[..., Any], *operands: Any) -> tuple[Any, ...]:  # noqa: ANN401
    try:
        return ("ok", doing(*operands))
    except BaseException as error:  # noqa: BLE001 - whatever student code raises is an observation
        return _raised(error)


def _raised(error: BaseException) -> tuple[Any, ...]:
    return ("raised", *describe_exception(error), student_line(error))


def _call(target: Callable[..., Any], args: list[Any], kwargs: list[tuple[str, Any]]) -> Any:  # noqa: ANN401
    return target(*args, **dict(kwargs))
