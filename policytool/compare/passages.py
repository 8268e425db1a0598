"""Policy -> passages: its blocks with words of their own, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

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

_KINDS: dict[type[Block], PassageKind] = {
    Section: "section",
    Clause: "clause",
    Item: "item",
    Bullet: "bullet",
    Paragraph: "paragraph",
}
# A number typed by hand, in a text that was read leniently: "4.2 ", "3. ", "(b) ", "Article 5: ".
_TYPED = re.compile(r"(?:(?:section|clause|article|part)\s+)?(\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.):]?)(?<![a-z])\s+")
_GAP: Inlines = (Text(" | "),)


def passages(policy: Policy, *, typed_numbers: bool = False) -> tuple[Passage, ...]:
    """The passages of a policy, those of its footnotes last.

    With `typed_numbers`, a number typed at the start of a heading or paragraph is taken for its number and not for its
    words.
    """
    reading = _Reading(typed_numbers)
    reading.blocks(policy.blocks, _Place(-1, 0))
    for footnote in policy.footnotes:
        reading.blocks(footnote.blocks, _Place(-1, 0, footnote=True))
    return tuple(reading.found)


@dataclass(frozen=True, slots=True)
class _Place:
    """What a run of blocks stands under: the order of its passage, how deep, and in what."""

    parent: int
    depth: int
    quoted: bool = False
    footnote: bool = False


@dataclass(slots=True)
class _Reading:
    typed_numbers: bool
    found: list[Passage] = field(default_factory=list)

    def blocks(self, blocks: Blocks, place: _Place) -> None:
        for block in blocks:
            if isinstance(block, Table):
                self._table(block, place)
            elif isinstance(block, Quote):
                self.blocks(block.blocks, _Place(place.parent, place.depth, quoted=True, footnote=place.footnote))
            elif isinstance(block, Preformatted):
                self._add("preformatted", (Text(block.text),), block, place)
            elif isinstance(block, Section | Clause | Item | Bullet | Paragraph):
                self._words(block, place)

    def _words(self, block: Section | Clause | Item | Bullet | Paragraph, place: _Place) -> None:
        words = block.title if isinstance(block, Section) else block.text
        order = len(self.found)
        self._add("footnote" if place.footnote else _KINDS[type(block)], words, block, place)
        if not isinstance(block, Paragraph) and block.blocks:
            self.blocks(block.blocks, _Place(order, place.depth + 1, place.quoted, place.footnote))

    def _table(self, table: Table, place: _Place) -> None:
        for index, row in enumerate((table.header, *table.rows)):
            joined = tuple(inline for cell in row for inline in (*_GAP, *cell))[1:]
            self._add("row" if index else "header", joined, table, place, row)

    def _add(
        self, kind: PassageKind, words: Inlines, block: Block, place: _Place, cells: tuple[Inlines, ...] = ()
    ) -> None:
        number = block.number if isinstance(block, Section | Clause | Item) else None
        marker = number.marker if number else ""
        if self.typed_numbers and kind in ("section", "paragraph", "clause"):
            marker, words = _typed(words, marker)
        self.found.append(
            Passage(
                kind,
                len(self.found),
                place.depth,
                words,
                marker,
                number,
                getattr(block, "label", ""),
                place.parent,
                place.quoted,
                cells,
                block.position,
            )
        )


def _typed(words: Inlines, marker: str) -> tuple[str, Inlines]:
    """A number typed at the start of the words, and the words without it."""
    first = words[0] if words else None
    match = _TYPED.match(first.text) if isinstance(first, Text) else None
    if match is None or not isinstance(first, Text):
        return marker, words
    rest = first.text[match.end() :]
    return match[1], ((Text(rest, ((0, first.position(match.end())),)), *words[1:]) if rest else words[1:])
