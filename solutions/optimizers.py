"""The reference for the assignment `optimizers`: Momentum and AdaGrad.

`build` weaves the bodies of `update` into the source notebook, and the hidden suite runs them. The
stubs in `assignments/optimizers/optimizers.md` state the full contract of what is graded.

The contract in one line: `update(params, grads)` changes the arrays in `params` in place, because the
layers of a network hold the same arrays, and leaves `grads` as it was.
"""

import numpy as np


class Momentum:
    """Gradient descent with a velocity.

    v <- momentum * v - lr * g, then params += v.

    Parameters
    ----------
    lr : float
        The learning rate: how strongly a gradient pushes the velocity.
    momentum : float
        The share of the velocity that is kept from one step to the next, 0 <= momentum < 1.
    """

    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = None

    def update(self, params, grads):
        """Take one Momentum step on every array in `params`, in place.

        Parameters
        ----------
        params, grads : dict of str to ndarray of float64
            The parameters and their gradients: same keys, same shapes.
        """
        if self.v is None:
            self.v = {key: np.zeros_like(array) for key, array in params.items()}
        for key in params:
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += self.v[key]


class AdaGrad:
    """Gradient descent with a step size per element.

    h <- h + g * g, then params -= lr * g / (sqrt(h) + 1e-7).

    Parameters
    ----------
    lr : float
        The length of the first step of every element whose gradient is not zero.
    """

    def __init__(self, lr=0.01):
        self.lr = lr
        self.h = None

    def update(self, params, grads):
        """Take one AdaGrad step on every array in `params`, in place.

        Parameters
        ----------
        params, grads : dict of str to ndarray of float64
            The parameters and their gradients: same keys, same shapes.
        """
        if self.h is None:
            self.h = {key: np.zeros_like(array) for key, array in params.items()}
        for key in params:
            self.h[key] += grads[key] * grads[key]
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
