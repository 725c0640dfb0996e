"""Reference for the assignment `affine`.

It is woven into the instructor's notebook, imported by the hidden suite, and graded by `prove`.
Shapes: N samples in the batch, D numbers in, M numbers out. All gradients are those of the batch
sum: whoever divides by N (the loss layer) does so once, outside.
"""

import numpy as np


def bias_gradient(dY):
    """Sum the upstream gradient over the batch: (N, M) to (M,)."""
    return np.sum(dY, axis=0)


class Affine:
    """A fully connected layer on batches: out = x W + b."""

    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.x = None
        self.dW = None
        self.db = None

    def forward(self, x):
        """Return x W + b, (N, D) to (N, M), and remember x for `backward`."""
        self.x = x
        out = np.dot(x, self.W) + self.b
        return out  # noqa: RET504 - the notebook gives it in these words

    def backward(self, dout):
        """Store dW (D, M) and db (M,); return dx (N, D)."""
        self.dW = np.dot(self.x.T, dout)  # (D, N)(N, M) -> (D, M)
        self.db = np.sum(dout, axis=0)  # (N, M) -> (M,)
        return np.dot(dout, self.W.T)  # (N, M)(M, D) -> (N, D)


class BrokenAffine:
    """The class of the source notes, repaired: the parameter is `dout`, and `self` is spelt out."""

    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.x = None
        self.dW = None
        self.db = None

    def forward(self, x):
        """Return x W + b, (N, D) to (N, M), and remember x for `backward`."""
        self.x = x
        out = np.dot(x, self.W) + self.b
        return out  # noqa: RET504 - as in the notes: only the two faults differ

    def backward(self, dout):
        """Store dW (D, M) and db (M,); return dx (N, D)."""
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return dx
