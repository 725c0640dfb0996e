"""The README and CONTRIBUTING say what is true: commands, files, options, examples."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import typer
from nbgrader.apps.nbgraderapp import NbGraderApp

from autograder.assignment import Course, read_assignment
from autograder.cli import app

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"```console\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")


def commands(text: str) -> list[list[str]]:
    """Return every command of a document: console lines, and code that begins like one."""
    lines = [
        line[2:] for block in FENCE.findall(text) for line in block.splitlines() if line.startswith("$ ")
    ]
    lines += [code for code in CODE.findall(text) if code.startswith(("autograder ", "make ", "nbgrader "))]
    return [shlex.split(line) for line in lines]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(document):
    """Every relative link of a document leads to something that is there."""
    text = document.read_text(encoding="utf-8")
    missing = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    assert missing == []


def test_file_tables_name_what_is_there():
    """Every path in code marks at the start of a README table row exists, but for what a course collects."""
    collected = {"submitted/", "autograded/", "feedback/", "gradebook.db"}
    rows = re.findall(r"^\| \[?`([^`]+)`", README, re.MULTILINE)
    paths = [row for row in rows if "/" in row or "." in row]
    assert paths
    assert [path for path in paths if path not in collected and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_make_targets_exist(text):
    """Every `make` command that a document names is a target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {word for command in commands(text) if command[0] == "make" for word in command[1:2]}
    assert named
    assert named - targets == set()


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_autograder_commands_exist_with_their_options(text):
    """Every `autograder` command that a document names has that verb and those options."""
    group = typer.main.get_command(app)
    for command in commands(text):
        if command[0] != "autograder":
            continue
        verb = group.commands[command[1]]
        known = {option for parameter in verb.params for option in parameter.opts}
        assert {word for word in command[2:] if word.startswith("--")} <= known, command


def test_options_of_grade_are_those_that_the_readme_lists():
    """The options that the README calls useful for `grade` exist."""
    known = {
        option
        for parameter in typer.main.get_command(app).commands["grade"].params
        for option in parameter.opts
    }
    named = set(re.findall(r"`(--[a-z]+)", README.partition("**Grade.**")[2].partition("**Written")[0]))
    assert named <= known | {"--force"}
    assert len(named) >= 4


def test_nbgrader_commands_exist():
    """Every `nbgrader` command that the README names is one of nbgrader's."""
    named = {command[1] for command in commands(README) if command[0] == "nbgrader"}
    assert named
    assert named - set(NbGraderApp.subcommands) == set()


def test_contributing_shows_a_description_that_can_be_read(tmp_path):
    """The assignment.toml of CONTRIBUTING is one that `build` accepts."""
    (example,) = re.findall(r"```toml\n(.*?)```", CONTRIBUTING, re.DOTALL)
    tomllib.loads(example)
    folder = tmp_path / "layers"
    folder.mkdir()
    (folder / "assignment.toml").write_text(example, encoding="utf-8")
    assert read_assignment(folder).exercise("affine-backward").behaviour == {"clean"}


def test_assignments_are_those_that_the_readme_speaks_of():
    """The course has the assignments of the README's examples, with the files of CONTRIBUTING's table."""
    assert Course(ROOT).assignment_names() == ("affine", "optimizers")
    for name in Course(ROOT).assignment_names():
        for path in re.findall(r"^\| `([^`]*layers[^`]*)`", CONTRIBUTING, re.MULTILINE):
            assert (ROOT / path.replace("layers", name)).exists(), path
