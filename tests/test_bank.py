"""Known answers meet a suite in this process: quick as functions, with the same outcomes, without a word."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from autograder import bank
from autograder.assignment import Course
from autograder.bank import SignatureCache, answer_job, make_signatures, open_answer, signature_jobs
from autograder.diagnosis import Observations
from autograder.diagnosis.signature import exactly
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


@pytest.fixture
def cache(monkeypatch, tmp_path):
    """Return where signatures are kept, empty."""
    monkeypatch.setattr("autograder.bank.platformdirs.user_cache_path", lambda _: tmp_path)
    return tmp_path


def test_signatures_are_made_once(cache):
    """The second failing answer finds them ready, in this process and in the next, to the last digit."""
    known = SignatureCache(SUITE, SEED, REFERENCE)
    run_suite(SUITE, signature_jobs(["bias-gradient"], known, REFERENCE), seed=SEED, reference=REFERENCE)
    assert len(known["bias-gradient"]) > 20
    assert list(signature_jobs(known, known, REFERENCE)) == []
    again = SignatureCache(SUITE, SEED, REFERENCE)
    made = [dataclasses.asdict(each) for each in known["bias-gradient"]]
    assert json.loads(
        json.dumps([dataclasses.asdict(each) for each in again["bias-gradient"]])
    ) == json.loads(json.dumps(made))
    assert all(
        one.agrees(other.seen, other.seen, exactly)
        for one, other in zip(known["bias-gradient"], again["bias-gradient"], strict=True)
    )


@pytest.mark.parametrize("change", ["suite", "seed", "reference"])
def test_signatures_of_something_else_are_not_taken(cache, tmp_path, change):
    """Another suite, seed or reference has other signatures."""
    SignatureCache(SUITE, SEED, REFERENCE)["bias-gradient"] = []
    suite, reference = tmp_path / "test_affine.py", tmp_path / "affine.py"
    suite.write_bytes(SUITE.read_bytes() + (b"#" if change == "suite" else b""))
    reference.write_bytes(Path(REFERENCE.__file__).read_bytes() + (b"#" if change == "reference" else b""))
    given = suite, SEED + (change == "seed"), read_reference(reference)
    assert "bias-gradient" not in SignatureCache(*given)


def test_damaged_signatures_are_made_anew(cache):
    """A file that cannot be read counts as not there, and a folder that cannot be written does no harm."""
    SignatureCache(SUITE, SEED, REFERENCE)["bias-gradient"] = []
    (path,) = cache.rglob("*.json")
    for text in ("", "{}", "[1]", '[{"misconception": 1}]'):
        path.write_text(text)
        assert not SignatureCache(SUITE, SEED, REFERENCE).get("bias-gradient")
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("in the way")
    known = SignatureCache(SUITE, SEED, REFERENCE)
    known["bias-gradient"] = []
    assert "bias-gradient" in known
