"""Names of versions that records give: approved, reviews, amendments, and versions by their own names."""

from __future__ import annotations

import pytest

from policytool.model.unable import UnableError
from policytool.pipeline.repository import load
from policytool.pipeline.versions import Versions
from tests.reviewed import CHANGED, GOVERNORS, MENDED, School, reviewed, text

__all__ = ["reviewed"]

LATER = CHANGED + "9. Pupils may sing.\n"


@pytest.fixture
def approved(reviewed: School) -> School:
    """The board approved the first wording in 2023, the headteacher saw the second, the clerk amended the first."""
    reviewed.review("governors", "2023-09-14")
    reviewed.commit({"source/one.md": MENDED}, "Mend", "2023-10-01T12:00:00Z")
    assert reviewed.record("--amend", "--by", "clerk", "--reason", "a misprint", "--commit") == 0
    reviewed.commit({"source/one.md": CHANGED}, "Change", "2024-01-15T12:00:00Z")
    reviewed.review("annual", "2024-02")
    reviewed.commit({"source/one.md": LATER}, "Later", "2024-03-01T12:00:00Z")
    return reviewed


def read(school: School, name: str, policy: str = "one") -> tuple[str, str]:
    """The source of the policy at a version, and what that version is called."""
    with Versions(load(school.root)) as versions:
        found = versions.at(name, policy)
        return found.texts[found.library.policies["one"].path], found.version


def refused(school: School, name: str, policy: str = "one") -> tuple[str, str]:
    """The message and the advice for a name that leads nowhere."""
    with Versions(load(school.root)) as versions, pytest.raises(UnableError) as caught:
        versions.at(name, policy)
    return str(caught.value), caught.value.advice


@pytest.mark.parametrize(
    ("name", "content", "called"),
    [
        ("approved", MENDED, "the wording amended on 1 December 2023"),
        ("governors:2023-09-14", text(), "the wording approved on 14 September 2023"),
        ("2023-09-14", text(), "the wording approved on 14 September 2023"),
        ("2023-09-14.2", MENDED, "the wording amended on 1 December 2023"),
        ("amendment:2023-12-01", MENDED, "the wording amended on 1 December 2023"),
        ("annual:2024-02", CHANGED, "the wording approved in February 2024"),
    ],
)
def test_a_record_names_its_wording(approved: School, name: str, content: str, called: str) -> None:
    """The last is that of a role that approves no wording: its review is a version to be asked for all the same."""
    assert read(approved, name) == (content, called)


def test_two_approvals_in_one_month_are_numbered(reviewed: School) -> None:
    """2023-09, then 2023-09.2; the review alone is then two."""
    reviewed.review("governors", "2023-09")
    reviewed.commit({"source/one.md": CHANGED}, "Change")
    reviewed.review("governors", "2023-09")
    assert read(reviewed, "2023-09")[0] == text()
    assert read(reviewed, "2023-09.2")[0] == CHANGED
    assert read(reviewed, "approved")[0] == CHANGED
    message, advice = refused(reviewed, "governors:2023-09")
    assert message == "there are several: 2023-09-governors, 2023-09-governors.2"
    assert "policytool log" in advice


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("governors:2023-09", "there is no record of a review `governors` held 2023-09"),
        ("annual:2023-09-14", "there is no record of a review `annual` held 2023-09-14"),
        ("2023-09-15", "there is no version `2023-09-15`"),
        ("2023-09-14.3", "there is no version `2023-09-14.3`"),
        ("2023-09-14.02", "there is no version `2023-09-14.02`"),
        ("Approved", "there is no version `Approved`"),
        ("git:approved", "git knows no revision `approved`"),
    ],
)
def test_what_no_record_names_is_told(approved: School, name: str, message: str) -> None:
    """With the kinds of names there are."""
    assert refused(approved, name)[0] == message
    assert "a review (annual:2026-09-14), a version (2026-09-14)" in refused(approved, name)[1]


def test_a_deferred_review_names_no_wording(reviewed: School) -> None:
    """Nothing was decided on."""
    reviewed.review("governors", "2023-09-14", outcome="deferred")
    assert "no record of a review" in refused(reviewed, "governors:2023-09-14")[0]


def test_a_corrected_review_is_named_as_it_is_right(approved: School) -> None:
    """And no longer as it was wrong."""
    said = ("--correct", "2023-09-14-governors", "--held", "2023-09-13", "--reason", "the day before")
    assert approved.record(*said) == 0
    assert read(approved, "governors:2023-09-13")[0] == text()
    assert read(approved, "2023-09-13")[0] == text()
    assert "no record" in refused(approved, "governors:2023-09-14")[0]


