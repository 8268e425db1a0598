"""`policytool record`, as a clerk runs it, in a script and at a terminal."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policytool.parse.records import record as read
from tests.history import BODY
from tests.repository import Repository
from tests.reviewed import CHANGED, GOVERNORS, MENDED, School, reviewed, text

__all__ = ["reviewed"]

APPROVED = ("governors", "--held", "2023-09-14", "--by", "governing-board", "--outcome", "approved")
DAY = date(2023, 12, 1)
NO_CHANGE = ("annual", "--held", "2023-11-02", "--by", "headteacher", "--outcome", "no-change")


def refused(school: School, capsys: pytest.CaptureFixture[str], *arguments: str, today: str = "2023-12-01") -> str:
    """What is told of a record that is refused: exit code 2, and nothing was written."""
    before = school.files()
    assert school.record(*arguments, today=today) == 2
    assert school.files() == before
    return capsys.readouterr().err


def committed(school: School) -> list[str]:
    """The files of the newest commit."""
    return school.git("show", "--name-only", "--format=", "HEAD").splitlines()


# What is written


def test_a_record_and_a_copy_of_the_wording_are_written(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """The copy is byte for byte what is committed, and named by its fingerprint."""
    assert reviewed.record(*APPROVED, "--minute", "FGB 2023/41") == 0
    record, wording = reviewed.files()
    content = (reviewed.root / record).read_text()
    found, wrong = read(content, record)
    assert not wrong
    assert found is not None
    assert record == GOVERNORS
    assert (found.kind, found.policy, found.cycle, found.by) == ("review", "one", "governors", "governing-board")
    assert (str(found.held), found.outcome, found.minute) == ("2023-09-14", "approved", "FGB 2023/41")
    assert str(found.every) == "24 months"
    assert wording == f"reviews/one/wording/{found.fingerprint[3:19]}.md"
    assert (reviewed.root / wording).read_bytes() == (reviewed.root / "source/one.md").read_bytes()
    printed = capsys.readouterr()
    assert printed.out == f"# {wording}\n# {record}\n{content}"
    assert printed.err == f"written; to commit it: git add {wording} {record}\n"
    assert reviewed.found(capsys) == []


def test_reviewed_no_change_needed_is_one_command(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """It leaves a dated record of its own, and speaks of the wording that is kept already."""
    reviewed.review("governors", "2023-09-14")
    assert reviewed.record(*NO_CHANGE, "--evidence", "staff survey", "--commit") == 0
    assert committed(reviewed) == ["reviews/one/2023-11-02-annual.yaml"]
    content = (reviewed.root / "reviews/one/2023-11-02-annual.yaml").read_text()
    assert "outcome: no-change\n" in content
    assert "evidence: staff survey\n" in content
    assert reviewed.found(capsys) == []


def test_a_month_is_enough(reviewed: School) -> None:
    """Where nobody knows the day."""
    reviewed.review("annual", "2023-09")
    assert reviewed.files()[0] == "reviews/one/2023-09-annual.yaml"


def test_a_second_record_of_a_day_gets_a_number(reviewed: School) -> None:
    """What is recorded is never overwritten."""
    reviewed.review("governors", "2023-09-14", outcome="deferred")
    reviewed.review("governors", "2023-09-14", outcome="deferred")
    assert reviewed.files() == [GOVERNORS.replace(".yaml", ".2.yaml"), GOVERNORS]


def test_deferred_keeps_no_wording(reviewed: School) -> None:
    """Nothing was decided on, and the text need not be committed."""
    reviewed.write_text("source/one.md", CHANGED)
    reviewed.review("governors", "2023-09-14", "--reason", "no time left", outcome="deferred")
    assert reviewed.files() == [GOVERNORS]
    assert "fingerprint" not in (reviewed.root / GOVERNORS).read_text()


def test_approved_with_changes_keeps_both_wordings(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """The one that lay before them, and the one that they approved."""
    reviewed.commit({"source/one.md": CHANGED}, "Changes of the board")
    reviewed.review("governors", "2023-09-14", "--seen", "HEAD~1", outcome="approved-with-changes")
    kept = [(reviewed.root / path).read_text() for path in reviewed.files() if "/wording/" in path]
    assert sorted(kept) == sorted([text(), CHANGED])
    assert reviewed.found(capsys) == []


def test_an_earlier_wording_can_be_recorded(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """What they approved in September, recorded in December when the text has moved on."""
    reviewed.commit({"source/one.md": CHANGED}, "Later", "2023-10-01T12:00:00Z")
    reviewed.write_text("source/one.md", MENDED)
    assert reviewed.record(*APPROVED, "--wording", "@2023-09-14") == 0
    assert (reviewed.root / reviewed.files()[1]).read_text() == text()
    assert reviewed.found(capsys) == []


def test_a_dry_run_writes_nothing(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """It shows all that it would write, and holds it against every rule."""
    assert reviewed.record(*APPROVED, "--dry-run", "--commit") == 0
    assert reviewed.files() == []
    printed = capsys.readouterr()
    assert "record: review\n" in printed.out
    assert printed.err == "nothing was written\n"
    assert "is in the future" in refused(reviewed, capsys, *APPROVED, "--dry-run", today="2023-09-13")


# Committed


def test_commit_commits_exactly_the_two(reviewed: School) -> None:
    """What else is changed, staged or new stays so."""
    reviewed.write_text("source/staged.md", "x")
    reviewed.git("add", "source/staged.md")
    reviewed.write_text(".gitignore", "build/\nnode_modules/\n")
    assert reviewed.record(*APPROVED, "--commit") == 0
    assert committed(reviewed) == reviewed.files()
    assert reviewed.git("log", "-1", "--format=%s") == (
        "Record the governors review of A Policy, held 14 September 2023"
    )
    assert sorted(reviewed.git("status", "--porcelain").splitlines()) == ["A  source/staged.md", "M .gitignore"]


def test_a_wording_that_an_earlier_record_left_uncommitted_is_committed_too(
    reviewed: School, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A clone would else have a record without its wording."""
    assert reviewed.record(*APPROVED) == 0
    assert reviewed.record(*NO_CHANGE, "--commit") == 0
    assert [Path(path).suffix for path in committed(reviewed)] == [".yaml", ".md"]
    clone = School(reviewed.clone(tmp_path / "clone").root)
    [found] = clone.found(capsys)
    assert found.startswith("reviews/one/2023-11-02-annual.yaml:6:10: error[PT422]"), "its approval is not here"


