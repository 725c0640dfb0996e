"""The corpus of hostile submissions: none is paid, none escapes, none harms a neighbour, all are cheap.

`tests/hostile/` holds one trick in each file: what it tries, which exercise it attacks, to which class of
attacks it belongs, perhaps what its student must be told or must not, then cells. The last cell is the answer
to the exercise, and its arrays are wrong. All are graded once, in one class with honest students between.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder import scheduling
from autograder.assignment import Course
from autograder.walls import probe
from autograder.workplace import ThisMachine

if TYPE_CHECKING:
    from autograder.grading import Graded

REPOSITORY = Path(__file__).parents[1]
CORPUS = Path(__file__).parent / "hostile"
LIMITS = (
    "limits = { call_cpu_s = 0.3, cell_cpu_s = 0.6, submission_cpu_s = 2, memory_mib = 256, processes = 16, "
    "file_mib = 2, output_kib = 16 }"
)
"""Small ones, since some tricks wait until they are over."""
FULL_S = 900.0
"""No measure of speed, which is for benchmarks: were one trick able to hold up a class for as long as it
likes, the corpus would take longer."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(probe().level == "process", reason="this machine offers no walls"),
]


@dataclass(frozen=True)
class Trick:
    """One file of the corpus."""

    name: str
    tries: str
    assignment: str
    exercise: str
    kind: str
    cells: tuple[str, ...]
    says: str
    hides: str

    @classmethod
    def read(cls, path: Path) -> Trick:
        """Read a file of the corpus."""
        head, *cells = re.split(r"^# %%\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        about = dict(re.findall(r"^# (\w+): (.*)$", head, re.MULTILINE))
        assignment, exercise = about["Attacks"].split("/")
        told = about.get("Says", ""), about.get("Hides", "SMUGGLED")
        return cls(path.stem, about["Tries"], assignment, exercise, about["Class"], tuple(cells), *told)


TRICKS = tuple(Trick.read(path) for path in sorted(CORPUS.glob("*.py")))


@dataclass
class Class:
    """The corpus after grading, and what was on the machine before and after."""

    graded: dict[str, Graded] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


# ----- a course with the corpus in it -----


def make_course(root: Path) -> Course:
    """Return a course with the real assignments, under small limits."""
    for folder in ("assignments", "solutions", "source", "release"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    for description in root.glob("assignments/*/assignment.toml"):
        text = re.sub(r"^limits = .*$", LIMITS, description.read_text(), flags=re.MULTILINE)
        description.write_text(text)
    return Course(root)


def answers(course: Course, assignment: str) -> dict[str, str]:
    """Return the right answer to each exercise."""
    source = nbformat.read(course.source_notebook(assignment), as_version=4)
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in source.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }


def notebook(course: Course, assignment: str, trick: Trick | None) -> dict[str, Any]:
    """Return a notebook whose answers are right but for the one that a trick replaces."""
    cells = [code("import matplotlib.pyplot as plt\nimport numpy as np\n\nfrom autograder import check")]
    for exercise, right in answers(course, assignment).items():
        if trick is not None and exercise == trick.exercise:
            cells += [code(source) for source in trick.cells[:-1]]
            cells.append(code(trick.cells[-1], exercise))
        else:
            cells.append(code(right, exercise))
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}


