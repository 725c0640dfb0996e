"""Hidden suite of `optimizers`: Momentum and AdaGrad.

What is right comes from the reference, run on the same gradients: first steps, and traces of several keys
over several updates. Gradients are made here and handed over, so nothing depends on a student's layers.
Parameters are read from `params`, so rebinding an entry costs the in-place aspect and no other; v and h are
never looked at.
"""

import pytest

from autograder.checks import (
    check_same,
    check_same_object,
    check_trace,
    check_unchanged,
    exercise,
    keep,
    run_trace,
)

SHAPES = {"offset": (3,), "kernel": (2, 3), "twin": (3,)}
"""Two keys of different shapes, two of equal shape, and no names from the notebook."""

shapes = pytest.mark.parametrize("shape", [(3,), (2, 4), (1,)])

momenta = pytest.mark.parametrize(("lr", "momentum"), [(0.25, 0.5), (0.05, 0.95), (0.3, 0.0)])
rates = pytest.mark.parametrize("lr", [0.3, 1.5])

ADAGRAD_RTOL = 1e-5
"""Wide enough for another small number in the denominator: that is the business of the epsilon aspect."""


def draw_params(draw, unit=1 / 16):
    """Return new parameters under all keys."""
    return {key: draw(*shape, unit=unit) for key, shape in SHAPES.items()}


STEEP = 1.5
"""No gradient but zero is smaller where the small number in AdaGrad's denominator must not matter; and no
whole number, so that it shows what cuts off fractions."""


def draw_gradients(draw, updates, unit=1 / 8):
    """Return gradients for some updates.

    In the third update one key has a gradient of zero, and from then on so does a single entry of another.
    """
    gradients = [draw_params(draw, unit=unit) for _ in range(updates)]
    for grads in gradients[2:]:
        grads["kernel"][0, 1] = 0.0
    for grads in gradients[2:3]:
        grads["offset"][...] = 0.0
    return gradients


def check_first_step(student_optimizer, reference_optimizer, params, grads, rtol=1e-7):
    """Compare one update from the initial state."""
    expected = run_trace(reference_optimizer, params, [grads])
    check_trace(run_trace(student_optimizer, params, [grads]), expected, rtol=rtol)


# ----- what both optimizers have to keep -----


def check_in_place(optimizer, draw):
    """Refuse an optimizer that puts new arrays into params, at any of three updates."""
    params = draw_params(draw)
    held = dict(params)
    for grads in draw_gradients(draw, 3):
        optimizer.update(params, grads)
        for key, array in held.items():
            check_same_object(f"params[{key!r}]", params.get(key), array)


def check_grads_unchanged(optimizer, draw):
    """Refuse an optimizer that changes the gradients that it is given."""
    params = draw_params(draw)
    for grads in draw_gradients(draw, 3):
        before = keep(grads)
        optimizer.update(params, grads)
        check_unchanged("grads", grads, before)


def check_instances_in_turn(make, draw):
    """Refuse a new optimizer that goes another way after an earlier one has been used."""
    start, gradients = draw_params(draw), draw_gradients(draw, 4)
    expected = run_trace(make(), start, gradients)
    for now, before in zip(run_trace(make(), start, gradients), expected, strict=True):
        check_same("params", now, before)


def check_instances_side_by_side(make, make_another, draw):
    """Refuse an optimizer that goes another way while one with other settings is at work elsewhere."""
    start, gradients = draw_params(draw), draw_gradients(draw, 4)
    alone, left = make(), make()
    expected = run_trace(alone, start, gradients)
    right = make_another()
    params, other_params = keep(start), draw_params(draw)
    for grads, other_grads, wanted in zip(gradients, draw_gradients(draw, 4), expected, strict=True):
        left.update(params, keep(grads))
        right.update(other_params, other_grads)
        check_same("params", params, wanted)


# ----- momentum -----


@exercise("momentum", aspect="step")
@shapes
def test_momentum_first_step(student, reference, draw, shape):
    """The first update starts from velocity zero, so every parameter moves by -lr times its gradient.

    ko: 첫 갱신은 속도 0에서 시작하므로, 모든 매개변수는 -lr 곱하기 기울기만큼 움직입니다.
    """
    params, grads = {"theta": draw(*shape)}, {"theta": draw(*shape)}
    grads["theta"][1:2] = 0.0
    hyper = {"lr": 0.25, "momentum": 0.75}
    check_first_step(student.Momentum(**hyper), reference.Momentum(**hyper), params, grads)


