"""Real processes: however a submission behaves, the other exercises and the next student are unaffected."""

from __future__ import annotations

import contextlib
import signal
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest

from autograder import sandbox as sandbox_module
from autograder.assignment import Limits
from autograder.errors import CourseError, LimitExceeded, ProtocolError, WorkerGone
from autograder.sandbox import Sandbox
from autograder.student import NameMissing, StudentRaised
from autograder.student.remote import open_submission
from autograder.worker.wire import Opaque, decode

LIMITS = Limits(call_cpu_s=0.4, cell_cpu_s=0.4, submission_cpu_s=2, memory_mib=256, output_kib=16)
needs_fork = pytest.mark.skipif(not sandbox_module.HAS_FORK, reason="needs a system with fork")

LAYER = """
import numpy as np
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.x = self.dW = self.db = None
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, dout):
        self.dW, self.db = self.x.T @ dout, dout.sum(axis=0)
        return dout @ self.W.T
class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr
    def update(self, params, grads):
        for key in params:
            params[key] -= self.lr * grads[key]
def rebind(params):
    params['W'] = params['W'] * 2
def same(x):
    return x
"""


@pytest.fixture(scope="module")
def warm():
    """Return a sandbox for the tests that leave its warm process alive."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(params=["fork", "fresh"])
def sandbox(request, warm, monkeypatch):
    """Return a sandbox with and without fork: what holds on Linux holds on Windows."""
    if request.param == "fork":
        if not sandbox_module.HAS_FORK:
            pytest.skip("needs a system with fork")
        yield warm
        return
    monkeypatch.setattr(sandbox_module, "HAS_FORK", False)
    with Sandbox() as fresh:
        yield fresh


@contextlib.contextmanager
def student_of(sandbox, *cells, limits=LIMITS):
    """Open the student of a notebook that consists of the given cells."""
    with open_submission(sandbox, cells, limits) as submission, submission.student("e") as student:
        yield student


def outcome(function, *args):
    """Return what a call gives: a value, or the type of what it raises."""
    try:
        return function(*args)
    except (StudentRaised, NameMissing, WorkerGone, TypeError) as error:
        return type(error)


# ----- the student, with and without fork -----


def test_a_layer_is_used_like_a_local_object(sandbox):
    """Constructor, methods and attributes work across the wire and give arrays."""
    x, W, b, dout = np.ones((4, 2)), np.eye(2, 3), np.arange(3.0), np.ones((4, 3))
    with student_of(sandbox, LAYER) as student:
        layer = student.Affine(W, b)
        np.testing.assert_array_equal(layer.forward(x), x @ W + b, strict=True)
        np.testing.assert_array_equal(layer.backward(dout), dout @ W.T, strict=True)
        np.testing.assert_array_equal(layer.dW, x.T @ dout, strict=True)
        np.testing.assert_array_equal(layer.db, dout.sum(axis=0), strict=True)
        assert layer.x is x
        assert layer.W is W


def test_a_method_is_asked_for_once(warm):
    """Of a second instance a method's call alone crosses the wire, and a name crosses once in a test."""
    with student_of(warm, LAYER) as student:
        asked = []
        ask = student._link.process.request
        student._link.process.request = lambda payload: asked.append(decode(payload)[1]) or ask(payload)
        for _ in range(2):
            student.begin_test()
            for _ in range(2):
                student.Affine(np.eye(2), np.zeros(2)).forward(np.eye(2))
    assert [each[0] if each[0] != "begin" else ("begin", each[1][0]) for each in asked] == 2 * [
        *[("begin", "get"), "call", "getattr", "call"],
        *["call", "method"],
    ]


