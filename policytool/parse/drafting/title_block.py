"""The head of a document: its title, and the fields before, behind and beside the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from policytool.model.inline import plain
from policytool.model.piece import Aside, Piece, Place, Remark
from policytool.model.time import Moment
from policytool.parse.drafting.covers import with_whole_titles
from policytool.parse.drafting.dates import VAGUE, moment
from policytool.parse.drafting.fields import Said, What, dated_body, of_asides, of_line, of_table
from policytool.parse.drafting.headings import is_loud
from policytool.parse.markers import mark

_DOCUMENT = re.compile(
    r"\b(?:polic(?:y|ies)|guidance|guidelines|procedures?|statement|code|plan|handbook|scheme|protocol|charter)\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\b(?:version|date|author|changes?|amend\w*|comments?|summary|revision|approved|reviewed|status|issue)\b",
    re.IGNORECASE,
)
_HISTORY_TITLE = re.compile(
    r"(?:document|version|revision|review|amendment)s?\s+(?:history|control|record|log)\W*\Z", re.IGNORECASE
)
_DATED = ("next", "last", "approved")
MOST_LINES, MOST_WORDS, TITLE_WORDS, NEXT_WORDS, LAST = 40, 30, 16, 10, 10


@dataclass(slots=True)
class Head:
    """What was taken from a document's pieces, and the pieces that are left."""

    title: str = ""
    fields: list[Said] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    rest: list[Piece] = field(default_factory=list)

    def of(self, *what: What) -> Iterator[Said]:
        """The fields that tell one of these, in order."""
        return (one for one in self.fields if one.what in what)


def head_of(pieces: Sequence[Piece], title: str, asides: Sequence[Aside] = ()) -> Head:
    """The title and the fields of a document, taken out of its pieces; `title` is what the file calls it."""
    pieces = with_whole_titles(pieces)
    head, end = Head(), _end(pieces)
    chosen = _title_piece(pieces[:end])
    head.title = plain(pieces[chosen].words) if chosen is not None else title
    _Taking(head, end, len(pieces)).all_of(pieces, chosen)
    head.fields += of_asides(asides)
    for said in head.of("title"):
        if chosen is None or _same(said.value, head.title):
            head.title = said.value or head.title
    return head


def _end(pieces: Sequence[Piece]) -> int:
    """How many pieces the head may take: until the first number, the first heading after the title, or long text."""
    for index, piece in enumerate(pieces[:MOST_LINES]):
        words = plain(piece.words)
        counted = mark(piece.marker).kind in ("number", "item", "appendix") and not dated_body(
            _whole(piece), piece.place
        )
        is_cover = bool(_DOCUMENT.search(words) or _HISTORY_TITLE.match(words)) or not index
        heads = not is_cover and (piece.heading or _leads_text(piece, pieces[index + 1 : index + 2]))
        if counted or heads or (len(words.split()) > MOST_WORDS and not _said(piece)):
            return index
    return min(len(pieces), MOST_LINES)


def _leads_text(piece: Piece, later: Sequence[Piece]) -> bool:
    """Whether a line that looks like a heading stands before a sentence."""
    if not is_loud(piece) or _said(piece) or not later or _said(later[0]):
        return False
    words = plain(later[0].words)
    return len(words.split()) > NEXT_WORDS or words.endswith((".", ":"))


def _title_piece(pieces: Sequence[Piece]) -> int | None:
    """Which piece is the title: a heading, or else a short line, one that names a document before all others."""
    likely = [
        index
        for index, piece in enumerate(pieces[:12])
        if piece.words and not piece.marker and _is_short(piece) and not _said(piece) and not moment(plain(piece.words))
    ]
    looks = [index for index in likely if index == 0 or _looks(pieces[index])]
    named = [index for index in looks if _DOCUMENT.search(plain(pieces[index].words))]
    heads = [index for index in looks if pieces[index].heading]
    named.sort(key=lambda index: _loudness(pieces[index]))
    return next(iter([*named, *heads, *looks]), None)


def _loudness(piece: Piece) -> tuple[bool, float, int]:
    """What orders likely titles: those of one word last, then by their size and their level."""
    return " " not in plain(piece.words).strip(), -piece.size, piece.heading or 9


def _looks(piece: Piece) -> bool:
    words = plain(piece.words)
    shouts = words.isupper() and bool(_DOCUMENT.search(words))
    return bool(piece.heading or piece.bold or piece.size or shouts)


def _is_short(piece: Piece) -> bool:
    words = plain(piece.words)
    is_list = _HISTORY_TITLE.match(words) or words.endswith((".", ";", ",", ":"))
    return 0 < len(words.split()) <= TITLE_WORDS and not is_list and any(sign.isalnum() for sign in words)


def _whole(piece: Piece) -> str:
    return f"{piece.marker} {plain(piece.words)}".strip()


def _said(piece: Piece) -> list[Said]:
    """The fields that a line holds."""
    if mark(piece.marker).kind not in ("", "bullet") or piece.rows:
        return []
    return of_line(plain(piece.words), piece.place)


def _same(one: str, other: str) -> bool:
    said = re.sub(r"\W", "", one).lower()
    return bool(said) and said == re.sub(r"\W", "", other).lower()


