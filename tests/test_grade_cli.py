"""The commands `grade` and `check`: documents, exit codes, sentences, and what they leave alone."""

from __future__ import annotations

import json
import re
import shutil
import signal
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from autograder import terminal

if TYPE_CHECKING:
    from conftest import Classroom

MEAN = {"bias-gradient": "def bias_gradient(dY):\n    return dY.mean(axis=0)"}
DIES = {"bias-gradient": "import os\n\ndef bias_gradient(dY):\n    os._exit(0)"}
GRADE = ("grade", "affine", "--isolation=process", "--jobs=1")


@pytest.fixture
def grade(course, cli):
    """Return a function that grades the course: exit code, document, standard error."""

    def run(*arguments: object) -> tuple[int, dict[str, Any], str]:
        code, out, err = cli(*GRADE, "--json", f"--course={course.course.root}", *arguments)
        return code, json.loads(out), err

    return run


def points(document: dict[str, Any]) -> dict[str, tuple[float, ...]]:
    """Return each student's points by exercise."""
    return {
        submission["student"]: tuple(exercise["score"] for exercise in submission["exercises"])
        for submission in document["submissions"]
    }


# ----- the document -----


@pytest.mark.slow
def test_two_gradings_give_the_same_document(course, cli):
    """Byte for byte, although the second one meets a gradebook that is filled."""
    course.hand_in("ana")
    course.hand_in("ben", MEAN)
    course.hand_in("chi", DIES)
    course.submit_bytes("dan", b"")
    arguments = (*GRADE, "--json", f"--course={course.course.root}")
    assert cli(*arguments)[:2] == cli(*arguments)[:2]


@pytest.mark.slow
def test_neither_processes_nor_the_order_of_work_make_a_difference(course, cli):
    """Two processes give what one gives, and the order in which students are named does not matter."""
    names = ["ana", "ben", "chi", "dan", "eve", "fay"]
    for number, name in enumerate(names):
        course.hand_in(name, MEAN if number % 2 else DIES if number == 2 else None)
    arguments = ("grade", "affine", "--json", "--isolation=process", f"--course={course.course.root}")
    one = cli(*arguments, "--jobs=1")
    assert cli(*arguments, "--jobs=2")[:2] == one[:2]
    assert cli(*arguments, "--jobs=1", *(f"--student={name}" for name in reversed(names)))[:2] == one[:2]


def test_standard_output_is_one_document_and_nothing_else(course, cli):
    """Words go to standard error; what a student prints goes to neither."""
    course.hand_in("ana", {"bias-gradient": "print('from the student')\n" + MEAN["bias-gradient"]})
    code, out, err = cli(*GRADE, "--json", f"--course={course.course.root}")
    document = json.loads(out)
    assert (code, list(document)) == (0, ["schema", "assignment", "isolation", "submissions"])
    assert (document["schema"], document["assignment"], document["isolation"]) == (1, "affine", "process")
    assert "No walls" in err
    assert "from the student" not in out + err


def test_the_document_keeps_the_contract(course, grade):
    """The keys are those of the contract, and every exercise is there, even of what cannot be graded."""
    course.hand_in("ana")
    course.submit_bytes("ben", b"{")
    _, document, _ = grade()
    for submission in document["submissions"]:
        assert list(submission) == ["student", "status", "reason", "score", "max_score", "exercises"]
        assert [exercise["id"] for exercise in submission["exercises"]] == list(course.right)
        for exercise in submission["exercises"]:
            keys = ["id", "score", "max_score", "misconception", "hint", "aspects", "tests"]
            assert list(exercise) == keys
            assert [list(aspect) for aspect in exercise["aspects"]] == [["id", "score", "max_score"]] * len(
                exercise["aspects"]
            )
            assert {tuple(test) for test in exercise["tests"]} <= {("id", "aspect", "outcome", "rationale")}


# ----- exit codes and sentences -----


