"""Answers to `momentum`."""

from __future__ import annotations

import textwrap

from .records import Alternative, Misconception

_INIT = """
def __init__(self, lr=0.01, momentum=0.9):
    self.lr = lr
    self.momentum = momentum
    self.v = None
"""

_ALL = ("step", "trace", "in-place", "clean")
"""Where no value is right, the behaviour aspects pay nothing either."""


def class_code(update: str, *, init: str = _INIT, head: str = "class Momentum:") -> str:
    """Return the source of an optimizer from the source of its methods."""
    methods = "\n\n".join(textwrap.dedent(method).strip() for method in (init, update) if method)
    return f"{head}\n{textwrap.indent(methods, '    ')}\n"


def update(step: str, start: str = "np.zeros_like(params[key])") -> str:
    """Return the source of an `update` from what it does for one key, and how the velocity begins."""
    head = f"""
def update(self, params, grads):
    if self.v is None:
        self.v = {{}}
        for key in params:
            self.v[key] = {start}
    for key in params:
"""
    return head + textwrap.indent(textwrap.dedent(step).strip(), "        ") + "\n"


_V = "self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]\n"
_MOVE = "params[key] += self.v[key]\n"


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
        "climbs",
        "adds the gradient, or subtracts a velocity that already carries the minus",
        "After one small step, should the loss be higher or lower? Count the minus signs on the way.",
        _ALL,
        update("self.v[key] = self.momentum * self.v[key] + self.lr * grads[key]\n" + _MOVE),
        also=(update(_V + "params[key] -= self.v[key]\n"),),
    ),
    _wrong(
        "lr-forgotten",
        "leaves the learning rate out",
        "Make an optimizer with another lr. Does it take other steps?",
        _ALL,
        update("self.v[key] = self.momentum * self.v[key] - grads[key]\n" + _MOVE),
    ),
    _wrong(
        "factors-swapped",
        "uses lr for the friction and momentum for the gradient",
        "Which of the two numbers says how much of the velocity is kept?",
        _ALL,
        update("self.v[key] = self.lr * self.v[key] - self.momentum * grads[key]\n" + _MOVE),
    ),
    _wrong(
        "velocity-reversed",
        "turns the velocity round at every update",
        "With no gradient at all, in which direction does the ball roll on?",
        ("trace",),
        update("self.v[key] = -self.momentum * self.v[key] - self.lr * grads[key]\n" + _MOVE),
    ),
    _wrong(
        "velocity-in-full-again",
        "adds 1 + momentum, or 1 - momentum, times the velocity",
        "On flat ground, which share of the velocity is left after one update?",
        ("trace",),
        update("self.v[key] = (1 - self.momentum) * self.v[key] - self.lr * grads[key]\n" + _MOVE),
        also=(
            update("self.v[key] = (1 + self.momentum) * self.v[key] - self.lr * grads[key]\n" + _MOVE),
            update("self.v[key] += self.momentum * self.v[key] - self.lr * grads[key]\n" + _MOVE),
        ),
    ),
    _wrong(
        "moves-twice",
        "adds the velocity twice",
        "How often is the velocity added in one update?",
        _ALL,
        update(_V + _MOVE + _MOVE),
        also=(update(_V + "params[key] += 2 * self.v[key]\n"),),
    ),
    _wrong(
        "squared-gradient",
        "squares the gradient, as other optimizers do",
        "If all gradients change their sign, should the first step change its direction?",
        _ALL,
        update("self.v[key] = self.momentum * self.v[key] - self.lr * grads[key] ** 2\n" + _MOVE),
    ),
    _wrong(
        "sign-of-the-gradient",
        "uses the direction of the gradient only",
        "If a gradient is twice as large, should the first step be longer?",
        _ALL,
        update("self.v[key] = self.momentum * self.v[key] - self.lr * np.sign(grads[key])\n" + _MOVE),
    ),
    _wrong(
        "normalised-gradient",
        "makes the gradient one unit long, or limits it",
        "If a gradient is twice as large, should the first step be longer?",
        _ALL,
        update(
            "norm = np.linalg.norm(grads[key]) + 1e-300\n"
            "self.v[key] = self.momentum * self.v[key] - self.lr * grads[key] / norm\n" + _MOVE
        ),
        also=(
            update(
                "self.v[key] = self.momentum * self.v[key] - self.lr * np.clip(grads[key], -1, 1)\n" + _MOVE
            ),
            update(
                "self.v[key] = self.momentum * self.v[key] - self.lr * np.clip(grads[key], -0.5, 0.5)\n"
                + _MOVE
            ),
        ),
    ),
    _wrong(
        "one-number-per-array",
        "averages or adds the gradient of an array",
        "Does every element roll with its own velocity, or all of an array with the same?",
        _ALL,
        update("self.v[key] = self.momentum * self.v[key] - self.lr * np.mean(grads[key])\n" + _MOVE),
        also=(update("self.v[key] = self.momentum * self.v[key] - self.lr * np.sum(grads[key])\n" + _MOVE),),
    ),
    _wrong(
        "divides-by-size",
        "divides the gradient by its number of elements or rows",
        "What does the number count that you divide by, and which formula asks for it?",
        _ALL,
        update(
            "self.v[key] = self.momentum * self.v[key] - self.lr * grads[key] / grads[key].size\n" + _MOVE
        ),
        also=(
            update(
                "self.v[key] = self.momentum * self.v[key] - self.lr * grads[key] / len(grads[key])\n" + _MOVE
            ),
        ),
    ),
    _wrong(
        "weight-decay",
        "lets the parameters shrink, as in another lesson",
        "With a gradient of zero and no velocity, should a parameter move?",
        _ALL,
        update(_V + _MOVE + "params[key] -= self.lr * 0.01 * params[key]\n"),
        also=(
            update("g = grads[key] + 0.01 * params[key]\n" + _V.replace("grads[key]", "g") + _MOVE),
            *(
                update(f"g = grads[key] + {decay} * params[key]\n" + _V.replace("grads[key]", "g") + _MOVE)
                for decay in ("0.1", "1e-3", "1e-4")
            ),
            update(_V + "params[key] *= self.momentum\n" + _MOVE),
        ),
    ),
    _wrong(
        "starts-at-one",
        "starts the velocity at one, or at the parameters",
        "How fast is the ball before its first push?",
        _ALL,
        update(_V + _MOVE, start="np.ones_like(params[key])"),
        also=(
            update(_V + _MOVE, start="params[key].copy()"),
            update(_V + _MOVE, start="np.full_like(params[key], 0.1)"),
            update(_V + _MOVE, start="np.full_like(params[key], self.lr)"),
        ),
    ),
    _wrong(
        "one-number-typed-in",
        "types one of the two numbers of the example into the formula",
        "Make optimizers with another lr and another momentum. Does each of them matter?",
        ("trace",),
        update("self.v[key] = 0.9 * self.v[key] - self.lr * grads[key]\n" + _MOVE),
        also=(
            update("friction = self.momentum or 0.9\n" + _V.replace("self.momentum", "friction") + _MOVE),
            *(
                update(f"self.v[key] = {m} * self.v[key] - self.lr * grads[key]\n" + _MOVE)
                for m in ("0.5", "0.8", "0.95", "0.99")
            ),
        ),
    ),
    Misconception(
        "default-momentum-changed",
        "changes the given default of momentum",
        "Which momentum does an optimizer have that is made without arguments?",
        ("trace",),
        class_code(update(_V + _MOVE), init=_INIT.replace("0.9", "0.99")),
        also=tuple(
            class_code(update(_V + _MOVE), init=_INIT.replace("0.9", m))
            for m in ("0.5", "0.95", "0.8", "0.0")
        ),
    ),
    _wrong(
        "dampening",
        "weights the gradient with 1 - momentum from the second update on",
        "Which factors stand in front of the gradient in this course's formula, at every update?",
        ("trace",),
        """
        def update(self, params, grads):
            weight = self.lr if self.v is None else (1 - self.momentum) * self.lr
            if self.v is None:
                self.v = {key: np.zeros_like(p) for key, p in params.items()}
            for key in params:
                self.v[key] = self.momentum * self.v[key] - weight * grads[key]
                params[key] += self.v[key]
        """,
    ),
    _wrong(
        "as-in-adam",
        "takes an average of gradients and corrects its start, as Adam does",
        "After many equal gradients, how long does this course's velocity become: one step, or several?",
        ("trace",),
        """
        def update(self, params, grads):
            if self.v is None:
                self.v, self.t = {key: np.zeros_like(p) for key, p in params.items()}, 0
            self.t += 1
            for key in params:
                self.v[key] = self.momentum * self.v[key] + (1 - self.momentum) * grads[key]
                params[key] -= self.lr * self.v[key] / (1 - self.momentum**self.t)
        """,
    ),
    _wrong(
        "adagrad-instead",
        "writes AdaGrad or RMSProp",
        "Does Momentum collect gradients, or their squares?",
        _ALL,
        update(
            "self.v[key] += grads[key] ** 2\n"
            "params[key] -= self.lr * grads[key] / (np.sqrt(self.v[key]) + 1e-7)\n"
        ),
        also=(
            update(
                "self.v[key] = self.momentum * self.v[key] + (1 - self.momentum) * grads[key] ** 2\n"
                "params[key] -= self.lr * grads[key] / (np.sqrt(self.v[key]) + 1e-7)\n"
            ),
        ),
    ),
    _wrong(
        "friction-squared",
        "applies the friction twice, or divides by it",
        "On flat ground, which share of the velocity is left after one update?",
        ("trace",),
        update("self.v[key] = self.momentum**2 * self.v[key] - self.lr * grads[key]\n" + _MOVE),
        also=(
            update("self.v[key] *= self.momentum\n" + _V + _MOVE),
            update("self.v[key] = self.v[key] / (self.momentum or 1e9) - self.lr * grads[key]\n" + _MOVE),
            update("self.v[key] = np.sqrt(self.momentum) * self.v[key] - self.lr * grads[key]\n" + _MOVE),
        ),
    ),
    _wrong(
        "friction-on-params",
        "multiplies the parameter by momentum instead of the velocity",
        "Which of the two slows down by friction: the place, or the speed?",
        _ALL,
        update("self.v[key] = self.momentum * params[key] - self.lr * grads[key]\n" + _MOVE),
        also=(update("params[key] *= self.momentum\nparams[key] -= self.lr * grads[key]\n"),),
    ),
    _wrong(
        "averages-two-gradients",
        "takes the mean of the newest gradient and the one before",
        "How does the formula weight old gradients, and how far back does it reach?",
        _ALL,
        update("""
        g = (grads[key] + self.v[key]) / 2
        self.v[key] = grads[key].copy()
        params[key] -= self.lr * g
        """),
    ),
    _wrong(
        "updates-twice",
        "goes through the whole update twice",
        "Print something in the loop. How often does it appear for one update of one key?",
        _ALL,
        update(_V + _MOVE) + "    for key in params:\n" + textwrap.indent(_V + _MOVE, "        "),
    ),
    _wrong(
        "skips-zero-gradients",
        "does not move where the gradient is zero",
        "On flat ground the gradient is zero. Does a rolling ball stop there at once?",
        ("trace",),
        update(_V + "params[key] += np.where(grads[key] == 0, 0, self.v[key])\n"),
        also=(
            update("if not grads[key].any():\n    continue\n" + _V + _MOVE),
            update(
                "self.v[key] = np.where(grads[key] == 0, 0, " + _V.strip().partition("= ")[2] + ")\n" + _MOVE
            ),
        ),
    ),
    _wrong(
        "velocity-limited",
        "limits the velocity",
        "Which velocities can your code not reach, and does the formula know such a limit?",
        ("trace",),
        update(_V + "self.v[key] = np.clip(self.v[key], -1, 1)\n" + _MOVE),
        also=(update(_V + "self.v[key] = np.clip(self.v[key], -0.5, 0.5)\n" + _MOVE),),
    ),
    _wrong(
        "later-calls-do-nothing",
        "updates only where the velocities are made",
        "After the second update, has anything moved? Which lines belong to the if?",
        ("trace",),
        """
        def update(self, params, grads):
            if self.v is None:
                self.v = {}
                for key in params:
                    self.v[key] = -self.lr * grads[key]
                    params[key] += self.v[key]
        """,
    ),
    _wrong(
        "forgets-after-a-while",
        "begins anew after some updates, or keeps a few gradients only",
        "After ten updates, is anything of the first gradient left in v?",
        ("trace",),
        """
        def update(self, params, grads):
            self.t = getattr(self, "t", 0) + 1
            if self.v is None or self.t % 5 == 0:
                self.v = {key: np.zeros_like(p) for key, p in params.items()}
            for key in params:
                self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
                params[key] += self.v[key]
        """,
        also=tuple(
            f"""
            def update(self, params, grads):
                self.v = ((self.v or []) + [{{key: g.copy() for key, g in grads.items()}}])[-{window}:]
                for key in params:
                    for age, g in enumerate(reversed(self.v)):
                        params[key] -= self.lr * self.momentum**age * g[key]
            """
            for window in (3, 5, 8, 10)
        ),
    ),
    _wrong(
        "lr-typed-in",
        "types the learning rate of the example into the formula",
        "Make an optimizer with another lr. Does it take other steps?",
        _ALL,
        update("self.v[key] = self.momentum * self.v[key] - 0.01 * grads[key]\n" + _MOVE),
        also=(update("self.v[key] = self.momentum * self.v[key] - 0.1 * grads[key]\n" + _MOVE),),
    ),
    _wrong(
        "moving-average",
        "weights the gradient with 1 - momentum, as other courses do",
        "Which factors stand in front of the gradient in this course's formula?",
        _ALL,
        update(
            "self.v[key] = self.momentum * self.v[key] - (1 - self.momentum) * self.lr * grads[key]\n"
            + _MOVE,
        ),
        also=(
            update(
                "self.v[key] = (1 - self.momentum) * self.v[key] - self.momentum * self.lr * grads[key]\n"
                + _MOVE,
            ),
        ),
    ),
    _wrong(
        "lr-twice",
        "multiplies the velocity by lr again",
        "How often does lr act on one gradient?",
        _ALL,
        update(_V + "params[key] += self.lr * self.v[key]\n"),
        also=(
            update("self.v[key] = self.momentum * self.v[key] - self.lr**2 * grads[key]\n" + _MOVE),
            update(_V + "params[key] -= self.lr * self.v[key]\n"),
        ),
    ),
    _wrong(
        "lr-on-everything",
        "multiplies the velocity by lr, too",
        "Which part of the velocity does lr act on?",
        ("trace",),
        update("self.v[key] = self.lr * (self.momentum * self.v[key] - grads[key])\n" + _MOVE),
    ),
    _wrong(
        "numbers-typed-in",
        "types the numbers of the example into the formula",
        "Make an optimizer with another lr. Does it take other steps?",
        _ALL,
        update("self.v[key] = 0.9 * self.v[key] - 0.01 * grads[key]\n" + _MOVE),
    ),
    _wrong(
        "look-ahead",
        "Nesterov's formula",
        "How often is the velocity applied in one step of plain momentum?",
        _ALL,
        update(_V + "params[key] += self.momentum * self.v[key] - self.lr * grads[key]\n"),
        also=(
            update(
                "before = self.v[key]\n" + _V + "params[key] += (1 + self.momentum) * self.v[key]\n"
                "params[key] -= self.momentum * before\n"
            ),
            update(
                "params[key] += self.momentum**2 * self.v[key] - (1 + self.momentum) * self.lr * grads[key]\n"
                + _V
            ),
            update(
                _V + "params[key] += self.momentum**2 * self.v[key]\n"
                "params[key] -= (1 + self.momentum) * self.lr * grads[key]\n"
            ),
        ),
    ),
    _wrong(
        "moves-too-early",
        "moves before the velocity is brought up to date",
        "Which of the two lines of the formula comes first?",
        _ALL,
        update(_MOVE + _V),
    ),
    _wrong(
        "friction-on-everything",
        "multiplies the new gradient by momentum as well",
        "Which part of the velocity does the friction act on?",
        _ALL,
        update("self.v[key] = self.momentum * (self.v[key] - self.lr * grads[key])\n" + _MOVE),
        also=(
            update(_V + "params[key] += self.momentum * self.v[key]\n"),
            update("self.v[key] = self.momentum + self.v[key] - self.lr * grads[key]\n" + _MOVE),
        ),
    ),
    _wrong(
        "gradient-twice",
        "takes a momentum step and a plain step",
        "How often does the newest gradient reach the parameter in one step?",
        _ALL,
        update(_V + _MOVE + "params[key] -= self.lr * grads[key]\n"),
    ),
    _wrong(
        "params-for-grads",
        "uses the parameter where the gradient belongs",
        "Which of the two dicts knows the slope?",
        _ALL,
        update("self.v[key] = self.momentum * self.v[key] - self.lr * params[key]\n" + _MOVE),
    ),
    _wrong(
        "default-changed",
        "changes the given default of lr",
        "Which learning rate does an optimizer have that is made without arguments?",
        ("step",),
        update(_V + _MOVE),
        _INIT.replace("0.01", "0.1"),
        also=tuple(
            class_code(update(_V + _MOVE), init=_INIT.replace("0.01", lr)) for lr in ("1.0", "0.001", "0.5")
        ),
    ),
    _wrong(
        "jumps-to-v",
        "assigns the velocity to the parameter",
        "Is v a place or a change of place?",
        _ALL,
        update(_V + "params[key][...] = self.v[key]\n"),
        also=(update(_V + "params[key] *= self.v[key]\n"),),
    ),
    # ----- what is kept -----
    _wrong(
        "forgets-velocity",
        "makes new velocities at every update",
        "Print the velocity at the beginning of the second update. What should it remember?",
        ("trace",),
        update(_V + _MOVE).replace("if self.v is None", "if True"),
        also=(
            """
            def update(self, params, grads):
                for key in params:
                    params[key] -= self.lr * grads[key]
            """,
            update("self.v[key] = -self.lr * grads[key]\n" + _MOVE),
        ),
    ),
    _wrong(
        "remembers-one-update",
        "uses the latest gradient and the one before",
        "After three updates, is anything of the first gradient left in v?",
        ("trace",),
        """
        def update(self, params, grads):
            if self.v is None:
                self.v = {key: np.zeros_like(p) for key, p in params.items()}
            for key in params:
                params[key] += self.momentum * self.v[key] - self.lr * grads[key]
                self.v[key] = -self.lr * grads[key]
        """,
    ),
    _wrong(
        "starts-at-first-gradient",
        "starts the velocity at the first gradient",
        "How fast is the ball before its first push?",
        _ALL,
        update(_V + _MOVE, start="grads[key].copy()"),
        also=(update(_V + _MOVE, start="-self.lr * grads[key]"),),
    ),
    _wrong(
        "no-friction",
        "leaves out the factor momentum",
        "On flat ground, what makes the ball come to rest?",
        ("trace",),
        update("self.v[key] = self.v[key] - self.lr * grads[key]\n" + _MOVE),
    ),
    _wrong(
        "friction-schedule",
        "lowers momentum at every update",
        "Print self.momentum after ten updates. Is it what you passed in?",
        ("trace",),
        update(_V + _MOVE) + "    self.momentum *= 0.9\n",
        also=(
            update(_V + _MOVE) + "    self.momentum *= 0.99\n",
            update(_V + _MOVE) + "    self.momentum *= 0.95\n",
            update(_V + _MOVE) + "    self.momentum *= self.momentum\n",
            update(_V + _MOVE + "self.momentum *= 0.9\n"),
            update(_V + _MOVE + "self.momentum *= self.momentum\n"),
            update(_V.replace("self.momentum", "self.momentum * (1 - 1 / self.t)") + _MOVE).replace(
                "    if self.v", "    self.t = getattr(self, 't', 0) + 1\n    if self.v"
            ),
        ),
    ),
    _wrong(
        "lr-schedule",
        "lowers lr at every update",
        "Print self.lr after ten updates. Is it what you passed in?",
        ("trace",),
        update(_V + _MOVE) + "    self.lr *= 0.9\n",
        also=(
            update(_V + _MOVE) + "    self.lr *= 0.99\n",
            update(_V + _MOVE) + "    self.lr *= 0.95\n",
            update(_V + _MOVE + "self.lr *= 0.99\n"),
            update(_V + _MOVE + "self.lr *= self.momentum\n"),
            update(_V.replace("self.lr", "self.lr / self.t") + _MOVE).replace(
                "    if self.v", "    self.t = getattr(self, 't', 0) + 1\n    if self.v"
            ),
            update(_V + _MOVE) + "    self.lr *= self.momentum\n",
            update(_V + _MOVE)
            + "    self.t = getattr(self, 't', 0) + 1\n    if self.t % 10 == 0:\n        self.lr *= 0.5\n",
        ),
    ),
    _wrong(
        "one-velocity-for-all",
        "keeps one velocity for all keys",
        "Do all parameters roll with the same speed?",
        ("trace", "in-place", "clean"),
        """
        def update(self, params, grads):
            if self.v is None:
                self.v = 0.0
            for key in params:
                self.v = self.momentum * self.v - self.lr * grads[key]
                params[key] += self.v
        """,
    ),
    _wrong(
        "one-array-for-all",
        "gives all keys of a shape the same array of zeros",
        "Are the velocities of two parameters two arrays, or two names of one?",
        ("trace",),
        """
        def update(self, params, grads):
            if self.v is None:
                shared = {}
                self.v = {k: shared.setdefault(p.shape, np.zeros_like(p)) for k, p in params.items()}
            for key in params:
                self.v[key] *= self.momentum
                self.v[key] -= self.lr * grads[key]
                params[key] += self.v[key]
        """,
    ),
    _wrong(
        "last-key-only",
        "the update stands outside of the loop",
        "Which parameters differ after the update, and which lines belong to the loop?",
        ("trace",),
        update(_V) + "    params[key] += self.v[key]\n",
    ),
    _wrong(
        "first-key-only",
        "leaves the loop after the first key",
        "Which parameters differ after the update, and where does the loop end?",
        ("trace",),
        update(_V + _MOVE + "break\n"),
        also=(update(_V + _MOVE + "return\n"),),
    ),
    _wrong(
        "first-call-only-prepares",
        "returns after making the velocities",
        "After the first update, has anything moved?",
        _ALL,
        """
        def update(self, params, grads):
            if self.v is None:
                self.v = {key: np.zeros_like(p) for key, p in params.items()}
                return
            for key in params:
                self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
                params[key] += self.v[key]
        """,
    ),
    _wrong(
        "integer-velocity",
        "keeps whole numbers only",
        "Which numbers can the dtype of your velocity not hold?",
        _ALL,
        update(
            "self.v[key][...] = self.momentum * self.v[key] - self.lr * grads[key]\n" + _MOVE,
            start="np.zeros(params[key].shape, dtype=int)",
        ),
    ),
    # ----- where it goes -----
    _wrong(
        "params-stay",
        "changes a local name or a new dict, and leaves the caller's parameters",
        "After your update, which array does the caller's dict hold: did any line write into it?",
        _ALL,
        update(_V + "p = params[key]\np = p + self.v[key]\n"),
        also=(
            """
            def update(self, params, grads):
                if self.v is None:
                    self.v = {key: np.zeros_like(p) for key, p in params.items()}
                for key in params:
                    self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
                return {key: params[key] + self.v[key] for key in params}
            """,
            "def update(self, params, grads):\n    pass\n",
        ),
    ),
    _wrong(
        "moves-grads",
        "applies the step to the gradients",
        "Which of the two dicts should the step be applied to?",
        _ALL,
        update(_V + "grads[key] += self.v[key]\n"),
    ),
    _wrong(
        "rebinds",
        "puts a new array into the dict",
        "A layer was built with this array. Does it see your change?",
        ("in-place",),
        update(_V + "params[key] = params[key] + self.v[key]\n"),
        also=(
            """
            def update(self, params, grads):
                if self.v is None:
                    self.v = {key: -self.lr * g for key, g in grads.items()}
                    for key in params:
                        params[key] += self.v[key]
                    return
                for key in params:
                    self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
                    params[key] = params[key] + self.v[key]
            """,
        ),
    ),
    _wrong(
        "changes-grads",
        "writes into the caller's gradients: scales them, keeps the velocity in them, or empties them",
        "After update, does grads hold the same numbers?",
        ("clean",),
        update("grads[key] *= self.lr\nself.v[key] = self.momentum * self.v[key] - grads[key]\n" + _MOVE),
        also=(
            update(_V + _MOVE + "grads[key] = np.zeros_like(grads[key])\n"),
            update(_V + _MOVE + "grads[key][...] = 0\n"),
            update(_V + _MOVE) + "    grads.clear()\n",
            update("""
            grads[key] *= -self.lr
            grads[key] += self.momentum * self.v[key]
            self.v[key][...] = grads[key]
            params[key] += self.v[key]
            """),
            """
            def update(self, params, grads):
                first = self.v is None
                if first:
                    self.v = {key: grads[key] for key in params}
                for key in params:
                    self.v[key] *= -self.lr if first else self.momentum
                    if not first:
                        self.v[key] -= self.lr * grads[key]
                    params[key] += self.v[key]
            """,
        ),
    ),
    Misconception(
        "shared-settings",
        "keeps lr and momentum on the class",
        "Make two optimizers with different numbers. Which lr does the first one have afterwards?",
        ("clean",),
        class_code(
            update(_V + _MOVE)
            .replace("self.lr", "Momentum.lr")
            .replace("self.momentum", "Momentum.momentum"),
            init=_INIT.replace("self.lr", "Momentum.lr").replace("self.momentum", "Momentum.momentum"),
        ),
    ),
    Misconception(
        "shared-memory",
        "keeps the velocities on the class, in a global variable or in a default argument",
        "Make two optimizers. Do they share a memory?",
        ("clean",),
        """class Momentum:
    v = {}

    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum

    def update(self, params, grads):
        for key in params:
            if key not in self.v:
                self.v[key] = np.zeros_like(params[key])
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += self.v[key]
""",
        also=(
            """velocity = {}

class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        velocity.clear()

    def update(self, params, grads):
        for key in params:
            velocity[key] = self.momentum * velocity.get(key, 0) - self.lr * grads[key]
            params[key] += velocity[key]
""",
            """class Momentum:
    def __init__(self, lr=0.01, momentum=0.9, v={}):
        self.lr = lr
        self.momentum = momentum
        self.v = v

    def update(self, params, grads):
        for key in params:
            self.v[key] = self.momentum * self.v.get(key, 0) - self.lr * grads[key]
            params[key] += self.v[key]
""",
            """class Momentum:
    latest = {}

    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum = lr, momentum
        self.v = dict(Momentum.latest)

    def update(self, params, grads):
        for key in params:
            self.v[key] = self.momentum * self.v.get(key, 0) - self.lr * grads[key]
            params[key] += self.v[key]
        Momentum.latest = dict(self.v)
""",
        ),
    ),
    # ----- what raises -----
    _wrong(
        "names-typed-in",
        "types the names of one network's parameters into the loop",
        "Does your optimizer work for a network with other layers?",
        _ALL,
        """
        def update(self, params, grads):
            if self.v is None:
                self.v = {key: np.zeros_like(p) for key, p in params.items()}
            for key in ("W1", "b1", "W2", "b2"):
                self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
                params[key] += self.v[key]
        """,
        also=tuple(
            update(_V + _MOVE).replace(
                "for key in params:\n        self.v[key] = self",
                f"for key in {names}:\n        self.v[key] = self",
            )
            for names in ('("W", "b")', '("w", "b")', '("W1", "W2")', '("weight", "bias")')
        ),
    ),
    _wrong(
        "method-mistyped",
        "calls a method that dicts do not have",
        "How do you ask a dict for its keys?",
        _ALL,
        update(_V + _MOVE).replace("in params:", "in params.key():"),
        also=(
            update(_V + _MOVE).replace("in params:", "in params.item():"),
            update(_V + _MOVE).replace("for key in params:", "for key, p in params.iteritems():"),
        ),
    ),
    _wrong(
        "items-forgotten",
        "takes keys and values from a dict that gives keys only",
        "What does a loop over a dict hand you: keys, values or both?",
        _ALL,
        update(_V + _MOVE).replace("for key in params:", "for key, p in params:"),
        also=(
            update(_V + _MOVE).replace("for key in params:", "for p, key in params:"),
            update(_V + _MOVE).replace(
                "in params:\n        self.v[key] = self", "in params.values():\n        self.v[key] = self"
            ),
        ),
    ),
    _wrong(
        "dict-arithmetic",
        "calculates with the dicts instead of their arrays",
        "Which kind of thing stands on each side of your operator: an array, or a dict of arrays?",
        _ALL,
        """
        def update(self, params, grads):
            if self.v is None:
                self.v = 0.0
            self.v = self.momentum * self.v - self.lr * grads
            params += self.v
        """,
        also=(
            update("self.v[key] = self.momentum * self.v - self.lr * grads[key]\n" + _MOVE),
            update("self.v[key] = self.momentum * self.v[key] - self.lr * grads\n" + _MOVE),
            update(_V + "params[key] += self.v\n"),
            update(_V + "params += self.v[key]\n"),
            """
            def update(self, params, grads):
                self.v = self.momentum * self.v - self.lr * grads
                params += self.v
            """,
        ),
    ),
    _wrong(
        "self-forgotten",
        "uses lr, momentum or v without self",
        "Which object knows lr, momentum and v, and how does a method ask it?",
        _ALL,
        update(_V.replace("self.lr", "lr") + _MOVE),
        also=(
            update(_V.replace("self.momentum", "momentum") + _MOVE),
            update(_V.replace("self.", "") + _MOVE.replace("self.", "")),
            update(_V.replace("self.v", "v") + _MOVE.replace("self.v", "v")),
        ),
    ),
    _wrong(
        "self-misspelt",
        "a typing error in self",
        "Spell the name in the error letter by letter: what is the object called inside its methods?",
        _ALL,
        update(_V.replace("self.lr", "slef.lr") + _MOVE),
    ),
    _wrong(
        "parameter-misnamed",
        "the def line and the body call the dicts by different names",
        "Which names does the def line bring in, and which does the body use?",
        _ALL,
        update(_V.replace("grads", "grad") + _MOVE),
        also=(
            update(_V + _MOVE.replace("params", "param")),
            update(_V.replace("grads[key]", "dW") + _MOVE),
            update(_V.replace("grads[key]", "g") + _MOVE),
        ),
    ),
    _wrong(
        "parameter-missing",
        "the def line lacks self, or one of the dicts",
        "Python hands over the optimizer itself, and the caller two dicts. What does the def line take?",
        _ALL,
        update(_V + _MOVE).replace("(self, params, grads)", "(params, grads)"),
        also=(update(_V + _MOVE).replace("(self, params, grads)", "(self, params)"),),
    ),
    _wrong(
        "dict-not-made",
        "fills v before it is a dict",
        "What is self.v before the first entry is put into it?",
        _ALL,
        update(_V + _MOVE).replace("        self.v = {}\n", ""),
        also=(
            class_code(update(_V + _MOVE), init=_INIT.replace("    self.v = None\n", "")),
            "def update(self, params, grads):\n    for key in params:\n        "
            + _V.strip()
            + "\n        "
            + _MOVE,
        ),
    ),
    _wrong(
        "entries-not-made",
        "makes an empty dict and expects velocities in it",
        "Which keys does self.v have when the first update asks for one?",
        _ALL,
        """
        def update(self, params, grads):
            if self.v is None:
                self.v = {}
            for key in params:
                self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
                params[key] += self.v[key]
        """,
    ),
    _wrong(
        "stored-under-another-name",
        "stores the hyperparameter under one name and reads another",
        "Which names did __init__ give to self?",
        _ALL,
        update(_V + _MOVE),
        init=_INIT.replace("self.momentum", "self.alpha"),
    ),
    _wrong(
        "lr-under-another-name",
        "reads lr under a name that __init__ did not give it",
        "Which names did __init__ give to self?",
        _ALL,
        update(_V.replace("self.lr", "self.learning_rate") + _MOVE),
        also=(update(_V.replace("self.lr", "self.alpha") + _MOVE),),
    ),
)

