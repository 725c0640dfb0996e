"""The README's quick starts, word for word, from a fresh clone and a fresh environment."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from lab_notebook import BACKWARD, REPOSITORY, Notebook, solution
from terminal import Terminal, address, shell

from autograder.store import Store

COMMENT = "Say where it ends."


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    """Return a fresh clone in which the first command of the instructor's quick start was typed."""
    if not (REPOSITORY / ".git").exists():
        pytest.skip("this is no git checkout, so nothing can be cloned")
    folder = tmp_path_factory.mktemp("instructor") / "course"
    subprocess.run(["git", "clone", "--quiet", REPOSITORY, folder], check=True)
    home = folder.parent / "home"
    terminal = Terminal(folder, shell(home, folder / ".venv" / "bin"))
    terminal.read(folder / "README.md", "For instructors")
    terminal.type("make build")
    return terminal


@pytest.fixture
def servers():
    """Return the servers that a test has started; they end after the pages that show them."""
    running: list[subprocess.Popen] = []
    yield running
    for server in running:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture
def browse(servers, visit):
    """Return a function that starts a server by a command and opens what it opens."""

    def start(terminal, command: str):
        home = Path(terminal.environment["HOME"])
        log = home / "lab.log"
        with log.open("w") as said:
            server = subprocess.Popen(
                ["bash", "-c", f"exec {command}"],
                cwd=terminal.folder,
                env=terminal.environment,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        servers.append(server)
        return visit(address(home, log))

    return start


def test_a_student_s_quick_start_works_word_for_word(checkout, browse, tmp_path):
    """From the folder and the wheel to a checked notebook, in a new virtual environment."""
    folder = Path(shutil.copytree(checkout.folder / "release" / "affine", tmp_path / "affine"))
    for wheel in (checkout.folder / "dist").glob("*.whl"):
        shutil.copy(wheel, folder)
    tools = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", tools], check=True)
    student = Terminal(folder, shell(tmp_path / "home", tools / "bin"))
    student.read(checkout.folder / "README.md", "For students")

    student.type("python -m pip install -r requirements.txt ./autograder_student-0.1.0-py3-none-any.whl")
    opened = browse(student, student.next("jupyter lab affine.ipynb"))
    notebook = Notebook(opened)
    notebook.run_all()
    notebook.write("bias-gradient", "return dY.sum(axis=0)")
    notebook.write("affine-backward", BACKWARD)
    notebook.replace("affine-debug", solution("affine-debug"))
    for exercise in ("bias-gradient", "affine-backward", "affine-debug"):
        assert f"{exercise} is right" in notebook.card(exercise).inner_text()
    notebook.save(folder / "affine.ipynb")
    said = student.type("autograder check affine.ipynb")
    assert said.count(" is right: ") == 3
    assert student.todo == []


def test_an_instructor_s_quick_start_works_word_for_word(checkout, browse, answers_of, visit):
    """Release, collect in both ways, grade, look, grade by hand, return, export: command after command."""
    course, desk = checkout.folder, Path(checkout.environment["HOME"]) / "desk"
    desk.mkdir()
    checkout.type("nbgrader release_assignment affine")
    checkout.type("nbgrader fetch_assignment affine --course=deep-learning-from-scratch", folder=desk)
    nbformat.write(answers_of("affine"), desk / "affine" / "affine.ipynb")
    checkout.type("nbgrader submit affine --course=deep-learning-from-scratch", folder=desk)
    checkout.type("nbgrader collect affine")
    (user,) = (path.name for path in (course / "submitted").iterdir())

    archive = course / "downloaded" / "affine" / "archive"
    archive.mkdir(parents=True)
    wrong = answers_of("affine", **{"bias-gradient": "def bias_gradient(dY):\n    return dY.mean(axis=0)\n"})
    with zipfile.ZipFile(archive / "submissions.zip", "w") as zipped:
        name = "이 서연_4567_assignsubmission_file_/affine.ipynb"
        zipped.writestr(name, nbformat.writes(wrong))
    checkout.type("nbgrader zip_collect affine")

    said = checkout.type("autograder grade affine")
    assert "2 submissions graded" in said
    scores = {each.result.student: each.result.score for each in Store(course, "affine").read_all()}
    assert scores == {user: 10.0, "4567": 8.0}
    checkout.type("autograder report affine --lang ko")
    page = (course / "reports" / "affine.html").read_text(encoding="utf-8")
    assert "수업에서 다룰 것" in page

    opened = browse(checkout, checkout.next("jupyter lab"))
    _grade_by_hand(opened)

    checkout.type("nbgrader generate_feedback affine --force")
    pages = {
        student: visit((course / "feedback" / student / "affine" / "affine.html").as_uri()).page
        for student in scores
    }
    texts = {student: page.inner_text("main") for student, page in pages.items()}
    assert "In a public test" in texts["4567"]
    (graded,) = (student for student, text in texts.items() if COMMENT in text)
    scores[graded] += 3
    checkout.type("nbgrader release_feedback affine")
    exchange = Path(checkout.environment["HOME"]) / "exchange"
    assert len(list(exchange.glob("*/feedback/*.html"))) == 1  # of the one who came through the exchange
    checkout.type("nbgrader export --exporter=autograder.gradebook.export.CanvasExport --to canvas.csv")
    exported = (course / "canvas.csv").read_text(encoding="utf-8")
    for student, score in scores.items():
        assert re.search(rf"^{student},.*,{score}$", exported, re.MULTILINE), exported
    assert checkout.todo == []


def _grade_by_hand(opened) -> None:
    """Go from the menu to a submission that waits, and give points and a comment."""
    page = opened.page
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Formgrader", exact=True).click()
    formgrader = page.frame_locator("iframe").first
    formgrader.get_by_role("link", name="Manual Grading").click()
    formgrader.get_by_role("link", name="affine").click()
    formgrader.get_by_role("link", name="affine").click()
    opened.picture("submissions")
    formgrader.locator("a.name-hidden").first.click()
    score = formgrader.locator("#written-backpropagation")
    formgrader.locator("input.extra-credit[placeholder='0']").last.wait_for()  # the points have arrived
    score.fill("3")
    with page.expect_response(re.compile("/formgrader/api/grade/")):
        score.press("Tab")
    comment = formgrader.locator("#written-backpropagation-comment")
    comment.fill(COMMENT)
    with page.expect_response(re.compile("/formgrader/api/comment/")):
        comment.press("Tab")
    opened.picture("graded")
