"""Requests that are told ahead save time and decide nothing."""

from __future__ import annotations

import contextlib
import struct
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from autograder import sandbox as sandbox_module
from autograder.assignment import Course, Limits
from autograder.bank import MISCONCEPTIONS
from autograder.checks import check_array, check_same_object, keep
from autograder.diagnosis import Observations
from autograder.errors import LimitExceeded, WorkerGone
from autograder.grading import suite_path
from autograder.plugin import Job, read_reference, run_suite
from autograder.rehearsal import Rehearsal
from autograder.sandbox import Sandbox
from autograder.student import StudentRaised
from autograder.student.remote import open_submission
from autograder.worker.wire import join

pytestmark = pytest.mark.skipif(not sandbox_module.HAS_FORK, reason="needs a system with fork")

LIMITS = Limits(call_cpu_s=0.3, cell_cpu_s=0.4, submission_cpu_s=1, memory_mib=256, output_kib=16)

REFERENCE = """
import numpy as np
class Counter:
    def __init__(self, start):
        self.count = start
    def add(self, x):
        self.count = self.count + x.sum()
        return self.count * x
def double(x): return 2 * x
def half(x): return x / 2
def shift(params):
    for key in params: params[key] += 1
"""
X = np.arange(6.0).reshape(2, 3)


@pytest.fixture(scope="module")
def warm():
    """Return a sandbox."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def scripts():
    """Return who rehearses with the reference."""
    return Rehearsal(reference_of(REFERENCE), LIMITS)


def reference_of(code):
    """Return a module."""
    module = ModuleType("reference")
    exec(code, vars(module))
    return module


class Watched:
    """A test, with the number of times that a submission met it."""

    def __init__(self, test):
        self.test, self.met = test, 0

    def __call__(self, student):
        """Return what ends the test."""
        self.met += hasattr(type(student), "meet_test")
        try:
            self.test(student)
        except BaseException as error:  # noqa: BLE001 - as the plugin does
            return error
        return None


@contextlib.contextmanager
def foretold(warm, scripts, code):
    """Open the student of a notebook whose tests are told ahead, and count the messages to it."""
    with (
        open_submission(warm, [code], LIMITS, scripts=scripts) as submission,
        submission.student("e") as student,
    ):
        yield student


def meet(student, test, name="test"):
    """Let a student meet a test as the plugin does."""
    student.begin_test()
    return student.meet_test(name, test)


def messages(student):
    """Count what is sent to the process that the student has now."""
    sent = []
    process = student._link.process
    ask = process.request
    process.request = lambda payload: sent.append(payload) or ask(payload)
    return sent


@Watched
def plain(student):
    """Ask for a few things that do not depend on each other."""
    counter = student.Counter(1.0)
    check_array("first", counter.add(X), 16 * X)
    check_array("second", counter.add(X), 31 * X)
    check_array("double", student.double(X), 2 * X)


WRONG_FIRST = REFERENCE.replace("return self.count * x", "return x")


def test_one_message_holds_a_whole_test(warm, scripts):
    """Where all replies are those of the reference, the test need not even run."""
    plain.met = 0
    with foretold(warm, scripts, REFERENCE) as student:
        sent = messages(student)
        assert [meet(student, plain) for _ in range(3)] == [None] * 3
    assert len(sent) == 3
    assert plain.met == 0


def test_one_message_holds_the_tests_of_an_exercise(warm, scripts):
    """Once they are known; a test that is not known yet is told by itself."""

    @Watched
    def other(student):
        check_array("half", student.half(X), X / 2)

    for expected in (2, 1):
        with foretold(warm, scripts, REFERENCE) as student:
            sent = messages(student)
            assert [meet(student, plain, "a"), meet(student, other, "b")] == [None, None]
        assert len(sent) == expected
    wrong = REFERENCE.replace("x / 2", "x / 3")
    with foretold(warm, scripts, wrong) as student:
        assert meet(student, plain, "a") is None
        assert "half is wrong" in str(meet(student, other, "b"))
    scripts.script("e", "c", other)
    with foretold(warm, scripts, wrong) as student:
        assert "half is wrong" in str(meet(student, other, "c"))
        assert meet(student, plain, "a") is None


def test_what_has_no_room_in_a_message_is_told_in_the_next(warm):
    """Large answers to some tests do not cost the others theirs."""
    code = "import numpy as np\ndef large(n): return np.full(n, 1.0)\n"
    scripts = Rehearsal(reference_of(code), LIMITS)
    tests = [
        Watched(lambda student, n=n: check_array("large", student.large(n), np.full(n, 1.0)))
        for n in (2**19, 2**19 + 1, 3)
    ]
    with foretold(warm, scripts, code) as student:
        assert [meet(student, test, str(place)) for place, test in enumerate(tests)] == [None] * 3
    with foretold(warm, scripts, code) as student:
        sent = messages(student)
        assert [meet(student, test, str(place)) for place, test in enumerate(tests)] == [None] * 3
    assert len(sent) == 3
    assert [test.met for test in tests] == [0, 0, 0]


def test_a_wrong_answer_meets_the_test(warm, scripts):
    """The verdict is the test's, and found without another message."""
    plain.met = 0
    with foretold(warm, scripts, WRONG_FIRST) as student:
        sent = messages(student)
        assert "first is wrong" in str(meet(student, plain))
    assert (len(sent), plain.met) == (1, 1)


