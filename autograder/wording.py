"""The words of an assignment: the catalogue of its language, with what its suites and misconceptions say.

For whoever writes pages about a class. A student's copy has no misconceptions: there hints come translated in
``public.json``, and `autograder.checking` asks the public suite alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.diagnosis.questions import QUESTIONS
from autograder.kit import SUITE_FILE
from autograder.misconceptions import MISCONCEPTIONS
from autograder.misconceptions.korean import IDEAS
from autograder.plugin import translated_requirements
from autograder.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.assignment import Assignment
    from autograder.misconceptions import Misconception
    from autograder.words import Catalogue

SUITES = Path(__file__).resolve().parent / "suites"


def words_of(assignment: Assignment, language: str | None = None) -> Catalogue:
    """Return the words that an assignment is spoken of with.

    Parameters
    ----------
    assignment : Assignment
        Its suites are read, not run; one that is missing has nothing to say.
    language : str, optional
        One of `autograder.words.LANGUAGES`; the assignment's own if None.
    """
    language = language or assignment.language
    if language == "en":
        return catalogue(language, _hints(assignment, "ko", "en") if assignment.language == "ko" else {})
    suites = SUITES / f"test_{assignment.name}.py", assignment.folder / SUITE_FILE
    own = _ideas(assignment) | _hints(assignment, "en", language)
    for path in suites:
        own |= translated_requirements(path, language)
    return catalogue(language, own)


def _known(assignment: Assignment) -> Iterator[Misconception]:
    for exercise in assignment.exercises:
        yield from MISCONCEPTIONS.get(exercise.id, ())


def _ideas(assignment: Assignment) -> dict[str, str]:
    families = {question.idea: question.korean_idea for question in QUESTIONS.values() if question.family}
    return families | {each.idea: IDEAS[each.idea] for each in _known(assignment) if each.idea in IDEAS}


def _hints(assignment: Assignment, written: str, wanted: str) -> dict[str, str]:
    """Return hints by their words in the language in which an assignment's results have them."""
    questions = [{"en": question.english, "ko": question.korean} for question in QUESTIONS.values()]
    hints = [*questions, *(each.hints for each in _known(assignment))]
    return {hint[written]: hint[wanted] for hint in hints if {written, wanted} <= hint.keys()}
