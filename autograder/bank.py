"""Known answers meet a suite in this very process, and misconceptions get their signatures.

The bank (`autograder.misconceptions`) is the authors' own code, so no worker is needed: an answer takes a few
milliseconds. Used by grading (signatures for the hidden suite, made when the first answer fails), by `build`
(signatures for the public suite) and by `prove`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import logging
import os
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import platformdirs

from autograder.diagnosis import Observations, Signature, signature_from_dict
from autograder.fingerprint import engine_fingerprint, fingerprint, surroundings
from autograder.misconceptions import MISCONCEPTIONS
from autograder.plugin import FromReference, Job, run_suite
from autograder.student.live import LiveStudent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from autograder.misconceptions import Misconception
    from autograder.plugin import ExerciseTests
    from autograder.student import Student

_log = logging.getLogger(__name__)

Signatures = dict[str, list[Signature]]
"""Exercise id to the signatures of its misconceptions."""


def signature_jobs(exercises: Iterable[str], signatures: Signatures, reference: ModuleType) -> Iterator[Job]:
    """Yield the jobs that make the signatures of exercises that have none yet.

    Parameters
    ----------
    exercises : iterable of str
        Exercise ids; one without misconceptions gets an empty list.
    signatures : dict
        Filled as the jobs are done.
    reference : module
        The reference.
    """
    for exercise in exercises:
        if exercise not in signatures:
            made: list[Signature] = []
            for misconception in MISCONCEPTIONS.get(exercise, ()):
                for code in misconception.codes:
                    yield from _signature_job(exercise, misconception, code, made, reference)
            signatures[exercise] = made


def _signature_job(
    exercise: str, misconception: Misconception, code: str, made: list[Signature], reference: ModuleType
) -> Iterator[Job]:
    seen = Observations()
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


class SignatureCache(Signatures):
    """The signatures for one suite, kept on this machine: making those of an assignment takes seconds.

    They lie in the user's cache folder, under a key of all that they depend on; what cannot be read or
    written there is made anew.

    Parameters
    ----------
    suite : Path
        The hidden suite.
    seed : int
        For `draw`.
    reference : module
        The reference.
    """

    def __init__(self, suite: Path, seed: int, reference: ModuleType) -> None:
        super().__init__()
        texts = suite.read_bytes(), Path(str(reference.__file__)).read_bytes()
        key = fingerprint(engine_fingerprint(), surroundings(()), str(seed), *texts)
        self.folder = platformdirs.user_cache_path("autograder") / "signatures" / key[:32]
        for exercise in MISCONCEPTIONS:
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                entries = json.loads((self.folder / f"{exercise}.json").read_text(encoding="utf-8"))
                super().__setitem__(exercise, [signature_from_dict(entry) for entry in entries])

    def __setitem__(self, exercise: str, made: list[Signature]) -> None:
        super().__setitem__(exercise, made)
        path = self.folder / f"{exercise}.json"
        aside = path.with_name(f".{exercise}-{os.getpid()}.part")
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps([dataclasses.asdict(each) for each in made]), encoding="utf-8")
            aside.replace(path)


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
    signatures: Signatures = {}
    expected = FromReference(reference) if public else None
    given = None if public else reference
    jobs = signature_jobs(exercises, signatures, reference)
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
