"""The gradebook after grading: rows, folders and pages, and what no submission can do to them."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.utils import determine_grade

from autograder.assignment import Course
from autograder.errors import CourseError
from autograder.gradebook import nbgrader_at_work, open_record, put_alembic_on_path, read_settings
from autograder.gradebook.annotate import annotate, clamped, safe_outputs
from autograder.gradebook.files import MAX_FILES, replace_folder
from autograder.grading import Graded
from autograder.result import SubmissionResult

STUB = {"test-scale": (0.0, False), "test-counter": (0.0, False), "test-repair": (0.0, False)}
FULL = {"test-scale": (2.0, False), "test-counter": (1.5, False), "test-repair": (1.0, False)}
QUESTION = {"written-why": (None, True)}
LATE = {"timestamp_txt": "2025-01-02 00:00:00 UTC"}
DUE = "2025-01-01 00:00:00.000000"


def comments(classroom, student):
    """Return a student's comments by cell: the automatic and the manual one."""
    return {
        row["cell_id"].split()[-1]: (row["auto_comment"], row["manual_comment"])
        for row in classroom.tables()["comment"]
        if row["notebook_id"] == f"notebook of {student}"
    }


def cell_named(notebook, grade_id):
    """Return the cell of this id."""
    (cell,) = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id]
    return cell


# ----- rows -----


def schema(path):
    """Return how the tables of a database are made, and the version that it says it has."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        made = database.execute("select name, sql from sqlite_master order by name").fetchall()
        return made, database.execute("select * from alembic_version").fetchall()


def test_a_new_gradebook_is_the_one_that_nbgrader_makes(classroom, tmp_path):
    """The same tables and the same version, for `nbgrader db upgrade`."""
    with open_record(classroom.course, classroom.assignment):
        pass
    with nbgrader_at_work(classroom.course):
        Gradebook(f"sqlite:///{tmp_path}/theirs.db").close()
    ours, theirs = schema(classroom.course.root / "gradebook.db"), schema(tmp_path / "theirs.db")
    assert ours[1] == theirs[1]
    assert [(name, " ".join((sql or "").split())) for name, sql in ours[0]] == [
        (name, " ".join((sql or "").split())) for name, sql in theirs[0]
    ]


def test_a_new_gradebook_starts_no_program(classroom, monkeypatch):
    """To ask `alembic` for the version takes longer than all else."""
    monkeypatch.setattr(subprocess, "check_output", lambda *_args, **_kwargs: pytest.fail("a program"))
    with open_record(classroom.course, classroom.assignment):
        pass


def test_a_new_gradebook_gets_the_rows_of_generate_assignment(classroom):
    """`grade` registers an assignment itself, with nbgrader's own rows."""
    with open_record(classroom.course, classroom.assignment):
        pass
    ours = classroom.tables()
    (classroom.course.root / "gradebook.db").unlink()
    classroom.generate_assignment()
    assert ours == classroom.tables()
    assert len(ours["source_cell"]) == 7


def test_scores_and_flags_are_recorded(classroom):
    """Right, half right and untouched answers; a question waits for a person."""
    classroom.submit("full", classroom.right)
    classroom.submit("half", {"scale": "# half", "counter": "# right"})
    classroom.submit("stub")
    records = classroom.grade()
    assert classroom.scores("full") == FULL | QUESTION
    assert (
        classroom.scores("half")
        == STUB
        | {
            "test-scale": (1.0, False),
            "test-counter": (1.5, False),
        }
        | QUESTION
    )
    assert classroom.scores("stub") == STUB | QUESTION
    assert [(r.student, r.new_score, r.max_score) for r in records.values()] == [
        ("full", 4.5, 7.5),
        ("half", 2.5, 7.5),
        ("stub", 0.0, 7.5),
    ]
    assert all(record.needs_manual_grade and record.problems == () for record in records.values())


