"""``autograder check NOTEBOOK``: the public suite against the file as it is saved, in a fresh process.

What works only thanks to a kernel's leftover state fails here, as it would when it is graded. Beside the
result there are warnings: what would hurt at submission though no test sees it. Needs neither fork nor a
course: the folder of the released notebook is enough.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from autograder.checking.told import words_of
from autograder.diagnosis import Observations, diagnose
from autograder.errors import CourseError, Ungradable
from autograder.kit import read_kit
from autograder.notebook import idle, read_submission
from autograder.plugin import ExerciseTests, Job, Replay, collect, run_suite
from autograder.result import ClassResult, SubmissionResult
from autograder.scoring import score
from autograder.student.remote import MAX_OUTPUTS, open_submission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nbformat import NotebookNode

    from autograder.kit import Kit
    from autograder.sandbox import Sandbox
    from autograder.words import Catalogue


def check_saved(path: Path, sandbox: Sandbox) -> tuple[ClassResult, list[str]]:
    """Return the result of a saved notebook, as ``check --json`` has it, and the warnings.

    Parameters
    ----------
    path : Path
        The notebook; what belongs to it lies beside it.
    sandbox : Sandbox
        Where to run it.

    Raises
    ------
    CourseError
        The file, or what belongs beside it, is missing.
    """
    if not path.exists():
        raise CourseError(f"There is no file {path}; save the notebook first, or give its path")
    kit = read_kit(path.resolve().parent)
    try:
        notebook = read_submission(path)
    except Ungradable as reason:
        result = _ungradable(kit, str(reason))
        warnings = []
    else:
        result = _result(kit, notebook, sandbox)
        warnings = list(find_warnings(kit, notebook, path.name))
    return ClassResult(kit.assignment, "process", (result,)), warnings


def words_beside(path: Path) -> Catalogue:
    """Return the words of the assignment that a notebook belongs to."""
    return words_of(read_kit(path.resolve().parent))


def _result(kit: Kit, notebook: NotebookNode, sandbox: Sandbox) -> SubmissionResult:
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    tested: list[ExerciseTests] = []
    observed = Observations()
    pictures = [MAX_OUTPUTS] * len(cells)
    skip = idle(cells, [place for place, source in enumerate(cells) if _sha256(source) in kit.figures])

    def job() -> Iterator[Job]:
        """Yield the only job: once the suite is collected, while the worker gets ready."""
        with open_submission(sandbox, cells, kit.limits, pictures=pictures, skip=skip) as submission:
            yield Job(student=submission.student, done=tested.extend, saw=observed.saw)

    tests = run_suite(kit.suite, job(), seed=kit.seed, expected=Replay(kit.expected), reveal=True)
    exercises = score(kit, dict(tested), tests)
    points = sum(exercise.score for exercise in exercises)
    diagnosed = (
        diagnose(entry, observed, kit.signatures.get(entry.id, ()), kit.language) for entry in exercises
    )
    return SubmissionResult(None, "graded", None, points, _max_score(kit), tuple(diagnosed))


def _ungradable(kit: Kit, reason: str) -> SubmissionResult:
    exercises = score(kit, {}, collect(kit.suite))
    return SubmissionResult(None, "ungradable", reason, 0.0, _max_score(kit), exercises)


def _max_score(kit: Kit) -> float:
    return sum(exercise.points for exercise in kit.exercises)


# ----- what would hurt at submission -----


def find_warnings(kit: Kit, notebook: NotebookNode, file_name: str) -> Iterator[str]:
    """Yield a sentence for each thing in a notebook that its student should put right before submitting."""
    expected_name = f"{kit.assignment}.ipynb"
    if file_name != expected_name:
        yield f"The file must be called {expected_name} when it is submitted; this one is {file_name}."
    ids = [_grade_id(cell) for cell in notebook.cells]
    for given in kit.cells:
        found = [cell for cell in notebook.cells if _grade_id(cell) == given.id]
        if not found:
            yield f"The cell {given.id!r} is gone or was renamed; get it back from the released notebook."
        elif len(found) > 1:
            yield f"The cell {given.id!r} is there {len(found)} times; keep one and delete the copies."
        elif found[0].cell_type != given.cell_type:
            kind = found[0].cell_type
            yield f"The cell {given.id!r} is of the type {kind}; make it {given.cell_type} again."
        elif given.kind == "solution" and _sha256(found[0].source) == given.sha256:
            yield f"The cell {given.id!r} is still as it was given out."
        elif given.kind != "solution" and _sha256(found[0].source) != given.sha256:
            yield f"The cell {given.id!r} was changed; the original will be used when it is graded."
    known = {given.id for given in kit.cells}
    for unknown in sorted({name for name in ids if name and name not in known}):
        yield f"There is a cell {unknown!r} that is not part of this assignment; was it copied or renamed?"


def _grade_id(cell: NotebookNode) -> str:
    grade_id = (cell.metadata.get("nbgrader") or {}).get("grade_id")
    return grade_id if isinstance(grade_id, str) else ""


def _sha256(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
