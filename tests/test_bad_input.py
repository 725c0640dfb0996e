"""Whatever is handed in becomes points or one clear sentence, and a good student next to it notices nothing.

All cases are one class, graded once by the command line; so the good student sits next to every one of them.
"""

from __future__ import annotations

import copy
import html
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Classroom
    from nbformat import NotebookNode

pytestmark = pytest.mark.slow

GOOD = "Good Student"
EXERCISES = ("bias-gradient", "affine-backward", "affine-debug")
FULL = (2, 5, 3)
LIMITS = {"call_cpu_s = 2": "call_cpu_s = 0.5", "cell_cpu_s = 5": "cell_cpu_s = 1"}
"""Shorter than the assignment's, so that what hangs does so briefly."""


@dataclass(frozen=True)
class Case:
    """Something that was handed in, and what becomes of it."""

    submit: Callable[[Classroom, str], object]
    """Given the class and the student's name, hands it in."""
    scores: tuple[float, float, float] | None = FULL
    """Points for each exercise; None if the submission is ungradable."""
    says: str = ""
    """What the result has to say: the reason, or a rationale."""
    notes: str = ""
    """What the feedback page has to say beside it."""


# ----- files that are no notebooks -----


def content(data: bytes | Callable[[bytes], bytes]) -> Callable[[Classroom, str], object]:
    """Hand in these bytes under the notebook's name."""

    def submit(classroom: Classroom, student: str) -> None:
        path = classroom.hand_in(student)
        path.write_bytes(data(path.read_bytes()) if callable(data) else data)

    return submit


def missing(classroom: Classroom, student: str) -> None:
    """Hand in an empty folder."""
    classroom.folder("submitted", student).mkdir(parents=True)


def named(name: str) -> Callable[[Classroom, str], object]:
    """Hand in a good notebook under another name."""

    def submit(classroom: Classroom, student: str) -> None:
        path = classroom.hand_in(student)
        path.rename(path.with_name(name))

    return submit


def huge(classroom: Classroom, student: str) -> None:
    """Hand in a file of 100 MB, which takes no space."""
    os.truncate(classroom.hand_in(student), 100 * 10**6)


def link_to_file(classroom: Classroom, student: str) -> None:
    """Hand in a link to a neighbour's notebook."""
    path = classroom.submit(student)
    path.unlink()
    path.symlink_to(classroom.folder("submitted", GOOD) / path.name)


def link_to_folder(classroom: Classroom, student: str) -> None:
    """Hand in a link to a neighbour's folder."""
    folder = classroom.folder("submitted", student)
    folder.parent.mkdir(parents=True)
    folder.symlink_to(classroom.folder("submitted", GOOD))


def pipe(classroom: Classroom, student: str) -> None:
    """Hand in a named pipe that nobody writes to."""
    path = classroom.submit(student)
    path.unlink()
    os.mkfifo(path)


def folder_as_file(classroom: Classroom, student: str) -> None:
    """Hand in a folder that has the notebook's name."""
    path = classroom.submit(student)
    path.unlink()
    path.mkdir()


def format_3(data: bytes) -> bytes:
    """Return a notebook as IPython 2 wrote it."""
    notebook = json.loads(data)
    for cell in notebook["cells"]:
        cell.pop("id")
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
            cell["language"] = "python"
    sheets = [{"cells": notebook.pop("cells"), "metadata": {}}]
    return json.dumps({"metadata": {}, "nbformat": 3, "nbformat_minor": 0, "worksheets": sheets}).encode()


FILES = {
    "missing": Case(missing, None, r"^There is no affine\.ipynb in this submission; submit the notebook"),
    "empty": Case(content(b""), None, r"is empty; save"),
    "truncated": Case(content(lambda data: data[:-3000]), None, r"breaks off .*; submit the whole file\.$"),
    "not JSON": Case(content(b"x = 1\n"), None, r"is not JSON .*; submit the file JupyterLab saves\.$"),
    "not UTF-8": Case(content(lambda data: data.replace(b"#", b"\xfc")), None, r"is not UTF-8 .*; save it"),
    "null bytes": Case(content(lambda data: data[:2000] + bytes(8)), None, r"null bytes.*; submit an intact"),
    "a web page": Case(content(b"<!DOCTYPE html>"), None, r"is a web page.*; download"),
    "other JSON": Case(content(b"[1, 2]"), None, r"is JSON but no notebook; submit"),
    "format 5": Case(content(b'{"nbformat": 5, "cells": []}'), None, r"of notebook format 5.*; save it"),
    "100 MB": Case(huge, None, r"has 95\.4 MiB, more than the 20 MiB allowed; clear its outputs"),
    "link": Case(link_to_file, None, r"is a symbolic link, not a file; submit the notebook itself\.$"),
    "link to a folder": Case(link_to_folder, None, r"is a symbolic link; submit the files themselves\.$"),
    "pipe": Case(pipe, None, r"is a named pipe, not a file; submit"),
    "folder": Case(folder_as_file, None, r"is a folder, not a file; submit"),
    "wrong name": Case(named("affine-1 final.ipynb"), None, r"but 'affine-1 final\.ipynb' was .*; rename"),
    "format 3": Case(content(format_3)),
    "byte order mark": Case(content(lambda data: b"\xef\xbb\xbf" + data)),
}


