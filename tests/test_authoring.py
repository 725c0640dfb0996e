"""`build`: text and reference become the source notebook and the release."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.nbgraderformat import MetadataValidator
from traitlets.config import PyFileConfigLoader

from autograder.assignment import Course
from autograder.authoring import ReleaseStubs, build, generated, stale
from autograder.authoring.text import TextCell
from autograder.authoring.weave import parse_reference, weave
from autograder.errors import AuthorError, CourseError
from autograder.kit import read_kit
from autograder.notebook import is_figure

REPOSITORY = Path(__file__).parents[1]
SAMPLE = Path(__file__).parent / "samples" / "course"
BUILD = """
import sys; from pathlib import Path
from autograder.assignment import Course; from autograder.authoring import build
build(Course(Path(sys.argv[1])))
"""


@pytest.fixture(name="course")
def _course(tmp_path):
    return Course(shutil.copytree(SAMPLE, tmp_path / "course"))


@pytest.fixture(name="built", scope="module")
def _built(tmp_path_factory):
    course = Course(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("built") / "course"))
    build(course)
    return course


def contents(root):
    """Return every file below a folder with its bytes."""
    return {path.relative_to(root): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def generated_files(course):
    """Return the files of source/ and release/ with their bytes."""
    return {step: contents(course.root / step) for step in ("source", "release")}


def cells(course, step):
    """Return the notebook's cells by id."""
    notebook = nbformat.read(course.root / step / "scale" / "scale.ipynb", as_version=4)
    return {cell.id: cell for cell in notebook.cells}


# ----- the source notebook -----


def test_stub_receives_the_body_of_the_reference_between_marks(built):
    """Comments, blank lines and indentation of the reference survive; the stub keeps its docstring."""
    source = cells(built, "source")["scale"].source
    assert source.endswith(
        '    """\n'
        "    ### BEGIN SOLUTION\n"
        "    # A comment before the first statement.\n"
        "    secret_product = np.multiply(x, factor)  # and one behind it\n"
        "\n"
        "    return np.asarray(secret_product)\n"
        "    ### END SOLUTION"
    )
    assert "NotImplementedError" not in source


def test_method_body_follows_the_statements_that_the_stub_gives(built):
    """What the stub does before its raise is not repeated, and what follows the class stays."""
    source = cells(built, "source")["counter"].source
    assert source.count("by = int(by)") == 1
    assert "        ### BEGIN SOLUTION\n        if by:\n            # an indented comment\n" in source
    assert source.endswith("def given(x):\n    return x + 1")


def test_broken_code_is_replaced_whole(built):
    """A solution cell without NotImplementedError becomes the reference's definition."""
    source = cells(built, "source")["repair"].source
    assert source == (
        '### BEGIN SOLUTION\ndef twice(x):\n    """Return two times x."""\n    return 2 * x\n### END SOLUTION'
    )


def test_cells_come_in_the_order_of_the_text(built):
    """Ids follow from exercises and positions; check and answer cells are added behind theirs."""
    assert list(cells(built, "source")) == [
        "cell_01",
        "cell_02",
        "cell_03",
        "scale",
        "test-scale",
        "counter",
        "test-counter",
        "cell_06",
        "repair",
        "test-repair",
        "cell_08",
        "cell_09",
        "written-why",
        "answer_written-why",
    ]


def test_graded_cells_carry_valid_nbgrader_metadata(built):
    """Flags and points are those of assignment.toml, in the form that nbgrader accepts."""
    MetadataValidator().validate_nb(
        nbformat.read(built.root / "source" / "scale" / "scale.ipynb", as_version=4)
    )
    found = cells(built, "source")
    flags = {
        name: {
            key: cell.metadata.nbgrader.get(key) for key in ("grade", "solution", "locked", "task", "points")
        }
        for name, cell in found.items()
        if "nbgrader" in cell.metadata
    }
    solution = {"grade": False, "solution": True, "locked": False, "task": False, "points": None}
    test = {"grade": True, "solution": False, "locked": True, "task": False}
    task = {"grade": False, "solution": False, "locked": True, "task": True}
    assert flags == {
        "scale": solution,
        "test-scale": {**test, "points": 2},
        "counter": solution,
        "test-counter": {**test, "points": 1.5},
        "repair": solution,
        "test-repair": {**test, "points": 1},
        "written-why": {**task, "points": 3},
    }
    assert found["test-counter"].source == 'check("counter")'


