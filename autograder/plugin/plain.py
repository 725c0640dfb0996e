"""Tests that are called as plain functions: without pytest's protocol, three times as fast.

A test can be called so if it asks for nothing but what we offer and its own parameters; all others go through
pytest (`autograder.plugin.run`).
"""

from __future__ import annotations

import inspect
import itertools
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from autograder.errors import AuthorError, WorkerGone

from .fixtures import Draw, ExpectedValues
from .suite import SuiteTest, collect_items, describe, parameters, requirement

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from autograder.student import Student

    from .expected import Expected


@dataclass(frozen=True)
class CollectedTest:
    """A collected item with what it says of itself."""

    item: pytest.Item
    about: SuiteTest
    requirement: str
    parameters: str
    plain: bool
    """Whether it asks for nothing but our fixtures and its own parameters."""

    @property
    def given(self) -> dict[str, Any]:
        """What it was parametrised with."""
        found: dict[str, Any] = getattr(getattr(self.item, "callspec", None), "params", {})
        return found


def collected_test(item: pytest.Item, path: Path) -> CollectedTest:
    """Return a collected item of a suite with what it says of itself.

    Raises
    ------
    AuthorError
        It carries no exercise mark.
    """
    return CollectedTest(item, describe(item, path), requirement(item), parameters(item), _is_plain(item))


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
    names: str | Iterable[str] = mark.args[0]
    return names.replace(" ", "").split(",") if isinstance(names, str) else names


def given_to(path: Path, value: Any, name: str) -> Any:  # noqa: ANN401 - a reference or values
    """Return what a suite is given.

    Raises
    ------
    AuthorError
        This kind of suite does not have that fixture.
    """
    if value is None:
        what = f"a test asks for the fixture {name!r}"
        raise AuthorError(path, "", what, "Use `reference` in hidden suites and `expected` in public ones")
    return value


def call(test: CollectedTest, student: Student, given: SimpleNamespace, path: Path) -> BaseException | None:
    """Call a plain test; return what ended it.

    Parameters
    ----------
    test : CollectedTest
        Is plain.
    student : Student
        Whom it meets.
    given : namespace
        With `seed`, `reference` and `expected`.
    path : Path
        The suite.
    """
    test_id = test.about.id
    offered: dict[str, Callable[[], Any]] = {
        "student": lambda: student,
        "reference": lambda: given_to(path, given.reference, "reference"),
        "expected": lambda: ExpectedValues(given_to(path, given.expected, "expected"), test_id),
        "draw": lambda: Draw(given.seed, test_id),
    }
    assert isinstance(test.item, pytest.Function)
    asked = set(test.item.fixturenames) & offered.keys()
    function: Callable[..., None] = test.item.obj
    try:
        function(**test.given, **{name: offered[name]() for name in asked})
    except (KeyboardInterrupt, pytest.exit.Exception):
        raise
    except BaseException as error:  # noqa: BLE001 - an outcome like any other, as in pytest
        return error
    return None


class PlainSuite:
    """A public suite that is collected once, to be called for many students.

    Parameters
    ----------
    path : Path
        The suite.
    seed : int
        For `draw`.
    expected : Expected
        Expected values.

    Raises
    ------
    CourseError, AuthorError
        The suite is missing or wrong.
    """

    def __init__(self, path: Path, *, seed: int, expected: Expected) -> None:
        self.path = path
        self.given = SimpleNamespace(seed=seed, reference=None, expected=expected)
        tests = [collected_test(item, path) for item in collect_items(path)]
        self.tests = [test for test in tests if test.plain]

    def run(
        self, exercise: str, student: Student, done: Collection[str] = ()
    ) -> Iterator[tuple[CollectedTest, BaseException | None]]:
        """Yield each test of an exercise with what ended it, until the student is gone.

        Parameters
        ----------
        exercise : str
            The exercise's id.
        student : Student
            Whom the tests meet.
        done : collection of str
            Aspects whose tests are left out; may grow while the tests run.
        """
        begin_test = getattr(type(student), "begin_test", None)
        for test in self.tests:
            if test.about.exercise != exercise or test.about.aspect in done:
                continue
            if begin_test is not None:
                begin_test(student)
            error = call(test, student, self.given, self.path)
            yield test, error
            if isinstance(error, WorkerGone):
                return
