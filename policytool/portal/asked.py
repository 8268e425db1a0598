"""What a request asks for: a path of the site, looked up and never opened, or two versions to compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from policytool.model.site import comparison_path

INDEX = "index.html"
PAIR = ("compare", "pair")
_VERSION = re.compile(r"@?[A-Za-z0-9]+(?:[-.:@][A-Za-z0-9]+)*")
_LONGEST_VERSION = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """The path of a page; or, for two versions that a form names, `policy`, of which a comparison is asked."""

    path: str
    policy: str = ""


def asked(raw: bytes) -> Asked | None:
    """What a path asks for as it came over the wire, without its query; None for what no page can be called.

    A folder is asked for its index. No step up, no separator in disguise and no control character comes through.
    """
    if not raw.startswith(b"/"):
        return None
    parts = [_part(part) for part in raw[1:].split(b"/")]
    if parts[-1] == "":
        parts[-1] = INDEX
    names = [part for part in parts if part]
    if len(names) < len(parts):
        return None
    return Asked("/".join(names), names[0] if tuple(names[1:]) == PAIR else "")


def _part(part: bytes) -> str | None:
    """One name of a path; None for one that no file of a site has."""
    try:
        name = unquote_to_bytes(part).decode()
    except UnicodeDecodeError:
        return None
    return name if name.isprintable() and name not in (".", "..") and not {"/", "\\"} & set(name) else None


def compared(policy: str, old: str, new: str) -> str | None:
    """The path of the page that compares two versions; None where either cannot be the name of one."""
    named = all(len(one) <= _LONGEST_VERSION and _VERSION.fullmatch(one) for one in (old, new))
    return comparison_path(policy, old, new) if named else None
