"""What was made of a site -> kept under `build/`, so that a page is not made again while it stands there as it was.

A policy's pages are up to date when what they are made of has the kept key, what they tell of others is what they told,
and each file has its kept hash. So a page that was altered or deleted is made again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from policytool.pipeline.shelf import Entry, entries, keep
from policytool.pipeline.site.given import Standing, document_path
from policytool.pipeline.site.shares import AllDuties, Words
from policytool.store import site as store

if TYPE_CHECKING:
    from policytool.pipeline.site.bindery import Leaves
    from policytool.pipeline.site.given import Given
    from policytool.pipeline.site.ground import Ground

Digests: TypeAlias = Mapping[str, str]
ROOM = " "
"""What the name begins with of a room, the pages that are made together of what all policies add: no policy's does."""


@dataclass
class MadeSite:
    """What was made by an earlier run in a folder, and what this one makes or leaves as it was.

    Under each policy stand the hashes of its files by path, the key, what is told of others, a name for that, one for
    what its documents are made of, and names for the words and for the duties that it adds to pages that tell of all;
    under each room the hashes and the key.
    `listed` are the files that an earlier run made, be it of another version of this tool; `find` gives what is there.
    `reviews` is a name for all records and wordings of this run, "" until it is asked for.
    """

    root: Path
    path: str
    before: Mapping[str, Entry]
    listed: list[str]
    find: Callable[[], Digests]
    now: dict[str, Entry] = field(default_factory=dict)
    reviews: str = ""

    @classmethod
    def at(cls, root: Path, out: Path) -> MadeSite:
        """What is kept of a site in a folder. The files that stand there are hashed meanwhile."""
        place = os.path.realpath(out).encode("utf-8", "surrogateescape")
        path = f"kept/site-{sha256(place).hexdigest()[:12]}"
        listed = store.listing(root, path)
        find = store.digests(out, listed)
        return cls(root, path, entries(root, f"{path}.json"), listed, find)

    @cached_property
    def there(self) -> Digests:
        """The files that stand there, with their hashes."""
        return self.find()

    @cached_property
    def words(self) -> Words:
        """The words that policies add to the search."""
        return Words(self.root, f"{self.path}-words.json")

    @cached_property
    def duties(self) -> AllDuties:
        """The duties that policies add to those of all."""
        return AllDuties(self.root, f"{self.path}-duties.json")

    def expect(self, paths: Iterable[str]) -> None:
        """List files before they are written, so that the next run knows them however this one ends."""
        new = set(paths).difference(self.listed)
        if new:
            self.listed = [*self.listed, *new]
            store.list_files(self.root, self.path, self.listed)

    # Policies

    def keeps(self, given: Given, ground: Ground) -> bool:
        """Whether the pages of a policy stand there as they would be made; then they are left alone."""
        try:
            digests, key, uses, told, *_ = entry = self.before[given.policy]
            is_same = key == given.key(ground) and told == ground.told((policy, label) for policy, label in uses)
        except (ValueError, TypeError, LookupError, AttributeError):
            return False
        return is_same and self._keeps(given.policy, entry, digests)

    def with_documents(self, given: Given, ground: Ground) -> Given:
        """A policy with those of its documents that stand there as they would be made."""
        try:
            digests, _, uses, told, documents, *_ = self.before[given.policy]
            is_same = documents == given.documents_key(ground)
            if not is_same or told != ground.told((policy, label) for policy, label in uses):
                return given
        except (ValueError, TypeError, LookupError, AttributeError):
            return given
        paths = (document_path(given.policy, *one) for one in given.documents(ground))
        same = [path for path in paths if path in digests and self.there.get(path) == digests[path]]
        sizes = store.sizes(ground.out, same)
        return replace(given, there=tuple(Standing(path, digests[path], sizes[path]) for path in same))

    def _keeps(self, name: str, entry: Entry, digests: Digests) -> bool:
        is_there = all(self.there.get(path) == digest for path, digest in digests.items())
        if is_there:
            self.now[name] = entry
        return is_there

    def add(self, given: Given, ground: Ground, leaves: Leaves) -> None:
        """Note what was made of a policy."""
        names = [sha256(repr(one).encode()).hexdigest() for one in leaves.share]
        told = [given.key(ground), leaves.uses, ground.told(leaves.uses), given.documents_key(ground), *names]
        self.now[given.policy] = [leaves.digests, *told]
        before = self.before.get(given.policy, [])[-2:]
        if before[:1] != names[:1]:
            self.words.add(given.policy, leaves.share.weights)
        if before[1:] != names[1:]:
            self.duties.add(given.policy, leaves.share.duties)

    @property
    def policies(self) -> list[str]:
        """The policies that have pages, in order of id."""
        return sorted(name for name in self.now if not name.startswith(ROOM))

    def added(self, which: int) -> Mapping[str, str]:
        """Names for the words (-2) or the duties (-1) that policies add, by policy."""
        return {name: self.now[name][which] for name in self.policies}

    # Rooms

    def keeps_room(self, name: str, key: str) -> bool:
        """Whether the pages of a room stand there as they would be made."""
        try:
            digests, known = entry = self.before[ROOM + name]
            return known == key and self._keeps(ROOM + name, entry, digests)
        except (ValueError, TypeError, LookupError, AttributeError):
            return False

    def add_room(self, name: str, key: str, digests: Digests) -> None:
        """Note what was made of a room."""
        self.now[ROOM + name] = [digests, key]

    # What is left in the end

    @property
    def is_whole(self) -> bool:
        """Whether every file of the earlier run stands there as it was made, and no other was begun."""
        made = {path: digest for entry in self.before.values() for path, digest in entry[0].items()}
        return made.keys() == set(self.listed) and all(self.there[path] == digest for path, digest in made.items())

    @property
    def made(self) -> Digests:
        """Every file of the site, by path."""
        return {path: digest for entry in self.now.values() for path, digest in entry[0].items()}

    def stale(self, made: Digests) -> list[str]:
        """The files that an earlier run made and this one has not."""
        return sorted(set(self.listed).difference(made))

    def save(self, made: Digests) -> None:
        """Write down what stands there now; where nothing can be written, nothing is kept."""
        self.words.save(self.added(-2))
        self.duties.save(self.added(-1))
        if self.now != self.before:
            keep(self.root, f"{self.path}.json", self.now)
        if made.keys() != set(self.listed):
            store.list_files(self.root, self.path, made)
