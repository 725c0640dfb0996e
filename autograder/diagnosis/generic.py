"""What to say where no known idea explains an answer: what is wrong first, and a question about it.

In the order in which a teacher would look: is it there, did it raise, shape, dtype, the first wrong entry or
update, a constant factor, changed arguments. No sentence names a hidden value.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .observation import same_numbers
from .questions import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .observation import Observation

_ORDER = (
    "missing",
    "gone",
    "given",
    "raised",
    "kind",
    "shape",
    "dtype",
    "not-finite",
    "step",
    "values",
    "inconsistent",
    "mutated",
    "rebound",
    "other",
)

_FUNCTIONS = ("builtin_function_or_method", "function", "method", "method-wrapper", "ufunc")
"""Types of what has not been called."""


@dataclass(frozen=True)
class Fault:
    """What is wrong first in some aspects.

    Parameters
    ----------
    aspects : tuple of str
        The aspects.
    topic : str
        A key of `QUESTIONS`.
    first : Observation
        The first test that shows it.
    size : str
        The size that it is about, such as N; may be empty.
    """

    aspects: tuple[str, ...]
    topic: str
    first: Observation
    size: str = ""

    @property
    def family(self) -> str | None:
        """The name of the fault, if it has one."""
        return QUESTIONS[self.topic].family

    def hint(self, language: str) -> str:
        """Return what is wrong and the question about it."""
        question = QUESTIONS[self.topic]
        words = question.korean if language == "ko" else question.english
        sentence = "" if self.first.outcome == "raised" else self.first.detail
        text = words.format(name=self.first.name, detail=self.first.detail, size=self.size)
        return f"{sentence} {text}".strip()


def faults(observed: Mapping[str, Sequence[Observation]]) -> list[Fault]:
    """Return what is wrong first in each aspect; aspects with the same fault are told together.

    Parameters
    ----------
    observed : mapping of str to sequence of Observation
        Aspect to how its tests ended.
    """
    found: dict[tuple[str, str, str], Fault] = {}
    for aspect, observations in observed.items():
        fault = _fault(aspect, observations)
        if fault is None:
            continue
        alike = _kin(fault)
        before = found.get(alike)
        found[alike] = (
            fault
            if before is None
            else Fault((*before.aspects, aspect), before.topic, before.first, before.size)
        )
    return list(found.values())


def _kin(fault: Fault) -> tuple[str, str, str]:
    """Return what two faults have in common that are to be told in one sentence."""
    if fault.first.outcome == "step":
        return "step", "", ""
    if fault.first.outcome == "raised":
        return fault.topic, "", fault.first.detail
    return fault.topic, fault.size, fault.first.name


def _fault(aspect: str, observed: Iterable[Observation]) -> Fault | None:
    failed = [observation for observation in observed if observation.outcome in _ORDER]
    if not failed:
        return None
    first = min(failed, key=lambda observation: _ORDER.index(observation.outcome))
    alike = [observation for observation in failed if observation.outcome == first.outcome]
    topic, size = _topic(first, alike, failed)
    return Fault((aspect,), topic, first, size)


def _topic(
    first: Observation, alike: Sequence[Observation], failed: Sequence[Observation]
) -> tuple[str, str]:
    """Return which question to ask, and the size that it is about."""
    match first.outcome:
        case "raised":
            return _about_exception(first.name), ""
        case "kind":
            return _about_kind(first.form), ""
        case "shape":
            constant, one = _is_constant(alike), _is_about_one(failed)
            return "constant" if constant else "shape of one" if one else _pattern(alike) or "shape", ""
        case "values":
            topic, size = ("constant", "") if _is_constant(alike) else _about_ratio(alike)
            return (topic if topic != "values" else _almost(alike) or _pattern(alike) or topic), size
        case "step":
            return _almost(alike) or _pattern(alike) or _about_update(first.update), ""
    return first.outcome, ""


def _almost(alike: Sequence[Observation]) -> str:
    return "almost" if all(observation.near for observation in alike) else ""


def _pattern(alike: Sequence[Observation]) -> str:
    """Return the pattern that several tests agree on; a single one may be a coincidence."""
    found = [observation.relation for observation in alike if observation.relation]
    most = max(dict.fromkeys(found), key=found.count, default="")
    enough = found.count(most) == len(found) and 2 * len(found) > len(alike)
    return most if enough and (len(found) > 1 or len(alike) == 1) else ""


def _about_exception(about: str) -> str:
    """Return the most specific question about an exception."""
    known = [topic for topic in QUESTIONS if about.startswith(topic)]
    return max(known, key=len, default="raised")


def _about_kind(form: str) -> str:
    """Return the question about something that is no array."""
    if form.startswith("object "):
        kind = form.removeprefix("object ")
        return "function" if kind in _FUNCTIONS else kind if kind in {"generator", "matrix"} else "kind"
    if form.startswith("tuple(") and "," not in re.sub(r"\([^()]*\)", "", form[6:-1]):
        return "one in a tuple"
    return "list" if form.startswith(("list", "large list")) else "kind"


def _about_update(update: int) -> str:
    return {1: "first update", 2: "later update"}.get(update, "much later")


def _is_about_one(failed: Sequence[Observation]) -> bool:
    """Whether only batches of one are wrong, and several sizes were tried."""
    return all(observation.sizes.get("N") == 1 for observation in failed)


def _is_constant(alike: Sequence[Observation]) -> bool:
    """Whether the same entries came back for several inputs."""
    several = [observation for observation in alike if observation.scale > 0]
    return len(several) > 2 and all(same_numbers(several[0], other) for other in several)  # noqa: PLR2004


def _about_ratio(alike: Sequence[Observation]) -> tuple[str, str]:
    ratios = [(observation.ratio, observation.sizes) for observation in alike if not _is_single(observation)]
    if not ratios or any(ratio is None for ratio, _ in ratios):
        return "values", ""
    for value, topic in ((0.0, "zero"), (-1.0, "sign")):
        if all(ratio == value for ratio, _ in ratios):
            return topic, ""
    for size in ratios[0][1]:
        for sign, power, topic in ((1, -1, "divided"), (1, 1, "multiplied"), (-1, -1, "divided, reversed")):
            sized = [(ratio, sizes) for ratio, sizes in ratios if size in sizes]
            if all(_is_power(ratio, sizes[size], sign, power) for ratio, sizes in sized):
                return topic, size
    first = ratios[0][0]
    assert first is not None
    same = all(ratio is not None and abs(ratio - first) <= 1e-9 * abs(first) for ratio, _ in ratios)
    return ("factor" if same else "factors"), ""


def _is_single(observation: Observation) -> bool:
    """Whether there is one entry only, of which a factor says nothing."""
    return math.prod(map(int, re.findall(r"\d+", observation.form))) <= 1


def _is_power(ratio: float | None, size: int, sign: int, power: int) -> bool:
    return ratio is not None and bool(size) and abs(ratio / (sign * float(size) ** power) - 1) < 1e-9  # noqa: PLR2004 - rounding
