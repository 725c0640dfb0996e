"""The suites are tested: every known wrong answer loses exactly its points, every right one none."""

from __future__ import annotations

import contextlib
import io
import re
from functools import cache
from pathlib import Path

import pytest

from autograder.assignment import Course
from autograder.misconceptions import ALTERNATIVES, MISCONCEPTIONS
from autograder.plugin import FromReference, Job, collect, read_reference, run_suite, validate_suite
from autograder.scoring import score
from autograder.student.live import LiveStudent

COURSE = Course(Path(__file__).resolve().parents[1])
EXERCISES = {
    exercise.id: (COURSE.read_assignment(name), exercise)
    for name in COURSE.assignment_names()
    for exercise in COURSE.read_assignment(name).exercises
}

ZEROS = {
    "bias-gradient": "def bias_gradient(dY):\n    return np.zeros(dY.shape[1])\n",
    "affine-backward": """
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, dout):
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        return np.zeros_like(self.x)
""",
    "momentum": """
class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        pass
    def update(self, params, grads):
        pass
""",
}
ZEROS["affine-debug"] = ZEROS["affine-backward"].replace("Affine", "BrokenAffine")
ZEROS["adagrad"] = ZEROS["momentum"].replace("Momentum", "AdaGrad").replace(", momentum=0.9", "")


def stub(exercise_id):
    """Return a solution cell as the student receives it."""
    assignment, _ = EXERCISES[exercise_id]
    text = (assignment.folder / f"{assignment.name}.md").read_text(encoding="utf-8")
    match = re.search(rf'```python exercise="{exercise_id}"\n(.*?)```', text, re.DOTALL)
    assert match is not None
    return match[1]


def suite_of(assignment, kind):
    """Return a suite and its seed."""
    if kind == "public":
        return assignment.folder / "test_public.py", assignment.public_seed
    return COURSE.root / "autograder" / "suites" / f"test_{assignment.name}.py", assignment.hidden_seed


@cache
def reference_of(name):
    """Return the reference of an assignment."""
    return read_reference(COURSE.reference_path(name))


def grade(exercise_id, codes, kind="hidden", seed_offset=0):
    """Return the graded exercise of each of some solution cells."""
    assignment, _ = EXERCISES[exercise_id]
    path, seed = suite_of(assignment, kind)
    results, expected_ids = [], collect(path)

    def job(code):
        namespace = {"__name__": "__main__"}
        exec(f"import numpy as np\n{code}", namespace)
        student = LiveStudent(namespace)
        return Job(lambda _: contextlib.nullcontext(student), lambda tests: results.append(dict(tests)))

    reference = reference_of(assignment.name)
    with contextlib.redirect_stdout(io.StringIO()):
        run_suite(
            path,
            map(job, codes),
            seed=seed + seed_offset,
            reference=reference,
            expected=FromReference(reference),
            only=[exercise_id],
        )
    graded = [score(assignment, tests, expected_ids) for tests in results]
    return [next(entry for entry in exercises if entry.id == exercise_id) for exercises in graded]


def lost(graded):
    """Return the aspects that earned nothing."""
    return tuple(aspect.id for aspect in graded.aspects if aspect.score == 0)


@cache
def graded_bank(exercise_id, kind, seed_offset=0):
    """Return what becomes of every known answer, by its id."""
    known = (*MISCONCEPTIONS[exercise_id], *ALTERNATIVES[exercise_id])
    graded = grade(exercise_id, [answer.code for answer in known], kind, seed_offset)
    return {answer.id: result for answer, result in zip(known, graded, strict=True)}


WRONG = [
    pytest.param(exercise, answer, id=f"{exercise}-{answer.id}")
    for exercise, answers in MISCONCEPTIONS.items()
    for answer in answers
]
RIGHT = [
    pytest.param(exercise, answer, id=f"{exercise}-{answer.id}")
    for exercise, answers in ALTERNATIVES.items()
    for answer in answers
]
both_suites = pytest.mark.parametrize("kind", ["hidden", "public"])


