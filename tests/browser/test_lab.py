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

from autograder.store import Store

REPOSITORY = Path(__file__).parents[2]
KERNEL_IS_IDLE = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
FIND = """async id => {
    const notebook = jupyterapp.shell.currentWidget.content;
    const named = cell => cell.model.sharedModel.getMetadata('nbgrader')?.grade_id === id;
    const index = notebook.widgets.findIndex(named);
    await notebook.scrollToItem(index);
    notebook.activeCellIndex = index;
    notebook.mode = 'edit';
    await notebook.widgets[index].ready;
    notebook.widgets[index].editor.focus();
}"""
"""Go to a cell as a click into it does; JupyterLab draws only what is in view."""

BACKWARD = """self.dW = np.dot(self.x.T, dout)
self.db = dout.sum(axis=0)
return np.dot(dout, self.W.T)"""


class Notebook:
    """An open notebook, used as a student uses it: by keys and menus."""

    def __init__(self, visit) -> None:
        self.visit, self.page = visit, visit.page
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.page.wait_for_function(KERNEL_IS_IDLE, timeout=60_000)

    def write(self, grade_id: str, text: str) -> None:
        """Type an answer in the place of the stub's last line, and run the cell and its check."""
        self.page.evaluate(FIND, grade_id)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.press("Shift+Home")
        self.page.keyboard.type(text)
        self.run(grade_id)

    def replace(self, grade_id: str, text: str) -> None:
        """Put another text in the place of a cell's."""
        self.page.evaluate(FIND, grade_id)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        self.run(grade_id)

    def run(self, grade_id: str) -> None:
        """Run a cell and the one after it."""
        self.page.evaluate(FIND, grade_id)
        self.page.keyboard.press("Shift+Enter")
        self.page.keyboard.press("Shift+Enter")
        self.wait()

    def run_all(self) -> None:
        """Choose Run, Run All Cells."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.wait()

    def wait(self) -> None:
        """Wait until nothing is running."""
        self.page.wait_for_timeout(500)
        self.page.wait_for_function(KERNEL_IS_IDLE, timeout=60_000)
        self.page.wait_for_timeout(300)

    def card(self, exercise: str):
        """Return what a check shows, in view."""
        self.page.evaluate(FIND, f"test-{exercise}")
        return self.page.locator(".jp-Cell", has_text=f'check("{exercise}")').locator(".ag-card")

    def theme(self, name: str) -> None:
        """Choose a theme."""
        self.page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", name)
        light = str("Light" in name).lower()
        self.page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")


def complaints(page) -> list[str]:
    """Return what axe finds seriously wrong with cards."""
    found = Axe().run(page, context={"include": [[".ag-card"]]}).response["violations"]
    return [
        f"{each['id']} {each['nodes'][0]['html'][:200]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


def solution(exercise: str) -> str:
    """Return the reference's cell."""
    source = nbformat.read(REPOSITORY / "source" / "affine" / "affine.ipynb", as_version=4)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in source.cells}
    return re.sub(r"^\s*### (BEGIN|END) SOLUTION\n?", "", cells[exercise], flags=re.MULTILINE)


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

    opened.page.keyboard.press("Control+S")
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
    label = card.locator("svg[role=img]").first.get_attribute("aria-label")
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
