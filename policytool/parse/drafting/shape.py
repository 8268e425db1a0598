"""Pieces -> what each is to be: a section, a clause, an item, a bullet, or words between them, judged by its looks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from policytool.model.inline import Emphasis, Text, plain
from policytool.model.piece import Piece, Remark
from policytool.parse.drafting import headings
from policytool.parse.drafting.contents import without_contents
from policytool.parse.markers import Mark, mark

LineKind: TypeAlias = Literal["section", "clause", "item", "bullet", "paragraph", "quote", "table"]
_QUOTED = re.compile(r"['‘“\"].*['’”\"]\W*\Z", re.DOTALL)


@dataclass(slots=True)
class Line:
    """A piece and what it is to be. `rank` orders headings, the highest lowest; `guessed` says why, if it is.

    `keeps` tells that what is printed before a heading stays among its words: "Part 2: Rules", "A. Aims".
    """

    piece: Piece
    kind: LineKind
    mark: Mark
    rank: int = 0
    guessed: str = ""
    keeps: bool = False

    @property
    def words(self) -> str:
        """Its words alone."""
        return plain(self.piece.words)

    @property
    def path(self) -> tuple[int, ...]:
        """The parts of its printed number, if it has one."""
        return self.mark.parts if self.mark.kind == "number" else ()


def lines_of(pieces: Sequence[Piece], remarks: list[Remark]) -> list[Line]:
    """Every piece as a line, contents lists and numbers without words left out."""
    kept = headings.named(_with_words(without_contents(pieces, remarks), remarks))
    lines = _Shaping(kept).lines()
    _calm(lines)
    guessed = (line for line in lines if line.guessed)
    remarks.extend(Remark("guessed", line.piece.place, f"{line.guessed}: {line.words}") for line in guessed)
    return lines


def _with_words(pieces: Sequence[Piece], remarks: list[Remark]) -> list[Piece]:
    """The pieces that say something. An appendix without a title has the words that follow, or its own name."""
    kept: list[Piece] = []
    for piece in pieces:
        waits = bool(kept) and not kept[-1].words and not kept[-1].rows
        if waits and not (piece.marker or piece.rows) and piece.words and headings.may_head(piece):
            kept[-1] = replace(kept[-1], words=piece.words, heading=kept[-1].heading or piece.heading)
            continue
        if waits:
            kept[-1] = _by_name(kept[-1])
        if plain(piece.words).strip() or piece.rows or mark(piece.marker).kind == "appendix":
            kept.append(piece)
        elif piece.marker:
            remarks.append(Remark("look", piece.place, f"{piece.marker} has no words: it was left out"))
    return [*kept[:-1], _by_name(kept[-1])] if kept and not kept[-1].words and not kept[-1].rows else kept


def _by_name(piece: Piece) -> Piece:
    return replace(piece, words=(Text(piece.marker.rstrip(" :.–—-")),), marker="", heading=piece.heading or 1)


class _Shaping:
    """Pieces being made lines, each seen among all others."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.marks = headings.without_zeros(pieces, [mark(piece.marker) for piece in pieces])
        self.ranks = headings.ranks_of(pieces, self.marks)
        self.lettered = headings.lettered(pieces, self.marks)
        self.letter_rank = self._letter_rank() if self.lettered else 0
        self.is_styled = any(piece.heading for piece in pieces)

    def lines(self) -> list[Line]:
        """Each as a line."""
        return [self._line(index) for index in range(len(self.pieces))]

    def _line(self, index: int) -> Line:
        piece, one = self.pieces[index], self.marks[index]
        if piece.rows:
            return Line(piece, "table", one)
        if piece.quoted or _is_quote(piece):
            return Line(piece, "quote", one)
        if one.kind == "appendix":
            return self._appendix(index)
        if one.kind == "number":
            return self._numbered(index)
        if index in self.lettered:
            return Line(piece, "section", Mark(""), self.letter_rank, keeps=True)
        if one.kind in ("item", "bullet") and not (piece.heading and one.kind == "bullet"):
            return Line(piece, "item" if one.kind == "item" else "bullet", one)
        return self._plain(index)

    def _appendix(self, index: int) -> Line:
        piece, one = self.pieces[index], self.marks[index]
        if not headings.may_head(piece):
            return Line(piece, "paragraph", one, headings.APPENDIX)
        keeps = headings.is_figure(self.marks, index)
        return Line(piece, "section", Mark("") if keeps else one, headings.APPENDIX, keeps=keeps)

    def _plain(self, index: int) -> Line:
        """A line without a number."""
        piece = self.pieces[index]
        if piece.heading and len(plain(piece.words).split()) <= headings.LONG_HEADING:
            return Line(piece, "section", self.marks[index], self.ranks.get(piece.heading, 10))
        is_quiet = not (self.is_styled or piece.marker) and headings.is_quiet(self.pieces, index)
        if headings.is_loud(piece) or is_quiet:
            return Line(piece, "section", self.marks[index], 0, "a heading, by its looks")
        return Line(piece, "paragraph", self.marks[index])

    def _numbered(self, index: int) -> Line:
        piece, one = self.pieces[index], self.marks[index]
        if headings.may_head(piece) and headings.is_container(self.pieces, self.marks, index):
            return Line(piece, "section", Mark(""), headings.PART, keeps=True)
        guessed = headings.numbered(self.pieces, self.marks, index)
        return Line(piece, "clause" if guessed is None else "section", one, 10 * len(one.parts), guessed or "")

    def _letter_rank(self) -> int:
        """That of headings with letters: above numbers that follow, below a numbered heading that they are under."""
        numbers = [at for at, one in enumerate(self.marks) if one.kind == "number"]
        first = min(self.lettered)
        if any(headings.numbered(self.pieces, self.marks, at) is not None for at in numbers if at < first):
            return 15
        return headings.PART if any(len(self.marks[at].parts) == 1 for at in numbers) else 10


def _is_quote(piece: Piece) -> bool:
    """Whether all its words are set off in italics and quotation marks."""
    whole = len(piece.words) == 1 and isinstance(piece.words[0], Emphasis)
    return whole and not piece.marker and bool(_QUOTED.match(plain(piece.words)))


def _calm(lines: list[Line]) -> None:
    """Bold lines between deep clauses are no headings, which would cut the clauses apart."""
    rank = 0
    before: Line | None = None
    after = _next_numbered(lines)
    for line, follows in zip(lines, after, strict=True):
        if line.kind == "section" and line.rank:
            rank = line.rank if line.mark.kind == "number" or line.keeps else rank
        elif line.kind == "section":
            if before and follows and _splits(before, follows):
                line.kind, line.guessed = "paragraph", ""
            line.rank = rank + 5 if rank else 10
        if line.kind in ("clause", "section") and line.path:
            before = line


def _next_numbered(lines: Sequence[Line]) -> list[Line | None]:
    """For each line the next clause or section that has a number."""
    found: list[Line | None] = []
    after: Line | None = None
    for line in reversed(lines):
        found.append(after)
        after = line if line.kind in ("clause", "section") and line.path else after
    return found[::-1]


def _splits(before: Line, after: Line) -> bool:
    """Whether the clauses before and after a line stand under one and the same clause."""
    parent = after.path[:-1]
    return (
        after.kind == "clause" and len(parent) > 1 and before.kind == "clause" and before.path[: len(parent)] == parent
    )
