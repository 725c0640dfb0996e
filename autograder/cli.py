"""The command line: one verb for each stage, in the order of the flow.

Exit codes: 0 done and all passed, 1 done and something failed, 2 could not be done. With ``--json``, standard
output carries one JSON document and nothing else; words, warnings and progress go to standard error.

Each verb imports its room when it is called: `--help` stays quick, and the student's kit, which lacks the
instructor's rooms, has the same command.
"""

from __future__ import annotations

import atexit
import contextlib
import errno
import functools
import gc
import json as json_format
import os
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.assignment import KIT_FILE, Course
from autograder.errors import AutograderError, CourseError
from autograder.result import ClassResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from autograder.assignment import Assignment
    from autograder.gradebook import Recorded
    from autograder.result import SubmissionResult
    from autograder.sandbox import Sandbox
    from autograder.store import Standing
    from autograder.words import Catalogue

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
words = Console(stderr=True, highlight=False, soft_wrap=True)
"""For everything that is said; documents alone go to standard output."""

_INTERRUPTED = 130
"""What typer ends with after Ctrl-C."""
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
DEBUG_VARIABLE = "AUTOGRADER_DEBUG"
"""Set it in the environment to see tracebacks of the kit itself."""

CourseOption = Annotated[
    Path, typer.Option("--course", metavar="DIR", help="The course folder.", show_default="here")
]
LanguageOption = Annotated[
    Literal["en", "ko"] | None,
    typer.Option(help="Language of the pages.", show_default="as assignment.toml says"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


@app.callback(invoke_without_command=True)
def _autograder(
    *, version_asked: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False
) -> None:
    """Auto-graded NumPy exercises: author, build, release, check, grade."""
    if version_asked:
        sys.stdout.write(f"autograder {installed_version()}\n")
        raise typer.Exit


@app.command()
def build(
    assignments: Annotated[
        list[str] | None, typer.Argument(metavar="[ASSIGNMENT]...", show_default="all")
    ] = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail if something is not current.")
    ] = False,
    course: CourseOption = Path(),
) -> None:
    """Make source/ and release/ from assignments/ and solutions/."""
    authoring = _room("authoring", "build")
    here = Course(course.resolve())
    names = assignments or _all_assignments(here)
    if check:
        if old := authoring.stale(here, names):
            _say("Not current: " + ", ".join(_relative(path, here.root) for path in old))
            _say("Run: autograder build")
            raise typer.Exit(1)
        _say(f"source/ and release/ are current: {', '.join(names)}")
        return
    for path in authoring.build(here, names):
        _say(f"wrote {_relative(path, here.root)}")


@app.command()
def check(notebook: Annotated[Path, typer.Argument(metavar="NOTEBOOK")], *, json: JsonOption = False) -> None:
    """Run the public tests on a saved notebook, in a fresh process."""
    with _sandbox_for(notebook) as sandbox:
        from autograder import saved  # noqa: PLC0415 - while the worker gets ready

        result, warnings = saved.check_saved(notebook, sandbox)
    (submission,) = result.submissions
    spoken = saved.words_beside(notebook)
    if json:
        sys.stdout.write(result.to_json())
    else:
        _show_check(submission, spoken)
    for warning in warnings:
        head = spoken.say("Before you submit:")
        words.print(f"[yellow]{head}[/] {escape(_visible(spoken.tell(warning)))}")
    if submission.status != "graded" or not all(exercise.passed for exercise in submission.exercises):
        raise typer.Exit(1)


@app.command()
def grade(
    assignment: Annotated[str, typer.Argument(metavar="ASSIGNMENT")],
    *,
    student: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this student; may be repeated.")
    ] = None,
    lang: LanguageOption = None,
    course: CourseOption = Path(),
    jobs: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Processes to grade with.", show_default="the cores"),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again what has not changed since the last time.")
    ] = False,
    isolation: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL", help="sealed, restricted or process.", show_default="the strongest that there is"
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Grade on the workers of this Dask scheduler.",
            show_default="this machine",
        ),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Grade the submissions in submitted/ into the gradebook."""
    scheduling, engine, store = (_room(name, "grade") for name in ("scheduling", "engine", "store"))
    here = Course(course.resolve())
    about = here.read_assignment(assignment)
    folders = _chosen(scheduling.submission_folders(here, assignment), student, assignment)
    level = scheduling.choose_isolation(isolation)
    if level == "process":
        words.print("[yellow]No walls:[/] student code runs as an ordinary process of yours.")
    if scheduler is None:
        place = _room("workplace", "grade").ThisMachine(jobs)
    else:
        place = _room("cluster", "grade").Cluster(scheduler)
    results = store.Store(here.root, assignment)
    records: dict[str, Recorded] = {}
    ready = functools.partial(engine.get_ready, scheduling.make_engine_setup(here, about, level))
    with place.ahead(len(folders) if force else results.lacks(folders), ready):
        gradebook, terminal = _room("gradebook", "grade"), _room("terminal", "grade")
        with (
            scheduling.only_grading(here, _say),
            gradebook.open_record(here, about, lang) as record,
            terminal.progress(words, len(folders)) as advance,
            terminal.interrupts() as heed,
        ):
            setup = scheduling.make_setup(here, about, record.template, level)
            for name, graded in scheduling.grade_class(here, setup, folders, place, force=force):
                records[name] = record.write(name, graded)
                advance(graded.result)
                heed()
    standings = results.read_all()
    chosen = [standing for standing in standings if standing.result.student in folders]
    document = ClassResult(assignment, level, tuple(standing.result for standing in chosen))
    if json:
        sys.stdout.writelines(document.json_parts())
    else:
        terminal.show_class(document, {standing.result.student: standing.seconds for standing in chosen})
    _show_records([records[name] for name in sorted(records)], assignment)
    _report_class(here, about, standings, lang)
    if any(submission.status == "ungradable" for submission in document.submissions):
        raise typer.Exit(1)


@app.command()
def report(
    assignment: Annotated[str, typer.Argument(metavar="ASSIGNMENT")],
    *,
    lang: LanguageOption = None,
    course: CourseOption = Path(),
) -> None:
    """Make the class page and table in reports/ from the last grading."""
    here = Course(course.resolve())
    standings = _room("store", "report").Store(here.root, assignment).read_all()
    _report_class(here, here.read_assignment(assignment), standings, lang)


@app.command()
def prove(
    assignments: Annotated[
        list[str] | None, typer.Argument(metavar="[ASSIGNMENT]...", show_default="all")
    ] = None,
    *,
    course: CourseOption = Path(),
    pages: Annotated[
        Path | None, typer.Option("--pages", metavar="DIR", help="Write a page for each exercise there.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Grade the suites: known wrong answers must lose points, right ones must not, mutants must be met."""
    proving = _room("prove", "prove")
    here = Course(course.resolve())
    plans = [proving.Plan(here, here.read_assignment(name)) for name in assignments or _all_assignments(here)]
    with _progress(sum(plan.total for plan in plans), "proving") as advance:
        proved = [proving.prove(plan, advance) for plan in plans]
    proofs = [exercise for proof in proved for exercise in proof.exercises]
    holes = [hole for proof in proved for hole in proof.holes]
    if pages is not None:
        pages.mkdir(parents=True, exist_ok=True)
        for exercise, text in (item for proof in proved for item in proof.pages.items()):
            (pages / f"{exercise}.md").write_text(text, encoding="utf-8")
    if json:
        sys.stdout.write(proving.proof_to_json(proofs))
    else:
        Console(highlight=False).print(proving.proof_table(proofs))
    for hole in holes:
        words.print(f"[red]Hole:[/] {escape(_visible(hole))}")
    if holes:
        raise typer.Exit(1)


