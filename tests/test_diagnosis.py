"""What the diagnosis names, what it leaves unnamed, and that nothing a student returns breaks it."""

from __future__ import annotations

import json
import time
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from autograder.assignment import Course
from autograder.bank import answer_job, make_signatures
from autograder.checks import Mismatch, check_array, check_same, check_trace, check_unchanged
from autograder.diagnosis import (
    FAMILIES,
    Observation,
    Observations,
    Signature,
    diagnose,
    observe,
    signatures_from_json,
    signatures_to_json,
)
from autograder.diagnosis.exceptions import about
from autograder.diagnosis.observation import MAX_ENTRIES, fingerprint, same_numbers
from autograder.diagnosis.questions import QUESTIONS
from autograder.errors import WorkerGone
from autograder.misconceptions import MISCONCEPTIONS
from autograder.misconceptions.affine_backward import backward, class_code
from autograder.misconceptions.korean import IDEAS, KOREAN
from autograder.misconceptions.momentum import class_code as optimizer_code
from autograder.misconceptions.momentum import update
from autograder.plugin import collect, read_reference, run_suite
from autograder.result import AspectResult, ExerciseResult, TestResult
from autograder.scoring import score
from autograder.student import NameMissing, StudentObject, StudentRaised

COURSE = Course(Path(__file__).resolve().parents[1])
ASSIGNMENT = {"affine-backward": "affine", "bias-gradient": "affine", "momentum": "optimizers"}


@cache
def setting(exercise):
    """Return what an exercise is graded with."""
    assignment = COURSE.read_assignment(ASSIGNMENT[exercise])
    suite = COURSE.root / "autograder" / "suites" / f"test_{assignment.name}.py"
    reference = read_reference(COURSE.reference_path(assignment.name))
    signatures = make_signatures(suite, [exercise], seed=assignment.hidden_seed, reference=reference)
    return assignment, suite, reference, signatures[exercise], collect(suite)


def named(exercise, code, language="en"):
    """Grade an answer with the hidden suite and diagnose it."""
    assignment, suite, reference, signatures, expected_ids = setting(exercise)
    tested, seen = [], Observations()
    job = answer_job(exercise, code, tested, seen, reference)
    run_suite(suite, [job], seed=assignment.hidden_seed, reference=reference)
    graded = score(assignment, dict(tested), expected_ids)
    result = next(entry for entry in graded if entry.id == exercise)
    return diagnose(result, seen, signatures, language)


# ----- what is named -----


def test_an_answer_in_other_words_is_named():
    """The arrays decide, not the code: a loop with a mean in it is the mean."""
    code = """
def bias_gradient(dY):
    total = np.zeros(dY.shape[1])
    for row in dY:
        for j, value in enumerate(row):
            total[j] += value
    return total / dY.shape[0]
"""
    diagnosed = named("bias-gradient", code)
    assert diagnosed.misconception == "batch-mean"
    assert diagnosed.hint == next(e.hint for e in MISCONCEPTIONS["bias-gradient"] if e.id == "batch-mean")


def test_a_product_that_does_not_fit_is_named_whatever_its_error_says():
    """`@` and `np.dot` complain in different words; the square batch tells which transpose is missing."""
    assert (
        named("affine-backward", class_code(backward(dx="dout @ self.W"))).misconception
        == "dx-not-transposed"
    )
    assert (
        named("affine-backward", class_code(backward(dW="self.x @ dout"))).misconception
        == "dW-not-transposed"
    )


def test_two_wrong_gradients_are_named_each_in_its_aspect():
    """A wrong dW and a wrong db are two ideas, and each hint says what it is about."""
    code = class_code(backward(dW="np.dot(self.x.T, dout) / len(dout)", db="dout.sum(axis=0, keepdims=True)"))
    diagnosed = named("affine-backward", code)
    assert diagnosed.misconception == "dW-batch-mean + db-keepdims"
    dW, db = diagnosed.hint.splitlines()
    assert dW.startswith("dW: Who divides")
    assert db.startswith("db: Print the shapes")


