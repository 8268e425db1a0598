"""What each policy adds to the pages that tell of all -> kept under `build/`, each kind in a file of its own.

Most runs read neither: only when the words or the duties of one policy have changed are those of the others asked for.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from policytool.model.duty import Duty
from policytool.pipeline.shelf import Entry, entries, keep

Weights: TypeAlias = Mapping[str, int]
Duties: TypeAlias = tuple[Duty, ...]
Kind = TypeVar("Kind", Weights, Duties)


class Share(NamedTuple):
    """What one policy adds: its words for the search by weight, and its duties."""

    weights: Weights
    duties: Duties


class Shares(Generic[Kind]):
    """One kind of what policies add: those of this run, and those that an earlier one kept in a file."""

    def __init__(self, root: Path, path: str) -> None:
        self._root, self._path = root, path
        self._made: dict[str, Kind] = {}

    def add(self, policy: str, share: Kind) -> None:
        """Note what a policy adds now."""
        self._made[policy] = share

    def all(self, policies: Sequence[str]) -> dict[str, Kind]:
        """What policies add, as far as it was made now or is kept."""
        lacking = [name for name in policies if name not in self._made]
        kept = entries(self._root, self._path) if lacking else {}
        for name in lacking:
            with contextlib.suppress(ValueError, TypeError, LookupError):
                self._made[name] = self.read(kept[name])
        return {name: self._made[name] for name in policies if name in self._made}

    def save(self, policies: Sequence[str]) -> None:
        """Keep what policies add, if any of it was made now."""
        if self._made:
            keep(self._root, self._path, {name: self.written(one) for name, one in self.all(policies).items()})

    def written(self, share: Kind) -> Entry:
        """As it is kept."""
        raise NotImplementedError

    def read(self, entry: Entry) -> Kind:
        """As it was before it was kept."""
        raise NotImplementedError


class Words(Shares[Weights]):
    """The words of policies by weight, for the search."""

    def written(self, share: Weights) -> Entry:
        """As it is kept."""
        return [dict(share)]

    def read(self, entry: Entry) -> Weights:
        """As it was before it was kept."""
        [found] = entry
        return dict(found)


class AllDuties(Shares[Duties]):
    """The duties that policies lay on people."""

    def written(self, share: Duties) -> Entry:
        """As it is kept."""
        return [
            [one.who, one.word, one.strength, one.negated, one.policy, one.number, one.anchor, one.words]
            for one in share
        ]

    def read(self, entry: Iterable[Iterable[Any]]) -> Duties:
        """As it was before it was kept."""
        return tuple(Duty(*one) for one in entry)
