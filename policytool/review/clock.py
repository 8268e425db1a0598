"""A moment and a period -> when it is due; a due date and a day -> how it stands.

A month means the whole month: what was held in September 2023, every 12 months, is due in September 2024 and overdue on
1 October. Due today is not overdue.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import MAXYEAR, date, timedelta

from policytool.model.register import TimeState
from policytool.model.time import Duration, Moment

EARLY = 30
"""A review at most so many days early keeps its anniversary, where the cycle says so."""
_YEAR = 12


def after(start: Moment, every: Duration) -> Moment:
    """A period after a moment; the 31st and a month is the last of the next, 29 February and a year is the 28th.

    Months after a whole month are a whole month; weeks are counted from its last day.
    """
    if every.unit == "week":
        return Moment.of(start.last + min(timedelta(weeks=every.count), date.max - start.last))
    months = every.count * (_YEAR if every.unit == "year" else 1)
    year, month = divmod(start.year * _YEAR + start.month - 1 + months, _YEAR)
    if year > MAXYEAR:
        year, month = MAXYEAR, _YEAR - 1
    return Moment(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def soonest(moments: Iterable[Moment]) -> Moment:
    """The moment that is over first; of two that are over together the shorter."""
    return min(moments, key=lambda one: (one.last, -one.first.toordinal()))


def is_early(held: Moment, due: Moment) -> bool:
    """Whether a review was held before it was due, and at most thirty days before."""
    return 0 < (due.first - held.last).days <= EARLY


def state(due: Moment | None, today: date, notice: int) -> TimeState:
    """How a review stands on a day; `notice` is the longest lead time in days."""
    if due is None:
        return TimeState.NEVER
    if today > due.last:
        return TimeState.OVERDUE
    if today >= due.first:
        return TimeState.DUE
    return TimeState.DUE_SOON if (due.first - today).days <= notice else TimeState.CURRENT
