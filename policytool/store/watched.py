"""A repository -> what changes below it, as it changes."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from pathlib import Path, PurePosixPath

from watchfiles import awatch

from policytool.store.files import SETTINGS, SOURCE

_MADE = frozenset(("build", "dist", "node_modules"))
_OURS = frozenset((SOURCE, "reviews", SETTINGS))
_OF_A_STYLE = frozenset(("", ".docx", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf"))
"""Endings of templates, crests and fonts, wherever they stand; folders have none."""
_STEP, _MOST = 10, 100
"""Milliseconds: so long nothing more has changed when a change is told; so long it is kept back at most."""


class Watched:
    """Changes below a folder, told while it is watched.

    Paths are relative, with forward slashes. Hidden files, editors' copies and what is made (`build/`) are passed over.
    The folders at the top are watched one by one, because some that stand there are large and not ours.
    """

    def __init__(self, root: Path, changed: Callable[[Collection[str]], Awaitable[None]]) -> None:
        self._base = Path(os.path.realpath(root))
        self._changed = changed
        self._folders = _folders(self._base)

    async def __aenter__(self) -> None:
        """Files and folders that are written, moved or removed from now on are told."""
        self._deep = asyncio.create_task(self._tell_below())
        self._top = asyncio.create_task(self._tell_at_the_top())
        await asyncio.sleep(0)  # with its first step each watches

    async def __aexit__(self, *_raised: object) -> None:
        """No longer."""
        self._top.cancel()
        self._deep.cancel()

    async def _tell_at_the_top(self) -> None:
        async for paths in _changes(self._base, [self._base], is_deep=False):
            if self._folders != (folders := _folders(self._base)):
                self._folders = folders
                self._deep.cancel()
                self._deep = asyncio.create_task(self._tell_below())
                await asyncio.sleep(0)  # it watches before this is told, so that nothing goes in unseen
            await self._changed(paths)

    async def _tell_below(self) -> None:
        if self._folders:
            async for paths in _changes(self._base, self._folders, is_deep=True):
                await self._changed(paths)


async def _changes(base: Path, folders: Collection[Path], *, is_deep: bool) -> AsyncIterator[Collection[str]]:
    """Where the system cannot tell of changes (too many folders, a drive of the network) they are looked for."""
    try:
        async for paths in _told(base, folders, is_deep=is_deep, is_polling=None):
            yield paths
    except FileNotFoundError:
        return
    except (OSError, RuntimeError):
        async for paths in _told(base, folders, is_deep=is_deep, is_polling=True):
            yield paths


async def _told(
    base: Path, folders: Collection[Path], *, is_deep: bool, is_polling: bool | None
) -> AsyncIterator[Collection[str]]:
    """Sets of paths that count; `is_polling` is None where the system is to say."""
    async for found in awatch(
        *folders,
        watch_filter=None,
        debounce=_MOST,
        step=_STEP,
        recursive=is_deep,
        force_polling=is_polling,
        ignore_permission_denied=True,
    ):
        paths = {Path(path).relative_to(base).as_posix() for _kind, path in found}
        if counted := {path for path in paths if _counts(path)}:
            yield counted


def _folders(base: Path) -> tuple[Path, ...]:
    """The folders at the top that are watched."""
    names = sorted(entry.name for entry in os.scandir(base) if entry.is_dir(follow_symlinks=False))
    return tuple(base / name for name in names if _counts(name))


def _counts(path: str) -> bool:
    """Whether a change here may change a page: of sources, records, settings, and what a house style may be made of."""
    names = path.split("/")
    if names[0] in _MADE or any(name.startswith(".") for name in names) or path.endswith("~"):
        return False
    return names[0] in _OURS or PurePosixPath(path).suffix.lower() in _OF_A_STYLE
