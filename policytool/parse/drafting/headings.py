"""Which pieces are headings, by their style, by the numbers that follow them, or by their looks; and their ranks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from policytool.model.inline import plain
from policytool.model.piece import Piece
from policytool.parse.markers import Mark, mark
from policytool.parse.phrases import cut

MOST_WORDS = 14
"""A heading that is only known by its looks has no more words."""
FEW_WORDS, LONG_HEADING = 8, 40
PART, APPENDIX = 3, 1
"""Ranks above those of numbered headings, which are ten for each part of the number."""
_ENDS = re.compile(r"[.;,:!][’”'\")]*\Z")
_STOPS = re.compile(r"[.;,][’”'\")]*\Z")
_DUTY = re.compile(r"\b(?:must|should|shall|will|may|can|cannot|is|are)\b")
_FORM = re.compile(r"_{3,}|\.{4,}|…")
_CAPITAL = re.compile(r"(?:[A-Z]|[IVX]{1,5})[.:)]?\Z")
_NAMED = re.compile(r"(?P<marker>(?:Section|Part|Chapter|Clause|SECTION|PART|CHAPTER)\s+\d{1,3})\s+(?=[A-Z])")


def ranks_of(pieces: Sequence[Piece], marks: Sequence[Mark]) -> dict[int, int]:
    """By the level of a style the rank of its headings: ten for each part of the number that it goes with."""
    levels = sorted({piece.heading for piece in pieces if piece.heading})
    known: dict[int, int] = {}
    for piece, one in zip(pieces, marks, strict=True):
        if piece.heading and one.kind == "number":
            known[piece.heading] = min(known.get(piece.heading, 99), 10 * len(one.parts))
    if not known:
        return {level: 10 * turn for turn, level in enumerate(levels, 1)}
    first = min(known)
    ranks = {level: known.get(level, max(known[first] - 2 * (first - level), 2)) for level in levels if level <= first}
    for before, level in pairwise(level for level in levels if level >= first):
        ranks[level] = known.get(level, ranks[before] + 2)
    return ranks


def may_head(piece: Piece) -> bool:
    """Whether a piece with a number or a letter of its own could be a heading by its words."""
    words = plain(piece.words)
    return bool(piece.heading) or (len(words.split()) <= MOST_WORDS and not _ENDS.search(words.removesuffix(":")))


def is_loud(piece: Piece) -> bool:
    """Whether a piece looks like a heading: a short line in bold or capitals."""
    words = plain(piece.words)
    loud = piece.bold or (words.isupper() and len(words) > 3)  # noqa: PLR2004  # no abbreviation
    return loud and 0 < len(words.split()) <= MOST_WORDS and not _STOPS.search(words)


def is_quiet(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a short line without any looks leads a longer text: "Monitoring and review"."""
    words = plain(pieces[index].words)
    if not words[:1].isupper() or len(words.split()) > FEW_WORDS or _ENDS.search(words) or _DUTY.search(words):
        return False
    if _FORM.search(words) or re.search(r"\d", words) or index + 1 >= len(pieces):
        return False
    before = plain(pieces[index - 1].words) if index else ""
    if index and (pieces[index - 1].rows or not re.search(r"[.!?][’”'\")]*\Z", before)):
        return False
    return _is_text(pieces[index + 1])


def _is_text(piece: Piece) -> bool:
    """Whether a piece is what may follow a heading: a sentence, or the first of a list."""
    words = plain(piece.words)
    if piece.rows or not words[:1].isupper():
        return False
    return len(words.split()) > FEW_WORDS or (mark(piece.marker).kind == "number" and words.endswith("."))


def numbered(pieces: Sequence[Piece], marks: Sequence[Mark], index: int) -> str | None:
    """Whether a numbered piece is a heading: "" for surely, words for a guess, None for a clause."""
    piece, path = pieces[index], marks[index].parts
    words = plain(piece.words)
    if piece.heading and len(words.split()) <= LONG_HEADING:
        return ""
    if is_loud(piece):
        return "a numbered heading, by its looks" if not piece.bold else ""
    if may_head(piece) and piece.marker.rstrip(".): ").endswith(".0") and len(path) == 1:
        return "a numbered heading, by its number"
    if " " in piece.marker and may_head(piece):
        return "a numbered heading, by the word before its number"
    if not words or len(words.split()) > MOST_WORDS or _ENDS.search(words) or not words[0].isupper():
        return None
    return _by_what_follows(pieces, marks, index, path)


