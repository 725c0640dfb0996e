"""The plugin: outcomes, isolation from the surroundings, and what an author is told."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from autograder.assignment import Aspect, Exercise
from autograder.errors import AuthorError, CourseError, LimitExceeded, WorkerGone
from autograder.plugin import Job, collect, run_suite, validate_suite
from autograder.plugin.fixtures import Draw
from autograder.student.live import LiveStudent

SUITE = '''
import pytest
from autograder.checks import Mismatch, check_array, exercise
from autograder.errors import WorkerGone
import numpy as np

@exercise("first", aspect="values")
@pytest.mark.parametrize(("N", "shape"), [(1, (2,)), (2, (3,))])
def test_number(student, N, shape):
    """The number
    is one.

    For authors: nothing of this paragraph is shown.
    """
    check_array("number", student.number(), np.array([1.0]))

@exercise("first", aspect="clean")
def test_name(student):
    """There is a name."""
    student.name

@exercise("second", aspect="values")
def test_draw(student, draw):
    """Drawn numbers arrive."""
    student.seen.append(draw(2, 3))

@exercise("second", aspect="values")
def test_assert(student):
    """It holds."""
    assert student.flag, "the flag is down"
'''


@pytest.fixture(name="suite")
def _suite(tmp_path):
    path = tmp_path / "test_sample.py"
    path.write_text(SUITE)
    return path


def right(**names):
    """Return the names of a right answer, some replaced."""
    return {"number": lambda: np.array([1.0]), "name": "n", "seen": [], "flag": True, **names}


def run(path, *students, open_student=None, **options):
    """Return for each student the results of all tests by id."""
    found = []

    def job(student):
        opener = open_student or (lambda _: contextlib.nullcontext(student))
        return Job(opener, found.append)

    run_suite(path, map(job, students), seed=1, **options)
    return [{test.id: test for _, tests in exercises for test in tests} for exercises in found]


def outcomes(results):
    """Return the outcomes of all tests."""
    return [test.outcome for test in results.values()]


# ----- outcomes -----


def test_right_answer_passes(suite):
    """Every test passes and says what it requires, on one line."""
    (results,) = run(suite, LiveStudent(right()))
    assert list(results) == [
        "test_number[1-shape0]",
        "test_number[2-shape1]",
        "test_name",
        "test_draw",
        "test_assert",
    ]
    assert outcomes(results) == ["passed"] * 5
    assert results["test_number[1-shape0]"].rationale == "The number is one."
    assert results["test_name"].aspect == "clean"


def raiser(error):
    """Return a function that raises."""

    def number():
        raise error

    return number


@pytest.mark.parametrize(
    ("number", "outcome", "words"),
    [
        (lambda: np.array([2.0]), "failed", "With N = 1: number is wrong in 1 of 1 entries"),
        (raiser(ValueError("no\nway")), "failed", "With N = 1: number(...) raised ValueError: no\nway"),
        (raiser(SystemExit(0)), "failed", "raised SystemExit: 0"),
        (raiser(AssertionError()), "failed", "raised AssertionError"),
        (raiser(NotImplementedError("first: return one")), "failed", "\nNot done yet: first: return one"),
        (raiser(RecursionError("deep")), "failed", "raised RecursionError: deep"),
        (pytest.skip, "failed", "raised "),
        (pytest.exit, "failed", "raised "),
        (pytest.xfail, "failed", "raised "),
        (raiser(ValueError("x" * 5000)), "failed", "x" * 299),
        (lambda x: x, "failed", "raised TypeError"),
    ],
)
def test_wrong_answer_fails_with_a_rationale(suite, number, outcome, words):
    """A wrong value or any exception of student code, a forged skip included, is a failed test."""
    (results,) = run(suite, LiveStudent(right(number=number)))
    result = results["test_number[1-shape0]"]
    assert result.outcome == outcome
    assert result.rationale.startswith("The number is one.\n")
    assert words in result.rationale
    assert len(result.rationale) < 500
    assert results["test_name"].outcome == "passed"


def test_values_are_shown_only_when_inputs_are_public(suite):
    """Hidden rationales keep expected and actual values to themselves."""
    student = LiveStudent(right(number=lambda: np.array([2.5])))
    hidden, public = run(suite, student), run(suite, student, reveal=True)
    assert "2.5" not in hidden[0]["test_number[1-shape0]"].rationale
    assert "expected:\n[1.]\nactual:\n[2.5]" in public[0]["test_number[1-shape0]"].rationale


def test_missing_name_fails(suite):
    """A name that the notebook never defined is named."""
    names = right()
    del names["name"]
    (results,) = run(suite, LiveStudent(names))
    assert results["test_name"].outcome == "failed"
    assert "name is not defined" in results["test_name"].rationale


def test_plain_assertion_of_a_suite_fails_with_its_message(suite):
    """An author may use assert; its message is shown."""
    (results,) = run(suite, LiveStudent(right(flag=False)))
    assert results["test_assert"].outcome == "failed"
    assert results["test_assert"].rationale.startswith("It holds.\nthe flag is down")


@pytest.mark.parametrize("wrong", [5, None, "text", [1.0], object()])
def test_a_name_bound_to_the_wrong_thing_is_a_failure(suite, wrong):
    """A suite that trips over what a notebook bound to a name blames the answer, not itself."""
    (results,) = run(suite, LiveStudent(right(number=wrong)))
    called = [result for result in results.values() if result.outcome != "passed"]
    assert called
    assert {result.outcome for result in called} == {"failed"}


def test_a_fault_of_the_suite_is_an_error_and_not_a_failure(suite, caplog):
    """Our own exception is told as our own, without its text in hidden suites, and is logged."""
    suite.write_text(SUITE + "    {}['secret 42']\n")
    (results,) = run(suite, LiveStudent(right()))
    assert results["test_assert"].outcome == "error"
    assert "fault of the tests" in results["test_assert"].rationale
    assert "secret" not in results["test_assert"].rationale
    assert "secret" in caplog.text


def test_skipped_test_is_skipped(suite):
    """A test that the suite leaves out is reported as such."""
    suite.write_text(SUITE + "    pytest.skip('not on this machine')\n")
    (results,) = run(suite, LiveStudent(right()))
    assert results["test_assert"].outcome == "skipped"
    assert "not on this machine" in results["test_assert"].rationale


def test_a_fixture_that_this_kind_of_suite_lacks_is_an_error(suite):
    """A public suite that asks for `reference` is an author's fault."""
    suite.write_text(SUITE.replace("def test_assert(student)", "def test_assert(student, reference)"))
    (results,) = run(suite, LiveStudent(right()))
    assert results["test_assert"].outcome == "error"


