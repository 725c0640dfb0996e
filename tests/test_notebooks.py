"""The course's own notebooks: generated from what stands in the repository, and they run as they should."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from autograder.assignment import Course
from autograder.authoring import stale

COURSE = Course(Path(__file__).parents[1])
ASSIGNMENTS = COURSE.assignment_names()


@pytest.fixture(name="folder", params=ASSIGNMENTS)
def _folder(request, tmp_path):
    """Return a copy of an assignment's release, as a student has it."""
    return Path(shutil.copytree(COURSE.release_folder(request.param), tmp_path / request.param))


def run(path):
    """Run a notebook from top to bottom in a new kernel; return it with its outputs and the error, if any."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(path.parent)}})
    try:
        client.execute()
    except CellExecutionError as error:
        return notebook, error
    return notebook, None


def outputs(notebook, kind):
    """Return all outputs of a kind with the id of their cell."""
    return [
        (cell.id, output)
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == kind
    ]


def test_generated_notebooks_are_current():
    """What is committed in source/ and release/ is what build would write."""
    assert stale(COURSE) == []


@pytest.mark.slow
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_source_notebook_runs_from_top_to_bottom(assignment, tmp_path):
    """The reference passes all checks in the notebook, without an error or a warning."""
    copy = Path(shutil.copytree(COURSE.source_notebook(assignment).parent, tmp_path / assignment))
    notebook, error = run(copy / f"{assignment}.ipynb")
    assert error is None
    assert [output for output in outputs(notebook, "stream") if output[1].name == "stderr"] == []


@pytest.mark.slow
def test_released_notebook_runs_up_to_the_first_check(folder):
    """Run All stops at the first unsolved exercise with one short error, and warns of nothing before it."""
    notebook, error = run(folder / f"{folder.name}.ipynb")
    first = COURSE.read_assignment(folder.name).exercises[0].id
    assert [cell for cell, _ in outputs(notebook, "error")] == [f"test-{first}"]
    assert error.ename == "CheckFailed"
    assert len(outputs(notebook, "error")[0][1].traceback) <= 3
    assert [output for output in outputs(notebook, "stream") if output[1].name == "stderr"] == []


def validate(path):
    """Return what nbgrader's Validate says about a notebook, from an environment that is not activated."""
    command = [sys.executable, "-m", "nbgrader", "validate", path.name]
    environment = {**os.environ, "PATH": os.defpath}
    outcome = subprocess.run(
        command, cwd=path.parent, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    return outcome.stdout


@pytest.mark.slow
def test_validation_of_the_release_reports_each_unsolved_exercise_and_no_damage(folder):
    """The Validate button shows the check's own sentence and nothing of the kit's inside."""
    exercises = COURSE.read_assignment(folder.name).exercises
    said = validate(folder / f"{folder.name}.ipynb")
    assert f"VALIDATION FAILED ON {len(exercises)} CELL(S)" in said
    for exercise in exercises:
        assert f'check("{exercise.id}")\n\nThe error was:\n\n    CheckFailed: {exercise.id} is not' in said
    assert "Traceback" not in said


@pytest.mark.slow
def test_validation_notices_a_changed_check_cell(folder):
    """The checksums are nbgrader's own, so an edited check cell is reported as such."""
    path = folder / f"{folder.name}.ipynb"
    first = COURSE.read_assignment(folder.name).exercises[0].id
    text = path.read_text(encoding="utf-8").replace(f'check(\\"{first}\\")', "print()")
    path.write_text(text, encoding="utf-8")
    assert "THE CONTENTS OF 1 TEST CELL(S) HAVE CHANGED" in validate(path)


@pytest.mark.slow
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_validation_of_the_source_notebook_succeeds(assignment, tmp_path):
    """A solved notebook passes."""
    copy = Path(shutil.copytree(COURSE.source_notebook(assignment).parent, tmp_path / assignment))
    assert "Success! Your notebook passes all the tests." in validate(copy / f"{assignment}.ipynb")
