"""The rules of time over records: which of them move a date, and to when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.policy import Cycle, Policy
from policytool.model.record import Record
from policytool.model.settings import Reminders, Waiver
from policytool.model.time import Duration, Moment
from policytool.review.cycles import due_date, reviews
from policytool.review.dossier import Dossier
from tests.dossiers import (
    ANNUAL,
    BOARD,
    CHAIR,
    CLERK,
    GOVERNORS,
    HEAD,
    RESOURCES,
    SETTINGS,
    amendment,
    correction,
    deferred,
    dossier,
    due,
    every,
    on,
    policy,
    reschedule,
    review,
    stands,
    void,
)

SERVING = replace(GOVERNORS, counts_for=("annual",))
KEEPING = replace(ANNUAL, keep_anniversary=True)
BOTH = ("annual", "governors")


def dues(file: Dossier) -> tuple[str, str]:
    """When the annual and the governors' review are due."""
    return due(file, "annual"), due(file, "governors")


def test_two_clocks_run_side_by_side() -> None:
    """The design's own example: each is due `every` after its own latest approving record."""
    first = [review("2023-09-14", "annual"), review("2023-09-14")]
    assert dues(dossier(*first)) == ("2024-09-14", "2025-09-14")
    assert dues(dossier(*first, review("2024-09-03", "annual"))) == ("2025-09-03", "2025-09-14")


def test_without_any_approving_record_it_was_never_reviewed() -> None:
    """What was put off has not been held."""
    for file in (dossier(), dossier(deferred("2023-09-14"))):
        assert dues(file) == ("never", "never")
        assert [one.state.value for one in reviews(file, on("2023-10-01"))] == ["never reviewed"] * 2
        assert stands(file).days is None


def test_a_cycle_without_a_record_counts_from_the_policys_first_approving_record() -> None:
    """From the first, whoever's it is, and not from the latest."""
    file = dossier(review("2022-09-14"), review("2023-09-01"))
    assert dues(file) == ("2023-09-14", "2025-09-01")
    assert stands(file, "annual").last is None


def test_a_month_is_due_all_through_and_overdue_on_the_first_of_the_next() -> None:
    """Held "2023-09", every 12 months, is due in September 2024."""
    file = dossier(review("2023-09", "annual"))
    days = ("2024-08-31", "2024-09-01", "2024-09-30", "2024-10-01")
    assert due(file, "annual") == "2024-09"
    assert [stands(file, "annual", day).state.value for day in days] == ["due soon", "due", "due", "overdue"]
    assert [stands(file, "annual", day).days for day in days] == [30, 29, 0, -1]


def test_it_is_due_soon_from_the_longest_lead_time_whatever_its_place_in_the_list() -> None:
    """And not at all before the day where there is no lead time."""
    for lead, states in (((7, 90), ["current", "due soon"]), ((), ["current", "current"])):
        file = dossier(review("2023-09-14", "annual"), settings=replace(SETTINGS, reminders=Reminders(lead)))
        assert [stands(file, "annual", day).state.value for day in ("2024-06-15", "2024-06-16")] == states


@pytest.mark.parametrize("outcome", ["approved", "approved-with-changes", "no-change"])
def test_every_outcome_that_approves_moves_the_date(outcome: str) -> None:
    """“Reviewed, no change needed” is a review like others."""
    assert due(dossier(review("2023-09-14"), review("2025-06-01", outcome=outcome))) == "2027-06-01"


def test_deferred_moves_no_date_and_silences_nothing() -> None:
    """It is a mark beside the state, until the review is held."""
    held, put_off = review("2023-09-14"), deferred("2025-09-10")
    file = dossier(held, put_off)
    for day in ("2025-09-14", "2025-09-15"):
        without = stands(dossier(held), day=day)
        assert replace(stands(file, day=day), deferred=None) == without
        assert stands(file, day=day).deferred == put_off
    assert stands(dossier(held, put_off, review("2025-10-01"))).deferred is None
    assert stands(file, "annual").deferred is None


def test_a_review_that_counts_for_another_ends_its_being_put_off() -> None:
    """The governors' review was the annual one as well."""
    file = dossier(review("2023-09-14"), deferred("2024-09-10", "annual"), of=policy(ANNUAL, SERVING))
    assert stands(file, "annual").deferred
    later = replace(file, records=(*file.records, review("2024-10-01")))
    assert stands(later, "annual").deferred is None