def test_values_and_behaviour_are_named_side_by_side():
    """Wrong values do not hide that gradients add up over calls."""
    init = "def __init__(self, W, b):\n    self.W, self.b = W, b\n    self.dW = self.db = 0\n"
    source = backward(dx="-dout @ self.W.T").replace("self.dW =", "self.dW = self.dW +")
    diagnosed = named("affine-backward", class_code(source, init=init))
    assert diagnosed.misconception.split(" + ")[0] == "dx-negated"
    assert "clean" in diagnosed.hint


def test_a_wrong_shape_is_named_even_if_the_numbers_are_wrong_too():
    """A kept dimension is a kept dimension, whatever stands in it."""
    diagnosed = named("affine-backward", class_code(backward(db="7 * dout.sum(axis=0, keepdims=True)")))
    assert diagnosed.misconception == "db-keepdims"


def test_a_changed_argument_is_named_whatever_was_written_into_it():
    """That dout was changed is the idea, not by how much."""
    source = backward().replace("    return dx", "    dout += 3\n    return dx")
    assert named("affine-backward", class_code(source)).misconception == "spoils-dout"


def test_changed_given_code_is_named():
    """A forward that was changed in any way is told from a wrong backward."""
    forward = "def forward(self, x):\n    self.x = x\n    return np.tanh(x @ self.W + self.b)\n"
    assert (
        named("affine-backward", class_code(backward(), forward=forward)).misconception == "forward-changed"
    )


def test_another_slip_of_the_finger_is_named():
    """Any misspelling of self is that idea, not only the one in the bank."""
    source = backward().replace("self.dW", "sefl.dW")
    assert named("affine-backward", class_code(source)).misconception == "self-misspelt"


def test_a_wrong_form_is_named_where_the_square_case_differs():
    """A transposed mean: in the square case only the numbers are wrong, and the idea is the transpose."""
    source = backward(dW="np.dot(dout.T, self.x) / len(dout)")
    assert named("affine-backward", class_code(source)).misconception == "dW-reversed-product"


def test_an_exception_that_is_met_everywhere_is_no_idea_about_one_aspect():
    """A velocity that does not fit raises in the first step too; one velocity for all keys would not."""
    source = update(
        "self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]\nparams[key] += self.v[key].T\n"
    )
    assert named("momentum", optimizer_code(source)).misconception == "shapes-do-not-fit"


FAMILIES_OF_ANSWERS = [
    ("bias-gradient", "def bias_gradient(dY):\n    return dY.sum\n", "not-called"),
    ("bias-gradient", "def bias_gradient(dY):\n    yield dY.sum(axis=0)\n", "generator"),
    ("bias-gradient", "def bias_gradient(dY):\n    return np.asmatrix(dY).sum(axis=0)\n", "np-matrix"),
    ("affine-backward", class_code(backward(dW="np.dot(self.x.T, dout),")), "stray-comma"),
    ("bias-gradient", "def bias_gradient(dY):\n    return np.sun(dY)\n", "function-misspelt"),
    ("bias-gradient", "def bias_gradient(dY):\n    return dY.sum(axis=2)\n", "no-such-axis"),
    ("bias-gradient", "def bias_gradient(dY):\n    return dY[9]\n", "index-out-of-range"),
    ("bias-gradient", "def bias_gradient(dY):\n    return bias_gradient(dY)\n", "calls-itself"),
    ("bias-gradient", "def bias_gradient(dY, B):\n    return dY.sum(axis=0)\n", "arguments-do-not-fit"),
    ("bias-gradient", "bias_gradient = np.array([12.0, 14.0, 16.0])\n", "not-a-function"),
    ("bias-gradient", "def bias_grad(dY):\n    return dY.sum(axis=0)\n", "not-defined"),
    ("bias-gradient", "def bias_gradient(dY):\n    return -dY.mean(axis=0)\n", "divided-by-a-size"),
    (
        "bias-gradient",
        "def bias_gradient(dY):\n    return dY.sum(0) if len(dY) > 1 else dY\n",
        "batch-of-one",
    ),
    (
        "affine-backward",
        class_code(backward(dx="np.dot(dout, self.W.T) * len(dout)")),
        "multiplied-by-a-size",
    ),
    ("affine-backward", class_code(backward(dx="np.dot(dout, self.W.T) + 1e-6")), "small-error"),
    ("affine-backward", class_code(backward(db="np.sum(dout, axis=0)[::-1]")), "other-places"),
    (
        "affine-backward",
        class_code(backward(dW="np.clip(np.dot(self.x.T, dout), -0.3, 0.3)")),
        "limited-range",
    ),
]