@both_suites
@pytest.mark.parametrize(("exercise", "answer"), WRONG)
def test_wrong_answer_loses_the_aspects_that_it_gets_wrong(exercise, answer, kind):
    """A known wrong answer loses the points of its aspects and no others."""
    graded = graded_bank(exercise, kind)[answer.id]
    assert set(lost(graded)) == set(answer.aspects), [
        test for test in graded.tests if test.outcome != "passed"
    ]


@both_suites
@pytest.mark.parametrize(("exercise", "answer"), RIGHT)
def test_right_answer_earns_full_points(exercise, answer, kind):
    """A right answer earns all points, however different it looks."""
    graded = graded_bank(exercise, kind)[answer.id]
    assert graded.score == graded.max_score, [test for test in graded.tests if test.outcome != "passed"]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_known_answer_is_a_fault_of_the_suite(exercise):
    """Whatever a student wrote, a test passes or fails; it never ends in an error of ours."""
    outcomes = {test.outcome for graded in graded_bank(exercise, "hidden").values() for test in graded.tests}
    assert outcomes == {"passed", "failed"}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_verdicts_do_not_hang_on_the_seed(exercise):
    """Another hidden seed gives the same points for every known answer."""
    here, there = graded_bank(exercise, "hidden"), graded_bank(exercise, "hidden", seed_offset=1)
    assert {name: lost(graded) for name, graded in here.items()} == {
        name: lost(graded) for name, graded in there.items()
    }


@both_suites
@pytest.mark.parametrize("exercise", EXERCISES)
def test_stub_and_zeros_earn_nothing(exercise, kind):
    """The untouched stub, and zeros of the right shape, earn exactly 0."""
    assert [graded.score for graded in grade(exercise, [stub(exercise), ZEROS[exercise]], kind)] == [0.0, 0.0]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_stub_with_globals_of_the_notebook_earns_nothing(exercise):
    """Left-over variables of the notebook do not help a stub."""
    code = "dout = np.ones((5, 4)); W = np.ones((3, 4))\n" + stub(exercise)
    assert grade(exercise, [code])[0].score == 0


def test_stub_is_told_to_be_a_stub():
    """A student who has not begun is not told to be wrong."""
    rationales = {test.rationale.split("\n")[1] for test in grade("momentum", [stub("momentum")])[0].tests}
    assert all(text.startswith("Not done yet: momentum") for text in rationales)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_hidden_rationales_name_no_value(exercise):
    """What a hidden suite says names shapes, counts and places, but no entry of an input or answer."""
    text = "\n".join(
        line
        for graded in graded_bank(exercise, "hidden").values()
        for test in graded.tests
        for line in test.rationale.splitlines()[1:]
        if " raised " not in line and not line.startswith("    ")
    )
    assert "expected:" not in text
    assert not re.search(r"\[\s*-?\d+\.\d", text)


@pytest.mark.parametrize("name", COURSE.assignment_names())
@both_suites
def test_suites_are_fit_to_grade_with(name, kind):
    """Every aspect has tests, every test a docstring and a mark."""
    assignment = COURSE.read_assignment(name)
    assert validate_suite(suite_of(assignment, kind)[0], assignment)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_bank_is_well_kept(exercise):
    """Ids are unique, every misconception names aspects of its exercise and asks a question."""
    wrong, right = MISCONCEPTIONS[exercise], ALTERNATIVES[exercise]
    ids = [answer.id for answer in (*wrong, *right)]
    assert len(ids) == len(set(ids))
    assert len(right) >= 12
    aspects = {aspect.id for aspect in EXERCISES[exercise][1].aspects}
    for answer in wrong:
        assert answer.aspects
        assert set(answer.aspects) <= aspects
        assert "?" in answer.hint
        assert answer.idea
