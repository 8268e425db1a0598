"""A site, a repository and a port -> a server that runs until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn

from policytool.portal.answers import Answers
from policytool.portal.feed import Feed
from policytool.portal.listening import port_of
from policytool.portal.live import Live
from policytool.portal.pages import Pages
from policytool.store.watched import Watched

_PATIENCE = 1
"""Seconds that a page in the making is waited for at the end."""


class Portal:
    """A site shown to this machine; what changes below `root` is shown at once."""

    def __init__(self, live: Live, root: Path, listening: socket.socket) -> None:
        self._pages, self._feed = Pages(live), Feed()
        self._root, self._listening = root, listening
        self._server = _Server(Answers(self._pages, self._feed, port_of(listening)), self._feed)

    def run(self, ready: Callable[[], None], note: Callable[[str], None]) -> None:
        """Show it until Ctrl-C or asked to end. `ready` is called when it is shown, `note` with what changed."""
        self._server.ready = ready
        asyncio.run(self._run(note))

    def stop(self) -> None:
        """Ask it to end, from whatever thread."""
        self._server.should_exit = True

    async def _run(self, note: Callable[[str], None]) -> None:
        async def changed(paths: Collection[str]) -> None:
            await self._pages.changed(paths)
            self._feed.tell()
            with suppress(OSError):  # nobody reads the terminal
                note(f"{_told(paths)} changed")

        async with Watched(self._root, changed):
            await self._server.serve([self._listening])


def _told(paths: Collection[str]) -> str:
    first, *others = sorted(paths)
    return f"{first} and {len(others)} more" if others else first


class _Server(uvicorn.Server):
    """A server that ends the streams of events before it waits for what is open, and for which to stop is no error."""

    ready: Callable[[], None]

    def __init__(self, answers: Answers, feed: Feed) -> None:
        super().__init__(
            uvicorn.Config(
                answers,
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                log_level="critical",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_PATIENCE,
            )
        )
        self._feed = feed

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, and say so."""
        await super().startup(sockets)
        self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        self._feed.end()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take Ctrl-C and the request to end for what they are, and give neither on."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, what in before.items():
                signal.signal(one, what)
