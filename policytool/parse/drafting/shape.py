"""Pieces -> what each is to be: a section, a clause, an item, a bullet, or words between them, judged by its looks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from policytool.model.inline import Emphasis, plain
from policytool.model.piece import Piece, Remark
from policytool.parse.markers import Mark, mark

LineKind: TypeAlias = Literal["section", "clause", "item", "bullet", "paragraph", "quote", "table"]
MOST_WORDS = 14
"""A heading that is only known by its looks has no more words."""
FEW_WORDS, LONG_HEADING = 8, 40
_ENDS = re.compile(r"[.;,:!][’”'\")]*\Z")
_DUTY = re.compile(r"\b(?:must|should|shall|will|may|can|cannot|is|are)\b")
_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?:?\Z", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.{3,}|…|\s{3,}|\t)\s*\d{1,3}\s*\Z")
_PAGE = re.compile(r"[.\s…]*\d{1,3}\s*\Z")
_QUOTED = re.compile(r"['‘“\"].*['’”\"]\W*\Z", re.DOTALL)


@dataclass(slots=True)
class Line:
    """A piece and what it is to be. `rank` orders headings, the highest lowest; `guessed` says why, if it is."""

    piece: Piece
    kind: LineKind
    mark: Mark
    rank: int = 0
    guessed: str = ""

    @property
    def words(self) -> str:
        """Its words alone."""
        return plain(self.piece.words)

    @property
    def path(self) -> tuple[int, ...]:
        """The parts of its printed number, if it has one."""
        return self.mark.parts if self.mark.kind == "number" else ()


def lines_of(pieces: Sequence[Piece], remarks: list[Remark]) -> list[Line]:
    """Every piece as a line, contents lists left out."""
    kept = _without_contents(pieces, remarks)
    marks = [mark(piece.marker) for piece in kept]
    ranks = _ranks(kept, marks)
    lines = [_line(kept, marks, index, ranks) for index in range(len(kept))]
    _calm(lines)
    guessed = (line for line in lines if line.guessed)
    remarks.extend(Remark("guessed", line.piece.place, f"{line.guessed}: {line.words}") for line in guessed)
    return lines


def _without_contents(pieces: Sequence[Piece], remarks: list[Remark]) -> list[Piece]:
    """The pieces without lists of what stands on which page."""
    kept: list[Piece] = []
    inside = False
    later = [_bare(plain(piece.words)) for piece in pieces]
    for index, piece in enumerate(pieces):
        words = plain(piece.words)
        is_entry = bool(words) and not piece.rows and _is_entry(words, later[index + 1 :], inside=inside)
        inside = bool(_CONTENTS.match(words)) or (inside and is_entry)
        if inside or (is_entry and _LEADERS.search(words)):
            said = f"{piece.marker} {words}".strip()
            remarks.append(Remark("recognised", piece.place, f"of a contents list, left out: {said}"))
        else:
            kept.append(piece)
    return kept


def _is_entry(words: str, later: Sequence[str], *, inside: bool) -> bool:
    """Whether a line leads to a page, or, in a contents list, says what a later line says."""
    if _LEADERS.search(words):
        return True
    return inside and (_bare(words) in later or bool(_PAGE.search(words)))


def _bare(words: str) -> str:
    return re.sub(r"\W+", " ", _PAGE.sub("", words)).strip().lower()


def _ranks(pieces: Sequence[Piece], marks: Sequence[Mark]) -> dict[int, int]:
    """By the level of a style the rank of its headings: ten for each part of the number that it goes with."""
    levels = sorted({piece.heading for piece in pieces if piece.heading})
    known: dict[int, int] = {}
    for piece, one in zip(pieces, marks, strict=True):
        if piece.heading and one.kind == "number":
            known[piece.heading] = min(known.get(piece.heading, 99), 10 * len(one.parts))
    if not known:
        return {level: 10 * turn for turn, level in enumerate(levels, 1)}
    first = min(known)
    ranks = {level: known.get(level, max(known[first] - 2 * (first - level), 1)) for level in levels if level <= first}
    for before, level in pairwise(level for level in levels if level >= first):
        ranks[level] = known.get(level, ranks[before] + 2)
    return ranks


def _line(pieces: Sequence[Piece], marks: Sequence[Mark], index: int, ranks: dict[int, int]) -> Line:
    piece, one = pieces[index], marks[index]
    if piece.rows:
        return Line(piece, "table", one)
    if piece.quoted or _is_quote(piece):
        return Line(piece, "quote", one)
    if one.kind == "appendix":
        return Line(piece, "section" if _may_head(piece) else "paragraph", one, rank=5)
    if one.kind == "number":
        guessed = _heads(pieces, marks, index)
        kind: LineKind = "clause" if guessed is None else "section"
        return Line(piece, kind, one, 10 * len(one.parts), guessed or "")
    if one.kind in ("item", "bullet") and not (piece.heading and one.kind == "bullet"):
        return Line(piece, "item" if one.kind == "item" else "bullet", one)
    if piece.heading and len(plain(piece.words).split()) <= LONG_HEADING:
        return Line(piece, "section", one, ranks.get(piece.heading, 10))
    if _looks_like_heading(piece):
        return Line(piece, "section", one, 0, "a heading, by its looks")
    return Line(piece, "paragraph", one)


def _is_quote(piece: Piece) -> bool:
    """Whether all its words are set off in italics and quotation marks."""
    whole = len(piece.words) == 1 and isinstance(piece.words[0], Emphasis)
    return whole and not piece.marker and bool(_QUOTED.match(plain(piece.words)))


def _may_head(piece: Piece) -> bool:
    words = plain(piece.words)
    return bool(piece.heading) or (len(words.split()) <= MOST_WORDS and not _ENDS.search(words.removesuffix(":")))


def _looks_like_heading(piece: Piece) -> bool:
    words = plain(piece.words)
    is_loud = piece.bold or (words.isupper() and len(words) > 3)  # noqa: PLR2004  # no abbreviation
    return is_loud and 0 < len(words.split()) <= MOST_WORDS and not re.search(r"[.;,][’”'\")]*\Z", words)


def _heads(pieces: Sequence[Piece], marks: Sequence[Mark], index: int) -> str | None:
    """Whether a numbered piece is a heading: "" for surely, words for a guess, None for a clause."""
    piece, path = pieces[index], marks[index].parts
    words = plain(piece.words)
    if piece.heading and len(words.split()) <= LONG_HEADING:
        return ""
    if _looks_like_heading(piece):
        return "a numbered heading, by its looks" if not piece.bold else ""
    if " " in piece.marker and _may_head(piece):
        return "a numbered heading, by the word before its number"
    if not words or len(words.split()) > MOST_WORDS or _ENDS.search(words) or not words[0].isupper():
        return None
    follows = next((one for one in marks[index + 1 :] if one.kind == "number"), Mark(""))
    is_parent = follows.parts[: len(path)] == path and len(follows.parts) > len(path)
    if is_parent and (len(path) == 1 or len(words.split()) <= FEW_WORDS) and not _DUTY.search(words):
        return "a numbered heading, by what follows it"
    after = marks[index + 1].kind if index + 1 < len(marks) else ""
    is_plain = index + 1 < len(pieces) and after == "" and bool(pieces[index + 1].words)
    if len(path) == 1 and is_plain and len(words.split()) <= FEW_WORDS and not _DUTY.search(words):
        return "a numbered heading, as it is short"
    return None


def _calm(lines: list[Line]) -> None:
    """Bold lines between deep clauses are no headings, which would cut the clauses apart."""
    rank = 0
    for index, line in enumerate(lines):
        if line.kind == "section" and line.rank:
            rank = line.rank if line.mark.kind == "number" else rank
        elif line.kind == "section":
            before = next(
                (one for one in reversed(lines[:index]) if one.kind in ("clause", "section") and one.path), None
            )
            after = next((one for one in lines[index + 1 :] if one.kind in ("clause", "section") and one.path), None)
            if before and after and _splits(before, after):
                line.kind, line.guessed = "paragraph", ""
            line.rank = rank + 5 if rank else 10


def _splits(before: Line, after: Line) -> bool:
    """Whether the clauses before and after a line stand under one and the same clause."""
    parent = after.path[:-1]
    return (
        after.kind == "clause" and len(parent) > 1 and before.kind == "clause" and before.path[: len(parent)] == parent
    )
