"""What a body is asked to decide at a meeting, and what it is only told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policytool.model.record import Record
from policytool.model.register import Entry, Review, WordingState
from policytool.model.time import Moment


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting of a body: `until` is when it meets next, and `since` when it met before, None where nobody knows.

    `body` is the id of the role, `title` its name.
    """

    body: str
    title: str
    day: date
    until: date
    since: date | None = None

    @property
    def name(self) -> str:
        """What its files are named after: "governing-board-2026-12-08"."""
        return f"{self.body}-{self.day}"

    @property
    def told(self) -> str:
        """As people say it: "Full Governing Board, 8 December 2026"."""
        return f"{self.title}, {Moment.of(self.day).told}"


@dataclass(frozen=True, slots=True)
class Item:
    """A policy to be decided on: in `reviews` the cycles that the decision is recorded under, the most urgent first.

    `due` tells whether they fall due before the following meeting; otherwise it is the wording that brings it here.
    `approves` tells whether what the body approves is the approved wording, and not only a review of it.
    """

    entry: Entry
    reviews: tuple[Review, ...]
    due: bool
    approves: bool

    @property
    def unchanged(self) -> bool:
        """Whether the text is the one that was approved."""
        return self.entry.wording is WordingState.APPROVED


@dataclass(frozen=True, slots=True)
class Told:
    """A record that the body is told of, or asked to ratify. `by` is the title of the role that decided."""

    entry: Entry
    record: Record
    by: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """All that is brought to one meeting; `homeless` has changed, and no cycle under which the body could decide."""

    sitting: Sitting
    items: tuple[Item, ...] = ()
    ratifications: tuple[Told, ...] = ()
    amendments: tuple[Told, ...] = ()
    homeless: tuple[Entry, ...] = ()
