"""A frame -> what a web host shows where there is no page."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from policytool.model.site import MISSING, Frame
from policytool.render.site.frame import framed


def missing_page(frame: Frame) -> bytes:
    """The page, in UTF-8.

    A host shows it at whatever address was asked for, however deep, so that a relative link would lead astray: links
    begin at the root of the host, with the folder in which the site is published, "/policies/". Where nobody said
    where that is, the site is taken to fill its host, and in another folder the page shows without its looks.
    """
    root = _root(frame)
    return framed("missing.html.jinja", frame, MISSING, "Page not found", link=lambda path: root + quote(path))


def _root(frame: Frame) -> str:
    if frame.is_live or not frame.address:
        return "/"
    return urlsplit(frame.address).path.rstrip("/") + "/"