def test_early_or_late_the_clock_starts_at_held() -> None:
    """Neither buys nor costs time."""
    first = review("2023-09-14", "annual")
    for held, then in (("2024-08-30", "2025-08-30"), ("2024-12-01", "2025-12-01")):
        assert due(dossier(first, review(held, "annual")), "annual") == then


@pytest.mark.parametrize(
    ("held", "then"),
    [
        ("2024-09-13", "2025-09-14"),
        ("2024-08-15", "2025-09-14"),  # thirty days early
        ("2024-08-14", "2025-08-14"),  # thirty-one: too early
        ("2024-09-14", "2025-09-14"),
        ("2024-09-20", "2025-09-20"),  # late: the clock starts anew
    ],
)
def test_keep_anniversary_keeps_it_for_reviews_at_most_thirty_days_early(held: str, then: str) -> None:
    """A review in the last weeks before costs no time."""
    file = dossier(review("2023-09-14", "annual"), review(held, "annual"), of=policy(KEEPING, GOVERNORS))
    assert due(file, "annual") == then


def test_an_anniversary_is_kept_year_after_year() -> None:
    """It does not creep, not even when the first review was of another cycle; being late once ends it."""
    held = [review("2023-09-14"), *(review(day, "annual") for day in ("2024-09-01", "2025-08-20", "2026-09-10"))]
    of = policy(KEEPING, GOVERNORS)
    assert due(dossier(*held, of=of), "annual") == "2027-09-14"
    late = review("2027-10-01", "annual")
    assert due(dossier(*held, late, of=of), "annual") == "2028-10-01"
    assert due(dossier(*held, late, review("2028-09-20", "annual"), of=of), "annual") == "2029-10-01"


def test_a_longer_period_slipped_in_counts_only_from_the_next_approval() -> None:
    """The record tells how long the cycle was when it was approved."""
    longer = policy(replace(ANNUAL, every=every("36 months")), GOVERNORS)
    held = review("2023-09-14", "annual", every="12 months")
    assert due(dossier(held, of=longer), "annual") == "2024-09-14"
    again = review("2024-09-01", "annual", every="36 months")
    assert due(dossier(held, again, of=longer), "annual") == "2027-09-01"


def test_a_shorter_period_counts_at_once() -> None:
    """Who wants to look sooner need not wait."""
    shorter = policy(replace(ANNUAL, every=every("6 months")), GOVERNORS)
    assert due(dossier(review("2023-09-14", "annual"), of=shorter), "annual") == "2024-03-14"


def test_a_longer_period_slipped_into_a_cycle_without_a_record_of_its_own_counts_for_nothing_either() -> None:
    """The wording that was approved tells how long it was."""
    longer = policy(replace(ANNUAL, every=every("36 months")), SERVING)
    before = {"A": policy(ANNUAL, SERVING)}
    assert due(dossier(review("2023-09-14"), of=longer, kept=before), "annual") == "2024-09-14"
    # Approved again, word for word, after the period was changed: the copy of the first cannot tell.
    again = dossier(review("2023-09-14"), review("2025-09-14"), of=longer, kept=before)
    assert due(again, "annual") == "2028-09-14"


def test_a_next_date_counts_when_it_is_sooner_and_never_when_it_is_later() -> None:
    """Or more frequently, as the guidance says, “as required”."""
    assert due(dossier(review("2023-09-14", next="2024-03"))) == "2024-03"
    assert due(dossier(review("2023-09-14", next="2026-03"))) == "2025-09-14"
    # The next review starts the clock anew.
    assert due(dossier(review("2023-09-14", next="2024-03"), review("2024-03-05"))) == "2026-03-05"


def test_a_next_date_is_of_its_own_cycle_only() -> None:
    """The board wants to see it sooner; the headteacher's clock is another."""
    of = policy(ANNUAL, SERVING)
    assert dues(dossier(review("2023-09-14", next="2024-03"), of=of)) == ("2024-09-14", "2024-03")


