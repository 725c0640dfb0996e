"""A student's names behind a wire: requests to one exercise's process, and the objects shared with it.

`RemoteStudent` is what a suite calls `student`. What comes back is data or a `RemoteObject`; arrays and dicts
keep their identity (`autograder.worker.handles`). What a test will ask can be told ahead
(`autograder.student.ahead`): then its replies are here before it begins.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from autograder.student import NameMissing, StudentObject, StudentRaised
from autograder.worker.handles import Table
from autograder.worker.wire import FrameError, Opaque, decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.errors import ProtocolError, WorkerGone
    from autograder.student.ahead import Replies
    from autograder.student.telling import ExerciseTeller


class Process(Protocol):
    """Who answers (`autograder.sandbox.ExerciseProcess`)."""

    gone: WorkerGone | None

    def request(self, payload: bytes) -> bytes | bytearray:
        """Return the answer to a message, both encoded; raise `WorkerGone` if nobody can give one."""

    def give_up(self, error: Exception) -> ProtocolError:
        """End the process, which sent what it should not; return what every later request raises."""


class Link:
    """Requests to one exercise's process, and the objects shared with it.

    Parameters
    ----------
    process : Process
        Who answers.
    why_missing : callable
        Returns what is known about a name that is not there.
    teller : ExerciseTeller
        Puts into words what student code raised.
    """

    def __init__(self, process: Process, why_missing: Callable[[str], str], teller: ExerciseTeller) -> None:
        self.process = process
        self.why_missing = why_missing
        self.teller = teller
        self.is_new_test = False
        self._forget()

    def _forget(self) -> None:
        self.table = Table(1, opaque=self._remote_object)
        self.names: dict[str, RemoteObject] = {}
        self.methods: set[tuple[str, str]] = set()
        """Names of classes with those attributes of their instances that turned out to be callable."""
        self.ahead: Replies | None = None
        """The replies to what was told ahead, until they are used up."""

    def _remote_object(self, value: Opaque) -> RemoteObject:
        return RemoteObject(self, value, self.teller.type_name(value.opaque_type_name))

    def begin_test(self) -> None:
        """Forget what earlier tests shared; with the next request the worker puts the notebook's state back.

        Raises
        ------
        WorkerGone
            There is nobody left to ask.
        """
        if self.process.gone is not None:
            raise self.process.gone
        self._forget()
        self.is_new_test = True

    def name(self, name: str) -> Any:  # noqa: ANN401 - any value
        """Return what the notebook bound to a name; a class or function is asked for once in a test."""
        if name not in self.names:
            value = self.ask(name, "get", name)
            if not isinstance(value, RemoteObject):
                return value
            object.__setattr__(value, "opaque_name", name)
            self.names[name] = value
        return self.names[name]

    def ask(self, doing: str, *request: Any) -> Any:  # noqa: ANN401 - any request, any value
        """Send a request and return its value, or raise what the student's code raised."""
        _settle(request)
        changes, body = self.table.message(request)
        if self.is_new_test:
            self.is_new_test, body = False, ("begin", body)
        try:
            reply = self.table.receive(decode(self._answer(encode((changes, body)))))
        except FrameError as error:
            raise self.process.give_up(error) from None
        match reply:
            case ("ok", value):
                return value
            case ("missing", str(name)):
                raise NameMissing(
                    doing.removesuffix("(…)") or name, self.why_missing(name) if request[0] == "get" else ""
                )
            case ("raised", str(type_name), str(text), str(line)):
                raise self._with_reason(self.teller.raised(type_name, text, line, doing))
        raise self.process.give_up(FrameError("a reply that is none"))

    def _answer(self, payload: bytes) -> bytes | bytearray:
        """Return the encoded reply to a request: the one that is here already, or the worker's."""
        if self.ahead is not None and (reply := self.ahead.next(payload)) is not None:
            return reply
        return self.process.request(payload)

    def _with_reason(self, raised: StudentRaised) -> StudentRaised:
        """Say of a missing name why it is missing, if a cell was to define it: an import that failed."""
        name = re.fullmatch(r"name '(\w+)' is not defined.*", raised.text)
        reason = self.why_missing(name[1]) if name and raised.type_name == "NameError" else ""
        if not reason.startswith("the cell that defines it"):
            return raised
        return StudentRaised(raised.type_name, f"{raised.text} ({reason})", raised.line, raised.doing)