# ----- lost workers -----


class Remote:
    """A student whose worker ends when `number` is called."""

    def __init__(self, error):
        self.error, self.begun, self.closed, self.name, self.seen, self.flag = error, 0, 0, "n", [], True

    def begin_test(self):
        """Count."""
        self.begun += 1

    def number(self):
        """Lose the worker."""
        raise self.error


@pytest.mark.parametrize("error", [WorkerGone("It ended."), LimitExceeded("More than 2 s.")])
def test_a_lost_worker_fails_its_test_and_the_rest_of_its_exercise(suite, error):
    """The hang is paid once; the next exercise is tested."""
    student = Remote(error)
    (results,) = run(suite, student)
    assert outcomes(results) == ["failed", "failed", "failed", "passed", "passed"]
    assert student.begun == 3
    assert results["test_number[1-shape0]"].rationale == f"The number is one.\n{error}"
    assert results["test_name"].rationale.startswith("There is a name.\nNot run, because")


def test_a_worker_that_cannot_be_opened_fails_one_exercise(suite):
    """What `student(exercise)` raises is told in the first test."""

    @contextlib.contextmanager
    def open_student(exercise):
        if exercise == "first":
            raise WorkerGone("No process is left.")
        yield LiveStudent(right())

    (results,) = run(suite, None, open_student=open_student)
    assert outcomes(results) == ["failed"] * 3 + ["passed"] * 2
    assert results["test_number[1-shape0]"].rationale.endswith("No process is left.")


def test_a_worker_that_ends_while_it_is_reset_fails_that_test(suite):
    """`begin_test` may find the worker gone."""

    class Ended(Remote):
        def begin_test(self):
            raise WorkerGone("It is gone.")

    (results,) = run(suite, Ended(None))
    assert outcomes(results) == ["failed"] * 5


def test_a_worker_that_ends_after_the_last_test_changes_nothing(suite):
    """Results that are there stay."""

    @contextlib.contextmanager
    def open_student(_):
        yield LiveStudent(right())
        raise WorkerGone("It ended late.")

    (results,) = run(suite, None, open_student=open_student)
    assert outcomes(results) == ["passed"] * 5


def test_students_are_opened_and_closed_per_exercise(suite):
    """One exercise's student is closed before the next one's is opened."""
    events = []

    @contextlib.contextmanager
    def open_student(exercise):
        events.append(f"open {exercise}")
        yield LiveStudent(right())
        events.append(f"close {exercise}")

    run(suite, None, open_student=open_student)
    assert events == ["open first", "close first", "open second", "close second"]


def test_a_name_begin_test_of_the_student_is_not_called(suite):
    """Only the proxy's own method resets it."""
    called = []
    run(suite, LiveStudent(right(begin_test=lambda: called.append(1))))
    assert not called


# ----- tests that are more than a function -----

