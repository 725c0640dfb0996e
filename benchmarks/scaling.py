"""What a submission costs as the class grows, with one process and with two, and how much memory it takes.

    .venv/bin/python benchmarks/scaling.py [--sizes 10 100 300 1000 3000] [--jobs 1 2] [--figures saved|none]

Each line is one ``autograder grade`` as a command on a fresh gradebook. `CPU` is that of all its processes.
Memory is the peak resident memory of one process: the command itself, one of its grading processes (with one
job the command grades by itself), and one process that runs student code. The signatures are in the cache
beforehand. A size needs about 0.3 MB of disk for each student.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import Cost, environment, note, run, table, warm_libraries, wrong
from sample_class import make_course

if TYPE_CHECKING:
    from autograder.assignment import Course

WARM_UP = 10
MOSTLY_START = 100
"""Below so many, a good part of what a submission costs is start-up."""
WRITTEN = ("autograded", "feedback", "reports", ".autograder", "gradebook.db")


def grade(course: Course, assignment: str, env: dict[str, str], jobs: int) -> Cost:
    """Grade a class as if for the first time."""
    for name in WRITTEN:
        path = course.root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    options = ["--course", str(course.root), "--json", "--jobs", str(jobs)]
    command = [sys.executable, "-m", "autograder", "grade", assignment, *options]
    return run(command, course.root, env, watched=True)


def measure(root: Path, size: int, chosen: argparse.Namespace, env: dict[str, str]) -> dict[int, Cost]:
    """Return what a class costs: number of jobs to cost."""
    course = make_course(root / "course", chosen.assignment, size, figures=chosen.figures == "saved")
    costs = {}
    for jobs in chosen.jobs:
        note(f"{size} submissions, {jobs} jobs")
        costs[jobs] = grade(course, chosen.assignment, env, jobs)
    if len({cost.output for cost in costs.values()}) > 1:
        wrong(f"{size} submissions have other results with other numbers of jobs")
    submissions = json.loads(costs[chosen.jobs[0]].output)["submissions"]
    if len(submissions) != size or any(entry["status"] != "graded" for entry in submissions):
        wrong(f"not all of {size} submissions are graded")
    return costs


def row(size: int, jobs: int, cost: Cost, alone: Cost) -> list[str]:
    """Return a line of the table."""
    peaks = [cost.peak_mib.get(role, 0) for role in ("parent", "process", "worker")]
    return [
        str(size),
        str(jobs),
        f"{cost.wall_s:.1f} s",
        f"{1000 * cost.wall_s / size:.1f} ms",
        f"{1000 * cost.cpu_s / size:.1f} ms",
        f"{alone.wall_s / cost.wall_s:.2f}",
        *(f"{peak:.0f} MiB" if peak else "-" for peak in peaks),
    ]


def growth(costs: dict[tuple[int, int], Cost], sizes: list[int], jobs: int) -> str:
    """Return in words what becomes of the cost of a submission up to the largest class."""
    small, large = min((size for size in sizes if size >= MOSTLY_START), default=min(sizes)), max(sizes)
    wall = (costs[large, jobs].wall_s / large) / (costs[small, jobs].wall_s / small)
    cpu = (costs[large, jobs].cpu_s / large) / (costs[small, jobs].cpu_s / small)
    beside = f"--jobs {jobs}, {large} submissions beside {small}"
    return f"{beside}: each takes {wall:.2f} times the time and {cpu:.2f} times the CPU."


HEAD = (
    *("submissions", "jobs", "time", "each", "CPU, each", "speed-up"),
    *("command, peak", "grading process", "worker"),
)


def main() -> None:
    """Print the costs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 300, 1000, 3000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--assignment", default="affine")
    parser.add_argument("--figures", choices=["saved", "none"], default="saved")
    chosen = parser.parse_args()
    costs: dict[tuple[int, int], Cost] = {}
    with tempfile.TemporaryDirectory(prefix="benchmark-") as home:
        env = environment(Path(home))
        warm_libraries(env)
        for size in [WARM_UP, *chosen.sizes]:
            with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
                costs |= {
                    (size, jobs): cost for jobs, cost in measure(Path(folder), size, chosen, env).items()
                }
    rows = [
        row(size, jobs, costs[size, jobs], costs[size, chosen.jobs[0]])
        for size in chosen.sizes
        for jobs in chosen.jobs
    ]
    table(f"{chosen.assignment}, figures {chosen.figures}: the cost of a submission", HEAD, rows)
    print()
    for jobs in chosen.jobs:
        print(growth(costs, chosen.sizes, jobs))


if __name__ == "__main__":
    main()
