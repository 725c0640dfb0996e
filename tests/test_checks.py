"""Each check accepts what is right and is seen to refuse what is slightly wrong."""

from __future__ import annotations

import doctest
import time

import numpy as np
import pytest

import autograder.checks.arrays
import autograder.checks.gradients
import autograder.checks.traces
from autograder.checks import (
    Mismatch,
    check_array,
    check_same,
    check_same_object,
    check_trace,
    check_unchanged,
    given_code,
    keep,
    numerical_gradient,
    run_trace,
    suspect,
)
from autograder.errors import WorkerGone
from autograder.worker.wire import Opaque

EXPECTED = np.array([[1.0, -2.0], [0.5, 4.0]])


def refusal(actual, expected=EXPECTED, **options):
    """Return the mismatch that `check_array` raises."""
    with pytest.raises(Mismatch) as caught:
        check_array("dW", actual, expected, **options)
    return caught.value


@pytest.mark.parametrize(
    "actual",
    [
        EXPECTED.copy(),
        np.asfortranarray(EXPECTED),
        EXPECTED * (1 + 1e-9),
        EXPECTED.astype(np.longdouble),
        EXPECTED.astype(">f8"),
        np.vstack([EXPECTED, EXPECTED])[:2],
    ],
    ids=["equal", "fortran", "rounding", "wider", "byte order", "view"],
)
def test_check_array_accepts_a_right_array(actual):
    """Layout, byte order, a wider type and rounding do not matter."""
    check_array("dW", actual, EXPECTED)


@pytest.mark.parametrize(
    ("actual", "kind", "words"),
    [
        (None, "kind", "dW is None (was the result returned"),
        ([[1.0, -2.0], [0.5, 4.0]], "kind", "a list of 2 values"),
        ((EXPECTED, EXPECTED), "kind", "a tuple of 2 values"),
        (3.0, "kind", "a single number"),
        (np.float64(3), "kind", "a single number"),
        ({}, "kind", "a dict"),
        (Opaque(1, "matrix"), "kind", "an object of type matrix"),
        (EXPECTED.view(np.matrix), "kind", "dW is a matrix"),
        (EXPECTED[None], "shape", "shape (…, …, …), expected (2, 2)"),
        (EXPECTED.ravel(), "shape", "shape (4,), expected (2, 2)"),
        (
            EXPECTED.astype(int),
            "dtype",
            "dtype int64, expected float64: whole numbers cannot hold a fraction",
        ),
        (EXPECTED.astype(np.float32), "dtype", "dtype float32, expected float64"),
        (EXPECTED.astype(complex), "dtype", "dtype complex128"),
        (EXPECTED.astype(object), "dtype", "dtype object"),
        (
            np.where(EXPECTED == 4, np.nan, EXPECTED),
            "not-finite",
            "nan or inf in 1 of 4 entries, first at index [1, 1]",
        ),
        (np.where(EXPECTED == 4, np.inf, EXPECTED), "not-finite", "nan or inf in 1 of 4"),
        (
            EXPECTED + np.array([[0, 0], [1e-6, 0]]),
            "values",
            "wrong in 1 of 4 entries, first at index [1, 0]",
        ),
        (EXPECTED / 7, "values", "Every entry is 1/7 times what it has to be"),
        (-EXPECTED, "values", "Every entry is -1 times"),
        (EXPECTED * 1.2345678, "values", "Every entry is one and the same number times"),
        (np.zeros((2, 2)), "values", "All entries are zero"),
        (np.full((2, 2), 1e308), "values", "wrong in 4 of 4"),
    ],
)
def test_check_array_refuses_a_wrong_one(actual, kind, words):
    """The first thing that is wrong is told: kind, shape, dtype, finite, values, in this order."""
    mismatch = refusal(actual)
    assert mismatch.kind == kind
    assert words in mismatch.detail


