"""One thread that does what it is asked in turn: the event loop stays free, and nothing is made twice at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


class Maker:
    """The thread. It dies with the program, in the middle of a page if need be: Ctrl-C waits for nobody."""

    def __init__(self) -> None:
        self._asked: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        Thread(target=self._work, name="maker", daemon=True).start()

    async def do(self, work: Callable[[], T]) -> T:
        """What some work gives, done when all that was asked for before is done; what it raises is raised here."""
        future: Future[T] = Future()
        self._asked.put((future, work))
        return await asyncio.wrap_future(future)

    def _work(self) -> None:
        while True:
            future, work = self._asked.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001  # who asked is told, and the thread lives on
                future.set_exception(error)
