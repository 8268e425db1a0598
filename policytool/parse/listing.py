"""The page that lists the issues of a policy -> what it leads to."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import unquote

from policytool.model.proof import Page


def listing(content: bytes, policy: str) -> Page:
    """What an index leads to as current and as superseded; links that lead elsewhere, or to no file, are passed over.

    `policy` is the folder that it stands in.
    """
    reading = _Reading()
    reading.feed(content.decode("utf-8", "replace"))
    reading.close()
    current, older = (frozenset(f"{policy}/{one}" for one in reading.links[name]) for name in ("_current", ""))
    return Page(current, older)


class _Reading(HTMLParser):
    """The links of a page, those under the heading of the current issue and the others."""

    def __init__(self) -> None:
        super().__init__()
        self.links: dict[str, set[str]] = {"_current": set(), "": set()}
        self._under = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note headings and links."""
        said = dict(attrs)
        if tag == "h2":
            self._under = said.get("id") or ""
        address = said.get("href") or ""
        if tag == "a" and address and not address.startswith("#"):
            self.links.get(self._under, self.links[""]).add(unquote(address))
