"""`nbgrader autograde` with the kit's steps gives what `autograder grade` gives, without its own traps."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
import time
import warnings
from copy import deepcopy
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import nbgrader
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import NbGraderException

from autograder import engine, grading
from autograder.assignment import Course
from autograder.errors import CourseError
from autograder.gradebook import nbgrader_at_work, read_settings
from autograder.store import Store

REPOSITORY = Path(__file__).parents[1]
FULL = {"test-scale": (2.0, False), "test-counter": (1.5, False), "test-repair": (1.0, False)}
NOTHING = dict.fromkeys(FULL, (0.0, False))
QUESTION = {"written-why": (None, True)}
DUE = "2025-01-01 00:00:00.000000"


def owned(notebook, grade_id):
    """Return the index of the cell of this id."""
    return [c.metadata.get("nbgrader", {}).get("grade_id") for c in notebook.cells].index(grade_id)


def delete(grade_id):
    """Return a change that deletes a cell."""
    return lambda notebook: notebook.cells.pop(owned(notebook, grade_id))


def duplicate(grade_id):
    """Return a change that copies a cell, metadata and all."""

    def change(notebook):
        index = owned(notebook, grade_id)
        notebook.cells.insert(index, deepcopy(notebook.cells[index]))

    return change


def set_flags(cell, **flags):
    """Return a change that edits nbgrader's metadata of a cell."""
    return lambda notebook: notebook.cells[owned(notebook, cell)].metadata.nbgrader.update(flags)


def retype(grade_id, cell_type):
    """Return a change that makes a cell of another type."""

    def change(notebook):
        cell = notebook.cells[owned(notebook, grade_id)]
        cell.cell_type = cell_type
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)

    return change


def strip_metadata(notebook):
    """Remove all metadata, as some tools do."""
    for cell in notebook.cells:
        cell.metadata = NotebookNode()


def save_outputs(*outputs):
    """Return a change that leaves outputs in every code cell, as if the notebook had been run."""

    def change(notebook):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = deepcopy(list(outputs))

    return change


def result(text):
    """Return an output that nbgrader would take for a score."""
    return nbformat.v4.new_output("execute_result", {"text/plain": text})


CHANGES = {
    "deleted-test": delete("test-scale"),
    "deleted-solution": delete("scale"),
    "deleted-question": delete("written-why"),
    "duplicated-test": duplicate("test-scale"),
    "duplicated-solution": duplicate("scale"),
    "duplicated-question": duplicate("written-why"),
    "points": set_flags("test-scale", points=1000),
    "not-graded": set_flags("test-scale", grade=False),
    "a-solution": set_flags("test-scale", solution=True),
    "unlocked": set_flags("test-scale", locked=False),
    "renamed": set_flags("test-scale", grade_id="something-else"),
    "old-schema": set_flags("test-scale", schema_version=1),
    "retyped-test": retype("test-scale", "markdown"),
    "retyped-solution": retype("scale", "raw"),
    "no-metadata": strip_metadata,
    "forged-output": save_outputs(result("2.0")),
}
"""What students and their tools do to cells; the answers are right in all of them."""


def everyone(classroom):
    """Hand in one submission of each kind, with a good one beside them."""
    classroom.submit("good", classroom.right, notes_txt="mine", timestamp_txt="2024-12-31 00:00:00 UTC")
    classroom.submit("half", {"scale": "# half", "counter": "# right"})
    classroom.submit("late", classroom.right, timestamp_txt="2025-01-02 00:00:00 UTC")
    classroom.submit("stub")
    for name, change in CHANGES.items():
        classroom.submit(name, classroom.right, change)
    classroom.submit_bytes("empty", b"")
    classroom.submit_bytes("truncated", b'{"nbformat": 4, "cells": [')
    classroom.submit_bytes("null", b"\0" * 100)
    classroom.submit("misnamed", classroom.right).rename(
        classroom.folder("submitted", "misnamed") / "my.ipynb"
    )
    classroom.folder("submitted", "nothing").mkdir(parents=True, exist_ok=True)
    classroom.submit("timeless", classroom.right, timestamp_txt="the day after tomorrow")
    cells = [{"cell_type": "code", "input": "# nothing", "metadata": {}, "outputs": [], "language": "python"}]
    classroom.submit_bytes("format-3", json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]}).encode())


