"""The pages of a live site: made when asked for, remembered until something changes, in words where they cannot be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from policytool.model.site import MISSING as NOT_FOUND
from policytool.model.site import Frame
from policytool.model.unable import UnableError
from policytool.portal.live import Live
from policytool.portal.maker import Maker

MADE, MISSING, FAILED = 200, 404, 500
_ROOM = 200_000_000
"""Bytes that are remembered at most: a thousand policies, all looked at, would be more."""
_BARE = Frame("", is_live=True)
"""What stands round the pages that tell of trouble where the settings could never be read."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is sent: its path, which tells what kind of file it is, its bytes, and how it went, as a status of HTTP."""

    path: str
    content: bytes
    status: int = MADE

    @property
    def mark(self) -> str:
        """A name for these bytes."""
        return sha256(self.content).hexdigest()[:16]


class Pages:
    """The pages of a site, and what is wrong where one cannot be made."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._maker = Maker()
        self._kept: dict[str, Page] = {}
        self._size = 0
        self._trouble: Exception | None = None

    async def page(self, path: str) -> Page:
        """What stands at a path: where nothing does, or where it cannot be made, a page that says so."""
        kept = self._kept.get(path)
        return kept if kept is not None else await self._maker.do(partial(self._made, path))

    async def changed(self, paths: Collection[str]) -> None:
        """Have all that is asked for from now on made of what stands on the disk now."""
        await self._maker.do(partial(self._forget, paths))

    def _made(self, path: str) -> Page:
        page = self._kept.get(path) or self._tried(path)
        if page.status == MADE and path not in self._kept:
            self._keep(page)
        return page

    def _tried(self, path: str) -> Page:
        if self._trouble is not None:
            return self._failed(path, self._trouble)
        try:
            found = self._live.page(path)
            none = self._live.page(NOT_FOUND) if found is None else None
        except Exception as error:  # noqa: BLE001  # whatever it is, the page says it and the next one is served
            return self._failed(path, error)
        if found is not None:
            return Page(path, found.content)
        return self._fetched().get(path) or Page(NOT_FOUND, none.content if none else b"", MISSING)

    def _failed(self, path: str, error: Exception) -> Page:
        """What the page that tells of it fetches, or that page."""
        return self._fetched().get(path) or _failed(path, error, self._frame)

    def _fetched(self) -> dict[str, Page]:
        """The style sheet and the scripts of the pages that tell of trouble."""
        from policytool.render.site.assets import assets  # where there is trouble

        return {one.path: Page(one.path, one.content) for one in assets(self._frame)}

    @property
    def _frame(self) -> Frame:
        return self._live.frame() or _BARE

    def _keep(self, page: Page) -> None:
        if self._size + len(page.content) > _ROOM:
            self._empty()
        self._kept[page.path] = page
        self._size += len(page.content)

    def _forget(self, paths: Collection[str]) -> None:
        """What the site cannot take in now is told by its pages, not shown as it was before."""
        self._trouble = None
        try:
            self._live.changed(paths)
        except Exception as error:  # noqa: BLE001  # the same
            self._trouble = error
        self._empty()

    def _empty(self) -> None:
        self._kept.clear()
        self._size = 0


def _failed(path: str, error: Exception, frame: Frame) -> Page:
    from policytool.render.site.trouble import trouble_page  # where there is trouble

    words, advice = f"policytool failed ({type(error).__name__}: {error})", "Please report it."
    if isinstance(error, UnableError):
        words, advice = str(error), error.advice
    return Page(NOT_FOUND, trouble_page(frame, path, words, advice), FAILED)
