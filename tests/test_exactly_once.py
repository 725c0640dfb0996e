"""A class is graded once: what has not changed is taken up; however a run ends, the next one completes it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder import grading, scheduling
from autograder.walls import probe

WRONG = "def bias_gradient(dY):\n    return dY.mean(axis=0)\n"
SIZE = 10
KILLS = 20
level = probe().level
is_root = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def engine(monkeypatch):
    """Return the students that were really graded, in order; the stand-in engine grades them."""
    graded = []
    stand_in = grading.grade_notebooks

    def grade(course, assignment, notebooks, report, **more):
        def counted(student, result):
            graded.append(student)
            report(student, result)

        stand_in(course, assignment, notebooks, counted, **more)

    monkeypatch.setattr(grading, "grade_notebooks", grade)
    return graded


@pytest.fixture
def course_of(open_classroom, tmp_path):
    """Return a function that makes a course in which a class has handed in, the same each time."""

    def make(name: str, size: int = SIZE):
        classroom = open_classroom(tmp_path / name)
        for number in range(size):
            classroom.hand_in(f"s{number}", {"bias-gradient": WRONG} if number % 3 == 1 else {})
        classroom.submit_bytes("s2", b"no notebook")
        return classroom

    return make


def command(classroom, *more):
    """Return the command line that grades a class."""
    level_asked = [] if level != "process" else ["--isolation", "process"]
    given = ["grade", classroom.name, "--course", str(classroom.course.root), "--jobs", "2", "--json"]
    return [sys.executable, "-m", "autograder", *given, *level_asked, *more]


def start(classroom, *more):
    """Start grading in a process group of its own, which hears Ctrl-C even if these tests do not."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(command(classroom, *more), start_new_session=True, text=True, **pipes)
    finally:
        signal.signal(signal.SIGINT, before)


def run(classroom, *more):
    """Grade; return the exit code, the document and what was said."""
    process = start(classroom, *more)
    out, err = process.communicate(timeout=600)
    return process.returncode, out, err


def state(classroom):
    """Return all that grading leaves in a course: rows, notebooks and pages, to the byte."""
    root = classroom.course.root
    found = [*root.glob("autograded/**/*"), *root.glob("feedback/**/*"), *root.glob("reports/*.csv")]
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in found if path.is_file()}
    return classroom.tables(), files


def leftovers(classroom):
    """Return files that somebody has begun to write."""
    root = classroom.course.root
    found = [*root.glob("*/*/.*"), *root.glob(".autograder/**/*.part"), *root.glob("reports/.*")]
    return [path.relative_to(root).as_posix() for path in found]


# ----- what has not changed -----


def test_an_unchanged_submission_is_not_graded_again(classroom, engine):
    """The second run takes up every result, and records the same rows."""
    for student in ("ana", "ben"):
        classroom.submit(student, classroom.right)
    classroom.grade()
    before = classroom.tables()
    classroom.grade()
    assert engine == ["ana", "ben"]
    assert classroom.tables() == before


def test_a_changed_submission_is_graded_again(classroom, engine):
    """One student hands in anew; the other's result is taken up."""
    for student in ("ana", "ben"):
        classroom.submit(student, classroom.right)
    classroom.grade()
    classroom.submit("ben", {})
    classroom.grade()
    assert engine == ["ana", "ben", "ben"]
    assert classroom.grade()["ben"].new_score == 0


@pytest.mark.parametrize("part", ["solutions/scale.py", "assignments/scale/assignment.toml"])
def test_a_change_of_what_grades_grades_everything_again(classroom, engine, part):
    """A result belongs to a reference and a description."""
    classroom.submit("ana", classroom.right)
    classroom.grade()
    path = classroom.course.root / part
    path.write_text(path.read_text() + "\n# changed\n")
    classroom.grade()
    assert engine == ["ana", "ana"]


def test_other_walls_another_kit_and_another_notebook_have_other_keys(classroom, monkeypatch):
    """Nothing is taken up that was found under other circumstances."""
    template = classroom.released()

    def key(isolation="process"):
        return scheduling.make_setup(classroom.course, classroom.assignment, template, isolation).key

    keys = [key(), key("restricted")]
    monkeypatch.setattr(scheduling, "engine_fingerprint", lambda: "another")
    keys.append(key())
    monkeypatch.setattr(scheduling, "surroundings", lambda _: "another NumPy")
    keys.append(key())
    template.cells[0].source += "!"
    keys.append(key())
    assert len(set(keys)) == len(keys)


def test_what_could_not_be_graded_is_tried_again(classroom, engine, monkeypatch):
    """A fault of ours must not stay."""
    classroom.submit("ana", classroom.right)
    stand_in = grading.grade_notebooks

    def fail(course, assignment, notebooks, report, **_):
        for student, _notebook in notebooks:
            report(student, grading.ungradable(assignment, student, "A test could not be carried out."))

    monkeypatch.setattr(grading, "grade_notebooks", fail)
    classroom.grade()
    monkeypatch.setattr(grading, "grade_notebooks", stand_in)
    assert classroom.grade()["ana"].new_score > 0


def test_nbgraders_own_step_takes_up_results(classroom, engine):
    """`nbgrader autograde` after `autograder grade` runs no student code."""
    classroom.submit("ana", classroom.right)
    classroom.grade()
    before = classroom.scores("ana")
    classroom.autograde()
    assert engine == ["ana"]
    assert classroom.scores("ana") == before


