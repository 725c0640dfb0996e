"""Public suite of `affine`: what ``check("...")`` runs in the notebook.

You may read it. It asks what the hidden suite asks, for other numbers and in fewer cases.
"""

from contextlib import contextmanager

import numpy as np
import pytest

from autograder.checks import check_array, check_same, check_unchanged, exercise, given_code, keep, suspect
from autograder.student import NameMissing

LARGE = 2.0**17
"""Single precision loses what is added to multiples of this; float64 does not."""

sizes = pytest.mark.parametrize(("N", "D", "M"), [(4, 3, 2), (1, 2, 5), (3, 3, 3)])

batch_sizes = pytest.mark.parametrize(("before", "after"), [(4, 2), (2, 4)])


@contextmanager
def after_forward(layer_class, x, W, b):
    """Give a new layer that has seen x; if it turns out wrong, look first at the code that was given."""
    out = x @ W + b
    with given_code("`__init__` or `forward`"):
        layer = layer_class(W, b)
        actual = keep(layer.forward(x))
    with suspect("`forward`", lambda: check_array("out", actual, out)):
        yield layer


def gradients(layer, dout):
    """Run `backward` and keep the three gradients."""
    dx = layer.backward(dout.copy())
    return {"dx": keep(dx), "dW": stored(layer, "dW"), "db": stored(layer, "db")}


def stored(layer, name):
    """Return what the layer holds under a name, or None."""
    try:
        return keep(getattr(layer, name))
    except NameMissing:
        return None


# ----- bias-gradient -----


@exercise("bias-gradient", aspect="values")
def test_bias_gradient_of_the_worked_example(student):
    """For dY = [[1, 2, 3], [11, 12, 13]] the gradient of the bias is [12, 14, 16].

    ko: dY = [[1, 2, 3], [11, 12, 13]]이면 편향의 기울기는 [12, 14, 16]입니다.
    """
    dY = np.array([[1.0, 2.0, 3.0], [11.0, 12.0, 13.0]])
    check_array("dB", student.bias_gradient(dY), np.array([12.0, 14.0, 16.0]))


@exercise("bias-gradient", aspect="values")
@pytest.mark.parametrize(("N", "M"), [(4, 3), (1, 5), (3, 1)])
def test_bias_gradient_sums_over_the_batch(student, expected, draw, N, M):
    """dB has the shape of the bias, (M,), and is the sum of the gradients of all N samples.

    ko: dB는 편향과 같은 형상 (M,)이고, 샘플 N개의 기울기를 모두 더한 것입니다.
    """
    dY = draw(N, M)
    dB = expected(lambda reference: reference.bias_gradient(dY))
    check_array("dB", student.bias_gradient(dY), dB)


@exercise("bias-gradient", aspect="values")
def test_bias_gradient_lets_opposite_signs_cancel(student, draw):
    """Each sample counts, with sign and all digits: where large gradients cancel, small ones remain.

    ko: 모든 샘플이 부호와 모든 자릿수까지 계산에 들어갑니다. 큰 기울기끼리 상쇄되어도 작은 기울기는 남습니다.
    """
    large, small = draw(2, 3, unit=LARGE), draw(1, 3)
    dY = np.vstack([large, small, -large])
    dB = small[0].copy()
    check_array("dB", student.bias_gradient(dY), dB)


@exercise("bias-gradient", aspect="values")
def test_bias_gradient_is_zero_where_nothing_arrives(student, draw):
    """Where dY is zero for all samples, dB is zero, and only there.

    ko: 모든 샘플에서 dY가 0인 곳에서는 dB도 0이고, 그곳에서만 0입니다.
    """
    dY = draw(3, 2)
    dB = dY.sum(axis=0)
    check_array("dB", student.bias_gradient(np.zeros((3, 2))), np.zeros(2))
    check_array("dB", student.bias_gradient(dY), dB)