def test_check_array_does_not_broadcast():
    """A gradient of shape (1, M) is not one of shape (M,), nor a single number."""
    assert refusal(np.zeros((1, 3)), np.zeros(3)).kind == "shape"
    assert refusal(np.zeros(()), np.zeros(3)).kind == "shape"


def test_check_array_accepts_a_scalar_where_the_answer_has_no_axes():
    """For a 0-d answer a NumPy scalar is as good as an array."""
    check_array("loss", np.float64(2), np.array(2.0))
    assert refusal(np.float64(2.1), np.array(2.0)).detail == "dW is wrong in 1 of 1 entries."


def test_check_array_obeys_its_tolerance():
    """An error just below rtol passes, one just above does not."""
    check_array("p", EXPECTED + 0.9 * 4e-5, EXPECTED, rtol=1e-5)
    assert refusal(EXPECTED + 1.1 * 4e-5, rtol=1e-5).kind == "values"


def test_check_array_measures_against_the_largest_entry():
    """An entry that is small by chance does not need to be relatively exact."""
    check_array("dW", np.array([1000.0, 1e-6]), np.array([1000.0, 2e-6]))


def test_detail_holds_no_value_and_values_do():
    """What a hidden suite shows is free of expected and actual values."""
    mismatch = refusal(EXPECTED + 0.12345)
    assert "0.12345" not in mismatch.detail
    assert "1.12345" in mismatch.values


def test_arrays_are_set_as_text_when_somebody_asks(monkeypatch):
    """Of hidden inputs nobody reads the values, and setting them takes longer than comparing them."""
    asked = []
    monkeypatch.setattr(autograder.checks.arrays, "show", lambda array: asked.append(array) or "text")
    mismatch = refusal(EXPECTED + 1)
    assert asked == []
    assert mismatch.values == mismatch.values == "expected:\ntext\nactual:\ntext"
    assert len(asked) == 2


def test_objects_are_set_as_text_within_the_test():
    """It runs a student's code: what that raises is an outcome of the test and of nothing later."""

    class Loud:
        def __repr__(self):
            raise KeyError("loud")

    with pytest.raises(KeyError):
        check_array("dW", np.array([Loud()]), EXPECTED)


def test_check_same_accepts_the_same_answer_of_any_kind():
    """None twice, tuples twice and equal not-a-numbers are the same."""
    for answer in (
        None,
        (EXPECTED, None),
        {"dx": EXPECTED},
        [1.0, "a"],
        np.array([np.nan, 1.0]),
        np.array([None]),
    ):
        check_same("dx", keep(answer), answer)


@pytest.mark.parametrize(
    ("actual", "before"),
    [
        (2 * EXPECTED, EXPECTED),
        (EXPECTED[:1], EXPECTED),
        (None, EXPECTED),
        ((EXPECTED, 2.0), (EXPECTED, 1.0)),
        ((EXPECTED,), (EXPECTED, EXPECTED)),
        ({"dx": EXPECTED}, {"dW": EXPECTED}),
        (np.array([np.nan]), np.array([1.0])),
    ],
)
def test_check_same_refuses_another_answer(actual, before):
    """An answer that changes between two calls is refused, whatever it is."""
    with pytest.raises(Mismatch):
        check_same("dx", actual, before)


def test_keep_is_safe_from_reused_buffers():
    """A kept answer does not follow its array."""
    buffer = np.zeros(2)
    kept = keep({"a": (buffer, [buffer])})
    buffer += 1
    assert kept["a"][0].sum() == kept["a"][1][0].sum() == 0


