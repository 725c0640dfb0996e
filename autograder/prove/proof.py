"""What was proved about the suites of one exercise, and where the holes are.

Trials go in, an `ExerciseProof` comes out. A hole is one sentence for the author: the file and the entry,
what is wrong, what to write.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder import misconceptions as bank
from autograder.bank import signature_of
from autograder.diagnosis import diagnose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from autograder.assignment import Exercise
    from autograder.misconceptions import Misconception
    from autograder.plugin import SuiteTest
    from autograder.result import TestResult

    from .mutants import Mutant
    from .trials import Trial

FEWEST_ALTERNATIVES = 12
"""Right answers that differ from the reference: fewer say little about whom the suite refuses."""

FEWEST_NAMED = 0.95
"""Share of the misconceptions that the diagnosis has to name, each as itself."""

_BANK = Path(bank.__file__).parent
EQUIVALENT_MUTANTS = _BANK / "equivalent_mutants.toml"


@dataclass(frozen=True)
class Tried:
    """All trials of one exercise against one suite."""

    suite: Path
    trials: Sequence[Trial]
    tests: Sequence[SuiteTest]
    """The tests of this exercise."""

    def of(self, kind: str) -> list[Trial]:
        """Return the trials of one kind."""
        return [trial for trial in self.trials if trial.variant.kind == kind]


@dataclass(frozen=True)
class ExerciseProof:
    """The numbers of one exercise and its holes."""

    id: str
    reference: bool
    stub: bool
    misconceptions: Mapping[str, int]
    alternatives: Mapping[str, int]
    mutants: Mapping[str, Any]
    holes: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether there is no hole."""
        return not self.holes


def examine(
    exercise: Exercise,
    hidden: Tried,
    public: Tried,
    mutants: Sequence[Mutant],
    equivalent: Mapping[str, str],
) -> ExerciseProof:
    """Return the proof of one exercise.

    Parameters
    ----------
    exercise : Exercise
        With its aspects.
    hidden, public : Tried
        All variants against the hidden suite; those of the bank, reference and stub against the public one.
    mutants : sequence of Mutant
        The mutants among the variants.
    equivalent : mapping of str to str
        Name of each mutant that is right after all, to the reason.
    """
    known = bank.MISCONCEPTIONS.get(exercise.id, ())
    caught = [entry for entry in known if not list(_not_caught(entry, hidden))]
    wrongly_named = dict(_wrongly_named(known, hidden))
    alternatives = hidden.of("alternative")
    survivors = [trial.variant.id for trial in hidden.of("mutant") if trial.paid_in_full]
    unexplained = [name for name in survivors if name not in equivalent]
    holes = (
        *_base_holes(hidden),
        *_base_holes(public),
        *_entry_holes(exercise),
        *(hole for entry in known for hole in _misconception_holes(entry, hidden)),
        *_naming_holes(exercise.id, known, wrongly_named),
        *(hole for tried in (hidden, public) for hole in _alternative_holes(tried)),
        *_mutant_holes(unexplained, mutants, hidden),
        *_stale_explanations(exercise.id, survivors, equivalent),
        *_idle_checks(hidden),
        *_idle_checks(public),
    )
    return ExerciseProof(
        id=exercise.id,
        reference=_all_paid(hidden, public),
        stub=_none_paid(hidden, public),
        misconceptions={
            "caught": len(caught),
            "total": len(known),
            "named": len(known) - len(wrongly_named),
        },
        alternatives={
            "passed": sum(trial.paid_in_full for trial in alternatives),
            "total": len(alternatives),
        },
        mutants={
            "killed": len(mutants) - len(survivors),
            "equivalent": len(survivors) - len(unexplained),
            "total": len(mutants),
            "survivors": unexplained,
        },
        holes=holes,
    )


def bank_file(exercise_id: str) -> Path:
    """Return the file with the known answers to an exercise."""
    return _BANK / f"{exercise_id.replace('-', '_')}.py"