def test_a_method_can_be_more_than_called(sandbox):
    """A method that was not asked for is, when it is passed on, looked at or written to."""
    cell = LAYER + "\ndef is_method_of(f, x): return f.__self__ is x['layer'][0]\n"
    with student_of(sandbox, cell) as student:
        student.Affine(np.eye(2), np.zeros(2)).forward(np.eye(2))
        layer = student.Affine(np.eye(2), np.zeros(2))
        assert student.is_method_of(layer.forward, {"layer": [layer]}) is True
        assert student.same({"in": [layer.forward]})["in"][0](np.eye(2)).tolist() == np.eye(2).tolist()
        assert outcome(getattr, layer.forward, "nothing") is NameMissing
        assert outcome(setattr, layer.forward, "x", 1) is StudentRaised


def test_a_method_that_another_instance_lacks_is_the_students_fault(sandbox):
    """An attribute that is a method of one object and a number of the next is no fault of ours."""
    make = "def __init__(self, f=None):\n        self.f = f or (lambda: 1)\n"
    cell = f"class A:\n    {make}\ndef same(x): return x\n"
    with student_of(sandbox, cell) as student:
        assert student.A().f() == 1
        assert outcome(student.A(2).f) is StudentRaised
        assert outcome(student.same, student.A(2).f) is StudentRaised
        assert student.same(3) == 3


def test_a_name_that_a_call_binds_anew_keeps_its_meaning_in_the_next_test(sandbox):
    """A class that was asked for by name is the notebook's, also after student code has put another there."""
    cell = "class A: n = 1\nclass B: n = 2\ndef swap():\n    global A\n    A = B\n"
    with student_of(sandbox, cell) as student:
        for _ in range(2):
            student.begin_test()
            assert student.A().n == 1
            student.swap()


def test_an_optimizer_changes_our_arrays_in_place(sandbox):
    """The arrays in `params` are changed, not replaced, and a layer that holds them sees it."""
    W = np.ones((2, 2))
    params = {"W": W}
    with student_of(sandbox, LAYER) as student:
        layer = student.Affine(W, np.zeros(2))
        student.SGD(lr=0.5).update(params, {"W": np.ones((2, 2))})
        assert params["W"] is W
        np.testing.assert_array_equal(W, np.full((2, 2), 0.5))
        np.testing.assert_array_equal(layer.forward(np.eye(2)), W)
        student.rebind(params)
        assert params["W"] is not W
        np.testing.assert_array_equal(params["W"], np.ones((2, 2)))


def test_attributes_can_be_set_and_missing_ones_are_named(warm):
    """Setting an attribute reaches the object; asking for one that is not there says so."""
    with student_of(warm, LAYER) as student:
        layer = student.Affine(np.eye(2), np.zeros(2))
        layer.b = np.ones(2)
        np.testing.assert_array_equal(layer.forward(np.zeros((1, 2))), [[1, 1]])
        with pytest.raises(NameMissing, match="dZ"):
            _ = layer.dZ
        with pytest.raises(NameMissing, match="no cell defines Missing"):
            _ = student.Missing


def test_an_exception_arrives_with_type_text_and_line(sandbox):
    """What student code raised is told in the student's own words."""
    with student_of(sandbox, "def f(x):\n    return x['no']") as student:
        with pytest.raises(StudentRaised) as raised:
            student.f({})
        assert (raised.value.type_name, raised.value.text) == ("KeyError", "'no'")
        assert raised.value.line == "return x['no']"


@pytest.mark.parametrize(
    "body",
    [
        "import sys; sys.exit(0)",
        "raise KeyboardInterrupt",
        "raise GeneratorExit",
        "class E(BaseException): pass\n    raise E",
        "return input('?')",
        "assert False",
        "raise StopIteration",
    ],
)
def test_any_exception_of_a_call_is_an_observation(warm, body):
    """Exits and exotic exceptions end their call and not the process."""
    with student_of(warm, f"def f():\n    {body}\ndef g(): return 1") as student:
        with pytest.raises(StudentRaised):
            student.f()
        assert student.g() == 1


