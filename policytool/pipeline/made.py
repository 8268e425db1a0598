"""What was made of which inputs -> kept under `build/`, so that it is not made again while it stands there as it was.

What is kept of a policy is the key of its inputs and the hash of each document that was made of them. A document is up
to date when the key is that of its inputs now, and the file where it belongs has that hash. So a file that was altered
or deleted is made again, and nothing that two builds at once may keep can make a wrong one look right.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from policytool.pipeline.shelf import Entry, entries, keep
from policytool.store import files

PATH = "kept/made.json"
OFTEN = 64
"""After so many policies what is kept is written, so that a build that is killed need not begin at the beginning."""


@dataclass(slots=True)
class MadeBefore:
    """What was made by policy: its key, whether it has errors, its hashes by format.

    Drafts are kept apart from the rest, and so are issues, which are `published`.
    """

    root: Path
    draft: bool
    kept: dict[str, Entry] = field(default_factory=dict)
    unsaved: int = 0
    published: bool = False

    @classmethod
    def at(cls, root: Path, policies: Collection[str], *, draft: bool = False, published: bool = False) -> MadeBefore:
        """What is kept below a repository of the policies that are still there."""
        kept = entries(root, PATH)
        there = {name: entry for name, entry in kept.items() if name.partition(" ")[0] in policies}
        return cls(root, draft, there, len(kept) - len(there), published)

    def has_errors(self, policy: str, key: str) -> bool:
        """Whether the policy was found to have errors when it was made of the same."""
        return self._of(policy, key)[0]

    def stale(self, policy: str, key: str, out: Path, formats: Sequence[str]) -> tuple[str, ...]:
        """The formats whose file is not what would be made."""
        _, digests = self._of(policy, key)
        return tuple(one for one in formats if files.digest(out / f"{policy}.{one}") != digests.get(one, "none"))

    def digests(self, policy: str, key: str) -> Mapping[str, str]:
        """The hash of each document by format, as it was made of the same; nothing where it was not."""
        return self._of(policy, key)[1]

    def add(self, policy: str, key: str, digests: Mapping[str, str], *, has_errors: bool) -> None:
        """Note what was made."""
        _, before = self._of(policy, key)
        self.kept[self._name(policy)] = [key, has_errors, {**before, **digests}]
        self.unsaved += 1

    def save(self) -> None:
        """Write it down, unless it stands there already; where nothing can be written, nothing is kept."""
        if self.unsaved:
            keep(self.root, PATH, self.kept)
            self.unsaved = 0

    def _of(self, policy: str, key: str) -> tuple[bool, Mapping[str, str]]:
        try:
            known, has_errors, digests = self.kept[self._name(policy)]
            return (bool(has_errors), dict(digests)) if known == key else (False, {})
        except (LookupError, ValueError, TypeError):
            return False, {}

    def _name(self, policy: str) -> str:
        return f"{policy} draft" if self.draft else f"{policy} published" if self.published else policy
