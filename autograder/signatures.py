"""The signatures of one hidden suite, made once on a machine and shared by all who grade there.

Making those of an assignment takes seconds. They are made when the first answer to an exercise fails, part by
part, and each part is kept in the user's cache folder under a key of all that it depends on. Processes that
grade the same class make different parts at the same time: whoever makes one holds its lock, which the system
takes back when that process ends, however it ends. What cannot be read, locked or written there is made anew.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from filelock import FileLock, Timeout

from autograder.bank import Signatures, WrongAnswer, signature_jobs, wrong_answers
from autograder.diagnosis import Signature, signature_from_dict, signature_to_dict
from autograder.fingerprint import engine_fingerprint, fingerprint, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import ModuleType

    from autograder.plugin import Job

PART = 24
"""Wrong answers in a part: a tenth of a second, so that nobody waits long for the last part of another."""
PATIENCE_S = 30.0
"""How long to wait for a part that another process makes, and may never end, before it is made here too."""


class SharedSignatures(Signatures):
    """The signatures for one suite; those of an exercise are there when `jobs` has been gone through.

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
        self.reference = reference
        texts = suite.read_bytes(), Path(str(reference.__file__)).read_bytes()
        key = fingerprint(engine_fingerprint(), surroundings(()), str(seed), *texts)
        self.folder = platformdirs.user_cache_path("autograder") / "signatures" / key[:32]

    def jobs(self, exercises: Iterable[str]) -> Iterator[Job]:
        """Yield the jobs that make what nobody has made yet of the signatures of some exercises."""
        for exercise in exercises:
            if exercise not in self:
                yield from self._exercise_jobs(exercise)

    def _exercise_jobs(self, exercise: str) -> Iterator[Job]:
        answers = wrong_answers(exercise)
        parts = [
            _Part(self.folder / f"{exercise}-{place}.json", exercise, answers[place : place + PART])
            for place in range(0, len(answers), PART)
        ]
        for patience_s in (0.0, PATIENCE_S):  # first what nobody is at
            for part in parts:
                yield from part.jobs(self.reference, patience_s)
        self[exercise] = [signature for part in parts for signature in part.made or ()]


class _Part:
    """The signatures of some of an exercise's wrong answers; `made` is None until they are there."""

    def __init__(self, path: Path, exercise: str, answers: Sequence[WrongAnswer]) -> None:
        self.path, self.exercise, self.answers = path, exercise, answers
        self.made: list[Signature] | None = None

    def jobs(self, reference: ModuleType, patience_s: float) -> Iterator[Job]:
        """Yield the jobs that make this part, if nobody has made it and nobody makes it now."""
        if self.made is None:
            self.made = self._read()
        if self.made is None:
            with self._turn(patience_s) as is_ours:
                self.made = self._read()  # whoever had its turn before us may have written it
                if self.made is None and is_ours:
                    made: list[Signature] = []
                    yield from signature_jobs(self.exercise, self.answers, made, reference)
                    self._write(made)
                    self.made = made

    @contextlib.contextmanager
    def _turn(self, patience_s: float) -> Iterator[bool]:
        """Keep others from making this part meanwhile; give False if another is at it and time is left."""
        lock = FileLock(self.path.with_suffix(".lock"), timeout=patience_s)
        is_ours = True
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            is_ours = patience_s > 0
        except (OSError, NotImplementedError):
            pass  # where nothing can be locked, each makes its own
        try:
            yield is_ours
        finally:
            lock.release()

    def _read(self) -> list[Signature] | None:
        try:
            document = json.loads(self.path.read_text(encoding="utf-8"))
            return [signature_from_dict(entry) for entry in document["signatures"]]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def _write(self, made: Sequence[Signature]) -> None:
        aside = self.path.with_name(f".{self.path.stem}-{os.getpid()}.part")
        with contextlib.suppress(OSError):
            document = {"signatures": [signature_to_dict(each) for each in made]}
            aside.write_text(json.dumps(document), encoding="utf-8")
            aside.replace(self.path)
