"""Which paragraphs and tables stay where they are: those that stand in one order in both texts and that nobody moved.

This is told from the comparison and the blocks, before either text is written.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from policytool.model.comparison import ChangeKind, Comparison, Passage
from policytool.render.word.numbering import level_of
from policytool.render.word.tracked.units import Outline

_MOVED = (ChangeKind.MOVED, ChangeKind.MOVED_AND_REWORDED)


def rising(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of these pairs that stand in one order on both sides (a longest increasing subsequence)."""
    ordered = sorted(pairs)
    ends: list[int] = []
    places: list[int] = []
    before = [-1] * len(ordered)
    for index, (_, new) in enumerate(ordered):
        at = bisect_left(ends, new)
        before[index] = places[at - 1] if at else -1
        ends[at : at + 1] = [new]
        places[at : at + 1] = [index]
    chosen = []
    index = places[-1] if places else -1
    while index >= 0:
        chosen.append(ordered[index])
        index = before[index]
    return chosen[::-1]


def _pairs_of(comparison: Comparison) -> dict[int, int]:
    """Old passage to new, by their orders; what was split to its first part, what was merged from its first."""
    return {change.old[0].order: change.new[0].order for change in comparison.changes if change.old and change.new}


class Stays:
    """What stays, by places in the two texts: `in_place` is where the unit at a place of the old one is in the new.

    `words` is which paragraph became which, wherever it stands; `old_at` and `new_at` are the places of passages,
    `pairs` is which of those became which.
    """

    def __init__(self, comparison: Comparison, olds: Sequence[Outline], news: Sequence[Outline]) -> None:
        self._changes, self._olds, self._news = comparison.changes, olds, news
        self.old_at, self.new_at = _places(olds), _places(news)
        self.pairs = _pairs_of(comparison)
        self._became = [
            (self.old_at[old], self.new_at[new])
            for old, new in self.pairs.items()
            if old in self.old_at and new in self.new_at
        ]
        self.words = {old: new for old, new in self._became if not (olds[old].columns or news[new].columns)}
        self.in_place = self._in_place()

    def _in_place(self) -> dict[int, int]:
        moved = self._moved()
        staying = [(old, new) for old, new in self.words.items() if new not in moved]
        found = dict(rising([*staying, *self._tables()]))
        spaces = {old + 1: new + 1 for old, new in found.items() if self._olds[old].columns}
        return found | spaces | self._front()

    def _front(self) -> dict[int, int]:
        there = {outline.front: at for at, outline in enumerate(self._news) if outline.front}
        return {at: there[outline.front] for at, outline in enumerate(self._olds) if outline.front in there}

    def _moved(self) -> set[int]:
        """The new units that moved, by themselves or with what they stand under."""
        orders: set[int] = set()
        for change in self._changes:
            if not change.old or not change.new:
                continue
            old, new = change.old[0], change.new[0]
            with_parent = new.parent in orders and self.pairs.get(old.parent) == new.parent
            if change.kind in _MOVED or change.carried or with_parent:
                orders.add(new.order)
        return {self.new_at.get(order, -1) for order in orders}

    def _tables(self) -> Iterator[tuple[int, int]]:
        """Each old table and the new one that most of its rows are in, if the columns are as many."""
        votes = Counter(pair for pair in self._became if self._olds[pair[0]].columns and self._news[pair[1]].columns)
        olds: set[int] = set()
        news: set[int] = set()
        for (old, new), _ in votes.most_common():
            if old not in olds and new not in news and self._olds[old].columns == self._news[new].columns:
                olds.add(old)
                news.add(new)
                yield old, new

    def unchanged(self) -> dict[int, int]:
        """Old passage to new, for those that stay, and are counted by Word or numbered as they were."""
        return {
            old.order: new.order
            for change in self._changes
            if len(change.old) == len(change.new) == 1 and not change.spans
            for old, new in zip(change.old, change.new, strict=True)
            if self._stays(old, new) and (old.number == new.number or (_is_counted(old) and _is_counted(new)))
        }

    def _stays(self, old: Passage, new: Passage) -> bool:
        at, now = self.old_at.get(old.order), self.new_at.get(new.order)
        return at is not None and now is not None and self.in_place.get(at) == now


def _places(outlines: Sequence[Outline]) -> dict[int, int]:
    """Where each passage stands."""
    return {order: at for at, outline in enumerate(outlines) for order in outline.orders}


def _is_counted(passage: Passage) -> bool:
    """Whether no number of it is typed."""
    return passage.number is None or level_of(passage.number) is not None