NOT_PLAIN = {
    "fixture": "@pytest.fixture\ndef two(): return 2\n\n{mark}\ndef test_a(two):\n    assert two == 2\n",
    "parametrised fixture": (
        "@pytest.fixture(params=[1, 2])\ndef two(request): return 2\n\n"
        "{mark}\ndef test_a(two):\n    assert two == 2\n"
    ),
    "indirect": (
        "@pytest.fixture\ndef two(request): return 2 * request.param\n\n"
        "{mark}\n@pytest.mark.parametrize('two', [1], indirect=True)\ndef test_a(two):\n    assert two == 2\n"
    ),
    "usefixtures": (
        "seen = []\n@pytest.fixture\ndef before(): seen.append(1)\n\n"
        "{mark}\n@pytest.mark.usefixtures('before')\ndef test_a():\n    assert seen\n"
    ),
    "setup": "seen = []\ndef setup_function(): seen.append(1)\n\n{mark}\ndef test_a():\n    assert seen\n",
    "class": "class TestA:\n    seen = ()\n    def setup_method(self): self.seen = [1]\n"
    "    {mark}\n    def test_a(self):\n        assert self.seen\n",
}


@pytest.mark.parametrize("text", NOT_PLAIN.values(), ids=NOT_PLAIN.keys())
def test_pytests_own_means_work_in_a_suite(tmp_path, text):
    """Fixtures, their parameters, setup functions and classes do what they do in any pytest."""
    path = tmp_path / "test_own.py"
    mark = "@pytest.mark.exercise(id='first', aspect='a')"
    path.write_text("import pytest\n" + text.format(mark=mark))
    (results,) = run(path, LiveStudent({}))
    assert set(outcomes(results)) == {"passed"}


@pytest.mark.parametrize(
    ("body", "outcome"),
    [("pytest.fail('no')", "failed"), ("pytest.skip('no')", "skipped"), ("raise SystemExit", "error")],
)
def test_what_ends_a_test_is_an_outcome(tmp_path, body, outcome):
    """However a test ends, the next one runs."""
    path = tmp_path / "test_own.py"
    mark = "@pytest.mark.exercise(id='first', aspect='a')"
    tests = [f"{mark}\ndef test_a():\n    {body}\n", f"{mark}\ndef test_b():\n    assert True\n"]
    path.write_text("import pytest\n" + "\n".join(tests))
    (results,) = run(path, LiveStudent({}))
    assert outcomes(results) == [outcome, "passed"]


# ----- many submissions -----


def test_jobs_are_taken_one_after_the_other(suite):
    """A job's results are handed over before the next job is asked for."""
    events = []

    def jobs():
        for number in range(3):
            events.append(f"job {number}")
            student = LiveStudent(right())
            yield Job(
                lambda _, s=student: contextlib.nullcontext(s), lambda _, n=number: events.append(f"done {n}")
            )

    run_suite(suite, jobs(), seed=1)
    assert events == ["job 0", "done 0", "job 1", "done 1", "job 2", "done 2"]


def test_submissions_do_not_change_each_others_results(suite):
    """A broken submission before and after a right one leaves it right, with the same inputs."""
    seen = [[], [], []]
    good = [LiveStudent(right(seen=list_)) for list_ in seen]
    bad = LiveStudent({})
    results = run(suite, good[0], bad, good[1], bad, good[2])
    assert results[0] == results[2] == results[4]
    assert outcomes(results[1]) == ["failed"] * 5


def test_only_some_exercises(suite):
    """Exercises that are not asked for are not run."""
    (results,) = run(suite, LiveStudent(right()), only=["second"])
    assert list(results) == ["test_draw", "test_assert"]


def test_an_exception_of_ours_comes_out_as_it_is(suite):
    """What a job or its receiver raises is not swallowed by pytest."""

    def done(_):
        raise ZeroDivisionError("ours")

    with pytest.raises(ZeroDivisionError, match="ours"):
        run_suite(suite, [Job(lambda _: contextlib.nullcontext(LiveStudent({})), done)], seed=1)


def test_an_interrupt_stops_everything(suite):
    """Ctrl-C in student code is the user's wish, no verdict."""
    with pytest.raises(KeyboardInterrupt):
        run(suite, LiveStudent(right(number=raiser(KeyboardInterrupt()))))


# ----- inputs -----


def test_draws_are_exact_multiples_of_their_unit():
    """Entries are non-zero multiples of 1/16 up to 2, of both signs, and floats."""
    array = Draw(1, "test_a")(40, 50)
    assert array.dtype == np.float64
    assert np.array_equal(array * 16, np.round(array * 16))
    assert {np.abs(array).min(), np.abs(array).max()} == {1 / 16, 2.0}
    assert {-1.0, 1.0} == set(np.sign(array).ravel())
    assert np.abs(Draw(1, "test_a")(40, 50, unit=2.0**-18)).max() == 32 * 2.0**-18


