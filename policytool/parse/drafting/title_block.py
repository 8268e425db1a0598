"""The head of a document: its title, and fields in the many shapes that schools give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from policytool.model.inline import Text, plain
from policytool.model.piece import Piece, Place, Remark
from policytool.model.time import Moment
from policytool.parse.drafting.dates import VAGUE, moment
from policytool.parse.markers import mark

What: TypeAlias = Literal["title", "next", "last", "approved", "reviewer", "owner", "related", "cycle", "version", ""]

# What a field tells, and how schools call it.
_CALLED: tuple[tuple[What, tuple[str, ...]], ...] = (
    ("related", (r"cross[- ]?references?", r"(?:related|linked|associated)\s+(?:polic\w+|documents?)", r"see\s+also",
                 r"links?\s+(?:to|with)\s+other")),
    ("reviewer", (r"(?:to\s+be\s+)?reviewed\s+by", r"reviewer", r"review(?:ing)?\s+body")),
    ("cycle", (r"(?:review\s+)?(?:frequency|cycle|period|interval)(?:\s+of\s+reviews?)?", r"reviewed\s+every",
               r"how\s+often")),
    ("next", (r"(?:date\s+(?:of|for)\s+)?(?:the\s+)?next\s+review(?:\s+(?:date|due))?",
              r"dates?\s+(?:for|of)\s+(?:next\s+)?review", r"review\s+(?:date|due)(?:\s+by)?",
              r"to\s+be\s+reviewed(?:\s+(?:on|in))?", r"next\s+due", r"due\s+for\s+review")),
    ("last", (r"(?:date\s+)?(?:completed\s*/\s*)?last\s+review(?:ed)?(?:\s+(?:on|date))?", r"date\s+completed",
              r"(?:date\s+)?reviewed(?:\s+(?:on|in))?", r"date\s+of\s+last\s+review", r"(?:last\s+)?updated")),
    ("approved", (r"(?:date\s+)?(?:policy\s+)?approved(?:\s+(?:by|on|and\s+adopted\s+by))?", r"approver",
                  r"approval(?:\s+(?:date|body|level|by))?", r"(?:date\s+)?(?:ratified|adopted)(?:\s+(?:by|on))?",
                  r"date\s+of\s+(?:adoption|approval|ratification)", r"agreed(?:\s+by)?")),
    ("owner", (r"(?:policy\s+|document\s+)?(?:owner|author|lead)", r"responsib\w+(?:\s+(?:person|officer|for))?",
               r"(?:written|prepared|produced)\s+by", r"(?:member\s+of\s+)?staff\s+responsible")),
    ("version", (r"version(?:\s+(?:no|number|control|history))?", r"document\s+(?:history|control)", r"revision")),
    ("title", (r"(?:policy\s+|document\s+)?(?:title|name)(?:\s+of\s+(?:policy|document))?",)),
)  # fmt: skip
_LABELS = tuple((what, re.compile(rf"\s*(?:{'|'.join(names)})\b", re.IGNORECASE)) for what, names in _CALLED)
_SIGN = re.compile(r"(?:\s*/\s*[\w ]{1,30})?\s*[:–—\t|-](?:\s+|\Z)|(?:\s*/\s*[\w ]{1,30})?\s*:")
_DOCUMENT = re.compile(
    r"\b(?:policy|guidance|guidelines|procedures?|statement|code|plan|handbook|scheme|protocol|charter)\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\b(?:version|date|author|changes?|amend\w*|comments?|summary|revision|approved|reviewed|status)\b", re.IGNORECASE
)
MOST_LINES, MOST_WORDS, TITLE_WORDS, MOST_RELATED = 40, 30, 16, 200


@dataclass(frozen=True, slots=True)
class Said:
    """A field as it was found: what it tells, its words, a date in them, and the whole line."""

    what: What
    value: str
    line: str
    place: Place

    @property
    def held(self) -> Moment | None:
        """The day or month it names."""
        return moment(self.value) or moment(self.line)

    @property
    def is_vague(self) -> bool:
        """Whether it names a term or a year, and no date."""
        return self.held is None and bool(VAGUE.search(self.line))


@dataclass(slots=True)
class Head:
    """What was taken from a document's pieces, and the pieces that are left."""

    title: str = ""
    fields: list[Said] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    rest: list[Piece] = field(default_factory=list)

    def of(self, what: What) -> Iterator[Said]:
        """The fields that tell one thing, in order."""
        return (one for one in self.fields if one.what == what)


