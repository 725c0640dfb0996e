"""What IPython adds to Python, looked for only where it could be.

IPython splits every cell into tokens to find magics, ``!commands`` and ``help?``, and compiles it once more
to see whether it awaits something: together nearly half of the time that a short cell takes. Both are left
out for a cell that cannot hold any of it, by signs that IPython's own syntax cannot do without.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from IPython.core.inputtransformer2 import (
    ESCAPE_SINGLES,
    EscapedCommand,
    HelpEnd,
    MagicAssign,
    SystemAssign,
    TransformerManager,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_KNOWN = [MagicAssign, SystemAssign, EscapedCommand, HelpEnd]
_ASSIGNED = re.compile(r"=[\s\\]*[%!]")
"""``x = %magic`` and ``x = !command``."""


class SpecialSyntax(TransformerManager):
    """IPython's own transformations; others that somebody has added are asked about every cell."""

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        """Return the lines of a cell as Python."""
        if self.token_transformers == _KNOWN and not may_be_special(lines):
            return lines
        transformed: list[str] = super().do_token_transforms(lines)  # type: ignore[no-untyped-call]
        return transformed


def may_be_special(lines: Sequence[str]) -> bool:
    """Whether there could be something in the lines of a cell that is not Python."""
    text = "".join(lines)
    return (
        "?" in text
        or _ASSIGNED.search(text) is not None
        or any(line.lstrip()[:1] in ESCAPE_SINGLES for line in lines)
    )


def may_await(cell: str) -> bool:
    """Whether there could be an ``await`` outside of functions: these words have no other spelling."""
    return "await" in cell or "async" in cell
