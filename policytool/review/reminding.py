"""Register, people, ledger -> the letters that are to be sent on a day.

A review is told to the role that holds it and to the policy's owner, and to one more role when it has been overdue for
long. It has points in time: the lead times before the first day it is due, that day, the first day it is overdue, and
every seventh day after it became due. Told by the latest point that has been reached, it is told of all before.

A person gets one digest a week, on the first run of a week that begins with the day of the digest. It goes out if, when
the week began, a point had been reached that was not told, or something was due or overdue, or never reviewed; and it
holds all of that as it stands today. Between digests only what becomes due or overdue is told, or is escalated, at
once. All of this is computed anew from the ledger, so that days missed are caught up, and nothing is told twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from policytool.model.library import Library
from policytool.model.register import Register, Review
from policytool.model.reminder import Entry, Letter, Notice, Person, Step
from policytool.model.settings import Reminders
from policytool.model.time import Moment
from policytool.review.told import Seat, Told, item

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK = 7


def letters(
    register: Register, library: Library, people: Iterable[Person], ledger: Sequence[Entry], domain: str
) -> tuple[Letter, ...]:
    """What is to be sent on the register's day, a letter a person, in order of role.

    A role that nobody holds has a letter too, to a person without address; what it would tell is told to nobody.
    `domain` is that of the sender: Message-IDs end in it. Findings that are waived are silent.
    """
    told = Told.of(ledger)
    week = _Week.of(register.day.first, library.settings.reminders)
    written = (_letter(one, told, week, domain) for one in _readers(register, library, tuple(people)))
    return tuple(letter for letter in written if letter)


def entries(letter: Letter, step: Step) -> tuple[Entry, ...]:
    """The lines of the ledger for a letter, one a review it tells of."""
    return tuple(
        Entry(
            letter.day,
            step,
            one.role,
            letter.place(one.role),
            one.policy,
            one.cycle,
            one.due,
            one.lead,
            letter.message_id,
            letter.digest,
        )
        for one in letter.notices
    )


@dataclass(frozen=True, slots=True)
class _Week:
    """The day it is, the day its week began on, and the settings of reminders."""

    day: date
    start: date
    reminders: Reminders

    @classmethod
    def of(cls, day: date, reminders: Reminders) -> _Week:
        return cls(day, day - timedelta((day.weekday() - DAYS.index(reminders.digest)) % WEEK), reminders)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A review that a person is to hear of, in one of the roles it falls to; `escalated` when only late."""

    policy: str
    title: str
    review: Review
    role: str
    escalated: bool


@dataclass(frozen=True, slots=True)
class _Reader:
    """One person with all roles they hold, and the reviews they are to hear of, each once."""

    seats: tuple[Person, ...]
    claims: dict[tuple[str, str], _Claim] = field(default_factory=dict)

    @property
    def keys(self) -> frozenset[Seat]:
        return frozenset((seat.role, seat.place) for seat in self.seats)


def _readers(register: Register, library: Library, people: Sequence[Person]) -> tuple[_Reader, ...]:
    """Everybody who may have to hear of something, in the order of the roles; who holds several is one."""
    found = _Readers(people)
    for entry in register.entries:
        owner = library.policies[entry.policy].owner
        for review in entry.reviews:
            if not review.waiver:
                for role, escalated in _roles(review, owner, library.settings.reminders):
                    if role:  # a policy with errors may name none
                        found.claim(_Claim(entry.policy, entry.title, review, role, escalated))
    order = {role: place for place, role in enumerate(library.settings.roles)}
    return tuple(sorted(found.all(), key=lambda one: (order.get(one.seats[0].role, len(order)), one.seats[0].place)))


def _roles(review: Review, owner: str, reminders: Reminders) -> Iterator[tuple[str, bool]]:
    """The roles that hear of a review, the surest first, and whether only by escalation."""
    yield review.cycle.by, False
    yield owner, False
    if reminders.escalate and review.due:
        yield reminders.escalate.to, True


