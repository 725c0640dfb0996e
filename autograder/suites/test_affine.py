"""Hidden suite of `affine`: the bias gradient of a batch, `Affine.backward`, the repaired class.

What is right comes from numerical gradients of the reference's forward pass. The layer is linear in x, in W
and in b, so these are exact up to rounding. Values are compared in the aspect that they belong to, and only
there: the tests of clean behaviour compare a student's answers with each other.
"""

from contextlib import contextmanager

import numpy as np
import pytest

from autograder.checks import (
    check_array,
    check_same,
    check_unchanged,
    exercise,
    given_code,
    keep,
    numerical_gradient,
    suspect,
)
from autograder.student import NameMissing

batches = pytest.mark.parametrize(("N", "M"), [(1, 4), (5, 3), (4, 9), (6, 1)])
"""A batch of one, more samples than outputs, fewer, and a single output."""

sizes = pytest.mark.parametrize(
    ("N", "D", "M"), [(1, 4, 3), (5, 3, 4), (7, 5, 9), (6, 4, 1), (3, 1, 2), (4, 4, 4)]
)
"""Pairwise different, so that no forgotten transpose and no wrong divisor can hide; and square: there a
forgotten transpose gives numbers instead of an error, and the numbers tell which transpose it is."""

batch_sizes = pytest.mark.parametrize(("before", "after"), [(5, 2), (2, 5)])
"""A smaller batch after a larger one, and the other way round."""

LARGE = 2.0**17
"""Single precision loses what is added to multiples of this; in float64 the rounding stays below 1e-8."""

# ----- bias-gradient -----


@exercise("bias-gradient", aspect="values")
@batches
def test_bias_gradient_sums_over_the_batch(student, draw, N, M):
    """dB has the shape of the bias, (M,), and is the sum of the gradients of all N samples.

    ko: dB는 편향과 같은 형상 (M,)이고, 샘플 N개의 기울기를 모두 더한 것입니다.
    """
    dY, X_dot_W = draw(N, M), draw(N, M)
    expected = numerical_gradient(lambda B: X_dot_W + B, draw(M), dY)
    check_array("dB", student.bias_gradient(dY), expected)


@exercise("bias-gradient", aspect="values")
def test_bias_gradient_lets_opposite_signs_cancel(student, draw):
    """Each sample counts, with sign and all digits: where large gradients cancel, small ones remain.

    ko: 모든 샘플이 부호와 모든 자릿수까지 계산에 들어갑니다. 큰 기울기끼리 상쇄되어도 작은 기울기는 남습니다.
    """
    large, small = draw(3, 4, unit=LARGE), draw(1, 4)
    dY = np.vstack([large, small, -large, small])
    expected = 2 * small[0]
    check_array("dB", student.bias_gradient(dY), expected)


@exercise("bias-gradient", aspect="values")
def test_bias_gradient_is_zero_where_nothing_arrives(student, draw):
    """Where dY is zero for all samples, dB is zero, and only there.

    ko: 모든 샘플에서 dY가 0인 곳에서는 dB도 0이고, 그곳에서만 0입니다.
    """
    dY = draw(5, 3)
    dY[:, 1] = 0.0
    expected = dY.sum(axis=0)
    # zeros first: then what adds up over calls is still right, and what remembers its first answer is not
    check_array("dB", student.bias_gradient(np.zeros((5, 3))), np.zeros(3))
    check_array("dB", student.bias_gradient(dY), expected)


@exercise("bias-gradient", aspect="clean")
@batches
def test_bias_gradient_leaves_its_argument_as_it_was(student, draw, N, M):
    """`bias_gradient` leaves dY as it was.

    ko: `bias_gradient`는 dY를 그대로 둡니다.
    """
    dY = draw(N, M)
    before = dY.copy()
    student.bias_gradient(dY)
    check_unchanged("dY", dY, before)


