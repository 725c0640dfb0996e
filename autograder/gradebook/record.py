"""Results into nbgrader's gradebook and folders, for a class at a time.

The rows are those that ``nbgrader autograde`` writes: scores are read from the annotated notebook by
nbgrader's own rules, manual scores and comments are never touched, lateness is judged by nbgrader's
timestamps and the course's penalty plugin. One session serves the class (`autograder.gradebook.rows`).
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING

import nbformat
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties

from autograder.gradebook.annotate import annotate
from autograder.gradebook.feedback import released_texts, render_page
from autograder.gradebook.files import copy_companions, copy_submitted, replace_folder, set_permissions
from autograder.gradebook.register import register, template
from autograder.gradebook.rows import Rows, gradebook_errors, only_writer, score_of
from autograder.gradebook.settings import Settings, configuring, nbgrader_at_work, read_settings
from autograder.gradebook.timestamps import TimestampError, read_timestamp
from autograder.grading import kept
from autograder.notebook import normalise, repair
from autograder.wording import words_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from nbformat import NotebookNode
    from nbgrader.api import SubmittedNotebook

    from autograder.assignment import Assignment, Course
    from autograder.grading import Graded
    from autograder.report import Released
    from autograder.words import Catalogue

RETURNED_FILES = ("timestamp.txt", "submission_secret.txt")
"""What nbgrader's release_feedback needs beside the page."""


@dataclass(frozen=True)
class Recorded:
    """What one submission's record became. Scores include manual ones, not the penalty for lateness."""

    student: str
    old_score: float | None
    """The score that the gradebook held before, None for a first grading."""
    new_score: float
    max_score: float
    late_penalty: float
    needs_manual_grade: bool
    problems: tuple[str, ...] = ()
    """Sentences for the instructor about what could not be done."""


@contextlib.contextmanager
def open_record(course: Course, assignment: Assignment, language: str | None = None) -> Iterator[Record]:
    """Open the gradebook for one assignment, with the assignment's rows up to date.

    Parameters
    ----------
    course, assignment
        Whose gradebook, and what was handed in.
    language : str, optional
        Of the pages; the assignment's own if None.

    Raises
    ------
    CourseError
        The source notebook is missing, the configuration is wrong, or cells with scores are gone.
    """
    with contextlib.ExitStack() as stack:
        stack.enter_context(gradebook_errors())
        with nbgrader_at_work(course):
            settings = read_settings(course)
            notebook = template(course, assignment.name, settings)
            with configuring(course):
                stack.enter_context(only_writer(settings.db_url))
                lateness = AssignLatePenalties(config=settings.config)
                lateness.init_plugin()
                autograde = Autograde(coursedir=settings.coursedir, config=settings.config)
            register(assignment.name, notebook, settings)
            gradebook = Gradebook(settings.db_url, settings.coursedir.course_id)
        stack.enter_context(gradebook)
        given, words = released_texts(notebook), words_of(assignment, language)
        rows = Rows(gradebook, assignment.name)
        yield Record(assignment, settings, notebook, rows, lateness, autograde, given, words)
        rows.commit()


