"""Answers to `affine-backward`."""

from __future__ import annotations

import textwrap

from .records import Alternative, Misconception

_ALL = ("dx", "dW", "db", "clean")

_INIT = """
def __init__(self, W, b):
    self.W = W
    self.b = b
    self.x = None
    self.dW = None
    self.db = None
"""

_FORWARD = """
def forward(self, x):
    self.x = x
    out = np.dot(x, self.W) + self.b
    return out
"""


def class_code(backward: str, *, name: str = "Affine", init: str = _INIT, forward: str = _FORWARD) -> str:
    """Return the source of a layer from the source of its methods."""
    methods = "\n\n".join(textwrap.dedent(method).strip() for method in (init, forward, backward))
    return f"class {name}:\n{textwrap.indent(methods, '    ')}\n"


def backward(
    *,
    dx: str = "np.dot(dout, self.W.T)",
    dW: str = "np.dot(self.x.T, dout)",
    db: str = "np.sum(dout, axis=0)",
) -> str:
    """Return the source of a `backward` from its three expressions."""
    return (
        f"def backward(self, dout):\n    dx = {dx}\n    self.dW = {dW}\n    self.db = {db}\n    return dx\n"
    )


def _wrong(  # noqa: PLR0917 - the columns of a table
    name: str,
    idea: str,
    hint: str,
    aspects: tuple[str, ...],
    source: str,
    init: str = _INIT,
    forward: str = _FORWARD,
    also: tuple[str, ...] = (),
) -> Misconception:
    codes = (source, *also)
    code, *others = (
        text if text.startswith("class") else class_code(text, init=init, forward=forward) for text in codes
    )
    return Misconception(name, idea, hint, aspects, code, tuple(others))


def _right(name: str, source: str, init: str = _INIT, forward: str = _FORWARD) -> Alternative:
    return Alternative(name, class_code(source, init=init, forward=forward))


_ZEROS_INIT = """
def __init__(self, W, b):
    self.W = W
    self.b = b
    self.x = None
    self.dW = np.zeros_like(W)
    self.db = np.zeros_like(b)
"""

