"""A student's page from all that is kept: the result, the gradebook's rows, the graded notebook.

`render_page` is for whoever has these at hand. `FeedbackExporter` looks them up: ``nbgrader_config.py`` puts
it in charge of ``nbgrader generate_feedback`` and the formgrader's button, so that both write the page that
``autograder grade`` writes, with what people gave since.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook, MissingEntry

from autograder.assignment import Course
from autograder.gradebook.annotate import TEST_PREFIX, is_notice
from autograder.gradebook.register import template
from autograder.gradebook.settings import settings_of
from autograder.notebook.repairing import without_mark_scheme
from autograder.report import HandGrade, Person, Released, WrittenAnswer, feedback_page
from autograder.result import ExerciseResult, SubmissionResult
from autograder.store import Store, Stored
from autograder.wording import words_of

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from nbgrader.api import Grade, SubmittedNotebook

    from autograder.assignment import Assignment
    from autograder.words import Catalogue

    Resources = dict[str, Any]


def render_page(
    assignment: Assignment,
    kept: Stored,
    page: SubmittedNotebook | None,
    notebook: NotebookNode,
    *,
    released: Released,
    words: Catalogue,
) -> str:
    """Return one student's feedback page.

    Parameters
    ----------
    assignment : Assignment
        What was graded.
    kept : Stored
        What grading found.
    page : SubmittedNotebook or None
        The student's rows in the gradebook, if there are any.
    notebook : NotebookNode
        Repaired and annotated; stands beneath if the submission could be graded.
    released : Released
        The text cells that the class was given.
    words : Catalogue
        In which language it speaks.
    """
    cells = [cell for cell in notebook.cells if not is_notice(cell)]  # the page itself says what it says
    return feedback_page(
        assignment.title,
        kept.result,
        notes=kept.notes,
        person=_person(page) if page else Person(),
        pictures=kept.pictures,
        notebook=nbformat.NotebookNode({**notebook, "cells": cells}) if kept.result.reason is None else None,
        released=released,
        words=words,
    )


def released_texts(notebook: NotebookNode) -> Released:
    """Return the text cells that a class was given.

    Parameters
    ----------
    notebook : NotebookNode
        As `autograder.gradebook.template` returns it.
    """
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


class FeedbackExporter(HTMLExporter):
    """Turns a notebook of ``autograded/`` into its student's page; other assignments are nbgrader's own."""

    def from_filename(
        self, filename: str, resources: Resources | None = None, **kw: object
    ) -> tuple[Any, Resources]:
        """Convert one file."""
        named = (resources or {}).get("nbgrader", {})
        if named.get("assignment") not in self._course.assignment_names():
            return super().from_filename(filename, resources=resources, **kw)
        html = self._page(named["student"], named["assignment"], nbformat.read(filename, as_version=4))
        return html, {**(resources or {}), "output_extension": self.file_extension}

    @functools.cached_property
    def _course(self) -> Course:
        return Course(Path(settings_of(self).coursedir.root))

    def _page(self, student: str, name: str, notebook: NotebookNode) -> str:
        assignment, settings = self._course.read_assignment(name), settings_of(self)
        kept = Store(self._course.root, name).read(student)
        with Gradebook(settings.db_url, settings.coursedir.course_id) as gradebook:
            try:
                page = gradebook.find_submission_notebook(name, name, student)
            except MissingEntry:
                page = None
            kept = kept or Stored(_scores_alone(assignment, student, page))
            released, words = self._given(name)
            return render_page(assignment, kept, page, notebook, released=released, words=words)

    @functools.cache  # noqa: B019 - an exporter lives as long as one command
    def _given(self, name: str) -> tuple[Released, Catalogue]:
        notebook = template(self._course, name, settings_of(self))
        return released_texts(notebook), words_of(self._course.read_assignment(name))


def _scores_alone(assignment: Assignment, student: str, page: SubmittedNotebook | None) -> SubmissionResult:
    """Return what the gradebook knows where no result is kept: points, without what was found."""
    found = {grade.name: grade.auto_score for grade in (page.grades if page else ())}
    exercises = tuple(
        ExerciseResult(each.id, found.get(f"{TEST_PREFIX}{each.id}") or 0.0, each.points, None, None, (), ())
        for each in assignment.exercises
    )
    score = sum(exercise.score for exercise in exercises)
    return SubmissionResult(student, "graded", None, score, assignment.max_score, exercises)
