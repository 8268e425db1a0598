"""Passages of two wordings -> which is which.

In order of certainty: what both begin and end with, the same label, wording that is unique on both sides, neighbours of
what is matched, and then, between what is matched, the same wording again, the same number and the best likeness; last
of all, likeness far away. How each pair was found is kept with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeAlias

from policytool.compare.order import backbone
from policytool.compare.pairs import Pairs, Wording
from policytool.model.comparison import Passage

ALIKE = 0.5
ALIKE_AFAR = 0.8
ALIKE_UNDER_ONE_LABEL = 0.2
FEWEST_WORDS_AFAR = 5
FEWEST_WORDS_UNIQUE = 3
CONTAINED_IN_PLACE = 0.6
# A pair of few words is alike by accident: two of four words in common say nothing.
ALIKE_IF_SHORT = 0.65
SHORT = 5
# Up to so many pairs in a gap, each is measured; beyond, only those that share rare words.
MOST_PAIRS = 20_000
MOST_CANDIDATES = 12

_Keys: TypeAlias = Callable[[Wording, list[int]], list[Hashable]]
_FLOWING = frozenset({"clause", "item", "bullet", "paragraph", "footnote"})


def match(old: Sequence[Passage], new: Sequence[Passage]) -> Pairs:
    """All pairs of passages that are one and the same."""
    numbers: dict[str, int] = {}
    pairs = Pairs(Wording(old, numbers), Wording(new, numbers))
    _ends(pairs)
    _labels(pairs)
    _unique(pairs)
    _neighbours(pairs)
    _unique_words(pairs)
    for gap in list(_gaps(pairs)):
        _same_again(pairs, *gap)
        _same_number(pairs, *gap)
        _best(pairs, *gap)
        _same_place(pairs, *gap)
    _afar(pairs)
    _left_labels(pairs)
    return pairs


def _ends(pairs: Pairs) -> None:
    """What both wordings begin with, and what both end with."""
    shorter = min(len(pairs.old), len(pairs.new))
    start = 0
    while start < shorter and _twins(pairs, start, start):
        pairs.join(start, start, "neighbour")
        start += 1
    for back in range(1, shorter - start + 1):
        old, new = len(pairs.old) - back, len(pairs.new) - back
        if not _twins(pairs, old, new):
            return
        pairs.join(old, new, "neighbour")


def _twins(pairs: Pairs, old: int, new: int) -> bool:
    one, other = pairs.old.passages[old].label, pairs.new.passages[new].label
    return pairs.same(old, new) and (one == other or not one or not other)


def _labels(pairs: Pairs) -> None:
    """The same label on both sides, unless the words have nothing in common."""
    for old, new in _by_label(pairs):
        if pairs.old.said[old] == pairs.new.said[new] or pairs.likeness(old, new) >= ALIKE_UNDER_ONE_LABEL:
            pairs.join(old, new, "label")


def _left_labels(pairs: Pairs) -> None:
    """A label whose passage was written anew, and which nothing else explains."""
    for old, new in _by_label(pairs):
        pairs.join(old, new, "label")


def _by_label(pairs: Pairs) -> Iterator[tuple[int, int]]:
    there = {passage.label: index for index, passage in enumerate(pairs.new.passages) if passage.label}
    for index, passage in enumerate(pairs.old.passages):
        if passage.label in there and passage.kind != "row" and pairs.free(index, there[passage.label]):
            yield index, there[passage.label]


def _unique(pairs: Pairs) -> None:
    """Wording that stands once on each side: as the same kind of passage, then as any kind."""
    for keys in (_kinds_and_wordings, _wordings):
        _join_unique(pairs, pairs.old.without(pairs.to_new), pairs.new.without(pairs.to_old), keys)


def _unique_words(pairs: Pairs) -> None:
    """Wording that stands once on each side but for its signs and references; what stands there as it is, is left."""
    here, there = pairs.old.without(pairs.to_new), pairs.new.without(pairs.to_old)
    both = {pairs.old.said[old] for old in here} & {pairs.new.said[new] for new in there}
    here = [old for old in here if pairs.old.said[old] not in both]
    there = [new for new in there if pairs.new.said[new] not in both]
    _join_unique(pairs, here, there, _words)


def _join_unique(pairs: Pairs, here: list[int], there: list[int], keys: _Keys) -> None:
    news = _once(keys(pairs.new, there), there)
    for key, old in _once(keys(pairs.old, here), here).items():
        if key and old >= 0 and news.get(key, -1) >= 0:
            pairs.join(old, news[key], "wording")


def _once(keys: Iterable[Hashable], indices: list[int]) -> dict[Hashable, int]:
    """The place of each key; -1 for one that stands there more than once."""
    places: dict[Hashable, int] = {}
    for key, index in zip(keys, indices, strict=True):
        places[key] = -1 if key in places else index
    return places


def _kinds_and_wordings(wording: Wording, indices: list[int]) -> list[Hashable]:
    return [wording.said[index] and (wording.passages[index].kind, wording.said[index]) for index in indices]


def _wordings(wording: Wording, indices: list[int]) -> list[Hashable]:
    return [wording.said[index] for index in indices]


def _words(wording: Wording, indices: list[int]) -> list[Hashable]:
    """The words of passages of some length; a reference is none, so that one whose label was renamed is the same."""
    found = map(wording.words, indices)
    return [words if len(words) >= FEWEST_WORDS_UNIQUE else () for words in found]


def _neighbours(pairs: Pairs) -> None:
    """The same wording next to what is matched, as far as it goes in both directions."""
    free = pairs.old.without(pairs.to_new)
    for step, indices in ((1, free), (-1, free[::-1])):
        for old in indices:
            new = pairs.to_new.get(old - step, -2) + step
            if 0 <= new < len(pairs.new) and pairs.free(old, new) and pairs.same(old, new):
                pairs.join(old, new, "neighbour")


def _gaps(pairs: Pairs) -> Iterator[tuple[list[int], list[int]]]:
    """The unmatched passages between each two pairs that stand in the same order on both sides."""
    before_old = before_new = -1
    for old, new in [*backbone(pairs.to_new, [1] * len(pairs.old)), (len(pairs.old), len(pairs.new))]:
        here = [index for index in range(before_old + 1, old) if index not in pairs.to_new]
        there = [index for index in range(before_new + 1, new) if index not in pairs.to_old]
        if here and there:
            yield here, there
        before_old, before_new = old, new


def _same_again(pairs: Pairs, here: list[int], there: list[int]) -> None:
    """Wording that stands more than once, in the order in which it stands."""
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for new in reversed(there):
        places[pairs.new.passages[new].kind, pairs.new.said[new]].append(new)
    for old in here:
        found = places.get((pairs.old.passages[old].kind, pairs.old.said[old]))
        if found and old not in pairs.to_new:
            pairs.join(old, found.pop(), "wording")


def _same_number(pairs: Pairs, here: list[int], there: list[int]) -> None:
    """The same number before words that are alike."""
    passages = pairs.new.passages
    numbered = {passages[new].citation: new for new in there if new not in pairs.to_old and passages[new].citation}
    for old in here:
        new = numbered.get(pairs.old.passages[old].citation, -1)
        if new >= 0 and pairs.free(old, new) and _is_same_at_a_number(pairs, old, new):
            pairs.join(old, new, "number")


def _is_same_at_a_number(pairs: Pairs, old: int, new: int) -> bool:
    """A heading at the same number may have been added to; anything else must be alike as a whole."""
    if pairs.old.passages[old].kind == pairs.new.passages[new].kind == "section":
        return pairs.contained(old, new) >= CONTAINED_IN_PLACE
    return _score(pairs, old, new) >= _enough(pairs, old, new)


def _same_place(pairs: Pairs, here: list[int], there: list[int]) -> None:
    """What is left of one kind under one parent, once on each side, where the words of the one stand in the other."""
    old_places, new_places = _alone(pairs.old, here, pairs.to_new), _alone(pairs.new, there, pairs.to_old)
    for (parent, kind), old in old_places.items():
        new = new_places.get((pairs.to_new.get(parent, -1), kind), -1)
        if old >= 0 and new >= 0 and pairs.contained(old, new) >= CONTAINED_IN_PLACE:
            pairs.join(old, new, "number")


def _alone(wording: Wording, indices: list[int], taken: dict[int, int]) -> dict[tuple[int, str], int]:
    """The only unmatched passage of each kind under each parent; -1 where there are several."""
    found: dict[tuple[int, str], int] = {}
    for index in indices:
        if index not in taken:
            key = (wording.passages[index].parent, wording.passages[index].kind)
            found[key] = -1 if key in found else index
    return found


def _best(pairs: Pairs, here: list[int], there: list[int]) -> None:
    """The most alike first."""
    here = [old for old in here if old not in pairs.to_new]
    there = [new for new in there if new not in pairs.to_old]
    scored = []
    for old, new in _candidates(pairs, here, there):
        score = _score(pairs, old, new)
        if score >= _enough(pairs, old, new):
            distance = abs(old - here[0] - (new - there[0]))
            scored.append((-score, distance, old, new))
    for _, _, old, new in sorted(scored):
        if pairs.free(old, new):
            pairs.join(old, new, "likeness")


def _candidates(pairs: Pairs, here: list[int], there: list[int]) -> Iterable[tuple[int, int]]:
    if len(here) * len(there) <= MOST_PAIRS:
        return ((old, new) for old in here for new in there)
    return _by_rare_words(pairs, here, there)


def _by_rare_words(pairs: Pairs, here: list[int], there: list[int]) -> Iterator[tuple[int, int]]:
    """For each old passage the new ones that share most of its rarest words, and the one at the same place."""
    index: defaultdict[int, list[int]] = defaultdict(list)
    for new in there:
        for word in set(pairs.new.words(new)):
            index[word].append(new)
    for place, old in enumerate(here):
        rare = sorted((len(index[word]), word) for word in set(pairs.old.words(old)) if word in index)
        shared = Counter(new for count, word in rare[:6] if count <= MOST_CANDIDATES * 4 for new in index[word])
        beside = there[min(place * len(there) // len(here), len(there) - 1)]
        yield from ((old, new) for new in {*(new for new, _ in shared.most_common(MOST_CANDIDATES)), beside})


def _afar(pairs: Pairs) -> None:
    """Passages of some length that are very much alike, wherever they stand."""
    here = [old for old in range(len(pairs.old)) if old not in pairs.to_new and _is_long(pairs.old, old)]
    there = [new for new in range(len(pairs.new)) if new not in pairs.to_old and _is_long(pairs.new, new)]
    scored = []
    for old, new in _by_rare_words(pairs, here, there) if here and there else ():
        score = _score(pairs, old, new)
        if score >= ALIKE_AFAR:
            scored.append((-score, abs(old - new), old, new))
    for _, _, old, new in sorted(scored):
        if pairs.free(old, new):
            pairs.join(old, new, "distant likeness")


def _is_long(wording: Wording, index: int) -> bool:
    return len(wording.words(index)) >= FEWEST_WORDS_AFAR


def _score(pairs: Pairs, old: int, new: int) -> float:
    """How alike two passages are that may be one: 0 for kinds that never become one another."""
    one, other = pairs.old.passages[old], pairs.new.passages[new]
    if one.kind != other.kind and not (one.kind in _FLOWING and other.kind in _FLOWING):
        return 0.0
    if (one.label and other.label and one.label != other.label) or one.quoted != other.quoted:
        return 0.0
    return pairs.likeness(old, new)


def _enough(pairs: Pairs, old: int, new: int) -> float:
    shorter = min(len(pairs.old.words(old)), len(pairs.new.words(new)))
    return ALIKE if shorter >= SHORT else ALIKE_IF_SHORT
