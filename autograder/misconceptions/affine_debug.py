"""Answers to `affine-debug`: repairs of the broken class."""

from __future__ import annotations

from .affine_backward import backward, class_code
from .records import Alternative, Misconception

_ALL = ("dx", "dW", "db")

_GIVEN = """
def backward(self, out):
    dx = np.dot(dout, self.W.T)
    delf.dW = np.dot(self.x.T, dout)
    self.db = np.sum(dout, axis=0)
    return dx
"""


def _wrong(name: str, idea: str, hint: str, source: str, aspects: tuple[str, ...] = _ALL) -> Misconception:
    return Misconception(name, idea, hint, aspects, class_code(source, name="BrokenAffine"))


def _right(name: str, source: str) -> Alternative:
    return Alternative(name, class_code(source, name="BrokenAffine"))


MISCONCEPTIONS = (
    _wrong(
        "untouched",
        "nothing was repaired",
        "Call backward and read the last line of the error: which name does it not know?",
        _GIVEN,
    ),
    _wrong(
        "only-self-repaired",
        "the misspelt self was repaired, the parameter was not",
        "Which name does the def line of backward bring in, and which one does the body use?",
        _GIVEN.replace("delf", "self"),
    ),
    _wrong(
        "only-parameter-repaired",
        "the parameter was repaired, the misspelt self was not",
        "One fault is gone and another one speaks up: what does the new error name?",
        _GIVEN.replace("(self, out)", "(self, dout)"),
    ),
    _wrong(
        "global-dout",
        "a variable dout of the notebook silences the error",
        "Whose dout does your backward use: the one that it was given, or one of the notebook?",
        "\n" + _GIVEN.replace("delf", "self").strip(),
    ),
    _wrong(
        "line-removed",
        "the line with the misspelt name was taken out",
        "The error is gone. Is everything still stored that backward has to store?",
        _GIVEN.replace("(self, out)", "(self, dout)").replace("    delf.dW = np.dot(self.x.T, dout)\n", ""),
        ("dW",),
    ),
    _wrong(
        "local-dW",
        "the misspelt object was taken out, so dW is a local variable",
        "Where can an optimizer find dW after backward has ended?",
        _GIVEN.replace("(self, out)", "(self, dout)").replace("delf.dW", "dW"),
        ("dW",),
    ),
    _wrong(
        "transpose-lost",
        "a transpose was lost while repairing",
        "How do the shapes of dW and W compare?",
        backward(dW="np.dot(dout.T, self.x)"),
        ("dW",),
    ),
    _wrong(
        "keepdims-added",
        "the sum was changed while repairing",
        "Are the shapes of db and b equal, with all their brackets?",
        backward(db="np.sum(dout, axis=0, keepdims=True)"),
        ("db",),
    ),
    _wrong(
        "returns-stored",
        "returns dW",
        "What does the layer before this one need to receive?",
        backward().replace("return dx", "return self.dW"),
        ("dx",),
    ),
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
