"""Signatures of a hidden suite: made once on a machine, shared by all who grade there."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from filelock import FileLock

from autograder import signatures
from autograder.assignment import Course
from autograder.bank import make_signatures, wrong_answers
from autograder.plugin import read_reference, run_suite
from autograder.signatures import PART, SharedSignatures

COURSE = Course(Path(__file__).resolve().parents[1])
SUITE = COURSE.root / "autograder" / "suites" / "test_affine.py"
REFERENCE = read_reference(COURSE.reference_path("affine"))
SEED = COURSE.read_assignment("affine").hidden_seed
EXERCISE = "bias-gradient"
ANSWERS = len(wrong_answers(EXERCISE))


@pytest.fixture
def cache(monkeypatch, tmp_path):
    """Return where signatures are kept, empty."""
    monkeypatch.setattr("autograder.signatures.platformdirs.user_cache_path", lambda _: tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def alone():
    """Return the signatures as they are made where nothing is kept."""
    return make_signatures(SUITE, [EXERCISE], seed=SEED, reference=REFERENCE)[EXERCISE]


def shared():
    """Return what a process has that begins to grade."""
    return SharedSignatures(SUITE, SEED, REFERENCE)


def make(known):
    """Have the signatures of the exercise made; return how many answers it took."""
    made = 0

    def jobs():
        nonlocal made
        for job in known.jobs([EXERCISE]):
            made += 1
            yield job

    run_suite(SUITE, jobs(), seed=SEED, reference=REFERENCE)
    return made


def parts(cache):
    """Return the files of what has been made, in their order."""
    return sorted(cache.rglob("*.json"), key=lambda path: int(path.stem.rpartition("-")[2]))


def test_signatures_are_made_once(cache, alone):
    """The second failing answer finds them ready, in this process and in the next, to the last digit."""
    known, later = shared(), shared()
    assert make(known) == ANSWERS > PART
    assert make(known) == make(later) == 0
    assert known[EXERCISE] == later[EXERCISE] == alone


@pytest.mark.parametrize("change", ["suite", "seed", "reference"])
def test_signatures_of_something_else_are_not_taken(cache, tmp_path, change):
    """Another suite, seed or reference has other signatures."""
    suite, reference = tmp_path / "test_affine.py", tmp_path / "affine.py"
    suite.write_bytes(SUITE.read_bytes() + (b"#" if change == "suite" else b""))
    reference.write_bytes(Path(REFERENCE.__file__).read_bytes() + (b"#" if change == "reference" else b""))
    other = SharedSignatures(suite, SEED + (change == "seed"), read_reference(reference))
    assert other.folder != shared().folder


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"signatures": [{"misconception": 1, "seen": 2}]}'])
def test_damaged_signatures_are_made_anew(cache, alone, text):
    """A file that cannot be read counts as not there; the others are taken."""
    make(shared())
    parts(cache)[1].write_text(text)
    again = shared()
    assert make(again) == PART
    assert again[EXERCISE] == alone


def test_a_cache_folder_that_cannot_be_written_does_no_harm(cache, alone):
    """Where nothing can be kept or locked, each makes its own."""
    (cache / "signatures").write_text("in the way")
    for known in (shared(), shared()):
        assert make(known) == ANSWERS
        assert known[EXERCISE] == alone


def test_a_full_disk_does_no_harm(cache, alone, monkeypatch):
    """What cannot be kept is used all the same, and nothing half written is left for others."""
    monkeypatch.setattr(Path, "write_text", lambda *_, **__: raise_full())
    known = shared()
    assert make(known) == ANSWERS
    assert known[EXERCISE] == alone
    assert parts(cache) == []


def raise_full():
    """Say what a full disk says."""
    raise OSError(28, "No space left on device")


def test_processes_share_the_work(cache, alone):
    """What another makes at the moment is left to it, and taken from it: each part is made once."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        made = sum(pool.map(made_by_a_process, [str(cache)] * 4))
    assert made == ANSWERS
    assert make(known := shared()) == 0
    assert known[EXERCISE] == alone


def made_by_a_process(cache):
    """Have the signatures made as another process does; return how many answers it took."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autograder.signatures.platformdirs.user_cache_path", lambda _: Path(cache))
        return make(shared())


def test_what_was_made_before_the_end_is_kept(cache, alone):
    """A process that is ended in the middle of a part leaves the parts before it, and holds back nobody."""

    def jobs():
        for count, job in enumerate(ended.jobs([EXERCISE])):
            if count == PART + 1:
                return
            yield job

    ended, next_one = shared(), shared()
    run_suite(SUITE, jobs(), seed=SEED, reference=REFERENCE)
    assert len(parts(cache)) == 1
    assert EXERCISE not in ended
    assert make(next_one) == ANSWERS - PART
    assert next_one[EXERCISE] == alone


def test_nobody_waits_forever(cache, alone, monkeypatch):
    """A part whose maker does not get on is made last, by whoever needs it."""
    monkeypatch.setattr(signatures, "PATIENCE_S", 0.1)
    known = shared()
    known.folder.mkdir(parents=True)
    with FileLock(known.folder / f"{EXERCISE}-0.lock"):
        assert make(known) == ANSWERS
    assert known[EXERCISE] == alone
