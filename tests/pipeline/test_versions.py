"""Names of versions, and the versions of a policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policytool.model.comparison import ChangeKind
from policytool.model.unable import UnableError
from policytool.pipeline.repository import load
from policytool.pipeline.versions import Versions
from tests.history import BODY, Git, begin, school, text
from tests.repository import SETTINGS, repository

__all__ = ["repository", "school"]

EDITED = text(BODY.replace("rule 3", "rule three"))


@pytest.fixture
def versions(school: Git) -> Iterator[Versions]:
    """The versions of the school: it began on 1 January 2024, and changed on 1 July."""
    school.commit({"source/one.md": EDITED, "source/two.md": text(title="Two")}, "Change", "2024-07-01T12:00:00Z")
    with Versions(load(school.root)) as opened:
        yield opened


def refused(versions: Versions, name: str, policy: str = "") -> tuple[str, str]:
    """The message and the advice for a name that leads nowhere."""
    with pytest.raises(UnableError) as caught:
        versions.at(name, policy)
    return str(caught.value), caught.value.advice


# A name -> a library


def test_working_is_what_stands_on_the_disk(versions: Versions) -> None:
    """Committed or not."""
    assert versions.at("working") is versions.working


def test_working_needs_no_git(tmp_path: Path) -> None:
    """A folder without a history has a working text."""
    (tmp_path / "policytool.yaml").write_text(SETTINGS)
    with Versions(load(tmp_path)) as versions:
        assert versions.at("working") is versions.working
        assert refused(versions, "approved")[0] == "no wording has been approved yet"
        assert "is in no git repository" in refused(versions, "main")[0]


@pytest.mark.parametrize("name", ["HEAD~1", "git:HEAD~1", "main^", "@2024-01-01", "@2024-06-30"])
def test_a_commit_and_a_day_give_the_library_as_it_was(versions: Versions, name: str) -> None:
    """All of it, and read once however it is named."""
    read = versions.at(name)
    assert list(read.library.policies) == ["one"]
    assert read.diagnostics == ()
    assert read.version == f"commit {versions.history.head().parents[0][:7]} of 1 January 2024"
    assert versions.at("HEAD~1") is read


def test_nothing_has_been_approved_yet(versions: Versions) -> None:
    """Until there are records, `approved` says so, and what to name instead."""
    message, advice = refused(versions, "approved", "one")
    assert message == "no wording of one has been approved yet"
    assert advice.startswith("name a version: working, approved, a review (annual:2026-09-14)")


def test_reviews_have_not_been_held_yet(versions: Versions) -> None:
    """`<cycle>:<held>` is understood, and there is none."""
    assert refused(versions, "annual:2024-01", "one")[0] == "there is no record of a review `annual` held 2024-01"
    assert refused(versions, "governors:2024-01-09", "one")[0].endswith("`governors` held 2024-01-09")
    assert refused(versions, "git:2024-01")[0] == "git knows no revision `2024-01`"


@pytest.mark.parametrize("name", ["nowhere", "-x", "--output=/tmp/x", "a\nb", "HEAD:source", "2024-01-01", "@2024-1-1"])
def test_a_name_of_nothing_is_told(versions: Versions, name: str) -> None:
    """With the kinds of names there are, and nothing that steers a terminal."""
    message, advice = refused(versions, name)
    assert message == f"there is no version `{name}`".replace("\n", "\N{REPLACEMENT CHARACTER}")
    assert "git revision" in advice


@pytest.mark.parametrize("name", ["@2024-02-30", "@2024-13-01", "@0000-01-01", "@9999-12-31"])
def test_a_day_that_is_none_is_told(versions: Versions, name: str) -> None:
    """In the calendar's own terms."""
    assert refused(versions, name) == (f"there is no day {name[1:]}", "write year, month and day: @2026-11-22")


@pytest.mark.parametrize(
    ("name", "ours"),
    [("working", "the working text"), ("approved", "the approved wording"), ("@2024-01-01", "the day 2024-01-01")],
)
def test_a_branch_named_like_one_of_ours_is_told(school: Git, name: str, ours: str) -> None:
    """Both meanings are listed, and how to ask for the branch."""
    school.git("branch", name)
    commit = school.git("rev-parse", "HEAD")
    with Versions(load(school.root)) as versions:
        message, advice = refused(versions, name)
        assert message == f"`{name}` may mean {ours} or the branch `{name}` ({commit[:7]})"
        assert advice == f"write `git:{commit[:7]}` for the branch `{name}` ({commit[:7]})"
        assert versions.at(f"git:{name}").version.startswith(f"commit {commit[:7]}")


