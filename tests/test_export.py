"""Grades for Canvas and Moodle, through `nbgrader export`."""

from __future__ import annotations

import csv

import pytest
from nbgrader.apps import ExportApp

from autograder.gradebook import nbgrader_at_work

FORMULA = '=HYPERLINK("x";"click")'
DUE = "2025-01-01 00:00:00.000000"


@pytest.fixture
def gradebook(classroom):
    """Return a graded class: a number, an account, a formula, somebody late, somebody who did not submit."""
    classroom.submit("1234", classroom.right)
    classroom.submit("kim", {"scale": "# half"})
    classroom.submit(FORMULA, classroom.right)
    classroom.grade()
    classroom.sql("update student set first_name = ?, last_name = ? where id = 'kim'", 'Ji, "J"\n', "Kim")
    classroom.sql("update student set first_name = '@SUM(A1)', email = '+1' where id = '1234'")
    classroom.sql(
        "update submitted_notebook set late_submission_penalty = 0.5 where assignment_id = "
        "(select id from submitted_assignment where student_id = '1234')"
    )
    classroom.sql("insert into student (id) values ('absent')")
    return classroom


def export(classroom, platform, *arguments):
    """Run `nbgrader export` and return the rows that a platform reads."""
    name = f"{platform.lower()}.csv"
    with nbgrader_at_work(classroom.course):
        ExportApp.clear_instance()
        app = ExportApp.instance()
        app.initialize([f"--exporter=autograder.gradebook.export.{platform}Export", *arguments])
        app.start()
        ExportApp.clear_instance()
    with (classroom.course.root / name).open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_canvas_reads_names_ids_points_and_scores(gradebook):
    """Whatever a student is called; lateness is taken off; who did not submit has no score."""
    rows = export(gradebook, "Canvas")
    assert rows[:2] == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "scale"],
        ["Points Possible", "", "", "", "", "7.5"],
    ]
    assert rows[2:] == [
        ["'@SUM(A1)", "1234", "", "", "", "4.0"],
        [f"'{FORMULA}", "", "", f"'{FORMULA}", "", "4.5"],
        ["absent", "", "", "absent", "", ""],
        ['Kim, Ji, "J" ', "", "", "kim", "", "1.0"],
    ]


def test_moodle_reads_what_identifies_a_student(gradebook):
    """Number, names and address, one of which Moodle is told to use."""
    rows = export(gradebook, "Moodle")
    assert rows[0] == ["ID number", "First name", "Last name", "Email address", "Assignment: scale"]
    assert rows[1] == ["1234", "'@SUM(A1)", "", "'+1", "4.0"]
    assert len(rows) == 5


@pytest.mark.parametrize("students", [["--student=[1234, 'kim']"], ["--student=1234", "--student=kim"]])
def test_only_the_chosen_are_exported(gradebook, students):
    """In both ways to name them: as a list, as in nbgrader's help, and one by one."""
    rows = export(gradebook, "Moodle", *students, "--assignment=['scale']")
    assert [row[0] for row in rows] == ["ID number", "1234", "kim"]
    rows = export(gradebook, "Moodle", "--assignment=['other']")
    assert rows[0] == ["ID number", "First name", "Last name", "Email address"]


def test_an_empty_gradebook_is_a_table_without_students(classroom):
    """No class, no failure."""
    from autograder.gradebook import open_record  # noqa: PLC0415

    with open_record(classroom.course, classroom.assignment):
        pass
    assert len(export(classroom, "Canvas")) == 2