@pytest.mark.parametrize("body", ["raise RuntimeError", "return 5", "return 'x' * 10**6"])
def test_an_exception_whose_text_is_a_trap_is_capped(warm, body):
    """The text of an exception may raise, be no text, or be a flood."""
    cell = f"class E(Exception):\n    def __str__(self):\n        {body}\ndef f(): raise E"
    with student_of(warm, cell) as student:
        with pytest.raises(StudentRaised) as raised:
            student.f()
        assert raised.value.type_name == "E"
        assert len(raised.value.text) <= 2000


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("x = []; x.append(x); return x", "recursion"),
        ("return 10**1000", "too large"),
        ("return [None] * 10**6", "too long"),
        ("return 'x' * (2**26 + 1)", "too many"),
        ("x = [1]\n    for _ in range(40): x = [x]\n    return x", "nested"),
        ("M = type('M', (type,), {'__name__': property(lambda c: 1/0)}); return M('A', (), {})()", "zero"),
    ],
)
def test_a_result_that_cannot_be_sent_is_the_students_mistake(warm, body, reason):
    """It ends in one sentence, and the objects shared before still work."""
    cell = f"def f(p):\n    p += 1\n    {body}\ndef g(p): p += 1"
    with student_of(warm, cell, limits=Limits()) as student:
        p = np.zeros(2)
        with pytest.raises(StudentRaised, match=reason):
            student.f(p)
        student.g(p)
        np.testing.assert_array_equal(p, [2, 2])


def test_lookalikes_do_not_arrive_as_arrays(warm):
    """A subclass that lies about its values arrives as an object with a name."""
    cell = "import numpy as np\nclass Liar(np.ndarray):\n    __eq__ = lambda s, o: True\n"
    with student_of(warm, cell + "def f(): return np.zeros(2).view(Liar)") as student:
        result = student.f()
    assert isinstance(result, Opaque)
    assert result.opaque_type_name == "Liar"


def test_every_test_starts_from_the_state_that_the_notebook_left(sandbox):
    """Class attributes, globals, default arguments and names are put back."""
    cell = """
class Momentum:
    v = {}
    def update(self, key):
        self.v[key] = self.v.get(key, 0) + 1
        return self.v[key]
calls = []
def count(seen=[]):
    seen.append(1); calls.append(1)
    globals()['stray'] = 1
    return len(seen), len(calls)
"""
    with student_of(sandbox, cell) as student:
        for _ in range(2):
            student.begin_test()
            assert student.Momentum().update("W") == 1
            assert student.Momentum().update("W") == 2
            assert student.count() == (1, 1)
            assert student.count() == (2, 2)
            student.begin_test()
            assert outcome(getattr, student, "stray") is NameMissing


def test_an_object_of_an_earlier_test_is_refused(sandbox):
    """An object that was kept over `begin_test` is our mistake and not taken for another object."""
    with student_of(sandbox, LAYER) as student:
        student.begin_test()
        layer = student.Affine(np.eye(2), np.zeros(2))
        student.begin_test()
        with pytest.raises(ValueError, match="no longer shared"):
            student.same(layer)
        assert student.same(1) == 1


def test_exercises_are_tested_one_after_the_other(sandbox):
    """Each exercise opens a student of its own."""
    with open_submission(sandbox, [LAYER], LIMITS) as submission:
        for exercise in "abc":
            with submission.student(exercise) as student:
                assert student.same(1) == 1


# ----- cells that end the process -----


@pytest.mark.parametrize(
    ("killer", "reason"),
    [
        ("import os; os._exit(0)", "the code ended its own process (exit code 0)"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "the process was killed"),
        ("import ctypes; ctypes.string_at(0)", "the process crashed (SIGSEGV)"),
        ("import os; os.abort()", "the process crashed (SIGABRT)"),
        ("import os\nif os.fork(): os._exit(3)\nelse:\n    while True: pass", "exit code 3"),
    ],
    ids=["exit", "kill", "segfault", "abort", "exit-behind-a-child"],
)
def test_a_cell_that_ends_the_process_is_left_out(warm, killer, reason):
    """The other cells are run again without it, and the report says what happened."""
    cells = ["x = 1", killer, "def f(): return x"]
    with open_submission(warm, cells, LIMITS) as submission:
        assert [report.ended is None for report in submission.reports] == [True, False, True]
        assert reason in submission.reports[1].ended
        with submission.student("e") as student:
            assert student.f() == 1
            assert outcome(getattr, student, "missing") is NameMissing


