"""`policytool init`, as a newcomer runs it."""

from __future__ import annotations

from pathlib import Path

import git
import pytest

from policytool.cli import run


def test_what_is_laid_out_checks_and_builds(tmp_path: Path) -> None:
    """Strictly: no finding of any level."""
    folder = tmp_path / "policies"
    assert run(["init", str(folder), "--name", 'St Anne’s: Church of England #1 "Primary" School']) == 0
    assert run(["--root", str(folder), "check", "--strict"]) == 0
    assert run(["--root", str(folder), "build"]) == 0
    assert sorted(path.name for path in (folder / "build").iterdir() if path.is_file()) == [
        "README.md",
        "visitors.docx",
        "visitors.html",
        "visitors.pdf",
    ]
    page = (folder / "build" / "visitors.html").read_text("utf-8")
    assert "St Anne’s: Church of England #1 &#34;Primary&#34; School" in page


def test_it_is_a_git_repository_that_ignores_people_and_what_is_built(tmp_path: Path) -> None:
    """Names and addresses are never committed."""
    folder = tmp_path / "policies"
    run(["init", str(folder)])
    (folder / "people.yaml").touch()
    (folder / "build" / "visitors.pdf").touch()
    with git.Repo(folder) as repository:
        assert "people.yaml" not in repository.untracked_files
        assert [path for path in repository.untracked_files if path.startswith("build/")] == ["build/README.md"]
        assert repository.active_branch.name == "main"


def test_inside_a_git_repository_none_is_made(tmp_path: Path) -> None:
    """A folder of a larger repository is one already."""
    git.Repo.init(tmp_path).close()
    run(["init", str(tmp_path / "policies")])
    assert not (tmp_path / "policies" / ".git").exists()


def test_a_file_that_stands_there_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And it says so."""
    (tmp_path / "README.md").write_text("mine")
    assert run(["init", str(tmp_path)]) == 0
    assert (tmp_path / "README.md").read_text() == "mine"
    assert "left alone: README.md" in capsys.readouterr().out


def test_a_repository_of_policies_is_not_begun_twice(tmp_path: Path) -> None:
    """Settings would be lost."""
    run(["init", str(tmp_path)])
    assert run(["init", str(tmp_path)]) == 2


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not even the folder."""
    assert run(["init", str(tmp_path / "policies"), "--dry-run"]) == 0
    assert not (tmp_path / "policies").exists()
    assert "would write source/visitors.md" in capsys.readouterr().out
