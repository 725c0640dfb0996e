"""All submissions against a suite that is collected once.

Comes in: jobs, one per submission, taken one after the other, so that a generator may make each submission
ready (or fork) when its turn comes. Goes out: for each job the results of its tests, grouped by exercise.
"""

from __future__ import annotations

import contextlib
import functools
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.runner import runtestprotocol

from autograder.errors import AuthorError, WorkerGone
from autograder.result import TestResult

from .expected import Expected, Recorder
from .fixtures import Draw, ExpectedValues
from .plain import CollectedTest, call, collected_test, given_to
from .rationale import outcome_of, rationale
from .session import SuitePlugin, run_pytest
from .suite import SuiteTest, describe

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import ModuleType

    from autograder.student import Student

ExerciseTests = tuple[str, tuple[TestResult, ...]]
"""An exercise's id and the results of its tests, in the order of the suite."""


@dataclass(frozen=True)
class Job:
    """One submission that waits for its tests."""

    student: Callable[[str], AbstractContextManager[Student]]
    """Given an exercise's id, opens the student for its tests; closed before the next exercise."""
    done: Callable[[list[ExerciseTests]], None]
    """Receives the results."""
    saw: Callable[[SuiteTest, BaseException | None, Mapping[str, Any]], None] | None = None
    """Called after each test with what ended it and the test's parameters, for whoever wants more than
    outcomes (`autograder.diagnosis`); must keep neither the exception nor what it holds."""
    only: Collection[str] | None = None
    """Exercises to run for this job, if not all of the run."""


def run_suite(
    path: Path,
    jobs: Iterable[Job],
    *,
    seed: int,
    reference: ModuleType | None = None,
    expected: Expected | None = None,
    only: Collection[str] | None = None,
    reveal: bool = False,
) -> list[SuiteTest]:
    """Run a suite for many submissions in one pytest.

    Parameters
    ----------
    path : Path
        The suite.
    jobs : iterable of Job
        Taken lazily.
    seed : int
        For `draw`.
    reference : module, optional
        The reference, for hidden suites.
    expected : Expected, optional
        Expected values, for public suites.
    only : collection of str, optional
        Exercises to run; all by default.
    reveal : bool
        Whether rationales may show values. Only where inputs are public.

    Returns
    -------
    list of SuiteTest
        All tests of the suite, also those of exercises that were not asked for.

    Raises
    ------
    CourseError, AuthorError
        The suite is missing or wrong.
    """
    given = SimpleNamespace(seed=seed, reference=reference, expected=expected)
    runner = _Runner(path, jobs, given, only, reveal)
    run_pytest(runner)
    return runner.collected


def record_expected(path: Path, reference: ModuleType, *, seed: int) -> dict[str, list[Any]]:
    """Return the ``expected`` entry of ``public.json``: all that a public suite asks of the reference.

    Raises
    ------
    AuthorError
        The reference does not pass the public suite.
    """
    recorder = Recorder(reference)

    def done(exercises: list[ExerciseTests]) -> None:
        for exercise, tests in exercises:
            for test in tests:
                if test.outcome != "passed":
                    what = f"the reference does not pass it (exercise {exercise!r}): {test.rationale}"
                    raise AuthorError(path, test.id, what, "Correct the test or the reference")

    job = Job(lambda _: contextlib.nullcontext(reference), done)
    run_suite(path, [job], seed=seed, expected=recorder, reveal=True)
    return dict(sorted(recorder.recorded.items()))


class _Runner(SuitePlugin):
    def __init__(
        self,
        path: Path,
        jobs: Iterable[Job],
        given: SimpleNamespace,
        only: Collection[str] | None,
        reveal: bool,
    ) -> None:
        super().__init__(path)
        self.jobs, self.given, self.only, self.reveal = jobs, given, only, reveal
        self.student_now: Any = None
        self.error: BaseException | None = None
        self.collected: list[SuiteTest] = []

    # ----- the loop -----

    def visit(self, items: list[pytest.Item]) -> None:
        """Take one job after the other."""
        exercises = self.by_exercise(items)
        for job in self.jobs:
            todo = [entry for entry in exercises if job.only is None or entry[0] in job.only]
            job.done([(exercise, tuple(self.exercise(job, exercise, tests))) for exercise, tests in todo])

    def by_exercise(self, items: list[pytest.Item]) -> list[tuple[str, list[CollectedTest]]]:
        grouped: dict[str, list[CollectedTest]] = {}
        for item in items:
            test = collected_test(item, self.path)
            self.collected.append(test.about)
            if self.only is None or test.about.exercise in self.only:
                grouped.setdefault(test.about.exercise, []).append(test)
        return list(grouped.items())

    def exercise(self, job: Job, exercise: str, tests: list[CollectedTest]) -> Iterator[TestResult]:
        """Yield a result for every test, whatever becomes of the student."""
        met, gone = 0, ""
        try:
            with job.student(exercise) as student:
                for test, following in zip(tests, [*tests[1:], None], strict=True):
                    error = self.run(test, student, following)
                    met += 1
                    yield self.result(job, test, error)
                    if isinstance(error, WorkerGone):
                        gone = str(error)
                        break
        except WorkerGone as error:
            if met == 0:
                met, gone = 1, str(error)
                yield self.result(job, tests[0], error)
        for test in tests[met:]:
            yield self.result(job, test, WorkerGone(f"Not run, because of what an earlier test met: {gone}"))

    def run(
        self, test: CollectedTest, student: Student, following: CollectedTest | None
    ) -> BaseException | None:
        """Run one test with setup and teardown; return what ended it."""
        self.student_now, self.error = student, None
        try:
            begin_test = getattr(type(student), "begin_test", None)
            if begin_test is not None:
                begin_test(student)
        except WorkerGone as error:
            return error
        if test.plain:
            return self.meet(test, student)
        runtestprotocol(test.item, log=False, nextitem=following.item if following else None)
        return self.error

    def meet(self, test: CollectedTest, student: Student) -> BaseException | None:
        """Call a plain test, or have the student call it who knows what it will ask."""
        meet_test = getattr(type(student), "meet_test", None)
        meeting = functools.partial(call, test, given=self.given, path=self.path)
        error: BaseException | None = (
            meeting(student) if meet_test is None else meet_test(student, test.about.id, meeting)
        )
        return error

    def result(self, job: Job, test: CollectedTest, error: BaseException | None) -> TestResult:
        if job.saw is not None:
            job.saw(test.about, error, test.given)
        text = rationale(test.requirement, test.parameters, error, reveal=self.reveal)
        return TestResult(test.about.id, test.about.aspect, outcome_of(error), text)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Keep the exception itself; pytest's rendering of it would cost more than the test."""
        error = call.excinfo.value if call.excinfo is not None else None
        self.error = self.error or error
        outcome = "passed" if error is None else "failed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)  # type: ignore[arg-type]

    # ----- what a test may ask for -----

    @pytest.fixture(name="student")
    def _student(self) -> Any:  # noqa: ANN401
        return self.student_now

    @pytest.fixture(name="reference")
    def _reference(self) -> Any:  # noqa: ANN401
        return given_to(self.path, self.given.reference, "reference")

    @pytest.fixture(name="expected")
    def _expected(self, request: pytest.FixtureRequest) -> ExpectedValues:
        values = given_to(self.path, self.given.expected, "expected")
        return ExpectedValues(values, describe(request.node, self.path).id)

    @pytest.fixture(name="draw")
    def _draw(self, request: pytest.FixtureRequest) -> Draw:
        return Draw(self.given.seed, describe(request.node, self.path).id)
