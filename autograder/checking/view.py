"""How a checked exercise looks, as plain text and as HTML. Pure functions of the result, but for `show`."""

from __future__ import annotations

import html
import sys
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.result import ExerciseResult, TestResult

NOT_DONE = "Not done yet"
"""How `autograder.plugin.rationale` begins what it says about a stub."""

_MAX_PRINTED_LINES = 12
_LINE = 100
"""Characters; arrays are printed narrower than this."""


@dataclass(frozen=True)
class Finding:
    """One aspect: whether it is right, and if not, its first failed test in words."""

    aspect: str
    passed: bool
    required: str = ""
    found: str = ""
    others: int = 0
    """How many more tests of this part failed."""


class CheckView:
    """A result that notebooks and terminals can show.

    Parameters
    ----------
    result : ExerciseResult
        What the public suite found.
    printed : str
        What the student's code printed meanwhile.
    """

    def __init__(self, result: ExerciseResult, printed: str = "") -> None:
        self.result, self.printed = result, printed

    def __repr__(self) -> str:
        return render_text(self.result, self.printed)

    def _repr_html_(self) -> str:
        return render_html(self.result, self.printed)


def show(view: CheckView) -> None:
    """Display a result, or print it where there is nothing to display with."""
    if "IPython" in sys.modules:
        from IPython.core.interactiveshell import InteractiveShell  # noqa: PLC0415 - costs a plain Python 0.3 s
        from IPython.display import display  # noqa: PLC0415

        if InteractiveShell.initialized():
            display(view)
            return
    print(view)  # noqa: T201 - the student asked for it


def findings(result: ExerciseResult) -> list[Finding]:
    """Return one finding per aspect; of the same words found twice, the second is short."""
    seen: dict[str, str] = {}
    return [
        _finding(aspect.id, [test for test in result.tests if test.aspect == aspect.id], seen)
        for aspect in result.aspects
    ]


def _finding(aspect: str, tests: list[TestResult], seen: dict[str, str]) -> Finding:
    failed = [test for test in tests if test.outcome != "passed"]
    if not failed:
        return Finding(aspect, passed=bool(tests), found="" if tests else "It was not tested.")
    required, _, found = failed[0].rationale.partition("\n")
    if found in seen:
        found = f"The same as for {seen[found]}."
    else:
        seen[found] = aspect
    return Finding(aspect, False, required, found, len(failed) - 1)


def is_not_done(result: ExerciseResult) -> bool:
    """Whether the stub is still there."""
    return any(f"\n{NOT_DONE}" in test.rationale for test in result.tests)


def summary(result: ExerciseResult) -> str:
    """Return the result in one line."""
    wrong = [finding.aspect for finding in findings(result) if not finding.passed]
    if is_not_done(result):
        return f"{result.id} is not done yet."
    if wrong:
        return (
            f"{result.id} is not right yet: {', '.join(wrong)} ({len(wrong)} of {len(result.aspects)} parts)."
        )
    return f"{result.id} is right: {len(result.tests)} tests passed."


def render_text(result: ExerciseResult, printed: str = "") -> str:
    """Return the result for a terminal."""
    lines = [summary(result)]
    if is_not_done(result):
        lines.append(_stub_text(result))
    else:
        for finding in findings(result):
            lines += _finding_text(finding)
    if result.hint:
        lines += ["", *_indented(f"Think about it: {result.hint}", 2)]
    if printed:
        lines += ["", "Your code printed:", *_indented(_first_lines(printed), 4)]
    return "\n".join(lines)


def _finding_text(finding: Finding) -> list[str]:
    lines = [f"  {'✓' if finding.passed else '✗'} {finding.aspect}"]
    if not finding.passed:
        lines[0] += f": {finding.required}"
        lines += _indented(finding.found, 6)
        lines += _indented(_others(finding), 6)
    return lines


def _indented(text: str, width: int) -> list[str]:
    return [" " * width + part for line in text.splitlines() for part in _wrapped(line, _LINE - width)]


def _wrapped(line: str, width: int) -> list[str]:
    """Break a long sentence; code, arrays and short lines stay as they are."""
    return textwrap.wrap(line, width) if len(line) > width and not line.startswith(" ") else [line]


def _others(finding: Finding) -> str:
    if not finding.others:
        return ""
    return f"({finding.others} more {'test' if finding.others == 1 else 'tests'} of this part failed.)"


def _stub_text(result: ExerciseResult) -> str:
    """Return what the stub itself says, once."""
    test = next(test for test in result.tests if f"\n{NOT_DONE}" in test.rationale)
    return "  " + test.rationale.partition("\n")[2]


def _first_lines(text: str) -> str:
    lines = text.splitlines()
    left_out = len(lines) - _MAX_PRINTED_LINES
    more = [f"... ({left_out} more lines)"] if left_out > 0 else []
    return "\n".join([*lines[:_MAX_PRINTED_LINES], *more])


# ----- HTML -----

_RIGHT, _WRONG, _OPEN = "#2e7d32", "#c62828", "#8a6d00"
"""Readable on light and dark pages alike; the words carry the meaning, the colours repeat it."""


def render_html(result: ExerciseResult, printed: str = "") -> str:
    """Return the result for a notebook."""
    not_done = is_not_done(result)
    colour = _OPEN if not_done else _RIGHT if result.passed else _WRONG
    parts = [f"<strong>{html.escape(summary(result))}</strong>"]
    if not_done:
        parts.append(f"<div>{html.escape(_stub_text(result).strip())}</div>")
    else:
        parts += map(_finding_html, findings(result))
    if result.hint:
        hint = html.escape(result.hint).replace("\n", "<br>")
        parts.append(f'<div style="margin-top: 6px"><strong>Think about it:</strong> {hint}</div>')
    if printed:
        parts.append(f"<div>Your code printed:</div>{_pre(_first_lines(printed))}")
    return f'<div style="border-left: 4px solid {colour}; padding: 2px 0 2px 12px">{"".join(parts)}</div>'


def _finding_html(finding: Finding) -> str:
    colour, sign = (_RIGHT, "✓") if finding.passed else (_WRONG, "✗")
    head = f'<span style="color: {colour}">{sign}</span> <code>{html.escape(finding.aspect)}</code>'
    if finding.passed:
        return f"<div>{head}</div>"
    others = html.escape(_others(finding))
    return f"<div>{head} {html.escape(finding.required)}{_pre(finding.found)}{others}</div>"


def _pre(text: str) -> str:
    return f'<pre style="margin: 4px 0 4px 24px; white-space: pre-wrap">{html.escape(text)}</pre>'