@pytest.mark.slow
def test_wrong_answers_are_done_and_unreadable_files_are_not(course, grade):
    """A class with wrong answers ends with 0, one with a submission that cannot be graded with 1."""
    course.hand_in("ana", MEAN)
    assert grade()[0] == 0
    course.submit_bytes("ben", b"not a notebook")
    code, document, _ = grade()
    assert (code, points(document)) == (1, {"ana": (0, 5, 3), "ben": (0, 0, 0)})


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["grade", "afine"], r"There is no assignment 'afine' in .*; did you mean 'affine'\?"),
        (["grade", "nothing-like-it"], r"known here: affine, optimizers\."),
        (["grade", "affine", "--student", "bob"], r"There is no submission of 'bob'"),
        (["grade", "optimizers"], r"nothing to grade: .* Collect first: nbgrader collect optimizers"),
        (["grade", "affine", "--isolation", "paper"], r"paper"),
        (["grade", "affine", "--jobs", "0"], r"--jobs"),
        (["grade"], r"(?i)missing argument"),
        (["mark", "affine"], r"(?i)no such command"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(course, cli, arguments, says):
    """Exit code 2, nothing on standard output, no traceback, and the way out."""
    course.hand_in("ana")
    code, out, err = cli(*arguments, *([f"--course={course.course.root}"] if arguments[1:] else []))
    assert (code, out) == (2, "")
    assert re.search(says, err)
    assert "Traceback" not in err


def test_a_level_that_cannot_be_had_is_refused(course, cli, monkeypatch):
    """Without walls, `grade` refuses rather than run student code as an ordinary process unasked."""
    from autograder import walls  # noqa: PLC0415

    nothing = replace(walls.probe(), bubblewrap=None, landlock=0)
    monkeypatch.setattr(walls, "probe", lambda: nothing)
    course.hand_in("ana")
    for level in ([], ["--isolation=sealed"], ["--isolation=restricted"]):
        code, out, err = cli("grade", "affine", f"--course={course.course.root}", *level)
        assert (code, out) == (2, "")
        assert "--isolation process" in err or "autograder doctor" in err
    assert not course.folder("autograded", "ana").exists()


def test_a_folder_that_is_no_course_is_said_so(cli, tmp_path):
    """The sentence names the folder that was looked into."""
    code, out, err = cli("grade", "affine", f"--course={tmp_path}")
    assert (code, out) == (2, "")
    assert f"There is no assignment 'affine' in {tmp_path / 'assignments'}" in err


def test_an_assignment_that_was_not_built_names_the_command(course, cli):
    """Without source/, `grade` says how it is made."""
    course.hand_in("ana")
    shutil.rmtree(course.course.root / "source")
    code, out, err = cli(*GRADE, f"--course={course.course.root}")
    assert (code, out) == (2, "")
    assert "autograder build affine" in err


# ----- one student of a class -----


@pytest.mark.slow
def test_one_student_is_graded_and_the_others_are_left_alone(course, grade):
    """`--student` writes one student's rows and folders, and its document is that of the class."""
    course.hand_in("ana", MEAN)
    course.hand_in("ben")
    _, document, _ = grade("--student=ana")
    assert points(document) == {"ana": (0, 5, 3)}
    assert not course.folder("autograded", "ben").exists()
    assert [row["student_id"] for row in course.tables()["submitted_assignment"]] == ["ana"]
    everyone = grade()[1]["submissions"]
    assert [entry for entry in everyone if entry["student"] == "ana"] == document["submissions"]


# ----- grading again -----


@pytest.mark.slow
def test_a_regrade_after_a_change_of_points_lists_whose_score_changed(course, grade, cli):
    """Points may be corrected while submissions exist; those who are not concerned are not listed."""
    course.hand_in("ana")
    course.hand_in("ben", {"bias-gradient": MEAN["bias-gradient"]})
    assert points(grade()[1]) == {"ana": (2, 5, 3), "ben": (0, 5, 3)}
    path = course.assignment.folder / "assignment.toml"
    text = path.read_text(encoding="utf-8")
    corrected = text.replace("points = 2\naspects = { values = 1,", "points = 4\naspects = { values = 3,")
    assert corrected != text
    path.write_text(corrected, encoding="utf-8")
    assert cli("build", "affine", f"--course={course.course.root}")[0] == 0
    code, document, err = grade()
    assert (code, points(document)) == (0, {"ana": (4, 5, 3), "ben": (0, 5, 3)})
    assert "ana: the score was 10 and is now 12" in err
    assert "ben" not in err
    assert course.scores("ana")["test-bias-gradient"][0] == 4


@pytest.mark.slow
def test_a_score_that_a_person_gave_stays(course, grade):
    """Neither a regrade nor a new submission touches a manual score."""
    course.hand_in("ana", MEAN)
    grade()
    change = "update grade set manual_score = 1.5 where cell_id in (select id from base_cell where name = ?)"
    course.sql(change, "test-bias-gradient")
    course.hand_in("ana")
    code, document, err = grade()
    assert (code, points(document)) == (0, {"ana": (2, 5, 3)})
    rows = [row for row in course.tables()["grade"] if row["cell_id"].endswith("test-bias-gradient")]
    assert [(row["auto_score"], row["manual_score"]) for row in rows] == [(2, 1.5)]
    assert "the score was" not in err


@pytest.mark.slow
def test_what_cannot_be_graded_is_recorded_and_keeps_no_earlier_score(course, grade):
    """A student who hands in a broken file later has no points, a reason, and a feedback page with it."""
    course.hand_in("ana")
    grade()
    course.submit_bytes("ana", b"{")
    code, document, err = grade()
    (submission,) = document["submissions"]
    assert (code, submission["status"], submission["score"]) == (1, "ungradable", 0)
    assert {score for name, (score, _) in course.scores("ana").items() if "test-" in name} == {0}
    assert "ana: the score was 10 and is now 0" in err
    page = (course.folder("feedback", "ana") / "affine.html").read_text(encoding="utf-8")
    assert submission["reason"] in page


# ----- what scores stand for -----


@pytest.mark.slow
@pytest.mark.parametrize("name", ["affine", "optimizers"])
def test_the_reference_earns_everything_and_the_stub_nothing(open_classroom, tmp_path, cli, name):
    """Per exercise, with the whole notebooks as they are handed out."""
    classroom = open_classroom(tmp_path / "course", name)
    source = (classroom.course.root / "source" / name / f"{name}.ipynb").read_bytes()
    classroom.submit_bytes("reference", source)
    classroom.submit("stub")
    root = classroom.course.root
    code, out, _ = cli("grade", name, "--isolation=process", "--jobs=1", "--json", f"--course={root}")
    full = tuple(exercise.points for exercise in classroom.assignment.exercises)
    assert (code, points(json.loads(out))) == (0, {"reference": full, "stub": (0,) * len(full)})


TABLE = """
PUBLIC = {table}

def bias_gradient(dY):
    return np.array(PUBLIC.get(str(dY.shape), [0.0]))
"""


def bias_gradients(public: dict[str, Any]) -> dict[str, list[float]]:
    """Return the right answers that public.json holds, by the shape of the question."""
    arrays = {}
    for test, values in public["expected"].items():
        sizes = re.search(r"bias_gradient.*\[(\d+)-(\d+)\]", test)
        if sizes and find_numbers(values):
            arrays[f"({sizes[1]}, {sizes[2]})"] = find_numbers(values)
    return arrays


def find_numbers(value: Any) -> list[float]:
    """Return the first list of numbers in a JSON value."""
    if isinstance(value, list) and value and all(isinstance(item, int | float) for item in value):
        return value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [numbers for item in inner if len(numbers := find_numbers(item)) > 1]
    return found[-1] if found else []


@pytest.mark.slow
def test_a_table_of_the_public_answers_earns_nothing(course, grade, cli):
    """It passes the public tests whose answers it holds, and no hidden one: those have another seed."""
    public = json.loads((course.course.release_folder("affine") / "public.json").read_text(encoding="utf-8"))
    table = bias_gradients(public)
    assert len(table) >= 2
    path = course.hand_in("ana", {"bias-gradient": TABLE.format(table=table)})
    assert points(grade()[1]) == {"ana": (0, 5, 3)}
    for file in ("public.json", "test_public.py"):
        shutil.copy(course.course.release_folder("affine") / file, path.parent)
    tests = json.loads(cli("check", path, "--json")[1])["submissions"][0]["exercises"][0]["tests"]
    passed = [test["id"] for test in tests if test["outcome"] == "passed" and "-" in test["id"]]
    assert len(passed) == len(table)


# ----- the terminal -----


@pytest.mark.parametrize("columns", [80, 140])
def test_the_table_has_one_line_for_each_student(course, cli, monkeypatch, columns):
    """Long names and reasons are cut, markup and control characters are shown and not obeyed."""
    monkeypatch.setenv("COLUMNS", str(columns))
    course.hand_in("Ana Souza")
    course.hand_in("[red]박지훈 with a name that has no end", MEAN)
    course.submit_bytes("Zo\u0308e\x1b[31m", b"<html>")
    code, out, err = cli(*GRADE, f"--course={course.course.root}")
    lines = out.splitlines()
    rows = lines[3:]
    assert code == 1
    assert rows[0].split() == ["Ana", "Souza", "2", "5", "3", "10", "/", "10"]
    assert rows[1].startswith("Zo\u0308e\\u001b[31m")
    assert ("…" if columns == 80 else "is a web page, not a notebook") in rows[1]
    assert rows[2].startswith("[red]박지훈")
    assert rows[3] == ""
    assert lines[-2] == "2 submissions graded, 1 could not be graded (isolation: process)."
    assert lines[-1] == "Mean 9.0, median 9 of 10."
    assert "feedback/STUDENT/affine/affine.html" in err


@pytest.mark.slow
def test_lateness_is_told(course, cli):
    """What the course's plugin takes off stands below the table."""
    root = course.course.root
    policy = "from nbgrader.plugins import BasePlugin\n\nclass Policy(BasePlugin):\n"
    policy += (
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n        return 1\n"
    )
    (root / "policy_of_this_test.py").write_text(policy)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write('c.AssignLatePenalties.plugin_class = "policy_of_this_test.Policy"\n')
    course.sql("update assignment set duedate = '2026-03-06 00:00:00' where name = 'affine'")
    course.hand_in("ana", timestamp_txt="2026-03-07 00:00:00 UTC")
    course.hand_in("ben", timestamp_txt="2026-03-05 00:00:00 UTC")
    _, _, err = cli(*GRADE, f"--course={root}")
    assert "ana: late, 1 point off" in err
    assert "ben: late" not in err


# ----- check -----


@pytest.fixture
def work(course, tmp_path):
    """Return a student's folder, as released."""
    return Path(shutil.copytree(course.course.release_folder("affine"), tmp_path / "work"))


def save(work: Path, course: Classroom, answers: dict[str, str] | None = None, change=lambda _: None) -> Path:
    """Save the notebook with right answers but for these."""
    path = course.hand_in("me", answers, change)
    return Path(shutil.copy(path, work / "affine.ipynb"))


def graded_cell(notebook: Any, name: str) -> Any:
    """Return a cell by nbgrader's name for it."""
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name)