def test_an_untouched_solution_is_called_no_response(classroom):
    """As nbgrader does, by the checksum of what was released."""
    classroom.submit("kim", {"scale": "# right"})
    classroom.grade()
    assert comments(classroom, "kim") == {
        "scale": (None, None),
        "counter": ("No response.", None),
        "repair": ("No response.", None),
        "written-why": (None, None),
    }


def test_what_a_person_gave_is_never_overwritten(classroom):
    """Manual scores, extra credit and comments survive a regrade, and are flagged for review."""
    classroom.submit("kim", classroom.right)
    classroom.grade()
    classroom.sql("update grade set manual_score = 0.5, extra_credit = 0.25 where auto_score = 2")
    classroom.sql("update grade set manual_score = 3, needs_manual_grade = 0 where auto_score is null")
    classroom.sql("update comment set manual_comment = 'Well done'")
    record = classroom.grade()["kim"]
    assert record.new_score == record.old_score == 0.5 + 0.25 + 1.5 + 1 + 3
    assert classroom.scores("kim") == FULL | {"test-scale": (2.0, True), "written-why": (None, False)}
    assert {manual for _, manual in comments(classroom, "kim").values()} == {"Well done"}


def test_a_regrade_says_what_the_score_was(classroom):
    """The command line lists whose score changed."""
    classroom.submit("kim", {"scale": "# half"})
    assert classroom.grade()["kim"].old_score is None
    classroom.submit("kim", classroom.right)
    record = classroom.grade()["kim"]
    assert (record.old_score, record.new_score) == (1.0, 4.5)


def remove_tests(notebook):
    """Delete every test cell."""
    notebook.cells = [cell for cell in notebook.cells if not cell.metadata.get("nbgrader", {}).get("grade")]


@pytest.mark.parametrize("content", ["without tests", b"", b"{", b"[]"])
def test_no_earlier_score_survives_a_later_submission(classroom, content):
    """Stock nbgrader keeps the score of a cell that is no longer there; here each row is written anew."""
    classroom.submit("kim", classroom.right)
    classroom.grade()
    if content == "without tests":
        classroom.submit("kim", change=remove_tests)
    else:
        classroom.submit_bytes("kim", content)
    assert classroom.grade()["kim"].new_score == 0
    assert classroom.scores("kim") == STUB | QUESTION


def test_deleted_tests_cost_nothing(classroom):
    """The answers are what is graded."""
    classroom.submit("kim", classroom.right, change=remove_tests)
    assert classroom.grade()["kim"].new_score == 4.5


# ----- an assignment that changes -----


def test_points_can_be_corrected_while_there_are_submissions(classroom):
    """A regrade uses the new points, of which the author has told both files."""
    classroom.submit("kim", classroom.right)
    classroom.grade()
    path = classroom.course.root / "assignments" / "scale" / "assignment.toml"
    path.write_text(
        path.read_text().replace(
            "points = 2\naspects = { values = 2 }", "points = 4\naspects = { values = 4 }"
        )
    )

    def change(notebook):
        cell_named(notebook, "test-scale").metadata.nbgrader.points = 4

    classroom.edit_source(change)
    record = classroom.grade()["kim"]
    assert (record.old_score, record.new_score, record.max_score) == (4.5, 6.5, 9.5)


def test_an_exercise_can_be_added_while_there_are_submissions(classroom):
    """Stock nbgrader refuses; every submission gets ungraded rows of the new cells."""
    full = classroom.course.source_notebook("scale").read_text()

    def without_repair(notebook):
        notebook.cells = [c for c in notebook.cells if c.id not in ("repair", "test-repair", "written-why")]

    classroom.edit_source(without_repair)
    classroom.submit("kim", classroom.right)
    classroom.submit("lee", classroom.right)
    classroom.grade()
    assert classroom.scores("kim") == {key: FULL[key] for key in ("test-scale", "test-counter")}
    classroom.course.source_notebook("scale").write_text(full)
    with open_record(classroom.course, classroom.assignment):
        pass
    assert classroom.scores("lee") == FULL | QUESTION | {"test-repair": (None, True)}
    classroom.grade()
    assert classroom.scores("kim") == classroom.scores("lee") == FULL | QUESTION
    grown = classroom.tables()
    (classroom.course.root / "gradebook.db").unlink()
    classroom.grade()
    assert grown == classroom.tables()


