"""Blocks -> paragraphs and tables.

Numbers of sections, and of the clauses right under them, hang in the margin, and their words stand in one column. What
belongs to a clause or an item stands under its words. Lengths are in twentieths of a point.
"""

from __future__ import annotations

from typing import NamedTuple

from policytool.model.block import (
    Block,
    Blocks,
    Bullet,
    Clause,
    Item,
    ItemStyle,
    Number,
    Paragraph,
    Preformatted,
    Quote,
    Section,
    Table,
)
from policytool.model.inline import Inlines, LineBreak, Text
from policytool.render.word.bookmarks import name_of_heading
from policytool.render.word.markup import Element, paragraph, run
from policytool.render.word.numbering import APPENDICES, BODY, BULLET_LEVELS, BULLETS, UNNUMBERED
from policytool.render.word.shapes import shape
from policytool.render.word.story import Story
from policytool.render.word.tables import write_table
from policytool.render.word.words import write_words

_HANGS = (851, 851, 851, 1021, 1247, 1474)  # room for a dotted number, by its depth
_APPENDIX_HANG = 1701
_ITEM_HANG = 624
_BULLET_HANG = 397
_QUOTE_INSET = 284
_LAST_PIECE = 3698  # however deep the blocks, so much of a line is left for words: two fifths of our own page's
_LEAST_INDENT = 1000
_FURTHEST = 5600
_DEEPEST_HEADING = 6
CONTENTS_DEPTH = 2


class Place(NamedTuple):
    """Where blocks stand: clause numbers at `margin`, words at `column`; how deep in bullets, and whether quoted.

    However deep the blocks, words begin no further in than `furthest`.
    """

    margin: int = 0
    column: int = 0
    bullets: int = 0
    quoted: bool = False
    furthest: int = _FURTHEST

    def under(self, column: int) -> Place:
        """The place of what belongs to a paragraph whose words begin at `column`."""
        column = min(column, self.furthest)
        return self._replace(margin=column, column=column)


def write_blocks(story: Story, parent: Element, blocks: Blocks, place: Place | None = None) -> None:
    """Blocks at the end of a part, or of a footnote: in the margin, unless they belong to others."""
    place = place or Place(furthest=max(story.width - _LAST_PIECE, _LEAST_INDENT))
    for block in blocks:
        if story.carried:
            story.carried.enter(block)
        _write(story, parent, block, place)
        if story.carried:
            story.carried.leave()


def _write(story: Story, parent: Element, block: Block, place: Place) -> None:
    match block:
        case Section():
            _write_section(story, parent, block, place)
        case Clause():
            _write_clause(story, parent, block, place)
        case Item():
            _write_item(story, parent, block, place)
        case Bullet():
            _write_bullet(story, parent, block, place)
        case Paragraph():
            _write_paragraph(story, parent, block, place)
        case Quote():
            _write_quote(story, parent, block, place)
        case Table():
            _write_table(story, parent, block, place)
        case Preformatted():
            _write_preformatted(story, parent, block, place)
        case _:  # a Rule
            made = paragraph(parent, "Rule", indent=(place.column, 0) if place.column else None)
            story.bookmarks.end(made, _begin(story, made, block))


def _write_section(story: Story, parent: Element, section: Section, place: Place) -> None:
    number, level = section.number, min(section.level, _DEEPEST_HEADING)
    made = _heading(story, parent, number, level)
    listed = ""
    if story.has_contents and section.level <= CONTENTS_DEPTH:
        listed = story.bookmarks.begin(made, name_of_heading(next(story.headings)))
    _write_marked(story, made, section, section.title)
    story.bookmarks.end(made, listed)
    inner = place._replace(margin=0, column=_hang(number)) if number else place
    write_blocks(story, parent, section.blocks, inner)


def _heading(story: Story, parent: Element, number: Number | None, level: int) -> Element:
    """A heading's paragraph. Its style counts, unless the number is not the next at the heading's own level."""
    style = f"{'Appendix' if number and number.appendix else 'Heading'}{level}"
    if number is None:
        return paragraph(parent, style, number=(UNNUMBERED, level - 1), indent=(0, 0))
    hang = _APPENDIX_HANG if number.appendix and number.depth == 1 else _hang(number)
    counted = story.numbering.place(number)
    if counted == (APPENDICES if number.appendix else BODY, level - 1):
        return paragraph(parent, style)
    made = paragraph(parent, style, number=counted or (UNNUMBERED, level - 1), indent=(hang, hang))
    _count(story, made, number, counted)
    return made


