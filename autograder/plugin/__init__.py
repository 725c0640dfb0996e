"""The pytest plugin: a suite meets submissions, and outcomes become records.

Suites are ordinary pytest files whose tests ask for the fixtures `student`, `draw`, `reference` (hidden
suites) or `expected` (public suites) and carry the mark `autograder.checks.exercise`. Everything here is
trusted; the student is met only through the `student` fixture.

- `session`: one pytest, shut off from its surroundings;
- `suite`: which tests a file holds, and the complaints about it;
- `plain`: tests that are called as functions, without pytest's protocol;
- `run`: all submissions against a suite that is collected once;
- `fixtures`: what a test may ask for;
- `expected`: values of the reference that travel to the student's side instead of the reference;
- `rationale`: what a failed test says.
"""

from __future__ import annotations

from .expected import Expected, FromReference, Recorder, Replay, read_reference
from .plain import PlainSuite
from .run import ExerciseTests, Job, record_expected, run_suite
from .suite import SuiteTest, collect, translated_requirements, validate_suite

__all__ = [
    "ExerciseTests",
    "Expected",
    "FromReference",
    "Job",
    "PlainSuite",
    "Recorder",
    "Replay",
    "SuiteTest",
    "collect",
    "read_reference",
    "record_expected",
    "run_suite",
    "translated_requirements",
    "validate_suite",
]
