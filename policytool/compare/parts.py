"""Pairs -> passages that were split into several, or merged from several.

The parts joined must be very much like the whole, more so than the pair that was found, and each part must itself stand
in the whole almost word for word: without that, real texts give splits that nobody made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from policytool.compare.pairs import Pairs, Wording

ALIKE_TOGETHER = 0.8
CONTAINED = 0.7
FEWEST_WORDS = 3
FEWEST_WORDS_WHOLE = 8
MOST_PARTS = 6
# How far from its place a passage that is matched with nothing is looked for in parts.
NEAR = 10


class _View(NamedTuple):
    """One direction: wholes on one side, parts on the other."""

    whole: Wording
    part: Wording
    to_part: dict[int, int]
    taken: dict[int, int]


def splits(pairs: Pairs) -> dict[int, tuple[int, ...]]:
    """Old passages that now stand as several: old to the new ones, in order."""
    return _found(_View(pairs.old, pairs.new, pairs.to_new, pairs.to_old))


def merges(pairs: Pairs) -> dict[int, tuple[int, ...]]:
    """New passages that stood as several: new to the old ones, in order."""
    return _found(_View(pairs.new, pairs.old, pairs.to_old, pairs.to_new))


def _found(view: _View) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    used: set[int] = set()
    for whole, parts in _wholes(view):
        if len(parts) > 1 and not used.intersection(parts) and _is_whole(view, whole, parts):
            found[whole] = parts
            used.update(parts)
    return found


def _wholes(view: _View) -> list[tuple[int, tuple[int, ...]]]:
    """Each passage that may be a whole, with the passages beside its place that may be its parts."""
    free = [index for index in range(len(view.part)) if index not in view.taken]
    if not free:
        return []
    near = {index + step for index in free for step in (-1, 0, 1)}
    candidates = []
    for whole, part in view.to_part.items():
        if part in near and view.whole.said[whole] != view.part.said[part]:
            candidates.append((whole, _grown(view, whole, part)))
    for whole, place in _unmatched(view):
        candidates += [(whole, _grown(view, whole, first)) for first in _first_part(view, whole, place)]
    return candidates


def _unmatched(view: _View) -> Iterator[tuple[int, int]]:
    """Each whole that is matched with nothing, and where on the other side it would stand."""
    place = 0
    for whole in range(len(view.whole)):
        part = view.to_part.get(whole)
        if part is None:
            yield whole, place
        else:
            place = part + 1


def _first_part(view: _View, whole: int, place: int) -> list[int]:
    """Where a whole that is matched with nothing may begin to stand in parts."""
    if len(view.whole.words(whole)) < FEWEST_WORDS_WHOLE:
        return []
    near = range(max(place - NEAR, 0), min(place + NEAR, len(view.part)))
    return [part for part in near if part not in view.taken and _fits(view, whole, part)][:1]


def _grown(view: _View, whole: int, part: int) -> tuple[int, ...]:
    """A part with those beside it, as far as they are free and stand in the whole."""
    first = _reach(view, whole, part, lambda index: index - 1)
    last = _reach(view, whole, part, lambda index: index + 1)
    return tuple(range(first, last + 1))


def _reach(view: _View, whole: int, part: int, step: Callable[[int], int]) -> int:
    reached = part
    for _ in range(MOST_PARTS):
        beyond = step(reached)
        if not 0 <= beyond < len(view.part) or beyond in view.taken or not _fits(view, whole, beyond):
            break
        reached = beyond
    return reached


def _fits(view: _View, whole: int, part: int) -> bool:
    """Whether a passage may be a part: enough words, and most of them, in order, in the whole."""
    words = view.part.words(part)
    if len(words) < FEWEST_WORDS or view.part.passages[part].kind in ("section", "header"):
        return False
    fewest = ceil(CONTAINED * len(words))
    return LCSseq.similarity(words, view.whole.words(whole), score_cutoff=fewest) >= fewest


def _is_whole(view: _View, whole: int, parts: tuple[int, ...]) -> bool:
    """Whether the parts together are the whole, and more so than the one that it was matched with."""
    words = view.whole.words(whole)
    together = Indel.normalized_similarity(words, tuple(word for part in parts for word in view.part.words(part)))
    matched = view.to_part.get(whole)
    alone = 0.0 if matched is None else Indel.normalized_similarity(words, view.part.words(matched))
    return together >= ALIKE_TOGETHER and together > alone and all(_fits(view, whole, part) for part in parts)
