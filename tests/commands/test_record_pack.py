"""`policytool record --from-pack`, as a clerk runs it on the day after a meeting."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.history import BODY
from tests.packed import MEETING, MEETINGS, Board, approve, board, labelled, source
from tests.reviewed import SETTINGS

__all__ = ["board"]

ROOT = Path(__file__).parents[2]
RECORDS = [f"reviews/{name}/{MEETING}-governors.yaml" for name in ("one", "three", "two")]


@pytest.fixture
def sent(board: Board) -> Board:
    """A board whose pack has been made and sent out."""
    assert board.pack() == 0
    return board


def refused(board: Board, capsys: pytest.CaptureFixture[str], file: Path, *arguments: str) -> str:
    """What is told of a file that is refused: nothing was written."""
    before = board.files()
    capsys.readouterr()
    assert board.decide(file, *arguments) == 2
    assert board.files() == before
    return capsys.readouterr().err


def recorded(board: Board) -> list[str]:
    """The records of the meeting."""
    return [path for path in board.files() if Path(path).name.startswith(MEETING)]


def test_what_the_meeting_decided_is_on_record(sent: Board, capsys: pytest.CaptureFixture[str]) -> None:
    """From the pack to the register: everything is approved, in one commit, and `check` finds nothing wrong."""
    assert sent.decide(sent.fill(approve), "--commit") == 0
    assert "held against the pack of governing-board for 2025-09-09" in capsys.readouterr().err
    assert recorded(sent) == RECORDS
    assert set(sent.states(capsys).values()) == {"approved"}
    assert sent.git("status", "--porcelain") == ""
    assert "minute: FGB 2025/41\n" in (sent.root / RECORDS[0]).read_text()
    assert sent.found(capsys) == []
    assert sent.decide(sent.fill(approve), "--commit") == 0
    assert "recorded already" in capsys.readouterr().err


def test_the_zip_can_be_named_itself(sent: Board) -> None:
    """Its table filled in and put back, wherever the program that did it put it."""
    table = sent.fill(approve).read_bytes()
    target = sent.root.parent / "sent back.zip"
    with ZipFile(sent.zip) as archive, ZipFile(target, "w") as other:
        for name in archive.namelist():
            other.writestr(f"pack/{name}", table if name == "outcomes.csv" else archive.read(name))
    shutil.rmtree(sent.root / "build")
    assert sent.decide(target) == 0
    assert recorded(sent) == RECORDS


def test_what_a_spreadsheet_makes_of_the_table_is_read(sent: Board) -> None:
    """Semicolons, another order and more columns, blank lines, dates with the day first, capitals."""
    lines = ["Reason;next;OUTCOME;cycle;Policy;remark;fingerprint;minute"]
    for row in sent.rows():
        day = "14/09/2026" if row["policy"] == "one" else ""
        outcome = {"one": "Approved", "two": "DEFERRED", "three": "No change"}[row["policy"]]
        lines += [f"why;{day};{outcome};governors;{row['policy']};mine;{row['fingerprint']};FGB 7", ";;;;;;;"]
    file = sent.root.parent / "sent back.csv"
    file.write_text("\r\n".join(["", *lines, ""]), "utf-8-sig", newline="")
    assert sent.decide(file) == 0
    said = (sent.root / RECORDS[0]).read_text()
    assert "next: 2026-09-14\n" in said
    assert "outcome: no-change\n" in (sent.root / RECORDS[1]).read_text()
    assert "outcome: deferred\n" in (sent.root / RECORDS[2]).read_text()


def test_a_row_left_empty_is_left_out_and_told(sent: Board, capsys: pytest.CaptureFixture[str]) -> None:
    """What was not reached at the meeting."""
    file = sent.fill(lambda row: approve(row) if row["policy"] == "one" else {})
    assert sent.decide(file) == 0
    assert "two governors: left empty, and left out" in capsys.readouterr().err
    assert recorded(sent) == RECORDS[:1]


@pytest.mark.parametrize(
    ("filling", "message"),
    [
        ({"outcome": "aproved"}, "line 3, column outcome: `aproved` is no outcome"),
        ({"outcome": "", "minute": "FGB 7"}, "line 3, column outcome: there is a minute and no outcome"),
        ({"policy": "tow"}, "line 3, column policy: there is no policy `tow`"),
        ({"cycle": "yearly"}, "line 3, column cycle: `two` has no review cycle `yearly`"),
        ({"cycle": "annual"}, "line 3, column cycle: `two` `annual` was not in the pack"),
        ({"policy": "one"}, "line 3, column cycle: line 2 is of the same review"),
        ({"next": "09/14/2026"}, "line 3, column next: `09/14/2026` is no day"),
        ({"next": "08/09/2025"}, "line 3: two governors: the next review, 8 September 2025, would be before this one"),
        ({"next": "2028-12-01"}, "line 3: two governors: 1 December 2028 is later than the cycle allows"),
        ({"fingerprint": f"v1:{'0' * 64}"}, "line 3, column fingerprint: this fingerprint was not in the pack"),
        ({"outcome": "no-change"}, "line 3: two governors: this wording was not the approved one"),
    ],
)
def test_one_bad_row_and_nothing_is_recorded(
    sent: Board, capsys: pytest.CaptureFixture[str], filling: Mapping[str, str], message: str
) -> None:
    """It is named by its line and its column, and the good rows wait for it."""
    file = sent.fill(lambda row: {**approve(row), **filling} if row["policy"] == "two" else approve(row))
    error = refused(sent, capsys, file)
    assert message in error
    assert "nothing was recorded" in error


def test_what_was_sent_out_is_recorded_whatever_the_text_is_now(sent: Board) -> None:
    """It was rewritten after the pack was made: what lay before the meeting is what it approved."""
    file, before = sent.fill(approve), (sent.root / "source/one.md").read_bytes()
    sent.commit({"source/one.md": source("One & Only", labelled(BODY.replace("Staff", "Pupils")))}, "Later")
    assert sent.decide(file) == 0
    kept = {path.read_bytes() for path in (sent.root / "reviews/one/wording").iterdir()}
    assert before in kept
    assert (sent.root / "source/one.md").read_bytes() not in kept


def test_approved_with_changes_records_both_wordings(sent: Board) -> None:
    """What lay before them, and the working text with the changes in it."""
    file = sent.fill(lambda row: {"outcome": "approved with changes"} if row["policy"] == "one" else {})
    changed = source("One & Only", labelled(BODY.replace("Staff", "Pupils")))
    sent.commit({"source/one.md": changed}, "As changed at the meeting")
    assert sent.decide(file) == 0
    said = (sent.root / RECORDS[0]).read_text()
    assert f"seen: {sent.rows()[0]['fingerprint']}\n" in said
    assert changed.encode() in {path.read_bytes() for path in (sent.root / "reviews/one/wording").iterdir()}


def test_a_committee_that_acts_for_the_board_is_named(sent: Board, capsys: pytest.CaptureFixture[str]) -> None:
    """And the board ratifies it later, by the next pack."""
    assert sent.decide(sent.fill(approve), "--by", "resources", "--minute", "R 7", "--commit") == 0
    assert "by: resources\n" in (sent.root / RECORDS[0]).read_text()
    later = ("--meeting", "2026-03-10", "--until", "2026-06-01", "--dry-run")
    assert sent.run("pack", "--jobs", "1", *later) == 0
    ratified = ("--ratify", f"{MEETING}-governors", "--by", "governing-board", "--held", "2026-03-10")
    assert sent.run("--today", "2026-03-11", "record", "one", *ratified) == 0
    assert "did you mean" in refused(sent, capsys, sent.fill(approve), "--by", "resorces")
    assert "may not hold the review" in refused(sent, capsys, sent.fill(approve), "--by", "headteacher")


def test_without_the_pack_a_wording_must_have_been_committed(sent: Board, capsys: pytest.CaptureFixture[str]) -> None:
    """On another machine, where only the table came back."""
    file, forged = sent.fill(approve), sent.fill(lambda row: {**approve(row), "fingerprint": "v1:" + "0" * 64}, "x.csv")
    shutil.rmtree(sent.root / "build")
    assert "is no wording of `one` that was ever committed" in refused(sent, capsys, forged)
    assert sent.decide(file) == 0
    assert "no pack of that day is at hand" in capsys.readouterr().err
    assert recorded(sent) == RECORDS


def test_what_is_no_table_is_told(sent: Board, capsys: pytest.CaptureFixture[str]) -> None:
    """A picture, nothing at all, a table of something else, a zip of something else."""
    file = sent.root.parent / "file.csv"
    for content, message in (
        (b"", "there is nothing in this file"),
        (b"\x89PNG\0\0", "this file is no text"),
        (b"name,date\nx,y\n", "there is no column `policy`"),
        (b"PK\x03\x04 and no more", "this zip cannot be read"),
        (b"policy,cycle,fingerprint,outcome\n", "no row of this file has an outcome"),
    ):
        file.write_bytes(content)
        assert message in refused(sent, capsys, file)
    filled = sent.fill(approve)
    assert sent.decide(filled, "--outcome", "approved") == 2
    assert sent.decide(filled, today="2025-09-08") == 2
    assert sent.run("record", "one", "--from-pack", str(filled), "--held", MEETING) == 2
    assert sent.run("record", "--from-pack", str(filled)) == 2
    assert recorded(sent) == []


def test_a_dry_run_of_the_records_writes_nothing(sent: Board, capsys: pytest.CaptureFixture[str]) -> None:
    """It shows what it would write."""
    assert sent.decide(sent.fill(approve), "--dry-run") == 0
    assert RECORDS[0] in capsys.readouterr().out
    assert recorded(sent) == []


@pytest.mark.parametrize("what", ["link", "fsync"])
def test_killed_at_any_write_a_second_run_finishes_the_work(sent: Board, what: str) -> None:
    """No file is ever half a file, and what was on record already is not recorded twice."""
    file = sent.fill(approve)
    command = ["--root", str(sent.root), "--today", "2025-09-10", "record", "--from-pack", str(file), "--held", MEETING]
    killed = 0
    before = {path: (sent.root / path).read_bytes() for path in sent.files()}
    for turn in range(1, 8):
        whole = [sys.executable, "-m", "tests.pipeline.killing", str(turn), what, *command]
        done = subprocess.run(
            whole, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False
        )
        killed += done.returncode < 0
        assert sent.decide(file) == 0
        assert recorded(sent) == RECORDS
        for path in sent.files():
            if path not in before:
                (sent.root / path).unlink()
        assert all((sent.root / path).read_bytes() == content for path, content in before.items())
    assert killed >= 5  # three records and two wordings


def test_what_is_on_record_is_corrected_and_not_recorded_anew(sent: Board, capsys: pytest.CaptureFixture[str]) -> None:
    """The minute was wrong in the table: the record of the first run stands."""
    assert sent.decide(sent.fill(approve)) == 0
    error = refused(sent, capsys, sent.fill(lambda row: {**approve(row), "minute": "FGB 2025/14"}))
    assert "`2025-09-09-governors` is on record for that day and says something else" in error
    assert "help: correct it: `policytool record one --correct 2025-09-09-governors`" in error


def test_a_full_disk_leaves_nothing(sent: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever of the files it is that cannot be placed."""
    file = sent.fill(approve)
    before = sent.files()
    link = os.link
    for turn in range(1, 6):
        calls: list[int] = []

        def fails(*given: str, turn: int = turn, calls: list[int] = calls) -> None:
            calls.append(1)
            if len(calls) == turn:
                raise KeyboardInterrupt
            link(*given)

        monkeypatch.setattr(os, "link", fails)
        assert sent.decide(file) == 130
        monkeypatch.setattr(os, "link", link)
        assert sent.files() == before


def test_meetings_without_a_date_are_no_hindrance(board: Board) -> None:
    """A pack made with --until is recorded like any other."""
    board.commit({"policytool.yaml": SETTINGS}, "No meetings")
    assert MEETINGS not in (board.root / "policytool.yaml").read_text()
    assert board.pack("--until", "2026-03-10") == 0
    assert board.decide(board.fill(approve)) == 0
    assert recorded(board) == RECORDS
