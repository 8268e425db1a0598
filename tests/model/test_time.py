"""Days, months and periods: what they are, how they are written, how they are said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.time import Duration, Moment

DAYS = st.dates()
MONTHS = st.builds(Moment, st.integers(1, 9999), st.integers(1, 12))


@given(DAYS)
def test_a_day_is_its_own_first_and_last(day: date) -> None:
    """And it is written as ISO 8601 writes it."""
    moment = Moment.of(day)
    assert (moment.first, moment.last, str(moment)) == (day, day, day.isoformat())
    assert moment.is_real
    assert not moment.is_month


@given(MONTHS)
def test_a_month_is_all_its_days(month: Moment) -> None:
    """From the first to the day before the first of the next."""
    assert month.is_month
    assert month.is_real
    assert month.first == date(month.year, month.month, 1)
    assert (month.last.year, month.last.month) == (month.year, month.month)
    assert month.last == date.max or (month.last + timedelta(days=1)).day == 1
    assert str(month) == month.first.isoformat()[:7]


@pytest.mark.parametrize("written", [(2026, 2, 30), (2023, 2, 29), (2024, 4, 31), (2024, 13), (2024, 0), (0, 1, 1)])
def test_what_the_calendar_has_not_is_not_real(written: tuple[int, ...]) -> None:
    """30 February, the thirteenth month, the year nought."""
    assert not Moment(*written).is_real


def test_29_february_is_real_in_leap_years() -> None:
    """2024 and 2000 are, 1900 is not."""
    assert [Moment(year, 2, 29).is_real for year in (2024, 2000, 1900)] == [True, True, False]


def test_moments_and_periods_are_said_as_people_say_them() -> None:
    """A day with its month in words, a month alone, one year and two years."""
    assert Moment(2023, 9, 4).told == "4 September 2023"
    assert Moment(2023, 9).told == Moment(2023, 9, 4).month_told == "September 2023"
    assert [str(Duration(count, "year")) for count in (1, 2)] == ["1 year", "2 years"]
