"""What students receive: it works on its own, and holds nothing that they must not see."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.assignment import Course

ROOT = Path(__file__).parents[1]
COURSE = Course(ROOT)
ASSIGNMENTS = COURSE.assignment_names()
PACKAGING = ROOT / "packaging"
PRIVATE = ("suites", "misconceptions")


@pytest.fixture(name="wheel", scope="module")
def _wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--no-cache-dir",
    ]
    subprocess.run([*command, "--wheel-dir", folder, PACKAGING], check=True, cwd=folder)
    (wheel,) = folder.glob("autograder_student-*.whl")
    return wheel


@pytest.fixture(name="handed_out", scope="module")
def _handed_out(wheel):
    """Return every file that a student receives, as text by name."""
    with zipfile.ZipFile(wheel) as archive:
        files = {f"wheel/{name}": archive.read(name).decode() for name in archive.namelist()}
    for path in sorted((ROOT / "release").rglob("*")):
        if path.is_file():
            files[str(path.relative_to(ROOT))] = path.read_text(encoding="utf-8")
    return files


# ----- secrets -----


def squash(text):
    """Return a text without white space, in which layout hides nothing."""
    return re.sub(r"\s+", "", text)


def functions(tree, prefix=""):
    """Yield each function with its qualified name."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            yield prefix + node.name, node


def body(function):
    """Return a function's body without docstring and comments, squashed."""
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    return squash("\n".join(map(ast.unparse, statements)))


def given_bodies(assignment):
    """Return the bodies that the author's own text shows to students, by name."""
    text = (ROOT / "assignments" / assignment / f"{assignment}.md").read_text(encoding="utf-8")
    cells = re.findall(r"^```python[^\n]*\n(.*?)\n```$", text, re.DOTALL | re.MULTILINE)
    plain = [re.sub(r"^[%!].*$", "", cell, flags=re.MULTILINE) for cell in cells]
    return {name: body(function) for cell in plain for name, function in functions(ast.parse(cell))}


def reference_secrets(assignment):
    """Return the reference's function bodies that the author's text does not give."""
    given = given_bodies(assignment)
    tree = ast.parse(COURSE.reference_path(assignment).read_text(encoding="utf-8"))
    return {
        f"{assignment}: {name}": body(function)
        for name, function in functions(tree)
        if given.get(name) != body(function)
    }


def folder_secrets(folder):
    """Return the bodies of all functions of a folder of Python files that do more than one thing."""
    return {
        f"{path.name}: {name}": body(function)
        for path in sorted((ROOT / "autograder" / folder).rglob("*.py"))
        for name, function in functions(ast.parse(path.read_text(encoding="utf-8")))
        if len(function.body) > 2
    }


def mark_scheme_secrets(assignment):
    """Return each paragraph of the mark schemes."""
    text = (ROOT / "assignments" / assignment / f"{assignment}.md").read_text(encoding="utf-8")
    schemes = re.findall("=== BEGIN MARK SCHEME ===(.*?)=== END MARK SCHEME ===", text, re.DOTALL)
    paragraphs = [squash(paragraph) for scheme in schemes for paragraph in scheme.split("\n\n")]
    return {f"{assignment}: {paragraph[:40]}": paragraph for paragraph in paragraphs if len(paragraph) > 40}


def leaks(files, secrets):
    """Return which file holds which secret."""
    return [
        (file, name)
        for file, text in ((file, squash(text)) for file, text in files.items())
        for name, secret in secrets.items()
        # A notebook is JSON: its strings are escaped.
        if secret in text or secret.replace("\\", "\\\\").replace('"', '\\"') in text.replace('\\n","', "")
    ]


def seed_leaks(files, seeds):
    """Return which file holds which seed as a number of its own."""
    return [
        (file, seed)
        for file, text in files.items()
        for seed in seeds
        if re.search(rf"(?<![\w.]){seed}(?![\w.])", text)
    ]


