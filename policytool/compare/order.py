"""Pairs -> which of them stayed where they are, and which have moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from policytool.compare.pairs import Pairs

# What a passage weighs beside its letters, so that one long clause has moved rather than three short ones.
A_PASSAGE = 30


def moved(pairs: Pairs) -> tuple[set[int], set[int]]:
    """The old passages that moved, and those that were only carried along by what they stand under."""
    weights = _weights(pairs)
    elsewhere = _elsewhere(pairs, weights)
    along = {old for old in elsewhere if pairs.old.passages[old].parent in elsewhere and _is_under_the_same(pairs, old)}
    reordered = _reordered(pairs, {pairs.old.passages[old].parent for old in along}, weights)
    return elsewhere - along | reordered, along - reordered


def _elsewhere(pairs: Pairs, weights: Sequence[int]) -> set[int]:
    """The old passages that stand elsewhere now: out of order, or under something else."""
    kept = backbone(pairs.to_new, weights)
    out_of_order = pairs.to_new.keys() - dict(kept).keys()
    return out_of_order | {old for old, new in kept if _is_under_another(pairs, old, new)}


def _reordered(pairs: Pairs, parents: set[int], weights: Sequence[int]) -> set[int]:
    """What stands out of order among its siblings, under parents that moved and carried them along."""
    families: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for old, new in sorted(pairs.to_new.items()) if parents else ():
        parent = pairs.old.passages[old].parent
        if parent in parents and _is_under_the_same(pairs, old):
            families[parent][old] = new
    return {
        old
        for family in families.values()
        if not _is_rising(family.values())
        for old in family.keys() - dict(backbone(family, weights)).keys()
    }


def _is_under_the_same(pairs: Pairs, old: int) -> bool:
    """Whether what an old passage stood under is what it stands under now."""
    before, after = pairs.old.passages[old].parent, pairs.new.passages[pairs.to_new[old]].parent
    return pairs.to_new.get(before) == after


def _is_rising(places: Iterable[int]) -> bool:
    return all(before < after for before, after in pairwise(places))


def _weights(pairs: Pairs) -> list[int]:
    """How heavy each old passage is: its letters, and all that stands under it, for nobody moves a heading alone."""
    weights = [A_PASSAGE + len(saying) for saying in pairs.old.said]
    for passage in reversed(pairs.old.passages):
        if passage.parent >= 0:
            weights[passage.parent] += weights[passage.order]
    return weights


def _is_under_another(pairs: Pairs, old: int, new: int) -> bool:
    """Whether what it stood under is still there, and what it stands under now was there too, and is another."""
    before, after = pairs.old.passages[old].parent, pairs.new.passages[new].parent
    now = pairs.to_new.get(before, -1)
    if now == after or now < 0 <= before or (after >= 0 and after not in pairs.to_old):
        return False
    return not (before < 0 or after < 0) or pairs.old.passages[old].kind != "section"


def backbone(to_new: Mapping[int, int], weights: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs that stand in the same order on both sides: of all such choices the heaviest.

    `weights` are those of the old passages. Runs that go on side by side are weighed as one, so that a long document
    with few moves costs little.
    """
    runs = _runs(sorted(to_new.items()), weights)
    best = _heaviest([(new, total) for _, new, _, total in runs])
    kept = (runs[index] for index in best)
    return [(old + step, new + step) for old, new, length, _ in kept for step in range(length)]


def _runs(pairs: list[tuple[int, int]], weights: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """Runs of pairs that go on side by side: old start, new start, length, weight."""
    starts = [place for place in range(len(pairs)) if not place or not _goes_on(pairs[place - 1], pairs[place])]
    return [
        (*pairs[start], end - start, sum(weights[old] for old, _ in pairs[start:end]))
        for start, end in pairwise((*starts, len(pairs)))
    ]


def _goes_on(before: tuple[int, int], after: tuple[int, int]) -> bool:
    return after[0] - before[0] == after[1] - before[1] == 1


def _heaviest(items: list[tuple[int, int]]) -> list[int]:
    """The indices of the heaviest increasing subsequence of (value, weight), by a tree of prefix maxima."""
    values = sorted(value for value, _ in items)
    tree: list[tuple[int, int]] = [(0, -1)] * (len(values) + 1)
    before = [-1] * len(items)
    for index, (value, weight) in enumerate(items):
        place = bisect_left(values, value)
        total, before[index] = _query(tree, place)
        _update(tree, place + 1, (total + weight, index))
    chosen = []
    index = _query(tree, len(values))[1]
    while index >= 0:
        chosen.append(index)
        index = before[index]
    return chosen[::-1]


def _query(tree: list[tuple[int, int]], place: int) -> tuple[int, int]:
    """The heaviest (total, index) among the first `place` values."""
    best = (0, -1)
    while place > 0:
        best = max(best, tree[place])
        place -= place & -place
    return best


def _update(tree: list[tuple[int, int]], place: int, value: tuple[int, int]) -> None:
    while place < len(tree):
        tree[place] = max(tree[place], value)
        place += place & -place