@pytest.mark.parametrize(
    ("reference", "woven"),
    [
        ("def f(\n    a,\n):\n    # why\n    return a\n", "    # why\n    return a"),
        ("def f(a,\n      # of a\n      ):\n    return a\n", "    return a"),
        ("def f(a):\n        return a\n", "    return a"),
        ("def f(a):\n\treturn a\n", "    return a"),
        ("@staticmethod\ndef g():\n    pass\ndef f(a):\n    if a:\n        return a\n", None),
    ],
)
def test_body_is_found_whatever_its_layout(tmp_path, reference, woven):
    """Signatures over several lines, comments, tabs and other depths are no obstacle."""
    path = tmp_path / "reference.py"
    path.write_text(reference)
    cell = TextCell(1, "exercise", "f", 'def f(a):\n    raise NotImplementedError("f: do it")')
    woven = woven or "    if a:\n        return a"
    expected = f"def f(a):\n    ### BEGIN SOLUTION\n{woven}\n    ### END SOLUTION"
    assert weave(tmp_path / "text.md", cell, parse_reference(path)) == expected


def test_several_stubs_in_one_cell_are_all_filled(tmp_path):
    """A cell may ask for two functions; each receives its own body."""
    path = tmp_path / "reference.py"
    path.write_text("def g():\n    return 2\n\n\ndef f():\n    return 1\n")
    stub = 'def {}():\n    raise NotImplementedError("both: {}")'
    cell = TextCell(1, "exercise", "both", "\n".join(stub.format(name, name) for name in "fg"))
    solution = "def {}():\n    ### BEGIN SOLUTION\n    return {}\n    ### END SOLUTION"
    expected = "\n".join(solution.format(name, value) for name, value in (("f", 1), ("g", 2)))
    assert weave(tmp_path / "text.md", cell, parse_reference(path)) == expected


# ----- the release -----


def stubs(text):
    """Return the exercise cells of an author's text, found without the kit's own parser."""
    return dict(re.findall(r'^```python exercise="([^"]+)"\n(.*?)\n```$', text, re.DOTALL | re.MULTILINE))


def test_release_shows_each_stub_byte_for_byte(built):
    """What the author wrote is what the student sees."""
    text = (built.root / "assignments" / "scale" / "scale.md").read_text(encoding="utf-8")
    # The docstring of `scale` shows an indented fence, which ends no cell.
    assert set(stubs(text)) == {"scale", "counter", "repair"}
    found = cells(built, "release")
    assert {name: found[name].source for name in stubs(text)} == stubs(text)


@pytest.mark.parametrize(
    "secret",
    ["MARK SCHEME", "SOLUTION", "secret", "zero times anything", "return 2 * x", "self.count += by", "7919"],
)
def test_release_holds_nothing_of_reference_or_mark_scheme(built, secret):
    """Neither solution, mark scheme, their marks nor the hidden seed stand in any released file."""
    assert (
        any(secret.encode() in data for data in contents(built.root / "source").values()) or secret == "7919"
    )
    assert not [path for path, data in contents(built.root / "release").items() if secret.encode() in data]


def test_release_carries_no_metadata_of_the_kit(built):
    """The stub's hiding place in the source notebook does not reach students."""
    assert "autograder" in cells(built, "source")["scale"].metadata
    assert not [name for name, cell in cells(built, "release").items() if "autograder" in cell.metadata]