def hidden_seeds():
    """Return the hidden seed of every assignment."""
    return [COURSE.read_assignment(name).hidden_seed for name in ASSIGNMENTS]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_no_file_holds_a_body_of_the_reference(handed_out, assignment):
    """Neither the release nor the wheel shows what students are asked to write."""
    secrets = reference_secrets(assignment)
    assert len(secrets) >= len(COURSE.read_assignment(assignment).exercises)
    assert leaks(handed_out, secrets) == []


@pytest.mark.parametrize(
    "folder", [name for name in PRIVATE if any((ROOT / "autograder" / name).glob("*.py"))]
)
def test_no_file_holds_a_hidden_test_or_a_misconception(handed_out, folder):
    """Hidden suites and known wrong variants stay with the instructor."""
    secrets = folder_secrets(folder)
    assert secrets
    assert leaks(handed_out, secrets) == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_no_file_holds_a_mark_scheme(handed_out, assignment):
    """Model answers and rubrics are for graders."""
    secrets = mark_scheme_secrets(assignment)
    assert secrets
    assert leaks(handed_out, secrets) == []


def test_no_file_holds_a_hidden_seed(handed_out):
    """Whoever knows the hidden seed could make a table of answers."""
    assert seed_leaks(handed_out, hidden_seeds()) == []


def test_no_file_is_one_of_the_graders():
    """The wheel's list of files names no folder or module of grading."""
    private = {"suites", "misconceptions", "authoring", "grading", "gradebook", "solutions", "tests"}
    assert [name for name in listed() if private & {Path(part).stem for part in Path(name).parts}] == []


def test_a_planted_secret_is_found():
    """The search above is able to fail, whatever the layout and whether in Python or in a notebook."""
    name, secret = next(iter(reference_secrets(ASSIGNMENTS[0]).items()))
    reference = COURSE.reference_path(ASSIGNMENTS[0]).read_text(encoding="utf-8")
    bare = re.sub(r"  #.*", "", reference)
    notebook = nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(bare, id="a")]))
    files = {"kit.py": bare.replace("    ", "\t"), "notebook.ipynb": notebook, "clean.py": "x = 1"}
    assert leaks(files, {name: secret}) == [("kit.py", name), ("notebook.ipynb", name)]
    seed = hidden_seeds()[0]
    assert seed_leaks({"a": f'"seed": {seed},', "b": f"1{seed}"}, [seed]) == [("a", seed)]


def test_the_source_notebook_would_be_found_out():
    """The folder that must not be handed out does not pass for one that may be."""
    for assignment in ASSIGNMENTS:
        text = COURSE.source_notebook(assignment).read_text(encoding="utf-8")
        found = leaks({"source": text}, {**reference_secrets(assignment), **mark_scheme_secrets(assignment)})
        assert len(found) > 1


# ----- the wheel works on its own -----


def listed():
    """Return the files that the wheel's description lists, as they are named in the wheel."""
    description = tomllib.loads((PACKAGING / "pyproject.toml").read_text(encoding="utf-8"))
    return list(description["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"].values())


def test_wheel_holds_the_listed_files_and_nothing_else(wheel):
    """Nothing gets in by accident."""
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == set(listed())


def test_wheel_has_every_file_of_the_folders_it_shares():
    """A new module of a shared folder is not forgotten."""
    folders = {Path(name).parent for name in listed()} - {Path("autograder")}
    there = {path.relative_to(ROOT).as_posix() for folder in folders for path in (ROOT / folder).glob("*.py")}
    assert there - set(listed()) == set()


def imports(nodes, package):
    """Yield the absolute name of every module that some nodes of a file's tree import."""
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join([*base, *filter(None, [node.module])])
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def programs():
    """Return those of the wheel's files that are Python."""
    return [name for name in listed() if name.endswith(".py")]


def top_level_imports(name):
    """Return what a file of the wheel imports when it is imported."""
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    return set(imports(tree.body, Path(name).parent.parts))


def all_imports(name):
    """Return what a file of the wheel imports at any time."""
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    return set(imports(ast.walk(tree), Path(name).parent.parts))