# ----- reference and stub -----


def _all_paid(*tried: Tried) -> bool:
    return all(trial.paid_in_full for one in tried for trial in one.of("reference"))


def _none_paid(*tried: Tried) -> bool:
    return all(trial.result is None or trial.result.score == 0 for one in tried for trial in one.of("stub"))


def _base_holes(tried: Tried) -> Iterator[str]:
    for trial in tried.of("reference"):
        for test in trial.failed:
            yield f"{tried.suite}: {test.id} refuses the reference ({_found(test)}). Correct one of them."
        if trial.error:
            yield f"{tried.suite}: the solution cell cannot be run ({trial.error}). Correct the reference."
    for trial in tried.of("stub"):
        passed = sorted({test.aspect for test in trial.tests} - trial.lost)
        for aspect in passed:
            yield (
                f"{tried.suite}: the untouched stub earns the aspect {aspect!r}. "
                "Add a test of it that needs an answer."
            )


# ----- misconceptions -----


def _entry_holes(exercise: Exercise) -> Iterator[str]:
    """Yield what is wrong with the bank itself."""
    known, right = bank.MISCONCEPTIONS.get(exercise.id, ()), bank.ALTERNATIVES.get(exercise.id, ())
    file = bank_file(exercise.id)
    if not known:
        where = _BANK / "__init__.py"
        yield f"{where}: the exercise {exercise.id!r} has no misconceptions. Write {file} and enter it here."
    if len(right) < FEWEST_ALTERNATIVES:
        yield f"{file}: {len(right)} alternatives. Add right answers until there are {FEWEST_ALTERNATIVES}."
    ids = [entry.id for entry in known] + [entry.id for entry in right]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"{file}: two entries have the id {name!r}. Rename one of them."
    aspects = {aspect.id for aspect in exercise.aspects}
    for entry in known:
        if not entry.hint.strip():
            yield f"{file}: the misconception {entry.id!r} has no hint. Write a question that leads to it."
        if not entry.idea.strip():
            yield f"{file}: the misconception {entry.id!r} has no idea. Say what its student believes."
        for aspect in sorted(set(entry.aspects) - aspects):
            known_ones = ", ".join(sorted(aspects))
            yield f"{file}: {entry.id!r} names the aspect {aspect!r}. The exercise has {known_ones}."
        if not entry.aspects:
            yield f"{file}: the misconception {entry.id!r} names no aspect. Name those that it gets wrong."


def _trials_of(entry: Misconception, tried: Tried) -> list[Trial]:
    return [trial for trial in tried.of("misconception") if trial.variant.id == entry.id]


def _not_caught(entry: Misconception, tried: Tried) -> Iterator[tuple[Trial, str]]:
    """Yield each solution cell of a misconception with an aspect that it should lose and does not."""
    for trial in _trials_of(entry, tried):
        for aspect in sorted(set(entry.aspects) - trial.lost):
            yield trial, aspect


def _misconception_holes(entry: Misconception, tried: Tried) -> Iterator[str]:
    file = bank_file(tried.tests[0].exercise) if tried.tests else _BANK
    for trial in _trials_of(entry, tried):
        if trial.error:
            yield f"{file}: the misconception {entry.id!r} does not run ({trial.error}). Correct its code."
            return
        for test in trial.failed:
            if test.outcome == "error":
                yield f"{tried.suite}: {test.id} breaks on the misconception {entry.id!r}: {_found(test)}"
        for aspect in sorted(trial.lost - set(entry.aspects)):
            refused = [test.id for test in trial.failed if test.aspect == aspect]
            which = f"{refused[0]} refuses it" if refused else "no value of it is right"
            yield (
                f"{tried.suite}: {entry.id!r} ({entry.idea}) loses the aspect {aspect!r} too: {which}. "
                f"Correct the test, or add {aspect!r} to its aspects in {file.name}."
            )
    for _, aspect in _not_caught(entry, tried):
        yield (
            f"{tried.suite}: no test marked exercise({tried.tests[0].exercise!r}, aspect={aspect!r}) rejects "
            f"{entry.id!r} ({entry.idea}). Add an input that shows it, or take {aspect!r} out of its "
            f"aspects in {file.name}."
        )


