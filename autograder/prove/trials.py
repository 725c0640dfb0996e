"""Known answers and mutants meet the suites, by the hundred and in this process.

Everything here is the authors' own code, so no worker is needed; but a mutant may loop forever, so each
answer has a limit of CPU time.
"""

from __future__ import annotations

import contextlib
import signal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from autograder.bank import open_answer
from autograder.diagnosis import Observations
from autograder.errors import WorkerGone
from autograder.plugin import FromReference, Job, run_suite
from autograder.scoring import score
from autograder.student.live import LiveStudent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import FrameType, ModuleType

    from autograder.assignment import Assignment
    from autograder.plugin import ExerciseTests
    from autograder.result import ExerciseResult, TestResult

Kind = Literal["reference", "stub", "misconception", "alternative", "mutant"]

TIME_LIMIT_S = 5.0
"""CPU time of one answer in all tests of its exercise; a right one needs a tenth of a second."""


@dataclass(frozen=True)
class Variant:
    """One solution cell that is tried.

    Parameters
    ----------
    kind : str
        One of `Kind`.
    exercise : str
        The exercise that it is an answer to.
    id : str
        Its name in the bank, or the mutant's.
    code : str
        The solution cell.
    """

    kind: Kind
    exercise: str
    id: str
    code: str


@dataclass
class Trial:
    """What became of a variant; `result` is None if it could not even be run, and `error` says why."""

    variant: Variant
    result: ExerciseResult | None = None
    observed: Observations = field(default_factory=Observations)
    error: str = ""

    @property
    def tests(self) -> tuple[TestResult, ...]:
        """What each test said."""
        return self.result.tests if self.result else ()

    @property
    def failed(self) -> list[TestResult]:
        """The tests that it did not pass."""
        return [test for test in self.tests if test.outcome != "passed"]

    @property
    def lost(self) -> set[str]:
        """The aspects that pay nothing."""
        return {aspect.id for aspect in self.result.aspects if not aspect.score} if self.result else set()

    @property
    def paid_in_full(self) -> bool:
        """Whether it earns everything."""
        return self.result is not None and self.result.score == self.result.max_score


def run_trials(
    assignment: Assignment,
    suite: Path,
    variants: Iterable[Variant],
    reference: ModuleType,
    *,
    seed: int,
    public: bool = False,
    advance: Callable[[], None] = lambda: None,
) -> list[Trial]:
    """Try variants of solution cells against a suite that is collected once.

    Parameters
    ----------
    assignment : Assignment
        Names the exercises and what they pay.
    suite : Path
        The hidden or the public suite.
    variants : iterable of Variant
        Each is tried with the tests of its exercise.
    reference : module
        The reference.
    seed : int
        For `draw`.
    public : bool
        Whether the suite asks for expected values instead of the reference.
    advance : callable
        Called after each variant.
    """
    trials: list[Trial] = []
    tested: list[list[ExerciseTests]] = []

    def jobs() -> Iterator[Job]:
        for variant in variants:
            trial = Trial(variant)
            trials.append(trial)
            tested.append([])
            try:
                student = _LimitedStudent(open_answer(variant.code, reference))
            except Exception as error:  # noqa: BLE001 - reported to the author with the entry's name
                trial.error = f"{type(error).__name__}: {error}"
            else:
                only = [variant.exercise]
                yield Job(student.opened, tested[-1].extend, trial.observed.saw, only)
            advance()

    expected = FromReference(reference) if public else None
    given = None if public else reference
    suite_tests = run_suite(suite, jobs(), seed=seed, reference=given, expected=expected)
    for trial, tests in zip(trials, tested, strict=True):
        if not trial.error:
            scored: Sequence[ExerciseResult] = score(assignment, dict(tests), suite_tests)
            trial.result = next(entry for entry in scored if entry.id == trial.variant.exercise)
    return trials


# ----- a limit of time -----


class _TimeUp(Exception):  # noqa: N818 - it looks like an exception of the answer
    """An answer has used up its time."""


class _LimitedStudent(LiveStudent):
    """A live student that is given up when its time is over."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        super().__init__(namespace)
        self._over = False

    @contextlib.contextmanager
    def opened(self, _exercise: str) -> Iterator[LiveStudent]:
        """Start the clock, where the system has one."""
        if not hasattr(signal, "setitimer"):
            yield self
            return
        before = signal.signal(signal.SIGVTALRM, self._time_up)
        signal.setitimer(signal.ITIMER_VIRTUAL, TIME_LIMIT_S, 1.0)
        try:
            yield self
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)

    def begin_test(self) -> None:
        """Refuse to go on when the time is over."""
        if self._over:
            raise WorkerGone(f"it did not end within {TIME_LIMIT_S:g} s")
        super().begin_test()

    def _time_up(self, _signal: int, _frame: FrameType | None) -> None:
        self._over = True
        raise _TimeUp
