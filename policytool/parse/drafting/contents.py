"""Pieces -> the same without lists of what stands on which page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from policytool.model.inline import plain
from policytool.model.piece import Piece, Remark

_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?:?\Z", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.{3,}|…|\s{3,}|\t)\s*\d{1,3}\s*\Z")
_PAGE = re.compile(r"[.\s…]*\d{1,3}\s*\Z")


def without_contents(pieces: Sequence[Piece], remarks: list[Remark]) -> list[Piece]:
    """The pieces without contents lists, each line of which is told."""
    kept: list[Piece] = []
    inside = False
    bare = [_bare(plain(piece.words)) for piece in pieces]
    later = Counter(bare)
    for piece, own in zip(pieces, bare, strict=True):
        words = plain(piece.words)
        later[own] -= 1
        is_entry = bool(words) and not piece.rows and _is_entry(words, later, inside=inside)
        inside = bool(_CONTENTS.match(words)) or (inside and is_entry)
        if inside or (is_entry and _LEADERS.search(words)):
            said = f"{piece.marker} {words}".strip()
            remarks.append(Remark("recognised", piece.place, f"of a contents list, left out: {said}"))
        else:
            kept.append(piece)
    return kept


def _is_entry(words: str, later: Counter[str], *, inside: bool) -> bool:
    """Whether a line leads to a page, or, in a contents list, says what a later line says."""
    if _LEADERS.search(words):
        return True
    return inside and (later[_bare(words)] > 0 or bool(_PAGE.search(words)))


def _bare(words: str) -> str:
    return re.sub(r"\W+", " ", _PAGE.sub("", words)).strip().lower()
