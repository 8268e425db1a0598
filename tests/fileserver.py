"""A plain file server, as a school's web host is one: a folder over HTTP on this machine, and nothing clever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any


class _Host(SimpleHTTPRequestHandler):
    """Serves files below a path, and keeps what it did to itself."""

    def __init__(self, *given: Any, below: str, **options: Any) -> None:
        self.below = below
        super().__init__(*given, **options)

    def translate_path(self, path: str) -> str:
        """The file of a path."""
        found = path.removeprefix(self.below)
        return super().translate_path("/" + found) if found != path else ""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The page for what is missing, where the folder has one, as GitHub Pages shows it."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.read_bytes())

    def log_message(self, format: str, *given: object) -> None:  # noqa: A002  # so it is called above
        """Say nothing."""


@contextmanager
def serving(folder: Path, below: str = "/") -> Iterator[str]:
    """Serves a folder meanwhile, on a port that is free; gives its address, with a slash at the end."""
    host = partial(_Host, directory=str(folder), below=below)
    with ThreadingHTTPServer(("127.0.0.1", 0), host) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{below}"
        finally:
            server.shutdown()
            thread.join()
