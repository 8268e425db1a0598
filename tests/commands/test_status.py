"""`policytool status`, as an administrator and as CI run it."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import sys
import zipfile
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET

import pytest

from tests.reviewed import CHANGED, GOVERNORS, SETTINGS, School, reviewed, text

__all__ = ["reviewed"]

FORMATS = ("table", "json", "csv", "html", "xlsx", "github", "junit", "sarif")


@pytest.fixture
def approved(reviewed: School) -> School:
    """The board approved the policy on 14 September 2023; the wording has been changed since."""
    with contextlib.redirect_stdout(StringIO()), contextlib.redirect_stderr(StringIO()):
        reviewed.review("governors", "2023-09-14", "--minute", "FGB 2023/41")
    reviewed.write_text("source/one.md", CHANGED)
    return reviewed


def status(school: School, *arguments: str, today: str = "2024-10-01") -> int:
    """The exit code of `policytool status` on a day."""
    return school.run("--today", today, "status", *arguments)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_to_a_file(approved: School, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With the same exit code, and nothing printed but where it went."""
    out = approved.root / "build" / "deep" / f"register.{form}"
    assert status(approved, "--format", form, "--out", str(out)) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("written to ")
    assert out.read_bytes()
    assert b"\x1b" not in out.read_bytes() or form == "xlsx"


