"""Which misconceptions explain an answer, aspect by aspect.

An answer agrees with a misconception in an aspect if it agrees in *every* test of it, those that pass
included: one input may coincide by chance, several do not. Fewest ideas win: one misconception that explains
everything before two that explain a part each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .signature import by_form, closely, exactly, loosely

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .observation import Observation
    from .signature import Signature

    Tests = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Explanation:
    """Misconceptions that explain some failed aspects equally well; usually one."""

    aspects: tuple[str, ...]
    candidates: tuple[Signature, ...]

    @property
    def misconception(self) -> str | None:
        """The misconception, if there is no doubt."""
        ids = {candidate.misconception for candidate in self.candidates}
        return ids.pop() if len(ids) == 1 else None

    def hint(self, language: str) -> str | None:
        """Return the hint that all candidates share, if they do."""
        hints = {_in(language, candidate.hints) for candidate in self.candidates}
        return hints.pop() if len(hints) == 1 else None


def _in(language: str, hints: Mapping[str, str]) -> str:
    return hints.get(language) or hints["en"]


def explain(
    observed: Mapping[str, Observation], tests: Tests, signatures: Sequence[Signature]
) -> list[Explanation]:
    """Return the explanations of the failed aspects of an answer; some may remain unexplained.

    Parameters
    ----------
    observed : mapping of str to Observation
        Test id to how it ended.
    tests : mapping of str to sequence of str
        Aspect to the ids of its tests.
    signatures : sequence of Signature
        The misconceptions of the exercise.
    """
    agreeing = {
        aspect: _agreeing(observed, ids, signatures)
        for aspect, ids in tests.items()
        if not all(observed[test].passed for test in ids)
    }
    found: list[Explanation] = []
    remaining = list(agreeing)
    while remaining:
        best = _best(agreeing, remaining, tests)
        if best is None:
            break
        found.append(best)
        remaining = [aspect for aspect in remaining if aspect not in best.aspects]
    credible = [
        entry
        for entry in found
        if _is_credible(entry, found, tests) and not _raises_alike(entry, remaining, observed, tests)
    ]
    return sorted(credible, key=lambda explanation: list(agreeing).index(explanation.aspects[0]))


def _is_credible(entry: Explanation, found: Sequence[Explanation], tests: Tests) -> bool:
    """Whether more speaks for an explanation than against it.

    Against it speaks what it predicts and what is not so, unless another idea is at work there.
    """
    elsewhere = {aspect for other in found if other is not entry for aspect in other.aspects}
    owed = _predicted(entry.candidates[0], tests) - set(entry.aspects) - elsewhere
    return len(owed) < len(entry.aspects)


def _raises_alike(
    entry: Explanation, remaining: Sequence[str], observed: Mapping[str, Observation], tests: Tests
) -> bool:
    """Whether the exception that an idea explains also occurs where the idea would not raise it."""
    own, others = (
        {
            observed[test].name
            for aspect in aspects
            for test in tests[aspect]
            if observed[test].outcome == "raised"
        }
        for aspects in (entry.aspects, remaining)
    )
    return not own.isdisjoint(others)


def _predicted(signature: Signature, tests: Tests) -> set[str]:
    """Return the aspects that a misconception fails."""
    return {aspect for aspect, ids in tests.items() if not signature.seen.keys().isdisjoint(ids)}


def _agreeing(
    observed: Mapping[str, Observation], tests: Sequence[str], signatures: Sequence[Signature]
) -> list[Signature]:
    """Return the signatures that fail an aspect just as the answer does: by numbers, else by form."""
    failing = [signature for signature in signatures if not signature.seen.keys().isdisjoint(tests)]
    levels = [exactly, closely, loosely]
    if any(observed[test].outcome in {"kind", "shape"} for test in tests):
        levels.append(by_form)  # the square cases, where a wrong shape is no wrong shape
    for same in levels:
        if found := [signature for signature in failing if signature.agrees(observed, tests, same)]:
            return found
    return []


def _best(
    agreeing: Mapping[str, Sequence[Signature]], remaining: Sequence[str], tests: Tests
) -> Explanation | None:
    """Return the best explanation of some of the remaining aspects, with all that are just as good."""
    ranked: dict[tuple[bool, int, tuple[str, ...]], list[Signature]] = {}
    for signature in {id(entry): entry for entries in agreeing.values() for entry in entries}.values():
        explained = {aspect for aspect, entries in agreeing.items() if signature in entries}
        predicted = _predicted(signature, tests)
        new = tuple(aspect for aspect in remaining if aspect in explained)
        if new:
            # what predicts a failure that is not there, or another one, is the worse explanation
            ranked.setdefault((predicted <= explained, len(new), new), []).append(signature)
    if not ranked:
        return None
    best = max(ranked, key=lambda rank: rank[:2])
    return Explanation(best[2], tuple(ranked[best]))
