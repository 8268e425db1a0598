"""The register on a day, what the calendar says of it, and the records that could not be read."""

from __future__ import annotations

from datetime import date

import pytest

from policytool.model.register import TimeState
from policytool.model.unable import UnableError
from policytool.pipeline.outline import outlined
from policytool.pipeline.reviews import Reviews
from policytool.pipeline.status import FAILS, Asked, Status, status
from tests.reviewed import CHANGED, GOVERNORS, SETTINGS, School, reviewed, text

__all__ = ["reviewed"]

WAIVER = 'waive: [{code: PT402, policy: one, until: 2024-10-31, by: clerk, reason: "the head is ill"}]\n'


@pytest.fixture
def approved(reviewed: School) -> School:
    """Both reviews were held on 14 September 2023: due on that day of 2024, and of 2025."""
    reviewed.review("governors", "2023-09-14")
    reviewed.review("annual", "2023-09-14", outcome="no-change")
    return reviewed


def on(school: School, day: str, *policies: str, within: int | None = None, as_of: bool = False) -> Status:
    """The register of a school on a day."""
    return status(outlined(school.root), date.fromisoformat(day), Asked(policies, within, as_of))


def codes(found: Status, *states: str) -> list[str]:
    """The codes of what fails."""
    return [one.finding.code for one in found.failing(states or FAILS)]


def times(found: Status) -> dict[str, TimeState]:
    """How each review of the policy stands."""
    return {one.cycle.name: one.state for one in found.register.entries[0].reviews}


@pytest.mark.parametrize(
    ("day", "annual", "governors"),
    [
        ("2024-06-15", "current", "current"),
        ("2024-06-16", "due soon", "current"),
        ("2024-09-14", "due", "current"),
        ("2024-09-15", "overdue", "current"),
        ("2025-09-14", "overdue", "due"),
        ("2025-09-15", "overdue", "overdue"),
    ],
)
def test_two_clocks_run_side_by_side(approved: School, day: str, annual: str, governors: str) -> None:
    """Due today is not overdue."""
    assert times(on(approved, day)) == {"annual": annual, "governors": governors}


def test_each_state_can_fail_alone(approved: School) -> None:
    """Overdue, due, changed; never for one that was never approved."""
    approved.write_text("source/one.md", CHANGED)
    approved.write_text("source/two.md", text().replace("A Policy", "Two"))
    found = on(approved, "2025-09-14")
    assert codes(found, "overdue") == ["PT402"]
    assert codes(found, "due") == ["PT401"]
    assert codes(found, "changed") == ["PT404"]
    assert codes(found, "never") == ["PT403", "PT403"]
    assert len(codes(found)) == 5


def test_a_finding_stands_at_the_line_of_the_cycle(approved: School) -> None:
    """So that CI annotates it there; what is said of the wording at the approver."""
    approved.write_text("source/one.md", CHANGED)
    lines = CHANGED.splitlines()
    found = on(approved, "2025-10-01").failing(FAILS)
    places = {lines[one.position.line - 1].strip().partition(":")[0] for one in found if one.position}
    assert places == {"annual", "governors", "approver"}
    assert {one.path for one in found} == {"source/one.md"}


@pytest.mark.parametrize(("days", "left"), [(0, ["one"]), (29, ["one"]), (30, ["one", "two"]), (99999, ["one", "two"])])
def test_within_keeps_what_is_late_or_falls_due_soon(approved: School, days: int, left: list[str]) -> None:
    """And of a policy only those reviews."""
    two = text().replace("A Policy", "Two").replace("  annual:    {every: 12 months, by: headteacher}\n", "")
    approved.commit({"source/two.md": two})
    said = ("--held", "2022-10-31", "--by", "governing-board", "--outcome", "approved")
    assert approved.run("--today", "2023-01-01", "record", "two", "governors", *said) == 0
    found = on(approved, "2024-10-01", within=days)
    assert [one.policy for one in found.register.entries] == left
    if days < 99999:
        assert list(times(found)) == ["annual"]


def test_as_of_leaves_out_what_was_recorded_later(approved: School) -> None:
    """Of the same day, with and without."""
    approved.review("annual", "2024-09-20", outcome="no-change")
    assert times(on(approved, "2024-09-16"))["annual"] == "current"
    assert times(on(approved, "2024-09-16", as_of=True))["annual"] == "overdue"


