"""Table -> lines: in columns where there is room for them, else a record a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policytool.model.block import Alignment
from policytool.render.reading.lines import Piece, Pieces, Style, longest, width, wrapped

GAP = "  "
ROOMY = 16
"""A column is squeezed to so many columns of the screen and no further, or to its longest word if that is shorter."""
_RULE = "─"


def laid_out(
    header: Sequence[Pieces], rows: Sequence[Sequence[Pieces]], alignments: Sequence[Alignment], room: int
) -> Iterator[Pieces]:
    """The lines of a table that is at most `room` columns wide, but for words that are longer."""
    widths = _widths([header, *rows], room)
    if widths is None:
        yield from _records(header, rows, room)
        return
    spare: list[Alignment] = [""] * len(widths)
    aligned = [*alignments, *spare][: len(widths)]
    yield from _row(header, widths, aligned)
    yield (Piece(GAP.join(_RULE * one for one in widths)),)
    parted = any(width(cell) > one for row in rows for cell, one in zip(row, widths, strict=True))
    for place, row in enumerate(rows):
        if parted and place:
            yield ()
        yield from _row(row, widths, aligned)


def _widths(rows: Sequence[Sequence[Pieces]], room: int) -> list[int] | None:
    """How wide each column is to be; None where there is too little room for columns.

    The widest are squeezed first, none below its longest word.
    """
    listed = list(zip(*rows, strict=True))
    widths = [max(1, *map(width, column)) for column in listed]
    least = [max(longest(cell) for cell in column) for column in listed]
    least = [max(min(ROOMY, natural), one) for one, natural in zip(least, widths, strict=True)]
    over = sum(widths) + len(GAP) * (len(widths) - 1) - room
    while over > 0:
        spare = [one - smallest for one, smallest in zip(widths, least, strict=True)]
        if not any(spare):
            return None
        at = max((place for place in range(len(widths)) if spare[place]), key=lambda place: widths[place])
        widths[at] -= 1
        over -= 1
    return widths


def _row(row: Sequence[Pieces], widths: Sequence[int], alignments: Sequence[Alignment]) -> Iterator[Pieces]:
    """One row, as many lines as its longest cell takes."""
    cells = [list(wrapped(cell, one)) for cell, one in zip(row, widths, strict=True)]
    for line in range(max(map(len, cells))):
        parts = [cell[line] if line < len(cell) else () for cell in cells]
        set_ = [_set(part, one, how) for part, one, how in zip(parts, widths, alignments, strict=True)]
        yield tuple(_trimmed([piece for place, part in enumerate(set_) for piece in _gap(place, part)]))


def _gap(place: int, part: list[Piece]) -> list[Piece]:
    return [Piece(GAP), *part] if place else part


def _set(part: Pieces, room: int, how: Alignment) -> list[Piece]:
    """A line of a cell, filled up with blanks."""
    blank = max(room - width(part), 0)
    before = {"right": blank, "center": blank // 2}.get(how, 0)
    return [Piece(" " * before), *part, Piece(" " * (blank - before))]


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without blanks at the end of the line."""
    while pieces and not pieces[-1].text.strip():
        pieces.pop()
    return pieces


def _records(header: Sequence[Pieces], rows: Sequence[Sequence[Pieces]], room: int) -> Iterator[Pieces]:
    """A paragraph a row, a line a cell: what its column is called, and what it says."""
    for place, row in enumerate(rows or [[()] * len(header)]):
        if place:
            yield ()
        for name, cell in zip(header, row, strict=True):
            called = (*name, Piece(": ", frozenset({Style.BOLD}))) if name else ()
            for at, line in enumerate(wrapped((*called, *cell), room - len(GAP))):
                yield (Piece(GAP), *line) if at else line
