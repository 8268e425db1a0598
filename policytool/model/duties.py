"""Duty words: those that oblige, allow or forbid.

By strength: may and can; should; must, shall, will, is or are required to; and each with its negation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

PATTERN = (
    r"\b(?:must\s+neither|must\s+not|must|shall\s+not|shall|will\s+not|will|should\s+not|should|may\s+not|may|cannot|"
    r"can\s+not|can't|can|(?:is|are)\s+(?:not\s+)?required\s+to|mustn't|shouldn't|won't|ought\s+not\s+to|ought\s+to)"
    r"(?![\w'])"
)
"""A duty word in text in small letters with straight apostrophes."""

HINTS = frozenset(
    {"must", "shall", "will", "should", "may", "cannot", "can", "required", "mustn", "shouldn", "won", "ought"}
)
"""Runs of letters without one of which there is no duty word."""

_MONTH = re.compile(r"(?<!^)May|May\s+\d")
"""What "May" is in the middle of a text, or before a year."""


def duties(text: str) -> Iterator[tuple[int, int]]:
    """Where each duty word of a text begins and ends, in order, in letters and with apostrophes of any kind."""
    straight = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for match in _compiled().finditer(straight):
        if match[0] != "May" or not _MONTH.match(straight, match.start()):
            yield match.span()


@cache
def _compiled() -> re.Pattern[str]:
    return re.compile(PATTERN, re.IGNORECASE)