def test_modules_of_the_wheel_import_only_each_other():
    """Nothing that is missing on a student's machine is imported there."""
    modules = {
        Path(name).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__") for name in listed()
    }
    missing = {
        (name, imported)
        for name in programs()
        for imported in top_level_imports(name)
        if imported.split(".")[0] == "autograder" and imported not in modules
    }
    assert missing == set()


def test_every_library_that_the_wheel_imports_is_declared():
    """A student's machine has what the wheel asks for, not what happens to come along."""
    description = tomllib.loads((PACKAGING / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {
        re.split("[<>=]", line)[0].replace("-", "_") for line in description["project"]["dependencies"]
    }
    known = {*sys.stdlib_module_names, *declared, "autograder"}
    # pytest's runner is pytest's; the worker's folder is its own package where it runs without ours.
    aliases = {"_pytest": "pytest", "IPython": "ipython", "worker": "autograder"}
    used = {imported.split(".")[0] for name in programs() for imported in all_imports(name)}
    assert {library for library in used if aliases.get(library, library) not in known} == set()


def test_versions_and_requirements_are_those_of_the_kit():
    """The student's wheel is the same release and supports the same versions."""
    kit, student = (
        tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        for folder in (ROOT, PACKAGING)
    )
    assert {key: student[key] for key in ("version", "requires-python", "license")} == {
        key: kit[key] for key in ("version", "requires-python", "license")
    }
    assert set(student["dependencies"]) <= set(kit["dependencies"])


@pytest.fixture(name="desk", scope="module")
def _desk(wheel, tmp_path_factory):
    """Return a folder where the wheel is installed beside a released assignment."""
    desk = tmp_path_factory.mktemp("desk")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--no-cache-dir"]
    subprocess.run([*command, "--target", desk / "installed", wheel], check=True)
    shutil.copytree(COURSE.release_folder("affine"), desk / "affine")
    return desk


PREPARE = """
import os, sys
# Libraries of others know how to live on Windows; they are imported first.
import IPython, nbformat, numpy, pytest, subprocess, tempfile, typer, rich, rich.progress
for name in ("fcntl", "resource"):
    sys.modules[name] = None
del os.fork
sys.path.insert(0, sys.argv[1])
"""


def at_the_desk(desk, program):
    """Run a program with the installed wheel where fork, resource and fcntl are missing."""
    environment = {**os.environ, "PYTHONWARNINGS": "error", "MPLBACKEND": "agg"}
    return subprocess.run(
        [sys.executable, "-c", PREPARE + program, desk / "installed"],
        cwd=desk / "affine",
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_wheel_imports_where_fork_resource_and_fcntl_are_absent(desk):
    """As on Windows; and it is the installed package that is imported, not the checkout."""
    program = (
        "import autograder, pathlib\n"
        "from autograder import check\n"
        "import autograder.cli, autograder.plugin, autograder.kit\n"
        "assert pathlib.Path(autograder.__file__).is_relative_to(sys.argv[1]), autograder.__file__\n"
        "assert not hasattr(os, 'fork')\n"
        "print(callable(check))\n"
    )
    outcome = at_the_desk(desk, program)
    assert (outcome.stdout.strip(), outcome.stderr) == ("True", "")


def test_wheel_checks_an_answer_on_its_own(desk):
    """A right answer passes and a wrong one is told so, without the checkout."""
    program = (
        "import numpy as np\n"
        "from autograder import check\n"
        "def bias_gradient(dY):\n"
        "    return dY.sum(axis=0)\n"
        "check('bias-gradient')\n"
        "def bias_gradient(dY):\n"
        "    return dY.sum(axis=1)\n"
        "try:\n"
        "    check('bias-gradient')\n"
        "except Exception as error:\n"
        "    print(type(error).__name__)\n"
    )
    outcome = at_the_desk(desk, program)
    assert outcome.stdout.strip().endswith("CheckFailed"), outcome.stderr