def test_a_notebook_of_crashes_has_no_student(warm):
    """After a few restarts the notebook is given up, with a reason."""
    with open_submission(warm, ["import os; os._exit(1)"] * 6, LIMITS) as submission:
        with pytest.raises(WorkerGone, match="could not be run"), submission.student("e"):
            pass
        assert sum(report.ended is not None for report in submission.reports) == 4


@pytest.mark.slow
def test_a_cell_that_stops_its_process_is_left_out_when_the_time_is_over(warm):
    """A stopped process uses no time of its own; the clock of this side ends it."""
    limits = Limits(call_cpu_s=0.2, cell_cpu_s=0.2, submission_cpu_s=0.5)
    cells = ["x = 1", "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)"]
    started = time.monotonic()
    with open_submission(warm, cells, limits) as submission:
        assert submission.reports[1].ended == "the cells did not finish within 2.5 s and were stopped"
        with submission.student("e") as student:
            assert student.x == 1
    assert time.monotonic() - started < 10


# ----- calls that end the process -----


@needs_fork
@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("import os; os._exit(0)", r"the code ended its own process \(exit code 0\)"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "was killed"),
        ("import ctypes; ctypes.string_at(0)", r"the process crashed \(SIGSEGV\)"),
        ("import os; os.abort()", r"the process crashed \(SIGABRT\)"),
        ("import os, signal; os.kill(os.getpid(), 64)", r"the process crashed"),
    ],
    ids=["exit", "kill", "segfault", "abort", "real-time signal"],
)
def test_a_call_that_ends_the_process_costs_its_exercise(warm, body, reason):
    """Later requests of the exercise fail at once with the same reason; the next exercise is unaffected."""
    cell = f"def f():\n    {body}\ndef g(): return 1"
    with open_submission(warm, [cell], LIMITS) as submission:
        with submission.student("a") as student:
            with pytest.raises(WorkerGone, match=reason) as first:
                student.f()
            with pytest.raises(WorkerGone) as second:
                student.begin_test()
            assert second.value is first.value
        with submission.student("b") as student:
            assert student.g() == 1


def test_a_loop_in_a_call_costs_its_limit_once(sandbox):
    """An endless loop is ended at the limit, and every later request fails at once."""
    with (
        open_submission(sandbox, ["def f():\n    while True: pass"], LIMITS) as submission,
        submission.student("a") as student,
    ):
        started = time.monotonic()
        with pytest.raises(WorkerGone):
            student.f()
        assert time.monotonic() - started < 10
        started = time.monotonic()
        for _ in range(20):
            with pytest.raises(WorkerGone):
                student.begin_test()
        assert time.monotonic() - started < 0.5


@needs_fork
def test_a_loop_in_a_call_is_named_with_its_limit(warm):
    """The sentence names the CPU seconds that were allowed."""
    with (
        student_of(warm, "def f():\n    while True: pass") as student,
        pytest.raises(LimitExceeded, match=r"0\.4 s of CPU time|within 2 s"),
    ):
        student.f()


@pytest.mark.parametrize(
    "body",
    ["import time; time.sleep(60)", "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)"],
    ids=["sleep", "stop"],
)
@pytest.mark.slow
def test_waiting_in_a_call_meets_the_wall_clock(warm, body):
    """What uses no CPU time is ended by the clock of this side."""
    started = time.monotonic()
    with (
        student_of(warm, f"def f():\n    {body}") as student,
        pytest.raises(LimitExceeded, match=r"within 2 s"),
    ):
        student.f()
    assert time.monotonic() - started < 5


@needs_fork
@pytest.mark.slow
def test_many_slow_calls_meet_the_deadline_of_the_exercise(warm):
    """Calls that each stay below their limit are bounded together."""
    limits = Limits(call_cpu_s=0.4, submission_cpu_s=0.5)
    started = time.monotonic()
    with (
        student_of(warm, "import time\ndef f(): time.sleep(0.4)", limits=limits) as student,
        pytest.raises(LimitExceeded, match=r"all calls together took more than 2\.5 s"),
    ):
        [student.f() for _ in range(100)]
    assert time.monotonic() - started < 10