# ----- cells and their metadata -----


def cells(change: Callable[[Cells], object], *, answered: bool = True) -> Callable[[Classroom, str], object]:
    """Hand in a notebook whose cells were changed."""

    def submit(classroom: Classroom, student: str) -> None:
        stubs = {} if answered else {Cells.name(cell): cell.source for cell in classroom.released().cells}
        classroom.hand_in(student, stubs, lambda notebook: change(Cells(notebook)))

    return submit


class Cells:
    """The cells of a notebook by their names."""

    def __init__(self, notebook: NotebookNode) -> None:
        self.all = notebook.cells

    def __getitem__(self, grade_id: str) -> NotebookNode:
        return next(cell for cell in self.all if self.name(cell) == grade_id)

    @staticmethod
    def name(cell: NotebookNode) -> str:
        """Return nbgrader's name of a cell."""
        return cell.metadata.get("nbgrader", {}).get("grade_id", "")

    def tests(self) -> list[NotebookNode]:
        """Return the test cells."""
        return [cell for cell in self.all if self.name(cell).startswith("test-")]

    def delete(self, *names: str) -> None:
        """Delete cells."""
        self.all[:] = [cell for cell in self.all if self.name(cell) not in names]

    def copy(self, name: str, *, source: str | None = None, above: bool = False) -> None:
        """Copy a cell with its metadata, beneath itself or above."""
        cell = self[name]
        twin = copy.deepcopy(cell)
        twin["id"] = f"{name}-copy"
        twin["source"] = cell.source if source is None else source
        self.all.insert(self.all.index(cell) + (not above), twin)

    def change_setup(self, source: str) -> None:
        """Put code above the imports."""
        cell = next(cell for cell in self.all if "import numpy" in cell.source)
        cell.source = source + cell.source

    def add(self, source: str, *, after: str) -> None:
        """Add a code cell."""
        cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        self.all.insert(self.all.index(self[after]) + 1, {**cell, "id": f"added-{after}"})


def set_flags(cell: NotebookNode, **flags: object) -> None:
    """Change nbgrader's metadata of a cell."""
    cell.metadata.nbgrader.update(flags)


def retype(cell: NotebookNode, cell_type: str) -> None:
    """Make a code cell into one of another type."""
    cell.cell_type = cell_type
    cell.pop("outputs", None)
    cell.pop("execution_count", None)


