"""Addresses -> what may become an external relationship.

Word calls a file unreadable whose relationships hold something that is not a URI (RFC 3986), and a policy must not
carry addresses that run things.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from policytool.render.word.markup import clean

_SCHEMES = ("http", "https", "mailto")
_RESERVED = "%:/?#[]@!$&'()*+,;=~"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[a-z0-9._~-]+|\[[0-9a-f:.]+\]")


def safe_address(address: str) -> str:
    """The address with what is not allowed in a URI escaped; "" if it may not become a link."""
    try:
        parts = urlsplit(clean(address).strip())
        scheme, host, _ = parts.scheme, _ascii_host(parts.hostname or ""), parts.port
    except ValueError:  # "https://[", "https://a:port/", a host name that is too long
        return ""
    if scheme not in _SCHEMES or (scheme != "mailto" and not _HOST.fullmatch(host)):
        return ""
    if scheme == "mailto" and (parts.netloc or not parts.path):
        return ""
    whole = parts._replace(netloc=_netloc(parts.netloc, parts.hostname or "", host)).geturl()
    return quote(_STRAY_PERCENT.sub("%25", whole), safe=_RESERVED)


def _ascii_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    return host if host.isascii() else host.encode("idna").decode()


def _netloc(netloc: str, host: str, ascii_host: str) -> str:
    return netloc if netloc.isascii() else netloc.lower().replace(host, ascii_host)