@needs_fork
@pytest.mark.slow
def test_many_slow_exercises_share_one_deadline(warm):
    """A submission that is slow in all its exercises does not take the time of each of them."""
    limits = Limits(call_cpu_s=0.2, submission_cpu_s=0.4)
    started = time.monotonic()
    with open_submission(warm, ["import time\ndef f(): time.sleep(0.3)"], limits) as submission:
        for _ in range(5):
            with (
                submission.student("e") as student,
                pytest.raises(LimitExceeded, match=r"within 1 s|more than"),
            ):
                [student.f() for _ in range(100)]
    assert time.monotonic() - started < 8


@needs_fork
def test_an_ignored_timer_is_followed_by_the_hard_limit(warm):
    """Student code that disarms the timer of its call meets the CPU limit of the kernel."""
    body = "import signal\n    signal.setitimer(signal.ITIMER_PROF, 0)\n    while True: pass"
    limits = Limits(call_cpu_s=1, submission_cpu_s=1)
    with student_of(warm, f"def f():\n    {body}", limits=limits) as student, pytest.raises(WorkerGone):
        student.f()


@needs_fork
def test_memory_beyond_the_limit_is_an_error_of_the_call(warm):
    """An allocation beyond the limit raises a memory error that says so, and the process lives on."""
    cell = "import numpy as np\ndef f(): return np.ones((2**16, 2**16))\ndef g(): return bytearray(2**29)"
    with student_of(warm, cell + "\ndef h(): return 1") as student:
        with pytest.raises(StudentRaised, match="Unable to allocate"):
            student.f()
        with pytest.raises(StudentRaised, match="the memory limit is 256 MiB"):
            student.g()
        assert student.h() == 1


@needs_fork
def test_memory_beyond_the_limit_is_an_error_of_the_cell(warm):
    """The same in a cell, and the next cell runs."""
    with open_submission(warm, ["x = bytearray(2**30)", "y = 1"], LIMITS) as submission:
        assert submission.reports[0].error == ("MemoryError", "(the memory limit is 256 MiB)")
        assert submission.reports[1].error is None


def test_a_flood_of_output_in_a_call_blocks_nothing(sandbox):
    """What a call prints goes nowhere, however much it is."""
    cell = "import os, sys\ndef f():\n    print('x' * 10**7)\n    os.write(1, b'y' * 10**7)\n    return 1"
    with student_of(sandbox, cell) as student:
        assert student.f() == 1


def test_warnings_of_a_call_are_not_graded(warm):
    """A warning, even where the notebook made warnings errors, changes no result."""
    cell = "import warnings, numpy as np\nwarnings.simplefilter('error')\n"
    with student_of(warm, cell + "def f(x): return x / 0") as student:
        np.testing.assert_array_equal(student.f(np.ones(1)), [np.inf])


# ----- nothing is left behind -----


