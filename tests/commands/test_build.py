"""`policytool build`, as an administrator runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import html_words, pdf_words, word_numbers
from tests.history import Git, school, text
from tests.repository import Repository
from tests.reviewed import CHANGED, GOVERNORS, School, reviewed

__all__ = ["reviewed", "school"]

GOOD = "# One\n\n1. Staff must be kind. {#kind}\n2. See [](#kind).\n"
BAD = "# One\n\n1. Staff must see [](#nowhere).\n"


def test_three_formats_are_built(repository: Repository) -> None:
    """Each begins as its format does."""
    repository.write("one", GOOD)
    assert repository.run("build") == 0
    assert repository.built() == ["one.docx", "one.html", "one.pdf"]
    starts = [(repository.root / "build" / name).read_bytes()[:5] for name in repository.built()]
    assert starts == [b"PK\x03\x04\x14", b"<!DOC", b"%PDF-"]


def test_formats_can_be_chosen(repository: Repository) -> None:
    """As a comma list, anywhere."""
    repository.write("one", GOOD)
    assert repository.run("build", "--to", "HTML, pdf", "--out", str(repository.root / "elsewhere")) == 0
    assert sorted(path.name for path in (repository.root / "elsewhere").iterdir()) == ["one.html", "one.pdf"]
    assert repository.run("build", "--to", "odt") == 2


def test_a_policy_with_errors_is_left_out_and_the_others_are_built(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1 tells that one is missing."""
    repository.write("good", GOOD)
    repository.write("bad", BAD)
    assert repository.run("build", "--to", "html") == 1
    assert repository.built() == ["good.html"]
    assert "bad was left out: it has errors" in capsys.readouterr().err


def test_nothing_built_exits_with_2(repository: Repository) -> None:
    """Could not do it at all."""
    repository.write("bad", BAD)
    assert repository.run("build", "--to", "html") == 2
    assert repository.built() == []


def test_a_draft_is_built_with_errors_and_says_so(repository: Repository) -> None:
    """The lost reference prints as its source."""
    repository.write("bad", BAD)
    assert repository.run("build", "--draft") == 0
    page = (repository.root / "build" / "bad.html").read_text("utf-8")
    assert "DRAFT" in page
    assert "[#nowhere]" in page


def test_errors_in_the_settings_concern_every_policy(repository: Repository) -> None:
    """A role's title would be missing from each."""
    repository.write("one", GOOD)
    repository.write_raw("policytool.yaml", b"organisation: {name: X}\nroels: {}\n")
    assert repository.run("build", "--to", "html") == 2


def test_two_files_of_one_id_are_both_left_out(repository: Repository) -> None:
    """Nobody can know which is meant."""
    repository.write("one", GOOD)
    repository.write("staff/one", GOOD)
    repository.write("two", GOOD)
    assert repository.run("build", "--to", "html") == 1
    assert repository.built() == ["two.html"]


def test_a_withdrawn_policy_is_built_only_when_named(repository: Repository) -> None:
    """It stays in history, and out of the library."""
    repository.write("one", GOOD)
    text = repository.write("old", GOOD).read_text("utf-8")
    repository.write_raw("source/old.md", text.replace("kind: policy", "kind: policy\nwithdrawn: 2025-07-01").encode())
    assert repository.run("build", "--to", "html") == 0
    assert repository.built() == ["one.html"]
    assert repository.run("build", "--to", "html", "old") == 0
    assert repository.built() == ["old.html", "one.html"]


def test_a_dry_run_writes_nothing(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """And tells what would be written."""
    repository.write("one", GOOD)
    assert repository.run("build", "--dry-run") == 0
    assert repository.built() == []
    assert "1 policy built, 3 files would be written to" in capsys.readouterr().err


def test_the_same_sources_give_the_same_bytes_in_another_process(repository: Repository) -> None:
    """Another hash seed, another time zone, another folder."""
    repository.write("one", GOOD)
    bytes_of = []
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        out = repository.root / f"out{seed}"
        command = [sys.executable, "-m", "policytool", "--root", str(repository.root), "build", "--out", str(out)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}, capture_output=True)
        bytes_of.append([path.read_bytes() for path in sorted(out.iterdir())])
    assert bytes_of[0] == bytes_of[1]


