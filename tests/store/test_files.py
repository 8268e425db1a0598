"""Files are found, read, and written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from policytool.model.artifact import Artifact
from policytool.model.unable import UnableError
from policytool.store import files


def test_the_root_is_found_from_a_folder_below_it(tmp_path: Path) -> None:
    """As git does."""
    (tmp_path / "policytool.yaml").touch()
    below = tmp_path / "source" / "staff"
    below.mkdir(parents=True)
    assert files.find_root(below) == tmp_path


def test_no_settings_anywhere_above_is_told(tmp_path: Path) -> None:
    """With what to do."""
    with pytest.raises(UnableError, match=r"no policytool\.yaml") as caught:
        files.find_root(tmp_path)
    assert "policytool init" in caught.value.advice


def test_sources_are_found_in_folders_and_hidden_ones_are_not(tmp_path: Path) -> None:
    """Folders below source/ are free."""
    for name in ("b.md", "staff/a.md", ".hidden.md", ".git/x.md", "notes.txt", "upper.MD"):
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    assert [source.path for source in files.sources(tmp_path)] == ["source/b.md", "source/staff/a.md"]


def test_a_link_out_of_the_repository_is_not_followed(tmp_path: Path) -> None:
    """Its content is never read."""
    outside = tmp_path / "secret.md"
    outside.write_text("secret")
    source = tmp_path / "repository" / "source"
    source.mkdir(parents=True)
    (source / "a.md").symlink_to(outside)
    [found] = files.sources(tmp_path / "repository")
    assert found.outside
    assert found.content == b""


def test_a_linked_folder_is_not_walked_into(tmp_path: Path) -> None:
    """Neither for policies outside nor for endless loops."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "loop").symlink_to(source, target_is_directory=True)
    (source / "a.md").write_text("x")
    sound, link = files.sources(tmp_path)
    assert (sound.path, sound.content) == ("source/a.md", b"x")
    assert (link.path, link.problem) == ("source/loop", "a link to a folder is not followed")


def test_a_linked_folder_outside_is_told_of(tmp_path: Path) -> None:
    """Its policies would silently be missing."""
    source = tmp_path / "repository" / "source"
    source.mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (source / "staff").symlink_to(tmp_path / "other", target_is_directory=True)
    [link] = files.sources(tmp_path / "repository")
    assert (link.path, link.outside) == ("source/staff", True)


def test_a_link_that_leads_nowhere_is_a_problem_of_that_file_alone(tmp_path: Path) -> None:
    """The others are read."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.md").symlink_to(source / "gone.md")
    (source / "b.md").write_text("x")
    problem, sound = files.sources(tmp_path)
    assert problem.problem == "no such file or directory"
    assert sound.content == b"x"


def test_no_more_than_five_megabytes_are_read(tmp_path: Path) -> None:
    """One byte more tells that there are more."""
    path = tmp_path / "large"
    path.write_bytes(b"x" * 6_000_000)
    assert len(files.read(path)) == 5_000_001


def test_an_artifact_replaces_the_old_file_in_one_step(tmp_path: Path) -> None:
    """Somebody who has the old file open keeps the old file."""
    target = tmp_path / "out" / "a.txt"
    files.write(tmp_path / "out", [Artifact("a.txt", b"old")])
    with target.open("rb") as opened:
        files.write(tmp_path / "out", [Artifact("a.txt", b"new")])
        assert opened.read() == b"old"
    assert target.read_bytes() == b"new"
    assert [path.name for path in target.parent.iterdir()] == ["a.txt"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full when the data is flushed."""
    files.write(tmp_path, [Artifact("a.txt", b"old")])

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnableError, match="no space left on device"):
        files.write(tmp_path, [Artifact("a.txt", b"new")])
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("path", ["../a.txt", "x/../../a.txt", "/policytool-a.txt"])
def test_a_path_out_of_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    """Whatever a policy is called."""
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(UnableError, match="outside"):
        files.write(folder, [Artifact(path, b"x")])


def test_a_folder_that_is_a_link_out_is_refused(tmp_path: Path) -> None:
    """A link planted in build/ leads nowhere else."""
    (tmp_path / "out").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "out" / "sub").symlink_to(tmp_path / "other", target_is_directory=True)
    with pytest.raises(UnableError, match="outside"):
        files.write(tmp_path / "out", [Artifact("sub/a.txt", b"x")])


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    """In words of the operating system, with the path."""
    (tmp_path / "out").write_text("I am a file")
    with pytest.raises(UnableError, match="cannot write"):
        files.write(tmp_path / "out", [Artifact("a.txt", b"x")])


def test_a_written_file_may_be_read_as_the_umask_says(tmp_path: Path) -> None:
    """Not by its owner alone, as temporary files are."""
    before = os.umask(0o022)
    try:
        [path] = files.write(tmp_path, [Artifact("a.txt", b"x")])
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o644
