"""A whole class, from submitted notebooks to scores and feedback: this kit beside stock nbgrader.

    .venv/bin/python benchmarks/class_against_nbgrader.py [--size 200] [--stock 8] [--figures saved none]

Ours is ``autograder grade`` as a command, start-up included, on a fresh gradebook: scores, ``autograded/``,
``feedback/`` and the class page. It is run twice: the first time with no signatures in the cache, the second
time with nothing changed. Stock is ``nbgrader autograde`` and ``nbgrader generate_feedback`` with a plain
configuration, in which the notebooks' own `check` cells give the points. It is timed for two sizes, which
tells its start-up from its time per notebook; its time for the class is calculated from the two, since a
whole class would take most of an hour.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from measuring import Cost, environment, note, run, table, warm_libraries, wrong
from nbgrader.api import Gradebook
from sample_class import STUBS, make_course

if TYPE_CHECKING:
    from autograder.assignment import Course

SMALL = 2
"""The smaller of the two sizes that stock nbgrader is timed for."""
CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'stock'\n"


@dataclass(frozen=True)
class Stock:
    """What stock nbgrader takes."""

    start_s: float
    each_s: float

    def class_s(self, size: int) -> float:
        """Return its time for a class."""
        return self.start_s + size * self.each_s


def compare(
    root: Path, assignment: str, chosen: argparse.Namespace, *, figures: bool
) -> tuple[list[float], list[float], list[Stock]]:
    """Return the times of ours, first and again, and those of stock: a figure for each round."""
    course = make_course(root / "ours", assignment, chosen.size, figures=figures)
    stock = stock_course(course, root / "stock", assignment, chosen.stock)
    firsts, agains, stocks = [], [], []
    for number in range(chosen.rounds):
        note(f"{assignment}, figures {'saved' if figures else 'none'}, round {number + 1}")
        home = root / f"home-{number}"
        env = environment(home)
        warm_libraries(env)
        small = grade_stock(stock, root / "run", assignment, SMALL, env)
        first = grade(course, assignment, env, chosen.jobs)
        large = grade_stock(stock, root / "run", assignment, chosen.stock, env)
        again = grade(course, assignment, env, chosen.jobs)
        if first.output != again.output:
            wrong("the second grading says something else than the first")
        firsts.append(first.wall_s)
        agains.append(again.wall_s)
        each = (large - small) / (chosen.stock - SMALL)
        if each <= 0:
            wrong(f"stock took no longer for {chosen.stock} notebooks than for {SMALL}; the machine is busy")
        stocks.append(Stock(small - SMALL * each, each))
        check_scores(course, root / "run", assignment, chosen.size, json.loads(first.output))
        clear(course)
    return firsts, agains, stocks


# ----- ours -----


def grade(course: Course, assignment: str, env: dict[str, str], jobs: int | None) -> Cost:
    """Grade the class with the kit."""
    options = ["--course", str(course.root), "--json", *(["--jobs", str(jobs)] if jobs else [])]
    return run([sys.executable, "-m", "autograder", "grade", assignment, *options], course.root, env)


def clear(course: Course) -> None:
    """Take away all that a grading has written."""
    for name in ("autograded", "feedback", "reports", ".autograder"):
        shutil.rmtree(course.root / name)
    (course.root / "gradebook.db").unlink()


# ----- stock nbgrader -----


def stock_course(course: Course, root: Path, assignment: str, size: int) -> Path:
    """Return a course of stock nbgrader with the first students of the class, to be copied."""
    shutil.copytree(course.root / "source" / assignment, root / "source" / assignment)
    (root / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    env = environment(root)
    run([sys.executable, "-m", "nbgrader", "generate_assignment", assignment], root, env)
    released = course.release_folder(assignment)
    for folder in sorted((course.root / "submitted").iterdir())[:size]:
        target = root / "submitted" / folder.name / assignment
        shutil.copytree(released, target)  # `check` reads what lies beside the notebook
        shutil.copytree(folder / assignment, target, dirs_exist_ok=True)
    return root


def grade_stock(stock: Path, root: Path, assignment: str, size: int, env: dict[str, str]) -> float:
    """Grade the first students with stock nbgrader on a fresh gradebook; return how long it took."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(stock, root)
    for folder in sorted((root / "submitted").iterdir())[size:]:
        shutil.rmtree(folder)
    nbgrader = [sys.executable, "-m", "nbgrader"]
    graded = run([*nbgrader, "autograde", assignment], root, env)
    told = run([*nbgrader, "generate_feedback", assignment], root, env)
    return graded.wall_s + told.wall_s


