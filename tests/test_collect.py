"""How submissions arrive, by archive or by nbgrader's exchange, and how feedback returns."""

from __future__ import annotations

import contextlib
import warnings
import zipfile
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbgrader import apps

from autograder.gradebook import put_alembic_on_path

if TYPE_CHECKING:
    from pathlib import Path

ARCHIVE = {
    "garcíajosé_LATE_12345_67890_scale.ipynb": "12345",
    "kimminsu_22222_67891_scale-1.ipynb": "22222",
    "o'neill_22223_67892_scale (3).ipynb": "22223",
    "김 민수_2345678_assignsubmission_file_/scale.ipynb": "2345678",
    "Anna Müller_2345679_assignsubmission_file/scale.ipynb": "2345679",
    "Zoë van Dijk_2345680_assignsubmission_file_scale.ipynb": "2345680",
    "Scale_kim12_attempt_2025-01-30-15-00-00_scale.ipynb": "kim12",
    "José Núñez (late)/scale.ipynb": "José Núñez",
    "李 小龙_LATE/scale.ipynb": "李 小龙",
    "Ann Latewood/scale.ipynb": "Ann Latewood",
    "kim/scale.ipynb": "kim",
    "Dvořák_scale.ipynb": "Dvořák",
    "Ólafur Jónsson - Late - scale-2.ipynb": "Ólafur Jónsson",
}
"""Names as platforms give them, and whose they are."""


def run(app_class: type, folder: Path, *arguments: str) -> None:
    """Run a command of nbgrader in a folder."""
    with contextlib.chdir(folder), warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore")  # nbgrader's own
        patch.setattr("sys.path", [str(folder)])
        put_alembic_on_path()
        app = app_class()
        app.initialize(list(arguments))
        app.start()


def download(classroom, names, answers=None) -> None:
    """Put an archive of submissions where `nbgrader zip_collect` looks for it."""
    folder = classroom.course.root / "downloaded" / "scale" / "archive"
    folder.mkdir(parents=True, exist_ok=True)
    content = classroom.submit("someone", answers or classroom.right).read_bytes()
    with zipfile.ZipFile(folder / "submissions.zip", "w") as archive:
        for name in names:
            archive.writestr(name, content)
    (classroom.folder("submitted", "someone") / "scale.ipynb").unlink()
    classroom.folder("submitted", "someone").rmdir()


def collected(classroom) -> dict[str, set[str]]:
    """Return the files of each student's submission."""
    return {
        folder.parent.name: {path.name for path in folder.iterdir()}
        for folder in (classroom.course.root / "submitted").glob("*/scale")
    }


# ----- an archive -----


@pytest.mark.slow
def test_an_archive_of_a_learning_platform_is_collected_and_graded(classroom):
    """Spaces, late marks, numbers of repeated downloads and letters of other scripts do no harm."""
    download(classroom, ARCHIVE)
    run(apps.ZipCollectApp, classroom.course.root, "scale")
    assert collected(classroom) == {student: {"scale.ipynb"} for student in ARCHIVE.values()}
    assert {record.new_score for record in classroom.grade().values()} == {4.5}


def test_two_students_of_one_name_are_two_students(classroom):
    """The platform's number tells them apart."""
    download(classroom, ["kimminsu_1_10_scale.ipynb", "kimminsu_LATE_2_11_scale.ipynb"])
    run(apps.ZipCollectApp, classroom.course.root, "scale")
    assert set(collected(classroom)) == {"1", "2"}


def test_a_notebook_of_another_name_is_collected_as_it_is_called(classroom):
    """It is then recorded as ungradable, with the name that was expected."""
    download(classroom, ["choi_33333_44444_my homework.ipynb", "lee_33334_44445_scale.ipynb"])
    run(apps.ZipCollectApp, classroom.course.root, "scale")
    assert collected(classroom) == {"33333": {"my homework.ipynb"}, "33334": {"scale.ipynb"}}
    records = classroom.grade()
    assert (records["33333"].new_score, records["33334"].new_score) == (0, 4.5)
    assert "must be called scale.ipynb" in classroom.autograded("33333").cells[0].source


def test_what_macos_adds_to_archives_is_left_out(classroom):
    """Its copies have names like those of notebooks."""
    download(classroom, ["kim_1_2_scale.ipynb", "__MACOSX/._kim_1_2_scale.ipynb"])
    run(apps.ZipCollectApp, classroom.course.root, "scale")
    assert collected(classroom) == {"1": {"scale.ipynb"}}


def test_archives_within_an_archive_are_unpacked(classroom):
    """As where each student hands in a folder."""
    download(classroom, ["scale.ipynb"])
    inner = classroom.course.root / "downloaded" / "scale" / "archive" / "submissions.zip"
    inner = inner.rename(inner.with_name("이 서연_4567_assignsubmission_file_.zip"))
    with zipfile.ZipFile(inner.with_name("all.zip"), "w") as outer:
        outer.write(inner, inner.name)
    inner.unlink()
    run(apps.ZipCollectApp, classroom.course.root, "scale")
    assert collected(classroom) == {"4567": {"scale.ipynb"}}


# ----- nbgrader's exchange -----


@pytest.mark.slow
def test_the_way_through_the_exchange_and_back(classroom, tmp_path):
    """Release, fetch, submit, collect, grade, release feedback, fetch feedback: commands of nbgrader.

    A student who handed in by other ways does not keep the others from their feedback.
    """
    exchange, student = tmp_path / "exchange", tmp_path / "student"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    student.mkdir()
    course = classroom.course.root
    shared = (f"--Exchange.root={exchange}", f"--Exchange.cache={tmp_path / 'cache'}")
    theirs = (*shared, "--course=deep-learning-from-scratch")
    run(apps.ReleaseAssignmentApp, course, "scale", *shared)
    run(apps.FetchAssignmentApp, student, "scale", *theirs)
    answer(student / "scale" / "scale.ipynb", classroom.right)
    run(apps.SubmitApp, student, "scale", *theirs)
    run(apps.CollectApp, course, "scale", *shared)
    (name,) = collected(classroom)
    assert {"scale.ipynb", "timestamp.txt", "submission_secret.txt"} <= collected(classroom)[name]
    assert classroom.grade()[name].new_score == 4.5
    (submission,) = classroom.tables()["submitted_assignment"]
    assert submission["timestamp"] is not None
    (classroom.folder("feedback", "by, archive")).mkdir(parents=True)
    (classroom.folder("feedback", "by, archive") / "scale.html").write_text("a page")
    run(apps.ReleaseFeedbackApp, course, "scale", *shared)
    assert len(list(exchange.glob("*/feedback/*.html"))) == 1
    run(apps.FetchFeedbackApp, student, "scale", *theirs)
    (page,) = (student / "scale" / "feedback").glob("*/scale.html")
    assert page.read_text() == (classroom.folder("feedback", name) / "scale.html").read_text()


def answer(path: Path, answers: dict[str, str]) -> None:
    """Fill in the solution cells of a notebook."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    nbformat.write(notebook, path)
