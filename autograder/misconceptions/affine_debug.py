"""Answers to `affine-debug`: repairs of the broken class."""

from __future__ import annotations

import dataclasses

from . import affine_backward
from .affine_backward import backward, class_code
from .records import Alternative, Misconception

_ALL = ("dx", "dW", "db", "clean")

_GIVEN = """
def backward(self, out):
    dx = np.dot(dout, self.W.T)
    delf.dW = np.dot(self.x.T, dout)
    self.db = np.sum(dout, axis=0)
    return dx
"""


def _wrong(  # noqa: PLR0917 - the columns of a table
    name: str,
    idea: str,
    hint: str,
    source: str,
    aspects: tuple[str, ...] = _ALL,
    also: tuple[str, ...] = (),
) -> Misconception:
    code, *others = (class_code(text, name="BrokenAffine") for text in (source, *also))
    return Misconception(name, idea, hint, aspects, code, tuple(others))


def _right(name: str, source: str) -> Alternative:
    return Alternative(name, class_code(source, name="BrokenAffine"))


_REPAIRED = _GIVEN.replace("(self, out)", "(self, dout)").replace("delf", "self")


def _also_here(known: Misconception) -> Misconception:
    """Return a wrong idea about `backward` as it shows in a repaired class."""
    shown = (code for code in known.codes if "1e-8" not in code)  # only a dout of zeros shows so little
    codes = (code.replace("class Affine:", "class BrokenAffine:") for code in shown)
    code, *others = (code.replace("Affine.d", "BrokenAffine.d") for code in codes)
    return dataclasses.replace(known, code=code, also=tuple(others))


_OWN = (
    _wrong(
        "parameter-not-repaired",
        "the parameter is called out, the body uses dout",
        "Read the last line of the error: which name does it not know, and which ones has the def line?",
        _GIVEN,
        also=(
            _GIVEN.replace("delf", "self"),
            _REPAIRED.replace("(self, dout)", "(self, out)").replace(
                "np.dot(dout, self.W.T)", "out @ self.W.T"
            ),
            _GIVEN.replace("delf", "self").replace("np.sum(dout", "np.sum(out"),
        ),
    ),
    _wrong(
        "self-not-repaired",
        "the parameter was repaired, the misspelt self was not",
        "One fault is gone and another one speaks up: what does the new error name?",
        _GIVEN.replace("(self, out)", "(self, dout)"),
        also=(_GIVEN.replace("dout", "out"),),
    ),
    Misconception(
        "dout-of-the-notebook",
        "the fault is hidden by an array called dout in the notebook",
        "Restart the kernel and run this cell alone. Which dout does your backward use?",
        _ALL,
        class_code(_GIVEN.replace("delf", "self"), name="BrokenAffine") + "\n\ndout = np.ones((4, 2))\n",
        (class_code(_GIVEN.replace("delf", "self"), name="BrokenAffine") + "\n\ndout = None\n",),
    ),
    _wrong(
        "self-renamed-by-halves",
        "the parameter self was renamed to fit the typing error",
        "Which name does the def line give to the layer, and which ones does the body use?",
        _GIVEN.replace("(self, out)", "(delf, dout)"),
    ),
    _wrong(
        "dW-not-stored",
        "the line with the misspelt name was taken out, or stores a local variable",
        "The error is gone. Where can an optimizer find dW after backward has ended?",
        _REPAIRED.replace("    self.dW = np.dot(self.x.T, dout)\n", ""),
        ("dW",),
        also=(_REPAIRED.replace("self.dW", "dW"),),
    ),
    _wrong(
        "transposes-lost",
        "both transposes were lost while repairing",
        "Has each gradient the shape of the array that it belongs to?",
        backward(dx="np.dot(dout, self.W)", dW="np.dot(self.x, dout)"),
    ),
)

_IN_OTHER_WORDS = {"parameter-renamed", "self-misspelt", "dW-not-found"}
"""Ideas about `backward` that are this exercise's own faults."""

MISCONCEPTIONS = _OWN + tuple(
    _also_here(known) for known in affine_backward.MISCONCEPTIONS if known.id not in _IN_OTHER_WORDS
)

ALTERNATIVES = (
    _right("parameter-renamed", backward()),
    _right("body-renamed", backward().replace("dout", "out")),
    _right("assigned-first", _GIVEN.replace("delf", "self").replace("    dx =", "    dout = out\n    dx =")),
    _right("operators", backward(dx="dout @ self.W.T", dW="self.x.T @ dout", db="dout.sum(0)")),
    _right("another-name", backward().replace("dout", "upstream")),
    _right("self-renamed", backward().replace("self", "delf").replace("delf.x", "delf.x")),
    _right("keyword-ready", backward().replace("(self, dout)", "(self, dout, *unused)")),
    _right("default-argument", backward().replace("(self, dout)", "(self, dout=1)")),
    _right("stores-dx", backward().replace("    return dx", "    self.dx = dx\n    return self.dx")),
    _right("prints", backward().replace("    return dx", '    print("dx", dx.shape)\n    return dx')),
    _right("typed", backward().replace("(self, dout)", "(self, dout: np.ndarray) -> np.ndarray")),
    _right(
        "one-line-return",
        """
        def backward(self, dout):
            self.dW, self.db = self.x.T @ dout, dout.sum(axis=0)
            return dout @ self.W.T
        """,
    ),
)
