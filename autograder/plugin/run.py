"""All submissions against a suite that is collected once.

Comes in: jobs, one per submission, taken one after the other, so that a generator may make each submission
ready (or fork) when its turn comes. Goes out: for each job the results of its tests, grouped by exercise.
"""

from __future__ import annotations

import contextlib
import inspect
import itertools
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.runner import runtestprotocol

from autograder.errors import AuthorError, WorkerGone
from autograder.result import TestResult

from .expected import Expected, Recorder
from .fixtures import Draw, ExpectedValues
from .rationale import outcome_of, rationale
from .session import SuitePlugin, run_pytest
from .suite import SuiteTest, describe, parameters, requirement

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


@dataclass(frozen=True)
class _Test:
    """A collected item with what it says of itself."""

    item: pytest.Item
    about: SuiteTest
    requirement: str
    parameters: str
    plain: bool
    """Whether it asks for nothing but our fixtures and its own parameters: it is then called as a function,
    which takes a third of the time of pytest's protocol."""


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

    def by_exercise(self, items: list[pytest.Item]) -> list[tuple[str, list[_Test]]]:
        grouped: dict[str, list[_Test]] = {}
        for item in items:
            about = describe(item, self.path)
            self.collected.append(about)
            if self.only is None or about.exercise in self.only:
                test = _Test(item, about, requirement(item), parameters(item), _is_plain(item))
                grouped.setdefault(about.exercise, []).append(test)
        return list(grouped.items())

    def exercise(self, job: Job, exercise: str, tests: list[_Test]) -> Iterator[TestResult]:
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

    def run(self, test: _Test, student: Student, following: _Test | None) -> BaseException | None:
        """Run one test with setup and teardown; return what ended it."""
        self.student_now, self.error = student, None
        try:
            begin_test = getattr(type(student), "begin_test", None)
            if begin_test is not None:
                begin_test(student)
        except WorkerGone as error:
            return error
        if test.plain:
            return self.call(test)
        runtestprotocol(test.item, log=False, nextitem=following.item if following else None)
        return self.error

    def call(self, test: _Test) -> BaseException | None:
        """Call a test as a function."""
        given, test_id = self.given, test.about.id
        offered: dict[str, Callable[[], Any]] = {
            "student": lambda: self.student_now,
            "reference": lambda: _given(given.reference, "reference", self.path),
            "expected": lambda: ExpectedValues(_given(given.expected, "expected", self.path), test_id),
            "draw": lambda: Draw(given.seed, test_id),
        }
        assert isinstance(test.item, pytest.Function)
        asked = set(test.item.fixturenames) & offered.keys()
        function: Callable[..., None] = test.item.obj
        try:
            function(**_parameters(test.item), **{name: offered[name]() for name in asked})
        except (KeyboardInterrupt, pytest.exit.Exception):
            raise
        except BaseException as error:  # noqa: BLE001 - an outcome like any other, as in pytest
            return error
        return None

    def result(self, job: Job, test: _Test, error: BaseException | None) -> TestResult:
        if job.saw is not None:
            job.saw(test.about, error, _parameters(test.item))
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
        return _given(self.given.reference, "reference", self.path)

    @pytest.fixture(name="expected")
    def _expected(self, request: pytest.FixtureRequest) -> ExpectedValues:
        values = _given(self.given.expected, "expected", self.path)
        return ExpectedValues(values, describe(request.node, self.path).id)

    @pytest.fixture(name="draw")
    def _draw(self, request: pytest.FixtureRequest) -> Draw:
        return Draw(self.given.seed, describe(request.node, self.path).id)


def _parameters(item: pytest.Item) -> dict[str, Any]:
    return getattr(getattr(item, "callspec", None), "params", {})


def _is_plain(item: pytest.Item) -> bool:
    marks = list(item.iter_markers())
    known = {"student", "reference", "expected", "draw", *itertools.chain(*map(_direct_parameters, marks))}
    return (
        type(item) is pytest.Function
        and {mark.name for mark in marks} <= {"exercise", "parametrize"}
        and set(item.fixturenames) <= {*known, "request"}
        and inspect.signature(item.obj).parameters.keys() <= known
    )


def _direct_parameters(mark: pytest.Mark) -> Iterable[str]:
    """Return the names that a mark gives values to; none if the values go through fixtures."""
    if mark.name != "parametrize" or len(mark.args) != 2 or mark.kwargs.get("indirect"):  # noqa: PLR2004
        return ()
    names = mark.args[0]
    return names.replace(" ", "").split(",") if isinstance(names, str) else names


def _given(value: Any, name: str, path: Path) -> Any:  # noqa: ANN401 - a reference or values
    """Return what a suite is given, or complain about a fixture that this kind of suite does not have."""
    if value is None:
        what = f"a test asks for the fixture {name!r}"
        raise AuthorError(path, "", what, "Use `reference` in hidden suites and `expected` in public ones")
    return value
