"""Tables -> tables: a header row that is repeated on every page, rows that are not torn apart."""

from __future__ import annotations

from policytool.model.block import Alignment, Row, Table
from policytool.model.inline import Inlines
from policytool.render.word.markup import Element, child, paragraph
from policytool.render.word.story import Story
from policytool.render.word.words import write_words

_PADDING, _CHARACTER = 240, 120  # of a cell, and of a character in bold
_WIDEST = 60  # characters: a text that is longer asks for no more room


def write_table(story: Story, parent: Element, table: Table, column: int) -> None:
    """A table from `column` to the right margin, and the space after it."""
    rows = [story.wording.row(row) for row in (table.header, *table.rows)]
    if not table.header:
        return
    widths = _widths(story, table, story.width - column)
    made = start_table(parent, "PolicyTable", widths, indent=column, first="Row")
    for index, row in enumerate(rows):
        _write_row(story, made, row, table.alignments, widths, is_header=not index)
    paragraph(parent, "AfterTable")


def start_table(parent: Element, style: str, widths: list[int], *, indent: int, first: str) -> Element:
    """An empty table. Its first "Row" or "Column" is the one that heads the others."""
    made = child(parent, "tbl")
    properties = child(made, "tblPr")
    child(properties, "tblStyle", val=style)
    child(properties, "tblW", w=str(sum(widths)), type="dxa")
    if indent:
        child(properties, "tblInd", w=str(indent), type="dxa")
    child(properties, "tblLayout", type="fixed")
    row, headed = str(int(first == "Row")), str(int(first == "Column"))
    look = {"firstRow": row, "firstColumn": headed, "lastRow": "0", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    child(properties, "tblLook", val="0620" if first == "Row" else "0680", **look)
    grid = child(made, "tblGrid")
    for width in widths:
        child(grid, "gridCol", w=str(width))
    return made


def start_row(table: Element, *, is_header: bool = False) -> Element:
    """A row that stays on one page; a header is repeated on each."""
    made = child(table, "tr")
    properties = child(made, "trPr")
    child(properties, "cantSplit")
    if is_header:
        child(properties, "tblHeader")
    return made


def start_cell(row: Element, width: int) -> Element:
    """A cell, still without the paragraph that it must have."""
    made = child(row, "tc")
    child(child(made, "tcPr"), "tcW", w=str(width), type="dxa")
    return made


def _write_row(
    story: Story, table: Element, cells: Row, alignments: tuple[Alignment, ...], widths: list[int], *, is_header: bool
) -> None:
    row = start_row(table, is_header=is_header)
    for index, width in enumerate(widths):
        words: Inlines = cells[index] if index < len(cells) else ()
        align = alignments[index] if index < len(alignments) else ""
        cell = paragraph(start_cell(row, width), "TableHeading" if is_header else "TableText", align=align)
        write_words(story, cell, words)


def _widths(story: Story, table: Table, whole: int) -> list[int]:
    """The width of each column: room for its longest word, and what is left over by the length of its texts."""
    columns = [[story.edition.plain(cell) for cell in cells] for cells in zip(table.header, *table.rows, strict=False)]
    needs = [_PADDING + _CHARACTER * max(len(word) for text in texts for word in text.split(" ")) for texts in columns]
    spare = whole - sum(needs)
    shares = [_share([len(text) for text in texts]) for texts in columns] if spare > 0 else needs
    widths = [need + spare * share // sum(shares) for need, share in zip(needs, shares, strict=True)]
    widths[-1] += whole - sum(widths)
    return widths


def _share(lengths: list[int]) -> int:
    """The longest text counts as much as the average one; an empty column asks for a little."""
    return max(1, min((max(lengths) + sum(lengths) // len(lengths)) // 2, _WIDEST))