def both_ways(classroom, submit, *, meanwhile=lambda: None):
    """Return gradebook and notebooks by `autograder grade` and `nbgrader autograde`, each done twice."""
    found = []
    for grade in (classroom.grade, classroom.autograde):
        submit()
        (classroom.course.root / "gradebook.db").unlink(missing_ok=True)
        classroom.generate_assignment()
        classroom.sql("update assignment set duedate = ?", DUE)
        grade()
        meanwhile()
        grade()
        found.append((classroom.tables(), notebooks(classroom)))
    return found


def notebooks(classroom):
    """Return every graded notebook."""
    folders = sorted((classroom.course.root / "autograded").iterdir())
    return {folder.name: classroom.autograded(folder.name) for folder in folders}


# ----- the same as `autograder grade` -----


@pytest.mark.slow
def test_rows_and_notebooks_are_equal_for_submissions_of_every_kind(classroom):
    """All tables of the gradebook, with lateness, and each graded notebook, cell for cell."""
    classroom.configure("c.LateSubmissionPlugin.penalty_method = 'zero'")
    (our_tables, our_notebooks), (their_tables, their_notebooks) = both_ways(
        classroom, lambda: everyone(classroom)
    )
    assert our_tables == their_tables
    assert our_notebooks.keys() == their_notebooks.keys()
    for student, notebook in our_notebooks.items():
        assert notebook.cells == their_notebooks[student].cells, student
    penalties = {row["id"]: row["late_submission_penalty"] for row in our_tables["submitted_notebook"]}
    assert penalties["notebook of late"] == 4.5
    assert penalties["notebook of good"] is None


def test_rows_are_equal_after_a_person_graded_and_students_resubmitted(classroom):
    """Manual scores and flags, and scores that changed in between."""

    def submit():
        for student in ("better", "worse", "gone"):
            classroom.submit(student, {"scale": "# half"})

    def meanwhile():
        classroom.sql("update grade set manual_score = 1, extra_credit = 0.5 where auto_score = 1")
        classroom.sql("update grade set manual_score = 2, needs_manual_grade = 0 where auto_score is null")
        classroom.sql("update comment set manual_comment = 'Well done'")
        classroom.submit("better", classroom.right)
        classroom.submit("worse", change=delete("test-scale"))
        classroom.submit_bytes("gone", b"{")

    (ours, _), (theirs, _) = both_ways(classroom, submit, meanwhile=meanwhile)
    assert ours == theirs


@pytest.mark.slow
def test_a_good_student_is_graded_among_all_others_as_alone(classroom):
    """No submission stops the batch or changes a neighbour's rows."""
    everyone(classroom)
    classroom.generate_assignment()
    classroom.autograde()
    full = {name for name in CHANGES if name != "deleted-solution"} | {"good", "late", "timeless"}
    for student in sorted(full):
        assert classroom.scores(student) == FULL | QUESTION, student
    for student in ("empty", "truncated", "null", "format-3", "stub", "misnamed", "nothing"):
        assert classroom.scores(student) == NOTHING | QUESTION, student
    assert classroom.scores("deleted-solution")["test-scale"] == (0.0, False)


# ----- its traps -----


def autograded(classroom, *arguments, answers=None, change=lambda _: None):
    """Return the scores of one submission by `nbgrader autograde`."""
    classroom.submit("kim", answers, change)
    classroom.generate_assignment()
    classroom.autograde("kim", *arguments)
    return classroom.scores("kim")


OUTPUTS = {
    "score": [result("2.0")],
    "text": [result("'ok'")],
    "more than the maximum": [result("1000")],
    "no number": [result("nan")],
    "score then error": [result("2.0"), nbformat.v4.new_output("error", ename="E", evalue="", traceback=[])],
}


