"""The class page and its table: what a lecture needs, for any class, in time, and harmless."""

from __future__ import annotations

import csv
import io
import math
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.assignment import Aspect, Assignment, Exercise
from autograder.report import class_page, class_table, table
from autograder.report.figures import histogram
from autograder.report.tally import tally
from autograder.result import AspectResult, ExerciseResult, SubmissionResult, TestResult
from autograder.store import Store, Stored
from autograder.words import catalogue, visible

HOSTILE = "<script>alert(1)</script>\"'&\x1b[2J\x00\u202e{{ 7 * 7 }}</td>"
EXERCISES = (
    Exercise("mean", 2.0, (Aspect("values", 1.0), Aspect("clean", 1.0))),
    Exercise("sum", 3.0, (Aspect("values", 3.0),)),
)
AFFINE = Assignment("affine", Path("affine"), "Affine layers", 1, 2, EXERCISES)
IDEAS = {("mean", "axis"): "takes the wrong axis", ("sum", "axis"): "takes the wrong axis"}


class Page(HTMLParser):
    """Collects the elements and the visible text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.text = ""
        self.feed(page)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag, attrs):
        """Keep an element with its attributes."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        """Keep a piece of text."""
        self.text += f" {data}"


def answer(
    exercise: Exercise, score: float, misconception: str | None = None, found: str = ""
) -> ExerciseResult:
    """Make an answer whose aspects are paid from the first on."""
    left, aspects = score, []
    for aspect in exercise.aspects:
        aspects.append(
            AspectResult(aspect.id, aspect.points if left >= aspect.points else 0.0, aspect.points)
        )
        left -= aspects[-1].score
    outcome = "passed" if score == exercise.points else "failed"
    tests = (TestResult("t", exercise.aspects[0].id, outcome, f"It is right.\n{found}"),)
    return ExerciseResult(exercise.id, score, exercise.points, misconception, None, tuple(aspects), tests)


def result(student: str, *answers: ExerciseResult, reason: str | None = None) -> SubmissionResult:
    """Make a student's result."""
    score = 0.0 if reason else sum(each.score for each in answers)
    return SubmissionResult(student, "ungradable" if reason else "graded", reason, score, 5.0, answers)


def student(name: str, first: float = 2.0, second: float = 3.0, **misconceptions: str) -> SubmissionResult:
    """Make a student's result from two scores."""
    scores = zip(EXERCISES, (first, second), strict=True)
    return result(name, *(answer(each, score, misconceptions.get(each.id)) for each, score in scores))


def page_of(*results: SubmissionResult, language: str = "en", **seconds: float) -> str:
    """Return the class page."""
    return class_page(AFFINE, results, ideas=IDEAS, seconds=seconds, words=catalogue(language))


def rows_of(text: str) -> list[list[str]]:
    """Read a table as a spreadsheet does."""
    return list(csv.reader(io.StringIO(text, newline="")))


# ----- counting -----


def test_a_class_is_counted():
    """Scores, exercises, aspects; those who could not be graded count in none of them."""
    counted = tally(AFFINE, [student("a"), student("b", 1, 0), result("c", reason="Empty.")], {})
    assert (counted.submissions, counted.graded, counted.full) == (3, 2, 1)
    assert (counted.mean, counted.median, counted.scores) == (3.0, 3.0, (1.0, 5.0))
    mean, total = counted.exercises
    assert (mean.full, mean.some, mean.mean) == (1, 1, 1.5)
    assert [(aspect.id, aspect.paid) for aspect in mean.aspects] == [("values", 2), ("clean", 1)]
    assert (total.full, total.some) == (1, 0)
    assert counted.ungradable == 1
    assert [(each.reason, each.students) for each in counted.reasons] == [("Empty.", ("c",))]


def test_ideas_are_ranked_by_students_and_not_by_answers():
    """One student with the same idea in two exercises is one; joined misconceptions are several ideas."""
    class_ = [
        student("a", 0, 0, mean="axis", sum="axis"),
        student("b", 0, mean="axis + half"),
        student("c", 0),
    ]
    counted = tally(AFFINE, class_, IDEAS)
    assert [(each.idea, each.students) for each in counted.ideas] == [
        ("takes the wrong axis", 2),
        ("half", 1),
    ]
    assert counted.ideas[0].misconceptions == (("mean", "axis"), ("sum", "axis"))
    assert counted.unnamed == 1


