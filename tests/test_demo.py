"""The sample class: it follows the release, and the demo grades it as its descriptions say."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest

REPOSITORY = Path(__file__).parents[1]
EXAMPLES = REPOSITORY / "examples"
CLASS = tomllib.loads((EXAMPLES / "class.toml").read_text(encoding="utf-8"))
AFFINE = {
    "Ana Souza": (2, 5, 3),
    "Ben Carter": (2, 5, 3),
    "박지훈": (2, 5, 3),
    "Sofía Herrera": (2, 5, 3),
    "Chiara Rossi": (0, 4, 3),
    "David Okafor": (0, 4, 3),
    "Elif Yılmaz": (2, 3, 3),  # noqa: RUF001 - this is how she writes it
    "François Lambert": (2, 4, 3),
    "Grace Kim": (2, 2, 3),
    "王芳": (0, 3, 3),
    "Hiro Tanaka": (2, 5, 0),
    "Ingrid Sørensen": (0, 0, 0),
    "Jack Murphy": (2, 0, 3),
    "Kavya Nair": (0, 0, 0),
    "Liam O'Brien": (0, 0, 0),
    "María Gómez": (2, 5, 3),
    "Noah Weber": (2, 5, 3),
    "Olga Petrova": ("-", "-", "-"),
    "Łukasz Nowak": ("-", "-", "-"),
    "Zoë Martin": (2, 5, 3),
}
OPTIMIZERS = {
    "Ana Souza": (5, 5),
    "박지훈": (5, 5),
    "Chiara Rossi": (3, 4),
    "François Lambert": (4, 3),
    "Ingrid Sørensen": (0, 0),
}


def make_class():
    """Return the program that makes the class, as a module."""
    spec = importlib.util.spec_from_file_location("make_class", EXAMPLES / "make_class.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_sample_class_is_current():
    """What is committed is what make_class.py makes of the release; if not: python examples/make_class.py."""
    submitted = EXAMPLES / "submitted"
    committed = {
        path.relative_to(submitted): path.read_text(encoding="utf-8")
        for path in submitted.rglob("*")
        if path.is_file()
    }
    assert committed == make_class().files()


@pytest.mark.parametrize("assignment", ["affine", "optimizers"])
def test_sample_notebooks_are_valid_and_without_outputs(assignment):
    """Each is of format 4.5 by nbformat's schema, unless it is meant to be no notebook."""
    paths = list((EXAMPLES / "submitted").glob(f"*/{assignment}/*.ipynb"))
    assert len(paths) == len(CLASS[assignment])
    for path in paths:
        if "content" in CLASS[assignment][path.parts[-3]]:
            continue
        notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        assert all(cell.outputs == [] for cell in notebook.cells if cell.cell_type == "code")


def test_every_student_of_the_class_is_described():
    """The expectations of this test and the class name the same students."""
    assert (set(AFFINE), set(OPTIMIZERS)) == (set(CLASS["affine"]), set(CLASS["optimizers"]))
    assert all(wishes["shows"] for name in ("affine", "optimizers") for wishes in CLASS[name].values())


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Return a copy of the repository and what the demo prints there, in an environment not activated."""
    root = tmp_path_factory.mktemp("demo")
    for name in ("assignments", "solutions", "source", "release", "examples"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    run = subprocess.run(
        [sys.executable, "examples/demo.py"],
        cwd=root,
        env={**os.environ, "PATH": os.defpath, "COLUMNS": "100", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
    return root, run.stdout


def scores_of(printed: str, name: str, count: int) -> list[str]:
    """Return the points in a student's line; `count` exercises."""
    line = next(line for line in printed.splitlines() if line.startswith(f"{name} "))
    return line.removeprefix(name).split()[:count]


@pytest.mark.slow
def test_the_demo_grades_the_class_as_described(demo):
    """Each student's line has the points that their answers are worth."""
    affine, optimizers = demo[1].split("grade optimizers")
    assert {name: tuple(scores_of(affine, name, 3)) for name in AFFINE} == {
        name: tuple(map(str, scores)) for name, scores in AFFINE.items()
    }
    assert {name: tuple(scores_of(optimizers, name, 2)) for name in OPTIMIZERS} == {
        name: tuple(map(str, scores)) for name, scores in OPTIMIZERS.items()
    }


@pytest.mark.slow
def test_the_demo_says_where_to_look_next(demo):
    """The page that it names is there, and so is everybody else's."""
    root, printed = demo
    last = printed.splitlines()[-2:]
    assert (root / last[0].partition("feedback: ")[2]).is_file()
    assert "Formgrader" in last[1]
    assert len(list((root / ".demo" / "feedback").glob("*/affine/affine.html"))) == len(AFFINE)


@pytest.mark.slow
def test_the_demo_shows_lateness_and_what_waits_for_a_person(demo):
    """Two days late cost two points by the demo's policy."""
    assert "Zoë Martin: late, 2 points off" in demo[1]
    assert "Written answers to grade: 20" in demo[1]
