"""A class through an executor: what is shared between submissions changes no result."""

from __future__ import annotations

import functools
import os
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder import engine, scheduling
from autograder.errors import AuthorError, CourseError
from autograder.gradebook import open_record
from autograder.store import Store
from autograder.workplace import ThisMachine


def graded_by(classroom, place, **more):
    """Grade a class at a workplace; return what was found, by student."""
    with open_record(classroom.course, classroom.assignment) as record:
        template = record.template
    setup = scheduling.make_setup(classroom.course, classroom.assignment, template, None)
    folders = scheduling.submission_folders(classroom.course, classroom.name)
    return dict(scheduling.grade_class(classroom.course, setup, folders, place, **more))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["affine", "optimizers"])
def test_given_cells_that_are_shared_change_no_result(open_classroom, tmp_path, monkeypatch, name):
    """Scores, outputs and figures are those of notebooks that were run from top to bottom."""
    classroom = open_classroom(tmp_path / "course", name)
    classroom.submit("right", classroom.right)
    classroom.submit("stub")
    classroom.submit("changed", classroom.right, lambda notebook: notebook.cells.pop(3))
    shared = graded_by(classroom, ThisMachine(1), force=True)
    monkeypatch.setattr(scheduling, "_given_cells", lambda _: [])
    assert graded_by(classroom, ThisMachine(1), force=True) == shared
    assert shared["right"].result.score == shared["right"].result.max_score


class Losing(Executor):
    """Loses whatever it has whenever one of some students is under way."""

    def __init__(self, culprits):
        self.culprits = culprits
        self.handed_out = []

    def submit(self, task, setup, collected):
        """Grade it, or lose it."""
        future = Future()
        self.handed_out.append(collected.student)
        if set(self.handed_out[-2:]) & self.culprits and (
            len(self.handed_out) < 4 or collected.student in self.culprits
        ):
            future.set_exception(BrokenExecutor("lost"))
        else:
            future.set_result(task(setup, collected))
        return future


@pytest.mark.parametrize("culprits", [set(), {"b"}, {"a", "c"}])
def test_only_who_loses_a_process_alone_is_to_blame(classroom, culprits):
    """What was under way beside it is handed out again and graded."""
    for student in "abcd":
        classroom.submit(student, classroom.right)
    executor = Losing(culprits)

    class Place:
        """Hands out through it."""

        @contextmanager
        def open(self, submissions):
            """Return it."""
            assert submissions == 4
            yield executor, 2

    found = graded_by(classroom, Place())
    assert {student for student, graded in found.items() if graded.result.status == "ungradable"} == culprits
    for student in culprits:
        assert "ended unexpectedly" in found[student].result.reason
    assert sorted(found) == list("abcd")


def test_a_worker_with_another_version_of_the_kit_is_refused(classroom, monkeypatch):
    """A class is graded by one version, wherever its workers are."""
    classroom.submit("ana", classroom.right)
    monkeypatch.setattr(engine, "engine_fingerprint", lambda: "another")
    with pytest.raises(CourseError, match="another version of the kit"):
        graded_by(classroom, ThisMachine(1))


def test_a_few_submissions_are_graded_in_this_process():
    """Starting processes would take longer."""
    with ThisMachine(8).open(4) as (executor, size):
        assert executor.submit(sum, [1, 2]).result() == 3
        assert size == 1


def test_processes_that_were_started_ahead_are_those_that_grade(tmp_path):
    """They are started once, do what they were told first, and end with the block."""
    place, folder = ThisMachine(2), tmp_path / "ready"
    with place.ahead(8, functools.partial(os.makedirs, folder, exist_ok=True)):
        with place.open(8) as (executor, size):
            first = {executor.submit(os.getpid).result() for _ in range(20)}
        assert folder.is_dir()
        with place.open(3) as (executor, _):
            again = {executor.submit(os.getpid).result() for _ in range(20)}
    assert size == 8
    assert os.getpid() not in first | again
    assert len(first | again) <= 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in first | again)


def test_more_submissions_than_were_expected_get_their_own_processes():
    """Results that are kept may turn out to be of another suite."""
    place = ThisMachine(3)
    with place.ahead(8, str), place.open(12) as (executor, size):
        assert executor.processes == 3
    assert size == 12


def test_nothing_is_started_ahead_for_a_class_that_is_graded_already(classroom):
    """A few are graded in this process, and kept results need none."""
    classroom.submit("ana", classroom.right)
    store = Store(classroom.course.root, classroom.name)
    assert store.lacks(["ana", "bo"]) == 2
    graded_by(classroom, ThisMachine(1))
    assert store.lacks(["ana", "bo"]) == 1
    place = ThisMachine(2)
    with (
        place.ahead(store.lacks(["ana", "bo"]), str),
        place.open(1) as (executor, size),
    ):
        assert executor.submit(os.getpid).result() == os.getpid()
        assert size == 1


def test_an_engine_that_was_started_ahead_grades_the_class(classroom, monkeypatch):
    """It needs nothing of the gradebook, and no second one is started."""
    classroom.submit("ana", classroom.right)
    engine.get_ready(scheduling.make_engine_setup(classroom.course, classroom.assignment, None))
    monkeypatch.setattr(engine, "Engine", None)
    graded = graded_by(classroom, ThisMachine(1))["ana"]
    assert graded.result.score == graded.result.max_score


def test_what_hinders_an_engine_that_starts_ahead_shows_with_the_first_submission(open_classroom, tmp_path):
    """Nothing is said before: a class in which nothing can be read needs no engine."""
    classroom = open_classroom(tmp_path / "course", "affine")
    classroom.submit("ana", classroom.right)
    classroom.course.reference_path(classroom.name).write_text("1 / 0", encoding="utf-8")
    engine.get_ready(scheduling.make_engine_setup(classroom.course, classroom.assignment, None))
    with pytest.raises(AuthorError, match="ZeroDivisionError"):
        graded_by(classroom, ThisMachine(1))


@pytest.mark.parametrize(
    ("text", "given"),
    [("", ()), ("[", ()), ("{}", ()), ('{"nbformat": 4, "cells": [3, {"cell_type": "code"}]}', ("",))],
)
def test_a_source_notebook_that_is_broken_keeps_no_engine_from_starting(classroom, text, given):
    """Whoever opens the gradebook says what is wrong with it; an engine can do without its cells."""
    classroom.course.source_notebook(classroom.name).write_text(text, encoding="utf-8")
    setup = scheduling.make_engine_setup(classroom.course, classroom.assignment, None)
    assert setup.given == given
