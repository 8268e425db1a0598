"""What is wrong -> the page that a live site shows in the place of another."""

from __future__ import annotations

from policytool.model.site import Frame
from policytool.render.site.frame import framed


def trouble_page(frame: Frame, path: str, words: str, advice: str = "") -> bytes:
    """The page for what is asked for at `path`: what is wrong, in words, and what to do about it."""
    shown = advice[:1].upper() + advice[1:]
    return framed("trouble.html.jinja", frame, path, "This page cannot be shown", words=words, advice=shown)
