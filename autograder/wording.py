"""The words of an assignment: the catalogue of its language, with what its suites and misconceptions say.

For whoever writes pages about a class. A student's copy has no misconceptions: there hints come translated in
``public.json``, and `autograder.checking` asks the public suite alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.kit import SUITE_FILE
from autograder.misconceptions import MISCONCEPTIONS
from autograder.misconceptions.korean import IDEAS
from autograder.plugin import translated_requirements
from autograder.words import catalogue

if TYPE_CHECKING:
    from autograder.assignment import Assignment
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
        return catalogue(language)
    suites = SUITES / f"test_{assignment.name}.py", assignment.folder / SUITE_FILE
    requirements = {
        english: told for path in suites for english, told in translated_requirements(path, language).items()
    }
    known = [each for exercise in assignment.exercises for each in MISCONCEPTIONS.get(exercise.id, ())]
    hints = {each.hint: each.hints[language] for each in known if language in each.hints}
    ideas = {each.idea: IDEAS[each.idea] for each in known if language == "ko" and each.idea in IDEAS}
    return catalogue(language, {**requirements, **hints, **ideas})
