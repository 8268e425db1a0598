"""A request -> its answer: the one place that knows both HTTP and the pages."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from policytool.model.site import ASSETS
from policytool.portal.asked import INDEX, asked, compared
from policytool.portal.feed import Feed
from policytool.portal.guard import dressed, refused
from policytool.portal.pages import MADE, MISSING, Page, Pages

CHANGES = b"/_changes"
_LASTING = "max-age=86400, immutable"
"""What has its hash in its name is fetched once, so that a page shows itself again without a wait."""
_TYPES = {
    "css": "text/css; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "txt": "text/plain; charset=utf-8",
    "woff2": "font/woff2",
    "xml": "application/xml",
}


class Answers:
    """The portal as what a web server calls (ASGI 3)."""

    def __init__(self, pages: Pages, feed: Feed, port: int) -> None:
        self._pages = pages
        self._feed = feed
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        answer = refused(request, self._port) or await self._answer(request)
        await dressed(answer)(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        raw = bytes(request.scope["raw_path"])
        if raw == CHANGES:
            return self._changes(request)
        found = asked(raw)
        if found is None:
            return PlainTextResponse("There is no such page.\n", MISSING)
        if found.policy:
            return _pair(request, found.policy)
        page = await self._pages.page(found.path)
        if page.status == MISSING and await self._is_folder(found.path):
            return _elsewhere(f"{found.path}/")
        return _sent(page)

    async def _is_folder(self, path: str) -> bool:
        return (await self._pages.page(f"{path}/{INDEX}")).status != MISSING

    def _changes(self, request: Request) -> Response:
        kind = "text/event-stream"
        return (
            Response(media_type=kind)
            if request.method == "HEAD"
            else StreamingResponse(self._feed.stream(), 200, media_type=kind)
        )


def _pair(request: Request, policy: str) -> Response:
    """The page that compares the two versions that a form names."""
    path = compared(policy, request.query_params.get("old", ""), request.query_params.get("new", ""))
    if path is None:
        return PlainTextResponse("Name two versions to compare, as 2023-09-14 or working.\n", 400)
    return _elsewhere(path)


def _elsewhere(path: str) -> Response:
    return RedirectResponse(f"/{quote(path)}", 307)


def _sent(page: Page) -> Response:
    """A page. Its mark stands where its script can read it (Server-Timing) and where it can ask for it (ETag)."""
    kind = _TYPES.get(page.path.rpartition(".")[2], "application/octet-stream")
    marks = {"Cache-Control": _LASTING} if page.status == MADE and page.path.startswith(f"{ASSETS}/") else {}
    marks |= {"ETag": f'"{page.mark}"', "Server-Timing": f'page;desc="{page.mark}"'}
    return Response(page.content, page.status, marks, kind)
