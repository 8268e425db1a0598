"""`policytool pack`, as a clerk makes it before a meeting."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document

from tests.history import BODY
from tests.packed import MEETING, MEETINGS, Board, board, labelled, source
from tests.repository import Repository
from tests.reviewed import SETTINGS

__all__ = ["board"]

ROOT = Path(__file__).parents[2]
FIRST = ["contents.html", "paper.pdf", "paper.docx", "paper.html", "outcomes.csv", "pack.json"]


def words(board: Board) -> str:
    """The words of the paper, as its PDF has them, blanks made alike."""
    document = pypdfium2.PdfDocument(board.member("paper.pdf"))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def told(board: Board, capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    """What is told of a pack that is refused, or not whole."""
    capsys.readouterr()
    assert board.run("pack", "--jobs", "1", *arguments) == code
    return capsys.readouterr().err


def test_the_zip_holds_the_paper_the_copies_and_the_redlines(board: Board) -> None:
    """What has changed has a redline and a comparison, and all that is to be decided has a clean copy."""
    assert board.pack() == 0
    clean = [f"policies/{name}.{form}" for name in ("one", "two", "three") for form in ("pdf", "docx")]
    assert board.names() == [*FIRST, *clean, "redlines/one.docx", "redlines/one.html"]
    contents = board.member("contents.html").decode()
    assert all(f'href="{name}"' in contents for name in board.names()[1:])


def test_the_paper_says_why_what_and_what_to_minute(board: Board) -> None:
    """The first page asks, each section tells why, what changed, whom else it touches, and what would be minuted."""
    board.pack()
    said = words(board)
    assert "You are asked to decide on 3 policies." in said
    assert "The review “governors” (every 24 months) is due on 14 September 2025, before the following meeting." in said
    assert "Its wording has changed since it was approved in September 2023." in said
    assert "One duty became weaker." in said
    assert "Two, clause 1.1, cites clause 1.3" in said
    fingerprint = board.rows()[0]["fingerprint"].removeprefix("v1:")[:12]
    version = f"(version of 1 August 2025, fingerprint {fingerprint}…)"
    resolved = f"The Full Governing Board RESOLVED to approve the One & Only {version}"
    assert f"{resolved} and to review it again by 9 September 2027." in said
    assert "No wording of it has been approved before" in said
    assert "Threefold (as approved in September 2023, fingerprint" in said
    assert "needs no change and to review it again by 9 September 2027" in said


def test_the_paper_reads_alike_in_word_and_on_a_page(board: Board) -> None:
    """Each format asks the same."""
    board.pack()
    document = Document(BytesIO(board.member("paper.docx")))
    assert any("RESOLVED to approve the One & Only" in one.text for one in document.element.body.iter() if one.text)
    assert "RESOLVED to approve the One &amp; Only" in board.member("paper.html").decode()


def test_clean_copies_say_that_they_are_for_decision(board: Board) -> None:
    """Nobody can take one for the approved policy."""
    board.pack()
    for name, notice in (
        ("one", "Draft for approval: Full Governing Board, 9 September 2025"),
        ("three", "For review:"),
    ):
        document = pypdfium2.PdfDocument(board.member(f"policies/{name}.pdf"))
        assert notice in " ".join(document[0].get_textpage().get_text_range().split())
        document.close()


def test_the_rows_name_the_wording_that_is_decided_on(board: Board) -> None:
    """By its fingerprint, and by the commit that holds it; what was decided is left to the clerk."""
    board.pack()
    rows = board.rows()
    assert [(row["policy"], row["cycle"], row["outcome"]) for row in rows] == [
        ("one", "governors", ""),
        ("two", "governors", ""),
        ("three", "governors", ""),
    ]
    last = board.git("log", "-1", "--format=%h", "--", "source/one.md")
    assert rows[0]["version"] == f"git:{last}"
    assert board.packed()["meeting"] == MEETING
    assert [one["fingerprint"] for one in board.packed()["rows"]] == [row["fingerprint"] for row in rows]


def test_made_twice_it_has_the_same_bytes(board: Board) -> None:
    """On another day as well, and by several workers."""
    board.pack()
    first = board.zip.read_bytes()
    assert board.run("--quiet", "--today", "2026-01-01", "pack", "--meeting", MEETING, "--jobs", "2") == 0
    assert board.zip.read_bytes() == first


def test_what_is_due_later_is_left_to_a_later_meeting(board: Board) -> None:
    """In June nothing is due before September but what has changed or was never approved."""
    assert board.run("--quiet", "pack", "--meeting", "2025-06-10") == 0
    with ZipFile(board.root / "build/pack/governing-board-2025-06-10.zip") as archive:
        said = archive.read("outcomes.csv").decode()
    assert "one,governors" in said
    assert "three,governors" not in said


def test_what_is_still_worked_on_is_told_and_left_out(board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    """Its text on the disk is not the committed one: nobody could tell what was approved."""
    board.write_text("source/one.md", source("One & Only", labelled(BODY.replace("Staff", "Pupils"))))
    error = told(board, capsys, "--meeting", MEETING, code=1)
    assert "error: one is not ready: its text is still being worked on" in error
    assert "help: commit source/one.md" in error
    assert [row["policy"] for row in board.rows()] == ["two", "three"]
    assert "Not ready for this meeting" in words(board)


def test_what_has_mistakes_is_told_and_left_out(board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    """A reference that leads nowhere cannot be approved."""
    board.commit({"source/two.md": source("Two", "1. See [](one.md#nowhere).\n")}, "Break")
    assert "error: two is not ready: its text has mistakes" in told(board, capsys, "--meeting", MEETING, code=1)


def test_amendments_are_for_noting_and_decisions_for_others_for_ratification(board: Board) -> None:
    """The clerk mended a misprint, and a committee approved on behalf of the board."""
    board.commit({"source/three.md": source("Threefold", BODY.replace("in mind", "in minds"))}, "Mend")
    amended = ("--amend", "--by", "clerk", "--reason", "a misprint", "--held", "2025-07-01", "--commit")
    assert board.run("--quiet", "--today", "2025-09-01", "record", "three", *amended) == 0
    acting = ("--held", "2025-08-20", "--by", "resources", "--outcome", "approved", "--minute", "R 7", "--commit")
    assert board.run("--quiet", "--today", "2025-09-01", "record", "two", "governors", *acting) == 0
    board.pack()
    said = words(board)
    assert "to ratify 1 decision taken on your behalf and to note 1 small amendment" in said
    assert "RESOLVED to ratify the decision of the Resources Committee on 20 August 2025 to approve the Two" in said
    assert "a misprint" in said
    assert [row["policy"] for row in board.rows()] == ["one", "three"]


def test_where_no_meetings_are_listed_a_day_must_be_said(board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    """And then all approvers meet."""
    board.commit({"policytool.yaml": SETTINGS}, "No meetings")
    assert "no body meets on 9 September 2025" in told(board, capsys, "--meeting", MEETING)
    assert "or say --until DATE" in told(board, capsys, "--meeting", MEETING, "--body", "governing-board")
    assert board.pack("--until", "2026-03-10") == 0
    assert len(board.rows()) == 3


def test_what_cannot_be_meant_is_told(board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest role, the meetings that there are, and where the next one is not known."""
    body = ("--meeting", MEETING, "--body")
    assert "did you mean `governing-board`?" in told(board, capsys, *body, "governing-bord")
    assert "the meetings are governing-board 2025-06-10" in told(board, capsys, "--meeting", "2025-09-10")
    assert "nobody can tell when `governing-board` meets after" in told(board, capsys, "--meeting", "2026-03-10")
    assert "--until is not after the meeting" in told(board, capsys, "--meeting", MEETING, "--until", MEETING)
    assert "it meets on 2025-06-10" in told(board, capsys, "--meeting", "2025-09-10", "--body", "governing-board")
    assert not board.zip.exists()


