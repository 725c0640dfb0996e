"""Cells run in a worker as they do in JupyterLab, and each of them ends."""

from __future__ import annotations

import base64
import time

import pytest

from autograder.assignment import Limits
from autograder.sandbox import Sandbox
from autograder.student.remote import open_submission
from autograder.worker.cells import CappedText
from autograder.worker.exceptions import describe_exception
from autograder.worker.wire import NOT_DRAWN

LIMITS = Limits(call_cpu_s=0.3, cell_cpu_s=0.3, submission_cpu_s=4, memory_mib=256, output_kib=64)


OUT_OF_TIME = (
    ("TimeLimit", "the cell used more than 0.3 s of CPU time"),
    ("TimeLimit", "the cell took more than 1.5 s"),
)
"""On a busy machine a loop waits for its turn, so that the wall clock may be first."""


@pytest.fixture(scope="module")
def sandbox():
    """Return a warm process with matplotlib."""
    with Sandbox(["matplotlib.pyplot"]) as sandbox:
        yield sandbox


@pytest.fixture
def run(sandbox):
    """Return a function that runs cells and gives their reports."""

    def run(*cells):
        with open_submission(sandbox, cells, LIMITS) as submission:
            return submission.reports

    return run


def texts(report, name="stdout"):
    """Return what a cell printed."""
    return "".join(output["text"] for output in report.outputs if output.get("name") == name)


def shown(report):
    """Return the data of what a cell displayed."""
    return [output["data"] for output in report.outputs if output["output_type"] == "display_data"]


# ----- what a notebook does -----


def test_a_module_that_a_cell_wrote_can_be_imported(run):
    """As in JupyterLab, where the notebook's folder is on the path."""
    _, report = run("%%writefile of_its_own.py\nx = 7", "import of_its_own\nprint(of_its_own.x)")
    assert texts(report) == "7\n"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1 + 1", "2"),
        ("x = 1\nx", "1"),
        ("import numpy as np\nnp.eye(2)", "array([[1., 0.],\n       [0., 1.]])"),
        ("display('shown')", "'shown'"),
        ("from IPython.display import display, Markdown\ndisplay(Markdown('*a*'))", None),
        ("async def f():\n    return 7\nawait f()", "7"),
        ("%precision 2\n3.14159", "3.14"),
        ("get_ipython().run_line_magic('who_ls', '')", "[]"),
    ],
)
def test_values_are_displayed(run, cell, expected):
    """The last expression, `display`, top-level await and magics give the text that Jupyter shows."""
    (report,) = run(cell)
    assert report.error is None
    if expected is not None:
        assert shown(report)[-1] == {"text/plain": expected}


def test_a_statement_and_a_semicolon_display_nothing(run):
    """An assignment and an expression with a semicolon leave no output."""
    assert [report.outputs for report in run("x = 1", "x;")] == [[], []]


def test_cells_share_their_names_and_history(run):
    """Later cells see the names, ``_`` and ``Out`` of earlier ones."""
    assert shown(run("x = 20", "x + 1", "_ + 1", "Out[2] + x")[3]) == [{"text/plain": "41"}]


def test_stdout_and_stderr_are_kept_apart(run):
    """Each stream is an output of its own."""
    (report,) = run("import sys\nprint('out')\nprint('err', file=sys.stderr)")
    assert texts(report) == "out\n"
    assert texts(report, "stderr") == "err\n"


def test_figures_arrive_as_png(run):
    """A figure drawn with pyplot is shown at the end of its cell, as in a notebook."""
    (report,) = run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
    assert report.error is None
    (data,) = (data for data in shown(report) if "image/png" in data)
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")


FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"


def pictures_of(report):
    """Return the pictures that a cell shows."""
    return [data["image/png"] for data in shown(report) if "image/png" in data]


