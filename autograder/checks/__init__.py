"""What a suite says about an answer: each check is silent or raises a `Mismatch`.

A suite imports from here and from pytest, nothing else is needed::

    from autograder.checks import check_array, exercise, numerical_gradient

- `marks`: which exercise and aspect a test belongs to;
- `arrays`: one array against the expected one, in the order kind, shape, dtype, finite, values;
- `gradients`: what a gradient has to be, from the forward function alone;
- `traces`: an optimizer's parameters, update after update;
- `given`: the code that the student received and had to leave alone;
- `mismatch`: the one verdict that all of them raise.

Actual values come from student code and are never trusted: a check looks at the exact type before it calls
anything on a value. Expected values come from the author.
"""

from __future__ import annotations

from .arrays import check_array, check_same, check_same_object, check_unchanged, keep
from .given import given_code, suspect
from .gradients import numerical_gradient
from .marks import exercise
from .mismatch import Mismatch
from .traces import check_trace, run_trace

__all__ = [
    "Mismatch",
    "check_array",
    "check_same",
    "check_same_object",
    "check_trace",
    "check_unchanged",
    "exercise",
    "given_code",
    "keep",
    "numerical_gradient",
    "run_trace",
    "suspect",
]