class _Readers:
    """Readers by address; the address stands for nobody where a role is not held."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._seats: dict[str, list[Person]] = {}
        self._holders: dict[str, list[str]] = {}
        self._readers: dict[str, _Reader] = {}
        for person in people:
            address = person.address.casefold()
            self._seats.setdefault(address, []).append(person)
            self._holders.setdefault(person.role, []).append(address)

    def claim(self, claim: _Claim) -> None:
        """Note a review for everybody who holds the role; what they hear of in an earlier role already, once."""
        for address in self._holders.get(claim.role) or [self._nobody(claim.role)]:
            reader = self._readers.setdefault(address, _Reader(tuple(self._seats[address])))
            reader.claims.setdefault((claim.policy, claim.review.cycle.name), claim)

    def _nobody(self, role: str) -> str:
        empty = f"\0{role}"  # no address has a NUL in it
        self._seats.setdefault(empty, [Person(role, 0, "", "")])
        return empty

    def all(self) -> Iterable[_Reader]:
        return self._readers.values()


@dataclass(frozen=True, slots=True)
class _Points:
    """The points in time of one review for one reader, as days left until the first day it is due.

    `leads` are those that come once, `events` those of them that are told at once; from `begins` on the reader hears
    of it every week.
    """

    leads: tuple[int, ...]
    events: tuple[int, ...]
    begins: int

    @classmethod
    def of(cls, claim: _Claim, due: Moment, reminders: Reminders) -> _Points:
        length = (due.last - due.first).days
        if claim.escalated and reminders.escalate:
            late = -length - max(1, reminders.escalate.after)
            return cls((late,), (late,), late)
        overdue = -length - 1
        events = (0, overdue) if 0 in reminders.lead else (overdue,)
        return cls((*reminders.lead, overdue), events, 0)

    def reached(self, left: int) -> int | None:
        """The latest point reached with so many days left, None before the first."""
        weekly = -(-left // WEEK * WEEK)
        points = [lead for lead in self.leads if lead >= left]
        if left <= -WEEK and weekly <= self.begins:
            points.append(weekly)
        return min(points, default=None)

    def event(self, left: int) -> int | None:
        """The latest of the points reached that are told at once."""
        return min((lead for lead in self.events if lead >= left), default=None)


@dataclass(frozen=True, slots=True)
class _Hearing:
    """A review as one reader hears of it today.

    `asks` for a digest what was due, overdue or unheard when the week began; the digest then also holds what only
    `stands` since. `urgent` is what became due or overdue and was not told.
    """

    notice: Notice
    asks: bool
    stands: bool
    urgent: bool


def _hearing(claim: _Claim, seats: frozenset[Seat], told: Told, week: _Week) -> _Hearing | None:
    """A review as a reader hears of it; None while there is nothing to hear."""
    due = claim.review.due
    if due is None:
        return _Hearing(_notice(claim, 0, week), asks=True, stands=True, urgent=False)
    points = _Points.of(claim, due, week.reminders)
    left = (due.first - week.day).days
    lead = points.reached(left)
    if lead is None:
        return None
    before = (due.first - week.start).days
    known = told.lead(seats, (claim.policy, claim.review.cycle.name, due))
    asks = before <= points.begins or _is_news(points.reached(before), known)
    urgent = _is_news(points.event(left), known)
    return _Hearing(_notice(claim, lead, week), asks=asks, stands=left <= points.begins, urgent=urgent)


def _is_news(point: int | None, known: int | None) -> bool:
    return point is not None and (known is None or known > point)


def _notice(claim: _Claim, lead: int, week: _Week) -> Notice:
    due = claim.review.due
    late = max(0, (week.day - due.last).days) if due else 0
    cycle = claim.review.cycle.name
    return Notice(claim.role, claim.policy, claim.title, cycle, due, lead, late, escalated=claim.escalated)


def _letter(reader: _Reader, told: Told, week: _Week, domain: str) -> Letter | None:
    """What a reader is to be sent today, if anything."""
    heard = [one for claim in reader.claims.values() if (one := _hearing(claim, reader.keys, told, week))]
    digest = any(one.asks for one in heard) and not told.digest_since(reader.keys, week.start)
    notices = [one.notice for one in heard if (one.asks or one.stands if digest else one.urgent)]
    if not notices:
        return None
    notices.sort(key=_urgency)
    name = told.unsettled(reader.keys, notices, digest=digest)
    name = name or _message_id(reader, notices, week.day, domain, digest=digest)
    earlier = told.references(reader.keys, notices, name)
    return Letter(week.day, _seats(reader, notices), tuple(notices), digest, name, earlier)


def _seats(reader: _Reader, notices: Iterable[Notice]) -> tuple[Person, ...]:
    """The roles in which a person is written to; who stands twice under one role is written to once."""
    roles = {notice.role for notice in notices}
    return tuple({seat.role: seat for seat in reversed(reader.seats) if seat.role in roles}.values())[::-1]


def _urgency(notice: Notice) -> tuple[bool, date, str, str]:
    return notice.due is None, notice.due.last if notice.due else date.max, notice.title, notice.cycle


def _message_id(reader: _Reader, notices: Iterable[Notice], day: date, domain: str, *, digest: bool) -> str:
    """The name of a mail (RFC 5322, 3.6.4): the same for the same mail, made of nothing that is private."""
    said = [day.isoformat(), digest, sorted(reader.keys), sorted(map(item, notices))]
    # Short enough, with most domains, for a header line that need not be folded: not every server mends such a name.
    return f"<{day}.{sha256(json.dumps(said).encode()).hexdigest()[:24]}@{domain}>"