def test_every_format_can_be_read(approved: School, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """As what it says it is, with the one review that is overdue."""
    outs = {}
    for form in FORMATS:
        assert status(approved, "--format", form) == 0
        outs[form] = capsysbinary.readouterr().out
    assert "A Policy" in outs["table"].decode()
    assert json.loads(outs["json"])
    rows = list(csv.reader(StringIO(outs["csv"].decode("utf-8-sig"))))
    assert len(rows) == 3
    assert b"<!DOCTYPE html>" in outs["html"]
    assert zipfile.ZipFile(BytesIO(outs["xlsx"])).testzip() is None
    assert b"::error file=source/one.md,line=8" in outs["github"]
    assert ET.fromstring(outs["junit"]).tag == "testsuites"  # noqa: S314  # our own
    assert json.loads(outs["sarif"])["version"] == "2.1.0"


@pytest.mark.parametrize(
    ("states", "today", "code"),
    [
        ("", "2030-01-01", 0),
        ("overdue", "2024-09-14", 0),
        ("overdue", "2024-09-15", 1),
        ("due", "2024-09-14", 1),
        ("due", "2024-09-15", 0),
        ("never", "2024-09-15", 0),
        ("changed", "2023-12-01", 1),
        ("overdue,due,never", "2023-12-01", 0),
        (" Overdue , due,", "2024-09-14", 1),
    ],
)
def test_it_fails_on_what_is_named(approved: School, states: str, today: str, code: int) -> None:
    """And on nothing else."""
    assert status(approved, "--fail-on", states, today=today) == code


def test_never_is_what_was_never_approved(reviewed: School) -> None:
    """From the first day."""
    assert status(reviewed, "--fail-on", "never") == 1
    assert status(reviewed, "--fail-on", "overdue,due,changed") == 0


def test_findings_stand_at_the_line_of_the_cycle(approved: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Those alone that are named, where any are."""
    assert status(approved, "--format", "github", "--fail-on", "overdue") == 1
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("::error file=source/one.md,line=8,")
    assert "was due on 14 September 2024, and is 17 days overdue" in line
    assert text().splitlines()[7].startswith("  annual:")


def test_as_of_and_today(approved: School, capsys: pytest.CaptureFixture[str]) -> None:
    """The one leaves out what was recorded later."""
    for arguments, approval in (
        (("--today", "2023-09-01", "status", "--format", "json"), True),
        (("--today", "2030-01-01", "status", "--format", "json", "--as-of", "2023-09-01"), False),
    ):
        assert approved.run(*arguments) == 0
        out = capsys.readouterr().out
        assert ("FGB 2023/41" in out) is approval
        assert '"2023-09-01"' in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "there is no policy `nowhere`"),
        (("../one",), "there is no policy `../one`"),
        (("--fail-on", "late"), "`late` is none of overdue, due, never, changed"),
        (("--within", "soon"), "`soon` is no number of days: write 30d"),
        (("--within", "-1"), "is no number of days"),
        (("--as-of", "2024-02-30"), "does not match the format"),
        (("--format", "pdf"), "is not one of"),
        (("--spread", "--format", "csv"), "--load and --spread are shown as a table or as JSON"),
    ],
)
def test_what_cannot_be_done_is_told_with_exit_code_2(
    approved: School, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    """Before anything is printed."""
    assert status(approved, *arguments) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.out == ""


def test_a_folder_is_no_file(approved: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor is a place where nothing can be written."""
    assert status(approved, "--out", str(approved.root)) == 2
    assert "is a directory" in capsys.readouterr().err
    assert status(approved, "--out", str(approved.root / "policytool.yaml" / "x")) == 2
    assert "cannot write" in capsys.readouterr().err


@pytest.mark.parametrize("form", FORMATS)
def test_a_record_that_cannot_be_read_gives_exit_code_1(
    approved: School, form: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Whatever else is asked for: a date would be missing."""
    approved.write_text("reviews/one/2024-01-01-annual.yaml", "record: review\nheld: 2024-01-01\nby: \x1b[31m\n")
    assert status(approved, "--format", form) == 1
    printed = capsysbinary.readouterr()
    assert b"reviews/one/2024-01-01-annual.yaml" in printed.err
    assert b"\x1b" not in printed.err
    assert printed.out


def test_a_waiver_that_has_run_out_is_told(approved: School, capsys: pytest.CaptureFixture[str]) -> None:
    """On every run, until it is deleted; it fails nothing by itself."""
    waiver = 'waive: [{code: PT402, policy: one, until: 2024-10-31, by: clerk, reason: "the head is ill"}]\n'
    approved.write_text("policytool.yaml", SETTINGS + waiver)
    assert status(approved, "--fail-on", "overdue") == 0
    assert capsys.readouterr().err == ""
    assert status(approved, "--fail-on", "overdue", today="2024-11-01") == 1
    assert "policytool.yaml:8:" in capsys.readouterr().err
    assert status(approved, "--format", "github", today="2024-11-01") == 0
    assert "title=PT405" in capsys.readouterr().out


def test_within_leaves_the_rest_out(approved: School, capsys: pytest.CaptureFixture[str]) -> None:
    """With or without the letter."""
    assert status(approved, "--within", "30d", "--format", "csv") == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert status(approved, "--within", "400", "--format", "csv") == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_the_load_and_a_proposal_can_be_shown(approved: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Alone, together, and as JSON."""
    assert status(approved, "--load", today="2023-12-01") == 0
    load = capsys.readouterr().out
    assert "September 2024" in load
    assert status(approved, "--spread", today="2023-12-01") == 0
    spread = capsys.readouterr().out
    assert status(approved, "--load", "--spread", today="2023-12-01") == 0
    assert capsys.readouterr().out == load + spread
    assert status(approved, "--spread", "--format", "json", today="2023-12-01") == 0
    assert json.loads(capsys.readouterr().out)


def test_a_library_that_is_not_in_git_has_a_register(approved: School, capsys: pytest.CaptureFixture[str]) -> None:
    """As from an archive of the files."""
    (approved.root / ".git").rename(approved.root / "gone")
    assert status(approved) == 0
    assert "A Policy" in capsys.readouterr().out


def test_an_empty_library_has_an_empty_register(approved: School, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """In every format."""
    (approved.root / "source/one.md").unlink()
    for path in approved.files():
        (approved.root / path).unlink()
    for form in FORMATS:
        assert status(approved, "--format", form) == 0
        assert capsysbinary.readouterr().err == b""


def test_it_writes_nothing_but_what_it_keeps(approved: School) -> None:
    """Below build/, which git passes over."""
    status(approved)
    assert approved.git("status", "--porcelain") == "M source/one.md"
    assert GOVERNORS in approved.files()


def test_a_spreadsheet_is_not_shown_at_a_terminal(approved: School) -> None:
    """It would be noise there; with a file to write it is well."""
    pty = pytest.importorskip("pty", reason="Windows has no such terminals")
    child, screen = pty.fork()
    if child == 0:  # pragma: no cover  # another process
        command = ["policytool", "--root", str(approved.root), "status", "--format", "xlsx"]
        os.execv(sys.executable, [sys.executable, "-m", *command])  # noqa: S606  # this very program
    shown = b""
    with contextlib.suppress(OSError):  # Linux says so at the end
        while part := os.read(screen, 65536):
            shown += part
    _, ended = os.waitpid(child, 0)
    os.close(screen)
    assert os.waitstatus_to_exitcode(ended) == 2
    assert b"a spreadsheet cannot be shown at a terminal" in shown
    assert b"PK\x03" not in shown
