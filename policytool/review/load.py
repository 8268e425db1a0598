"""Entries of the register -> what falls due when, and how it might be spread."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from policytool.model.register import Entry, Load, Meeting, Proposal, Review
from policytool.model.settings import Settings
from policytool.model.time import Moment
from policytool.review.roles import falls_to

FEWEST = 2
"""So many reviews a month are never too many for one role."""
_YEAR = timedelta(days=365)


def load(entries: Iterable[Entry], today: date) -> Iterator[Load]:
    """The months in which reviews fall due from a day on, in order; what is overdue falls into none."""
    by_month: dict[date, list[tuple[str, str]]] = defaultdict(list)
    for entry, review, due in _to_come(entries, today):
        by_month[due.last.replace(day=1)].append((entry.policy, review.cycle.name))
    for month, found in sorted(by_month.items()):
        yield Load(Moment(month.year, month.month), tuple(found))


def meetings(entries: Iterable[Entry], settings: Settings, today: date) -> Iterator[Meeting]:
    """The meetings to come, each with the reviews that its body must hold there or be late.

    A review belongs to the last meeting on or before its due date; what is overdue, or due before the first, belongs to
    the first. A role that has no meetings of its own brings its reviews to those of the bodies that may decide for it.
    """
    listed = list(entries)
    for body, days in settings.meetings.items():
        coming = sorted(day for day in days if day >= today)
        agendas: dict[date, list[tuple[str, str]]] = {day: [] for day in coming}
        for entry in listed:
            for review in entry.reviews:
                if falls_to(settings, body, review.cycle.by) and (day := _agenda(coming, review.due)) is not None:
                    agendas[day].append((entry.policy, review.cycle.name))
        for day, found in agendas.items():
            yield Meeting(settings.title(body), Moment.of(day), tuple(found))


def _agenda(coming: Sequence[date], due: Moment | None) -> date | None:
    """The meeting at which a review must be held: the last in time; None where a later one will do."""
    if not coming:
        return None
    if due is None or due.last < coming[0]:
        return coming[0]
    in_time = [day for day in coming if day <= due.last]
    # After the last meeting that is known there may be others.
    return in_time[-1] if in_time[-1] != coming[-1] or due.last < _guessed_next(coming) else None


def _guessed_next(coming: Sequence[date]) -> date:
    """When the meeting after the last known may be: as long after it as that was after the one before, else a year."""
    gap = coming[-1] - coming[-2] if len(coming) > 1 else _YEAR
    return coming[-1] + min(gap, date.max - coming[-1])


def _to_come(entries: Iterable[Entry], today: date) -> Iterator[tuple[Entry, Review, Moment]]:
    for entry in entries:
        for review in entry.reviews:
            if review.due is not None and review.due.last >= today:
                yield entry, review, review.due


class _Task(NamedTuple):
    """A review to be placed: the last month, counted from this one, in which it may be held."""

    latest: int
    entry: Entry
    review: Review


def spread(entries: Iterable[Entry], today: date) -> Iterator[Proposal]:
    """Reviews that might be held sooner, so that the busiest month to come of each role is as light as can be.

    None later than its cycle allows, and as few moved, by as little, as that takes. What is overdue is work of this
    month and takes its room, however much it is. A month of two reviews is light enough.
    """
    by_role: dict[str, list[_Task]] = defaultdict(list)
    for entry in entries:
        for review in entry.reviews:
            by_role[review.cycle.by].append(_Task(_months(today, review.due), entry, review))
    for tasks in by_role.values():
        yield from _spread(tasks, today)


def _spread(tasks: Sequence[_Task], today: date) -> Iterator[Proposal]:
    most = _lightest(Counter(task.latest for task in tasks))
    for month, task in _placed(tasks, most):
        if month < task.latest and task.review.due is not None:
            proposed = _month(today, month)
            yield Proposal(task.entry.policy, task.review.cycle.name, task.review.due, proposed)


def _lightest(due: Mapping[int, int]) -> int:
    """The fewest a month with which everything can be held in time; what must be held this month sets no measure."""
    return next(most for most in count(FEWEST) if _fits(due, most))


def _fits(due: Mapping[int, int], most: int) -> bool:
    """Whether there is room in time for all that is due in later months, with at most so many in any."""
    room = max(0, most - due.get(0, 0))
    for month in range(1, max(due) + 1):
        room += most - due.get(month, 0)
        if room < 0:
            return False
    return True


def _placed(tasks: Sequence[_Task], most: int) -> Iterator[tuple[int, _Task]]:
    """Each task with its month, from the last month backwards: those due in it, then those that found no room before.

    So the fewest are moved, and none of them further than must be: the first to wait is the first to be placed.
    """
    waiting: list[_Task] = []
    by_month: dict[int, list[_Task]] = defaultdict(list)
    for task in tasks:
        by_month[task.latest].append(task)
    for month in range(max(by_month), -1, -1):
        own, rest = by_month[month][:most], by_month[month][most:]
        room = most - len(own)
        yield from ((month, task) for task in (*own, *waiting[:room]))
        waiting = [*waiting[room:], *rest]


def _months(today: date, due: Moment | None) -> int:
    """How many months from this one a review is due, 0 for what is overdue."""
    if due is None:
        return 0
    return max(0, (due.year - today.year) * 12 + due.month - today.month)


def _month(today: date, count: int) -> Moment:
    """So many months from this one."""
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    return Moment(year, month + 1)