def test_a_stub_is_not_begun_and_no_unknown_fault():
    """Whoever has not begun needs no explanation."""
    counted = tally(AFFINE, [result("a", answer(EXERCISES[0], 0, found="Not done yet: write it"))], {})
    assert counted.exercises[0].not_done == 1
    assert counted.unnamed == 0


def test_the_distribution_counts_every_score_once():
    """Also the greatest, which belongs to the last bar; what is no number belongs to none."""
    scores = [0, 0.5, 1, 4.99, 5, 5, math.nan, math.inf, -1, 7]
    assert [bar.count for bar in histogram(scores, 5).bars] == [3, 1, 0, 0, 1, 3]
    many = histogram([0, 99, 100, 100], 100)
    assert ([bar.count for bar in many.bars], many.bars[0].label[:2]) == ([1, *[0] * 8, 3], "0–")  # noqa: RUF001 - from-to
    tallest = max(many.bars, key=lambda bar: bar.height)
    assert tallest.count == 3
    assert all(bar.y >= 0 and bar.y + bar.height <= many.axis_y + 0.1 for bar in many.bars)


# ----- the page -----


def test_the_page_tells_what_a_teacher_asks():
    """How many, how well, which ideas, who could not be graded and why, who was slow."""
    class_ = [student("a", 0, mean="axis"), student("b"), result("c", reason="affine.ipynb is empty.")]
    text = Page(page_of(*class_, a=3.25, b=0.1)).text
    for words in (
        "3 submissions",
        "graded 2",
        "mean 4 / 5",
        "could not be graded 1",
        "1 affine.ipynb is empty. c",
        "1 takes the wrong axis",
        "mean : axis",
        "3 points: 1; 5 points: 1;",
        "mean 50 % 1 / 2",
        "sum 100 % 2 / 2",
        "a 3.2 s",
    ):
        assert words in text, words
    assert "b 0.1 s" not in text


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "class_",
    [
        [],
        [student("a", 0, 0), student("b", 0, 0)],
        [result("a", reason="Empty."), result("b", reason="Gone.")],
        [student("a", math.nan, math.nan)],
        [result("a")],
    ],
    ids=["empty", "nobody solved it", "nobody graded", "NaN", "another assignment"],
)
def test_every_class_has_a_page(class_, language):
    """With nobody, nothing right, nothing graded, no numbers, or results of exercises that are gone."""
    html = page_of(*class_, language=language)
    assert not re.search(r"\b(nan|inf)\b", html, re.IGNORECASE)
    assert Page(html).elements[0] == ("html", {"lang": language})
    assert len(rows_of(class_table(AFFINE, class_))) == len(class_) + 1


def test_names_and_reasons_are_shown_and_not_obeyed():
    """On the page as in the table."""
    class_ = [student(HOSTILE, 0, mean=HOSTILE), result("x", reason=HOSTILE * 1000)]
    html = page_of(*class_, **{HOSTILE: 5.0})
    page = Page(html)
    assert not {"script", "a", "img", "link"} & {tag for tag, _ in page.elements}
    assert "<script>alert(1)</script>" in page.text
    assert not {"\x1b", "\x00", "\u202e"} & set(html + class_table(AFFINE, class_))
    assert len(html) < 40_000


def test_a_class_of_three_thousand_is_one_page():
    """Less than 5 MB; ``benchmarks/class_page.py`` says how long it takes."""
    class_ = [student(f"student {n:04}", n % 3, n % 4, mean="axis") for n in range(3000)]
    html = page_of(*class_)
    assert len(html.encode()) < 2_000_000
    assert "student 2999" in html


# ----- the table -----

FORMULAS = [
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "|cmd",
    "\uff1d1",
    '"=1',
]


