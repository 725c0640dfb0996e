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
    name: str,
    idea: str,
    hint: str,
    aspects: tuple[str, ...],
    source: str,
    init: str = _INIT,
    also: tuple[str, ...] = (),
) -> Misconception:
    codes = (source, *also)
    code, *others = (text if text.startswith("class") else class_code(text, init=init) for text in codes)
    return Misconception(name, idea, hint, aspects, code, tuple(others))


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
        also=(
            update("self.h[key] -= grads[key] ** 2\n" + _MOVE),
            update("self.h[key] += 2 * grads[key]\n" + _MOVE),
        ),
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
        "lr-forgotten",
        "leaves the learning rate out",
        "Make an optimizer with another lr. Does it take other steps?",
        _ALL,
        update(_H + "params[key] -= grads[key] / (np.sqrt(self.h[key]) + 1e-7)\n"),
    ),
    _wrong(
        "lr-twice",
        "multiplies by lr twice",
        "When lr is doubled, what happens to the length of your first step?",
        _ALL,
        update(_H + "params[key] -= self.lr**2 * grads[key] / (np.sqrt(self.h[key]) + 1e-7)\n"),
    ),
    _wrong(
        "lr-in-the-denominator",
        "lets lr divide the step",
        "When lr is doubled, what happens to the length of your first step?",
        _ALL,
        update(_H + "params[key] -= grads[key] / (self.lr * np.sqrt(self.h[key]) + 1e-7)\n"),
        also=(update(_H + "params[key] -= grads[key] / (self.lr * (np.sqrt(self.h[key]) + 1e-7))\n"),),
    ),
    _wrong(
        "moves-twice",
        "takes every step twice",
        "How often does a step reach the parameter in one update?",
        _ALL,
        update(_H + _MOVE + _MOVE),
        also=(update(_H + "params[key] -= 2 * self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)\n"),),
    ),
    _wrong(
        "plain-descent",
        "takes a plain gradient step",
        "With gradients ten times as large, should the first step change?",
        _ALL,
        update(_H + "params[key] -= self.lr * grads[key]\n"),
    ),
    _wrong(
        "plain-step-as-well",
        "takes a plain gradient step as well",
        "How often does the newest gradient reach the parameter in one update?",
        _ALL,
        update(_H + _MOVE + "params[key] -= self.lr * grads[key]\n"),
    ),
    _wrong(
        "multiplies-by-root",
        "multiplies by the root instead of dividing",
        "Should a parameter with a long history of steep slopes take larger steps, or smaller ones?",
        _ALL,
        update(_H + "params[key] -= self.lr * grads[key] * (np.sqrt(self.h[key]) + 1e-7)\n"),
    ),
    _wrong(
        "gradient-not-in-step",
        "leaves the gradient out of the numerator, or takes its size only",
        "For a negative gradient, in which direction should the parameter move?",
        _ALL,
        update(_H + "params[key] -= self.lr / (np.sqrt(self.h[key]) + 1e-7)\n"),
        also=(update(_H + _MOVE.replace("* grads[key]", "* np.abs(grads[key])")),),
    ),
    _wrong(
        "sign-of-the-gradient",
        "uses the direction of the gradient only",
        "At the second update, does the newest gradient's size play a part in your step?",
        ("trace", "epsilon"),
        update(_H + "params[key] -= self.lr * np.sign(grads[key])\n"),
    ),
    _wrong(
        "step-squared",
        "puts the square of the gradient into the step",
        "Which power of the gradient stands in the numerator of the formula?",
        _ALL,
        update(_H + _MOVE.replace("* grads[key]", "* grads[key] ** 2")),
    ),
    _wrong(
        "cubes",
        "collects another power of the gradient",
        "Which power of the gradient does the formula collect?",
        _ALL,
        update("self.h[key] += np.abs(grads[key]) ** 3\n" + _MOVE),
        also=(update("self.h[key] += grads[key] ** 3\n" + _MOVE),),
    ),
    _wrong(
        "other-root",
        "takes another root, or the logarithm",
        "Which function undoes squaring?",
        _ALL,
        update(_H + _MOVE.replace("np.sqrt(self.h[key])", "np.cbrt(self.h[key])")),
        also=(
            update(_H + _MOVE.replace("np.sqrt(self.h[key])", "self.h[key] ** 0.25")),
            update(_H + _MOVE.replace("np.sqrt(self.h[key])", "np.log1p(self.h[key])")),
            update(_H + _MOVE.replace("np.sqrt(self.h[key])", "self.h[key] ** 2")),
        ),
    ),
    _wrong(
        "mean-of-squares",
        "averages the squares over the updates",
        "After many equal gradients, should the steps become smaller or stay as they are?",
        ("trace",),
        """
        def update(self, params, grads):
            if self.h is None:
                self.h = {key: np.zeros_like(p) for key, p in params.items()}
                self.t = 0
            self.t += 1
            for key in params:
                self.h[key] += grads[key] ** 2
                params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key] / self.t) + 1e-7)
        """,
    ),
    _wrong(
        "sum-before-square",
        "squares the sum of the gradients",
        "Two gradients of opposite sign: what is in h after both?",
        ("trace",),
        """
        def update(self, params, grads):
            if self.h is None:
                self.h = {key: np.zeros_like(p) for key, p in params.items()}
            for key in params:
                self.h[key] += grads[key]
                params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key] ** 2) + 1e-7)
        """,
        also=(
            update(
                "self.h[key] += np.abs(grads[key])\n" + _MOVE.replace("np.sqrt(self.h[key])", "self.h[key]")
            ),
            update(
                "self.h[key] += grads[key]\n" + _MOVE.replace("np.sqrt(self.h[key])", "np.abs(self.h[key])")
            ),
        ),
    ),
    _wrong(
        "momentum-as-well",
        "mixes in a velocity from Momentum",
        "Does AdaGrad remember directions, or only how steep it has been?",
        ("trace",),
        """
        def update(self, params, grads):
            if self.h is None:
                self.h = {key: np.zeros_like(p) for key, p in params.items()}
                self.v = {key: np.zeros_like(p) for key, p in params.items()}
            for key in params:
                self.h[key] += grads[key] ** 2
                self.v[key] = 0.9 * self.v[key] - self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
                params[key] += self.v[key]
        """,
    ),
    _wrong(
        "adam-instead",
        "writes Adam",
        "Which averages does this course's formula take, and what stands in its numerator?",
        ("trace", "epsilon"),
        """
        def update(self, params, grads):
            if self.h is None:
                self.h = {key: np.zeros_like(p) for key, p in params.items()}
                self.m, self.t = {key: np.zeros_like(p) for key, p in params.items()}, 0
            self.t += 1
            for key in params:
                self.m[key] = 0.9 * self.m[key] + 0.1 * grads[key]
                self.h[key] = 0.999 * self.h[key] + 0.001 * grads[key] ** 2
                mean, square = self.m[key] / (1 - 0.9**self.t), self.h[key] / (1 - 0.999**self.t)
                params[key] -= self.lr * mean / (np.sqrt(square) + 1e-8)
        """,
    ),
    _wrong(
        "weight-decay",
        "lets the parameters shrink, as in another lesson",
        "With a gradient of zero, should a parameter move?",
        _ALL,
        update(_H + _MOVE + "params[key] -= self.lr * 0.01 * params[key]\n"),
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
        also=(update(_H + _MOVE.replace("self.lr", "0.1")), update(_H + _MOVE.replace("self.lr", "0.001"))),
    ),
    _wrong(
        "lr-inside-the-square",
        "collects (lr g) squared",
        "When lr is doubled, what happens to the length of your first step?",
        _ALL,
        update("self.h[key] += (self.lr * grads[key]) ** 2\n" + _MOVE),
        also=(update("self.h[key] += self.lr * grads[key] ** 2\n" + _MOVE),),
    ),
    _wrong(
        "squares-with-a-factor",
        "collects the squares with a factor in front",
        "Which factor stands in front of the square in the formula?",
        _ALL,
        update("self.h[key] += grads[key] ** 2 / 2\n" + _MOVE),
        also=tuple(
            update(f"self.h[key] += {square}\n" + _MOVE)
            for square in (
                "2 * grads[key] ** 2",
                "grads[key] ** 2 / grads[key].size",
            )
        ),
    ),
    _wrong(
        "root-stored",
        "puts the root back into h",
        "At the start of the second update, what is in self.h: a sum of squares, or its root?",
        ("trace",),
        update(
            _H + "self.h[key] = np.sqrt(self.h[key])\n" + _MOVE.replace("np.sqrt(self.h[key])", "self.h[key]")
        ),
        also=(
            update(
                _H + "self.h[key] = np.sqrt(self.h[key]) + 1e-7\n"
                "params[key] -= self.lr * grads[key] / self.h[key]\n"
            ),
        ),
    ),
    _wrong(
        "gradient-limited",
        "limits the gradient before it is squared",
        "If a later gradient is ten times as large, should it count more in h?",
        ("trace",),
        update("g = np.clip(grads[key], -1, 1)\n" + (_H + _MOVE).replace("grads[key]", "g")),
        also=(update("g = np.clip(grads[key], -0.5, 0.5)\n" + (_H + _MOVE).replace("grads[key]", "g")),),
    ),
    _wrong(
        "skips-zero-gradients",
        "leaves out a whole array because of a zero in it",
        "One entry of a gradient is zero. Should its neighbours in the array stand still?",
        ("trace", "epsilon"),
        update("if (grads[key] == 0).any():\n    continue\n" + _H + _MOVE),
        also=(update("if not grads[key].all():\n    continue\n" + _H + _MOVE),),
    ),
    _wrong(
        "later-calls-do-nothing",
        "updates only where h is made",
        "After the second update, has anything moved? Which lines belong to the if?",
        ("trace",),
        """
        def update(self, params, grads):
            if self.h is None:
                self.h = {}
                for key in params:
                    self.h[key] = grads[key] ** 2
                    params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
        """,
    ),
    _wrong(
        "forgets-after-a-while",
        "collects for some updates only, or keeps a few squares",
        "After ten updates, does h know of all ten gradients?",
        ("trace",),
        """
        def update(self, params, grads):
            self.t = getattr(self, "t", 0) + 1
            if self.h is None:
                self.h = {key: np.zeros_like(p) for key, p in params.items()}
            for key in params:
                if self.t <= 2:
                    self.h[key] += grads[key] ** 2
                params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
        """,
        also=tuple(
            f"""
            def update(self, params, grads):
                self.h = ((self.h or []) + [{{key: g**2 for key, g in grads.items()}}])[-{window}:]
                for key in params:
                    h = sum(squares[key] for squares in self.h)
                    params[key] -= self.lr * grads[key] / (np.sqrt(h) + 1e-7)
            """
            for window in (2, 3, 5, 10)
        ),
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
        also=(
            update("self.h[key] += np.abs(params[key] * grads[key])\n" + _MOVE),
            update("self.h[key] += params[key] * grads[key]\n" + _MOVE),
            update((_H + _MOVE).replace("grads[key]", "params[key]")),
        ),
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
        also=(
            update(_H + _MOVE, start="params[key].copy()"),
            update(_H + _MOVE, start="params[key] ** 2"),
            update(_H + _MOVE, start="np.abs(grads[key])"),
            update(_H + _MOVE, start="grads[key].copy()"),
            *(
                update(_H + _MOVE, start=f"np.full_like(params[key], {h})")
                for h in ("0.1", "0.01", "self.lr")
            ),
        ),
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
        also=(update("self.h[key] += grads[key] * grads[key].T\n" + _MOVE),),
    ),
    _wrong(
        "one-number-per-array",
        "collects one number per array",
        "Does 'for every parameter' mean for every array or for every element?",
        _ALL,
        update("self.h[key] = self.h[key] + np.sum(grads[key] ** 2)\n" + _MOVE),
        also=(
            update("self.h[key] = self.h[key] + np.mean(grads[key] ** 2)\n" + _MOVE),
            update("self.h[key] = self.h[key] + np.linalg.norm(grads[key])\n" + _MOVE),
            update("self.h[key] = self.h[key] + np.max(grads[key] ** 2)\n" + _MOVE),
            update("self.h[key] = self.h[key] + np.sum(grads[key] ** 2, axis=0)\n" + _MOVE),
            update("self.h[key] = self.h[key] + np.sum(grads[key] ** 2, axis=-1, keepdims=True)\n" + _MOVE),
        ),
    ),
    _wrong(
        "decays-as-rmsprop",
        "RMSProp: old squares fade",
        "Does AdaGrad ever forget a gradient?",
        _ALL,
        update("self.h[key] = 0.9 * self.h[key] + 0.1 * grads[key] ** 2\n" + _MOVE),
        also=(
            *(
                update(f"self.h[key] = {a} * self.h[key] + (1 - {a}) * grads[key] ** 2\n" + _MOVE)
                for a in (0.99, 0.999, 0.95, 0.5)
            ),
        ),
    ),
    # ----- the small number -----
    _wrong(
        "epsilon-inside-the-root",
        "adds the small number under the root, or to h itself",
        "For a gradient of 1e-4, work out the root of the sum and the sum with the root. Are they close?",
        ("epsilon",),
        update(_H + "params[key] -= self.lr * grads[key] / np.sqrt(self.h[key] + 1e-7)\n"),
        also=(
            update("self.h[key] += grads[key] ** 2 + 1e-7\n" + _MOVE),
            update(_H + _MOVE, start="np.full_like(params[key], 1e-7)"),
            update(
                _H + "params[key] -= self.lr * grads[key] / np.sqrt(self.h[key])\n",
                start="np.full_like(params[key], 1e-7)",
            ),
            update(_H + "params[key] -= self.lr * grads[key] / np.sqrt(self.h[key] + 1e-8)\n"),
            *(
                update(_H + f"params[key] -= self.lr * grads[key] / np.sqrt(self.h[key] + {e})\n")
                for e in ("1e-14", "1e-10", "1e-6", "1e-5")
            ),
            update(_H + _MOVE.replace("np.sqrt(self.h[key]) + 1e-7", "np.sqrt(self.h[key] + 1e-7) + 1e-7")),
        ),
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
        also=(
            update(_H + _MOVE.replace("1e-7", "1e-9")),
            update(_H + _MOVE.replace("1e-7", "1e-10")),
            update(_H + _MOVE.replace("1e-7", "1e-12")),
        ),
    ),
    _wrong(
        "larger-epsilon",
        "uses a larger number in the denominator, as other libraries do",
        "Which small number does the docstring name?",
        ("epsilon",),
        update(_H + _MOVE.replace("1e-7", "2e-7")),
        also=(
            update(_H + _MOVE.replace("1e-7", "3e-7")),
            update(_H + _MOVE.replace("1e-7", "5e-7")),
            update(_H + _MOVE.replace("1e-7", "1e-6")),
            update(_H + _MOVE.replace("1e-7", "1e-5")),
        ),
    ),
    _wrong(
        "epsilon-where-needed",
        "uses the small number only where the root is zero, or smaller",
        "Take a gradient of 1e-6. What is your denominator, and what is sqrt(h) + 1e-7?",
        ("epsilon",),
        update(_H + _MOVE.replace("(np.sqrt(self.h[key]) + 1e-7)", "np.maximum(np.sqrt(self.h[key]), 1e-7)")),
        also=(
            update(
                "self.h[key] += grads[key] ** 2\nroot = np.sqrt(self.h[key])\n"
                + _MOVE.replace("(np.sqrt(self.h[key]) + 1e-7)", "np.where(root == 0, 1e-7, root)")
            ),
            update(_H + "params[key] -= np.nan_to_num(self.lr * grads[key] / np.sqrt(self.h[key]))\n"),
        ),
    ),
    _wrong(
        "epsilon-in-the-numerator",
        "adds the small number to the gradient",
        "The small number is there to avoid a division by zero. In which half of the fraction does it help?",
        ("epsilon",),
        update(_H + "params[key] -= (self.lr * grads[key] + 1e-7) / np.sqrt(self.h[key])\n"),
        also=(update(_H + "params[key] -= self.lr * (grads[key] + 1e-7) / np.sqrt(self.h[key])\n"),),
    ),
    _wrong(
        "epsilon-visible",
        "uses a number in the denominator that is not small",
        "Which small number does the docstring name, and should it matter for ordinary gradients?",
        _ALL,
        update(_H + _MOVE.replace("1e-7", "1e-3")),
        also=tuple(
            update(_H + _MOVE.replace("1e-7", e)) for e in ("1e-4", "1e-2", "0.1", "1.0", "np.exp(-7)")
        ),
    ),
    _wrong(
        "epsilon-subtracted",
        "subtracts the small number",
        "For the tiniest gradients, is your denominator larger or smaller than the root?",
        ("epsilon",),
        update(_H + _MOVE.replace("+ 1e-7", "- 1e-7")),
    ),
    _wrong(
        "default-changed",
        "changes the given default of lr",
        "Which learning rate does an optimizer have that is made without arguments?",
        ("step",),
        update(_H + _MOVE),
        _INIT.replace("0.01", "0.1"),
        also=tuple(
            class_code(update(_H + _MOVE), init=_INIT.replace("0.01", lr)) for lr in ("1.0", "0.001", "0.5")
        ),
    ),
    _wrong(
        "sign-as-a-quotient",
        "takes the gradient's direction by dividing it by its size",
        "When is a gradient exactly zero, and what does your formula divide then?",
        ("trace", "epsilon"),
        update("""
        self.h[key] += grads[key] ** 2
        size = np.abs(grads[key])
        params[key] -= self.lr * (grads[key] / size) * size / (np.sqrt(self.h[key]) + 1e-7)
        """),
    ),
    # ----- what is kept -----
    _wrong(
        "forgets-history",
        "h is the latest square only: it is overwritten, or made anew at every update",
        "After three updates, which gradients does h know of? Print it at the beginning of each.",
        ("trace",),
        update("self.h[key] = grads[key] * grads[key]\n" + _MOVE),
        also=(update(_H + _MOVE).replace("if self.h is None", "if True"),),
    ),
    _wrong(
        "h-not-updated",
        "collects into a local name",
        "Which line puts the new sum back into self.h?",
        _ALL,
        update("h = self.h[key] + grads[key] ** 2\n" + _MOVE),
    ),
    _wrong(
        "keeps-the-largest",
        "keeps the largest square instead of the sum",
        "After three equal gradients, is h the same as after one?",
        ("trace",),
        update("self.h[key] = np.maximum(self.h[key], grads[key] ** 2)\n" + _MOVE),
    ),
    _wrong(
        "friction",
        "lets h fade as a velocity does",
        "Is there a factor that makes AdaGrad forget?",
        ("trace",),
        update("self.h[key] = 0.9 * self.h[key] + grads[key] ** 2\n" + _MOVE),
        also=(
            *(
                update(f"self.h[key] = {a} * self.h[key] + grads[key] ** 2\n" + _MOVE)
                for a in (0.99, 0.95, 0.5)
            ),
        ),
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
        "first-key-only",
        "leaves the loop after the first key",
        "Which parameters differ after the update, and where does the loop end?",
        ("trace",),
        update(_H + _MOVE + "break\n"),
        also=(update(_H + _MOVE + "return\n"),),
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
        "lr-schedule",
        "lowers lr at every update",
        "Print self.lr after ten updates. Is it what you passed in?",
        ("trace",),
        update(_H + _MOVE) + "    self.lr *= 0.9\n",
        also=(
            update(_H + _MOVE) + "    self.lr *= 0.99\n",
            update(_H + _MOVE) + "    self.lr *= 0.95\n",
            update(_H + _MOVE + "self.lr *= 0.99\n"),
            *(
                update(_H + _MOVE.replace("self.lr", f"self.lr / {t}")).replace(
                    "    if self.h", "    self.t = getattr(self, 't', 0) + 1\n    if self.h"
                )
                for t in ("self.t", "np.sqrt(self.t)")
            ),
            update(_H + _MOVE)
            + "    self.t = getattr(self, 't', 0) + 1\n    if self.t % 10 == 0:\n        self.lr *= 0.5\n",
            update(_H + _MOVE.replace("self.lr", "min(self.lr, 1.0)")),
        ),
    ),
    _wrong(
        "params-stay",
        "changes a local name or a new dict, and leaves the caller's parameters",
        "After your update, which array does the caller's dict hold: did any line write into it?",
        _ALL,
        update(_H + "p = params[key]\n" + _MOVE.replace("params[key] -=", "p = p -")),
        also=("def update(self, params, grads):\n    pass\n",),
    ),
    _wrong(
        "jumps",
        "assigns the step to the parameter",
        "Is what you compute a place, or a change of place?",
        _ALL,
        update(_H + _MOVE.replace("params[key] -=", "params[key][...] = -")),
        also=(update(_H + _MOVE.replace("params[key] -=", "params[key][...] =")),),
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
        "changes-grads",
        "writes into the caller's gradients, often through a second name",
        "After update, does grads hold the same numbers? Is g = grads[key] a copy, or a second name?",
        ("clean",),
        update("""
        g = grads[key].copy()
        square = grads[key]
        square *= square
        self.h[key] += square
        params[key] -= self.lr * g / (np.sqrt(self.h[key]) + 1e-7)
        """),
        also=(
            update(_H + _MOVE + "grads[key][...] = 0\n"),
            update(_H + _MOVE) + "    grads.clear()\n",
        ),
    ),
    Misconception(
        "shared-memory",
        "keeps h on the class, in a global variable or in a default argument",
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
        also=(
            """class AdaGrad:
    def __init__(self, lr=0.01, h={}):
        self.lr = lr
        self.h = h

    def update(self, params, grads):
        for key in params:
            self.h[key] = self.h.get(key, 0) + grads[key] ** 2
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
""",
            """history = {}

class AdaGrad:
    def __init__(self, lr=0.01):
        self.lr = lr
        history.clear()

    def update(self, params, grads):
        for key in params:
            history[key] = history.get(key, 0) + grads[key] ** 2
            params[key] -= self.lr * grads[key] / (np.sqrt(history[key]) + 1e-7)
""",
            """class AdaGrad:
    latest = {}

    def __init__(self, lr=0.01):
        self.lr = lr
        self.h = dict(AdaGrad.latest)

    def update(self, params, grads):
        for key in params:
            self.h[key] = self.h.get(key, 0) + grads[key] ** 2
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
        AdaGrad.latest = dict(self.h)
""",
        ),
    ),
    Misconception(
        "shared-settings",
        "keeps lr on the class",
        "Make two optimizers with different lr. Which lr does the first one have afterwards?",
        ("clean",),
        class_code(
            update(_H + _MOVE).replace("self.lr", "AdaGrad.lr"), init=_INIT.replace("self.lr", "AdaGrad.lr")
        ),
    ),
    # ----- what raises -----
    _wrong(
        "dict-not-made",
        "fills h before it is a dict",
        "What is self.h before the first entry is put into it?",
        _ALL,
        update(_H + _MOVE).replace("        self.h = {}\n", ""),
        also=(
            class_code(update(_H + _MOVE), init=_INIT.replace("    self.h = None\n", "")),
            "def update(self, params, grads):\n    for key in params:\n        "
            + _H.strip()
            + "\n        "
            + _MOVE,
        ),
    ),
    _wrong(
        "entries-not-made",
        "makes an empty dict and expects entries in it",
        "Which keys does self.h have when the first update asks for one?",
        _ALL,
        """
        def update(self, params, grads):
            if self.h is None:
                self.h = {}
            for key in params:
                self.h[key] += grads[key] * grads[key]
                params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
        """,
    ),
    _wrong(
        "names-typed-in",
        "types the names of one network's parameters into the loop",
        "Does your optimizer work for a network with other layers?",
        _ALL,
        update(_H + _MOVE).replace(
            "for key in params:\n        self.h[key] +", 'for key in ("W1", "b1"):\n        self.h[key] +'
        ),
        also=tuple(
            update(_H + _MOVE).replace(
                "for key in params:\n        self.h[key] +", f"for key in {names}:\n        self.h[key] +"
            )
            for names in ('("W", "b")', '("w", "b")', '("weight", "bias")')
        ),
    ),
    _wrong(
        "method-mistyped",
        "calls a method that dicts do not have",
        "How do you ask a dict for its keys?",
        _ALL,
        update(_H + _MOVE).replace("in params:", "in params.key():"),
        also=(update(_H + _MOVE).replace("in params:", "in params.item():"),),
    ),
    _wrong(
        "items-forgotten",
        "takes keys and values from a dict that gives keys only",
        "What does a loop over a dict hand you: keys, values or both?",
        _ALL,
        update(_H + _MOVE).replace("for key in params:", "for key, p in params:"),
    ),
    _wrong(
        "dict-arithmetic",
        "calculates with the dicts instead of their arrays",
        "Which kind of thing stands on each side of your operator: an array, or a dict of arrays?",
        _ALL,
        """
        def update(self, params, grads):
            if self.h is None:
                self.h = 0.0
            self.h += grads * grads
            params -= self.lr * grads / (np.sqrt(self.h) + 1e-7)
        """,
        also=(
            update(_H + _MOVE.replace("np.sqrt(self.h[key])", "np.sqrt(self.h)")),
            update(_H.replace("grads[key] * grads[key]", "grads * grads") + _MOVE),
            update(_H.replace("grads[key] * grads[key]", "grads ** 2") + _MOVE),
            update(_H + _MOVE.replace("* grads[key]", "* grads")),
            update(_H.replace("self.h[key] +=", "self.h +=") + _MOVE),
        ),
    ),
    _wrong(
        "self-forgotten",
        "uses lr or h without self",
        "Which object knows lr and h, and how does a method ask it?",
        _ALL,
        update(_H + _MOVE.replace("self.lr", "lr")),
        also=(update(_H.replace("self.h", "h") + _MOVE.replace("self.h", "h")),),
    ),
    _wrong(
        "self-misspelt",
        "a typing error in self",
        "Spell the name in the error letter by letter: what is the object called inside its methods?",
        _ALL,
        update(_H + _MOVE.replace("self.lr", "slef.lr")),
    ),
    _wrong(
        "parameter-misnamed",
        "the def line and the body call the dicts by different names",
        "Which names does the def line bring in, and which does the body use?",
        _ALL,
        update((_H + _MOVE).replace("grads", "grad")),
        also=(
            update(_H + _MOVE.replace("params", "param")),
            update((_H + _MOVE).replace("grads[key]", "g")),
        ),
    ),
    _wrong(
        "parameter-missing",
        "the def line lacks self, or one of the dicts",
        "Python hands over the optimizer itself, and the caller two dicts. What does the def line take?",
        _ALL,
        update(_H + _MOVE).replace("(self, params, grads)", "(params, grads)"),
        also=(update(_H + _MOVE).replace("(self, params, grads)", "(self, params)"),),
    ),
    _wrong(
        "lr-under-another-name",
        "reads lr under a name that __init__ did not give it",
        "Which names did __init__ give to self?",
        _ALL,
        update(_H + _MOVE.replace("self.lr", "self.learning_rate")),
        also=(update(_H + _MOVE.replace("self.lr", "self.alpha")),),
    ),
    _wrong(
        "numpy-name-forgotten",
        "calls sqrt without saying whose",
        "Where does sqrt come from, and how do you say so?",
        _ALL,
        update(_H + _MOVE.replace("np.sqrt", "sqrt")),
        also=(update(_H + _MOVE.replace("np.sqrt", "math.sqrt")),),
    ),
    _wrong(
        "math-sqrt",
        "takes the root of a whole array with math.sqrt",
        "Which function takes the root of every element of an array?",
        _ALL,
        update("import math\n" + _H + _MOVE.replace("np.sqrt", "math.sqrt")),
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
