"""The nearest name to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 200
"""So many names are looked at, those of the nearest length: one is meant by chance long before that many are near."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Advice that names the known name nearest to this one; "" where none is near."""
    likely = sorted(known, key=lambda one: abs(len(one) - len(name)))[:MOST]
    if not likely:
        return ""
    from difflib import get_close_matches  # only where something is misspelt

    near = get_close_matches(name, likely, n=1)
    return f"did you mean `{near[0]}`?" if near else ""