@pytest.mark.parametrize(("exercise", "code", "family"), FAMILIES_OF_ANSWERS)
def test_a_fault_without_a_misconception_has_the_name_of_its_family(exercise, code, family):
    """What is plainly wrong has a name and a question, even if nobody foresaw the answer."""
    diagnosed = named(exercise, code)
    assert family in diagnosed.misconception.split(" + ")
    assert diagnosed.hint.endswith("?")
    assert family in FAMILIES


def test_families_and_misconceptions_have_different_names():
    """A name in a result says one thing."""
    assert not FAMILIES.keys() & {entry.id for entries in MISCONCEPTIONS.values() for entry in entries}


def test_every_question_can_be_asked_in_both_languages():
    """Each placeholder of the English question is one that is filled in, and so in Korean."""
    given = {"name": "dW", "detail": "dout", "size": "N"}
    for question in QUESTIONS.values():
        assert question.english.format(**given).count("?") >= 1
        assert question.korean.format(**given).count("?") >= 1


# ----- what is not -----


def test_an_unknown_idea_gets_no_name_but_says_what_is_wrong_first():
    """A dW that nobody thought of: where it is wrong, and a question."""
    diagnosed = named("affine-backward", class_code(backward(dW="np.sin(np.dot(self.x.T, dout))")))
    assert diagnosed.misconception is None
    assert diagnosed.hint.startswith("dW is wrong in")
    assert diagnosed.hint.endswith("?")


def test_a_coincidence_on_some_inputs_names_nothing():
    """An answer that looks like a mean for some batches only is no mean, but it has a factor."""
    code = "def bias_gradient(dY):\n    return dY.sum(axis=0) / (5 if len(dY) == 5 else 3)\n"
    assert named("bias-gradient", code).misconception == "factor-of-the-input"


def test_a_constant_factor_is_told():
    """Three times too much, everywhere, and nobody knows why: the factor is the best hint."""
    diagnosed = named("bias-gradient", "def bias_gradient(dY):\n    return 3 * dY.sum(axis=0)\n")
    assert diagnosed.misconception == "constant-factor"
    assert "3 times" in diagnosed.hint
    assert "factor" in diagnosed.hint


def test_a_factor_that_is_a_size_is_told_as_that_size():
    """One over the number of outputs is a hint, one over nine would be none."""
    diagnosed = named("affine-backward", class_code(backward(dx="dout @ self.W.T / self.W.shape[1]")))
    assert "one over M" in diagnosed.hint


def test_an_answer_that_ignores_its_input_is_told_so():
    """The same array for all inputs comes from somewhere else, such as a variable of the notebook."""
    code = "left_over = np.array([1.0, 2.0, 3.0])\ndef bias_gradient(dY):\n    return left_over\n"
    assert "the notebook's variables" in named("bias-gradient", code).hint


def test_the_first_wrong_update_is_told():
    """A trace that goes wrong later is told apart from one that begins wrongly."""
    source = update(
        "self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]\nparams[key] += self.v[key]\n"
    )
    later = source + "    self.lr = self.lr + 0.03\n"
    hint = named("momentum", optimizer_code(later)).hint
    assert "after update 2" in hint
    assert "remembered" in hint


