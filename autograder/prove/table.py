"""The proof as a table for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .proof import ExerciseProof


def proof_table(proofs: Sequence[ExerciseProof]) -> Table:
    """Return one line for each exercise; what falls short is red."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("exercise", no_wrap=True)
    for heading in (
        "reference\nearns all",
        "stub\nnothing",
        "wrong\ncaught",
        "\nnamed",
        "right\npaid",
        "mutants\nkilled",
        "\nexcused",
    ):
        table.add_column(heading, justify="right", no_wrap=True)
    for proof in proofs:
        table.add_row(*_row(proof))
    return table


def _row(proof: ExerciseProof) -> tuple[str, ...]:
    wrong, right, mutants = proof.misconceptions, proof.alternatives, proof.mutants
    unexplained = len(mutants["survivors"])
    explained = f"{mutants['equivalent']}"
    return (
        proof.id,
        _yes(proof.reference),
        _yes(proof.stub),
        _share(wrong["caught"], wrong["total"]),
        _share(wrong["named"], wrong["total"]),
        _share(right["passed"], right["total"]),
        _share(mutants["killed"], mutants["total"] - mutants["equivalent"]),
        f"[red]{explained}, {unexplained} not[/]" if unexplained else explained,
    )


def _yes(holds: bool) -> str:
    return "yes" if holds else "[red]no[/]"


def _share(part: int, whole: int) -> str:
    text = f"{part}/{whole}"
    return text if part == whole > 0 else f"[red]{text}[/]"