def test_figure_cells_keep_their_tag_and_are_known_to_the_kit(course):
    """In the source, which grading reads, in the release and, by hash, beside it."""
    path = course.root / "assignments" / "scale" / "scale.md"
    cell = '```python tags=["figure"]\nprint(FACTOR)\n```\n\n'
    path.write_text(path.read_text().replace("Now it is your turn.", f"{cell}Now it is your turn."))
    build(course)
    for step in ("source", "release"):
        (figure,) = [found for found in cells(course, step).values() if is_figure(found)]
        assert figure.source == "print(FACTOR)"
        kit = read_kit(course.root / step / "scale")
        assert kit.figures == (hashlib.sha256(b"print(FACTOR)").hexdigest(),)


def test_release_has_the_files_a_student_needs(built):
    """Notebook, public suite, public values and requirements lie side by side."""
    names = {path.name for path in (built.root / "release" / "scale").iterdir()}
    assert names == {"scale.ipynb", "test_public.py", "public.json", "requirements.txt"}
    lines = (built.root / "release" / "scale" / "requirements.txt").read_text().splitlines()
    needed = {re.split("[<>=]", line)[0] for line in lines if not line.startswith("#")}
    assert needed == {"autograder-student", "jupyterlab", "matplotlib", "nbgrader", "numpy"}


@pytest.mark.slow
def test_formgrader_generates_the_same_release(built, tmp_path, monkeypatch):
    """The button uses nbgrader_config.py and gives the bytes that build gives."""
    course = Course(shutil.copytree(built.root, tmp_path / "course"))
    expected = generated_files(course)
    shutil.rmtree(course.root / "release")
    monkeypatch.setenv("PATH", sysconfig.get_path("scripts"), prepend=os.pathsep)
    config = PyFileConfigLoader("nbgrader_config.py", str(REPOSITORY)).load_config()
    config.CourseDirectory.root = str(course.root)
    outcome = NbGraderAPI(CourseDirectory(config=config), config=config).generate_assignment("scale")
    assert outcome["success"], outcome.get("error")
    assert generated_files(course) == expected


@pytest.mark.slow
def test_formgrader_would_not_generate_the_same_release_without_our_step(built, tmp_path, monkeypatch):
    """The test above is able to fail: nbgrader's own step shows its own stub."""
    course = Course(shutil.copytree(built.root, tmp_path / "course"))
    expected = generated_files(course)
    shutil.rmtree(course.root / "release")
    monkeypatch.setenv("PATH", sysconfig.get_path("scripts"), prepend=os.pathsep)
    coursedir = CourseDirectory(root=str(course.root))
    assert NbGraderAPI(coursedir).generate_assignment("scale")["success"]
    assert generated_files(course) != expected


def test_solution_cell_without_stub_is_cleared_as_nbgrader_does():
    """A cell that an instructor adds by hand in the formgrader never shows its solution."""
    cell = nbformat.v4.new_code_cell("### BEGIN SOLUTION\nanswer = 42\n### END SOLUTION")
    cell.metadata.nbgrader = {"grade": False, "solution": True, "locked": False, "grade_id": "extra"}
    cleared, _ = ReleaseStubs().preprocess_cell(cell, {"language": "python"}, 0)
    assert "42" not in cleared.source
    assert "NotImplementedError" in cleared.source


# ----- same bytes, all or nothing -----


@pytest.mark.slow
def test_build_gives_the_same_bytes_without_an_activated_environment(built, course):
    """Neither hash seed nor PATH nor the course's folder change a byte."""
    environment = {**os.environ, "PATH": os.defpath, "PYTHONHASHSEED": "7"}
    assert shutil.which("alembic", path=environment["PATH"]) is None
    subprocess.run([sys.executable, "-c", BUILD, course.root], env=environment, check=True, cwd=REPOSITORY)
    assert generated_files(course) == generated_files(built)


