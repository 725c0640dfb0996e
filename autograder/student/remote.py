"""The student of grading: names that live in a worker process, behind a wire.

`RemoteSubmission` runs a notebook's cells once and opens a `RemoteStudent` for each exercise. What comes back
is data or a `RemoteObject`; arrays and dicts keep their identity (`autograder.worker.handles`).
"""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from autograder.errors import ProtocolError, WorkerGone
from autograder.student import NameMissing, StudentObject, StudentRaised
from autograder.student.telling import ExerciseTeller, Teller, limit_sentence
from autograder.worker.handles import Table
from autograder.worker.wire import FrameError, Opaque

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.assignment import Limits
    from autograder.sandbox import ExerciseProcess, Sandbox, SubmissionProcess

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
        self, process: SubmissionProcess | None, reports: list[CellReport], reason: str, teller: Teller
    ) -> None:
        self.process = process
        self.reports = reports
        self.reason = reason
        self.teller = teller
        self.link: _Link | None = None

    @contextlib.contextmanager
    def student(self, _exercise_id: str) -> Iterator[RemoteStudent]:
        """Open the student of one exercise, in a process of its own.

        Raises
        ------
        WorkerGone
            The notebook left no process to ask.
        """
        if self.process is None:
            raise WorkerGone(self.reason)
        with self.process.exercise() as process:
            if self.link is None or self.process.has_fork:
                self.link = _Link(process, self._why_missing, self.teller.for_exercise())
            else:  # the same process as for the exercise before, which shares what it did
                self.link.begin_test()
            yield RemoteStudent(self.link)

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
    """
    reports = [CellReport(source) for source in cells]
    teller = Teller(cells, limits, inputs_are_hidden=inputs_are_hidden)
    skip: list[int] = []
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
                yield RemoteSubmission(process, reports, "", teller)
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


class _Link:
    """Requests to one exercise's process, and the objects shared with it."""

    def __init__(self, process: ExerciseProcess, why_missing: Any, teller: ExerciseTeller) -> None:  # noqa: ANN401 - a callable
        self.process = process
        self.why_missing = why_missing
        self.teller = teller
        self.table = Table(1, opaque=self._remote_object)
        self.names: dict[str, RemoteObject] = {}
        self.methods: set[tuple[str, str]] = set()
        """Names of classes with those attributes of their instances that turned out to be callable."""
        self.is_new_test = False

    def _remote_object(self, value: Opaque) -> RemoteObject:
        return RemoteObject(self, value, self.teller.type_name(value.opaque_type_name))

    def begin_test(self) -> None:
        """Forget what earlier tests shared; with the next request the worker puts the notebook's state back.

        Raises
        ------
        WorkerGone
            There is nobody left to ask.
        """
        if self.process.gone is not None:
            raise self.process.gone
        self.table = self.table.renewed()
        self.is_new_test = True

    def name(self, name: str) -> Any:  # noqa: ANN401 - any value
        """Return what the notebook bound to a name; a class or function is asked for once."""
        if name not in self.names:
            value = self.ask(name, "get", name)
            if not isinstance(value, RemoteObject):
                return value
            object.__setattr__(value, "opaque_name", name)
            self.table.keep(value)
            self.names[name] = value
        return self.names[name]

    def ask(self, doing: str, *request: Any) -> Any:  # noqa: ANN401 - any request, any value
        """Send a request and return its value, or raise what the student's code raised."""
        _settle(request)
        changes, body = self.table.message(request)
        if self.is_new_test:
            self.is_new_test, body = False, ("begin", body)
        try:
            reply = self.table.receive(self.process.request((changes, body)))
        except FrameError as error:
            raise self.process.give_up(error) from None
        match reply:
            case ("ok", value):
                return value
            case ("missing", str(name)):
                raise NameMissing(
                    doing.removesuffix("(…)") or name, self.why_missing(name) if request[0] == "get" else ""
                )
            case ("raised", str(type_name), str(text), str(line)):
                raise self._with_reason(self.teller.raised(type_name, text, line, doing))
        raise self.process.give_up(FrameError("a reply that is none"))

    def _with_reason(self, raised: StudentRaised) -> StudentRaised:
        """Say of a missing name why it is missing, if a cell was to define it: an import that failed."""
        name = re.fullmatch(r"name '(\w+)' is not defined.*", raised.text)
        reason = self.why_missing(name[1]) if name and raised.type_name == "NameError" else ""
        if not reason.startswith("the cell that defines it"):
            return raised
        return StudentRaised(raised.type_name, f"{raised.text} ({reason})", raised.line, raised.doing)


