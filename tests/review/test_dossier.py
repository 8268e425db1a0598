"""What counts of the records: corrections, approved wordings and their versions, who may decide, withdrawals."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.policy import Policy
from policytool.model.record import Record
from policytool.model.settings import Role
from policytool.review.dossier import Dossier
from policytool.review.roles import acts_for
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
    dossier,
    due,
    moment,
    on,
    policy,
    reschedule,
    review,
    void,
    withdrawal,
    wording,
)


def versions(file: Dossier) -> list[tuple[str, str]]:
    """The names of the versions, each with the letter of its wording."""
    letters = {wording(letter): letter for letter in "ABCDE"}
    return [(one.version, letters[one.record.fingerprint]) for one in file.approvals]


def approved(file: Dossier) -> str:
    """The letter of the approved wording, "" for none."""
    return versions(file)[-1][1] if file.approvals else ""


# Who may decide


@pytest.mark.parametrize(
    ("by", "counts"), [(BOARD, True), (RESOURCES, True), (CHAIR, True), (HEAD, False), (CLERK, False), ("?", False)]
)
def test_only_the_approver_or_who_acts_for_it_approves_a_wording(by: str, counts: bool) -> None:  # noqa: FBT001
    """The chair acts for the committee, which acts for the board; the headteacher acts for nobody."""
    assert approved(dossier(review("2023-09-14", by=by))) == ("A" if counts else "")


def test_a_body_may_decide_what_falls_to_one_that_acts_on_its_behalf() -> None:
    """What a committee may do for the board, the board may do itself; another committee may not."""
    of = policy(replace(GOVERNORS, by=RESOURCES), approver=RESOURCES)
    found = [approved(dossier(review("2023-09-14", by=by), of=of)) for by in (RESOURCES, BOARD, CHAIR, "personnel")]
    assert found == ["A", "A", "A", ""]


def test_roles_that_act_for_each_other_in_a_circle_act_for_each_other_and_end() -> None:
    """And for nobody else."""
    circle = {"a": Role("A", "b"), "b": Role("B", "c"), "c": Role("C", "a"), "d": Role("D", "d")}
    settings = replace(SETTINGS, roles=circle)
    assert all(acts_for(settings, one, other) for one, other in permutations("abc", 2))
    assert not any(acts_for(settings, one, "d") or acts_for(settings, "d", one) for one in "abc")
    assert acts_for(settings, "d", "d")


def test_the_headteachers_annual_approval_is_not_the_boards() -> None:
    """It is a record by another role, whatever it says of the wording."""
    file = dossier(review("2023-09-14"), review("2024-09-01", "annual", says="B"), now="B")
    assert versions(file) == [("2023-09-14", "A")]
    assert file.accepted[-1].what == "annual"


def test_ratified_decisions_count_from_the_day_they_were_made() -> None:
    """The committee decided, the board minuted it: both stay, the date is the committee's."""
    decided = review("2023-09-14", by=RESOURCES)
    ratified = correction(decided, "2023-10-05", ratified_by=BOARD, ratified=moment("2023-10-05"))
    file = dossier(decided, ratified)
    assert (due(file), versions(file)) == ("2025-09-14", [("2023-09-14", "A")])
    assert file.approvals[0].record.ratified_by == BOARD
    assert len(file.records) == 2


# Versions


def test_a_version_is_named_by_the_date_of_the_approval_that_made_it() -> None:
    """A day, or a month where nobody knows the day."""
    file = dossier(review("2021-09"), review("2023-09-14", says="B"))
    assert versions(file) == [("2021-09", "A"), ("2023-09-14", "B")]


def test_approving_the_same_again_makes_no_version() -> None:
    """It confirms the one there is."""
    again = review("2025-09-01", outcome="no-change")
    file = dossier(review("2023-09-14"), again)
    assert versions(file) == [("2023-09-14", "A")]
    assert file.approvals[0].confirmed == again
    by_another = dossier(review("2023-09-14"), review("2024-09-01", "annual"))
    assert by_another.approvals[0].confirmed == by_another.approvals[0].record


