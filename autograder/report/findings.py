"""An exercise's tests as a reader wants them: by aspect, each requirement once, with what was found first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.words import NOT_DONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.result import AspectResult, ExerciseResult, TestResult

_WORST = ("error", "failed", "skipped", "passed")


@dataclass(frozen=True)
class Requirement:
    """What one docstring asks, over all the sizes that it was tested with."""

    text: str
    outcome: str
    """The worst of its tests."""
    found: str
    """Of the first test with that outcome; empty if all passed."""
    tests: int
    short: int
    """How many of the tests did not pass."""


@dataclass(frozen=True)
class AspectFindings:
    """One aspect with its requirements; those that are not met come first."""

    aspect: AspectResult
    requirements: tuple[Requirement, ...]

    @property
    def is_paid(self) -> bool:
        """Whether it earned its points."""
        return self.aspect.score >= self.aspect.max_score

    @property
    def is_right(self) -> bool:
        """Whether every test of it passed."""
        return bool(self.requirements) and all(each.outcome == "passed" for each in self.requirements)


def by_aspect(exercise: ExerciseResult) -> list[AspectFindings]:
    """Return an exercise's findings, one for each of its aspects."""
    return [
        AspectFindings(aspect, _requirements([test for test in exercise.tests if test.aspect == aspect.id]))
        for aspect in exercise.aspects
    ]


def is_not_done(exercise: ExerciseResult) -> bool:
    """Whether the stub is still there."""
    return any(f"\n{NOT_DONE}" in test.rationale for test in exercise.tests)


def _requirements(tests: Sequence[TestResult]) -> tuple[Requirement, ...]:
    asked: dict[str, list[TestResult]] = {}
    for test in tests:
        asked.setdefault(test.rationale.partition("\n")[0], []).append(test)
    requirements = [_requirement(text, group) for text, group in asked.items()]
    return tuple(sorted(requirements, key=lambda each: each.outcome == "passed"))


def _requirement(text: str, tests: Sequence[TestResult]) -> Requirement:
    outcome = min((test.outcome for test in tests), key=_WORST.index)
    first = next(test for test in tests if test.outcome == outcome)
    found = "" if outcome == "passed" else first.rationale.partition("\n")[2]
    return Requirement(text, outcome, found, len(tests), sum(test.outcome != "passed" for test in tests))
