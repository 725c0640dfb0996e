"""An assignment's description and the course it belongs to.

Comes in: ``assignments/<name>/assignment.toml`` (trusted, written by an author). Goes out: frozen records
that every other room reads. Whatever the author got wrong is refused here with file, key and remedy.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from autograder.errors import AuthorError, CourseError
from autograder.words import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ASPECT = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


KIT_FILE = "public.json"
"""Beside a released notebook: what `autograder.kit` reads."""


@dataclass(frozen=True)
class Limits:
    """What a submission may use. CPU seconds are judged; wall-clock limits are a generous backstop."""

    call_cpu_s: float = 2.0
    """CPU seconds for one call that a test makes."""
    cell_cpu_s: float = 10.0
    """CPU seconds for one notebook cell."""
    submission_cpu_s: float = 20.0
    """CPU seconds for all cells together, and for all calls of one exercise."""
    memory_mib: int = 512
    """Address space beyond what the worker uses before the first cell, in MiB."""
    processes: int = 24
    """Processes and threads at one time; kept only where the sandbox has a user of its own."""
    file_mib: int = 16
    """Size of one file that a notebook writes, in MiB."""
    output_kib: int = 256
    """Text and pictures that one cell may leave behind, in KiB; the rest is cut."""


@dataclass(frozen=True)
class Aspect:
    """A named part of an exercise that earns its points as a whole."""

    id: str
    points: float


@dataclass(frozen=True)
class Exercise:
    """One graded function or class: a solution cell and the test cell after it."""

    id: str
    points: float
    aspects: tuple[Aspect, ...]
    behaviour: frozenset[str] = frozenset()
    """Aspects that pay only if one of the others (a value aspect) pays."""


@dataclass(frozen=True)
class Written:
    """A question answered in words and graded by a person."""

    id: str
    points: float


@dataclass(frozen=True)
class Assignment:
    """All that ``assignment.toml`` says."""

    name: str
    folder: Path
    title: str
    public_seed: int
    hidden_seed: int
    exercises: tuple[Exercise, ...]
    written: tuple[Written, ...] = ()
    libraries: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    language: str = "en"
    """Of what students and graders read; one of `autograder.words.LANGUAGES`."""

    @property
    def max_score(self) -> float:
        """The points of the exercises that are graded automatically."""
        return sum(exercise.points for exercise in self.exercises)

    def exercise(self, exercise_id: str) -> Exercise:
        """Return one exercise.

        Raises
        ------
        KeyError
            There is none with this id.
        """
        return {exercise.id: exercise for exercise in self.exercises}[exercise_id]


@dataclass(frozen=True)
class Course:
    """An nbgrader course folder, by its root."""

    root: Path

    def assignment_names(self) -> tuple[str, ...]:
        """Return the names under ``assignments/``, sorted."""
        return tuple(sorted(path.parent.name for path in self.root.glob("assignments/*/assignment.toml")))

    def read_assignment(self, name: str) -> Assignment:
        """Read one assignment.

        Raises
        ------
        CourseError
            There is no such assignment here.
        AuthorError
            Its description is wrong.
        """
        names = self.assignment_names()
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            known = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(names) or 'none'}."
            raise CourseError(f"There is no assignment {name!r} in {self.root / 'assignments'}; {known}")
        return read_assignment(self.root / "assignments" / name)

    def reference_path(self, assignment: str) -> Path:
        """Return where the reference solution lies."""
        return self.root / "solutions" / f"{assignment}.py"

    def source_notebook(self, assignment: str) -> Path:
        """Return where `build` puts the instructor's notebook."""
        return self.root / "source" / assignment / f"{assignment}.ipynb"

    def release_folder(self, assignment: str) -> Path:
        """Return where `build` puts what students receive."""
        return self.root / "release" / assignment


def read_assignment(folder: Path) -> Assignment:
    """Read and validate ``assignment.toml`` in a folder.

    Raises
    ------
    AuthorError
        The file is missing, is not TOML, or a key is missing, unknown or has a wrong value.
    """
    path = folder / "assignment.toml"
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AuthorError(path, "", "the file is missing", "Write it as CONTRIBUTING.md shows") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AuthorError(path, "", f"it is not TOML ({error})", "Correct that line") from None
    return _Reader(path).assignment(document)


