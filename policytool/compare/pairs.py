"""The two wordings as they are compared, and which passage of the one is which of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence

from rapidfuzz.distance import Indel

from policytool.compare.said import said, vocabulary
from policytool.model.comparison import Matched, Passage

# Of passages longer than this, multiplied, the words alone are counted, in whatever order.
MOST_IN_ORDER = 20_000_000


class Wording:
    """One side: its passages, what each says, and its words as numbers, made when they are first wanted."""

    def __init__(self, passages: Sequence[Passage], numbers: dict[str, int]) -> None:
        """`numbers` is shared by both sides, so that a word has the same number on both."""
        self.passages = passages
        self.said = [said(passage.words) for passage in passages]
        self._numbers = numbers
        self._words: list[tuple[int, ...] | None] = [None] * len(passages)

    def __len__(self) -> int:
        return len(self.passages)

    def without(self, taken: Container[int]) -> list[int]:
        """The passages that are not among those taken."""
        return [index for index in range(len(self.passages)) if index not in taken]

    def words(self, index: int) -> tuple[int, ...]:
        """The words of a passage, each as a number that stands for it on both sides."""
        known = self._words[index]
        if known is None:
            numbers = self._numbers
            known = tuple(numbers.setdefault(word, len(numbers)) for word in vocabulary(self.said[index]))
            self._words[index] = known
        return known


class Pairs:
    """Which passage of the old wording is which of the new, and how that was found."""

    def __init__(self, old: Wording, new: Wording) -> None:
        self.old, self.new = old, new
        self.to_new: dict[int, int] = {}
        self.to_old: dict[int, int] = {}
        self.how: dict[int, Matched] = {}

    def join(self, old: int, new: int, how: Matched) -> None:
        """Say that these two are the same passage."""
        self.to_new[old], self.to_old[new], self.how[old] = new, old, how

    def free(self, old: int, new: int) -> bool:
        """Whether neither of two passages has been matched."""
        return old not in self.to_new and new not in self.to_old

    def likeness(self, old: int, new: int, cutoff: float = 0.0) -> float:
        """How alike two passages are, by their words in order: from 0 to 1; 0 below the cutoff."""
        one, other = self.old.words(old), self.new.words(new)
        if len(one) * len(other) > MOST_IN_ORDER:
            return 2 * (Counter(one) & Counter(other)).total() / (len(one) + len(other))
        return Indel.normalized_similarity(one, other, score_cutoff=cutoff)

    def contained(self, old: int, new: int) -> float:
        """How much of the shorter passage stands in the longer, in whatever order: from 0 to 1."""
        one, other = Counter(self.old.words(old)), Counter(self.new.words(new))
        return (one & other).total() / (min(one.total(), other.total()) or 1)

    def same(self, old: int, new: int) -> bool:
        """Whether two passages say the same, as the same kind of passage."""
        return self.old.said[old] == self.new.said[new] and self.old.passages[old].kind == self.new.passages[new].kind
