"""A real browser, a graded class to look at, and a JupyterLab with nbgrader's extensions.

The browser is Debian's Chromium, driven by Playwright. Where it is missing the tests are skipped, but never
in CI. Pictures of what was seen go to ``artefacts/``.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

from autograder.assignment import Course

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

REPOSITORY = Path(__file__).parents[2]
ARTEFACTS = REPOSITORY / "artefacts"

FLAGS = [
    "--no-sandbox",  # CI runs as root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOISE = ("Failed to load resource", "MathJax is not defined")
"""What a browser says where there is no network: nbgrader's own pages fetch MathJax from one."""


def pytest_collection_modifyitems(items):
    """Every test of this folder takes seconds."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a browser."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Chromium: apt-get install chromium")
        pytest.skip("Chromium is missing; on Debian or Ubuntu, install the package chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page that is looked at, with what its console said."""

    page: Page
    name: str
    complaints: list[str] = field(default_factory=list)

    def picture(self, of: str, *, full: bool = False) -> None:
        """Keep what can be seen."""
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{self.name}-{of}.png", full_page=full)


@pytest.fixture
def visit(browser, request):
    """Return a function that opens a page of some width in a theme; console errors fail the test."""
    visits, contexts = [], []

    def open_page(url: str, width: int = 1200, theme: str = "light", height: int = 900) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            bypass_csp=True,  # else our own policy would keep axe out
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name).strip("-")
        opened = Visit(page, name.removeprefix("test-"))
        page.on("console", lambda said: said.type == "error" and opened.complaints.append(said.text))
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        visits.append(opened)
        page.goto(url)
        return opened

    yield open_page
    for opened in visits:
        opened.picture("end")
    for context in contexts:
        context.close()
    said = [text for each in visits for text in each.complaints]
    assert [text for text in said if not text.startswith(NOISE)] == []


# ----- a class -----


def answered(name: str, **answers: str) -> nbformat.NotebookNode:
    """Return the released notebook with the reference's answers, but for those that are given."""
    notebook = nbformat.read(REPOSITORY / "release" / name / f"{name}.ipynb", as_version=4)
    source = nbformat.read(REPOSITORY / "source" / name / f"{name}.ipynb", as_version=4)
    right = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(grade_id, right.get(grade_id, cell.source))
    return notebook


@pytest.fixture(scope="session")
def answers_of():
    """Return a function that fills in the released notebook."""
    return answered


BATCH_MEAN = "def bias_gradient(dY):\n    return dY.mean(axis=0)\n"


@pytest.fixture(scope="session")
def class_course(tmp_path_factory, real_course) -> Course:
    """Return a course with a small graded class: right, wrong, hostile by name, not a notebook."""
    root = Path(shutil.copytree(real_course.root, tmp_path_factory.mktemp("class") / "course"))
    for student, answers in {
        "kim": {"bias-gradient": BATCH_MEAN},
        "lee": {},
        '=HYPERLINK("x") <b>&': {"bias-gradient": BATCH_MEAN},
        f"\u202e\u05d0\u05d1, 'q' 🙂 {'x' * 60}": {"bias-gradient": "def bias_gradient(dY):\n    1 / 0\n"},
    }.items():
        _hand_in(root, student, nbformat.writes(answered("affine", **answers)))
    _hand_in(root, "empty", "")
    subprocess.run(
        [sys.executable, "-m", "autograder", "grade", "affine", "--jobs=1", f"--course={root}"],
        capture_output=True,
        check=False,
    )
    assert (root / "reports" / "affine.html").exists()
    return Course(root)


def _hand_in(root: Path, student: str, text: str) -> None:
    folder = root / "submitted" / student / "affine"
    folder.mkdir(parents=True)
    (folder / "affine.ipynb").write_text(text, encoding="utf-8")


# ----- JupyterLab -----


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab."""

    folder: Path
    port: int
    token: str

    def url(self, path: str = "") -> str:
        """Return an address of a workspace of its own."""
        return f"http://127.0.0.1:{self.port}/lab{path}?token={self.token}&reset"


@pytest.fixture
def lab(tmp_path):
    """Return a function that starts JupyterLab in a folder, as a user with an empty home."""
    running = []

    def start(folder: Path) -> Lab:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        found = Lab(folder, port, secrets.token_hex(8))
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        tools = str(Path(sys.executable).parent)
        environment = os.environ | {"HOME": str(home), "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
        environment |= {"JUPYTER_CONFIG_DIR": str(home / "config"), "JUPYTER_RUNTIME_DIR": str(home / "run")}
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
        command += [
            f"--IdentityProvider.token={found.token}",
            "--LabApp.expose_app_in_browser=True",  # to scroll to cells and choose a theme
            "--ServerApp.port_retries=0",
        ]
        with (tmp_path / "lab.log").open("w") as log:
            running.append(
                subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
            )
        _wait_for(f"http://127.0.0.1:{port}/api?token={found.token}", tmp_path / "lab.log")
        return found

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(url: str, log: Path, timeout_s: float = 90) -> None:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")