def test_a_review_is_rescheduled_to_sooner_and_never_to_later() -> None:
    """The last that was set counts, within what the cycle allows and what the review asked for."""
    held = review("2023-09-14")
    assert due(dossier(held, reschedule("2024-01-10", "2025-03"))) == "2025-03"
    assert due(dossier(held, reschedule("2024-01-10", "2025-12"))) == "2025-09-14"
    assert due(dossier(held, reschedule("2024-01-10", "2025-03"), reschedule("2024-02-10", "2025-06"))) == "2025-06"
    asked = review("2023-09-14", next="2024-06")
    assert due(dossier(asked, reschedule("2024-01-10", "2025-03"))) == "2024-06"


def test_a_rescheduling_is_over_once_the_review_is_held() -> None:
    """It spoke of that review."""
    assert due(dossier(review("2023-09-14"), reschedule("2024-01-10", "2025-03"), review("2025-03-02"))) == "2027-03-02"


def test_a_rescheduling_moves_its_own_cycle_alone() -> None:
    """Even one that was never held, which counts from the first approval."""
    assert dues(dossier(review("2023-09-14"), reschedule("2024-01-10", "2024-05", "annual"))) == (
        "2024-05",
        "2025-09-14",
    )


def test_a_review_can_count_for_another_cycle() -> None:
    """`counts-for: [annual]`: the later of the two counts, for as long as the annual cycle is."""
    of = policy(ANNUAL, SERVING)
    assert dues(dossier(review("2022-09-14", "annual"), review("2023-06-01"), of=of)) == ("2024-06-01", "2025-06-01")
    assert dues(dossier(review("2022-09-14", "annual"), review("2023-06-01"))) == ("2023-09-14", "2025-06-01")
    assert stands(dossier(review("2023-06-01"), of=of), "annual").last == review("2023-06-01")


def test_a_record_by_another_role_moves_its_own_cycle_and_nothing_else() -> None:
    """The headteacher's annual review of a text that the board has not seen."""
    board, head = review("2023-09-14"), review("2024-09-01", "annual", says="B")
    file = dossier(board, head, now="B")
    assert dues(file) == ("2025-09-01", "2025-09-14")
    assert [one.record for one in file.approvals] == [board]


def test_a_review_by_a_role_that_may_not_hold_it_moves_nothing() -> None:
    """A committee may hold the board's; the headteacher and the clerk may not."""
    for by, then in ((RESOURCES, "2027-01-01"), (CHAIR, "2027-01-01"), (HEAD, "2025-09-14"), (CLERK, "2025-09-14")):
        assert due(dossier(review("2023-09-14"), review("2025-01-01", by=by))) == then


def test_no_change_over_another_wording_moves_nothing() -> None:
    """Somebody had changed it: then it is not “no change”."""
    file = dossier(review("2023-09-14"), review("2024-09-01", "annual", says="B", outcome="no-change"))
    assert due(file, "annual") == "2024-09-14"


def test_a_corrected_date_counts_and_a_void_record_does_not() -> None:
    """Both stay on file."""
    first, wrong = review("2022-09-14"), review("2023-09-14")
    assert due(dossier(first, wrong, correction(wrong, "2023-10-01", held="2023-09-04"))) == "2025-09-04"
    assert due(dossier(first, wrong, void(wrong, "2023-10-01"))) == "2024-09-14"


def test_a_waiver_silences_one_finding_until_its_day() -> None:
    """And expires by itself."""
    waived = Waiver("PT402", "homework", on("2026-01-31"), CLERK, "the working party reports in January")
    others = (Waiver("PT402", "other", on("2027-01-31"), CLERK, "a"), replace(waived, code="PT401"))
    file = dossier(review("2023-09-14"), settings=replace(SETTINGS, waivers=(*others, waived)))
    found = [stands(file, day=day).waiver for day in ("2025-09-01", "2025-09-14", "2025-09-15", "2026-01-31")]
    assert found == [None, others[1], waived, waived]
    assert stands(file, day="2026-02-01").waiver is None


def test_the_most_urgent_review_comes_first() -> None:
    """Overdue, never reviewed, due, due soon, current; of one state the one that is due first."""
    weekly, monthly = Cycle("weekly", every("1 week"), HEAD), Cycle("a-month", every("1 month"), HEAD)
    file = dossier(review("2023-09-14"), of=policy(GOVERNORS, ANNUAL, monthly, weekly))
    assert [one.cycle.name for one in reviews(file, on("2023-10-16"))] == ["weekly", "a-month", "annual", "governors"]
    assert [one.state.value for one in reviews(file, on("2023-10-14"))] == ["overdue", "due", "current", "current"]


