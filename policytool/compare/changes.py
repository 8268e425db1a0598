"""Pairs -> changes: what became of each passage, in the reading order of the new wording."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from policytool.compare.order import moved
from policytool.compare.pairs import Pairs
from policytool.compare.parts import merges, splits
from policytool.compare.said import Flat, Names
from policytool.compare.substance import Names as Substantive
from policytool.compare.substance import flags
from policytool.compare.words import spans
from policytool.model.comparison import Change, ChangeKind, Flag, Mark, Passage, PassageKind, Span
from policytool.model.inline import Reference, Text, descend, plain

MOST_MOVED = 0.5
_BETWEEN = Text(" ")
REORDERED = "the list was put in another order"
FEWEST_SIBLINGS = 4
_MOVED = (ChangeKind.MOVED, ChangeKind.MOVED_AND_REWORDED)


class Changes:
    """Makes the changes of one comparison.

    `names` are the names that targets go by, `policies` the ids of the old and the new policy.
    """

    def __init__(self, pairs: Pairs, names: Names, policies: tuple[str, str], substantive: Substantive) -> None:
        self.pairs, self.names, self.policies, self.substantive = pairs, names, policies, substantive
        self.splits, self.merges = splits(pairs), merges(pairs)
        self._moved, self._carried = moved(pairs)

    def all(self) -> list[Change]:
        """Every change once, deletions where they stood."""
        made = self._in_new_order()
        deleted = self._deletions()
        ordered: list[Change] = list(deleted.get(-1, ()))
        for new in range(len(self.pairs.new)):
            if new in made:
                ordered.append(made[new])
            if new in deleted:
                ordered += deleted[new]
        return _say_once(ordered)

    def _in_new_order(self) -> dict[int, Change]:
        made = {news[0]: self._several(ChangeKind.SPLIT, (old,), news) for old, news in self.splits.items()}
        made |= {new: self._several(ChangeKind.MERGED, olds, (new,)) for new, olds in self.merges.items()}
        told_of = {new for news in self.splits.values() for new in news} | self.merges.keys()
        told_of_old = {old for olds in self.merges.values() for old in olds} | self.splits.keys()
        inserted: set[int] = set()
        for new, passage in enumerate(self.pairs.new.passages):
            if new in told_of:
                continue
            old = self.pairs.to_old.get(new)
            if old is None or old in told_of_old:
                made[new] = self._inserted(passage, carried=passage.parent in inserted)
                inserted.add(new)
            else:
                made[new] = self._pair(old, new)
        return made

    def _pair(self, old: int, new: int) -> Change:
        before, after = self.pairs.old.passages[old], self.pairs.new.passages[new]
        if self.pairs.old.said[old] == self.pairs.new.said[new]:
            return self._as_it_was(old, before, after)
        runs, replaced = spans(self._flat(before, 0), self._flat(after, 1))
        if all(span.mark is Mark.SAME for span in runs):
            return self._as_it_was(old, before, after)
        kind = ChangeKind.MOVED_AND_REWORDED if old in self._moved else ChangeKind.REWORDED
        likeness, matched = self.pairs.likeness(old, new), self.pairs.how[old]
        return self._flagged(Change(kind, (before,), (after,), runs, (), (), matched, likeness, replaced))

    def _as_it_was(self, old: int, before: Passage, after: Passage) -> Change:
        """A passage whose words are the same."""
        if old in self._moved:
            kind = ChangeKind.MOVED
        else:
            same = before.marker == after.marker and before.kind == after.kind
            kind = ChangeKind.UNCHANGED if same else ChangeKind.RENUMBERED
        return Change(kind, (before,), (after,), matched=self.pairs.how[old], carried=old in self._carried)

    def _several(self, kind: ChangeKind, olds: Sequence[int], news: Sequence[int]) -> Change:
        before = tuple(self.pairs.old.passages[old] for old in olds)
        after = tuple(self.pairs.new.passages[new] for new in news)
        runs, replaced = spans(self._joined(before, 0), self._joined(after, 1))
        change = Change(kind, before, after, runs, (), (), "parts", 1.0, replaced)
        return self._flagged(change)

    def _inserted(self, passage: Passage, *, carried: bool) -> Change:
        spans = (Span(Mark.INSERTED, (), passage.words),)
        return self._flagged(Change(ChangeKind.INSERTED, (), (passage,), spans, carried=carried))

    def _deleted(self, passage: Passage, *, carried: bool) -> Change:
        spans = (Span(Mark.DELETED, passage.words),)
        return self._flagged(Change(ChangeKind.DELETED, (passage,), (), spans, carried=carried))

    def _deletions(self) -> dict[int, list[Change]]:
        """What was deleted, by the new passage after which it stood; -1 for before all.

        What has moved marks no place, but for what was deleted inside it.
        """
        told_of = {old for olds in self.merges.values() for old in olds} | self.splits.keys()
        found: defaultdict[int, list[Change]] = defaultdict(list)
        inside = self._inside()
        deleted: set[int] = set()
        last = {-1: -1}
        for old, passage in enumerate(self.pairs.old.passages):
            new = self.pairs.to_new.get(old)
            if new is not None:
                last[inside[old]] = max((new, *self.splits[old])) if old in self.splits else new
            elif old not in told_of:
                found[last[inside[old]]].append(self._deleted(passage, carried=passage.parent in deleted))
                deleted.add(old)
        return found

    def _inside(self) -> list[int]:
        """For each old passage the one that has moved, itself or what it stands in; -1 for those that stayed."""
        inside = [-1] * len(self.pairs.old)
        for old, passage in enumerate(self.pairs.old.passages) if self._moved else ():
            if old in self._moved:
                inside[old] = old
            elif passage.parent >= 0 and (old in self._carried or old not in self.pairs.to_new):
                inside[old] = inside[passage.parent]
        return inside

    def _flat(self, passage: Passage, side: int) -> Flat:
        return Flat(passage.words, self.names, self.policies[side])

    def _joined(self, passages: tuple[Passage, ...], side: int) -> Flat:
        words = tuple(inline for passage in passages for inline in (_BETWEEN, *passage.words))
        return Flat(words[1:], self.names, self.policies[side])

    def _flagged(self, change: Change) -> Change:
        before = " ".join(plain(passage.words) for passage in change.old)
        after = " ".join(plain(passage.words) for passage in change.new)
        found = (*flags(before, after, self.substantive), *self._references(change))
        return replace(change, flags=found) if found else change

    def _references(self, change: Change) -> Iterator[Flag]:
        """Cross-references that were taken away, added, or point elsewhere."""
        old = (inline for span in change.spans if span.mark is Mark.DELETED for inline in descend(span.old))
        new = (inline for span in change.spans if span.mark is Mark.INSERTED for inline in descend(span.new))
        taken = [one for one in old if isinstance(one, Reference)]
        added = [one for one in new if isinstance(one, Reference)]
        for before, after in zip_longest(taken, added):
            if before is None or after is None or self._target(before, 0) != self._target(after, 1):
                yield Flag("reference", _shown(before), _shown(after))

    def _target(self, reference: Reference, side: int) -> str:
        target = (reference.policy or self.policies[side], reference.label)
        return self.names.get(target, "#".join(target))


def _shown(reference: Reference | None) -> str:
    return f"{reference.policy}{'#' if reference.label else ''}{reference.label}" if reference else ""


def _say_once(changes: list[Change]) -> list[Change]:
    """Where most siblings moved, the list was put in another order: that is said once, and not of each."""
    siblings: defaultdict[tuple[int, PassageKind], list[int]] = defaultdict(list)
    for index, change in enumerate(changes):
        if change.kind in _MOVED and not change.carried:
            siblings[change.new[0].parent, change.new[0].kind].append(index)
    if any(len(moved) > 1 for moved in siblings.values()):
        counts = Counter((change.new[0].parent, change.new[0].kind) for change in changes if change.new and change.old)
        for key, indices in siblings.items():
            if counts[key] >= FEWEST_SIBLINGS and len(indices) >= MOST_MOVED * counts[key]:
                _reorder(changes, indices)
    return changes


def _reorder(changes: list[Change], indices: list[int]) -> None:
    """The first that moved stands for all; of one that was reworded as well, that is what remains to be said."""
    told = False
    for index in indices:
        change = changes[index]
        if change.kind is ChangeKind.MOVED:
            changes[index] = replace(change, carried=told, reason=REORDERED)
            told = True
        else:
            changes[index] = replace(change, kind=ChangeKind.REWORDED, reason=REORDERED)
