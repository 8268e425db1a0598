"""Cards and meetings -> the calendar of reviews: what falls due in which month, and how to subscribe to it.

No day is taken for today: the page holds days, and its script compares them with the reader's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from policytool.model.site import CALENDAR, FEED, Card, Falling, Frame, policy_path, relative
from policytool.model.time import Moment
from policytool.render.site.frame import framed

MOST = 200
"""So many policies a browser lays out at once; of more, only the months that are on the screen."""


class Review(NamedTuple):
    """A review of a policy: of which, what it is called, how often and by whom; when it was last held, "" for never.

    `begins` are the first days on which it is due soon, due and overdue, as ISO dates; empty for one without a date.
    `withdrawn` is the ISO date from which on the policy is not in force, `until` that day in words; "" for neither.
    """

    href: str
    title: str
    cycle: str
    every: str
    by: str
    last: str
    begins: tuple[str, ...]
    withdrawn: str
    until: str


class Entry(NamedTuple):
    """A line of a month: when, as a machine reads it and as people say it, the last day of it; a review or a meeting.

    `meeting` is the title of the body that meets, "" for a review.
    """

    when: str
    told: str
    last: str
    review: Review | None
    meeting: str


class Month(NamedTuple):
    """A month in which something is: its name, its last day, and what is."""

    name: str
    last: str
    entries: tuple[Entry, ...]


class Year(NamedTuple):
    """A year and its months."""

    name: str
    months: tuple[Month, ...]


class Policy(NamedTuple):
    """A policy and its page."""

    title: str
    href: str


def calendar_page(cards: Sequence[Card], meetings: Mapping[str, tuple[date, ...]], frame: Frame) -> bytes:
    """The calendar of all policies as long as they are in force; `meetings` are the days of bodies by their titles."""
    held = sorted(cards, key=lambda card: (card.title, card.policy))
    without = [card for card in held if not (card.falling or card.withdrawn)]
    return framed(
        "calendar.html.jinja",
        frame,
        CALENDAR,
        "Calendar of reviews",
        ("states", "copy", "calendar"),
        years=tuple(_years(held, meetings)),
        never=[_review(card, one) for card in held for one in card.reviews if one.due is None],
        without=[Policy(card.title, relative(CALENDAR, policy_path(card.policy))) for card in without],
        is_long=len(held) > MOST,
        feed=FEED,
        subscribing=_subscribing(frame.address),
        feed_address=f"{frame.address}{FEED}" if frame.address else "",
    )


def _subscribing(address: str) -> str:
    """The address at which programs subscribe (the scheme webcal, which they all know); "" where nothing is said."""
    scheme, _, rest = address.partition("://")
    return f"webcal://{rest}{FEED}" if scheme in ("https", "http") and rest else ""


def _years(cards: Sequence[Card], meetings: Mapping[str, tuple[date, ...]]) -> Iterator[Year]:
    found = [(one.due, _due(card, one, one.due)) for card in cards for one in card.reviews if one.due]
    found += [(Moment.of(day), _meeting(body, day)) for body, days in meetings.items() for day in days]
    found.sort(key=lambda one: (one[0].first, one[0].last, one[1].review is not None))
    for year, same in groupby(found, key=lambda one: one[0].year):
        yield Year(str(year), tuple(_months(list(same))))


def _months(found: Sequence[tuple[Moment, Entry]]) -> Iterator[Month]:
    for number, same in groupby(found, key=lambda one: one[0].month):
        entries = list(same)
        month = Moment(entries[0][0].year, number)
        yield Month(month.told, month.last.isoformat(), tuple(entry for _, entry in entries))


def _due(card: Card, falling: Falling, due: Moment) -> Entry:
    return Entry(str(due), _day(due), due.last.isoformat(), _review(card, falling), "")


def _meeting(body: str, day: date) -> Entry:
    return Entry(day.isoformat(), _day(Moment.of(day)), day.isoformat(), None, body)


def _day(moment: Moment) -> str:
    """A day within its month: "Tue 8 December"; "in December" for a whole month."""
    return f"in {moment.first:%B}" if moment.is_month else f"{moment.first:%a} {moment.day} {moment.first:%B}"


def _review(card: Card, falling: Falling) -> Review:
    return Review(
        relative(CALENDAR, policy_path(card.policy)),
        card.title,
        falling.cycle,
        falling.every,
        falling.by,
        falling.last.told if falling.last else "",
        tuple(day.isoformat() for day in falling.begins or ()),
        card.withdrawn.first.isoformat() if card.withdrawn else "",
        card.withdrawn.told if card.withdrawn else "",
    )
