"""What changed between two wordings of a policy, clause by clause: a comparison is a value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from policytool.model.block import Number
from policytool.model.inline import NOWHERE, Inlines, Position


class ChangeKind(StrEnum):
    """What became of a passage."""

    UNCHANGED = "unchanged"
    RENUMBERED = "renumbered"
    REWORDED = "reworded"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    MOVED_AND_REWORDED = "moved and reworded"
    SPLIT = "split"
    MERGED = "merged"


class Mark(StrEnum):
    """What became of a run of words inside a passage."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


PassageKind: TypeAlias = Literal[
    "section", "clause", "item", "bullet", "paragraph", "header", "row", "preformatted", "footnote"
]
FlagKind: TypeAlias = Literal["duty", "negation", "number", "sum", "period", "date", "age", "role", "term", "reference"]
Matched: TypeAlias = Literal["", "label", "wording", "neighbour", "number", "likeness", "distant likeness", "parts"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One block with words of its own, on one side of a comparison.

    `order` is its place in reading order, from 0; `depth` how deep it stands; `quoted` and `footnote` tell what it
    stands in. The cells of a row of a table stand in `cells`, and joined in `words`. `parent` is the order of the
    passage it stands under, -1 for none.
    """

    kind: PassageKind
    order: int
    depth: int
    words: Inlines
    marker: str = ""
    number: Number | None = None
    label: str = ""
    parent: int = -1
    quoted: bool = False
    cells: tuple[Inlines, ...] = ()
    position: Position = NOWHERE

    @property
    def citation(self) -> str:
        """How the passage is called: its number as printed, or as it was typed; "" without one."""
        return str(self.number) if self.number else self.marker


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words: what stood there, and what stands there now. One that is the same may differ in emphasis."""

    mark: Mark
    old: Inlines = ()
    new: Inlines = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """Something of substance that a change touches: a duty word, a number, a period, a role and so on.

    `before` is "" where it was added, `after` is "" where it was taken away. `effect` is "stronger" or "weaker" for a
    duty, else "".
    """

    kind: FlagKind
    before: str
    after: str
    effect: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one passage; of several, where they were split or merged.

    `spans` hold the words of all its passages in order, what was deleted before what was inserted; they are empty for
    what is unchanged, renumbered, or moved as it was. `replaced` tells that so little is left that old and new are
    shown whole. `carried` tells that it moved, came in or went only with what it stands under. `likeness` is from 0 to
    1. `consequences` are references whose printed text changed although they point at the same place: (before, after).
    """

    kind: ChangeKind
    old: tuple[Passage, ...]
    new: tuple[Passage, ...]
    spans: tuple[Span, ...] = ()
    flags: tuple[Flag, ...] = ()
    consequences: tuple[tuple[str, str], ...] = ()
    matched: Matched = ""
    likeness: float = 1.0
    replaced: bool = False
    carried: bool = False
    reason: str = ""

    @property
    def is_edit(self) -> bool:
        """Whether somebody made it: neither unchanged, nor only renumbered, nor only carried along."""
        return self.kind not in (ChangeKind.UNCHANGED, ChangeKind.RENUMBERED) and not self.carried

    @property
    def is_told(self) -> bool:
        """Whether its words are to be shown: an edit, or what came in or went with one."""
        return self.is_edit or self.kind in (ChangeKind.INSERTED, ChangeKind.DELETED)

    @property
    def is_substance(self) -> bool:
        """Whether it touches more than the wording; what is inserted or deleted always does."""
        return bool(self.flags) or self.kind in (ChangeKind.INSERTED, ChangeKind.DELETED)


@dataclass(frozen=True, slots=True)
class Renumbering:
    """A run of siblings whose numbers moved together: "sections 2 to 12 are now 3 to 13"."""

    noun: str
    old_first: str
    old_last: str
    new_first: str
    new_last: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the front matter that changed: its name with dots, and its value before and after, "" for none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Ripple:
    """A passage elsewhere that cites a clause which was reworded, moved or deleted."""

    policy: str
    title: str
    citing: str
    target: str
    kind: ChangeKind


@dataclass(frozen=True, slots=True)
class Landing:
    """A reference that still resolves and now lands on another clause than it did."""

    citing: Passage
    before: Passage
    after: Passage


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two wordings: the policy's id and title, and what the version is called."""

    policy: str
    title: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that changed, in the reading order of the new wording, what was deleted where it stood."""

    old: Side
    new: Side
    changes: tuple[Change, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    renumberings: tuple[Renumbering, ...] = ()
    ripples: tuple[Ripple, ...] = ()
    landings: tuple[Landing, ...] = ()
    unrelated: bool = False

    @property
    def edits(self) -> tuple[Change, ...]:
        """The changes that somebody made."""
        return tuple(change for change in self.changes if change.is_edit)

    @property
    def told(self) -> tuple[Change, ...]:
        """The edits, and what came in or went with them."""
        return tuple(change for change in self.changes if change.is_told)

    @property
    def counts(self) -> Counter[ChangeKind]:
        """How many passages were edited in each way, and how many only renumbered."""
        counted = Counter(change.kind for change in self.edits)
        counted[ChangeKind.RENUMBERED] = sum(change.kind is ChangeKind.RENUMBERED for change in self.changes)
        return counted

    @property
    def differs(self) -> bool:
        """Whether anything at all differs, numbers and fields included."""
        return bool(self.fields) or any(change.kind is not ChangeKind.UNCHANGED for change in self.changes)
