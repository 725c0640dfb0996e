"""Tests that are called as plain functions: without pytest's protocol, three times as fast.

For known answers by the hundred (`autograder.bank`) and for the public cases of a class
(`autograder.public_cases`). A test can be called so if it asks for nothing but what we offer.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from autograder.errors import WorkerGone

from .fixtures import Draw, ExpectedValues
from .suite import SuiteTest, collect_items, describe, parameters, requirement

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
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
    own = getattr(getattr(item, "callspec", None), "params", {})
    known = {"student", "reference", "expected", "draw", *own}
    return (
        type(item) is pytest.Function
        and set(item.fixturenames) <= {*known, "request"}
        and inspect.signature(item.obj).parameters.keys() <= known
    )


def call(test: CollectedTest, student: Student, given: SimpleNamespace) -> BaseException | None:
    """Call a plain test; return what ended it.

    Parameters
    ----------
    test : CollectedTest
        Is plain.
    student : Student
        Whom it meets.
    given : namespace
        With `seed`, `reference` and `expected`.
    """
    test_id = test.about.id
    offered: dict[str, Callable[[], Any]] = {
        "student": lambda: student,
        "reference": lambda: given.reference,
        "expected": lambda: ExpectedValues(given.expected, test_id),
        "draw": lambda: Draw(given.seed, test_id),
    }
    assert isinstance(test.item, pytest.Function)
    asked = set(test.item.fixturenames) & offered.keys()
    function: Callable[..., None] = test.item.obj
    try:
        function(**test.given, **{name: offered[name]() for name in asked})
    except (Exception, pytest.skip.Exception) as error:  # noqa: BLE001 - an outcome like any other
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
            error = call(test, student, self.given)
            yield test, error
            if isinstance(error, WorkerGone):
                return
