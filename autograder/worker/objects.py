"""Answering a test's requests: names, attributes and calls of what the notebook defined.

Requests and replies are messages of a `Table`::

    ("begin",)                        -> ("ok", None)    forget shared objects, put the notebook's state back
    ("get", name)                     -> ("ok", value) | ("missing", name)
    ("getattr", object, name)         -> the same, or ("raised", type, text, line)
    ("setattr", object, name, value)  -> ("ok", None) | ("raised", ...)
    ("call", object, args, kwargs)    -> ("ok", value) | ("raised", ...)
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
        if message[1][0] == "begin":
            self.table = Table(-1)
            self.snapshot.restore()
            return ("ok", None)
        operation, *operands = self.table.receive(message)
        if operation == "get":
            return self.get(*operands)
        doing: Any = {"getattr": getattr, "setattr": setattr, "call": _call}[operation]
        try:
            return ("ok", doing(*operands))
        except BaseException as error:  # noqa: BLE001 - whatever student code raises is an observation
            if operation == "getattr" and type(error) is AttributeError and not student_line(error):
                return ("missing", operands[1])
            return ("raised", *describe_exception(error), student_line(error))

    def get(self, name: str) -> tuple[Any, ...]:
        """Return what the notebook bound to a name."""
        if name not in self.namespace:
            return ("missing", name)
        return ("ok", self.namespace[name])


def _call(target: Callable[..., Any], args: list[Any], kwargs: list[tuple[str, Any]]) -> Any:  # noqa: ANN401
    return target(*args, **dict(kwargs))
