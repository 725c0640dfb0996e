"""Feedback pages: what a student needs is on them, and nothing that a student typed is obeyed."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from autograder.report import WrittenAnswer, exercise_html, exercise_text, feedback_page, notice_html, visible
from autograder.result import AspectResult, ExerciseResult, SubmissionResult, TestResult

HOSTILE = "<script>alert(1)</script>\"'&\x1b[2J\x00\u202e{{ 7 * 7 }}{% raw %}</pre></td>"


def exercise(
    rationale: str = "dW sums over the batch.", hint: str | None = "Sum over axis 0."
) -> ExerciseResult:
    """Make the result of an exercise with one right and one wrong aspect."""
    tests = (
        TestResult("t::dx", "dx", "passed", "dx is right."),
        TestResult("t::dW", "dW", "failed", rationale),
    )
    aspects = (AspectResult("dx", 1.0, 1.0), AspectResult("dW", 0.0, 2.5))
    return ExerciseResult("affine-backward", 1.0, 3.5, "not-summed", hint, aspects, tests)


def submission(*exercises: ExerciseResult, **changed: object) -> SubmissionResult:
    """Make a submission's result."""
    values = {"student": "kim", "status": "graded", "reason": None, "score": 1.0, "max_score": 3.5}
    return SubmissionResult(**{**values, "exercises": exercises, **changed})


class Page(HTMLParser):
    """Collects the elements and the visible text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep an element with its attributes."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        """Keep a piece of text."""
        self.words.append(data)

    @property
    def text(self) -> str:
        """All text, as a reader sees it."""
        return " ".join(" ".join(self.words).split())


def test_a_page_shows_score_aspects_tests_and_hint():
    """All that was found about an exercise is on the page."""
    page = Page(feedback_page("Affine", submission(exercise()), penalty=0.5, notes=["A cell was missing."]))
    for words in (
        "1 of 3.5 points",
        "before 0.5 points for lateness",
        "A cell was missing.",
        "affine-backward",
        "1 / 1",
        "0 / 2.5",
        "dW sums over the batch.",
        "Sum over axis 0.",
    ):
        assert words in page.text


def test_a_page_says_why_a_submission_could_not_be_graded():
    """The reason stands at the head."""
    page = feedback_page("Affine", submission(status="ungradable", reason="affine.ipynb is empty."))
    assert "could not be graded. affine.ipynb is empty." in Page(page).text


def test_a_page_shows_written_answers_as_a_person_graded_them():
    """A question without a score is not yet graded; that is no 0."""
    answers = [WrittenAnswer("written-sum", 3.0, 4.0, "Good."), WrittenAnswer("written-why", None, 4.0)]
    text = Page(feedback_page("Affine", submission(), written=answers)).text
    assert "written-sum 3 / 4 Good." in text
    assert "written-why not yet graded / 4" in text


@pytest.mark.parametrize(
    "html",
    [
        feedback_page(
            HOSTILE,
            submission(exercise(HOSTILE, HOSTILE), student=HOSTILE, reason=HOSTILE),
            notes=[HOSTILE],
            written=[WrittenAnswer("w", 1, 2, HOSTILE)],
        ),
        exercise_html(exercise(HOSTILE, HOSTILE)),
        notice_html(HOSTILE, [HOSTILE]),
    ],
)
def test_what_a_student_typed_is_shown_and_not_obeyed(html: str):
    """Markup, template code, terminal controls and reversed text arrive as characters."""
    page = Page(html)
    assert "script" not in [tag for tag, _ in page.elements]
    assert "<script>alert(1)</script>" in "".join(page.words)
    assert "{{ 7 * 7 }}" in page.text
    assert not {"\x1b", "\x00", "\u202e"} & set(html)


def test_a_page_loads_nothing_and_runs_nothing():
    """It can be opened from a mail, and forbids by itself what must not be in it."""
    page = Page(feedback_page("Affine", submission(exercise())))
    assert not {"script", "link", "img", "iframe", "a"} & {tag for tag, _ in page.elements}
    policies = [attrs["content"] for tag, attrs in page.elements if "http-equiv" in attrs]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_plain_text_says_the_same_as_html():
    """A terminal shows it without harm."""
    text = exercise_text(exercise(HOSTILE))
    assert "affine-backward: 1 of 3.5 points" in text
    assert "Hint: Sum over axis 0." in text
    assert "\x1b" not in text


def test_line_breaks_survive_and_controls_become_visible():
    """A rationale has lines."""
    assert visible("a\n\tb\x07\r") == "a\n\tb\\u0007\\u000d"


def test_the_same_result_gives_the_same_page():
    """Two gradings of the same files write the same bytes."""
    assert feedback_page("A", submission(exercise())) == feedback_page("A", submission(exercise()))
