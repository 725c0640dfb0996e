"""The rows of one assignment in nbgrader's gradebook: read and written in few statements and transactions.

nbgrader's own methods commit after every row. Here the rows of many students go into one transaction, which
is short enough that a formgrader beside us does not notice. They are the rows that nbgrader would write.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any

from nbgrader import utils
from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.pool import NullPool

from autograder.errors import CourseError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from nbformat import NotebookNode
    from nbgrader.api import Gradebook

COMMIT_S = 1.0
"""How long rows may wait for their transaction to end; SQLite lets others wait for five seconds."""
MAX_ROWS = 100
"""Students in one transaction."""

MAX_NAME = 128
"""Characters of a student's id in nbgrader's tables; SQLite does not mind, servers do."""
ADVISORY_LOCK = 0x6175_746F_6772_6164
"""PostgreSQL's name for our lock, a number of 64 bits that nobody else in the database uses."""


class Rows:
    """An assignment's rows of a gradebook.

    Parameters
    ----------
    gradebook : Gradebook
        Holds the assignment's cells already.
    name : str
        The assignment, and its only notebook.
    """

    def __init__(self, gradebook: Gradebook, name: str) -> None:
        self.session = gradebook.db()
        self.session.expire_on_commit = False  # the cells would be read anew after each transaction
        self.notebook = gradebook.find_notebook(name, name)
        self.assignment = self.notebook.assignment
        self.cells = {cell.name: cell for cell in self.notebook._base_cells}  # noqa: SLF001 - one query for all kinds
        self.max_score = sum(
            cell.max_score for cell in (*self.notebook.grade_cells, *self.notebook.task_cells)
        )
        self.waiting = 0
        self.since = 0.0

    def refuses(self, student: str) -> str | None:
        """Return why the gradebook cannot hold a student of this name, if it cannot."""
        if self.session.get_bind().dialect.name != "sqlite" and len(student) > MAX_NAME:
            return (
                f"The name {student[:20]!r}… is longer than {MAX_NAME} characters, so nothing was recorded."
            )
        return None

    def page_of(self, student: str, timestamp: dt.datetime | None) -> tuple[SubmittedNotebook, float | None]:
        """Return a student's rows, made where there are none, and the score that they had."""
        with self.session.no_autoflush:
            page = self._find(student) or self._add(student)
        old_score = None if page in self.session.new else score_of(page)
        if timestamp is not None:
            page.assignment.timestamp = utils.parse_utc(timestamp)
        if not self.waiting:
            self.since = time.monotonic()
        self.waiting += 1
        return page, old_score

    def _find(self, student: str) -> SubmittedNotebook | None:
        found = (
            self.session.query(SubmittedNotebook)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .filter(SubmittedNotebook.notebook_id == self.notebook.id)
            .filter(SubmittedAssignment.student_id == student)
            .options(joinedload(SubmittedNotebook.assignment))
            .options(selectinload(SubmittedNotebook.grades), selectinload(SubmittedNotebook.comments))
        )
        page: SubmittedNotebook | None = found.one_or_none()
        return page

    def _add(self, student: str) -> SubmittedNotebook:
        """Mirror the assignment for a student, as nbgrader's `add_submission` does.

        The rows are inserted when the transaction ends, with their final values.
        """
        if self.session.get(Student, student) is None:
            self.session.add(Student(id=student))
        submission = SubmittedAssignment(assignment_id=self.assignment.id, student_id=student)
        page = SubmittedNotebook(notebook_id=self.notebook.id, assignment=submission)
        _relate(submission, "assignment", self.assignment)
        _relate(page, "notebook", self.notebook)
        for cell in (*self.notebook.grade_cells, *self.notebook.task_cells):
            _relate(Grade(cell_id=cell.id, notebook=page, needs_manual_grade=True), "cell", cell)
        for cell in (*self.notebook.solution_cells, *self.notebook.task_cells):
            _relate(Comment(cell_id=cell.id, notebook=page), "cell", cell)
        self.session.add(submission)
        return page

    def save(self, page: SubmittedNotebook, notebook: NotebookNode) -> None:
        """Write the scores of a graded notebook as nbgrader's SaveAutoGrades does.

        Parameters
        ----------
        page : SubmittedNotebook
            The student's rows; every cell of the notebook has its own.
        notebook : NotebookNode
            Repaired and annotated, so that it holds every graded cell and no earlier score can remain.
        """
        grades = {grade.cell_id: grade for grade in page.grades}
        comments = {comment.cell_id: comment for comment in page.comments}
        for cell in notebook.cells:
            if utils.is_grade(cell):
                _save_score(grades[self.cells[cell.metadata.nbgrader.grade_id].id], cell)
            if utils.is_solution(cell) or utils.is_task(cell):
                _save_comment(comments[self.cells[cell.metadata.nbgrader.grade_id].id], cell)

    def commit_if_due(self) -> None:
        """End the transaction if it has enough rows or is open for long enough."""
        if self.waiting >= MAX_ROWS or (self.waiting and time.monotonic() - self.since >= COMMIT_S):
            self.commit()

    def commit(self) -> None:
        """End the transaction: what was written stays, whatever happens next."""
        with gradebook_errors():
            self.session.commit()
        self.waiting = 0
        kinds = (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment)
        for row in [row for row in self.session if isinstance(row, kinds)]:
            self.session.expunge(row)  # so that memory does not grow with the class


