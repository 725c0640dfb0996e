"""The catalogue: every word that people read, in every language."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from autograder.words import LANGUAGES, catalogue, points, visible
from autograder.words.korean import KOREAN

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
