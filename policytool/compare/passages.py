"""Policy -> passages: its blocks with words of their own, in reading order."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from policytool.model.block import (
    Block,
    Blocks,
    Bullet,
    Clause,
    Item,
    Paragraph,
    Preformatted,
    Quote,
    Section,
    Table,
)
from policytool.model.comparison import Passage, PassageKind
from policytool.model.inline import Inlines, Text
from policytool.model.policy import Policy

_Worded: TypeAlias = Section | Clause | Item | Bullet | Paragraph | Table | Preformatted
_KINDS: dict[type[Block], PassageKind] = {
    Section: "section",
    Clause: "clause",
    Item: "item",
    Bullet: "bullet",
    Paragraph: "paragraph",
}
_NUMBERED = (Clause, Section, Item)
_FLOWING = (*_NUMBERED, Bullet, Paragraph)
# A number typed by hand, in a text that was read leniently: "4.2 ", "3. ", "(b) ", "Article 5: ".
_TYPED = re.compile(r"(?:(?:section|clause|article|part)\s+)?(\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.):]?)(?<![a-z])\s+")
_GAP: Inlines = (Text(" | "),)


def passages(policy: Policy, *, typed_numbers: bool = False) -> tuple[Passage, ...]:
    """The passages of a policy, those of its footnotes last.

    With `typed_numbers`, a number typed at the start of a heading or paragraph is taken for its number and not for its
    words.
    """
    reading = _Reading(typed_numbers=typed_numbers)
    reading.blocks(policy.blocks, _Place(-1, 0))
    for footnote in policy.footnotes:
        reading.blocks(footnote.blocks, _Place(-1, 0, footnote=True))
    return tuple(reading.found)


class _Place(NamedTuple):
    """What a run of blocks stands under: the order of its passage, how deep, and in what."""

    parent: int
    depth: int
    quoted: bool = False
    footnote: bool = False


class _Reading:
    def __init__(self, *, typed_numbers: bool) -> None:
        self.typed_numbers = typed_numbers
        self.found: list[Passage] = []

    def blocks(self, blocks: Blocks, place: _Place) -> None:
        for block in blocks:
            if isinstance(block, _FLOWING):
                self._words(block, place)
            elif isinstance(block, Table):
                self._table(block, place)
            elif isinstance(block, Quote):
                self.blocks(block.blocks, place._replace(quoted=True))
            elif isinstance(block, Preformatted):
                self._add("preformatted", (Text(block.text),), block, place)

    def _words(self, block: Section | Clause | Item | Bullet | Paragraph, place: _Place) -> None:
        words = block.title if isinstance(block, Section) else block.text
        order = len(self.found)
        self._add("footnote" if place.footnote else _KINDS[type(block)], words, block, place)
        if not isinstance(block, Paragraph) and block.blocks:
            self.blocks(block.blocks, place._replace(parent=order, depth=place.depth + 1))

    def _table(self, table: Table, place: _Place) -> None:
        for index, row in enumerate((table.header, *table.rows)):
            joined = tuple(inline for cell in row for inline in (*_GAP, *cell))[1:]
            self._add("row" if index else "header", joined, table, place, row)

    def _add(
        self, kind: PassageKind, words: Inlines, block: _Worded, place: _Place, cells: tuple[Inlines, ...] = ()
    ) -> None:
        number = block.number if isinstance(block, _NUMBERED) else None
        marker = number.marker if number else ""
        if self.typed_numbers and kind in ("section", "paragraph", "clause"):
            marker, words = _typed(words, marker)
        parent, depth, quoted, _ = place
        order, label, position = len(self.found), block.label, block.position
        self.found.append(Passage(kind, order, depth, words, marker, number, label, parent, quoted, cells, position))


def _typed(words: Inlines, marker: str) -> tuple[str, Inlines]:
    """A number typed at the start of the words, and the words without it."""
    first = words[0] if words else None
    match = _TYPED.match(first.text) if isinstance(first, Text) else None
    if match is None or not isinstance(first, Text):
        return marker, words
    rest = first.text[match.end() :]
    return match[1], ((Text(rest, ((0, first.position(match.end())),)), *words[1:]) if rest else words[1:])
