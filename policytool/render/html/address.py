"""Addresses -> what may stand in an href: "" for what may not."""

from __future__ import annotations

import re
from urllib.parse import quote

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SAFE = "%/:?#[]@!$&'()*+,;=~"
_SCHEME = re.compile("([A-Za-z][A-Za-z0-9+.-]*):")


def address(written: str) -> str:
    r"""An address as a policy writes it, escaped; "" unless it is relative or of a scheme that cannot run anything.

    Blanks and control characters are escaped before the scheme is looked at: a browser that drops them would otherwise
    read "java\nscript:" as a scheme that we did not see.
    """
    escaped = quote(written.strip(), safe=_SAFE, errors="ignore")
    scheme = _SCHEME.match(escaped)
    return escaped if scheme is None or scheme[1].lower() in SCHEMES else ""


def published(written: str) -> str:
    """The address of a policy that is held elsewhere; "" unless it can be reached from anywhere."""
    escaped = address(written)
    return escaped if _SCHEME.match(escaped) else ""


def fragment(anchor: str) -> str:
    """The link to an anchor on the same page."""
    return "#" + quote(anchor, errors="ignore")


def neighbour(policy: str, anchor: str = "") -> str:
    """The link to another policy of the library, whose page stands in the same folder."""
    return quote(policy, safe="", errors="ignore") + ".html" + (fragment(anchor) if anchor else "")
