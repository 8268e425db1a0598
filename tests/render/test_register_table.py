"""The register at a terminal, in a pipe, and in words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.register import Register, Review, TimeState
from policytool.model.settings import Waiver
from policytool.model.time import Moment
from policytool.render.register import words
from policytool.render.register.table import NARROWEST, load, spread, table
from tests.registers import ANNUAL, EMPTY, ENTRIES, EVERY_STATE, HEAD, MARKUP, PROPOSALS, hostile, many

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def plain(register: Register, width: int = 80) -> str:
    """The table without colour."""
    return "\n".join(table(register, colour=False, width=width))


def test_a_policy_is_a_block_that_says_all() -> None:
    """Who owns and approves it, how its reviews stand and why, and how its wording does."""
    blocks = plain(EVERY_STATE).split("\n\n")
    assert blocks[0] == "Register of reviews on 14 October 2026"
    assert blocks[1].splitlines() == [
        "Social Media Guidance for School Staff",
        "  social-media-staff; owner Headteacher; approver Full Governing Board",
        "  ▲ overdue by 760 days     annual, by Headteacher: due 14 September 2024, last",
        "                            held 14 September 2023",
        "  ▲ overdue by 395 days     governors, by Full Governing Board: due",
        "                            14 September 2025, last held 14 September 2023,",
        "                            minute FGB 2023/41",
        "  ≠ changed since approval  version 2023-09-14, approved 14 September 2023,",
        "                            minute FGB 2023/41",
    ]


def test_what_was_put_off_and_what_is_waived_is_marked_beside_the_state() -> None:
    """Neither hides the state."""
    block = " ".join(plain(EVERY_STATE).split("\n\n")[3].split())
    assert "● due, 17 days left" in block
    assert "deferred on 6 October 2026, minute FGB 2026/52: no time left at the meeting" in block
    assert block.count("waived until 31 January 2027 by clerk: the working party reports in January") == 2


def test_the_most_urgent_stands_first() -> None:
    """The order is the register's own."""
    text = plain(EVERY_STATE)
    places = [text.index(f"\n  {entry.policy};") for entry in ENTRIES]
    assert places == sorted(places)


def test_the_last_line_sums_up() -> None:
    """Reviews by their state, wordings by theirs, and what was silenced."""
    assert words.summary(EVERY_STATE) == (
        "5 policies: 2 reviews overdue, 1 never reviewed, 2 due, 1 due soon; "
        "2 changed since approval, 1 never approved; 2 waived"
    )
    assert words.summary(replace(EVERY_STATE, entries=ENTRIES[4:])) == (
        "1 policy: no review is due soon; every wording is approved"
    )
    assert words.summary(EMPTY) == "no policies in force"
    assert plain(EMPTY).endswith("\n\nno policies in force")


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 300])
def test_no_line_is_wider_than_asked_and_no_date_is_broken(width: int) -> None:
    """Narrow pages put what is said below its state."""
    lines = plain(EVERY_STATE, width).splitlines()
    assert max(map(len, lines)) <= max(width, NARROWEST)
    assert any("14 September 2024" in line for line in lines)


def test_colour_says_nothing_alone() -> None:
    """Without it the same words and signs stand on the same lines."""
    coloured = "\n".join(table(EVERY_STATE, colour=True, width=80))
    assert COLOUR.sub("", coloured) == plain(EVERY_STATE)
    assert coloured != plain(EVERY_STATE)


def test_every_state_has_a_sign_of_its_own() -> None:
    """No two look the same in black and white."""
    signs = [*words.SIGNS.values(), *words.WORDING_SIGNS.values()]
    assert len(signs) == len(set(signs)) == 8


