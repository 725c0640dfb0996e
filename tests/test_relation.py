"""Patterns in wrong answers: each is recognised, and what has none is left alone."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks import run_trace
from autograder.diagnosis.questions import QUESTIONS
from autograder.diagnosis.relation import relation

EXPECTED = np.array([[1.5, -2.25, 0.75], [-0.5, 3.125, 2.0]])


@pytest.mark.parametrize(
    ("actual", "topic"),
    [
        (np.abs(EXPECTED), "absolute"),
        (np.sign(EXPECTED), "signs only"),
        (np.round(EXPECTED), "rounded"),
        (np.trunc(EXPECTED), "rounded"),
        (EXPECTED * [[1], [0]], "partly zero"),
        (np.clip(EXPECTED, -1, 1), "limited"),
        (np.maximum(EXPECTED, 0), "partly zero"),
        (EXPECTED[::-1].copy(), "misplaced"),
        (np.tile(EXPECTED[0], (2, 1)), "repeated"),
        (EXPECTED + np.array([10.0, 20.0, 30.0]), "shifted"),
        (EXPECTED + 4, "shifted"),
        (EXPECTED.T, "shape: turned"),
        (EXPECTED[None], "shape: an axis too many"),
        (EXPECTED.sum(axis=0), "shape: an axis lost"),
        (EXPECTED[:, :2], "shape: other lengths"),
        (np.sin(EXPECTED), ""),
        (EXPECTED * np.nan, ""),
        (EXPECTED.astype(str), ""),
        (None, ""),
        ([[1.0]], ""),
    ],
)
def test_a_pattern_in_an_array_is_recognised(actual, topic):
    """What is always so of the wrong entries has a topic, and anything else has none."""
    assert relation(actual, EXPECTED) == topic
    assert not topic or topic in QUESTIONS


class Walker:
    """An optimizer with velocity, and with faults on request."""

    def __init__(self, step, *, share=0.5, times=10**9, keys=None):
        self.step, self.share, self.times, self.keys, self.v = step, share, times, keys, {}

    def update(self, params, grads):
        """Take a step, unless it has taken enough of them."""
        self.times -= 1
        for key in self.keys or params:
            move = self.step(grads[key])
            self.v[key] = move + self.share * self.v.get(key, 0)
            if self.times >= 0:
                params[key] = params[key] + self.v[key]


def walk(optimizer):
    """Return a trace of six updates on two keys."""
    stream = np.random.RandomState(1)
    start = {"W": stream.randn(2, 3), "b": stream.randn(3)}
    gradients = [{"W": stream.randn(2, 3), "b": stream.randn(3)} for _ in range(6)]
    return run_trace(optimizer, start, gradients)


@pytest.mark.parametrize(
    ("optimizer", "topic"),
    [
        (Walker(lambda g: 0 * g), "stands still"),
        (Walker(lambda g: -g, keys=["b"]), "keys left out"),
        (Walker(lambda g: -g, times=3), "stops"),
        (Walker(lambda g: g), "opposite"),
        (Walker(lambda g: -3 * g), "every step scaled"),
        (Walker(lambda g: -3 * g, share=0.25), "first step scaled"),
        (Walker(lambda g: -(g**3)), "length by entry"),
        (Walker(lambda g: -np.abs(g)), "direction"),
        (Walker(lambda g: -g, share=0.75), "share kept"),
        (Walker(lambda g: -g, share=0.5), ""),
    ],
)
def test_a_pattern_in_a_trace_is_recognised(optimizer, topic):
    """The first step, the steps after it, and who takes them tell what is wrong."""
    assert relation(walk(optimizer), list(walk(Walker(lambda g: -g)))) == topic
    assert not topic or topic in QUESTIONS


@pytest.mark.parametrize(("factor", "topic"), [(2.0, "later too long"), (0.5, "later too short")])
def test_steps_that_become_too_long_or_too_short_are_told_apart(factor, topic):
    """A right first step that is followed by steps of the right direction and a wrong length."""
    right, wrong = walk(Walker(lambda g: -g, share=0)), walk(Walker(lambda g: -g, share=0))
    for before, step in enumerate(wrong[1:]):
        for key in step:
            step[key] = wrong[before][key] + factor * (right[before + 1][key] - right[before][key])
    assert relation(wrong, list(right)) == topic


def test_traces_of_anything_else_have_no_pattern():
    """Missing keys, other shapes, lists and infinities are no reason to fail."""
    expected = list(walk(Walker(lambda g: -g)))
    for odd in (None, "gone", np.zeros((1, 1)), np.full((2, 3), np.inf), [1.0]):
        trace = walk(Walker(lambda g: -g))
        trace[2]["W"] = odd
        assert relation(trace, expected) == ""
    trace = walk(Walker(lambda g: -g))
    del trace[1]["b"]
    assert relation(trace, expected) == ""