class RemoteStudent:
    """The names of one notebook. ``student.Affine`` asks the worker for ``Affine``."""

    def __init__(self, link: _Link) -> None:
        self._link = link

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the student made of it
        return self._link.name(name)

    def begin_test(self) -> None:
        """Start a test from the state that the notebook left."""
        self._link.begin_test()


class RemoteObject(StudentObject):
    """An object that stays in the worker: its attributes and calls are asked for over the wire."""

    def __init__(self, link: _Link, opaque: Opaque, type_name: str) -> None:
        for attribute, value in (
            ("opaque_link", link),
            ("opaque_name", type_name),
            ("opaque_made_by", ""),
            ("opaque_handle", opaque.opaque_handle),
            ("opaque_type_name", type_name),
            ("opaque_is_callable", opaque.opaque_is_callable),
        ):
            object.__setattr__(self, attribute, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - a student's callable
        """Call it there, and return what it returned."""
        return self._result("call", self, list(args), list(kwargs.items()))

    def _result(self, *request: Any) -> Any:  # noqa: ANN401
        value = self.opaque_link.ask(f"{self.opaque_name}(…)", *request)
        if isinstance(value, RemoteObject) and value.opaque_name == value.opaque_type_name:
            object.__setattr__(value, "opaque_name", self.opaque_name)
        if isinstance(value, RemoteObject) and not value.opaque_made_by:
            object.__setattr__(value, "opaque_made_by", self.opaque_name)
        return value

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        if name.startswith("__"):
            raise AttributeError(name)
        method = self.opaque_made_by, name
        if method in self.opaque_link.methods:
            return RemoteMethod(self, name)
        value = self.opaque_link.ask(f"{self.opaque_name}.{name}", "getattr", self, name)
        if isinstance(value, RemoteObject):
            object.__setattr__(value, "opaque_name", f"{self.opaque_name}.{name}")
            if value.opaque_is_callable and self.opaque_made_by:
                self.opaque_link.methods.add(method)
        return value

    def __setattr__(self, name: str, value: Any) -> None:  # noqa: ANN401
        self.opaque_link.ask(f"{self.opaque_name}.{name} = …", "setattr", self, name, value)

    def __repr__(self) -> str:
        return f"<{self.opaque_type_name} object of the submission>"


class RemoteMethod(RemoteObject):
    """A method that another instance of the same class had, so that only its call crosses the wire.

    Used in another way than by calling it, it is asked for like any attribute.
    """

    def __init__(self, owner: RemoteObject, name: str) -> None:
        super().__init__(owner.opaque_link, Opaque(0, "method", is_callable=True), "method")
        object.__setattr__(self, "opaque_name", f"{owner.opaque_name}.{name}")
        object.__setattr__(self, "opaque_owner", owner)
        object.__setattr__(self, "opaque_attribute", name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Get and call it there, and return what it returned."""
        if self.opaque_handle:
            return super().__call__(*args, **kwargs)
        called = self.opaque_owner, self.opaque_attribute
        return self._result("method", *called, list(args), list(kwargs.items()))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        self.opaque_settle()
        return super().__getattr__(name)

    def __setattr__(self, name: str, value: Any) -> None:  # noqa: ANN401
        self.opaque_settle()
        super().__setattr__(name, value)

    def opaque_settle(self) -> None:
        """Ask for the method itself, if that was not done yet."""
        if not self.opaque_handle:
            asked = "getattr", self.opaque_owner, self.opaque_attribute
            value = self.opaque_link.ask(self.opaque_name, *asked)
            if not isinstance(value, RemoteObject):
                text = f"{self.opaque_name} is a method of one object and a value of another"
                raise StudentRaised("TypeError", text)
            self.opaque_link.table.replace(value, self)
            object.__setattr__(self, "opaque_handle", value.opaque_handle)


def _settle(value: Any) -> None:  # noqa: ANN401 - part of a request
    """Ask for the methods in a request that have no handle yet."""
    if type(value) in (list, tuple):
        for item in value:
            _settle(item)
    elif type(value) is dict:
        for item in value.values():
            _settle(item)
    elif isinstance(value, RemoteMethod):
        value.opaque_settle()
