"""``public.json``: all that a student's copy of an assignment knows, and nothing more.

`build` writes it beside the released notebook; `autograder.check` and ``autograder check`` read it. It holds
the exercises, the public seed, the cells as they were released, the expected values of the public suite, and
what misconceptions show in it, as numbers with hints. The hidden seed, the reference and the hidden suite are
not in it.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from autograder.assignment import KIT_FILE, Aspect, Exercise, Limits
from autograder.diagnosis import Signature, signatures_from_json, signatures_to_json
from autograder.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from autograder.assignment import Assignment

SCHEMA = 1
SUITE_FILE = "test_public.py"

_REMEDY = "Get the assignment's folder again, with all its files."


@dataclass(frozen=True)
class Cell:
    """A cell of the released notebook that carries a grade_id."""

    id: str
    kind: str
    """``solution``, ``test`` or ``task``."""
    cell_type: str
    sha256: str
    """Of the released source, in UTF-8."""


@dataclass(frozen=True)
class Kit:
    """What ``public.json`` says, and the folder that it lies in."""

    assignment: str
    title: str
    seed: int
    libraries: tuple[str, ...]
    limits: Limits
    exercises: tuple[Exercise, ...]
    cells: tuple[Cell, ...]
    expected: Mapping[str, Any] = field(repr=False)
    signatures: Mapping[str, Sequence[Signature]] = field(default_factory=dict, repr=False)
    """Exercise id to what misconceptions show in the public suite."""
    language: str = "en"
    """Of the hints."""
    figures: tuple[str, ...] = ()
    """SHA-256 of the released figure cells, in UTF-8."""
    folder: Path | None = None

    @property
    def suite(self) -> Path:
        """The public suite."""
        assert self.folder is not None
        return self.folder / SUITE_FILE


def make_kit(
    assignment: Assignment,
    cells: tuple[Cell, ...],
    expected: Mapping[str, Any],
    signatures: Mapping[str, Sequence[Signature]] = MappingProxyType({}),
    figures: tuple[str, ...] = (),
) -> Kit:
    """Return what a student may know of an assignment."""
    return Kit(
        assignment=assignment.name,
        title=assignment.title,
        seed=assignment.public_seed,
        libraries=assignment.libraries,
        limits=assignment.limits,
        exercises=assignment.exercises,
        cells=cells,
        expected=expected,
        signatures=signatures,
        figures=figures,
        language=assignment.language,
    )


def kit_to_json(kit: Kit) -> str:
    """Return the text of ``public.json``; the same kit gives the same bytes."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "assignment": kit.assignment,
        "title": kit.title,
        "language": kit.language,
        "seed": kit.seed,
        "libraries": list(kit.libraries),
        "limits": dataclasses.asdict(kit.limits),
        "exercises": [_exercise_to_dict(exercise) for exercise in kit.exercises],
        "cells": [dataclasses.asdict(cell) for cell in kit.cells],
        "figures": list(kit.figures),
        "expected": dict(sorted(kit.expected.items())),
    }
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    table = {exercise: signatures_to_json(known) for exercise, known in kit.signatures.items()}
    # thousands of numbers, a line for each exercise
    lines = (f"  {json.dumps(exercise)}: {_dense(entry)}" for exercise, entry in sorted(table.items()))
    return text.removesuffix("\n}") + ',\n "signatures": {\n' + ",\n".join(lines) + "\n }\n}\n"


def _dense(document: Any) -> str:  # noqa: ANN401 - JSON values
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def read_kit(folder: Path) -> Kit:
    """Read the kit that lies in a folder.

    Raises
    ------
    CourseError
        For the student: there is none, or the file is damaged or from another version.
    """
    path = folder / KIT_FILE
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CourseError(
            f"There is no {KIT_FILE} in {folder}; it lies beside the notebook: work in that folder."
        ) from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError):
        raise CourseError(f"{path} cannot be read. {_REMEDY}") from None
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise CourseError(
            f"{path} is not of schema {SCHEMA}, which this version of autograder reads. {_REMEDY}"
        )
    try:
        return _kit(document, folder)
    except (KeyError, IndexError, TypeError, ValueError):
        raise CourseError(f"{path} is incomplete. {_REMEDY}") from None


def _kit(document: dict[str, Any], folder: Path) -> Kit:
    return Kit(
        assignment=document["assignment"],
        title=document["title"],
        seed=document["seed"],
        libraries=tuple(document["libraries"]),
        limits=Limits(**document["limits"]),
        exercises=tuple(map(_exercise_from_dict, document["exercises"])),
        cells=tuple(Cell(**cell) for cell in document["cells"]),
        expected=dict(document["expected"]),
        signatures={
            exercise: signatures_from_json(entry)
            for exercise, entry in document.get("signatures", {}).items()
        },
        language=document.get("language", "en"),
        figures=tuple(document.get("figures", ())),
        folder=folder,
    )


def _exercise_to_dict(exercise: Exercise) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "points": exercise.points,
        "aspects": {aspect.id: aspect.points for aspect in exercise.aspects},
        "behaviour": sorted(exercise.behaviour),
    }


def _exercise_from_dict(document: dict[str, Any]) -> Exercise:
    aspects = tuple(Aspect(name, points) for name, points in document["aspects"].items())
    return Exercise(document["id"], document["points"], aspects, frozenset(document["behaviour"]))
