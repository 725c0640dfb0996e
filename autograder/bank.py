"""Known answers meet a suite in this very process, and misconceptions get their signatures.

The bank (`autograder.misconceptions`) is the authors' own code, so no worker is needed: an answer takes a few
milliseconds. Used by grading (signatures for the hidden suite, through `autograder.signatures`), by `build`
(signatures for the public suite) and by `prove`.
"""

from __future__ import annotations

import contextlib
import logging
from types import ModuleType
from typing import TYPE_CHECKING, Any

from autograder.diagnosis import Compared, Observations, Signature
from autograder.misconceptions import MISCONCEPTIONS
from autograder.plugin import FromReference, Job, run_suite
from autograder.student.live import LiveStudent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from autograder.misconceptions import Misconception
    from autograder.plugin import ExerciseTests
    from autograder.student import Student

_log = logging.getLogger(__name__)

Signatures = dict[str, list[Signature]]
"""Exercise id to the signatures of its misconceptions."""

WrongAnswer = tuple["Misconception", str]
"""A misconception and one of its solution cells."""


def wrong_answers(exercise: str) -> list[WrongAnswer]:
    """Return the known wrong answers to an exercise; none if nobody has written any."""
    return [(entry, code) for entry in MISCONCEPTIONS.get(exercise, ()) for code in entry.codes]


def signature_jobs(
    exercise: str, answers: Iterable[WrongAnswer], made: list[Signature], reference: ModuleType
) -> Iterator[Job]:
    """Yield the jobs that make the signatures of some wrong answers to an exercise.

    Parameters
    ----------
    exercise : str
        The exercise's id.
    answers : iterable of (Misconception, str)
        Some of its `wrong_answers`.
    made : list of Signature
        Receives the signatures, each as its job is done.
    reference : module
        The reference.
    """
    for misconception, code in answers:
        yield from _signature_job(exercise, misconception, code, made, reference)


def _signature_job(
    exercise: str, misconception: Misconception, code: str, made: list[Signature], reference: ModuleType
) -> Iterator[Job]:
    seen = Compared()
    try:
        job = answer_job(exercise, code, [], seen, reference)
    except Exception:  # noqa: BLE001 - `prove` tells the author; a class is graded with the rest
        _log.exception("the misconception %s of %s does not run", misconception.id, exercise)
        return
    yield job
    if (signature := signature_of(misconception, seen)).seen:
        made.append(signature)


def signature_of(misconception: Misconception, seen: Observations) -> Signature:
    """Return the signature of a misconception from what the tests saw of one of its solution cells."""
    failed = {test: observation for test, observation in seen.items() if not observation.passed}
    return Signature(misconception.id, misconception.hints, failed)


def make_signatures(
    suite: Path, exercises: Sequence[str], *, seed: int, reference: ModuleType, public: bool = False
) -> Signatures:
    """Return the signatures of all misconceptions of some exercises, as one suite sees them.

    Parameters
    ----------
    suite : Path
        The hidden suite, or the public one.
    exercises : sequence of str
        Exercise ids.
    seed : int
        For `draw`.
    reference : module
        The reference.
    public : bool
        Whether the suite is public and asks for expected values.
    """
    signatures: Signatures = {exercise: [] for exercise in exercises}
    expected = FromReference(reference) if public else None
    given = None if public else reference
    jobs = (
        job
        for exercise, made in signatures.items()
        for job in signature_jobs(exercise, wrong_answers(exercise), made, reference)
    )
    run_suite(suite, jobs, seed=seed, reference=given, expected=expected)
    return signatures


def answer_job(
    exercise: str, code: str, tested: list[ExerciseTests], seen: Observations, reference: ModuleType
) -> Job:
    """Return the job that tests one solution cell.

    Parameters
    ----------
    exercise : str
        The only exercise that is tested.
    code : str
        The solution cell.
    tested : list
        Receives the results.
    seen : Observations
        Receives what the tests saw.
    reference : module
        The reference; what it imports is there in a notebook too.

    Raises
    ------
    Exception
        Whatever the code raises when it is run.
    """
    student: Student = LiveStudent(open_answer(code, reference))
    only: Collection[str] = [exercise]
    return Job(lambda _: contextlib.nullcontext(student), tested.extend, seen.saw, only)


def open_answer(code: str, reference: ModuleType) -> dict[str, Any]:
    """Run a solution cell as a notebook would and return its names; what it prints goes nowhere."""
    imported = {name: value for name, value in vars(reference).items() if isinstance(value, ModuleType)}
    namespace: dict[str, Any] = {**imported, "__name__": "__main__", "print": _print_nothing}
    exec(compile(code, "<answer>", "exec"), namespace)  # noqa: S102 - authors' code
    return namespace


def _print_nothing(*_: object, **__: object) -> None:
    """Stand in for `print`: standard output may be a JSON document."""
