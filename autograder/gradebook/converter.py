"""nbgrader's own autograde, made to meet any submission.

nbgrader makes its converter itself, and no setting names another class for it. The exporter is the first
thing of ours that a converter makes, with the converter at hand and before a submission is looked at; it
calls `take_over`, and the converter is from then on one of ours: a submission without a notebook of the right
name is graded like any other, what lies beside a notebook is copied only if it is a regular file of a
bearable size, a timestamp may be anything, and one warm worker serves all submissions.

A folder that holds no notebook at all is met as well, unless it is the only one that was asked for: nbgrader
then gives up before it makes an exporter.
"""

from __future__ import annotations

import contextlib
import fnmatch
import glob
from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter

from autograder.assignment import Course
from autograder.gradebook.files import copy_submitted
from autograder.gradebook.timestamps import TimestampError, read_timestamp

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from autograder.engine import Engine, Setup


def take_over(converter: object) -> None:
    """Make nbgrader's autograde one of ours; any other converter stays what it is."""
    if type(converter) is Autograde:
        converter.__class__ = SubmissionsAutograde


class _SafeCopies(BaseConverter):  # type: ignore[misc]  # nbgrader publishes no types
    """Takes the place of nbgrader's way to copy what lies beside a notebook, which follows links."""

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Copy regular files, within nbgrader's limits of size."""
        submitted = Path(self._format_source(assignment_id, student_id))
        target = Path(self._format_dest(assignment_id, student_id))
        for problem in copy_submitted(submitted, target, self.coursedir):
            self.log.warning(problem)


class SubmissionsAutograde(Autograde, _SafeCopies):  # type: ignore[misc]  # the same
    """nbgrader's autograde for submissions that may hold anything."""

    engine: Engine | None = None

    def convert_notebooks(self) -> None:
        """Grade the submissions of the assignment, also those that nbgrader passes over."""
        self._find_submissions()
        try:
            with self._careful_timestamps():
                super().convert_notebooks()
        finally:
            if self.engine is not None:
                self.engine.close()

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Make a submission's rows; a missing file leaves written answers to a person, as a damaged one."""
        super().init_assignment(assignment_id, student_id)
        missing = [Path(path).stem for path in self.notebooks if not Path(path).exists()]
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            for name in missing:
                rows = gradebook.find_submission_notebook(name, assignment_id, student_id)
                for grade in rows.grades:
                    if grade.cell.type == "TaskCell":
                        grade.auto_score, grade.needs_manual_grade = None, grade.manual_score is None
                gradebook.db.commit()

    def engine_for(self, setup: Setup) -> Engine:
        """Return the engine of this run, which starts with its first submission."""
        from autograder.engine import Engine  # noqa: PLC0415 - needed only where something is graded

        if self.engine is None:
            self.engine = Engine(setup.engine)
        return self.engine

    def _find_submissions(self) -> None:
        """Expect the notebook in every folder, but for those at whose names nbgrader would stop."""
        name = self.coursedir.assignment_id
        is_ours = name in Course(Path(self.coursedir.root)).assignment_names()
        if is_ours and fnmatch.fnmatchcase(name, self.coursedir.notebook_id):
            for folder in glob.glob(self._format_source(name, self.coursedir.student_id)):  # noqa: PTH207 - nbgrader's pattern
                self.assignments[folder] = [str(Path(folder, f"{name}.ipynb"))]
        for folder in [each for each in self.assignments if not each.isprintable()]:
            self.log.error("Not graded: the name of the folder %r; rename it and grade again.", folder)
            del self.assignments[folder]

    @contextlib.contextmanager
    def _careful_timestamps(self) -> Iterator[None]:
        """Have nbgrader read timestamps as we do: it would end the whole run at one that is no date."""

        def existing_timestamp(folder: str) -> dt.datetime | None:
            try:
                return read_timestamp(Path(folder))
            except TimestampError as error:
                self.log.warning(str(error))
                return None

        self.coursedir.get_existing_timestamp = existing_timestamp
        try:
            yield
        finally:
            del self.coursedir.get_existing_timestamp
