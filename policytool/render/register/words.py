"""The register in words: what every format says of a review, of a wording, and of the whole.

A state is told in words, with a sign of its own shape beside it; colour comes on top and says nothing alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from policytool.model.record import Record
from policytool.model.register import Entry, Register, Review, TimeState, WordingState
from policytool.model.settings import Waiver
from policytool.model.time import Moment
from policytool.render.terminal import count

NEVER = "never"
NONE = "–"
BAR = "■"
SIGNS: Mapping[TimeState, str] = {
    TimeState.OVERDUE: "▲",
    TimeState.NEVER: "△",
    TimeState.DUE: "●",
    TimeState.DUE_SOON: "◐",
    TimeState.CURRENT: "○",
}
"""Triangles for what is late, circles that fill as the day comes near."""
WORDING_SIGNS: Mapping[WordingState, str] = {
    WordingState.CHANGED: "≠",
    WordingState.NEVER: "∅",
    WordingState.APPROVED: "=",
}
MONTHS = "When reviews fall due"
MEETINGS = "What is for which meeting"
SPREAD = "Reviews that might be held sooner, so that fewer fall due at once"
WHY = "so that fewer reviews fall due at once"


def state(review: Review) -> str:
    """Its state, with the days left: "overdue by 12 days", "due soon, 20 days left"."""
    if review.days is None:
        return str(review.state)
    if review.state is TimeState.OVERDUE:
        return f"overdue by {count(-review.days, 'day')}"
    if review.state is TimeState.DUE and not review.days:
        return "due, last day today" if review.due and review.due.is_month else "due today"
    return f"{review.state}, {count(review.days, 'day')} left"


def last(review: Review) -> str:
    """When it was last held."""
    return review.last.held.told if review.last else NEVER


def due(review: Review) -> str:
    """When it is next due; a dash for what counts from nothing."""
    return review.due.told if review.due else NONE


def name(review: Review) -> str:
    """What it is called: "annual, by Headteacher"."""
    return f"{review.cycle.name}, by {review.by}"


def minute(record: Record | None) -> str:
    """The minute of a record, "" where there is none."""
    return record.minute if record else ""


def held(review: Review) -> str:
    """When it was last held, with the minute: "14 September 2023, minute FGB 2023/41"."""
    return _minuted(review.last) if review.last else NEVER


def approval(entry: Entry) -> str:
    """The approved wording: its version, when, by which minute, and when it was confirmed; "" where there is none."""
    if entry.approval is None:
        return ""
    record, confirmed = entry.approval.record, entry.approval.confirmed
    told = f"version {entry.approval.version}, approved {_minuted(record)}"
    return told if confirmed == record else f"{told}; confirmed {_minuted(confirmed)}"


def _minuted(record: Record) -> str:
    return f"{record.held.told}, minute {record.minute}" if record.minute else record.held.told


def waived(waiver: Waiver) -> str:
    """The mark of what is silenced: "waived until 31 January 2027 by clerk: reason"."""
    return _because(f"waived until {Moment.of(waiver.until).told} by {waiver.by}", waiver.reason)


def deferred(record: Record) -> str:
    """The mark of what was put off: "deferred on 3 March 2026, minute FGB 2026/7: reason"."""
    return _because(f"deferred {'in' if record.held.is_month else 'on'} {_minuted(record)}", record.reason)


def _because(told: str, reason: str) -> str:
    return f"{told}: {reason}" if reason else told


def marks(review: Review) -> Iterator[str]:
    """What stands beside the state of a review."""
    if review.deferred:
        yield deferred(review.deferred)
    if review.waiver:
        yield waived(review.waiver)


def summary(register: Register) -> str:
    """The last line: "4 policies: 1 review overdue, 2 due soon; 1 changed since approval"."""
    if not register.entries:
        return "no policies in force"
    parts = [_times(register.entries), _wordings(register.entries)]
    silenced = sum(waiver is not None for waiver in _waivers(register.entries))
    parts += [f"{silenced} waived"] if silenced else []
    return f"{count(len(register.entries), 'policy', 'policies')}: {'; '.join(part for part in parts if part)}"


def _times(entries: Iterable[Entry]) -> str:
    found = Counter(review.state for entry in entries for review in entry.reviews)
    told = [one for one in TimeState if found[one] and one is not TimeState.CURRENT]
    if not told:
        return "no review is due soon"
    first = f"{count(found[told[0]], 'review')} {told[0]}"
    return ", ".join([first, *(f"{found[one]} {one}" for one in told[1:])])


def _wordings(entries: Iterable[Entry]) -> str:
    found = Counter(entry.wording for entry in entries)
    told = [f"{found[one]} {one}" for one in WordingState if found[one] and one is not WordingState.APPROVED]
    return ", ".join(told) or "every wording is approved"


def _waivers(entries: Iterable[Entry]) -> Iterator[Waiver | None]:
    for entry in entries:
        yield entry.waiver
        yield from (review.waiver for review in entry.reviews)
