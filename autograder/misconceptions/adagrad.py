"""Answers to `adagrad`."""

from __future__ import annotations

import textwrap

from .momentum import class_code as _optimizer
from .records import Alternative, Misconception

_INIT = """
def __init__(self, lr=0.01):
    self.lr = lr
    self.h = None
"""

_ALL = ("step", "trace", "epsilon", "in-place", "clean")
"""Where no value is right, the behaviour aspects pay nothing either."""


def class_code(update: str, *, init: str = _INIT) -> str:
    """Return the source of the optimizer from the source of its methods."""
    return _optimizer(update, init=init, head="class AdaGrad:")


def update(step: str, start: str = "np.zeros_like(params[key])") -> str:
    """Return the source of an `update` from what it does for one key, and how h begins."""
    head = f"""
def update(self, params, grads):
    if self.h is None:
        self.h = {{}}
        for key in params:
            self.h[key] = {start}
    for key in params:
"""
    return head + textwrap.indent(textwrap.dedent(step).strip(), "        ") + "\n"


_H = "self.h[key] += grads[key] * grads[key]\n"
_MOVE = "params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)\n"


def _wrong(  # noqa: PLR0917 - the columns of a table
    name: str, idea: str, hint: str, aspects: tuple[str, ...], source: str, init: str = _INIT
) -> Misconception:
    return Misconception(name, idea, hint, aspects, class_code(source, init=init))


def _right(name: str, source: str, init: str = _INIT) -> Alternative:
    return Alternative(name, class_code(source, init=init))