MISCONCEPTIONS = (
    # ----- names, returns, storage -----
    _wrong(
        "parameter-renamed",
        "the parameter is called out, the body uses dout",
        "Which names does the def line bring in, and which does the body use?",
        _ALL,
        backward().replace("(self, dout)", "(self, out)"),
    ),
    _wrong(
        "self-misspelt",
        "delf for self",
        "Spell the name in the error letter by letter: what is the object called inside its methods?",
        _ALL,
        backward().replace("self.dW", "delf.dW"),
    ),
    _wrong(
        "global-weights",
        "reads the notebook's W instead of the layer's",
        "After a restart of the kernel, which object holds the weights inside the method?",
        _ALL,
        backward(dx="np.dot(dout, W.T)"),
        also=(
            backward(dW="np.dot(x.T, dout)"),
            backward(dx="np.dot(dout, W.T)", dW="np.dot(X.T, dout)"),
            backward(dW="np.dot(X.T, dout)"),
            backward(db="b * 0 + np.sum(dout, axis=0)"),
        ),
    ),
    _wrong(
        "result-misnamed",
        "returns a name that was never given",
        "Is the name in the return line one of those that your method has given?",
        _ALL,
        backward().replace("    dx =", "    dX ="),
        also=(backward().replace("return dx", "return dX"), backward().replace("return dx", "return out")),
    ),
    _wrong(
        "parameter-missing",
        "the def line lacks self, or the gradient",
        "Python hands over the layer itself, and the caller one gradient. What does the def line take?",
        _ALL,
        backward().replace("(self, dout)", "(dout)"),
        also=(backward().replace("(self, dout)", "(self)"),),
    ),
    _wrong(
        "attribute-misnamed",
        "reads the input under a name that forward did not give it",
        "Under which name did forward store its input?",
        _ALL,
        backward(dW="np.dot(self.X.T, dout)"),
        also=(
            backward(dW="np.dot(self.input.T, dout)"),
            backward(dW="np.dot(self.inputs.T, dout)"),
            backward(dW="np.dot(self.cache.T, dout)"),
            backward(dx="np.dot(dout, self.w.T)"),
        ),
    ),
    _wrong(
        "gradients-not-found",
        "forgets self. in front of dW and db, or stores them under other names",
        "After backward, under exactly which names does the optimizer look for the gradients on the layer?",
        ("dW", "db"),
        backward().replace("self.dW =", "dW =").replace("self.db =", "db ="),
        also=(
            backward().replace("self.dW =", "self.dw =").replace("self.db =", "self.dB ="),
            "def backward(self, dout):\n    return np.dot(dout, self.W.T)\n",
        ),
    ),
    _wrong(
        "dW-not-found",
        "stores dW nowhere, or under another name",
        "After backward, under exactly which name does the optimizer look for the gradient of W?",
        ("dW",),
        backward().replace("self.dW =", "dW ="),
    ),
    _wrong(
        "db-not-found",
        "stores db nowhere, or under another name",
        "After backward, under exactly which name does the optimizer look for the gradient of b?",
        ("db",),
        backward().replace("self.db =", "db ="),
    ),
    _wrong(
        "gradients-swapped",
        "stores dW as db and db as dW",
        "Which of the two stored gradients must have the shape of W?",
        ("dW", "db"),
        backward(dW="np.sum(dout, axis=0)", db="np.dot(self.x.T, dout)"),
    ),
    _wrong(
        "returns-dW",
        "returns the gradient of the weights",
        "What does the layer before this one need to receive?",
        ("dx",),
        backward().replace("return dx", "return self.dW"),
    ),
    _wrong(
        "returns-nothing",
        "thinks that storing is enough",
        "What does the layer before this one receive?",
        ("dx",),
        backward().replace("    return dx\n", ""),
    ),
    _wrong(
        "returns-tuple",
        "returns all three gradients at once",
        "Two of the gradients are stored. Which one is handed on?",
        ("dx",),
        backward().replace("return dx", "return dx, self.dW, self.db"),
        also=(
            backward().replace("return dx", "return self.dW, self.db, dx"),
            backward().replace("return dx", "return [dx, self.dW, self.db]"),
            backward().replace("return dx", "return dx, self.dW"),
            backward().replace("return dx", 'return {"dx": dx, "dW": self.dW, "db": self.db}'),
        ),
    ),
    _wrong(
        "returns-db",
        "returns the gradient of the bias",
        "What does the layer before this one need to receive?",
        ("dx",),
        backward().replace("return dx", "return self.db"),
    ),
    _wrong(
        "returns-x",
        "returns the input instead of its gradient",
        "Is what you return an input, or the influence of an input?",
        ("dx",),
        backward().replace("return dx", "return self.x"),
    ),
    # ----- dx -----
    _wrong(
        "dx-is-dout",
        "hands the upstream gradient on as it came",
        "How does the loss react to one input: do the weights play a part in it?",
        ("dx",),
        backward(dx="dout"),
    ),
    _wrong(
        "dx-is-W",
        "takes the local derivative for the answer",
        "If dout is doubled, what must happen to dx?",
        ("dx",),
        backward(dx="self.W.T"),
        also=(backward(dx="self.W"),),
    ),
    _wrong(
        "dx-zeros",
        "prepares dx and never fills it",
        "Which line should put something into dx?",
        ("dx",),
        backward(dx="np.zeros_like(self.x)"),
    ),
    _wrong(
        "dx-negated",
        "puts the minus of the update into the gradient",
        "Whose task is it to go downhill, and is that a matter of dx?",
        ("dx",),
        backward(dx="-np.dot(dout, self.W.T)"),
    ),
    _wrong(
        "dx-doubled",
        "counts every path twice",
        "How many paths lead from one input to one output?",
        ("dx",),
        backward(dx="2 * np.dot(dout, self.W.T)"),
    ),
    _wrong(
        "dx-with-bias",
        "lets the bias into dx",
        "Does the influence of x on the output depend on b?",
        ("dx",),
        backward(dx="np.dot(dout + self.b, self.W.T)"),
        also=(backward(dx="np.dot(dout - self.b, self.W.T)"),),
    ),
    _wrong(
        "dx-times-x",
        "multiplies by the input again",
        "In out = x W + b, does the derivative with respect to x still hold x?",
        ("dx",),
        backward(dx="np.dot(dout, self.W.T) * self.x"),
    ),
    _wrong(
        "dx-from-dW",
        "uses the gradient of the weights where the weights belong",
        "Which matrix carries x to the output: W, or dW?",
        ("dx",),
        """
        def backward(self, dout):
            self.dW = np.dot(self.x.T, dout)
            self.db = np.sum(dout, axis=0)
            return np.dot(dout, self.dW.T)
        """,
    ),
    _wrong(
        "dx-first-sample",
        "computes the gradient of the first sample only",
        "How many samples has the batch, and how many rows has your dx?",
        ("dx",),
        backward(dx="np.dot(dout[0], self.W.T)"),
        also=(
            backward(dx="np.tile(np.dot(dout[0], self.W.T), (len(dout), 1))"),
            backward(dx="np.dot(dout * (np.arange(len(dout)) == 0)[:, None], self.W.T)"),
        ),
    ),
    _wrong(
        "dx-last-sample-forgotten",
        "the loop over the samples ends too early",
        "Count the samples that your code visits. Which rows of dx are left empty?",
        ("dx",),
        backward(dx="np.dot(dout * (np.arange(len(dout)) < len(dout) - 1)[:, None], self.W.T)"),
        also=(backward(dx="np.dot(dout * (np.arange(len(dout)) > 0)[:, None], self.W.T)"),),
    ),
    _wrong(
        "dx-some-outputs",
        "leaves out an output, or keeps the last one only",
        "Through how many outputs does one input act, and how many of them does your code visit?",
        ("dx",),
        backward(dx="np.dot(dout[:, :-1], self.W[:, :-1].T)"),
        also=(
            backward(dx="np.dot(dout[:, 1:], self.W[:, 1:].T)"),
            backward(dx="np.outer(dout[:, -1], self.W[:, -1])"),
            backward(dx="np.outer(dout[:, 0], self.W[:, 0])"),
        ),
    ),
    _wrong(
        "dx-not-summed",
        "multiplies entry by entry and adds nothing up",
        "One input acts through all outputs. Along which axis do these influences have to be added?",
        ("dx",),
        backward(dx="dout[:, None, :] * self.W"),
    ),
    _wrong(
        "dx-summed-over-inputs",
        "adds along the inputs instead of the outputs",
        "Which axis of your products counts the outputs, and which one is left in dx?",
        ("dx",),
        backward(dx="(dout[:, None, :] * self.W).sum(axis=1)"),
        also=(backward(dx="dout * self.W.sum(axis=0)"),),
    ),
    _wrong(
        "dx-absolute",
        "adds the sizes of the influences",
        "Can the influence of an input on the loss be negative?",
        ("dx",),
        backward(dx="np.abs(np.dot(dout, self.W.T))"),
        also=(backward(dx="np.dot(np.abs(dout), np.abs(self.W.T))"),),
    ),
    _wrong(
        "dx-applied",
        "moves the input by its gradient",
        "Is what you return a gradient, or an input that was moved by one?",
        ("dx",),
        backward(dx="self.x - np.dot(dout, self.W.T)"),
        also=tuple(backward(dx=f"self.x - {lr} * np.dot(dout, self.W.T)") for lr in ("0.1", "0.01")),
    ),
    _wrong(
        "dx-squeezed",
        "removes axes of length one from dx",
        "What becomes of dx when the batch is a single sample?",
        ("dx",),
        backward(dx="np.squeeze(np.dot(dout, self.W.T))"),
    ),
    _wrong(
        "dx-flattened",
        "puts all samples into one row",
        "How many axes has x, and how many has your dx?",
        ("dx",),
        backward(dx="np.dot(dout, self.W.T).flatten()"),
    ),
    _wrong(
        "dx-reshaped",
        "uses reshape for the transpose of W",
        "Does reshape put the numbers of W into the same rows and columns as .T does?",
        ("dx",),
        backward(dx="np.dot(dout, self.W.reshape(self.W.shape[::-1]))"),
    ),
    _wrong(
        "dx-single-precision",
        "converts to fewer digits on the way to dx",
        "How many digits does float32 keep, and how many has dout?",
        ("dx",),
        backward(dx="np.dot(dout.astype(np.float32), self.W.T.astype(np.float32)).astype(float)"),
    ),
    _wrong(
        "dx-mean",
        "averages dx over the batch",
        "Weights are shared by the samples. Are inputs shared, too?",
        ("dx",),
        backward(dx="np.mean(np.dot(dout, self.W.T), axis=0)"),
    ),
    _wrong(
        "dx-masked",
        "keeps positive gradients only, as a ReLU does",
        "Which layer decides whether a gradient passes: this one, or the activation?",
        ("dx",),
        backward(dx="np.maximum(np.dot(dout, self.W.T), 0)"),
        also=(
            backward(dx="np.dot(dout, self.W.T) * (self.x > 0)"),
            backward(dx="np.dot(np.maximum(dout, 0), self.W.T)"),
            backward(dx="np.dot(dout * (np.dot(self.x, self.W) + self.b > 0), self.W.T)"),
        ),
    ),
    _wrong(
        "dx-runs-forward",
        "uses x where dout belongs",
        "Which quantity arrives at this layer when the loss is traced backwards?",
        ("dx",),
        backward(dx="np.dot(self.x, self.W)"),
        also=(backward(dx="np.dot(self.x, self.W) + self.b"),),
    ),
    _wrong(
        "dx-not-transposed",
        "multiplies by W instead of its transpose",
        "Which shape must dx have, and does your product of dout and W give it?",
        _ALL,
        backward(dx="np.dot(dout, self.W)"),
        also=tuple(
            backward(dx=f"np.dot({product})")
            for product in ("self.W, dout", "self.W.T, dout", "dout.T, self.W", "dout.T, self.W.T")
        ),
    ),
    _wrong(
        "dx-reversed-product",
        "multiplies in the wrong order",
        "Compare the shapes of dx and x: which axis counts the samples?",
        ("dx",),
        backward(dx="np.dot(self.W, dout.T)"),
    ),
    _wrong(
        "dx-summed",
        "sums dx over the batch as well",
        "Weights are shared by the samples. Are inputs shared, too?",
        ("dx",),
        backward(dx="np.sum(np.dot(dout, self.W.T), axis=0)"),
        also=(backward(dx="np.sum(np.dot(dout, self.W.T), axis=0, keepdims=True)"),),
    ),
    _wrong(
        "dx-without-dout",
        "stops at the local derivative",
        "If dout is zero, what must dx be?",
        ("dx",),
        backward(dx="np.dot(np.ones_like(dout), self.W.T)"),
        also=(backward(dx="np.dot(dout, self.W.T) + 1e-8"),),
    ),
    _wrong(
        "dx-by-pseudo-inverse",
        "backward undoes forward",
        "Does backward ask which x led to this output, or how much each input mattered?",
        ("dx",),
        backward(dx="np.dot(dout, np.linalg.pinv(self.W))"),
        also=(backward(dx="np.dot(dout - self.b, np.linalg.pinv(self.W))"),),
    ),
    _wrong(
        "dx-by-inverse",
        "backward undoes forward, with an inverse",
        "Does backward ask which x led to this output? And does every W have an inverse?",
        _ALL,
        backward(dx="np.dot(dout, np.linalg.inv(self.W))"),
    ),
    _wrong(
        "dx-divided-by-batch",
        "divides dx by N",
        "Does the gradient of one sample depend on how many others are in the batch?",
        ("dx",),
        backward(dx="np.dot(dout, self.W.T) / dout.shape[0]"),
    ),
    # ----- dW -----
    _wrong(
        "dW-not-transposed",
        "multiplies by x instead of its transpose",
        "Which arrangement of x and dout has the shape of W?",
        _ALL,
        backward(dW="np.dot(self.x, dout)"),
        also=tuple(
            backward(dW=f"np.dot({product})")
            for product in ("dout, self.x.T", "dout, self.x", "self.x, dout.T", "self.x.T, dout.T")
        ),
    ),
    _wrong(
        "dW-reversed-product",
        "multiplies in the wrong order",
        "In dW[i, j], which index belongs to the inputs and which to the outputs?",
        ("dW",),
        backward(dW="np.dot(dout.T, self.x)"),
    ),
    _wrong(
        "dW-batch-mean",
        "a batch gradient is a mean",
        "Who divides by the size of the batch: every layer, or the loss once?",
        ("dW",),
        backward(dW="np.dot(self.x.T, dout) / dout.shape[0]"),
    ),
    _wrong(
        "dW-negated",
        "puts the minus of the update into the gradient",
        "Whose task is it to go downhill, the gradient's or the optimizer's?",
        ("dW",),
        backward(dW="-np.dot(self.x.T, dout)"),
    ),
    _wrong(
        "dW-first-sample",
        "uses the first sample only",
        "If only the last sample of the batch changes, does your dW change?",
        ("dW",),
        backward(dW="np.outer(self.x[0], dout[0])"),
    ),
    _wrong(
        "dW-last-sample",
        "overwrites dW in a loop over the samples",
        "After the second sample, what is left of the first one in dW?",
        ("dW",),
        backward(dW="np.outer(self.x[-1], dout[-1])"),
    ),
    _wrong(
        "dW-last-sample-forgotten",
        "the loop over the samples ends too early",
        "Count the samples that your code visits. How many are in the batch?",
        ("dW",),
        backward(dW="np.dot(self.x[:-1].T, dout[:-1])"),
        also=(backward(dW="np.dot(self.x[1:].T, dout[1:])"),),
    ),
    _wrong(
        "dW-product-of-sums",
        "adds up the batch before multiplying",
        "Does the x of one sample have anything to do with the dout of another?",
        ("dW",),
        backward(dW="np.outer(self.x.sum(axis=0), dout.sum(axis=0))"),
        also=(backward(dW="np.outer(self.x.mean(axis=0), dout.mean(axis=0))"),),
    ),
    _wrong(
        "dW-not-summed",
        "keeps the gradients of the samples side by side",
        "How many axes has W, how many has your dW, and what does the one too many count?",
        ("dW",),
        backward(dW="self.x[:, :, None] * dout[:, None, :]"),
        also=(backward(dW="np.array([np.outer(x, d) for x, d in zip(self.x, dout)])"),),
    ),
    _wrong(
        "dW-applied",
        "stores the weights after a step instead of their gradient",
        "Is what you store a gradient, or weights that were moved by one? Who moves the weights?",
        ("dW",),
        backward(dW="self.W - 0.1 * np.dot(self.x.T, dout)"),
        also=(
            backward(dW="self.W - 0.01 * np.dot(self.x.T, dout)"),
            backward(dW="self.W - np.dot(self.x.T, dout)"),
            backward(dW="self.W"),
        ),
    ),
    _wrong(
        "dW-squares",
        "squares x or dout on the way",
        "When dout is doubled, by how much should dW grow? And when x is doubled?",
        ("dW",),
        backward(dW="np.dot(self.x.T, dout**2)"),
        also=(
            backward(dW="np.dot((self.x**2).T, dout)"),
            backward(dW="np.dot(np.ones_like(self.x).T, dout)"),
        ),
    ),
    _wrong(
        "db-applied",
        "stores the bias after a step instead of its gradient",
        "Is what you store a gradient, or a bias that was moved by one? Who moves the bias?",
        ("db",),
        backward(db="self.b - 0.1 * np.sum(dout, axis=0)"),
        also=(
            backward(db="self.b - 0.01 * np.sum(dout, axis=0)"),
            backward(db="self.b - np.sum(dout, axis=0)"),
        ),
    ),
    _wrong(
        "dW-from-dx",
        "uses dx where x belongs",
        "Which array was multiplied by W in forward: x, or dx?",
        ("dW",),
        backward(dW="np.dot(dx.T, dout)"),
    ),
    _wrong(
        "dW-centred",
        "subtracts the mean of the batch from x",
        "Did forward multiply W by x itself, or by something else made of it?",
        ("dW",),
        backward(dW="np.dot((self.x - self.x.mean(axis=0)).T, dout)"),
        also=(backward(dW="np.dot(((self.x - self.x.mean(axis=0)) / (self.x.std(axis=0) + 1e-7)).T, dout)"),),
    ),
    _wrong(
        "dW-reshaped",
        "uses reshape for the transpose of x",
        "Does reshape put the numbers of x into the same rows and columns as .T does?",
        ("dW",),
        backward(dW="np.dot(self.x.reshape(self.x.shape[::-1]), dout)"),
    ),
    _wrong(
        "dW-single-precision",
        "converts to fewer digits on the way to dW",
        "How many digits does float32 keep, and how many has x?",
        ("dW",),
        backward(dW="np.dot(self.x.T.astype(np.float32), dout.astype(np.float32)).astype(float)"),
    ),
    _wrong(
        "dW-zeros",
        "prepares dW and never fills it",
        "Which line should put something into dW?",
        ("dW",),
        backward(dW="np.zeros_like(self.W)"),
    ),
    _wrong(
        "dW-doubled",
        "counts every path twice",
        "How many paths lead from one weight to one output?",
        ("dW",),
        backward(dW="2 * np.dot(self.x.T, dout)"),
    ),
    _wrong(
        "dW-half",
        "takes the factor 1/2 of a loss along",
        "You multiply by a number that is always the same. Where in out = x W + b does it stand?",
        ("dW",),
        backward(dW="0.5 * np.dot(self.x.T, dout)"),
    ),
    _wrong(
        "dW-divided-by-inputs",
        "divides by the number of inputs",
        "What does the number count that you divide by?",
        ("dW",),
        backward(dW="np.dot(self.x.T, dout) / self.x.shape[1]"),
        also=(
            backward(dW="np.dot(self.x.T, dout) / dout.shape[1]"),
            backward(dW="np.dot(self.x.T, dout) / self.x.size"),
            backward(dW="np.dot(self.x.T, dout) / dout.size"),
        ),
    ),
    _wrong(
        "dW-of-absolute-values",
        "adds the sizes of the influences",
        "Can the gradient of a weight be negative?",
        ("dW",),
        backward(dW="np.abs(np.dot(self.x.T, dout))"),
        also=(backward(dW="np.dot(np.abs(self.x).T, np.abs(dout))"),),
    ),
    _wrong(
        "dW-integer",
        "keeps whole numbers only",
        "Which numbers can the dtype of your dW not hold?",
        ("dW",),
        backward(dW="np.dot(self.x.T, dout).astype(int)"),
    ),
    _wrong(
        "dW-times-W",
        "multiplies by the weights again",
        "In out = x W + b, does the derivative with respect to W still hold W?",
        ("dW",),
        backward(dW="np.dot(self.x.T, dout) * self.W"),
    ),
    _wrong(
        "dW-from-out",
        "uses the output where the input belongs, or the other way round",
        "What does one weight multiply in forward, and what arrives at its output in backward?",
        ("dW",),
        backward(dW="np.dot(self.x.T, np.dot(self.x, self.W) + self.b)"),
    ),
    _wrong(
        "dW-is-x",
        "takes the local derivative for the answer",
        "If dout is doubled, what must happen to dW?",
        ("dW",),
        backward(dW="self.x.T"),
        also=(backward(dW="self.x"),),
    ),
    _wrong(
        "dW-is-dout",
        "hands dout on as the gradient of W",
        "Does the input play a part in how much a weight matters?",
        ("dW",),
        backward(dW="dout"),
    ),
    _wrong(
        "dW-like-dx",
        "uses the weights where the input belongs",
        "Compare the shapes of dW and W. Which array of forward brings the other axis?",
        ("dW",),
        backward(dW="np.dot(dout, self.W.T)"),
    ),
    _wrong(
        "dW-clipped",
        "limits the gradient to a range, as against exploding gradients",
        "Does the derivative know of a largest value, or is that a matter for the optimizer?",
        ("dW",),
        backward(dW="np.clip(np.dot(self.x.T, dout), -1, 1)"),
    ),
    _wrong(
        "dW-normalised",
        "makes the gradient one unit long",
        "If dout is doubled, what must happen to the length of dW?",
        ("dW",),
        backward(dW="np.dot(self.x.T, dout) / (np.linalg.norm(np.dot(self.x.T, dout)) + 1e-300)"),
    ),
    _wrong(
        "dW-weight-decay",
        "mixes in weight decay from another lesson",
        "If dout is zero everywhere, what must dW be?",
        ("dW",),
        backward(dW="np.dot(self.x.T, dout) + 0.1 * self.W"),
        also=(
            backward(dW="np.dot(self.x.T, dout) + self.W"),
            backward(dW="np.dot(self.x.T, dout) + 0.01 * self.W"),
            backward(dW="np.dot(self.x.T, dout) + 0.001 * self.W"),
            backward(dW="np.dot(self.x.T, dout) + 1e-8"),
        ),
    ),
    _wrong(
        "dW-with-bias",
        "lets the bias into dW",
        "Does the influence of W on the output depend on b?",
        ("dW",),
        backward(dW="np.dot(self.x.T, dout + self.b)"),
        also=(backward(dW="np.dot(self.x.T, dout) + self.b"),),
    ),
    _wrong(
        "dW-without-dout",
        "stops at the local derivative",
        "If dout is zero everywhere, what must dW be?",
        ("dW",),
        backward(dW="np.dot(self.x.T, np.ones_like(dout))"),
    ),
    _wrong(
        "element-wise",
        "uses the rule of the scalar multiply node",
        "The scalar node multiplies with *. What takes its place for matrices?",
        _ALL,
        backward(dx="dout * self.W.T", dW="self.x * dout"),
    ),
    _wrong(
        "dx-element-wise",
        "uses the rule of the scalar multiply node for dx",
        "The scalar node multiplies with *. What takes its place for matrices?",
        _ALL,
        backward(dx="dout * self.W"),
        also=(backward(dx="dout * self.W.T"),),
    ),
    _wrong(
        "dW-element-wise",
        "uses the rule of the scalar multiply node for dW",
        "The scalar node multiplies with *. What takes its place for matrices?",
        _ALL,
        backward(dW="self.x * dout"),
        also=(backward(dW="self.x.T * dout"),),
    ),
    _wrong(
        "dW-outer-of-batch",
        "multiplies every number of the batch with every other",
        "Does the x of one sample have anything to do with the dout of another?",
        ("dW",),
        backward(dW="np.outer(self.x, dout)"),
    ),
    # ----- db -----
    _wrong(
        "db-wrong-axis",
        "takes axis=1 for the batch",
        "Which axis of dout counts the samples?",
        ("db",),
        backward(db="np.sum(dout, axis=1)"),
        also=(backward(db="np.mean(dout, axis=1)"), backward(db="np.sum(dout, axis=1, keepdims=True)")),
    ),
    _wrong(
        "db-sum-of-everything",
        "forgets the axis",
        "How many numbers does b have, and how many does your db have?",
        ("db",),
        backward(db="np.sum(dout)"),
        also=(backward(db="np.mean(dout)"),),
    ),
    _wrong(
        "db-batch-mean",
        "a batch gradient is a mean",
        "In forward b is copied to N rows. What does backward do at a copy?",
        ("db",),
        backward(db="np.mean(dout, axis=0)"),
    ),
    _wrong(
        "bias-not-summed",
        "keeps the rule for one sample",
        "How many gradients does one bias receive from a batch, and how many numbers may it keep?",
        ("db",),
        backward(db="dout"),
    ),
    _wrong(
        "db-keepdims",
        "keeps the summed axis",
        "Print the shapes of db and b, one below the other. Do the brackets agree?",
        ("db",),
        backward(db="np.sum(dout, axis=0, keepdims=True)"),
        also=(backward(db="np.mean(dout, axis=0, keepdims=True)"),),
    ),
    _wrong(
        "db-first-sample",
        "uses the first sample only",
        "If only the last row of dout changes, does your db change?",
        ("db",),
        backward(db="dout[0]"),
    ),
    _wrong(
        "db-last-sample",
        "overwrites db in a loop over the samples",
        "After the second sample, what is left of the first one in db?",
        ("db",),
        backward(db="dout[-1]"),
    ),
    _wrong(
        "db-last-sample-forgotten",
        "the loop over the samples ends too early",
        "Count the samples that your code visits. How many are in the batch?",
        ("db",),
        backward(db="np.sum(dout[:-1], axis=0)"),
        also=(backward(db="np.sum(dout[1:], axis=0)"),),
    ),
    _wrong(
        "db-zeros",
        "prepares db and never fills it",
        "Which line should put something into db?",
        ("db",),
        backward(db="np.zeros_like(self.b)"),
    ),
    _wrong(
        "db-doubled",
        "counts every sample twice",
        "How often does each sample enter your db?",
        ("db",),
        backward(db="2 * np.sum(dout, axis=0)"),
    ),
    _wrong(
        "db-with-bias",
        "adds the bias to its gradient",
        "If dout is zero everywhere, what must db be?",
        ("db",),
        backward(db="np.sum(dout, axis=0) + self.b"),
        also=(backward(db="np.sum(dout, axis=0) + 1e-8"),),
    ),
    _wrong(
        "db-squares",
        "adds the squares",
        "If dout is doubled, by how much should db grow?",
        ("db",),
        backward(db="np.sum(dout**2, axis=0)"),
    ),
    _wrong(
        "db-list",
        "stores a list",
        "Can an optimizer multiply your db by a learning rate? What type is it?",
        ("db",),
        backward(db="[sum(column) for column in dout.T]"),
    ),
    _wrong(
        "db-divided-by-outputs",
        "divides by the number of outputs",
        "What does the number count that you divide by?",
        ("db",),
        backward(db="np.sum(dout, axis=0) / dout.shape[1]"),
    ),
    _wrong(
        "db-largest",
        "keeps the largest gradient of each column",
        "Which samples feel it when one bias moves?",
        ("db",),
        backward(db="np.max(dout, axis=0)"),
        also=(backward(db="np.min(dout, axis=0)"),),
    ),
    _wrong(
        "db-sums-x",
        "sums x instead of dout",
        "Which gradient arrives at the plus node?",
        ("db",),
        backward(db="np.sum(self.x, axis=0)"),
    ),
    _wrong(
        "db-ones",
        "stops at the local derivative 1",
        "If dout is zero everywhere, what must db be?",
        ("db",),
        backward(db="np.ones_like(self.b)"),
        also=(backward(db="1"), backward(db="1.0")),
    ),
    _wrong(
        "db-from-dx",
        "derives db from dx",
        "Does the influence of b go through x?",
        ("db",),
        backward(db="np.sum(dx, axis=0)"),
    ),
    _wrong(
        "db-single-precision",
        "converts to fewer digits on the way to db",
        "How many digits does float32 keep, and how many has dout?",
        ("db",),
        backward(db="np.sum(dout.astype(np.float32), axis=0).astype(float)"),
    ),
    _wrong(
        "single-precision",
        "converts dout to fewer digits",
        "How many digits does float32 keep, and how many has dout?",
        _ALL,
        backward().replace("    dx =", "    dout = dout.astype(np.float16).astype(float)\n    dx ="),
    ),
    _wrong(
        "db-batch-size",
        "counts 1 for every sample",
        "What happens to db when dout is doubled?",
        ("db",),
        backward(db="np.full_like(self.b, len(dout))"),
    ),
    _wrong(
        "db-times-bias",
        "uses the rule of the multiply node",
        "What is the local derivative of a plus node?",
        ("db",),
        backward(db="np.sum(dout * self.b, axis=0)"),
    ),
    _wrong(
        "db-integer",
        "adds into an array of integers",
        "Which numbers can the dtype of your db not hold?",
        ("db",),
        backward(db="np.sum(dout, axis=0).astype(int)"),
    ),
    _wrong(
        "db-negated",
        "puts the minus of the update into the gradient",
        "Whose task is it to go downhill?",
        ("db",),
        backward(db="-np.sum(dout, axis=0)"),
    ),
    _wrong(
        "db-not-stored",
        "a minus sign where the equals sign belongs",
        "Does every line of your backward store something?",
        _ALL,
        backward().replace("self.db =", "self.db -"),
    ),
    _wrong(
        "db-column",
        "a bias is a column",
        "How many axes has db, and how many has b?",
        ("db",),
        backward(db="np.sum(dout, axis=0).reshape(-1, 1)"),
    ),
    _wrong(
        "db-absolute",
        "adds the sizes of the influences",
        "Can the gradient of a bias be negative?",
        ("db",),
        backward(db="np.sum(np.abs(dout), axis=0)"),
    ),
    _wrong(
        "db-from-dW",
        "derives db from dW",
        "Does the influence of b depend on x?",
        ("db",),
        backward(db="np.sum(self.dW, axis=0)"),
    ),
    _wrong(
        "means-for-both",
        "averages dW and db over the batch",
        "Put the same sample into the batch twice. Should its total influence double?",
        ("dW", "db"),
        backward(dW="np.dot(self.x.T, dout) / len(dout)", db="np.mean(dout, axis=0)"),
    ),
    _wrong(
        "means-for-all",
        "averages all three gradients over the batch",
        "Who divides by the size of the batch: every layer, or the loss once?",
        _ALL,
        backward().replace("    dx =", "    dout = dout / len(dout)\n    dx ="),
    ),
    _wrong(
        "half-for-both",
        "takes the factor 1/2 of a loss along in dW and db",
        "You multiply by a number that is always the same. Where in out = x W + b does it stand?",
        ("dW", "db"),
        backward(dW="np.dot(self.x.T, dout) / 2", db="np.sum(dout, axis=0) / 2"),
    ),
    _wrong(
        "db-half",
        "takes the factor 1/2 of a loss along in db",
        "You multiply by a number that is always the same. Where in out = x W + b does it stand?",
        ("db",),
        backward(db="np.sum(dout, axis=0) / 2"),
    ),
    _wrong(
        "negated-for-both",
        "puts the minus of the update into both gradients",
        "Whose task is it to go downhill, the layer's or the optimizer's?",
        ("dW", "db"),
        backward(dW="-np.dot(self.x.T, dout)", db="-np.sum(dout, axis=0)"),
    ),
    _wrong(
        "negated-for-all",
        "puts a minus into all gradients",
        "Whose task is it to go downhill, the layer's or the optimizer's?",
        _ALL,
        backward().replace("    dx =", "    dout = -dout\n    dx ="),
    ),
    _wrong(
        "without-dout",
        "stops at the local derivatives everywhere",
        "If dout is zero everywhere, what must the gradients be?",
        _ALL,
        backward().replace("    dx =", "    dout = np.ones_like(dout)\n    dx ="),
    ),
    _wrong(
        "activation-inside",
        "lets only those outputs pass back that are positive",
        "Which layer decides whether a gradient passes: this one, or the activation?",
        _ALL,
        backward().replace("    dx =", "    dout = dout * (np.dot(self.x, self.W) + self.b > 0)\n    dx ="),
        also=(
            backward().replace("    dx =", "    dout = np.maximum(dout, 0)\n    dx ="),
            backward().replace(
                "    dx =",
                "    y = 1 / (1 + np.exp(-(np.dot(self.x, self.W) + self.b)))\n"
                "    dout = dout * y * (1 - y)\n    dx =",
            ),
            backward().replace(
                "    dx =", "    dout = dout * (self.x.sum(axis=1, keepdims=True) > 0)\n    dx ="
            ),
        ),
    ),
    # ----- behaviour -----
    _wrong(
        "averages-dout-in-place",
        "divides the caller's dout by N",
        "Does the caller's dout hold the same numbers after backward?",
        _ALL,
        backward().replace("    dx =", "    dout /= dout.shape[0]\n    dx ="),
    ),
    _wrong(
        "spoils-dout",
        "uses dout as scratch space after the last use",
        "Does the caller's dout hold the same numbers after backward?",
        ("clean",),
        backward().replace("    return dx", "    dout *= 0\n    return dx"),
        also=(backward().replace("    return dx", "    dout.sort(axis=0)\n    return dx"),),
    ),
    _wrong(
        "spoils-x",
        "writes into the input that forward has stored",
        "Does the caller's x hold the same numbers after backward?",
        ("clean",),
        backward().replace("    return dx", "    self.x[...] = dx\n    return dx"),
        also=(backward().replace("    return dx", "    self.x *= 0\n    return dx"),),
    ),
    _wrong(
        "forgets-x",
        "throws x away after its first use",
        "Call backward twice. What does the second call find in self.x?",
        ("clean",),
        backward().replace("    return dx", "    self.x = None\n    return dx"),
        also=(backward().replace("    return dx", "    del self.x\n    return dx"),),
    ),
    _wrong(
        "turns-arrays-round",
        "stores the transpose of x or W in the place of the array",
        "Print the shapes of self.x and self.W before and after backward. Are they the same?",
        ("clean",),
        backward().replace(
            "    self.dW = np.dot(self.x.T", "    self.x = self.x.T\n    self.dW = np.dot(self.x"
        ),
        also=(
            backward(dx="np.dot(dout, self.W)").replace("    dx =", "    self.W = self.W.T\n    dx ="),
            backward(dx="np.dot(dout, self.W)", dW="np.dot(self.x, dout)").replace(
                "    dx =", "    self.x, self.W = self.x.T, self.W.T\n    dx ="
            ),
        ),
    ),
    _wrong(
        "updates-first",
        "applies the update inside backward, before dx is computed",
        "Which object is responsible for changing the weights, and when?",
        ("dx", "clean"),
        """
        def backward(self, dout):
            self.dW = np.dot(self.x.T, dout)
            self.db = np.sum(dout, axis=0)
            self.W -= 0.1 * self.dW
            self.b -= 0.1 * self.db
            return np.dot(dout, self.W.T)
        """,
        also=(
            """
            def backward(self, dout):
                self.dW = np.dot(self.x.T, dout)
                self.db = np.sum(dout, axis=0)
                self.W -= 0.01 * self.dW
                self.b -= 0.01 * self.db
                return np.dot(dout, self.W.T)
            """,
            """
            def backward(self, dout):
                self.dW = np.dot(self.x.T, dout)
                self.W -= 0.1 * self.dW
                self.db = np.sum(dout, axis=0)
                return np.dot(dout, self.W.T)
            """,
        ),
    ),
    _wrong(
        "updates-weights",
        "applies the update inside backward, after dx is computed",
        "Should W be another one after backward?",
        ("clean",),
        backward().replace("    return dx", "    self.W -= 0.1 * self.dW\n    return dx"),
        also=(
            backward().replace(
                "    return dx", "    self.W -= 0.1 * self.dW\n    self.b -= 0.1 * self.db\n    return dx"
            ),
        ),
    ),
    _wrong(
        "updates-bias",
        "applies the update of b inside backward",
        "Should b be another one after backward?",
        ("clean",),
        backward().replace("    return dx", "    self.b -= 0.1 * self.db\n    return dx"),
    ),
    _wrong(
        "updates-by-rebinding",
        "applies the update inside backward to a new W",
        "Does the layer's forward give the same output before and after backward?",
        ("clean",),
        backward().replace("    return dx", "    self.W = self.W - 0.1 * self.dW\n    return dx"),
        also=(
            backward().replace(
                "    return dx",
                "    self.W = self.W - 0.1 * self.dW\n    self.b = self.b - 0.1 * self.db\n    return dx",
            ),
            backward().replace("    return dx", "    self.b = self.b - 0.1 * self.db\n    return dx"),
        ),
    ),
    _wrong(
        "gradients-add-up",
        "dW and db add up over calls, as in PyTorch",
        "Call backward twice with the same dout. Should the stored gradients change?",
        ("clean",),
        backward().replace("self.dW =", "self.dW = self.dW +").replace("self.db =", "self.db = self.db +"),
        _ZEROS_INIT,
    ),
    _wrong(
        "adds-up-from-none",
        "adds to gradients that have no value yet",
        "What is in self.dW when backward is called for the first time?",
        _ALL,
        backward().replace("self.dW =", "self.dW +="),
        also=(backward().replace("self.db =", "self.db +="),),
    ),
    _wrong(
        "gradients-once",
        "computes the gradients only the first time",
        "Call backward with another dout. Should dW stay?",
        ("clean",),
        """
        def backward(self, dout):
            if self.dW is None:
                self.dW = np.dot(self.x.T, dout)
                self.db = np.sum(dout, axis=0)
            return np.dot(dout, self.W.T)
        """,
        also=(
            """
            def backward(self, dout):
                self.dW = np.dot(self.x.T, dout)
                self.db = np.sum(dout, axis=0)
                if not hasattr(self, "dx"):
                    self.dx = np.dot(dout, self.W.T)
                return self.dx
            """,
        ),
    ),
    _wrong(
        "first-batch-size",
        "remembers the size of the first batch",
        "Your layer knows the size of a batch. Of which one, and what if the next one is larger?",
        ("clean",),
        backward(dW="np.dot(self.x[: self.N].T, dout[: self.N])"),
        forward="""
        def forward(self, x):
            self.x = x
            self.N = getattr(self, "N", len(x))
            return np.dot(x, self.W) + self.b
        """,
    ),
    _wrong(
        "shared-x",
        "stores x on the class",
        "Two layers go forward one after the other. Whose x does the first one find on its way back?",
        ("clean",),
        backward(),
        init="""
        def __init__(self, W, b):
            self.W = W
            self.b = b
            self.dW = None
            self.db = None
        """,
        forward="""
        def forward(self, x):
            type(self).x = x
            return np.dot(x, self.W) + self.b
        """,
    ),
    _wrong(
        "dW-adds-up",
        "gradients add up over calls, as in PyTorch",
        "Call backward twice with the same dout. Should dW change?",
        ("clean",),
        backward().replace("self.dW =", "self.dW = self.dW +"),
        _ZEROS_INIT,
    ),
    _wrong(
        "db-adds-up",
        "db adds up over calls",
        "Call backward twice with the same dout. Should db change?",
        ("clean",),
        backward().replace("self.db =", "self.db = self.db +"),
        _ZEROS_INIT,
    ),
    _wrong(
        "first-x-forever",
        "remembers only the first x",
        "Does dW belong to the x of the latest forward?",
        ("clean",),
        backward(),
        forward="""
        def forward(self, x):
            if self.x is None:
                self.x = x
            return np.dot(x, self.W) + self.b
        """,
        also=(
            class_code(
                """
                def backward(self, dout):
                    self.x = self.waiting.pop(0) if self.waiting else self.x
                    self.dW = np.dot(self.x.T, dout)
                    self.db = np.sum(dout, axis=0)
                    return np.dot(dout, self.W.T)
                """,
                forward="""
                def forward(self, x):
                    self.waiting = getattr(self, "waiting", [])
                    self.waiting.append(x)
                    return np.dot(x, self.W) + self.b
                """,
            ),
        ),
    ),
    _wrong(
        "copied-weights",
        "copies W and b, so that updates do not reach the layer",
        "When the optimizer changes W in place, does your layer notice?",
        ("clean",),
        backward(),
        init="""
        def __init__(self, W, b):
            self.W = W.copy()
            self.b = b.copy()
            self.x = None
            self.dW = None
            self.db = None
        """,
    ),
    _wrong(
        "shared-gradients",
        "stores the gradients on the class",
        "Make two layers. Do they have one dW or two?",
        ("clean",),
        backward().replace("self.dW =", "Affine.dW =").replace("self.db =", "Affine.db ="),
        init="""
        def __init__(self, W, b):
            self.W = W
            self.b = b
            self.x = None
        """,
        also=(
            backward().replace("self.dW =", "type(self).dW ="),
            backward().replace("self.db =", "type(self).db ="),
        ),
    ),
    _wrong(
        "x-not-stored",
        "forward no longer stores x",
        "Which value of forward does backward need again?",
        _ALL,
        backward(),
        forward="""
        def forward(self, x):
            return np.dot(x, self.W) + self.b
        """,
    ),
    _wrong(
        "stores-out",
        "forward stores its output in the place of x",
        "Is dW built from the layer's input or from its output?",
        ("dW",),
        backward(),
        forward="""
        def forward(self, x):
            self.x = np.dot(x, self.W) + self.b
            return self.x
        """,
    ),
    _wrong(
        "forward-changed",
        "forward was changed and leaves out the bias",
        "forward was given. What did it return when you received it, for an input of zeros for example?",
        ("clean",),
        backward(),
        forward="""
        def forward(self, x):
            self.x = x
            return np.dot(x, self.W)
        """,
    ),
)