@pytest.mark.parametrize("outputs", OUTPUTS.values(), ids=OUTPUTS)
def test_saved_outputs_earn_nothing(classroom, outputs):
    """Neither by default nor with --no-execute, by which nbgrader would grade what students saved."""
    no_execute = (("Execute", "enabled", False), ("ClearOutput", "enabled", False))
    change = save_outputs(*outputs)
    assert autograded(classroom, change=change) == NOTHING | QUESTION
    assert autograded(classroom, *no_execute, change=change) == NOTHING | QUESTION


def test_no_execute_grades_all_the_same(classroom):
    """There is no score without a test, and no way to ask for one."""
    no_execute = (("Execute", "enabled", False), ("ClearOutput", "enabled", False))
    assert autograded(classroom, *no_execute, answers=classroom.right) == FULL | QUESTION


def test_no_setting_switches_the_steps_off(classroom):
    """A disabled step would leave cells without output, which nbgrader pays in full."""
    off = [(step, "enabled", False) for step in ("RepairSubmission", "SandboxedExecute")]
    assert autograded(classroom, *off) == NOTHING | QUESTION


def test_a_configuration_that_forgets_the_engine_pays_nothing(classroom):
    """A repaired test cell says 0 until the engine has spoken."""
    steps = ["nbgrader.preprocessors.SaveAutoGrades", "nbgrader.preprocessors.CheckCellMetadata"]
    forgotten = ("Autograde", "autograde_preprocessors", steps)
    assert autograded(classroom, forgotten, answers=classroom.right) == NOTHING | QUESTION


def test_warnings_of_a_solution_cost_nothing(classroom, monkeypatch):
    """Text on stderr in a test cell would be a 0, and NumPy warns of much; ours never precedes the score."""

    def with_warnings(course, assignment, notebooks, report, **more):
        def shout(student, graded):
            stderr = {"output_type": "stream", "name": "stderr", "text": "RuntimeWarning: overflow"}
            report(
                student, grading.Graded(graded.result, graded.notebook, ((stderr,),) * len(graded.outputs))
            )

        quiet(course, assignment, notebooks, shout, **more)

    quiet = grading.grade_notebooks
    monkeypatch.setattr(grading, "grade_notebooks", with_warnings)
    assert autograded(classroom, answers=classroom.right) == FULL | QUESTION
    notebook = classroom.autograded("kim")
    assert notebook.cells[owned(notebook, "scale")].outputs[0].name == "stderr"


def test_no_earlier_score_survives_the_deletion_of_its_cell(classroom):
    """Stock nbgrader visits only cells that are there."""
    assert autograded(classroom, answers=classroom.right) == FULL | QUESTION
    assert autograded(classroom, change=delete("test-scale")) == NOTHING | QUESTION


def test_when_nothing_can_be_graded_no_score_is_recorded(classroom, monkeypatch):
    """The engine's refusal is an error of that command, not a 0 and not a full score."""

    def refuse(*_, **__):
        raise CourseError("The hidden suite is missing.")

    monkeypatch.setattr(grading, "grade_notebooks", refuse)
    with pytest.raises(NbGraderException):
        autograded(classroom, answers=classroom.right)
    assert classroom.scores("kim") == dict.fromkeys([*FULL, *QUESTION], (None, True))
    assert not classroom.folder("autograded", "kim").exists()


def test_points_are_those_of_the_gradebook(classroom):
    """Where the source has moved on unregistered, a score stays within the points on record."""

    def more_points(notebook):
        notebook.cells[owned(notebook, "test-scale")].metadata.nbgrader.points = 20

    classroom.submit("kim", classroom.right)
    classroom.generate_assignment()
    classroom.edit_source(more_points)
    path = classroom.course.root / "assignments" / "scale" / "assignment.toml"
    text = path.read_text().replace(
        "points = 2\naspects = { values = 2 }", "points = 9\naspects = { values = 9 }"
    )
    path.write_text(text)
    classroom.autograde()
    assert classroom.scores("kim") == FULL | QUESTION