def test_a_figure_is_not_drawn_again(sandbox):
    """Where somebody has a picture of a figure, a mark stands in its place; a further figure is drawn."""
    cells = [FIGURE, f"{FIGURE}\n{FIGURE}", "1 + 1", FIGURE]
    with open_submission(sandbox, cells, LIMITS, pictures=[1, 1, 1, 0]) as submission:
        first, second, none, drawn = map(pictures_of, submission.reports)
    assert (first, none) == ([NOT_DRAWN], [])
    assert second[0] == NOT_DRAWN
    for picture in (second[1], drawn[0]):
        assert base64.b64decode(picture).startswith(b"\x89PNG")


# ----- cells that every notebook begins with -----

GIVEN = (
    "import random\nimport matplotlib.pyplot as plt\nimport numpy as np\nkept = []\nprint('given')",
    "first = random.random(), np.random.rand()\nplt.plot([1, 2])\nplt.show()",
    "class Given:\n    made = 0\ndef fail():\n    return 1 / 0",
)
OWN = (
    "kept.append(1)\nGiven.made += 1\nlen(kept), Given.made, In[-1][:4]",
    "first, random.random(), np.random.rand()",
    "fail()",
)


def reports_of(sandbox, cells):
    """Return the reports of a notebook."""
    with open_submission(sandbox, cells, LIMITS) as submission:
        return submission.reports


def test_given_cells_are_run_once_and_nobody_notices(sandbox):
    """Outputs, figures, random numbers and errors are those of a notebook that ran everything."""
    cells = [*GIVEN, *OWN]
    with Sandbox(["matplotlib.pyplot"], given=GIVEN) as prepared:
        assert prepared.fits(cells)
        shown_twice = [reports_of(prepared, cells) for _ in range(2)]
        assert prepared.given == GIVEN
    assert shown_twice[0] == shown_twice[1] == reports_of(sandbox, cells)


def test_a_notebook_that_begins_in_another_way_does_not_fit(sandbox):
    """A changed, missing or additional cell is seen."""
    with Sandbox(given=GIVEN) as prepared:
        for cells in ([], GIVEN[:2], [GIVEN[0] + " ", *GIVEN[1:]], ["x = 1", *GIVEN]):
            assert not prepared.fits(cells)
    assert not sandbox.fits(GIVEN)


@pytest.mark.parametrize(
    "cell",
    [
        "1 / 0",
        "open('a file', 'w').close()",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
        "import os\nos._exit(1)",
    ],
)
def test_given_cells_that_cannot_be_shared_are_run_for_everybody(cell):
    """What fails, or leaves more than names behind, is run in every submission."""
    given = ("x = 1", cell)
    with Sandbox(given=given) as prepared:
        first, *_ = reports_of(prepared, ["x = 1", "x"])
        assert prepared.given == ()
    assert first.error is None


def test_html_and_scripts_of_students_stay_in_the_worker(run):
    """Of a rich display only text and pictures are passed on."""
    (report,) = run("from IPython.display import HTML, display\ndisplay(HTML('<script>alert(1)</script>'))")
    assert [set(data) for data in shown(report)] == [{"text/plain"}]
    assert "script" not in str(report.outputs)


def test_the_check_cells_of_the_notebook_do_nothing(run):
    """`from autograder import check` works and checks nothing; the real package is not there."""
    cell = "from autograder import check\ncheck('affine-backward')\nimport autograder\nautograder.__file__"
    (report,) = run(cell)
    assert report.error is not None
    assert report.error[0] == "AttributeError"
    assert report.outputs[-1]["traceback"][0] == "----> autograder.__file__"


def test_input_is_refused_in_words(run):
    """`input()` raises instead of waiting for somebody."""
    for cell in ("input('?')", "del input\ninput()", "import builtins\nbuiltins.input()"):
        (report,) = run(cell)
        assert report.error is not None
        assert report.error[0] in {"EOFError", "NameError"}


