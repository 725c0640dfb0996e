"""Test outcomes into points. Whatever is in doubt pays nothing.

An aspect pays only if the suite has at least one test for it and each of them is there and passed. A
behaviour aspect (clean, in place) pays only if some value aspect of its exercise does: nobody changes an
argument by doing nothing at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.result import AspectResult, ExerciseResult, TestResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from autograder.assignment import Exercise
    from autograder.plugin.suite import HasExercises, SuiteTest


def score(
    assignment: HasExercises,
    tests_by_exercise: Mapping[str, Sequence[TestResult]],
    expected_ids: Iterable[SuiteTest],
) -> tuple[ExerciseResult, ...]:
    """Return every exercise of an assignment with its points, in the assignment's order.

    Parameters
    ----------
    assignment : Assignment or Kit
        Has the exercises.
    tests_by_exercise : mapping of str to sequence of TestResult
        What was found; may lack exercises and tests.
    expected_ids : iterable of SuiteTest
        What has to be there, as `autograder.plugin.collect` found it.
    """
    expected: dict[tuple[str, str], list[str]] = {}
    for test in expected_ids:
        expected.setdefault((test.exercise, test.aspect), []).append(test.id)
    return tuple(
        score_exercise(
            exercise,
            tuple(tests_by_exercise.get(exercise.id, ())),
            {aspect.id: expected.get((exercise.id, aspect.id), []) for aspect in exercise.aspects},
        )
        for exercise in assignment.exercises
    )


def score_exercise(
    exercise: Exercise, tests: tuple[TestResult, ...], expected_ids: Mapping[str, Sequence[str]]
) -> ExerciseResult:
    """Return one exercise with its points.

    Parameters
    ----------
    exercise : Exercise
        Names the aspects and what they pay.
    tests : tuple of TestResult
        What was found.
    expected_ids : mapping of str to sequence of str
        For each aspect the ids of the tests that have to be there.
    """
    passed = {
        aspect.id
        for aspect in exercise.aspects
        if _all_passed(aspect.id, expected_ids.get(aspect.id, ()), tests)
    }
    pays = passed if passed - exercise.behaviour else set()
    aspects = tuple(
        AspectResult(aspect.id, aspect.points if aspect.id in pays else 0.0, aspect.points)
        for aspect in exercise.aspects
    )
    total = sum(aspect.score for aspect in aspects)
    return ExerciseResult(exercise.id, total, exercise.points, None, None, aspects, tests)


def _all_passed(aspect: str, expected_ids: Sequence[str], tests: Iterable[TestResult]) -> bool:
    """Whether every expected test of an aspect is there once and passed, and no other test of it failed."""
    found = [test for test in tests if test.aspect == aspect]
    ids = sorted(test.id for test in found)
    return (
        bool(expected_ids) and ids == sorted(expected_ids) and all(test.outcome == "passed" for test in found)
    )
