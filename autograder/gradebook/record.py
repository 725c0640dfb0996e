"""Results into nbgrader's gradebook and folders, for a class at a time.

The rows are those that ``nbgrader autograde`` writes: scores are read from the annotated notebook by
nbgrader's own rules, manual scores and comments are never touched, lateness is judged by nbgrader's
timestamps and the course's penalty plugin. One gradebook session serves the class.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbgrader import utils
from nbgrader.api import Comment, Grade, Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties

from autograder.gradebook.annotate import TEST_PREFIX, annotate
from autograder.gradebook.files import copy_companions, copy_submitted, replace_folder, set_permissions
from autograder.gradebook.register import register, template
from autograder.gradebook.settings import Settings, configuring, nbgrader_at_work, read_settings
from autograder.gradebook.timestamps import TimestampError, read_timestamp
from autograder.notebook import normalise, repair
from autograder.notebook.repairing import without_mark_scheme
from autograder.report import HandGrade, Person, Released, WrittenAnswer, feedback_page
from autograder.store import Store, Stored

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from nbformat import NotebookNode
    from nbgrader.api import SubmittedAssignment, SubmittedNotebook

    from autograder.assignment import Assignment, Course
    from autograder.grading import Graded

_RETURNED_FILES = ("timestamp.txt", "submission_secret.txt")
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
def open_record(course: Course, assignment: Assignment) -> Iterator[Record]:
    """Open the gradebook for one assignment, with the assignment's rows up to date.

    Raises
    ------
    CourseError
        The source notebook is missing, the configuration is wrong, or cells with scores are gone.
    """
    with nbgrader_at_work(course):
        settings = read_settings(course)
        notebook = template(course, assignment.name, settings)
        register(assignment.name, notebook, settings)
        with configuring(course):
            lateness = AssignLatePenalties(config=settings.config)
            lateness.init_plugin()
            autograde = Autograde(coursedir=settings.coursedir, config=settings.config)
        gradebook = Gradebook(settings.db_url, settings.coursedir.course_id)
    with gradebook:
        yield Record(assignment, settings, notebook, gradebook, lateness, autograde, _released(notebook))


@dataclass(frozen=True)
class Record:
    """An assignment's pages of the gradebook. Use `open_record`."""

    assignment: Assignment
    settings: Settings
    template: NotebookNode
    """The assignment's notebook as the gradebook keeps it."""
    gradebook: Gradebook
    lateness: AssignLatePenalties
    autograde: Autograde
    released: Released
    """The text cells that the class was given."""

    def write(self, student: str, graded: Graded) -> Recorded:
        """Write one student's rows, ``autograded/`` folder, feedback page and result; replaces earlier ones.

        A student whose name is no text cannot be recorded; the problem is returned, and the class goes on.
        """
        if problem := _unrecordable(student):
            return Recorded(student, None, 0.0, 0.0, 0.0, needs_manual_grade=False, problems=(problem,))
        notebook, _ = repair(graded.notebook or normalise({"nbformat": 4, "cells": []}), self.template)
        annotate(notebook, graded)
        timestamp, problems = self._timestamp(student)
        submission, old_score = self._submission(student, timestamp)
        (page,) = [each for each in submission.notebooks if each.name == self.assignment.name]
        save_grades(page, notebook)
        self.gradebook.db.commit()
        problems += self._punish_lateness(submission, page)
        problems += self._write_autograded(student, notebook)
        self._write_feedback(student, graded, notebook, page)
        keep(self.settings, self.assignment.name, graded)
        return Recorded(
            student=student,
            old_score=old_score,
            new_score=page.score,
            max_score=page.max_score,
            late_penalty=page.late_submission_penalty or 0.0,
            needs_manual_grade=page.needs_manual_grade,
            problems=tuple(problems),
        )

    def _timestamp(self, student: str) -> tuple[dt.datetime | None, list[str]]:
        """Return when the work was submitted, as nbgrader reads it, or why that is not known."""
        try:
            return read_timestamp(self.settings.folder("submitted", student, self.assignment.name)), []
        except TimestampError as error:
            return None, [f"{error}, so whether {student!r} was late is not known."]

    def _submission(
        self, student: str, timestamp: dt.datetime | None
    ) -> tuple[SubmittedAssignment, float | None]:
        """Return a student's submission with the score it had; it is made where there is none."""
        self.gradebook.update_or_create_student(student)
        try:
            old_score = self.gradebook.find_submission(self.assignment.name, student).score
        except MissingEntry:
            old_score = None
        given = {"timestamp": timestamp} if timestamp else {}
        with self.gradebook.db.no_autoflush:  # nbgrader asks for rows while it makes their parents
            made = self.gradebook.update_or_create_submission(self.assignment.name, student, **given)
        return made, old_score

    def _punish_lateness(self, submission: SubmittedAssignment, page: SubmittedNotebook) -> list[str]:
        """Take off what the course's plugin says, as nbgrader's AssignLatePenalties does."""
        penalty, problems = None, []
        if (late_s := submission.total_seconds_late) > 0:
            student = submission.student.id
            try:
                penalty = self.lateness.plugin_inst.late_submission_penalty(student, page.score, late_s)
                penalty = None if penalty is None else self.lateness._check_late_penalty(page, penalty)  # noqa: SLF001 - nbgrader's own bounds
            except Exception as error:  # noqa: BLE001 - a course's plugin may raise anything
                kind = type(self.lateness.plugin_inst).__name__
                problems = [f"{kind} found no penalty for {student!r} ({type(error).__name__}: {error})."]
        page.late_submission_penalty = penalty
        self.gradebook.db.commit()
        return problems

    def _write_autograded(self, student: str, notebook: NotebookNode) -> list[str]:
        name, problems = self.assignment.name, []
        coursedir, excluded = self.settings.coursedir, self.autograde.exclude_overwriting.get(name, [])

        def fill(folder: Path) -> None:
            copy_companions(self.settings.folder("source", ".", name), folder, coursedir.ignore, excluded)
            problems.extend(
                copy_submitted(self.settings.folder("submitted", student, name), folder, coursedir)
            )
            nbformat.write(notebook, folder / f"{name}.ipynb")
            set_permissions(folder, self.autograde.permissions)

        replace_folder(self.settings.folder("autograded", student, name), fill)
        return problems

    def _write_feedback(
        self, student: str, graded: Graded, notebook: NotebookNode, page: SubmittedNotebook
    ) -> None:
        name = self.assignment.name
        html = feedback_page(
            self.assignment.title,
            graded.result,
            notes=graded.notes,
            person=_person(page),
            notebook=notebook if graded.notebook else None,
            released=self.released,
            language=self.assignment.language,
        )
        autograded = self.settings.folder("autograded", student, name)

        def fill(folder: Path) -> None:
            (folder / f"{name}.html").write_text(html, encoding="utf-8")
            for file in _RETURNED_FILES:
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


