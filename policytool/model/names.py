"""The nearest name to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """Advice that names the known name nearest to this one; "" where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415  # only where something is misspelt

    near = get_close_matches(name, list(known), n=1)
    return f"did you mean `{near[0]}`?" if near else ""
