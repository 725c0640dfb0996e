"""The grader is graded: what the suites of an assignment catch, accept and can tell apart.

An assignment goes in: its reference, its stubs, its suites and the bank of known answers. A proof for each
exercise comes out, with the holes as sentences for the author.

- `mutants`: systematic small faults in the reference;
- `trials`: every answer meets the suites, in this process;
- `inputs`: public and hidden inputs differ;
- `proof`: what follows from all that;
- `idle`: tests that could be deleted without anyone noticing;
- `table`: the proof on a terminal;
- `pages`: what an instructor may want to read of it.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder import misconceptions as bank
from autograder.authoring.text import read_text
from autograder.authoring.weave import parse_reference, weave
from autograder.errors import AuthorError
from autograder.grading import suite_path
from autograder.plugin import read_reference, validate_suite

from .inputs import shared_inputs
from .mutants import Mutant, mutants
from .pages import page
from .proof import EQUIVALENT_MUTANTS, ExerciseProof, Tried, examine
from .table import proof_table
from .trials import Trial, Variant, run_trials

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import ModuleType

    from autograder.assignment import Assignment, Course

__all__ = ["ExerciseProof", "Plan", "proof_table", "proof_to_json", "prove"]


class Plan:
    """All that will be tried for one assignment.

    Parameters
    ----------
    course : Course
        Where assignments and references lie.
    assignment : Assignment
        What is proved.

    Raises
    ------
    AuthorError, CourseError
        For the author: text, reference or suites are unfit.
    """

    def __init__(self, course: Course, assignment: Assignment) -> None:
        self.assignment = assignment
        self.public = assignment.folder / "test_public.py", assignment.public_seed
        self.hidden = suite_path(assignment.name), assignment.hidden_seed
        self.tests = {suite: validate_suite(suite, assignment) for suite, _ in (self.public, self.hidden)}
        path = course.reference_path(assignment.name)
        self.reference: ModuleType = read_reference(path)
        text = assignment.folder / f"{assignment.name}.md"
        woven = parse_reference(path)
        self.stubs: dict[str, str] = {}
        self.solutions: dict[str, str] = {}
        for cell in read_text(text, assignment):
            if cell.kind == "exercise":
                self.stubs[cell.id] = cell.source
                self.solutions[cell.id] = weave(text, cell, woven)
        self.mutants: dict[str, list[Mutant]] = {
            exercise: mutants(solution, self.stubs[exercise]) for exercise, solution in self.solutions.items()
        }

    @property
    def total(self) -> int:
        """How many trials there are."""
        return len(self.variants(public=False)) + len(self.variants(public=True))

    def variants(self, *, public: bool) -> list[Variant]:
        """Return what meets a suite: everything, but no mutants for the public one."""
        found = []
        for exercise, solution in self.solutions.items():
            found.append(Variant("reference", exercise, "reference", solution))
            found.append(Variant("stub", exercise, "stub", self.stubs[exercise]))
            for wrong in bank.MISCONCEPTIONS.get(exercise, ()):
                found += [Variant("misconception", exercise, wrong.id, code) for code in wrong.codes]
            for right in bank.ALTERNATIVES.get(exercise, ()):
                found.append(Variant("alternative", exercise, right.id, right.code))
            if not public:
                found += [
                    Variant("mutant", exercise, each.name, each.code) for each in self.mutants[exercise]
                ]
        return found

    def try_all(self, *, public: bool, advance: Callable[[], None] = lambda: None) -> dict[str, Tried]:
        """Return the trials of every exercise against one of the suites."""
        suite, seed = self.public if public else self.hidden
        variants = self.variants(public=public)
        trials = run_trials(
            self.assignment, suite, variants, self.reference, seed=seed, public=public, advance=advance
        )
        return {
            exercise.id: self._tried(exercise.id, suite, trials) for exercise in self.assignment.exercises
        }

    def _tried(self, exercise: str, suite: Path, trials: Sequence[Trial]) -> Tried:
        own = [trial for trial in trials if trial.variant.exercise == exercise]
        return Tried(suite, own, [test for test in self.tests[suite] if test.exercise == exercise])


@dataclass(frozen=True)
class Proof:
    """What was proved about an assignment.

    Parameters
    ----------
    exercises : list of ExerciseProof
        In the assignment's order.
    holes : list of str
        All holes, those of the exercises and those that belong to none.
    pages : dict of str to str
        Exercise id to its page for instructors, in Markdown.
    """

    exercises: list[ExerciseProof]
    holes: list[str]
    pages: dict[str, str]


def prove(plan: Plan, advance: Callable[[], None] = lambda: None) -> Proof:
    """Return the proof of an assignment.

    Parameters
    ----------
    plan : Plan
        What is tried.
    advance : callable
        Called after each of ``plan.variants``, first the hidden suite's, then the public one's.
    """
    hidden = plan.try_all(public=False, advance=advance)
    public = plan.try_all(public=True, advance=advance)
    equivalent = read_equivalent_mutants(EQUIVALENT_MUTANTS)
    proofs = [
        examine(
            exercise,
            hidden[exercise.id],
            public[exercise.id],
            plan.mutants[exercise.id],
            equivalent.get(exercise.id, {}),
        )
        for exercise in plan.assignment.exercises
    ]
    shared = [
        f"{plan.hidden[0]}: {test} hands the student an array that {other} of the public suite hands out. "
        "Draw another one."
        for other, test in shared_inputs(plan.public, plan.hidden, plan.reference)
    ]
    pages = {proof.id: page(proof, hidden[proof.id], equivalent.get(proof.id, {})) for proof in proofs}
    return Proof(proofs, [*(hole for proof in proofs for hole in proof.holes), *shared], pages)


def read_equivalent_mutants(path: Path) -> dict[str, dict[str, str]]:
    """Return for each exercise the mutants that are right after all, with the reasons.

    Raises
    ------
    AuthorError
        The file is not what it should be.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            exercise: {entry["mutant"]: entry["reason"] for entry in entries}
            for exercise, entries in document.items()
        }
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        what = f"it cannot be read ({type(error).__name__}: {error})"
        instead = "Write [[exercise-id]] with the keys mutant and reason for each"
        raise AuthorError(path, "", what, instead) from None


def proof_to_json(proofs: Sequence[ExerciseProof]) -> str:
    """Return the document of ``prove --json``, ending in a newline."""
    document = {
        "schema": 1,
        "exercises": [
            {
                "id": proof.id,
                "reference": proof.reference,
                "stub": proof.stub,
                "misconceptions": dict(proof.misconceptions),
                "alternatives": dict(proof.alternatives),
                "mutants": dict(proof.mutants),
            }
            for proof in proofs
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
