"""Known answers meet a suite in this process: quick as functions, with the same outcomes, without a word."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from autograder import bank
from autograder.assignment import Course
from autograder.bank import answer_job, make_signatures, open_answer
from autograder.diagnosis import Compared, Observations
from autograder.misconceptions import MISCONCEPTIONS
from autograder.plugin import plain as running
from autograder.plugin import read_reference, run_suite

COURSE = Course(Path(__file__).resolve().parents[1])
SUITE = COURSE.root / "autograder" / "suites" / "test_affine.py"
REFERENCE = read_reference(COURSE.reference_path("affine"))
SEED = COURSE.read_assignment("affine").hidden_seed


def outcomes(code):
    """Return what every test of the bias gradient said of an answer, and what was seen."""
    tested, seen = [], Observations()
    job = answer_job("bias-gradient", code, tested, seen, REFERENCE)
    run_suite(SUITE, [job], seed=SEED, reference=REFERENCE)
    return tested, seen


@pytest.mark.parametrize(
    "code",
    [
        "def bias_gradient(dY):\n    return dY.sum(axis=0)\n",
        "def bias_gradient(dY):\n    return dY.mean(axis=0)\n",
        "def bias_gradient(dY):\n    return dout\n",
        "",
    ],
)
def test_plain_calls_say_what_pytest_says(code, monkeypatch):
    """Same tests, same outcomes, same words, same numbers, with and without pytest's protocol."""
    quick = outcomes(code)
    monkeypatch.setattr(running, "_is_plain", lambda _: False)
    assert outcomes(code) == quick


@pytest.mark.parametrize("exercise", ["bias-gradient", "momentum"])
def test_a_known_answer_is_seen_as_a_students_is(exercise):
    """What is left out of the observations of known answers is nothing that is compared."""
    assignment = "affine" if exercise == "bias-gradient" else "optimizers"
    reference = read_reference(COURSE.reference_path(assignment))
    suite, students, known = SUITE.with_name(f"test_{assignment}.py"), Observations(), Compared()
    code = MISCONCEPTIONS[exercise][0].code
    jobs = [answer_job(exercise, code, [], seen, reference) for seen in (students, known)]
    run_suite(suite, jobs, seed=SEED, reference=reference)
    assert students == known
    assert any(observation.detail for observation in students.values())


def test_what_an_answer_prints_goes_nowhere(capsys):
    """Standard output may be a JSON document."""
    outcomes("print('loaded')\ndef bias_gradient(dY):\n    print(dY)\n    return dY\n")
    assert capsys.readouterr() == ("", "")


def test_an_answer_has_what_the_reference_imports():
    """NumPy is there under its name; the reference's own functions are not."""
    names = open_answer("here = np.ones(2)", REFERENCE)
    assert names["here"].sum() == 2
    assert "Affine" not in names


def test_a_broken_misconception_does_not_stop_the_grading(monkeypatch, caplog):
    """The class is graded with the rest of the bank, and the log says which entry is broken."""
    entries = MISCONCEPTIONS["bias-gradient"][:2]
    broken = dataclasses.replace(entries[0], code="this is no Python", also=())
    monkeypatch.setattr(bank, "MISCONCEPTIONS", {"bias-gradient": (broken, entries[1])})
    signatures = make_signatures(SUITE, ["bias-gradient"], seed=SEED, reference=REFERENCE)
    assert {entry.misconception for entry in signatures["bias-gradient"]} == {entries[1].id}
    assert broken.id in caplog.text
