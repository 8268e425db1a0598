"""Dossier, day -> when each of a policy's reviews was held last, is due next, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from policytool.model.policy import Cycle
from policytool.model.record import Record
from policytool.model.register import Review, TimeState
from policytool.model.settings import Waiver
from policytool.model.time import Moment
from policytool.review.clock import after, is_early, soonest, state
from policytool.review.dossier import Dossier, order
from policytool.review.findings import DUE, NEVER, OVERDUE

SAID = {TimeState.OVERDUE: OVERDUE, TimeState.NEVER: NEVER, TimeState.DUE: DUE}
"""What the calendar says of a review in a state, as a finding."""
URGENCY = tuple(TimeState)


def reviews(dossier: Dossier, today: date) -> tuple[Review, ...]:
    """The reviews of a policy on a day, the most urgent first."""
    found = [_review(dossier, cycle, today) for cycle in dossier.policy.reviews]
    return tuple(sorted(found, key=urgency))


def urgency(review: Review) -> tuple[int, date, str]:
    """The key that sorts reviews, the most urgent first."""
    return URGENCY.index(review.state), review.due.last if review.due else date.min, review.cycle.name


def _review(dossier: Dossier, cycle: Cycle, today: date) -> Review:
    last = last_held(dossier, cycle)
    due = due_date(dossier, cycle)
    standing = state(due, today, max(dossier.settings.reminders.lead, default=0))
    return Review(
        cycle,
        dossier.settings.title(cycle.by),
        standing,
        last,
        due,
        (due.last - today).days if due else None,
        _deferred(dossier, cycle, last),
        waiver(dossier, SAID[standing].code, today) if standing in SAID else None,
        dossier.policy.place(f"reviews.{cycle.name}"),
    )


def last_held(dossier: Dossier, cycle: Cycle) -> Record | None:
    """The latest record that moved the date of a review; None before the first."""
    return next((one for one in reversed(dossier.approving) if _serves(dossier, one, cycle)), None)


def due_date(dossier: Dossier, cycle: Cycle) -> Moment | None:
    """When a review is due next: None for one that was never held, of a policy that was never approved.

    That is `every` after the latest that counts for it, or on `next` if sooner. One without a record counts from the
    policy's first approving record.
    """
    counted = _counted(dossier, cycle)
    if not counted:
        return None
    start = _start(dossier, cycle, counted)
    promised = _promised(dossier, cycle, counted[-1], start)
    # A longer `every` in the source counts only from the next approval, a shorter one at once.
    return soonest((promised, after(start, cycle.every), *_asked(dossier, cycle, counted[-1])))


def latest_allowed(dossier: Dossier, cycle: Cycle, by: Record) -> Moment | None:
    """The latest day that a record may ask the next review for, by the cycle as it was then."""
    counted = [one for one in _counted(dossier, cycle) if order(one) <= order(by)]
    return _promised(dossier, cycle, counted[-1], _start(dossier, cycle, counted)) if counted else None


def _counted(dossier: Dossier, cycle: Cycle) -> list[Record]:
    """The reviews from which a cycle is counted, the oldest first: the policy's first, and those that serve it."""
    approving = dossier.approving
    return [*approving[:1], *(one for one in approving[1:] if _serves(dossier, one, cycle))]


def _start(dossier: Dossier, cycle: Cycle, counted: Sequence[Record]) -> Moment:
    """Where the clock of the last review started: when it was held, or when it was due if it keeps its anniversary."""
    if not cycle.keep_anniversary:
        return counted[-1].held
    before, start = counted[0], counted[0].held
    for record in counted[1:]:
        due = _promised(dossier, cycle, before, start)
        before, start = record, due if is_early(record.held, due) else record.held
    return start


def _promised(dossier: Dossier, cycle: Cycle, record: Record, start: Moment) -> Moment:
    """When the next was due by the cycle as it was when a review was held."""
    if record.cycle == cycle.name:
        return after(start, record.every or cycle.every)
    policy = dossier.as_approved(record)
    then = (one.every for one in policy.reviews if one.name == cycle.name) if policy else ()
    return after(start, next(iter(then), cycle.every))


def _asked(dossier: Dossier, cycle: Cycle, since: Record) -> Iterator[Moment]:
    """The days that were asked for: when the review was held, and the last that was set since."""
    if since.next and since.cycle == cycle.name:
        yield since.next
    later = (one for one in reversed(dossier.accepted) if one.kind == "reschedule" and one.cycle == cycle.name)
    set_since = next((one.next for one in later if one.held.last >= since.held.first), None)
    if set_since:
        yield set_since


def _serves(dossier: Dossier, record: Record, cycle: Cycle) -> bool:
    """Whether a review is one of this cycle, or of one that counts for it."""
    if record.cycle == cycle.name:
        return True
    return any(one.name == record.cycle and cycle.name in one.counts_for for one in dossier.policy.reviews)


def _deferred(dossier: Dossier, cycle: Cycle, last: Record | None) -> Record | None:
    """The latest record that put the review off, where nothing has been approved since."""
    mine = [record for record in dossier.accepted if record.kind == "review" and record.cycle == cycle.name]
    put_off = mine[-1] if mine and mine[-1].outcome == "deferred" else None
    return None if put_off and last and put_off.held.last < last.held.first else put_off


def waiver(dossier: Dossier, code: str, today: date) -> Waiver | None:
    """What silences a finding of this code on the policy today."""
    fits = (one for one in dossier.settings.waivers if one.code == code and one.policy == dossier.policy.id)
    return next((one for one in fits if one.until >= today), None)
