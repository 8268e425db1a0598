"""Who waits to hear of changes, and what they are told (Server-Sent Events, WHATWG HTML 9.2)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

CHANGED, STILL_HERE = b"event: changed\ndata: .\n\n", b":\n\n"
BEGIN = b"retry: 500\n\n"
HEARTBEAT = 15.0
"""Seconds after which a word is sent that nobody reads, so that what stands between does not think us gone."""


class Feed:
    """All streams that are open."""

    def __init__(self) -> None:
        self._open: set[asyncio.Queue[bytes]] = set()
        self._is_over = False

    def __len__(self) -> int:
        return len(self._open)

    def tell(self) -> None:
        """Something has changed."""
        self._send(CHANGED)

    def end(self) -> None:
        """End all streams, those too that are still to come."""
        self._is_over = True
        self._send(b"")

    async def stream(self) -> AsyncIterator[bytes]:
        """What one listener is sent, until the end or until it goes away."""
        mine: asyncio.Queue[bytes] = asyncio.Queue()
        self._open.add(mine)
        try:
            said = BEGIN
            while said and not self._is_over:
                yield said
                said = await _next(mine)
        finally:
            self._open.discard(mine)

    def _send(self, said: bytes) -> None:
        for one in self._open:
            one.put_nowait(said)


async def _next(queue: asyncio.Queue[bytes]) -> bytes:
    try:
        return await asyncio.wait_for(queue.get(), HEARTBEAT)
    except TimeoutError:
        return STILL_HERE