def test_a_refused_commit_leaves_what_was_written(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """In the hook’s own words, with what to do."""
    hook = reviewed.write_text(".git/hooks/pre-commit", "#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    assert reviewed.record(*APPROVED, "--commit") == 2
    assert "git did not commit: not today" in capsys.readouterr().err
    assert len(reviewed.files()) == 2
    assert reviewed.git("diff", "--cached", "--name-only") == ""


def test_where_no_branch_is_checked_out_it_is_written_and_not_committed(
    reviewed: School, capsys: pytest.CaptureFixture[str]
) -> None:
    """And both are said."""
    reviewed.git("switch", "-q", "--detach")
    assert reviewed.record(*APPROVED, "--commit") == 2
    assert capsys.readouterr().err.startswith("written\nerror: no branch is checked out")
    assert len(reviewed.files()) == 2


# Together or not at all


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize(("function", "call"), [("fsync", 1), ("fsync", 2), ("link", 1), ("link", 2)])
def test_what_fails_on_the_way_leaves_nothing(
    reviewed: School, monkeypatch: pytest.MonkeyPatch, error: BaseException, function: str, call: int
) -> None:
    """A full disk or Ctrl-C, at each of the writes."""
    calls = []
    real = getattr(os, function)

    def fails(*given: Any) -> None:
        calls.append(given)
        if len(calls) == call:
            raise error
        real(*given)

    if function == "link" and isinstance(error, OSError):
        monkeypatch.setattr(os, "rename", fails)
        monkeypatch.setattr(os, "link", lambda *_given: fails_at_once(error))
    else:
        monkeypatch.setattr(os, function, fails)
    assert reviewed.record(*APPROVED) in (2, 130)
    monkeypatch.undo()
    assert len(calls) == call
    assert reviewed.files() == []


def fails_at_once(error: BaseException) -> None:
    """A file system that refuses."""
    raise error


KILLED = """\
import os, sys
left = int(sys.argv[1])
for name in ("fsync", "link", "unlink"):
    def counted(*given, real=getattr(os, name), **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
        return real(*given, **named)
    setattr(os, name, counted)
from policytool.cli import run
sys.exit(run(sys.argv[2:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("steps", range(6))
def test_who_is_killed_leaves_no_record_without_its_wording(reviewed: School, steps: int) -> None:
    """At most a wording that nobody speaks of, which harms nobody; a second try goes through."""
    import subprocess

    command = [sys.executable, "-c", KILLED, str(steps), "--root", str(reviewed.root), "record", "one", *APPROVED]
    assert subprocess.run(command, check=False, capture_output=True).returncode == -9
    left = [path for path in reviewed.files() if not Path(path).name.startswith(".")]
    assert [path for path in left if path.endswith(".yaml")] == ([GOVERNORS] if len(left) == 2 else [])
    if len(left) < 2:
        assert reviewed.record(*APPROVED, "--commit") == 0
        assert len(reviewed.git("ls-files", "reviews").splitlines()) == 2


# What is refused


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("governors", "--held", "2024-01-01"), "1 January 2024 is in the future"),
        (("governors", "--held", "2024-01"), "January 2024 is in the future"),
        (("governers", "--held", "2023-09-14"), "`one` has no review cycle `governers`"),
        (("governors", "--held", "2023-09-14", "--by", "board"), "the role `board` is not defined under `roles:`"),
        (("governors", "--held", "2023-09-14", "--by", "clerk"), "`clerk` may not hold the review `governors`"),
        (("governors", "--held", "2023-09-14", "--next", "2025-10"), "October 2025 is later than the cycle allows"),
        (("governors", "--held", "2023-09-14", "--next", "2023-09-14"), "would be before this one"),
        (("governors", "--held", "2023-09-14", "--outcome", "no-change"), "this wording was not the approved one"),
        (("governors", "--held", "2023-09-14", "--wording", "nowhere"), "there is no version `nowhere`"),
        (("governors", "--held", "2023-09-14", "--wording", "--output=x"), "there is no version `--output=x`"),
        (("governors", "--held", "2023-09-14", "--seen", "HEAD"), "--seen belongs to `approved-with-changes`"),
        (("governors", "--held", "2023-09-14", "--outcome", "approved-with-changes"), "--seen is missing"),
        (
            ("governors", "--held", "2023-09-14", "--outcome", "approved-with-changes", "--seen", "HEAD"),
            "nothing was changed",
        ),
    ],
)
def test_what_a_record_may_not_say_is_refused(
    reviewed: School, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    """In the words of the finding that `check` would have."""
    given = {"--by": "governing-board", "--outcome": "approved"}
    rest = [part for name, value in given.items() if name not in arguments for part in (name, value)]
    assert message in refused(reviewed, capsys, *arguments, *rest)


@pytest.mark.parametrize(
    "arguments",
    [
        ("governors", "--held", "2023-02-30"),
        ("governors", "--held", "yesterday"),
        ("governors", "--held", "２０２３-09"),
        ("governors", "--held", "0000-01"),
        ("governors", "--outcome", "aproved"),
        ("governors", "--amend", "--by", "clerk", "--reason", "x"),
        ("--amend", "--reschedule"),
        ("--amend", "--correct", "2023-09-14-governors"),
        ("--void",),
        ("--ratify", "2023-09-14-governors", "--by", "governing-board", "--outcome", "approved"),
        ("--correct", "2023-09-14-governors", "--void", "--reason", "x", "--outcome", "deferred"),
        ("--amend", "--next", "2024-01", "--by", "clerk", "--reason", "x"),
    ],
)
def test_options_that_mean_nothing_together_are_refused(
    reviewed: School, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    """Rather than passed over without a word."""
    assert "Error: " in refused(reviewed, capsys, *arguments)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ((), "CYCLE is missing"),
        (("governors",), "--held is missing"),
        (("governors", "--held", "2023-09"), "--by is missing"),
        (("governors", "--held", "2023-09", "--by", "governing-board"), "--outcome is missing"),
        (("--amend", "--by", "clerk"), "--reason is missing"),
        (("--reschedule", "annual"), "--next is missing"),
        (("--correct", "x"), "--reason is missing"),
        (("--ratify", "x"), "--by is missing"),
    ],
)
def test_a_script_is_told_what_is_missing(
    reviewed: School, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], missing: str
) -> None:
    """Nobody is asked there."""
    assert missing in refused(reviewed, capsys, *given)


def test_wording_that_is_not_committed_is_refused(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Whether it was changed since, staged only, or never committed at all."""
    reviewed.write_text("source/one.md", CHANGED)
    assert "source/one.md is not committed as it stands" in refused(reviewed, capsys, *APPROVED)
    reviewed.git("add", "-A")
    assert "source/one.md is not committed as it stands" in refused(reviewed, capsys, *APPROVED)


def test_wording_with_errors_is_refused(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """The first of them is told."""
    reviewed.commit({"source/one.md": text("1. See [](#nowhere).\n")})
    assert "this wording has errors: source/one.md: there is no" in refused(reviewed, capsys, *APPROVED)
    reviewed.commit({"source/one.md": b"\xff"})
    assert "the file of `one` cannot be read" in refused(reviewed, capsys, *APPROVED)


def test_a_policy_that_two_files_claim_to_be_is_refused(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody can know which of them was approved."""
    reviewed.commit({"source/staff/one.md": text()})
    assert "this wording has errors: source/staff/one.md: the id `one` is taken" in refused(reviewed, capsys, *APPROVED)


def test_a_kept_wording_that_was_altered_is_relied_on_by_no_record(
    reviewed: School, capsys: pytest.CaptureFixture[str]
) -> None:
    """It stands where the copy would be written."""
    reviewed.review("governors", "2023-09-14")
    [path] = [path for path in reviewed.files() if "/wording/" in path]
    reviewed.write_text(path, CHANGED)
    assert f"{path} is not the wording that it is named by" in refused(reviewed, capsys, *NO_CHANGE)


def test_without_git_nothing_can_be_recorded(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """There is no committed text that it could speak of."""
    repository.write("one", "1. Staff must be kind.\n")
    said = ("annual", "--held", "2023-09", "--by", "headteacher", "--outcome", "approved")
    assert repository.run("record", "one", *said) == 2
    assert "is in no git repository" in capsys.readouterr().err
    assert not (repository.root / "reviews").exists()


def test_no_change_over_a_changed_wording_is_refused(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """But accepted over the approved one, and over one that only has other labels."""
    reviewed.review("governors", "2023-09-14")
    reviewed.commit({"source/one.md": CHANGED}, "Change")
    assert "this wording was not the approved one" in refused(reviewed, capsys, *NO_CHANGE)
    reviewed.commit({"source/one.md": text(BODY.replace("in mind.", "in mind. {#mind}", 1))}, "Label")
    assert reviewed.record(*NO_CHANGE) == 0


def test_two_approvals_that_contradict_are_refused(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Another wording, or another outcome, of the same review on the same day."""
    reviewed.review("governors", "2023-09-14")
    assert "says something else of the same review" in refused(reviewed, capsys, *APPROVED[:-1], "deferred")
    reviewed.commit({"source/one.md": CHANGED}, "Change")
    assert "says something else of the same review" in refused(reviewed, capsys, *APPROVED)


def test_a_policy_that_is_not_there_is_told(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """With the nearest name."""
    for name in ("on", "../one", "nowhere\n"):
        assert reviewed.run("record", name, *APPROVED) == 2
        assert "there is no policy `" in capsys.readouterr().err


def test_words_are_one_line_and_nothing_but_words(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """No other field, no escape, no end of the file."""
    minute = 'x"\noutcome: deferred\n\x1b[31m\x00# {a: b} \N{RIGHT-TO-LEFT OVERRIDE}'
    assert reviewed.record(*APPROVED, "--minute", minute, "--reason", "---\n...\n") == 0
    found, wrong = read((reviewed.root / GOVERNORS).read_text(), GOVERNORS)
    assert not wrong
    assert found is not None
    assert found.outcome == "approved"
    assert "\x1b" not in capsys.readouterr().out


def test_a_folder_that_leads_out_is_not_written_to(
    reviewed: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where `reviews` is a link."""
    (tmp_path / "outside").mkdir()
    (reviewed.root / "reviews").symlink_to(tmp_path / "outside")
    assert reviewed.record(*APPROVED) == 2
    assert "lies outside" in capsys.readouterr().err
    assert list((tmp_path / "outside").iterdir()) == []


# Amendments


AMEND = ("--amend", "--by", "clerk", "--reason", "a misprint")


def test_an_amendment_moves_the_wording_and_no_date(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """By a role that the policy’s `amendments:` names; dated today where nothing else is said."""
    reviewed.review("governors", "2023-09-14")
    reviewed.commit({"source/one.md": MENDED}, "Mend")
    assert reviewed.record(*AMEND, "--commit") == 0
    assert "reviews/one/2023-12-01-amendment.yaml" in committed(reviewed)
    dossier = reviewed.reviews().dossiers["one"]
    assert dossier.approval is not None
    assert (dossier.approval.version, dossier.approval.record.kind) == ("2023-09-14.2", "amendment")
    assert reviewed.found(capsys) == []
    assert reviewed.run("--today", "2023-12-01", "status", "--format", "csv") == 0
    assert "2025-09-14" in capsys.readouterr().out


def test_an_amendment_of_substance_is_refused(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """A duty, or a clause that is new."""
    assert "there is no approved wording to amend" in refused(reviewed, capsys, *AMEND)
    reviewed.review("governors", "2023-09-14")
    assert "there is nothing to amend" in refused(reviewed, capsys, *AMEND)
    reviewed.commit({"source/one.md": CHANGED})
    assert "this is no slip of the pen: “must” is now “should”" in refused(reviewed, capsys, *AMEND)
    reviewed.commit({"source/one.md": text(BODY + "9. Pupils sing.\n")})
    assert "this is no slip of the pen: a passage was inserted" in refused(reviewed, capsys, *AMEND)
    reviewed.commit({"source/one.md": text(BODY.replace("Staff must keep rule 3", "Staff must not keep rule 3"))})
    assert "this is no slip of the pen: “" in refused(reviewed, capsys, *AMEND)


def test_an_amendment_by_another_or_before_its_time_is_refused(
    reviewed: School, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who may amend is a rule of the policy."""
    reviewed.review("governors", "2023-09-14")
    reviewed.commit({"source/one.md": MENDED})
    by = ("--amend", "--reason", "a misprint", "--by", "headteacher")
    assert "`headteacher` may not amend this policy" in refused(reviewed, capsys, *by)
    assert "cannot have been amended on 13 September 2023" in refused(reviewed, capsys, *AMEND, "--held", "2023-09-13")


# Rescheduled


def test_a_review_may_be_held_sooner_and_never_later(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Than its cycle allows; and sooner only after it was decided."""
    sooner = ("--reschedule", "governors", "--by", "clerk", "--reason", "spread the load", "--next")
    assert "it has never been reviewed" in refused(reviewed, capsys, *sooner, "2024-01")
    reviewed.review("governors", "2023-09-14")
    told = refused(reviewed, capsys, *sooner, "2025-09-15")
    assert "15 September 2025 is later than the cycle `governors` allows" in told
    assert "14 September 2025 at the latest" in told
    assert "would be before this one" in refused(reviewed, capsys, *sooner, "2023-11")
    assert reviewed.record(*sooner, "2025-03", "--commit", "--evidence", "FGB papers") == 0
    content = (reviewed.root / "reviews/one/2023-12-01-reschedule.yaml").read_text()
    assert "evidence: FGB papers" in content
    [due] = [one.due for one in reviewed.reviews().register(DAY).entries[0].reviews if one.cycle.name == "governors"]
    assert str(due) == "2025-03"
    assert reviewed.found(capsys) == []


# Corrected


def test_a_correction_says_what_is_right(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Both records stay, and the fields that were right are the same."""
    reviewed.review("governors", "2023-09-14", "--minute", "FGB 2023/14")
    wrong = (reviewed.root / GOVERNORS).read_bytes()
    said = ("--correct", "2023-09-14-governors", "--minute", "FGB 2023/41", "--reason", "figures turned round")
    assert reviewed.record(*said, "--commit") == 0
    assert (reviewed.root / GOVERNORS).read_bytes() == wrong
    [one] = reviewed.reviews().dossiers["one"].in_force
    assert (one.minute, str(one.held), one.cycle, one.replaces) == (
        "FGB 2023/41",
        "2023-09-14",
        "governors",
        "2023-09-14-governors",
    )
    assert reviewed.found(capsys) == []


@pytest.mark.parametrize("name", [GOVERNORS, "2023-09-14-governors", "2023-09-14-governors.yaml"])
def test_a_record_is_named_as_people_name_it(reviewed: School, name: str) -> None:
    """By its name, its file, or its path."""
    reviewed.review("governors", "2023-09-14")
    assert reviewed.record("--correct", name, "--void", "--reason", "of another policy") == 0
    assert reviewed.reviews().dossiers["one"].in_force == ()


def test_a_correction_of_nothing_is_refused(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Of no record, of nothing in it, of one that is corrected already."""
    reviewed.review("governors", "2023-09-14")
    correct = ("--correct", "2023-09-14-governors", "--reason", "x")
    told = refused(reviewed, capsys, "--correct", "2023-09-14-governers", "--reason", "x")
    assert "has no record `2023-09-14-governers`" in told
    assert "did you mean `2023-09-14-governors`?" in told
    assert "nothing is corrected" in refused(reviewed, capsys, *correct)
    assert "nothing is corrected" in refused(reviewed, capsys, *correct, "--by", "governing-board")
    assert "has no review cycle `x`" in refused(reviewed, capsys, "x", *correct)
    assert "is in the future" in refused(reviewed, capsys, *correct, "--held", "2024-01-01")
    assert reviewed.record(*correct, "--void", "--commit") == 0
    told = refused(reviewed, capsys, *correct, "--minute", "y", today="2023-12-02")
    assert "`2023-12-01-correction` replaces it already" in told


def test_a_correction_of_the_cycle_takes_its_period_too(reviewed: School) -> None:
    """The annual review was written down as the governors’."""
    reviewed.review("annual", "2023-09-14", by="headteacher")
    said = ("governors", "--correct", "2023-09-14-annual", "--by", "governing-board", "--reason", "wrong cycle")
    assert reviewed.record(*said) == 0
    [one] = reviewed.reviews().dossiers["one"].in_force
    assert (one.cycle, str(one.every)) == ("governors", "24 months")


def test_a_correction_that_approves_names_a_wording(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the record that was wrong had none; and one that defers has none any more."""
    reviewed.review("governors", "2023-09-14", outcome="deferred")
    said = ("--correct", "2023-09-14-governors", "--outcome", "approved", "--reason", "they did approve it")
    assert "an approval is of a wording" in refused(reviewed, capsys, *said)
    assert reviewed.record(*said, "--wording", "HEAD") == 0
    dossier = reviewed.reviews().dossiers["one"]
    assert dossier.approval is not None
    assert str(dossier.approval.record.every) == "24 months"
    back = ("--correct", "2023-12-01-correction", "--outcome", "deferred", "--reason", "they did not")
    assert reviewed.record(*back) == 0
    [one] = reviewed.reviews().dossiers["one"].in_force
    assert (one.outcome, one.fingerprint, one.every) == ("deferred", "", None)
    assert reviewed.found(capsys) == []


def test_a_correction_may_name_the_working_text(reviewed: School) -> None:
    """They approved the text as it stands, and not the one that was recorded."""
    reviewed.review("governors", "2023-09-14")
    reviewed.commit({"source/one.md": CHANGED})
    said = ("--correct", "2023-09-14-governors", "--wording", "working", "--reason", "they saw the new one")
    assert reviewed.record(*said) == 0
    dossier = reviewed.reviews().dossiers["one"]
    assert dossier.approval is not None
    assert dossier.says(dossier.approval.record.fingerprint)


def test_a_correction_puts_nothing_strange_into_a_record(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """An amendment has no outcome, and what was taken back has nothing."""
    reviewed.review("governors", "2023-09-14")
    reviewed.commit({"source/one.md": MENDED})
    assert reviewed.record(*AMEND, "--commit") == 0
    amendment = ("--correct", "2023-12-01-amendment", "--reason", "x")
    assert "--outcome is of a review" in refused(reviewed, capsys, *amendment, "--outcome", "approved")
    assert "--wording is of a review" in refused(reviewed, capsys, *amendment, "--wording", "HEAD")
    assert reviewed.record(*amendment, "--void", "--commit") == 0
    back = ("--correct", "2023-12-01-correction", "--reason", "x", "--by", "clerk")
    assert "only takes a record back" in refused(reviewed, capsys, *back)


def test_what_was_published_is_not_corrected(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """It went out: the next publication takes its place."""
    publication = (
        f"record: publication\npolicy: one\nheld: 2023-10-01\nversion: 2023-09-14\nfingerprint: v1:{'0' * 64}\n"
        f"files:\n  - {{path: one.pdf, sha256: {'0' * 64}, size: 1}}\n"
    )
    reviewed.write_text("reviews/one/2023-10-01-publication.yaml", publication)
    told = refused(reviewed, capsys, "--correct", "2023-10-01-publication", "--void", "--reason", "x")
    assert "what was published cannot be corrected" in told


# Ratified


def test_the_board_ratifies_what_its_committee_decided(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """A correction that holds the same, and who minuted it when."""
    reviewed.review("governors", "2023-09-14", by="resources")
    ratify = ("--ratify", "2023-09-14-governors", "--by", "governing-board", "--held", "2023-10-05")
    assert reviewed.record(*ratify, "--minute", "FGB 2023/50", "--commit") == 0
    [one] = reviewed.reviews().dossiers["one"].in_force
    assert (one.by, one.ratified_by, str(one.ratified), str(one.held)) == (
        "resources",
        "governing-board",
        "2023-10-05",
        "2023-09-14",
    )
    assert one.reason == "ratified by Full Governing Board, minute FGB 2023/50"
    assert reviewed.found(capsys) == []


def test_nobody_ratifies_what_was_not_decided_for_them(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor before it was decided."""
    reviewed.review("governors", "2023-09-14", by="resources")
    ratify = ("--ratify", "2023-09-14-governors", "--by")
    assert "did not decide on behalf of `headteacher`" in refused(reviewed, capsys, *ratify, "headteacher")
    assert "did not decide on behalf of `resources`" in refused(reviewed, capsys, *ratify, "resources")
    assert "did not decide on behalf of `bord`" in refused(reviewed, capsys, *ratify, "bord")
    assert "cannot have been ratified" in refused(reviewed, capsys, *ratify, "governing-board", "--held", "2023-09-13")


# At a terminal


def at_terminal(school: School, answers: str, *arguments: str) -> tuple[int, str]:
    """The exit code and the screen of a clerk who types these answers, a line each."""
    pty = pytest.importorskip("pty", reason="Windows has no such terminals")
    child, screen = pty.fork()
    if child == 0:  # pragma: no cover  # another process
        command = ["policytool", "--root", str(school.root), "--today", "2023-12-01", "record", "one", *arguments]
        os.execv(sys.executable, [sys.executable, "-m", *command])  # noqa: S606  # this very program
    os.write(screen, answers.encode())
    shown = b""
    with contextlib.suppress(OSError):  # Linux says so at the end
        while part := os.read(screen, 65536):
            shown += part
    _, status = os.waitpid(child, 0)
    os.close(screen)
    return os.waitstatus_to_exitcode(status), shown.decode().replace("\r", "")


def test_what_is_missing_is_asked_for(reviewed: School) -> None:
    """A wrong answer is asked again; what is likely is offered; the whole record is shown before it is written."""
    code, screen = at_terminal(reviewed, "governers\ngovernors\n2023-13\n2023-09-14\n\napproved\nFGB 2023/41\ny\n")
    assert code == 0, screen
    for question in ("Which review cycle?", "is neither a day", "[governing-board]", "With what outcome?"):
        assert question in screen
    assert screen.index("record: review") < screen.index("Write it?")
    found, _ = read((reviewed.root / GOVERNORS).read_text(), GOVERNORS)
    assert found is not None
    assert (found.by, found.minute, found.outcome) == ("governing-board", "FGB 2023/41", "approved")


def test_nothing_is_written_where_the_clerk_says_no(reviewed: School) -> None:
    """Or leaves in the middle."""
    code, screen = at_terminal(reviewed, "\n\napproved\n\nn\n", "annual")
    assert (code, reviewed.files()) == (0, [])
    assert "nothing was written" in screen
    code, screen = at_terminal(reviewed, "governors\n\x04")
    assert (code, reviewed.files()) == (130, [])
    assert "stopped" in screen


def test_nothing_is_asked_where_all_is_said(reviewed: School) -> None:
    """At a terminal as in a script."""
    code, screen = at_terminal(reviewed, "", *APPROVED)
    assert code == 0
    assert "?" not in screen
    assert len(reviewed.files()) == 2
