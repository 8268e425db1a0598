"""The bytes of a PDF -> what was found in it. No word of its text is lost: what is no piece is an aside.

`pages` (PDFium: `letters`, put together by `spacing`, and what else is `drawn`) → sheets → `lines` → `furniture`
and `notes` apart → `tables` → `paragraphs` → `pieces`, whose `words` are mended. Nothing in the file is run, nothing is
fetched, and time and memory are bounded by the `limits`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policytool.model.diagnostic import Diagnostic
from policytool.model.piece import Aside, Found, Piece, Place, Remark
from policytool.parse.pdf.furniture import without_furniture
from policytool.parse.pdf.lines import askew, lines
from policytool.parse.pdf.notes import with_marks, without_notes
from policytool.parse.pdf.pages import Book, book
from policytool.parse.pdf.paragraphs import Measures, measures, paragraphs
from policytool.parse.pdf.pieces import looks, pieces
from policytool.parse.pdf.sheet import Line, Sheet
from policytool.parse.pdf.tables import Grid, joined, with_tables
from policytool.parse.pdf.words import spelling

PICTURE = "a page that is a picture: it was not read"
RECOGNISED = "a picture covers this page: if a scanner recognised its words, read them against the picture"


def found(content: bytes) -> tuple[Found | None, list[Diagnostic]]:
    """What stands in a PDF; or None, and why it is not read: locked, damaged, scanned, too large (PT170 to PT173).

    The diagnostics have no path: the caller knows it.
    """
    made, diagnostics = book(content)
    return (None if made is None else _found(made)), diagnostics


def _found(made: Book) -> Found:
    pages = lines(made.sheets)
    texts, asides = without_furniture(made.sheets, pages)
    texts, notes = without_notes(texts, looks({}, (line for page in texts for line in page)).body)
    texts = [[with_marks(line, notes.names) for line in page] for page in texts]
    flow = [line for page in texts for line in page]
    things, again = joined(
        [one for sheet, page in zip(made.sheets, texts, strict=True) for one in with_tables(sheet, page)]
    )
    usual, known, look = _usual(things, made.sheets), spelling(flow), looks(made.outline, flow)
    whole = pieces(paragraphs(things, usual), look, known, _margin(flow))
    footnotes = {name: tuple(pieces([held], look, known, _margin(held))) for name, held in notes.lines.items()}
    asides += [*again, *(one for sheet in made.sheets for one in _beside(sheet))]
    return Found(made.title, tuple(whole), footnotes, tuple(asides), tuple(_remarks(made, whole)))


def _beside(sheet: Sheet) -> Iterator[Aside]:
    """What does not run with the words of a page."""
    at = Place(0, "line", sheet.number)
    yield from (Aside("comment", text, at) for text in sheet.comments)
    yield from (Aside("text box", text, at) for text in sheet.filled)
    if words := askew(sheet):
        yield Aside("other", words, at)


def _usual(things: list[Line | Grid], sheets: tuple[Sheet, ...]) -> Measures:
    return measures((thing for thing in things if isinstance(thing, Line)), {one.number: one.width for one in sheets})


def _margin(flow: list[Line]) -> float:
    """Where text begins: the leftmost place at which more than a few lines do."""
    lefts = Counter(round(line.left) for line in flow)
    usual = [left for left, count in lefts.items() if count * 20 >= len(flow)]
    return min(usual, default=0.0)


def _remarks(made: Book, whole: list[Piece]) -> list[Remark]:
    """What a person must look at: pages that are pictures, and tables, whose cells were guessed."""
    told = [
        Remark("look", Place(0, "line", sheet.number), RECOGNISED if sheet.words else PICTURE)
        for sheet in made.sheets
        if sheet.pictured
    ]
    return told + [
        Remark("guessed", piece.place, f"a table of {len(piece.rows)} rows") for piece in whole if piece.rows
    ]