def test_versions_of_one_day_are_counted_and_so_are_amendments() -> None:
    """An amendment moves no date, so that its version bears that of the approval: .2, .3."""
    file = dossier(review("2023-09-14"), amendment("2023-11-01", "B"), amendment("2024-02-01", "C"))
    assert versions(file) == [("2023-09-14", "A"), ("2023-09-14.2", "B"), ("2023-09-14.3", "C")]
    again = dossier(*file.records, review("2025-09-01", says="D"), amendment("2025-10-01", "E"))
    assert versions(again)[3:] == [("2025-09-01", "D"), ("2025-09-01.2", "E")]


def test_two_wordings_approved_on_one_day_are_two_versions() -> None:
    """In the order in which they were written."""
    records = [review("2023-09-14"), review("2023-09-14", says="B", count=2), review("2023-09-14", says="C", count=10)]
    assert versions(dossier(*reversed(records))) == [("2023-09-14", "A"), ("2023-09-14.2", "B"), ("2023-09-14.3", "C")]


def test_an_older_wording_approved_once_more_is_a_new_version() -> None:
    """They went back to it."""
    file = dossier(review("2021-09-14"), review("2023-09-14", says="B"), review("2025-09-14"))
    assert versions(file) == [("2021-09-14", "A"), ("2023-09-14", "B"), ("2025-09-14", "A")]


@pytest.mark.parametrize(
    ("amendments", "by", "counts"),
    [((), BOARD, True), ((), RESOURCES, True), ((), HEAD, False), ((CLERK,), CLERK, True), ((CLERK,), HEAD, False)],
)
def test_amendments_fall_to_the_roles_that_the_policy_names_else_to_the_approver(
    amendments: tuple[str, ...],
    by: str,
    counts: bool,  # noqa: FBT001
) -> None:
    """They move the approved wording and no date."""
    file = dossier(review("2023-09-14"), amendment("2024-02-01", "B", by), of=policy(amendments=amendments))
    assert (approved(file), due(file)) == ("B" if counts else "A", "2025-09-14")


def test_there_is_nothing_to_amend_before_the_first_approval() -> None:
    """An amendment approves nothing of its own."""
    assert approved(dossier(amendment("2023-09-14", "A"))) == ""


# No change


def test_no_change_is_accepted_only_over_the_approved_wording() -> None:
    """By whomever it is."""
    board = review("2023-09-14")
    for by, cycle in ((HEAD, "annual"), (BOARD, "governors")):
        same = review("2024-09-01", cycle, by, outcome="no-change")
        other = review("2024-09-01", cycle, by, says="B", outcome="no-change")
        assert dossier(board, same).accepted == (board, same)
        assert dossier(board, other).accepted == (board,)
        assert dossier(same).accepted == ()
        assert approved(dossier(board, other)) == "A"


def test_no_change_is_held_against_the_wording_approved_at_that_time() -> None:
    """And not against today's."""
    then = review("2022-09-01", "annual", outcome="no-change")
    now = replace(then, held=moment("2024-09-01"), path="reviews/homework/2024-09-01-annual.yaml")
    file = dossier(review("2021-09-14"), then, amendment("2023-01-05", "B"), now)
    assert then in file.accepted
    assert now not in file.accepted


@pytest.mark.parametrize(("board", "head"), [("2023-09-14", "2023-09-14"), ("2023-09", "2023-09-20")])
def test_no_change_on_the_very_day_or_in_the_month_of_the_approval_is_accepted(board: str, head: str) -> None:
    """Nobody knows which came first, and the names of files do not tell."""
    same = review(head, "annual", outcome="no-change")
    assert same in dossier(review(board), same).accepted


# Records that were right at their time


