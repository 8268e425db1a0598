"""A plain file server, as a school's web host is one: a folder over HTTP on this machine, and nothing clever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files, and keeps what it did to itself."""

    def log_message(self, format: str, *given: object) -> None:  # noqa: A002  # so it is called above
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serves a folder meanwhile, on a port that is free; gives its address, with a slash at the end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