ALTERNATIVES = (
    _right("operator", backward(dx="dout @ self.W.T", dW="self.x.T @ dout", db="dout.sum(axis=0)")),
    _right(
        "transposed-products",
        backward(dx="(self.W @ dout.T).T", dW="(dout.T @ self.x).T", db="dout.T.sum(axis=1)"),
    ),
    _right(
        "einsum",
        backward(
            dx='np.einsum("nm,dm->nd", dout, self.W)',
            dW='np.einsum("nd,nm->dm", self.x, dout)',
            db='np.einsum("nm->m", dout)',
        ),
    ),
    _right(
        "tensordot",
        backward(
            dx="np.tensordot(dout, self.W, (1, 1))", dW="np.tensordot(self.x, dout, (0, 0))", db="sum(dout)"
        ),
    ),
    _right("outer-products", backward(dW="sum(np.outer(x, d) for x, d in zip(self.x, dout))")),
    _right(
        "broadcast", backward(dW="(self.x[:, :, None] * dout[:, None, :]).sum(0)", db="np.add.reduce(dout)")
    ),
    _right("stacked-rows", backward(dx="np.vstack([self.W @ d for d in dout])")),
    _right("fortran-order", backward(dW="np.asfortranarray(np.dot(self.x.T, dout))")),
    _right(
        "view-of-a-larger-array",
        """
        def backward(self, dout):
            both = np.vstack([self.x.T, np.ones(len(dout))]) @ dout
            self.dW, self.db = both[:-1], both[-1]
            return np.dot(dout, self.W.T)
        """,
    ),
    _right(
        "buffers",
        """
        def backward(self, dout):
            if self.dW is None:
                self.dW, self.db = np.empty_like(self.W), np.empty_like(self.b)
            np.dot(self.x.T, dout, out=self.dW)
            np.sum(dout, axis=0, out=self.db)
            return np.dot(dout, self.W.T)
        """,
    ),
    _right("renamed-argument", backward().replace("dout", "grad")),
    _right(
        "loops",
        """
        def backward(self, dout):
            N, D = self.x.shape
            M = dout.shape[1]
            dx, self.dW, self.db = np.zeros((N, D)), np.zeros((D, M)), np.zeros(M)
            for n in range(N):
                for m in range(M):
                    self.db[m] += dout[n, m]
                    for d in range(D):
                        dx[n, d] += dout[n, m] * self.W[d, m]
                        self.dW[d, m] += self.x[n, d] * dout[n, m]
            return dx
        """,
    ),
    _right(
        "cache-under-another-name",
        backward(dW="np.dot(self.cache[0].T, dout)"),
        forward="""
        def forward(self, x):
            self.cache = (x.copy(), self.W)
            return x @ self.W + self.b
        """,
    ),
    _right(
        "copies-dout",
        """
        def backward(self, dout):
            dout = dout.copy()
            self.db = dout.sum(axis=0)
            self.dW = self.x.T @ dout
            dx = dout @ self.W.T
            dout *= 0
            print("backward", dx.shape)
            self.calls = getattr(self, "calls", 0) + 1
            return dx
        """,
    ),
)
