"""Duty words: those that oblige, allow or forbid.

By strength: may and can; should; must, shall, will, is or are required to; and each with its negation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

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


def among(text: str, words: frozenset[str]) -> list[tuple[int, int]]:
    """Where those duty words begin and end, in order, that are among `words`, which `plain` has written.

    As `duties` would tell, at a fraction of the time: it looks only where one of them may begin.
    """
    straight = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    small = straight.casefold()
    if len(small) != len(straight):
        return [(start, stop) for start, stop in duties(text) if plain(text[start:stop]) in words]
    found = []
    for start in _starts(small, _firsts(words)):
        match = _compiled().match(straight, start)
        if match and plain(match[0]) in words and (match[0] != "May" or not _MONTH.match(straight, start)):
            found.append(match.span())
    return found


@cache
def _firsts(words: frozenset[str]) -> tuple[str, ...]:
    """The letters that duty words begin with."""
    return tuple({word.partition(" ")[0].partition("'")[0] for word in words})


def _starts(text: str, firsts: Collection[str]) -> list[int]:
    """Where any of some letters stand in a text, in order."""
    found = []
    for first in firsts:
        start = text.find(first)
        while start >= 0:
            found.append(start)
            start = text.find(first, start + 1)
    return sorted(set(found)) if len(firsts) > 1 else found


@lru_cache(maxsize=512)
def plain(word: str) -> str:
    """A duty word, however it is written: in small letters, with straight apostrophes and single blanks."""
    return " ".join(word.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


@cache
def _compiled() -> re.Pattern[str]:
    return re.compile(PATTERN, re.IGNORECASE)
