"""The kit's steps in ``nbgrader autograde`` and behind the formgrader's button.

nbgrader converts a submission twice: it sanitizes ``submitted/`` into ``autograded/``, then grades that file.
``nbgrader_config.py`` puts `SubmissionExporter` in charge of reading, `RepairSubmission` into the first list
of steps, and `SandboxedExecute` in the place of nbgrader's Execute in the second. They fail closed: a test
cell says 0 from the moment it is repaired, and only a result of the engine says more. Neither a flag
(``--no-execute``) nor a setting (``enabled``) switches them off.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Unicode

from autograder.assignment import Course
from autograder.errors import Ungradable
from autograder.gradebook.annotate import annotate, is_scored_cell, score_outputs
from autograder.gradebook.converter import SubmissionsAutograde, take_over
from autograder.gradebook.record import keep
from autograder.gradebook.register import template
from autograder.gradebook.settings import Settings, nbgrader_at_work, read_settings
from autograder.notebook import find_submission, normalise, read_submission, repair
from autograder.notebook.repairing import without_mark_scheme

if TYPE_CHECKING:
    from traitlets.config import Configurable

    from autograder.grading import Graded

    Resources = dict[str, Any]
_METADATA_KEY = "autograder"
"""Where the sanitized notebook carries the reason and the notes to the second pass."""


class SubmissionExporter(NotebookExporter):
    """Reads a submission without trusting the file.

    An unreadable one becomes an empty notebook that carries the reason, so that it is recorded with 0 points
    like any other and no earlier score stays.
    """

    def __init__(self, **kw: Any) -> None:  # noqa: ANN401 - nbconvert's
        super().__init__(**kw)  # type: ignore[no-untyped-call]
        take_over(self.parent)

    def from_filename(
        self, filename: str, resources: Resources | None = None, **kw: object
    ) -> tuple[NotebookNode, Resources]:
        """Convert one file of ``submitted/``; files of other steps are nbgrader's own and read as ever."""
        path, resources = Path(filename), {} if resources is None else resources
        if path.parent != _submitted_folder(self, resources):
            return super().from_filename(filename, resources=resources, **kw)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        converted: tuple[NotebookNode, Resources]
        converted = self.from_notebook_node(_read(path), resources=resources, **kw)  # type: ignore[no-untyped-call]
        return converted


def _submitted_folder(step: Configurable, resources: Resources) -> Path:
    named = resources["nbgrader"]
    return _settings(step).folder("submitted", named["student"], named["assignment"])


def _read(path: Path) -> NotebookNode:
    try:
        return read_submission(find_submission(path.parent, path.stem))
    except Ungradable as reason:
        notebook = normalise({"nbformat": 4, "cells": []})
        notebook.metadata[_METADATA_KEY] = NotebookNode(reason=str(reason))
        return notebook


class _Step(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader publishes no types
    """A step that cannot be switched off: a disabled one would leave every test cell without a score."""

    enabled = Bool(default_value=True, read_only=True)  # not configurable, unlike in the base class


class RepairSubmission(_Step):
    """Gives a submission the structure of its assignment, and every test cell 0 points to begin with."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Repair one notebook."""
        settings, name = _settings(self), resources["nbgrader"]["assignment"]
        carried = nb.metadata.get(_METADATA_KEY, {})
        repaired, notes = repair(nb, template(Course(Path(settings.coursedir.root)), name, settings))
        reason = carried.get("reason")
        notes = [] if reason else notes  # where nothing could be read, every cell is missing
        for note in notes:
            self.log.warning(note)
        repaired.metadata[_METADATA_KEY] = {"reason": reason, "notes": notes}
        for cell in filter(is_scored_cell, repaired.cells):
            cell.outputs = score_outputs(None, float(cell.metadata.nbgrader.points))
        return repaired, resources


class SandboxedExecute(_Step):
    """Grades a repaired notebook with the kit's engine: the student's code runs behind its walls only."""

    isolation = Unicode(
        "", help="The level to grade at; empty for the strongest that this machine offers."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Grade one notebook."""
        carried = nb.metadata.pop(_METADATA_KEY, {})
        named = resources["nbgrader"]
        course = Course(Path(_settings(self).coursedir.root))
        graded = grade(
            course,
            named["assignment"],
            named["student"],
            nb,
            reason=carried.get("reason"),
            notes=tuple(carried.get("notes", ())),
            isolation=self.isolation or None,
            run=getattr(self.parent, "parent", None),  # the exporter's, which is nbgrader's converter
        )
        if graded.result.reason:
            self.log.warning("%s could not be graded: %s", named["student"], graded.result.reason)
        keep(_settings(self), named["assignment"], graded)
        return annotate(nb, graded), resources


class HideMarkSchemes(_Step):
    """Takes the mark schemes out of feedback: model answers are for those who grade."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Leave of each question what the student was given."""
        for cell in filter(utils.is_task, nb.cells):
            cell.source = without_mark_scheme(cell.source)
        return nb, resources


def grade(
    course: Course,
    name: str,
    student: str,
    notebook: NotebookNode,
    *,
    reason: str | None,
    notes: tuple[str, ...],
    isolation: str | None,
    run: object = None,
) -> Graded:
    """Grade one repaired notebook; with a `reason`, it is ungradable and nothing is run.

    Where it is one of a `run` of nbgrader's, that one's engine grades them all.

    Raises
    ------
    CourseError, AuthorError, IsolationRefused
        For the instructor: nothing can be graded here. nbgrader reports it and records no score.
    """
    from autograder import grading  # noqa: PLC0415 - the engine is needed only where something is graded
    from autograder.walls import choose_isolation  # noqa: PLC0415 - the same

    assignment = course.read_assignment(name)
    if reason:
        return grading.ungradable(assignment, student, reason)
    if isinstance(run, SubmissionsAutograde):
        engine = run.engine_for(course, name, choose_isolation(isolation))
        return dataclasses.replace(engine.grade_notebook(student, notebook), notes=notes)
    done: list[Graded] = []
    grading.grade_notebooks(
        course,
        assignment,
        [(student, notebook)],
        lambda _, graded: done.append(graded),
        isolation=choose_isolation(isolation),
    )
    (graded,) = done
    return dataclasses.replace(graded, notes=notes)


def _settings(step: Configurable) -> Settings:
    """Return the configuration of the nbgrader command that a step works for."""
    above: Any = step
    while above is not None:
        if isinstance(coursedir := getattr(above, "coursedir", None), CourseDirectory):
            return Settings(above.config, coursedir)
        above = above.parent
    course = Course(Path.cwd())  # nbgrader's converters work from the root of the course
    with nbgrader_at_work(course):
        return read_settings(course)
