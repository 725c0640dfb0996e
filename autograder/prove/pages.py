"""One page for each exercise that an instructor can read: which wrong ideas exist, and what shows each.

Proof and trials go in, Markdown comes out. ``docs/exercises/`` holds the pages; a test keeps them current.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder import misconceptions as bank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from autograder.misconceptions import Misconception

    from .proof import ExerciseProof, Tried


def page(proof: ExerciseProof, hidden: Tried, equivalent: Mapping[str, str]) -> str:
    """Return the page of one exercise.

    Parameters
    ----------
    proof : ExerciseProof
        Its numbers.
    hidden : Tried
        What the hidden suite made of every answer.
    equivalent : mapping of str to str
        Mutants that are right after all, with the reasons.
    """
    return "\n".join(
        (
            f"# {proof.id}",
            "",
            "`autograder prove --pages docs/exercises` writes this page from the bank of known answers.",
            "",
            *_numbers(proof),
            "",
            "## Wrong ideas",
            "",
            *_ideas(proof.id, hidden),
            "",
            "## Right answers that look different",
            "",
            ", ".join(f"`{entry.id}`" for entry in bank.ALTERNATIVES.get(proof.id, ())) + ".",
            *_explained(equivalent),
            "",
        )
    )


def _numbers(proof: ExerciseProof) -> Iterator[str]:
    wrong, right, mutants = proof.misconceptions, proof.alternatives, proof.mutants
    yield "| what is proved | |"
    yield "|---|---:|"
    yield f"| the reference earns everything | {_yes(proof.reference)} |"
    yield f"| the stub earns nothing | {_yes(proof.stub)} |"
    yield f"| wrong ideas that lose the points of their aspects and no others | {_share(wrong, 'caught')} |"
    yield f"| wrong ideas that the diagnosis names as themselves | {_share(wrong, 'named')} |"
    yield f"| right answers that are paid in full | {_share(right, 'passed')} |"
    yield f"| faults put into the reference that a test rejects | {_share(mutants, 'killed')} |"
    yield f"| faults that turned out to be right | {mutants['equivalent']} of {mutants['total']} |"


def _yes(holds: bool) -> str:
    return "yes" if holds else "**no**"


def _share(numbers: Mapping[str, int], part: str) -> str:
    return f"{numbers[part]} of {numbers['total']}"


def _ideas(exercise: str, hidden: Tried) -> Iterator[str]:
    yield "| id | the idea | loses | shown first by | hint |"
    yield "|---|---|---|---|---|"
    for entry in bank.MISCONCEPTIONS.get(exercise, ()):
        cells = (f"`{entry.id}`", entry.idea, ", ".join(entry.aspects), _shown_by(entry, hidden), entry.hint)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _shown_by(entry: Misconception, hidden: Tried) -> str:
    """Return the first test that rejects an idea; its parameters are the input's sizes."""
    for trial in hidden.of("misconception"):
        if trial.variant.id == entry.id and trial.failed:
            return f"`{trial.failed[0].id}`"
    return "nothing"


def _explained(equivalent: Mapping[str, str]) -> Iterator[str]:
    if equivalent:
        yield from ("", "## Faults that turned out to be right", "", "| fault | why |", "|---|---|")
        for name, reason in equivalent.items():
            yield f"| `{name.replace('|', chr(92) + '|')}` | {reason} |"
