"""Known answers to every exercise: the wrong ones with their idea and hint, and the right but different ones.

The wrong ones prove that the suites catch what they have to, and a student's failing answer is compared
with them; the right ones prove that the suites accept what they have to. Each is the source of a whole
solution cell. Never in the student's wheel. One module per exercise, named as the exercise.
"""

from __future__ import annotations

from . import adagrad, affine_backward, affine_debug, bias_gradient, momentum
from .records import Alternative, Misconception

MISCONCEPTIONS: dict[str, tuple[Misconception, ...]] = {
    "bias-gradient": bias_gradient.MISCONCEPTIONS,
    "affine-backward": affine_backward.MISCONCEPTIONS,
    "affine-debug": affine_debug.MISCONCEPTIONS,
    "momentum": momentum.MISCONCEPTIONS,
    "adagrad": adagrad.MISCONCEPTIONS,
}
"""Exercise id to its wrong answers."""

ALTERNATIVES: dict[str, tuple[Alternative, ...]] = {
    "bias-gradient": bias_gradient.ALTERNATIVES,
    "affine-backward": affine_backward.ALTERNATIVES,
    "affine-debug": affine_debug.ALTERNATIVES,
    "momentum": momentum.ALTERNATIVES,
    "adagrad": adagrad.ALTERNATIVES,
}
"""Exercise id to its right answers that differ from the reference."""

__all__ = ["ALTERNATIVES", "MISCONCEPTIONS", "Alternative", "Misconception"]
