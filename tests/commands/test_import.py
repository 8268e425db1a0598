"""`policytool import`, as a school administrator uses it."""

from __future__ import annotations

import pytest

from tests.history import Git, school
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