def test_a_cell_with_scores_cannot_vanish_silently(classroom):
    """The instructor is told which, and what to do."""
    classroom.submit("kim", classroom.right)
    classroom.grade()
    before = classroom.tables()

    def change(notebook):
        notebook.cells = [cell for cell in notebook.cells if cell.id != "test-repair"]

    classroom.edit_source(change)
    with pytest.raises(CourseError, match=r"no longer has the cell 'test-repair'.*nbgrader db assignment"):
        classroom.grade()
    assert classroom.tables() == before


def test_a_missing_source_is_named_with_the_command_that_makes_it(classroom):
    """For the instructor."""
    classroom.course.source_notebook("scale").unlink()
    with pytest.raises(CourseError, match=r"scale\.ipynb is missing; run: autograder build scale"):
        classroom.grade()


# ----- lateness -----


def set_due(classroom):
    """Give the assignment a deadline."""
    with open_record(classroom.course, classroom.assignment):
        pass
    classroom.sql("update assignment set duedate = ?", DUE)


def test_late_work_is_punished_by_the_plugin_of_the_course(classroom):
    """Timestamps are nbgrader's; the penalty is within its bounds and stands apart from the score."""
    set_due(classroom)
    classroom.configure("c.LateSubmissionPlugin.penalty_method = 'zero'")
    classroom.submit("late", classroom.right, **LATE)
    classroom.submit("punctual", classroom.right, timestamp_txt="2024-12-31 23:59:59 UTC")
    classroom.submit("unknown", classroom.right)
    records = classroom.grade()
    assert {name: record.late_penalty for name, record in records.items()} == {
        "late": 4.5,
        "punctual": 0,
        "unknown": 0,
    }
    assert records["late"].new_score == 4.5
    page = (classroom.folder("feedback", "late") / "scale.html").read_text()
    assert "<dt>Lateness</dt>" in page
    assert "\N{MINUS SIGN}4.5" in page


def test_an_extension_counts(classroom):
    """A person granted it in the formgrader."""
    set_due(classroom)
    classroom.configure("c.LateSubmissionPlugin.penalty_method = 'zero'")
    classroom.submit("kim", classroom.right, **LATE)
    assert classroom.grade()["kim"].late_penalty == 4.5
    classroom.sql("update submitted_assignment set extension = ?", "1970-01-03 00:00:00.000000")
    assert classroom.grade()["kim"].late_penalty == 0


PLUGIN = """
from nbgrader.plugins import BasePlugin
class PerDay(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        if student_id == "unlucky":
            raise RuntimeError("no such student")
        return {"generous": -5, "strict": 1000}.get(student_id, total_seconds_late / 86400)
"""


def test_a_plugin_beside_the_configuration_is_found(classroom, monkeypatch, tmp_path):
    """From wherever the command is started; what it says is kept within bounds, its faults are reported."""
    (classroom.course.root / "per_day_plugin.py").write_text(PLUGIN)
    classroom.configure("c.AssignLatePenalties.plugin_class = 'per_day_plugin.PerDay'")
    set_due(classroom)
    for student in ("generous", "kim", "strict", "unlucky"):
        classroom.submit(student, classroom.right, **LATE)
    monkeypatch.chdir(tmp_path)
    records = classroom.grade()
    assert [record.late_penalty for record in records.values()] == [0.0, 1.0, 4.5, 0.0]
    assert records["unlucky"].problems == (
        "PerDay found no penalty for 'unlucky' (RuntimeError: no such student).",
    )
    assert Path.cwd() == tmp_path