def test_right_answers_and_stubs_get_no_hint():
    """Nothing is wrong with a right answer, and a stub says itself that it is none."""
    right = named("bias-gradient", "def bias_gradient(dY):\n    return dY.sum(axis=0)\n")
    stub = named("bias-gradient", "def bias_gradient(dY):\n    raise NotImplementedError\n")
    assert [(d.misconception, d.hint) for d in (right, stub)] == [(None, None)] * 2


def test_hints_are_those_of_the_language():
    """Named or generic, a hint is Korean where the assignment is."""
    mean = "def bias_gradient(dY):\n    return dY.mean(axis=0)\n"
    assert "복사 노드" in named("bias-gradient", mean, "ko").hint
    assert (
        "인수" in named("bias-gradient", "def bias_gradient(dY):\n    return 3 * dY.sum(axis=0)\n", "ko").hint
    )


def test_every_hint_and_idea_is_there_in_korean():
    """A translation for each hint and each idea, and none for one that is gone."""
    known = [entry for entries in MISCONCEPTIONS.values() for entry in entries]
    assert {entry.hint for entry in known} == KOREAN.keys()
    assert {entry.idea for entry in known} == IDEAS.keys()
    assert all(IDEAS.values())
    for question in QUESTIONS.values():
        assert bool(question.family) == bool(question.idea) == bool(question.korean_idea)
    for family, idea in FAMILIES.items():
        of_family = [question for question in QUESTIONS.values() if question.family == family]
        assert {(each.idea, each.korean_idea) for each in of_family} == {(idea, of_family[0].korean_idea)}
        assert IDEAS.get(idea, of_family[0].korean_idea) == of_family[0].korean_idea


@pytest.mark.parametrize("exercise", ASSIGNMENT)
def test_hints_reveal_no_hidden_value(exercise):
    """Generic hints hold places and factors; no entry of a hidden array."""
    _, _, _, signatures, _ = setting(exercise)
    for entry in MISCONCEPTIONS[exercise][:12]:
        assignment, suite, reference, _, expected_ids = setting(exercise)
        tested, seen = [], Observations()
        job = answer_job(exercise, entry.code, tested, seen, reference)
        run_suite(suite, [job], seed=assignment.hidden_seed, reference=reference)
        graded = score(assignment, dict(tested), expected_ids)
        result = next(each for each in graded if each.id == exercise)
        hint = diagnose(result, seen, ()).hint or ""
        assert "expected:" not in hint
        assert "array(" not in hint
    assert signatures


# ----- ambiguity -----


def exercise_result(*outcomes):
    """Return an exercise with one aspect and tests t0, t1, ... of these outcomes."""
    tests = tuple(TestResult(f"t{i}", "value", outcome, "") for i, outcome in enumerate(outcomes))
    return ExerciseResult("exercise", 0.0, 1.0, None, None, (AspectResult("value", 0.0, 1.0),), tests)


WRONG = Observation("values", "y", "f(2,)", (0.5, -0.5, 0.0), 2.0, detail="y is wrong.")


def diagnosed_with(*signatures):
    """Return what an answer that is wrong in one of two tests is told."""
    return diagnose(
        exercise_result("failed", "passed"), {"t0": WRONG, "t1": Observation("passed")}, signatures
    )


def test_two_ideas_that_look_alike_share_their_hint():
    """No name is given, but a hint that fits both is."""
    one, other = (Signature(name, {"en": "Why?"}, {"t0": WRONG}) for name in ("one", "other"))
    diagnosed = diagnosed_with(one, other)
    assert (diagnosed.misconception, diagnosed.hint) == (None, "Why?")


def test_two_ideas_that_look_alike_with_other_hints_give_the_generic_one():
    """Rather no idea than a wrong one."""
    one, other = (Signature(name, {"en": f"{name}?"}, {"t0": WRONG}) for name in ("one", "other"))
    diagnosed = diagnosed_with(one, other)
    assert diagnosed.misconception is None
    assert diagnosed.hint.startswith("y is wrong.")


