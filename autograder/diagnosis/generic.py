"""What to say where no known idea explains an answer: what is wrong first, and a question about it.

In the order in which a teacher would look: is it there, did it raise, shape, dtype, the first wrong entry or
update, a constant factor, changed arguments. No sentence names a hidden value.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from .observation import same_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

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
)

QUESTIONS = {
    "missing": (
        "{name} is not there. Is it defined, and spelt exactly like this?",
        "{name}이(가) 없습니다. 정확히 이 이름으로 정의했나요?",
    ),
    "gone": (
        "Your code was ended from outside. What makes your loop stop, and how large do your arrays become?",
        "코드가 끝나지 않아 중단되었습니다. 반복문은 언제 끝나고, 배열은 얼마나 커지나요?",
    ),
    "given": (
        "Given code was changed. What did it look like when you received it?",
        "주어진 코드가 바뀌었습니다. 처음 받았을 때는 어떤 모습이었나요?",
    ),
    "NameError: like self": (
        "Read the name in the error letter by letter. What is the object called inside its own methods?",
        "오류에 나온 이름을 한 글자씩 읽어 보세요. 메서드 안에서 객체 자신은 무엇이라고 부르나요?",
    ),
    "NameError": (
        "Nothing inside the method is called {detail}. Where should it come from: an argument, or self?",
        "메서드 안에는 {detail}(이)라는 이름이 없습니다. 인수에서 와야 하나요, self에서 와야 하나요?",
    ),
    "ValueError: product": (
        "Write the shapes of both factors side by side. Which two numbers have to be equal?",
        "곱하는 두 배열의 형상을 나란히 써 보세요. 어느 두 수가 같아야 하나요?",
    ),
    "ValueError: shapes": (
        "Print the shapes of both arrays in the line of the error, brackets and all. Where do they differ?",
        "오류가 난 줄에 있는 두 배열의 형상을 괄호까지 출력해 보세요. 어디가 다른가요?",
    ),
    "AttributeError: NoneType": (
        "Something is still None when it is used. Which line should have stored it, and did that line run?",
        "쓰이는 순간에도 아직 None인 것이 있습니다. 어느 줄이 그것을 저장해야 했고, 그 줄은 실행되었나요?",
    ),
    "AttributeError": (
        "Which names does the object have, and which one does your line ask for?",
        "그 객체에는 어떤 이름들이 있고, 오류가 난 줄은 어떤 이름을 찾고 있나요?",
    ),
    "KeyError": (
        "Which keys does the dict hold at that moment, and where were they put into it?",
        "그 순간 딕셔너리에는 어떤 키가 있고, 그 키는 어디에서 넣었나요?",
    ),
    "UFuncTypeError": (
        "Which numbers can an array of this dtype not hold?",
        "이 dtype의 배열에 담을 수 없는 수는 어떤 수인가요?",
    ),
    "raised": (
        "Read the last line of the error, then print what stands in your line. Is it what you expect?",
        "오류의 마지막 줄을 읽고, 그 줄에 있는 값들을 출력해 보세요. 예상한 것과 같나요?",
    ),
    "kind": (
        "What does the caller need to receive, and which line hands it over?",
        "호출한 쪽은 무엇을 받아야 하고, 어느 줄이 그것을 넘겨 주나요?",
    ),
    "shape": (
        "Write both shapes one below the other, with all brackets. Which axis is too many, or misplaced?",
        "두 형상을 괄호까지 위아래로 써 보세요. 어느 축이 남거나, 없거나, 자리가 바뀌었나요?",
    ),
    "dtype": (
        "Which numbers can this dtype not hold?",
        "이 dtype에 담을 수 없는 수는 어떤 수인가요?",
    ),
    "not-finite": (
        "Where could your code divide by zero, or take the root of a negative number?",
        "0으로 나누거나 음수의 제곱근을 구하는 곳은 어디일까요?",
    ),
    "constant": (
        "{name} is the same for other inputs. Does your code use its arguments, or the notebook's variables?",
        "입력이 달라도 {name}이(가) 같습니다. 인수를 쓰고 있나요, 노트북의 다른 변수를 쓰고 있나요?",
    ),
    "first update": (
        "Work out the first update of one number by hand. Where do signs, factors or the start differ?",
        "수 하나에 대해 첫 번째 갱신을 손으로 계산해 보세요. 부호, 인수, 시작값 중 어디가 다른가요?",
    ),
    "later update": (
        "The beginning is right. What has to be remembered from one update to the next, and for whom?",
        "처음은 맞습니다. 한 번의 갱신에서 다음 갱신까지 무엇을, 무엇마다 기억해야 하나요?",
    ),
    "zero": (
        "Which line should put something other than zero into {name}, and does it run?",
        "{name}에 0이 아닌 값을 넣어야 하는 줄은 어디이고, 그 줄은 실행되나요?",
    ),
    "sign": (
        "Only the sign differs. Where does your minus come from, and whose task is it?",
        "부호만 다릅니다. 그 마이너스는 어디에서 왔고, 누가 해야 할 일인가요?",
    ),
    "divided": (
        "The factor is always one over {size}. What does {size} count, and who should divide by it?",
        "언제나 {size}분의 1배입니다. {size}은(는) 무엇의 개수이고, 나누는 일은 누가 해야 하나요?",
    ),
    "multiplied": (
        "The factor is always {size}. What does {size} count, and why should the answer grow with it?",
        "언제나 {size}배입니다. {size}은(는) 무엇의 개수이고, 답이 왜 그만큼 커져야 하나요?",
    ),
    "factor": (
        "Everything is right but for one factor. What is counted too often, or not at all?",
        "인수 하나만 빼고 모두 맞습니다. 무엇을 너무 많이 세었거나 빠뜨렸나요?",
    ),
    "values": (
        "Make the smallest example you can, work that entry out by hand, and compare. Which term differs?",
        "가장 작은 예를 만들어 그 원소를 손으로 계산해 비교해 보세요. 어느 항이 다른가요?",
    ),
    "inconsistent": (
        "What does your code keep from one call to the next, and who shares it?",
        "한 번의 호출에서 다음 호출까지 무엇이 남아 있고, 누가 그것을 함께 쓰고 있나요?",
    ),
    "mutated": (
        "Print {name} before and after the call. Which line writes into it?",
        "호출 앞뒤로 {name}을(를) 출력해 보세요. 어느 줄이 그 안에 쓰고 있나요?",
    ),
    "rebound": (
        "Is {name} still the same array afterwards, or a new one under the old name?",
        "호출 뒤에도 {name}은(는) 같은 배열인가요, 아니면 같은 이름의 새 배열인가요?",
    ),
}
"""English and Korean."""


def generic_hint(observed: Sequence[Observation], language: str) -> str | None:
    """Return what is wrong first and a question about it.

    Parameters
    ----------
    observed : sequence of Observation
        How the tests of an aspect (or of an exercise) ended.
    language : str
        ``en`` or ``ko``.
    """
    failed = [observation for observation in observed if observation.outcome in _ORDER]
    if not failed:
        return None
    first = min(failed, key=lambda observation: _ORDER.index(observation.outcome))
    alike = [observation for observation in failed if observation.outcome == first.outcome]
    topic, size = _topic(first, alike)
    question = QUESTIONS[topic][language == "ko"]
    sentence = "" if first.outcome == "raised" else first.detail
    return f"{sentence} {question.format(name=first.name, detail=first.detail, size=size)}".strip()


def _topic(first: Observation, alike: Sequence[Observation]) -> tuple[str, str]:
    """Return which question to ask, and the size that it is about."""
    if first.outcome == "raised":
        return _about_exception(first.name), ""
    if first.outcome in {"values", "shape"} and _is_constant(alike):
        return "constant", ""
    if first.outcome == "step":
        return ("first update" if first.update == 1 else "later update"), ""
    if first.outcome == "values":
        return _about_ratio(alike)
    return first.outcome, ""


def _about_exception(about: str) -> str:
    """Return the most specific question about an exception."""
    known = [topic for topic in QUESTIONS if about.startswith(topic)]
    return max(known, key=len, default="raised")


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
        for power, topic in ((-1, "divided"), (1, "multiplied")):
            if all(_is_power(ratio, sizes.get(size), power) for ratio, sizes in ratios):
                return topic, size
    return "factor", ""


def _is_single(observation: Observation) -> bool:
    """Whether there is one entry only, of which a factor says nothing."""
    return math.prod(map(int, re.findall(r"\d+", observation.form))) <= 1


def _is_power(ratio: float | None, size: int | None, power: int) -> bool:
    return ratio is not None and bool(size) and abs(ratio / float(size) ** power - 1) < 1e-9  # type: ignore[arg-type]  # noqa: PLR2004 - rounding
