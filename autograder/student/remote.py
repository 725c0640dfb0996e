"""The student of grading: names that live in a worker process, behind a wire.

`RemoteSubmission` runs a notebook's cells once and opens a `RemoteStudent` for each exercise
(`autograder.student.link`).
"""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from autograder.errors import ProtocolError, WorkerGone
from autograder.student.ahead import ForetoldStudent
from autograder.student.link import Link, RemoteStudent
from autograder.student.telling import Teller, limit_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.assignment import Limits
    from autograder.sandbox import ExerciseProcess, Sandbox, SubmissionProcess
    from autograder.student.ahead import Scripts
    from autograder.student.link import Process

_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
MAX_STARTS = 4
"""How often a notebook is started anew without the cell that ended its process."""
MAX_FULL_CELLS = 16
"""How many cells may leave as much output as one may: a notebook of thousands would fill our memory."""
MAX_OUTPUTS = 200
"""Outputs of one cell that are kept."""


@dataclass
class CellReport:
    """What became of one code cell.

    `error` is the (type, text) of its exception, `ended` the reason why its process ended in it.
    """

    source: str = ""
    outputs: list[Any] = field(default_factory=list)
    error: tuple[str, str] | None = None
    ended: str | None = None


class RemoteSubmission:
    """One submission: its cells' reports, and a student for each exercise.

    Use `open_submission`.
    """

    def __init__(
        self,
        process: SubmissionProcess | None,
        reports: list[CellReport],
        reason: str,
        teller: Teller,
        scripts: Scripts | None = None,
    ) -> None:
        self.process = process
        self.reports = reports
        self.reason = reason
        self.teller = teller
        self.scripts = scripts
        self.link: Link | None = None
        self.shared: Process | None = None
        """The process of an exercise that has passed, for the next one."""
        self.going_on = contextlib.ExitStack()
        """Ends it."""

    def close(self) -> None:
        """End the process of the last exercise."""
        self.going_on.close()

    @contextlib.contextmanager
    def student(self, exercise_id: str) -> Iterator[RemoteStudent]:
        """Open the student of one exercise, in a process of its own, or in that of the one before.

        Raises
        ------
        WorkerGone
            The notebook left no process to ask.
        """
        process = self.process
        if process is None:
            raise WorkerGone(self.reason)
        if self.scripts is not None and process.has_fork:
            with self._foretold(process, exercise_id, self.scripts) as student:
                yield student
            return
        with process.exercise() as exercise:
            if process.has_fork or self.link is None:
                self.link = self._link(exercise)
            else:  # the same process as for the exercise before, which shares what it did
                self.link.begin_test()
            yield RemoteStudent(self.link)

    @contextlib.contextmanager
    def _foretold(
        self, process: SubmissionProcess, exercise_id: str, scripts: Scripts
    ) -> Iterator[ForetoldStudent]:
        with self.going_on.pop_all() as stack:

            def start_anew(lost_s: float) -> ExerciseProcess:
                stack.close()
                process.give_back(lost_s)
                return stack.enter_context(process.exercise())

            shared, self.shared = self.shared, None
            link = self._link(shared or stack.enter_context(process.exercise()))
            student = ForetoldStudent(link, exercise_id, scripts, start_anew, is_shared=shared is not None)
            yield student
            if not student.is_foretold():
                self.scripts = None
            elif student.has_passed():
                self.shared, self.going_on = link.process, stack.pop_all()

    def _link(self, exercise: Process) -> Link:
        return Link(exercise, self._why_missing, self.teller.for_exercise())

    def _why_missing(self, name: str) -> str:
        """Return what is known about a name that the notebook did not define."""
        for report in self.reports:
            if _defines(report.source, re.escape(name)):
                if report.ended is not None:
                    return f"the cell that defines it could not be finished: {report.ended}"
                if report.error is not None:
                    return f"the cell that defines it ended with {report.error[0]}: {report.error[1]}"
        ended = next((report.ended for report in self.reports if report.ended is not None), None)
        return f"a cell could not be finished: {ended}" if ended else f"no cell defines {name}"


def _defines(source: str, name: str) -> bool:
    """Whether a cell looks as if it defined a name; it need not be valid Python."""
    binding = (
        rf"^[ \t]*(?:(?:async )?def {name}\b|class {name}\b|{name} ?=(?!=)|(?:from|import) .*\b{name}\b)"
    )
    return re.search(binding, source, re.MULTILINE) is not None


