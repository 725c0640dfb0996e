"""The card in the notebook: themes, words, pictures of public cases; nothing of a student is obeyed."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from autograder.checking.card import STYLE, render_html
from autograder.checks import Mismatch, check_array, check_trace
from autograder.pictures import Entries, Pictures, draw, picture_from_dict, picture_of, picture_to_dict
from autograder.pictures.records import MAX_ROWS
from autograder.plugin.suite import SuiteTest
from autograder.result import AspectResult, ExerciseResult, TestResult
from autograder.words import catalogue

ENGLISH = catalogue("en")
VALUES = "dW sums.\ndW is wrong.\nexpected:\n[1. 2.]\nactual:\n[1. 3.]"
PICTURE = Entries(((1.0, 2.0),), ((1.0, 3.0),), "N = 2")
HOSTILE = "<script>alert(1)</script>`<b>`\"'&\x1b[2J\u202e"


def mismatch(check, *arguments) -> Mismatch:
    """Return what a check says."""
    with pytest.raises(Mismatch) as caught:
        check(*arguments)
    return caught.value


def drawn(check, *arguments) -> str | None:
    """Return the picture of what a check refuses."""
    picture = picture_of(mismatch(check, *arguments))
    return picture and draw(picture, ENGLISH)


def exercise(rationale: str = VALUES, hint: str | None = None, outcome: str = "failed") -> ExerciseResult:
    """Make the result of an exercise of two parts."""
    tests = (TestResult("a", "dx", "passed", "dx."), TestResult("b", "dW", outcome, rationale))
    aspects = (AspectResult("dx", 1.0, 1.0), AspectResult("dW", 0.0, 1.0))
    return ExerciseResult("layer", 1.0, 2.0, None, hint, aspects, tests)


def tags(html: str) -> list[str]:
    """Return the elements of a piece of HTML."""
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, _: found.append(tag)
    parser.feed(html)
    return found


# ----- the card -----


@pytest.mark.parametrize(
    ("result", "sign", "state"),
    [
        (exercise(), "✗", "no"),
        (exercise("dW.", outcome="passed"), "✓", "ok"),
        (exercise("dW.\nNot done yet: write it"), "○", "open"),
    ],
)
def test_the_state_is_said_by_a_sign_and_in_words(result, sign, state):
    """Nobody needs to see colours."""
    html = render_html(result)
    assert f'class="ag-card {state}"' in html
    assert f'aria-hidden="true">{sign}</b>layer is' in html
    assert 'aria-label="layer is' in html


def test_parts_have_names_for_their_signs():
    """A screen reader says what a tick says."""
    html = render_html(exercise())
    assert 'aria-label="right">✓</span> dx' in html
    assert 'aria-label="not right yet">✗</span> dW' in html


def test_a_picture_folds_the_numbers_away():
    """Without a picture they are seen at once."""
    assert "details" not in tags(render_html(exercise()))
    with_picture = render_html(exercise(), pictures={"dW": PICTURE, "dx": PICTURE})
    assert tags(with_picture).count("svg") == 2 * tags(with_picture).count("details") == 2
    assert "[1. 3.]" in with_picture


def test_the_card_speaks_the_language_of_the_assignment():
    """Its own words, what was found, and the requirement as the suite has it in that language."""
    html = render_html(
        exercise(hint="Why?"), "printed", words=catalogue("ko", {"dW sums.": "dW는 더합니다."})
    )
    assert 'lang="ko"' in html
    assert "생각해 보세요" in html
    assert "dW는 더합니다." in html
    assert "정답:" in html


def test_what_student_code_said_is_shown_and_not_obeyed():
    """In every place where it can appear."""
    html = render_html(exercise(f"{HOSTILE}\n{HOSTILE}", HOSTILE), HOSTILE)
    assert "script" not in tags(html)
    assert "<script>" not in html
    assert not {"\x1b", "\u202e"} & set(html)
    assert html.count("&lt;script&gt;") == 4


def test_every_colour_has_its_counterpart_in_the_dark():
    """What the dark theme leaves as it is has to be see-through."""
    light, dark = STYLE.read_text(encoding="utf-8").split('[data-jp-theme-light="false"]')[:2]
    colours = dict(re.findall(r"(--[a-z-]+): ([^;]+);", light))
    dark = dict(re.findall(r"(--[a-z-]+): ([^;]+);", dark.partition("}")[0]))
    assert {name for name, value in colours.items() if name not in dark and "rgba" not in value} == set()


# ----- pictures -----


def test_entries_that_disagree_are_marked():
    """The wrong entry has another frame and other letters, and is counted in words."""
    svg = drawn(check_array, "dW", np.array([[1.0, 2], [3, 5]]), np.array([[1.0, 2], [3, 4]]))
    assert svg is not None
    assert svg.count('<rect class="wrong"') == svg.count('<text class="wrong"') == 1
    assert svg.count('<rect class="entry"') == 7
    assert 'role="img" aria-label="1 of 4 entries disagree; they have a thick frame."' in svg


def test_a_vector_is_one_row():
    """As NumPy prints it."""
    svg = drawn(check_array, "db", np.array([1.0, 3, 9]), np.array([1.0, 2, 9]))
    assert svg is not None
    assert svg.count("<rect") == 6


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (None, np.ones(2)),
        (np.ones((1, 2)), np.ones(2)),
        (np.full(2, np.nan), np.ones(2)),
        (np.ones((MAX_ROWS + 1, 2)) * 2, np.ones((MAX_ROWS + 1, 2))),
        (np.ones((2, 2, 2)) * 2, np.ones((2, 2, 2))),
    ],
    ids=["None", "shape", "nan", "too many", "three axes"],
)
def test_where_there_is_nothing_to_see_nothing_is_drawn(actual, expected):
    """Shapes and kinds are told in words."""
    assert drawn(check_array, "dW", actual, expected) is None


def path(*numbers):
    """Return a trace of one parameter with one entry."""
    return [{"W": np.array([number])} for number in numbers]


def test_the_first_differing_update_is_marked():
    """The path of the entry that is furthest off there; a line and a bold number mark the update."""
    svg = drawn(check_trace, path(1.0, 2.0, 3.0), path(1.0, 4.0, 9.0))
    assert svg is not None
    assert 'aria-label="params[&#x27;W&#x27;][0] leaves the expected path at update 2."' in svg
    assert re.findall(r'<text class="wrong"[^>]*>(\d)', svg) == ["2"]
    wanted, own = (
        re.findall(rf'class="{name}" points="([^"]+)"', svg)[0].split() for name in ("wanted", "own")
    )
    assert len(wanted) == len(own) == 3
    assert wanted[0] == own[0]
    assert wanted[1] != own[1]


def test_a_path_ends_where_it_is_no_number():
    """A student's NaN at a later update leaves the part before it."""
    svg = drawn(check_trace, path(2.0, np.nan, 1.0), path(1.0, 4.0, 9.0))
    assert svg is not None
    assert "nan" not in svg
    assert svg.count('<rect class="own"') == 2  # one of them explains