class _Reader:
    """Turns the TOML document into records; every complaint names the file and the key."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def assignment(self, document: dict[str, Any]) -> Assignment:
        self.known(document, "", {"title", "language", "libraries", "seeds", "limits", "exercise", "written"})
        seeds = self.get(document, "", "seeds", dict)
        self.known(seeds, "seeds", {"public", "hidden"})
        public, hidden = (self.get(seeds, "seeds", key, int) for key in ("public", "hidden"))
        if public == hidden:
            self.refuse(
                "seeds.hidden",
                f"the public and the hidden seed are both {public}",
                "Choose another number, else a table of the public answers passes the hidden tests",
            )
        exercises = tuple(
            self.exercise(entry, f"exercise[{index}]")
            for index, entry in enumerate(self.get(document, "", "exercise", list))
        )
        written = tuple(
            self.written(entry, f"written[{index}]")
            for index, entry in enumerate(document.get("written", []))
        )
        self.unique([entry.id for entry in exercises] + [entry.id for entry in written])
        return Assignment(
            name=self.path.parent.name,
            folder=self.path.parent,
            title=self.get(document, "", "title", str),
            public_seed=public,
            hidden_seed=hidden,
            exercises=exercises,
            written=written,
            libraries=tuple(document.get("libraries", [])),
            limits=self.limits(document.get("limits", {})),
            language=self.language(document.get("language", "en")),
        )

    def language(self, value: object) -> str:
        if value not in LANGUAGES:
            known = " or ".join(f'"{language}"' for language in LANGUAGES)
            self.refuse("language", f"{value!r} is none that the kit speaks", f"Write {known}")
        return str(value)

    def exercise(self, entry: dict[str, Any], where: str) -> Exercise:
        self.known(entry, where, {"id", "points", "aspects", "behaviour"})
        exercise_id = self.identifier(entry, where)
        where = f"exercise {exercise_id!r}"
        points = self.points(entry, where)
        named = self.get(entry, where, "aspects", dict)
        aspects = tuple(
            Aspect(self.aspect_name(name, where), self.points(named, f"{where}, aspects", name))
            for name in named
        )
        total = sum(aspect.points for aspect in aspects)
        if total != points:
            self.refuse(
                f"{where}, aspects",
                f"the aspects add up to {total:g} points, the exercise has {points:g}",
                f"Write points = {total:g}, or change the aspects",
            )
        behaviour = frozenset(entry.get("behaviour", []))
        if unknown := sorted(behaviour - set(named)):
            self.refuse(
                f"{where}, behaviour",
                f"{unknown[0]!r} is no aspect",
                f"Name one of {', '.join(sorted(named))}",
            )
        if behaviour == set(named):
            self.refuse(
                f"{where}, behaviour",
                "every aspect is a behaviour aspect, so none could ever pay",
                "Leave out the aspects that test values",
            )
        return Exercise(exercise_id, points, aspects, behaviour)

    def written(self, entry: dict[str, Any], where: str) -> Written:
        self.known(entry, where, {"id", "points"})
        written_id = self.identifier(entry, where)
        return Written(written_id, self.points(entry, f"written {written_id!r}"))

    def limits(self, entry: dict[str, Any]) -> Limits:
        self.known(entry, "limits", set(Limits.__dataclass_fields__))
        for key, value in entry.items():
            if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
                self.refuse(f"limits.{key}", f"{value!r} is not a positive number", "Write a number above 0")
        return Limits(**entry)

    def identifier(self, entry: dict[str, Any], where: str) -> str:
        value: str = self.get(entry, where, "id", str)
        if not _ID.fullmatch(value):
            self.refuse(
                f"{where}.id",
                f"{value!r} is no id",
                "Write small letters, digits and single hyphens, as in 'affine-backward'",
            )
        return value

    def aspect_name(self, name: str, where: str) -> str:
        if not _ASPECT.fullmatch(name):
            self.refuse(f"{where}, aspects", f"{name!r} is no name", "Write letters, digits and hyphens")
        return name

    def points(self, entry: dict[str, Any], where: str, key: str = "points") -> float:
        value = self.get(entry, where, key, (int, float))
        if isinstance(value, bool) or not 0 < value < 1000:  # noqa: PLR2004 - a typing error, not a weight
            self.refuse(f"{where}.{key}", f"{value!r} points", "Write a number above 0 and below 1000")
        return float(value)

    def unique(self, ids: list[str]) -> None:
        for name in ids:
            if ids.count(name) > 1:
                self.refuse(f"id {name!r}", "two exercises or questions share this id", "Rename one of them")

    def get(self, entry: dict[str, Any], where: str, key: str, kind: type | tuple[type, ...]) -> Any:  # noqa: ANN401
        place = f"{where}.{key}" if where else key
        if not isinstance(entry, dict) or key not in entry:
            self.refuse(place, "the key is missing", "Add it, as CONTRIBUTING.md shows")
        if not isinstance(entry[key], kind):
            names = kind.__name__ if isinstance(kind, type) else "number"
            self.refuse(place, f"{entry[key]!r} is not of the kind {names}", "Correct the value")
        return entry[key]

    def known(self, entry: dict[str, Any], where: str, keys: set[str]) -> None:
        for key in entry:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, n=1)
                instead = f"Write {near[0]!r}" if near else f"Use one of {', '.join(sorted(keys))}"
                self.refuse(f"{where}.{key}" if where else key, "there is no such key", instead)

    def refuse(self, where: str, what: str, instead: str) -> None:
        raise AuthorError(self.path, where, what, instead)
