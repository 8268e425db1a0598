"""Links within the page and to the pages beside it."""

from __future__ import annotations

from urllib.parse import quote


def fragment(anchor: str) -> str:
    """The link to an anchor on the same page."""
    return "#" + quote(anchor, errors="ignore")


def neighbour(policy: str, anchor: str = "") -> str:
    """The link to another policy of the library, whose page stands in the same folder."""
    return quote(policy, safe="", errors="ignore") + ".html" + (fragment(anchor) if anchor else "")


INDEX = "../index.html"
"""From a published page to the one that names the current issue of its policy."""


def published(policy: str) -> str:
    """The link from a published page to another published policy: to the page that names its current issue."""
    return f"../../{quote(policy, safe='', errors='ignore')}/index.html"