@exercise("bias-gradient", aspect="clean")
def test_bias_gradient_can_be_asked_again(student, draw):
    """The same dY gives the same dB again, whatever was asked in between: nothing adds up over calls.

    ko: 같은 dY에는 그사이 무엇을 불렀든 같은 dB가 나옵니다. 호출이 쌓여 더해지지 않습니다.
    """
    dY, other = draw(5, 3), draw(2, 3)
    first = keep(student.bias_gradient(dY.copy()))
    student.bias_gradient(other)
    check_same("dB", student.bias_gradient(dY.copy()), first)


# ----- affine-backward -----


_found = {}


def true_gradient(reference, name, dout, **arrays):
    """Return the numerical gradient with respect to x, W or b; for the same arrays it is found once."""
    key = reference, name, *((array.shape, array.tobytes()) for array in (dout, *arrays.values()))
    if key not in _found:

        def forward(array):
            changed = arrays | {name: array}
            return reference.Affine(changed["W"], changed["b"]).forward(changed["x"])

        _found[key] = numerical_gradient(forward, arrays[name], dout)
    return _found[key].copy()


@contextmanager
def after_forward(layer_class, x, W, b):
    """Give a new layer that has seen x; if it turns out wrong, look first at the code that was given."""
    out = x @ W + b
    with given_code("`__init__` or `forward`"):
        layer = layer_class(W, b)
        actual = keep(layer.forward(x))
    with suspect("`forward`", lambda: check_array("out", actual, out)):
        yield layer


@exercise("affine-backward", aspect="dx")
@sizes
def test_dx_is_the_gradient_of_x(student, reference, draw, N, D, M):
    """`backward` returns dx alone: the shape of x, and for each input its influence through all M outputs.

    ko: `backward`는 dx만 반환합니다. 형상은 x와 같고, 각 입력이 출력 M개 모두를 통해 미치는 영향을 담습니다.
    """
    x, W, b, dout = draw(N, D), draw(D, M), draw(M), draw(N, M)
    expected = true_gradient(reference, "x", dout, x=x, W=W, b=b)
    with after_forward(student.Affine, x, W, b) as layer:
        check_array("dx", layer.backward(dout), expected)


@exercise("affine-backward", aspect="dx")
def test_dx_is_zero_where_nothing_arrives(student, draw):
    """If dout is zero everywhere, dx is zero: nothing is added to what arrives from the output.

    ko: dout이 모두 0이면 dx도 0입니다. 출력에서 온 것에 아무것도 더해지지 않습니다.
    """
    x, W, b = draw(4, 3), draw(3, 2), draw(2)
    with after_forward(student.Affine, x, W, b) as layer:
        check_array("dx", layer.backward(np.zeros((4, 2))), np.zeros((4, 3)))


def check_digits_of_dx(layer_class, draw):
    """Refuse a dx that loses digits: large contributions cancel, and small ones remain."""
    x, b = draw(2, 4), draw(3)
    large, small, shared, own = draw(2, 1, unit=LARGE), draw(2, 1), draw(4, 1), draw(4, 1)
    W, dout = np.hstack([shared, own, shared]), np.hstack([large, small, -large])
    expected = small * own.T
    with after_forward(layer_class, x, W, b) as layer:
        check_array("dx", layer.backward(dout), expected)


@exercise("affine-backward", aspect="dx")
def test_dx_keeps_all_digits(student, draw):
    """Where large contributions to dx cancel, the small ones remain: all digits of float64 count.

    ko: dx에 더해지는 큰 값들이 상쇄되어도 작은 값은 남습니다. float64의 모든 자릿수가 중요합니다.
    """
    check_digits_of_dx(student.Affine, draw)


