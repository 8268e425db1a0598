"""The ledger of reminders -> what each person was told by which mail, and what nobody knows to have gone out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from policytool.model.reminder import Entry, Notice
from policytool.model.time import Moment

MOST_REFERENCES = 10
"""So many earlier mails are referred to: enough for a mail program to thread them."""

Seat: TypeAlias = tuple[str, int]
"""A role, and a place among those who hold it."""
Subject: TypeAlias = tuple[str, str, Moment | None]
"""A review that is due: policy, cycle, due date."""
Item: TypeAlias = tuple[str, str, str, int]
"""What one line of a mail tells: policy, cycle, due date, lead time."""


def item(one: Notice | Entry) -> Item:
    """What is told of one review."""
    return one.policy, one.cycle, str(one.due or ""), one.lead


@dataclass(frozen=True, slots=True)
class Told:
    """What the ledger says.

    A mail counts as sent when one of its lines says so: these lines are written after the server took it. A mail whose
    last word is that it is being sent is unsettled: nobody knows whether it went out, and it goes out once more.
    """

    leads: Mapping[tuple[Seat, Subject], int]
    mails: Mapping[tuple[Seat, Subject], Sequence[str]]
    digests: Mapping[Seat, date]
    open: Mapping[str, Sequence[Entry]]

    @classmethod
    def of(cls, ledger: Sequence[Entry]) -> Told:
        """All of it, from the lines of the ledger in order."""
        sent = {entry.message_id for entry in ledger if entry.step == "sent"}
        last = {entry.message_id: entry.step for entry in ledger}
        leads: dict[tuple[Seat, Subject], int] = {}
        mails: dict[tuple[Seat, Subject], list[str]] = {}
        digests: dict[Seat, date] = {}
        unsettled: dict[str, list[Entry]] = {}
        for entry in ledger:
            seat = (entry.role, entry.holder)
            key = (seat, (entry.policy, entry.cycle, entry.due))
            if entry.message_id in sent:
                leads[key] = min(entry.lead, leads.get(key, entry.lead))
                mails.setdefault(key, []).append(entry.message_id)
                if entry.digest:
                    digests[seat] = max(entry.day, digests.get(seat, entry.day))
            elif last[entry.message_id] == "sending":
                unsettled.setdefault(entry.message_id, []).append(entry)
        return cls(leads, mails, digests, unsettled)

    def lead(self, seats: frozenset[Seat], subject: Subject) -> int | None:
        """The latest point by which a person was told of a review, None if never."""
        return min((self.leads[seat, subject] for seat in seats if (seat, subject) in self.leads), default=None)

    def digest_since(self, seats: frozenset[Seat], start: date) -> bool:
        """Whether a person got a digest on that day or later."""
        return any(self.digests.get(seat, date.min) >= start for seat in seats)

    def unsettled(self, seats: frozenset[Seat], notices: Iterable[Notice], *, digest: bool) -> str:
        """The Message-ID of an unsettled mail to a person that said at least the same; "" for none."""
        items = set(map(item, notices))
        for name, said in self.open.items():
            same = said[0].digest == digest and all((one.role, one.holder) in seats for one in said)
            if same and items <= set(map(item, said)):
                return name
        return ""

    def references(self, seats: frozenset[Seat], notices: Iterable[Notice], name: str) -> tuple[str, ...]:
        """The newest mails to a person on any of these reviews, the oldest first."""
        found = dict.fromkeys(
            (mail, self._day(mail))
            for one in notices
            for seat in seats
            for mail in self.mails.get((seat, (one.policy, one.cycle, one.due)), ())
            if mail != name
        )
        return tuple(mail for mail, _ in sorted(found, key=lambda one: one[1]))[-MOST_REFERENCES:]

    @staticmethod
    def _day(mail: str) -> str:
        return mail[1:].partition(".")[0]