@exercise("bias-gradient", aspect="clean")
def test_bias_gradient_leaves_its_argument_as_it_was(student, draw):
    """`bias_gradient` leaves dY as it was.

    ko: `bias_gradient`는 dY를 그대로 둡니다.
    """
    dY = draw(3, 2)
    before = dY.copy()
    student.bias_gradient(dY)
    check_unchanged("dY", dY, before)


@exercise("bias-gradient", aspect="clean")
def test_bias_gradient_can_be_asked_again(student, draw):
    """The same dY gives the same dB again: nothing adds up over calls.

    ko: 같은 dY에는 같은 dB가 나옵니다. 호출이 쌓여 더해지지 않습니다.
    """
    dY = draw(3, 2)
    first = keep(student.bias_gradient(dY.copy()))
    check_same("dB", student.bias_gradient(dY.copy()), first)


# ----- affine-backward -----


@exercise("affine-backward", aspect="dx")
@sizes
def test_dx_is_the_gradient_of_x(student, expected, draw, N, D, M):
    """`backward` returns dx alone: the shape of x, and for each input its influence through all M outputs.

    ko: `backward`는 dx만 반환합니다. 형상은 x와 같고, 각 입력이 출력 M개 모두를 통해 미치는 영향을 담습니다.
    """
    x, W, b, dout = draw(N, D), draw(D, M), draw(M), draw(N, M)
    wanted = expected(lambda reference: after(reference.Affine, x, W, b, dout)["dx"])
    with after_forward(student.Affine, x, W, b) as layer:
        check_array("dx", layer.backward(dout), wanted)


@exercise("affine-backward", aspect="dW")
@sizes
def test_dW_is_the_gradient_of_W(student, expected, draw, N, D, M):
    """dW has the shape of W and sums the contributions of the whole batch, without dividing by N.

    ko: dW는 W와 같은 형상이고, 배치 전체의 기여를 더한 것입니다. N으로 나누지 않습니다.
    """
    x, W, b, dout = draw(N, D), draw(D, M), draw(M), draw(N, M)
    wanted = expected(lambda reference: after(reference.Affine, x, W, b, dout)["dW"])
    with after_forward(student.Affine, x, W, b) as layer:
        layer.backward(dout)
        check_array("dW", layer.dW, wanted)


@exercise("affine-backward", aspect="db")
@sizes
def test_db_is_the_gradient_of_b(student, expected, draw, N, D, M):
    """db has the shape of b, (M,), and sums dout over the whole batch, without dividing by N.

    ko: db는 b와 같은 형상 (M,)이고, dout을 배치 전체에 걸쳐 더한 것입니다. N으로 나누지 않습니다.
    """
    x, W, b, dout = draw(N, D), draw(D, M), draw(M), draw(N, M)
    wanted = expected(lambda reference: after(reference.Affine, x, W, b, dout)["db"])
    with after_forward(student.Affine, x, W, b) as layer:
        layer.backward(dout)
        check_array("db", layer.db, wanted)


@exercise("affine-backward", aspect="dx")
def test_dx_keeps_all_digits(student, draw):
    """Where large contributions to dx cancel, the small ones remain: all digits of float64 count.

    ko: dx에 더해지는 큰 값들이 상쇄되어도 작은 값은 남습니다. float64의 모든 자릿수가 중요합니다.
    """
    check_digits_of_dx(student.Affine, draw)


@exercise("affine-backward", aspect="dW")
def test_dW_keeps_all_digits(student, draw):
    """Where large contributions to dW cancel, the small ones remain: all digits of float64 count.

    ko: dW에 더해지는 큰 값들이 상쇄되어도 작은 값은 남습니다. float64의 모든 자릿수가 중요합니다.
    """
    check_digits_of_dW(student.Affine, draw)


