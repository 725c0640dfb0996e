"""Public suite of `optimizers`: what ``check("...")`` runs in the notebook.

You may read it. It asks what the hidden suite asks, for other numbers and in fewer cases.
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

SHAPES = {"A": (2, 2), "c": (2,), "d": (2,)}


def draw_params(draw, unit=1 / 16):
    """Return new parameters."""
    return {key: draw(*shape, unit=unit) for key, shape in SHAPES.items()}


def draw_gradients(draw, updates, unit=1 / 8):
    """Return gradients for some updates; in the last one a single entry is zero."""
    gradients = [draw_params(draw, unit=unit) for _ in range(updates)]
    gradients[-1]["A"][0, 0] = 0.0
    return gradients


def check_in_place(optimizer, draw):
    """Refuse an optimizer that puts new arrays into params."""
    params = draw_params(draw)
    held = dict(params)
    for grads in draw_gradients(draw, 2):
        optimizer.update(params, grads)
        for key, array in held.items():
            check_same_object(f"params[{key!r}]", params.get(key), array)


def check_grads_unchanged(optimizer, draw):
    """Refuse an optimizer that changes the gradients that it is given."""
    params, grads = draw_params(draw), draw_params(draw)
    before = keep(grads)
    optimizer.update(params, grads)
    check_unchanged("grads", grads, before)


def check_settings(make, make_another, draw):
    """Refuse an optimizer that goes another way once there is a second one with other settings."""
    start, gradients = draw_params(draw), draw_gradients(draw, 2)
    wanted = run_trace(make(), start, gradients)
    first, _ = make(), make_another()
    for now, before in zip(run_trace(first, start, gradients), wanted, strict=True):
        check_same("params", now, before)


def check_second_optimizer(first, second, draw):
    """Refuse an optimizer that goes another way after an earlier one has been used."""
    start, gradients = draw_params(draw), draw_gradients(draw, 2)
    wanted = run_trace(first, start, gradients)
    for now, before in zip(run_trace(second, start, gradients), wanted, strict=True):
        check_same("params", now, before)


# ----- momentum -----


@exercise("momentum", aspect="step")
def test_momentum_first_step(student, expected, draw):
    """The first update starts from velocity zero, so every parameter moves by -lr times its gradient.

    ko: 첫 갱신은 속도 0에서 시작하므로, 모든 매개변수는 -lr 곱하기 기울기만큼 움직입니다.
    """
    start, grads = {"w": draw(3)}, {"w": draw(3)}
    wanted = expected(lambda reference: run_trace(reference.Momentum(lr=0.5, momentum=0.75), start, [grads]))
    check_trace(run_trace(student.Momentum(lr=0.5, momentum=0.75), start, [grads]), wanted)


@exercise("momentum", aspect="step")
def test_momentum_default_learning_rate(student, expected, draw):
    """Without arguments the learning rate is 0.01.

    ko: 인수를 주지 않으면 학습률은 0.01입니다.
    """
    start, grads = {"w": draw(3)}, {"w": draw(3)}
    wanted = expected(lambda reference: run_trace(reference.Momentum(), start, [grads]))
    check_trace(run_trace(student.Momentum(), start, [grads]), wanted)


@exercise("momentum", aspect="trace")
@pytest.mark.parametrize(("lr", "momentum"), [(0.5, 0.25), (0.01, 0.9)])
def test_momentum_trace(student, expected, draw, lr, momentum):
    """Update by update, every key follows v = momentum v - lr g, then params + v, with its own velocity.

    ko: 갱신마다 모든 키는 자기 속도로 v = momentum v - lr g를 구하고 params + v로 움직입니다.
    """
    start, gradients = draw_params(draw), draw_gradients(draw, 4)
    wanted = expected(lambda reference: run_trace(reference.Momentum(lr, momentum), start, gradients))
    check_trace(run_trace(student.Momentum(lr=lr, momentum=momentum), start, gradients), wanted)


@exercise("momentum", aspect="trace")
def test_momentum_default_momentum(student, expected, draw):
    """Where no momentum is given, it is 0.9.

    ko: momentum을 주지 않으면 0.9입니다.
    """
    start, gradients = draw_params(draw), draw_gradients(draw, 3)
    wanted = expected(lambda reference: run_trace(reference.Momentum(lr=0.5), start, gradients))
    check_trace(run_trace(student.Momentum(lr=0.5), start, gradients), wanted)


@exercise("momentum", aspect="trace")
def test_momentum_long_run(student, expected, draw):
    """After many updates the parameters are still where the formula puts them.

    ko: 여러 번 갱신한 뒤에도 매개변수는 식이 말하는 자리에 있습니다.
    """
    start, gradients = draw_params(draw), draw_gradients(draw, 12)
    wanted = expected(lambda reference: run_trace(reference.Momentum(0.25, 0.75), start, gradients))
    check_trace(run_trace(student.Momentum(lr=0.25, momentum=0.75), start, gradients), wanted)


@exercise("momentum", aspect="in-place")
def test_momentum_changes_the_arrays_themselves(student, draw):
    """`update` changes the arrays in params themselves: the layers of a network hold the same arrays.

    ko: `update`는 params 안의 배열 자체를 바꿉니다. 신경망의 계층들이 같은 배열을 가지고 있습니다.
    """
    check_in_place(student.Momentum(lr=0.5, momentum=0.25), draw)


@exercise("momentum", aspect="clean")
def test_momentum_leaves_grads_as_it_was(student, draw):
    """`update` leaves grads as it was.

    ko: `update`는 grads를 그대로 둡니다.
    """
    check_grads_unchanged(student.Momentum(lr=0.5, momentum=0.25), draw)


@exercise("momentum", aspect="clean")
def test_momentum_second_optimizer_starts_at_rest(student, draw):
    """A new optimizer starts from velocity zero, whatever an earlier one has done.

    ko: 새 옵티마이저는 앞선 것이 무엇을 했든 속도 0에서 시작합니다.
    """
    check_second_optimizer(student.Momentum(), student.Momentum(), draw)


@exercise("momentum", aspect="clean")
def test_momentum_optimizers_share_no_settings(student, draw):
    """Every optimizer keeps the lr and the momentum that it was made with.

    ko: 모든 옵티마이저는 만들 때 받은 lr과 momentum을 그대로 지닙니다.
    """
    check_settings(student.Momentum, lambda: student.Momentum(lr=0.5, momentum=0.5), draw)


# ----- adagrad -----


STEEP = 1.5
"""Gradients so large that another small number in the denominator does not matter: it has its own aspect."""


@exercise("adagrad", aspect="step")
def test_adagrad_first_step(student, expected, draw):
    """At the first update h is g squared, so every entry moves by about lr against its gradient's sign.

    ko: 첫 갱신에서 h는 g의 제곱이므로, 모든 원소는 기울기의 반대 방향으로 약 lr만큼 움직입니다.
    """
    start, grads = {"w": draw(5)}, {"w": draw(5, unit=STEEP)}
    wanted = expected(lambda reference: run_trace(reference.AdaGrad(lr=0.25), start, [grads]))
    check_trace(run_trace(student.AdaGrad(lr=0.25), start, [grads]), wanted, rtol=1e-5)


@exercise("adagrad", aspect="step")
def test_adagrad_default_learning_rate(student, expected, draw):
    """Without arguments the learning rate is 0.01.

    ko: 인수를 주지 않으면 학습률은 0.01입니다.
    """
    start, grads = {"w": draw(5)}, {"w": draw(5, unit=STEEP)}
    wanted = expected(lambda reference: run_trace(reference.AdaGrad(), start, [grads]))
    check_trace(run_trace(student.AdaGrad(), start, [grads]), wanted, rtol=1e-5)


@exercise("adagrad", aspect="trace")
def test_adagrad_trace(student, expected, draw):
    """Update by update, every entry of every key collects its own squared gradients and forgets none.

    ko: 갱신마다 모든 키의 모든 원소는 자기 기울기의 제곱을 빠짐없이 모읍니다.
    """
    start, gradients = draw_params(draw), draw_gradients(draw, 4, unit=STEEP)
    wanted = expected(lambda reference: run_trace(reference.AdaGrad(lr=0.5), start, gradients))
    check_trace(run_trace(student.AdaGrad(lr=0.5), start, gradients), wanted, rtol=1e-5)


@exercise("adagrad", aspect="trace")
def test_adagrad_long_run(student, expected, draw):
    """After many updates the parameters are still where the formula puts them.

    ko: 여러 번 갱신한 뒤에도 매개변수는 식이 말하는 자리에 있습니다.
    """
    start, gradients = draw_params(draw), draw_gradients(draw, 12, unit=STEEP)
    wanted = expected(lambda reference: run_trace(reference.AdaGrad(lr=0.5), start, gradients))
    check_trace(run_trace(student.AdaGrad(lr=0.5), start, gradients), wanted, rtol=1e-5)


@exercise("adagrad", aspect="trace")
def test_adagrad_keys_of_equal_shape(student, expected, draw):
    """Parameters of the same shape have histories of their own.

    ko: 형상이 같은 매개변수라도 저마다 자기 이력을 가집니다.
    """
    start, *gradients = ({key: draw(3, unit=STEEP) for key in ("left", "right")} for _ in range(4))
    wanted = expected(lambda reference: run_trace(reference.AdaGrad(lr=0.5), start, gradients))
    check_trace(run_trace(student.AdaGrad(lr=0.5), start, gradients), wanted, rtol=1e-5)


@exercise("adagrad", aspect="epsilon")
def test_adagrad_tiny_gradients(student, expected, draw):
    """The denominator is sqrt(h) + 1e-7, with 1e-7 added after the root: seen when gradients are tiny.

    ko: 분모는 sqrt(h) + 1e-7이고, 1e-7은 제곱근을 구한 뒤에 더합니다. 기울기가 아주 작을 때 드러납니다.
    """
    start, grads = {"w": draw(3, unit=2.0**-10)}, {"w": draw(3, unit=2.0**-18)}
    wanted = expected(lambda reference: run_trace(reference.AdaGrad(lr=0.375), start, [grads]))
    check_trace(run_trace(student.AdaGrad(lr=0.375), start, [grads]), wanted)


@exercise("adagrad", aspect="epsilon")
def test_adagrad_zero_gradients(student, expected, draw):
    """Where the gradient is exactly zero in the first update, the parameter stays where it is.

    ko: 첫 갱신에서 기울기가 정확히 0이면 매개변수는 그 자리에 있습니다.
    """
    start, grads = {"w": draw(3)}, {"w": draw(3, unit=STEEP)}
    grads["w"][1] = 0.0
    wanted = expected(lambda reference: run_trace(reference.AdaGrad(lr=0.375), start, [grads]))
    check_trace(run_trace(student.AdaGrad(lr=0.375), start, [grads]), wanted, rtol=1e-5)


@exercise("adagrad", aspect="in-place")
def test_adagrad_changes_the_arrays_themselves(student, draw):
    """`update` changes the arrays in params themselves: the layers of a network hold the same arrays.

    ko: `update`는 params 안의 배열 자체를 바꿉니다. 신경망의 계층들이 같은 배열을 가지고 있습니다.
    """
    check_in_place(student.AdaGrad(lr=0.5), draw)


@exercise("adagrad", aspect="clean")
def test_adagrad_leaves_grads_as_it_was(student, draw):
    """`update` leaves grads as it was.

    ko: `update`는 grads를 그대로 둡니다.
    """
    check_grads_unchanged(student.AdaGrad(lr=0.5), draw)


@exercise("adagrad", aspect="clean")
def test_adagrad_second_optimizer_starts_at_zero(student, draw):
    """A new optimizer starts with h at zero, whatever an earlier one has done.

    ko: 새 옵티마이저는 앞선 것이 무엇을 했든 h = 0에서 시작합니다.
    """
    check_second_optimizer(student.AdaGrad(), student.AdaGrad(), draw)


@exercise("adagrad", aspect="clean")
def test_adagrad_optimizers_share_no_settings(student, draw):
    """Every optimizer keeps the lr that it was made with.

    ko: 모든 옵티마이저는 만들 때 받은 lr을 그대로 지닙니다.
    """
    check_settings(student.AdaGrad, lambda: student.AdaGrad(lr=0.5), draw)
