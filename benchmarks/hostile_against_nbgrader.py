"""What stock nbgrader pays for the corpus of hostile submissions, beside what this kit pays.

Each trick of `tests/hostile/` is handed in to a throw-away course whose test cells are written as instructors
write them, with `np.testing` and `np.allclose` beside the student's code, and graded by `nbgrader autograde`
as it comes. A student who solved nothing is graded after it. Stock nbgrader runs notebooks with the rights of
whoever grades, so all of it happens inside bubblewrap, without network, with this repository masked; tricks
that would fill the machine's memory, disk or process table are left out.

Run: ``python benchmarks/hostile_against_nbgrader.py [TRICK...] > tables.md``; a few seconds for each trick.
The tables are those of ``docs/hostile.md``; with names of tricks, their rows alone.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from nbgrader import __version__ as nbgrader_version
from nbgrader.api import Gradebook, MissingEntry

from autograder import grading
from autograder.assignment import Course
from autograder.notebook import normalise, repair
from autograder.walls import choose_isolation

REPOSITORY = Path(__file__).resolve().parents[1]
CORPUS = REPOSITORY / "tests" / "hostile"
PAID, LOST, NEITHER = "Paid by stock nbgrader", "Hanging, or left without a grade", "Paid by neither"
TIME_LIMIT_S = 90
POINTS = 2
TEST_CELL = {"grade_id": "tests", "points": POINTS}
STUB = "raise NotImplementedError"
FILLS_THE_MACHINE = {
    *("fork_bomb", "thread_bomb", "memory", "memory_of_many", "raise_its_limits", "survive"),
    *("fill_disk", "file_too_large", "many_files", "deep_folders", "open_files", "command_flood"),
    *(
        "memory_handed_on",
        "memory_by_a_device",
        "memory_of_attributes",
        "memory_of_sockets",
        "memory_of_names",
    ),
    *("many_items", "one_array_many_times", "references_that_multiply", "large_answers", "endless_stride"),
    *("output_flood", "many_noisy_cells", "deep_nesting", "exception_novel", "time_of_many"),
}

TESTS = {
    "bias-gradient": """
dY = np.random.RandomState(7).rand(5, 3)
np.testing.assert_allclose(bias_gradient(dY), dY.sum(axis=0))
dY = np.random.rand(4, 2)
assert bias_gradient(dY).shape == (2,)
assert np.allclose(bias_gradient(dY), dY.sum(axis=0))
""",
    "affine-backward": """
x, W, b, dout = (np.random.rand(*shape) for shape in ((5, 3), (3, 4), (4,), (5, 4)))
layer = Affine(W, b)
np.testing.assert_allclose(layer.forward(x), x @ W + b)
np.testing.assert_allclose(layer.backward(dout), dout @ W.T)
np.testing.assert_allclose(layer.dW, x.T @ dout)
np.testing.assert_allclose(layer.db, dout.sum(axis=0))
""",
    "momentum": """
params, grads = {"W": np.random.rand(3)}, {"W": np.random.rand(3)}
before = {key: value.copy() for key, value in params.items()}
optimizer = Momentum(lr=0.1, momentum=0.9)
optimizer.update(params, grads)
for key in params:
    np.testing.assert_allclose(params[key], before[key] - 0.1 * grads[key])
""",
    "adagrad": """
