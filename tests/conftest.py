"""What several test modules share: a sample course with a class, graded in both ways that there are."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import warnings
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from autograder.assignment import Course
from autograder.result import AspectResult, ExerciseResult, SubmissionResult, TestResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nbformat import NotebookNode

    from autograder.assignment import Assignment, Exercise
    from autograder.gradebook import Recorded
    from autograder.grading import Graded

REPOSITORY = Path(__file__).parents[1]
SAMPLE = Path(__file__).parent / "samples" / "course"


@pytest.fixture(scope="session")
def built_course(tmp_path_factory):
    """Return the sample course, built once; not to be changed."""
    from autograder.authoring import build  # noqa: PLC0415 - nbgrader takes seconds to import

    root = Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("built") / "course"))
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    build(Course(root))
    return Course(root)


@pytest.fixture(scope="session")
def alembic_version():
    """Return what nbgrader asks alembic for, a matter of seconds, whenever it makes a gradebook."""
    from nbgrader.api import get_alembic_version  # noqa: PLC0415

    from autograder.gradebook import put_alembic_on_path  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.environ["PATH"])
        put_alembic_on_path()
        return get_alembic_version()


@pytest.fixture
def classroom(built_course, alembic_version, tmp_path, monkeypatch):
    """Return a class of the sample course; what a cell earns is written in it, so nothing is run."""
    from autograder import grading, scheduling  # noqa: PLC0415 - the engine is heavy

    monkeypatch.setattr(grading, "grade_notebooks", grade_by_marks)
    monkeypatch.setattr(grading, "ungradable", ungradable)
    monkeypatch.setattr("nbgrader.api.get_alembic_version", lambda: alembic_version)
    monkeypatch.setattr("autograder.walls.choose_isolation", lambda level: level or "process")
    monkeypatch.setattr(scheduling, "choose_isolation", lambda level: level or "process")
    return Classroom(Course(Path(shutil.copytree(built_course.root, tmp_path / "course"))))


@pytest.fixture(scope="session")
def real_course(tmp_path_factory):
    """Return this repository's course with an empty gradebook; not to be changed."""
    from autograder.gradebook import open_record  # noqa: PLC0415

    root = tmp_path_factory.mktemp("real") / "course"
    for part in ("assignments", "solutions", "source", "release"):
        shutil.copytree(REPOSITORY / part, root / part)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    course = Course(root)
    for name in course.assignment_names():
        with open_record(course, course.read_assignment(name)):
            pass
    return course


@pytest.fixture
def course(open_classroom, tmp_path):
    """Return a class of the assignment `affine`, graded by the engine itself."""
    return open_classroom(tmp_path / "course")


@pytest.fixture(scope="session")
def open_classroom(real_course):
    """Return a function that makes a classroom of this repository's course in a new folder."""

    def make(folder: Path, name: str = "affine") -> Classroom:
        root = Path(shutil.copytree(real_course.root, folder))
        source = nbformat.read(root / "source" / name / f"{name}.ipynb", as_version=4)
        answers = {
            cell.metadata.nbgrader.grade_id: cell.source
            for cell in source.cells
            if cell.metadata.get("nbgrader", {}).get("solution")
        }
        return Classroom(Course(root), name, answers)

    return make


