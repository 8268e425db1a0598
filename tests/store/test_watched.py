"""What changes below a repository is told, and what does not count is not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
import watchfiles

from policytool.store import watched
from policytool.store.watched import Watched

PATIENCE = 20.0


def _told(root: Path, act: Callable[[], None], enough: set[str]) -> set[str]:
    """All that is told when something is done, until enough is."""

    async def run() -> set[str]:
        told: set[str] = set()
        is_enough = asyncio.Event()

        async def changed(paths: Collection[str]) -> None:
            told.update(paths)
            if enough <= told:
                is_enough.set()

        async with Watched(root, changed):
            act()
            async with asyncio.timeout(PATIENCE):
                await is_enough.wait()
            await asyncio.sleep(0.1)
        return told

    return asyncio.run(run())


def test_files_that_are_written_moved_and_removed_are_told(tmp_path: Path) -> None:
    """By their paths from the root, wherever they stand."""
    for name in ("source/deep/a.md", "source/b.md", "policytool.yaml", "reviews/a/x.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"old")

    def act() -> None:
        (tmp_path / "source/deep/a.md").write_bytes(b"new")
        (tmp_path / "source/b.md").rename(tmp_path / "source/c.md")
        (tmp_path / "reviews/a/x.yaml").unlink()
        (tmp_path / "policytool.yaml").write_bytes(b"new")

    expected = {"source/deep/a.md", "source/b.md", "source/c.md", "reviews/a/x.yaml", "policytool.yaml"}
    assert _told(tmp_path, act, expected) == expected


def test_what_is_hidden_made_or_an_editors_is_not_told(tmp_path: Path) -> None:
    """Who builds beside the server does not make the browser blink."""
    for name in ("source", "build/site", ".git", "node_modules/x", ".venv"):
        (tmp_path / name).mkdir(parents=True)

    def act() -> None:
        for name in ("build/site/x.html", ".git/index", "node_modules/x/y", ".venv/z", "source/.a.md.swp"):
            (tmp_path / name).write_bytes(b"x")
        for name in ("source/a.md~", ".hidden", "source/.a.md.0.part", "source/last.md"):
            (tmp_path / name).write_bytes(b"x")

    assert _told(tmp_path, act, {"source/last.md"}) == {"source/last.md"}


def test_folders_that_are_new_are_watched_too(tmp_path: Path) -> None:
    """At the top, and below another; also one that went and came back."""
    (tmp_path / "reviews").mkdir()

    def act() -> None:
        (tmp_path / "source/deep").mkdir(parents=True)
        (tmp_path / "reviews").rmdir()

    async def run() -> None:
        told: asyncio.Queue[Collection[str]] = asyncio.Queue()
        async with Watched(tmp_path, told.put):
            act()
            await _until(told, "source")
            (tmp_path / "source/deep/a.md").write_bytes(b"x")
            await _until(told, "source/deep/a.md")
            (tmp_path / "reviews").mkdir()
            await _until(told, "reviews")
            (tmp_path / "reviews/b.yaml").write_bytes(b"x")
            await _until(told, "reviews/b.yaml")

    asyncio.run(run())


async def _until(told: asyncio.Queue[Collection[str]], path: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while path not in await told.get():
            pass


def test_where_the_system_cannot_tell_of_changes_they_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many folders are watched on this machine: the files are looked at again and again."""
    real = watchfiles.awatch

    def full(*folders: Path, force_polling: bool | None, **how: object) -> object:
        if not force_polling:
            raise OSError(28, "no space left on device")
        return real(*folders, force_polling=force_polling, poll_delay_ms=20, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(watched, "awatch", full)
    (tmp_path / "source").mkdir()

    def act() -> None:
        (tmp_path / "source/a.md").write_bytes(b"x")

    assert "source/a.md" in _told(tmp_path, act, {"source/a.md"})