@pytest.mark.parametrize("later", [{}, {"W": "text"}, {"W": np.ones(5)}, {"W": None}])
def test_a_path_of_anything_else_is_not_drawn_or_cut(later):
    """What a student put into params does not stop a check."""
    pictures = Pictures()
    test = SuiteTest("momentum", "trace", "t")
    error = mismatch(check_trace, [*path(1.0), later, *path(3.0)], path(1.0, 4.0, 9.0))
    pictures.saw(test, error, {})
    assert pictures.seen == {}


def test_one_update_is_drawn_by_its_entries():
    """There is no path yet."""
    svg = drawn(check_trace, path(2.0), path(1.0))
    assert svg is not None
    assert "polyline" not in svg


def test_only_the_first_failure_of_a_part_is_drawn():
    """It is the one that is told."""
    pictures = Pictures()
    test = SuiteTest("layer", "dW", "t")
    pictures.saw(test, None, {})
    pictures.saw(test, mismatch(check_array, "dW", None, np.ones(2)), {})
    pictures.saw(test, mismatch(check_array, "dW", np.zeros(2), np.ones(2)), {})
    assert pictures.seen == {}


def test_a_picture_that_cannot_be_drawn_does_no_harm(monkeypatch):
    """The words are there all the same."""
    monkeypatch.setattr("autograder.pictures.records._entries", lambda *_: 1 / 0)
    pictures = Pictures()
    pictures.saw(SuiteTest("layer", "dW", "t"), mismatch(check_array, "dW", np.zeros(2), np.ones(2)), {})
    assert pictures.seen == {}


@pytest.mark.parametrize(
    ("check", "arguments"),
    [
        (check_array, ("db", np.array([1, 3]), np.array([1, 2]))),
        (check_trace, (path(1.0, 2.0, 3.0), path(1.0, 4.0, 9.0))),
    ],
    ids=["entries", "trace"],
)
def test_a_picture_can_be_kept(check, arguments):
    """What comes back from JSON is the same picture, with the sizes of its case."""
    error = mismatch(check, *arguments)
    picture = picture_of(error, "N = 3")
    assert picture is not None
    again = picture_from_dict(json.loads(json.dumps(picture_to_dict(picture))))
    assert again == picture
    assert again.case == "N = 3"
    assert draw(again, ENGLISH) == draw(picture, ENGLISH)