@pytest.mark.parametrize("content", ["yesterday", "9" * 5000, "\x00", "0001-01-01 00:00:00 +2300"])
def test_a_timestamp_that_is_no_date_is_reported(classroom, content):
    """The file comes with the submission; a wrong one must not pass for punctual without a word."""
    classroom.submit("kim", classroom.right, timestamp_txt=content)
    record = classroom.grade()["kim"]
    assert record.new_score == 4.5
    (problem,) = record.problems
    assert problem.endswith("holds no date, so whether 'kim' was late is not known.")


def test_a_timestamp_that_is_a_pipe_or_a_link_is_not_waited_for(classroom):
    """Either would let a submission stop the class or read a file."""
    classroom.submit("kim", classroom.right)
    os.mkfifo(classroom.folder("submitted", "kim") / "timestamp.txt")
    classroom.submit("lee", classroom.right)
    (classroom.folder("submitted", "lee") / "timestamp.txt").symlink_to("/etc/hostname")
    records = classroom.grade()
    assert all("holds no date" in record.problems[0] for record in records.values())


# ----- folders -----


def test_a_graded_notebook_shows_output_and_results(classroom):
    """Each cell has its own output; each test cell has its score first, then what a reader wants to know."""
    classroom.submit("kim", {"scale": "# right", "counter": "# half"})
    classroom.grade()
    notebook = classroom.autograded("kim")
    assert cell_named(notebook, "scale").outputs[0].text == "# right"
    score, shown = cell_named(notebook, "test-counter").outputs
    assert (score.output_type, score.data) == ("execute_result", {"text/plain": "0.75"})
    assert shown.output_type == "display_data"
    assert "0.75 of 1.5 points" in shown.data["text/plain"]
    assert "It has the right values." in shown.data["text/html"]


def test_what_was_put_right_stands_at_the_head(classroom):
    """Whoever grades the questions by hand sees it, and so does the student."""
    classroom.submit("kim", classroom.right, change=remove_tests)
    classroom.grade()
    note = "The cell &#39;test-scale&#39; was missing and has been put back."
    assert note in classroom.autograded("kim").cells[0].source
    assert note in (classroom.folder("feedback", "kim") / "scale.html").read_text()


def test_files_are_those_of_nbgrader(classroom):
    """The assignment's own files replace the student's, other files stay, and nothing can be written to."""
    classroom.submit("kim", classroom.right, public_json="forged", data_csv="1,2", timestamp_txt="2025-01-01")
    (classroom.folder("submitted", "kim") / "other.ipynb").write_text("{}")
    (classroom.folder("submitted", "kim") / "__pycache__").mkdir()
    (classroom.folder("submitted", "kim") / "__pycache__" / "x.pyc").write_text("")
    classroom.grade()
    ours = _contents(classroom.folder("autograded", "kim"))
    classroom.autograde()
    theirs = _contents(classroom.folder("autograded", "kim"))
    assert ours.keys() == theirs.keys()
    del ours["scale.ipynb"], theirs["scale.ipynb"]
    assert ours == theirs
    assert ours["public.json"][0] != b"forged"
    assert {mode for _, mode in ours.values()} == {0o444}


def _contents(folder):
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode & 0o777)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_files_that_the_student_may_change_stay_the_students(classroom):
    """There is a setting of nbgrader for that."""
    classroom.configure("c.Autograde.exclude_overwriting = {'scale': ['public.json']}")
    classroom.submit("kim", classroom.right, public_json="mine")
    classroom.grade()
    assert (classroom.folder("autograded", "kim") / "public.json").read_text() == "mine"


def test_only_ordinary_files_are_copied(classroom, tmp_path):
    """Links, pipes and files in the way are left out and counted; the instructor is told."""
    (tmp_path / "secret.txt").write_text("secret")
    classroom.submit("kim", classroom.right, notes_txt="mine")
    folder = classroom.folder("submitted", "kim")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    (folder / "public.json").mkdir()
    (folder / "public.json" / "x").write_text("in the way")
    record = classroom.grade()["kim"]
    copied = _contents(classroom.folder("autograded", "kim"))
    assert {"notes.txt", "public.json", "scale.ipynb"} <= copied.keys()
    assert not {"link.txt", "folder", "pipe", "public.json/x"} & copied.keys()
    assert record.problems == (
        "Submitted files not copied, being links, special, too large or in the way: 3.",
    )