@contextlib.contextmanager
def open_submission(
    sandbox: Sandbox,
    cells: Sequence[str],
    limits: Limits,
    *,
    inputs_are_hidden: bool = False,
    pictures: Sequence[int] | None = None,
    skip: Sequence[int] = (),
    scripts: Scripts | None = None,
) -> Iterator[RemoteSubmission]:
    """Run a notebook's code cells and yield the submission.

    A cell that ends its process (a crash, an exit, a loop that catches everything) is left out, and the
    notebook is started again, so that the other exercises can still be tested.

    Parameters
    ----------
    sandbox : Sandbox
        Where to run it; the cells begin with those that it was given, if there are any.
    cells : sequence of str
        The sources of its code cells.
    limits : Limits
        What it may use.
    inputs_are_hidden : bool
        Whether what the notebook's functions will be called with must not come out in their exceptions.
    pictures : sequence of int, optional
        For each cell of how many of its figures there are pictures. They are not drawn: `NOT_DRAWN` stands in
        the outputs.
    skip : sequence of int
        The cells that are not run. Those that the sandbox was given have been.
    scripts : Scripts, optional
        Knows what the hidden tests will ask.
    """
    reports = [CellReport(source) for source in cells]
    teller = Teller(cells, limits, inputs_are_hidden=inputs_are_hidden)
    skip = list(skip)
    last = None
    for _ in range(MAX_STARTS):
        with contextlib.ExitStack() as stack:
            process = stack.enter_context(sandbox.submission(limits))
            last = last or 2 * process.deadline - time.monotonic()  # all starts have the time of two
            process.deadline = min(process.deadline, last)
            given = range(len(sandbox.given))
            for index in given:  # the process has gone on from there
                reports[index] = _report(cells[index], limits, sandbox.given_outputs[index], None)
            culprit, reason = _run(process, cells, [*given, *skip], reports, pictures or ())
            if culprit is None:
                submission = RemoteSubmission(process, reports, "", teller, scripts)
                stack.callback(submission.close)
                yield submission
                return
            reports[culprit].ended = reason
            skip.append(culprit)
    yield RemoteSubmission(None, reports, f"the notebook could not be run: {reason}", teller)


def _run(
    process: SubmissionProcess,
    cells: Sequence[str],
    skip: list[int],
    reports: list[CellReport],
    pictures: Sequence[int],
) -> tuple[int | None, str]:
    """Run the cells, fill in the reports; return the cell that ended the process, if any, and why."""
    running = next((index for index in range(len(cells)) if index not in skip), 0)
    room = MAX_FULL_CELLS * process.limits.output_kib * 1024
    try:
        for kind, index, *rest in process.run(cells, skip, pictures):
            if type(index) is not int or not 0 <= index < len(cells):
                raise ProtocolError("a report of a cell that is none")
            running = index
            if kind == "ran":
                reports[index] = _report(cells[index], process.limits, *rest)
                room -= _size(reports[index])
                if room < 0:
                    allowed = f"{MAX_FULL_CELLS * process.limits.output_kib:g} KiB"
                    cut = f"(not kept: the limit for the output of all cells together is {allowed})"
                    reports[index].outputs = [_note(cut)]
    except WorkerGone as gone:
        return running, str(gone)
    except (TypeError, ValueError):
        return running, "the notebook's process sent what it should not"
    return None, ""


def _report(source: str, limits: Limits, outputs: Any, error: Any) -> CellReport:  # noqa: ANN401 - not yet checked
    if error is not None and not _are_text(error, 2):
        raise ValueError("an error that is none")
    if error is not None and (limit := limit_sentence(error[0], error[1], limits)):
        error = error[0], f"{error[1]} ({limit})".strip()
    kept = [_output(limits, *output) for output in outputs[:MAX_OUTPUTS]]
    if len(outputs) > MAX_OUTPUTS:
        kept.append(_note(f"… (more was displayed and cut: the limit for a cell is {MAX_OUTPUTS} outputs)"))
    return CellReport(source, kept, error)


def _size(report: CellReport) -> int:
    """Return how many characters a cell's outputs hold, by and large."""
    return sum(len(str(output)) for output in report.outputs)


def _note(text: str) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {"text/plain": text}, "metadata": {}}


def _output(limits: Limits, kind: Any, *parts: Any) -> dict[str, Any]:  # noqa: ANN401 - not yet checked
    """Return one output of a cell as nbformat 4 writes it.

    Raises
    ------
    TypeError, ValueError
        The worker sent none that `autograder.worker.cells.CellRun` describes.
    """
    if kind == "stream" and _are_text(parts, 2) and parts[0] in ("stdout", "stderr"):
        return {"output_type": "stream", "name": parts[0], "text": parts[1]}
    if kind == "error" and _are_text(parts, 3):
        name, text, line = parts
        limit = limit_sentence(name, text, limits)
        text = f"{text} ({limit})".strip() if limit else text
        trace = [f"----> {line}"] if line else []
        return {
            "output_type": "error",
            "ename": name,
            "evalue": text,
            "traceback": [*trace, f"{name}: {text}"],
        }
    if kind == "display" and len(parts) == 1 and all(map(_can_be_shown, parts[0])):
        return {"output_type": "display_data", "data": dict(parts[0]), "metadata": {}}
    raise ValueError("an output that is none")


def _can_be_shown(pair: Any) -> bool:  # noqa: ANN401 - not yet checked
    """Whether this is a text, or a picture that is nothing but base64: it goes into a page as it is."""
    if not _are_text(pair, 2):
        return False
    mime_type, text = pair
    return mime_type == "text/plain" or (mime_type == "image/png" and _BASE64.fullmatch(text) is not None)


def _are_text(parts: Any, count: int) -> bool:  # noqa: ANN401 - not yet checked
    return type(parts) is tuple and [type(part) for part in parts] == [str] * count