@exercise("affine-backward", aspect="db")
def test_db_keeps_all_digits(student, draw):
    """Where large contributions to db cancel, the small ones remain: all digits of float64 count.

    ko: db에 더해지는 큰 값들이 상쇄되어도 작은 값은 남습니다. float64의 모든 자릿수가 중요합니다.
    """
    check_digits_of_db(student.Affine, draw)


def check_digits_of_dx(layer_class, draw):
    """Refuse a dx that loses digits: large contributions cancel, and small ones remain."""
    x, b = draw(2, 3), draw(3)
    large, small, shared, own = draw(2, 1, unit=LARGE), draw(2, 1), draw(3, 1), draw(3, 1)
    W, dout = np.hstack([shared, own, shared]), np.hstack([large, small, -large])
    wanted = small * own.T
    with after_forward(layer_class, x, W, b) as layer:
        check_array("dx", layer.backward(dout), wanted)


def check_digits_of_dW(layer_class, draw):
    """Refuse a dW that loses digits: large contributions cancel, and small ones remain."""
    W, b, shared, own = draw(3, 2), draw(2), draw(1, 3), draw(1, 3)
    x, dout = np.vstack([shared, own, shared]), cancelling(draw)
    wanted = own.T * dout[1]
    with after_forward(layer_class, x, W, b) as layer:
        layer.backward(dout)
        check_array("dW", layer.dW, wanted)


def check_digits_of_db(layer_class, draw):
    """Refuse a db that loses digits: large contributions cancel, and small ones remain."""
    x, W, b, dout = draw(3, 3), draw(3, 2), draw(2), cancelling(draw)
    wanted = dout[1].copy()
    with after_forward(layer_class, x, W, b) as layer:
        layer.backward(dout)
        check_array("db", layer.db, wanted)


def cancelling(draw):
    """Return a dout for three samples: of the first and the last nothing is left when they are added."""
    large, small = draw(1, 2, unit=LARGE), draw(1, 2)
    return np.vstack([large, small, -large])


# ----- what both classes have to keep -----


def check_leaves_everything(layer_class, draw):
    """Refuse a `backward` that changes an array, or what the layer computes forward."""
    x, W, b, dout = arrays = draw(4, 3), draw(3, 2), draw(2), draw(4, 2)
    before = [array.copy() for array in arrays]
    with after_forward(layer_class, x, W, b) as layer:
        out = keep(layer.forward(x))
        layer.backward(dout)
        for name, now, copy in zip(("x", "W", "b", "dout"), arrays, before, strict=True):
            check_unchanged(name, now, copy)
        check_same("the output of the layer after `backward`", layer.forward(x), out)


def check_repeats(layer_class, draw):
    """Refuse a `backward` that gives something else when it is called again."""
    x, W, b, dout = draw(4, 3), draw(3, 2), draw(2), draw(4, 2)
    with after_forward(layer_class, x, W, b) as layer:
        first = gradients(layer, dout)
        check_same("", gradients(layer, dout), first)


def check_next_batch(layer_class, draw, before, after):
    """Refuse a layer that does not treat a second batch, with changed weights, as a new layer would."""
    W, b, new_W, x, dout = draw(3, 2), draw(2), draw(3, 2), draw(after, 3), draw(after, 2)
    with after_forward(layer_class, x, new_W, b) as fresh:
        wanted = gradients(fresh, dout)
    with after_forward(layer_class, draw(before, 3), W, b) as layer:
        gradients(layer, draw(before, 2))
        W[...] = new_W
        layer.forward(x)
        check_same("", gradients(layer, dout), wanted)


def check_instances(layer_class, draw):
    """Refuse layers that share x, dW or db: as in a network, all go forward before any goes backward."""
    x, W, b, dout = draw(4, 3), draw(3, 2), draw(2), draw(4, 2)
    with after_forward(layer_class, x, W, b) as alone:
        wanted = gradients(alone, dout)
    with (
        after_forward(layer_class, x, W, b) as first,
        after_forward(layer_class, draw(4, 3), W, b) as second,
    ):
        dx = gradients(first, dout)["dx"]
        gradients(second, -dout)
        check_same("", {"dx": dx, "dW": stored(first, "dW"), "db": stored(first, "db")}, wanted)