# ----- right results -----


def check_scores(course: Course, stock: Path, assignment: str, size: int, document: dict) -> None:
    """End this program unless everybody has the scores that the known answers earn."""
    scores = {entry["student"]: entry["score"] for entry in document["submissions"]}
    full = document["submissions"][0]["max_score"]
    expect_files(course.root, assignment, size)
    if not (course.root / "reports" / f"{assignment}.html").is_file():
        wrong("there is no class page")
    if scores != read_scores(course.root, assignment):
        wrong("the gradebook holds other scores than the document")
    for number, (student, score) in enumerate(sorted(scores.items())):
        if number % STUBS == STUBS - 1 and score != 0:
            wrong(f"{student} wrote nothing and has {score}")
        if number % STUBS != STUBS - 1 and number % 2 == 0 and score != full:
            wrong(f"{student} handed in the reference and has {score}")
    of_stock = read_scores(stock, assignment)
    expect_files(stock, assignment, len(of_stock))
    for student, score in of_stock.items():
        if scores[student] == full and score != full:
            wrong(f"stock nbgrader gives {student} {score}, not {full}")


def read_scores(root: Path, assignment: str) -> dict[str, float]:
    """Return what a gradebook holds."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {entry.student.id: entry.score for entry in gradebook.assignment_submissions(assignment)}


def expect_files(root: Path, assignment: str, size: int) -> None:
    """End this program unless each student has an autograded notebook and a page."""
    for pattern in (f"autograded/*/*/{assignment}.ipynb", f"feedback/*/*/{assignment}.html"):
        if (found := len(list(root.glob(pattern)))) != size:
            wrong(f"{found} files {pattern} in {root}, not {size}")


# ----- the table -----


def row(assignment: str, figures: str, size: int, measured: tuple) -> list[str]:
    """Return a line of the table, from the medians of the rounds."""
    firsts, agains, stocks = measured
    first, again = median(firsts), median(agains)
    stock = Stock(median(each.start_s for each in stocks), median(each.each_s for each in stocks))
    stock_s = stock.class_s(size)
    ours = [f"{first:.1f} s", f"{size / first:.1f}", f"{again:.1f} s"]
    theirs = [f"{stock.start_s:.1f} s", f"{stock.each_s:.2f} s", f"{size / stock_s:.2f}"]
    return [assignment, figures, *ours, *theirs, f"{stock_s / first:.1f}", f"{stock_s / again:.0f}"]


HEAD = (
    *("assignment", "figures", "ours, first", "a second", "ours, again"),
    *("stock: start", "a notebook", "a second", "ratio, first", "ratio, again"),
)


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=200, help="students in the class")
    parser.add_argument("--stock", type=int, default=8, help=f"notebooks for stock nbgrader, over {SMALL}")
    parser.add_argument("--assignments", nargs="+", default=["affine", "optimizers"])
    parser.add_argument("--figures", nargs="+", choices=["saved", "none"], default=["saved", "none"])
    parser.add_argument("--jobs", type=int, help="processes of ours; the cores by default")
    parser.add_argument("--rounds", type=int, default=1, help="medians of so many are printed")
    chosen = parser.parse_args()
    if not SMALL < chosen.stock <= chosen.size:
        parser.error(f"--stock must be over {SMALL} and not over --size")
    rows = []
    for assignment in chosen.assignments:
        for figures in chosen.figures:
            with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
                measured = compare(Path(folder), assignment, chosen, figures=figures == "saved")
            rows.append(row(assignment, figures, chosen.size, measured))
    table(f"A class of {chosen.size}, graded with scores, autograded notebooks and feedback", HEAD, rows)
    print("\nThe ratios are those of the whole time: stock's is its start-up and its time per notebook for")
    print("the whole class. Ours shows figures as they were saved; stock runs every cell and draws them.")


if __name__ == "__main__":
    main()