@app.command()
def doctor() -> None:
    """Say what this machine offers to keep student code in, and how to get more."""
    from autograder import doctor as examiner  # noqa: PLC0415

    found = examiner.examine()
    walls = Table(title="Walls around student code", title_justify="left", show_header=False)
    for name, state in examiner.rows(found):
        walls.add_row(name, escape(state))
    console = Console(highlight=False)
    console.print(walls)
    for level, state, meaning in examiner.levels(found):
        console.print(f"  {level:11} {escape(state)}\n{'':14}{meaning}", soft_wrap=True)
    used = "nothing, unless it is told --isolation process" if found.level == "process" else found.level
    console.print(f"\n`autograder grade` uses: {used}")
    for advice in examiner.advise(found):
        console.print(f"- {escape(advice)}", soft_wrap=True)
    if found.level == "process":
        raise typer.Exit(1)


# ----- what the verbs share -----


@contextlib.contextmanager
def _sandbox_for(notebook: Path) -> Iterator[Sandbox]:
    """Start a worker for a notebook; what is wrong with the folder is said later."""
    from autograder.sandbox import Sandbox  # noqa: PLC0415

    libraries: list[str] = []
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
        kit = json_format.loads((notebook.resolve().parent / KIT_FILE).read_text(encoding="utf-8"))
        libraries = [str(name) for name in kit["libraries"]]
    with Sandbox(libraries) as sandbox:
        if libraries:
            sandbox.start()
        yield sandbox