def check_forward(layer_class, draw):
    """Refuse a `forward` that is not the given one."""
    x, W, b = draw(4, 3), draw(3, 2), draw(2)
    wanted = x @ W + b
    with given_code("`forward`"):
        check_array("out", layer_class(W, b).forward(x), wanted)


@exercise("affine-backward", aspect="clean")
def test_backward_leaves_everything_as_it_was(student, draw):
    """`backward` leaves dout, x, W and b as they were: computing a gradient changes nothing yet.

    ko: `backward`는 dout, x, W, b를 그대로 둡니다. 기울기를 구하는 것만으로는 아무것도 바뀌지 않습니다.
    """
    check_leaves_everything(student.Affine, draw)


@exercise("affine-backward", aspect="clean")
def test_backward_can_be_called_again(student, draw):
    """The same dout gives the same dx, dW and db again: nothing adds up over calls.

    ko: 같은 dout에는 같은 dx, dW, db가 나옵니다. 호출이 쌓여 더해지지 않습니다.
    """
    check_repeats(student.Affine, draw)


@exercise("affine-backward", aspect="clean")
@batch_sizes
def test_a_layer_can_be_used_for_the_next_batch(student, draw, before, after):
    """After W was changed in place, a second batch gets the gradients that a new layer would give.

    ko: W를 제자리에서 바꾼 뒤의 두 번째 배치는 새 계층에서와 같은 기울기를 얻습니다.
    """
    check_next_batch(student.Affine, draw, before, after)


@exercise("affine-backward", aspect="clean")
def test_layers_share_nothing(student, draw):
    """Two layers do not share x or gradients: forward and backward of one leave the other as it was.

    ko: 두 계층은 x와 기울기를 공유하지 않습니다. 한쪽의 forward와 backward는 다른 쪽을 그대로 둡니다.
    """
    check_instances(student.Affine, draw)


@exercise("affine-backward", aspect="clean")
def test_forward_is_as_it_was_given(student, draw):
    """`forward` is given and still returns x W + b.

    ko: `forward`는 주어진 코드이고, 여전히 x W + b를 반환합니다.
    """
    check_forward(student.Affine, draw)


# ----- affine-debug -----


@exercise("affine-debug", aspect="dx")
@sizes
def test_repaired_dx_is_the_gradient_of_x(student, expected, draw, N, D, M):
    """The repaired `backward` returns dx, of the shape of x, for the gradient that is its argument.

    ko: 고친 `backward`는 인수로 받은 기울기에 대한 dx를 x의 형상으로 반환합니다.
    """
    x, W, b, dout = draw(N, D), draw(D, M), draw(M), draw(N, M)
    wanted = expected(lambda reference: after(reference.BrokenAffine, x, W, b, dout)["dx"])
    with after_forward(student.BrokenAffine, x, W, b) as layer:
        check_array("dx", layer.backward(dout), wanted)


@exercise("affine-debug", aspect="dW")
@sizes
def test_repaired_dW_is_the_gradient_of_W(student, expected, draw, N, D, M):
    """The repaired `backward` stores dW in the layer: the shape of W, summed over the batch.

    ko: 고친 `backward`는 dW를 계층에 저장합니다. 형상은 W와 같고, 배치에 걸쳐 더한 것입니다.
    """
    x, W, b, dout = draw(N, D), draw(D, M), draw(M), draw(N, M)
    wanted = expected(lambda reference: after(reference.BrokenAffine, x, W, b, dout)["dW"])
    with after_forward(student.BrokenAffine, x, W, b) as layer:
        layer.backward(dout)
        check_array("dW", layer.dW, wanted)


