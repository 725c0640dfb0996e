"""Small pictures of a failed public test: where entries disagree, and where an optimizer leaves its path.

- `records`: what a check looked at and what it expected, boiled down to a few numbers that can be kept;
- `drawing`: such a record as an inline SVG, in a language.

For the card in the notebook and for a student's page alike. Only public suites may come here: a picture shows
what is expected.
"""

from __future__ import annotations

from .drawing import STYLE, draw
from .records import Entries, Picture, Pictures, Trace, picture_from_dict, picture_of, picture_to_dict

__all__ = [
    "STYLE",
    "Entries",
    "Picture",
    "Pictures",
    "Trace",
    "draw",
    "picture_from_dict",
    "picture_of",
    "picture_to_dict",
]
