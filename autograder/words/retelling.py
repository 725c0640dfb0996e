"""Sentences that were written in English, retold in another language.

A result is written once and may be read in any language. A sentence in it was made from a template such as
``{name} has shape {shape}, expected {expected}.``; the template is found again, its values are taken out and,
if they are sentences themselves, retold in turn. What nobody translated (a student's words, Python's own
messages, code, numbers) stays as it is.
"""

from __future__ import annotations

import functools
import re
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SENTENCES = {"found", "detail", "reason", "text", "hint"}
"""Values that may be several sentences; any other is within one."""
_ALPHABETS = {"word": r"[\w.]"} | dict.fromkeys(("n", "m", "s", "all", "last"), r"[\d.]")
"""Values that are one word, or one number."""
_FOREIGN = {"text", "said"}
"""Values that are somebody else's words: Python's, or a student's."""
_MAX_LINE = 1000
"""Characters; no sentence of ours is longer."""

_END = re.compile(r"(?<=[.?!]) +")
_ASPECTS = re.compile(r"([\w-]+(?:, [\w-]+)*: )(.+)")
"""Where a hint says which parts it is about."""


@dataclass(frozen=True)
class _Template:
    """One sentence of the catalogue."""

    pattern: re.Pattern[str]
    literal: str
    """Its longest piece, which is looked for first: most sentences do not hold it."""
    words: int
    """How many letters are its own."""
    message: str


class _Catalogue:
    """Templates, those with most words of their own first."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        self.messages = messages

    @functools.cached_property
    def templates(self) -> list[_Template]:
        """Made when the first text is retold."""
        templates = [_template(message) for message in self.messages if "{" in message]
        return sorted(templates, key=lambda each: -each.words)

    def find(self, text: str, value: Callable[[str, str], str]) -> str | None:
        """Return a text in translation, with each value as `value` tells it; None if nobody knows it."""
        if "{" not in text and text in self.messages:
            return self.messages[text]
        for template in self.templates:
            if template.literal in text and (found := template.pattern.fullmatch(text)):
                values = {name: value(name, given) for name, given in found.groupdict().items()}
                return self.messages[template.message].format(**values)
        return None


class Retelling:
    """Retells texts by a catalogue of templates.

    Parameters
    ----------
    sentences, phrases : mapping of str to str
        English template to its translation; without names in braces it stands for itself. A phrase is met
        within a sentence only.
    """

    def __init__(self, sentences: Mapping[str, str], phrases: Mapping[str, str]) -> None:
        self._sentences, self._phrases = _Catalogue(sentences), _Catalogue(phrases)
        self._line = functools.lru_cache(maxsize=4096)(self._retold_line)

    def __call__(self, text: str) -> str:
        """Return a text of one or more lines, as far as it is known."""
        return "\n".join(self._line(line) for line in text.split("\n"))

    def _retold_line(self, line: str) -> str:
        if not line or line.startswith(" ") or len(line) > _MAX_LINE:
            return line
        return self._sentence(line) or self._by_sentences(line) or self._with_aspects(line)

    def _sentence(self, text: str) -> str | None:
        return self._sentences.find(text, self._value)

    def _value(self, name: str, value: str) -> str:
        """Retell a value; where a sentence stands within another it has lost its full stop."""
        if name in _FOREIGN:
            return value
        bare = value.removesuffix(".")
        stop = value[len(bare) :]
        if told := self._phrases.find(value, self._value) or self._sentence(value):
            return told
        if told := self._sentence(bare):
            return told + stop
        whole = self._line(f"{bare}.")
        return whole.removesuffix(".") + stop if whole != f"{bare}." else value

    def _by_sentences(self, line: str) -> str | None:
        """Retell the first sentences that are an entry together, then the rest."""
        for end in reversed(list(_END.finditer(line))):
            if known := self._sentence(line[: end.start()]):
                return f"{known} {self._line(line[end.end() :])}"
        first = _END.search(line)
        return f"{line[: first.end()]}{self._line(line[first.end() :])}" if first else None

    def _with_aspects(self, line: str) -> str:
        found = _ASPECTS.fullmatch(line)
        return found[1] + self._line(found[2]) if found else line


def _template(message: str) -> _Template:
    pieces = [(text, name) for text, name, _, _ in string.Formatter().parse(message)]
    named: set[str] = set()
    pattern = ""
    for text, name in pieces:
        pattern += re.escape(text)
        if name:
            pattern += f"(?P={name})" if name in named else _field(name)
            named.add(name)
    own = [text for text, _ in pieces]
    return _Template(re.compile(pattern), max(own, key=len), len("".join(own)), message)


def _field(name: str) -> str:
    inner = "." if name in _SENTENCES else _ALPHABETS.get(name, r"(?!\. ).")
    return f"(?P<{name}>(?:{inner})+?)"