def test_a_huge_file_is_not_copied(classroom):
    """A sparse file costs its maker nothing."""
    classroom.submit("kim", classroom.right)
    with (classroom.folder("submitted", "kim") / "huge.bin").open("wb") as file:
        file.truncate(2**40)
    assert "too large" in classroom.grade()["kim"].problems[0]


def test_many_files_and_deep_folders_do_not_stop_the_class(classroom):
    """What is copied has limits."""
    classroom.submit("kim", classroom.right)
    folder = classroom.folder("submitted", "kim")
    for number in range(MAX_FILES + 5):
        (folder / f"{number}.txt").touch()
    deep = folder
    for _ in range(1100):
        deep /= "d"
        deep.mkdir()
    record = classroom.grade()["kim"]
    subprocess.run(["rm", "-rf", folder], check=True)  # pytest would recurse into it
    assert record.new_score == 4.5
    assert f"only the first {MAX_FILES} were copied" in record.problems[0]


def test_feedback_lies_where_release_feedback_looks(classroom):
    """With the two files that it needs."""
    classroom.submit("kim", classroom.right, submission_secret_txt="s3cret", **LATE)
    classroom.grade()
    folder = classroom.folder("feedback", "kim")
    assert {path.name for path in folder.iterdir()} == {
        "scale.html",
        "timestamp.txt",
        "submission_secret.txt",
    }
    assert "A sample assignment: scaling" in (folder / "scale.html").read_text()


def test_feedback_shows_what_a_person_gave(classroom):
    """After a regrade, the page holds the manual score and comment of the questions."""
    classroom.submit("kim", classroom.right)
    classroom.grade()
    page = classroom.folder("feedback", "kim") / "scale.html"
    assert "not yet graded" in page.read_text()
    classroom.sql("update grade set manual_score = 2.5 where auto_score is null")
    classroom.sql("update comment set manual_comment = 'Which zeros?'")
    classroom.grade()
    assert '<b>2.5</b> <span class="of">/ 3</span>' in page.read_text()
    assert "Which zeros?" in page.read_text()


def test_feedback_speaks_the_language_of_the_assignment(classroom):
    """One key of the description; and a comment on code is shown beside its exercise."""
    path = classroom.assignment.folder / "assignment.toml"
    path.write_text('language = "ko"\n' + path.read_text())
    classroom.submit("kim", classroom.right)
    classroom.grade()
    classroom.sql("update comment set manual_comment = 'Elegant.' where auto_comment is null")
    classroom.sql("update grade set manual_score = 1.25 where auto_score = 2")
    classroom.grade()
    page = (classroom.folder("feedback", "kim") / "scale.html").read_text()
    assert '<html lang="ko">' in page
    assert "채점자가 고친 점수, 원래 2" in page
    assert page.count("Elegant.") == 4  # three solutions and a question


def test_two_gradings_write_the_same_bytes(classroom):
    """Nothing in the folders depends on the time or the order."""
    classroom.submit("kim", classroom.right)
    classroom.submit_bytes("lee", b"{")
    classroom.grade()
    before = [_contents(classroom.course.root / step) for step in ("autograded", "feedback")]
    classroom.grade()
    assert before == [_contents(classroom.course.root / step) for step in ("autograded", "feedback")]