@contextlib.contextmanager
def gradebook_errors() -> Iterator[None]:
    """Say in one sentence what keeps a gradebook from being read or written.

    Raises
    ------
    CourseError
        For the instructor: it is locked, full, read-only or gone, or its server is.
    """
    try:
        yield
    except DBAPIError as error:
        why = str(error.orig).splitlines()[0] if error.orig else type(error).__name__
        if error.connection_invalidated or (error.statement is None and isinstance(error, OperationalError)):
            raise CourseError(
                f"The gradebook's server cannot be used ({why}). What was graded is kept: "
                "see that the server runs and that AUTOGRADER_DB_URL is right, and run the command again"
            ) from error
        raise CourseError(
            f"The gradebook cannot be written ({why}). What was graded is kept: "
            "close what else uses the gradebook, or make room, and run the command again"
        ) from error


@contextlib.contextmanager
def only_writer(db_url: str) -> Iterator[None]:
    """Wait until no other machine grades into a shared gradebook, and keep others waiting.

    PostgreSQL gives the lock back when the connection ends, however that happens. In a file, which belongs to
    one course folder, the folder's own lock does the same.
    """
    if make_url(db_url).get_backend_name() != "postgresql":
        yield
        return
    with create_engine(db_url, poolclass=NullPool).connect() as connection:
        connection.execute(text("select pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
        connection.commit()  # the lock is the session's; no transaction stays open meanwhile
        yield


def _relate(row: Any, name: str, other: object) -> None:  # noqa: ANN401 - a row of any table
    """Let a row that is not inserted yet lead to the row that it refers to by its id.

    Assigned in the usual way, the other row would collect a reference to each student's.
    """
    set_committed_value(row, name, other)


def score_of(page: SubmittedNotebook) -> float:
    """Return the score of a page by nbgrader's rule, from rows that may not have been written yet."""
    return float(sum(_score(grade) for grade in page.grades))


def _score(grade: Grade) -> float:
    given = grade.manual_score if grade.manual_score is not None else grade.auto_score
    return 0.0 if given is None else given + (grade.extra_credit or 0.0)


def _save_score(grade: Grade, cell: NotebookNode) -> None:
    grade.auto_score, _ = utils.determine_grade(cell)
    grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None


def _save_comment(comment: Comment, cell: NotebookNode) -> None:
    untouched = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
    comment.auto_comment = "No response." if untouched and not utils.is_task(cell) else None