def test_build_tells_what_it_wrote_and_leaves_the_gradebook_alone(course):
    """Nothing but the listed files appears, and no gradebook."""
    before = set(contents(course.root))
    written = build(course, ["scale"])
    assert {course.root / path for path in set(contents(course.root)) - before} == set(written)
    assert len(written) == 8


def test_stale_lists_missing_changed_and_foreign_files(built, tmp_path):
    """Right after a build nothing is stale; each later difference is named."""
    course = Course(shutil.copytree(built.root, tmp_path / "course"))
    source, release = (course.root / step / "scale" for step in ("source", "release"))
    (source / ".ipynb_checkpoints").mkdir()
    (source / ".ipynb_checkpoints" / "scale-checkpoint.ipynb").write_text("{}")
    assert stale(course) == []
    (release / "test_public.py").write_text("")
    (release / "public.json").unlink()
    (source / "test_hidden.py").write_text("")
    assert stale(course) == [release / "public.json", release / "test_public.py", source / "test_hidden.py"]


def test_stale_notices_a_changed_text(built, tmp_path):
    """An edited sentence makes both notebooks stale, and building repairs it."""
    course = Course(shutil.copytree(built.root, tmp_path / "course"))
    text = course.root / "assignments" / "scale" / "scale.md"
    text.write_text(text.read_text(encoding="utf-8").replace("your turn", "up to you"), encoding="utf-8")
    assert stale(course) == [course.root / step / "scale" / "scale.ipynb" for step in ("release", "source")]
    build(course)
    assert stale(course) == []


def test_build_removes_what_it_did_not_make(built, tmp_path):
    """A forgotten file in source/ would be handed to students, so it does not survive."""
    course = Course(shutil.copytree(built.root, tmp_path / "course"))
    (course.root / "source" / "scale" / "test_hidden.py").write_text("")
    build(course)
    assert generated_files(course) == generated_files(built)


def add_broken_assignment(course):
    """Add a second assignment, later in the alphabet, whose text has no exercise."""
    other = shutil.copytree(course.root / "assignments" / "scale", course.root / "assignments" / "tail")
    toml = other / "assignment.toml"
    toml.write_text(toml.read_text().replace("11", "12").replace("7919", "7920"))
    (other / "scale.md").unlink()


def test_failed_build_leaves_everything_as_it_was(built, tmp_path):
    """One wrong assignment, and the right one is not written either."""
    course = Course(shutil.copytree(built.root, tmp_path / "course"))
    text = course.root / "assignments" / "scale" / "scale.md"
    text.write_text(text.read_text(encoding="utf-8").replace("your turn", "up to you"), encoding="utf-8")
    add_broken_assignment(course)
    before = contents(course.root)
    with pytest.raises(AuthorError, match=r"tail\.md: the file is missing"):
        build(course)
    assert contents(course.root) == before


def test_interrupted_replacement_leaves_everything_as_it_was(built, tmp_path, monkeypatch):
    """When the new folder cannot take its place, the old one returns to it."""
    course = Course(shutil.copytree(built.root, tmp_path / "course"))
    before = contents(course.root)
    rename = Path.rename

    def failing(self, target):
        if self.name == ".scale.new":
            raise OSError
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match=r"^$"):
        build(course)
    assert contents(course.root) == before


def test_unknown_assignment_is_refused_with_a_near_name(course):
    """A typing error is answered with the name that was meant."""
    with pytest.raises(CourseError, match="did you mean 'scale'"):
        build(course, ["scael"])


def test_folder_without_assignments_is_no_course(tmp_path):
    """Building nothing is an error, not a success."""
    with pytest.raises(CourseError, match="There is no assignment"):
        build(Course(tmp_path))


def test_environment_is_as_before(course, monkeypatch):
    """Neither PATH nor the working directory is left changed, also after a failure."""
    monkeypatch.setattr(generated, "public_json", lambda *_: 1 / 0)
    before = dict(os.environ), Path.cwd()
    with pytest.raises(ZeroDivisionError):
        build(course)
    assert (dict(os.environ), Path.cwd()) == before