def save_grades(page: SubmittedNotebook, notebook: NotebookNode) -> None:
    """Write the rows of a submitted notebook as nbgrader's SaveAutoGrades does; the caller commits.

    Parameters
    ----------
    page : SubmittedNotebook
        The student's rows; every cell of the notebook has its own.
    notebook : NotebookNode
        Repaired and annotated, so that it holds every graded cell and no earlier score can remain.
    """
    cells = {cell.name: cell.id for cell in page.notebook._base_cells}  # noqa: SLF001 - one query for all kinds
    grades = {grade.cell_id: grade for grade in page.grades}
    comments = {comment.cell_id: comment for comment in page.comments}
    for cell in notebook.cells:
        if utils.is_grade(cell):
            _save_score(grades[cells[cell.metadata.nbgrader.grade_id]], cell)
        if utils.is_solution(cell) or utils.is_task(cell):
            _save_comment(comments[cells[cell.metadata.nbgrader.grade_id]], cell)


def _save_score(grade: Grade, cell: NotebookNode) -> None:
    grade.auto_score, _ = utils.determine_grade(cell)
    grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None


def _save_comment(comment: Comment, cell: NotebookNode) -> None:
    untouched = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
    comment.auto_comment = "No response." if untouched and not utils.is_task(cell) else None


def keep(settings: Settings, assignment: str, graded: Graded) -> None:
    """Keep a result for those who report on the class."""
    store = Store(Path(settings.coursedir.root), assignment)
    store.write(Stored(graded.result, graded.notes, graded.seconds))


def _released(notebook: NotebookNode) -> Released:
    return Released(
        without_mark_scheme(cell.source) for cell in notebook.cells if cell.cell_type == "markdown"
    )


def _person(page: SubmittedNotebook) -> Person:
    """Return what people gave and what lateness costs, as the gradebook holds it."""
    comments = {comment.name: comment for comment in page.comments}
    manual = {grade.name: grade for grade in page.grades}
    written = [
        WrittenAnswer(
            cell.name, manual[cell.name].manual_score, cell.max_score, comments[cell.name].manual_comment
        )
        for cell in page.notebook.task_cells
    ]
    exercises = {
        name: HandGrade(_by_hand(manual[f"{TEST_PREFIX}{name}"]), comment.manual_comment)
        for name, comment in comments.items()
        if f"{TEST_PREFIX}{name}" in manual
    }
    return Person(written, exercises, page.late_submission_penalty or 0.0)


def _by_hand(grade: Grade) -> float | None:
    """Return the score of a cell if a person gave it, or a part of it."""
    return float(grade.score) if grade.manual_score is not None or grade.extra_credit else None
