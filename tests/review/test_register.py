"""The register on a day, what documents print of their reviews, and what the calendar says as findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.inline import Position
from policytool.model.record import Record
from policytool.model.register import TimeState, WordingState
from policytool.model.settings import Waiver
from policytool.model.standing import Standing
from policytool.review.dossier import Dossier
from policytool.review.register import FAILS, entry, findings, register, run_out, standing, told
from tests.dossiers import (
    ANNUAL,
    CLERK,
    GOVERNORS,
    HEAD,
    SETTINGS,
    amendment,
    deferred,
    dossier,
    moment,
    on,
    policy,
    review,
    stands,
    void,
    withdrawal,
)

PLACES = {"approver": Position(5, 1), "reviews.annual": Position(7, 3), "reviews.governors": Position(8, 3)}


def said(file: Dossier, day: str) -> list[tuple[str, Position | None, str]]:
    """What the calendar says of a policy: code, place, message."""
    of = replace(file.policy, places=PLACES)
    found = findings([entry(replace(file, policy=of), on(day))])
    return [(one.finding.code, one.position, one.message) for _, one in found]


def listed(day: str, **files: Dossier) -> list[str]:
    """The policies in the register, in order."""
    named = [replace(one, policy=replace(one.policy, id=name, title=name)) for name, one in files.items()]
    return [one.policy for one in register(named, SETTINGS, on(day)).entries]


# Which policies, in which order


def test_the_most_urgent_policy_comes_first() -> None:
    """Overdue, never reviewed, due, due soon, current; of one state what is due first, then what has changed."""
    only = policy(GOVERNORS)
    order = listed(
        "2025-09-14",
        current=dossier(review("2025-09-01"), of=only),
        soon=dossier(review("2023-10-01"), of=only),
        changed=dossier(review("2023-10-01"), of=only, now="B"),
        due=dossier(review("2023-09-14"), of=only),
        never=dossier(of=only),
        late=dossier(review("2023-09-13"), of=only),
        later=dossier(review("2022-09-13"), of=only),
    )
    assert order == ["later", "late", "never", "due", "changed", "soon", "current"]


def test_a_withdrawn_policy_drops_out_on_its_day() -> None:
    """Whether the front matter says so or a record; what was on file stays there."""
    held = review("2023-09-14")
    by_source = dossier(held, of=policy(withdrawn=on("2024-01-10")))
    by_record = dossier(held, withdrawal("2024-01-10"))
    by_another = dossier(held, withdrawal("2024-01-10", HEAD))
    files = {"source": by_source, "record": by_record, "another": by_another}
    assert sorted(listed("2024-01-09", **files)) == ["another", "record", "source"]
    assert listed("2024-01-10", **files) == ["another"]
    assert by_record.in_force[0] == by_record.approvals[0].record == held
    assert listed("2024-06-01", back=dossier(held, withdrawal("2024-01-10"), review("2024-05-01"))) == ["back"]


def test_the_register_names_roles_by_their_titles() -> None:
    """And by their ids where the settings do not define them."""
    one = entry(dossier(of=policy(owner="nobody")), on("2023-10-01"))
    assert (one.owner, one.approver, one.path) == ("nobody", "Full Governing Board", "source/homework.md")
    assert {review.by for review in one.reviews} == {"Headteacher", "Full Governing Board"}


# The wording


def test_the_wording_is_approved_changed_or_never_approved() -> None:
    """By its approver: the headteacher's approval of the same words is none of the board's."""
    states = [
        entry(file, on("2023-10-01")).wording
        for file in (
            dossier(review("2023-09-14")),
            dossier(review("2023-09-14"), now="B"),
            dossier(review("2023-09-14"), amendment("2023-10-01", "B"), now="B"),
            dossier(review("2023-09-14", "annual")),
            dossier(),
        )
    ]
    assert states == [
        WordingState.APPROVED,
        WordingState.CHANGED,
        WordingState.APPROVED,
        WordingState.NEVER,
        WordingState.NEVER,
    ]


def test_dates_are_printed_only_over_the_approved_wording() -> None:
    """The last review of all, and the first that is due."""
    held = review("2023-09-14"), review("2024-09-03", "annual")
    assert standing(dossier(*held)) == Standing(moment("2024-09-03"), moment("2025-09-03"))
    changed = standing(dossier(*held, now="B"))
    assert changed == Standing(notice="Draft: changed since the wording approved in September 2023")


@pytest.mark.parametrize("records", [[], [deferred("2023-09-14")], [review("2023-09-14", "annual")]])
def test_what_was_never_approved_is_a_draft(records: list[Record]) -> None:
    """Also when somebody else approved it, or the board put it off."""
    assert standing(dossier(*records)) == Standing(notice="Draft: not approved yet")


def test_an_approval_that_was_taken_back_is_none() -> None:
    """A void correction."""
    held = review("2023-09-14")
    assert standing(dossier(held, void(held, "2023-10-01"))).notice == "Draft: not approved yet"


def test_an_older_approved_wording_is_superseded() -> None:
    """For documents built at an earlier version."""
    file = dossier(review("2021-09"), review("2023-09-14", says="B"))
    notice = "Superseded: approved in September 2021, replaced by the wording approved in September 2023"
    assert standing(file).notice == notice
    back = dossier(review("2021-09"), review("2023-09-14", says="B"), review("2025-09-01"))
    assert standing(back) == Standing(moment("2025-09-01"), moment("2022-09"))


# Findings


def test_findings_point_at_the_line_of_the_cycle_in_the_policy() -> None:
    """So that CI can annotate it; days are counted from the last on which it was not overdue."""
    assert said(dossier(review("2023-09"), now="B"), "2025-09-30") == [
        (
            "PT402",
            PLACES["reviews.annual"],
            "the review `annual` (Headteacher) was due in September 2024, and is 365 days overdue",
        ),
        (
            "PT401",
            PLACES["reviews.governors"],
            "the review `governors` (Full Governing Board) is due in September 2025",
        ),
        ("PT404", PLACES["approver"], "the text has changed since the wording approved in September 2023"),
    ]


def test_one_day_overdue_is_one_day() -> None:
    """And not one days."""
    assert told(stands(dossier(review("2023-09-14")), day="2025-09-15")).endswith(
        "was due on 14 September 2025, and is 1 day overdue"
    )


def test_what_was_never_reviewed_is_said_once_a_cycle() -> None:
    """That its wording was never approved goes without saying, but not where somebody else has reviewed it."""
    assert [code for code, *_ in said(dossier(), "2023-10-01")] == ["PT403", "PT403"]
    by_head = said(dossier(review("2023-09-14", "annual")), "2023-10-01")
    message = "no wording has been approved by its approver (Full Governing Board)"
    assert by_head == [("PT403", PLACES["approver"], message)]


def test_what_is_current_and_approved_is_silent_even_when_due_soon() -> None:
    """A due date to come is no finding."""
    file = dossier(review("2023-09-14"), review("2023-09-14", "annual"))
    assert said(file, "2024-09-13") == []
    assert stands(file, "annual", "2024-09-13").state is TimeState.DUE_SOON


@pytest.mark.parametrize(
    ("code", "left"),
    [("PT402", ["PT404"]), ("PT404", ["PT402"]), ("PT401", ["PT402", "PT404"]), ("PT403", ["PT402", "PT404"])],
)
def test_a_waiver_silences_its_own_finding_alone(code: str, left: list[str]) -> None:
    """Until its day; on the day after all is said again."""
    waived = Waiver(code, "homework", on("2025-12-31"), CLERK, "agreed")
    held = review("2023-09-14")
    file = dossier(held, of=policy(GOVERNORS), now="B", settings=replace(SETTINGS, waivers=(waived,)))
    assert [found for found, *_ in said(file, "2025-12-31")] == left
    assert [found for found, *_ in said(file, "2026-01-01")] == ["PT402", "PT404"]


def test_a_waiver_of_never_reviewed_silences_that_no_wording_was_approved() -> None:
    """It is the same finding."""
    settings = replace(SETTINGS, waivers=(Waiver("PT403", "homework", on("2025-12-31"), CLERK, "new school"),))
    file = dossier(review("2023-09-14", "annual"), settings=settings)
    assert said(file, "2023-10-01") == said(dossier(settings=settings), "2023-10-01") == []


def test_a_waiver_that_has_run_out_is_told() -> None:
    """From the day after its last."""
    waived = Waiver("PT402", "homework", on("2025-12-31"), CLERK, "agreed")
    settings = replace(SETTINGS, waivers=(waived,), places={"waive.0": Position(9, 3)})
    assert list(run_out(settings, "policytool.yaml", on("2025-12-31"))) == []
    (one,) = run_out(settings, "policytool.yaml", on("2026-01-01"))
    assert (one.finding.code, one.path, one.position) == ("PT405", "policytool.yaml", Position(9, 3))
    assert one.message == "the waiver of PT402 for `homework` ended on 31 December 2025"


def test_each_state_that_can_fail_has_its_findings() -> None:
    """`--fail-on overdue,due,never,changed`."""
    codes = {name: {one.code for one in found} for name, found in FAILS.items()}
    assert codes == {"overdue": {"PT402"}, "due": {"PT401"}, "never": {"PT403"}, "changed": {"PT404"}}


# Properties

DAYS = st.dates(date(2020, 1, 1), date(2025, 12, 31))


@given(st.lists(st.tuples(DAYS, DAYS), max_size=6), DAYS)
def test_every_policy_stands_in_the_register_once_and_none_before_a_more_urgent_one(
    held: list[tuple[date, date]], today: date
) -> None:
    """By state, then by the day on which its most urgent review is over."""
    files = {
        f"p{index}": dossier(review(str(one), "annual"), review(str(other))) for index, (one, other) in enumerate(held)
    }
    order = listed(str(today), **files)
    assert sorted(order) == sorted(files)
    urgency = ["overdue", "never reviewed", "due", "due soon", "current"]

    def key(name: str) -> tuple[int, int]:
        found = [stands(files[name], cycle.name, str(today)) for cycle in (ANNUAL, GOVERNORS)]
        return min((urgency.index(one.state), one.days or 0) for one in found)

    assert [key(name) for name in order] == sorted(key(name) for name in files)


@given(DAYS, st.integers(0, 800))
def test_documents_do_not_depend_on_the_clock(held: date, days: int) -> None:
    """What a document prints is the same whenever it is built; only records change it."""
    file = dossier(review(str(held)))
    assert standing(file) == standing(file.until(held + timedelta(days=days)))