@dataclass(frozen=True)
class Record:
    """An assignment's pages of the gradebook. Use `open_record`."""

    assignment: Assignment
    settings: Settings
    template: NotebookNode
    """The assignment's notebook as the gradebook keeps it."""
    rows: Rows
    lateness: AssignLatePenalties
    autograde: Autograde
    released: Released
    """The text cells that the class was given."""
    words: Catalogue
    """In which language pages speak."""

    def write(self, student: str, graded: Graded) -> Recorded:
        """Write one student's rows, ``autograded/`` folder and feedback page; replaces earlier ones.

        A student whose name is no text cannot be recorded; the problem is returned, and the class goes on.
        The rows stay in a transaction with those of others for a moment (`Rows.commit_if_due`); recording the
        same again after a crash gives the same.
        """
        if problem := _unrecordable(student) or self.rows.refuses(student):
            return Recorded(student, None, 0.0, 0.0, 0.0, needs_manual_grade=False, problems=(problem,))
        notebook = graded.notebook or repair(normalise({"nbformat": 4, "cells": []}), self.template)[0]
        annotate(notebook, graded, self.words)
        timestamp, problems = self._timestamp(student)
        page, old_score = self.rows.page_of(student, timestamp)
        self.rows.save(page, notebook)
        problems += self._punish_lateness(student, page)
        problems += self._write_autograded(student, notebook)
        self._write_feedback(student, graded, notebook, page)
        self.rows.commit_if_due()
        return Recorded(
            student=student,
            old_score=old_score,
            new_score=score_of(page),
            max_score=self.rows.max_score,
            late_penalty=page.late_submission_penalty or 0.0,
            needs_manual_grade=any(grade.needs_manual_grade for grade in page.grades),
            problems=tuple(problems),
        )

    def _timestamp(self, student: str) -> tuple[dt.datetime | None, list[str]]:
        """Return when the work was submitted, as nbgrader reads it, or why that is not known."""
        try:
            return read_timestamp(self.settings.folder("submitted", student, self.assignment.name)), []
        except TimestampError as error:
            return None, [f"{error}, so whether {student!r} was late is not known."]

    def _punish_lateness(self, student: str, page: SubmittedNotebook) -> list[str]:
        """Take off what the course's plugin says, as nbgrader's AssignLatePenalties does."""
        penalty, problems = None, []
        if (late_s := page.assignment.total_seconds_late) > 0:
            scored = SimpleNamespace(score=score_of(page))
            try:
                penalty = self.lateness.plugin_inst.late_submission_penalty(student, scored.score, late_s)
                penalty = None if penalty is None else self.lateness._check_late_penalty(scored, penalty)  # noqa: SLF001 - nbgrader's own bounds
            except Exception as error:  # noqa: BLE001 - a course's plugin may raise anything
                kind = type(self.lateness.plugin_inst).__name__
                problems = [f"{kind} found no penalty for {student!r} ({type(error).__name__}: {error})."]
        page.late_submission_penalty = penalty
        return problems

    def _write_autograded(self, student: str, notebook: NotebookNode) -> list[str]:
        name, problems = self.assignment.name, []
        coursedir, excluded = self.settings.coursedir, self.autograde.exclude_overwriting.get(name, [])

        def fill(folder: Path) -> None:
            copy_companions(self.settings.folder("source", ".", name), folder, coursedir.ignore, excluded)
            problems.extend(
                copy_submitted(self.settings.folder("submitted", student, name), folder, coursedir)
            )
            text = nbformat.v4.writes(notebook)  # not validated once more: it is made of valid parts
            (folder / f"{name}.ipynb").write_text(text + "\n", encoding="utf-8", newline="")
            set_permissions(folder, self.autograde.permissions)

        replace_folder(self.settings.folder("autograded", student, name), fill)
        return problems

    def _write_feedback(
        self, student: str, graded: Graded, notebook: NotebookNode, page: SubmittedNotebook
    ) -> None:
        name = self.assignment.name
        html = render_page(
            self.assignment, kept(graded, ""), page, notebook, released=self.released, words=self.words
        )
        autograded = self.settings.folder("autograded", student, name)

        def fill(folder: Path) -> None:
            (folder / f"{name}.html").write_text(html, encoding="utf-8")
            for file in RETURNED_FILES:
                if (autograded / file).is_file():
                    (folder / file).write_bytes((autograded / file).read_bytes())

        replace_folder(self.settings.folder("feedback", student, name), fill)


def _unrecordable(student: str) -> str | None:
    try:
        student.encode("utf-8")
    except UnicodeEncodeError:
        return (
            f"The folder name {student!r} is not UTF-8, so nothing was recorded; rename it and grade again."
        )
    return None
