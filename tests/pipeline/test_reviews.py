"""Records as they are read from a repository, and what a document or the register makes of them."""

from __future__ import annotations

from datetime import date

import pytest

from policytool.model.register import WordingState
from policytool.pipeline.repository import load
from policytool.pipeline.reviews import Reviews, folder_of, path_of
from policytool.pipeline.versions import Versions
from tests.repository import Repository
from tests.reviewed import CHANGED, GOVERNORS, MENDED, School, reviewed, text

__all__ = ["reviewed"]

DAY = date(2023, 12, 1)


def state(school: School) -> WordingState:
    """How the text on the disk stands to the approved wording."""
    return school.reviews().register(DAY).entries[0].wording


def notice(school: School, version: str) -> str:
    """What a document of a version says of its reviews."""
    with Versions(load(school.root)) as versions:
        found = versions.at(version, "one")
        [policy] = found.library.policies.values()
        standing = versions.reviews.standing(policy, found.texts[policy.path])
    return standing.notice or f"{standing.last_reviewed} {standing.due}"


def test_a_repository_without_records_has_none(repository: Repository) -> None:
    """And no history is needed to know it."""
    repository.write("one", "1. Staff must be kind.\n")
    reviews = Reviews(load(repository.root))
    assert not reviews.is_anything
    assert reviews.unread == ()
    assert reviews.dossiers["one"].approval is None


def test_records_stand_by_the_folder_they_are_in(reviewed: School) -> None:
    """With their bytes, and the wordings they speak of."""
    reviewed.review("governors", "2023-09-14")
    reviews = reviewed.reviews()
    [record] = reviews.records["one"]
    assert reviews.contents[GOVERNORS] == (reviewed.root / GOVERNORS).read_bytes()
    assert reviews.wording("one", record.fingerprint) == text().encode()
    assert list(reviews.wordings.values()) == [text().encode()]
    assert reviews.lines(GOVERNORS)[0] == "record: review"
    assert reviews.lines("source/one.md")[1] == "title: A Policy"
    assert reviews.lines("nowhere") == ()


def test_a_record_with_errors_counts_for_nothing(reviewed: School) -> None:
    """The policy is not approved by what nobody can read."""
    reviewed.review("governors", "2023-09-14")
    content = (reviewed.root / GOVERNORS).read_text()
    reviewed.write_text(GOVERNORS, content.replace("by: governing-board", "by: [governing-board]"))
    assert state(reviewed) is WordingState.NEVER
    assert [one.path for one in reviewed.reviews().unread] == [GOVERNORS]


def test_a_record_by_a_role_that_may_not_counts_for_nothing(reviewed: School) -> None:
    """But one by a committee that acts for the board does."""
    reviewed.review("governors", "2023-09-14", by="resources")
    assert state(reviewed) is WordingState.APPROVED
    content = (reviewed.root / GOVERNORS).read_text()
    reviewed.write_text(GOVERNORS, content.replace("by: resources", "by: headteacher"))
    assert state(reviewed) is WordingState.NEVER


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (text(), WordingState.APPROVED),
        (text().replace("of this policy in mind", "of this\n   policy in mind"), WordingState.APPROVED),
        (text().replace("owner: headteacher", "owner: clerk"), WordingState.APPROVED),
        (text().replace("in mind.\n", "in mind. {#mind}\n", 1), WordingState.APPROVED),
        (text().replace("\n", "\r\n"), WordingState.APPROVED),
        (CHANGED, WordingState.CHANGED),
        (text().replace("title: A Policy", "title: The Policy"), WordingState.CHANGED),
    ],
)
def test_wording_is_what_a_policy_says(reviewed: School, content: str, expected: WordingState) -> None:
    """Not how it is wrapped, labelled, owned or kept in lines."""
    reviewed.review("governors", "2023-09-14")
    reviewed.write_text("source/one.md", content)
    assert state(reviewed) is expected


def test_equal_bytes_are_unchanged_whatever_the_hash_says(reviewed: School) -> None:
    """A fingerprint of a newer kind is held against the kept wording, letter for letter."""
    reviewed.review("governors", "2023-09-14")
    content = (reviewed.root / GOVERNORS).read_text()
    reviewed.write_text(GOVERNORS, content.replace("v1:", "v9:"))
    assert state(reviewed) is WordingState.APPROVED
    reviewed.write_text("source/one.md", text().replace("in mind.\n", "in mind. {#mind}\n", 1))
    assert state(reviewed) is WordingState.CHANGED


def test_who_might_approve_is_told_by_the_policy_as_it_was(reviewed: School) -> None:
    """Another approver since makes no approval void; nor does another field after it in the front matter."""
    reviewed.review("governors", "2023-09-14")
    reviewed.write_text("source/one.md", text().replace("approver: governing-board", "approver: headteacher"))
    assert reviewed.reviews().dossiers["one"].approval is not None
    assert reviewed.reviews().unread == ()