def test_a_dry_run_writes_nothing(board: Board) -> None:
    """It does all the rest."""
    assert board.pack("--dry-run") == 0
    assert not board.zip.exists()


def test_hostile_titles_are_words(board: Board) -> None:
    """Markup, quotes and formulas are no more than what they look like."""
    title = "'=HYPERLINK(\"http://x\") <b>“Bold”</b> #let #x'"
    board.commit({"source/two.md": source(title, TWO_ALONE)}, "Title")
    assert board.pack() == 0
    page = board.member("paper.html").decode()
    assert "<b>“Bold”" not in page
    assert "=HYPERLINK" in words(board)


TWO_ALONE = "1. Staff must.\n"


def test_a_title_that_no_font_has_leaves_out_that_policy_alone(
    board: Board, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its PDF cannot be made; the paper of the rest can."""
    board.commit({"source/two.md": source("Cats 🐈", TWO_ALONE)}, "Title")
    assert "two is not ready: its documents cannot be made" in told(board, capsys, "--meeting", MEETING, code=1)
    assert [row["policy"] for row in board.rows()] == ["one", "three"]


def test_thirty_policies_are_one_paper(board: Board) -> None:
    """By several workers."""
    more = {f"source/p{number}.md": source(f"Policy {number}", BODY) for number in range(27)}
    board.commit({**more, "policytool.yaml": SETTINGS + MEETINGS}, "More")
    assert board.run("--quiet", "pack", "--meeting", MEETING, "--jobs", "2") == 0
    assert len(board.rows()) == 30
    assert "You are asked to decide on 30 policies." in words(board)


def test_a_policy_with_errors_comes_back_from_a_worker(board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    """As one whose PDF cannot be made does."""
    more = {f"source/p{number}.md": source(f"Policy {number}", BODY) for number in range(10)}
    board.commit({**more, "source/two.md": source("Cats 🐈", TWO_ALONE)}, "More")
    assert board.run("--quiet", "pack", "--meeting", MEETING, "--jobs", "2") == 1
    assert "two is not ready" in capsys.readouterr().err
    assert "Cats [cat]: its documents cannot be made" in words(board)


@pytest.mark.parametrize("what", ["fsync", "replace"])
def test_killed_at_any_write_the_pack_is_the_old_one_or_the_new(board: Board, what: str) -> None:
    """And another run makes the new one."""
    board.pack()
    old = board.zip.read_bytes()
    board.commit({"source/two.md": source("Two", TWO_ALONE)}, "Change")
    whole = [sys.executable, "-m", "tests.pipeline.killing", "1", what, "--root", str(board.root), "pack"]
    command, paths = [*whole, "--meeting", MEETING, "--jobs", "1"], {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=paths, capture_output=True, check=False)
    assert done.returncode < 0
    assert board.zip.read_bytes() == old
    assert board.pack() == 0
    assert board.zip.read_bytes() != old


def test_a_folder_that_cannot_be_written_to_is_told(board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is half there."""
    board.write_raw("build/pack", b"a file where the folder would be")
    assert "cannot write" in told(board, capsys, "--meeting", MEETING)


def test_without_git_there_is_nothing_to_decide_on(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """What is decided on must be committed."""
    repository.write("one", "1. Staff must.\n")
    assert repository.run("pack", "--meeting", MEETING, "--body", "headteacher", "--until", "2026-01-01") == 2
    assert "git" in capsys.readouterr().err