def test_two_spellings_of_one_idea_are_that_idea():
    """Several signatures of a misconception do not make it ambiguous."""
    diagnosed = diagnosed_with(*(Signature("one", {"en": "Why?"}, {"t0": WRONG}) for _ in range(2)))
    assert diagnosed.misconception == "one"


def test_an_idea_that_fails_elsewhere_too_is_not_it():
    """The tests that pass count as much as those that fail."""
    assert diagnosed_with(Signature("one", {"en": "Why?"}, {"t0": WRONG, "t1": WRONG})).misconception is None


def test_what_could_not_be_tested_is_not_diagnosed():
    """A fault of ours is no idea of the student's."""
    result = exercise_result("failed", "error")
    assert diagnose(result, {}, ()) == result


# ----- nothing breaks it -----


class Odd(StudentObject):
    """An object that arrived from a worker."""

    def __init__(self):
        super().__init__(0, "x" * 10_000, is_callable=False)


ODD_VALUES = [
    None,
    True,
    10**400,
    complex(1, np.nan),
    "text" * 1000,
    np.array([np.nan, np.inf, -np.inf, 1e308, -1e308]),
    np.array(["a"]),
    np.array([None, [1]], dtype=object),
    np.zeros((0, 3)),
    np.zeros((1,) * 30),
    np.broadcast_to(np.float64(1), (10**6, 10**6)),
    np.ones(MAX_ENTRIES + 1),
    np.array([1 + 2j]),
    np.array([2**63], dtype=np.uint64),
    np.array(["2020-01-01"], dtype="datetime64[D]"),
    [1, [2, [3, [4, [5, [6]]]]]],
    list(range(10_000)),
    {i: i for i in range(10_000)},
    {"a": [np.ones(2), None], 3: (1,)},
    Odd(),
    np.ma.masked_array([1, 2], [True, False]),
]


@pytest.mark.parametrize("value", ODD_VALUES, ids=lambda value: type(value).__name__)
def test_no_value_breaks_the_diagnosis(value):
    """Whatever a check looked at becomes a few numbers, and they agree with themselves."""
    checks = (
        lambda: check_array("y", value, np.ones(2)),
        lambda: check_same("y", value, np.zeros(3)),
        lambda: check_unchanged("y", value, np.ones(2)),
        lambda: check_trace([{"y": value}], [{"y": np.ones(2)}]),
    )
    for check in checks:
        with pytest.raises(Mismatch) as caught:
            check()
        seen = observe(caught.value, {"N": 3, "shape": (2,)})
        assert len(seen.form) <= 200
        assert same_numbers(seen, seen)
        json.dumps(signatures_to_json([Signature("one", {"en": "Why?"}, {"t0": seen})]), allow_nan=False)
        result = diagnose(exercise_result("failed", "passed"), {"t0": seen, "t1": observe(None)}, ())
        assert result.hint


@pytest.mark.parametrize(
    ("error", "outcome", "name"),
    [
        (None, "passed", ""),
        (NameMissing("Affine.dW"), "missing", "dW"),
        (WorkerGone("it hung"), "gone", ""),
        (AssertionError("no"), "other", ""),
        (StudentRaised("NameError", "name 'slef' is not defined"), "raised", "NameError: like self"),
    ],
)
def test_every_end_of_a_test_can_be_compared(error, outcome, name):
    """Passing, missing, hanging and raising are told apart."""
    seen = observe(error)
    assert (seen.outcome, seen.name) == (outcome, name)


