"""Every mistake that can be told from the records of one policy alone, each with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Position
from policytool.model.record import Record
from policytool.review.dossier import Dossier
from policytool.review.records import check_records
from tests.dossiers import (
    ANNUAL,
    BOARD,
    CHAIR,
    CLERK,
    GOVERNORS,
    HEAD,
    RESOURCES,
    amendment,
    correction,
    deferred,
    dossier,
    every,
    policy,
    reschedule,
    review,
    void,
    withdrawal,
    wording,
)
from tests.review.test_dossier import HISTORIES

BOARDS = review("2023-09-14")


def wrong(file: Dossier) -> list[tuple[str, str]]:
    """What is wrong: code and record."""
    return [(one.finding.code, one.path.rpartition("/")[2].removesuffix(".yaml")) for one in check_records(file)]


def only(file: Dossier) -> Diagnostic:
    """The one thing that is wrong."""
    (one,) = check_records(file)
    return one


def placed(record: Record, field: str) -> Record:
    """A record that knows where one of its fields stands."""
    return replace(record, places={field: Position(7, 5)})


def test_a_sound_file_has_no_findings() -> None:
    """Ten years of reviews, corrections, amendments and what else there is."""
    mistaken = review("2022-09-01", "annual", says="B")
    file = dossier(
        review("2019-09"),
        review("2020-09-03", "annual", outcome="no-change"),
        amendment("2020-10-01", "B"),
        review("2021-09-02", "annual", says="B", outcome="no-change"),
        deferred("2021-09-09"),
        review("2021-10-07", says="B", by=RESOURCES, ratified_by=BOARD, ratified="2021-11-01"),
        mistaken,
        correction(mistaken, "2022-10-01", held="2022-09-02"),
        review("2023-09-14", says="C", outcome="approved-with-changes", seen=wording("D"), next="2024-03"),
        reschedule("2023-10-01", "2024-02"),
        withdrawal("2024-03-01"),
    )
    assert wrong(file) == []


# PT411, PT412, PT413


def test_an_unknown_cycle_is_told_with_the_nearest_known() -> None:
    """In a review, in one that was put off, in a rescheduling."""
    one = only(dossier(placed(review("2023-09-14", "govenors"), "cycle")))
    assert (one.finding.code, one.position, one.length) == ("PT411", Position(7, 5), len("govenors"))
    assert one.message == "`homework` has no review cycle `govenors`"
    assert "governors" in one.advice
    assert wrong(dossier(BOARDS, deferred("2024-09-14", "termly"))) == [("PT411", "2024-09-14-termly")]
    assert wrong(dossier(BOARDS, reschedule("2024-01-01", "2024-03", "x"))) == [("PT411", "2024-01-01-reschedule")]


def test_a_cycle_that_the_policy_had_then_is_known() -> None:
    """By the wording that was approved."""
    termly = review("2023-09-14", "termly", BOARD)
    had = policy(ANNUAL, replace(GOVERNORS, name="termly"))
    assert wrong(dossier(termly, kept={"A": had})) == []


@pytest.mark.parametrize("field", ["by", "ratified_by"])
def test_an_unknown_role_is_told_and_nothing_else_of_its_record(field: str) -> None:
    """Whether it may decide is another question."""
    name = field.replace("_", "-")
    one = only(dossier(placed(replace(BOARDS, **{field: "govening-board"}), name)))  # type: ignore[arg-type]
    assert (one.finding.code, one.position, one.length) == ("PT412", Position(7, 5), len("govening-board"))
    assert "governing-board" in one.advice


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (review("2024-09-14", by=HEAD), "`headteacher` may not hold the review `governors`"),
        (review("2024-09-14", "annual", CLERK), "`clerk` may not hold the review `annual`"),
        (amendment("2024-09-14", "B", CLERK), "`clerk` may not amend this policy"),
        (withdrawal("2024-09-14", HEAD), "`headteacher` may not withdraw this policy"),
    ],
)
def test_a_role_that_may_not_decide_is_told(record: Record, message: str) -> None:
    """And whose it is."""
    one = only(dossier(BOARDS, placed(record, "by")))
    assert (one.finding.code, one.position, one.message) == ("PT413", Position(7, 5), message)
    assert (HEAD if record.cycle == "annual" else BOARD) in one.advice


@pytest.mark.parametrize("by", [BOARD, RESOURCES, CHAIR])
def test_roles_that_act_for_another_may_decide(by: str) -> None:
    """The chair for the committee, which acts for the board."""
    assert wrong(dossier(review("2023-09-14", by=by), amendment("2024-01-01", "B", by))) == []


def test_the_clerk_may_put_off_and_bring_forward() -> None:
    """Neither decides anything about the text."""
    assert wrong(dossier(BOARDS, deferred("2024-01-01"), reschedule("2024-01-01", "2024-03", by=CLERK))) == []


# PT414


@pytest.mark.parametrize(
    ("other", "contradicts"),
    [
        (review("2023-09-14", says="B", count=2), True),
        (replace(deferred("2023-09-14"), path="reviews/homework/2023-09-14-governors.2.yaml"), True),
        (review("2023-09-14", count=2, outcome="no-change"), False),
        (review("2023-09-15", says="B"), False),
        (review("2023-09-14", "annual", says="B"), False),  # another role's, of its own cycle
    ],
)
def test_two_records_of_one_review_must_agree(other: Record, contradicts: bool) -> None:  # noqa: FBT001
    """On the outcome and on the wording; each may have been written down twice."""
    for records in ((BOARDS, other), (other, BOARDS)):
        codes = [code for code, _ in wrong(dossier(*records))]
        assert codes == (["PT414"] if contradicts else [])


def test_the_approver_cannot_approve_two_wordings_on_one_day() -> None:
    """Not in two cycles either, if both are the approver's."""
    of = policy(replace(ANNUAL, by=BOARD), GOVERNORS)
    both = (review("2023-09-14", "annual", BOARD), review("2023-09-14", says="B"))
    assert wrong(dossier(*both, of=of)) == [("PT414", "2023-09-14-governors")]


