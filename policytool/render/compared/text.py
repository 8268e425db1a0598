"""Comparison -> lines for a terminal, or for a pipe: what matters first, then each edit.

What was taken out stands in [-…-] and what was added in {+…+}, with colour and without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby
from typing import NamedTuple

from policytool.model.comparison import Change, Comparison, Mark
from policytool.render.compared import words
from policytool.render.compared.fields import field_line
from policytool.render.compared.flags import flags, matters
from policytool.render.compared.mentions import landing_line, number_lines, ripple_line
from policytool.render.compared.sides import Runs, Sides
from policytool.render.edition import Edition
from policytool.render.terminal import BOLD, PLAIN, printable

NARROWEST = 30
INDENT = "   "
AROUND = 8
"""How many unchanged words stand on each side of an edit, where there are many more."""
ELIDED = "…"

_CODES = {Mark.DELETED: "\x1b[31;9m", Mark.INSERTED: "\x1b[32;4m"}
_SIGNS = {Mark.DELETED: ("[-", "-]"), Mark.INSERTED: ("{+", "+}")}
_BLANKS = re.compile(r"[\s\u200b]+")


class _Word(NamedTuple):
    """What no line may break: pieces of text, each with its mark."""

    pieces: tuple[tuple[str, Mark], ...]

    @property
    def length(self) -> int:
        """How many columns it takes."""
        return sum(len(text) for text, _ in self.pieces)

    @property
    def is_same(self) -> bool:
        """Whether nothing in it is marked."""
        return all(mark is Mark.SAME for _, mark in self.pieces)


def text(comparison: Comparison, old: Edition, new: Edition, *, colour: bool, width: int = 80) -> Iterator[str]:
    """The comparison line by line, each at most `width` characters long where its words allow."""
    page = _Page(Sides(comparison, old, new), colour, max(width, NARROWEST))
    yield from page.top()
    if comparison.differs:
        yield from page.matters()
        yield from page.changes()
        yield from page.lists()


class _Page:
    def __init__(self, sides: Sides, colour: bool, width: int) -> None:  # noqa: FBT001 -- of this module alone
        self.sides, self.colour, self.width = sides, colour, width
        self.comparison = sides.comparison

    def top(self) -> Iterator[str]:
        """Title, versions, summary."""
        yield from self.bold(words.title(self.comparison))
        yield from self.plain(words.versions(self.comparison), "")
        yield ""
        yield from self.plain(words.summary(self.comparison), "")

    def matters(self) -> Iterator[str]:
        """The flags, each with where it was raised, and the references that went astray."""
        lines = [f"{where}: {flag}." for _, where, flag in matters(self.sides)]
        yield from self.listed(words.LANDINGS, [landing_line(one, self.sides) for one in self.comparison.landings])
        yield from self.listed(words.MATTERS, lines)

    def changes(self) -> Iterator[str]:
        """Every edit in reading order, and what came in or went with it; none of texts without anything in common."""
        told = () if self.comparison.unrelated else self.comparison.told
        if told:
            yield ""
            yield from self.bold(words.CHANGES)
        numbers = count(1)
        for change in told:
            yield ""
            yield from self.change(f"{next(numbers)}. " if change.is_edit else INDENT, change)

    def change(self, first: str, change: Change) -> Iterator[str]:
        """Its heading, what is to be said of it, and its words."""
        yield from self.bold(words.heading(change, self.sides), INDENT, first)
        remark = words.remark(change)
        said = [*(flag for _, flag in flags(change, self.sides)), *([remark] if remark else [])]
        for line in said:
            yield from self.plain(f"! {line}" if line != remark else line, INDENT, INDENT + "  ")
        parts = self.sides.shown(change)
        for passage, runs in parts:
            shown = [_plain(printable(passage.citation))] if len(parts) > 1 and passage.citation else []
            yield from self.wrapped([*shown, *_elided(_words(self.sides, runs))], INDENT, INDENT)

    def lists(self) -> Iterator[str]:
        """Renumbering, fields, and who cites what changed."""
        yield from self.listed(words.RENUMBERED, number_lines(self.comparison))
        yield from self.listed(words.FIELDS, [field_line(one, self.sides) for one in self.comparison.fields])
        ripples = [ripple_line(one, self.sides) for one in self.comparison.ripples]
        yield from self.listed(f"{words.RIPPLES}: {words.RIPPLES_WHY[0].lower()}{words.RIPPLES_WHY[1:-1]}", ripples)

    def listed(self, heading: str, lines: Sequence[str]) -> Iterator[str]:
        """A heading and its lines; nothing where there are none."""
        if lines:
            yield ""
            yield from self.bold(heading)
        for line in lines:
            yield from self.plain(line, " - ", INDENT)

    def bold(self, heading: str, then: str = "", first: str = "") -> Iterator[str]:
        """A heading, wrapped."""
        for line in self.plain(heading, first, then):
            yield f"{BOLD}{line}{PLAIN}" if self.colour else line

    def plain(self, line: str, first: str, then: str = "") -> Iterator[str]:
        """Words without marks, wrapped."""
        return self.wrapped([_plain(word) for word in printable(line).split()], first, then)

    def wrapped(self, found: Sequence[_Word], first: str, then: str) -> Iterator[str]:
        """Words in lines, with an indent."""
        line: list[_Word] = []
        used = len(first)
        for word in found:
            if line and used + word.length + len(line) > self.width:
                yield first + self.painted(line)
                first, line, used = then, [], len(then)
            line.append(word)
            used += word.length
        if line:
            yield first + self.painted(line)

    def painted(self, line: Iterable[_Word]) -> str:
        """The words of one line, each piece in the colour of its mark."""
        return " ".join("".join(self.piece(*piece) for piece in word.pieces) for word in line)

    def piece(self, text: str, mark: Mark) -> str:
        """A piece of a word in the colour of its mark."""
        return f"{_CODES[mark]}{text}{PLAIN}" if self.colour and mark in _CODES else text


def _plain(word: str) -> _Word:
    return _Word(((word, Mark.SAME),))


def _words(sides: Sides, runs: Runs) -> list[_Word]:
    """The words of runs, with signs around what is marked. Blanks at the ends of a run stand outside its signs."""
    words: list[list[tuple[str, Mark]]] = [[]]
    for text, mark in _marked(sides, runs):
        for index, part in enumerate(text.split(" ")):
            if index:
                words.append([])
            if part:
                words[-1].append((part, mark))
    return [_Word(tuple(word)) for word in words if word]


def _marked(sides: Sides, runs: Runs) -> Iterator[tuple[str, Mark]]:
    for run in runs:
        text = printable(_BLANKS.sub(" ", sides.said(run)))
        if run.mark is Mark.SAME or not text.strip():
            yield text, Mark.SAME
        else:
            opening, closing = _SIGNS[run.mark]
            yield f"{opening}{text}{closing}", run.mark


def _elided(found: Sequence[_Word]) -> Iterator[_Word]:
    """The words without the middle of long stretches that are the same."""
    start = 0
    for is_same, group in groupby(found, key=lambda word: word.is_same):
        stretch = list(group)
        start += len(stretch)
        yield from _shortened(stretch, last=start == len(found)) if is_same else stretch


def _shortened(stretch: Sequence[_Word], *, last: bool) -> Iterator[_Word]:
    if len(stretch) <= 3 * AROUND:
        yield from stretch
        return
    yield from stretch[:AROUND]
    yield _plain(ELIDED)
    if not last:
        yield from stretch[-AROUND:]
