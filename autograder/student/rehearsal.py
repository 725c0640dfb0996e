"""What a test will ask, learned from the reference, so that a worker can be asked all of it at once.

A hidden test asks every submission the same as long as the answers are of the same kind: its inputs are drawn
from the assignment's seed. So each test is rehearsed with the reference, in this process, with what also
serves a submission in a worker (`autograder.worker.objects`), and what it asks becomes a `Script`. A worker
is sent a script as one message and answers in one; then the test runs as it always does, and finds the
replies to its requests here.

This saves time and decides nothing:

- A test that asks anything but its script, to the byte, is held again from the beginning, request by request.
- So is a test whose script ended the process, in a new one: the test might never have asked for the end.
- Where the replies are, to the byte, those with which a test has passed before, it need not run: with the
  same replies it asks and finds the same.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autograder.errors import ProtocolError, WorkerGone
from autograder.student.link import Link, RemoteStudent
from autograder.student.telling import Teller
from autograder.worker.objects import Objects
from autograder.worker.wire import FrameError, decode, join, split

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from autograder.assignment import Limits
    from autograder.student.link import Process

    Test = Callable[[RemoteStudent], BaseException | None]
    """Lets a test meet a student; returns what ended it."""

MAX_SCRIPT_BYTES = 2**22
"""Of the requests of one test; what comes after is asked for one by one."""
MAX_PASSED = 1000
"""Digests that are kept of one test."""


class Strayed(BaseException):
    """A test asks for something else than its script says. No `except Exception` of a suite stops it."""


@dataclass
class Script:
    """What one test asks, request by request.

    Parameters
    ----------
    requests : list of bytes
        The encoded messages up to the first one whose reply is no value.
    passed : set of bytes
        Digests of the replies with which the test has passed.
    """

    requests: list[bytes]
    passed: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.payload = join(self.requests)


class Replies:
    """A worker's replies to a script; the test that runs takes them one by one.

    Raises
    ------
    FrameError
        The answer is not of this form.
    """

    def __init__(self, script: Script, answer: bytes | bytearray) -> None:
        self.script = script
        self.digest = _digest(answer)
        self.has_strayed = False
        self.replies = split(answer)
        if not 0 < len(self.replies) <= len(script.requests):
            raise FrameError("more replies than requests, or none")
        self.taken = 0
        self.is_enough = True

    def next(self, payload: bytes) -> bytes | None:
        """Return the reply to the next request; None if the worker has still to be asked.

        Raises
        ------
        Strayed
            The next request is another one.
        """
        if self.taken == len(self.replies):
            self.is_enough = False
            return None
        if self.has_strayed or payload != self.script.requests[self.taken]:
            self.has_strayed = True
            raise Strayed
        self.taken += 1
        return self.replies[self.taken - 1]

    def have_passed(self) -> bool:
        """Whether the test has passed with these replies before."""
        return self.digest in self.script.passed

    def keep(self) -> None:
        """Note that the test has passed, if these replies alone have decided that."""
        if self.is_enough and len(self.script.passed) < MAX_PASSED:
            self.script.passed.add(self.digest)


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
        self._scripts: dict[str, Script] = {}

    def script(self, test_id: str, test: Test) -> Script:
        """Return what a test asks of the reference."""
        if test_id not in self._scripts:
            self._scripts[test_id] = self._rehearse(test)
        return self._scripts[test_id]

    def _rehearse(self, test: Test) -> Script:
        stage = _Stage(self._objects)
        student = RemoteStudent(Link(stage, lambda _name: "", self._teller.for_exercise()))
        student.begin_test()
        error = test(student)
        script = Script(stage.requests)
        if error is None and not stage.is_over:
            script.passed.add(_digest(join(stage.replies)))
        return script


class _Stage:
    """Answers for the reference, and takes down what is asked of it."""

    def __init__(self, objects: Objects) -> None:
        self.gone: WorkerGone | None = None
        self.objects = objects
        self.requests: list[bytes] = []
        self.replies: list[bytes] = []
        self.room = MAX_SCRIPT_BYTES
        self.is_over = False
        """Whether something was asked that does not belong to the script any more."""
        self.is_last = False

    def request(self, payload: bytes) -> bytes:
        reply, is_value = self.objects.reply(decode(payload))
        self.room -= len(payload)
        self.is_over = self.is_over or self.is_last or self.room < 0
        if not self.is_over:
            self.requests.append(payload)
            self.replies.append(reply)
            self.is_last = not is_value
        return reply

    def give_up(self, error: Exception) -> ProtocolError:
        return ProtocolError(f"the reference cannot be asked over the wire ({error})")


class RehearsedStudent(RemoteStudent):
    """A student whose tests are told ahead.

    Parameters
    ----------
    link : Link
        To the process of the exercise.
    rehearsal : Rehearsal
        What the tests ask.
    start_anew : callable
        Returns another process for the exercise, given the seconds that were lost with the one before.
    """

    def __init__(self, link: Link, rehearsal: Rehearsal, start_anew: Callable[[float], Process]) -> None:
        super().__init__(link)
        self._rehearsal: Rehearsal | None = rehearsal
        self._start_anew = start_anew

    def meet_test(self, test_id: str, test: Test) -> BaseException | None:
        """Let a test meet this student, from the state that the notebook left; return what ended it."""
        try:
            replies = self._tell_ahead(test_id, test)
            if replies is None:
                return test(self)
            if replies.have_passed():
                return None
            error = test(self)
            if replies.has_strayed:
                self.begin_test()
                return test(self)
        except WorkerGone as gone:
            return gone
        if error is None:
            replies.keep()
        return error

    def is_rehearsed(self) -> bool:
        """Whether tests are still told ahead: not after one has ended the process."""
        return self._rehearsal is not None

    def _tell_ahead(self, test_id: str, test: Test) -> Replies | None:
        """Have a test's script answered; return the replies, or None if the test shall ask for itself."""
        if self._rehearsal is None or not (script := self._rehearsal.script(test_id, test)).requests:
            return None
        link, began = self._link, time.monotonic()
        try:
            link.ahead = Replies(script, link.process.request(script.payload))
        except FrameError as error:
            link.process.give_up(error)
        except WorkerGone:
            pass
        else:
            return link.ahead
        self._rehearsal = None
        link.process = self._start_anew(time.monotonic() - began)
        return None


def _digest(answer: bytes | bytearray) -> bytes:
    return hashlib.sha256(answer).digest()