def test_a_folder_is_replaced_as_a_whole_or_not_at_all(tmp_path):
    """An interruption leaves the old one."""
    folder = tmp_path / "kim" / "scale"
    replace_folder(folder, lambda new: (new / "a").write_text("old"))

    def interrupted(new):
        (new / "a").write_text("new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace_folder(folder, interrupted)
    assert (folder / "a").read_text() == "old"
    assert [path.name for path in folder.parent.iterdir()] == ["scale"]
    replace_folder(folder, lambda new: (new / "b").write_text("new"))
    assert [path.name for path in folder.iterdir()] == ["b"]


# ----- one bad submission beside a good one -----


def hostile_folder(classroom, name):
    """Return the folder in which a bad submission is to lie."""
    folder = classroom.folder("submitted", name)
    folder.mkdir(parents=True)
    return folder


BAD = {
    "missing": (lambda folder: None, "There is no scale.ipynb"),
    "empty": (lambda folder: (folder / "scale.ipynb").touch(), "is empty"),
    "truncated": (lambda folder: (folder / "scale.ipynb").write_text('{"cells": ["'), "breaks off"),
    "text": (lambda folder: (folder / "scale.ipynb").write_text("hello"), "not JSON"),
    "latin-1": (lambda folder: (folder / "scale.ipynb").write_bytes(b'{"a": "\xe9"}'), "not UTF-8"),
    "null": (lambda folder: (folder / "scale.ipynb").write_bytes(b"\0" * 99), "null bytes"),
    "link": (lambda folder: (folder / "scale.ipynb").symlink_to("/etc/passwd"), "a symbolic link"),
    "pipe": (lambda folder: os.mkfifo(folder / "scale.ipynb"), "a named pipe"),
    "folder": (lambda folder: (folder / "scale.ipynb").mkdir(), "a folder"),
    "huge": (lambda folder: os.truncate(_touched(folder / "scale.ipynb"), 10**8), "more than the 20 MiB"),
    "misnamed": (lambda folder: (folder / "Scale (1).ipynb").write_text("{}"), "'Scale (1).ipynb' was"),
    "bomb": (lambda folder: (folder / "scale.ipynb").write_text("[" * 10**6), "nested far too deeply"),
}


def _touched(path):
    path.touch()
    return path


def test_each_bad_file_is_recorded_with_its_reason_beside_a_good_student(classroom):
    """0 points, the reason in the notebook and on the page; the good student's rows are as without them."""
    classroom.submit("good", classroom.right)
    classroom.grade()
    alone = classroom.tables()["grade"], _contents(classroom.folder("autograded", "good"))
    for name, (make, _) in BAD.items():
        make(hostile_folder(classroom, name))
    records = classroom.grade()
    assert records.keys() == BAD.keys() | {"good"}
    for name, (_, reason) in BAD.items():
        assert classroom.scores(name) == STUB | QUESTION, name
        assert reason in nbformat_text(classroom.autograded(name).cells[0].source), name
        assert reason in nbformat_text((classroom.folder("feedback", name) / "scale.html").read_text()), name
    mine = [row for row in classroom.tables()["grade"] if row["notebook_id"] == "notebook of good"]
    assert (mine, _contents(classroom.folder("autograded", "good"))) == alone


def nbformat_text(html):
    """Return text that was escaped for HTML."""
    return html.replace("&#39;", "'").replace("&#34;", '"')


def test_a_folder_whose_name_is_no_text_does_not_stop_the_class(classroom):
    """It cannot be a student's id in a database."""
    classroom.submit("kim", classroom.right)
    name = os.fsdecode(b"k\xff")
    classroom.submit(name, classroom.right)
    records = classroom.grade()
    assert records["kim"].new_score == 4.5
    assert "is not UTF-8" in records[name].problems[0]
    assert [row["id"] for row in classroom.tables()["student"]] == ["kim"]


@pytest.mark.parametrize(
    "student", ["김민수", "José Núñez", "a+b", "100%", "'; drop table grade; --", "x" * 200]
)
def test_names_of_every_kind_are_recorded(classroom, student):
    """A student's id is a folder's name and nothing more."""
    classroom.submit(student, classroom.right)
    assert classroom.grade()[student].new_score == 4.5
    assert classroom.scores(student) == FULL | QUESTION


# ----- what nbgrader reads from a test cell -----


@pytest.mark.parametrize(
    ("score", "paid"),
    [(2.5, 2.5), (0, 0), (5, 5), (6, 5), (-1, 0), (float("nan"), 0), (float("inf"), 5), (float("-inf"), 0)],
)
def test_a_score_is_one_that_nbgrader_accepts(score, paid):
    """It pays in full for what it cannot read, and fails on more than the maximum."""
    assert clamped(score, 5.0) == paid


def graded_like(classroom, **changed):
    """Return a template notebook annotated with a changed result."""
    with open_record(classroom.course, classroom.assignment) as record:
        notebook = record.template.copy()
    result = SubmissionResult("kim", "graded", None, 0.0, 4.5, ())
    graded = Graded(result, notebook, (), ())
    return annotate(notebook, dataclasses.replace(graded, **changed))


def paid(notebook):
    """Return what nbgrader reads from each test cell."""
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return [determine_grade(cell)[0] for cell in graded]


def test_without_a_result_a_test_cell_pays_nothing(classroom):
    """A cell without output would pay in full."""
    assert paid(graded_like(classroom)) == [0, 0, 0]


def test_a_submission_with_an_error_of_ours_pays_nothing(classroom):
    """Its exercises may have scores, but the submission is ungradable."""
    classroom.submit("kim", classroom.right)
    with open_record(classroom.course, classroom.assignment) as record:
        ((_, graded),) = classroom.graded(record.template)
        broken = dataclasses.replace(graded.result, status="ungradable", reason="A test broke.", score=0.0)
        written = record.write("kim", dataclasses.replace(graded, result=broken))
    assert written.new_score == 0
    assert classroom.scores("kim") == STUB | QUESTION


def test_forged_output_in_a_test_cell_is_dropped(classroom):
    """Whatever an engine reports as the output of a test cell, the score is ours."""
    forged = ({"output_type": "execute_result", "data": {"text/plain": "2.0"}, "metadata": {}},)
    assert paid(graded_like(classroom, outputs=(forged,) * 20)) == [0, 0, 0]


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.mark.parametrize(
    ("output", "kept"),
    [
        (
            {"output_type": "stream", "name": "stderr", "text": ["a\n", "b\ud800", 3]},
            {"output_type": "stream", "name": "stderr", "text": "a\nb\ufffd"},
        ),
        (
            {"output_type": "stream", "name": "<script>", "text": None},
            {"output_type": "stream", "name": "stdout", "text": ""},
        ),
        (
            {"output_type": "error", "ename": "E", "evalue": 3, "traceback": ("a", 1)},
            {"output_type": "error", "ename": "E", "evalue": "", "traceback": ["a", ""]},
        ),
        (
            {"output_type": "error", "traceback": "no list"},
            {"output_type": "error", "ename": "", "evalue": "", "traceback": []},
        ),
        (
            {
                "output_type": "display_data",
                "data": {"text/html": "<script>", "image/png": PNG, "text/plain": "x"},
            },
            {"output_type": "display_data", "data": {"text/plain": "x", "image/png": PNG}, "metadata": {}},
        ),
        (
            {
                "output_type": "execute_result",
                "data": {"text/plain": "3"},
                "execution_count": "x",
                "metadata": 1,
            },
            {
                "output_type": "execute_result",
                "data": {"text/plain": "3"},
                "metadata": {},
                "execution_count": None,
            },
        ),
        ({"output_type": "display_data", "data": {"image/png": "PHN2Zz4="}}, None),
        ({"output_type": "display_data", "data": {"image/png": '"><script>'}}, None),
        ({"output_type": "display_data", "data": {"image/svg+xml": "<svg onload=x>"}}, None),
        ({"output_type": "display_data", "data": {"application/javascript": "alert(1)"}}, None),
        ({"output_type": "display_data", "data": "text"}, None),
        ({"output_type": "update_display_data", "data": {"text/plain": "x"}}, None),
        ({"output_type": ["stream"]}, None),
        ({}, None),
    ],
)
def test_only_text_and_pictures_of_students_reach_a_notebook(output, kept):
    """HTML, SVG and scripts would run in the instructor's browser."""
    assert list(safe_outputs([output])) == ([kept] if kept else [])
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(outputs=list(safe_outputs([output])))]
    )
    nbformat.validate(NotebookNode(notebook))


