"""A Korean course reads Korean: pages, cards and the command line, for the whole sample class."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import numpy as np
import pytest
from english import english_in, english_in_text

from autograder.assignment import Course
from autograder.checking import check_live
from autograder.checking.card import render_html
from autograder.checking.told import words_of as words_of_kit
from autograder.checking.view import render_text
from autograder.diagnosis.questions import FAMILIES, QUESTIONS
from autograder.errors import CourseError
from autograder.kit import read_kit
from autograder.misconceptions import MISCONCEPTIONS
from autograder.pictures import Pictures
from autograder.plugin import translated_requirements
from autograder.plugin.suite import collect_items, requirement
from autograder.store import Store
from autograder.wording import SUITES, words_of

REPOSITORY = Path(__file__).parents[1]
ASSIGNMENTS = ("affine", "optimizers")


@pytest.fixture(scope="session")
def korean_course(real_course, tmp_path_factory):
    """Return the course of this repository, in Korean, with nothing graded."""
    root = Path(shutil.copytree(real_course.root, tmp_path_factory.mktemp("korean") / "course"))
    for name in ASSIGNMENTS:
        description = root / "assignments" / name / "assignment.toml"
        description.write_text('language = "ko"\n' + description.read_text(encoding="utf-8"), "utf-8")
        kit = root / "release" / name / "public.json"
        kit.write_text(kit.read_text("utf-8").replace('"language": "en"', '"language": "ko"'), "utf-8")
    return Course(root)


@pytest.fixture(scope="session", params=ASSIGNMENTS)
def korean_class(request, korean_course, classroom_of):
    """Return the sample class after grading, with its class page."""
    from autograder.reporting import write_class_report  # noqa: PLC0415 - heavy

    shutil.copytree(
        REPOSITORY / "examples" / "submitted", korean_course.root / "submitted", dirs_exist_ok=True
    )
    classroom = classroom_of(korean_course, request.param)
    classroom.grade()
    standings = Store(korean_course.root, classroom.name).read_all()
    write_class_report(korean_course, classroom.assignment, standings)
    return classroom


@pytest.mark.slow
def test_no_page_of_the_sample_class_has_an_english_sentence_of_ours(korean_class):
    """Feedback of every kind of answer there is, and the class page."""
    root, name = korean_class.course.root, korean_class.name
    pages = [*root.glob(f"feedback/*/{name}/{name}.html"), root / "reports" / f"{name}.html"]
    assert len(pages) > 5
    assert {(page.parts[-3], *english_in(page.read_text("utf-8"))) for page in pages} == {
        (page.parts[-3],) for page in pages
    }


@pytest.mark.slow
def test_nothing_that_a_result_says_is_left_in_english(korean_class):
    """Every rationale, hint, reason and note, also those that a page does not show."""
    words = words_of(korean_class.assignment)
    texts = set()
    store = Store(korean_class.course.root, korean_class.name)
    for stored in (store.read(standing.result.student) for standing in store.read_all()):
        texts |= {stored.result.reason or "", *stored.notes}
        for exercise in stored.result.exercises:
            texts |= {exercise.hint or "", *(test.rationale for test in exercise.tests)}
    assert {(text, *found) for text in texts if (found := english_in_text(words.tell(text)))} == set()


@pytest.mark.slow
@pytest.mark.parametrize("exercise", MISCONCEPTIONS)
def test_cards_are_korean_whatever_is_wrong(korean_course, exercise):
    """For one known wrong answer of each kind of finding, as a card and as plain text."""
    name = "affine" if exercise in {"bias-gradient", "affine-backward", "affine-debug"} else "optimizers"
    kit = read_kit(korean_course.release_folder(name))
    words = words_of_kit(kit)
    for misconception in MISCONCEPTIONS[exercise][::7]:
        namespace, pictures = {"np": np, "__name__": "__main__"}, Pictures()
        exec(misconception.code, namespace)
        result = check_live(kit, exercise, namespace, pictures)
        assert english_in(render_html(result, "", pictures.seen, words)) == set()
        text = render_text(result, "", words)
        assert "예외" in text or english_in_text(text) == set()  # what Python says may go over lines


def test_the_command_line_of_students_is_korean(korean_course, tmp_path, cli):
    """A notebook with a missing cell: its result and what to do before submitting."""
    folder = Path(shutil.copytree(korean_course.release_folder("affine"), tmp_path / "affine"))
    path = folder / "affine.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = notebook.cells[:-1]
    nbformat.write(notebook, path)
    code, out, err = cli("check", path)
    assert code == 1
    assert "아직 풀지 않았습니다" in out
    assert "제출하기 전에: 셀" in err
    assert english_in_text(out) | english_in_text(err) == set()
    path.write_text("{")
    _, _, err = cli("check", path)
    assert "이 노트북은 채점할 수 없습니다. affine.ipynb: 업로드가" in err


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_every_requirement_is_there_in_korean(name):
    """Each test of each suite says it, or another test with the same words does."""
    for suite in (SUITES / f"test_{name}.py", REPOSITORY / "assignments" / name / "test_public.py"):
        required = {requirement(item) for item in collect_items(suite)}
        assert required == translated_requirements(suite, "ko").keys()


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_class_page_has_every_idea_in_korean(korean_course, name):
    """Of the bank and of families of faults, whether somebody in the sample class has it or not."""
    assignment = korean_course.read_assignment(name)
    words = words_of(assignment)
    known = [entry.idea for exercise in assignment.exercises for entry in MISCONCEPTIONS[exercise.id]]
    for idea in (*known, *FAMILIES.values()):
        told = words.tell(idea)
        assert told != idea
        assert english_in_text(told) == set()


def test_pages_can_be_had_in_the_other_language(real_course, korean_course):
    """Hints of the bank and questions for unknown faults, whichever language results have them in."""
    english, korean = (course.read_assignment("affine") for course in (real_course, korean_course))
    for hints in (
        MISCONCEPTIONS["bias-gradient"][0].hints,
        {"en": QUESTIONS["sign"].english, "ko": QUESTIONS["sign"].korean},
    ):
        assert words_of(english, "ko").tell(hints["en"]) == hints["ko"]
        assert words_of(korean, "en").tell(hints["ko"]) == hints["en"]
    assert words_of(english).tell("Only the sign differs.") == "Only the sign differs."


@pytest.mark.parametrize(("lang", "title"), [("ko", "피드백"), ("en", "Feedback")])
def test_grade_writes_pages_in_the_language_that_is_asked_for(classroom, cli, lang, title):
    """The student's page and the class page."""
    classroom.submit("kim", classroom.right)
    root = classroom.course.root
    code, _, _ = cli("grade", "scale", f"--lang={lang}", f"--course={root}", "--jobs=1")
    assert code == 0
    assert f'<p class="kicker">{title}</p>' in (root / "feedback" / "kim" / "scale" / "scale.html").read_text(
        "utf-8"
    )
    assert f'<html lang="{lang}">' in (root / "reports" / "scale.html").read_text("utf-8")


def test_a_suite_that_cannot_be_read_says_nothing(tmp_path):
    """Whoever grades with it complains; words do not."""
    (tmp_path / "test_broken.py").write_text("def (")
    assert translated_requirements(tmp_path / "test_broken.py", "ko") == {}
    assert translated_requirements(tmp_path / "none.py", "ko") == {}


def test_a_mistyped_exercise_is_told_in_the_language_of_the_kit(korean_course):
    """The sentence of an error is one of the catalogue."""
    kit = read_kit(korean_course.release_folder("affine"))
    with pytest.raises(CourseError) as refused:
        check_live(kit, "bias-gradent", {}, Pictures())
    told = words_of_kit(kit).tell(str(refused.value))
    assert told.startswith("과제 'affine'에는 'bias-gradent'(이)라는 문제가 없습니다.")


def test_english_is_found_where_it_is_ours():
    """The search above is able to fail, and leaves names, code and quotations out."""
    html = '<h1>The title here</h1><p title="one two three">네 <b>this is ours</b> <code>not this one</code>'
    assert english_in(html) == {"one two three", "this is ours"}
    assert english_in_text("f에서 E 예외가 났습니다: quoted from somebody else") == set()
