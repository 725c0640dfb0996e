"""The references agree with oracles that know nothing of them: automatic differentiation and plain floats."""

from __future__ import annotations

from pathlib import Path

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.assignment import Course
from autograder.checks import numerical_gradient, run_trace
from autograder.plugin import read_reference

COURSE = Course(Path(__file__).resolve().parents[1])
AFFINE = read_reference(COURSE.reference_path("affine"))
OPTIMIZERS = read_reference(COURSE.reference_path("optimizers"))

sizes = pytest.mark.parametrize(("N", "D", "M"), [(1, 4, 3), (7, 5, 9), (4, 4, 4), (3, 1, 2)])


def arrays(*shapes):
    """Return arrays of random numbers, always the same ones."""
    stream = np.random.RandomState(231)
    return [stream.normal(size=shape) for shape in shapes]


def influence(x, W, b, dout):
    """Return the number whose derivatives are the gradients: every output, weighted by what arrives at it."""
    return anp.sum((anp.dot(x, W) + b) * dout)


@sizes
@pytest.mark.parametrize("name", ["Affine", "BrokenAffine"])
def test_gradients_of_the_reference_are_those_of_autograd(name, N, D, M):
    """dx, dW and db are the derivatives of the weighted sum of the outputs."""
    x, W, b, dout = arrays((N, D), (D, M), (M,), (N, M))
    layer = getattr(AFFINE, name)(W, b)
    np.testing.assert_allclose(layer.forward(x), x @ W + b, rtol=1e-12)
    dx = layer.backward(dout)
    for actual, argument in ((dx, 0), (layer.dW, 1), (layer.db, 2)):
        np.testing.assert_allclose(actual, grad(influence, argument)(x, W, b, dout), rtol=1e-10, atol=1e-12)


@sizes
def test_bias_gradient_of_the_reference_is_that_of_autograd(N, D, M):
    """The gradient of the bias is the derivative for a bias that every row receives."""
    x, W, b, dY = arrays((N, D), (D, M), (M,), (N, M))
    np.testing.assert_allclose(AFFINE.bias_gradient(dY), grad(influence, 2)(x, W, b, dY), rtol=1e-10)


def test_numerical_gradient_is_that_of_autograd():
    """The suites' own oracle agrees with autograd, with a small step where a function bends."""
    x, dout = arrays((3, 4), (3, 4))
    actual = numerical_gradient(np.tanh, x, dout, h=6e-6)
    np.testing.assert_allclose(actual, grad(lambda x: anp.sum(anp.tanh(x) * dout))(x), rtol=1e-7)


def momentum(theta, gradients, lr, momentum):
    """Return the places of one number after each update, in plain floats."""
    v, places = 0.0, []
    for g in gradients:
        v = momentum * v - lr * g
        theta = theta + v
        places.append(theta)
    return places


def adagrad(theta, gradients, lr):
    """Return the same for AdaGrad."""
    h, places = 0.0, []
    for g in gradients:
        h = h + g**2
        theta = theta - lr * g / (h**0.5 + 1e-7)
        places.append(theta)
    return places


@pytest.mark.parametrize(
    ("optimizer", "numbers", "hyper"),
    [
        ("Momentum", momentum, {"lr": 0.3, "momentum": 0.8}),
        ("Momentum", momentum, {"lr": 0.01, "momentum": 0.9}),
        ("AdaGrad", adagrad, {"lr": 0.7}),
        ("AdaGrad", adagrad, {"lr": 0.01}),
    ],
)
def test_traces_of_the_reference_are_those_of_plain_numbers(optimizer, numbers, hyper):
    """Every element of every key goes the way that one number of its own would go."""
    start = dict(zip("ab", arrays((2, 3), (4,)), strict=True))
    gradients = [
        dict(zip("ab", pair, strict=True))
        for pair in zip(arrays(*[(2, 3)] * 6), arrays(*[(4,)] * 6), strict=True)
    ]
    trace = run_trace(getattr(OPTIMIZERS, optimizer)(**hyper), start, gradients)
    for key, array in start.items():
        for index, theta in np.ndenumerate(array):
            wanted = numbers(float(theta), [float(grads[key][index]) for grads in gradients], **hyper)
            np.testing.assert_allclose([float(step[key][index]) for step in trace], wanted, rtol=1e-12)


@pytest.mark.parametrize(("optimizer", "hyper"), [("Momentum", {"momentum": 0.5}), ("AdaGrad", {})])
def test_optimizers_of_the_reference_go_downhill(optimizer, hyper):
    """Along gradients of autograd, the loss of the book's example becomes smaller."""

    def loss(theta):
        return theta[0] ** 2 / 20 + theta[1] ** 2

    params = {"theta": np.array([-7.0, 2.0])}
    before = loss(params["theta"])
    rule = getattr(OPTIMIZERS, optimizer)(lr=0.1, **hyper)
    for _ in range(30):
        rule.update(params, {"theta": grad(loss)(params["theta"])})
    assert loss(params["theta"]) < before / 2
