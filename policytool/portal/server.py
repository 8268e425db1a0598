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
from policytool.store.watched import watch

_PATIENCE = 1
"""Seconds that a page in the making is waited for at the end."""


def serve(
    live: Live, root: Path, listening: socket.socket, ready: Callable[[], None], note: Callable[[str], None]
) -> None:
    """Show a site to this machine until Ctrl-C, or until asked to end; what changes below `root` is shown at once.

    `ready` is called once, when pages are served; `note` with a line that tells what changed.
    """
    asyncio.run(serving(live, root, listening, ready, note))


async def serving(
    live: Live, root: Path, listening: socket.socket, ready: Callable[[], None], note: Callable[[str], None]
) -> None:
    """The same in an event loop that runs, until cancelled or told to stop."""
    pages, feed = Pages(live), Feed()

    async def changed(paths: Collection[str]) -> None:
        await pages.changed(paths)
        feed.tell()
        with suppress(OSError):  # nobody reads the terminal
            note(f"{_told(paths)} changed")

    watching = asyncio.create_task(watch(root, changed))
    try:
        await _Server(Answers(pages, feed, port_of(listening)), feed, ready).serve([listening])
    finally:
        watching.cancel()


def _told(paths: Collection[str]) -> str:
    first, *others = sorted(paths)
    return f"{first} and {len(others)} more" if others else first


class _Server(uvicorn.Server):
    """A server that ends the streams of events before it waits for what is open, and for which to stop is no error."""

    def __init__(self, answers: Answers, feed: Feed, ready: Callable[[], None]) -> None:
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
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, and say so."""
        await super().startup(sockets)
        self._ready()

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
