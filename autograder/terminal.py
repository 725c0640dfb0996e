"""How a class is shown in a terminal: while it is graded, and afterwards.

Everything that came from a student is made visible before it is printed: no control sequence reaches a
terminal.
"""

from __future__ import annotations

import contextlib
import re
import signal
import statistics
import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from autograder.words import NOT_DONE, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rich.progress import Task

    from autograder.result import ClassResult, SubmissionResult

MAX_LISTED = 60
"""Students that are listed one by one; the class page has them all."""
SLOWEST = 5
BINS = 10
BAR = 40
"""Characters of the longest bar."""
TALLIES = ("full", "partial", "zero", "ungradable")


# ----- while it is graded -----


@contextlib.contextmanager
def interrupts() -> Iterator[Callable[[], None]]:
    """Give a function that raises an interrupt which was lost: raised in a destructor, it is only printed."""
    heard: list[int] = []

    def hear(number: int, _frame: object) -> None:
        heard.append(number)
        raise KeyboardInterrupt

    def heed() -> None:
        if heard:
            raise KeyboardInterrupt

    is_ours_to_say = threading.current_thread() is threading.main_thread()  # what a signal does
    if (
        not is_ours_to_say or signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    ):  # as of jobs in the background
        yield heed
        return
    before = signal.signal(signal.SIGINT, hear)
    try:
        yield heed
    finally:
        signal.signal(signal.SIGINT, before)


class _Rate(ProgressColumn):
    """Submissions a second, or a minute where that is more telling."""

    def render(self, task: Task) -> Text:
        """Return the rate of the last moments."""
        if not task.speed:
            return Text("")
        number, unit = (task.speed, "s") if task.speed >= 1 else (60 * task.speed, "min")
        return Text(f"{number:.1f}/{unit}", style="progress.data.speed")


@contextlib.contextmanager
def progress(console: Console, total: int) -> Iterator[Callable[[SubmissionResult], None]]:
    """Show how far grading is, where there is a terminal to show it on.

    Yields
    ------
    callable
        Takes each result as it comes.
    """
    columns = (
        *(
            TextColumn("grading"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
        ),
        TextColumn("[dim]{task.fields[tallies]}"),
    )
    counted: Counter[str] = Counter()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task("grading", total=total, tallies="")

        def advance(result: SubmissionResult) -> None:
            counted[tally(result)] += 1
            shown.update(task, advance=1, tallies=told(counted))

        yield advance


def tally(result: SubmissionResult) -> str:
    """Return which of `TALLIES` a result belongs to."""
    if result.status != "graded":
        return "ungradable"
    return "full" if result.score == result.max_score else "partial" if result.score else "zero"


def told(counted: Mapping[str, int]) -> str:
    """Return the tallies that there are, in words."""
    return " · ".join(f"{counted[name]} {name}" for name in TALLIES if counted.get(name))


# ----- afterwards -----


def show_class(document: ClassResult, seconds: Mapping[str | None, float]) -> None:
    """Print the class: each student if they are not too many, the distribution of scores, the slowest.

    Parameters
    ----------
    document : ClassResult
        The class.
    seconds : mapping of str to float
        Student to how long grading took.
    """
    console = Console(highlight=False)
    if len(document.submissions) <= MAX_LISTED:
        console.print(_students(document))
    console.print("\n" + escape(_summary(document)), soft_wrap=True)
    if len(document.submissions) > BINS:
        console.print(_distribution(document))
        console.print(_slowest(seconds))


def _table(*columns: tuple[str, dict[str, Any]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for name, options in columns:
        table.add_column(name, **options)
    return table


def _students(document: ClassResult) -> Table:
    exercises = [exercise.id.replace("-", "-\n") for exercise in document.submissions[0].exercises]
    numbers = {"justify": "right", "no_wrap": True, "vertical": "bottom"}
    table = _table(
        ("student", {"no_wrap": True, "max_width": 24, "overflow": "ellipsis", "vertical": "bottom"}),
        *((exercise, numbers) for exercise in exercises),
        ("score", {"justify": "right", "no_wrap": True}),
        ("what was wrong first", {}),
    )
    for submission in document.submissions:
        table.add_row(*_row(submission))
    return table


def _row(submission: SubmissionResult) -> Iterator[Text]:
    graded = submission.status == "graded"
    style = "" if graded else "red"
    yield Text(visible(submission.student or "").replace("\n", "\\n"), style)  # a name is no row of its own
    for exercise in submission.exercises:
        yield Text(f"{exercise.score:g}" if graded else "-", style)
    full = graded and submission.score == submission.max_score
    yield Text(f"{submission.score:g} / {submission.max_score:g}", "green" if full else style)
    # a text that never wraps, in a column that may: it is this column that gives way in a narrow terminal
    yield Text(visible(submission.reason or _remark(submission)), style, no_wrap=True, overflow="ellipsis")


def _remark(submission: SubmissionResult) -> str:
    """Return what was wrong first, in a few words."""
    for exercise in submission.exercises:
        if exercise.misconception:
            return exercise.misconception
        for test in exercise.tests:
            if test.outcome != "passed":
                return _found_first(test.rationale)
    return ""


def _found_first(rationale: str) -> str:
    """Return of a rationale what was found, without the sizes that the test was given."""
    required, _, found = rationale.partition("\n")
    if found.startswith(NOT_DONE):
        return NOT_DONE
    return re.sub(r"^With [^:]*: ", "", found.partition("\n")[0]) or required


def _summary(document: ClassResult) -> str:
    graded = _scores(document)
    others = len(document.submissions) - len(graded)
    counts = f"{len(graded)} {'submission' if len(graded) == 1 else 'submissions'} graded"
    counts += f", {others} could not be graded" if others else ""
    summary = f"{counts} (isolation: {document.isolation})."
    if graded:
        full = f"{document.submissions[0].max_score:g}"
        summary += f"\nMean {statistics.mean(graded):.1f}, median {statistics.median(graded):g} of {full}."
    return summary


def _scores(document: ClassResult) -> list[float]:
    return [submission.score for submission in document.submissions if submission.status == "graded"]


def _distribution(document: ClassResult) -> Table:
    """Return how many students have which score, in tenths of the points; full marks stand alone."""
    full = document.submissions[0].max_score
    counted = Counter(min(BINS, int(BINS * score / full)) if full else BINS for score in _scores(document))
    table = _table(("score", {"justify": "right"}), ("students", {"justify": "right"}), ("", {}))
    for place in range(BINS, -1, -1):
        low, high = full * place / BINS, full * (place + 1) / BINS
        name = f"{full:g}" if place == BINS else f"{low:g} to under {high:g}"
        bar = "█" * round(BAR * counted[place] / max(counted.values(), default=1))
        table.add_row(name, str(counted[place]), Text(bar, "green" if place == BINS else "cyan"))
    return table


def _slowest(seconds: Mapping[str | None, float]) -> Table:
    table = _table(
        ("slowest", {"no_wrap": True, "max_width": 40, "overflow": "ellipsis"}), ("s", {"justify": "right"})
    )
    for student, duration in sorted(seconds.items(), key=lambda item: -item[1])[:SLOWEST]:
        table.add_row(Text(visible(student or "").replace("\n", "\\n")), f"{duration:.1f}")
    return table
