"""Running a notebook's cells as JupyterLab would, without a kernel.

Magics, ``display``, plots and top-level ``await`` behave as in a notebook. Each cell yields the outputs that
Jupyter would store with it, cut to a size; an exception ends its cell and not the notebook.
"""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Instance
from traitlets.config import Config

from .exceptions import describe_exception, student_line
from .limits import cell_time
from .syntax import SpecialSyntax, may_await
from .wire import NOT_DRAWN

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT_MIME_TYPES = ("text/plain", "image/png")
"""What is passed on of a display: text and pictures. HTML and scripts of students stay here."""


class CappedText(io.TextIOBase):
    """A text stream that keeps its first `limit` characters and counts the rest."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.kept: list[str] = []
        self.size = 0

    def writable(self) -> bool:
        """Return True: it is a stream to write to."""
        return True

    def write(self, text: str) -> int:
        """Keep what fits."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if (room := self.limit - self.size) > 0:
            self.kept.append(text[:room])
        self.size += len(text)
        return len(text)

    def text(self) -> str:
        """Return what was kept, with a note on what was cut."""
        cut = self.size - self.limit
        allowed = f"the limit for the output of a cell is {self.limit / 1024:g} KiB"
        return "".join(self.kept) + (f"\n… ({cut} more characters were cut: {allowed})\n" if cut > 0 else "")


@dataclass
class CellRun:
    """What one cell left behind.

    Outputs, in Jupyter's order of display::

        ("stream", "stdout" | "stderr", text)
        ("display", ((mime type, text), ...))
        ("error", type, text, source line)
    """

    outputs: list[tuple[Any, ...]]
    error: tuple[str, str] | None
    """The type and the text of the exception that ended the cell."""