def test_an_answer_that_differs_in_the_last_digit_meets_the_test_once(warm, scripts):
    """What has passed with the same replies passes again; with other ones it is seen to pass first."""
    nearly = REFERENCE.replace("self.count * x", "self.count * x * (1 + 1e-15)")
    plain.met = 0
    for _ in range(2):
        with foretold(warm, scripts, nearly) as student:
            assert meet(student, plain) is None
    assert plain.met == 1


def test_an_answer_of_another_kind_is_asked_one_by_one(warm, scripts):
    """A list is not what the reference gave, and the next requests are other ones."""

    def test(student):
        student.f(student.double(X))
        assert student.f(3) == 3

    for double, outcome in (("2 * x", None), ("(2 * x).tolist()", None), ("[]", None)):
        code = f"def f(x): return x\ndef double(x): return {double}"
        scripts = Rehearsal(reference_of("def f(x): return x\ndef double(x): return 2 * x"), LIMITS)
        watched = Watched(test)
        with foretold(warm, scripts, code) as student:
            assert meet(student, watched) is outcome, double
        assert watched.met == (0 if double == "2 * x" else 2)


def test_after_an_exception_nothing_more_is_called(warm, scripts):
    """Student code sees the calls that the test makes and no other."""
    code = REFERENCE + "\ncalls = []\ndef double(x):\n    calls.append(1)\n    raise ValueError('no')\n"
    code += "def half(x): calls.append(2)\ndef count(): return len(calls)\n"
    raising = reference_of(REFERENCE + "\ndef count(): return 1\n")

    @Watched
    def test(student):
        try:
            student.double(X)
        except StudentRaised:
            assert student.count() == 1
        else:
            student.half(X)

    with foretold(warm, Rehearsal(raising, LIMITS), code) as student:
        assert meet(student, test) is None
    assert test.met == 1


ENDS = {
    "exits": ("import os; os._exit(3)", "exit code 3"),
    "is killed": ("import os; os.kill(os.getpid(), 9)", "killed"),
    "loops": ("while True: pass", "CPU"),
    "sleeps": ("import time; time.sleep(60)", "within"),
}
ends = pytest.mark.parametrize(("end", "said"), ENDS.values(), ids=ENDS)


@pytest.mark.slow
@ends
def test_an_end_that_a_test_never_asked_for_does_not_count(warm, scripts, end, said):
    """The first answer is wrong, so the test does not come to the call that ends the process."""
    code = REFERENCE.replace("2 * x", "3 * x") + f"\ndef half(x):\n    {end}\n"

    @Watched
    def test(student):
        check_array("double", student.double(X), 2 * X)
        check_array("half", student.half(X), X / 2)

    with foretold(warm, scripts, code) as student:
        verdict = str(meet(student, test, "a"))
        assert "double is wrong" in verdict
        assert said not in verdict
        assert meet(student, plain, "b").args
        assert "double is wrong" in str(meet(student, test, "a"))