def test_check_of_a_right_notebook(course, work, cli):
    """Exit code 0 and a line for each exercise; nothing to warn of."""
    code, out, err = cli("check", save(work, course))
    assert (code, err) == (0, "")
    assert re.findall(r"^(\S+) is right: \d+ tests passed\.$", out, re.MULTILINE) == list(course.right)


def test_check_of_the_release(work, cli):
    """Exit code 1: nothing is done yet, and each stub is named."""
    code, out, err = cli("check", work / "affine.ipynb")
    assert code == 1
    assert out.count("is not done yet") == 2
    assert err.count("is still as it was given out") == 3


def test_check_shows_what_was_found(course, work, cli):
    """A wrong answer is told with numbers, because these inputs are public."""
    code, out, _ = cli("check", save(work, course, MEAN))
    assert code == 1
    assert "bias-gradient is not right yet: values" in out
    assert "expected" in out


def test_check_as_a_document(course, work, cli):
    """It is the document of `grade` for one notebook without a name, and alone on standard output."""
    code, out, err = cli("check", save(work, course, MEAN, lambda notebook: notebook.cells.pop()), "--json")
    document = json.loads(out)
    (submission,) = document["submissions"]
    assert (code, document["assignment"], submission["student"]) == (1, "affine", None)
    assert [exercise["id"] for exercise in submission["exercises"]] == list(course.right)
    assert "is right" not in err


