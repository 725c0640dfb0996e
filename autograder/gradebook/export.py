"""The gradebook as a file that a learning platform imports, for ``nbgrader export``.

``nbgrader export --exporter=autograder.gradebook.export.CanvasExport --to canvas.csv``, or ``MoodleExport``.
Scores are those of the gradebook: what machine and people gave, less what lateness costs. Who did not hand
in has an empty cell, which both platforms leave alone. Cells are quoted, and none is a formula.

References
----------
.. [1] Canvas, "How do I import grades in the Gradebook?": the first columns and the row of possible points.
.. [2] Moodle, "Grade import": any columns, of which one identifies the student.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.plugins import ExportPlugin

from autograder.report import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbgrader.api import Assignment, Gradebook, Student, SubmittedAssignment

    Value = str | float | None


class _TableExport(ExportPlugin):  # type: ignore[misc]  # nbgrader publishes no types
    """Writes one row for each student and one column for each assignment."""

    file_name: str

    def export(self, gradebook: Gradebook) -> None:
        """Write the file that ``--to`` names."""
        path = Path(self.to or self.file_name)
        assignments = [each for each in gradebook.assignments if _is_wanted(each.name, self.assignment)]
        students = [each for each in gradebook.students if _is_wanted(each.id, self.student)]
        assignments.sort(key=lambda each: each.name)
        students.sort(key=lambda each: each.id)
        scores = {each.name: self._scores(each) for each in assignments}
        rows = (
            [*self.about(student), *(scores[each.name].get(student.id) for each in assignments)]
            for student in students
        )
        path.write_text(table([*self.heads(assignments), *rows]), encoding="utf-8", newline="")
        self.log.info("Wrote %s: %d students, %d assignments", path, len(students), len(assignments))

    def _scores(self, assignment: Assignment) -> dict[str, float]:
        waiting = sum(each.needs_manual_grade for each in assignment.submissions)
        if waiting:
            self.log.warning(
                "%s: %d submissions wait to be graded by a person; their scores will change",
                assignment.name,
                waiting,
            )
        return {each.student.id: _score(each) for each in assignment.submissions}

    def heads(self, assignments: list[Assignment]) -> Iterator[list[Value]]:
        """Yield the rows above the students."""
        raise NotImplementedError

    def about(self, student: Student) -> list[Value]:
        """Return the first columns of a student."""
        raise NotImplementedError


class CanvasExport(_TableExport):
    """Exports grades for Canvas: in its gradebook, choose *Import*.

    A number is taken for Canvas's own id of the student, anything else for the login.
    """

    file_name = "canvas.csv"

    def heads(self, assignments: list[Assignment]) -> Iterator[list[Value]]:
        """Yield the names of the columns, and the points that can be had."""
        columns: list[Value] = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
        yield [*columns, *(each.name for each in assignments)]
        yield ["Points Possible", None, None, None, None, *(float(each.max_score) for each in assignments)]

    def about(self, student: Student) -> list[Value]:
        """Return the name as Canvas writes it, and one of the ids."""
        is_number = student.id.isascii() and student.id.isdigit()
        name = ", ".join(part for part in (student.last_name, student.first_name) if part)
        ids = [student.id, None, None] if is_number else [None, None, student.id]
        return [name or student.id, *ids, None]


class MoodleExport(_TableExport):
    """Exports grades for Moodle: in its gradebook, choose *Import*, *CSV file*.

    Moodle asks which column identifies the student and which grade each of the others is.
    """

    file_name = "moodle.csv"

    def heads(self, assignments: list[Assignment]) -> Iterator[list[Value]]:
        """Yield the names of the columns."""
        columns: list[Value] = ["ID number", "First name", "Last name", "Email address"]
        yield [*columns, *(f"Assignment: {each.name}" for each in assignments)]

    def about(self, student: Student) -> list[Value]:
        """Return what Moodle may identify the student by."""
        return [student.id, student.first_name, student.last_name, student.email]


def _is_wanted(name: str, chosen: list[object]) -> bool:
    return not chosen or name in set(_names(chosen))


def _names(chosen: list[object]) -> Iterator[str]:
    """Yield the names of an option, written one by one, or as nbgrader's help has it: ``[a, b]``."""
    for entry in chosen:
        text = str(entry)
        if text.startswith("[") and text.endswith("]"):
            yield from (part.strip().strip("'\"") for part in text[1:-1].split(","))
        else:
            yield text


def _score(submission: SubmittedAssignment) -> float:
    return max(0.0, float(submission.score) - float(submission.late_submission_penalty or 0.0))
