"""What people read: the catalogue of words in their languages, numbers and texts made fit to be shown.

What a page, a card or a table says of its own is written in English where it is said, and looked up here
(`korean` has the translations), as with gettext. What a result says is written in English and retold here
(`sentences`, `retelling`), with what an assignment adds. Imports the standard library only: the student's kit
and the notebook use it too.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from .korean import KOREAN
from .retelling import Retelling
from .sentences import PHRASES, SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LANGUAGES = ("en", "ko")

NOT_DONE = "Not done yet"
"""How a test's rationale begins what it says about a stub, after the requirement's line."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls that a browser or terminal would act on, with those that reverse the direction of text."""


@dataclass(frozen=True)
class Catalogue:
    """The words of one language."""

    language: str
    messages: Mapping[str, str]
    """English text to its translation; what is missing stays English."""
    tell: Callable[[str], str] = str
    """Retells what a result says."""

    def say(self, message: str, **values: object) -> str:
        """Return a message, with values in the place of its ``{names}``."""
        return self.messages.get(message, message).format(**values)

    def count(self, one: str, many: str, number: float) -> str:
        """Return a message about ``{n}`` things; languages other than English translate `many`."""
        message = self.messages.get(many) or (one if number == 1 else many)
        return message.format(n=points(number))


_CATALOGUES = {"en": Catalogue("en", {}), "ko": Catalogue("ko", KOREAN, Retelling(SENTENCES, PHRASES))}
ENGLISH = _CATALOGUES["en"]


def catalogue(language: str, own: Mapping[str, str] = MappingProxyType({})) -> Catalogue:
    """Return the words of one of `LANGUAGES`.

    Parameters
    ----------
    language : str
        The one to speak.
    own : mapping of str to str
        Sentences of an assignment, in the language of its results, to their translation.
    """
    known = _CATALOGUES[language]
    if not own:
        return known
    sentences, phrases = (SENTENCES, PHRASES) if language == "ko" else ({}, {})
    return replace(known, tell=Retelling({**sentences, **own}, phrases))


def visible(text: str) -> str:
    """Return a text with its control characters made visible, so that it is shown and not obeyed."""
    if text.isprintable():  # nearly every text, and quickly told
        return text
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def points(number: float) -> str:
    """Return a number of points as one writes it: 2, 2.5, 0.67; a question mark for what is no number."""
    if not math.isfinite(number):
        return "?"
    return f"{round(number, 2):g}" if abs(number) < 1e6 else f"{number:.0f}"  # noqa: PLR2004 - no exponents