ALTERNATIVES = (
    _right("reference-like", update(_V + _MOVE)),
    _right(
        "opposite-sign",
        update(
            "self.v[key] = self.momentum * self.v[key] + self.lr * grads[key]\nparams[key] -= self.v[key]\n"
        ),
    ),
    _right(
        "scaled-by-lr",
        update(
            "self.v[key] = self.momentum * self.v[key] + grads[key]\nparams[key] -= self.lr * self.v[key]\n"
        ),
    ),
    _right(
        "first-gradient-copied",
        """
        def update(self, params, grads):
            self.v = self.v or {}
            for key, g in grads.items():
                if key in self.v:
                    self.v[key] = self.momentum * self.v[key] + g
                else:
                    self.v[key] = g.copy()
                params[key] -= self.lr * self.v[key]
        """,
    ),
    _right(
        "setdefault",
        """
        def update(self, params, grads):
            self.v = {} if self.v is None else self.v
            for key, p in params.items():
                v = self.v.setdefault(key, np.zeros_like(p))
                v *= self.momentum
                v -= self.lr * grads[key]
                p += v
        """,
    ),
    _right(
        "defaultdict",
        """
        def update(self, params, grads):
            for key in params:
                self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
                params[key] += self.v[key]
        """,
        init="""
        def __init__(self, lr=0.01, momentum=0.9):
            from collections import defaultdict
            self.lr, self.momentum, self.v = lr, momentum, defaultdict(float)
        """,
    ),
    _right(
        "get-with-default",
        """
        def update(self, params, grads):
            self.velocities = getattr(self, "velocities", {})
            for key in sorted(params):
                self.velocities[key] = self.momentum * self.velocities.get(key, 0) - self.lr * grads[key]
                params[key] += self.velocities[key]
        """,
    ),
    _right("ufunc-out", update(_V + "np.add(params[key], self.v[key], out=params[key])\n")),
    _right("slice-assignment", update(_V + "params[key][...] = params[key] + self.v[key]\n")),
    _right("returns-params", update(_V + _MOVE) + "    return params\n"),
    _right(
        "list-of-velocities",
        """
        def update(self, params, grads):
            if self.v is None:
                self.v = [np.zeros(p.shape) for p in params.values()]
            for i, (key, p) in enumerate(params.items()):
                self.v[i] = self.momentum * self.v[i] - self.lr * grads[key]
                p += self.v[i]
        """,
    ),
    _right(
        "element-loops",
        """
        def update(self, params, grads):
            if self.v is None:
                self.v = {key: np.zeros_like(p) for key, p in params.items()}
            for key in params:
                for i, g in np.ndenumerate(grads[key]):
                    self.v[key][i] = self.momentum * self.v[key][i] - self.lr * g
                    params[key][i] += self.v[key][i]
        """,
    ),
    _right(
        "from-the-previous-place",
        """
        def update(self, params, grads):
            if self.v is None:
                self.v = {key: p.copy() for key, p in params.items()}
            for key, p in params.items():
                before = p.copy()
                p += self.momentum * (p - self.v[key]) - self.lr * grads[key]
                self.v[key] = before
                print(key, p.shape)
        """,
    ),
)