MISCONCEPTIONS = (
    # ----- the formula -----
    _wrong(
        "square-forgotten",
        "collects g instead of g squared",
        "What does the square root make of a negative sum?",
        _ALL,
        update("self.h[key] += grads[key]\n" + _MOVE),
    ),
    _wrong(
        "root-forgotten",
        "divides by h instead of its root",
        "With gradients ten times as large, should the first step change?",
        _ALL,
        update(_H + "params[key] -= self.lr * grads[key] / (self.h[key] + 1e-7)\n"),
    ),
    _wrong(
        "climbs",
        "adds the step",
        "After one small step, should the loss be higher or lower?",
        _ALL,
        update(_H + _MOVE.replace("-=", "+=")),
    ),
    _wrong(
        "divides-too-early",
        "moves before h is brought up to date",
        "What is in h when you divide by its root for the first time?",
        _ALL,
        update(_MOVE + _H),
    ),
    _wrong(
        "number-typed-in",
        "types lr of the example into the formula",
        "Make an optimizer with another lr. Does it take other steps?",
        _ALL,
        update(_H + _MOVE.replace("self.lr", "0.01")),
    ),
    _wrong(
        "lr-inside-the-square",
        "collects (lr g) squared",
        "When lr is doubled, what happens to the length of your first step?",
        _ALL,
        update("self.h[key] += (self.lr * grads[key]) ** 2\n" + _MOVE),
    ),
    _wrong(
        "absolute-value",
        "collects the size of g",
        "Which power of the gradient does the formula collect?",
        _ALL,
        update("self.h[key] += np.abs(grads[key])\n" + _MOVE),
    ),
    _wrong(
        "h-in-the-numerator",
        "moves by h instead of by g",
        "For a negative gradient, in which direction should the parameter move?",
        _ALL,
        update(_H + "params[key] -= self.lr * self.h[key] / (np.sqrt(self.h[key]) + 1e-7)\n"),
    ),
    _wrong(
        "params-for-grads",
        "collects the squares of the parameters",
        "Whose history does h keep: that of the place, or that of the slope?",
        _ALL,
        update("self.h[key] += params[key] ** 2\n" + _MOVE),
    ),
    _wrong(
        "first-gradient-twice",
        "starts h at the first square and adds it again",
        "How often does the first gradient count in h?",
        _ALL,
        update(_H + _MOVE, start="grads[key] ** 2"),
    ),
    _wrong(
        "starts-at-one",
        "starts h at one to be safe",
        "What has been collected before the first gradient?",
        _ALL,
        update(_H + _MOVE, start="np.ones_like(params[key])"),
    ),
    _wrong(
        "integer-h",
        "keeps whole numbers only",
        "Which numbers can the dtype of h not hold?",
        _ALL,
        update(
            "self.h[key][...] = self.h[key] + grads[key] * grads[key]\n" + _MOVE,
            start="np.zeros(params[key].shape, dtype=int)",
        ),
    ),
    _wrong(
        "dot-product",
        "np.dot for g times g",
        "Is the square taken for each element, or summed over the array?",
        _ALL,
        update("self.h[key] = self.h[key] + np.dot(grads[key], grads[key])\n" + _MOVE),
    ),
    _wrong(
        "one-number-per-array",
        "collects one number per array",
        "Does 'for every parameter' mean for every array or for every element?",
        _ALL,
        update("self.h[key] = self.h[key] + np.sum(grads[key] ** 2)\n" + _MOVE),
    ),
    _wrong(
        "decays-as-rmsprop",
        "RMSProp: old squares fade",
        "Does AdaGrad ever forget a gradient?",
        _ALL,
        update("self.h[key] = 0.9 * self.h[key] + 0.1 * grads[key] ** 2\n" + _MOVE),
    ),
    # ----- the small number -----
    _wrong(
        "epsilon-inside-the-root",
        "adds the small number under the root",
        "For a gradient of 1e-4, work out the root of the sum and the sum with the root. Are they close?",
        ("epsilon",),
        update(_H + "params[key] -= self.lr * grads[key] / np.sqrt(self.h[key] + 1e-7)\n"),
    ),
    _wrong(
        "no-epsilon",
        "leaves the small number out",
        "When is a gradient exactly zero, and what does your formula divide then?",
        ("epsilon",),
        update(_H + "params[key] -= self.lr * grads[key] / np.sqrt(self.h[key])\n"),
    ),
    _wrong(
        "brackets-forgotten",
        "no brackets around the denominator",
        "Python divides before it adds. What exactly is divided by what?",
        ("epsilon",),
        update(_H + "params[key] -= self.lr * grads[key] / np.sqrt(self.h[key]) + 1e-7\n"),
    ),
    _wrong(
        "smaller-epsilon",
        "uses 1e-8, as other optimizers do",
        "Which small number does the docstring name?",
        ("epsilon",),
        update(_H + _MOVE.replace("1e-7", "1e-8")),
    ),
    _wrong(
        "epsilon-as-a-floor",
        "takes the larger of the root and the small number",
        "Is the small number added to the root always, or only when the root is tiny?",
        ("epsilon",),
        update(_H + "params[key] -= self.lr * grads[key] / np.maximum(np.sqrt(self.h[key]), 1e-7)\n"),
    ),
    # ----- what is kept -----
    _wrong(
        "overwrites-history",
        "h is the latest square only",
        "After three updates, which gradients does h know of?",
        ("trace",),
        update("self.h[key] = grads[key] * grads[key]\n" + _MOVE),
    ),
    _wrong(
        "forgets-history",
        "makes a new h at every update",
        "Print h at the beginning of the second update. Which lines belong to the if?",
        ("trace",),
        update(_H + _MOVE).replace("if self.h is None", "if True"),
    ),
    _wrong(
        "friction",
        "lets h fade as a velocity does",
        "Is there a factor that makes AdaGrad forget?",
        ("trace",),
        update("self.h[key] = 0.9 * self.h[key] + grads[key] ** 2\n" + _MOVE),
    ),
    _wrong(
        "one-h-for-all",
        "keeps one h for all keys",
        "Do two parameters have the same history?",
        ("trace", "in-place", "clean"),
        """
        def update(self, params, grads):
            if self.h is None:
                self.h = 0.0
            for key in params:
                self.h = self.h + grads[key] * grads[key]
                params[key] -= self.lr * grads[key] / (np.sqrt(self.h) + 1e-7)
        """,
    ),
    _wrong(
        "one-array-for-all",
        "gives all keys of a shape the same array",
        "Are the histories of two parameters two arrays, or two names of one?",
        ("trace",),
        """
        def update(self, params, grads):
            if self.h is None:
                shared = {}
                self.h = {k: shared.setdefault(p.shape, np.zeros_like(p)) for k, p in params.items()}
            for key in params:
                self.h[key] += grads[key] ** 2
                params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
        """,
    ),
    _wrong(
        "last-key-only",
        "the update stands outside of the loop",
        "Which parameters differ after the update, and which lines belong to the loop?",
        ("trace",),
        update(_H) + "    " + _MOVE,
    ),
    _wrong(
        "lowers-self-lr",
        "overwrites self.lr, because AdaGrad lowers the rate",
        "Print self.lr after one update. Is it still the number that you passed in?",
        ("trace", "in-place", "clean"),
        update(
            _H + "self.lr = self.lr / (np.sqrt(self.h[key]) + 1e-7)\nparams[key] -= self.lr * grads[key]\n",
        ),
    ),
    _wrong(
        "first-call-only-prepares",
        "returns after making h",
        "After the first update, has anything moved?",
        _ALL,
        """
        def update(self, params, grads):
            if self.h is None:
                self.h = {key: np.zeros_like(p) for key, p in params.items()}
                return
            for key in params:
                self.h[key] += grads[key] * grads[key]
                params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
        """,
    ),
    # ----- where it goes -----
    _wrong(
        "rebinds",
        "puts a new array into the dict",
        "A layer was built with this array. Does it see your change?",
        ("in-place",),
        update(_H + "params[key] = params[key] - self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)\n"),
    ),
    _wrong(
        "moves-grads",
        "applies the step to the gradients",
        "Which of the two dicts should the step be applied to?",
        _ALL,
        update(_H + _MOVE.replace("params[key] -=", "grads[key] -=")),
    ),
    _wrong(
        "squares-grads-in-place",
        "squares the gradients in the caller's dict, and loses their sign",
        "After update, where are the negative entries of grads?",
        _ALL,
        update("grads[key] *= grads[key]\nself.h[key] += grads[key]\n" + _MOVE),
    ),
    _wrong(
        "squares-a-second-name",
        "squares a second name of the same array",
        "Is g = grads[key] a copy, or a second name?",
        ("clean",),
        update("""
        g = grads[key].copy()
        square = grads[key]
        square *= square
        self.h[key] += square
        params[key] -= self.lr * g / (np.sqrt(self.h[key]) + 1e-7)
        """),
    ),
    Misconception(
        "shared-by-class",
        "keeps h on the class",
        "Make two optimizers. Do they share a memory?",
        ("clean",),
        """class AdaGrad:
    h = {}

    def __init__(self, lr=0.01):
        self.lr = lr

    def update(self, params, grads):
        for key in params:
            if key not in self.h:
                self.h[key] = np.zeros_like(params[key])
            self.h[key] += grads[key] ** 2
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
""",
    ),
    Misconception(
        "shared-by-default-argument",
        "keeps h in a mutable default argument",
        "When is a default argument made: at every call, or once?",
        ("clean",),
        """class AdaGrad:
    def __init__(self, lr=0.01, h={}):
        self.lr = lr
        self.h = h

    def update(self, params, grads):
        for key in params:
            self.h[key] = self.h.get(key, 0) + grads[key] ** 2
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
""",
    ),
    # ----- what raises -----
    _wrong(
        "dict-not-made",
        "fills h before it is a dict",
        "What is self.h before the first entry is put into it?",
        _ALL,
        update(_H + _MOVE).replace("        self.h = {}\n", ""),
    ),
)

