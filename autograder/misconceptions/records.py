"""What is known of a wrong or right answer."""

from __future__ import annotations

from dataclasses import dataclass

from .korean import KOREAN


@dataclass(frozen=True)
class Misconception:
    """A wrong answer that students give for a reason.

    Parameters
    ----------
    id : str
        Unique within its exercise; stands in results.
    idea : str
        What the student seems to believe, for the instructor.
    hint : str
        A question that leads to the fault without telling the remedy, for the student.
    aspects : tuple of str
        The aspects that lose their points by it, no more and no fewer.
    code : str
        The solution cell.
    also : tuple of str
        Other solution cells that show the same idea, or that nobody can tell from it by its arrays.
    """

    id: str
    idea: str
    hint: str
    aspects: tuple[str, ...]
    code: str
    also: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """All its solution cells."""
        return (self.code, *self.also)

    @property
    def hints(self) -> dict[str, str]:
        """Language to hint; one that is not translated stays English."""
        return {"en": self.hint} | ({"ko": KOREAN[self.hint]} if self.hint in KOREAN else {})


@dataclass(frozen=True)
class Alternative:
    """A right answer that looks unlike the reference.

    Parameters
    ----------
    id : str
        Unique within its exercise.
    code : str
        The solution cell.
    """

    id: str
    code: str
