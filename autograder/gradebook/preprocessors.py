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
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Unicode

from autograder.assignment import Course
from autograder.errors import Ungradable
from autograder.gradebook.annotate import annotate, is_scored_cell, score_outputs
from autograder.gradebook.converter import SubmissionsAutograde, take_over
from autograder.gradebook.register import template
from autograder.gradebook.settings import settings_of
from autograder.notebook import find_submission, normalise, read_submission, repair
from autograder.notebook.repairing import without_mark_scheme
from autograder.store import Store
from autograder.wording import words_of

if TYPE_CHECKING:
    from traitlets.config import Configurable

    from autograder.gradebook.settings import Settings
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
    return settings_of(step).folder("submitted", named["student"], named["assignment"])


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
        settings, name = settings_of(self), resources["nbgrader"]["assignment"]
        carried = nb.metadata.get(_METADATA_KEY, {})
        source = template(Course(Path(settings.coursedir.root)), name, settings)
        repaired, notes = repair(normalise(nb), source)
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
        settings = settings_of(self)
        graded = grade(
            settings,
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
        words = words_of(Course(Path(settings.coursedir.root)).read_assignment(named["assignment"]))
        return annotate(nb, graded, words), resources


class HideMarkSchemes(_Step):
    """Takes the mark schemes out of feedback: model answers are for those who grade."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Leave of each question what the student was given."""
        for cell in filter(utils.is_task, nb.cells):
            cell.source = without_mark_scheme(cell.source)
        return nb, resources


def grade(
    settings: Settings,
    name: str,
    student: str,
    notebook: NotebookNode,
    *,
    reason: str | None,
    notes: tuple[str, ...],
    isolation: str | None,
    run: object = None,
) -> Graded:
    """Grade one repaired notebook, or take what is known of it; with a `reason`, nothing is run.

    Where it is one of a `run` of nbgrader's, that one's engine grades them all.

    Raises
    ------
    CourseError, AuthorError, IsolationRefused
        For the instructor: nothing can be graded here. nbgrader reports it and records no score.
    """
    from autograder import grading, scheduling  # noqa: PLC0415 - needed only where something is graded

    course = Course(Path(settings.coursedir.root))
    assignment = course.read_assignment(name)
    setup = scheduling.make_setup(course, assignment, template(course, name, settings), isolation)
    store, collected = (
        Store(course.root, name),
        scheduling.collect(student, settings.folder("submitted", student, name), name),
    )
    if reason:
        graded = grading.ungradable(assignment, student, reason)
    elif (known := scheduling.stored_result(store, setup, collected)) is not None:
        return dataclasses.replace(known, notebook=notebook)
    elif isinstance(run, SubmissionsAutograde):
        graded = dataclasses.replace(run.engine_for(setup).grade_notebook(student, notebook), notes=notes)
    else:
        done: list[Graded] = []
        grading.grade_notebooks(
            course,
            assignment,
            [(student, notebook)],
            lambda _, each: done.append(each),
            isolation=setup.engine.isolation,
        )
        graded = dataclasses.replace(done[0], notes=notes)
    store.write(grading.kept(graded, collected.key(setup)))
    return graded