ALTERNATIVES = (
    _right("reference-like", update(_H + _MOVE)),
    _right("power", update("self.h[key] += grads[key] ** 2\n" + _MOVE)),
    _right("np-square", update("self.h[key] = self.h[key] + np.square(grads[key])\n" + _MOVE)),
    _right("half-power", update(_H + _MOVE.replace("np.sqrt(self.h[key])", "self.h[key] ** 0.5"))),
    _right(
        "ufunc-out",
        update("""
        np.add(self.h[key], grads[key] * grads[key], out=self.h[key])
        step = self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
        np.subtract(params[key], step, out=params[key])
        """),
    ),
    _right(
        "setdefault",
        """
        def update(self, params, grads):
            self.h = {} if self.h is None else self.h
            for key, p in params.items():
                h = self.h.setdefault(key, np.zeros_like(p))
                h += grads[key] ** 2
                p -= self.lr * grads[key] / (np.sqrt(h) + 1e-7)
        """,
    ),
    _right(
        "defaultdict",
        """
        def update(self, params, grads):
            for key in params:
                self.h[key] = self.h[key] + grads[key] ** 2
                params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
        """,
        init="""
        def __init__(self, lr=0.01):
            from collections import defaultdict
            self.lr, self.h = lr, defaultdict(float)
        """,
    ),
    _right(
        "list-of-gradients",
        """
        def update(self, params, grads):
            self.history = getattr(self, "history", [])
            self.history.append({key: g.copy() for key, g in grads.items()})
            for key in params:
                h = sum(past[key] ** 2 for past in self.history)
                params[key] -= self.lr * grads[key] / (np.sqrt(h) + 1e-7)
        """,
    ),
    _right(
        "norm-of-the-history",
        """
        def update(self, params, grads):
            self.history = getattr(self, "history", {key: [] for key in params})
            for key in params:
                self.history[key].append(grads[key].copy())
                root = np.linalg.norm(np.stack(self.history[key]), axis=0)
                params[key] -= self.lr * grads[key] / (root + 1e-7)
        """,
    ),
    _right(
        "keeps-the-root",
        """
        def update(self, params, grads):
            self.root = getattr(self, "root", {key: np.zeros_like(p) for key, p in params.items()})
            for key in params:
                self.root[key] = np.hypot(self.root[key], grads[key])
                params[key] -= self.lr * grads[key] / (self.root[key] + 1e-7)
        """,
    ),
    _right(
        "element-loops",
        """
        def update(self, params, grads):
            if self.h is None:
                self.h = {key: np.zeros_like(p) for key, p in params.items()}
            for key in params:
                for i, g in np.ndenumerate(grads[key]):
                    self.h[key][i] += g * g
                    params[key][i] -= self.lr * g / (self.h[key][i] ** 0.5 + 1e-7)
        """,
    ),
    _right(
        "slice-assignment",
        update(
            _H + "params[key][...] = params[key] - self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)\n"
        ),
    ),
    _right(
        "rate-first", update(_H + "params[key] -= self.lr / (np.sqrt(self.h[key]) + 1e-7) * grads[key]\n")
    ),
    _right("returns-params", update(_H + _MOVE + "print(key)\n") + "    return params\n"),
)
