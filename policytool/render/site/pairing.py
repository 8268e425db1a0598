"""The pairs of texts that have comparisons -> what they are called, and how they are grouped to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from policytool.model.site import WORKING, Card, Leaf, comparison_path, policy_path, relative, version_path
from policytool.render.compared.fields import ARROW

BEFORE, CURRENT, DRAFTED = "With the one before", "With the current wording", "Working text"
Pair = tuple[Leaf, Leaf]


class Way(NamedTuple):
    """A comparison to choose: where it is, what it is called, and whether it is the one that is shown."""

    href: str
    words: str
    is_here: bool = False


class Group(NamedTuple):
    """Comparisons of one sort: its name, and the ways to them."""

    name: str
    ways: tuple[Way, ...]


class Choice(NamedTuple):
    """A text as it is chosen from a list: the name of its version, and its words."""

    version: str
    words: str


def leaf_path(card: Card, leaf: Leaf) -> str:
    """The page of a text: the policy's own where it shows that text."""
    return policy_path(card.policy) if leaf == card.leaf else version_path(card.policy, leaf.version)


def groups(path: str, policy: str, pairs: Sequence[Pair]) -> tuple[Group, ...]:
    """The comparisons of a policy as they are chosen on the page at `path`; a sort without any is left out."""
    names = Names(one for pair in pairs for one in pair)
    last = before_current(pairs)
    found = (
        (BEFORE, [pair for pair in pairs if is_with_the_one_before(pair, last)]),
        (CURRENT, [pair for pair in pairs if pair[1].kind == "current"]),
        (DRAFTED, [pair for pair in pairs if pair[1].kind == "working"]),
    )
    return tuple(
        Group(name, tuple(_way(path, policy, pair, names) for pair in newest_first(same)))
        for name, same in found
        if same
    )


def _way(path: str, policy: str, pair: Pair, names: Names) -> Way:
    old, new = pair
    target = comparison_path(policy, old.version, new.version)
    return Way(relative(path, target), f"{names.short(old)} {ARROW} {names.short(new)}", target == path)


def before_current(pairs: Sequence[Pair]) -> Leaf | None:
    """The text before the current one: the newest of those that are compared with it."""
    return max((old for old, new in pairs if new.kind == "current"), key=age, default=None)


def is_with_the_one_before(pair: Pair, last: Leaf | None) -> bool:
    """Whether a version is compared with the one before it; `last` is the one before the current."""
    old, new = pair
    return new.kind == "superseded" or (new.kind == "current" and old == last)


def newest_first(pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs in order, the newest on top."""
    return sorted(pairs, key=lambda pair: (age(pair[1]), age(pair[0])), reverse=True)


def age(leaf: Leaf) -> tuple[date, int]:
    """The order of texts: the day of approval, then the number after the dot; the working text is the newest."""
    if leaf.approved is None:
        return date.max, 0
    _, _, number = leaf.version.rpartition(".")
    return leaf.approved.first, int(number) if number.isdecimal() else 0


class Names:
    """What texts are called beside one another: the version is named where two were approved at one time."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self.leaves = sorted(set(leaves), key=age, reverse=True)
        self.told = Counter(_told(leaf) for leaf in self.leaves)

    def short(self, leaf: Leaf) -> str:
        """In a line with another: "14 September 2023", "working text"."""
        told = _told(leaf)
        return f"{told} ({leaf.version})" if self.told[told] > 1 else told

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All of them, the newest first."""
        return tuple(Choice(leaf.version, _chosen(leaf)) for leaf in self.leaves)


def _told(leaf: Leaf) -> str:
    return leaf.approved.told if leaf.approved else leaf.told


def _chosen(leaf: Leaf) -> str:
    return leaf.told if leaf.version == WORKING else f"{leaf.version}, {leaf.told}"
