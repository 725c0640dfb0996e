"""check("...") as a student meets it: the words, the one short error, the time, and what it leaves behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import autograder
from autograder.assignment import Course
from autograder.checking import CheckFailed, check_exercise
from autograder.checking.card import render_html
from autograder.checking.told import summary
from autograder.checking.view import render_text
from autograder.kit import kit_to_json, make_kit
from autograder.misconceptions import ALTERNATIVES, MISCONCEPTIONS
from autograder.plugin import read_reference, record_expected
from autograder.result import AspectResult, ExerciseResult, TestResult
from autograder.words import catalogue

COURSE = Course(Path(__file__).resolve().parents[1])


@pytest.fixture(name="kits", scope="module")
def _kits(tmp_path_factory):
    """Make the student's folder of each assignment, without building notebooks."""
    folders = {}
    for name in COURSE.assignment_names():
        assignment = COURSE.read_assignment(name)
        folders[name] = folder = tmp_path_factory.mktemp(name)
        suite = shutil.copy(assignment.folder / "test_public.py", folder)
        reference = read_reference(COURSE.reference_path(name))
        expected = record_expected(Path(suite), reference, seed=assignment.public_seed)
        (folder / "public.json").write_text(kit_to_json(make_kit(assignment, (), expected)), encoding="utf-8")
    return folders


def notebook(code):
    """Return the variables after a cell."""
    namespace = {"__name__": "__main__", "np": np}
    exec(code, namespace)
    return namespace


def answer(exercise, answer_id):
    """Return the variables after a known answer."""
    known = (*MISCONCEPTIONS[exercise], *ALTERNATIVES[exercise])
    return notebook(next(entry.code for entry in known if entry.id == answer_id))


def failure(kits, assignment, exercise, namespace, capsys):
    """Return what a failing check prints, and its error."""
    with pytest.raises(CheckFailed) as caught:
        check_exercise(exercise, namespace, kits[assignment])
    return capsys.readouterr().out, caught.value


def test_right_answer_is_told_to_be_right(kits, capsys):
    """No error, one line and the parts."""
    check_exercise("affine-backward", answer("affine-backward", "einsum"), kits["affine"])
    assert capsys.readouterr().out.splitlines() == [
        "affine-backward is right: 18 tests passed.",
        "  ✓ dx",
        "  ✓ dW",
        "  ✓ db",
        "  ✓ clean",
    ]


def test_wrong_shape_is_told_by_shapes(kits, capsys):
    """Shapes come first, then expected and actual; what is right is told as well."""
    out, error = failure(kits, "affine", "affine-backward", answer("affine-backward", "db-keepdims"), capsys)
    assert "  ✓ dx" in out
    assert "db has shape (1, 2), expected (2,)." in out
    assert out.index("expected (2,)") < out.index("expected:\n") < out.index("actual:\n")
    assert str(error) == "affine-backward is not right yet: db (1 of 4 parts)."


def test_wrong_factor_is_told_by_its_ratio(kits, capsys):
    """A constant ratio is the cheapest diagnosis."""
    out, _ = failure(kits, "affine", "affine-backward", answer("affine-backward", "dW-batch-mean"), capsys)
    assert "With N = 4, D = 3, M = 2: dW is wrong in 6 of 6 entries" in out
    assert "Every entry is 1/4 times what it has to be." in " ".join(out.split())


def test_wrong_trace_is_told_by_its_update(kits, capsys):
    """The first wrong update is named."""
    out, _ = failure(kits, "optimizers", "momentum", answer("momentum", "forgets-velocity"), capsys)
    assert "This is after update 2; after update 1 all was right" in " ".join(out.split())


def test_exception_is_told_with_the_students_line(kits, capsys):
    """The student sees the own exception, once, and not our frames."""
    out, _ = failure(kits, "affine", "affine-debug", answer("affine-debug", "parameter-not-repaired"), capsys)
    assert "NameError: name 'dout' is not defined" in " ".join(out.split())
    assert out.count("NameError") == 1
    assert "The same as for dx." in out
    assert "pytest" not in out


def test_stub_is_told_not_to_be_done(kits, capsys):
    """A student who has not begun is not told to be wrong."""
    stub = "def bias_gradient(dY):\n    raise NotImplementedError('bias-gradient: return (M,)')\n"
    out, error = failure(kits, "affine", "bias-gradient", notebook(stub), capsys)
    assert out == "bias-gradient is not done yet.\n  Not done yet: bias-gradient: return (M,)\n"
    assert str(error) == "bias-gradient is not done yet."


