"""Which idea is wrong: an answer's arrays are compared with those of known misconceptions.

A graded exercise and what its tests saw go in, the same exercise with `misconception` and `hint` comes out.
Used alike in grading, where the signatures come from the bank, and in the student's notebook, where they come
from ``public.json``. Changes no score.

- `observation`: how a test ended, in a few numbers;
- `exceptions`: what an exception is about;
- `relation`: the pattern in what differs;
- `signature`: what a misconception shows in the tests;
- `match`: which misconceptions explain an answer;
- `generic`: what to say if none does;
- `questions`: in which words.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from .generic import Fault, faults
from .match import Explanation, explain
from .observation import Compared, Observation, Observations, observe
from .questions import FAMILIES
from .signature import (
    Signature,
    signature_from_dict,
    signature_to_dict,
    signatures_from_json,
    signatures_to_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.result import ExerciseResult

__all__ = [
    "FAMILIES",
    "Compared",
    "Observation",
    "Observations",
    "Signature",
    "diagnose",
    "observe",
    "signature_from_dict",
    "signature_to_dict",
    "signatures_from_json",
    "signatures_to_json",
]

JOINED = " + "
"""Between the ids of misconceptions that occur together, each in aspects of its own."""


def diagnose(
    exercise: ExerciseResult,
    observed: Mapping[str, Observation],
    signatures: Sequence[Signature],
    language: str = "en",
) -> ExerciseResult:
    """Return an exercise with the idea that is wrong and a question that leads to it.

    Parameters
    ----------
    exercise : ExerciseResult
        As it was scored.
    observed : mapping of str to Observation
        Test id to how the test ended.
    signatures : sequence of Signature
        The known misconceptions of this exercise; may be empty.
    language : str
        ``en`` or ``ko``.

    Notes
    -----
    Several misconceptions, each in aspects of its own, are joined by " + ", and every hint begins with its
    aspects. Where no misconception is known, the name is that of a family of faults, such as a constant
    factor (`FAMILIES`), or none. An exercise that is right, not begun or could not be tested is returned
    unchanged.
    """
    outcomes = {test.outcome for test in exercise.tests}
    seen = {test.id: observed.get(test.id, Observation("other")) for test in exercise.tests}
    if "failed" not in outcomes or "error" in outcomes or _is_stub(seen):
        return exercise
    tests = {
        aspect.id: [test.id for test in exercise.tests if test.aspect == aspect.id]
        for aspect in exercise.aspects
    }
    found = explain(seen, tests, signatures)
    told = {aspect for explanation in found if explanation.hint(language) for aspect in explanation.aspects}
    rest = faults(
        {aspect: [seen[test] for test in ids] for aspect, ids in tests.items() if aspect not in told}
    )
    return dataclasses.replace(exercise, misconception=_named(found, rest), hint=_hint(found, rest, language))


def _is_stub(seen: Mapping[str, Observation]) -> bool:
    return any(observation.name == "NotImplementedError" for observation in seen.values())


def _named(found: Sequence[Explanation], rest: Sequence[Fault]) -> str | None:
    names = [explanation.misconception for explanation in found] + [fault.family for fault in rest]
    return JOINED.join(dict.fromkeys(name for name in names if name)) or None


def _hint(found: Sequence[Explanation], rest: Sequence[Fault], language: str) -> str | None:
    hints = [(explanation.aspects, explanation.hint(language)) for explanation in found]
    hints = [(aspects, hint) for aspects, hint in hints if hint]
    hints += [(fault.aspects, fault.hint(language)) for fault in rest]
    if len(hints) == 1:
        return hints[0][1]
    return "\n".join(f"{', '.join(aspects)}: {hint}" for aspects, hint in hints) or None