def _by_what_follows(pieces: Sequence[Piece], marks: Sequence[Mark], index: int, path: tuple[int, ...]) -> str | None:
    words = plain(pieces[index].words)
    is_short = len(words.split()) <= FEW_WORDS
    follows = next((one for one in marks[index + 1 :] if one.kind == "number"), Mark(""))
    is_parent = follows.parts[: len(path)] == path and len(follows.parts) > len(path)
    if is_parent and (len(path) == 1 or is_short) and not _DUTY.search(words):
        return "a numbered heading, by what follows it"
    after = marks[index + 1].kind if index + 1 < len(marks) else ""
    is_plain = index + 1 < len(pieces) and after == "" and bool(pieces[index + 1].words)
    if len(path) == 1 and is_plain and is_short and not _DUTY.search(words):
        return "a numbered heading, as it is short"
    return None


def lettered(pieces: Sequence[Piece], marks: Sequence[Mark]) -> set[int]:
    """Which pieces are headings with a capital letter or numeral: "A. Aims", "IV. Rules", where most of such are."""
    found = [
        index
        for index, (piece, one) in enumerate(zip(pieces, marks, strict=True))
        if one.kind == "item" and _CAPITAL.match(piece.marker) and not piece.quoted
    ]
    heads = {index for index in found if _is_title(pieces[index])}
    starts = bool(found) and marks[found[0]].sign in ("A", "I")
    return heads if starts and 2 * len(heads) > len(found) and not _in_a_row(sorted(heads)) else set()


def _is_title(piece: Piece) -> bool:
    words = plain(piece.words)
    return (
        words[:1].isupper() and may_head(piece) and (bool(piece.heading) or is_loud(piece) or not _DUTY.search(words))
    )


def _in_a_row(indexes: Sequence[int]) -> bool:
    """Whether nothing stands between them: the answers of a list, and no headings."""
    return len(indexes) > 1 and all(after - before == 1 for before, after in pairwise(indexes))


def without_zeros(pieces: Sequence[Piece], marks: Sequence[Mark]) -> list[Mark]:
    """The marks, "1.0" being "1" where no 1 stands before it; "Part 1" is another."""
    made: list[Mark] = []
    whole: set[tuple[int, ...]] = set()
    for piece, one in zip(pieces, marks, strict=True):
        is_zero = one.kind == "number" and len(one.parts) > 1 and one.parts[-1] == 0
        made.append(replace(one, parts=one.parts[:-1]) if is_zero and one.parts[:-1] not in whole else one)
        if one.kind == "number" and not is_zero and " " not in piece.marker:
            whole.add(one.parts)
    return made


def named(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, "Section 3 Staffing" cut into its number and its words where 3.1 follows it."""
    made = list(pieces)
    for index, piece in enumerate(pieces):
        typed = "" if piece.marker or piece.rows else plain(piece.words)
        match = _NAMED.match(typed)
        if match and may_head(piece) and _leads(pieces[index + 1 :], mark(match["marker"]).parts):
            made[index] = replace(piece, marker=match["marker"], words=cut(piece.words, match.end()))
    return made


def _leads(later: Sequence[Piece], path: tuple[int, ...]) -> bool:
    after = next((one for one in map(mark, (piece.marker for piece in later)) if one.kind == "number"), Mark(""))
    return bool(path) and after.parts[: len(path)] == path and len(after.parts) > len(path)


def is_figure(marks: Sequence[Mark], index: int) -> bool:
    """Whether an "Appendix 1" has nothing numbered below it: it need not become Appendix A."""
    if not marks[index].sign.isdigit():
        return False
    after = next((one.kind for one in marks[index + 1 :] if one.kind in ("appendix", "number")), "appendix")
    return after == "appendix"


def is_container(pieces: Sequence[Piece], marks: Sequence[Mark], index: int) -> bool:
    """Whether a "Part 2" holds numbers that are none of its own: 1, 2, 3 or 4.1."""
    if " " not in pieces[index].marker or marks[index].kind != "number":
        return False
    for piece, one in zip(pieces[index + 1 :], marks[index + 1 :], strict=True):
        if one.kind == "appendix" or (one.kind == "number" and " " in piece.marker):
            return False
        if one.kind == "number":
            return len(one.parts) == 1 or one.parts[0] != marks[index].parts[0]
    return False
