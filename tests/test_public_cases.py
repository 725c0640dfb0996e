"""Pictures of public cases: of what is wrong, never of a hidden input, and at no cost to points."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.pictures import Entries, Trace
from autograder.public_cases import PublicCases
from autograder.store import Store

MEAN = "def bias_gradient(dY):\n    return dY.mean(axis=0)\n"
HALF = """class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW, self.db = self.x.T @ dout / 2, dout.sum(axis=0)
        return dout @ self.W.T
"""
FORGETFUL = """class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum = lr, momentum

    def update(self, params, grads):
        for key in params:
            params[key] -= self.lr * grads[key]
"""
REPEATING = """import os
ours, theirs = os.pipe()
os.set_blocking(ours, False)
kept = b""


def bias_gradient(dY):
    global kept
    try:
        kept = os.read(ours, 1000)
    except BlockingIOError:
        pass
    os.write(theirs, dY.tobytes()[:8])
    return dY.sum(axis=0) + (len(kept) > 0) + 1
"""
"""Tells by its answers whether the process of an earlier exercise has left something in a pipe."""


def graded(classroom, *students):
    """Return what is kept of some students after grading."""
    classroom.grade()
    store = Store(classroom.course.root, classroom.name)
    return [store.read(student) for student in students]


def test_what_is_wrong_is_seen_and_what_is_right_is_not(course):
    """One picture for each part that lost its points and has numbers to show."""
    course.hand_in("kim", {"bias-gradient": MEAN, "affine-backward": HALF})
    course.hand_in("lee")
    kim, lee = graded(course, "kim", "lee")
    assert {exercise: list(seen) for exercise, seen in kim.pictures.items()} == {
        "bias-gradient": ["values"],
        "affine-backward": ["dW"],
    }
    seen = kim.pictures["bias-gradient"]["values"]
    assert isinstance(seen, Entries)
    assert (seen.expected, seen.actual) == (((12.0, 14.0, 16.0),), ((6.0, 7.0, 8.0),))
    assert kim.pictures["affine-backward"]["dW"].case == "N = 4, D = 3, M = 2"
    assert lee.pictures == {}


def test_a_path_is_seen_where_it_is_left(open_classroom, tmp_path):
    """Momentum without a memory goes astray at the second update."""
    classroom = open_classroom(tmp_path / "course", "optimizers")
    classroom.hand_in("kim", {"momentum": FORGETFUL})
    (kim,) = graded(classroom, "kim")
    seen = kim.pictures["momentum"]["trace"]
    assert isinstance(seen, Trace)
    assert (seen.update, seen.case) == (2, "lr = 0.5, momentum = 0.25")


def test_no_hidden_input_has_been_seen_when_a_picture_is_made(course):
    """Whatever connects the processes of a submission is still empty while its public cases are looked at."""
    course.hand_in("kim", {"bias-gradient": REPEATING})
    (kim,) = graded(course, "kim")
    seen = kim.pictures["bias-gradient"]["values"]
    assert np.allclose(np.array(seen.actual) - np.array(seen.expected), 1)


@pytest.mark.slow
@pytest.mark.parametrize("body", ["while True: pass", "import os; os._exit(3)"])
def test_a_public_case_that_ends_its_process_costs_its_picture_only(course, body):
    """The other exercises are seen and tested as ever."""
    hang = f"def bias_gradient(dY):\n    {body}\n"
    course.hand_in("kim", {"bias-gradient": hang, "affine-backward": HALF})
    (kim,) = graded(course, "kim")
    assert {exercise: list(seen) for exercise, seen in kim.pictures.items()} == {"affine-backward": ["dW"]}
    assert [each.score for each in kim.result.exercises] == [0.0, 3.0, 3.0]


@pytest.mark.slow
def test_what_gives_no_answer_is_not_looked_at(course, monkeypatch):
    """A stub, a missing name and a call that never returns are told in words, and never waited for twice."""
    looked = []
    monkeypatch.setattr(PublicCases, "look", lambda *given: looked.append(given[-1]) or {})
    course.hand_in("kim", {"bias-gradient": "def bias_gradient(dY):\n    while True: pass\n"})
    course.hand_in("lee", {"bias-gradient": "def bias_gradient(dY):\n    raise NotImplementedError\n"})
    course.hand_in("mia", {"bias-gradient": "pass"})
    graded(course, "kim")
    assert looked == [[], [], []]


def test_without_a_public_suite_a_class_is_graded_without_pictures(course):
    """`build` complains about it; a grade does not depend on it."""
    (course.course.root / "assignments" / "affine" / "test_public.py").unlink()
    course.hand_in("kim", {"bias-gradient": MEAN})
    (kim,) = graded(course, "kim")
    assert kim.pictures == {}
    assert kim.result.score < kim.result.max_score