def _room(name: str, verb: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a module of ours
    """Import an instructor's room; the student's kit does not have it."""
    from importlib import import_module  # noqa: PLC0415

    gc.disable()  # what an import makes stays, and a quarter of its time would go into looking it through
    try:
        return import_module(f"autograder.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"autograder.{name}":
            raise
        raise CourseError(
            f"`autograder {verb}` is for instructors and not part of the student's kit; "
            "students use `autograder check NOTEBOOK`"
        ) from None
    finally:
        gc.enable()


def _all_assignments(course: Course) -> list[str]:
    if names := course.assignment_names():
        return list(names)
    raise CourseError(f"There is no assignment in {course.root / 'assignments'}; name a course: --course DIR")


def _chosen(folders: dict[str, Path], students: list[str] | None, assignment: str) -> dict[str, Path]:
    if not folders:
        raise CourseError(
            f"There is nothing to grade: no folder submitted/STUDENT/{assignment}. "
            f"Collect first: nbgrader collect {assignment}, or nbgrader zip_collect {assignment}"
        )
    for student in students or ():
        if student not in folders:
            raise CourseError(f"There is no submission of {_visible(student)!r}: no submitted/…/{assignment}")
    return {name: path for name, path in folders.items() if not students or name in students}


@contextlib.contextmanager
def _progress(total: int, doing: str = "grading") -> Iterator[Callable[[], None]]:
    """Show how far it is, where there is a terminal to show it on."""
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=words, transient=True, disable=not words.is_terminal) as progress:
        task = progress.add_task(doing, total=total)
        yield lambda: progress.advance(task)


def _show_check(submission: SubmissionResult, spoken: Catalogue) -> None:
    from autograder.checking.view import render_text  # noqa: PLC0415

    if submission.reason:
        head = spoken.say("This notebook cannot be graded.")
        words.print(f"[red]{head}[/] {escape(_visible(spoken.tell(submission.reason)))}")
        return
    for exercise in submission.exercises:
        Console(highlight=False, soft_wrap=True).print(
            escape(_visible(render_text(exercise, "", spoken))) + "\n"
        )


def _show_records(records: list[Recorded], assignment: str) -> None:
    for record in records:
        name = escape(_visible(record.student))
        if record.old_score is not None and record.old_score != record.new_score:
            words.print(f"{name}: the score was {record.old_score:g} and is now {record.new_score:g}")
        if record.late_penalty:
            points = "point" if record.late_penalty == 1 else "points"
            words.print(f"{name}: late, {record.late_penalty:g} {points} off")
        for problem in record.problems:
            words.print(f"[yellow]{escape(_visible(problem))}[/]")
    _say(f"Feedback: feedback/STUDENT/{assignment}/{assignment}.html")
    if waiting := sum(record.needs_manual_grade for record in records):
        _say(f"Written answers to grade: {waiting} (start jupyter lab; menu Nbgrader, Formgrader)")


def _report_class(
    course: Course, about: Assignment, standings: Sequence[Standing], language: str | None
) -> None:
    page, table = _room("reporting", "report").write_class_report(course, about, standings, language)
    _say(f"The class: {_relative(page, course.root)}, {_relative(table, course.root)}")


def _visible(text: str) -> str:
    from autograder.words import visible  # noqa: PLC0415

    return visible(text)


def _relative(path: Path, root: Path) -> str:
    return str(path.relative_to(root) if path.is_relative_to(root) else path)


def _say(text: str) -> None:
    words.print(escape(text))


def _fail(sentence: str, code: int) -> NoReturn:
    words.print(f"[red]{escape(_visible(sentence))}[/]")
    sys.exit(code)


def main() -> NoReturn:
    """Run the command line; an error that we raise on purpose is one sentence."""
    atexit.register(gc.freeze)  # or half a second goes by in which Python looks through all that goes anyway
    with contextlib.suppress(AttributeError, ValueError):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app(prog_name="autograder")
    except AutograderError as error:
        _fail(str(error), error.exit_code)
    except SystemExit as ended:
        if ended.code != _INTERRUPTED:
            raise
        _fail("Interrupted; what was finished is kept.", 2)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            where = f" ({error.filename})" if error.filename else ""
            _fail(
                f"The disk is full{where}. What was finished is kept: make room, and run the command again.",
                2,
            )
        if os.environ.get(DEBUG_VARIABLE):
            raise
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        _fail(
            f"This is a fault of the kit, not yours ({what}). "
            f"For a report, repeat it with {DEBUG_VARIABLE}=1.",
            2,
        )
    sys.exit(0)


def installed_version() -> str:
    """Return the version of the kit or of the student's kit."""
    for name in ("autograder", "autograder-student"):
        with contextlib.suppress(PackageNotFoundError):
            return version(name)
    return "unknown"