def test_missing_name_is_told(kits, capsys):
    """A cell that was not run is named by what it defines."""
    out, _ = failure(kits, "affine", "bias-gradient", {}, capsys)
    assert "bias_gradient is not defined: run the cell that defines it" in out


def test_changed_given_code_is_told(kits, capsys):
    """A changed forward is not mistaken for a wrong backward."""
    broken = answer("affine-backward", "operator")
    broken["Affine"].forward = lambda self, x: x
    out, _ = failure(kits, "affine", "affine-backward", broken, capsys)
    assert "`forward` is given code and was changed" in out


def test_prints_of_student_code_are_kept_short(kits, capsys):
    """Prints are shown after a failure, cut to a dozen lines, and not at all after success."""
    code = "def bias_gradient(dY):\n    print('shape', dY.shape)\n    print('x\\n' * 50)\n    return {}\n"
    out, _ = failure(kits, "affine", "bias-gradient", notebook(code.format("dY")), capsys)
    assert "Your code printed:\n    shape (2, 3)\n    x\n" in out
    assert "more lines)" in out
    check_exercise("bias-gradient", notebook(code.format("dY.sum(0)")), kits["affine"])
    assert "shape" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("exercise", "words"),
    [
        ("affine-bakward", "Did you mean 'affine-backward'?"),
        ("zzz", "It has bias-gradient, affine-backward, affine-debug."),
        (3, "no exercise 3"),
    ],
)
def test_unknown_exercise_is_told(kits, exercise, words):
    """A misspelt id gets the near one."""
    with pytest.raises(CheckFailed) as caught:
        check_exercise(exercise, {}, kits["affine"])
    assert words in str(caught.value)


def test_wrong_folder_is_told(tmp_path):
    """Without the kit's files there is one sentence that says where they are."""
    with pytest.raises(CheckFailed, match=r"There is no public\.json in .*beside the notebook"):
        check_exercise("bias-gradient", {}, tmp_path)


def test_missing_suite_is_told(kits, tmp_path):
    """The suite may have been deleted."""
    shutil.copy(kits["affine"] / "public.json", tmp_path)
    with pytest.raises(CheckFailed, match=r"There is no test suite .*test_public\.py"):
        check_exercise("bias-gradient", {}, tmp_path)


def test_check_uses_the_callers_variables_and_folder(kits, monkeypatch, capsys):
    """``check`` needs nothing but the exercise's name."""
    monkeypatch.chdir(kits["affine"])
    namespace = answer("bias-gradient", "method")
    exec("from autograder import check\ncheck('bias-gradient')", namespace)
    assert "bias-gradient is right" in capsys.readouterr().out


def test_error_is_short_in_a_notebook():
    """IPython shows one line and none of our frames."""
    assert CheckFailed("x is not right yet.")._render_traceback_() == ["CheckFailed: x is not right yet."]


def test_state_of_the_notebook_is_left_as_it_was(kits, capsys):
    """Velocities that the tests left on a class are gone after the check."""
    namespace = answer("momentum", "shared-memory")
    failure(kits, "optimizers", "momentum", namespace, capsys)
    assert namespace["Momentum"].v == {}


# ----- pictures of results -----


def result(*tests):
    """Return a graded exercise with an aspect per test."""
    aspects = tuple(AspectResult(test.aspect, float(test.outcome == "passed"), 1.0) for test in tests)
    return ExerciseResult("layer", 0.0, 3.0, None, None, aspects, tests)


FAILED = TestResult("t", "dW", "failed", "dW is <right>.\ndW & <b>more</b>\n[1. 2.]")


def test_html_shows_what_text_shows():
    """Both forms name the same parts and findings."""
    graded = result(FAILED, TestResult("u", "db", "passed", "db is right."))
    html = render_html(graded, "printed <i>")
    assert "dW is &lt;right&gt;." in html
    assert "dW &amp; &lt;b&gt;more&lt;/b&gt;" in html
    assert "printed &lt;i&gt;" in html
    assert "<b>more" not in html
    assert summary(graded, catalogue("en")) in html
    assert "dW & <b>more</b>" in render_text(graded)