def test_a_waiver_silences_one_finding_until_its_day(approved: School) -> None:
    """Then it says that it has run out, and the review is told again."""
    approved.write_text("policytool.yaml", SETTINGS + WAIVER)
    assert codes(on(approved, "2024-10-31")) == []
    found = on(approved, "2024-11-01")
    assert codes(found) == ["PT402"]
    [late] = found.run_out
    assert (late.finding.code, late.path) == ("PT405", "policytool.yaml")
    assert found.lines()["policytool.yaml"][late.position.line - 1 if late.position else 0] == WAIVER.strip()


def test_a_record_that_cannot_be_read_is_told(approved: School) -> None:
    """Of the policies asked for and of none; under its policy for a CI server."""
    approved.write_text("source/two.md", text().replace("A Policy", "Two"))
    approved.write_text(GOVERNORS, "record: rewiew\n")
    approved.write_text("reviews/stray.yaml", "")
    everything = {one.path for one in on(approved, "2023-12-01").unread}
    assert everything == {GOVERNORS, "reviews/one/2023-09-14-annual.yaml", "reviews/stray.yaml"}
    assert {one.path for one in on(approved, "2023-12-01", "two").unread} == {"reviews/stray.yaml"}
    keys = on(approved, "2023-12-01").by_review(())
    assert set(keys) == {("one", "records"), ("reviews/stray.yaml", "records")}


def test_a_policy_that_cannot_be_read_is_told(approved: School) -> None:
    """It would be missing from the register without a word."""
    approved.write_raw("source/bad.md", b"\xff")
    found = on(approved, "2023-12-01")
    assert [one.policy for one in found.register.entries] == ["one"]
    assert [one.path for one in found.unread] == ["source/bad.md"]
    assert on(approved, "2023-12-01", "one").unread == ()


def test_a_policy_that_is_not_there_is_told(approved: School) -> None:
    """With the nearest name."""
    with pytest.raises(UnableError, match="there is no policy `on`") as caught:
        on(approved, "2023-12-01", "on")
    assert caught.value.advice == "did you mean `one`?"


def test_withdrawn_policies_drop_out(approved: School) -> None:
    """By the front matter from that day, or by a record."""
    approved.write_text("source/one.md", text().replace("kind: policy", "kind: policy\nwithdrawn: 2024-01-01"))
    assert on(approved, "2023-12-31").register.entries
    assert on(approved, "2024-01-01").register.entries == ()
    approved.write_text("source/one.md", text())
    withdrawal = "record: withdrawal\npolicy: one\nheld: 2023-11-01\nby: governing-board\nreason: merged\n"
    approved.write_text("reviews/one/2023-11-01-withdrawal.yaml", withdrawal)
    assert on(approved, "2023-10-31").register.entries
    assert on(approved, "2023-11-01").register.entries == ()


def test_what_was_kept_of_an_earlier_run_says_the_same(approved: School) -> None:
    """With a shelf, without one, with one that was spoilt, and from the texts themselves."""
    approved.write_text("source/one.md", CHANGED)
    day = date(2025, 10, 1)
    whole = status(approved.reviews(), day, Asked())
    first, second = on(approved, "2025-10-01"), on(approved, "2025-10-01")
    assert whole.register == first.register == second.register
    assert whole.said == first.said == second.said
    for spoilt in (b"{}", b"[]", b"\xff", b'{"tool": "0", "entries": {}}', b"[" * 100_000):
        approved.write_raw("build/kept/reviews.json", spoilt)
        assert on(approved, "2025-10-01").register == whole.register


def test_the_register_asks_no_git(approved: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read from files alone."""

    def asked(_reviews: Reviews) -> None:
        raise AssertionError

    monkeypatch.setattr(Reviews, "past", property(asked))
    assert times(on(approved, "2023-12-01")) == {"annual": "current", "governors": "current"}


def test_proposals_are_never_later_than_the_cycle_allows(approved: School) -> None:
    """And each of them is accepted as a record."""
    for number in range(12):
        approved.write_text(f"source/p{number}.md", text().replace("A Policy", f"Policy {number}"))
    approved.commit({})
    said = ("--held", "2023-09-14", "--by", "governing-board", "--outcome", "approved", "--commit")
    for number in range(12):
        assert approved.run("--today", "2023-12-01", "record", f"p{number}", "governors", *said) == 0
    found = on(approved, "2023-12-01")
    assert found.proposals
    for one in found.proposals:
        assert one.proposed.last <= one.due.last
        moved = ("--reschedule", "--next", str(one.proposed), "--by", "clerk", "--reason", "spread", "--dry-run")
        assert approved.run("--today", "2023-12-01", "record", one.policy, one.cycle, *moved) == 0
