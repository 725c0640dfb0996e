"""The results of the last grading of each submission, one small file each.

``<course>/.autograder/results/<assignment>/<hash of the name>.json``: a name may hold anything, a hash is a
file name everywhere. Each carries the key of all that it depends on (`autograder.fingerprint`): whoever is to
grade the same again takes the result instead, and reports on a class are made from them. Files are replaced
as a whole, so readers and several graders may work at once. A file that cannot be read is an old one that the
next grading replaces; it counts as not there. Deleting the folder loses nothing but time.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from autograder.pictures import picture_from_dict, picture_to_dict
from autograder.result import submission_from_dict, submission_to_dict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from autograder.pictures import Picture
    from autograder.result import SubmissionResult

SCHEMA = 3


@dataclass(frozen=True)
class Stored:
    """What is kept of one grading."""

    result: SubmissionResult
    notes: tuple[str, ...] = ()
    """What was put right in the notebook."""
    seconds: float = 0.0
    """How long grading took; differs from run to run."""
    pictures: Mapping[str, Mapping[str, Picture]] = field(default_factory=dict)
    """Exercise and aspect to what its student may see of a wrong answer."""
    outputs: tuple[tuple[dict[str, Any], ...], ...] = ()
    """For each code cell of the notebook, what it displayed, without the pictures that were saved with it."""
    key: str = ""
    """Of all that the result depends on (`autograder.fingerprint`); empty if it should be found anew."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What reports on a class need of a student; what thousands displayed would not find room in memory."""

    result: SubmissionResult
    seconds: float


@dataclass(frozen=True)
class Store:
    """The results of one assignment of a course, given by its root."""

    root: Path
    assignment: str

    @property
    def folder(self) -> Path:
        """Where the files are; made when the first is written."""
        return self.root / ".autograder" / "results" / self.assignment

    def path(self, student: str) -> Path:
        """Return the file of one student, whatever the name."""
        return self.folder / f"{hashlib.sha256(student.encode('utf-8', 'surrogatepass')).hexdigest()}.json"

    def write(self, stored: Stored) -> None:
        """Keep a result in the place of the student's earlier one."""
        document = {
            "schema": SCHEMA,
            "result": submission_to_dict(stored.result),
            "key": stored.key,
            "notes": list(stored.notes),
            "outputs": stored.outputs,
            "seconds": stored.seconds,
            "pictures": {
                exercise: {aspect: picture_to_dict(picture) for aspect, picture in seen.items()}
                for exercise, seen in stored.pictures.items()
            },
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        _replace(self.path(stored.result.student or ""), json.dumps(document))

    def clear_up(self) -> None:
        """Remove what a process that was killed in the middle of writing has left behind."""
        for path in self.folder.glob(".*-*.part"):
            pid = path.stem.rpartition("-")[2]
            if not pid.isdigit() or not _is_running(int(pid)):
                path.unlink(missing_ok=True)

    def lacks(self, students: Iterable[str]) -> int:
        """Return of how many students nothing is kept."""
        return sum(not self.path(student).exists() for student in students)

    def read(self, student: str) -> Stored | None:
        """Return what is kept of a student, or None."""
        return _read(self.path(student))

    def read_all(self) -> list[Standing]:
        """Return where the class stands, sorted by student."""
        return sorted(self._standings(), key=lambda standing: standing.result.student or "")

    def _standings(self) -> Iterator[Standing]:
        for path in self.folder.glob("*.json"):
            if (stored := _read(path)) is not None:
                yield Standing(stored.result, stored.seconds)


def _replace(path: Path, text: str) -> None:
    """Write a file aside, then put it in place."""
    aside = path.with_name(f".{path.stem}-{os.getpid()}.part")
    try:
        aside.write_text(text, encoding="ascii")
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


def _read(path: Path) -> Stored | None:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["schema"] != SCHEMA:
            return None
        result = submission_from_dict(document["result"])
        pictures = {
            exercise: {aspect: picture_from_dict(picture) for aspect, picture in seen.items()}
            for exercise, seen in document["pictures"].items()
        }
        outputs = tuple(tuple(cell) for cell in document["outputs"])
        notes, seconds = tuple(document["notes"]), float(document["seconds"])
        return Stored(result, notes, seconds, pictures, outputs, str(document["key"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
