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
    name: str, idea: str, hint: str, aspects: tuple[str, ...], source: str, init: str = _INIT
) -> Misconception:
    return Misconception(name, idea, hint, aspects, class_code(source, init=init))


def _right(name: str, source: str, init: str = _INIT) -> Alternative:
    return Alternative(name, class_code(source, init=init))


MISCONCEPTIONS = (
    # ----- the formula -----
    _wrong(
        "climbs",
        "adds the gradient",
        "After one small step, should the loss be higher or lower?",
        _ALL,
        update("self.v[key] = self.momentum * self.v[key] + self.lr * grads[key]\n" + _MOVE),
    ),
    _wrong(
        "minus-twice",
        "subtracts a velocity that already carries the minus",
        "How many minus signs does a gradient meet on its way to the parameter?",
        _ALL,
        update(_V + "params[key] -= self.v[key]\n"),
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
    ),
    _wrong(
        "lr-twice",
        "multiplies the velocity by lr again",
        "How often does lr act on one gradient?",
        _ALL,
        update(_V + "params[key] += self.lr * self.v[key]\n"),
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
        "jumps-to-v",
        "assigns the velocity to the parameter",
        "Is v a place or a change of place?",
        _ALL,
        update(_V + "params[key][...] = self.v[key]\n"),
    ),
    # ----- what is kept -----
    _wrong(
        "forgets-velocity",
        "makes new velocities at every update",
        "Print the velocity at the beginning of the second update. What should it remember?",
        ("trace",),
        update(_V + _MOVE).replace("if self.v is None", "if True"),
    ),
    _wrong(
        "starts-at-first-gradient",
        "starts the velocity at the first gradient",
        "How fast is the ball before its first push?",
        _ALL,
        update(_V + _MOVE, start="grads[key].copy()"),
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
        "not-written-back",
        "changes a local name only",
        "After p = p + v, which array does the dict hold?",
        _ALL,
        update(_V + "p = params[key]\np = p + self.v[key]\n"),
    ),
    _wrong(
        "returns-new-dict",
        "returns new parameters and leaves the old ones",
        "Who looks at what update returns?",
        _ALL,
        """
        def update(self, params, grads):
            if self.v is None:
                self.v = {key: np.zeros_like(p) for key, p in params.items()}
            for key in params:
                self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            return {key: params[key] + self.v[key] for key in params}
        """,
    ),
    _wrong(
        "rebinds",
        "puts a new array into the dict",
        "A layer was built with this array. Does it see your change?",
        ("in-place",),
        update(_V + "params[key] = params[key] + self.v[key]\n"),
    ),
    _wrong(
        "rebinds-later",
        "works in place once and puts new arrays into the dict afterwards",
        "Is it the same array after every update?",
        ("in-place",),
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
    _wrong(
        "scales-grads",
        "multiplies the caller's gradients by lr",
        "After update, does grads hold the same numbers?",
        ("clean",),
        update("grads[key] *= self.lr\nself.v[key] = self.momentum * self.v[key] - grads[key]\n" + _MOVE),
    ),
    _wrong(
        "empties-grads",
        "sets the gradients to zero after use, as PyTorch loops do",
        "After update, does grads hold the same numbers?",
        ("clean",),
        update(_V + _MOVE + "grads[key] = np.zeros_like(grads[key])\n"),
    ),
    Misconception(
        "shared-by-class",
        "keeps the velocities on the class",
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
    ),
    Misconception(
        "shared-by-module",
        "keeps the velocities in a global variable that a new optimizer empties",
        "Use two optimizers in turn. Whose velocity does the first one find?",
        ("clean",),
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
    ),
    # ----- what raises -----
    _wrong(
        "key-forgotten",
        "multiplies the dict of velocities instead of one of them",
        "Is self.v one velocity or a dict of them?",
        _ALL,
        update("self.v[key] = self.momentum * self.v - self.lr * grads[key]\n" + _MOVE),
    ),
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
    ),
    _wrong(
        "method-mistyped",
        "calls a method that dicts do not have",
        "How do you ask a dict for its keys?",
        _ALL,
        update(_V + _MOVE).replace("in params:", "in params.key():"),
    ),
    _wrong(
        "stored-under-another-name",
        "stores the hyperparameter under one name and reads another",
        "Which names did __init__ give to self?",
        _ALL,
        update(_V + _MOVE),
        init=_INIT.replace("self.momentum", "self.alpha"),
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
