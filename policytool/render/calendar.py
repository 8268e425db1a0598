"""Register -> a calendar by RFC 5545, one all-day event a review that has a due date.

A calendar that is subscribed to follows: an event keeps its UID, and its SEQUENCE grows with every record of its
cycle. The same register gives the same bytes: each date is a record's, none is the clock's. Roles stand in it, never
a person or a mailbox.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from policytool.model.record import Record
from policytool.model.register import Entry, Register, Review
from policytool.model.time import Moment
from policytool.render.register import words
from policytool.render.terminal import printable

if TYPE_CHECKING:
    from icalendar import Alarm, Event

HOST = "policytool.invalid"
"""Stands in the UIDs of a school that publishes nowhere; no such host can be (RFC 2606)."""
DAY = timedelta(days=1)
EPOCH = Moment(1970, 1, 1)
Histories: TypeAlias = Mapping[tuple[str, str], Sequence[Record]]


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar is to be made with besides the register.

    `organisation` is its name; `host` that of the address where policies are published, in UIDs. `leads` are the
    alarms, in days before a review is due. `addresses` gives where each policy can be read that is published.
    `histories` gives, by (policy, cycle), every record that speaks of a cycle, corrections and those that they
    replaced among them: their number is the SEQUENCE, and the latest tells when the event was changed. `tells_wording`:
    how the text stands to the approved one is told, too.
    """

    organisation: str
    host: str = HOST
    leads: tuple[int, ...] = ()
    addresses: Mapping[str, str] | None = None
    histories: Histories | None = None
    tells_wording: bool = True


def host_of(address: str) -> str:
    """The host that names a school's events, from the address where it publishes."""
    try:
        host = urlsplit(address).hostname or HOST
        return host if host.isascii() else host.encode("idna").decode()
    except ValueError:  # "https://[", a host name that is too long
        return HOST


def calendar(register: Register, feed: Feed) -> bytes:
    """The calendar: CRLF at the end of each line, lines folded. Where nothing is due it holds no event."""
    from icalendar import Calendar, vDuration, vText  # 60 ms, for this format alone

    made = Calendar()
    name = printable(f"Policy reviews, {feed.organisation}" if feed.organisation else "Policy reviews")
    made.add("prodid", "-//policytool//register of reviews//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", vText(name))
    made.add("x-wr-calname", vText(name))
    made.add("refresh-interval", vDuration(DAY, params={"VALUE": "DURATION"}))
    made.add("x-published-ttl", vDuration(DAY))
    for entry in register.entries:
        for review in entry.reviews:
            if review.due:
                made.add_component(_event(entry, review, review.due, feed))
    content: bytes = made.to_ical()
    return content


def _event(entry: Entry, review: Review, due: Moment, feed: Feed) -> Event:
    from icalendar import Event

    key = entry.policy, review.cycle.name
    records = (feed.histories or {}).get(key, ())
    changed = _changed(entry, review, records).first
    stamp = datetime(changed.year, changed.month, changed.day, tzinfo=UTC)
    address = (feed.addresses or {}).get(entry.policy, "")
    title = f"Review due: {entry.title} ({words.name(review)})"
    event = Event()
    event.add("uid", f"{'.'.join(key)}@{feed.host}")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", len(records))
    event.add("dtstart", due.first)
    event.add("dtend", due.last + DAY)
    event.add("summary", printable(title))
    event.add("description", _description(entry, review, address, feed))
    event.add("transp", "TRANSPARENT")
    if address:
        event.add("url", printable(address))
    for lead in feed.leads:
        event.add_component(_alarm(lead, printable(title)))
    return event


def _changed(entry: Entry, review: Review, records: Sequence[Record]) -> Moment:
    """When what an event says was last settled: by the latest record of its cycle, else by the first approval."""
    own = [one.written for one in (*records, review.last) if one]
    if not own and entry.approval:
        own = [entry.approval.record.written]
    return max(own, key=lambda moment: (moment.first, moment.last), default=EPOCH)


def _description(entry: Entry, review: Review, address: str, feed: Feed) -> str:
    approval = words.approval(entry)
    lines = [f"Last review: {words.held(review)}", f"Owner: {entry.owner}"]
    lines += [f"Wording: {entry.wording}" + (f", {approval}" if approval else "")] if feed.tells_wording else []
    lines += [address] if address else []
    return "\n".join(printable(line) for line in lines)


def _alarm(lead: int, title: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-lead))
    return alarm