class RemoteStudent:
    """The names of one notebook. ``student.Affine`` asks the worker for ``Affine``."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the student made of it
        return self._link.name(name)

    def begin_test(self) -> None:
        """Start a test from the state that the notebook left."""
        self._link.begin_test()


class RemoteObject(StudentObject):
    """An object that stays in the worker: its attributes and calls are asked for over the wire."""

    def __init__(self, link: Link, opaque: Opaque, type_name: str) -> None:
        for attribute, value in (
            ("opaque_link", link),
            ("opaque_name", type_name),
            ("opaque_made_by", ""),
            ("opaque_handle", opaque.opaque_handle),
            ("opaque_type_name", type_name),
            ("opaque_is_callable", opaque.opaque_is_callable),
        ):
            object.__setattr__(self, attribute, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - a student's callable
        """Call it there, and return what it returned."""
        return self._result("call", self, list(args), list(kwargs.items()))

    def _result(self, *request: Any) -> Any:  # noqa: ANN401
        value = self.opaque_link.ask(f"{self.opaque_name}(…)", *request)
        if isinstance(value, RemoteObject) and value.opaque_name == value.opaque_type_name:
            object.__setattr__(value, "opaque_name", self.opaque_name)
        if isinstance(value, RemoteObject) and not value.opaque_made_by:
            object.__setattr__(value, "opaque_made_by", self.opaque_name)
        return value

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        if name.startswith("__"):
            raise AttributeError(name)
        method = self.opaque_made_by, name
        if method in self.opaque_link.methods:
            return RemoteMethod(self, name)
        value = self.opaque_link.ask(f"{self.opaque_name}.{name}", "getattr", self, name)
        if isinstance(value, RemoteObject):
            object.__setattr__(value, "opaque_name", f"{self.opaque_name}.{name}")
            if value.opaque_is_callable and self.opaque_made_by:
                self.opaque_link.methods.add(method)
        return value

    def __setattr__(self, name: str, value: Any) -> None:  # noqa: ANN401
        self.opaque_link.ask(f"{self.opaque_name}.{name} = …", "setattr", self, name, value)

    def __repr__(self) -> str:
        return f"<{self.opaque_type_name} object of the submission>"


class RemoteMethod(RemoteObject):
    """A method that another instance of the same class had, so that only its call crosses the wire.

    Used in another way than by calling it, it is asked for like any attribute.
    """

    def __init__(self, owner: RemoteObject, name: str) -> None:
        super().__init__(owner.opaque_link, Opaque(0, "method", is_callable=True), "method")
        object.__setattr__(self, "opaque_name", f"{owner.opaque_name}.{name}")
        object.__setattr__(self, "opaque_owner", owner)
        object.__setattr__(self, "opaque_attribute", name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Get and call it there, and return what it returned."""
        if self.opaque_handle:
            return super().__call__(*args, **kwargs)
        called = self.opaque_owner, self.opaque_attribute
        return self._result("method", *called, list(args), list(kwargs.items()))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        self.opaque_settle()
        return super().__getattr__(name)

    def __setattr__(self, name: str, value: Any) -> None:  # noqa: ANN401
        self.opaque_settle()
        super().__setattr__(name, value)

    def opaque_settle(self) -> None:
        """Ask for the method itself, if that was not done yet."""
        if not self.opaque_handle:
            asked = "getattr", self.opaque_owner, self.opaque_attribute
            value = self.opaque_link.ask(self.opaque_name, *asked)
            if not isinstance(value, RemoteObject):
                text = f"{self.opaque_name} is a method of one object and a value of another"
                raise StudentRaised("TypeError", text)
            self.opaque_link.table.replace(value, self)
            object.__setattr__(self, "opaque_handle", value.opaque_handle)


def _settle(value: Any) -> None:  # noqa: ANN401 - part of a request
    """Ask for the methods in a request that have no handle yet."""
    if type(value) in (list, tuple):
        for item in value:
            _settle(item)
    elif type(value) is dict:
        for item in value.values():
            _settle(item)
    elif isinstance(value, RemoteMethod):
        value.opaque_settle()