def test_a_cycle_taken_out_of_the_source_voids_no_record_of_it() -> None:
    """The wording that was approved tells that there was one."""
    termly = review("2023-09-14", "termly", by=BOARD, every="4 months")
    had = policy(ANNUAL, replace(GOVERNORS, name="termly"))
    assert approved(dossier(termly)) == ""
    file = dossier(termly, kept={"A": had})
    assert approved(file) == "A"
    assert file.cycle(termly) == had.reviews[1]


def test_an_approver_or_reviewer_changed_in_the_source_voids_no_record() -> None:
    """What the board approved stays approved when approval falls to the headteacher from now on."""
    held = review("2023-09-14")
    of = policy(ANNUAL, replace(GOVERNORS, by=HEAD), approver=HEAD)
    assert approved(dossier(held, of=of)) == ""
    assert approved(dossier(held, of=of, kept={"A": policy()})) == "A"
    assert approved(dossier(held, of=of, kept={"B": policy()})) == ""


def test_kept_wordings_are_read_only_where_the_fields_of_today_do_not_tell() -> None:
    """Reading one takes longer than all the rest."""
    asked: list[str] = []

    def kept(written: str) -> Policy | None:
        asked.append(written)
        return None

    file = replace(dossier(review("2023-09-14"), review("2024-09-01", "annual", outcome="no-change")), kept=kept)
    assert len(file.accepted) == 2
    assert file.approval
    assert asked == []


# Corrections


def effective(*records: Record) -> list[str]:
    """The names of the records that count."""
    return [one.name for one in dossier(*records).in_force]


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    """Of a date, of a role, of a wording: it is a review like the one it replaces."""
    wrong = review("2023-09-14", by=HEAD, says="B")
    right = correction(wrong, "2023-10-01", held="2023-09-04", by=BOARD, fingerprint=wording("A"))
    file = dossier(wrong, right)
    assert effective(wrong, right) == ["2023-10-01-correction"]
    assert versions(file) == [("2023-09-04", "A")]
    assert file.in_force[0].kind == "review"


def test_a_corrected_record_stands_where_it_should_have_stood() -> None:
    """Its date is the date of the review, not that of the correction."""
    wrong = review("2023-09-14", says="B")
    file = dossier(wrong, review("2023-11-01", says="C"), correction(wrong, "2024-02-01", held="2023-09-04"))
    assert versions(file) == [("2023-09-04", "B"), ("2023-11-01", "C")]


def test_a_void_correction_takes_a_record_away() -> None:
    """And one that takes a correction away takes the corrected record with it."""
    wrong = review("2023-09-14")
    assert effective(wrong, void(wrong, "2023-10-01")) == []
    better = correction(wrong, "2023-10-01", held="2023-09-04")
    assert effective(wrong, better, void(better, "2023-11-01")) == []


def test_corrections_of_corrections_leave_the_last() -> None:
    """In whatever order they are read."""
    wrong = review("2023-09-14")
    chain = [wrong]
    for number in range(2, 6):
        chain.append(correction(chain[-1], f"2023-{number + 5:02}-01", held=f"2023-09-{number:02}"))
    for order in permutations(chain):
        assert effective(*order) == [chain[-1].name]
    assert versions(dossier(*chain)) == [("2023-09-05", "A")]


def test_corrections_in_a_circle_and_of_nothing_count_for_nothing() -> None:
    """They stay on file, and `check` tells of them."""
    one = correction(review("2023-09-14"), "2023-10-01", replaces="2023-10-02-correction")
    two = correction(one, "2023-10-02")
    itself = correction(one, "2023-10-03", replaces="2023-10-03-correction")
    for records in ([one, two], [itself], [correction(review("2023-09-14"), "2023-10-01")]):
        assert effective(*records) == []


def test_the_correction_of_an_amendment_is_an_amendment() -> None:
    """And that of a rescheduling a rescheduling."""
    for wrong in (amendment("2023-09-14", "B"), reschedule("2023-09-14", "2024-03"), withdrawal("2023-09-14")):
        assert dossier(wrong, correction(wrong, "2023-10-01")).in_force[0].kind == wrong.kind


