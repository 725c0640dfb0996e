"""What grading found, as frozen records, and their one JSON form.

The plugin and `autograder.grading` make these records; `autograder.report`, `autograder.gradebook` and the
command line only read them. This module knows nothing of the rest. The JSON form is a contract (``schema``
1): two gradings of the same files give the same text, so times, versions and paths have no place here.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any, Literal

SCHEMA = 1

Outcome = Literal["passed", "failed", "error", "skipped"]
"""``failed`` is a wrong answer, ``error`` our own fault, ``skipped`` a test that was left out."""

Status = Literal["graded", "ungradable"]


@dataclass(frozen=True)
class TestResult:
    """One test of a suite, met by one submission."""

    __test__ = False  # the name is the field's word; pytest must not collect it

    id: str
    aspect: str
    outcome: Outcome
    rationale: str
    """One or a few lines for the student: what is required and what was found."""


@dataclass(frozen=True)
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
        document = {"schema": SCHEMA, **dataclasses.asdict(self)}
        return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def submission_to_dict(submission: SubmissionResult) -> dict[str, Any]:
    """Return a submission as plain JSON values."""
    return dataclasses.asdict(submission)


def submission_from_dict(document: dict[str, Any]) -> SubmissionResult:
    """Rebuild the record that `submission_to_dict` took apart."""

    def exercise(entry: dict[str, Any]) -> ExerciseResult:
        aspects = tuple(AspectResult(**aspect) for aspect in entry["aspects"])
        tests = tuple(TestResult(**test) for test in entry["tests"])
        return ExerciseResult(**{**entry, "aspects": aspects, "tests": tests})

    return SubmissionResult(**{**document, "exercises": tuple(map(exercise, document["exercises"]))})
