"""The rules of time, held against the calendar itself: counted a month or a day at a time, as a person would."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.register import TimeState
from policytool.model.time import Duration, Moment
from policytool.review.clock import after, is_early, soonest, state
from tests.dossiers import every, moment, on

DAY = timedelta(days=1)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31)).map(Moment.of)
MONTHS = st.builds(Moment, st.integers(1990, 2060), st.integers(1, 12))
MOMENTS = st.one_of(DAYS, MONTHS)
PERIODS = st.builds(Duration, st.integers(1, 60), st.sampled_from(["week", "month", "year"]))


def turned(start: date, months: int) -> date:
    """The first of the month after turning so many leaves of a calendar."""
    leaf = start.replace(day=1)
    for _ in range(months):
        leaf = (leaf + 31 * DAY).replace(day=1)
    return leaf


@given(DAYS, st.integers(1, 60), st.sampled_from([1, 12]))
def test_months_and_years_end_on_the_same_day_of_the_month_or_on_its_last(start: Moment, count: int, size: int) -> None:
    """The 31st and a month is the 30th of April, 29 February and a year the 28th."""
    due = after(start, Duration(count, "month" if size == 1 else "year"))
    leaf = turned(start.first, count * size)
    days = [leaf + index * DAY for index in range(31)]
    in_month = [day for day in days if day.month == leaf.month]
    assert due.first == due.last == in_month[min(start.day, len(in_month)) - 1]


@given(MONTHS, st.integers(1, 60), st.sampled_from([1, 12]))
def test_a_month_and_so_many_months_is_a_whole_month(start: Moment, count: int, size: int) -> None:
    """Held "2023-09", every 12 months, is due in September 2024."""
    due = after(start, Duration(count, "month" if size == 1 else "year"))
    assert due.is_month
    assert due.first == turned(start.first, count * size)


@given(MOMENTS, st.integers(1, 200))
def test_weeks_are_seven_days_from_the_day_or_from_the_last_of_the_month(start: Moment, count: int) -> None:
    """Weeks know no months: the same weekday again."""
    due = after(start, Duration(count, "week"))
    assert not due.is_month
    assert (due.first - start.last).days == 7 * count
    assert due.first.weekday() == start.last.weekday()


@pytest.mark.parametrize(
    ("held", "period", "due"),
    [
        ("2023-09-14", "12 months", "2024-09-14"),
        ("2023-09-14", "1 year", "2024-09-14"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-02-29", "12 months", "2025-02-28"),
        ("2024-02-29", "4 years", "2028-02-29"),
        ("2023-02-28", "1 year", "2024-02-28"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2023-01-31", "1 month", "2023-02-28"),
        ("2023-08-31", "1 month", "2023-09-30"),
        ("2023-12-31", "2 months", "2024-02-29"),
        ("2023-09", "12 months", "2024-09"),
        ("2023-12", "1 month", "2024-01"),
        ("2024-02", "1 year", "2025-02"),
        ("2023-12-28", "2 weeks", "2024-01-11"),
        ("2024-02", "1 week", "2024-03-07"),
        ("2023-09-14", "9999 years", "9999-12-14"),
        ("9999-12-31", "9999 weeks", "9999-12-31"),
    ],
)
def test_dates_that_people_have_argued_about(held: str, period: str, due: str) -> None:
    """29 February, the 31st, months, and the end of the calendar."""
    assert str(after(moment(held), every(period))) == due


@given(MOMENTS, PERIODS, st.integers(0, 120))
def test_it_is_due_on_its_days_and_overdue_from_the_day_after(start: Moment, period: Duration, notice: int) -> None:
    """Day by day through the weeks before and after: due soon, due, overdue, in this order and with no day between."""
    due = after(start, period)
    days = [due.first + offset * DAY for offset in range(-notice - 5, 40)]
    told = {day: state(due, day, notice) for day in days}
    for day, found in told.items():
        if day > due.last:
            assert found is TimeState.OVERDUE
        elif day >= due.first:
            assert found is TimeState.DUE
        else:
            assert (found is TimeState.DUE_SOON) == (day + notice * DAY >= due.first)


def test_due_today_is_not_overdue() -> None:
    """But tomorrow it is."""
    due = moment("2024-09-14")
    assert state(due, on("2024-09-13"), 0) is TimeState.CURRENT
    assert state(due, on("2024-09-14"), 0) is TimeState.DUE
    assert state(due, on("2024-09-15"), 0) is TimeState.OVERDUE


def test_a_month_is_due_from_its_first_day_and_overdue_on_the_first_of_the_next() -> None:
    """September 2024: due on the 1st and the 30th, overdue on 1 October."""
    due = moment("2024-09")
    days = ("2024-08-31", "2024-09-01", "2024-09-30", "2024-10-01")
    assert [state(due, on(day), 0).value for day in days] == ["current", "due", "due", "overdue"]


def test_it_is_due_soon_from_the_longest_lead_time() -> None:
    """Ninety days before 14 September is 16 June."""
    due = moment("2024-09-14")
    assert [state(due, on(day), 90).value for day in ("2024-06-15", "2024-06-16")] == ["current", "due soon"]


def test_what_is_due_at_no_time_was_never_reviewed() -> None:
    """There is nothing to count from."""
    assert state(None, on("2024-09-14"), 90) is TimeState.NEVER


@given(st.lists(MOMENTS, min_size=1, max_size=4))
def test_the_soonest_is_overdue_first(moments: list[Moment]) -> None:
    """None of the others is over before it; and a day tells more than the month that ends on it."""
    first = soonest(moments)
    assert all(first.last <= one.last for one in moments)
    assert all(first.first >= one.first for one in moments if one.last == first.last)


@pytest.mark.parametrize(
    ("held", "due", "early"),
    [
        ("2024-09-13", "2024-09-14", True),
        ("2024-08-15", "2024-09-14", True),  # thirty days
        ("2024-08-14", "2024-09-14", False),  # thirty-one
        ("2024-09-14", "2024-09-14", False),
        ("2024-09-15", "2024-09-14", False),
        ("2024-08", "2024-09-14", True),
        ("2024-08-31", "2024-09", True),
        ("2024-09-01", "2024-09", False),
        ("2024-08", "2024-09", True),
        ("2024-07", "2024-09", False),
    ],
)
def test_a_review_is_early_by_at_most_thirty_days(held: str, due: str, early: bool) -> None:  # noqa: FBT001
    """On the day, or in the month, it is not early; nor when it is much too early."""
    assert is_early(moment(held), moment(due)) is early