@pytest.mark.parametrize("name", ["2023-09-14", "approved"])
def test_a_git_tag_of_the_same_name_is_a_second_meaning(approved: School, name: str) -> None:
    """Both are listed, with how to ask for each alone, and that works."""
    approved.git("tag", name, "HEAD")
    commit = approved.git("rev-parse", "--short=7", "HEAD")
    message, advice = refused(approved, name)
    assert f"the tag `{name}` ({commit})" in message
    assert f"`git:{commit}` for the tag" in advice
    assert read(approved, f"git:{name}")[0] == LATER
    if name == "2023-09-14":
        assert "`governors:2023-09-14` for the version 2023-09-14" in advice


def test_an_amended_version_can_be_told_from_a_tag(approved: School) -> None:
    """What the advice names is understood."""
    approved.git("tag", "2023-09-14.2", "HEAD")
    assert "`amendment:2023-12-01` for the version 2023-09-14.2" in refused(approved, "2023-09-14.2")[1]


def test_a_review_is_of_one_policy(approved: School) -> None:
    """Without one, the name could mean many."""
    assert refused(approved, "annual:2024-02", "")[0] == "`annual:2024-02` is a review of one policy"


def test_all_approved_wordings_make_a_library(approved: School) -> None:
    """What was never approved is not in it."""
    approved.commit({"source/two.md": text().replace("A Policy", "Two")})
    with Versions(load(approved.root)) as versions:
        found = versions.at("approved")
        assert list(found.library.policies) == ["one"]
        assert found.version == "the approved wordings"
        with pytest.raises(UnableError, match="`two` is not in the library at the approved wordings"):
            versions.policy(found, "two")


def test_references_at_a_version_lead_into_the_library_of_today(approved: School) -> None:
    """One policy as approved stands among the others as they are; its own errors are found, and no others."""
    approved.commit({"source/two.md": text("1. See [](one.md).\n").replace("A Policy", "Two")})
    with Versions(load(approved.root)) as versions:
        found = versions.at("approved", "one")
        assert sorted(found.library.policies) == ["one", "two"]
        assert not [one for one in found.diagnostics if one.is_error]


def test_a_renamed_policy_keeps_its_versions(approved: School) -> None:
    """With its folder."""
    approved.git("mv", "source/one.md", "source/first.md")
    approved.git("mv", "reviews/one", "reviews/first")
    approved.commit({}, "Rename")
    with Versions(load(approved.root)) as versions:
        assert versions.at("2023-09-14", "first").texts["source/first.md"] == text()
        names = [one.approved_by for one in versions.log("first")[0]]
    assert names == ["", "", "", "amendment:2023-12-01", "governors:2023-09-14"]


def test_a_wording_that_is_not_kept_is_told(approved: School) -> None:
    """With the record that speaks of it."""
    for path in approved.files():
        if "/wording/" in path:
            (approved.root / path).unlink()
    message, advice = refused(approved, "2023-09-14")
    assert message == f"the wording of {GOVERNORS} is not kept beside it"
    assert "policytool check" in advice


def test_the_log_names_the_review_that_approved_a_version(approved: School, capsys: pytest.CaptureFixture[str]) -> None:
    """By a name that can be asked for; what only the headteacher saw has none."""
    capsys.readouterr()
    assert approved.run("log", "one") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[-1].strip() for line in lines] == [
        "1 inserted",
        "8 reworded",
        "amendment:2023-12-01",
        "governors:2023-09-14",
    ]


def test_diff_compares_what_is_approved_with_what_stands_there(
    approved: School, capsys: pytest.CaptureFixture[str]
) -> None:
    """Unless it is told otherwise."""
    capsys.readouterr()
    assert approved.run("diff", "one") == 1
    default = capsys.readouterr().out
    assert "“must” became “should”" in default
    assert approved.run("diff", "one", "approved", "working") == 1
    assert capsys.readouterr().out == default
    assert approved.run("diff", "one", "annual:2024-02") == 1
    assert "inserted" in capsys.readouterr().out
    assert approved.run("diff", "one", "annual:2024-02", "annual:2024-02") == 0


def test_diff_compares_the_whole_library_with_what_is_approved(
    approved: School, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was never approved is new."""
    approved.commit({"source/two.md": text().replace("A Policy", "Two")})
    capsys.readouterr()
    assert approved.run("diff", "--all", "approved", "working") == 1
    lines = capsys.readouterr().out.splitlines()
    assert "added: two (Two)" in lines
    assert [line for line in lines if line.startswith("one: ")]
    assert approved.run("diff", "--all") == 1
    assert capsys.readouterr().out.splitlines() == lines
    assert approved.run("diff", "--all", "annual:2024-02") == 2
    assert "is a review of one policy" in capsys.readouterr().err