@exercise("affine-backward", aspect="dW")
@sizes
def test_dW_is_the_gradient_of_W(student, reference, draw, N, D, M):
    """dW has the shape of W and sums the contributions of the whole batch, without dividing by N.

    ko: dW는 W와 같은 형상이고, 배치 전체의 기여를 더한 것입니다. N으로 나누지 않습니다.
    """
    x, W, b, dout = draw(N, D), draw(D, M), draw(M), draw(N, M)
    expected = true_gradient(reference, "W", dout, x=x, W=W, b=b)
    with after_forward(student.Affine, x, W, b) as layer:
        layer.backward(dout)
        check_array("dW", layer.dW, expected)


@exercise("affine-backward", aspect="dW")
def test_dW_is_zero_where_nothing_arrives(student, draw):
    """If dout is zero everywhere, dW is zero: it holds nothing but what arrives from the output.

    ko: dout이 모두 0이면 dW도 0입니다. 출력에서 온 것만 담습니다.
    """
    x, W, b = draw(4, 3), draw(3, 2), draw(2)
    with after_forward(student.Affine, x, W, b) as layer:
        layer.backward(np.zeros((4, 2)))
        check_array("dW", layer.dW, np.zeros((3, 2)))


def check_digits_of_dW(layer_class, draw):
    """Refuse a dW that loses digits: large contributions cancel, and small ones remain."""
    W, b, shared, own = draw(4, 2), draw(2), draw(1, 4), draw(1, 4)
    x, dout = np.vstack([shared, own, shared]), cancelling(draw)
    expected = own.T * dout[1]
    with after_forward(layer_class, x, W, b) as layer:
        layer.backward(dout)
        check_array("dW", layer.dW, expected)


@exercise("affine-backward", aspect="dW")
def test_dW_keeps_all_digits(student, draw):
    """Where large contributions to dW cancel, the small ones remain: all digits of float64 count.

    ko: dW에 더해지는 큰 값들이 상쇄되어도 작은 값은 남습니다. float64의 모든 자릿수가 중요합니다.
    """
    check_digits_of_dW(student.Affine, draw)


@exercise("affine-backward", aspect="db")
@sizes
def test_db_is_the_gradient_of_b(student, reference, draw, N, D, M):
    """db has the shape of b, (M,), and sums dout over the whole batch, without dividing by N.

    ko: db는 b와 같은 형상 (M,)이고, dout을 배치 전체에 걸쳐 더한 것입니다. N으로 나누지 않습니다.
    """
    x, W, b, dout = draw(N, D), draw(D, M), draw(M), draw(N, M)
    expected = true_gradient(reference, "b", dout, x=x, W=W, b=b)
    with after_forward(student.Affine, x, W, b) as layer:
        layer.backward(dout)
        check_array("db", layer.db, expected)


@exercise("affine-backward", aspect="db")
def test_db_is_zero_where_nothing_arrives(student, draw):
    """If dout is zero everywhere, db is zero: it holds nothing but what arrives from the output.

    ko: dout이 모두 0이면 db도 0입니다. 출력에서 온 것만 담습니다.
    """
    x, W, b = draw(4, 3), draw(3, 2), draw(2)
    with after_forward(student.Affine, x, W, b) as layer:
        layer.backward(np.zeros((4, 2)))
        check_array("db", layer.db, np.zeros(2))


def check_digits_of_db(layer_class, draw):
    """Refuse a db that loses digits: large contributions cancel, and small ones remain."""
    x, W, b, dout = draw(3, 4), draw(4, 2), draw(2), cancelling(draw)
    expected = dout[1].copy()
    with after_forward(layer_class, x, W, b) as layer:
        layer.backward(dout)
        check_array("db", layer.db, expected)


@exercise("affine-backward", aspect="db")
def test_db_keeps_all_digits(student, draw):
    """Where large contributions to db cancel, the small ones remain: all digits of float64 count.

    ko: db에 더해지는 큰 값들이 상쇄되어도 작은 값은 남습니다. float64의 모든 자릿수가 중요합니다.
    """
    check_digits_of_db(student.Affine, draw)


