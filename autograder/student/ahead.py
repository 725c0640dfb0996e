"""Tests whose requests are told ahead, and who lets them find the replies.

Where it is known what the tests of an exercise will ask (`autograder.rehearsal`), a worker is sent all of it
in one message and answers in one; then each test runs as it always does, and finds the replies to its
requests here. This saves time and decides nothing:

- A test that asks anything but its script, to the byte, is held again from the beginning, request by request.
- So is every test where a script has ended the process, in a new one: no test might ever ask for the end.
- Where the replies are, to the byte, those with which a test has passed before, it need not run: with the
  same replies it asks and finds the same.
- An exercise may be asked in the process of the one before, if that has passed. Whatever does not pass there
  is held again in a process of its own, so no exercise is refused for what another one did.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from autograder.errors import WorkerGone
from autograder.student.link import Link, RemoteStudent
from autograder.worker.wire import FrameError, join, split

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from autograder.student.link import Process

    Test = Callable[[RemoteStudent], BaseException | None]
    """Lets a test meet a student; returns what ended it."""

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
        self.digest = digest(answer)
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
        reply = self.replies[self.taken]
        self.has_strayed = self.has_strayed or payload != self.script.requests[self.taken] or not reply
        if self.has_strayed:
            raise Strayed
        self.taken += 1
        return reply

    def have_passed(self) -> bool:
        """Whether the test has passed with these replies before."""
        return self.digest in self.script.passed

    def keep(self) -> None:
        """Note that the test has passed, if these replies alone have decided that."""
        if self.is_enough and len(self.script.passed) < MAX_PASSED:
            self.script.passed.add(self.digest)


class Scripts(Protocol):
    """Who knows what tests will ask."""

    def known(self, exercise: str) -> Mapping[str, Script]:
        """Return the scripts of an exercise's tests, by the test's id, as far as they are known."""

    def script(self, exercise: str, test_id: str, test: Test) -> Script:
        """Return what a test asks."""


class ForetoldStudent(RemoteStudent):
    """A student whose tests are told ahead.

    Parameters
    ----------
    link : Link
        To the process of the exercise.
    exercise : str
        Its id.
    scripts : Scripts
        What its tests ask.
    start_anew : callable
        Ends the process and returns another one for the exercise, given the seconds that were lost.
    is_shared : bool
        Whether the process is that of another exercise.
    """

    def __init__(
        self,
        link: Link,
        exercise: str,
        scripts: Scripts,
        start_anew: Callable[[float], Process],
        *,
        is_shared: bool = False,
    ) -> None:
        super().__init__(link)
        self._exercise = exercise
        self._scripts: Scripts | None = scripts
        self._start_anew = start_anew
        self._is_shared = is_shared
        self._told: dict[str, Replies] | None = None
        self._since = time.monotonic()
        self._began = self._passed = 0

    def begin_test(self) -> None:
        """Start a test from the state that the notebook left."""
        self._began += 1
        try:
            super().begin_test()
        except WorkerGone:
            if not self._is_shared:
                raise
            self._leave()

    def meet_test(self, test_id: str, test: Test) -> BaseException | None:
        """Let a test meet this student, from the state that the notebook left; return what ended it."""
        error = self._meet(test_id, test)
        if error is not None and self._is_shared:
            self._leave()
            error = self._meet(test_id, test)
        self._passed += error is None
        return error

    def has_passed(self) -> bool:
        """Whether all tests have met this student here, and have passed."""
        return self._began == self._passed and self._link.process.gone is None

    def _leave(self) -> None:
        """Leave the other exercise's process for one of our own."""
        self._is_shared, self._told = False, None
        self._link.process = self._start_anew(time.monotonic() - self._since)
        super().begin_test()

    def _meet(self, test_id: str, test: Test) -> BaseException | None:
        try:
            replies = self._link.ahead = self._replies(test_id, test)
            if replies is None:
                return test(self)
            if replies.have_passed():
                return None
            error = test(self)
            if replies.has_strayed:
                super().begin_test()
                return test(self)
        except WorkerGone as gone:
            return gone
        if error is None:
            replies.keep()
        return error

    def is_foretold(self) -> bool:
        """Whether tests are still told ahead: not after one has ended the process."""
        return self._scripts is not None

    def _replies(self, test_id: str, test: Test) -> Replies | None:
        """Return the replies to a test's script; None if the test shall ask for itself."""
        if self._told is None:
            self._told = self._tell(self._scripts.known(self._exercise)) if self._scripts else {}
        if test_id not in self._told and self._scripts is not None:
            self._told |= self._tell({test_id: self._scripts.script(self._exercise, test_id, test)})
        return self._told.pop(test_id, None) if self._scripts is not None else None

    def _tell(self, scripts: Mapping[str, Script]) -> dict[str, Replies]:
        """Have scripts answered; those for which there was no room have no replies."""
        told = {test_id: script for test_id, script in scripts.items() if script.requests}
        process, began = self._link.process, time.monotonic()
        try:
            answers = (
                split(process.request(join([script.payload for script in told.values()]))) if told else []
            )
            return {
                test_id: Replies(script, answer)
                for (test_id, script), answer in zip(told.items(), answers, strict=True)
                if answer
            }
        except ValueError as error:  # no frame, or not as many
            process.give_up(error)
        except WorkerGone:
            pass
        lost_s = time.monotonic() - began
        self._link.process = self._start_anew(lost_s)
        if self._is_shared:
            self._is_shared = False
            return self._tell(scripts)
        self._scripts = None
        return {}


def digest(answer: bytes | bytearray) -> bytes:
    """Return what stands for the replies to a script."""
    return hashlib.sha256(answer).digest()
