"""Imports go one way, and the worker brings nothing of ours along."""

from __future__ import annotations

import ast
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "autograder"

FLOORS = (
    ("errors", "result", "words"),
    ("worker",),
    ("assignment", "walls", "watch", "doctor", "sandbox"),
    ("student",),
    ("checks",),
    ("diagnosis", "pictures"),
    ("notebook", "report", "kit", "plugin", "rehearsal", "scoring", "misconceptions"),
    ("fingerprint", "bank", "signatures", "store", "wording"),
    ("authoring", "public_cases", "grading", "checking", "saved"),
    ("workplace", "cluster", "engine", "scheduling"),
    ("gradebook", "reporting", "terminal"),
    ("prove",),
    ("cli",),
    ("__main__",),
)
"""The rooms, from the ground up. A room uses those on its own floor and below, and never in a circle."""

BESIDE = {"suites": {"checks", "student"}, "misconceptions": {"checks"}, "__init__": {"checking"}}
"""Rooms that stand beside the house, and what each of them may use."""

WORKER_MAY_IMPORT = {*sys.stdlib_module_names, "numpy", "IPython", "traitlets", "matplotlib_inline"}


def modules():
    """Return every module of the package with its room."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[path] = parts[0]
    return found


def imported(path):
    """Return what a module imports, anywhere in it: absolute names, with `autograder.worker` for `.wire`."""
    package = ("autograder", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *filter(None, [node.module])))
            yield from (f"{base}.{alias.name}" for alias in node.names)


def rooms_used(path):
    """Return the rooms of the package that a module imports."""
    parts = (name.split(".") for name in imported(path))
    return {part[1] for part in parts if part[0] == "autograder" and len(part) > 1 and is_room(part[1])}


def is_room(name):
    """Whether the package has a module or a folder of this name."""
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()


def graph():
    """Return the rooms, each with the other rooms that it uses."""
    uses: dict[str, set[str]] = {}
    for path, room in modules().items():
        uses.setdefault(room, set()).update(rooms_used(path) - {room})
    return uses


def test_every_room_has_its_floor():
    """A new room is put in its place here."""
    known = {room for floor in FLOORS for room in floor} | set(BESIDE)
    assert set(modules().values()) <= known


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down_only(path):
    """No module imports a room of a higher floor, not even within a function."""
    room = modules()[path]
    if room in BESIDE:
        assert rooms_used(path) <= BESIDE[room] | {room}
        return
    height = {name: number for number, floor in enumerate(FLOORS) for name in floor}
    assert {used for used in rooms_used(path) if height.get(used, len(FLOORS)) > height[room]} == set()


def test_no_rooms_import_each_other_in_a_circle():
    """Rooms on one floor have an order too."""
    try:
        list(TopologicalSorter(graph()).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("path", sorted((PACKAGE / "worker").glob("*.py")), ids=lambda path: path.name)
def test_the_worker_imports_nothing_of_ours(path):
    """What enters the sandbox imports the standard library, NumPy, IPython with its parts, and itself."""
    foreign = {name.split(".")[0] for name in imported(path) if not name.startswith("autograder.worker")}
    assert foreign - {"worker"} <= WORKER_MAY_IMPORT


def test_the_import_rules_are_seen_to_reject(tmp_path, monkeypatch):
    """An import within a function, a relative one and one for types only are all found."""
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    for room in ("cli", "grading", "checks", "worker"):
        (tmp_path / room).mkdir()
    module = tmp_path / "worker" / "loop.py"
    module.write_text(
        "from . import wire\nfrom ..checks import arrays\n"
        "def f():\n    from autograder import grading\n    import autograder.cli.verbs\n"
    )
    assert rooms_used(module) == {"worker", "checks", "grading", "cli"}