def cancelling(draw):
    """Return a dout for three samples: of the first and the last nothing is left when they are added."""
    large, small = draw(1, 2, unit=LARGE), draw(1, 2)
    return np.vstack([large, small, -large])


def gradients(layer, dout):
    """Run `backward` on a copy of dout and keep all three gradients, whatever the student made of them."""
    dx = layer.backward(dout.copy())
    return {"dx": keep(dx), "dW": stored(layer, "dW"), "db": stored(layer, "db")}


def stored(layer, name):
    """Return an attribute; one that is missing costs its own aspect, not that of clean behaviour."""
    try:
        return keep(getattr(layer, name))
    except NameMissing:
        return None


# ----- what both classes have to keep -----


def check_leaves_everything(layer_class, draw, N, D, M):
    """Refuse a `backward` that changes an array, or what the layer computes forward."""
    x, W, b, dout = arrays = draw(N, D), draw(D, M), draw(M), draw(N, M)
    before = dict(zip(("x", "W", "b", "dout"), map(np.copy, arrays), strict=True))
    with after_forward(layer_class, x, W, b) as layer:
        out = keep(layer.forward(x))
        layer.backward(dout)
        check_unchanged("dout", dout, before["dout"])
        check_unchanged("x", x, before["x"])
        check_unchanged("W", W, before["W"])
        check_unchanged("b", b, before["b"])
        check_same("the output of the layer after `backward`", layer.forward(x), out)


def check_repeats(layer_class, draw):
    """Refuse a `backward` that gives something else when it is called again."""
    x, W, b, dout = draw(5, 3), draw(3, 4), draw(4), draw(5, 4)
    with after_forward(layer_class, x, W, b) as layer:
        first = gradients(layer, dout)
        check_same("", gradients(layer, dout), first)


def check_next_batch(layer_class, draw, before, after):
    """Refuse a layer that does not treat a batch of another size as a new layer would."""
    W, b = draw(3, 4), draw(4)
    x, dout = draw(after, 3), draw(after, 4)
    with after_forward(layer_class, x, W, b) as fresh:
        expected = gradients(fresh, dout)
    with after_forward(layer_class, draw(before, 3), W, b) as layer:
        gradients(layer, draw(before, 4))
        layer.forward(x)
        check_same("", gradients(layer, dout), expected)


def check_latest_x(layer_class, draw):
    """Refuse a `backward` that does not use the x of the latest `forward`."""
    W, b = draw(3, 4), draw(4)
    x, dout = draw(5, 3), draw(5, 4)
    with after_forward(layer_class, x, W, b) as fresh:
        expected = gradients(fresh, dout)
    with after_forward(layer_class, draw(5, 3), W, b) as layer:
        layer.forward(x)
        check_same("", gradients(layer, dout), expected)


def check_current_weights(layer_class, draw):
    """Refuse a layer that does not notice that an optimizer has changed W and b in place."""
    x, W, b, dout = draw(5, 3), draw(3, 4), draw(4), draw(5, 4)
    W_after, b_after = W - draw(3, 4), b - draw(4)
    with after_forward(layer_class, x, W_after, b_after) as fresh:
        expected = gradients(fresh, dout)
    with after_forward(layer_class, x, W, b) as layer:
        gradients(layer, dout)
        W[...], b[...] = W_after, b_after
        layer.forward(x)
        check_same("", gradients(layer, dout), expected)


def check_instances(layer_class, draw):
    """Refuse layers that share x, dW or db: as in a network, all go forward before any goes backward."""
    x, W, b, dout = draw(5, 3), draw(3, 4), draw(4), draw(5, 4)
    with after_forward(layer_class, x, W, b) as alone:
        expected = gradients(alone, dout)
    with (
        after_forward(layer_class, x, W, b) as first,
        after_forward(layer_class, draw(5, 3), 2 * W, 2 * b) as second,
    ):
        dx = gradients(first, dout)["dx"]
        gradients(second, -dout)
        check_same("", {"dx": dx, "dW": stored(first, "dW"), "db": stored(first, "db")}, expected)