def test_an_aspect_without_tests_is_not_called_right():
    """What was not tested is said to be so."""
    graded = ExerciseResult("layer", 0.0, 1.0, None, None, (AspectResult("dx", 0.0, 1.0),), ())
    assert summary(graded, catalogue("en")).startswith("layer is not right yet")
    assert "It was not tested." in render_text(graded)


def test_long_sentences_are_wrapped_for_a_terminal():
    """Sentences are broken, code lines and arrays are not."""
    graded = result(TestResult("t", "dW", "failed", "dW.\n" + "word " * 60 + "\n    " + "code" * 40))
    lines = render_text(graded).splitlines()
    assert max(len(line) for line in lines if "word" in line) <= 100
    assert "code" * 40 in render_text(graded)


# ----- in processes of their own -----


def python(code, folder, *, tool=("-c",)):
    """Run code in a new interpreter in a student's folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    command = [sys.executable, *tool, code]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


ANSWER = "import numpy as np\ndef bias_gradient(dY):\n    return dY.sum(axis=0)\n"


def test_import_is_light(tmp_path):
    """``import autograder`` loads neither pytest nor NumPy nor nbgrader."""
    code = (
        "import sys, autograder; print(sorted({'pytest', 'numpy', 'nbgrader', 'IPython'} & set(sys.modules)))"
    )
    assert python(code, tmp_path).stdout == "[]\n"


def test_check_needs_nothing_that_windows_lacks(kits):
    """It works where fork, resource, fcntl and pwd are absent."""
    code = (
        "import os, sys\n"
        "for name in ('resource', 'fcntl', 'pwd', 'grp', 'termios'): sys.modules[name] = None\n"
        "del os.fork\n" + ANSWER + "from autograder import check\ncheck('bias-gradient')\n"
    )
    done = python(code, kits["affine"])
    assert "bias-gradient is right" in done.stdout, done.stderr


def test_check_loads_no_hidden_room(kits):
    """The student's side does without suites, misconceptions, grading and authoring."""
    code = ANSWER + (
        "from autograder import check\ncheck('bias-gradient')\nimport sys\n"
        "rooms = 'suites misconceptions grading gradebook authoring sandbox report cli'.split()\n"
        "print([room for room in rooms if f'autograder.{room}' in sys.modules])\n"
        "print([name for name in sys.modules if name.startswith('nbgrader')])\n"
    )
    assert python(code, kits["affine"]).stdout.endswith("[]\n[]\n")


def test_check_leaves_no_file_behind(kits):
    """The student's folder holds what it held."""
    before = sorted(kits["affine"].rglob("*"))
    python(ANSWER + "from autograder import check\ncheck('bias-gradient')\n", kits["affine"])
    assert sorted(kits["affine"].rglob("*")) == before


def test_ipython_shows_one_line_and_goes_on(kits, tmp_path):
    """In IPython a failing check shows the result and one line of error."""
    script = tmp_path / "session.ipy"
    script.write_text(
        ANSWER.replace("return ", "return -") + "from autograder import check\ncheck('bias-gradient')\n"
    )
    done = python(
        str(script), kits["affine"], tool=("-m", "IPython", "--colors=NoColor", "--no-banner", "--quick")
    )
    assert "Every entry is -1 times what it has to be." in " ".join(done.stdout.split())
    assert "CheckFailed: bias-gradient is not right yet: values (1 of 2 parts)." in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_check_works_within_a_running_event_loop(kits):
    """A kernel's event loop runs while a cell does."""
    code = (
        ANSWER + "from autograder import check\nimport asyncio\n"
        "async def cell():\n    check('bias-gradient')\n    await asyncio.sleep(0)\nasyncio.run(cell())\n"
    )
    assert "bias-gradient is right" in python(code, kits["affine"]).stdout


def test_check_is_quick(kits):
    """The first check costs well under a second of CPU time, the second one a small part of it."""
    code = ANSWER + (
        "import time, io, contextlib, json\n"
        "from autograder import check\n"
        "times = []\n"
        "for _ in range(2):\n"
        "    start = time.process_time()\n"
        "    with contextlib.redirect_stdout(io.StringIO()):\n"
        "        check('bias-gradient')\n"
        "    times.append(time.process_time() - start)\n"
        "print(json.dumps(times))\n"
    )
    first, second = json.loads(python(code, kits["affine"]).stdout)
    assert first < 1.5  # 0.25 s where this was written
    assert second < 0.5


def test_check_is_all_that_the_package_exports():
    """A student needs one name."""
    assert autograder.__all__ == ["check"]