@pytest.mark.slow
def test_force_grades_again(course, cli, monkeypatch):
    """`--force` takes nothing up."""
    course.hand_in("ana")
    arguments = "grade", "affine", f"--course={course.course.root}", "--isolation=process", "--json"
    assert cli(*arguments)[0] == 0
    graded = []
    engine = grading.grade_notebooks
    monkeypatch.setattr(
        grading, "grade_notebooks", lambda *args, **more: (graded.append(1), engine(*args, **more))
    )
    assert cli(*arguments)[0] == 0
    assert graded == []
    assert cli(*arguments, "--force")[0] == 0
    assert graded == [1]


# ----- however a run ends -----


@pytest.mark.slow
def test_killed_at_any_moment_the_next_run_completes_it(course_of):
    """Twenty runs are killed at random; one more gives what an undisturbed one gives, to the byte."""
    undisturbed, killed = course_of("undisturbed"), course_of("killed")
    started = time.monotonic()
    code, document, _ = run(undisturbed)
    full_s = time.monotonic() - started
    assert code == 1  # one submission is no notebook
    moments = random.Random(7)
    for number in range(KILLS):
        if number % 4 == 3:  # begin anew, so that every part of a run is met
            shutil.rmtree(killed.course.root / ".autograder", ignore_errors=True)
        process = start(killed)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=moments.uniform(0.1, full_s))
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.communicate()
    assert run(killed)[:2] == (code, document)
    assert state(killed) == state(undisturbed)
    assert leftovers(killed) == []


@pytest.mark.slow
def test_an_interrupted_run_says_so_and_loses_nothing(course_of):
    """Ctrl-C ends in a sentence; what was finished is not graded again."""
    classroom = course_of("course", size=40)
    process = start(classroom)
    results = classroom.course.root / ".autograder" / "results" / "affine"
    while process.poll() is None and len(list(results.glob("*.json"))) < 2:
        time.sleep(0.05)
    finished = {path: path.stat().st_mtime_ns for path in results.glob("*.json")}
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert (process.returncode, err.strip().splitlines()[-1]) == (
        2,
        "Interrupted; what was finished is kept.",
    )
    assert "Traceback" not in err
    assert run(classroom)[0] == 1
    kept = [path for path, written in finished.items() if path.stat().st_mtime_ns == written]
    assert len(kept) >= len(finished) - 1  # all but the one that is no notebook, which is read anew


@pytest.mark.slow
def test_a_lost_process_costs_nothing(course_of):
    """One of the grading processes is killed; the class is graded all the same."""
    undisturbed, classroom = course_of("undisturbed"), course_of("course")
    expected = run(undisturbed)[:2]
    process = start(classroom)
    results = classroom.course.root / ".autograder" / "results" / "affine"
    while process.poll() is None and not list(results.glob("*.json")):
        time.sleep(0.05)
    victims = pool_processes(process.pid)
    assert victims
    os.kill(victims[0], signal.SIGKILL)
    out, _ = process.communicate(timeout=600)
    assert (process.returncode, out) == expected
    assert state(classroom) == state(undisturbed)


def pool_processes(parent: int) -> list[int]:
    """Return the processes that a run grades with."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            after_name = path.read_text().rpartition(")")[2].split()
            line = (path.parent / "cmdline").read_bytes()
            if int(after_name[1]) == parent and b"spawn_main" in line and b"resource_tracker" not in line:
                found.append(int(path.parent.name))
    return found


@pytest.mark.slow
def test_two_runs_at_once_take_turns(course_of):
    """The second waits and says so; both end with the same document."""
    classroom = course_of("course")
    first, second = start(classroom), start(classroom)
    ended = [process.communicate(timeout=600) for process in (first, second)]
    assert [first.returncode, second.returncode] == [1, 1]
    assert ended[0][0] == ended[1][0]
    assert sum("Another grading of this course is under way" in err for _, err in ended) == 1


@pytest.mark.slow
def test_a_locked_gradebook_is_said_in_a_sentence(course_of):
    """Somebody holds the gradebook for longer than SQLite waits; later the run completes."""
    classroom = course_of("course", size=3)
    with contextlib.closing(sqlite3.connect(classroom.course.root / "gradebook.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        code, out, err = run(classroom)
    assert (code, out) == (2, "")
    assert "The gradebook cannot be written (database is locked)" in err
    assert "Traceback" not in err
    assert run(classroom)[0] == 1
    assert classroom.scores("s0")["test-bias-gradient"] == (2.0, False)


@pytest.mark.slow
@pytest.mark.skipif(not is_root, reason="only root can mount a small file system")
def test_a_full_disk_is_said_in_a_sentence_and_does_no_damage(course_of, tmp_path):
    """The run ends at once; with room again, the next one completes it."""
    undisturbed, made = course_of("undisturbed"), course_of("made")
    expected = run(undisturbed)
    root = tmp_path / "small"
    root.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(root)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let us mount a file system")
    try:
        shutil.copytree(made.course.root, root / "course")
        made.course = type(made.course)(root / "course")
        filler = root / "filler"
        free = shutil.disk_usage(root).free
        filler.write_bytes(bytes(free - 100 * 1024))
        code, out, err = run(made)
        assert (code, out) == (2, "")
        assert "full" in err
        assert "Traceback" not in err
        filler.unlink()
        assert run(made)[:2] == expected[:2]
        assert state(made) == state(undisturbed)
        assert leftovers(made) == []
    finally:
        subprocess.run(["umount", str(root)], check=True)


# ----- the document -----


@pytest.mark.slow
def test_the_document_is_that_of_the_contract(course_of):
    """Results that were taken up stand in it like fresh ones, sorted by student."""
    classroom = course_of("course", size=3)
    first, second = json.loads(run(classroom)[1]), json.loads(run(classroom)[1])
    assert first == second
    assert list(first) == ["schema", "assignment", "isolation", "submissions"]
    assert [each["student"] for each in first["submissions"]] == ["s0", "s1", "s2"]
