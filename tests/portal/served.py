"""A portal at a real port, in a thread of its own, with a site that a test writes down."""

from __future__ import annotations

import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Event, Thread

from policytool.model.artifact import Artifact
from policytool.model.site import Frame
from policytool.portal.listening import address, listen, port_of
from policytool.portal.live import Live
from policytool.portal.server import Portal

PATIENCE = 20.0
"""Seconds that a slow machine is given."""


@dataclass
class Written:
    """A site that is written down: its files, or what happens to who asks for them; what it was asked and told."""

    files: dict[str, bytes | Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    refuses: Exception | None = None
    framed: Frame | None = None

    def page(self, path: str) -> Artifact | None:
        """The file that was written down."""
        self.asked.append(path)
        found = self.files.get(path)
        if isinstance(found, Exception):
            raise found
        return Artifact(path, found) if found is not None else None

    def frame(self) -> Frame | None:
        """The one that was written down."""
        return self.framed

    def changed(self, paths: Collection[str]) -> None:
        """Noted."""
        self.told += sorted(paths)
        if self.refuses is not None:
            raise self.refuses


@dataclass
class Served:
    """Where a portal answers, and the lines that it noted."""

    address: str
    port: int
    notes: list[str]

    def ask(self, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
        """The answer to a request, whose body is read."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Connection": "close", **names})
        return connection.getresponse()

    def raw(self, *lines: str) -> bytes:
        """All that comes back for a request written by hand."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as wire:
            wire.sendall("".join(f"{line}\r\n" for line in (*lines, "Connection: close", "")).encode("latin-1"))
            return b"".join(iter(lambda: wire.recv(65536), b""))

    @contextmanager
    def stream(self) -> Iterator[HTTPResponse]:
        """The stream of changes, of which its first line was read."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/_changes")
        answer = connection.getresponse()
        assert answer.readline() == b"retry: 500\n"
        yield answer
        connection.close()


@contextmanager
def served(live: Live, root: Path, port: int = 0) -> Iterator[Served]:
    """A portal that shows a site while the repository at `root` is watched."""
    listening = listen(port)
    notes: list[str] = []
    began = Event()
    portal = Portal(live, root, listening)
    thread = Thread(target=portal.run, args=(began.set, notes.append))
    thread.start()
    try:
        assert began.wait(PATIENCE)
        yield Served(address(listening), port_of(listening), notes)
    finally:
        portal.stop()
        thread.join(PATIENCE)
        listening.close()
        assert not thread.is_alive()
