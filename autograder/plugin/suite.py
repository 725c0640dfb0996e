"""Which tests a suite holds, and the complaints about a suite that could not be graded with."""

from __future__ import annotations

import ast
import inspect
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from autograder.errors import AuthorError

from .session import SuitePlugin, run_pytest

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from autograder.assignment import Exercise


class SuiteTest(NamedTuple):
    """One collected test; `id` is its name with its parameters, unique within the file."""

    exercise: str
    aspect: str
    id: str


class HasExercises(Protocol):
    """An assignment, or the kit that a student has of it."""

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Return the exercises with their aspects."""


def collect(path: Path) -> list[SuiteTest]:
    """Return the tests of a suite in their order.

    Raises
    ------
    CourseError
        There is no such file.
    AuthorError
        It cannot be imported, or a test lacks its mark.
    """
    return [describe(item, path) for item in collect_items(path)]


def validate_suite(path: Path, assignment: HasExercises) -> list[SuiteTest]:
    """Return the tests of a suite that is fit to grade an assignment with.

    Raises
    ------
    AuthorError
        A test has no mark, no docstring, or an exercise or aspect that the assignment does not know; or an
        aspect of the assignment has no test, so that it could never pay.
    """
    items = collect_items(path)
    tests = [describe(item, path) for item in items]
    known = {(exercise.id, aspect.id) for exercise in assignment.exercises for aspect in exercise.aspects}
    for item, test in zip(items, tests, strict=True):
        if (test.exercise, test.aspect) not in known:
            what = f"there is no aspect {test.aspect!r} of an exercise {test.exercise!r}"
            raise AuthorError(path, test.id, what, "Use the names in assignment.toml")
        if not requirement(item):
            what = "the test has no docstring"
            raise AuthorError(
                path, test.id, what, "State in one sentence what is required: the student reads it"
            )
    if missing := sorted(known - {(test.exercise, test.aspect) for test in tests}):
        exercise, aspect = missing[0]
        what = f"no test is marked with exercise({exercise!r}, aspect={aspect!r})"
        raise AuthorError(path, "", what, "Write one, or take the aspect out of assignment.toml")
    return tests


def describe(item: pytest.Item, path: Path) -> SuiteTest:
    """Return what a collected item says of itself.

    Raises
    ------
    AuthorError
        It carries no exercise mark.
    """
    mark = item.get_closest_marker("exercise")
    if mark is None or not {"id", "aspect"} <= set(mark.kwargs):
        what = "the test belongs to no exercise"
        raise AuthorError(path, item.name, what, 'Put @exercise("<exercise>", aspect="<aspect>") above it')
    return SuiteTest(mark.kwargs["id"], mark.kwargs["aspect"], item.nodeid.split("::", 1)[1])


def requirement(item: pytest.Item) -> str:
    """Return the first paragraph of a test's docstring on one line."""
    return _paragraphs(getattr(getattr(item, "obj", None), "__doc__", None))[0]


def translated_requirements(path: Path, language: str) -> dict[str, str]:
    """Return what tests require, in English and as a paragraph ``ko: ...`` of their docstring says.

    Parameters
    ----------
    path : Path
        The suite; it is read, not run. One that cannot be read says nothing.
    language : str
        Such as ``ko``.
    """
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        return {}
    found = {}
    for node in ast.walk(tree):
        paragraphs = _paragraphs(ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else "")
        for told in paragraphs[1:]:
            if told.startswith(f"{language}: "):
                found[paragraphs[0]] = told.removeprefix(f"{language}: ")
    return found


def _paragraphs(docstring: str | None) -> list[str]:
    """Return the paragraphs of a docstring, each on one line."""
    return [" ".join(part.split()) for part in inspect.cleandoc(docstring or "").split("\n\n")]


def parameters(item: pytest.Item) -> str:
    """Return the numbers that a parametrised test was given, as in ``N = 1, D = 3``."""
    given: dict[str, Any] = getattr(getattr(item, "callspec", None), "params", {})
    return ", ".join(f"{name} = {value}" for name, value in given.items() if isinstance(value, int | float))


class _Collector(SuitePlugin):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.items: list[pytest.Item] = []

    def visit(self, items: list[pytest.Item]) -> None:
        self.items = items


def collect_items(path: Path) -> list[pytest.Item]:
    """Return the tests of a suite as pytest collected them; they can be called when pytest has ended."""
    collector = _Collector(path)
    run_pytest(collector)
    return collector.items
