"""Answers to `bias-gradient`."""

from __future__ import annotations

import textwrap

from .records import Alternative, Misconception

_ALL = ("values", "clean")
"""Where no value is right, clean behaviour pays nothing either."""


def _function(body: str) -> str:
    return "def bias_gradient(dY):\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ") + "\n"


def _wrong(  # noqa: PLR0917 - the columns of a table
    name: str,
    idea: str,
    hint: str,
    body: str,
    aspects: tuple[str, ...] = _ALL,
    also: tuple[str, ...] = (),
) -> Misconception:
    return Misconception(name, idea, hint, aspects, _function(body), tuple(map(_function, also)))


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
        also=(
            "return np.array([np.sum(dY)])",
            "return np.full(dY.shape[1], np.sum(dY))",
        ),
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
        also=(
            "return np.cumsum(dY, axis=0)",
            "return dY.flatten()",
        ),
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
        also=(
            """
            dB = np.zeros(dY.shape[1])
            for row in dY:
                dB += row
                return dB
            """,
        ),
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
        "limited",
        "keeps the sum within a range, or above zero",
        "Which sums can your code not return, and does the derivative know such a limit?",
        "return np.maximum(np.sum(dY, axis=0), 0)",
        also=(
            "return np.clip(np.sum(dY, axis=0), -1, 1)",
            "return np.sum(np.maximum(dY, 0), axis=0)",
            "return np.tanh(np.sum(dY, axis=0))",
        ),
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
        also=("return np.sum(dY, axis=0).astype(int)",),
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
        also=(
            """
            dB = np.zeros(dY.shape[1], dtype=int)
            for row in dY:
                dB = (dB + row).astype(int)
            return dB.astype(float)
            """,
            "return np.trunc(np.sum(dY, axis=0))",
            "return np.floor(np.sum(dY, axis=0))",
            "return np.round(np.sum(dY, axis=0))",
        ),
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
        also=("return np.abs(np.sum(dY, axis=0))",),
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
        also=("return tuple(np.sum(dY, axis=0))",),
    ),
    _wrong(
        "adds-into-dY",
        "adds the other rows to the first row of dY itself",
        "Print dY before and after the call. Whose array does your code write into?",
        """
        for row in dY[1:]:
            dY[0] += row
        return dY[0]
        """,
        ("clean",),
        also=(
            """
            dB = dY.sum(axis=0)
            dY[...] = 0
            return dB
            """,
        ),
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
        also=(
            "return np.sum(Y, axis=0)",
            "return np.sum(x, axis=0)",
            "return np.sum(dy, axis=0)",
            *(f"return np.sum({name}, axis=0)" for name in ("X", "W", "B", "b", "dx")),
        ),
    ),
    _wrong(
        "mean-of-everything",
        "one mean for all biases",
        "How many biases are there, and which axis is left when the batch has been added up?",
        "return np.mean(dY)",
    ),
    _wrong(
        "mean-of-wrong-axis",
        "averages over the outputs",
        "Which axis of dY counts the samples, and is averaging what backward does at a copy?",
        "return np.mean(dY, axis=1)",
    ),
    _wrong(
        "wrong-axis-kept",
        "adds over the outputs and keeps the axis",
        "Which axis of dY counts the samples, and how many axes has a bias?",
        "return np.sum(dY, axis=1, keepdims=True)",
    ),
    _wrong(
        "means-kept",
        "averages over the batch and keeps the axis",
        "Are the brackets of dB and of the bias equal, and does anything average at a copy?",
        "return np.mean(dY, axis=0, keepdims=True)",
    ),
    _wrong(
        "transposed",
        "turns dY round instead of adding it up",
        "A bias has one axis. How many has your dB, and what became of the samples?",
        "return dY.T",
    ),
    _wrong(
        "first-output-only",
        "takes a column where rows are to be added",
        "How many biases are there, and how many numbers does your dB have when the batch is larger?",
        "return dY[:, 0]",
        also=("return dY[:, -1]",),
    ),
    _wrong(
        "last-sample-only",
        "overwrites dB in the loop",
        "After the second row, what is left of the first one in your dB?",
        "return dY[-1]",
        also=(
            """
            dB = np.zeros(dY.shape[1])
            for row in dY:
                dB = row.copy()
            return dB
            """,
        ),
    ),
    _wrong(
        "last-sample-forgotten",
        "the loop ends one row too early",
        "Count the rows that your code visits. How many has dY?",
        "return np.sum(dY[:-1], axis=0)",
        also=("return np.unique(dY, axis=0).sum(axis=0)",),
    ),
    _wrong(
        "first-sample-forgotten",
        "the loop begins at the second row",
        "Count the rows that your code visits. With which index does the batch begin?",
        "return np.sum(dY[1:], axis=0)",
    ),
    _wrong(
        "first-sample-twice",
        "starts with the first row and adds it again",
        "How often does the first sample count in your sum?",
        "return dY[0] + np.sum(dY, axis=0)",
    ),
    _wrong(
        "starts-at-one",
        "starts the sum at one",
        "If dY is zero everywhere, what must dB be?",
        "return np.ones(dY.shape[1]) + np.sum(dY, axis=0)",
        also=("return np.sum(dY, axis=0) + 1e-8",),
    ),
    _wrong(
        "smallest-only",
        "keeps the smallest gradient of each column",
        "When one bias moves, which samples feel it?",
        "return np.min(dY, axis=0)",
    ),
    _wrong(
        "median",
        "keeps a typical gradient of each column",
        "When one bias moves, do the influences on the samples add up, or is one of them chosen?",
        "return np.median(dY, axis=0)",
    ),
    _wrong(
        "product",
        "multiplies the gradients of the samples",
        "When several paths lead from one number to the loss, what is done with their gradients?",
        "return np.prod(dY, axis=0)",
    ),
    _wrong(
        "squares",
        "adds the squares, as a loss does",
        "If dY is doubled, by how much should dB grow?",
        "return np.sum(dY**2, axis=0)",
        also=("return np.sqrt(np.sum(dY**2, axis=0))", "return np.linalg.norm(dY, axis=0)"),
    ),
    _wrong(
        "zeros",
        "prepares dB and never fills it",
        "Which line of your function should put something into dB?",
        "return np.zeros(dY.shape[1])",
    ),
    _wrong(
        "twice",
        "counts every gradient twice",
        "How often does each sample enter your sum?",
        "return 2 * np.sum(dY, axis=0)",
    ),
    _wrong(
        "half-of-it",
        "takes the factor 1/2 of a loss along",
        "You multiply by a number that is always the same. Where in out = x W + b does it stand?",
        "return np.sum(dY, axis=0) / 2",
    ),
    _wrong(
        "divided-by-everything",
        "divides by the number of all entries",
        "You divide by a number. What does it count, and why should the gradient depend on it?",
        "return np.sum(dY, axis=0) / dY.size",
    ),
    _wrong(
        "root-of-batch",
        "divides by the root of the batch size",
        "Which node of the graph would divide by the root of N?",
        "return np.sum(dY, axis=0) / np.sqrt(len(dY))",
    ),
    _wrong(
        "divided-by-one-less",
        "divides by N - 1, as a sample variance does",
        "In forward each bias is copied to every row. Does backward divide at a copy?",
        "return np.sum(dY, axis=0) / max(len(dY) - 1, 1)",
    ),
    _wrong(
        "averages-in-place",
        "divides the caller's dY by N",
        "After the call, does dY hold the same numbers, and who divides by N in this network?",
        """
        dY /= len(dY)
        return np.sum(dY, axis=0)
        """,
    ),
    _wrong(
        "float32",
        "keeps half of the digits",
        "Which dtype has dY, and which one has your dB?",
        "return np.sum(dY, axis=0).astype(np.float32)",
    ),
    _wrong(
        "float32-inside",
        "converts to fewer digits on the way",
        "How many digits does float32 keep, and how many has dY?",
        "return dY.astype(np.float32).sum(axis=0).astype(float)",
        also=("return dY.astype(np.float16).sum(axis=0).astype(float)",),
    ),
    _wrong(
        "rounded",
        "rounds the sum",
        "Try gradients of 1/16. What does your code make of them?",
        "return np.round(np.sum(dY, axis=0), 1)",
        also=("return np.round(np.sum(dY, axis=0), 2)", "return np.round(np.sum(dY, axis=0), 3)"),
    ),
    _wrong(
        "remembers-first",
        "keeps its first answer for all batches of a shape",
        "Call your function with two different batches. To which of them does the second answer belong?",
        """
        known = vars(bias_gradient).setdefault("known", {})
        return known.setdefault(dY.shape, np.sum(dY, axis=0))
        """,
    ),
    _wrong(
        "part-of-the-batch",
        "adds every second row, or one half of the batch",
        "Which rows of dY does your code leave out, and do these samples not count?",
        "return np.sum(dY[::2], axis=0)",
        also=(
            "return np.sum(dY[: (len(dY) + 1) // 2], axis=0)",
            "return np.sum(dY[: max(1, len(dY) // 2)], axis=0)",
        ),
    ),
    _wrong(
        "two-samples-only",
        "adds two rows, as in the worked example",
        "How many rows does your code add, and how many can a batch have?",
        "return dY[0] + dY[-1]",
        also=("return dY[0] + dY[1]",),
    ),
    _wrong(
        "step-for-gradient",
        "returns the step of an update",
        "Is your answer a slope, or a step along it? Who knows the learning rate?",
        "return -0.01 * np.sum(dY, axis=0)",
        also=tuple(f"return {lr} * np.sum(dY, axis=0)" for lr in ("-0.1", "0.1", "0.01", "0.001", "-0.001")),
    ),
    _wrong(
        "tuple",
        "returns several things",
        "How many things does the caller of your function expect?",
        "return np.sum(dY, axis=0), dY",
    ),
    _wrong(
        "result-misnamed",
        "returns a name that was never given",
        "Compare the name in the return line with the one that holds the sum. Are they spelt alike?",
        """
        dB = np.sum(dY, axis=0)
        return db
        """,
        also=("dY_sum = np.sum(dY, axis=0)\nreturn dB", "total = np.sum(dY, axis=0)\nreturn result"),
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
    _right("by-transposing", "return dY.T.sum(axis=1)"),
    _right("single-pass-of-matmul", "return np.matmul(dY.T, np.ones(dY.shape[0]))"),
    _right("stacked-scalars", "return np.stack([dY[:, j].sum() for j in range(dY.shape[1])])"),
    _right("functools", "from functools import reduce\nreturn reduce(np.add, list(dY))"),
    _right("apply-along-axis", "return np.apply_along_axis(np.sum, 0, dY)"),
    _right("halves", "k = len(dY) // 2\nreturn dY[:k].sum(axis=0) + dY[k:].sum(axis=0)"),
    _right("split-and-squeeze", "return np.squeeze(np.sum(dY, axis=0, keepdims=True), axis=0)"),
    _right("frozen-copy", "dY = np.array(dY, copy=True)\ndY[0] += dY[1:].sum(axis=0)\nreturn dY[0]"),
    _right(
        "cumulative",
        """
        print("summing", dY.shape)
        return np.cumsum(dY, axis=0)[-1]
        """,
    ),
)