def test_draws_depend_on_seed_and_test_and_nothing_else():
    """The same seed and id give the same inputs; another seed, id or call gives others."""
    first, again, other_id, other_seed = Draw(1, "a"), Draw(1, "a"), Draw(1, "b"), Draw(2, "a")
    arrays = [draw(3, 4) for draw in (first, again, other_id, other_seed)]
    assert np.array_equal(arrays[0], arrays[1])
    assert not np.array_equal(arrays[0], arrays[2])
    assert not np.array_equal(arrays[0], arrays[3])
    assert not np.array_equal(arrays[0], first(3, 4))


def test_draws_are_frozen():
    """These are the numbers of every NumPy; if they change, recorded public values are worth nothing."""
    assert (16 * Draw(231, "test_a")(4)).tolist() == FROZEN


FROZEN = [13, -17, 3, 12]


# ----- isolation -----


def test_the_surroundings_do_not_take_part(suite, monkeypatch):
    """A conftest, an ini file and pytest's environment variables are ignored; nothing is written."""
    folder = suite.parent
    (folder / "conftest.py").write_text("1 / 0")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    before = sorted(folder.rglob("*"))
    (results,) = run(suite, LiveStudent(right()))
    assert outcomes(results) == ["passed"] * 5
    assert sorted(folder.rglob("*")) == before


def test_the_process_is_left_as_it_was(suite, capfd, monkeypatch):
    """Environment, modules, working directory and %debug's exception stay; nothing is printed."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "-q")
    monkeypatch.setattr(sys, "last_value", "mine", raising=False)
    monkeypatch.setitem(sys.modules, "test_sample", SimpleNamespace(mine=True))
    run(suite, LiveStudent({}))
    before = dict(os.environ), set(sys.modules), list(sys.path), Path.cwd(), list(sys.meta_path)
    run(suite, LiveStudent({}))
    assert (dict(os.environ), set(sys.modules), list(sys.path), Path.cwd(), list(sys.meta_path)) == before
    assert sys.last_value == "mine"
    assert sys.modules["test_sample"].mine
    assert capfd.readouterr() == ("", "")


def test_suites_of_the_same_name_are_kept_apart(tmp_path):
    """Every assignment has a test_public.py."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "test_public.py").write_text(SUITE.replace("test_name", f"test_{name}"))
    ids = [[test.id for test in collect(tmp_path / name / "test_public.py")][2] for name in ("one", "two")]
    assert ids == ["test_one", "test_two"]


def test_warnings_of_student_code_are_no_verdict(suite):
    """A division by zero warns in the notebook too; it is the value that counts."""
    (results,) = run(
        suite, LiveStudent(right(number=lambda: np.array([1.0]) + 0 * np.float64(1) / np.float64(1e-320)))
    )
    assert results["test_number[1-shape0]"].outcome == "passed"


# ----- what an author is told -----

ASSIGNMENT = SimpleNamespace(
    exercises=(
        Exercise("first", 2.0, (Aspect("values", 1.0), Aspect("clean", 1.0))),
        Exercise("second", 1.0, (Aspect("values", 1.0),)),
    )
)


def test_fit_suite_is_accepted(suite):
    """A suite that covers the assignment is returned test by test."""
    assert tuple(validate_suite(suite, ASSIGNMENT)[0]) == ("first", "values", "test_number[1-shape0]")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            '@exercise("second", aspect="values")\ndef test_draw',
            "def test_draw",
            "test_draw: the test belongs to no",
        ),
        ('"first", aspect="clean"', '"first", aspect="claen"', "no aspect 'claen' of an exercise 'first'"),
        ('"first", aspect="clean"', '"fist", aspect="clean"', "no aspect 'clean' of an exercise 'fist'"),
        (
            '"first", aspect="clean"',
            '"first", aspect="values"',
            r"no test is marked with exercise\('first', aspect='cl",
        ),
        ('    """There is a name."""\n', "", "test_name: the test has no docstring"),
        ("import pytest", "import pytest_no_such", "pytest cannot read it .*pytest_no_such"),
        ("def test_name(student):", "def test_name(student:", "pytest cannot read it"),
    ],
)
def test_unfit_suite_is_refused(suite, old, new, words):
    """File, test and remedy are named."""
    assert old in SUITE
    suite.write_text(SUITE.replace(old, new, 1))
    with pytest.raises(AuthorError, match=words):
        validate_suite(suite, ASSIGNMENT)


def test_missing_suite_is_named(tmp_path):
    """A suite that is not there is told as such."""
    with pytest.raises(CourseError, match="There is no test suite"):
        collect(tmp_path / "test_none.py")
