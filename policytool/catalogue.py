"""Every finding that any room can make, in order of code: the manual is generated from them."""

from __future__ import annotations

from types import ModuleType

from policytool.check import findings as house
from policytool.model.diagnostic import Finding
from policytool.parse import findings as text
from policytool.resolve import findings as names
from policytool.review import findings as reviews
from policytool.store import findings as history

ROOMS: tuple[ModuleType, ...] = (text, names, house, reviews, history)


def findings() -> list[Finding]:
    """All findings by code."""
    found = (value for room in ROOMS for value in vars(room).values() if isinstance(value, Finding))
    return sorted(found, key=lambda finding: finding.code)
