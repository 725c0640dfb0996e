"""How much memory the command itself takes for a class of thousands, without grading thousands.

    .venv/bin/python benchmarks/memory_of_a_large_class.py [--sizes 300 3000] [--assignment affine]

A small class is graded. Then the same notebooks are handed in under more names, the results are kept under
these names as well, and ``autograder grade`` records all: rows, notebooks, pages, document, the class page.
A size needs about 0.9 MB of disk for each student.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import Cost, environment, note, run, table, warm_libraries, wrong
from sample_class import make_course

from autograder.store import Store

if TYPE_CHECKING:
    from autograder.assignment import Course

GRADED = 40
"""Submissions that are graded; all others are copies of them."""


def grade(course: Course, assignment: str, env: dict[str, str]) -> Cost:
    """Grade what is not kept, and record all."""
    command = [
        sys.executable,
        "-m",
        "autograder",
        "grade",
        assignment,
        "--json",
        "--course",
        str(course.root),
    ]
    return run(command, course.root, env, watched=True)


def copy_class(course: Course, assignment: str, size: int) -> None:
    """Hand in and keep the graded submissions under as many names as the class shall have."""
    store, submitted = Store(course.root, assignment), course.root / "submitted"
    names = sorted(path.name for path in submitted.iterdir())
    for number in range(len(names), size):
        original, name = names[number % GRADED], f"student-{number:04}"
        shutil.copytree(submitted / original, submitted / name)
        kept = store.read(original) or wrong(f"no result is kept of {original}")
        store.write(dataclasses.replace(kept, result=dataclasses.replace(kept.result, student=name)))


def measure(course: Course, assignment: str, size: int, env: dict[str, str]) -> list[str]:
    """Return a line of the table."""
    note(f"{size} submissions")
    copy_class(course, assignment, size)
    cost = grade(course, assignment, env)
    if len(json.loads(cost.output)["submissions"]) != size or "worker" in cost.peak_mib:
        wrong(f"not all of {size} results were taken from what is kept")
    return [str(size), f"{cost.peak_mib['parent']:.0f} MiB", f"{1000 * cost.cpu_s / size:.1f} ms"]


def main() -> None:
    """Print the peaks."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 3000])
    parser.add_argument("--assignment", default="affine")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        env = environment(Path(folder))
        warm_libraries(env)
        course = make_course(Path(folder) / "course", chosen.assignment, GRADED)
        grade(course, chosen.assignment, env)
        rows = [measure(course, chosen.assignment, size, env) for size in sorted(chosen.sizes)]
    table(f"{chosen.assignment}: recording a class", ("submissions", "command, peak", "CPU, each"), rows)


if __name__ == "__main__":
    main()