def test_reviews_of_one_month_may_have_been_on_different_days() -> None:
    """Nobody knows."""
    assert wrong(dossier(review("2023-09"), review("2023-09", says="B", count=2))) == []


def test_a_corrected_contradiction_is_none() -> None:
    """Nor any other mistake that was corrected: a record cannot be altered, and a correction is its mend."""
    mistakes = [
        review("2023-09-14", says="B", count=2),
        review("2023-10-14", by="govening-board"),
        review("2023-10-14", "govenors", BOARD),
        review("2023-10-14", by=CLERK),
        review("2023-10-14", next="2029-01"),
        review("2023-10-14", outcome="no-change", says="B"),
        review("2023-10-14", fingerprint="v9:" + "0" * 64),
    ]
    for mistake in mistakes:
        assert wrong(dossier(BOARDS, mistake)) != []
        assert wrong(dossier(BOARDS, mistake, void(mistake, "2023-12-01"))) == []


# PT420


def test_a_correction_of_what_is_not_there_is_told() -> None:
    """With the nearest name that is."""
    stray = correction(BOARDS, "2023-10-01", replaces="2023-09-14-governers")
    one = only(dossier(BOARDS, placed(stray, "replaces")))
    assert (one.finding.code, one.position, one.length) == ("PT420", Position(7, 5), len("2023-09-14-governers"))
    assert "2023-09-14-governors" in one.advice


def test_two_corrections_of_one_record_are_told_at_the_second() -> None:
    """Which of the two counts would be chance."""
    first, second = correction(BOARDS, "2023-10-01"), correction(BOARDS, "2023-11-01")
    assert ("PT420", second.name) in wrong(dossier(BOARDS, first, second))
    assert ("PT420", first.name) not in wrong(dossier(BOARDS, first, second))
    assert wrong(dossier(BOARDS, first, correction(first, "2023-11-01"))) == []


def test_corrections_in_a_circle_are_told() -> None:
    """Each of them leads to no record in the end."""
    one = correction(BOARDS, "2023-10-01", replaces="2023-10-02-correction")
    two = correction(one, "2023-10-02")
    assert wrong(dossier(one, two)) == [("PT420", one.name), ("PT420", two.name)]


# PT421


