"""Answers to `bias-gradient`."""

from __future__ import annotations

import textwrap

from .records import Alternative, Misconception

_ALL = ("values", "clean")
"""Where no value is right, clean behaviour pays nothing either."""


def _function(body: str) -> str:
    return "def bias_gradient(dY):\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ") + "\n"


def _wrong(name: str, idea: str, hint: str, body: str, aspects: tuple[str, ...] = _ALL) -> Misconception:
    return Misconception(name, idea, hint, aspects, _function(body))


def _right(name: str, body: str) -> Alternative:
    return Alternative(name, _function(body))


MISCONCEPTIONS = (
    _wrong(
        "wrong-axis",
        "takes axis=1 for the batch",
        "Which axis of dY counts the samples? That one has to be gone in dB.",
        "return np.sum(dY, axis=1)",
    ),
    _wrong(
        "sum-of-everything",
        "forgets the axis, so that one number is left",
        "How many biases are there, and do they all get the same gradient?",
        "return np.sum(dY)",
    ),
    _wrong(
        "batch-mean",
        "a batch gradient is a mean",
        "In forward each bias is copied to every row. What does backward do at a copy: does it average?",
        "return np.mean(dY, axis=0)",
    ),
    _wrong(
        "bias-not-summed",
        "keeps the rule for one sample, dB = dY",
        "A bias receives one gradient from every sample. What becomes of all of them?",
        "return dY",
    ),
    _wrong(
        "keepdims",
        "keeps the summed axis",
        "Write down the shapes of dB and of the bias, with all their brackets. Are they equal?",
        "return np.sum(dY, axis=0, keepdims=True)",
    ),
    _wrong(
        "first-sample-only",
        "all rows are alike because the bias is the same for all",
        "If only the last row of dY changes, should dB change?",
        "return dY[0]",
    ),
    _wrong(
        "divided-by-outputs",
        "divides by the number of outputs",
        "You divide by a number. What does it count, and why should the gradient depend on it?",
        "return np.sum(dY, axis=0) / dY.shape[1]",
    ),
    _wrong(
        "largest-only",
        "keeps the largest gradient of each column",
        "When one bias moves, which samples feel it?",
        "return np.max(dY, axis=0)",
    ),
    _wrong(
        "ones",
        "stops at the local derivative 1",
        "If nothing arrives from the output, dY = 0, what must dB be?",
        "return np.ones(dY.shape[1])",
    ),
    _wrong(
        "batch-size",
        "counts 1 for every sample",
        "What happens to dB when all of dY is doubled?",
        "return np.full(dY.shape[1], float(dY.shape[0]))",
    ),
    _wrong(
        "integer-sum",
        "adds into an array of integers, as in the worked example",
        "Look at the dtype of what you return: which numbers can it not hold?",
        """
        dB = np.zeros(dY.shape[1], dtype=int)
        for row in dY:
            dB = (dB + row).astype(int)
        return dB
        """,
    ),
    _wrong(
        "integer-values",
        "rounds on the way and returns floats",
        "Try a dY of halves. Is the sum still exact?",
        """
        dB = np.zeros(dY.shape[1], dtype=int)
        for row in dY:
            for j in range(len(dB)):
                dB[j] = dB[j] + row[j]
        return dB.astype(float)
        """,
    ),
    _wrong(
        "wrong-loop-length",
        "loops over the samples as often as there are outputs",
        "How often does your loop run, and how many rows does dY have?",
        """
        dB = np.zeros(dY.shape[1])
        for i in range(min(dY.shape[1], dY.shape[0])):
            dB += dY[i]
        return dB
        """,
    ),
    _wrong(
        "negated",
        "puts the minus of the update into the gradient",
        "Is it the gradient's business to go downhill?",
        "return -np.sum(dY, axis=0)",
    ),
    _wrong(
        "column",
        "a bias is a column",
        "How many axes has dB, and how many has the bias?",
        "return np.sum(dY, axis=0).reshape(-1, 1)",
    ),
    _wrong(
        "absolute-values",
        "adds the sizes of the influences",
        "What would a negative gradient tell the optimizer, and is it still there in your dB?",
        "return np.sum(np.abs(dY), axis=0)",
    ),
    _wrong(
        "squeezed",
        "squeezes the sum",
        "What is left of dB when there is a single output?",
        "return np.squeeze(np.sum(dY, axis=0, keepdims=True))",
    ),
    _wrong(
        "no-return",
        "computes the sum and keeps it",
        "What does the caller receive from your function?",
        "dB = np.sum(dY, axis=0)",
    ),
    _wrong(
        "list",
        "returns a list of sums",
        "What is the type of your answer, and can you multiply it by a learning rate?",
        "return [sum(column) for column in zip(*dY)]",
    ),
    _wrong(
        "adds-into-dY",
        "adds the other rows to the first row of dY itself",
        "Print dY after the call. Whose array did you add to?",
        """
        for row in dY[1:]:
            dY[0] += row
        return dY[0]
        """,
        ("clean",),
    ),
    _wrong(
        "adds-up-over-calls",
        "collects the gradients of all calls",
        "Call your function twice with the same dY. Should the answers differ?",
        """
        if not hasattr(bias_gradient, "total") or len(bias_gradient.total) != dY.shape[1]:
            bias_gradient.total = np.zeros(dY.shape[1])
        bias_gradient.total = bias_gradient.total + np.sum(dY, axis=0)
        return bias_gradient.total
        """,
        ("clean",),
    ),
    _wrong(
        "reads-a-global",
        "uses a variable of the notebook",
        "Which dY does your function add up: its argument, or another variable of the notebook?",
        "return np.sum(dout, axis=0)",
    ),
)

ALTERNATIVES = (
    _right("method", "return dY.sum(0)"),
    _right("axis-keyword", "return np.sum(dY, axis=0)"),
    _right("builtin-sum", "return sum(dY)"),
    _right("ones-product", "return np.ones(len(dY)) @ dY"),
    _right("einsum", 'return np.einsum("nm->m", dY)'),
    _right("add-reduce", "return np.add.reduce(dY)"),
    _right(
        "add-at",
        """
        dB = np.zeros(dY.shape[1])
        np.add.at(dB, np.tile(np.arange(dY.shape[1]), len(dY)), dY.ravel())
        return dB
        """,
    ),
    _right(
        "row-loop",
        """
        dB = np.zeros_like(dY[0])
        for row in dY:
            dB += row
        return dB
        """,
    ),
    _right("column-comprehension", "return np.array([np.sum(dY[:, j]) for j in range(dY.shape[1])])"),
    _right("keepdims-then-reshape", "return np.sum(dY, axis=0, keepdims=True).reshape(dY.shape[1])"),
    _right("mean-times-count", "return dY.mean(axis=0) * dY.shape[0]"),
    _right(
        "out-buffer",
        """
        dB = np.empty(dY.shape[1])
        np.sum(dY, axis=0, out=dB)
        return dB
        """,
    ),
    _right("transposed", "return dY.T.sum(axis=1)"),
    _right(
        "cumulative",
        """
        print("summing", dY.shape)
        return np.cumsum(dY, axis=0)[-1]
        """,
    ),
)
