"""What a policy says of its own reviews, where a case file cannot: other settings, every period, very long texts."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.check.dates import typed_dates
from policytool.check.often import OFTEN, often
from policytool.check.reviews import other_cycles
from policytool.model.block import Clause
from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Strong, Text
from policytool.model.policy import Cycle, Policy
from policytool.model.settings import Role, Settings
from policytool.model.time import Duration, Unit

SETTINGS = Settings(
    roles={
        "headteacher": Role("Executive Headteacher"),
        "governing-board": Role("Full Governing Board"),
        "resources": Role("Resources Committee", acts_for="governing-board"),
        "lead": Role("Safeguarding Lead"),
    }
)
CYCLES = (
    Cycle("annual", Duration(12, "month"), "headteacher"),
    Cycle("governors", Duration(2, "year"), "governing-board"),
)
durations = st.builds(Duration, st.integers(1, 48), st.sampled_from(["week", "month", "year"]))


def found(words: str, cycles: tuple[Cycle, ...] = CYCLES) -> list[Diagnostic]:
    """What is said of one clause."""
    policy = Policy("a", "A", reviews=cycles, blocks=(Clause((Text(words),)),))
    return [*other_cycles(policy, SETTINGS), *typed_dates(policy)]


@given(durations)
def test_a_period_in_figures_is_kept_by_the_cycle_of_that_very_length(every: Duration) -> None:
    """In weeks, months and years."""
    cycle = Cycle("only", every, "headteacher")
    words = f"every {every.count} {every.unit}s"
    assert found(f"This policy is reviewed {words}.", (cycle,)) == []
    twice = Cycle("only", Duration(every.count * 2, every.unit), "headteacher")
    assert [one.finding.code for one in found(f"This policy is reviewed {words}.", (twice,))] == ["PT320"]


@pytest.mark.parametrize(
    ("words", "count", "unit"),
    [
        ("annually", 12, "month"), ("yearly", 52, "week"), ("once every two years", 24, "month"),
        ("every other year", 2, "year"), ("every third year", 36, "month"), ("triennially", 3, "year"),
        ("on a biennial basis", 24, "month"), ("on a two-year cycle", 2, "year"), ("half-yearly", 6, "month"),
        ("twice a year", 26, "week"), ("each quarter", 3, "month"), ("termly", 4, "month"), ("every term", 3, "month"),
        ("once per academic year", 1, "year"), ("every twelve months", 1, "year"), ("monthly", 1, "month"),
    ],
)  # fmt: skip
def test_words_mean_a_period(words: str, count: int, unit: Unit) -> None:
    """As schools write them."""
    match = re.search(OFTEN, words, re.IGNORECASE)
    assert match is not None
    assert often(match, words).allows(Duration(count, unit))
    assert not often(match, words).allows(Duration(count * 3, unit))
    assert not often(match, words).allows(Duration(5, "year"))


@pytest.mark.parametrize("words", ["biannually", "every half-term", "every two to three years", "every now and then"])
def test_words_that_mean_several_periods_are_left_alone(words: str) -> None:
    """Who is wrong about them cannot be told."""
    assert re.search(OFTEN, words, re.IGNORECASE) is None


@pytest.mark.parametrize(
    "words",
    [
        "The Resources Committee reviews this policy every two years.",  # on the board's behalf
        "This policy is reviewed by governors every two years, and annually by the headteacher.",
        "The headteacher and governors review this policy every year.",
        "This policy is reviewed every two years by the caretaker.",  # no role that we know
        "This policy is reviewed by the Resources Committee.",
    ],
)
def test_a_role_keeps_the_cycles_of_those_it_acts_for(words: str) -> None:
    """And a name that stands for no role keeps any."""
    assert found(words) == []


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("The Resources Committee reviews this policy every year.", "(Resources Committee)"),
        ("This policy is reviewed every year by the board of governors.", "(Full Governing Board)"),
        ("The Safeguarding Lead will review this policy annually.", "(Safeguarding Lead)"),
        ("This policy is reviewed by the Safeguarding Lead.", "“by the Safeguarding Lead”"),
        ("The headteacher must regularly review this policy, at least every six months.", "(Executive Headteacher)"),
    ],
)
def test_a_role_that_does_not_keep_the_cycle_is_named(words: str, role: str) -> None:
    """By its title, whatever the text calls it."""
    [one] = found(words)
    assert role in one.message


def test_a_policy_without_cycles_is_held_against_nothing() -> None:
    """That they are missing is said elsewhere."""
    assert found("This policy is reviewed annually.", ()) == []


def test_emphasis_hides_nothing() -> None:
    """Words are read across it."""
    text = (Text("This "), Strong((Text("policy is"),)), Text(" reviewed every "), Strong((Text("ten years"),)))
    assert len([*other_cycles(Policy("a", "A", reviews=CYCLES, blocks=(Clause(text),)), SETTINGS)]) == 1


HARD = (
    "This policy is reviewed " + "annually " * 4_000,
    "This policy " + "and " * 9_000 + "reviewed every year",
    "This policy is " + "reviewed, " * 4_000,
    "this " * 8_000 + "policy is reviewed",
    "This policy is reviewed " + "by by " * 6_000 + "every year",
    "approved and " * 3_000 + "reviewed by " * 3_000 + "2024",
    "last reviewed, " * 3_000 + "2024",
    "Approved by " + "x " * 20_000 + "2024",
)


@pytest.mark.parametrize("words", HARD, ids=[words[:30] for words in HARD])
def test_no_text_takes_long(words: str) -> None:
    """A pattern that tries everything would take minutes."""
    began = perf_counter()
    found(words)
    assert perf_counter() - began < 5
