"""What grading found, as frozen records, and their one JSON form.

The plugin and `autograder.grading` make these records; `autograder.report`, `autograder.gradebook` and the
command line only read them. This module knows nothing of the rest. The JSON form is a contract (``schema``
1): two gradings of the same files give the same text, so times, versions and paths have no place here.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = 1

Outcome = Literal["passed", "failed", "error", "skipped"]
"""``failed`` is a wrong answer, ``error`` our own fault, ``skipped`` a test that was left out."""

Status = Literal["graded", "ungradable"]


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test of a suite, met by one submission."""

    __test__: ClassVar[bool] = False  # the name is the field's word; pytest must not collect it

    id: str
    aspect: str
    outcome: Outcome
    rationale: str
    """One or a few lines for the student: what is required and what was found."""


@dataclass(frozen=True, slots=True)
class AspectResult:
    """The points of one named part of an exercise: all of them or none."""

    id: str
    score: float
    max_score: float


@dataclass(frozen=True)
class ExerciseResult:
    """One exercise of one submission."""

    id: str
    score: float
    max_score: float
    misconception: str | None
    hint: str | None
    aspects: tuple[AspectResult, ...]
    tests: tuple[TestResult, ...]

    @property
    def passed(self) -> bool:
        """Whether every test passed (and there was one)."""
        return bool(self.tests) and all(test.outcome == "passed" for test in self.tests)


@dataclass(frozen=True)
class SubmissionResult:
    """One student's notebook. `reason` says why it is ungradable and is None otherwise."""

    student: str | None
    status: Status
    reason: str | None
    score: float
    max_score: float
    exercises: tuple[ExerciseResult, ...]


@dataclass(frozen=True)
class ClassResult:
    """A class of submissions to one assignment, sorted by student."""

    assignment: str
    isolation: str
    submissions: tuple[SubmissionResult, ...]

    def to_json(self) -> str:
        """Return the document of ``grade --json`` and ``check --json``, ending in a newline."""
        return "".join(self.json_parts())

    def json_parts(self) -> Iterator[str]:
        """Yield the document piece by piece: a class of thousands has a hundred megabytes."""
        head = _dumped({"schema": SCHEMA, "assignment": self.assignment, "isolation": self.isolation})
        yield head.removesuffix("\n}") + ',\n "submissions": ['
        for number, submission in enumerate(self.submissions):
            yield ("," if number else "") + "\n" + _dumped(submission_to_dict(submission))
        yield "\n]}\n"


def _dumped(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)


def submission_to_dict(submission: SubmissionResult) -> dict[str, Any]:
    """Return a submission as plain JSON values."""
    return dataclasses.asdict(submission)


def _test(entry: dict[str, Any]) -> TestResult:
    shared: dict[str, Any] = {name: sys.intern(text) for name, text in entry.items()}
    return TestResult(**shared)


def submission_from_dict(document: dict[str, Any]) -> SubmissionResult:
    """Rebuild the record that `submission_to_dict` took apart.

    The texts of a class are alike, so that each is kept once: they then take a tenth of the memory.
    """

    def exercise(entry: dict[str, Any]) -> ExerciseResult:
        aspects = tuple(AspectResult(**aspect) for aspect in entry["aspects"])
        tests = tuple(map(_test, entry["tests"]))
        return ExerciseResult(**{**entry, "aspects": aspects, "tests": tests})

    return SubmissionResult(**{**document, "exercises": tuple(map(exercise, document["exercises"]))})