def check_forward(layer_class, draw, N, D, M):
    """Refuse a `forward` that is not the given one."""
    x, W, b = draw(N, D), draw(D, M), draw(M)
    expected = x @ W + b
    with given_code("`forward`"):
        check_array("out", layer_class(W, b).forward(x), expected)


@exercise("affine-backward", aspect="clean")
@sizes
def test_backward_leaves_everything_as_it_was(student, draw, N, D, M):
    """`backward` leaves dout, x, W and b as they were: computing a gradient changes nothing yet.

    ko: `backward`는 dout, x, W, b를 그대로 둡니다. 기울기를 구하는 것만으로는 아무것도 바뀌지 않습니다.
    """
    check_leaves_everything(student.Affine, draw, N, D, M)


@exercise("affine-backward", aspect="clean")
def test_backward_can_be_called_again(student, draw):
    """The same dout gives the same dx, dW and db again: nothing adds up over calls.

    ko: 같은 dout에는 같은 dx, dW, db가 나옵니다. 호출이 쌓여 더해지지 않습니다.
    """
    check_repeats(student.Affine, draw)


@exercise("affine-backward", aspect="clean")
@batch_sizes
def test_a_layer_can_be_used_for_the_next_batch(student, draw, before, after):
    """A second batch, of another size, gets the gradients that it would get from a new layer.

    ko: 크기가 다른 두 번째 배치도 새 계층에서와 같은 기울기를 얻습니다.
    """
    check_next_batch(student.Affine, draw, before, after)


@exercise("affine-backward", aspect="clean")
def test_backward_uses_the_latest_x(student, draw):
    """After two calls of `forward`, `backward` uses the x of the latest one.

    ko: `forward`를 두 번 부르면 `backward`는 마지막 x를 씁니다.
    """
    check_latest_x(student.Affine, draw)


@exercise("affine-backward", aspect="clean")
def test_backward_uses_the_current_weights(student, draw):
    """After an optimizer has changed W and b in place, `backward` uses the new ones.

    ko: 옵티마이저가 W와 b를 제자리에서 바꾸면 `backward`는 새 값을 씁니다.
    """
    check_current_weights(student.Affine, draw)


@exercise("affine-backward", aspect="clean")
def test_layers_share_nothing(student, draw):
    """Two layers do not share x or gradients: forward and backward of one leave the other as it was.

    ko: 두 계층은 x와 기울기를 공유하지 않습니다. 한쪽의 forward와 backward는 다른 쪽을 그대로 둡니다.
    """
    check_instances(student.Affine, draw)


@exercise("affine-backward", aspect="clean")
@sizes
def test_forward_is_as_it_was_given(student, draw, N, D, M):
    """`forward` is given and still returns x W + b.

    ko: `forward`는 주어진 코드이고, 여전히 x W + b를 반환합니다.
    """
    check_forward(student.Affine, draw, N, D, M)


# ----- affine-debug -----


@exercise("affine-debug", aspect="dx")
@sizes
def test_repaired_dx_is_the_gradient_of_x(student, reference, draw, N, D, M):
    """The repaired `backward` returns dx, of the shape of x, for the gradient that is its argument.

    ko: 고친 `backward`는 인수로 받은 기울기에 대한 dx를 x의 형상으로 반환합니다.
    """
    x, W, b, dout = draw(N, D), draw(D, M), draw(M), draw(N, M)
    expected = true_gradient(reference, "x", dout, x=x, W=W, b=b)
    with after_forward(student.BrokenAffine, x, W, b) as layer:
        check_array("dx", layer.backward(dout), expected)


