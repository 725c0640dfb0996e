"""Where the time of a submission goes, stage by stage, on one job.

    .venv/bin/python benchmarks/where_time_goes.py [--size 60]

A clock stands around each stage; the time of a stage that lies within another counts for the inner one. On
one job the command and the worker take turns, so the time by the clock is the CPU time of both, as far as
the machine has nothing else to do. The class is graded once before, so that signatures are in the cache.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from measuring import table, wrong
from sample_class import make_course

from autograder import engine, gradebook, grading, scheduling
from autograder.gradebook.record import Record
from autograder.public_cases import PublicCases
from autograder.reporting import write_class_report
from autograder.store import Store
from autograder.student.remote import RemoteSubmission
from autograder.workplace import ThisMachine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from autograder.assignment import Course

STAGES = (
    (scheduling, "collect", "reading the file"),
    (engine, "parse_submission", "reading the file"),
    (engine, "repair", "repairing the notebook"),
    (grading, "score", "points and diagnosis"),
    (grading, "diagnose", "points and diagnosis"),
    (PublicCases, "look", "public cases, where points were lost"),
    (Store, "write", "keeping the result"),
    (Record, "write", "gradebook rows"),
    (Record, "_write_autograded", "autograded/"),
    (Record, "_write_feedback", "feedback/"),
)
REST = "handing out, ending processes and the rest"


class Clock:
    """Time by stage; the innermost stage that is open has it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.open = [REST]
        self.since = time.monotonic()

    def _turn(self) -> None:
        now = time.monotonic()
        self.seconds[self.open[-1]] += now - self.since
        self.since = now

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside for a stage, unless public cases are looked at, which are one."""
        self._turn()
        self.open.append(self.open[-1] if self.open[-1].startswith("public") else name)
        try:
            yield
        finally:
            self._turn()
            self.open.pop()

    def around(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """Return a function with the clock around it."""

        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.stage(name):
                return function(*args, **kwargs)

        return timed

    def entering(self, manager: Callable[..., Any], inside: str | None, name: str) -> Callable[..., Any]:
        """Return a context manager with the clock around its entry, and around what is inside if named."""

        @contextlib.contextmanager
        def timed(*args: Any, **kwargs: Any) -> Iterator[Any]:
            with contextlib.ExitStack() as stack:
                with self.stage(name):
                    entered = stack.enter_context(manager(*args, **kwargs))
                if inside is None:
                    yield entered
                else:
                    with self.stage(inside):
                        yield entered

        return timed


def measure(course: Course, assignment: str) -> tuple[dict[str, float], float]:
    """Grade the class once; return seconds by stage, and all seconds."""
    about, clock = course.read_assignment(assignment), Clock()
    folders = scheduling.submission_folders(course, assignment)
    started = time.monotonic()
    with contextlib.ExitStack() as stack:
        for owner, name, stage in STAGES:
            stack.enter_context(patch.object(owner, name, clock.around(getattr(owner, name), stage)))
        cells = clock.entering(grading.open_submission, None, "a process, and its cells")
        public = clock.entering(RemoteSubmission.student, "hidden tests", "a fork for each exercise")
        stack.enter_context(patch.object(grading, "open_submission", cells))
        stack.enter_context(patch.object(RemoteSubmission, "student", public))
        with clock.stage("once: gradebook"):
            record = stack.enter_context(gradebook.open_record(course, about))
            setup = scheduling.make_setup(course, about, record.template, None)
        for student, graded in scheduling.grade_class(course, setup, folders, ThisMachine(1), force=True):
            if graded.result.status != "graded":
                wrong(f"{student} is not graded: {graded.result.reason}")
            record.write(student, graded)
        with clock.stage("the class page"):
            write_class_report(course, about, Store(course.root, about.name).read_all())
    clock._turn()  # noqa: SLF001 - the clock is ours
    return dict(clock.seconds), time.monotonic() - started


def main() -> None:
    """Print the stages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=60, help="students in the class")
    parser.add_argument("--assignments", nargs="+", default=["affine", "optimizers"])
    parser.add_argument("--figures", choices=["saved", "none"], default="saved")
    chosen = parser.parse_args()
    for assignment in chosen.assignments:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
            root = Path(folder) / "course"
            course = make_course(root, assignment, chosen.size, figures=chosen.figures == "saved")
            measure(course, assignment)
            seconds, total = measure(course, assignment)
        rows = [
            [stage, f"{1000 * spent / chosen.size:.1f} ms", f"{100 * spent / total:.0f} %"]
            for stage, spent in sorted(seconds.items(), key=lambda entry: -entry[1])
        ]
        title = f"{assignment}, figures {chosen.figures}: a submission of {chosen.size}, on one job"
        table(title, ("stage", "each", "share"), rows)


if __name__ == "__main__":
    main()
