"""The page that lists the issues of a policy -> what it leads to."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

from policytool.model.proof import Page
from policytool.model.seal import is_whole

# It is a page of ours (`render/published`), or not what it should be; to read all of HTML takes fifty times as long.
_MARKS = re.compile(r"""<h2\b[^>]*\bid="([^"]*)"|\bhref\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)
_BODY, _CURRENT = "</head>", "_current"


def listing(content: bytes, policy: str) -> Page:
    """What an index leads to as current and as superseded; links inside the page are passed over.

    `policy` is the folder that it stands in.
    """
    links: dict[bool, set[str]] = {True: set(), False: set()}
    under = ""
    text = content.decode("utf-8", "replace")
    for match in _MARKS.finditer(text, max(text.find(_BODY), 0)):
        if match[1] is not None:
            under = match[1]
        elif (address := unescape(match[2].strip("\"'"))) and not address.startswith("#"):
            links[under == _CURRENT].add(f"{policy}/{unquote(address)}")
    return Page(frozenset(links[True]), frozenset(links[False]), is_whole(content))
