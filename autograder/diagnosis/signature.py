"""What a misconception shows in the tests of its exercise: the thing that answers are compared with.

Made on the author's side from the bank's code (`autograder.bank`), carried to the student's side as numbers
and hints in ``public.json``: nothing in a signature tells how to write the answer, right or wrong.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .observation import CLOSE, PASSED, Observation, same_numbers, same_ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Compare = Callable[[Observation, Observation], bool]

_CONTAINER = re.compile(r"(list|tuple)\(\w+(\(\))?")

_DIGITS = 11
"""Of the numbers in JSON; `autograder.diagnosis.observation.ROUNDING` needs ten."""


@dataclass(frozen=True)
class Signature:
    """One misconception, as the tests of one suite see it.

    Parameters
    ----------
    misconception : str
        Its id.
    hints : mapping of str to str
        Language (``en``, ``ko``) to the hint.
    seen : mapping of str to Observation
        Id of each test that it fails, to how it fails.
    """

    misconception: str
    hints: Mapping[str, str]
    seen: Mapping[str, Observation]

    def agrees(self, observed: Mapping[str, Observation], tests: Iterable[str], same: Compare) -> bool:
        """Whether an answer looks like this misconception in all of some tests."""
        return all(same(observed[test], self.seen.get(test, PASSED)) for test in tests)


def exactly(one: Observation, other: Observation) -> bool:
    """Whether two tests ended alike, with the same arrays but for rounding."""
    return alike(one, other) and same_numbers(one, other)


def closely(one: Observation, other: Observation) -> bool:
    """Whether two tests ended alike, with the same arrays but for a small number in a denominator."""
    return alike(one, other) and same_numbers(one, other, CLOSE)


def loosely(one: Observation, other: Observation) -> bool:
    """Whether two tests ended alike, where the numbers cannot be the same.

    A wrong shape is the same mistake whatever else is wrong with the entries; so is an argument that was
    changed, and an answer that grows by the same factor at every call.
    """
    if not alike(one, other):
        return False
    if one.outcome == "kind":
        return _kind(one.form) == _kind(other.form)
    if one.outcome in {"shape", "dtype"}:
        return one.form == other.form
    if one.outcome == "inconsistent":
        return same_ratio(one, other)
    return one.outcome in {"passed", "raised", "missing", "gone", "given", "mutated", "rebound"}


def by_form(one: Observation, other: Observation) -> bool:
    """Whether two tests ended alike, whatever the numbers: for answers that are of a wrong form elsewhere."""
    return loosely(one, other) or (alike(one, other) and one.outcome == "values")


def _kind(form: str) -> str:
    """Return the kind of thing, and of a list or tuple what it begins with: a number, an array, a list."""
    found = _CONTAINER.match(form)
    return found[0] if found else form.partition("(")[0]


def alike(one: Observation, other: Observation) -> bool:
    """Whether two tests ended with the same complaint about the same thing."""
    return one.outcome == other.outcome and one.name == other.name


# ----- JSON -----


def signature_to_dict(signature: Signature) -> dict[str, Any]:
    """Return the record as plain JSON values; quicker than `dataclasses.asdict`, which copies all of them."""
    seen = {test: vars(observation) for test, observation in signature.seen.items()}
    return {"misconception": signature.misconception, "hints": signature.hints, "seen": seen}


def signature_from_dict(document: Mapping[str, Any]) -> Signature:
    """Rebuild the record that `signature_to_dict` took apart, to the last digit.

    Raises
    ------
    KeyError, TypeError
        It is something else.
    """
    seen = {
        test: Observation(**{**observed, "numbers": tuple(observed["numbers"])})
        for test, observed in document["seen"].items()
    }
    return Signature(document["misconception"], document["hints"], seen)


def signatures_to_json(signatures: Sequence[Signature]) -> dict[str, Any]:
    """Return the signatures of an exercise as plain JSON values: every hint and every observation once.

    The same signatures give the same values on every machine whose arithmetic is IEEE 754: numbers are cut
    to what comparing needs.
    """
    tests = sorted({test for signature in signatures for test in signature.seen})
    seen: dict[str, int] = {}
    table = [
        [signature.misconception, [_places(signature.seen, test, seen) for test in tests]]
        for signature in signatures
    ]
    return {
        "hints": {signature.misconception: dict(signature.hints) for signature in signatures},
        "tests": tests,
        "seen": [json.loads(text) for text in seen],
        "signatures": list({json.dumps(row): row for row in table}.values()),
    }


def signatures_from_json(document: Mapping[str, Any]) -> list[Signature]:
    """Rebuild the records that `signatures_to_json` took apart.

    Raises
    ------
    KeyError, IndexError, TypeError, ValueError
        It is something else.
    """
    seen = [_observation_from_json(values) for values in document["seen"]]
    return [
        Signature(
            name,
            document["hints"][name],
            {test: seen[place] for test, place in zip(document["tests"], places, strict=True) if place >= 0},
        )
        for name, places in document["signatures"]
    ]


def _places(observed: Mapping[str, Observation], test: str, seen: dict[str, int]) -> int:
    """Return where in the list of all observations this one stands, or -1 for a test that passes."""
    if test not in observed:
        return -1
    return seen.setdefault(json.dumps(_observation_to_json(observed[test])), len(seen))


def _observation_to_json(observation: Observation) -> list[Any]:
    """Return the fields in their order, without the empty ones at the end."""
    numbers = [_short(number) for number in observation.numbers]
    ratio = None if observation.ratio is None else _short(observation.ratio)
    values: list[Any] = [
        observation.outcome,
        observation.name,
        observation.form,
        numbers,
        _short(observation.scale),
        ratio,
    ]
    while values and not values[-1]:
        values.pop()
    return values


def _observation_from_json(values: list[Any]) -> Observation:
    names = ("outcome", "name", "form", "numbers", "scale", "ratio")
    given = dict(zip(names, values, strict=False))
    return Observation(**{**given, "numbers": tuple(given.get("numbers", ()))})


def _short(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")