def test_an_assignment_of_another_kind_is_refused(classroom):
    """Its submissions would otherwise run unprotected, or be paid without a test."""
    classroom.submit("kim", classroom.right)
    classroom.generate_assignment()
    (classroom.course.root / "assignments" / "scale" / "assignment.toml").unlink()
    with pytest.raises(NbGraderException):
        classroom.autograde()
    assert classroom.scores("kim")["test-scale"] == (None, True)


def test_a_misnamed_notebook_is_recorded_with_its_reason(classroom):
    """Stock nbgrader gives up on it, and leaves its student without a grade."""
    classroom.submit("good", classroom.right)
    classroom.submit("misnamed", classroom.right).rename(
        classroom.folder("submitted", "misnamed") / "my.ipynb"
    )
    classroom.folder("submitted", "nothing").mkdir(parents=True, exist_ok=True)
    classroom.generate_assignment()
    classroom.autograde()
    assert classroom.scores("good") == FULL | QUESTION
    for student, reason in {"misnamed": "my.ipynb", "nothing": "There is no scale.ipynb"}.items():
        assert classroom.scores(student) == NOTHING | QUESTION
        assert reason in classroom.autograded(student).cells[0].source


def test_the_only_submission_may_be_misnamed(classroom):
    """As when it is graded by itself, with the formgrader's button."""
    classroom.submit("misnamed", classroom.right).rename(
        classroom.folder("submitted", "misnamed") / "my.ipynb"
    )
    classroom.generate_assignment()
    classroom.autograde("misnamed")
    assert classroom.scores("misnamed") == NOTHING | QUESTION


def test_a_folder_without_any_notebook_cannot_be_graded_alone(classroom):
    """There nbgrader gives up before it makes anything of ours; `autograder grade` records the reason."""
    classroom.folder("submitted", "nothing").mkdir(parents=True, exist_ok=True)
    classroom.generate_assignment()
    with pytest.raises(NbGraderException, match="No notebooks were matched"):
        classroom.autograde("nothing")
    classroom.grade()
    assert classroom.scores("nothing") == NOTHING | QUESTION


def test_what_lies_beside_a_notebook_is_copied_if_it_is_a_file(classroom, tmp_path):
    """Stock nbgrader follows links: it copies other people's files, waits for a pipe, fills the disk."""
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    folder = classroom.submit("eve", classroom.right).parent
    (folder / "notes.txt").write_text("mine")
    (folder / "link.txt").symlink_to(secret)
    (folder / "zeros.bin").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    (classroom.course.root / "submitted" / "mallory").mkdir()
    classroom.folder("submitted", "mallory").symlink_to(folder)
    classroom.submit("good", classroom.right)
    classroom.generate_assignment()
    classroom.autograde()
    copied = {
        student: {path.name for path in classroom.folder("autograded", student).iterdir()}
        for student in ("good", "eve", "mallory")
    }
    assert copied["eve"] == copied["good"] | {"notes.txt"}
    assert copied["mallory"] == copied["good"]
    assert classroom.scores("mallory") == NOTHING | QUESTION
    for student in ("eve", "good"):
        assert classroom.scores(student) == FULL | QUESTION


@pytest.mark.parametrize("kind", ["pipe", "link", "bytes", "words", "novel"])
def test_no_timestamp_ends_the_run(classroom, kind):
    """At one that is no date nbgrader would leave the class ungraded, and before a pipe wait for ever."""
    path = classroom.submit("eve", classroom.right).parent / "timestamp.txt"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        path.symlink_to("/dev/zero")
    else:
        path.write_bytes({"bytes": b"\xff", "words": b"tomorrow", "novel": b"1" * 10**6}[kind])
    classroom.submit("good", classroom.right)
    classroom.generate_assignment()
    for _ in range(2):  # the second time there is an earlier grading to compare with
        classroom.autograde()
        for student in ("eve", "good"):
            assert classroom.scores(student) == FULL | QUESTION