# ----- cells that fail end alone -----


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("1 / 0", ("ZeroDivisionError", "division by zero")),
        ("x = 1\ny = = 2", ("SyntaxError", "invalid syntax (line 2)")),
        ("import sys\nsys.exit(3)", ("SystemExit", "3")),
        ("exit()", None),
        ("raise KeyboardInterrupt('stop')", ("KeyboardInterrupt", "stop")),
        ("class E(BaseException): pass\nraise E('own')", ("E", "own")),
        ("import not_there_at_all", ("ModuleNotFoundError", "No module named 'not_there_at_all'")),
        ("%no_such_magic", None),
        (
            "raise NotImplementedError('bias-gradient: to do')",
            ("NotImplementedError", "bias-gradient: to do"),
        ),
        ("def f(): f()\nf()", ("RecursionError", "maximum recursion depth exceeded")),
    ],
)
def test_an_error_ends_its_cell_and_not_the_notebook(run, cell, error):
    """The error is reported with type and text, and the next cell runs."""
    report, after = run(cell, "'still here'")
    if error is not None:
        assert report.error == error
        assert report.outputs[-1]["ename"] == error[0]
        assert report.outputs[-1]["evalue"] == error[1]
    assert shown(after) == [{"text/plain": "'still here'"}]


def test_what_was_printed_before_an_error_is_kept(run):
    """Output comes first, the error last, with the student's own line and no line of ours."""
    (report,) = run("print('before')\nvalue = {}\nvalue['missing']")
    assert [output["output_type"] for output in report.outputs] == ["stream", "error"]
    assert report.outputs[-1]["traceback"] == ["----> value['missing']", "KeyError: 'missing'"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("raise RuntimeError", "(its text could not be made)"),
        ("raise SystemExit", "(its text could not be made)"),
        ("return 5", "(its text could not be made)"),
        ("return type('S', (str,), {'__getitem__': lambda *a: 5, '__len__': lambda s: -1})('lie')", "lie"),
        ("return 'x' * 10**6", "x" * 2000),
    ],
)
def test_an_exception_whose_text_is_a_trap_is_reported(run, body, text):
    """`__str__` may raise, return no text, a lying subclass of str or a flood."""
    cell = f"class E(Exception):\n    def __str__(self):\n        {body}\nraise E"
    report, after = run(cell, "1")
    assert report.error == ("E", text)
    assert after.error is None


def test_an_exception_whose_text_hangs_meets_the_cell_limit(run):
    """The clock is still running while the text is made."""
    cell = "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E"
    report, after = run(cell, "1")
    assert report.error in OUT_OF_TIME
    assert after.error is None


def test_a_syntax_error_with_a_made_up_message_is_described():
    """The parts of a SyntaxError are student data too."""

    class Trap:
        def __format__(self, spec):
            raise RuntimeError

    error = SyntaxError("m")
    error.msg = Trap()
    assert describe_exception(error) == ("SyntaxError", "(its text could not be made)")


# ----- limits -----


def test_a_loop_meets_the_cpu_limit_of_its_cell(run):
    """An endless loop is interrupted, named as such, and the next cell runs."""
    report, after = run("while True: pass", "1")
    assert report.error in OUT_OF_TIME
    assert after.error is None


def test_sleeping_meets_the_wall_clock(run):
    """Waiting uses no CPU time; the wall clock ends it."""
    started = time.monotonic()
    report, after = run("import time\ntime.sleep(60)", "1")
    assert report.error == ("TimeLimit", "the cell took more than 1.5 s")
    assert after.error is None
    assert time.monotonic() - started < 10


