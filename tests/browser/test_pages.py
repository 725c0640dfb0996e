"""Our pages in a real browser: no errors, no sideways scrolling, accessible, quick."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from autograder.report import class_page
from autograder.result import AspectResult, ExerciseResult, SubmissionResult, TestResult

SIZES = {"desktop": 1200, "phone": 390}
PAGES = {
    "feedback": "feedback/kim/affine/affine.html",
    "hostile": 'feedback/=HYPERLINK("x") <b>&/affine/affine.html',
    "right": "feedback/lee/affine/affine.html",
    "ungradable": "feedback/empty/affine/affine.html",
    "class": "reports/affine.html",
}


def serious(page) -> list[str]:
    """Return what an accessibility checker finds wrong, but for trifles."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"][:3]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_read_by_everybody(visit, class_course, page, size, theme):
    """At both widths and in both themes: nothing sticks out, and axe has no serious complaint."""
    url = (class_course.root / PAGES[page]).as_uri()
    opened = visit(url, SIZES[size], theme)
    opened.picture("whole", full=True)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]
    assert serious(opened.page) == []


def test_axe_is_seen_to_reject(visit, class_course):
    """A page that nobody can read is found."""
    opened = visit((class_course.root / PAGES["class"]).as_uri())
    opened.page.add_style_tag(content="body, body * { color: #ddd !important; background: #eee !important; }")
    assert any("color-contrast" in each for each in serious(opened.page))


def test_a_page_can_be_printed(visit, class_course):
    """The feedback of one student on a few sheets, dark theme or not."""
    opened = visit((class_course.root / PAGES["feedback"]).as_uri(), theme="dark")
    pdf = opened.page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    opened.page.emulate_media(media="print")
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    opened.picture("print")


def test_a_class_of_three_thousand_can_be_looked_at(visit, class_course, tmp_path):
    """The page opens, is a few screens long, and has everybody behind one fold."""
    assignment = class_course.read_assignment("affine")
    results = [_student(f"student {number:04}", assignment) for number in range(3000)]
    path = tmp_path / "class.html"
    path.write_text(class_page(assignment, results, ideas={}, seconds={}), encoding="utf-8")
    opened = visit(path.as_uri())
    assert opened.page.evaluate("document.documentElement.scrollHeight") < 6000
    everybody = opened.page.get_by_role("rowheader", name="student 2999")
    assert not everybody.is_visible()
    opened.page.get_by_role("group").get_by_text("Students").click()
    everybody.scroll_into_view_if_needed()
    assert everybody.is_visible()


def _student(name, assignment):
    exercises = tuple(
        ExerciseResult(
            each.id,
            each.points,
            each.points,
            "batch-mean",
            None,
            tuple(AspectResult(aspect.id, aspect.points, aspect.points) for aspect in each.aspects),
            (TestResult("t", each.aspects[0].id, "passed", "Right."),),
        )
        for each in assignment.exercises
    )
    return SubmissionResult(name, "graded", None, assignment.max_score, assignment.max_score, exercises)