def test_an_unwritable_folder_is_told_and_nothing_is_lost(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file stands where the folder should be."""
    repository.write("one", GOOD)
    (repository.root / "build").write_text("mine")
    assert repository.run("build", "--to", "html") == 2
    assert "cannot write" in capsys.readouterr().err
    assert (repository.root / "build").read_text() == "mine"


def test_a_character_that_no_font_has_leaves_that_policy_out(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names it; the others are built."""
    repository.write("good", GOOD)
    repository.write("odd", "# One\n\n1. A smile: \N{GRINNING FACE}\n")
    assert repository.run("build", "--to", "pdf") == 1
    assert repository.built() == ["good.pdf"]
    assert "grinning face" in capsys.readouterr().err


def test_an_empty_library_is_told(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """With what to do."""
    assert repository.run("build") == 2
    assert "there is no policy to build" in capsys.readouterr().err


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "\"#set page()\" & 'x'", "../../etc/passwd", "é ج"])
def test_a_title_is_words_and_nothing_else(repository: Repository, title: str) -> None:
    """Not a tag, not a path, not Typst."""
    quoted = '"' + title.replace('"', '\\"') + '"'
    repository.write("one", GOOD, title=quoted)
    assert repository.run("build") == 0
    assert repository.built() == ["one.docx", "one.html", "one.pdf"]