@pytest.mark.parametrize(
    ("asked", "told"),
    [("2024-03", False), ("2025-09-14", False), ("2025-09-15", True), ("2025-09", True), ("2026-01-01", True)],
)
def test_a_next_review_after_the_one_that_the_cycle_gives_is_told(asked: str, told: bool) -> None:  # noqa: FBT001
    """September 2025 ends after its 14th day."""
    held = placed(review("2023-09-14", next=asked), "next")
    moved = placed(reschedule("2023-10-01", asked), "next")
    for file in (dossier(held), dossier(BOARDS, moved)):
        assert [code for code, _ in wrong(file)] == (["PT421"] if told else [])
        if told:
            assert (only(file).position, only(file).advice) == (Position(7, 5), "14 September 2025 at the latest")


def test_a_rescheduling_is_held_against_the_review_before_it() -> None:
    """And not against a later one; where there was none, against the policy's first."""
    late = reschedule("2024-01-01", "2025-10-01")
    assert [code for code, _ in wrong(dossier(BOARDS, late, review("2024-06-01")))] == ["PT421"]
    assert wrong(dossier(BOARDS, review("2023-12-01"), late)) == []
    assert [code for code, _ in wrong(dossier(BOARDS, reschedule("2024-01-01", "2024-10", "annual")))] == ["PT421"]
    assert wrong(dossier(BOARDS, reschedule("2024-01-01", "2024-09-14", "annual"))) == []


def test_a_next_review_by_its_anniversary_is_not_too_late() -> None:
    """Held three weeks early, the next is due on the anniversary, and may be asked for on the day before."""
    of = policy(replace(ANNUAL, keep_anniversary=True), GOVERNORS)
    early = review("2024-08-25", "annual", next="2025-09-13")
    assert wrong(dossier(review("2023-09-14", "annual"), early, of=of)) == []


def test_a_date_that_was_right_at_its_time_stays_right() -> None:
    """The cycle has become shorter since."""
    shorter = policy(ANNUAL, replace(GOVERNORS, every=every("6 months")))
    assert wrong(dossier(review("2023-09-14", next="2025-03"), of=shorter)) == []


# PT422, PT424, PT425


def test_no_change_over_a_changed_wording_is_told() -> None:
    """Over the approved one it is not, nor over what was approved then."""
    changed = placed(review("2024-09-01", "annual", says="B", outcome="no-change"), "outcome")
    one = only(dossier(BOARDS, changed))
    assert (one.finding.code, one.position, one.length) == ("PT422", Position(7, 5), len("no-change"))
    same = review("2024-09-01", "annual", outcome="no-change")
    assert wrong(dossier(BOARDS, same, review("2025-09-14", says="B"))) == []
    assert wrong(dossier(same)) == [("PT422", same.name)]


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("2023-09-14-governors", True),
        ("2023-09-14-governors.2", True),
        ("2023-09-14-governors.draft", False),
        ("2023-09-15-governors", False),
        ("2023-09-14-annual", False),
        ("governors", False),
    ],
)
def test_a_record_is_named_after_its_date_and_its_cycle(name: str, right: bool) -> None:  # noqa: FBT001
    """With a number where there are several."""
    file = dossier(placed(replace(BOARDS, path=f"reviews/homework/{name}.yaml"), "held"))
    assert wrong(file) == ([] if right else [("PT424", name)])
    if not right:
        assert only(file).message == "by its fields this record is `2023-09-14-governors.yaml`"
        assert only(file).position == Position(7, 5)


def test_a_correction_is_named_after_the_day_it_was_made() -> None:
    """And not after what it corrects."""
    misnamed = placed(correction(BOARDS, "2023-10-01"), "made")
    misnamed = replace(misnamed, path="reviews/homework/2023-09-14-correction.yaml")
    one = only(dossier(BOARDS, misnamed))
    assert (one.finding.code, one.position) == ("PT424", Position(7, 5))
    assert "2023-10-01-correction.yaml" in one.message


def test_a_fingerprint_of_a_kind_that_is_not_known_here_is_told() -> None:
    """A newer version of the tool wrote it: a warning."""
    newer = placed(replace(BOARDS, fingerprint="v9:" + "0" * 64), "fingerprint")
    one = only(dossier(newer))
    assert (one.finding.code, one.is_error, one.position) == ("PT425", False, Position(7, 5))


# A property


@given(HISTORIES)
def test_what_is_not_accepted_is_told(records: list[Record]) -> None:
    """A record that counts for nothing, and nobody is told of, would be a date that nobody misses."""
    file = dossier(*records)
    told = {name for _, name in wrong(file)}
    assert {one.name for one in file.in_force if one not in file.accepted} <= told
