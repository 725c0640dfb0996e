"""Feedback pages: what a student needs is on them, and nothing that a student typed is obeyed."""

from __future__ import annotations

import base64
import math
import time
from html.parser import HTMLParser

import pytest
from markupsafe import escape
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.pictures import Entries
from autograder.report import (
    HandGrade,
    Person,
    Released,
    WrittenAnswer,
    exercise_html,
    exercise_text,
    feedback_page,
    notice_html,
)
from autograder.report.cells import MAX_SHOWN
from autograder.report.formulas import formula
from autograder.report.highlighting import highlighted
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


def notebook(*cells) -> NotebookNode:
    """Make a graded notebook."""
    return new_notebook(cells=list(cells))


def named(cell, grade_id: str, **flags: bool):
    """Give a cell nbgrader's metadata."""
    flags = {"grade": False, "solution": False, "task": False, "locked": False} | flags
    cell.metadata.nbgrader = NotebookNode(grade_id=grade_id, **flags)
    return cell


def test_a_page_shows_score_aspects_tests_and_hint():
    """All that was found about an exercise is on the page."""
    text = Page(feedback_page("Affine", submission(exercise()), notes=["A cell was missing."])).text
    for words in (
        "1 / 3.5",
        "A cell was missing.",
        "affine-backward",
        "dx 1 / 1",
        "dW 0 / 2.5",
        "dW sums over the batch.",
        "Sum over axis 0.",
        "not-summed",
    ):
        assert words in text


def test_a_page_says_why_a_submission_could_not_be_graded():
    """The reason stands before all else, and no exercise pretends to have been tested."""
    result = submission(exercise(), score=0.0, status="ungradable", reason="affine.ipynb is empty.")
    text = Page(feedback_page("Affine", result)).text
    assert "could not be graded affine.ipynb is empty." in text
    assert "0 / 3.5" in text
    assert "dW sums" not in text


def test_a_page_shows_written_answers_as_a_person_graded_them():
    """A question without a score is not yet graded; that is no 0."""
    answers = [WrittenAnswer("written-sum", 3.0, 4.0, "Good."), WrittenAnswer("written-why", None, 4.0)]
    text = Page(feedback_page("Affine", submission(), person=Person(answers))).text
    assert "written-sum 3 / 4 Comment of your grader Good." in text
    assert "written-why not yet graded / 4" in text
    assert "4 / 11.5 so far" in Page(feedback_page("A", submission(exercise()), person=Person(answers))).text


def test_a_page_adds_up_as_the_gradebook_does():
    """A score that a person gave stands in the place of ours; lateness is taken off, but never below zero."""
    changed = Person(exercises={"affine-backward": HandGrade(3.0, "I see what you mean.")}, penalty=0.5)
    text = Page(feedback_page("Affine", submission(exercise()), person=changed)).text
    for words in ("2.5 / 3.5", "\N{MINUS SIGN}0.5", "changed by your grader, was 1", "I see what you mean."):
        assert words in text
    assert "0 / 3.5" in Page(feedback_page("A", submission(exercise()), person=Person(penalty=9))).text


def test_an_aspect_that_waits_for_others_is_not_called_wrong():
    """All tests of a behaviour aspect can pass while it does not pay; the page says why."""
    tests = (TestResult("t::a", "clean", "passed", "x is as it was."),)
    waiting = ExerciseResult("e", 0.0, 1.0, None, None, (AspectResult("clean", 0.0, 1.0),), tests)
    page = feedback_page("Affine", submission(waiting))
    assert "pays only together with the others" in page
    assert 'class="held"' in page
    assert 'class="wrong"' not in page


def test_cases_of_one_requirement_are_told_once():
    """The first failure is shown, with how many of the tests passed."""
    rationales = ["It sums.", "It sums.\nWith N = 2: wrong.", "It sums.\nWith N = 3: wrong."]
    tests = tuple(
        TestResult(f"t[{n}]", "dx", "failed" if "\n" in text else "passed", text)
        for n, text in enumerate(rationales)
    )
    several = ExerciseResult("e", 0.0, 1.0, None, None, (AspectResult("dx", 0.0, 1.0),), tests)
    text = Page(feedback_page("Affine", submission(several))).text
    assert text.count("It sums.") == 1
    assert "With N = 2: wrong. 1 of 3 tests of this passed" in text
    assert "With N = 3" not in text


def test_a_stub_is_called_not_done_once():
    """Thirty tests that meet a stub are one sentence."""
    page = feedback_page("A", submission(exercise("It sums.\nNot done yet: write it")))
    assert "You have not done this exercise yet" in page
    assert "It sums." not in page


def test_the_notebook_stands_beneath_with_its_outputs():
    """Code, texts, warnings, errors and pictures of the student's run."""
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x07\0\0\0\x05").decode()
    outputs = [
        new_output("stream", name="stdout", text="25%\r100%\ndone \x1b[31mred\x1b[0m"),
        new_output("error", ename="ValueError", evalue="<b>", traceback=["\x1b[1mValueError: <b>"]),
        new_output("display_data", data={"image/png": png, "text/plain": "Figure"}),
    ]
    cell = named(new_code_cell("def f(x): # <mine>\n    return x", outputs=outputs), "f", solution=True)
    page = Page(feedback_page("Affine", submission(), notebook=notebook(cell)))
    assert "f · your solution" in page.text
    assert "# <mine>" in page.text
    assert "100% done red ValueError: <b>" in page.text
    assert "25%" not in page.text
    (picture,) = [attrs for tag, attrs in page.elements if tag == "img"]
    assert (picture["width"], picture["height"]) == ("7", "5")
    assert picture["src"] == f"data:image/png;base64,{png}"
    assert picture["alt"]