@pytest.mark.parametrize(
    ("state", "due", "days", "told"),
    [
        (TimeState.OVERDUE, Moment(2026, 10, 13), -1, "overdue by 1 day"),
        (TimeState.DUE, Moment(2026, 10, 14), 0, "due today"),
        (TimeState.DUE, Moment(2026, 10), 0, "due, last day today"),
        (TimeState.DUE, Moment(2026, 10), 1, "due, 1 day left"),
        (TimeState.DUE_SOON, Moment(2026, 12, 3), 50, "due soon, 50 days left"),
        (TimeState.CURRENT, Moment(2027, 9), 351, "current, 351 days left"),
        (TimeState.NEVER, None, None, "never reviewed"),
    ],
)
def test_a_state_says_how_long(state: TimeState, due: Moment | None, days: int | None, told: str) -> None:
    """In days, as people say it."""
    assert words.state(Review(ANNUAL, HEAD, state, due=due, days=days)) == told


def test_a_review_without_a_record_may_be_due() -> None:
    """A cycle that is new counts from the first approval of the policy."""
    review = Review(ANNUAL, HEAD, TimeState.DUE_SOON, None, Moment(2026, 12), 78)
    register = replace(EVERY_STATE, entries=(replace(ENTRIES[4], reviews=(review,)),))
    assert "annual, by Headteacher: due December 2026, never held" in plain(register, 120)


def test_a_waiver_without_a_reason_ends_without_a_colon() -> None:
    """Nothing is announced that does not come."""
    assert words.waived(Waiver("PT402", "x", date(2027, 1, 31), "clerk", "")) == "waived until 31 January 2027 by clerk"


@given(st.text())
def test_nothing_that_people_wrote_steers_the_terminal(text: str) -> None:
    """Control characters are shown as replacement signs."""
    assert all(line.isprintable() for line in table(hostile(text), colour=False, width=80))
    assert all(line.isprintable() for line in load(hostile(text), colour=False, width=80))


def test_markup_is_no_markup_at_a_terminal() -> None:
    """It stands as it was written, but for what cannot be printed."""
    assert "<script>alert(1)</script>" in plain(hostile(MARKUP), 300)


# --- what falls due when


def test_the_load_shows_months_and_meetings() -> None:
    """Empty months too: that is where there is room."""
    assert list(load(EVERY_STATE, colour=False, width=80)) == [
        "When reviews fall due",
        "  October 2026   ■■ 2 reviews",
        "    homework (governors), behaviour-and-discipline (annual)",
        "  November 2026  nothing",
        "  December 2026  ■ 1 review",
        "    behaviour-and-discipline (governors)",
        "",
        "What is for which meeting",
        "  8 December 2026, Full Governing Board  ■■■ 3 reviews",
        "    social-media-staff (governors), homework (governors),",
        "    behaviour-and-discipline (governors)",
        "  16 March 2027, Full Governing Board    nothing",
    ]


def test_thirty_at_once_are_seen_at_a_glance() -> None:
    """The bar grows with the number and stays on the page."""
    lines = list(load(many(30), colour=False, width=80))
    assert lines[1] == f"  September 2027  {'■' * 30} 30 reviews"
    assert max(len(line) for line in load(many(99), colour=False, width=80)) <= 80


def test_nothing_ahead_is_no_line() -> None:
    """A register without a load has none to show."""
    assert list(load(EMPTY, colour=False, width=80)) == []


def test_a_proposal_comes_with_the_command_that_accepts_it() -> None:
    """In one line, which can be copied, by the role that reviews."""
    lines = list(spread(PROPOSALS, EVERY_STATE, colour=False, width=80))
    assert lines[2] == "  behaviour-and-discipline, governors: November 2026 instead of 3 December 2026"
    assert lines[3].strip() == (
        "policytool record behaviour-and-discipline governors --reschedule --next 2026-11 --by governing-board "
        '--reason "so that fewer reviews fall due at once"'
    )


def test_nothing_to_propose_is_said() -> None:
    """Silence would leave the clerk in doubt."""
    assert list(spread((), EVERY_STATE, colour=False)) == ["the reviews are spread well: nothing to propose"]