def head_of(pieces: Sequence[Piece], title: str) -> Head:
    """The title and the fields of a document, taken out of its pieces; `title` is what the file calls it."""
    head = Head()
    end = _end(pieces)
    chosen = _title_piece(pieces[:end])
    head.title = plain(pieces[chosen].words) if chosen is not None else title
    for index, piece in enumerate(pieces):
        if index == chosen:
            head.remarks.append(Remark("recognised", piece.place, f"the title: {head.title}"))
        elif index < end or index >= len(pieces) - 6:
            _take(piece, head, at_head=index < end)
        else:
            head.rest.append(piece)
    if named := next(head.of("title"), None):
        head.title = named.value if chosen is None else head.title
    return head


def _end(pieces: Sequence[Piece]) -> int:
    """How many pieces the head may take: until the first number, the first heading after the title, or long text."""
    for index, piece in enumerate(pieces[:MOST_LINES]):
        words = plain(piece.words)
        counted = mark(piece.marker).kind in ("number", "item", "appendix")
        heads = piece.heading and index and not _DOCUMENT.search(words)
        if counted or heads or (len(words.split()) > MOST_WORDS and _said(piece, words) is None):
            return index
    return min(len(pieces), MOST_LINES)


def _title_piece(pieces: Sequence[Piece]) -> int | None:
    """Which piece is the title: a heading, or else a short line, one that names a document before all others."""
    likely = [
        index
        for index, piece in enumerate(pieces[:12])
        if piece.words and not piece.marker and _is_short(piece) and _said(piece, plain(piece.words)) is None
    ]
    looks = [
        index for index in likely if pieces[index].heading or pieces[index].bold or pieces[index].size or index == 0
    ]
    named = [index for index in looks if _DOCUMENT.search(plain(pieces[index].words))]
    heads = [index for index in looks if pieces[index].heading]
    return next(iter([*named, *heads, *looks]), None)


def _is_short(piece: Piece) -> bool:
    words = plain(piece.words)
    return len(words.split()) <= TITLE_WORDS and not words.rstrip().endswith((".", ";", ","))


def _take(piece: Piece, head: Head, *, at_head: bool) -> None:
    """Take the fields out of a piece of the head, or leave it in the text."""
    if piece.rows:
        _take_table(piece, head)
        return
    words = plain(piece.words)
    said = _said(piece, words)
    before = head.fields[-1] if head.fields and at_head else None
    if said and not piece.heading and (at_head or (said.what in ("next", "last", "approved") and said.held)):
        head.fields.append(said)
    elif before and before.what == "related" and mark(piece.marker).kind == "bullet":
        head.fields[-1] = replace(before, value=f"{before.value}; {words}", line=f"{before.line}; {words}")
    elif at_head and _same(words, head.title):
        head.remarks.append(Remark("recognised", piece.place, f"the title once more, left out: {words}"))
    else:
        is_look = at_head and (piece.bold or piece.heading) and not piece.marker
        head.rest.append(replace(piece, bold=False, heading=0) if is_look else piece)


def _same(one: str, other: str) -> bool:
    return bool(one) and re.sub(r"\W", "", one).lower() == re.sub(r"\W", "", other).lower()


def _said(piece: Piece, words: str) -> Said | None:
    """The field that a line holds; None where it holds none."""
    if len(words.split()) > MOST_RELATED or mark(piece.marker).kind not in ("", "bullet"):
        return None
    for what, label in _LABELS:
        if (match := label.match(words)) and (after := _value(words, match.end())) is not None:
            is_list = what == "related"
            if is_list or len(words.split()) <= MOST_WORDS:
                return Said(what, after, words, piece.place)
    return None


def _value(words: str, end: int) -> str | None:
    """What stands after a label: after a sign, or, where there is none, what holds a date or ends the line."""
    if sign := _SIGN.match(words, end):
        return words[sign.end() :].strip()
    rest = words[end:].strip()
    return rest if not rest or (moment(rest) and len(rest.split()) <= 10) else None  # noqa: PLR2004  # a line, no sentence


def _take_table(piece: Piece, head: Head) -> None:
    """A table of fields, a row each; or a history of versions, which git keeps from now on."""
    rows = [[plain(cell) for cell in row] for row in piece.rows]
    if len(rows) > 1 and len(rows[0]) > 2 and sum(bool(_HISTORY.search(cell)) for cell in rows[0]) >= 2:  # noqa: PLR2004
        said = "; ".join(" | ".join(row) for row in rows)
        head.remarks.append(Remark("recognised", piece.place, f"a history of versions, left out: {said}"))
        return
    read = [
        _said(
            replace(piece, rows=(), words=(Text(f"{row[0]}: {' '.join(row[1:])}"),)), f"{row[0]}: {' '.join(row[1:])}"
        )
        for row in rows
        if row
    ]
    if read and all(read):
        head.fields += [one for one in read if one]
    else:
        head.rest.append(piece)