@pytest.mark.parametrize("name", FORMULAS)
def test_no_cell_is_a_formula(name):
    """A spreadsheet that opens the table shows the name and computes nothing."""
    ((cell, number),) = rows_of(table([[name, -1.5]]))
    assert cell.startswith("'") or "\\u" in cell
    assert number == "-1.5"


@pytest.mark.parametrize("name", ['a "b", c', "x\ny", "김지훈", "🙂", "O'Brien", "a;b"])
def test_any_name_is_one_cell(name):
    """Quotes, commas, lines, letters of any script."""
    assert rows_of(table([[name, 1.0], ["next", None]])) == [[name.replace("\n", " "), "1.0"], ["next", ""]]


def test_the_table_has_a_column_for_each_exercise_and_aspect():
    """A submission that was not graded has a reason and no scores there."""
    head, first, second = rows_of(
        class_table(AFFINE, [student("a", 1.0, mean="axis"), result("b", reason="No.")])
    )
    columns = ["mean", "mean: values", "mean: clean", "sum", "sum: values", "misconceptions", "reason"]
    assert head == ["student", "status", "score", "max_score", *columns]
    assert first == ["a", "graded", "4.0", "5.0", "1.0", "1.0", "0.0", "3.0", "3.0", "mean: axis", ""]
    assert second == ["b", "ungradable", "0.0", "5.0", *[""] * 6, "No."]


# ----- the command -----


def test_report_writes_a_page_and_a_table(classroom, cli):
    """From what is kept of the last grading, in the language that is asked for."""
    root = classroom.course.root
    for name in ("b", "a"):
        Store(root, "scale").write(Stored(result(name)))
    code, out, err = cli("report", "scale", "--course", root, "--lang", "ko")
    assert (code, out) == (0, "")
    assert "reports/scale.html" in err
    assert '<html lang="ko">' in (root / "reports" / "scale.html").read_text()
    rows = rows_of((root / "reports" / "scale.csv").read_bytes().decode("utf-8-sig"))
    assert [row[0] for row in rows] == ["student", "a", "b"]
    assert sorted(path.name for path in (root / "reports").iterdir()) == ["scale.csv", "scale.html"]


def test_grade_refreshes_the_class_report(classroom, cli):
    """Also for the students who were not graded this time."""
    root = classroom.course.root
    for name in ("a", "b"):
        classroom.submit(name, classroom.right)
    assert cli("grade", "scale", "--course", root, "--jobs", "1")[0] == 0
    classroom.submit("a", {})
    assert cli("grade", "scale", "--course", root, "--jobs", "1", "--student", "a")[0] == 0
    rows = rows_of((root / "reports" / "scale.csv").read_text("utf-8-sig"))
    assert [row[:3] for row in rows[1:]] == [["a", "graded", "0.0"], ["b", "graded", "4.5"]]


def test_a_report_before_grading_says_what_to_do(classroom, cli):
    """An empty class is no error; an unknown assignment is."""
    root = classroom.course.root
    assert cli("report", "scale", "--course", root)[0] == 0
    assert "autograder grade scale" in (root / "reports" / "scale.html").read_text()
    assert cli("report", "scales", "--course", root)[0] == 2
    assert cli("report", "scale", "--course", root, "--lang", "fr")[0] == 2


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("x")',
        "../../x",
        "\"q\", 'r'",
        "🙂👩‍🚀",
        "\u202eabc",
        "مريم العلي",
        "김 지훈",
        "A" * 300,
        "a\tb\nc",
    ],
)
def test_whatever_a_student_is_called_there_is_a_row(name):
    """Escaped on the page, one cell of the table, and never a formula."""
    class_ = [student(name, 0, mean="axis"), result(f"{name}2", reason="Empty."), student("zz")]
    page = Page(page_of(*class_, **{name: 3.0}))
    shown = " ".join(visible(name).split())
    assert page.text.count(shown) >= 3
    assert not {"script", "a", "img"} & {tag for tag, _ in page.elements}
    cell = rows_of(class_table(AFFINE, class_))[1][0].lstrip("\ufeff")
    assert cell.removeprefix("'") == " ".join(visible(name.replace("\n", " ").replace("\t", " ")).split("\n"))
    assert not cell.startswith(("=", "+", "-", "@"))
