"""What stands in a text, a cell, a note or a box -> pieces: paragraphs and tables (ECMA-376 part 1, 17.2 to 17.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from policytool.model.inline import Inline, Inlines, LineBreak, Text, plain
from policytool.model.piece import Piece, Place, Remark
from policytool.parse.word.carried import with_cells
from policytool.parse.word.paragraphs import flushed, read_paragraph
from policytool.parse.word.runs import read_bookmark
from policytool.parse.word.story import BECOMES, Fate, Story
from policytool.parse.word.xml import MC, W, chosen_of, number, on, value

_MOST_COLUMNS = 63  # as many as Word has
_FRAMES = tuple(W + name for name in ("customXml", "smartTag", "sdtContent"))
_ELSEWHERE = (f"{W}altChunk", f"{W}subDoc")


def read_blocks(story: Story, parent: Element, fate: Fate = "") -> Iterator[Piece]:
    """The pieces in order. What is left over of a paragraph that was joined to the next is the last."""
    yield from _read(story, parent, fate)
    yield from _with_boxes(story, flushed(story))


def _read(story: Story, parent: Element, fate: Fate) -> Iterator[Piece]:
    for node in parent:
        tag = node.tag
        if tag == f"{W}p":
            yield from _with_boxes(story, read_paragraph(story, node, fate))
        elif tag == f"{W}tbl":
            yield from _with_boxes(story, flushed(story))
            yield from _read_table(story, node, fate)
        elif tag == f"{W}sdt":
            yield from _read_control(story, node, fate)
        elif tag in _FRAMES:
            yield from _read(story, node, fate)
        elif tag in BECOMES[story.rejects]:
            yield from _read(story, node, BECOMES[story.rejects][str(tag)] or fate)
        elif tag == f"{MC}AlternateContent":
            for chosen in chosen_of(node):
                yield from _read(story, chosen, fate)
        else:
            _read_other(story, node)


def _read_other(story: Story, node: Element) -> None:
    """What holds no words: a bookmark, or a document that is somewhere else."""
    if node.tag in _ELSEWHERE:
        story.look("another document is shown here, which is not part of this file and not read")
    read_bookmark(story, node, story.bookmarks)


def _read_control(story: Story, node: Element, fate: Fate) -> Iterator[Piece]:
    """A content control: what it holds. One for a contents list is left out of the text."""
    gallery = value(node, "sdtPr", "docPartObj", "docPartGallery") == "Table of Contents"
    story.galleries += gallery
    for inner in node.iterfind(f"{W}sdtContent"):
        yield from _read(story, inner, fate)
    story.galleries -= gallery


def _with_boxes(story: Story, read: Iterable[tuple[Piece | None, list[Element]]]) -> Iterator[Piece]:
    for piece, boxes in read:
        if piece is not None:
            yield piece
        for box in boxes:
            read_box(story, box)


def read_box(story: Story, box: Element) -> None:
    """A text box, kept beside the text. It is a text of its own: no field and no paragraph goes on in it."""
    fields, galleries, pending = story.fields, story.galleries, story.pending
    story.fields, story.galleries, story.pending = [], 0, None
    place = story.place
    fixed, story.fixed = story.fixed, place
    told = lines(read_blocks(story, box))
    story.fields, story.galleries, story.pending, story.fixed = fields, galleries, pending, fixed
    if told.strip():
        story.aside("text box", told, place)
        message = "a text box stands here, and its words are not in the text"
        story.remarks.append(Remark("look", place, message))


def lines(pieces: Iterable[Piece]) -> str:
    """Pieces as lines of plain words, their numbers before them."""
    return "\n".join(_told(piece) for piece in pieces)


def _told(piece: Piece) -> str:
    if piece.rows:
        return "\n".join(" | ".join(plain(cell) for cell in row) for row in piece.rows)
    return f"{piece.marker} {plain(piece.words)}".strip()


@dataclass(frozen=True, slots=True)
class _Cell:
    pieces: tuple[Piece, ...]
    span: int = 1
    goes_on: bool = False


def _read_table(story: Story, node: Element, fate: Fate) -> Iterator[Piece]:
    """A table; one that is no more than a frame round words is these words."""
    place = replace(story.place, number=story.paragraphs + 1) if story.fixed is None else story.fixed
    bookmarks, story.bookmarks = tuple(story.bookmarks), []
    rows = [(row, [*_cells(story, row, gone)]) for row, gone in _rows(story, node, fate)]
    kept = [(row, cells) for row, cells in rows if cells]
    if len(kept) == 1 and len(kept[0][1]) == 1 and not on(kept[0][0].find(f"{W}trPr"), "tblHeader"):
        pieces = kept[0][1][0].pieces
        if pieces:
            story.remarks.append(Remark("guessed", place, "a table with one cell is read as the words in it"))
            yield replace(pieces[0], bookmarks=(*bookmarks, *pieces[0].bookmarks))
            yield from pieces[1:]
        return
    if story.exact or any(cell.pieces for _, cells in kept for cell in cells):
        _remark(story, [cell for _, cells in kept for cell in cells], place)
        made = Piece((), place, rows=_squared([_row(row, cells) for row, cells in kept]), bookmarks=bookmarks)
        style = story.styles[value(node, "tblPr", "tblStyle") or ""].name
        yield with_cells(made, ([one.pieces for one in cells] for _, cells in kept), style) if story.exact else made


def _remark(story: Story, cells: list[_Cell], place: Place) -> None:
    if any(cell.span > 1 or cell.goes_on for cell in cells):
        message = "cells of this table are merged: the first of them has the words, and the others are empty"
        story.remarks.append(Remark("look", place, message))
    if any(piece.rows for cell in cells for piece in cell.pieces):
        message = "a table stands within this table: its cells are lines here"
        story.remarks.append(Remark("look", place, message))


def _rows(story: Story, table: Element, fate: Fate) -> Iterator[tuple[Element, Fate]]:
    for node in table:
        if node.tag == f"{W}tr":
            yield node, _fate_of(story, node.find(f"{W}trPr"), fate)
        elif node.tag == f"{W}sdt":
            for inner in node.iterfind(f"{W}sdtContent"):
                yield from _rows(story, inner, fate)
        elif node.tag in _FRAMES or node.tag in BECOMES[story.rejects]:
            yield from _rows(story, node, BECOMES[story.rejects].get(str(node.tag)) or fate)


def _fate_of(story: Story, properties: Element | None, fate: Fate) -> Fate:
    """What became of a row or a cell by a tracked change of its own."""
    wanted = ("ins", "cellIns") if story.rejects else ("del", "cellDel")
    if properties is not None and any(properties.find(W + name) is not None for name in wanted):
        story.changes[f"{W}{wanted[0]}"] += 1
        return "deleted"
    return fate


def _cells(story: Story, row: Element, fate: Fate) -> Iterator[_Cell]:
    """The cells of a row; none of one that is gone, whose words are kept beside the text."""
    for node in row:
        if node.tag == f"{W}tc":
            properties = node.find(f"{W}tcPr")
            gone = _fate_of(story, properties, fate)
            pieces = tuple(read_blocks(story, node, gone))
            if gone in ("", "arrived"):
                yield _cell(story, properties, pieces)
        elif node.tag == f"{W}sdt":
            for inner in node.iterfind(f"{W}sdtContent"):
                yield from _cells(story, inner, fate)
        elif node.tag in _FRAMES:
            yield from _cells(story, node, fate)


def _cell(story: Story, properties: Element | None, pieces: tuple[Piece, ...]) -> _Cell:
    span = min(max(number(properties, "gridSpan") or 1, 1), _MOST_COLUMNS)
    merged = [None if properties is None else properties.find(W + name) for name in ("vMerge", "hMerge")]
    goes_on = any(one is not None and one.get(f"{W}val", "continue") == "continue" for one in merged)
    if goes_on and pieces:  # Word does not print them
        story.aside("other", lines(pieces))
        pieces = ()
    return _Cell(pieces, span, goes_on)


def _row(row: Element, cells: list[_Cell]) -> list[Inlines]:
    before = number(row.find(f"{W}trPr"), "gridBefore") or 0
    made: list[Inlines] = [()] * min(max(before, 0), _MOST_COLUMNS)
    for cell in cells:
        made.append(tuple(_words(cell.pieces)))
        made += [()] * (cell.span - 1)
    return made


def _squared(rows: list[list[Inlines]]) -> tuple[tuple[Inlines, ...], ...]:
    """All rows as long as the longest."""
    columns = max((len(row) for row in rows), default=0)
    wide = columns if columns <= _MOST_COLUMNS else 0
    return tuple((*row, *[()] * (wide - len(row))) for row in rows)


def _words(pieces: Iterable[Piece]) -> Iterator[Inline]:
    """The words of a cell: paragraphs are lines, and a number stands before its words."""
    for at, piece in enumerate(pieces):
        if at:
            yield LineBreak()
        if piece.rows:
            yield from _flat(piece)
        elif piece.marker:
            yield Text(f"{piece.marker} ")
        yield from piece.words


def _flat(table: Piece) -> Iterator[Inline]:
    cells = [cell for row in table.rows for cell in row if cell]
    for at, cell in enumerate(cells):
        if at:
            yield LineBreak()
        yield from cell