def is_alive(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in ("Z", "X")


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs a /proc")

DAEMON = """
import os, time
def daemon(folder):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            with open(folder + '/pid.new', 'w') as file:
                file.write(str(os.getpid()))
            os.rename(folder + '/pid.new', folder + '/pid')
            time.sleep(600)
        os._exit(0)
    while not os.path.exists(folder + '/pid'):
        time.sleep(0.01)
"""


@needs_fork
@needs_proc
@pytest.mark.parametrize("where", ["cell", "call"])
def test_daemons_are_gone_with_their_submission(warm, tmp_path, where):
    """A doubly forked process in a session of its own is found and ended."""
    cells = [DAEMON, f"daemon({str(tmp_path)!r})"] if where == "cell" else [DAEMON]
    with open_submission(warm, cells, LIMITS) as submission, submission.student("e") as student:
        if where == "call":
            student.daemon(str(tmp_path))
        pid = int((tmp_path / "pid").read_text())
        assert is_alive(pid)
    assert not is_alive(pid)


@needs_fork
def test_a_grandchild_that_holds_the_pipe_does_not_delay(warm):
    """The end of the process is seen although somebody still holds its end of the wire."""
    body = "import os, time\n    if os.fork() == 0:\n        time.sleep(600)\n    os._exit(3)"
    started = time.monotonic()
    with student_of(warm, f"def f():\n    {body}") as student, pytest.raises(WorkerGone, match="exit code 3"):
        student.f()
    assert time.monotonic() - started < 5


@needs_fork
@needs_proc
def test_no_folder_process_or_descriptor_is_left(tmp_path, monkeypatch):
    """After a class of unruly submissions everything is as before."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    cells = [
        "import os, tempfile\nopen('file', 'w').close()\nos.mkdir('d')\nopen('d/f', 'w').close()",
        "tempfile.mkdtemp()\nos.symlink('/', 'root')\nos.chmod('d', 0)",
        "if os.fork() == 0:\n    import time\n    time.sleep(600)",
        "def f(): os._exit(0)",
    ]
    descriptors = set(Path("/proc/self/fd").iterdir())
    with Sandbox() as sandbox:
        for _ in range(3):
            with student_of(sandbox, *cells) as student:
                assert outcome(student.f) is WorkerGone
        warm = sandbox._warm.pid
        assert Path(f"/proc/{warm}/task/{warm}/children").read_text() == ""
        assert not list(sandbox.folder.glob("work-*"))
    assert not is_alive(warm)
    assert list(tmp_path.iterdir()) == []
    assert set(Path("/proc/self/fd").iterdir()) == descriptors


def test_no_folder_is_left_without_fork(tmp_path, monkeypatch):
    """The folder of a fresh process goes with it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sandbox_module, "HAS_FORK", False)
    with Sandbox() as sandbox, student_of(sandbox, "open('file', 'w').close()", LAYER) as student:
        assert student.same(1) == 1
    assert list(tmp_path.iterdir()) == []


# ----- one submission and the next -----


def test_two_submissions_do_not_see_each_other(sandbox):
    """Names, modules, patches and files of one submission are unknown to the next."""
    first = """
import sys, types, builtins, os, numpy as np
np.zeros = lambda *a: 'patched'
builtins.leak = 1
sys.modules['leak'] = types.ModuleType('leak')
os.environ['LEAK'] = '1'
open('leak', 'w').close()
open(os.path.expanduser('~/leak'), 'w').close()
"""
    second = """
import sys, builtins, os, numpy as np
seen = [type(np.zeros(1)).__name__, hasattr(builtins, 'leak'), 'leak' in sys.modules, 'LEAK' in os.environ,
        os.path.exists('leak'), os.path.exists(os.path.expanduser('~/leak'))]
"""
    with open_submission(sandbox, [first], LIMITS):
        pass
    with student_of(sandbox, second) as student:
        assert student.seen == ["ndarray", False, False, False, False, False]


def test_exercises_do_not_see_each_other(warm):
    """What the tests of one exercise leave behind is unknown to the next."""
    cell = (
        "import numpy as np\nstate = []\ndef f():\n    state.append(1); np.ones = None\n    return len(state)"
    )
    with open_submission(warm, [cell], LIMITS) as submission:
        for exercise in "ab":
            with submission.student(exercise) as student:
                assert student.f() == 1


def test_the_same_notebook_gives_the_same_values(sandbox):
    """Unseeded global generators, hashes and set orders are the same in every grading."""
    cell = """
import random, numpy as np
values = [random.random(), float(np.random.rand()), hash('text'), list({'a', 'b', 'c', 'd'})]
def draw(): return float(np.random.rand())
"""

    def grade():
        with student_of(sandbox, cell) as student:
            return student.values, student.draw()

    assert grade() == grade()