def code(source: str, grade_id: str = "") -> dict[str, Any]:
    """Return a code cell, a solution cell if it has an id."""
    flags = {"grade_id": grade_id, "solution": True, "grade": False, "locked": False, "schema_version": 3}
    metadata = {"nbgrader": flags} if grade_id else {}
    return {
        "cell_type": "code",
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def submit(course: Course, student: str, assignment: str, document: dict[str, Any]) -> None:
    """Hand in a notebook."""
    folder = course.root / "submitted" / student / assignment
    folder.mkdir(parents=True)
    (folder / f"{assignment}.ipynb").write_text(json.dumps(document))


def honest(number: int) -> str:
    """Return the name of the honest student after the trick of this number."""
    return f"{number:03}-zz-honest"


def student_of(trick: Trick) -> str:
    """Return the name under which a trick is handed in."""
    return f"{TRICKS.index(trick):03}-{trick.name}"


@pytest.fixture(scope="module")
def hostile_class(tmp_path_factory):
    """Grade the whole corpus once, every trick before an honest neighbour."""
    course = make_course(tmp_path_factory.mktemp("hostile") / "course")
    for number, trick in enumerate(TRICKS):
        submit(course, student_of(trick), trick.assignment, notebook(course, trick.assignment, trick))
        submit(course, honest(number), trick.assignment, notebook(course, trick.assignment, None))
    found = Class()
    with pytest.MonkeyPatch.context() as patch:
        temporary = tmp_path_factory.mktemp("temporary")
        patch.setenv("TMPDIR", str(temporary))
        patch.setattr("tempfile.tempdir", None)
        found.before = traces(course.root, temporary)
        started = time.monotonic()
        for assignment in ("affine", "optimizers"):
            found.graded |= grade(course, assignment)
        found.seconds = time.monotonic() - started
        found.after = traces(course.root, temporary)
    return found


def grade(course: Course, assignment: str) -> dict[str, Graded]:
    """Grade everything that was handed in for an assignment, on two processes."""
    template = nbformat.read(course.source_notebook(assignment), as_version=4)
    setup = scheduling.make_setup(course, course.read_assignment(assignment), template, None)
    folders = scheduling.submission_folders(course, assignment)
    return dict(scheduling.grade_class(course, setup, folders, ThisMachine(2)))


# ----- what is on the machine -----


def traces(course: Path, temporary: Path) -> dict[str, Any]:
    """Return what a submission could have left on this machine."""
    return {
        "files of the course": [str(path) for path in files_of(course)],
        "contents of the course": [path.read_bytes() for path in files_of(course) if path.is_file()],
        "temporary files": names(temporary),
        "shared memory": [path.name for path in Path("/dev/shm").glob("*") if is_ours(path.lstat().st_uid)],
        "System V objects": {name: lines(f"/proc/sysvipc/{name}") for name in ("shm", "sem", "msg")},
        "mounts": lines("/proc/self/mountinfo"),
        "processes of submissions": submission_processes(),
        "listening sockets": listening_sockets(),
        "pwned": [path for path in ("/tmp/pwned", "/tmp/note", "/var/tmp/note") if Path(path).exists()],
    }


def files_of(course: Path) -> list[Path]:
    """Return what lies in a course, but for the results that grading keeps there."""
    return sorted(path for path in course.rglob("*") if ".autograder" not in path.parts)


def names(folder: Path) -> list[str]:
    """Return what lies in a folder, nothing if there is no such folder."""
    return sorted(path.name for path in folder.glob("*"))


def lines(path: str) -> list[str]:
    """Return the lines of a file, none if there is no such file."""
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def is_ours(uid: int) -> bool:
    """Whether a user is one that submissions of this environment run as."""
    return uid >= 2_000_000_000 if os.geteuid() == 0 else uid == os.geteuid()


def listening_sockets() -> set[str]:
    """Return the addresses at which a user of submissions listens (column 7 of the table)."""
    rows = [line.split() for line in lines("/proc/net/tcp") if " 0A " in line]
    return {row[1] for row in rows if is_ours(int(row[7]))}


def submission_processes() -> list[str]:
    """Return the processes that look like a worker of this environment or like one of its descendants."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            uid = folder.stat().st_uid
        except OSError:
            continue
        is_other_graders = "/kit/worker" in command and sys.executable not in command
        is_worker = "/kit/worker" in command or uid >= 2_000_000_000
        if is_worker and not is_other_graders:
            found.append(command)
    return found


# ----- the promises -----


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
def test_a_trick_is_not_paid(hostile_class, trick):
    """The exercise that a trick attacks earns exactly nothing, and the submission is graded all the same."""
    result = hostile_class.graded[student_of(trick)].result
    (attacked,) = [exercise for exercise in result.exercises if exercise.id == trick.exercise]
    assert attacked.score == 0.0
    assert (result.status, result.reason) == ("graded", None)
    assert all(test.outcome in ("passed", "failed") for test in attacked.tests)


@pytest.mark.parametrize("number", range(len(TRICKS)), ids=lambda number: f"after-{TRICKS[number].name}")
def test_the_honest_neighbour_of_a_trick_is_unharmed(hostile_class, number):
    """The student who is graded after a trick earns all points."""
    result = hostile_class.graded[honest(number)].result
    assert result.score == result.max_score


@pytest.mark.parametrize("trick", [each for each in TRICKS if each.says], ids=lambda trick: trick.name)
def test_a_limit_is_named_with_its_value(hostile_class, trick):
    """A student who passes a limit reads which one it was and how high it is."""
    assert re.search(trick.says, told(hostile_class.graded[student_of(trick)]))


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
def test_no_hidden_input_and_no_flood_reaches_the_student(hostile_class, trick):
    """What a call saw comes out in no message, and what comes out is short and harmless."""
    graded = hostile_class.graded[student_of(trick)]
    text = told(graded)
    assert "SMUGGLED" not in text
    assert not re.search(trick.hides, text)
    assert max(len(test.rationale) for exercise in graded.result.exercises for test in exercise.tests) < 2000
    assert len(text) < 2**20


def told(graded: Graded) -> str:
    """Return all that a result says, without the sources of cells."""
    return json.dumps([list(graded.outputs), graded.notes], ensure_ascii=False) + str(graded.result)


@pytest.mark.parametrize(
    "kind",
    [
        "files of the course",
        "contents of the course",
        "temporary files",
        "shared memory",
        "System V objects",
        "mounts",
        "processes of submissions",
        "listening sockets",
        "pwned",
    ],
)
def test_nothing_is_left(hostile_class, kind):
    """After the class the machine is as it was before."""
    assert hostile_class.after[kind] == hostile_class.before[kind]


def test_the_corpus_is_cheap(hostile_class):
    """Tricks cannot hold up a class."""
    assert hostile_class.seconds < FULL_S


def test_the_corpus_is_well_kept():
    """Each trick says in one line what it tries, and no two try the same."""
    assert len(TRICKS) >= 45
    assert len({trick.tries for trick in TRICKS}) == len(TRICKS)
    assert all(trick.cells and len(trick.tries) < 110 for trick in TRICKS)


def test_the_comparison_has_a_row_for_each_trick_that_is_tried_on_both():
    """The tables of docs/hostile.md are those that the program would print."""
    path = REPOSITORY / "benchmarks" / "hostile_against_nbgrader.py"
    left_out = re.search(r"FILLS_THE_MACHINE = \{(.*?)^\}", path.read_text(), re.DOTALL | re.MULTILINE)
    assert left_out is not None
    kit_only = set(re.findall(r'"(\w+)"', left_out[1]))
    rows = re.findall(
        r"^\| (.*?) \| (.*?) \| (.*?) \| 0 \|$", (REPOSITORY / "docs/hostile.md").read_text(), re.MULTILINE
    )
    tried = [(trick.tries, trick.kind) for trick in TRICKS if trick.name not in kit_only]
    assert sorted((tries, kind) for tries, kind, _ in rows) == sorted(tried)


def test_every_known_class_of_attack_is_in_the_corpus():
    """What graders have been fooled by is tried, as far as a notebook can carry it."""
    tried = {kind for trick in TRICKS for kind in re.findall(r"A\d+", trick.kind)}
    not_in_a_notebook = {"A21", "A25", "A27"}  # a web interface, a repository, the notebook server
    known = {f"A{number}" for number in range(1, 31)} - not_in_a_notebook
    assert known <= tried


# ----- the same through nbgrader -----


@pytest.fixture(scope="module")
def nbgrader_class(tmp_path_factory):
    """Have `nbgrader autograde` grade the corpus, with the kit's steps; return the scores of test cells."""
    course = make_course(tmp_path_factory.mktemp("nbgrader") / "course")
    shutil.copy(REPOSITORY / "nbgrader_config.py", course.root)
    for trick in TRICKS:
        submit(course, student_of(trick), trick.assignment, notebook(course, trick.assignment, trick))
    for assignment in ("affine", "optimizers"):
        submit(course, "zz-honest", assignment, notebook(course, assignment, None))
        run_nbgrader(course, "generate_assignment", assignment)
        run_nbgrader(course, "autograde", assignment)
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        return {
            (submission.student_id, grade.name): grade.auto_score
            for assignment in ("affine", "optimizers")
            for submission in gradebook.assignment_submissions(assignment)
            for notebook_ in submission.notebooks
            for grade in notebook_.grades
        }


def run_nbgrader(course: Course, command: str, assignment: str) -> None:
    """Run a command of nbgrader in a course."""
    nbgrader = [sys.executable, "-m", "nbgrader", command, assignment, "--force"]
    ran = subprocess.run(nbgrader, cwd=course.root, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
def test_nbgrader_does_not_pay_a_trick_either(nbgrader_class, trick):
    """The test cell of the exercise that a trick attacks gets exactly nothing."""
    assert nbgrader_class[student_of(trick), f"test-{trick.exercise}"] == 0.0


def test_the_honest_student_of_nbgrader_is_unharmed(nbgrader_class):
    """The student who comes after all tricks earns all points."""
    course = Course(REPOSITORY)
    full = {
        ("zz-honest", f"test-{exercise.id}"): exercise.points
        for assignment in ("affine", "optimizers")
        for exercise in course.read_assignment(assignment).exercises
    }
    assert {key: nbgrader_class[key] for key in full} == full


def test_this_machine_has_a_loopback_for_the_tricks():
    """The tricks that connect would reach something if nothing stopped them."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
