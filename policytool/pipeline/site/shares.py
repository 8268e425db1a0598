"""What each policy adds to the pages that tell of all -> kept under `build/`, each kind in a file of its own.

Most runs read neither: only when the words or the duties of one policy have changed are those of the others asked for.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from policytool.model.duty import Duty
from policytool.pipeline.shelf import FEW, Entry, entries, keep

Weights: TypeAlias = Mapping[str, int]
Duties: TypeAlias = tuple[Duty, ...]
Kind = TypeVar("Kind", Weights, Duties)


class Share(NamedTuple):
    """What one policy adds: its words for the search by weight, and its duties."""

    weights: Weights
    duties: Duties


class Shares(Generic[Kind]):
    """One kind of what policies add: those of this run, and those that an earlier one kept in a file.

    Each is kept with a name for it, so that what is no longer true is not there.
    """

    def __init__(self, root: Path, path: str) -> None:
        self._root, self._path = root, path
        self._found: dict[str, Kind] = {}
        self._new: set[str] = set()

    def add(self, policy: str, share: Kind) -> None:
        """Note what a policy adds now."""
        self._found[policy] = share
        self._new.add(policy)

    def all(self, names: Mapping[str, str]) -> dict[str, Kind]:
        """What policies add, as far as it was made now or is kept; `names` are those for it, by policy."""
        lacking = [policy for policy in names if policy not in self._found]
        kept = entries(self._root, self._path) if lacking else {}
        for policy in lacking:
            with contextlib.suppress(ValueError, TypeError, LookupError):
                name, entry = kept[policy]
                if name == names[policy]:
                    self._found[policy] = self.read(entry)
        return {policy: self._found[policy] for policy in names if policy in self._found}

    def save(self, names: Mapping[str, str]) -> None:
        """Keep what policies add, if enough of it was made now: to make a few again costs less than to write all."""
        if len(self._new) * FEW > len(names):
            found = self.all(names)
            keep(self._root, self._path, {policy: [names[policy], self.written(found[policy])] for policy in found})

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