@exercise("affine-debug", aspect="db")
@sizes
def test_repaired_db_is_the_gradient_of_b(student, expected, draw, N, D, M):
    """The repaired `backward` stores db in the layer: shape (M,), summed over the batch.

    ko: 고친 `backward`는 db를 계층에 저장합니다. 형상은 (M,)이고, 배치에 걸쳐 더한 것입니다.
    """
    x, W, b, dout = draw(N, D), draw(D, M), draw(M), draw(N, M)
    wanted = expected(lambda reference: after(reference.BrokenAffine, x, W, b, dout)["db"])
    with after_forward(student.BrokenAffine, x, W, b) as layer:
        layer.backward(dout)
        check_array("db", layer.db, wanted)


@exercise("affine-debug", aspect="dx")
def test_repaired_dx_keeps_all_digits(student, draw):
    """Where large contributions to dx cancel, the small ones remain: all digits of float64 count.

    ko: dx에 더해지는 큰 값들이 상쇄되어도 작은 값은 남습니다. float64의 모든 자릿수가 중요합니다.
    """
    check_digits_of_dx(student.BrokenAffine, draw)


@exercise("affine-debug", aspect="dW")
def test_repaired_dW_keeps_all_digits(student, draw):
    """Where large contributions to dW cancel, the small ones remain: all digits of float64 count.

    ko: dW에 더해지는 큰 값들이 상쇄되어도 작은 값은 남습니다. float64의 모든 자릿수가 중요합니다.
    """
    check_digits_of_dW(student.BrokenAffine, draw)


@exercise("affine-debug", aspect="db")
def test_repaired_db_keeps_all_digits(student, draw):
    """Where large contributions to db cancel, the small ones remain: all digits of float64 count.

    ko: db에 더해지는 큰 값들이 상쇄되어도 작은 값은 남습니다. float64의 모든 자릿수가 중요합니다.
    """
    check_digits_of_db(student.BrokenAffine, draw)


@exercise("affine-debug", aspect="clean")
def test_repaired_backward_leaves_everything_as_it_was(student, draw):
    """The repaired `backward` leaves its argument, x, W and b as they were.

    ko: 고친 `backward`는 인수와 x, W, b를 그대로 둡니다.
    """
    check_leaves_everything(student.BrokenAffine, draw)


@exercise("affine-debug", aspect="clean")
def test_repaired_backward_can_be_called_again(student, draw):
    """The repaired `backward` gives the same dx, dW and db again: nothing adds up over calls.

    ko: 고친 `backward`는 다시 불러도 같은 dx, dW, db를 냅니다. 호출이 쌓여 더해지지 않습니다.
    """
    check_repeats(student.BrokenAffine, draw)


@exercise("affine-debug", aspect="clean")
@batch_sizes
def test_a_repaired_layer_can_be_used_for_the_next_batch(student, draw, before, after):
    """After W was changed in place, a second batch gets the gradients of a new repaired layer.

    ko: W를 제자리에서 바꾼 뒤의 두 번째 배치는 새로 만든 고친 계층에서와 같은 기울기를 얻습니다.
    """
    check_next_batch(student.BrokenAffine, draw, before, after)


@exercise("affine-debug", aspect="clean")
def test_repaired_layers_share_nothing(student, draw):
    """Two repaired layers do not share x or gradients.

    ko: 고친 두 계층은 x와 기울기를 공유하지 않습니다.
    """
    check_instances(student.BrokenAffine, draw)


@exercise("affine-debug", aspect="clean")
def test_forward_of_the_broken_class_is_as_it_was_given(student, draw):
    """`forward` is given and still returns x W + b.

    ko: `forward`는 주어진 코드이고, 여전히 x W + b를 반환합니다.
    """
    check_forward(student.BrokenAffine, draw)


def after(layer_class, x, W, b, dout):
    """Return the gradients that a layer computes; for the expected values."""
    layer = layer_class(W, b)
    layer.forward(x)
    return gradients(layer, dout)
