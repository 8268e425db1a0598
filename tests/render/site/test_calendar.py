"""The calendar of the site: what falls due by month, its states by the reader's day, and how to subscribe to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from policytool.model.site import CALENDAR, Card, Falling, Frame, Leaf
from policytool.model.time import Moment
from policytool.render.site.calendar import calendar_page
from tests.render.site.laid import fits, show, texts, visible

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from tests.browser import Axe, Browser, Scheme

pytest_plugins = ("tests.browser",)

FRAME = Frame("Example Primary School", "#1b365d", address="https://school.example/policies/")
BOARD = "Full Governing Board"
HOSTILE = "<b>“Late” & 'gone'</b> 🏫 {{ 7 * 7 }} </style>"
LEAF = Leaf("2023-09-14", "current", Moment(2023, 9, 14), BOARD)


def falling(due: Moment | None, cycle: str = "annual", last: Moment | None = None) -> Falling:
    """A review that falls due then."""
    return Falling(cycle, "Headteacher", "12 months", last, due, 90)


def card(policy: str, *reviews: Falling, title: str = "") -> Card:
    """A policy with these reviews."""
    return Card(policy, title or policy.title(), "policy", "Clerk", BOARD, (), "website", LEAF, falling=reviews)


CARDS = (
    card("visits", falling(Moment(2026, 8, 27), last=Moment(2025, 8, 27))),
    card("lunch", falling(None), falling(Moment(2026, 10), "menu", Moment(2025, 10))),
    card("safety", falling(Moment(2026, 12, 20), last=Moment(2025, 12, 20)), falling(Moment(2028, 3, 1), "board")),
    card("bare"),
)
MEETINGS = {BOARD: (date(2026, 9, 8), date(2026, 12, 8))}
TODAY = "2026-10-14T12:00"


def page(
    cards: tuple[Card, ...] = CARDS, meetings: Mapping[str, tuple[date, ...]] = MEETINGS, frame: Frame = FRAME
) -> bytes:
    """The page."""
    return calendar_page(cards, meetings, frame)


def shown(browser: Browser, content: bytes = b"", *, width: int = 1280, scheme: Scheme = "light") -> None:
    """Show a page on a day in October 2026."""
    with browser.at(TODAY):
        show(browser, content or page(), CALENDAR, FRAME, width=width, scheme=scheme)


# --- what it says


def test_reviews_and_meetings_stand_by_year_and_month(browser: Browser) -> None:
    """Each with its day; a whole month before the days in it."""
    with browser.without_script():
        show(browser, page(), CALENDAR, FRAME)
        assert texts(browser, ".year > h2") == ["2026", "2028"]
        assert texts(browser, ".month h3") == [
            "August 2026",
            "September 2026",
            "October 2026",
            "December 2026",
            "March 2028",
        ]
        assert texts(browser, ".month time") == [
            "Thu 27 August",
            "Tue 8 September",
            "in October",
            "Tue 8 December",
            "Sun 20 December",
            "Wed 1 March",
        ]
        assert "Meeting of Full Governing Board" in texts(browser, ".meeting .words")[0]


def test_a_review_is_told_with_its_policy_and_by_whom() -> None:
    """And when it was last held."""
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page().decode()))
    assert "Visits annual review, by Headteacher, every 12 months; last held 27 August 2025" in text
    assert "Safety board review, by Headteacher, every 12 months; never held" in text
    assert 'href="visits/index.html"' in page().decode()


def test_what_was_never_reviewed_stands_on_top_and_what_has_no_review_at_the_end() -> None:
    """Both whatever the day."""
    text = page().decode()
    places = [
        text.index(part)
        for part in ("Never reviewed", ">Lunch</a>", '<h2 id="_year-2026"', "Without a review", ">Bare</a>")
    ]
    assert places == sorted(places)


def test_withdrawn_policies_are_left_out() -> None:
    """Nothing of them falls due."""
    assert "Visits" not in page((replace(CARDS[0], withdrawn=Moment(2026, 1)),)).decode()


def test_the_bytes_hold_days_and_no_state() -> None:
    """So that no byte depends on the clock."""
    text = page().decode()
    assert 'data-soon="2026-05-29" data-due="2026-08-27" data-overdue="2026-08-28"' in text
    assert "overdue<" not in text
    assert page() == page()


def test_nothing_due_makes_a_page_too() -> None:
    """That says so."""
    assert "No review falls due, and no meeting is known." in page((), {}).decode()


# --- subscribing


def test_a_published_calendar_is_subscribed_to_by_its_address(browser: Browser) -> None:
    """By a link that calendars know, or a button that copies the address."""
    shown(browser)
    assert (
        browser.value("document.querySelector('.subscribe .button').href")
        == "webcal://school.example/policies/calendar.ics"
    )
    assert texts(browser, ".command") == ["https://school.example/policies/calendar.ics"]
    assert texts(browser, ".copying button") == ["Copy the address"]


def test_a_calendar_without_an_address_tells_how_to_find_it() -> None:
    """It may be put anywhere."""
    text = page(frame=replace(FRAME, address="")).decode()
    assert "webcal:" not in text
    assert 'href="calendar.ics"' in text
    assert "Its address is the address of this page with <code>calendar.ics</code> at its end" in text


@pytest.mark.parametrize("address", ["javascript://alert(1)/", "https://", "x"])
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    """Whatever the settings hold."""
    assert 'href="webcal' not in page(frame=replace(FRAME, address=address)).decode()


# --- in a browser


def test_states_follow_from_the_day_of_the_reader(browser: Browser) -> None:
    """In words, with a sign; what they come to is told on top."""
    shown(browser)
    assert texts(browser, ".month .state") == ["▲ overdue", "● due", "◐ due soon", "○ current"]
    assert texts(browser, ".today") == ["Today: 1 overdue, 1 never reviewed, 1 due, 1 due soon."]
    with browser.at("2029-01-01T12:00"):
        show(browser, page(), CALENDAR, FRAME)
        assert texts(browser, ".today") == ["Today: 4 overdue, 1 never reviewed."]


def test_months_that_are_over_are_folded_but_for_reviews_that_wait(browser: Browser) -> None:
    """A review that was not held must not be hidden."""
    shown(browser)
    folded = browser.value(
        "[...document.querySelectorAll('.month')].filter(one => !one.open).map(one => one.dataset.last)"
    )
    assert folded == ["2026-09-30"]
    assert not visible(browser, ".meeting.over")


def test_without_a_script_there_are_days_and_no_state(browser: Browser, axe: Axe) -> None:
    """Nothing is folded."""
    with browser.without_script():
        show(browser, page(), CALENDAR, FRAME)
        assert not visible(browser, ".month .state")
        assert not visible(browser, ".today")
        assert browser.value("[...document.querySelectorAll('.month')].every(one => one.open)")
    assert axe


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("address", ["", FRAME.address])
def test_axe_finds_no_violation(browser: Browser, axe: Axe, address: str, width: int, scheme: Scheme) -> None:
    """With all unfolded; nothing scrolls sideways, the console says nothing."""
    shown(browser, page(frame=replace(FRAME, address=address)), width=width, scheme=scheme)
    browser.value("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert fits(browser)
    assert browser.logged()[0] == []
    assert browser.violations(axe) == []


def test_it_prints_every_month_that_is_shown(browser: Browser) -> None:
    """Without how to subscribe."""
    shown(browser)
    document = pypdfium2.PdfDocument(browser.printed())
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    assert "March 2028" in text
    assert "overdue" in text
    assert "Google" not in text


# --- bad input


@pytest.mark.parametrize("title", [HOSTILE, "سياسة", "y" * 300])
def test_any_title_is_a_title(browser: Browser, title: str) -> None:
    """Of policies, roles, cycles and bodies."""
    odd = replace(falling(Moment(2026, 11, 2)), by=title, cycle=title, every=title)
    shown(
        browser,
        page((card("odd", odd, replace(odd, due=None), title=title),), {title: (date(2026, 11, 3),)}),
        width=360,
    )
    assert title in browser.value("document.querySelector('main').textContent")
    assert browser.value("document.querySelectorAll('main :is(b, script, style)').length") == 0
    assert fits(browser)
    assert browser.logged()[0] == []


@pytest.mark.parametrize("due", [Moment(9999, 12, 31), Moment(9999, 12), Moment(1, 1, 1), Moment(1, 1)])
def test_the_ends_of_the_calendar_are_days_too(browser: Browser, due: Moment) -> None:
    """The first and the last that can be written."""
    shown(browser, page((card("odd", falling(due)),), {BOARD: (date.max, date.min)}))
    assert texts(browser, ".month .state") == ["○ current" if due.year == 9999 else "▲ overdue"]
    assert texts(browser, ".year > h2") == ["1", "9999"]


def test_a_thousand_policies_can_be_looked_through(browser: Browser) -> None:
    """On a phone as well; no task keeps the page from answering for long."""
    cards = tuple(
        card(f"policy-{one}", falling(Moment(2026 + one % 4, 1 + one % 12, 1 + one % 28))) for one in range(1000)
    )
    shown(browser, page(cards), width=360)
    assert len(texts(browser, ".month .state")) == 1000
    assert fits(browser)