@pytest.fixture
def cli(monkeypatch, capsys):
    """Return a function that runs a command line in this process: exit code, standard output and error."""
    from autograder.cli import main  # noqa: PLC0415

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["autograder", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture(scope="session")
def classroom_of():
    """Return the class of a course that a test has made, graded by the real engine."""
    return Classroom


@dataclass
class Classroom:
    """A course folder with a class in it."""

    course: Course
    name: str = "scale"
    right: dict[str, str] = field(
        default_factory=lambda: {
            "scale": "def scale(x, *, factor=2.0):  # right\n    return x * factor",
            "counter": "class Counter:  # right\n    pass",
            "repair": "def twice(x):  # right\n    return 2 * x",
        }
    )
    """Answers that earn all points."""

    @property
    def assignment(self) -> Assignment:
        """The description, read anew, as it may have been changed."""
        return self.course.read_assignment(self.name)

    def released(self) -> NotebookNode:
        """Return the notebook that students receive."""
        return nbformat.read(self.course.release_folder(self.name) / f"{self.name}.ipynb", as_version=4)

    def folder(self, step: str, student: str) -> Path:
        """Return a folder of one of nbgrader's steps."""
        return self.course.root / step / student / self.name

    def submit(
        self,
        student: str,
        answers: dict[str, str] | None = None,
        change: Callable[[NotebookNode], None] = lambda _: None,
        **files: str,
    ) -> Path:
        """Hand in the released notebook with answers in its solution cells, and files beside it."""
        notebook = self.released()
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = (answers or {}).get(grade_id, cell.source)
        change(notebook)
        return self.submit_bytes(student, json.dumps(notebook).encode(), **files)

    def hand_in(
        self,
        student: str,
        answers: dict[str, str] | None = None,
        change: Callable[[NotebookNode], object] = lambda _: None,
        **files: str,
    ) -> Path:
        """Hand in right answers but for these; examples and figures, which take time, are left out."""

        def shorten(notebook: NotebookNode) -> None:
            notebook.cells = [
                cell
                for cell in notebook.cells
                if cell.metadata.get("nbgrader") or cell.cell_type != "code" or "import" in cell.source
            ]
            change(notebook)

        return self.submit(student, {**self.right, **(answers or {})}, shorten, **files)

    def submit_bytes(self, student: str, content: bytes, **files: str) -> Path:
        """Hand in a file of any content; keyword names are file names with their last ``_`` for the dot."""
        folder = self.folder("submitted", student)
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / ".".join(name.rsplit("_", 1))).write_text(text)
        path = folder / f"{self.name}.ipynb"
        path.write_bytes(content)
        return path

    def grade(self) -> dict[str, Recorded]:
        """Grade as ``autograder grade`` does."""
        from autograder.gradebook import open_record  # noqa: PLC0415

        with open_record(self.course, self.assignment) as record:
            graded = self.graded(record.template)
            return {student: record.write(student, each) for student, each in graded}

    def graded(self, template: NotebookNode) -> Iterator[tuple[str, Graded]]:
        """Grade without recording."""
        from autograder import scheduling  # noqa: PLC0415
        from autograder.workplace import ThisMachine  # noqa: PLC0415

        setup = scheduling.make_setup(self.course, self.assignment, template, "process")
        folders = scheduling.submission_folders(self.course, self.name)
        return scheduling.grade_class(self.course, setup, folders, ThisMachine(1))

    def generate_assignment(self) -> None:
        """Do as ``nbgrader generate_assignment --force`` does."""
        self._convert("GenerateAssignment")

    def autograde(self, student: str = "*", *arguments: tuple[str, str, Any]) -> None:
        """Grade as ``nbgrader autograde --force`` does; each argument is (section, name, value)."""
        self._convert("Autograde", student, *arguments)

    def generate_feedback(self) -> None:
        """Do as ``nbgrader generate_feedback --force`` does."""
        self._convert("GenerateFeedback")

    def _convert(self, converter: str, student: str = "*", *arguments: tuple[str, str, Any]) -> None:
        from nbgrader import converters  # noqa: PLC0415

        from autograder.gradebook import nbgrader_at_work, read_settings  # noqa: PLC0415

        with nbgrader_at_work(self.course), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbgrader's own
            settings = read_settings(self.course)
            for section, name, value in arguments:
                settings.config[section][name] = value
            settings.coursedir.assignment_id, settings.coursedir.student_id = self.name, student
            app = getattr(converters, converter)(coursedir=settings.coursedir, config=settings.config)
            app.force = True
            app.start()

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """Return the whole gradebook, with names in the place of generated ids."""
        with closing(sqlite3.connect(self.course.root / "gradebook.db")) as database:
            database.row_factory = sqlite3.Row
            names = database.execute("select name from sqlite_master where type = 'table' order by name")
            tables = {
                row["name"]: [dict(each) for each in database.execute(f"select * from {row['name']}")]
                for row in names
            }
        return _named(tables)

    @staticmethod
    def named(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
        """Return the tables of a gradebook with names in the place of generated ids."""
        return _named(tables)

    def scores(self, student: str) -> dict[str, tuple[float | None, bool]]:
        """Return a student's automatic scores by cell, and whether a person has to look."""
        return {
            row["cell_id"].split()[-1]: (row["auto_score"], bool(row["needs_manual_grade"]))
            for row in self.tables()["grade"]
            if row["notebook_id"] == f"notebook of {student}"
        }

    def autograded(self, student: str) -> NotebookNode:
        """Return a student's graded notebook, valid by its schema."""
        notebook = nbformat.read(self.folder("autograded", student) / f"{self.name}.ipynb", as_version=4)
        nbformat.validate(notebook)
        return notebook

    def configure(self, *lines: str) -> None:
        """Add lines to the course's nbgrader_config.py."""
        with (self.course.root / "nbgrader_config.py").open("a") as file:
            file.writelines(f"{line}\n" for line in lines)

    def edit_source(self, change: Callable[[NotebookNode], None]) -> None:
        """Change the instructor's notebook, as a new build would."""
        path = self.course.source_notebook(self.name)
        notebook = nbformat.read(path, as_version=4)
        change(notebook)
        nbformat.write(notebook, path)

    def sql(self, statement: str, *values: object) -> None:
        """Change the gradebook behind nbgrader's back."""
        with closing(sqlite3.connect(self.course.root / "gradebook.db")) as database, database:
            database.execute(statement, values)


def _named(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    labels = {row["id"]: f"assignment {row['name']}" for row in tables["assignment"]}
    labels |= {row["id"]: f"notebook {row['name']}" for row in tables["notebook"]}
    labels |= {row["id"]: f"{row['type']} {row['name']}" for row in tables["base_cell"]}
    labels |= {row["id"]: f"source {row['name']}" for row in tables["source_cell"]}
    labels |= {row["id"]: f"submission of {row['student_id']}" for row in tables["submitted_assignment"]}
    students = {row["id"]: row["student_id"] for row in tables["submitted_assignment"]}
    labels |= {
        row["id"]: f"notebook of {students[row['assignment_id']]}" for row in tables["submitted_notebook"]
    }
    generated = {row["id"] for name in ("grade", "comment") for row in tables[name]}
    named = {
        name: [
            {key: labels.get(value, value) for key, value in row.items() if value not in generated}
            for row in rows
        ]
        for name, rows in tables.items()
    }
    return {name: sorted(rows, key=repr) for name, rows in named.items()}


def grade_by_marks(course, assignment, notebooks, report, *, isolation, hidden=(), given=()) -> None:
    """Stand in for the engine: a cell earns what a comment in it says, ``# right`` or ``# half``."""
    from autograder.grading import Graded  # noqa: PLC0415

    for student, notebook in notebooks:
        sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        code = {
            cell.metadata.nbgrader.grade_id: cell.source
            for cell in notebook.cells
            if cell.metadata.get("nbgrader", {}).get("solution")
        }
        exercises = tuple(_by_mark(exercise, code.get(exercise.id, "")) for exercise in assignment.exercises)
        score = sum(exercise.score for exercise in exercises)
        result = SubmissionResult(student, "graded", None, score, assignment.max_score, exercises)
        outputs = tuple(({"output_type": "stream", "name": "stdout", "text": text},) for text in sources)
        report(student, Graded(result, notebook, outputs))


def _by_mark(exercise: Exercise, source: str) -> ExerciseResult:
    share = 1.0 if "# right" in source else 0.5 if "# half" in source else 0.0
    (aspect,) = exercise.aspects
    score = share * exercise.points
    outcome = "passed" if share == 1 else "failed"
    tests = (TestResult(f"{exercise.id}::values", aspect.id, outcome, "It has the right values."),)
    aspects = (AspectResult(aspect.id, score, exercise.points),)
    return ExerciseResult(exercise.id, score, exercise.points, None, None, aspects, tests)


def ungradable(assignment, student, reason):
    """Stand in for the engine's record of a submission that cannot be graded."""
    from autograder.grading import Graded  # noqa: PLC0415

    exercises = tuple(_by_mark(exercise, "") for exercise in assignment.exercises)
    return Graded(
        SubmissionResult(student, "ungradable", reason, 0.0, assignment.max_score, exercises), None, ()
    )
