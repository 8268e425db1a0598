"""The calendar, read back by a library of its own kind and held against what RFC 5545 requires."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar.cal import Component

from policytool.model.record import Record
from policytool.model.register import Register, Review, TimeState
from policytool.model.time import Moment
from policytool.render.calendar import HOST, Feed, calendar, host_of
from tests.registers import (
    ANNUAL,
    EMPTY,
    ENTRIES,
    EVERY_STATE,
    GUIDANCE,
    GUIDANCE_ANNUAL,
    HEAD,
    MARKUP,
    hostile,
)

ADDRESS = "https://school.example/policies/"
KEY = (GUIDANCE, "annual")
FEED = Feed(
    "Example Primary School",
    host_of(ADDRESS),
    (90, 30, 0),
    {GUIDANCE: f"{ADDRESS}{GUIDANCE}/"},
    {KEY: (GUIDANCE_ANNUAL,)},
)


def events(register: Register = EVERY_STATE, feed: Feed = FEED) -> dict[str, Component]:
    """The events by UID."""
    read = Calendar.from_ical(calendar(register, feed))
    found = [one for one in read.walk("VEVENT") if isinstance(one, Component)]
    assert all(not one.errors for one in found)
    return {str(one["UID"]): one for one in found}


GUIDANCE_ANNUAL_UID = f"{GUIDANCE}.annual@school.example"
HOMEWORK_UID = "homework.governors@school.example"


def test_an_event_is_a_review_that_has_a_date() -> None:
    """What was never reviewed has none to put into a calendar."""
    assert list(events()) == [
        f"{entry.policy}.{review.cycle.name}@school.example"
        for entry in ENTRIES
        for review in entry.reviews
        if review.due
    ]


def test_required_properties_stand_once() -> None:
    """RFC 5545 3.6, 3.6.1 and 3.6.6: of the calendar, of each event, of each alarm."""
    read = Calendar.from_ical(calendar(EVERY_STATE, FEED))
    assert (str(read["VERSION"]), bool(read["PRODID"]), read.errors) == ("2.0", True, [])
    for event in read.walk("VEVENT"):
        for name in ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY"):
            assert not isinstance(event[name], list)
        for alarm in event.walk("VALARM"):
            assert (str(alarm["ACTION"]), bool(alarm["DESCRIPTION"]), "TRIGGER" in alarm) == ("DISPLAY", True, True)


def test_a_day_is_one_day_and_a_month_is_all_of_it() -> None:
    """The end is the day after (3.6.1: DTEND is not inclusive)."""
    day, month = events()[GUIDANCE_ANNUAL_UID], events()[HOMEWORK_UID]
    assert (day.decoded("DTSTART"), day.decoded("DTEND")) == (date(2024, 9, 14), date(2024, 9, 15))
    assert (month.decoded("DTSTART"), month.decoded("DTEND")) == (date(2026, 10, 1), date(2026, 11, 1))
    assert day["DTSTART"].params["VALUE"] == "DATE"
    assert str(day["TRANSP"]) == "TRANSPARENT"


def test_an_event_says_what_a_governor_wants_to_know() -> None:
    """What is due, by whom, when it was last held, how its wording stands, where it can be read."""
    event = events()[GUIDANCE_ANNUAL_UID]
    assert str(event["SUMMARY"]) == "Review due: Social Media Guidance for School Staff (annual, by Headteacher)"
    assert str(event["DESCRIPTION"]).splitlines() == [
        "Last review: 14 September 2023",
        "Owner: Headteacher",
        "Wording: changed since approval, version 2023-09-14, approved 14 September 2023, minute FGB 2023/41",
        f"{ADDRESS}{GUIDANCE}/",
    ]
    assert str(event["URL"]) == f"{ADDRESS}{GUIDANCE}/"
    assert "URL" not in events()[HOMEWORK_UID]


def test_the_same_review_keeps_its_uid_and_its_sequence_grows() -> None:
    """So that a calendar that is subscribed to moves the event instead of adding one."""
    again = replace(GUIDANCE_ANNUAL, held=Moment(2026, 10, 1))
    review = Review(ANNUAL, HEAD, TimeState.CURRENT, again, Moment(2027, 10, 1), 352)
    later = replace(EVERY_STATE, entries=(replace(ENTRIES[0], reviews=(review,)),))
    before = events()[GUIDANCE_ANNUAL_UID]
    after = events(later, replace(FEED, histories={KEY: (GUIDANCE_ANNUAL, again)}))[GUIDANCE_ANNUAL_UID]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (1, 2)
    assert before.decoded("DTSTAMP") == datetime(2023, 9, 14, tzinfo=UTC)
    assert after.decoded("DTSTAMP") == after.decoded("LAST-MODIFIED") == datetime(2026, 10, 1, tzinfo=UTC)
    assert after.decoded("DTSTART") == date(2027, 10, 1)


def test_a_correction_counts_from_the_day_it_was_made() -> None:
    """It is what changed the event."""
    mended = Record("correction", GUIDANCE, Moment(2023, 9, 13), cycle="annual", made=Moment(2024, 1, 9))
    event = events(feed=replace(FEED, histories={KEY: (GUIDANCE_ANNUAL, mended)}))[GUIDANCE_ANNUAL_UID]
    assert event.decoded("DTSTAMP") == datetime(2024, 1, 9, tzinfo=UTC)


def test_a_review_that_was_never_held_is_dated_by_the_first_approval() -> None:
    """No date is the clock's, not even there."""
    review = Review(ANNUAL, HEAD, TimeState.DUE_SOON, None, Moment(2026, 12), 78)
    of_approved = replace(EVERY_STATE, entries=(replace(ENTRIES[4], reviews=(review,)),))
    of_none = replace(EVERY_STATE, entries=(replace(ENTRIES[1], reviews=(review,)),))
    stamps = [one.decoded("DTSTAMP").date() for found in (of_approved, of_none) for one in events(found).values()]
    assert stamps == [date(2026, 9, 1), date(1970, 1, 1)]