params, grads = {"W": np.random.rand(3)}, {"W": np.random.rand(3)}
before = params["W"].copy()
AdaGrad(lr=0.1).update(params, grads)
np.testing.assert_allclose(params["W"], before - 0.1 * grads["W"] / (np.abs(grads["W"]) + 1e-7))
""",
}
"""The test cell of each exercise."""


@dataclass(frozen=True)
class Trick:
    """One file of the corpus."""

    name: str
    tries: str
    kind: str
    assignment: str
    exercise: str
    cells: tuple[str, ...]


def read_trick(path: Path) -> Trick:
    """Read one file of the corpus."""
    head, *cells = re.split(r"^# %%\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    about = dict(re.findall(r"^# (\w+): (.*)$", head, re.MULTILINE))
    assignment, exercise = about["Attacks"].split("/")
    return Trick(path.stem, about["Tries"], about["Class"], assignment, exercise, tuple(cells))


# ----- stock nbgrader -----


def code(source: str, **flags: object) -> dict[str, object]:
    """Return a code cell with nbgrader's flags."""
    metadata = {"nbgrader": {"schema_version": 3, "task": False, **flags}} if flags else {}
    return {
        "cell_type": "code",
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def notebook(exercise: str, before: tuple[str, ...], answer: str) -> str:
    """Return a notebook of the throw-away course: imports, an answer, its tests."""
    cells = [
        code("import numpy as np"),
        *map(code, before),
        code(answer, grade=False, solution=True, locked=False, grade_id="answer"),
        code(
            TESTS[exercise].strip(), grade=True, solution=False, locked=True, grade_id="tests", points=POINTS
        ),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [{**cell, "id": f"cell-{index}"} for index, cell in enumerate(cells)]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": cells})


def new_course(root: Path, exercise: str) -> None:
    """Make a throw-away course with one exercise, released."""
    put(root / "source" / "ps", notebook(exercise, (), STUB))
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.Execute.timeout = 10\n")
    nbgrader(root, "generate_assignment", "ps")


def stock_score(trick: Trick, courses: Path) -> str:
    """Return what stock nbgrader makes of a trick, in words."""
    with tempfile.TemporaryDirectory(prefix="stock-") as folder:
        root = Path(shutil.copytree(courses / trick.exercise, Path(folder, "course")))
        put(
            root / "submitted" / "a-trick" / "ps", notebook(trick.exercise, trick.cells[:-1], trick.cells[-1])
        )
        put(root / "submitted" / "b-stub" / "ps", notebook(trick.exercise, (), STUB))
        try:
            nbgrader(root, "autograde", "ps")
        except subprocess.TimeoutExpired:
            return "hangs"
        return in_words(read_score(root, "a-trick"), read_score(root, "b-stub"))


def put(folder: Path, document: str) -> None:
    """Write the course's only notebook into a folder."""
    folder.mkdir(parents=True)
    (folder / "ps.ipynb").write_text(document)


def nbgrader(root: Path, *arguments: str) -> None:
    """Run stock nbgrader in a course, shut in."""
    walls = [
        *("bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--die-with-parent", "--new-session"),
        *("--cap-drop", "ALL"),
        *(
            "--ro-bind",
            "/",
            "/",
            "--dev",
            "/dev",
            "--proc",
            "/proc",
            "--tmpfs",
            "/tmp",
            "--tmpfs",
            "/var/tmp",
        ),
        *("--tmpfs", str(REPOSITORY), "--ro-bind", sys.prefix, sys.prefix),
        *("--bind", str(root), "/tmp/course", "--chdir", "/tmp/course", "--setenv", "HOME", "/tmp"),
        *("--setenv", "PATH", f"{sys.prefix}/bin:/usr/bin:/bin"),
    ]
    command = [*walls, "--", sys.executable, "-m", "nbgrader", *arguments]
    subprocess.run(command, capture_output=True, check=False, timeout=TIME_LIMIT_S)


def read_score(root: Path, student: str) -> float | None:
    """Return the score of the test cell; None if there is none."""
    try:
        with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
            return gradebook.find_grade("tests", "ps", "ps", student).auto_score
    except (MissingEntry, Exception):  # noqa: BLE001 - a gradebook that a trick has written into
        return None


def in_words(score: float | None, of_stub: float | None) -> str:
    """Return what became of a trick and of the student after it."""
    paid = "**paid in full**" if score == POINTS else "**paid**"
    said = "left ungraded" if score is None else paid if score else "0"
    if of_stub is None:
        said += ", and so is the next student" if score is None else "; the next student is left ungraded"
    elif of_stub:
        said += "; **pays the next student too**"
    return said


# ----- this kit -----


def own_scores(tricks: list[Trick]) -> dict[str, str]:
    """Return what this kit pays for the exercise that each trick attacks."""
    course = Course(REPOSITORY)
    found: dict[str, str] = {}
    for assignment in sorted({trick.assignment for trick in tricks}):
        source = normalise(json.loads(course.source_notebook(assignment).read_text()))
        chosen = {trick.name: trick for trick in tricks if trick.assignment == assignment}
        books = [(trick.name, own_notebook(trick, source)) for trick in chosen.values()]

        def report(name: str | None, graded: grading.Graded, chosen: dict[str, Trick] = chosen) -> None:
            trick = chosen[str(name)]
            scores = {exercise.id: exercise.score for exercise in graded.result.exercises}
            is_graded = graded.result.status == "graded"
            found[trick.name] = f"{scores[trick.exercise]:g}" if is_graded else "left ungraded"

        about = course.read_assignment(assignment)
        grading.grade_notebooks(course, about, books, report, isolation=choose_isolation(None))
    return found


def own_notebook(trick: Trick, source):
    """Return a trick as a notebook of the real assignment."""
    before = [code(cell) for cell in ("import numpy as np", *trick.cells[:-1])]
    answer = code(trick.cells[-1], grade=False, solution=True, locked=False, grade_id=trick.exercise)
    cells = [{**cell, "id": f"cell-{index}"} for index, cell in enumerate([*before, answer])]
    document = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    return repair(normalise(document), source)[0]


# ----- the table -----


def main(names: list[str]) -> None:
    """Print the comparison."""
    if shutil.which("bwrap") is None:
        sys.exit("This needs bubblewrap: stock nbgrader runs what it grades with your rights.")
    tricks = [read_trick(path) for path in sorted(CORPUS.glob("*.py"))]
    chosen = [
        trick for trick in tricks if (trick.name in names if names else trick.name not in FILLS_THE_MACHINE)
    ]
    own = own_scores(chosen)
    stock: list[str] = []
    with tempfile.TemporaryDirectory(prefix="courses-") as courses, ThreadPoolExecutor(2) as pool:
        for exercise in {trick.exercise for trick in chosen}:
            new_course(Path(courses, exercise), exercise)
        scores = pool.map(lambda trick: stock_score(trick, Path(courses)), chosen)
        for trick, said in zip(chosen, scores, strict=True):
            stock.append(said)
            print(f"{trick.name}: {said}", file=sys.stderr, flush=True)
    print_tables(chosen, stock, own)


def print_tables(tricks: list[Trick], stock: list[str], own: dict[str, str]) -> None:
    """Print a table for each way in which stock nbgrader met tricks, as the documentation has them."""
    groups = {heading: [] for heading in (PAID, LOST, NEITHER)}
    for trick, said in zip(tricks, stock, strict=True):
        is_paid, is_lost = "paid" in said or "pays" in said, "ungraded" in said or "hangs" in said
        heading = PAID if is_paid else LOST if is_lost else NEITHER
        groups[heading].append(f"| {trick.tries} | {trick.kind} | {said} | {own[trick.name]} |")
    for heading, rows in groups.items():
        print(f"## {heading}\n\n| trick | class | stock nbgrader {nbgrader_version} | this kit |")
        print("|---|---|---|---|", *rows, "", sep="\n")
    paid, lost = len(groups[PAID]), len(groups[LOST])
    ours_lost = sum(score == "left ungraded" for score in own.values())
    ours_paid = sum(score != "0" for score in own.values()) - ours_lost
    print(
        f"Of {len(tricks)} tricks stock nbgrader pays {paid} and leaves {lost} hanging or without a grade. "
    )
    print(f"This kit pays {ours_paid} and leaves {ours_lost} without a grade.")


if __name__ == "__main__":
    main(sys.argv[1:])