def test_the_working_folder_does_not_matter(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --root it is found from any folder below it."""
    from policytool.cli import run

    repository.write("one", GOOD)
    monkeypatch.chdir(repository.root / "source")
    assert run(["build", "--to", "html"]) == 0
    assert repository.built() == ["one.html"]
    monkeypatch.chdir(tmp_path)
    assert run(["build"]) == 2


def test_any_version_is_built_as_from_its_checkout(school: Git, tmp_path: Path) -> None:
    """Byte for byte, whatever stands on the disk today."""
    school.commit({"source/two.md": text("1. See [](one.md).\n", "Two"), "source/old.md": text(title="Old")}, "Second")
    school.commit({"source/one.md": text("1. New.\n"), "source/old.md": None}, "Third")
    school.write("one", "1. Not committed.\n")
    checkout = school.clone(tmp_path / "checkout")
    checkout.git("checkout", "-q", "HEAD~1")
    assert checkout.run("build", "--out", str(tmp_path / "expected")) == 0
    assert school.run("build", "--at", "HEAD~1") == 0
    assert school.built() == [f"{name}.{end}" for name in ("old", "one", "two") for end in ("docx", "html", "pdf")]
    for path in (tmp_path / "expected").iterdir():
        assert (school.root / "build" / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_version_that_is_not_there_is_told(school: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """And so is a policy that it does not hold; nothing is an option of git."""
    school.commit({"source/two.md": text(title="Two")})
    for arguments, message in (
        (("--at", "nowhere"), "there is no version `nowhere`"),
        (("--at", "--output=stolen"), "there is no version `--output=stolen`"),
        (("--at", "approved", "one"), "no wording of one has been approved yet"),
        (("--at", "@2024-01-01", "two"), "`two` is not in the library at commit"),
    ):
        assert school.run("build", *arguments) == 2
        assert message in capsys.readouterr().err
    assert school.built() == []
    assert not (school.root / "stolen").exists()


def test_a_policy_of_a_version_is_named_as_it_is_today(school: Git) -> None:
    """A renamed file is followed, and built under the name it had."""
    school.commit({"source/one.md": None, "source/first.md": text()})
    assert school.run("build", "--at", "HEAD~1", "--to", "html", "first") == 0
    assert school.built() == ["one.html"]


def test_errors_of_a_version_are_built_as_a_draft(school: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """They can no longer be mended."""
    school.commit({"source/one.md": text(BAD), "source/two.md": b"\xff"})
    assert school.run("build", "--at", "HEAD", "--to", "html") == 2
    err = capsys.readouterr().err
    assert "one was left out: it has errors" in err
    assert "help: build that version with --draft" in err
    assert school.run("build", "--at", "HEAD", "--to", "html", "--draft", "one", "two") == 1
    assert school.built() == ["one.html"]


def test_the_working_text_can_be_named(repository: Repository) -> None:
    """It needs no git."""
    repository.write("one", GOOD)
    assert repository.run("build", "--at", "working", "--to", "html") == 0
    assert repository.built() == ["one.html"]


# Review dates


def printed(school: School, policy: str = "one") -> set[str]:
    """What all three formats print before the text: the title block, and the notice over it; each must say the same."""
    build = school.root / "build"
    word, page, pdf = ((build / f"{policy}.{form}").read_bytes() for form in ("docx", "html", "pdf"))
    return {
        " ".join([*word_numbers.cover_words(word), *word_numbers.notice_words(word)]),
        " ".join([*html_words.cover_words(page), *html_words.notice_words(page)]),
        " ".join(pdf_words.cover_words(pdf)),
    }


def test_review_dates_are_printed_over_the_approved_wording_alone(reviewed: School) -> None:
    """In all three formats, derived from records; over any other wording it says that it is a draft."""
    reviewed.review("governors", "2023-09-14")
    reviewed.review("annual", "2023-11", outcome="no-change")
    assert reviewed.run("build") == 0
    for words in printed(reviewed):
        assert "Last reviewed November 2023 Date for review November 2024" in words
        assert "Draft" not in words
    reviewed.commit({"source/one.md": CHANGED})
    assert reviewed.run("build") == 0
    for words in printed(reviewed):
        assert "Draft: changed since the wording approved in September 2023" in words
        assert "2024" not in words


def test_what_was_never_approved_says_so(reviewed: School) -> None:
    """A headteacher’s review moves a date and approves nothing."""
    reviewed.review("annual", "2023-11")
    assert reviewed.run("build") == 0
    for words in printed(reviewed):
        assert "Draft: not approved yet" in words
        assert "2023" not in words


@pytest.mark.parametrize("version", ["approved", "governors:2023-09-14", "2023-09-14", "annual:2023-09", "HEAD~1"])
def test_the_approved_wording_is_built_by_each_of_its_names(reviewed: School, version: str) -> None:
    """The same bytes, whatever stands on the disk today."""
    reviewed.review("governors", "2023-09-14")
    reviewed.review("annual", "2023-09", outcome="no-change")
    assert reviewed.run("build", "--out", str(reviewed.root / "expected")) == 0
    reviewed.commit({"source/one.md": CHANGED})
    assert reviewed.run("build", "--at", version, "one") == 0
    for path in (reviewed.root / "expected").iterdir():
        assert (reviewed.root / "build" / path.name).read_bytes() == path.read_bytes(), path.name


def test_all_approved_wordings_are_built(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """What was never approved is in no library of them; a review is of one policy."""
    reviewed.review("governors", "2023-09-14")
    reviewed.commit({"source/two.md": CHANGED.replace("A Policy", "Two")})
    assert reviewed.run("build", "--to", "html", "--at", "approved") == 0
    assert reviewed.built() == ["one.html"]
    assert reviewed.run("build", "--to", "html", "--at", "approved", "one", "two") == 2
    assert "`two` is not in the library at the approved wordings" in capsys.readouterr().err
    assert reviewed.run("build", "--to", "html", "--at", "governors:2023-09-14") == 2
    assert "is a review of one policy" in capsys.readouterr().err


def test_a_policy_with_broken_records_is_left_out(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Its dates would be wrong; as a draft it is built, and the others are built anyway."""
    reviewed.commit({"source/two.md": CHANGED.replace("A Policy", "Two")})
    reviewed.write_text(GOVERNORS, "record: review\npolicy: one\n")
    assert reviewed.run("build", "--to", "html") == 1
    assert reviewed.built() == ["two.html"]
    assert "one was left out: its records have errors, and its dates would be wrong" in capsys.readouterr().err
    assert reviewed.run("build", "--to", "html", "one", "--draft") == 0
    assert reviewed.built() == ["one.html", "two.html"]


def test_the_day_of_the_build_is_in_no_document(reviewed: School) -> None:
    """What is overdue prints as what is not."""
    reviewed.review("governors", "2023-09-14")
    bytes_of = []
    for day in ("2023-12-01", "2099-01-01"):
        assert reviewed.run("--today", day, "build") == 0
        bytes_of.append([(reviewed.root / "build" / name).read_bytes() for name in reviewed.built()])
    assert bytes_of[0] == bytes_of[1]
