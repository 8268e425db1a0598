"""Whom the portal answers, and what each answer says of itself.

A page of any other site may send a browser here, and a name that its owner points at 127.0.0.1 makes such a page count
as ours (DNS rebinding). So only requests that call this machine by its own names are answered.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from policytool.portal.listening import HOST

METHODS = ("GET", "HEAD")
_NAMES = (HOST, "localhost", "[::1]")
_HTTP = 80

CONTENT_SECURITY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
"""What the pages say themselves; in a header it also keeps other sites from showing ours in a frame."""
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def refused(request: Request, port: int) -> Response | None:
    """Why a request is not answered, as the answer; None where it is."""
    hosts = hosts_of(port)
    if request.headers.get("host", "").lower() not in hosts:
        return _plain(421, f"This site is shown to this machine only, at http://{HOST}:{port}/")
    if _is_foreign(request, hosts):
        return _plain(403, "This site is not shown to pages of other sites.")
    if request.method not in METHODS:
        return _plain(405, "This site can be read, and nothing else.", Allow=", ".join(METHODS))
    return None


def hosts_of(port: int) -> frozenset[str]:
    """What a browser of this machine calls us in its `Host` header."""
    bare = _NAMES if port == _HTTP else ()
    return frozenset((*(f"{name}:{port}" for name in _NAMES), *bare))


def _is_foreign(request: Request, hosts: frozenset[str]) -> bool:
    """Whether the page of another site asks; who follows a link from there is welcome (Fetch Metadata)."""
    origin = request.headers.get("origin")
    if origin is not None and origin.lower() not in {f"http://{host}" for host in hosts}:
        return True
    site, mode = request.headers.get("sec-fetch-site", "none"), request.headers.get("sec-fetch-mode")
    return site in ("cross-site", "same-site") and mode != "navigate"


def dressed(answer: Response) -> Response:
    """The answer with the headers that all have."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if answer.headers.get("content-type", "").startswith("text/html"):
        answer.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY}; frame-ancestors 'none'"
    return answer


def _plain(status: int, words: str, **headers: str) -> Response:
    return PlainTextResponse(f"{words}\n", status, headers)