def test_a_tag_and_a_branch_of_one_name_are_told(school: Git) -> None:
    """Forced into git they are still two."""
    school.git("tag", "autumn")
    school.commit({"source/one.md": EDITED})
    school.git("branch", "autumn")
    with Versions(load(school.root)) as versions:
        for name in ("autumn", "git:autumn"):
            message, advice = refused(versions, name)
            assert "the tag `autumn` (" in message
            assert "the branch `autumn` (" in message
            assert advice.count("git:") == 2


def test_a_tag_may_look_like_the_name_of_a_version(school: Git) -> None:
    """Where no record names one, the tag is meant; where one does, `test_recorded` tells both."""
    school.git("tag", "2024-01-02")
    with Versions(load(school.root)) as versions:
        assert versions.at("2024-01-02", "one") is versions.at("HEAD")


# Days


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Europe/London", "2024-06-30T23:30:00Z", "2024-07-01"),
        ("Europe/London", "2024-12-31T23:30:00Z", "2024-12-31"),
        ("Europe/London", "2024-06-30T22:59:59Z", "2024-06-30"),
        ("Asia/Tokyo", "2024-06-30T15:00:00Z", "2024-07-01"),
        ("America/Lima", "2024-07-01T04:59:59Z", "2024-06-30"),
    ],
)
def test_a_day_ends_at_midnight_where_the_school_is(school: Git, zone: str, moment: str, day: str) -> None:
    """Half past eleven at night by Greenwich is tomorrow in a London summer."""
    school.commit({"policytool.yaml": f"{SETTINGS}timezone: {zone}\n"}, "Zone", moment)
    with Versions(load(school.root)) as versions:
        assert versions.day(versions.history.head()).isoformat() == day
        assert versions.at(f"@{day}") is versions.at("HEAD")
        eve = f"@{day[:5]}06-29" if "06" in day or "07" in day else "@2024-12-30"
        assert versions.at(eve) is versions.at("HEAD~1")


def test_a_zone_that_is_none_is_told(school: Git) -> None:
    """Where a day is asked for."""
    school.commit({"policytool.yaml": f"{SETTINGS}timezone: Europe/Nowhere\n"})
    with Versions(load(school.root)) as versions:
        assert refused(versions, "@2024-01-01")[0] == "there is no time zone `Europe/Nowhere`"


def test_a_day_counts_on_the_default_branch(school: Git) -> None:
    """Not on the draft that is checked out."""
    school.commit({"policytool.yaml": f"{SETTINGS}branch: main\n"}, "Branch", "2024-01-02T12:00:00Z")
    school.git("switch", "-q", "-c", "draft")
    school.commit({"source/one.md": EDITED}, "Draft", "2024-01-03T12:00:00Z")
    with Versions(load(school.root)) as versions:
        assert versions.at("@2024-02-01") is versions.at("main")


def test_a_day_before_the_first_commit_is_told(school: Git, versions: Versions, tmp_path: Path) -> None:
    """And a clone that is cut off says that this may be why."""
    assert refused(versions, "@2023-12-31")[0] == "there was no commit yet at the end of 31 December 2023"
    shallow = school.clone(tmp_path / "shallow", "--depth", "1")
    with Versions(load(shallow.root)) as cut:
        message, advice = refused(cut, "@2024-02-01")
    assert message == "there was no commit on main yet at the end of 1 February 2024; this clone is shallow"
    assert "--unshallow" in advice


def test_without_a_commit_there_is_no_version(tmp_path: Path) -> None:
    """Of any day or policy."""
    made = begin(tmp_path)
    made.write("one", BODY)
    with Versions(load(made.root)) as versions:
        assert refused(versions, "@2024-01-01")[0] == "there is no commit yet"
        assert refused(versions, "HEAD")[0] == "there is no version `HEAD`"
        with pytest.raises(UnableError, match="there is no commit yet"):
            versions.log("one")


# A policy at a version


def test_a_policy_absent_at_a_version_is_told(versions: Versions) -> None:
    """By name, with what the version is."""
    then = versions.at("HEAD~1")
    with pytest.raises(UnableError) as caught:
        versions.policy(then, "two")
    assert str(caught.value) == f"`two` is not in the library at {then.version}"
    with pytest.raises(UnableError, match="there is no policy `three`"):
        versions.policy(versions.working, "three")


