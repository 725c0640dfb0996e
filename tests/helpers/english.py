"""English that is left on a page which should speak another language."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_VOID = {"meta", "img", "br", "hr", "link", "input", "col"}
_APART = {
    "code": "names and code",
    "pre": "what a student typed, and numbers",
    "style": "no text",
    "math": "formulas",
    "title": "the assignment's title, or what an aria-label says",
    "h1": "the assignment's title, in its author's words",
    "bdi": "names of students",
}
"""Elements with words that are not ours, and why."""
_GIVEN = "prose"
"""The class of released text, which is its author's."""

_SENTENCE = re.compile(r"[A-Za-z]+(?: [A-Za-z']+){2,}")
_OTHERS = re.compile(r"예외(?:가 났습니다|로 끝났습니다): .*|아직 풀지 않음: .*|[A-Z]\w*Error: .*")
"""Where Python, the student or the author of a stub is quoted: to the end of the line."""


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag, attrs):
        """Note an element, and keep what is read aloud of it."""
        given = dict(attrs)
        is_apart = tag in _APART or _GIVEN in (given.get("class") or "").split()
        self.texts += [given[name] for name in ("aria-label", "alt", "title") if given.get(name)]
        if tag not in _VOID:
            self._open.append((tag, is_apart))

    def handle_endtag(self, tag):
        """Leave an element."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        """Keep a piece of text that is ours."""
        if not any(is_apart for _, is_apart in self._open):
            self.texts.append(data)


def english_in(html: str) -> set[str]:
    """Return runs of three English words and more that stand on a page as words of ours."""
    parser = _Texts()
    parser.feed(html)
    return {found for text in parser.texts for found in english_in_text(text)}


def english_in_text(text: str) -> set[str]:
    """Return the same of plain text."""
    return {match[0] for line in text.splitlines() for match in _SENTENCE.finditer(_OTHERS.sub("", line))}