def test_fields_that_were_taken_away_at_the_end_still_tell_who_might_amend(reviewed: School) -> None:
    """The front matter of today begins that of then, and is not the same."""
    ends = "reviews:\n  annual: {every: 12 months, by: headteacher}\n"
    head = "---\ntitle: A Policy\nkind: policy\nowner: headteacher\napprover: headteacher\n" + ends
    body = "---\n\n1. Staff must be kind.\n"
    reviewed.commit({"source/one.md": f"{head}amendments: [clerk]\n{body}"})
    reviewed.review("annual", "2023-09-14")
    reviewed.commit({"source/one.md": f"{head}amendments: [clerk]\n{body.replace('be kind', 'be  kindly')}"})
    assert reviewed.record("--amend", "--by", "clerk", "--reason", "a misprint", "--commit") == 0
    reviewed.commit({"source/one.md": head + body.replace("be kind", "be kindly")})
    assert reviewed.reviews().unread == ()


def test_a_document_says_how_it_stands(reviewed: School) -> None:
    """Dates over the approved wording alone."""
    assert notice(reviewed, "working") == "Draft: not approved yet"
    reviewed.review("governors", "2023-09-14")
    reviewed.review("annual", "2023-11", outcome="no-change")
    assert notice(reviewed, "working") == "2023-11 2024-11"
    reviewed.commit({"source/one.md": CHANGED})
    assert notice(reviewed, "working") == "Draft: changed since the wording approved in September 2023"
    assert notice(reviewed, "approved") == notice(reviewed, "HEAD~1") == "2023-11 2024-11"
    reviewed.review("governors", "2024-01-10")
    assert notice(reviewed, "2023-09-14") == (
        "Superseded: approved in September 2023, replaced by the wording approved in January 2024"
    )


def test_a_document_of_before_a_renaming_has_the_same_records(reviewed: School) -> None:
    """They stand in the folder of the id that the policy has today."""
    reviewed.review("governors", "2023-09-14")
    reviewed.git("mv", "source/one.md", "source/first.md")
    reviewed.git("mv", "reviews/one", "reviews/first")
    reviewed.commit({}, "Rename")
    assert notice(reviewed, "HEAD") == notice(reviewed, "HEAD~1") == "2023-09-14 2024-09-14"


def test_a_document_of_before_a_renaming_without_records_is_made(reviewed: School) -> None:
    """Where somebody left the folder behind, which `check` tells."""
    reviewed.review("governors", "2023-09-14")
    reviewed.git("mv", "source/one.md", "source/first.md")
    reviewed.commit({}, "Rename")
    assert notice(reviewed, "HEAD~1") == "2023-09-14 2024-09-14"
    assert notice(reviewed, "HEAD") == "Draft: not approved yet"


def test_a_record_that_names_another_policy_approves_neither_of_them_anew(reviewed: School) -> None:
    """It counts in its own folder, and is told; the other policy is not approved by it."""
    reviewed.review("governors", "2023-09-14")
    reviewed.commit({"source/two.md": text().replace("A Policy", "Two")})
    content = (reviewed.root / GOVERNORS).read_text()
    reviewed.write_text(GOVERNORS, content.replace("policy: one", "policy: two"))
    reviews = reviewed.reviews()
    assert reviews.dossiers["two"].approval is None
    [found] = reviews.unread
    assert (found.path, found.message) == (GOVERNORS, "this record is of `two`")


def test_a_policy_that_went_with_a_record_of_it_is_no_mistake(reviewed: School) -> None:
    """A withdrawal says why there is no source any more."""
    reviewed.review("governors", "2023-09-14")
    reviewed.commit({"source/one.md": None, "source/two.md": text().replace("A Policy", "Two")})
    assert [one.finding.code for one in reviewed.reviews().unread] == ["PT410"]
    withdrawal = "record: withdrawal\npolicy: one\nheld: 2023-11-01\nby: governing-board\nreason: merged\n"
    reviewed.write_text("reviews/one/2023-11-01-withdrawal.yaml", withdrawal)
    assert reviewed.reviews().unread == ()


def test_the_register_as_of_a_day_knows_nothing_later(reviewed: School) -> None:
    """Neither what was held nor what was written after it; the register on a day knows both."""
    reviewed.review("governors", "2023-09-14")
    said = ("--correct", "2023-09-14-governors", "--held", "2023-09-13", "--reason", "the day before")
    assert reviewed.record(*said, today="2023-12-01") == 0
    day = date(2023, 10, 1)
    for as_of, held in ((False, "2023-09-13"), (True, "2023-09-14")):
        approval = reviewed.reviews().register(day, as_of=as_of).entries[0].approval
        assert approval is not None
        assert str(approval.record.held) == held
    assert reviewed.reviews().register(date(2023, 9, 1), as_of=True).entries[0].approval is None


def test_paths_and_folders_are_told_apart() -> None:
    """Whatever is called what."""
    assert path_of("one", "x.md") == "reviews/one/wording/x.md"
    assert folder_of(GOVERNORS) == "one"
    assert folder_of(path_of("one", "x.md")) == "one"
    assert folder_of("reviews/x.yaml") == folder_of("source/reviews/one.md") == folder_of("policytool.yaml") == ""


def test_a_kept_wording_can_be_read_as_a_policy(reviewed: School) -> None:
    """Text and all; None where there is none."""
    reviewed.review("governors", "2023-09-14")
    reviewed.commit({"source/one.md": MENDED})
    reviews = reviewed.reviews()
    [record] = reviews.records["one"]
    kept = reviews.kept("one", record.fingerprint)
    assert kept is not None
    assert len(list(kept.walk())) == 9
    assert reviews.kept("one", "v1:" + "0" * 64) is None