def test_a_policy_is_found_under_the_name_it_had(school: Git) -> None:
    """It is asked for as it is called today; and one that is gone, as it was called then."""
    school.commit({"source/one.md": EDITED, "source/two.md": text(title="Two")}, "Change")
    school.commit({"source/one.md": None, "source/staff/first.md": EDITED, "source/two.md": None}, "Rename")
    with Versions(load(school.root)) as today:
        then = today.at("HEAD~1")
        assert today.policy(then, "first").path == "source/one.md"
        assert today.policy(today.at("HEAD"), "source/staff/first.md").id == "first"
        assert today.choose(then, ["first", "two", "one"]) == ("one", "two")


def test_a_policy_with_errors_is_loaded_all_the_same(school: Git) -> None:
    """What was wrong then cannot be mended now; a file that was no text is told."""
    school.commit({"source/one.md": "no front matter, [](#nowhere)", "source/bad.md": b"\xff\0"})
    with Versions(load(school.root)) as versions:
        read = versions.at("HEAD")
        assert versions.policy(read, "one").title == "one"
        assert any(one.is_error for one in read.diagnostics)
        with pytest.raises(UnableError, match="the file of `bad` cannot be read at commit"):
            versions.policy(read, "bad")
        with pytest.raises(UnableError, match="the file of `bad` cannot be read at the working text"):
            versions.policy(versions.working, "bad")


def test_a_submodule_in_the_sources_is_a_finding(school: Git, tmp_path: Path) -> None:
    """Of the version; the working text has its files."""
    other = begin(tmp_path / "other")
    other.commit({"inner.md": text()})
    allowed = ("-c", "protocol.file.allow=always")
    school.git(*allowed, "submodule", "--quiet", "add", f"file://{other.root}", "source/shared")
    school.commit({})
    with Versions(load(school.root)) as versions:
        assert [one.finding.code for one in versions.at("HEAD").diagnostics] == ["PT502"]
        assert "inner" in versions.working.library.policies
        with pytest.raises(UnableError, match="`inner` is not in the library at"):
            versions.policy(versions.at("HEAD"), "inner")
        with pytest.raises(UnableError, match="`inner` has not been committed yet"):
            versions.log("inner")


# The versions of a policy


def test_each_version_is_held_against_the_one_before(school: Git) -> None:
    """Reworded and inserted; wrapped anew and given another owner; renamed; removed and restored; not text."""
    school.commit({"source/one.md": text(BODY.replace("rule 3", "rule three") + "9. Pupils may sing.\n")}, "Edit")
    wrapped = text(BODY.replace("rule 3", "rule\n   three") + "9. Pupils may sing. {#sing}\n")
    school.commit({"source/one.md": wrapped.replace("owner: headteacher", "owner: governing-board")}, "Wrap")
    school.commit({"source/one.md": None, "source/two.md": wrapped}, "Rename")
    school.commit({"source/two.md": b"\xff"}, "Damage")
    school.commit({"source/two.md": None}, "Remove")
    school.commit({"source/two.md": wrapped}, "Restore")
    with Versions(load(school.root)) as versions:
        found, missing = versions.log("two")
    assert missing == ()
    assert [(one.commit.subject, one.wording, one.renamed_from) for one in found] == [
        ("Restore", "same", ""),
        ("Remove", "removed", ""),
        ("Damage", "unreadable", ""),
        ("Rename", "same", "source/one.md"),
        ("Wrap", "same", ""),
        ("Edit", "changed", ""),
        ("Begin", "first", ""),
    ]
    assert dict(found[5].counts) == {ChangeKind.REWORDED: 1, ChangeKind.INSERTED: 1}
    assert {one.approved_by for one in found} == {""}


def test_a_shallow_clone_says_that_versions_are_missing(school: Git, tmp_path: Path) -> None:
    """Its oldest version is not called the first."""
    school.commit({"source/one.md": EDITED})
    shallow = school.clone(tmp_path / "shallow", "--depth", "1")
    with Versions(load(shallow.root)) as versions:
        found, missing = versions.log("one")
    assert [one.wording for one in found] == ["cut off"]
    assert [(one.finding.code, one.path) for one in missing] == [("PT501", "source/one.md")]


def test_the_versions_need_no_more_processes_for_more_commits(school: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening, the reader, the log."""
    trace = school.root.parent / "trace"
    counted = []
    for number in range(12):
        school.commit({"source/one.md": text(BODY + f"9. Rule {number}.\n")}, f"Edit {number}")
        if number in (2, 11):
            monkeypatch.setenv("GIT_TRACE", str(trace))
            with Versions(load(school.root)) as versions:
                versions.log("one")
                versions.at("HEAD~2")
            monkeypatch.delenv("GIT_TRACE")
            counted.append(trace.read_text().count("trace: built-in: git"))
            trace.unlink()
    assert counted[0] == counted[1] == 3
