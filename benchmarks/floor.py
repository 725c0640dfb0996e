"""How far grading is from its floor: the same cells and tests in one process, with nothing around them.

    .venv/bin/python benchmarks/floor.py [--size 60] [--rounds 3]

The floor runs the cells of each notebook in one IPython shell and calls the same collected hidden suite on
the objects that they leave, in this very process: no walls, no worker, no wire, no diagnosis, no pictures of
public cases. Notebooks are read and repaired before its clock starts. Ours is `grade_class` on one job, from
the file to the result, without the gradebook; it runs no figure cells and draws nothing, since the figures
are saved with the notebooks. One floor does the same; another runs every cell and draws. What is paid once
for a class (starting a worker, collecting the suite) ends with the first submission and is left out on both
sides. The scores have to be the same.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import matplotlib.pyplot as plt
from measuring import note, table, wrong
from sample_class import make_course

import autograder
from autograder import scheduling
from autograder.gradebook import open_record
from autograder.grading import suite_path
from autograder.notebook import idle, is_figure, parse_submission, repair
from autograder.plugin import Job, read_reference, run_suite, validate_suite
from autograder.scoring import score
from autograder.student.live import LiveStudent
from autograder.worker.cells import CellRunner, WorkerShell, new_shell
from autograder.workplace import ThisMachine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.assignment import Assignment, Course
    from autograder.engine import Setup
    from autograder.plugin import ExerciseTests

    Scores = dict[str, float]

SURROUNDINGS = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    **{f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")},
}
"""What a worker has in its environment; without the first, figures would be drawn for nobody."""
DRAWING = "every cell, and draws"
FLOORS = ("the cells that ours runs", DRAWING)
CELL_CPU_S = 20
OUTPUT_KIB = 1024


class Floor:
    """The floor for one class: a shell, and notebooks that are read."""

    def __init__(self, course: Course, about: Assignment, setup: Setup, shell: WorkerShell) -> None:
        self.about, self.shell = about, shell
        self.runner = CellRunner(shell, cpu_s=CELL_CPU_S, output_kib=OUTPUT_KIB)
        self.own = set(shell.user_ns)
        self.drawn = 0
        self.suite = suite_path(about.name)
        self.expected = validate_suite(self.suite, about)
        self.reference = read_reference(course.reference_path(about.name))
        self.notebooks = {}
        for student, folder in scheduling.submission_folders(course, about.name).items():
            content = scheduling.collect(student, folder, about.name).content
            notebook, _ = repair(parse_submission(content, about.name), setup.source)
            self.notebooks[student] = [cell for cell in notebook.cells if cell.cell_type == "code"]

    def grade(self, *, draw: bool) -> tuple[float, Scores]:
        """Return the seconds per submission and the scores."""
        ends: list[float] = []
        scores: Scores = {}

        def jobs() -> Iterator[Job]:
            for student, cells in self.notebooks.items():
                tested: list[ExerciseTests] = []
                self._run_cells(cells, draw=draw)
                live = LiveStudent(self.shell.user_ns)
                yield Job(lambda _, live=live: contextlib.nullcontext(live), tested.extend)
                scored = score(self.about, dict(tested), self.expected)
                scores[student] = sum(exercise.score for exercise in scored)
                ends.append(time.monotonic())

        self.drawn = 0
        run_suite(self.suite, jobs(), seed=self.about.hidden_seed, reference=self.reference)
        if bool(self.drawn) != draw:
            wrong(f"the floor drew {self.drawn} figures")
        return each_s(ends), scores

    def _run_cells(self, cells: list[Any], *, draw: bool) -> None:
        for name in set(self.shell.user_ns) - self.own:
            del self.shell.user_ns[name]
        plt.close("all")
        figures = [place for place, cell in enumerate(cells) if is_figure(cell)]
        left_out = [] if draw else idle([cell.source for cell in cells], figures)
        for cell in (cell for place, cell in enumerate(cells) if place not in left_out):
            ran = self.runner.run(cell.source, 0 if draw else len(cell.outputs))
            shown = [dict(output[1]) for output in ran.outputs if output[0] == "display"]
            self.drawn += sum(bool(data.get("image/png")) for data in shown)


def grade(course: Course, setup: Setup) -> tuple[float, Scores]:
    """Return the seconds per submission and the scores of ours, on one job."""
    ends: list[float] = []
    scores: Scores = {}
    folders = scheduling.submission_folders(course, setup.engine.name)
    for student, graded in scheduling.grade_class(course, setup, folders, ThisMachine(1), force=True):
        ends.append(time.monotonic())
        scores[student] = graded.result.score
    return each_s(ends), scores


def each_s(ends: list[float]) -> float:
    """Return the time per submission after the first one."""
    return (ends[-1] - ends[0]) / (len(ends) - 1)


def compare(
    root: Path, assignment: str, chosen: argparse.Namespace, shell: WorkerShell
) -> Iterator[list[str]]:
    """Yield lines of the table for one assignment."""
    course = make_course(root / "course", assignment, chosen.size)
    about = course.read_assignment(assignment)
    with open_record(course, about) as record:
        setup = scheduling.make_setup(course, about, record.template, chosen.isolation)
    floor = Floor(course, about, setup, shell)
    grade(course, setup)  # signatures and caches are made
    times: dict[str, list[float]] = {}
    for number in range(chosen.rounds):
        note(f"{assignment}, round {number + 1}")
        ours_s, ours = grade(course, setup)
        times.setdefault("ours", []).append(ours_s)
        for kind in FLOORS:
            floor_s, plain = floor.grade(draw=kind == DRAWING)
            times.setdefault(kind, []).append(floor_s)
            if different := [student for student in ours if ours[student] != plain[student]]:
                wrong(f"{different[0]} has {ours[different[0]]} and, on the floor, {plain[different[0]]}")
    for kind in FLOORS:
        ours_s, floor_s = median(times["ours"]), median(times[kind])
        ratio = f"{ours_s / floor_s:.2f}"
        yield [assignment, kind, f"{1000 * floor_s:.1f} ms", f"{1000 * ours_s:.1f} ms", ratio]


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=60, help="students in the class")
    parser.add_argument("--rounds", type=int, default=3, help="medians of so many are printed")
    parser.add_argument("--assignments", nargs="+", default=["affine", "optimizers"])
    parser.add_argument("--isolation", help="walls of ours; the strongest by default")
    chosen = parser.parse_args()
    if not SURROUNDINGS.items() <= os.environ.items():
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **SURROUNDINGS})
    main_module, shell, rows = sys.modules["__main__"], new_shell(), []
    sys.modules["__main__"] = main_module
    with patch.object(autograder, "check", lambda *_: None):  # as in a worker, check cells do nothing
        for assignment in chosen.assignments:
            with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
                rows += compare(Path(folder), assignment, chosen, shell)
    head = ("assignment", "the floor runs", "floor, a submission", "ours", "ratio")
    table(f"Grading alone on one job, {chosen.size} submissions", head, rows)


if __name__ == "__main__":
    main()
