"""What was made of a site -> kept under `build/`, so that a page is not made again while it stands there as it was.

A policy's pages are up to date when what they are made of has the kept key, what they tell of others is what they told,
and each file has its kept hash. So a page that was altered or deleted is made again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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

    Under each policy stand the hashes of its files by path, the key, what is told of others, a name for that, and one
    for what it adds to the pages that tell of all; that itself stands in a file apart, which most runs do not read.
    `listed` are the files that an earlier run made, be it of another version of this tool, `there` what stands there.
    """

    root: Path
    path: str
    before: Mapping[str, Entry]
    listed: Digests
    there: Digests
    now: dict[str, Entry] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)

    @classmethod
    def at(cls, root: Path, out: Path) -> MadeSite:
        """What is kept of a site in a folder, with the files that stand there as they are."""
        path = f"kept/site-{sha256(str(out).encode('utf-8', 'surrogateescape')).hexdigest()[:12]}"
        listed = store.listing(root, path)
        return cls(root, path, entries(root, f"{path}.json"), listed, store.digests(out, list(listed)))

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
        digests, key, uses, told, _ = entry
        is_same = key == given.key(ground) and told == ground.told((policy, label) for policy, label in uses)
        return is_same and self._are_there(digests)

    def _are_there(self, digests: Digests) -> bool:
        return all(self.there.get(path) == digest for path, digest in digests.items())

    def add(self, given: Given, ground: Ground, leaves: Leaves) -> None:
        """Note what was made of a policy."""
        name = sha256(repr(_of_share(leaves.share)).encode()).hexdigest()
        self.now[given.policy] = [leaves.digests, given.key(ground), leaves.uses, ground.told(leaves.uses), name]
        self.shares[given.policy] = leaves.share

    # The pages that tell of all

    def whole_key(self, *said: object) -> str:
        """A name for all that the pages are made of that tell of all policies."""
        added = [(name, entry[-1]) for name, entry in sorted(self.now.items())]
        return sha256(repr((said, added)).encode()).hexdigest()

    def keeps_whole(self, key: str) -> bool:
        """Whether the pages that tell of all stand there as they would be made."""
        try:
            digests, known = self.before[_WHOLE]
            is_kept = known == key and self._are_there(digests)
        except (ValueError, TypeError, LookupError, AttributeError):
            return False
        if is_kept:
            self.now[_WHOLE] = [digests, known]
        return is_kept

    def add_whole(self, key: str, digests: Digests) -> None:
        """Note what was made that tells of all."""
        self.now[_WHOLE] = [digests, key]

    def all_shares(self, policies: Iterable[str]) -> dict[str, Share]:
        """What each policy adds, as far as it was made now or is kept."""
        kept = entries(self.root, f"{self.path}-shares.json")
        for name in policies:
            if name not in self.shares and name in kept:
                with contextlib.suppress(ValueError, TypeError, LookupError):
                    self.shares[name] = _share(*kept[name])
        return dict(self.shares)

    # What is left in the end

    @property
    def made(self) -> Digests:
        """Every file of the site, by path."""
        return {path: digest for entry in self.now.values() for path, digest in entry[0].items()}

    def stale(self, made: Digests) -> list[str]:
        """The files that an earlier run made and this one has not; not those that somebody has altered since."""
        return sorted(path for path, digest in self.listed.items() if path not in made and self.there[path] == digest)

    def save(self, made: Digests) -> None:
        """Write down what stands there now; where nothing can be written, nothing is kept."""
        if self.shares:
            shares = self.all_shares(name for name in self.now if name != _WHOLE)
            keep(self.root, f"{self.path}-shares.json", {name: _of_share(one) for name, one in shares.items()})
        if self.now != self.before:
            keep(self.root, f"{self.path}.json", self.now)
        if made != self.listed:
            store.list_files(self.root, self.path, made)


def _of_share(share: Share) -> Entry:
    duties = [
        [one.who, one.word, one.strength, one.negated, one.policy, one.number, one.anchor, one.words]
        for one in share.duties
    ]
    return [dict(share.weights), duties]


def _share(weights: Mapping[str, int], duties: Iterable[Iterable[Any]]) -> Share:
    return Share(weights, tuple(Duty(*one) for one in duties))