@needs_fork
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM], ids=lambda s: s.name)
def test_a_warm_process_that_a_submission_ends_or_stops_is_replaced(number):
    """Without walls a submission can signal its parent; the next one still works."""
    with Sandbox() as sandbox:
        with open_submission(sandbox, [f"import os; os.kill(os.getppid(), {number:d})"], LIMITS):
            pass
        started = time.monotonic()
        with student_of(sandbox, LAYER) as student:
            assert student.same(2) == 2
        assert time.monotonic() - started < 10


@needs_fork
@needs_proc
def test_a_submission_dies_with_its_warm_process(tmp_path):
    """A submission that kills its parent does not outlive it."""
    cell = f"import os\nopen({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))"
    with (
        Sandbox() as sandbox,
        open_submission(sandbox, [cell, "os.kill(os.getppid(), 9)\nwhile True: pass"], LIMITS),
    ):
        pass
    assert not is_alive(int((tmp_path / "pid").read_text()))


@needs_fork
def test_killing_the_parent_in_a_call_costs_the_submission(warm):
    """A call that kills the submission's process leaves nobody to ask; the next submission works."""
    cell = "import os\ndef f():\n    os.kill(os.getppid(), 9)\n    return 1"
    with open_submission(warm, [cell], LIMITS) as submission:
        with submission.student("a") as student:
            assert outcome(student.f) in {1, WorkerGone}
        with pytest.raises(WorkerGone), submission.student("b"):
            pass
    with student_of(warm, LAYER) as student:
        assert student.same(3) == 3


# ----- forged answers -----

FORGER = """
import os, socket, struct
def write(payload):
    for fd in range(3, 64):
        try:
            os.write(fd, payload)
        except OSError:
            pass
def frame(value):
    return b'AGW1' + struct.pack('!I', len(value)) + value
"""

FORGERIES = [
    "b'garbage' * 10",
    "b'\\0' * 10**5",
    "b'AGW1' + b'\\xff' * 4",
    "b'AGW1' + struct.pack('!I', 100)",
    "frame(b'N')",
    "frame(b'U' + struct.pack('!I', 0))",
    "frame(b'U\\0\\0\\0\\2L\\0\\0\\0\\0U\\0\\0\\0\\2S\\0\\0\\0\\2okI\\1\\5')",
    "frame(b'U\\0\\0\\0\\2L\\0\\0\\0\\0U\\0\\0\\0\\2S\\0\\0\\0\\2okR' + struct.pack('!q', 77))",
    "frame(b'U\\0\\0\\0\\3S\\0\\0\\0\\5endedS\\0\\0\\0\\4exitD' + struct.pack('!d', float('inf')))",
    "frame(b'U\\0\\0\\0\\1S\\0\\0\\0\\4done') * 5",
    "frame(b'U\\0\\0\\0\\1S\\0\\0\\0\\6forked') * 5",
    "frame(b'U\\0\\0\\0\\2S\\0\\0\\0\\4cellI\\1\\x63') * 5",
    "frame(b'U\\0\\0\\0\\4S\\0\\0\\0\\3ranI\\1\\0L\\0\\0\\0\\1U\\0\\0\\0\\1S\\0\\0\\0\\7displayN') * 5",
]


def forge_in_a_call(sandbox, forgery):
    """Call a function that writes to every descriptor, three times; return what came of it."""
    cell = FORGER + f"def f():\n    write({forgery})\n    return 7\ndef g(): return 8"
    with student_of(sandbox, cell) as student:
        return [outcome(lambda name=name: getattr(student, name)()) for name in "ffg"]


@needs_fork
@pytest.mark.parametrize("forgery", FORGERIES)
def test_forged_frames_in_a_call_give_a_wrong_answer_at_most(warm, forgery):
    """Bytes on every open descriptor are an answer, or end the exercise; nothing else comes out."""
    for result in forge_in_a_call(warm, forgery):
        assert result in {5, 7, 8, WorkerGone, ProtocolError, LimitExceeded, TypeError}
    with student_of(warm, LAYER) as student:
        assert student.same(4) == 4