@exercise("momentum", aspect="step")
def test_momentum_default_learning_rate(student, reference, draw):
    """Without arguments the learning rate is 0.01.

    ko: 인수를 주지 않으면 학습률은 0.01입니다.
    """
    params, grads = {"theta": draw(4)}, {"theta": draw(4)}
    check_first_step(student.Momentum(), reference.Momentum(), params, grads)


@exercise("momentum", aspect="trace")
@momenta
def test_momentum_trace(student, reference, draw, lr, momentum):
    """Update by update, every key follows v = momentum v - lr g, then params + v, with its own velocity.

    ko: 갱신마다 모든 키는 자기 속도로 v = momentum v - lr g를 구하고 params + v로 움직입니다.
    """
    params, gradients = draw_params(draw), draw_gradients(draw, 7)
    expected = run_trace(reference.Momentum(lr=lr, momentum=momentum), params, gradients)
    check_trace(run_trace(student.Momentum(lr=lr, momentum=momentum), params, gradients), expected)


@exercise("momentum", aspect="trace")
def test_momentum_default_momentum(student, reference, draw):
    """Where no momentum is given, it is 0.9.

    ko: momentum을 주지 않으면 0.9입니다.
    """
    params, gradients = draw_params(draw), draw_gradients(draw, 4)
    expected = run_trace(reference.Momentum(lr=0.25), params, gradients)
    check_trace(run_trace(student.Momentum(lr=0.25), params, gradients), expected)


@exercise("momentum", aspect="trace")
def test_momentum_long_run(student, reference, draw):
    """After many updates the parameters are still where the formula puts them.

    ko: 여러 번 갱신한 뒤에도 매개변수는 식이 말하는 자리에 있습니다.
    """
    params, gradients = draw_params(draw), draw_gradients(draw, 25)
    hyper = {"lr": 0.1, "momentum": 0.8}
    expected = run_trace(reference.Momentum(**hyper), params, gradients)
    check_trace(run_trace(student.Momentum(**hyper), params, gradients), expected)


@exercise("momentum", aspect="in-place")
def test_momentum_changes_the_arrays_themselves(student, draw):
    """`update` changes the arrays in params themselves: the layers of a network hold the same arrays.

    ko: `update`는 params 안의 배열 자체를 바꿉니다. 신경망의 계층들이 같은 배열을 가지고 있습니다.
    """
    check_in_place(student.Momentum(lr=0.25, momentum=0.5), draw)


@exercise("momentum", aspect="clean")
def test_momentum_leaves_grads_as_it_was(student, draw):
    """`update` leaves grads as it was.

    ko: `update`는 grads를 그대로 둡니다.
    """
    check_grads_unchanged(student.Momentum(lr=0.25, momentum=0.5), draw)


@exercise("momentum", aspect="clean")
def test_momentum_second_optimizer_starts_at_rest(student, draw):
    """A new optimizer starts from velocity zero, whatever an earlier one has done.

    ko: 새 옵티마이저는 앞선 것이 무엇을 했든 속도 0에서 시작합니다.
    """
    check_instances_in_turn(lambda: student.Momentum(lr=0.25, momentum=0.5), draw)


@exercise("momentum", aspect="clean")
def test_momentum_optimizers_share_nothing(student, draw):
    """Two optimizers that are used in turn do not disturb each other.

    ko: 번갈아 쓰는 두 옵티마이저는 서로 방해하지 않습니다.
    """
    check_instances_side_by_side(
        lambda: student.Momentum(lr=0.25, momentum=0.5), lambda: student.Momentum(lr=0.5, momentum=0.75), draw
    )


# ----- adagrad -----


@exercise("adagrad", aspect="step")
@shapes
def test_adagrad_first_step(student, reference, draw, shape):
    """At the first update h is g squared, so every entry moves by about lr against its gradient's sign.

    ko: 첫 갱신에서 h는 g의 제곱이므로, 모든 원소는 기울기의 반대 방향으로 약 lr만큼 움직입니다.
    """
    params, grads = {"theta": draw(*shape)}, {"theta": draw(*shape, unit=STEEP)}
    check_first_step(student.AdaGrad(lr=0.75), reference.AdaGrad(lr=0.75), params, grads, ADAGRAD_RTOL)


@exercise("adagrad", aspect="step")
def test_adagrad_default_learning_rate(student, reference, draw):
    """Without arguments the learning rate is 0.01.

    ko: 인수를 주지 않으면 학습률은 0.01입니다.
    """
    params, grads = {"theta": draw(4)}, {"theta": draw(4, unit=STEEP)}
    check_first_step(student.AdaGrad(), reference.AdaGrad(), params, grads, ADAGRAD_RTOL)