def test_check_uses_no_leftover_state(course, work, cli):
    """Code that leans on a variable that no cell defines fails here, as it would when it is graded."""
    leans = {"bias-gradient": "def bias_gradient(dY):\n    return leftover.sum(axis=0)"}
    code, out, _ = cli("check", save(work, course, leans))
    assert code == 1
    assert "name 'leftover' is not defined" in out


def change_name(notebook):
    """Rename a graded cell."""
    graded_cell(notebook, "affine-debug").metadata.nbgrader.grade_id = "mine"


def copy_cell(notebook):
    """Copy a graded cell."""
    cell = graded_cell(notebook, "affine-debug")
    notebook.cells.insert(0, nbformat.from_dict({**cell, "id": "copy"}))


def delete_cell(notebook):
    """Delete a graded cell."""
    notebook.cells.remove(graded_cell(notebook, "test-affine-debug"))


def change_type(notebook):
    """Make a question into a raw cell."""
    graded_cell(notebook, "written-backpropagation").cell_type = "raw"


def change_text(notebook):
    """Write into a test cell."""
    graded_cell(notebook, "test-affine-debug").source = "print('done')"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (delete_cell, ["'test-affine-debug' is gone or was renamed; get it back"]),
        (copy_cell, ["'affine-debug' is there 2 times; keep one"]),
        (change_name, ["'affine-debug' is gone or was renamed", "a cell 'mine' that is not part of this"]),
        (change_type, ["'written-backpropagation' is of the type raw; make it markdown again"]),
        (change_text, ["'test-affine-debug' was changed; the original will be used"]),
    ],
)
def test_check_warns_of_what_would_hurt(course, work, cli, change, says):
    """The warnings go to standard error and do not change the verdict."""
    code, _, err = cli("check", save(work, course, None, change))
    assert code == 0
    assert [line.startswith("Before you submit: ") for line in err.splitlines()] == [True] * len(says)
    for sentence in says:
        assert sentence in err