@pytest.mark.parametrize("name", ["a\nb", "a\x1b[31mb", os.fsdecode(b"a\xff")])
def test_a_folder_name_that_nbgrader_stumbles_over_stops_nobody_else(classroom, name):
    """Stock nbgrader stops at a line break, and leaves whoever comes after it without a grade."""
    classroom.submit(name, classroom.right)
    classroom.submit("zz", classroom.right)
    classroom.generate_assignment()
    classroom.autograde()
    assert classroom.scores("zz") == FULL | QUESTION


def test_one_worker_serves_a_run_and_ends_with_it(classroom, monkeypatch):
    """A class is graded in one go, and nothing of it stays in a process that goes on, as the formgrader's."""
    engines = []

    class Counted(engine.Engine):
        def __init__(self, setup):
            super().__init__(setup)
            engines.append(self)

    monkeypatch.setattr(engine, "Engine", Counted)
    for student in ("one", "two", "three"):
        classroom.submit(student, classroom.right)
    classroom.generate_assignment()
    classroom.autograde()
    assert len(engines) == 1
    assert not engines[0]._thread.is_alive()


# ----- the formgrader -----


def formgrader(classroom):
    """Return what the formgrader's buttons call."""
    settings = read_settings(classroom.course)
    return NbGraderAPI(coursedir=settings.coursedir, config=settings.config)


def test_the_formgraders_button_gives_the_same_scores(classroom):
    """It has its own way to nbgrader's converters."""
    classroom.submit("kim", classroom.right, change=duplicate("test-scale"))
    classroom.generate_assignment()
    with nbgrader_at_work(classroom.course), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        done = formgrader(classroom).autograde("scale", "kim")
    assert done["success"], done
    assert classroom.scores("kim") == FULL | QUESTION


def test_the_formgrader_lists_what_was_recorded_by_autograder(classroom):
    """As autograded, with the question waiting for a person."""
    classroom.submit("kim", classroom.right)
    classroom.grade()
    with nbgrader_at_work(classroom.course), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        (submission,) = formgrader(classroom).get_submissions("scale")
    assert (submission["score"], submission["max_score"]) == (4.5, 7.5)
    assert submission["autograded"]
    assert submission["needs_manual_grade"]
    assert not submission["submitted_timestamp" if "submitted_timestamp" in submission else "timestamp"]


def test_generate_feedback_writes_the_page_of_autograder_grade(classroom):
    """Byte for byte, whether notebooks were graded by our command or by nbgrader's, and whatever they are."""

    def damage(notebook):
        del notebook.cells[-1]

    classroom.submit("kim", {"scale": "# half"}, damage, timestamp_txt="2025-01-01 00:00:00 UTC")
    classroom.submit("lee", classroom.right)
    classroom.submit_bytes("ann", b"{")
    classroom.grade()
    ours = pages(classroom)
    assert sorted(ours) == ["ann", "kim", "lee"]
    classroom.generate_feedback()
    assert pages(classroom) == ours
    classroom.autograde()
    classroom.generate_feedback()
    assert pages(classroom) == ours


def pages(classroom) -> dict[str, str]:
    """Return every student's page."""
    folder = classroom.course.root / "feedback"
    return {path.parents[1].name: path.read_text() for path in folder.glob("*/*/scale.html")}


def test_generate_feedback_shows_what_people_gave_since(classroom):
    """After manual grading, the formgrader's button is enough."""
    classroom.submit("kim", classroom.right)
    classroom.grade()
    classroom.sql("update grade set manual_score = 2.5 where auto_score is null")
    classroom.sql("update comment set manual_comment = 'Which zeros?'")
    assert "Which zeros?" not in pages(classroom)["kim"]
    classroom.generate_feedback()
    assert '<b>2.5</b> <span class="of">/ 3</span>' in pages(classroom)["kim"]
    assert "Which zeros?" in pages(classroom)["kim"]


def test_the_formgrader_s_button_writes_the_same_page(classroom):
    """It has its own way to nbgrader's converters here too."""
    classroom.submit("kim", {"scale": "# half"})
    classroom.grade()
    ours = pages(classroom)
    (classroom.folder("feedback", "kim") / "scale.html").write_text("something else")
    with nbgrader_at_work(classroom.course), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        done = formgrader(classroom).generate_feedback("scale", "kim")
    assert done["success"], done
    assert pages(classroom) == ours