@exercise("adagrad", aspect="trace")
@rates
def test_adagrad_trace(student, reference, draw, lr):
    """Update after update, every entry of every key collects its own squared gradients and forgets none.

    ko: 갱신이 거듭될수록 모든 키의 모든 원소는 자기 기울기의 제곱을 빠짐없이 모읍니다.
    """
    params, gradients = draw_params(draw), draw_gradients(draw, 7, unit=STEEP)
    expected = run_trace(reference.AdaGrad(lr=lr), params, gradients)
    check_trace(run_trace(student.AdaGrad(lr=lr), params, gradients), expected, rtol=ADAGRAD_RTOL)


@exercise("adagrad", aspect="trace")
def test_adagrad_keys_of_equal_shape(student, reference, draw):
    """Parameters of the same shape have histories of their own.

    ko: 형상이 같은 매개변수라도 저마다 자기 이력을 가집니다.
    """
    params, *gradients = ({key: draw(3, 2, unit=STEEP) for key in ("left", "right")} for _ in range(5))
    expected = run_trace(reference.AdaGrad(lr=0.3), params, gradients)
    check_trace(run_trace(student.AdaGrad(lr=0.3), params, gradients), expected, rtol=ADAGRAD_RTOL)


@exercise("adagrad", aspect="trace")
def test_adagrad_long_run(student, reference, draw):
    """After many updates the parameters are still where the formula puts them.

    ko: 여러 번 갱신한 뒤에도 매개변수는 식이 말하는 자리에 있습니다.
    """
    params, gradients = draw_params(draw), draw_gradients(draw, 25, unit=STEEP)
    expected = run_trace(reference.AdaGrad(lr=0.5), params, gradients)
    check_trace(run_trace(student.AdaGrad(lr=0.5), params, gradients), expected, rtol=ADAGRAD_RTOL)


@exercise("adagrad", aspect="epsilon")
@shapes
def test_adagrad_tiny_gradients(student, reference, draw, shape):
    """The denominator is sqrt(h) + 1e-7, with 1e-7 added after the root: seen when gradients are tiny.

    ko: 분모는 sqrt(h) + 1e-7이고, 1e-7은 제곱근을 구한 뒤에 더합니다. 기울기가 아주 작을 때 드러납니다.
    """
    params, grads = {"theta": draw(*shape, unit=1 / 1024)}, {"theta": draw(*shape, unit=2.0**-18)}
    check_first_step(student.AdaGrad(lr=0.375), reference.AdaGrad(lr=0.375), params, grads)


@exercise("adagrad", aspect="epsilon")
def test_adagrad_zero_gradients(student, reference, draw):
    """Where the gradient is exactly zero in the first update, the parameter stays where it is.

    ko: 첫 갱신에서 기울기가 정확히 0이면 매개변수는 그 자리에 있습니다.
    """
    params, grads = {"theta": draw(2, 3)}, {"theta": draw(2, 3, unit=STEEP)}
    grads["theta"][0] = 0.0
    check_first_step(student.AdaGrad(lr=0.375), reference.AdaGrad(lr=0.375), params, grads, ADAGRAD_RTOL)


@exercise("adagrad", aspect="in-place")
def test_adagrad_changes_the_arrays_themselves(student, draw):
    """`update` changes the arrays in params themselves: the layers of a network hold the same arrays.

    ko: `update`는 params 안의 배열 자체를 바꿉니다. 신경망의 계층들이 같은 배열을 가지고 있습니다.
    """
    check_in_place(student.AdaGrad(lr=0.25), draw)


@exercise("adagrad", aspect="clean")
def test_adagrad_leaves_grads_as_it_was(student, draw):
    """`update` leaves grads as it was.

    ko: `update`는 grads를 그대로 둡니다.
    """
    check_grads_unchanged(student.AdaGrad(lr=0.25), draw)


@exercise("adagrad", aspect="clean")
def test_adagrad_second_optimizer_starts_at_zero(student, draw):
    """A new optimizer starts with h at zero, whatever an earlier one has done.

    ko: 새 옵티마이저는 앞선 것이 무엇을 했든 h = 0에서 시작합니다.
    """
    check_instances_in_turn(lambda: student.AdaGrad(lr=0.25), draw)


@exercise("adagrad", aspect="clean")
def test_adagrad_optimizers_share_nothing(student, draw):
    """Two optimizers that are used in turn do not disturb each other.

    ko: 번갈아 쓰는 두 옵티마이저는 서로 방해하지 않습니다.
    """
    check_instances_side_by_side(lambda: student.AdaGrad(lr=0.25), lambda: student.AdaGrad(lr=0.5), draw)
