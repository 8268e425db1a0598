"""`policytool import`, as a school administrator uses it."""

from __future__ import annotations

import pytest

from tests.history import Git, school
from tests.parse.word_files import changed, p, r, word_file
from tests.repository import Repository, repository

__all__ = ["repository", "school"]

OLD = b"Lettings Policy\n\nLast reviewed: September 2023\n\n1. Aims\n\n1.1 Halls may be let.\n"


def test_a_document_becomes_a_policy_and_is_reported(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the line of what was recognised."""
    old = repository.write_raw("old.txt", OLD)
    assert repository.run("import", str(old)) == 0
    out = capsys.readouterr().out
    assert "old.txt:3: recognised: the last review, of the title block: Last reviewed: September 2023" in out
    assert "policytool record lettings annual --held 2023-09" in out
    assert "1. Halls may be let." in (repository.root / "source/lettings.md").read_text()
    assert not (repository.root / "reviews").exists()


def test_nothing_is_written_over_without_force(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """The same document again changes nothing; another is refused."""
    old = repository.write_raw("old.txt", OLD)
    repository.run("import", str(old))
    assert repository.run("import", str(old)) == 0
    assert "says this already" in capsys.readouterr().out
    old.write_bytes(OLD + b"\n1.2 Not on Sundays.\n")
    assert repository.run("import", str(old)) == 2
    assert "--force writes over it" in capsys.readouterr().err
    assert repository.run("import", str(old), "--force") == 0
    assert "Sundays" in (repository.root / "source/lettings.md").read_text()


def test_a_dry_run_writes_nothing(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """And shows the text."""
    old = repository.write_raw("old.txt", OLD)
    assert repository.run("import", str(old), "--as", "halls", "--dry-run") == 0
    assert "would write source/halls.md\n---\ntitle: Lettings Policy" in capsys.readouterr().out
    assert not (repository.root / "source").exists()


def test_a_date_is_recorded_only_when_it_is_said_of_what_and_by_whom(school: Git) -> None:
    """With the document as evidence, once the text is committed, and once only."""
    old = school.write_raw("old.txt", OLD)
    how = ("import", str(old), "--cycle", "governors", "--by", "governing-board")
    assert school.run(*how) == 1
    assert not (school.root / "reviews/lettings").exists()
    school.commit({}, "Import")
    assert [school.run(*how), school.run(*how)] == [0, 0]
    record = (school.root / "reviews/lettings/2023-09-governors.yaml").read_text()
    assert "evidence: title block of old.txt, SHA-256 " in record.replace('"', "")
    assert school.run("import", str(old), "--cycle", "governors") == 2


def _changed() -> bytes:
    """A Word file in which somebody has tracked a change."""
    words = r("Halls may be ") + changed("del", r("let", tag="delText")) + changed("ins", r("hired")) + r(".")
    return word_file(p("Lettings Policy", "Titel") + p("1. Aims", "berschrift1") + p(words))


def test_tracked_changes_are_accepted_or_rejected(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """And the report says which of the two."""
    old = repository.write_raw("old.docx", _changed())
    text = repository.root / "source/lettings.md"
    assert repository.run("import", str(old)) == 0
    assert "Halls may be hired." in text.read_text()
    assert "tracked changes were accepted: 1 insertions, 1 deletions" in capsys.readouterr().out
    assert repository.run("import", str(old), "--reject-changes", "--force") == 0
    assert "Halls may be let." in text.read_text()
    assert "tracked changes were rejected" in capsys.readouterr().out
    assert repository.run("import", str(old), "--reject-changes", "--keep-changes") == 2


def test_both_versions_of_a_file_with_tracked_changes_can_be_kept(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """The report tells the command that shows what changed, and it works."""
    old = repository.write_raw("old.docx", _changed())
    assert repository.run("import", str(old), "--keep-changes") == 0
    before, after = "build/imported/lettings-before.md", "source/lettings.md"
    assert f"policytool diff {before} {after}" in capsys.readouterr().out
    assert "Halls may be let." in (repository.root / before).read_text()
    assert "Halls may be hired." in (repository.root / after).read_text()
    assert repository.run("diff", str(repository.root / before), str(repository.root / after)) == 1
    told = capsys.readouterr().out
    assert "hired" in told
    assert "let" in told


def test_a_file_without_tracked_changes_has_one_version(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is kept beside it."""
    old = repository.write_raw("old.docx", word_file(p("Lettings Policy", "Titel") + p("Halls may be let.")))
    assert repository.run("import", str(old), "--keep-changes") == 0
    assert "no tracked change alters its text" in capsys.readouterr().err
    assert not (repository.root / "build").exists()


def test_policies_that_are_not_known_are_told_as_entries_of_the_settings(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once they are entered, their names are references."""
    old = repository.write_raw("old.txt", b"Lettings Policy\n\n1. Aims\n\n1.1 See the Travel and Bullying Policies.\n")
    assert repository.run("import", str(old)) == 0
    entries = capsys.readouterr().out.partition("elsewhere:\n")[2].partition("Import again")[0]
    assert entries == '  bullying: {title: "Bullying Policy"}\n  travel: {title: "Travel Policy"}\n'
    settings = repository.root / "policytool.yaml"
    before = settings.read_text("utf-8")
    settings.write_text(f"{before}{entries}", "utf-8")
    assert repository.run("import", str(old), "--force") == 2
    assert "policytool.yaml has errors" in capsys.readouterr().err
    settings.write_text(before.replace("elsewhere:\n", f"elsewhere:\n{entries}"), "utf-8")
    assert repository.run("import", str(old), "--force") == 0
    text = (repository.root / "source" / "lettings.md").read_text()
    assert "[Travel](travel.md) and [Bullying Policies](bullying.md)" in text