def test_a_student_whose_result_is_lost_still_has_a_page(classroom):
    """With the points of the gradebook, the grader's comments and the notebook."""
    classroom.submit("kim", {**classroom.right, "scale": "# half"})
    classroom.grade()
    classroom.sql("update comment set manual_comment = 'Which zeros?'")
    Store(classroom.course.root, "scale").path("kim").unlink()
    classroom.generate_feedback()
    page = pages(classroom)["kim"]
    for words in (
        "What the tests found is not kept",
        "Which zeros?",
        "# half",
        "Why does scaling keep zeros?",
    ):
        assert words in page
    assert '<b>3.5</b> <span class="of">/ 4.5</span>' in page


def test_an_assignment_that_is_not_the_kit_s_has_nbgrader_s_page(classroom):
    """Of a course that had assignments before; without mark schemes too."""
    classroom.submit("kim", classroom.right)
    classroom.grade()
    (classroom.course.root / "assignments" / "scale" / "assignment.toml").unlink()
    classroom.generate_feedback()
    page = pages(classroom)["kim"]
    assert "Why does scaling keep zeros?" in page
    assert "A secret model answer" not in page
    assert "toc" in page


def test_generate_feedback_works_and_hides_the_mark_scheme(classroom):
    """On notebooks that `autograder grade` wrote; model answers are for graders."""
    classroom.submit("kim", {"scale": "# half"}, timestamp_txt="2025-01-01 00:00:00 UTC")
    classroom.submit_bytes("lee", b"{")
    classroom.grade()
    assert "A secret model answer" in str(classroom.autograded("kim"))
    classroom.generate_feedback()
    page = (classroom.folder("feedback", "kim") / "scale.html").read_text()
    assert "It has the right values." in page
    assert "Why does scaling keep zeros?" in page
    assert "A secret model answer" not in page
    assert "breaks off" in (classroom.folder("feedback", "lee") / "scale.html").read_text()
    assert (classroom.folder("feedback", "kim") / "timestamp.txt").exists()


HOSTILE = """\
<script>alert(1)</script> <img src=x onerror="alert(2)"> [link](javascript:alert(3))
<b onclick="alert(4)">b</b> ![p](https://example.org/p.png)

<iframe src="https://example.org"></iframe><style>* { display: none }</style><form action="x"><input></form>

<svg onload="alert(5)"></svg><a href=" &#106;avascript:alert(6)">k</a><img src=x onerror=alert(7) """


@pytest.mark.parametrize("template", ["feedback", "formgrade"])
def test_markup_in_an_answer_is_shown_and_not_obeyed(classroom, template):
    """On the formgrader's page a script would act as the instructor; formatting and formulas stay."""
    formatted = "**Bold**, `x < y`, $a < b$\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![p](attachment:p.png)"

    def answer(notebook):
        notebook.cells[-1].source = HOSTILE
        notebook.cells.append(nbformat.v4.new_markdown_cell(formatted))
        notebook.cells[-1]["attachments"] = {"p.png": {"image/png": "iVBORw0KGgo="}}

    classroom.submit("kim", classroom.right, answer)
    classroom.grade()
    page = render(classroom, "kim", template)
    assert "<script>alert(1)</script>" in page.text
    assert "alert(" not in page.scripts
    assert "alert(" not in str(page.elements)
    assert "example.org" not in str(page.elements)
    assert not {"iframe", "svg", "form"} & {tag for tag, _ in page.elements}
    assert "<strong>Bold</strong>" in page.html
    assert "<code>x &lt; y</code>" in page.html
    assert "$a &lt; b$" in page.html
    assert "data:image/png;base64,iVBORw0KGgo=" in page.html


