"""Pairs -> which of them stayed where they are, and which have moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping


def backbone(to_new: Mapping[int, int], weight: Callable[[int], int]) -> list[tuple[int, int]]:
    """The pairs that stand in the same order on both sides: of all such choices the heaviest.

    `weight` gives the weight of an old passage. Runs that go on side by side are weighed as one, so that a long
    document with few moves costs little.
    """
    runs = _runs(sorted(to_new.items()), weight)
    best = _heaviest([(new, total) for _, new, _, total in runs])
    kept = (runs[index] for index in best)
    return [(old + step, new + step) for old, new, length, _ in kept for step in range(length)]


def _runs(pairs: list[tuple[int, int]], weight: Callable[[int], int]) -> list[tuple[int, int, int, int]]:
    """Runs of pairs that go on side by side: old start, new start, length, weight."""
    runs: list[tuple[int, int, int, int]] = []
    for old, new in pairs:
        if runs:
            first_old, first_new, length, total = runs[-1]
            if (old, new) == (first_old + length, first_new + length):
                runs[-1] = (first_old, first_new, length + 1, total + weight(old))
                continue
        runs.append((old, new, 1, weight(old)))
    return runs


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
