"""The catalogue: every word that people read, in every language."""

from __future__ import annotations

import ast
import functools
import re
import string
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from autograder.words import LANGUAGES, catalogue, points, visible
from autograder.words.korean import KOREAN
from autograder.words.sentences import PHRASES, SENTENCES

PACKAGE = Path(__file__).parents[1] / "autograder"


def said_by_templates() -> set[str]:
    """Return the messages of the templates; of a count, that for many."""
    found = set()
    for template in sorted((PACKAGE / "report" / "templates").glob("*.html")):
        tree = Environment(autoescape=True).parse(template.read_text(encoding="utf-8"))
        for _, function, message in extract_from_ast(tree, gettext_functions=("_", "ngettext")):
            texts = message if isinstance(message, tuple) else (message,)
            found.add(texts[function == "ngettext"])
    return found


def said_by_modules() -> set[str]:
    """Return the messages of ``words.say("...")`` and ``words.count(one, many, n)`` in the code."""
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                position = {"say": 0, "count": 1}.get(node.func.attr)
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if position is not None and len(texts) > position and isinstance(texts[0], str):
                    found.add(texts[position])
    return found


def fields(message: str) -> set[str | None]:
    """Return the names that are filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_every_word_is_translated_and_no_translation_is_left_over():
    """Korean says all that English says."""
    assert said_by_templates() | said_by_modules() == set(KOREAN)


@pytest.mark.parametrize("message", KOREAN)
def test_a_translation_fills_in_the_same_values(message):
    """A number that is told in English is told in Korean."""
    assert fields(KOREAN[message]) == fields(message)
    assert re.search("[가-힣]", KOREAN[message])


def test_words_are_found_in_their_language():
    """What has no translation stays English; a count has one form in Korean and two in English."""
    english, korean = (catalogue(language) for language in LANGUAGES)
    assert english.say("nothing {x}", x=1) == korean.say("nothing {x}", x=1) == "nothing 1"
    assert korean.say("Feedback") != "Feedback"
    assert [english.count("{n} test", "{n} tests", n) for n in (0, 1, 2.5)] == [
        "0 tests",
        "1 test",
        "2.5 tests",
    ]


def test_line_breaks_survive_and_controls_become_visible():
    """A rationale has lines."""
    assert visible("a\n\tb\x07\r") == "a\n\tb\\u0007\\u000d"


@pytest.mark.parametrize(
    ("number", "text"),
    [(2.0, "2"), (2.5, "2.5"), (2 / 3, "0.67"), (float("nan"), "?"), (float("inf"), "?"), (3e7, "30000000")],
)
def test_points_are_written_as_people_write_them(number, text):
    """No exponents, no long tails, and no number where there is none."""
    assert points(number) == text


# ----- sentences of results -----

PUT_BACK, KOREAN_PUT_BACK = "Put the given code back first.", "처음 받은 코드로 되돌리세요."
KOREAN_NOW = "out: 지금은 None이고, 전에는 값이 2개인 list이었습니다"
UNFINISHED, KOREAN_UNFINISHED = (
    "the cell that defines it could not be finished",
    "정의하는 셀이 끝나지 못했습니다",
)
KOREAN_WORDS = catalogue("ko", {"dW sums.": "dW는 더합니다.", "{it} is {it}.": "{it}은 {it}입니다."})


@functools.cache
def said_anywhere() -> str:
    """Return all texts in the code that says what results hold."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if "words" not in path.relative_to(PACKAGE).parts[0]:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return "\n".join(text for text in found if isinstance(text, str))


def pieces(message: str) -> set[str]:
    """Return what a template says between its values and its stops."""
    literal = "\n".join(text for text, *_ in string.Formatter().parse(message))
    return {piece.strip() for piece in re.split(r"[\n.,;:()?…]", literal) if piece.strip()}


@pytest.mark.parametrize("message", SENTENCES | PHRASES)
def test_a_sentence_that_is_translated_is_said(message):
    """Wherever English is reworded, its translation has to follow: every piece stands in the code."""
    said = said_anywhere()
    assert {piece for piece in pieces(message) if piece not in said} <= PUT_TOGETHER


PUT_TOGETHER = {
    "the cell used more than",
    "the cells used more than",
    "a call used more than",
    "all calls together used more than",
    "s of CPU time and was stopped",
    "s of CPU time and were stopped",
    "s of CPU time together and were stopped",
    "times what it was",
    "times what it has to be",
    "one of them counts as such",
}
"""Pieces that the code puts together from two that it says."""


@pytest.mark.parametrize("message", SENTENCES | PHRASES)
def test_a_retold_sentence_has_the_same_values(message):
    """Nothing that was found is lost on the way."""
    korean = (SENTENCES | PHRASES)[message]
    assert fields(korean) == fields(message)
    assert re.search("[가-힣]", korean) or message == "a {word}"


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("dW sums.", "dW는 더합니다."),
        (
            "dW sums.\nWith N = 1, M = 2: dW has shape (1, 2), expected (2,).",
            "dW는 더합니다.\nN = 1, M = 2일 때: dW: 형상이 (1, 2)인데, (2,)이어야 합니다.",
        ),
        (
            "dW is wrong in 3 of 4 entries, first at index 0. Every entry is 1/3 times what it has to be.",
            "dW: 원소 4개 중 3개가 틀렸고, 첫 번째 위치는 0입니다. 모든 원소가 맞는 값의 1/3배입니다.",
        ),
        (
            f"b is given code and was changed: out is None now; it was a list of 2 values before. {PUT_BACK}",
            f"b: 주어진 코드가 바뀌었습니다({KOREAN_NOW}). {KOREAN_PUT_BACK}",
        ),
        (
            f"A is not defined: {UNFINISHED}: the process crashed (SIGSEGV).",
            f"A: 정의되지 않았습니다({KOREAN_UNFINISHED}: 프로세스가 비정상으로 끝났습니다(SIGSEGV)).",
        ),
        ("dx, dW: dW sums.", "dx, dW: dW는 더합니다."),
        ("N is N.", "N은 N입니다."),
        ("Mine is another. dW sums. 왜 그럴까요?", "Mine is another. dW는 더합니다. 왜 그럴까요?"),
    ],
)
def test_what_a_result_says_is_retold(english, korean):
    """Lines, sentences, sentences within sentences; what is not known stays."""
    assert KOREAN_WORDS.tell(english) == korean
    assert catalogue("en").tell(english) == english


@pytest.mark.parametrize(
    "foreign",
    [
        "    dW sums.",
        "name 'x' is not defined",
        "All my own words",
        "f(…) raised ValueError",
        "x" * 2000,
        "dW is wrong in " * 60,
        " is wrong in  of  entries, first at index " * 20 + ".",
        "{name} is gone after update {n}.{",
    ],
)
def test_somebody_else_s_words_are_left_alone(foreign):
    """Code, Python's messages, and what looks like one of ours but is none."""
    told = KOREAN_WORDS.tell(f"g(…) raised E: {foreign}")
    assert foreign in told or foreign.startswith(("    ", "f(", "{"))
