"""Paper -> PDF/UA-1 and PDF/A-2a in one file, the same bytes each time.

`paper.typ` reads the value that is made here. Words are strings; everything else is a list: its kind, then what it
holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from policytool.model.paper import Clause, Facts, Grid, Heading, Line, Listing, Paper, PaperBlock, Paragraph, Words
from policytool.render.colour import ink
from policytool.render.edition import CONTENTS, DASH
from policytool.render.paper.places import Place, Places, places, rows, shares
from policytool.render.pdf.content import printable
from policytool.render.pdf.engine import typeset

TEMPLATE = Path(__file__).with_name("paper.typ")
_LETTER = 0.56  # of the size of type
_NARROWEST, _WIDEST = 6.0, 14.0  # em: the labels of facts
_MARKER, _BULLET = 2.6, 1.4  # em: room for a clause's number, and for a short sign


def pdf(paper: Paper) -> bytes:
    """The PDF of a paper. Raises `UnableError` where it holds a character that no font of ours has."""
    return typeset(_content(paper), paper.title, TEMPLATE)


def _content(paper: Paper) -> dict[str, object]:
    found = places(paper)
    headings = iter(found.every)
    return {
        "title": printable(paper.title) or DASH,
        "subtitle": printable(paper.subtitle),
        "author": printable(paper.organisation),
        "colour": ink(paper.colour),
        "contents": CONTENTS if paper.contents and found.listed else "",
        "blocks": [
            _heading(next(headings), found) if isinstance(block, Heading) else _block(block, found, room)
            for block, room in zip(paper.blocks, _rooms(paper.blocks), strict=True)
        ],
    }


def _heading(place: Place, found: Places) -> list[object]:
    return ["heading", place.level, place.anchor, place.listed, _line(place.line, found)]


def _rooms(blocks: tuple[PaperBlock, ...]) -> Iterator[float]:
    """The room for the number of each clause, in em: as much for all that follow one another."""
    for is_clause, run in groupby(blocks, key=lambda block: isinstance(block, Clause)):
        markers = [block.marker if isinstance(block, Clause) else "" for block in run]
        room = _MARKER if any(map(str.isalnum, "".join(markers))) else _BULLET
        widest = max(_LETTER * (len(marker) + 1) for marker in markers) if is_clause else 0.0
        yield from [min(max(room, widest), _WIDEST)] * len(markers)


def _block(block: PaperBlock, found: Places, room: float) -> list[object]:
    match block:
        case Paragraph(line, look):
            return [look or "paragraph", _line(line, found)]
        case Listing(lines):
            return ["listing", [_line(line, found) for line in lines]]
        case Facts(facts):
            return ["facts", _labels(facts), [[printable(label), _line(line, found)] for label, line in facts]]
        case Grid():
            return ["grid", shares(block), [[_line(cell, found) for cell in row] for row in rows(block)]]
        case Clause(marker, line, depth):
            return ["clause", room, depth * _MARKER, printable(marker), _line(line, found)]
        case _:
            return ["break"]


def _labels(facts: tuple[tuple[str, Line], ...]) -> float:
    """The width of the column of labels, in em."""
    longest = max((len(label) for label, _ in facts), default=0)
    return max(_NARROWEST, min(_LETTER * (longest + 2), _WIDEST))


def _line(line: Line, found: Places) -> list[object]:
    return [_words(words, found) for words in line if words.text]


def _words(words: Words, found: Places) -> list[object]:
    lead = found.leads(words)
    inside = lead.anchor if isinstance(lead, Place) else ""
    return [words.look, printable(words.text), inside, lead if isinstance(lead, str) else ""]