@pytest.mark.parametrize("template", ["feedback", "formgrade"])
def test_cells_that_take_long_to_render_are_shown_as_they_were_typed(classroom, template):
    """The page of one student must not keep the instructor's browser waiting for minutes."""

    def write(notebook):
        notebook.cells.append(nbformat.v4.new_code_cell("\n \t" * 15_000 + "<i>code</i>"))
        notebook.cells.append(nbformat.v4.new_markdown_cell("|a|\n|-|\n" * 10_000 + "<i>text</i>"))

    classroom.submit("kim", classroom.right, write)
    classroom.grade()
    started = time.process_time()
    page = render(classroom, "kim", template)
    assert time.process_time() - started < 10
    assert "<i>code</i>" in page.text
    assert "<i>text</i>" in page.text
    assert '<span class="k">return</span>' in page.html


class Page(HTMLParser):
    """What a browser makes of a page: its elements, its text, its scripts."""

    def __init__(self, html):
        super().__init__()
        self.html, self.text, self.scripts, self.elements = html, "", "", []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        """Keep text, apart from scripts."""
        if self.elements and self.cdata_elem == "script":
            self.scripts += data
        else:
            self.text += data


def render(classroom, student, template):
    """Return the page of a graded notebook, by the course's configuration and one of nbgrader's templates."""
    with nbgrader_at_work(classroom.course):
        config = read_settings(classroom.course).config
    pages = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"
    config.HTMLExporter.template_name = template
    config.HTMLExporter.extra_template_basedirs = [str(pages / "templates")]
    config.HTMLExporter.extra_template_paths = [str(next(pages.glob("static/**/bootstrap/dist/css")))]
    config.Exporter.default_preprocessors = []
    notebook = classroom.autograded(student)
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.update(score=0, points=1, comment="")
    about = {"student": student, "score": 1, "max_score": 2, "late_penalty": 0}
    more = {"index": 0, "total": 1, "base_url": "", "notebook_id": "scale", "unique_key": "scale"}
    html, _ = HTMLExporter(config=config).from_notebook_node(notebook, resources={"nbgrader": about, **more})
    return Page(html)


def test_both_ways_may_be_mixed(classroom):
    """What one wrote, the other continues."""
    classroom.submit("kim", {"scale": "# half"})
    classroom.grade()
    classroom.autograde()
    classroom.submit("kim", classroom.right)
    assert classroom.grade()["kim"].old_score == 1.0
    classroom.autograde()
    with Gradebook(f"sqlite:///{classroom.course.root}/gradebook.db") as gradebook:
        assert gradebook.find_submission("scale", "kim").score == 4.5


# ----- the real engine, from an environment that is not activated -----


@pytest.mark.slow
def test_the_commands_agree_on_reference_and_stub(tmp_path, classroom_of):
    """The reference earns all points, the release none, per exercise and by both commands, in equal rows."""
    course = tmp_path / "course"
    for name in ("assignments", "solutions", "source", "release"):
        shutil.copytree(REPOSITORY / name, course / name)
    config = (REPOSITORY / "nbgrader_config.py").read_text()
    (course / "nbgrader_config.py").write_text(f"{config}\nc.SandboxedExecute.isolation = 'process'\n")
    real = classroom_of(Course(course), "optimizers")
    for student, step in {"reference": "source", "stub": "release"}.items():
        real.folder("submitted", student).mkdir(parents=True)
        shutil.copy(course / step / "optimizers" / "optimizers.ipynb", real.folder("submitted", student))
    command(course, "autograder", "grade", "optimizers", "--isolation", "process")
    ours = real.tables()
    (course / "gradebook.db").unlink()
    command(course, "nbgrader", "generate_assignment", "optimizers", "--force")
    command(course, "nbgrader", "autograde", "optimizers", "--force")
    assert ours == real.tables()
    full = {f"test-{exercise.id}": (exercise.points, False) for exercise in real.assignment.exercises}
    questions = {question.id: (None, True) for question in real.assignment.written}
    assert real.scores("reference") == full | questions
    assert real.scores("stub") == dict.fromkeys(full, (0.0, False)) | questions


def command(course, program, *arguments):
    """Run a program of this environment as from a shell that does not know it."""
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(course), "PYTHONWARNINGS": "ignore"}
    path = Path(sysconfig.get_path("scripts")) / program
    done = subprocess.run(
        [path, *arguments], cwd=course, env=bare, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
