"""What was made of a site -> kept under `build/`, so that a page is not made again while it stands there as it was.

A policy's pages are up to date when what they are made of has the kept key, what they tell of others is what they told,
and each file has its kept hash. So a page that was altered or deleted is made again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from policytool.model.duty import Duty
from policytool.pipeline.shelf import Entry, entries, keep
from policytool.pipeline.site.bindery import Leaves, Share
from policytool.pipeline.site.given import Given
from policytool.pipeline.site.ground import Ground
from policytool.store import site as store

Digests: TypeAlias = Mapping[str, str]
_WHOLE = " whole"
"""The name of the pages that tell of all policies: no policy can be called so."""


@dataclass
class MadeSite:
    """What was made by an earlier run in a folder, and what this one makes or leaves as it was.

    Under each policy stand the key, what is told of others and a name for that, the hashes by path, and a name for what
    it adds to the pages that tell of all; that itself stands in a file of its own, which most runs do not read.
    """

    root: Path
    path: str
    before: Mapping[str, Entry]
    there: Digests
    now: dict[str, Entry]
    shares: dict[str, Share]

    @classmethod
    def at(cls, root: Path, out: Path) -> MadeSite:
        """What is kept of a site in a folder, with the files that stand there as they are."""
        path = f"kept/site-{sha256(str(out).encode('utf-8', 'surrogateescape')).hexdigest()[:12]}"
        before = entries(root, f"{path}.json")
        return cls(root, path, before, store.digests(out, _paths(before.values())), {}, {})

    def keeps(self, given: Given, ground: Ground) -> bool:
        """Whether the pages of a policy stand there as they would be made; then they are left alone."""
        entry = self.before.get(given.policy)
        try:
            if entry is None or not self._is_kept(given, ground, entry):
                return False
        except (ValueError, TypeError, LookupError, AttributeError):
            return False
        self.now[given.policy] = entry
        return True

    def _is_kept(self, given: Given, ground: Ground, entry: Entry) -> bool:
        key, uses, told, digests, _ = entry
        return (
            key == given.key(ground)
            and told == ground.told((policy, label) for policy, label in uses)
            and all(self.there.get(path) == digest for path, digest in digests.items())
        )

    def add(self, given: Given, ground: Ground, leaves: Leaves) -> None:
        """Note what was made of a policy."""
        share = _of_share(leaves.share)
        name = sha256(repr(share).encode()).hexdigest()
        self.now[given.policy] = [given.key(ground), leaves.uses, ground.told(leaves.uses), leaves.digests, name]
        self.shares[given.policy] = leaves.share

    # The pages that tell of all

    def whole_key(self, *said: object) -> str:
        """A name for all that the pages are made of that tell of all policies."""
        return sha256(repr((said, [(name, entry[4]) for name, entry in sorted(self.now.items())])).encode()).hexdigest()

    def keeps_whole(self, key: str) -> bool:
        """Whether the pages that tell of all stand there as they would be made."""
        try:
            known, digests = self.before[_WHOLE]
            is_kept = known == key and all(self.there.get(path) == digest for path, digest in digests.items())
        except (ValueError, TypeError, LookupError, AttributeError):
            return False
        if is_kept:
            self.now[_WHOLE] = [known, digests]
        return is_kept

    def add_whole(self, key: str, digests: Digests) -> None:
        """Note what was made that tells of all."""
        self.now[_WHOLE] = [key, digests]

    def all_shares(self, policies: Iterable[str]) -> dict[str, Share]:
        """What each policy adds, as far as it was made now or is kept."""
        kept = entries(self.root, f"{self.path}-shares.json")
        for name in policies:
            if name not in self.shares and name in kept:
                with contextlib.suppress(ValueError, TypeError, LookupError):
                    self.shares[name] = _share(*kept[name])
        return dict(self.shares)

    # What is left of an earlier run

    @property
    def stale(self) -> list[str]:
        """The files that an earlier run made and this one has not."""
        return sorted(set(_paths(self.before.values())) - set(_paths(self.now.values())))

    @property
    def paths(self) -> set[str]:
        """Every file of the site."""
        return set(_paths(self.now.values()))

    def save(self) -> None:
        """Write down what stands there now; where nothing can be written, nothing is kept."""
        if self.shares:
            keep(self.root, f"{self.path}-shares.json", {name: _of_share(one) for name, one in self.shares.items()})
        keep(self.root, f"{self.path}.json", self.now)


def _paths(kept: Iterable[Entry]) -> list[str]:
    """The paths in entries, the hashes of which stand in the one place but last of a policy's, last of the others."""
    found: list[str] = []
    for entry in kept:
        digests: Any = next((one for one in entry if isinstance(one, dict)), {})
        found += digests
    return found


def _of_share(share: Share) -> Entry:
    duties = [
        [one.who, one.word, one.strength, one.negated, one.policy, one.number, one.anchor, one.words]
        for one in share.duties
    ]
    return [dict(share.weights), duties]


def _share(weights: Mapping[str, int], duties: Iterable[Iterable[Any]]) -> Share:
    return Share(weights, tuple(Duty(*one) for one in duties))
