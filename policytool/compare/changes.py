"""Pairs -> changes: what became of each passage, in the reading order of the new wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from policytool.compare.matching import Pairs
from policytool.compare.order import backbone
from policytool.compare.said import Flat, Names
from policytool.compare.substance import Names as Substantive
from policytool.compare.substance import flags
from policytool.compare.words import spans
from policytool.model.comparison import Change, ChangeKind, Flag, Mark, Passage, Span
from policytool.model.inline import Inlines, Reference, Text, descend, plain

MOST_MOVED = 0.5
_BETWEEN = Text(" ")
REORDERED = "the list was put in another order"
FEWEST_SIBLINGS = 4


@dataclass(slots=True)
class Changes:
    """Makes the changes of one comparison."""

    pairs: Pairs
    splits: dict[int, tuple[int, ...]]
    merges: dict[int, tuple[int, ...]]
    names: Names
    policies: tuple[str, str]
    substantive: Substantive
    _moved: set[int] = field(default_factory=set)

    def all(self) -> list[Change]:
        """Every change once, deletions where they stood."""
        self._moved = self._off_the_backbone()
        made = self._in_new_order()
        deleted = self._deletions()
        ordered: list[Change] = list(deleted.get(-1, ()))
        for new in range(len(self.pairs.new)):
            change = made.get(new)
            if change:
                ordered.append(change)
            ordered += deleted.get(new, ())
        return _say_once(ordered)

    # Which moved

    def _off_the_backbone(self) -> set[int]:
        """The old passages that stand elsewhere now: out of order, or under something else."""
        kept = dict(backbone(self.pairs.to_new, lambda old: 1 + len(self.pairs.old.said[old])))
        moved = {old for old in self.pairs.to_new if old not in kept}
        return moved | {old for old, new in kept.items() if self._is_under_another(old, new)}

    def _is_under_another(self, old: int, new: int) -> bool:
        """Whether what it stood under is still there, and what it stands under now was there too, and is another."""
        before = self.pairs.old.passages[old].parent
        after = self.pairs.new.passages[new].parent
        now = self.pairs.to_new.get(before, -1) if before >= 0 else -1
        if now == after or (before >= 0 and now < 0) or (after >= 0 and after not in self.pairs.to_old):
            return False
        return not (before < 0 or after < 0) or self.pairs.old.passages[old].kind != "section"

    def _is_carried(self, old: int) -> bool:
        """Whether it moved only because what it stands under did."""
        before = self.pairs.old.passages[old].parent
        after = self.pairs.new.passages[self.pairs.to_new[old]].parent
        return before in self._moved and self.pairs.to_new.get(before) == after

    # Making changes

    def _in_new_order(self) -> dict[int, Change]:
        made: dict[int, Change] = {}
        parts = {new for news in self.splits.values() for new in news}
        merged = {old for olds in self.merges.values() for old in olds}
        for old, news in self.splits.items():
            made[news[0]] = self._several(ChangeKind.SPLIT, (old,), news)
        for new, olds in self.merges.items():
            made[new] = self._several(ChangeKind.MERGED, olds, (new,))
        for new in range(len(self.pairs.new)):
            old = self.pairs.to_old.get(new, -1)
            if new in made or new in parts:
                continue
            if old < 0 or old in merged or old in self.splits:
                made[new] = self._inserted(new)
            else:
                made[new] = self._pair(old, new)
        return made

    def _pair(self, old: int, new: int) -> Change:
        before, after = self.pairs.old.passages[old], self.pairs.new.passages[new]
        matched = self.pairs.how[old]
        moved = old in self._moved
        carried = moved and self._is_carried(old)
        if self.pairs.old.said[old] == self.pairs.new.said[new]:
            kind = ChangeKind.MOVED if moved and not carried else self._numbered(before, after)
            return Change(kind, (before,), (after,), matched=matched, carried=carried)
        runs, replaced = spans(self._flat(before, 0), self._flat(after, 1))
        if all(span.mark is Mark.SAME for span in runs):
            kind = ChangeKind.MOVED if moved and not carried else self._numbered(before, after)
            return Change(kind, (before,), (after,), matched=matched, carried=carried)
        kind = ChangeKind.MOVED_AND_REWORDED if moved and not carried else ChangeKind.REWORDED
        likeness = self.pairs.likeness(old, new)
        change = Change(kind, (before,), (after,), runs, (), (), matched, likeness, replaced)
        return self._flagged(change)

    def _numbered(self, before: Passage, after: Passage) -> ChangeKind:
        same = before.marker == after.marker and before.kind == after.kind
        return ChangeKind.UNCHANGED if same else ChangeKind.RENUMBERED

    def _several(self, kind: ChangeKind, olds: Sequence[int], news: Sequence[int]) -> Change:
        before = tuple(self.pairs.old.passages[old] for old in olds)
        after = tuple(self.pairs.new.passages[new] for new in news)
        runs, replaced = spans(self._joined(before, 0), self._joined(after, 1))
        change = Change(kind, before, after, runs, (), (), "parts", 1.0, replaced)
        return self._flagged(change)

    def _inserted(self, new: int) -> Change:
        passage = self.pairs.new.passages[new]
        return self._flagged(Change(ChangeKind.INSERTED, (), (passage,), (Span(Mark.INSERTED, (), passage.words),)))

    def _deletions(self) -> dict[int, list[Change]]:
        """What was deleted, by the new passage after which it stood; -1 for before all."""
        parts = {old for olds in self.merges.values() for old in olds}
        found: defaultdict[int, list[Change]] = defaultdict(list)
        after = -1
        for old, passage in enumerate(self.pairs.old.passages):
            new = self.pairs.to_new.get(old, -1)
            if new >= 0 and old not in self._moved:
                after = max((new, *self.splits.get(old, ())))
            elif new < 0 and old not in parts and old not in self.splits:
                change = Change(ChangeKind.DELETED, (passage,), (), (Span(Mark.DELETED, passage.words),))
                found[after].append(self._flagged(change))
        return found

    def _flat(self, passage: Passage, side: int) -> Flat:
        return Flat(passage.words, self.names, self.policies[side])

    def _joined(self, passages: tuple[Passage, ...], side: int) -> Flat:
        words = tuple(inline for passage in passages for inline in (_BETWEEN, *passage.words))
        return Flat(words[1:], self.names, self.policies[side])

    def _flagged(self, change: Change) -> Change:
        before = " ".join(plain(passage.words) for passage in change.old)
        after = " ".join(plain(passage.words) for passage in change.new)
        return replace(change, flags=(*flags(before, after, self.substantive), *_references(change)))


def _references(change: Change) -> Iterator[Flag]:
    """Cross-references that were taken away, added, or point elsewhere."""
    taken = [target for span in change.spans if span.mark is Mark.DELETED for target in _targets(span.old)]
    added = [target for span in change.spans if span.mark is Mark.INSERTED for target in _targets(span.new)]
    for before, after in zip_longest(taken, added, fillvalue=""):
        if before != after:
            yield Flag("reference", before, after)


def _targets(words: Inlines) -> Iterator[str]:
    for inline in descend(words):
        if isinstance(inline, Reference):
            yield f"{inline.policy}{'#' if inline.label else ''}{inline.label}"


def _say_once(changes: list[Change]) -> list[Change]:
    """Where most siblings moved, the list was put in another order: that is said once, and not of each."""
    siblings: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for index, change in enumerate(changes):
        if change.new and change.old:
            siblings[change.new[0].parent, change.new[0].kind].append(index)
    for indices in siblings.values():
        moved = [index for index in indices if changes[index].kind is ChangeKind.MOVED and not changes[index].carried]
        if len(indices) >= FEWEST_SIBLINGS and len(moved) >= MOST_MOVED * len(indices):
            for index in moved:
                changes[index] = replace(changes[index], carried=index != moved[0], reason=REORDERED)
    return changes