class _Hook(DisplayHook):
    """Hands the value of a cell's last expression to the publisher; ``Out`` and ``_`` work as ever."""

    def start_displayhook(self) -> None:
        """Write nothing."""

    def write_output_prompt(self) -> None:
        """Write nothing."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:  # noqa: ANN401 - IPython's types
        """Collect the value in its formats."""
        publisher: Any = self.shell.display_pub  # type: ignore[union-attr]
        publisher.outputs.append({"data": format_dict, "metadata": md_dict})

    def finish_displayhook(self) -> None:
        """Write nothing."""


class WorkerShell(InteractiveShell):
    """An InteractiveShell that collects what cells display and prints no tracebacks."""

    display_pub_class = CapturingDisplayPublisher
    displayhook_class = _Hook
    display_pub: CapturingDisplayPublisher
    input_transformer_manager = Instance(SpecialSyntax, ())
    not_to_draw = 0
    """How many of the next figures the other side has pictures of."""

    def should_run_async(self, raw_cell: str, *, transformed_cell: str | None = None, **more: Any) -> bool:  # noqa: ANN401 - IPython's signature
        """Compile a cell to see whether it awaits something only if it has a word to do so with."""
        if transformed_cell is not None and not may_await(transformed_cell):
            return False
        return bool(super().should_run_async(raw_cell, transformed_cell=transformed_cell, **more))

    def showtraceback(self, *_args: Any, **_kwargs: Any) -> None:  # noqa: ANN401 - IPython's signature
        """Print nothing: `CellRunner` takes the exception from the cell's result."""

    def showsyntaxerror(self, *_args: Any, **_kwargs: Any) -> None:  # noqa: ANN401
        """Print nothing, for the same reason."""

    def system(self, cmd: str) -> None:
        """Run ``!command`` without the terminal that IPython would ask for; print what it prints."""
        ran = subprocess.run(  # noqa: S602 - a shell is what the student asked for
            self.var_expand(cmd, depth=1),  # type: ignore[no-untyped-call]
            shell=True,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        print(ran.stdout, end="")  # noqa: T201 - into the cell's output
        self.user_ns["_exit_code"] = ran.returncode

    def _format_exception_for_storage(self, *_args: Any, **_kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Keep no formatted traceback in the history: it would run an exception's ``__str__`` for nobody."""
        return {}

    @contextlib.contextmanager
    def _tee(self, channel: str) -> Iterator[None]:  # noqa: ARG002 - IPython's name
        """Keep no second copy of what a cell prints in the history."""
        yield

    def enable_gui(self, gui: str | None = None) -> None:
        """Ignore GUI event loops: there is no screen."""


def new_shell() -> WorkerShell:
    """Return an IPython shell that keeps no history and reads no profile."""
    config = Config()
    config.HistoryManager.enabled = False  # its thread would not survive a fork
    shell: WorkerShell = WorkerShell.instance(config=config, colors="nocolor")
    if "matplotlib.pyplot" in sys.modules:
        from matplotlib_inline.backend_inline import configure_inline_support  # noqa: PLC0415 - optional

        configure_inline_support(shell, "module://matplotlib_inline.backend_inline")  # type: ignore[no-untyped-call]
        _draw_on_demand(shell)
    sys.modules["__main__"] = shell.user_module
    return shell


def _draw_on_demand(shell: WorkerShell) -> None:
    """Have figures drawn only if nobody has a picture of them: one takes longer than most notebooks."""
    plt, figure_type = sys.modules["matplotlib.pyplot"], sys.modules["matplotlib.figure"].Figure
    plt.switch_backend("module://matplotlib_inline.backend_inline")
    plt.uninstall_repl_displayhook()  # it draws every figure once more, for a screen
    formatter: Any = shell.display_formatter.formatters["image/png"]  # type: ignore[union-attr]
    draw = formatter.for_type(figure_type)

    def picture(figure: Any) -> Any:  # noqa: ANN401 - whatever matplotlib's own formatter returns
        if shell.not_to_draw > 0 and (figure.axes or figure.lines):
            shell.not_to_draw -= 1
            return NOT_DRAWN
        return draw(figure)

    formatter.for_type(figure_type, picture)


def kit_stub() -> types.ModuleType:
    """Return the do-nothing `autograder` that the notebook's own import and check cells find."""
    module = types.ModuleType("autograder", "Checks run outside; inside the worker `check` does nothing.")
    module.check = lambda *_args, **_kwargs: None  # type: ignore[attr-defined]
    return module


class CellRunner:
    """Runs cells in one shell, one after the other."""

    def __init__(self, shell: WorkerShell, *, cpu_s: float, output_kib: int) -> None:
        self.shell = shell
        self.cpu_s = cpu_s
        self.limit = output_kib * 1024

    def run(self, source: str, pictures: int = 0) -> CellRun:
        """Run one cell; never raises, whatever the cell does short of ending the process.

        Parameters
        ----------
        source : str
            The cell.
        pictures : int
            Of how many of its figures there are pictures already; they are `NOT_DRAWN`.
        """
        self.shell.not_to_draw = pictures
        out, err = CappedText(self.limit), CappedText(self.limit)
        with self._collecting(out, err) as shown:
            error = self._run(source)
        outputs = [*_stream("stdout", out), *_stream("stderr", err), *self._capped(shown)]
        if error is not None:
            outputs.append(("error", *error))
        return CellRun(outputs, error[:2] if error is not None else None)

    def _run(self, source: str) -> tuple[str, str, str] | None:
        """Run one cell; return what ended it, in words, and the line that did."""
        try:
            with cell_time(self.cpu_s):
                result = self.shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
                failure = result.error_before_exec or result.error_in_exec
                return None if failure is None else (*describe_exception(failure), student_line(failure))
        except BaseException as raised:  # noqa: BLE001 - a cell may raise anything at all
            return (*describe_exception(raised), student_line(raised))

    @contextlib.contextmanager
    def _collecting(self, out: CappedText, err: CappedText) -> Iterator[list[Any]]:
        shown: list[Any] = []
        self.shell.display_pub.outputs = shown
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            yield shown

    def _capped(self, shown: list[Any]) -> Iterator[tuple[Any, ...]]:
        room = self.limit
        for item in shown:
            data = _kept(item)
            room -= sum(len(text) for _, text in data)
            if room < 0:
                allowed = f"the limit for what a cell displays is {self.limit / 1024:g} KiB"
                yield ("display", (("text/plain", f"… (more was displayed and cut: {allowed})"),))
                return
            if data:
                yield ("display", data)


def refuse_input(*_args: object, **_kwargs: object) -> str:
    """Stand in for `input`: nobody is there to type."""
    raise EOFError("input() cannot be used in a graded notebook: nobody is there to answer")


def _kept(item: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - student code can reach the list
    """Return what is passed on of one displayed item: pairs of mime type and text."""
    data = item.get("data") if type(item) is dict else None
    if type(data) is not dict:
        return ()
    return tuple((mime, data[mime]) for mime in _KEPT_MIME_TYPES if type(data.get(mime)) is str)


def _stream(name: str, stream: CappedText) -> list[tuple[Any, ...]]:
    text = stream.text()
    return [("stream", name, text)] if text else []
