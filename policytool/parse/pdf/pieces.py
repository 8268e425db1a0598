"""Paragraphs and tables -> pieces: markers taken off, headings told by the outline, by size, or by weight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from policytool.model.inline import plain
from policytool.model.piece import Piece, Place
from policytool.parse.markers import BULLETS, marker
from policytool.parse.pdf.sheet import Line, Word
from policytool.parse.pdf.tables import LETTERED, Grid
from policytool.parse.pdf.words import Spelling, inlines, joined, said

_LARGER = 1.08
_LONGEST_HEADING = 200
_LONGEST_BOLD = 100
_DEEPEST = 6
_TAB, _FAR = 0.9, 6.0
"""From how many times the size on, and up to how many, a blank was set by a tab."""
_BARE = re.compile(r"\d{1,2}|[A-Z]")
_SENTENCE = (".", ";", ",", ":")


@dataclass(frozen=True, slots=True)
class Looks:
    """What headings look like in a document: the levels of its outline, and of its sizes."""

    outline: Mapping[str, int]
    body: float
    levels: Mapping[float, int]

    def heading(self, text: str, size: float, *, bold: bool) -> int:
        """The level of words that stand by themselves, 0 where they are no heading.

        An outline may list numbered clauses too: a sentence, or a part of one, that looks like the text is none.
        """
        loud = bold or size > _LARGER * self.body
        level = self.outline.get(said(text), 0)
        if level and (loud or _may_head(text)):
            return min(level, _DEEPEST)
        if len(text) > _LONGEST_HEADING or not any(map(str.isalpha, text)):
            return 0
        if size in self.levels:
            return self.levels[size]
        short = bold and len(text) <= _LONGEST_BOLD and not text.endswith(_SENTENCE) and size > 0.9 * self.body
        return min(len(self.levels) + 1, _DEEPEST) if short else 0


def _may_head(text: str) -> bool:
    return next((sign.isupper() for sign in text if sign.isalpha()), True) and not text.endswith(_SENTENCE)


def looks(outline: Mapping[str, int], lines: Iterable[Line]) -> Looks:
    """The looks of a document: its text is what most letters are; what is larger and not at length is a heading."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    body = letters.most_common(1)[0][0] if letters else 0.0
    larger = sorted((size for size in letters if size > _LARGER * body), reverse=True)
    levels: dict[float, int] = {}
    level, last = 0, 0.0
    for size in larger:
        level += not last or last - size > 0.5  # noqa: PLR2004 - points
        levels[size], last = min(level, _DEEPEST), size
    return Looks(outline, body, levels)


def pieces(things: Iterable[list[Line] | Grid], look: Looks, known: Spelling, margin: float) -> list[Piece]:
    """The pieces of a document. `margin` is where its text begins, in points from the left edge."""
    return [
        _table(thing, known) if isinstance(thing, Grid) else _paragraph(thing, look, known, margin) for thing in things
    ]


def _place(line: Line) -> Place:
    return Place(line.number, "line", line.page)


def _table(grid: Grid, known: Spelling) -> Piece:
    rows = tuple(tuple(inlines(joined(list(cell), known)) for cell in row) for row in grid.rows)
    return Piece((), _place(grid.first), rows=rows, size=grid.first.size)


def _paragraph(lines: list[Line], look: Looks, known: Spelling, margin: float) -> Piece:
    words = joined(lines, known)
    sign, rest = _apart(words)
    bold = _all_bold(rest or words)
    said_words = inlines(rest, all_bold=bold)
    size = lines[0].size
    made = Piece(
        said_words, _place(lines[0]), sign, bold=bold, indent=round(max(0.0, lines[0].left - margin), 1), size=size
    )
    whole = f"{sign} {plain(said_words)}".strip()
    if not rest or (sign and sign in BULLETS):
        return made
    level = look.heading(whole, size, bold=bold) or look.heading(plain(said_words), size, bold=bold)
    made = replace(made, heading=level)
    return made if sign or not level else _numbered(made, rest)


def _numbered(heading: Piece, words: list[Word]) -> Piece:
    """A heading, its number taken off where it is bare: "2 Purpose". In a text it might be a quantity."""
    if len(words) > 1 and _BARE.fullmatch(words[0].text) and words[1].text[:1].isupper() and not words[1].glued:
        return replace(
            heading, marker=words[0].text, words=inlines(_after(words, len(words[0].text) + 1), all_bold=heading.bold)
        )
    return heading


def _all_bold(words: list[Word]) -> bool:
    letters = [word for word in words if any(map(str.isalnum, word.text))]
    return bool(letters) and all(word.look.bold for word in letters)


def _apart(words: list[Word]) -> tuple[str, list[Word]]:
    """The marker of a paragraph, and its words without it."""
    text = "".join(word.text if word.glued else f" {word.text}" for word in words)
    blank = len(text) - len(text.lstrip())
    if len(words) > 1 and not words[1].glued and _TAB < (words[1].left - words[0].right) / words[0].look.size < _FAR:
        text = text.replace(f"{words[0].text} ", f"{words[0].text}\t", 1)
    sign, taken = marker(text.lstrip())
    if not sign and len(words) > 1 and LETTERED.fullmatch(words[0].text) and not words[1].glued:
        sign, taken = words[0].text, len(words[0].text) + 1
    if not sign and text.strip() in BULLETS:
        return text.strip(), []
    if not taken:
        return "", words
    return sign, _after(words, taken + blank)


def _after(words: list[Word], taken: int) -> list[Word]:
    at, rest = 0, list[Word]()
    for word in words:
        start = at + (not word.glued)
        at = start + len(word.text)
        if start >= taken:
            rest.append(word)
        elif at > taken:
            rest.append(replace(word, text=word.text[taken - start :], glued=False))
    return [replace(rest[0], glued=False), *rest[1:]] if rest else []