# ----- nbgrader's surroundings -----


def test_the_surroundings_are_restored(classroom, monkeypatch, tmp_path):
    """Working directory, PATH and the places of modules are as before, also after an error."""
    monkeypatch.chdir(tmp_path)
    before = os.environ["PATH"], sys.path[:]
    with contextlib.suppress(ZeroDivisionError), nbgrader_at_work(classroom.course):
        assert Path.cwd() == classroom.course.root
        raise ZeroDivisionError
    assert (os.environ["PATH"], sys.path[:], Path.cwd()) == (*before, tmp_path)


def test_alembic_is_found_in_an_environment_that_is_not_activated(classroom, tmp_path):
    """Making a gradebook, nbgrader starts it by name."""
    program = """
import sys; from pathlib import Path
from autograder import grading
from autograder.assignment import Course
from autograder.gradebook import open_record
course = Course(Path(sys.argv[1]))
with open_record(course, course.read_assignment("scale")): print("opened")
"""
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    command = [sys.executable, "-c", program, str(classroom.course.root)]
    done = subprocess.run(command, env=bare, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "opened\n"), done.stderr
    assert (classroom.course.root / "gradebook.db").exists()
    assert list(tmp_path.glob(".jupyter")) == []


def test_programs_of_this_environment_come_first_on_path(monkeypatch):
    """Once, however often it is asked for."""
    monkeypatch.setenv("PATH", "/usr/bin")
    put_alembic_on_path()
    put_alembic_on_path()
    folders = os.environ["PATH"].split(os.pathsep)
    assert folders[-1] == "/usr/bin"
    assert len(folders) == len(set(folders))