@pytest.mark.slow
@ends
def test_an_end_that_a_test_asks_for_is_told_as_always(warm, scripts, end, said):
    """The script is lost, and the test meets the same end by itself; the next exercise is tested."""
    code = REFERENCE + f"\ndef half(x):\n    {end}\n"

    @Watched
    def test(student):
        student.half(X)

    with open_submission(warm, [code], LIMITS, scripts=scripts) as submission:
        with submission.student("a") as student:
            gone = meet(student, test, "a")
            assert isinstance(gone, WorkerGone)
            assert said in str(gone)
        with submission.student("b") as student:
            assert not hasattr(type(student), "meet_test")  # asked one by one from now on
            assert plain(student) is None


def test_time_that_a_script_has_lost_is_given_back(warm, scripts):
    """A test that waits no longer than it may is not cut short because a script waited before it."""
    code = (
        REFERENCE
        + "\nimport time\ndef half(x): time.sleep(60)\ndef nap(x):\n    time.sleep(x)\n    return 1\n"
    )
    scripts = Rehearsal(reference_of(REFERENCE + "\ndef nap(x): return 1"), LIMITS)
    limits = Limits(call_cpu_s=0.3, submission_cpu_s=0.5)  # 1.5 s by the clock for a call, 2.5 s for all

    @Watched
    def lost(student):
        assert student.double(X) is None
        student.half(X)

    with open_submission(warm, [code], limits, scripts=scripts) as submission:
        with submission.student("a") as student:
            assert isinstance(meet(student, lost, "lost"), AssertionError)
        with submission.student("b") as student:
            assert student.nap(1.3) == 1


# ----- the process of the exercise before -----


@Watched
def halves(student):
    """Ask for something of another exercise."""
    check_array("half", student.half(X), X / 2)


@contextlib.contextmanager
def two_exercises(warm, scripts, code, limits=LIMITS):
    """Open a notebook with two exercises; give its students and the processes that are started for them."""
    started = []
    with open_submission(warm, [code], limits, scripts=scripts) as submission:
        start = submission.process.exercise

        @contextlib.contextmanager
        def counted():
            with start() as process:
                started.append(process)
                yield process

        submission.process.exercise = counted
        yield submission.student, started
    assert all(process.has_ended for process in started)


def meet_both(student):
    """Let both exercises be tested; return what ended their tests."""
    with student("first") as first:
        ended = meet(first, plain, "plain")
    with student("second") as second:
        return ended, meet(second, halves, "halves")


def test_an_exercise_that_passes_lends_its_process_to_the_next(warm, scripts):
    """Starting one costs as much as a dozen tests."""
    with two_exercises(warm, scripts, REFERENCE) as (student, started):
        assert meet_both(student) == (None, None)
    assert len(started) == 1


def test_an_exercise_that_fails_lends_nothing(warm, scripts):
    """What its code did stays with it."""
    with two_exercises(warm, scripts, WRONG_FIRST) as (student, started):
        ended, after = meet_both(student)
    assert "first is wrong" in str(ended)
    assert after is None
    assert len(started) == 2


