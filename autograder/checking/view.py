"""How a checked exercise is shown: as a card in a notebook (`card`), as plain text anywhere else."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

from autograder.words import ENGLISH, visible

from .card import render_html
from .told import findings, first_lines, is_not_done, others, stub_words, summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from autograder.pictures import Picture
    from autograder.result import ExerciseResult
    from autograder.words import Catalogue

    from .told import Finding

_LINE = 100
"""Characters; arrays are printed narrower than this."""


class CheckView:
    """A result that notebooks and terminals can show.

    Parameters
    ----------
    result : ExerciseResult
        What the public suite found.
    printed : str
        What the student's code printed meanwhile.
    pictures : mapping of str to Picture
        Aspect to what can be seen of its failure.
    words : Catalogue
        In which language it speaks.
    """

    def __init__(
        self,
        result: ExerciseResult,
        printed: str = "",
        pictures: Mapping[str, Picture] | None = None,
        words: Catalogue = ENGLISH,
    ) -> None:
        self.result, self.printed, self.pictures, self.words = result, printed, pictures or {}, words

    def __repr__(self) -> str:
        return render_text(self.result, self.printed, self.words)

    def _repr_html_(self) -> str:
        return render_html(self.result, self.printed, self.pictures, self.words)


def show(view: CheckView) -> None:
    """Display a result, or print it where there is nothing to display with."""
    if "IPython" in sys.modules:
        from IPython.core.interactiveshell import InteractiveShell  # noqa: PLC0415 - costs a plain Python 0.3 s
        from IPython.display import display  # noqa: PLC0415

        if InteractiveShell.initialized():
            display(view)
            return
    print(view)  # noqa: T201 - the student asked for it


def render_text(result: ExerciseResult, printed: str = "", words: Catalogue = ENGLISH) -> str:
    """Return the result for a terminal."""
    lines = [summary(result, words)]
    if is_not_done(result):
        lines.append(f"  {words.tell(stub_words(result))}")
    else:
        for finding in findings(result, words):
            lines += _finding_text(finding, words)
    if result.hint:
        lines += ["", *_indented(f"{words.say('Think about it:')} {words.tell(result.hint)}", 2)]
    if printed:
        lines += ["", words.say("Your code printed:"), *_indented(first_lines(printed, words), 4)]
    return visible("\n".join(lines))


def _finding_text(finding: Finding, words: Catalogue) -> list[str]:
    lines = [f"  {'✓' if finding.passed else '✗'} {finding.aspect}"]
    if not finding.passed:
        lines[0] += f": {words.tell(finding.required)}"
        lines += _indented(words.tell(finding.found), 6)
        lines += _indented(others(finding, words), 6)
    return lines


def _indented(text: str, width: int) -> list[str]:
    return [" " * width + part for line in text.splitlines() for part in _wrapped(line, _LINE - width)]


def _wrapped(line: str, width: int) -> list[str]:
    """Break a long sentence; code, arrays and short lines stay as they are."""
    return textwrap.wrap(line, width) if len(line) > width and not line.startswith(" ") else [line]
