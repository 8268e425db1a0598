"""Edition -> lines: what the documents print, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from policytool.model.block import (
    Block,
    Blocks,
    Bullet,
    Clause,
    Item,
    Paragraph,
    Preformatted,
    Quote,
    Section,
    Table,
)
from policytool.render.edition import DRAFT, FOOTNOTES, Edition, Value, runs
from policytool.render.reading.lines import BREAK, Piece, Pieces, Style, columns, painted, wrapped
from policytool.render.reading.parts import Part
from policytool.render.reading.tables import laid_out
from policytool.render.reading.words import BOLD, Words
from policytool.render.terminal import printable

NARROWEST = 24
COMFORTABLE = 36
"""With fewer columns than this left to its words, what stands under a clause is indented less."""
INDENT = "  "
GAP = "  "
_BAR, _BULLET, _RULE = "│ ", "•", "─"
_HEADING = frozenset({Style.BOLD, Style.CYAN})
_FAINT = frozenset({Style.FAINT})
_NOTICE = frozenset({Style.BOLD, Style.ITALIC})


class _Column(NamedTuple):
    """Where lines stand: what is printed before each, and how many columns are left."""

    before: Pieces
    room: int

    def indented(self, text: str, styles: frozenset[Style] = frozenset()) -> _Column:
        """The same, further in."""
        return _Column((*self.before, Piece(text, styles)), self.room - columns(text))


def reading(edition: Edition, parts: Sequence[Part] = (), *, colour: bool, width: int = 80) -> Iterator[str]:
    """An edition line by line, or some parts of it under their places; `width` columns, but for longer words."""
    page = _Page(edition)
    column = _Column((), max(width, NARROWEST))
    lines = page.parts(parts, column) if parts else page.whole(column)
    return (painted(line, colour=colour).rstrip() for line in lines)


class _Page:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.words = Words(edition)

    def whole(self, column: _Column) -> Iterator[Pieces]:
        """Title, title block, text, footnotes."""
        yield from self.top(column)
        yield ()
        for label, value in self.title_block():
            yield from _hung(column, label, (Piece(value),), _label_width(self.title_block()), _FAINT)
        yield from self.blocks(self.edition.policy.blocks, column.indented(INDENT), column, begins=False)
        yield from self.footnotes(column)

    def parts(self, parts: Sequence[Part], column: _Column) -> Iterator[Pieces]:
        """Title; then each part under what it stands in, and the footnotes that are cited in it."""
        yield from self.top(column)
        place = None
        for part in parts:
            if place != (place := part.place(self.edition)) and place:
                yield ()
                yield from _set(column, (Piece(place, _FAINT),))
            yield from self.blocks((part.block,), column.indented(INDENT), column, begins=False)
        yield from self.footnotes(column)

    def top(self, column: _Column) -> Iterator[Pieces]:
        """The title, and what a reader must know before the text."""
        yield from _set(column, (Piece(self.edition.title, BOLD),))
        for notice in (DRAFT if self.edition.draft else "", self.edition.notice):
            if notice:
                yield from _set(column, (Piece(notice, _NOTICE),))

    def title_block(self) -> list[tuple[str, str]]:
        """The rows of the title block."""
        return [(label, _told(value)) for label, value in self.edition.title_block]

    def blocks(self, blocks: Blocks, column: _Column, margin: _Column, *, begins: bool) -> Iterator[Pieces]:
        """Blocks in reading order, each after an empty line, but the first where it `begins` what it stands in.

        Headings stand at the margin, all else in the column.
        """
        for place, run in enumerate(runs(blocks)):
            if place or not begins:
                yield column.before if _is_quoted(column) else ()
            yield from self.run(run, column, margin)

    def run(self, run: Blocks, column: _Column, margin: _Column) -> Iterator[Pieces]:
        """A run of clauses, items or bullets, their words in one column; any other block by itself."""
        entries = [block for block in run if isinstance(block, Clause | Item | Bullet)]
        if not entries:
            yield from self.block(run[0], column, margin)
        widest = max((columns(_marker(one)) for one in entries), default=0)
        for place, entry in enumerate(entries):
            if place and not _is_tight(run):
                yield column.before if _is_quoted(column) else ()
            yield from self.entry(entry, column, widest)

    def entry(self, entry: Clause | Item | Bullet, column: _Column, widest: int) -> Iterator[Pieces]:
        """A clause, item or bullet, with what belongs to it."""
        yield from _hung(column, _marker(entry), self.words(entry.text), widest)
        inside = column.indented(" " * (widest + len(GAP)))
        if inside.room < COMFORTABLE:
            inside = column.indented(INDENT)
        for run in runs(entry.blocks):
            if not _is_tight(run):
                yield column.before if _is_quoted(column) else ()
            yield from self.run(run, inside, inside)

    def block(self, block: Block, column: _Column, margin: _Column) -> Iterator[Pieces]:
        """A block that is in no list."""
        match block:
            case Section():
                yield from self.section(block, margin)
            case Paragraph():
                yield from _set(column, self.words(block.text))
            case Quote():
                quoted = column.indented(_BAR, _FAINT)
                yield from self.blocks(block.blocks, quoted, quoted, begins=True)
            case Preformatted():
                lines = block.text.rstrip("\n").split("\n")
                yield from ((*column.before, Piece(_typed(line))) for line in lines)
            case Table():
                yield from self.table(block, column)
            case _:
                yield (*column.before, Piece(_RULE * column.room, _FAINT))

    def section(self, section: Section, margin: _Column) -> Iterator[Pieces]:
        """A heading, and what stands under it."""
        marker = section.number.marker if section.number else ""
        yield from _hung(margin, marker, self.words(section.title, _HEADING), columns(marker), _HEADING)
        if section.blocks:
            yield from self.blocks(section.blocks, margin.indented(INDENT), margin, begins=False)

    def table(self, table: Table, column: _Column) -> Iterator[Pieces]:
        """A table, or a record a row where there is no room for one."""
        header = [self.words(cell, BOLD) for cell in table.header]
        rows = [[self.words(cell) for cell in row] for row in table.rows]
        for line in laid_out(header, rows, table.alignments, column.room):
            yield (*column.before, *line)

    def footnotes(self, column: _Column) -> Iterator[Pieces]:
        """The footnotes that were cited, those that they cite included, under a heading."""
        listed = {note.name: note for note in self.edition.policy.footnotes}
        told: list[Pieces] = []
        done: set[str] = set()
        while waiting := [name for name in self.words.marked if name in listed and name not in done]:
            done.add(waiting[0])
            told += self.footnote(f"[{self.words.notes[waiting[0]]}]", listed[waiting[0]].blocks, column)
        if told:
            yield ()
            yield from _set(column, (Piece(FOOTNOTES, _HEADING),))
            yield ()
            yield from told

    def footnote(self, mark: str, blocks: Blocks, column: _Column) -> Iterator[Pieces]:
        """One footnote behind its number."""
        inside = column.indented(" " * (len(mark) + len(GAP)))
        lines = list(self.blocks(blocks, inside, inside, begins=True)) or [inside.before]
        yield (*column.before, Piece(mark + GAP, _FAINT), *lines[0][len(inside.before) :])
        yield from lines[1:]


def _marker(block: Clause | Item | Bullet) -> str:
    if isinstance(block, Bullet):
        return _BULLET
    return block.number.marker if block.number else ""


def _is_tight(run: Blocks) -> bool:
    """Whether no empty lines part what is in a list: items and bullets, and nothing but such below them."""
    return all(isinstance(block, Item | Bullet) and _is_tight(block.blocks) for block in run)


def _typed(line: str) -> str:
    """A line as typed: blanks kept, which are no more than blanks here."""
    return printable(line.expandtabs(4).replace(BREAK, ""))


def _told(value: Value) -> str:
    return value if isinstance(value, str) else "; ".join(named.title for named in value)


def _label_width(rows: Iterable[tuple[str, str]]) -> int:
    return max(columns(label) for label, _ in rows)


def _is_quoted(column: _Column) -> bool:
    return any(piece.text == _BAR for piece in column.before)


def _set(column: _Column, pieces: Pieces) -> Iterator[Pieces]:
    """Words, wrapped."""
    for line in wrapped(pieces, column.room):
        yield (*column.before, *line)


def _hung(
    column: _Column, marker: str, pieces: Pieces, widest: int, styles: frozenset[Style] = frozenset()
) -> Iterator[Pieces]:
    """Words behind a number or a label, the lines below hung under the first."""
    filled = marker + " " * (widest - columns(marker)) + GAP if marker or widest else ""
    for place, line in enumerate(wrapped(pieces, column.room - len(filled))):
        yield (*column.before, Piece(" " * columns(filled)) if place else Piece(filled, styles), *line)