SPOILERS = {
    "a module": ("np.add = None", "x = x if np.add else 3 * x"),
    "a flag": ("np.spoiled = 1", "x = 3 * x if hasattr(np, 'spoiled') else x"),
    "an end": ("np.spoiled = 1", "import os; hasattr(np, 'spoiled') and os._exit(1)"),
    "a hang": ("np.spoiled = 1", "import time; time.sleep(60 * hasattr(np, 'spoiled'))"),
    "a thread": (
        "import os, threading; threading.Timer(0.1, os._exit, [0]).start()",
        "import time; time.sleep(0.2)",
    ),
}
"""What the code of a first exercise does, and the code of a second one."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", SPOILERS)
def test_no_exercise_is_refused_for_what_another_has_left_behind(warm, scripts, kind):
    """Whatever does not pass in the process of another exercise is held again in one of its own."""
    first, second = SPOILERS[kind]
    code = REFERENCE.replace("return self.count * x", f"{first}; return self.count * x")
    code = code.replace("def half(x): return x / 2", f"def half(x):\n    {second}\n    return x / 2\n")
    for _ in range(2):  # the tests are known the second time, and told in one message
        with two_exercises(warm, scripts, code) as (student, started):
            assert meet_both(student) == (None, None)
        assert len(started) == 2


def test_what_fails_after_another_exercise_fails_in_a_process_of_its_own(warm, scripts):
    """The verdict is what it would be alone."""
    wrong = REFERENCE.replace("x / 2", "x / 3")
    with two_exercises(warm, scripts, wrong) as (student, started):
        ended, after = meet_both(student)
    assert ended is None
    assert "half is wrong" in str(after)
    assert len(started) == 2


def test_a_process_that_is_gone_is_not_lent(warm, scripts):
    """It ended when the first exercise had passed already."""
    with two_exercises(warm, scripts, REFERENCE) as (student, started):
        with student("first") as first:
            assert meet(first, plain, "plain") is None
            started[0].gone = WorkerGone("it ended")
        with student("second") as second:
            assert meet(second, halves, "halves") is None
    assert len(started) == 2


@pytest.mark.slow
def test_time_that_was_lost_in_the_process_of_another_is_given_back(warm, scripts):
    """An exercise has its time, whatever the one before did to it."""
    code = REFERENCE.replace("return self.count * x", "sys.spoiled = 1; return self.count * x")
    code = "import sys, time\n" + code.replace(
        "return x / 2", "time.sleep(60 if hasattr(sys, 'spoiled') else 1.3); return x / 2"
    )
    limits = Limits(call_cpu_s=0.3, submission_cpu_s=0.5)  # 1.5 s by the clock for a call, 2.5 s for all
    with two_exercises(warm, scripts, code, limits) as (student, _):
        assert meet_both(student) == (None, None)


# ----- what is right is not told -----


def dependent(name):
    """Return a test whose last request depends on the answer to the first."""
    second = {
        "entries": lambda out: out + 1,
        "a copy": keep,
        "signs": lambda out: out > 3,
        "the shape": lambda out: np.zeros(out.shape),
        "a sum": lambda out: float(out.sum()),
        "a rank": lambda out: out.ndim,
        "the largest": lambda out: int(out.argmax()),
    }[name]

    def test(student):
        student.half(second(student.double(X + 1)))

    return Watched(test)


@pytest.mark.parametrize("name", ["entries", "a copy", "signs", "the shape", "a sum", "a rank"])
def test_a_script_ends_before_what_depends_on_an_answer(scripts, name):
    """A submission could read the right answer to one request in the next one."""
    script = scripts.script("e", name, dependent(name))
    assert len(script.requests) == 3  # double, its call, half
    assert script.passed == set()


def test_a_script_ends_before_a_copy_of_what_was_changed_in_place(scripts):
    """What the reference does to an argument is an answer too."""

    @Watched
    def test(student):
        params = {"a": X.copy()}
        student.shift(params)
        student.double(params["a"].copy())

    assert len(scripts.script("e", "test", test).requests) == 3


def test_a_script_goes_on_behind_checks_and_with_answers_that_stay_there(scripts):
    """What is passed on as it is crosses as a reference, and tells nothing."""

    @Watched
    def test(student):
        params = {"a": X.copy()}
        held = params["a"]
        student.shift(params)
        check_same_object("a", params["a"], held)
        check_array("a", held, X + 1)
        check_array("half", student.half(student.double(X)), X)

    script = scripts.script("e", "test", test)
    assert len(script.requests) == 6
    assert len(script.passed) == 1


def test_a_test_with_random_inputs_of_its_own_is_asked_one_by_one(warm, scripts):
    """Two rehearsals ask for different things, so that there is nothing to tell ahead."""

    @Watched
    def test(student):
        x = np.random.default_rng().normal(size=3)
        check_array("double", student.double(x), 2 * x)

    assert len(scripts.script("e", "test", test).requests) == 1
    with foretold(warm, scripts, REFERENCE) as student:
        assert meet(student, test) is None
    with foretold(warm, scripts, REFERENCE.replace("2 * x", "3 * x")) as student:
        assert "double is wrong" in str(meet(student, test))


# ----- forged replies -----

FORGER = """
import os, socket, struct
def write(payload):
    for fd in range(3, 64):
        try:
            os.write(fd, b'AGW1' + struct.pack('!I', len(payload)) + payload)
        except OSError:
            pass
