"""Which exercise and which of its aspects a test belongs to."""

from __future__ import annotations

import pytest


def exercise(exercise_id: str, *, aspect: str) -> pytest.MarkDecorator:
    """Return the decorator that files a test under an aspect of an exercise.

    Parameters
    ----------
    exercise_id : str
        An exercise of ``assignment.toml``, such as ``"affine-backward"``.
    aspect : str
        One of its aspects, such as ``"dW"``. The aspect pays only if all its tests pass.
    """
    return pytest.mark.exercise(id=exercise_id, aspect=aspect)
