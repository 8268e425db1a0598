"""Addresses -> what may become a link, in any format: a URI (RFC 3986) of a scheme that runs nothing.

Word calls a file unreadable whose links are no URIs; a browser would run some.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

_WEB = ("http", "https")
_DIRECT = ("mailto", "tel")
_LONGEST = 2000
# Control characters, lone surrogates, and what is no character at all.
_ILLEGAL = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_RESERVED = "%:/?#[]@!$&'()*+,;=~"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[a-z0-9._~-]+|\[[0-9a-f:.]+\]")


@lru_cache(maxsize=4096)
def safe_address(written: str) -> str:
    """The address with what no URI may hold escaped; "" unless it leads to the web, to a mailbox or to a telephone."""
    try:
        parts = urlsplit(_ILLEGAL.sub("", written).strip())
        scheme, host, _ = parts.scheme, _ascii_host(parts.hostname or ""), parts.port
    except ValueError:  # "https://[", "https://a:port/", a host name that is too long
        return ""
    if scheme in _WEB and not _HOST.fullmatch(host):
        return ""
    if scheme in _DIRECT and (parts.netloc or not parts.path):
        return ""
    if scheme not in (*_WEB, *_DIRECT) or len(written) > _LONGEST:
        return ""
    whole = parts._replace(netloc=_netloc(parts.netloc, parts.hostname or "", host)).geturl()
    return quote(_STRAY_PERCENT.sub("%25", whole), safe=_RESERVED)


def _ascii_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    return host if host.isascii() else host.encode("idna").decode()


def _netloc(netloc: str, host: str, ascii_host: str) -> str:
    return netloc if netloc.isascii() else netloc.lower().replace(host, ascii_host)