def test_alarms_ring_at_the_lead_times() -> None:
    """In days before its first day."""
    alarms = [one.decoded("TRIGGER") for one in events()[HOMEWORK_UID].walk("VALARM")]
    assert alarms == [timedelta(days=-90), timedelta(days=-30), timedelta()]
    assert b"TRIGGER:-P30D\r\n" in calendar(EVERY_STATE, FEED)


def test_a_subscriber_sees_a_name_and_asks_once_a_day() -> None:
    """By RFC 7986, and as older programs know it."""
    text = calendar(EVERY_STATE, FEED)
    for line in (
        b"NAME:Policy reviews\\, Example Primary School",
        b"X-WR-CALNAME:Policy reviews\\, Example Primary School",
        b"REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ):
        assert line + b"\r\n" in text


def test_nobody_is_named() -> None:
    """No organiser, no attendee, no mailbox."""
    text = calendar(EVERY_STATE, FEED).decode().replace("\r\n ", "")
    assert not any(word in text for word in ("ORGANIZER", "ATTENDEE", "CONTACT", "mailto"))
    assert [line for line in text.split("\r\n") if "@" in line and not line.startswith("UID:")] == []


def test_the_calendar_depends_on_no_day() -> None:
    """The same records give the same bytes tomorrow."""
    tomorrow = replace(EVERY_STATE, day=Moment(2026, 10, 15))
    assert calendar(tomorrow, FEED) == calendar(EVERY_STATE, FEED)


@given(st.text())
def test_any_words_are_folded_and_stay_in_their_property(text: str) -> None:
    """RFC 5545 3.1: 75 octets a line, CRLF; nothing that people wrote begins a line of its own."""
    made = calendar(hostile(text), replace(FEED, organisation=text))
    assert made.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert made.count(b"\n") == made.count(b"\r\n") == made.count(b"\r")
    assert len(events(hostile(text))) == 1


def test_words_come_back_as_they_were() -> None:
    """Commas, semicolons and backslashes among them."""
    [event] = events(hostile("a; b, c\\n d: \"e\" 'f' <g>")).values()
    assert str(event["SUMMARY"]).startswith("Review due: a; b, c\\n d: \"e\" 'f' <g> (annual")
    assert events(hostile(MARKUP))


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (ADDRESS, "school.example"),
        ("https://Müller.example:8443/x", "xn--mller-kva.example"),
        ("", HOST),
        ("https://[", HOST),
    ],
)
def test_events_are_named_after_the_place_of_publication(address: str, host: str) -> None:
    """One that publishes nowhere has a name that no host can have."""
    assert host_of(address) == host


def test_nothing_due_is_a_calendar_without_events() -> None:
    """That can still be read."""
    assert events(EMPTY) == {}
