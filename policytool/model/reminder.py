"""Reminders: what is told to which role, and the ledger of what was told already (`reviews/reminders.jsonl`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from policytool.model.time import Moment

Step: TypeAlias = Literal["sending", "sent", "failed"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One review that a role is to be reminded of. `lead` is in days before it is due: 30, 0, or -7 for a week after.

    `due` is None for what was never reviewed and counts from nothing; `lead` is then 0. `overdue_by` counts the days
    since the last on which it was not overdue, 0 while it is not. `escalated` tells that the role hears of it only
    because it has been overdue for long.
    """

    role: str
    policy: str
    title: str
    cycle: str
    due: Moment | None
    lead: int
    overdue_by: int = 0
    escalated: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Who holds a role, and the address; neither is ever in any output but the mail itself.

    `place` counts the holders of a role from 1: the ledger names nobody, it says "the second of the board".
    """

    role: str
    place: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: a reminder that is about to be sent, was sent, or could not be.

    `holder` is the place of the person among those who hold the role; `digest` tells a weekly mail from one sent at
    once.
    """

    day: date
    step: Step
    role: str
    holder: int
    policy: str
    cycle: str
    due: Moment | None
    lead: int
    message_id: str
    digest: bool = True


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person. `seats` are the roles that the person holds and is written to in; the first names them.

    `digest` tells the weekly mail from one that goes out at once. The person of a role that nobody holds has no
    address, and place 0. `references` are the Message-IDs of earlier mails on the same reviews, the oldest first.
    """

    day: date
    seats: tuple[Person, ...]
    notices: tuple[Notice, ...]
    digest: bool
    message_id: str
    references: tuple[str, ...] = ()

    @property
    def person(self) -> Person:
        """Whom it is written to."""
        return self.seats[0]

    @property
    def held(self) -> bool:
        """Whether anybody holds the role it is written to."""
        return bool(self.person.address)

    def place(self, role: str) -> int:
        """The place of the person among those who hold the role."""
        return next((seat.place for seat in self.seats if seat.role == role), 0)
