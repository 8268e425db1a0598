"""The words of a policy cut where the spans of a comparison begin and end, so that each span can be found as written.

A cut is an inline that prints nothing. References, links and code are never cut in two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from policytool.model.block import Row
from policytool.model.comparison import Comparison, Passage
from policytool.model.inline import (
    Code,
    Emphasis,
    FootnoteMark,
    Inline,
    Inlines,
    Link,
    Numeral,
    Reference,
    Strong,
    Text,
    descend,
)
from policytool.render.word.story import Wording
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


class Cutting(Wording):
    """The words of one text, cut. `said` are those of each passage as they were before; a row of a table says none."""

    def __init__(self, cuts: Cuts) -> None:
        self.said: list[Inlines] = []
        self._cuts = cuts

    def words(self, words: Inlines) -> Inlines:
        """Of the next passage."""
        places = self._next(words)
        return cut(words, places) if places else words

    def row(self, row: Row) -> Row:
        """Of the next passage, which is a row of a table."""
        places = self._next(())
        return _cut_row(row, places) if places else row

    def _next(self, words: Inlines) -> Sequence[int]:
        self.said.append(words)
        return self._cuts.get(len(self.said) - 1, ())


class Sparing(Cutting):
    """The words of the old text, without those that the new one has in their place: `spared` are their passages.

    `stays` are the pairs of passages that stand in one order in both, `now` is what each of the new ones says.
    """

    def __init__(self, cuts: Cuts, stays: Mapping[int, int], now: Sequence[Inlines]) -> None:
        super().__init__(cuts)
        self.spared: set[int] = set()
        self._stays, self._now = stays, now

    def words(self, words: Inlines) -> Inlines:
        """Of the next passage."""
        written, order = super().words(words), len(self.said) - 1
        if order not in self._stays or words != self._now[self._stays[order]] or not _is_plain(words):
            return written
        self.spared.add(order)
        return ()


def _is_plain(words: Inlines) -> bool:
    """Whether the words are written alike wherever they stand."""
    return not any(isinstance(inline, Reference | FootnoteMark) for inline in descend(words))


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
