"""What is wrong with the evidence: rules of the design, each broken by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from policytool.model.diagnostic import Diagnostic
from policytool.model.fingerprint import fingerprint
from policytool.parse.findings import MISSING_FIELD
from policytool.parse.markdown import policy as parse
from policytool.pipeline.evidence import evidence, substance
from tests.history import BODY, begin
from tests.reviewed import CHANGED, GOVERNORS, HEAD, MENDED, SETTINGS, School, reviewed, text

__all__ = ["reviewed"]

NOWHERE = "0" * 64


@pytest.fixture
def approved(reviewed: School) -> School:
    """The school after the governors’ review of September 2023, committed on the default branch."""
    reviewed.review("governors", "2023-09-14", "--minute", "FGB 2023/41")
    return reviewed


def found(school: School, *chosen: str) -> list[Diagnostic]:
    """All that is wrong with the evidence."""
    reviews = school.reviews()
    return list(evidence(reviews, reviews.repository.choose(chosen)))


def told(school: School) -> list[tuple[str, str]]:
    """The path and the code of each finding."""
    return [(one.path, one.finding.code) for one in found(school)]


def wording_of(school: School) -> str:
    """The one wording that is kept."""
    [path] = [path for path in school.files() if "/wording/" in path]
    return path


def edit(school: School, path: str, old: str, new: str) -> None:
    """Change a file that is there."""
    target = school.root / path
    before = target.read_text()
    assert old in before
    target.write_text(before.replace(old, new))


def test_nothing_is_found_where_all_is_right(approved: School) -> None:
    """And nothing at all without records."""
    assert found(approved) == []


def test_without_records_nothing_is_found(reviewed: School) -> None:
    """A folder for them need not be there."""
    assert found(reviewed) == []


# What a record says: every mistake at its place


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("policy: one", "policy: two", "PT410", 2, 9),
        ("cycle: governors", "cycle: governers", "PT411", 3, 8),
        ("by: governing-board", "by: governing-bord", "PT412", 5, 5),
        ("by: governing-board", "by: clerk", "PT413", 5, 5),
        ("outcome: approved", "outcome: aproved", "PT1", 6, 10),
        ("outcome: approved", "outcome: no-change", "PT422", 6, 10),
        ("held: 2023-09-14", "held: 2023-02-30", "PT1", 4, 7),
        ("held: 2023-09-14", "held: 2023-09-15", "PT424", 4, 7),
        ("record: review", "record: rewiew", "PT1", 1, 9),
        ("record: review\n", "record: review\nnext: 2026-01\n", "PT421", 2, 7),
        ("record: review\n", "", "PT1", 1, 1),
        ("v1:", "v9:", "PT425", 9, 14),
    ],
)
def test_each_mistake_in_a_record_has_its_place(  # a row of the table
    approved: School, old: str, new: str, code: str, line: int, column: int
) -> None:
    """Unknown policy, cycle, role, outcome; a role that may not; a date that is none; and so on."""
    edit(approved, GOVERNORS, old, new)
    [one, *_] = [one for one in found(approved) if one.finding.code.startswith(code)]
    assert one.path == GOVERNORS
    assert one.position is not None
    assert (one.position.line, one.position.column) == (line, column)


def test_two_approvals_that_contradict(approved: School) -> None:
    """Of one review on one day: another outcome; the later file is told, with the name of the other."""
    content = (approved.root / GOVERNORS).read_text()
    second = GOVERNORS.replace(".yaml", ".2.yaml")
    approved.write_text(second, content.replace("outcome: approved", "outcome: deferred"))
    [one] = found(approved)
    assert (one.path, one.finding.code) == (second, "PT414")
    assert one.message == "`2023-09-14-governors` says something else of the same review"
    assert one.position is not None
    assert one.position.line == 6


def test_a_fingerprint_without_a_kept_wording(approved: School) -> None:
    """At the fingerprint, whether it was ever kept or not."""
    approved.write_text(
        "reviews/one/2023-10-annual.yaml",
        "record: review\npolicy: one\ncycle: annual\nheld: 2023-10\nby: headteacher\noutcome: approved-with-changes\n"
        f"every: 12 months\nfingerprint: v1:{NOWHERE}\nseen: v1:{'1' * 64}\n",
    )
    missing = [one for one in found(approved) if one.finding.code == "PT415"]
    assert [(one.position and one.position.line, one.length) for one in missing] == [(8, 67), (9, 67)]


def test_a_kept_wording_that_is_another(approved: School) -> None:
    """A word changed in it; or nothing of it left, or no text at all."""
    path = wording_of(approved)
    content = (approved.root / path).read_bytes()
    for other in (content.replace(b"must keep rule 3", b"should keep rule 3"), b"", b"\xff", b"\0", b"x" * 5_000_001):
        approved.write_raw(path, other)
        assert (path, "PT416") in told(approved)
    approved.write_raw(path, content)
    assert found(approved) == []


def test_a_kept_wording_with_other_blanks_is_altered_and_not_another(approved: School) -> None:
    """It hashes to its name, and is not the copy that was committed."""
    path = wording_of(approved)
    edit(approved, path, "must keep rule 3", "must  keep rule 3")
    assert told(approved) == [(path, "PT417")]


def test_a_wording_that_nobody_speaks_of_is_held_against_its_name(approved: School) -> None:
    """What a run that was killed left behind harms nobody; a forgery under any name is told."""
    name = fingerprint(parse(CHANGED, "one", "source/one.md")[0])[3:19]
    approved.write_text(f"reviews/one/wording/{name}.md", CHANGED)
    assert found(approved) == []
    approved.write_text(f"reviews/one/wording/{NOWHERE[:16]}.md", CHANGED)
    assert told(approved) == [(f"reviews/one/wording/{NOWHERE[:16]}.md", "PT416")]


def test_a_newer_fingerprint_excuses_the_wording_that_it_names_alone(approved: School) -> None:
    """Others are held against their names as ever."""
    edit(approved, GOVERNORS, "v1:", "v9:")
    path = wording_of(approved)
    codes = [code for _, code in told(approved)]
    assert "PT416" not in codes
    assert "PT425" in codes
    approved.write_text(path.replace(path[-19:], f"{NOWHERE[:16]}.md"), CHANGED)
    assert "PT416" in [code for _, code in told(approved)]


# Amendments


def test_an_amendment_of_substance_is_told(approved: School) -> None:
    """Written by hand, at its fingerprint; one of spelling is none."""
    approved.commit({"source/one.md": MENDED})
    assert approved.record("--amend", "--by", "clerk", "--reason", "a misprint") == 0
    assert found(approved) == []
    now = fingerprint(parse(CHANGED, "one", "source/one.md")[0])
    approved.write_text(f"reviews/one/wording/{now[3:19]}.md", CHANGED)
    amendment = approved.root / "reviews/one/2023-12-01-amendment.yaml"
    was = next(line for line in amendment.read_text().splitlines() if line.startswith("fingerprint"))
    edit(approved, "reviews/one/2023-12-01-amendment.yaml", was, f"fingerprint: {now}")
    [one] = found(approved)
    assert one.finding.code == "PT423"
    assert one.message == "this is no slip of the pen: “must” is now “should”"
    assert one.position is not None
    assert amendment.read_text().splitlines()[one.position.line - 1].startswith("fingerprint: v1:")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("in mind", "in their minds", ""),
        ("must keep rule 3", "should keep rule 3", "“must” is now “should”"),
        ("rule 3", "rule 4", "“3” is now “4”"),
        ("Staff must keep rule 3", "Staff must keep rule 3 within five days", "“five days” was added"),
        ("8. Staff must keep rule 8 of this policy in mind.\n", "", "a passage was deleted"),
    ],
)
def test_substance_is_told_in_words(old: str, new: str, message: str) -> None:
    """What is added or taken away as well as what is changed."""
    before, after = (parse(HEAD + body, "one", "one.md")[0] for body in (BODY, BODY.replace(old, new)))
    assert substance(before, after) == message


# Append-only, by first parents


def test_a_record_altered_after_it_was_committed(approved: School) -> None:
    """On the disk, and when that is committed too."""
    edit(approved, GOVERNORS, "FGB 2023/41", "FGB 2023/14")
    assert told(approved) == [(GOVERNORS, "PT417")]
    approved.commit({}, "Alter")
    assert told(approved) == [(GOVERNORS, "PT417")]


@pytest.mark.parametrize("kind", ["record", "wording"])
def test_a_record_removed_after_it_was_committed(approved: School, kind: str) -> None:
    """Or its wording; on the disk, and when that is committed too."""
    path = GOVERNORS if kind == "record" else wording_of(approved)
    for message in ("", "Remove"):
        if message:
            approved.commit({}, message)
        else:
            (approved.root / path).unlink()
        assert (path, "PT418") in told(approved)


def test_all_records_removed(approved: School) -> None:
    """Although nothing is on file any more."""
    paths = approved.files()
    approved.commit(dict.fromkeys(paths), "Remove")
    assert told(approved) == [(path, "PT418") for path in paths]


def test_what_was_restored_is_as_it_was(approved: School) -> None:
    """By a revert, after it was altered and after it was removed."""
    edit(approved, GOVERNORS, "FGB 2023/41", "FGB 2023/14")
    approved.commit({}, "Alter")
    approved.git("revert", "--no-edit", "HEAD")
    assert found(approved) == []
    approved.commit({GOVERNORS: None}, "Remove")
    approved.git("revert", "--no-edit", "HEAD")
    assert found(approved) == []


def test_what_a_merge_altered(approved: School) -> None:
    """A merge is one step of the branch’s own line."""
    approved.git("switch", "-q", "-c", "draft")
    edit(approved, GOVERNORS, "FGB 2023/41", "FGB 2023/14")
    approved.commit({}, "Alter")
    approved.git("switch", "-q", "main")
    approved.commit({"source/two.md": text().replace("A Policy", "Two")}, "Meanwhile")
    approved.git("merge", "-q", "--no-ff", "--no-edit", "draft")
    assert told(approved) == [(GOVERNORS, "PT417")]


@pytest.mark.parametrize("how", ["merge", "squash"])
def test_a_record_counts_as_it_came_onto_the_default_branch(reviewed: School, how: str) -> None:
    """What was tried on the way to it may change; once it is in, it may not."""
    reviewed.git("switch", "-q", "-c", "draft")
    reviewed.review("governors", "2023-09-14", "--minute", "FGB 2023/14")
    edit(reviewed, GOVERNORS, "FGB 2023/14", "FGB 2023/41")
    assert found(reviewed) == []
    reviewed.commit({}, "Mend")
    assert found(reviewed) == []
    reviewed.git("switch", "-q", "main")
    if how == "merge":
        reviewed.git("merge", "-q", "--no-ff", "--no-edit", "draft")
    else:
        reviewed.git("merge", "-q", "--squash", "draft")
        reviewed.commit({}, "Squash")
    assert found(reviewed) == []
    edit(reviewed, GOVERNORS, "FGB 2023/41", "FGB 2023/14")
    assert told(reviewed) == [(GOVERNORS, "PT417")]


def test_what_a_merge_of_the_default_branch_brings_is_no_alteration(approved: School) -> None:
    """On a branch that began before the record came in, and has merged it since."""
    approved.git("switch", "-q", "-c", "draft", "HEAD~1")
    approved.commit({"source/two.md": text().replace("A Policy", "Two")}, "Draft")
    approved.git("merge", "-q", "--no-edit", "main")
    assert found(approved) == []


def rename(school: School) -> None:
    """Rename the policy and its folder."""
    school.git("mv", "source/one.md", "source/first.md")
    school.git("mv", "reviews/one", "reviews/first")


@pytest.mark.parametrize("commits", [0, 1, 2])
def test_a_renamed_policy_takes_its_folder_with_it(approved: School, commits: int) -> None:
    """Before that is committed, after, and when it was renamed back to something else again."""
    rename(approved)
    if commits:
        approved.commit({}, "Rename")
    if commits == 2:
        approved.git("mv", "source/first.md", "source/start.md")
        approved.git("mv", "reviews/first", "reviews/start")
        approved.commit({}, "Rename again")
    assert found(approved) == []
    [dossier] = approved.reviews().dossiers.values()
    assert dossier.approval is not None


def test_a_renamed_folder_is_no_way_to_alter_a_record(approved: School) -> None:
    """In the same step, or later."""
    rename(approved)
    moved = GOVERNORS.replace("/one/", "/first/")
    edit(approved, moved, "FGB 2023/41", "FGB 2023/14")
    assert told(approved) == [(GOVERNORS, "PT418")]
    edit(approved, moved, "FGB 2023/14", "FGB 2023/41")
    approved.commit({}, "Rename")
    edit(approved, moved, "FGB 2023/41", "FGB 2023/14")
    assert (moved, "PT417") in told(approved)


def test_a_policy_renamed_without_its_folder_is_told(approved: School) -> None:
    """Its records would count for nothing."""
    approved.git("mv", "source/one.md", "source/first.md")
    approved.commit({}, "Rename")
    [one] = found(approved)
    assert (one.path, one.finding.code, one.message) == (GOVERNORS, "PT410", "there is no policy `one`")
    assert "git mv" in one.finding.mend


def test_in_a_shallow_clone_the_rule_is_not_judged(approved: School, tmp_path: Path) -> None:
    """A warning says so, once; a policy that was renamed is not held against a history that is not there."""
    edit(approved, GOVERNORS, "FGB 2023/41", "FGB 2023/14")
    approved.commit({}, "Alter")
    rename(approved)
    approved.commit({}, "Rename")
    clone = School(approved.clone(tmp_path / "shallow", "--depth", "1").root)
    [one] = found(clone)
    assert (one.path, one.finding.code, one.is_error) == ("reviews", "PT419", False)
    assert one.message == "this clone is shallow"
    assert "--unshallow" in one.advice


def test_where_the_branch_is_not_there_the_rule_is_not_judged(approved: School) -> None:
    """The settings name one that nobody fetched."""
    edit(approved, "policytool.yaml", "branch: main", "branch: trunk")
    [one] = found(approved)
    assert (one.finding.code, one.message) == ("PT419", "the settings name the branch `trunk`, which is not here")


def test_without_git_records_are_read_all_the_same(approved: School) -> None:
    """As from an archive of the files."""
    approved.git("--version")
    (approved.root / ".git").rename(approved.root / "gone")
    assert found(approved) == []


# Hostile


ESCAPE = "\x1b[31mred\x07"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "PT1"),
        (b"\xff\xfe", "PT101"),
        (b"record: review\0", "PT102"),
        (b"x" * 5_000_001, "PT103"),
        (b"record: [" * 200_000, "PT1"),
        (b"&a [*a]", "PT1"),
        (b"record: review\npolicy: ../../etc\n", "PT1"),
        (b"record: review\npolicy: ..\nheld: 2023-09\n", "PT1"),
        (f"record: review\npolicy: one\ncycle: '{ESCAPE}'\n".encode(), "PT1"),
        (b"record: correction\npolicy: one\nreplaces: ../../two/x\nmade: 2023-09-01\nreason: x\nvoid: true\n", "PT420"),
    ],
)
def test_whatever_stands_in_a_record_is_told(approved: School, content: bytes, code: str) -> None:
    """With its path, and nothing else stops."""
    approved.write_raw("reviews/one/2023-09-01-correction.yaml", content)
    mine = [one for one in found(approved) if one.path == "reviews/one/2023-09-01-correction.yaml"]
    assert [one for one in mine if one.finding.code.startswith(code)], mine


@pytest.mark.parametrize(
    "path",
    [
        "reviews/x.yaml",
        "reviews/one/2023.yml",
        "reviews/one/deep/2023-09-14-annual.yaml",
        "reviews/one/wording/deep/x.md",
        f"reviews/one/{ESCAPE}.txt",
    ],
)
def test_what_is_no_record_where_it_stands_is_told(reviewed: School, path: str) -> None:
    """Even where it is all there is."""
    reviewed.write_text(path, "record: review\n")
    [one] = found(reviewed)
    assert one.finding.code == "PT503"


def test_a_terminal_is_not_steered(approved: School, capsys: pytest.CaptureFixture[str]) -> None:
    """By what a record says, or by what it is called."""
    for name in (ESCAPE, "2023-09-14-annual\n::error::x", "..", "\u202egnp"):
        approved.write_text(f"reviews/one/{name}.yaml", f'record: review\npolicy: "{ESCAPE}"\nminute: |\n  \x1b[2J\n')
    for form in ("text", "github", "json"):
        assert approved.run("check", "--format", form) == 1
        printed = capsys.readouterr()
        assert "\x1b" not in printed.out + printed.err
        assert not any(line.startswith("::error::x") for line in printed.out.splitlines())
    assert approved.run("status") == 1
    printed = capsys.readouterr()
    assert "\x1b" not in printed.out + printed.err


def linked_record(school: School, outside: Path) -> None:
    """A record that is a link to one outside."""
    (outside / "x.yaml").write_bytes((school.root / GOVERNORS).read_bytes())
    (school.root / "reviews/one/2023-09-15-governors.yaml").symlink_to(outside / "x.yaml")


def linked_wording(school: School, outside: Path) -> None:
    """A wording that is a link to one outside."""
    path = school.root / wording_of(school)
    path.rename(outside / "x.md")
    path.symlink_to(outside / "x.md")


def linked_folder(school: School, outside: Path) -> None:
    """A folder of records that is a link to one outside."""
    (school.root / "reviews/two").symlink_to(outside)


@pytest.mark.parametrize("link", [linked_record, linked_wording, linked_folder])
def test_no_link_is_followed_out(approved: School, tmp_path: Path, link: Callable[[School, Path], None]) -> None:
    """Evidence that only this machine has is none."""
    (tmp_path / "outside").mkdir()
    link(approved, tmp_path / "outside")
    assert [one for one in found(approved) if one.is_error]


def test_findings_are_those_of_the_policies_asked_for(approved: School) -> None:
    """And of what belongs to none."""
    approved.write_text("source/two.md", text().replace("A Policy", "Two"))
    edit(approved, GOVERNORS, "by: governing-board", "by: clerk")
    approved.write_text("reviews/x.yaml", "")
    assert {one.path for one in found(approved, "two")} == {"reviews/x.yaml"}
    assert {one.path for one in found(approved, "one")} == {"reviews/x.yaml", GOVERNORS}


def test_what_cannot_be_read_is_taken_back_by_a_correction(approved: School) -> None:
    """It may no longer be altered once it is committed, and would be an error for ever."""
    approved.commit({"reviews/one/2023-10-02-annual.yaml": "record: reveiw\n"}, "Record what cannot be read")
    assert approved.run("check") == 1
    void = ("--correct", "2023-10-02-annual", "--void", "--reason", "written by hand", "--commit")
    assert approved.record(*void) == 0
    assert approved.run("check") == 0


def test_before_the_first_commit_nothing_is_in_doubt(tmp_path: Path) -> None:
    """No branch is there yet, whatever the settings call it."""
    made = begin(tmp_path / "new")
    made.write_raw("policytool.yaml", SETTINGS.encode())
    made.write_raw("source/one.md", text().encode())
    made.write_raw("reviews/README.md", b"Records.\n")
    assert made.run("check") == 0


def test_a_correction_that_approves_names_the_wording(approved: School) -> None:
    """An approval of nothing would make a policy look reviewed."""
    fields = "record: correction\npolicy: one\ncycle: governors\nheld: 2023-09-14\nby: governing-board\n"
    more = "outcome: approved\nreplaces: 2023-09-14-governors\nmade: 2023-10-01\nreason: by hand\n"
    path = "reviews/one/2023-10-01-correction.yaml"
    approved.write_raw(path, (fields + more).encode())
    assert told(approved) == [(path, MISSING_FIELD.code), (path, MISSING_FIELD.code)]


def test_however_many_records_git_is_run_as_often(
    approved: School, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The history of all records is one question."""
    few = _runs_of_git(approved, monkeypatch, tmp_path / "few.txt")
    for year in range(1990, 2020):
        approved.review("annual", f"{year}-05-04")
    assert _runs_of_git(approved, monkeypatch, tmp_path / "many.txt") == few


def _runs_of_git(school: School, monkeypatch: pytest.MonkeyPatch, trace: Path) -> int:
    """How many processes of git a check starts, by git's own account."""
    monkeypatch.setenv("GIT_TRACE2_EVENT", str(trace))
    assert school.run("check") == 0
    monkeypatch.delenv("GIT_TRACE2_EVENT")
    return trace.read_text().count('"event":"start"')
