"""What is said about a checked exercise: in one line, and part by part. Pure functions of the result."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.plugin import translated_requirements
from autograder.words import NOT_DONE, catalogue

if TYPE_CHECKING:
    from autograder.kit import Kit
    from autograder.result import ExerciseResult, TestResult
    from autograder.words import Catalogue

_MAX_PRINTED_LINES = 12

_SIZES = re.compile(r"^With [^:]*: ")
"""How a test begins that was run with several sizes: the same is found at all of them."""


@dataclass(frozen=True)
class Finding:
    """One aspect: whether it is right, and if not, its first failed test in words."""

    aspect: str
    passed: bool
    required: str = ""
    found: str = ""
    others: int = 0
    """How many more tests of this part failed."""


def words_of(kit: Kit) -> Catalogue:
    """Return the words of an assignment, with what its public suite says in its language."""
    return catalogue(kit.language, translated_requirements(kit.suite, kit.language))


def findings(result: ExerciseResult, words: Catalogue) -> list[Finding]:
    """Return one finding per aspect; of the same words found twice, the second is short."""
    seen: dict[str, str] = {}
    return [
        _finding(aspect.id, [test for test in result.tests if test.aspect == aspect.id], seen, words)
        for aspect in result.aspects
    ]


def _finding(aspect: str, tests: list[TestResult], seen: dict[str, str], words: Catalogue) -> Finding:
    failed = [test for test in tests if test.outcome != "passed"]
    if not failed:
        return Finding(aspect, passed=bool(tests), found="" if tests else words.say("It was not tested."))
    required, _, found = failed[0].rationale.partition("\n")
    what = _SIZES.sub("", found)
    if what in seen:
        found = words.say("The same as for {aspect}.", aspect=seen[what])
    else:
        seen[what] = aspect
    return Finding(aspect, False, required, found, len(failed) - 1)


def is_not_done(result: ExerciseResult) -> bool:
    """Whether the stub is still there."""
    return any(f"\n{NOT_DONE}" in test.rationale for test in result.tests)


def summary(result: ExerciseResult, words: Catalogue) -> str:
    """Return the result in one line."""
    wrong = [finding.aspect for finding in findings(result, words) if not finding.passed]
    if is_not_done(result):
        return words.say("{exercise} is not done yet.", exercise=result.id)
    if wrong:
        return words.say(
            "{exercise} is not right yet: {parts} ({wrong} of {all} parts).",
            exercise=result.id,
            parts=", ".join(wrong),
            wrong=len(wrong),
            all=len(result.aspects),
        )
    return words.say("{exercise} is right: {n} tests passed.", exercise=result.id, n=len(result.tests))


def others(finding: Finding, words: Catalogue) -> str:
    """Say how many more tests of a part failed, if any."""
    if not finding.others:
        return ""
    return words.count(
        "({n} more test of this part failed.)", "({n} more tests of this part failed.)", finding.others
    )


def stub_words(result: ExerciseResult) -> str:
    """Return what the stub itself says, once, in English."""
    test = next(test for test in result.tests if f"\n{NOT_DONE}" in test.rationale)
    return test.rationale.partition("\n")[2]


def first_lines(text: str, words: Catalogue) -> str:
    """Return the first lines of what student code printed."""
    lines = text.splitlines()
    left_out = len(lines) - _MAX_PRINTED_LINES
    more = [words.count("... ({n} more line)", "... ({n} more lines)", left_out)] if left_out > 0 else []
    return "\n".join([*lines[:_MAX_PRINTED_LINES], *more])
