"""A student and an instructor at work in a real JupyterLab."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from lab_notebook import BACKWARD, Notebook, solution

from autograder.store import Store

REPOSITORY = Path(__file__).parents[2]


def complaints(page) -> list[str]:
    """Return what axe finds seriously wrong with cards."""
    found = Axe().run(page, context={"include": [[".ag-card"]]}).response["violations"]
    return [
        f"{each['id']} {each['nodes'][0]['html'][:200]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


def test_a_student_works_from_the_released_notebook_to_a_valid_one(lab, visit, tmp_path):
    """Run all, a stub; a wrong answer, its card in both themes; the right ones; Validate says so."""
    folder = Path(shutil.copytree(REPOSITORY / "release" / "affine", tmp_path / "affine"))
    opened = visit(lab(folder).url("/tree/affine.ipynb"))
    notebook = Notebook(opened)

    notebook.run_all()
    assert "bias-gradient is not done yet." in notebook.card("bias-gradient").inner_text()
    assert notebook.card("affine-backward").count() == 0  # Run All stops where something is missing

    notebook.write("bias-gradient", "return dY.mean(axis=0)")
    card = notebook.card("bias-gradient")
    assert "bias-gradient is not right yet: values" in card.inner_text()
    assert "Think about it:" in card.inner_text()
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        notebook.theme(theme)
        opened.picture(theme.split()[1].lower())
        assert complaints(opened.page) == []

    notebook.write("bias-gradient", "return dY.sum(axis=0)")
    assert "bias-gradient is right" in notebook.card("bias-gradient").inner_text()
    notebook.write("affine-backward", BACKWARD)
    assert "affine-backward is right" in notebook.card("affine-backward").inner_text()
    notebook.replace("affine-debug", solution("affine-debug"))
    notebook.run_all()
    for exercise in ("bias-gradient", "affine-backward", "affine-debug"):
        assert f"{exercise} is right" in notebook.card(exercise).inner_text()

    notebook.save(folder / "affine.ipynb")
    opened.page.get_by_text("Validate", exact=True).click()
    opened.page.get_by_text("Success! Your notebook passes all the tests.").wait_for(timeout=90_000)
    opened.picture("validated")


def test_a_path_that_is_left_is_drawn_in_the_notebook(lab, visit, tmp_path):
    """Momentum without a memory: the figure marks the update, and can be read in both themes."""
    folder = Path(shutil.copytree(REPOSITORY / "release" / "optimizers", tmp_path / "optimizers"))
    opened = visit(lab(folder).url("/tree/optimizers.ipynb"))
    notebook = Notebook(opened)
    notebook.run_all()
    notebook.write("momentum", "for key in params:\nparams[key] -= self.lr * grads[key]")
    card = notebook.card("momentum")
    label = card.locator(".ag-picture[role=img]").first.get_attribute("aria-label")
    assert "leaves the expected path at update 2" in label
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        notebook.theme(theme)
        opened.picture(theme.split()[1].lower())
        assert complaints(opened.page) == []


@pytest.fixture
def course_to_grade(tmp_path, real_course):
    """Return a course with one submission that nobody has graded."""
    root = Path(shutil.copytree(real_course.root, tmp_path / "course"))
    notebook = nbformat.read(REPOSITORY / "release" / "affine" / "affine.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "bias-gradient":
            cell.source = "def bias_gradient(dY):\n    return dY.sum(axis=0)\n"
    folder = root / "submitted" / "kim" / "affine"
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "affine.ipynb")
    return root


def test_an_instructor_grades_in_the_formgrader(lab, visit, course_to_grade):
    """The button runs our engine; a score given by hand joins the total, and survives a regrade."""
    running = lab(course_to_grade)
    opened = visit(running.url())
    opened.page.get_by_role("menuitem", name="Nbgrader").click()
    opened.page.get_by_role("menuitem", name="Formgrader", exact=True).click()
    formgrader = opened.page.frame_locator("iframe").first
    formgrader.get_by_role("link", name="affine").wait_for()
    frame = next(each for each in opened.page.frames if "formgrader" in each.url)

    base = f"http://127.0.0.1:{running.port}/formgrader"
    frame.goto(f"{base}/manage_submissions/affine")
    frame.locator("td.autograde a").first.click()
    frame.get_by_role("heading", name="Success").wait_for(timeout=120_000)
    assert Store(course_to_grade, "affine").read("kim").result.score == 2.0

    frame.goto(f"{base}/gradebook/affine/affine")
    frame.get_by_text("2 / 18").wait_for()
    frame.locator("a.name-hidden").first.click()
    score = frame.locator("#written-backpropagation")
    score.wait_for()
    assert frame.get_by_text("Rubric (4 points, one each)").first.is_visible()
    score.fill("3")
    with opened.page.expect_response(re.compile("/formgrader/api/grade/")):
        score.press("Tab")
    comment = frame.locator("#written-backpropagation-comment")
    comment.fill("Say where it ends.")
    with opened.page.expect_response(re.compile("/formgrader/api/comment/")):
        comment.press("Tab")
    opened.picture("manual-grading")
    frame.goto(f"{base}/gradebook/affine/affine")
    frame.get_by_text("5 / 18").wait_for()
    opened.picture("total")

    command = [
        sys.executable,
        "-m",
        "autograder",
        "grade",
        "affine",
        "--jobs=1",
        f"--course={course_to_grade}",
    ]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    page = visit((course_to_grade / "feedback" / "kim" / "affine" / "affine.html").as_uri())
    text = page.page.inner_text("main")
    assert "5 / 18" in text
    assert "Say where it ends." in text
