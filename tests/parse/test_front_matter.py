"""The fields at the head of a policy, and those of the settings, as values."""

from __future__ import annotations

from datetime import date

import pytest

from policytool.model.policy import Cycle, Policy
from policytool.model.settings import Elsewhere, Escalation, Reminders, Role, Settings, Waiver
from policytool.model.time import Duration
from policytool.parse.markdown import policy as parse
from policytool.parse.settings import settings
from tests.cases import FRONT


def head(fields: str) -> Policy:
    """A policy with these fields beside the required ones, which must be right."""
    policy, found = parse(FRONT.replace("---\n", f"---\n{fields}\n", 1), "x", "x.md")
    assert [one.message for one in found] == []
    return policy


def test_every_field_is_read() -> None:
    """Lists and dates are typed; what is left out has its default."""
    policy = head(
        "audience: [staff]\nrelated: [a, b, a]\namendments: [clerk]\npublish: internal\nwithdrawn: 2024-02-29"
    )
    assert (policy.audience, policy.related, policy.amendments) == (("staff",), ("a", "b"), ("clerk",))
    assert (policy.publish, policy.withdrawn, policy.numbering) == ("internal", date(2024, 2, 29), "outline")
    assert policy.reviews == (Cycle("annual", Duration(12, "month"), "headteacher"),)


@pytest.mark.parametrize(
    ("written", "title"),
    [("NO", "NO"), ("1.10", "1.10"), ("2026-02-30", "2026-02-30"), ("0x1F", "0x1F"), ("on", "on"), ("~", "~")],
)
def test_a_scalar_stays_the_words_that_were_typed(written: str, title: str) -> None:
    """YAML would make numbers, days and truth values of them."""
    assert parse(FRONT.replace("Tried", written), "x", "x.md")[0].title == title


@pytest.mark.parametrize("written", ["|\n  a\n   b", ">-\n  a\n  b", '"a\\Lb"', '"a\\Nb"', "a\n   b", "'a\n\n  b'"])
def test_a_title_on_several_lines_is_one_line(written: str) -> None:
    """Whatever YAML or Unicode takes for a line end."""
    assert parse(FRONT.replace("Tried", written), "x", "x.md")[0].title == "a b"


def test_odd_line_ends_do_not_move_the_findings_below_them() -> None:
    """YAML counts U+2028 as a line end; editors do not."""
    _policy, found = parse(FRONT.replace("Tried", "Tried \u2028 so").replace("kind: policy", "kind: x"), "x", "x.md")
    assert [one.position for one in found] == [(3, 7)]


@pytest.mark.parametrize("every", ["1 week", "52 weeks", "1 month", "18 months", "2 years"])
def test_a_period_is_a_number_of_weeks_months_or_years(every: str) -> None:
    """And is printed as it was typed."""
    policy, found = parse(FRONT.replace("12 months", every), "x", "x.md")
    assert (str(policy.reviews[0].every), found) == (every, [])


@pytest.mark.parametrize(
    "every", ["0 months", "12", "months", "1.5 years", "-1 years", "12 days", "\u0661 years", "1  y"]
)
def test_anything_else_is_no_period(every: str) -> None:
    """Least of all one that needs guessing."""
    _policy, found = parse(FRONT.replace("12 months", every), "x", "x.md")
    assert [one.finding.code for one in found] == ["PT116"]


def test_settings_are_typed() -> None:
    """Roles, policies held elsewhere, reminders in order, waivers that are complete."""
    text = """
organisation: {name: Example, short: Ex}
roles: {chair: {title: Chair, acts-for: board}, board: {title: Board}}
elsewhere: {grievance: {title: Grievance, address: "https://school.example/g.pdf"}}
meetings: {board: [2026-12-08]}
reminders: {lead: [0, 30, 7], digest: friday, escalate: {after: 28, to: chair}}
waive:
  - {code: PT402, policy: homework, until: 2027-01-31, by: clerk, reason: late}
  - {code: PT402, policy: homework, until: never, by: clerk, reason: late}
"""
    read, found = settings(text, "policytool.yaml")
    assert [one.finding.code for one in found] == ["PT115"]
    assert read.roles == {"chair": Role("Chair", "board"), "board": Role("Board")}
    assert read.elsewhere == {"grievance": Elsewhere("Grievance", "https://school.example/g.pdf")}
    assert read.meetings == {"board": (date(2026, 12, 8),)}
    assert read.reminders == Reminders((30, 7, 0), "friday", Escalation(28, "chair"))
    assert read.waivers == (Waiver("PT402", "homework", date(2027, 1, 31), "clerk", "late"),)
    assert settings("organisation: {name: Example}", "x")[0].timezone == Settings().timezone
