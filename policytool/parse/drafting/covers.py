"""The first lines of a document -> the same, a title that was set in two lines being one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policytool.model.inline import Text, plain
from policytool.model.piece import Piece
from policytool.parse.phrases import neat

COVER, WORDS = 12, 12
"""A title stands in the first so many pieces, and each of its lines has no more words."""
_GOES_ON = re.compile(r"(?:\b(?:and|of|for|the|in|on|with|to|by)|[&,/–-])\s*\Z", re.IGNORECASE)
_COMES_ON = re.compile(r"(?:and|of|for|in|on|with|to|by)\b|[&/(]", re.IGNORECASE)
_NOUN = r"(?:polic(?:y|ies)|procedures?|guidance|guidelines|statement|plan|scheme|protocol)"
_YEARS = r"(?:\s+\d{4}(?:\s*[-/–]\s*\d{2,4})?)?"
_NOUNS = re.compile(rf"(?:and\s+)?{_NOUN}(?:\s+(?:and|&)\s+{_NOUN}|\s+statement)?{_YEARS}\Z", re.IGNORECASE)
_DOCUMENT = re.compile(rf"\b{_NOUN}\b", re.IGNORECASE)
_SCHOOL = re.compile(r"\b(?:academy|church|college|council|federation|nursery|primary|school|trust)\b", re.IGNORECASE)


def with_whole_titles(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, lines on the cover that are one title joined: "Safeguarding and" and "Child Protection Policy"."""
    made: list[Piece] = []
    for place, piece in enumerate(pieces):
        if made and place < COVER and _is_one_title(made[-1], piece):
            words = (*made[-1].words, Text(" "), *piece.words)
            made[-1] = replace(made[-1], words=neat(words))
        else:
            made.append(piece)
    return made


def _is_one_title(first: Piece, second: Piece) -> bool:
    if not _is_set_alike(first, second) or not _may_be_title(first) or not _may_be_title(second):
        return False
    one, other = plain(first.words).strip(), plain(second.words).strip()
    if _GOES_ON.search(one) or _COMES_ON.match(other):
        return True
    return bool(_NOUNS.match(other)) and not _DOCUMENT.search(one) and not _SCHOOL.search(one)


def _is_set_alike(first: Piece, second: Piece) -> bool:
    looks = ((one.size, one.bold, one.heading) for one in (first, second))
    return next(looks) == next(looks) and bool(first.size or first.bold or first.heading)


def _may_be_title(piece: Piece) -> bool:
    words = plain(piece.words).strip()
    return (
        not (piece.marker or piece.rows or piece.quoted) and 0 < len(words.split()) <= WORDS and words[-1] not in ".:;"
    )