def test_check_unchanged_accepts_an_untouched_argument():
    """Equal contents are enough; a nan stays a nan."""
    check_unchanged("x", np.array([np.nan, 1.0]), np.array([np.nan, 1.0]))
    check_unchanged("grads", {"W": EXPECTED}, {"W": EXPECTED.copy()})


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ({"W": EXPECTED * (1 + 1e-15)}, "grads['W'] was changed: "),
        ({"W": EXPECTED.ravel()}, "grads['W'] was changed: it is an array of shape (4,)"),
        ({"W": EXPECTED.astype(np.float32)}, "grads['W'] was changed"),
        ({"W": None}, "it is None"),
        ({}, "its keys are none, they were 'W'"),
        ({"W": EXPECTED, "b": EXPECTED}, "its keys are 'W', 1 new, they were 'W'"),
    ],
)
def test_check_unchanged_refuses_a_changed_argument(now, words):
    """A changed number, shape, type or key is refused, however small the change."""
    with pytest.raises(Mismatch) as caught:
        check_unchanged("grads", now, {"W": EXPECTED})
    assert caught.value.kind == "mutated"
    assert words in caught.value.detail


def test_check_same_object_refuses_an_equal_copy():
    """Equal numbers in another array are a rebinding."""
    check_same_object("params['W']", EXPECTED, EXPECTED)
    with pytest.raises(Mismatch, match="another array"):
        check_same_object("params['W']", EXPECTED.copy(), EXPECTED)


def trace(*factors):
    """Return parameters after some updates."""
    return [{"W": factor * EXPECTED, "b": factor * np.ones(2)} for factor in factors]


def test_check_trace_names_the_first_wrong_update_and_key():
    """The place where a path is left is told, with what was right before and beside it."""
    actual = trace(1, 2, 3)
    actual[1]["b"] = actual[1]["b"] + 1
    actual[2]["W"] = actual[2]["W"] + 1
    with pytest.raises(Mismatch) as caught:
        check_trace(actual, trace(1, 2, 3))
    assert caught.value.name == "params['b']"
    assert caught.value.detail.endswith("This is after update 2; after update 1 all was right; 'W' is right.")


@pytest.mark.parametrize(
    "spoilt", [{"W": EXPECTED}, {"W": EXPECTED, "b": None}, {"W": EXPECTED, "b": np.ones((1, 2))}]
)
def test_check_trace_refuses_missing_and_misshapen_parameters(spoilt):
    """A key that is gone, or holds something else, is refused."""
    with pytest.raises(Mismatch, match="after update 1"):
        check_trace([spoilt], trace(1))


def test_run_trace_spares_start_and_gradients():
    """An optimizer may spoil what it is given; the test's own arrays stay."""

    class Spoiler:
        def update(self, params, grads):
            params["W"] += 1
            grads["W"] *= 0

    start, grads = {"W": np.zeros(2)}, {"W": np.ones(2)}
    steps = run_trace(Spoiler(), start, [grads, grads])
    assert [step["W"][0] for step in steps] == [1, 2]
    assert start["W"].sum() == 0
    assert grads["W"].sum() == 2


def test_numerical_gradient_of_a_layer_is_the_closed_form():
    """For an affine map the central difference is exact up to rounding."""
    stream = np.random.RandomState(0)
    x, W, b, dout = (stream.randn(*shape) for shape in ((5, 3), (3, 4), (4,), (5, 4)))
    for gradient, closed in (
        (numerical_gradient(lambda x: x @ W + b, x, dout), dout @ W.T),
        (numerical_gradient(lambda W: x @ W + b, W, dout), x.T @ dout),
        (numerical_gradient(lambda b: x @ W + b, b, dout), dout.sum(axis=0)),
    ):
        assert np.max(np.abs(gradient - closed)) < 1e-13


def test_numerical_gradient_sees_a_strided_view():
    """A view that is not contiguous is not flattened into a copy that nothing depends on."""
    x = np.arange(12.0).reshape(3, 4)[:, ::2]
    assert np.array_equal(numerical_gradient(lambda x: 2 * x, x, np.ones((3, 2))), np.full((3, 2), 2.0))


