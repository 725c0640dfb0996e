"""A notebook that is open in a JupyterLab, used as a student uses it."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat

REPOSITORY = Path(__file__).parents[2]
KERNEL_IS_IDLE = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
NOTHING_RUNS = """() => {
    const widget = jupyterapp.shell.currentWidget;
    const runs = cell => cell.model.executionState === 'running';
    return widget.sessionContext.session.kernel.status === 'idle' && !widget.content.widgets.some(runs);
}"""
"""Cells that wait for their turn run too; between two of them the kernel is idle."""
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
        self.page.wait_for_function(NOTHING_RUNS, timeout=120_000)
        self.page.wait_for_timeout(300)

    def card(self, exercise: str):
        """Return what a check shows, in view."""
        self.page.evaluate(FIND, f"test-{exercise}")
        return self.page.locator(".jp-Cell", has_text=f'check("{exercise}")').locator(".ag-card")

    def save(self, path: Path) -> None:
        """Press Control and S, and wait until the file holds what is seen."""
        before = path.read_bytes()
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Control+S")
        self.page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty", timeout=60_000)
        assert path.read_bytes() != before

    def theme(self, name: str) -> None:
        """Choose a theme."""
        self.page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", name)
        light = str("Light" in name).lower()
        self.page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")


def solution(exercise: str) -> str:
    """Return the reference's cell."""
    source = nbformat.read(REPOSITORY / "source" / "affine" / "affine.ipynb", as_version=4)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in source.cells}
    return re.sub(r"^\s*### (BEGIN|END) SOLUTION\n?", "", cells[exercise], flags=re.MULTILINE)