# Properties, against a clerk who keeps a card for each cycle and copies each minute onto it

DAYS = st.dates(date(2015, 1, 1), date(2025, 12, 31))
PERIODS = st.builds(Duration, st.integers(1, 30), st.sampled_from(["week", "month", "year"]))


@st.composite
def histories(draw: st.DrawFn) -> list[Record]:
    """Minutes in order of time: reviews of both cycles, by whoever, with whatever outcome; things set and put off."""
    found: list[Record] = []
    for day in sorted(draw(st.sets(DAYS, max_size=8))):
        cycle, by = draw(st.sampled_from(BOTH)), draw(st.sampled_from([HEAD, BOARD, RESOURCES, CLERK]))
        kind = draw(st.sampled_from(["held", "held", "held", "deferred", "reschedule"]))
        ahead = str(day + draw(st.integers(1, 1500)) * timedelta(days=1))
        if kind == "deferred":
            found.append(deferred(str(day), cycle))
        elif kind == "reschedule":
            found.append(reschedule(str(day), ahead, cycle))
        else:
            more: dict[str, Any] = {"next": ahead} if draw(st.booleans()) else {}
            found.append(review(str(day), cycle, by, every=str(draw(PERIODS)), **more))
    return found


def later(day: date, period: Duration) -> date:
    """A period after a day, by the calendar."""
    if period.unit == "week":
        return day + timedelta(days=7 * period.count)
    months = day.month - 1 + period.count * (12 if period.unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def by_the_card(records: list[Record], of: Policy, cycle: Cycle) -> date | None:
    """When a review is due, by the clerk's card."""
    may = {"annual": {HEAD}, "governors": {BOARD, RESOURCES}}
    serves = {cycle.name} | {one.name for one in of.reviews if cycle.name in one.counts_for}
    start: date | None = None
    promised, asked, moved = date.max, date.max, date.max
    for one in records:
        day = one.held.first
        if one.kind == "reschedule" and one.cycle == cycle.name and start and one.next:
            moved = one.next.first
        held = one.kind == "review" and one.outcome == "approved" and one.by in may[one.cycle]
        if held and (start is None or one.cycle in serves):
            on_time = start is not None and day < promised <= day + timedelta(days=30)
            start = promised if cycle.keep_anniversary and on_time else day
            own = one.cycle == cycle.name
            promised = later(start, one.every if own and one.every else cycle.every)
            asked = one.next.first if own and one.next else date.max
            moved = date.max
    return min(promised, later(start, cycle.every), asked, moved) if start else None


@given(histories(), PERIODS, PERIODS, st.booleans(), st.booleans())
def test_the_dates_are_those_on_the_clerks_card(
    records: list[Record],
    short: Duration,
    long: Duration,
    serves: bool,  # noqa: FBT001
    keeps: bool,  # noqa: FBT001
) -> None:
    """Whatever happened, in whatever order the files are read."""
    annual = Cycle("annual", short, HEAD, keep_anniversary=keeps)
    of = policy(annual, Cycle("governors", long, BOARD, ("annual",) if serves else ()))
    for file in (dossier(*records, of=of), dossier(*reversed(records), of=of)):
        for cycle in of.reviews:
            expected = by_the_card(records, of, cycle)
            assert due_date(file, cycle) == (Moment.of(expected) if expected else None)


@given(histories())
def test_what_was_put_off_or_not_allowed_moves_no_date(records: list[Record]) -> None:
    """It is as if it had never been recorded."""
    of = policy()
    counting = [one for one in records if one.approves and one.by in (ANNUAL.by, BOARD, RESOURCES)]
    counting = [one for one in counting if (one.cycle == "annual") == (one.by == HEAD)]
    counting += [one for one in records if one.kind == "reschedule"]
    for cycle in of.reviews:
        assert due_date(dossier(*records), cycle) == due_date(dossier(*counting), cycle)


@given(DAYS, DAYS, st.sampled_from(BOTH))
def test_amendments_move_no_date(held: date, day: date, cycle: str) -> None:
    """Whenever they were made."""
    first = [review("2014-09-14"), review(str(held), cycle)]
    assert dues(dossier(*first, amendment(str(day), "B"))) == dues(dossier(*first))