def test_released_text_is_rendered_and_a_student_s_is_not():
    """Formulas of the author become MathML; whatever a student wrote stands there as typed."""
    given, own = "# Title\n\nHere is $W^T$.", "# Mine\n\n$W^T$ <img src=x>"
    page = feedback_page(
        "Affine",
        submission(),
        notebook=notebook(new_markdown_cell(given), new_markdown_cell(own)),
        released=Released([given]),
    )
    assert "<h3>Title</h3>" in page
    assert "<msup><mi>W</mi><mi>T</mi></msup>" in page
    assert "# Mine\n\n$W^T$ &lt;img src=x&gt;" in page


def test_a_mark_scheme_is_never_on_a_page():
    """Not of a known question, and not of one that the release does not know."""
    question = "Why?\n\n=== BEGIN MARK SCHEME ===\n\nSecret\n\n=== END MARK SCHEME ===\n"
    cell = named(new_markdown_cell(question), "written-why", task=True)
    for released in (Released(["Why?"]), Released([])):
        page = feedback_page("Affine", submission(), notebook=notebook(cell), released=released)
        assert "Secret" not in page
        assert ("Why?" in page) == ("Why?" in released.texts)


def test_a_formula_that_cannot_be_converted_is_shown_as_latex():
    """Readers of LaTeX can still read it; nothing is half converted."""
    assert formula(r"\frac{1}{2}", block=False).startswith("<math")
    for latex in (r"\nonsense{x}", r"a \unknown b"):
        assert formula(latex, block=True) == f'<code class="latex">{latex}</code>'


@pytest.mark.parametrize("size", [20_000, 1_000_000])
def test_a_long_output_is_cut(size):
    """A page with a megabyte of A can still be read, and says what is left out."""
    cell = new_code_cell("A" * size, outputs=[new_output("stream", name="stdout", text="A" * size)])
    html = feedback_page("Affine", submission(), notebook=notebook(cell))
    assert len(html) < 60_000
    assert html.count(f"and {size - MAX_SHOWN} more characters") == 2


@pytest.mark.parametrize(
    "html",
    [
        feedback_page(
            HOSTILE,
            submission(exercise(HOSTILE, HOSTILE), student=HOSTILE),
            notes=[HOSTILE],
            person=Person([WrittenAnswer("w", 1, 2, HOSTILE)], {"affine-backward": HandGrade(1, HOSTILE)}),
            notebook=notebook(
                new_code_cell(HOSTILE, outputs=[new_output("stream", name="stderr", text=HOSTILE)]),
                new_markdown_cell(HOSTILE),
            ),
        ),
        feedback_page("Affine", submission(reason=HOSTILE, status="ungradable")),
        exercise_html(exercise(HOSTILE, HOSTILE)),
        notice_html(HOSTILE, [HOSTILE]),
    ],
    ids=["page", "reason", "exercise", "notice"],
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
    cell = named(new_code_cell('check("affine-backward")'), "test-affine-backward", grade=True)
    page = Page(feedback_page("Affine", submission(exercise()), notebook=notebook(cell)))
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.elements}
    assert {attrs["href"] for tag, attrs in page.elements if tag == "a"} == {"#exercise-affine-backward"}
    assert "exercise-affine-backward" in [attrs.get("id") for _, attrs in page.elements]
    policies = [attrs["content"] for tag, attrs in page.elements if "http-equiv" in attrs]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_plain_text_says_the_same_as_html():
    """A terminal shows it without harm."""
    text = exercise_text(exercise(HOSTILE))
    assert "affine-backward: 1 of 3.5 points" in text
    assert "Think about it: Sum over axis 0." in text
    assert "\x1b" not in text


def test_the_same_result_gives_the_same_page():
    """Two gradings of the same files write the same bytes."""
    assert feedback_page("A", submission(exercise())) == feedback_page("A", submission(exercise()))


@pytest.mark.parametrize("code", ["\n \t" * 3000, "x = 1\n" * 5000], ids=["white space", "long"])
def test_code_that_takes_long_to_colour_is_not_coloured(code):
    """A megabyte of white space would keep Pygments busy for hours."""
    started = time.process_time()
    assert highlighted(code) == escape(code)
    assert time.process_time() - started < 0.1
    assert "<span" in highlighted("x = 1")


def test_a_picture_of_a_public_case_stands_with_its_part():
    """It says where it is from and what it shows; a part without one has none."""
    pictures = {"affine-backward": {"dW": Entries(((1.0, 2.0),), ((1.0, math.nan),), "N = 2")}}
    page = Page(feedback_page("Affine", submission(exercise()), pictures=pictures))
    labels = [
        attrs["aria-label"] for tag, attrs in page.elements if attrs.get("role") == "img" and tag == "div"
    ]
    assert labels == ["1 of 2 entries disagree; they have a thick frame."]
    assert "In a public test (N = 2)" in page.text