@pytest.mark.parametrize(
    "line",
    [
        "1 / 0",
        "c.LateSubmissionPlugin.penalty_method = 'harsh'",
        "import nowhere",
        "c.AssignLatePenalties.plugin_class = 'nowhere.Plugin'",
        "c.CourseDirectory.course_id = 3",
    ],
)
def test_a_wrong_configuration_is_named_and_not_ignored(classroom, line):
    """Else late penalties would silently not apply."""
    classroom.configure(line)
    classroom.submit("kim", classroom.right)
    with pytest.raises(CourseError, match=r"nbgrader_config\.py cannot be used"):
        classroom.grade()


def test_the_gradebook_may_lie_elsewhere(classroom, tmp_path):
    """A relative place is meant from the root of the course, from wherever a command is started."""
    classroom.configure("c.CourseDirectory.db_url = 'sqlite:///books/a.db'", "c.CourseDirectory.root = '/'")
    (classroom.course.root / "books").mkdir()
    with nbgrader_at_work(classroom.course):
        settings = read_settings(classroom.course)
    assert settings.db_url == f"sqlite:///{classroom.course.root}/books/a.db"
    assert settings.coursedir.root == str(classroom.course.root)


def test_a_course_without_configuration_works(classroom):
    """The defaults of nbgrader hold."""
    (classroom.course.root / "nbgrader_config.py").unlink()
    classroom.submit("kim", classroom.right)
    classroom.grade()
    assert classroom.scores("kim") == FULL | QUESTION
    assert comments(classroom, "kim")["scale"] == (None, None)


def test_an_unknown_course_folder_is_a_course_without_assignments(tmp_path):
    """The sentence comes before nbgrader is asked anything."""
    with pytest.raises(CourseError, match="no assignment 'scale'"):
        Course(tmp_path).read_assignment("scale")


def test_records_are_plain(classroom):
    """The command line prints them as they are."""
    classroom.submit("kim", classroom.right)
    assert json.dumps(dataclasses.asdict(classroom.grade()["kim"]))
