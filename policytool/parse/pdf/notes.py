"""Footnotes: small lines at the foot of a page that begin with a number, and the raised numbers that cite them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from policytool.parse.pdf.sheet import Line, Word

_SMALL = 0.9
_NUMBER = re.compile(r"(\d{1,3}|[*†‡§])(?=\D|$)")


@dataclass(slots=True)
class Notes:
    """The footnotes of a document by their names: the number, with the page where it was used before."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    names: dict[tuple[int, str], str] = field(default_factory=dict)

    def begin(self, number: str, line: Line, cited: int) -> None:
        """Begin a footnote, cited on a page."""
        name = number if number not in self.lines else f"{number}.{cited}"
        self.names.setdefault((cited, number), name)
        self.lines.setdefault(name, []).append(line)


def without_notes(pages: list[list[Line]], body: float) -> tuple[list[list[Line]], Notes]:
    """The lines of the text, and the footnotes, for which a raised number stands on their page, or the one before."""
    notes = Notes()
    made, waiting = [], dict[str, int]()
    for page in pages:
        cited = waiting | {number: line.page for line in page for number in _raised(line)}
        made.append(_apart(page, body, cited, notes))
        here = page[0].page if page else 0
        waiting = {number: at for number, at in cited.items() if at == here and (at, number) not in notes.names}
    return made, notes


def _apart(page: list[Line], body: float, cited: Mapping[str, int], notes: Notes) -> list[Line]:
    start = _first(page, body, cited)
    last = ""
    for line in page[start:]:
        found = _NUMBER.match(line.text)
        if found and found[0] in cited and (cited[found[0]], found[0]) not in notes.names:
            last = found[0]
            notes.begin(last, _after(line, len(last)), cited[last])
        else:
            notes.lines[notes.names[cited[last], last]].append(line)
    return page[:start]


def _first(page: list[Line], body: float, cited: Mapping[str, int]) -> int:
    """The index of the first line of the footnotes: all after it are small, and it begins with a cited number."""
    first = len(page)
    for index in range(len(page) - 1, -1, -1):
        line = page[index]
        if line.size > _SMALL * body or (index + 1 < len(page) and line.base < page[index + 1].base):
            break
        found = _NUMBER.match(line.text)
        if found and found[0] in cited:
            first = index
    return first


def with_marks(line: Line, names: Mapping[tuple[int, str], str]) -> Line:
    """A line whose raised numbers name the footnotes that they cite."""
    words = [
        replace(word, note=names.get((line.page, word.text), ""))
        if index and is_mark(word, line.words[index - 1])
        else word
        for index, word in enumerate(line.words)
    ]
    return replace(line, words=tuple(words))


def _raised(line: Line) -> Iterable[str]:
    return (word.text for index, word in enumerate(line.words) if index and is_mark(word, line.words[index - 1]))


def is_mark(word: Word, before: Word) -> bool:
    """Whether a word is a raised number after another word."""
    small = word.look.size < _SMALL * before.look.size or word.base > before.base + 0.15 * before.look.size
    return small and word.base > before.base + 1 and bool(_NUMBER.fullmatch(word.text))


def _after(line: Line, taken: int) -> Line:
    """A line without its number; with it, where nothing else is in it."""
    first = line.words[0]
    rest = [replace(first, text=first.text[taken:])] if len(first.text) > taken else []
    words = (*rest, *line.words[1:])
    return replace(line, words=(replace(words[0], glued=False), *words[1:])) if words else line