@pytest.mark.slow
def test_a_loop_that_catches_everything_costs_only_its_own_cell(run):
    """A cell that will not be interrupted ends its process; the notebook is run again without it."""
    catching = "while True:\n    try:\n        loop()\n    except BaseException: pass"
    # caught twice: the signal may come where an exception is being caught
    loop = f"def loop():\n    while True: sum([1])\n{catching.replace('loop()', 'exec(catching)')}"
    loop = f"catching = {catching!r}\n{loop}"
    started = time.monotonic()
    first, report, after = run("x = 1", loop, "x")
    assert first.ended is None
    assert report.ended is not None
    assert shown(after) == [{"text/plain": "1"}]
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_flood_of_output_is_cut(run, stream):
    """What is beyond the limit is counted and not kept."""
    (report,) = run(f"import sys\nfor i in range(100):\n    print('x' * 999, file=sys.{stream})")
    text = texts(report, stream)
    assert text.startswith("x" * 999)
    assert len(text) < LIMITS.output_kib * 1024 + 100
    cut = f"({100_000 - LIMITS.output_kib * 1024} more characters were cut: "
    assert text.endswith(f"{cut}the limit for the output of a cell is {LIMITS.output_kib} KiB)\n")


def test_a_flood_of_displays_is_cut(run):
    """Displays count together."""
    (report,) = run("for i in range(1000):\n    display('x' * 100)")
    assert sum(len(str(data)) for data in shown(report)) < 3 * LIMITS.output_kib * 1024
    assert shown(report)[-1]["text/plain"].startswith("…")


def test_an_endless_repr_meets_the_limit(run):
    """Displaying a value is part of its cell."""
    (report,) = run("class A:\n    def __repr__(self):\n        while True: pass\nA()")
    assert report.error is not None
    assert report.error[0] == "TimeLimit"


def test_output_below_the_python_level_goes_nowhere(run):
    """Writing to the descriptors of the standard streams reaches nobody and blocks nothing."""
    (report,) = run("import os\nos.write(1, b'x' * 2**20); os.write(2, b'y'); os.read(0, 10)")
    assert report.error is None
    assert shown(report) == [{"text/plain": "b''"}]


def test_shell_commands_are_harmless(run):
    """A `!command` runs or fails without taking the notebook with it."""
    _, after = run("!echo hello", "1")
    assert after.error is None


# ----- what a cell does to the shell -----


@pytest.mark.parametrize(
    "cell",
    [
        "get_ipython().display_pub.outputs.append('nonsense')",
        "get_ipython().display_pub.outputs.append({'data': 5})",
        "get_ipython().display_pub.outputs.append({'data': {'text/plain': 5}})",
        "get_ipython().display_pub.outputs.append({'data': {'text/plain': type('S', (str,), {})('x')}})",
        "get_ipython().display_pub.outputs = None",
        "import sys\nsys.stdout = sys.stderr = None",
        "import sys\nsys.stdout.close()",
        "get_ipython().showtraceback = None\n1 / 0",
        "import signal\nsignal.setitimer(signal.ITIMER_PROF, 0)",
        "get_ipython().reset()",
    ],
)
def test_a_tampered_shell_harms_only_its_own_outputs(run, cell):
    """Whatever a cell does to the shell's parts, later cells run."""
    _, after = run(cell, "x = 5", "x")[1:]
    assert shown(after) == [{"text/plain": "5"}]


def test_an_emptied_run_cell_costs_the_student_only_outputs(run):
    """A patched `run_cell` is answered by reports of errors, not by a crash of ours."""
    reports = run("get_ipython().run_cell = lambda *a, **k: None", "1", "2")
    assert reports[1].error is not None


def test_capped_text_counts_what_it_cuts():
    """The stream keeps the first characters and says how many are missing."""
    stream = CappedText(1024)
    assert stream.write("a" * 1000) == 1000
    assert stream.write("b" * 26) == 26
    note = "… (2 more characters were cut: the limit for the output of a cell is 1 KiB)"
    assert stream.text() == "a" * 1000 + "b" * 24 + f"\n{note}\n"
    assert stream.writable()
    with pytest.raises(TypeError, match="must be str"):
        stream.write(b"bytes")