# ----- names -----


def _wrongly_named(known: Sequence[Misconception], tried: Tried) -> Iterator[tuple[str, str | None]]:
    """Yield each misconception that the diagnosis does not name as itself, and what it says instead."""
    by_id = {entry.id: entry for entry in known}
    trials = [trial for trial in tried.of("misconception") if trial.result and trial.variant.id in by_id]
    signatures = [signature_of(by_id[trial.variant.id], trial.observed) for trial in trials]
    for trial in trials:
        assert trial.result is not None
        named = diagnose(trial.result, trial.observed, signatures).misconception
        if named != trial.variant.id:
            yield trial.variant.id, named


def _naming_holes(
    exercise_id: str, known: Sequence[Misconception], wrongly_named: Mapping[str, str | None]
) -> Iterator[str]:
    if known and len(wrongly_named) > (1 - FEWEST_NAMED) * len(known):
        names = ", ".join(f"{name} ({other or 'unnamed'})" for name, other in wrongly_named.items())
        yield (
            f"{bank_file(exercise_id)}: these cannot be told from others by what the suite sees: {names}. "
            "Add a test in which they differ, or make those of one idea a single entry (`also`)."
        )


# ----- alternatives -----


def _alternative_holes(tried: Tried) -> Iterator[str]:
    for trial in tried.of("alternative"):
        name = trial.variant.id
        if trial.error:
            file = bank_file(trial.variant.exercise)
            yield f"{file}: the alternative {name!r} does not run ({trial.error}). Correct its code."
        for test in trial.failed:
            yield f"{tried.suite}: {test.id} refuses the right answer {name!r}: {_found(test)}"


# ----- mutants -----


def _mutant_holes(names: Collection[str], mutants: Sequence[Mutant], tried: Tried) -> Iterator[str]:
    statement = {mutant.name: mutant.statement for mutant in mutants}
    for name in names:
        near = {
            f"{test.aspect} ({test.id})"
            for trial in tried.of("mutant")
            if statement[trial.variant.id] == statement[name]
            for test in trial.failed[:1]
        }
        where = f"Other faults of this statement are met by {', '.join(sorted(near)[:2])}: " if near else ""
        yield (
            f"{tried.suite}: no test of {tried.tests[0].exercise!r} rejects the mutant `{name}`. {where}add "
            f"an input in which they differ, or explain in {EQUIVALENT_MUTANTS.name} why it is right."
        )


def _stale_explanations(
    exercise_id: str, survivors: Collection[str], equivalent: Mapping[str, str]
) -> Iterator[str]:
    for name, reason in equivalent.items():
        if name not in survivors:
            yield f"{EQUIVALENT_MUTANTS}: {exercise_id}: `{name}` is no surviving mutant. Delete the entry."
        if not reason.strip():
            yield f"{EQUIVALENT_MUTANTS}: {exercise_id}: `{name}` has no reason. Say why it is right."


# ----- tests -----


def _idle_checks(tried: Tried) -> Iterator[str]:
    """Yield each test that nothing wrong has ever failed."""
    seen = {test.id for trial in tried.trials for test in trial.failed if test.outcome == "failed"}
    stubs = {id(trial) for trial in tried.of("stub")}
    seen &= {test.id for trial in tried.trials if id(trial) not in stubs for test in trial.failed}
    for test in tried.tests:
        if test.id not in seen:
            file = bank_file(test.exercise).name
            add = f"Add one that it rejects to {file}, or delete the test"
            yield f"{tried.suite}: {test.id} has never rejected an answer. {add}."


def _found(test: TestResult) -> str:
    """Return what a test found, without the requirement."""
    return " ".join(test.rationale.partition("\n")[2].split()) or test.outcome