@pytest.mark.parametrize(
    ("type_name", "text", "words"),
    [
        ("NameError", "name 'dout' is not defined", "NameError: dout"),
        ("NameError", "", "NameError: "),
        ("UnboundLocalError", "cannot access local variable 'v' where it is not", "NameError: v"),
        (
            "ValueError",
            "matmul: Input operand 1 has a mismatch in its core dimension 0",
            "ValueError: product",
        ),
        (
            "ValueError",
            "operands could not be broadcast together with shapes (2,) (3,)",
            "ValueError: shapes",
        ),
        ("ValueError", "math domain error", "ValueError: math domain error"),
        ("AttributeError", "'NoneType' object has no attribute 'T'", "AttributeError: NoneType"),
        ("AttributeError", "'Momentum' object has no attribute 'vel'", "AttributeError: own vel"),
        ("AttributeError", "odd", "AttributeError: odd"),
        ("_UFuncOutputCastingError", "Cannot cast", "UFuncTypeError"),
        ("KeyError", "'W1'", "KeyError: 'W1'"),
        (
            "TypeError",
            "f() takes 2 positional arguments",
            "TypeError: arguments: f() takes # positional arguments",
        ),
        (
            "TypeError",
            "'NoneType' object is not callable",
            "TypeError: not callable: 'NoneType' object is not callable",
        ),
        (
            "TypeError",
            "unsupported operand type(s) for ^: 'float' and 'int'",
            "TypeError: bits: unsupported operand type(s) for ^: 'float' and 'int'",
        ),
        ("AttributeError", "module 'numpy' has no attribute 'sun'", "AttributeError: module"),
        ("AttributeError", "'NoneType' object has no attribute 'dW'", "AttributeError: NoneType dW"),
        ("Mine", "x" * 9000, "Mine: " + "x" * 120),
    ],
)
def test_exceptions_are_known_by_what_they_are_about(type_name, text, words):
    """Shapes, versions and counts in a message do not matter."""
    assert about(StudentRaised(type_name, text)) == words


# ----- numbers -----


def test_fingerprints_tell_arrays_apart():
    """One entry more or less, another shape, a NaN at another place: all are seen; rounding is not."""
    base = np.arange(1.0, 7.0).reshape(2, 3)
    seen = observe_array(base)
    assert same_numbers(seen, observe_array(base * (1 + 1e-15)))
    for other in (base.T, base.ravel(), base[::-1], base * 1.001, base.astype(int), -base, 2 * base):
        assert not same_numbers(seen, observe_array(other))
    with_nan = base.copy()
    with_nan[0, 1] = np.nan
    elsewhere = base.copy()
    elsewhere[1, 1] = np.nan
    assert not same_numbers(observe_array(with_nan), observe_array(elsewhere))


def observe_array(array):
    """Return what is kept of an array."""
    return Observation("values", "y", *fingerprint(array))


def test_signatures_survive_json():
    """On the student's side the same answers agree with the same ideas."""
    seen = {
        "a": Observation("values", "y", "f(2,)", (0.123456789123, -1.0, 0.0), 3.0, ratio=0.25),
        "b": Observation("raised", "NameError: dout"),
    }
    signatures = [Signature("one", {"en": "Why?"}, seen), Signature("two", {"en": "How?"}, {"b": seen["b"]})]
    again = signatures_from_json(json.loads(json.dumps(signatures_to_json(signatures))))
    assert [entry.misconception for entry in again] == ["one", "two"]
    assert again[1].seen == signatures[1].seen
    assert all(same_numbers(again[0].seen[test], seen[test]) for test in seen)
    assert again[0].seen["a"].ratio == 0.25


@pytest.mark.parametrize("damage", [{"hints": {}}, {"tests": []}, {"seen": []}, {"signatures": [["one"]]}])
def test_a_damaged_table_of_signatures_is_refused(damage):
    """A table that was cut is not misread."""
    document = signatures_to_json([Signature("one", {"en": "Why?"}, {"a": WRONG})])
    with pytest.raises((KeyError, IndexError, ValueError)):
        signatures_from_json({**document, **damage})


def test_an_answer_that_stands_for_a_million_values_is_not_walked_through():
    """A dict may hold another one two hundred times."""
    inner = dict.fromkeys(range(200), 0.5)
    answer = dict.fromkeys(range(100), dict.fromkeys(range(200), inner))
    started = time.process_time()
    mismatch = Mismatch("db", "kind", "db is a dict.")
    mismatch.actual = answer
    assert observe(mismatch).form
    assert time.process_time() - started < 0.5
