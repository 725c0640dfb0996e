"""Kept results: whatever a student is called, whole files only, old and broken ones do no harm."""

from __future__ import annotations

import dataclasses
import math
import tracemalloc
from pathlib import Path

import pytest

from autograder.result import AspectResult, ExerciseResult, SubmissionResult, TestResult
from autograder.store import Standing, Store, Stored

NAMES = [
    "kim",
    "=HYPERLINK(1)",
    "../../x",
    "a/b\\c",
    "김 지훈",
    "\u202eabc",
    "x" * 4000,
    "\udcff",
    "",
    "🙂,\"'",
]


def stored(student: str, score: float = 1.5) -> Stored:
    """Make a result that fills every field."""
    test = TestResult("t::dx[1]", "dx", "failed", "One.\nTwo \x1b.")
    exercise = ExerciseResult("e", score, 2.0, "mean", "Why?", (AspectResult("dx", score, 2.0),), (test,))
    return Stored(SubmissionResult(student, "graded", None, score, 2.0, (exercise,)), ("A note.",), 0.25)


def standing(student: str) -> Standing:
    """Return what a class keeps of it."""
    return Standing(stored(student).result, stored(student).seconds)


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_kept_and_found_within_the_folder(tmp_path, name):
    """A name is no path."""
    store = Store(tmp_path, "affine")
    store.write(stored(name))
    assert store.read(name) == stored(name)
    assert [path.parent for path in tmp_path.rglob("*.json")] == [store.folder]


def test_a_class_is_read_in_order_with_its_latest_results(tmp_path):
    """A regrade replaces; another assignment is another class."""
    store = Store(tmp_path, "affine")
    for name, score in [("b", 1), ("c", 1), ("a", 1), ("b", 2)]:
        store.write(stored(name, score))
    Store(tmp_path, "optimizers").write(stored("d"))
    assert [(each.result.student, each.result.score) for each in store.read_all()] == [
        ("a", 1),
        ("b", 2),
        ("c", 1),
    ]


def test_a_class_is_held_without_what_its_cells_displayed(tmp_path):
    """What thousands displayed, and their pictures, would not find room in memory."""
    store = Store(tmp_path, "affine")
    shown = {"output_type": "stream", "name": "stdout", "text": 100_000 * "x"}
    for number in range(40):
        store.write(dataclasses.replace(stored(f"student {number}"), outputs=((shown,),)))
    tracemalloc.start()
    try:
        held = store.read_all()
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(held) == 40
    assert size < 10 * 100_000


def test_nothing_graded_is_an_empty_class(tmp_path):
    """And no folder is made by looking."""
    assert Store(tmp_path, "affine").read_all() == []
    assert Store(tmp_path, "affine").read("kim") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"schema": 0}', b'{"schema": 1}', b"null"])
def test_a_file_that_cannot_be_read_counts_as_not_there(tmp_path, content):
    """The next grading replaces it."""
    store = Store(tmp_path, "affine")
    store.write(stored("kim"))
    store.path("kim").write_bytes(content)
    assert store.read_all() == []
    store.write(stored("kim"))
    assert store.read_all() == [standing("kim")]


def test_an_interrupted_write_leaves_the_earlier_result(tmp_path, monkeypatch):
    """No reader ever meets half a file."""
    store = Store(tmp_path, "affine")
    store.write(stored("kim"))

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.write(stored("kim", 2))
    assert store.read_all() == [standing("kim")]
    assert len(list(store.folder.iterdir())) == 1


def test_no_number_is_no_obstacle(tmp_path):
    """A NaN comes back as it was; whoever shows it has to cope."""
    store = Store(tmp_path, "affine")
    store.write(stored("kim", math.nan))
    assert math.isnan(store.read_all()[0].result.score)
