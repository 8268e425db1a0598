"""A policy with its words cut where the spans of a comparison begin and end, so that each span can be found as written.

A cut is an inline that prints nothing. References, links and code are never cut in two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from policytool.model.block import (
    Block,
    Blocks,
    Bullet,
    Clause,
    Item,
    Paragraph,
    Preformatted,
    Quote,
    Row,
    Section,
    Table,
)
from policytool.model.comparison import Comparison, Passage
from policytool.model.inline import Code, Emphasis, Inline, Inlines, Link, Numeral, Reference, Strong, Text
from policytool.render.word.words import CUT

_BETWEEN = 1  # the blank between passages that are compared as one
_GAP = 3  # the bar between the cells of a row

Cuts = Mapping[int, Sequence[int]]
"""By the order of a passage: how far into its words the cuts stand."""


def cuts_of(comparison: Comparison) -> tuple[Cuts, Cuts]:
    """Where the words of the old wording and of the new are cut."""
    old: defaultdict[int, list[int]] = defaultdict(list)
    new: defaultdict[int, list[int]] = defaultdict(list)
    for change in comparison.changes:
        if change.old and change.new and len(change.spans) > 1:
            _share(old, change.old, [size(span.old) for span in change.spans])
            _share(new, change.new, [size(span.new) for span in change.spans])
    return old, new


def _share(found: dict[int, list[int]], passages: Sequence[Passage], sizes: Sequence[int]) -> None:
    """The ends of spans that run through several passages, each given to the passage it stands in."""
    ends = list(accumulate(sizes))[:-1]
    start = taken = 0
    for passage in passages:
        length, last = size(passage.words), passage is passages[-1]
        while taken < len(ends) and (last or ends[taken] <= start + length):
            found[passage.order].append(ends[taken] - start)
            taken += 1
        start += length + _BETWEEN


def size(words: Inlines) -> int:
    """How long the words are where comparisons count: what has no words of its own counts one."""
    return sum(_size(inline) for inline in words)


def _size(inline: Inline) -> int:
    if isinstance(inline, Text | Code | Numeral):
        return len(inline.text)
    if isinstance(inline, Emphasis | Strong | Link | Reference):
        return size(inline.children) or int(isinstance(inline, Reference))
    return 1


def cut_blocks(blocks: Blocks, cuts: Cuts) -> Blocks:
    """The same blocks, the words of their passages cut."""
    return _Cutting(cuts).blocks(blocks) if cuts else blocks


class _Cutting:
    """Walks as passages are counted: see `policytool.model.comparison.Passage.order`."""

    def __init__(self, cuts: Cuts) -> None:
        self._cuts = cuts
        self._order = 0

    def blocks(self, blocks: Blocks) -> Blocks:
        made = tuple(self._block(block) for block in blocks)
        return made if any(one is not other for one, other in zip(made, blocks, strict=True)) else blocks

    def _block(self, block: Block) -> Block:
        if isinstance(block, Section | Clause | Item | Bullet):
            return self._parent(block)
        if isinstance(block, Quote):
            inner = self.blocks(block.blocks)
            return block if inner is block.blocks else replace(block, blocks=inner)
        if isinstance(block, Paragraph):
            words = self._words(block.text)
            return block if words is block.text else replace(block, text=words)
        if isinstance(block, Table):
            return self._table(block)
        self._order += isinstance(block, Preformatted)
        return block

    def _parent(self, block: Section | Clause | Item | Bullet) -> Block:
        own = block.title if isinstance(block, Section) else block.text
        words, inner = self._words(own), self.blocks(block.blocks)
        if words is own and inner is block.blocks:
            return block
        if isinstance(block, Section):
            return replace(block, title=words, blocks=inner)
        return replace(block, text=words, blocks=inner)

    def _words(self, words: Inlines) -> Inlines:
        places = self._next()
        return cut(words, places) if places else words

    def _next(self) -> Sequence[int]:
        self._order += 1
        return self._cuts.get(self._order - 1, ())

    def _table(self, table: Table) -> Table:
        header, *rows = [_cut_row(row, self._next()) for row in (table.header, *table.rows)]
        return replace(table, header=header, rows=tuple(rows))


def _cut_row(row: Row, places: Sequence[int]) -> Row:
    made, start, taken = [], 0, 0
    for cell in row:
        length, own = size(cell), []
        while taken < len(places) and places[taken] <= start + length:
            own.append(max(places[taken] - start, 0))
            taken += 1
        made.append(cut(cell, own))
        start += length + _GAP
    return tuple(made)


def cut(words: Inlines, places: Sequence[int]) -> Inlines:
    """The words with a cut at each of these places, which rise."""
    cutting = _Words(places)
    return (*cutting.cut(words), *cutting.rest())


class _Words:
    def __init__(self, places: Sequence[int]) -> None:
        self._left = [*reversed(places)]
        self._at = 0

    def cut(self, words: Inlines) -> Iterator[Inline]:
        for inline in words:
            if isinstance(inline, Text):
                yield from self._text(inline.text)
            elif isinstance(inline, Emphasis | Strong):
                yield replace(inline, children=tuple(self.cut(inline.children)))
            else:
                yield from self._due(self._at + 1)
                self._at += _size(inline)
                yield inline

    def rest(self) -> Iterator[Inline]:
        return (CUT for _ in self._left)

    def _due(self, end: int) -> Iterator[Inline]:
        while self._left and self._left[-1] < end:
            self._left.pop()
            yield CUT

    def _text(self, text: str) -> Iterator[Inline]:
        start, end = 0, self._at + len(text)
        while self._left and self._left[-1] < end:
            at = max(self._left[-1] - self._at, start)
            if at > start:
                yield Text(text[start:at])
            yield from self._due(self._at + at + 1)
            start = at
        yield Text(text[start:])
        self._at = end
