"""Versions of a policy: commits, what became of a file in each, and how its wording changed from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from policytool.model.comparison import ChangeKind

Wording: TypeAlias = Literal["first", "cut off", "changed", "same", "removed", "unreadable"]


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its full hash, its author's name, when it was made, and the first paragraph of its message.

    `date` is aware; it is the committer's, the day on which a squashed or rebased change came in, not the day on which
    somebody began to write it. `parents` are hashes, the branch's own line first.
    """

    hash: str
    author: str
    date: datetime
    subject: str = ""
    parents: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """The first seven figures of the hash."""
        return self.hash[:7]


@dataclass(frozen=True, slots=True)
class Revision:
    """What a commit made of a file: the path it stands at from then on, and its content, named by `blob`.

    Paths are relative to the folder of the policies ("../notes/x.md" if the file stood outside it). `blob` is "" where
    the commit removed the file; `renamed_from` is "" unless it was renamed or moved.
    """

    commit: Commit
    path: str
    blob: str
    renamed_from: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a policy, held against the one before.

    `wording` is "first" where there is none before, "cut off" where a shallow clone does not hold it, "same" where
    only labels, format, front matter or the file's name changed, "removed" where the file was taken away, and
    "unreadable" where one of the two is no text. `counts` tells how many passages were edited in each way.
    `approved_by` is the review that approved it, "" where none did.
    """

    commit: Commit
    path: str
    wording: Wording
    counts: Mapping[ChangeKind, int] = field(default_factory=dict)
    renamed_from: str = ""
    approved_by: str = ""