@exercise("affine-debug", aspect="dx")
def test_repaired_dx_keeps_all_digits(student, draw):
    """Where large contributions to dx cancel, the small ones remain: all digits of float64 count.

    ko: dx에 더해지는 큰 값들이 상쇄되어도 작은 값은 남습니다. float64의 모든 자릿수가 중요합니다.
    """
    check_digits_of_dx(student.BrokenAffine, draw)


@exercise("affine-debug", aspect="dW")
@sizes
def test_repaired_dW_is_the_gradient_of_W(student, reference, draw, N, D, M):
    """The repaired `backward` stores dW in the layer: the shape of W, summed over the batch.

    ko: 고친 `backward`는 dW를 계층에 저장합니다. 형상은 W와 같고, 배치에 걸쳐 더한 것입니다.
    """
    x, W, b, dout = draw(N, D), draw(D, M), draw(M), draw(N, M)
    expected = true_gradient(reference, "W", dout, x=x, W=W, b=b)
    with after_forward(student.BrokenAffine, x, W, b) as layer:
        layer.backward(dout)
        check_array("dW", layer.dW, expected)


@exercise("affine-debug", aspect="dW")
def test_repaired_dW_keeps_all_digits(student, draw):
    """Where large contributions to dW cancel, the small ones remain: all digits of float64 count.

    ko: dW에 더해지는 큰 값들이 상쇄되어도 작은 값은 남습니다. float64의 모든 자릿수가 중요합니다.
    """
    check_digits_of_dW(student.BrokenAffine, draw)


@exercise("affine-debug", aspect="db")
@sizes
def test_repaired_db_is_the_gradient_of_b(student, reference, draw, N, D, M):
    """The repaired `backward` stores db in the layer: shape (M,), summed over the batch.

    ko: 고친 `backward`는 db를 계층에 저장합니다. 형상은 (M,)이고, 배치에 걸쳐 더한 것입니다.
    """
    x, W, b, dout = draw(N, D), draw(D, M), draw(M), draw(N, M)
    expected = true_gradient(reference, "b", dout, x=x, W=W, b=b)
    with after_forward(student.BrokenAffine, x, W, b) as layer:
        layer.backward(dout)
        check_array("db", layer.db, expected)


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
    check_leaves_everything(student.BrokenAffine, draw, N=5, D=3, M=4)


@exercise("affine-debug", aspect="clean")
def test_repaired_backward_can_be_called_again(student, draw):
    """The repaired `backward` gives the same dx, dW and db again: nothing adds up over calls.

    ko: 고친 `backward`는 다시 불러도 같은 dx, dW, db를 냅니다. 호출이 쌓여 더해지지 않습니다.
    """
    check_repeats(student.BrokenAffine, draw)


@exercise("affine-debug", aspect="clean")
@batch_sizes
def test_a_repaired_layer_can_be_used_for_the_next_batch(student, draw, before, after):
    """A second batch, of another size, gets the gradients that it would get from a new repaired layer.

    ko: 크기가 다른 두 번째 배치도 새로 만든 고친 계층에서와 같은 기울기를 얻습니다.
    """
    check_next_batch(student.BrokenAffine, draw, before, after)


@exercise("affine-debug", aspect="clean")
def test_repaired_backward_uses_the_latest_x(student, draw):
    """After two calls of `forward`, the repaired `backward` uses the x of the latest one.

    ko: `forward`를 두 번 부른 뒤에 고친 `backward`는 마지막에 받은 x를 씁니다.
    """
    check_latest_x(student.BrokenAffine, draw)


@exercise("affine-debug", aspect="clean")
def test_repaired_backward_uses_the_current_weights(student, draw):
    """After an optimizer has changed W and b in place, the repaired `backward` uses the new ones.

    ko: 옵티마이저가 W와 b를 제자리에서 바꾼 뒤에 고친 `backward`는 새 값을 씁니다.
    """
    check_current_weights(student.BrokenAffine, draw)


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
    check_forward(student.BrokenAffine, draw, N=5, D=3, M=4)