class _Taking:
    """Takes fields out of the pieces of a head, which ends before `end`, and out of the last pieces of all."""

    def __init__(self, head: Head, end: int, count: int) -> None:
        self.head, self.end, self.count = head, end, count
        self.waits = False
        self.history: Piece | None = None

    def all_of(self, pieces: Sequence[Piece], chosen: int | None) -> None:
        """Every piece, the title apart."""
        for index, piece in enumerate(pieces):
            if index == chosen:
                self.head.remarks.append(Remark("recognised", piece.place, f"the title: {self.head.title}"))
            elif index < self.end or index >= self.count - LAST:
                self._take(piece, pieces[index + 1 : index + 2], at_head=index < self.end)
            else:
                self.head.rest.append(piece)

    def _take(self, piece: Piece, later: Sequence[Piece], *, at_head: bool) -> None:
        """Take the fields out of a piece, or leave it in the text."""
        if self.waits:
            self.waits = False
            self._fill(piece)
        elif piece.rows:
            self._table(piece, at_head=at_head)
        elif at_head and later and later[0].rows and _HISTORY_TITLE.match(plain(piece.words)) and _is_history(later[0]):
            self._tell(piece, f"of the title block, left out: {plain(piece.words)}")
        else:
            self._line(piece, later, at_head=at_head)

    def _fill(self, piece: Piece) -> None:
        """What a label alone on the line before waits for."""
        last, words = self.head.fields[-1], _whole(piece)
        self.head.fields[-1] = replace(last, value=words, line=f"{last.line} {words}")

    def _line(self, piece: Piece, later: Sequence[Piece], *, at_head: bool) -> None:
        found = [] if piece.heading else _said(piece)
        body = dated_body(_whole(piece), piece.place) if at_head else None
        before = self.head.fields[-1] if self.head.fields and at_head else None
        if found and not found[-1].value and _may_fill(found[-1], later):
            self.waits = True
            self.head.fields += found
        elif found and (at_head or all(one.what in _DATED and one.held for one in found)):
            self.head.fields += found
        elif body:
            self.head.fields.append(body)
        elif before and before.what == "related" and (mark(piece.marker).kind == "bullet" or _is_name(piece)):
            words = plain(piece.words)
            self.head.fields[-1] = replace(before, value=f"{before.value}; {words}", line=f"{before.line}; {words}")
        else:
            self._keep(piece, at_head=at_head)

    def _keep(self, piece: Piece, *, at_head: bool) -> None:
        words = plain(piece.words)
        if at_head and _same(words, self.head.title):
            self._tell(piece, f"the title once more, left out: {words}")
            return
        is_look = at_head and (piece.bold or piece.heading) and not piece.marker
        self.head.rest.append(replace(piece, bold=False, heading=0) if is_look else piece)

    def _table(self, piece: Piece, *, at_head: bool) -> None:
        """A table of fields; or a history of versions, which git keeps from now on."""
        rows = [[plain(cell).strip() for cell in row] for row in piece.rows]
        if _is_history(piece):
            self._tell(piece, f"a history of versions, left out: {'; '.join(' | '.join(row) for row in rows)}")
            self.head.fields += _latest(rows, piece.place)
            return
        read, left = of_table(rows, piece.place)
        if not read or len(left) > (len(rows) - 1) // 2 or not (at_head or all(one.what in _DATED for one in read)):
            self.head.rest.append(piece)
            return
        self.head.fields += read
        self.head.remarks += [Remark("look", piece.place, f"of the title block, left out: {row}") for row in left]

    def _tell(self, piece: Piece, message: str) -> None:
        self.head.remarks.append(Remark("recognised", piece.place, message))


def _is_history(piece: Piece) -> bool:
    """Whether a table tells of versions: three columns, or two with a version in the first."""
    if len(piece.rows) < 2:  # noqa: PLR2004  # a header and a version
        return False
    header = [plain(cell) for cell in piece.rows[0]]
    wanted = sum(bool(_HISTORY.search(cell)) for cell in header)
    is_wide = len(header) > 2 and wanted >= 2  # noqa: PLR2004
    return is_wide and not any(of_line(cell, piece.place) and ":" in cell for cell in header)


def _latest(rows: Sequence[Sequence[str]], place: Place) -> Iterator[Said]:
    """The latest date of a history, as that of an approval."""
    dated = [(held, " | ".join(row)) for row in rows[1:] for held in _moments(row)]
    if dated:
        held, row = max(dated, key=lambda one: (one[0].year, one[0].month, one[0].day))
        yield Said("last", str(held), row, place, "a history of versions")


def _moments(row: Sequence[str]) -> list[Moment]:
    """The first date of a row: what comes after it may be that of the next review."""
    return [held for cell in row if (held := moment(cell))][:1]


def _may_fill(said: Said, later: Sequence[Piece]) -> bool:
    """Whether the next line is what a label that stands alone waits for."""
    if not later or later[0].rows or later[0].heading or _said(later[0]):
        return False
    words = _whole(later[0])
    is_short = 0 < len(words.split()) <= NEXT_WORDS
    if said.what in _DATED and (moment(words) or VAGUE.search(words)):
        return is_short
    return is_short and not later[0].marker and said.what in ("reviewer", "owner", "approved", "title")


def _is_name(piece: Piece) -> bool:
    """Whether a line is nothing but the name of a document."""
    words = plain(piece.words)
    return not (piece.heading or piece.bold or piece.marker or piece.rows) and bool(
        words and len(words.split()) <= 8 and re.search(r"(?i:polic(?:y|ies)|procedures?|guidance)\Z", words)  # noqa: PLR2004
    )
