"""Which idea is wrong: an answer's arrays are compared with those of known misconceptions.

A graded exercise and what its tests saw go in, the same exercise with `misconception` and `hint` comes out.
Used alike in grading, where the signatures come from the bank, and in the student's notebook, where they come
from ``public.json``. Changes no score.

- `observation`: how a test ended, in a few numbers;
- `exceptions`: what an exception is about;
- `signature`: what a misconception shows in the tests;
- `match`: which misconceptions explain an answer;
- `generic`: what to say if none does.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from .generic import generic_hint
from .match import Explanation, explain
from .observation import Observation, Observations, observe
from .signature import Signature, signature_from_dict, signatures_from_json, signatures_to_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.result import ExerciseResult

__all__ = [
    "Observation",
    "Observations",
    "Signature",
    "diagnose",
    "observe",
    "signature_from_dict",
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
    aspects. An exercise that is right, not begun or could not be tested is returned as it is.
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
    return dataclasses.replace(
        exercise, misconception=_named(found), hint=_hint(found, seen, tests, language)
    )


def _is_stub(seen: Mapping[str, Observation]) -> bool:
    return any(observation.name == "NotImplementedError" for observation in seen.values())


def _named(found: Sequence[Explanation]) -> str | None:
    names = [explanation.misconception for explanation in found if explanation.misconception]
    return JOINED.join(names) or None


def _hint(
    found: Sequence[Explanation],
    seen: Mapping[str, Observation],
    tests: Mapping[str, Sequence[str]],
    language: str,
) -> str | None:
    hints = [(explanation.aspects, explanation.hint(language)) for explanation in found]
    hints = [(aspects, hint) for aspects, hint in hints if hint]
    explained = {aspect for aspects, _ in hints for aspect in aspects}
    rest = {aspect: ids for aspect, ids in tests.items() if aspect not in explained}
    generic = generic_hint([seen[test] for ids in rest.values() for test in ids], language)
    if generic:
        failed = [aspect for aspect, ids in rest.items() if not all(seen[test].passed for test in ids)]
        hints.append((tuple(failed), generic))
    if len(hints) == 1:
        return hints[0][1]
    return "\n".join(f"{', '.join(aspects)}: {hint}" for aspects, hint in hints) or None
