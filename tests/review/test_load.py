"""What falls due when, at which meeting, and how it might be spread: held against trying every way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policytool.model.policy import Cycle
from policytool.model.register import Entry, Review, TimeState, WordingState
from policytool.model.time import Moment
from policytool.review.load import FEWEST, load, meetings, spread
from tests.dossiers import BOARD, CHAIR, HEAD, RESOURCES, SETTINGS, every, moment, on

TODAY = on("2026-11-23")


def entry(name: str, due: Moment | None, by: str = BOARD, cycle: str = "governors") -> Entry:
    """A policy with one review that is due."""
    review = Review(Cycle(cycle, every("24 months"), by), by, TimeState.CURRENT, due=due)
    return Entry(name, name.title(), f"source/{name}.md", "", "", WordingState.APPROVED, (review,))


def entries(**dues: str) -> list[Entry]:
    """Policies by name, each with the moment at which its review is due, "" for never reviewed."""
    return [entry(name, moment(due) if due else None) for name, due in dues.items()]


def in_months(*months: int) -> list[Entry]:
    """Policies that are due so many months from now, counted from 0."""
    return [entry(f"p{index}", Moment(2026 + (10 + at) // 12, (10 + at) % 12 + 1)) for index, at in enumerate(months)]


# Months


def test_reviews_are_listed_by_the_month_in_which_they_are_over() -> None:
    """In order; a day and a month alike, whoever holds them."""
    found = list(load(entries(a="2027-09-14", b="2026-12", c="2027-09", d="2026-11-23"), TODAY))
    assert [(str(one.month), [policy for policy, _ in one.reviews]) for one in found] == [
        ("2026-11", ["d"]),
        ("2026-12", ["b"]),
        ("2027-09", ["a", "c"]),
    ]


def test_what_is_overdue_or_was_never_reviewed_falls_into_no_month() -> None:
    """It is late already; what is due this month is not."""
    found = list(load(entries(late="2026-11-22", month="2026-10", never="", now="2026-11"), TODAY))
    assert [one.reviews for one in found] == [(("now", "governors"),)]


@given(st.lists(st.one_of(st.none(), st.dates(on("2026-01-01"), on("2030-12-31"))), max_size=12))
def test_no_review_to_come_is_lost_or_told_twice(dues: list[date | None]) -> None:
    """Every one stands in its month."""
    listed = [entry(f"p{index}", Moment.of(day) if day else None) for index, day in enumerate(dues)]
    found = [(policy, one.month) for one in load(listed, TODAY) for policy, _ in one.reviews]
    expected = [(f"p{index}", Moment(day.year, day.month)) for index, day in enumerate(dues) if day and day >= TODAY]
    assert sorted(found, key=str) == sorted(expected, key=str)


# Meetings

MEETINGS = ("2026-12-08", "2027-03-16", "2027-07-06")


def agendas(listed: Sequence[Entry], **days: Sequence[str]) -> dict[str, list[str]]:
    """What stands on the agenda of each meeting that has any."""
    known = replace(SETTINGS, meetings={body.replace("_", "-"): tuple(map(on, given)) for body, given in days.items()})
    found = meetings(listed, known, TODAY)
    ids = {role.title: name for name, role in SETTINGS.roles.items()}
    return {f"{ids[one.body]} {one.day}": [policy for policy, _ in one.reviews] for one in found if one.reviews}


def test_a_review_stands_on_the_agenda_of_the_last_meeting_in_time() -> None:
    """On its very day is in time; after the last known meeting there may be others."""
    listed = entries(a="2026-12-08", b="2027-03-15", c="2027-03-16", d="2027-03", e="2027-07", f="2030-01-01")
    assert agendas(listed, governing_board=MEETINGS) == {
        "governing-board 2026-12-08": ["a", "b"],
        "governing-board 2027-03-16": ["c", "d"],
        "governing-board 2027-07-06": ["e"],
    }


def test_what_is_late_or_due_before_the_next_meeting_belongs_to_it() -> None:
    """Meetings that were are over."""
    listed = entries(late="2025-09-14", never="", before="2026-12-07")
    assert agendas(listed, governing_board=("2026-09-29", *MEETINGS)) == {
        "governing-board 2026-12-08": ["late", "never", "before"]
    }


@pytest.mark.parametrize(("by", "body"), [(BOARD, BOARD), (RESOURCES, RESOURCES), (CHAIR, RESOURCES), (HEAD, None)])
def test_a_review_stands_on_the_agenda_of_its_own_body(by: str, body: str | None) -> None:
    """The chair has no meetings, and acts for the committee and for the board; the headteacher for neither."""
    listed = [entry("a", moment("2026-12-20"), by)]
    found = agendas(listed, resources=("2026-12-01", "2027-02-01"))
    assert found == ({f"{RESOURCES} 2026-12-01": ["a"]} if by != HEAD else {})
    both = agendas(listed, governing_board=("2026-12-08", "2027-02-01"), resources=("2026-12-01", "2027-02-01"))
    if by in (BOARD, RESOURCES):
        assert [one.rpartition(" ")[0] for one in both] == [body]


# Spreading


def placed(listed: Sequence[Entry]) -> dict[str, int]:
    """The month of each review after spreading, counted from this one."""
    moved = {one.policy: one.proposed for one in spread(listed, TODAY)}
    months = {}
    for one in listed:
        at = moved.get(one.policy, one.reviews[0].due)
        months[one.policy] = max(0, (at.year - 2026) * 12 + at.month - 11) if at else 0
    return months


def test_thirty_reviews_of_one_month_are_spread_over_the_year_before_it() -> None:
    """Three a month at most, for ten months, and no fewer will do."""
    found = Counter(placed(in_months(*[9] * 30)).values())
    assert found == dict.fromkeys(range(10), 3)


def test_two_a_month_are_not_too_many() -> None:
    """Nothing is moved needlessly."""
    assert FEWEST == 2
    assert list(spread(in_months(4, 4, 5, 5), TODAY)) == []
    assert [(one.policy, str(one.proposed)) for one in spread(in_months(4, 4, 4), TODAY)] == [("p2", "2027-02")]


def test_roles_do_not_share_their_load() -> None:
    """Two of the board and two of the headteacher are four reviews, and two each."""
    listed = [*in_months(4, 4), *(entry(f"h{one}", moment("2027-03"), HEAD) for one in range(2))]
    assert list(spread(listed, TODAY)) == []


def test_what_is_late_is_work_of_this_month_and_is_never_moved() -> None:
    """It takes the room of what might be held sooner; much of it is no reason to let the rest pile up."""
    listed = [entry("late", moment("2026-01-01")), entry("never", None), *in_months(1, 1, 1)]
    assert list(spread(listed, TODAY)) == []
    assert [one.policy for one in spread([*listed, *in_months(1, 1, 1, 1)[3:]], TODAY)] == ["p3"]
    late = [entry(f"late{index}", moment("2026-01-01")) for index in range(30)]
    assert Counter(placed([*late, *in_months(*[10] * 30)]).values()) == {0: 30, **dict.fromkeys(range(1, 11), 3)}


def test_a_proposal_tells_when_it_is_due_and_when_it_might_be() -> None:
    """The day on which it is due stays what it is until somebody reschedules it."""
    listed = [entry(name, moment(f"2027-03-{day}")) for name, day in (("a", "01"), ("b", "16"), ("c", "31"))]
    (one,) = spread(listed, TODAY)
    assert (one.policy, one.cycle, str(one.due), str(one.proposed)) == ("c", "governors", "2027-03-31", "2027-02")


def costs(latest: Sequence[int], chosen: Sequence[int]) -> tuple[int, int, int, int]:
    """How bad a way is: its busiest month, how many it moves, by how much in all, and by how much at most.

    What is due this month must be held in it, so that this month is busy only with what is added.
    """
    steps = [last - month for last, month in zip(latest, chosen, strict=True)]
    busy = Counter(chosen)
    if busy[0] == latest.count(0):
        del busy[0]
    peak = max([FEWEST, *busy.values()])
    return peak, sum(step > 0 for step in steps), sum(steps), max(steps)


@settings(max_examples=60, deadline=None)
@example([4, 4, 4, 4, 3, 3, 3])  # the first to wait must be the first to be placed
@given(st.lists(st.integers(0, 4), min_size=1, max_size=6))
def test_no_other_way_is_better(latest: list[int]) -> None:
    """Every way is tried: none has a lighter peak, or as light a one with less moved, by less, or by less at most."""
    found = placed(in_months(*latest))
    chosen = [found[f"p{index}"] for index in range(len(latest))]
    assert all(month <= last for month, last in zip(chosen, latest, strict=True))
    best = min(costs(latest, ways) for ways in product(*(range(last + 1) for last in latest)))
    assert costs(latest, chosen) == best


@given(st.lists(st.integers(0, 30), max_size=40))
def test_a_spread_load_needs_no_spreading(latest: list[int]) -> None:
    """What was proposed and accepted is proposed no more, and nothing is ever proposed for later."""
    listed = in_months(*latest)
    proposals = {one.policy: one for one in spread(listed, TODAY)}
    assert all(one.proposed.last < one.due.first for one in proposals.values())
    again = [entry(one.policy, proposals[one.policy].proposed) if one.policy in proposals else one for one in listed]
    assert list(spread(again, TODAY)) == []