def test_forged_frames_in_a_call_end_a_fresh_process(monkeypatch):
    """The same without fork."""
    monkeypatch.setattr(sandbox_module, "HAS_FORK", False)
    with Sandbox() as sandbox:
        assert forge_in_a_call(sandbox, FORGERIES[0]) == [ProtocolError] * 3


@needs_fork
@pytest.mark.parametrize("forgery", FORGERIES)
def test_forged_frames_in_a_cell_give_wrong_reports_at_most(warm, forgery):
    """While the cells run, forged reports concern the forger's own notebook alone."""
    limits = Limits(call_cpu_s=0.2, cell_cpu_s=0.2, submission_cpu_s=0.3)
    with open_submission(warm, [FORGER, f"write({forgery})", "x = 1"], limits) as submission:
        assert len(submission.reports) == 3
        with contextlib.suppress(WorkerGone), submission.student("a") as student:
            outcome(getattr, student, "x")
    with student_of(warm, LAYER) as student:
        assert student.same(5) == 5


def test_an_answer_sent_twice_ends_the_exercise(warm):
    """A surplus answer is no answer to the next request."""
    answer = "frame(b'U\\0\\0\\0\\2L\\0\\0\\0\\0U\\0\\0\\0\\2S\\0\\0\\0\\2okI\\1\\5')"
    with student_of(warm, FORGER + f"def f():\n    write({answer})\n    return 7") as student:
        assert student.f() == 5
        time.sleep(0.1)
        with pytest.raises(ProtocolError, match="nobody asked for"):
            student.f()


PICTURE = (
    "frame(b'U\\0\\0\\0\\4S\\0\\0\\0\\3ranI\\1\\0L\\0\\0\\0\\1U\\0\\0\\0\\2S\\0\\0\\0\\7displayU\\0\\0\\0\\1"
)


def test_a_forged_picture_cannot_carry_markup(warm):
    """A picture goes into a page as it is, so it must be base64 and nothing else."""
    script = 'S\\0\\0\\0\\x09image/pngS\\0\\0\\0\\x12"><script>x</script'
    cell = FORGER + f"write({PICTURE}U\\0\\0\\0\\2{script}N'))"
    with open_submission(warm, [cell], LIMITS) as submission:
        assert "script" not in str([report.outputs for report in submission.reports])


# ----- starting -----


@needs_fork
def test_a_worker_can_be_started_ahead():
    """Whoever needs it first waits until it is ready, and it is not started twice."""
    with Sandbox() as sandbox:
        sandbox.start()
        process = sandbox._warm
        sandbox.start()
        with student_of(sandbox, LAYER) as student:
            assert student.same(2) == 2
        assert sandbox._warm is process


@needs_fork
def test_a_worker_that_was_started_for_nothing_is_not_waited_for():
    """Leaving before it is ready ends it."""
    with Sandbox(["IPython"]) as sandbox:
        sandbox.start()
        process = sandbox._warm
    assert process.returncode == -signal.SIGKILL


@needs_fork
def test_what_is_wrong_with_a_worker_that_was_started_ahead_is_told_when_it_is_needed():
    """The same sentence as without."""
    with Sandbox(["not_there_at_all"]) as sandbox:
        sandbox.start()
        sandbox._warm.wait()
        with pytest.raises(CourseError, match="not_there_at_all"), sandbox.submission(LIMITS):
            pass


def test_a_library_that_is_not_installed_is_named():
    """The author of an assignment is told what cannot be imported."""
    with (
        Sandbox(["not_there_at_all"]) as sandbox,
        pytest.raises(CourseError, match="not_there_at_all"),
        sandbox.submission(LIMITS),
    ):
        pass


@needs_fork
def test_a_warm_process_that_cannot_be_had_is_reported(monkeypatch):
    """When replacing it once did not help, the submission is given up in a sentence."""
    with Sandbox() as sandbox:
        monkeypatch.setattr(sandbox_module, "_pairs", lambda _record: 5)  # an order that ends the process
        with pytest.raises(WorkerGone, match="grade this one again"), sandbox.submission(LIMITS):
            pass
