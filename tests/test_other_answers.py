"""Answers that the bank was not made from: wrong ones lose points, most are named, right ones are paid."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from autograder.assignment import Course
from autograder.bank import make_signatures
from autograder.diagnosis import diagnose
from autograder.prove import Plan
from autograder.prove.trials import Variant, run_trials

pytestmark = pytest.mark.slow

COURSE = Course(Path(__file__).resolve().parents[1])
ANSWERS = tomllib.loads((Path(__file__).parent / "samples/other_answers.toml").read_text(encoding="utf-8"))[
    "answer"
]
EXERCISES = list(dict.fromkeys(answer["exercise"] for answer in ANSWERS))

FEWEST_NAMED = 0.75
"""Of the wrong answers to an exercise; the bank and the families know nothing of them."""


@cache
def plan_of(exercise):
    """Return the assignment of an exercise, and what it is proved with."""
    assignments = map(COURSE.read_assignment, COURSE.assignment_names())
    assignment = next(each for each in assignments if exercise in {entry.id for entry in each.exercises})
    return assignment, Plan(COURSE, assignment)


def code_of(answer, plan):
    """Return the cell after the solutions of the other exercises: a notebook holds them too."""
    others = [code for exercise, code in plan.solutions.items() if exercise != answer["exercise"]]
    return "\n\n".join([*others, answer["code"]])


@cache
def trials_of(exercise):
    """Try all answers to an exercise with the hidden suite."""
    assignment, plan = plan_of(exercise)
    suite, seed = plan.hidden
    own = [answer for answer in ANSWERS if answer["exercise"] == exercise]
    variants = [Variant("alternative", exercise, answer["name"], code_of(answer, plan)) for answer in own]
    with np.errstate(all="ignore"):
        trials = run_trials(assignment, suite, variants, plan.reference, seed=seed)
    return [(answer, trial) for answer, trial in zip(own, trials, strict=True)]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_right_answers_of_any_style_are_paid_in_full(exercise):
    """Loops, einsum, dataclasses, slots, other states: what does the right thing earns everything."""
    refused = {
        answer["name"]: trial.error or [test.id for test in trial.failed]
        for answer, trial in trials_of(exercise)
        if answer["right"] and not trial.paid_in_full
    }
    assert refused == {}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_wrong_answers_that_nobody_foresaw_lose_points(exercise):
    """No wrong answer is paid in full."""
    paid = [
        answer["name"] for answer, trial in trials_of(exercise) if not answer["right"] and trial.paid_in_full
    ]
    assert paid == []


@pytest.mark.parametrize("exercise", EXERCISES)
def test_most_wrong_answers_are_named_and_all_get_a_hint(exercise):
    """A misconception or a family of faults; and where there is no name, a question."""
    _, plan = plan_of(exercise)
    suite, seed = plan.hidden
    signatures = make_signatures(suite, [exercise], seed=seed, reference=plan.reference)[exercise]
    told = [
        diagnose(trial.result, trial.observed, signatures)
        for answer, trial in trials_of(exercise)
        if not answer["right"]
    ]
    assert all(result.hint for result in told)
    named = Counter(bool(result.misconception) for result in told)
    assert named[True] >= FEWEST_NAMED * len(told), named