def test_numerical_gradient_leaves_the_point_alone():
    """The point is copied before it is moved, and integers become floats."""
    x = np.array([3, 4])
    assert np.allclose(numerical_gradient(lambda x: x**2, x, np.ones(2)), [6, 8])
    assert x.tolist() == [3, 4]


def test_given_code_blames_given_code():
    """Whatever given code raises is told as a change of given code."""
    with (
        pytest.raises(Mismatch, match=r"`forward` is given code and was changed: boom\. Put") as caught,
        given_code("`forward`"),
    ):
        raise ValueError("boom")
    assert caught.value.kind == "given"


def test_suspect_looks_at_given_code_only_after_a_failure():
    """A right answer passes with a changed forward; a wrong one is blamed on it."""

    def changed():
        raise Mismatch("out", "values", "out is wrong.")

    with suspect("`forward`", changed):
        pass
    with pytest.raises(Mismatch, match="given code"), suspect("`forward`", changed):
        raise Mismatch("dx", "values", "dx is wrong.")
    with pytest.raises(Mismatch, match=r"^dx is wrong\.$"), suspect("`forward`", lambda: None):
        raise Mismatch("dx", "values", "dx is wrong.")


@pytest.mark.parametrize("context", [given_code("x"), suspect("x", lambda: None)])
def test_a_lost_worker_is_not_blamed_on_given_code(context):
    """The end of a worker passes through."""
    with pytest.raises(WorkerGone), context:
        raise WorkerGone("gone")


@pytest.mark.parametrize(
    "module", [autograder.checks.arrays, autograder.checks.gradients, autograder.checks.traces]
)
def test_examples_in_docstrings_are_true(module):
    """The examples run as printed."""
    result = doctest.testmod(module, extraglobs={"np": np})
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ((5, 3), "shape (5, 3), expected (4,)"),
        ((28,), "shape (…,), expected (4,)"),
        ((4, 28), "shape (4, …), expected (4,)"),
        ((0, 5, 20, 28, 26, 7), "shape (…, …, …, …, …, …), expected (4,)"),
    ],
)
def test_a_shape_spells_no_input(shape, told):
    """Whoever answers with an empty array is free to choose its shape, number by number."""
    with pytest.raises(Mismatch) as caught:
        check_array("db", np.zeros(shape), np.zeros(4))
    assert told in caught.value.detail
    assert str(shape) in caught.value.values


def test_a_factor_between_two_answers_of_a_student_is_told_if_it_is_small():
    """Both answers are the student's choice, so any other factor could spell an input."""
    for factor, told in ((2.0, "Every entry is 2 times"), (375 / 16, "one and the same number times")):
        with pytest.raises(Mismatch) as caught:
            check_same("db", factor * EXPECTED, EXPECTED)
        assert told in caught.value.detail


@pytest.mark.parametrize("shape", [(6,) * 8, (1,) * 8, (2, 3, 400), ()])
def test_a_refused_array_of_any_form_is_shown_in_a_few_lines(shape):
    """Of eight axes NumPy would print millions of entries, and take seconds for each test."""
    started = time.process_time()
    with pytest.raises(Mismatch) as caught:
        check_array("db", np.zeros(shape), np.zeros(4))
    assert len(caught.value.values) < 4000
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("later", "first"),
    [
        (np.zeros(3, complex), np.ones(3)),
        (np.full(3, 1 + 1e-3j), np.ones(3, complex)),
        (Opaque(1, "matrix"), Opaque(1, "matrix")),
    ],
)
def test_an_answer_that_cannot_be_compared_is_not_the_same(later, first):
    """Otherwise a layer could answer well once, and with anything at all when it is asked again."""
    with pytest.raises(Mismatch) as caught:
        check_same("dx", later, first)
    assert caught.value.kind == "inconsistent"


def test_complex_answers_are_compared_as_well():
    """The same one twice is the same."""
    check_same("dx", np.full(3, 1 + 1e-3j), np.full(3, 1 + 1e-3j))