# Withdrawals, and the past


def test_a_policy_is_withdrawn_by_its_approver_until_it_is_approved_again() -> None:
    """A record by another role moves its own cycle's date and nothing else."""
    held = review("2023-09-14")
    assert dossier(held, withdrawal("2024-01-10")).withdrawal
    assert dossier(held, withdrawal("2024-01-10", RESOURCES)).withdrawal
    assert not dossier(held, withdrawal("2024-01-10", HEAD)).withdrawal
    assert not dossier(held, withdrawal("2024-01-10"), review("2024-03-01")).withdrawal
    assert dossier(held, withdrawal("2024-01-10"), review("2024-03-01", by=CLERK)).withdrawal
    mistaken = withdrawal("2024-01-10")
    assert not dossier(held, mistaken, void(mistaken, "2024-01-11")).withdrawal


def test_a_withdrawal_by_who_was_the_approver_then_stands() -> None:
    """As any kept wording tells."""
    file = dossier(review("2023-09-14"), withdrawal("2024-01-10"), of=policy(approver=HEAD), kept={"A": policy()})
    assert file.withdrawal


def test_as_of_a_day_nothing_is_known_that_was_held_or_written_later() -> None:
    """Nor that a record of before was wrong."""
    wrong = review("2023-09-14")
    better = correction(wrong, "2023-11-01", held="2023-09-04")
    file = dossier(wrong, better, review("2024-01-10", says="B"))
    assert versions(file.until(on("2023-09-13"))) == []
    assert versions(file.until(on("2023-09-14"))) == [("2023-09-14", "A")]
    assert versions(file.until(on("2023-11-01"))) == [("2023-09-04", "A")]
    assert versions(file.until(on("2024-01-10"))) == [("2023-09-04", "A"), ("2024-01-10", "B")]


# Properties

ANY = st.builds(
    lambda kind, day, says, by, cycle: (
        amendment(day, says, by)
        if kind == "amendment"
        else review(day, cycle, by, says, outcome=kind, fingerprint="" if kind == "deferred" else wording(says))
    ),
    st.sampled_from(["approved", "approved", "no-change", "amendment", "deferred"]),
    st.dates(on("2020-01-01"), on("2024-12-31")).map(str),
    st.sampled_from("ABC"),
    st.sampled_from([BOARD, RESOURCES, HEAD, CLERK]),
    st.sampled_from(["annual", "governors", "unknown"]),
)
HISTORIES = st.lists(ANY, max_size=8, unique_by=lambda one: one.held)


@given(HISTORIES)
def test_the_approved_wording_is_the_one_in_the_boards_own_book(records: list[Record]) -> None:
    """A secretary who writes only the board's decisions into a book, page by page."""
    book: list[str] = []
    for one in sorted(records, key=lambda one: one.held.first):
        letter = next((letter for letter in "ABC" if wording(letter) == one.fingerprint), "")
        boards = one.by in (BOARD, RESOURCES)
        decided = one.kind == "review" and one.cycle == "governors" and one.outcome == "approved"
        amended = one.kind == "amendment" and bool(book)
        if boards and (decided or amended) and book[-1:] != [letter]:
            book.append(letter)
    file = dossier(*records)
    assert [letter for _, letter in versions(file)] == book
    assert len({name for name, _ in versions(file)}) == len(book)


@given(HISTORIES, st.randoms())
def test_the_order_of_the_files_does_not_matter(records: list[Record], random: Random) -> None:
    """They are sorted by when they were held."""
    shuffled = list(records)
    random.shuffle(shuffled)
    assert versions(dossier(*shuffled)) == versions(dossier(*records))


@given(HISTORIES)
def test_voiding_every_record_leaves_nothing(records: list[Record]) -> None:
    """And what is void need not be deleted."""
    taken = [
        replace(void(one, "2025-01-01"), path=f"reviews/homework/{index}.yaml") for index, one in enumerate(records)
    ]
    assert dossier(*records, *taken).in_force == ()
