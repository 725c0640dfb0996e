"""Points: whatever is in doubt pays nothing."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from autograder.assignment import Aspect, Exercise
from autograder.plugin import SuiteTest
from autograder.result import TestResult
from autograder.scoring import score

EXERCISE = Exercise(
    "layer", 5.0, (Aspect("dx", 2.0), Aspect("dW", 2.0), Aspect("clean", 1.0)), frozenset({"clean"})
)
EXPECTED = [
    SuiteTest("layer", aspect, name)
    for name, aspect in (("a", "dx"), ("b", "dx"), ("c", "dW"), ("d", "clean"))
]


def results(**outcomes):
    """Return the results of all expected tests, some with another outcome than passed."""
    return [TestResult(test.id, test.aspect, outcomes.get(test.id, "passed"), "") for test in EXPECTED]


def points(tests, expected=EXPECTED):
    """Return the points of each aspect."""
    graded = score(SimpleNamespace(exercises=(EXERCISE,)), {"layer": tests}, expected)[0]
    assert graded.score == sum(aspect.score for aspect in graded.aspects)
    return {aspect.id: aspect.score for aspect in graded.aspects}


def test_everything_right_pays_everything():
    """All expected tests there and passed: full points."""
    assert points(results()) == {"dx": 2.0, "dW": 2.0, "clean": 1.0}


@pytest.mark.parametrize("outcome", ["failed", "error", "skipped"])
def test_an_aspect_pays_only_if_all_its_tests_passed(outcome):
    """One test that did not pass costs its whole aspect and no other."""
    assert points(results(b=outcome)) == {"dx": 0.0, "dW": 2.0, "clean": 1.0}


def test_a_missing_test_costs_its_aspect():
    """A test that never ran is not a test that passed."""
    assert points([test for test in results() if test.id != "b"]) == {"dx": 0.0, "dW": 2.0, "clean": 1.0}


def test_a_test_that_was_not_expected_costs_its_aspect():
    """Neither an unknown test nor a second result of the same one is a way to points."""
    assert points([*results(), TestResult("x", "dW", "passed", "")])["dW"] == 0.0
    assert points([*results(), TestResult("c", "dW", "passed", "")])["dW"] == 0.0


def test_an_aspect_without_tests_pays_nothing():
    """An empty aspect is not vacuously right."""
    assert points(results(), [test for test in EXPECTED if test.aspect != "dW"])["dW"] == 0.0
    assert points([], []) == {"dx": 0.0, "dW": 0.0, "clean": 0.0}


def test_behaviour_pays_only_beside_a_value():
    """Clean behaviour alone is worth nothing, beside one value aspect it is worth its points."""
    assert points(results(a="failed", c="failed")) == {"dx": 0.0, "dW": 0.0, "clean": 0.0}
    assert points(results(a="failed")) == {"dx": 0.0, "dW": 2.0, "clean": 1.0}


def test_an_exercise_that_was_not_run_is_there_with_nothing():
    """Every exercise of the assignment stands in the result."""
    graded = score(SimpleNamespace(exercises=(EXERCISE,)), {}, EXPECTED)
    assert [(entry.id, entry.score, entry.max_score, entry.tests) for entry in graded] == [
        ("layer", 0, 5.0, ())
    ]