"""
OK = b"U\0\0\0\2L\0\0\0\0U\0\0\0\2S\0\0\0\2okI\1\5"
ANSWERS = b"J" + 6 * (struct.pack("!I", len(OK)) + OK)
FORGERIES = {
    "one reply": OK,
    "no reply": b"J",
    "too many replies": b"J" + 9 * (struct.pack("!I", len(OK)) + OK),
    "a reply cut short": b"J" + struct.pack("!I", len(OK)) + OK[:-1],
    "no values": b"J" + 3 * struct.pack("!I", 0),
    "values": ANSWERS,
    "values for a script": b"J" + struct.pack("!I", len(ANSWERS)) + ANSWERS,
    "too many values for a script": b"J" + struct.pack("!I", len(ANSWERS) + 9) + ANSWERS + ANSWERS[1:10],
    "values for two scripts": b"J" + 2 * (struct.pack("!I", len(ANSWERS)) + ANSWERS),
    "nonsense": b"J" + struct.pack("!I", 4) + b"\xff" * 4,
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_forged_replies_are_wrong_answers_at_most(warm, scripts, forgery):
    """Bytes on every descriptor are answers, or lose the script, or end the exercise; never a pass."""
    code = FORGER + REFERENCE.replace("2 * x", "3 * x").replace(
        "self.count = start", f"self.count = start; write({forgery!r})"
    )
    with foretold(warm, scripts, code) as student:
        for _ in range(2):
            with contextlib.suppress(WorkerGone):
                assert meet(student, plain) is not None
    with foretold(warm, scripts, REFERENCE) as student:
        assert meet(student, plain) is None


@pytest.mark.parametrize("ahead", [True, False], ids=["told ahead", "one by one"])
def test_a_forged_reply_of_more_than_a_frame_is_refused(warm, ahead):
    """Several replies may be larger together; none of them is, and a single one never was."""
    code = (
        FORGER
        + f"""
def double(x):
    reply = {OK[:-3]!r} + b'S' + struct.pack('!I', 2**24) + b'x' * 2**24
    inner = b'J' + struct.pack('!I', len(reply)) + reply
    payload = b'J' + struct.pack('!I', len(inner)) + inner if {ahead} else reply
    frame = b'AGW1' + struct.pack('!I', len(payload)) + payload
    for fd in range(3, 64):
        try:
            rest = memoryview(frame)
            sock = socket.socket(fileno=os.dup(fd))
            sock.setblocking(True)
            while rest: rest = rest[sock.send(rest):]
        except OSError:
            pass
"""
    )
    scripts = Rehearsal(reference_of("def double(x): return 2 * x"), LIMITS) if ahead else None

    @Watched
    def test(student):
        student.double(X)

    with foretold(warm, scripts, code) as student:
        student.begin_test()
        error = student.meet_test("t", test) if ahead else test(student)
    assert isinstance(error, WorkerGone)


# ----- the suites -----


def results_of(course, assignment, sandbox, code, scripts):
    """Return results and observations of one answer in a worker."""
    suite = suite_path(assignment.name)
    reference = read_reference(course.reference_path(assignment.name))
    found, seen = [], Observations()
    with open_submission(
        sandbox, [code], assignment.limits, inputs_are_hidden=True, scripts=scripts
    ) as submission:
        job = Job(submission.student, found.extend, seen.saw)
        run_suite(suite, [job], seed=assignment.hidden_seed, reference=reference)
    return found, dict(seen)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["affine", "optimizers"])
def test_known_answers_get_the_same_results_with_and_without(name):
    """Every tenth spelling of the bank: told ahead or asked one by one, results and observations agree."""
    course = Course(Path(__file__).resolve().parents[1])
    assignment = course.read_assignment(name)
    reference = read_reference(course.reference_path(name))
    scripts = Rehearsal(reference, assignment.limits)
    exercises = [exercise.id for exercise in assignment.exercises]
    codes = [
        "import numpy as np\n" + code
        for exercise in exercises
        for misconception in MISCONCEPTIONS[exercise]
        for code in misconception.codes
    ]
    with Sandbox(assignment.libraries) as sandbox:
        for code in codes[::10]:
            told, asked = (results_of(course, assignment, sandbox, code, each) for each in (scripts, None))
            assert told == asked, code


@pytest.mark.slow
def test_a_call_that_hangs_in_a_script_has_the_limit_of_one_call(warm, scripts):
    """Several requests in one message do not have the time of several."""
    code = REFERENCE + "\nimport time\ndef half(x): time.sleep(60)\n"
    with foretold(warm, scripts, code) as student:
        process = student._link.process
        script = scripts.script("e", "half", Watched(lambda student: [student.half(X) for _ in range(9)]))
        with pytest.raises(LimitExceeded, match=r"within 1\.5 s"):
            process.request(join([script.payload]))