def test_check_warns_of_a_wrong_name(course, work, cli):
    """A file of another name is checked, with a warning."""
    path = save(work, course).rename(work / "affine (copy).ipynb")
    code, _, err = cli("check", path)
    assert code == 0
    assert "must be called affine.ipynb when it is submitted; this one is affine (copy).ipynb" in err


def test_check_of_a_damaged_file(work, cli):
    """Exit code 1 and the reason, in words and in the document."""
    path = work / "affine.ipynb"
    path.write_bytes(path.read_bytes()[:5000])
    code, out, err = cli("check", path)
    assert (code, out) == (1, "")
    assert "cannot be graded" in err
    assert "breaks off" in err
    code, out, _ = cli("check", path, "--json")
    (submission,) = json.loads(out)["submissions"]
    assert (code, submission["status"], submission["score"]) == (1, "ungradable", 0)


def test_check_without_its_files_says_what_is_missing(work, cli, tmp_path):
    """Exit code 2: no such notebook; a notebook without what was released beside it."""
    code, _, err = cli("check", tmp_path / "nothing.ipynb")
    assert (code, "There is no file" in err) == (2, True)
    (work / "public.json").unlink()
    code, _, err = cli("check", work / "affine.ipynb")
    assert (code, "public.json" in err) == (2, True)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_that_was_lost_is_raised_at_the_next_result():
    """Raised in a destructor, where any code may be when it comes, an exception is only printed."""

    class Destroyed:
        def __del__(self):
            signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have shut it off
    try:
        with terminal.interrupts() as heed:
            heed()
            Destroyed()
            with pytest.raises(KeyboardInterrupt):
                heed()
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_an_interrupt_that_the_shell_has_shut_off_stays_so():
    """A shell has its jobs in the background ignore Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with terminal.interrupts() as heed:
            signal.raise_signal(signal.SIGINT)
            heed()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