def claim_points(its: Cells) -> None:
    """Write points into metadata, tests and outputs, with nothing solved."""
    for cell in its.tests():
        set_flags(cell, points=1000)
        cell.source = "1000"
        data = {"text/plain": "1000"}
        cell.outputs = [{"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}]


def flip(its: Cells) -> None:
    """Make solutions into tests, and tests into solutions, unlocked."""
    for cell in its.all:
        if flags := cell.metadata.get("nbgrader"):
            flags.update(grade=not flags["grade"], solution=not flags["solution"], locked=False, task=False)


def forget(its: Cells) -> None:
    """Lose all metadata, as in a notebook that went through another program."""
    for number, cell in enumerate(its.all):
        cell.metadata = {}
        cell["id"] = f"n{number}"


def rename(its: Cells) -> None:
    """Give every graded cell another name."""
    for cell in its.all:
        if name := Cells.name(cell):
            set_flags(cell, grade_id=f"{name}-2")


def exchange_names(its: Cells) -> None:
    """Give the cells of two exercises each other's names."""
    one, other = its["bias-gradient"], its["affine-debug"]
    set_flags(one, grade_id="affine-debug")
    set_flags(other, grade_id="bias-gradient")


def split(its: Cells) -> None:
    """Take a method out of its class into a cell of its own."""
    cell = its["affine-backward"]
    head, backward = cell.source.split("    def backward")
    cell.source = head
    method = "def backward" + backward.replace("\n    ", "\n") + "\n\nAffine.backward = backward"
    its.add(method, after="affine-backward")


WRONG_BIAS = "def bias_gradient(dY):\n    return dY.mean()"
BACKWARD = ["affine-backward", "test-affine-backward"]

CELLS = {
    "test cell deleted": Case(
        cells(lambda its: its.delete("test-affine-backward")),
        notes="'test-affine-backward' was missing and has been put back",
    ),
    "solution cell deleted": Case(
        cells(lambda its: its.delete("bias-gradient")),
        (0, 5, 3),
        r"bias_gradient is not defined: no cell defines bias_gradient",
        notes="The cell 'bias-gradient' was missing",
    ),
    "all cells deleted": Case(cells(lambda its: its.all.clear()), (0, 0, 0), r"no cell defines Affine"),
    "test cell copied": Case(
        cells(lambda its: its.copy("test-bias-gradient")), notes="'test-bias-gradient' was there 2 times"
    ),
    "first copy wrong": Case(
        cells(lambda its: its.copy("bias-gradient", source=WRONG_BIAS, above=True)),
        notes="'bias-gradient' was there 2 times",
    ),
    "last copy wrong": Case(
        cells(lambda its: its.copy("bias-gradient", source=WRONG_BIAS)),
        (0, 5, 3),
        r"dB is a single number|dB has shape",
        notes="'bias-gradient' was there 2 times",
    ),
    "split": Case(cells(split)),
    "renamed": Case(cells(rename), notes="'affine-debug' had lost its name"),
    "names exchanged": Case(cells(exchange_names)),
    "metadata lost": Case(cells(forget), notes="'bias-gradient' had lost its name"),
    "solution retyped": Case(
        cells(lambda its: retype(its["affine-debug"], "markdown")),
        notes="'affine-debug' had become a markdown cell and was read as code",
    ),
    "test retyped": Case(
        cells(lambda its: retype(its["test-affine-debug"], "raw")), notes="had become a raw cell"
    ),
    "flags flipped": Case(
        cells(flip), notes="points or settings of the cell 'bias-gradient' had been changed"
    ),
    "points claimed": Case(
        cells(claim_points, answered=False),
        (0, 0, 0),
        "Not done yet",
        notes="The cell 'test-bias-gradient' is locked: its own text was put back",
    ),
    "order reversed": Case(cells(lambda its: its.all.reverse())),
}


# ----- what stands in the cells -----


def answer(**answers: str) -> Callable[[Classroom, str], object]:
    """Hand in right answers but for these; ``__`` stands for a hyphen."""
    others = {name.replace("__", "-"): text for name, text in answers.items()}
    return lambda classroom, student: classroom.hand_in(student, others)


def added(source: str) -> Callable[[Classroom, str], object]:
    """Hand in right answers with one more cell beneath the first answer."""
    return cells(lambda its: its.add(source, after="bias-gradient"))


CODE = {
    "nothing defined": Case(answer(bias__gradient="pass"), (0, 5, 3), r"bias_gradient is not defined"),
    "empty class": Case(
        answer(affine__backward="class Affine:\n    pass"),
        (2, 0, 3),
        r"`__init__` or `forward` is given code",
    ),
    "None for a method": Case(
        answer(affine__debug="class BrokenAffine(Affine):\n    backward = None"),
        (2, 5, 0),
        r"'NoneType' object is not callable",
    ),
    "number for a class": Case(
        answer(affine__backward="Affine = 3"), (2, 0, 3), r"'int' object is not callable"
    ),
    "number for a function": Case(answer(bias__gradient="bias_gradient = 3"), (0, 5, 3), r"bias_gradient"),
    "text returned": Case(
        answer(bias__gradient="def bias_gradient(dY):\n    return 'twelve'"), (0, 5, 3), r"dB is .*expected"
    ),
    "input": Case(added("name = input('Your name? ')")),
    "input in an answer": Case(
        answer(bias__gradient="def bias_gradient(dY):\n    return float(input())"),
        (0, 5, 3),
        r"nobody is there to answer",
    ),
    "magics": Case(added("%matplotlib inline\n%timeit -n1 -r1 1 + 1\n%no_such_magic")),
    "cell magic": Case(added("%%time\nx = 1")),
    "shell command": Case(added("!echo hello\n!exit 3\nfiles = !ls")),
    "sys.exit in a cell": Case(added("import sys\nsys.exit(1)")),
    "exit in a cell": Case(added("exit()")),
    "sys.exit in an answer": Case(
        answer(bias__gradient="import sys\ndef bias_gradient(dY):\n    sys.exit(0)"), (0, 5, 3), r"SystemExit"
    ),
    "os._exit in an answer": Case(
        answer(bias__gradient="import os\ndef bias_gradient(dY):\n    os._exit(0)"),
        (0, 5, 3),
        r"ended its own process",
    ),
    "os._exit in a cell": Case(added("import os\nos._exit(0)")),
    "interrupt": Case(added("raise KeyboardInterrupt")),
    "syntax error": Case(
        answer(affine__backward="class Affine:\n    def backward(self, dout)\n        return dout"),
        (2, 0, 3),
        r"Affine is not defined: the cell that defines it ended with SyntaxError",
    ),
    "import that fails": Case(
        cells(lambda its: its.change_setup("import no_such_library\n")),
        (0, 0, 0),
        r"name 'np' is not defined \(the cell that defines it ended with ModuleNotFoundError: No module",
    ),
    "os._exit in the first cell": Case(
        cells(lambda its: its.change_setup("import os\nos._exit(3)\n")),
        (0, 0, 0),
        r"name 'np' is not defined \(the cell that defines it could not be finished: ",
    ),
    "library of one's own": Case(cells(lambda its: its.change_setup("import numpy as numeric\n")), FULL),
    "endless cell": Case(added("while True:\n    pass")),
    "endless answer": Case(
        answer(bias__gradient="def bias_gradient(dY):\n    while True:\n        pass"),
        (0, 5, 3),
        r"more than 0\.5 s of CPU time|within 2\.5 s",
    ),
    "endless recursion": Case(
        answer(bias__gradient="def bias_gradient(dY):\n    return bias_gradient(dY)"),
        (0, 5, 3),
        r"RecursionError",
    ),
    "much output": Case(added("for _ in range(10**5):\n    print('x' * 100)")),
    "much memory": Case(added("huge = [0] * 10**10")),
}

CASES = {**FILES, **CELLS, **CODE}
GRADED = [student for student, case in CASES.items() if case.scores is not None]
UNGRADABLE = [student for student, case in CASES.items() if case.scores is None]


# ----- the class -----


def grade(classroom: Classroom, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as an instructor does, in an environment that is not activated."""
    command = [sys.executable, "-m", "autograder", "grade", classroom.name, "--json", "--isolation=process"]
    environment = {**os.environ, "PATH": os.defpath}
    return subprocess.run(
        [*command, f"--course={classroom.course.root}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def shorten_limits(classroom: Classroom) -> None:
    """Let student code use less time than the assignment says."""
    path = classroom.assignment.folder / "assignment.toml"
    text = path.read_text()
    for old, new in LIMITS.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)


@dataclass(frozen=True)
class GradedClass:
    """What the command line made of a class."""

    classroom: Classroom
    run: subprocess.CompletedProcess[str]
    submissions: dict[str, dict[str, Any]]


def graded_class(classroom: Classroom, cases: dict[str, Case]) -> GradedClass:
    """Submit the cases next to the good student, and grade."""
    shorten_limits(classroom)
    classroom.hand_in(GOOD)
    for student, case in cases.items():
        case.submit(classroom, student)
    run = grade(classroom)
    assert run.stdout, run.stderr
    document = json.loads(run.stdout)
    return GradedClass(classroom, run, {entry["student"]: entry for entry in document["submissions"]})


@pytest.fixture(scope="module")
def everyone(open_classroom, tmp_path_factory) -> GradedClass:
    """Return the class of all cases."""
    return graded_class(open_classroom(tmp_path_factory.mktemp("everyone") / "course"), CASES)


def scores(submission: dict[str, Any]) -> tuple[float, ...]:
    """Return the points of a submission's exercises."""
    assert [exercise["id"] for exercise in submission["exercises"]] == list(EXERCISES)
    return tuple(exercise["score"] for exercise in submission["exercises"])


def page(everyone: GradedClass, student: str) -> str:
    """Return a student's feedback, as text."""
    path = everyone.classroom.folder("feedback", student) / "affine.html"
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", path.read_text(encoding="utf-8"))).split())


def test_everyone_has_a_result_and_the_exit_code_tells(everyone):
    """Nobody is lost; some could not be graded, so the command ends with 1; words go to standard error."""
    assert list(everyone.submissions) == sorted([GOOD, *CASES])
    assert everyone.run.returncode == 1
    assert "Traceback" not in everyone.run.stderr


def test_a_good_student_notices_nothing(everyone, open_classroom, tmp_path):
    """The good student's result is that of a class of one, to the last byte."""
    alone = graded_class(open_classroom(tmp_path / "course"), {})
    assert json.dumps(alone.submissions[GOOD]) == json.dumps(everyone.submissions[GOOD])
    assert scores(everyone.submissions[GOOD]) == FULL
    assert alone.run.returncode == 0


@pytest.mark.parametrize("student", UNGRADABLE)
def test_what_cannot_be_read_gets_one_clear_sentence(everyone, student):
    """The reason says what is wrong and what to do; it is in the result and on the student's page."""
    submission = everyone.submissions[student]
    reason = submission["reason"]
    assert submission["status"] == "ungradable"
    assert (submission["score"], submission["max_score"], scores(submission)) == (0, 10, (0, 0, 0))
    assert re.search(CASES[student].says, reason)
    assert reason.endswith(".")
    assert reason.count("\n") == 0
    assert len(reason) < 150
    assert reason in page(everyone, student)


@pytest.mark.parametrize("student", GRADED)
def test_what_can_be_read_is_graded(everyone, student):
    """Every exercise earns what its code is worth, whatever stands around it, and the fault is named."""
    submission, case = everyone.submissions[student], CASES[student]
    assert (submission["status"], submission["reason"]) == ("graded", None)
    assert scores(submission) == case.scores
    assert submission["max_score"] == sum(exercise["max_score"] for exercise in submission["exercises"]) == 10
    tests = [test for exercise in submission["exercises"] for test in exercise["tests"]]
    assert {test["outcome"] for test in tests} <= {"passed", "failed"}
    failed = [test["rationale"] for test in tests if test["outcome"] == "failed"]
    assert (failed != []) == (case.scores != FULL)
    assert case.says == "" or any(re.search(case.says, rationale) for rationale in failed)
    assert case.notes in page(everyone, student)


@pytest.mark.parametrize("student", [GOOD, *CASES])
def test_the_gradebook_holds_the_same_points(everyone, student):
    """Each test cell has its exercise's points, whatever points and flags the submission claimed."""
    rows = everyone.classroom.scores(student)
    points = dict(zip(EXERCISES, scores(everyone.submissions[student]), strict=True))
    assert {name: score for name, (score, _) in rows.items() if name.startswith("test-")} == {
        f"test-{exercise}": score for exercise, score in points.items()
    }


@pytest.mark.parametrize("student", [GOOD, *CASES])
def test_the_formgrader_has_a_notebook_with_every_cell(everyone, student):
    """What a person grades from is valid and holds each of the assignment's cells once."""
    cells = everyone.classroom.autograded(student).cells
    names = [name for cell in cells if (name := Cells.name(cell))]
    wanted = [name for cell in everyone.classroom.released().cells if (name := Cells.name(cell))]
    assert sorted(names) == sorted(wanted)


# ----- the same by nbgrader's own command -----

BY_NBGRADER = ["empty", "truncated", "null bytes", "link", "format 3", "test cell deleted", "last copy wrong"]
BY_NBGRADER += ["flags flipped", "points claimed", "metadata lost", "nothing defined", "syntax error"]


def test_nbgrader_autograde_writes_the_same_rows(open_classroom, tmp_path):
    """Reference, stub and bad submissions: both commands leave the same gradebook behind."""
    tables = []
    for way in ("autograder", "nbgrader"):
        classroom = open_classroom(tmp_path / way)
        shorten_limits(classroom)
        classroom.hand_in(GOOD)
        classroom.submit("stub")
        for student in BY_NBGRADER:
            CASES[student].submit(classroom, student)
        if way == "autograder":
            grade(classroom)
        else:
            autograde(classroom)
        tables.append(classroom.tables())
    ours, nbgraders = tables
    for name in sorted({*ours, *nbgraders}):
        assert ours[name] == nbgraders[name], name
    assert len(ours["submitted_assignment"]) == 2 + len(BY_NBGRADER)


def autograde(classroom: Classroom) -> None:
    """Grade by nbgrader's command, in an environment that is not activated."""
    command = [sys.executable, "-m", "nbgrader", "autograde", classroom.name, "--create"]
    subprocess.run(
        [*command, "--SandboxedExecute.isolation=process"],
        cwd=classroom.course.root,
        env={**os.environ, "PATH": os.defpath},
        capture_output=True,
        check=True,
    )