def _write_marked(story: Story, paragraph_: Element, block: Block, words: Inlines) -> None:
    """A block's own words, between the ends of its bookmark."""
    key = _begin(story, paragraph_, block)
    write_words(story, paragraph_, story.wording.words(words))
    story.bookmarks.end(paragraph_, key)
    if story.carried:
        story.carried.say([shape(story, words)])


def _begin(story: Story, parent: Element, block: Block) -> str:
    """Begin a block's bookmark: its id, or ""."""
    if story.carried:
        return story.carried.begin(story.bookmarks, parent, block)
    return story.bookmarks.start(parent, block)


def _count(story: Story, made: Element, number: Number | None, counted: tuple[int, int] | None) -> None:
    """Type a number that Word cannot count."""
    typed = f"{number.marker}\t" if number and counted is None else ""
    run(made, typed)
    if story.carried:
        story.carried.typed(typed, counted[1] if counted else -1)


def _write_clause(story: Story, parent: Element, clause: Clause, place: Place) -> None:
    inner = place.under(place.margin + _hang(clause.number))
    _write_numbered(story, parent, clause, "letter", inner)
    write_blocks(story, parent, clause.blocks, inner)


def _write_item(story: Story, parent: Element, item: Item, place: Place) -> None:
    inner = place.under(place.column + _ITEM_HANG)
    _write_numbered(story, parent, item, item.style, inner)
    write_blocks(story, parent, item.blocks, inner)


def _write_numbered(story: Story, parent: Element, block: Clause | Item, style: ItemStyle, place: Place) -> None:
    """A clause or an item; a number too deep for Word's lists is typed."""
    number = block.number
    counted = story.numbering.place(number, style) if number else None
    made = paragraph(
        parent,
        "FootnoteText" if story.is_note else type(block).__name__,
        keep_next=_introduces(block.text),
        number=counted,
        border=_border(story, place),
        indent=(place.column, _ITEM_HANG if isinstance(block, Item) else _hang(number)),
    )
    _count(story, made, number, counted)
    _write_marked(story, made, block, block.text)


def _write_bullet(story: Story, parent: Element, bullet: Bullet, place: Place) -> None:
    inner = place.under(place.column + _BULLET_HANG)._replace(bullets=place.bullets + 1)
    made = paragraph(
        parent,
        "FootnoteText" if story.is_note else "ListBullet",
        keep_next=_introduces(bullet.text),
        number=(BULLETS, min(place.bullets, BULLET_LEVELS - 1)),
        border=_border(story, place),
        indent=(inner.column, _BULLET_HANG),
    )
    _write_marked(story, made, bullet, bullet.text)
    write_blocks(story, parent, bullet.blocks, inner)


def _write_paragraph(story: Story, parent: Element, block: Paragraph, place: Place) -> None:
    made = paragraph(
        parent,
        "FootnoteText" if story.is_note else "Quote" if place.quoted else story.plain,
        keep_next=_introduces(block.text),
        border=_border(story, place) if story.is_note else "",
        indent=(place.column, 0) if place.column else None,
    )
    _write_marked(story, made, block, block.text)


def _write_quote(story: Story, parent: Element, quote: Quote, place: Place) -> None:
    _mark_place(story, parent, quote)
    inner = place.under(place.column + _QUOTE_INSET)._replace(bullets=0, quoted=True)
    write_blocks(story, parent, quote.blocks, inner)


def _write_table(story: Story, parent: Element, table: Table, place: Place) -> None:
    _mark_place(story, parent, table)
    write_table(story, parent, table, place.column)
    if story.carried:
        story.carried.say([shape(story, cell) for row in (table.header, *table.rows) for cell in row])


def _mark_place(story: Story, parent: Element, block: Block) -> None:
    """A bookmark before what is more than one paragraph."""
    story.bookmarks.end(parent, _begin(story, parent, block))


def _write_preformatted(story: Story, parent: Element, block: Preformatted, place: Place) -> None:
    made = paragraph(
        parent, "Preformatted", border=_border(story, place), indent=(place.column, 0) if place.column else None
    )
    lines = block.text.rstrip("\n").split("\n")
    broken = tuple(inline for line in lines for inline in (LineBreak(), Text(line)))
    _write_marked(story, made, block, broken[1:])


def _hang(number: Number | None) -> int:
    depth = number.depth if number else 1
    return _HANGS[min(max(depth, 1), len(_HANGS)) - 1]


def _border(story: Story, place: Place) -> str:
    return story.colour if place.quoted else ""


def _introduces(words: Inlines) -> bool:
    """Whether the words announce what follows, and must not be left alone at the foot of a page."""
    last = words[-1] if words else None
    return isinstance(last, Text) and last.text.rstrip().endswith(":")
