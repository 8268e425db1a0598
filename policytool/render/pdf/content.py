"""Edition -> the value that the template reads, made of what JSON can hold.

Words are strings. Everything else is a list: its kind, then what it holds in the order in which `policy.typ` takes it
apart. Lengths are in em of the size of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from policytool.model.block import (
    Block,
    Blocks,
    Bullet,
    Clause,
    Item,
    Paragraph,
    Preformatted,
    Quote,
    Row,
    Section,
    Table,
)
from policytool.model.inline import (
    Code,
    Emphasis,
    FootnoteMark,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Numeral,
    Reference,
    Strong,
    Text,
    descend,
    plain,
)
from policytool.render.address import safe_address
from policytool.render.edition import CONTENTS, DASH, DRAFT, Edition, Named, Value, anchor, runs

Node: TypeAlias = "str | list[object]"
Nodes: TypeAlias = list[Node]

DEEPEST_HEADING = 6
DEEPEST_IN_CONTENTS = 2
LONG_WORD = 40
LONG_CELL = 80
SMALLEST = 0.6

_WIDTHS = {**dict.fromkeys("0123456789", 0.5), **dict.fromkeys("()", 0.31), ".": 0.25}
_LETTER = 0.58
_GAP = 0.8
_ROOMIER = 1.3  # numbers in Verdana, the widest of the common fonts
_NARROWEST = {Section: 2.6, Clause: 2.6, Item: 1.9}
_HEADING_SIZE = 15 / 11
_TABLE_WIDTH = 82

_BLANKS = re.compile("[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
_UNPRINTABLE = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff0-\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_LONG_WORD = re.compile(rf"\S{{{LONG_WORD},}}")
_LONG_PART = re.compile(rf"[^/?&=#._-]{{{LONG_WORD},}}")
_UNBROKEN = re.compile("[^\\s\u200b/]+")


def content(edition: Edition, font: str = "") -> dict[str, object]:
    """All that the template prints of an edition, in a font of the house's own where there is one."""
    making = _Making(edition, _ROOMIER if font else 1.0)
    body = making.blocks(edition.policy.blocks, _MARGIN)
    return {
        "title": printable(edition.title) or edition.policy.id,
        "author": printable(edition.organisation),
        "draft": DRAFT if edition.draft else "",
        "notice": printable(edition.notice),
        "colour": edition.ink,
        "font": font,
        "wide": making.wide,
        "crest": _crest(edition),
        "facts": [[label, _value(value)] for label, value in edition.title_block],
        "contents-title": CONTENTS,
        "contents": _contents(making.headings, making.wide),
        "anchors": dict.fromkeys(making.anchors, True),
        "body": body,
    }


def _crest(edition: Edition) -> list[object]:
    """The crest's kind, its size in millimetres, and what it is; empty where there is none."""
    crest = edition.house.crest
    if crest is None:
        return []
    return [{"jpeg": "jpg"}.get(crest.kind, crest.kind), *crest.size, printable(edition.crest_words)]


def printable(text: str) -> str:
    """The text on one line, without the characters that nothing can print; very long words may be broken."""
    if not text.isprintable() or "  " in text:
        text = _UNPRINTABLE.sub("", _BLANKS.sub(" ", text))
    return _breakable(text)


def lines(text: str) -> str:
    """The text line by line, as typed, without the characters that nothing can print."""
    return "\n".join(_breakable(_UNPRINTABLE.sub("", line)) for line in text.expandtabs(4).splitlines())


def _breakable(text: str) -> str:
    """The text with places (U+200B) where words that no line may be able to hold can be broken.

    Typst itself breaks an address between its parts.
    """
    return _LONG_WORD.sub(_broken, text) if len(text) >= LONG_WORD else text


def _broken(word: re.Match[str]) -> str:
    if "://" in word[0]:
        return _LONG_PART.sub(_split, word[0])
    return _split(word)


def _split(word: re.Match[str]) -> str:
    return "\u200b".join(re.findall(".{1,8}", word[0]))


def _value(value: Value) -> Nodes:
    if isinstance(value, str):
        return [printable(value)]
    nodes: Nodes = []
    for named in value:
        nodes += [_named(named), ["break"]]
    return nodes[:-1]


def _named(named: Named) -> Node:
    address, title = safe_address(named.address), printable(named.title)
    return ["link", address, [title]] if address else title


class _Heading(NamedTuple):
    """A heading for the contents. It hangs when its number stands in a column of its own ("Appendix A" does not)."""

    anchor: str
    level: int
    marker: str
    title: str
    hangs: bool


class _Place(NamedTuple):
    """Where a block stands: how far in, the level of a heading there, whether clauses hang in the margin's column."""

    indent: float
    heading: int
    outermost: bool


_MARGIN = _Place(0, 1, outermost=True)
_INSIDE = _Place(0, DEEPEST_HEADING, outermost=False)


class _Making:
    """The value in the making: the anchors that are taken, the headings so far, the footnotes that are printed.

    `wide` is how wide the letters may be, our own font's being 1.
    """

    def __init__(self, edition: Edition, wide: float) -> None:
        self.edition, self.wide = edition, wide
        self.anchors: set[str] = set()
        self.headings: list[_Heading] = []
        self.footnotes = {footnote.name: footnote.blocks for footnote in edition.policy.footnotes}
        self.numbers = {name: str(number) for number, name in enumerate(self.footnotes, 1)}
        self.printed: set[str] = set()
        self.hang = max((self.width(block) for block in _outermost(edition.policy.blocks)), default=0.0)

    # Blocks

    def width(self, block: Block) -> float:
        """The width of the column that holds a block's number, in em."""
        return _width(block, self.wide)

    def anchor(self, block: Block) -> str:
        """The block's anchor the first time it is asked for, then "": a name in a PDF stands for one place."""
        name = anchor(block)
        if name in self.anchors:
            return ""
        if name:
            self.anchors.add(name)
        return name

    def blocks(self, blocks: Blocks, place: _Place) -> Nodes:
        """Blocks in reading order."""
        return [node for run in runs(blocks) for node in self.run(run, place)]

    def run(self, run: Blocks, place: _Place) -> Nodes:
        """A run of clauses, items or bullets as one list; any other block by itself."""
        first = run[0]
        if isinstance(first, Clause | Item | Bullet):
            entries = [self.entry(block) for block in run if isinstance(block, Clause | Item | Bullet)]
            if isinstance(first, Bullet):
                return [["bullets", place.indent, entries]]
            if isinstance(first, Clause) and place.outermost:
                return [["numbered", 0, self.hang, entries]]
            return [["numbered", place.indent, max(map(self.width, run)), entries]]
        return self.section(first, place) if isinstance(first, Section) else [self.block(first, place)]

    def entry(self, block: Clause | Item | Bullet) -> list[object]:
        """A clause, item or bullet: its marker, anchor and words, whether they lead on, and what belongs to it."""
        words, leads = self.words(block.text), bool(block.blocks) and _leads(block.text)
        return [_marker(block), self.anchor(block), words, leads, self.blocks(block.blocks, _INSIDE)]

    def section(self, section: Section, place: _Place) -> Nodes:
        """A heading and what stands under it. Levels follow the nesting, not the source's, so that none is skipped."""
        level = min(place.heading, DEEPEST_HEADING)
        marker, name = _marker(section), self.anchor(section) or f" {len(self.headings)}"
        title = printable(self.edition.plain(section.title))
        self.headings.append(_Heading(name, level, marker, title, hangs := _hangs(section)))
        bookmark, width = f"{marker} {title}".strip() or DASH, self.hang if hangs else 0
        heading: Node = ["heading", level, name, marker, bookmark, width, self.words(section.title)]
        within = _Place(self.hang if section.number else place.indent, place.heading + 1, place.outermost)
        return [heading, *self.blocks(section.blocks, within)]

    def block(self, block: Block, place: _Place) -> Node:
        """A block that is in no list."""
        match block:
            case Paragraph():
                return ["paragraph", place.indent, self.anchor(block), self.words(block.text), _leads(block.text)]
            case Quote():
                return ["quote", place.indent, self.anchor(block), self.blocks(block.blocks, _INSIDE)]
            case Preformatted():
                return ["preformatted", place.indent, self.anchor(block), lines(block.text)]
            case Table():
                return self.table(block, place)
            case _:
                return ["rule"]

    def table(self, table: Table, place: _Place) -> Node:
        """A table, whose rows are all as long as its header."""
        count = len(table.header)
        rows = [[*row, *[()] * (count - len(row))][:count] for row in (table.header, *table.rows)]
        texts = [[printable(self.edition.plain(cell)) for cell in row] for row in rows]
        widths, scale = column_widths(texts, _TABLE_WIDTH / self.wide - place.indent * 2)
        sides = [*table.alignments, *[""] * count][:count]
        header, *cells = [[self.words(cell) for cell in row] for row in rows]
        repeats = _repeats(table.header)
        return ["table", place.indent, self.anchor(table), widths, scale, sides, repeats, header, cells]

    # Words

    def words(self, inlines: Inlines, *, linked: bool = False) -> Nodes:
        """Words with their markup; inside a link (`linked`) there is no other link."""
        return [node for inline in inlines for node in self.word(inline, linked=linked)]

    def word(self, inline: Inline, *, linked: bool) -> Nodes:
        """One inline; a link that leads nowhere is its words alone."""
        match inline:
            case Text(text) | Numeral(text):
                return [printable(text)]
            case Strong(children):
                return [["strong", self.words(children, linked=linked)]]
            case Emphasis(children):
                return [["emphasis", self.words(children, linked=linked)]]
            case Reference():
                return self.reference(inline, linked=linked)
            case Link(children, address):
                return self.link("link", safe_address(address), children, linked=linked)
            case Code(text):
                return [["code", printable(text)]]
            case LineBreak():
                return [["break"]]
            case FootnoteMark(name):
                return [self.mark(name, linked=linked)]

    def reference(self, reference: Reference, *, linked: bool) -> Nodes:
        """A cross-reference: a link to a place in this PDF, or to where the other policy is published."""
        cited = self.edition.cite(reference)
        if cited.policy:
            return self.link("link", safe_address(cited.address), cited.children, linked=linked)
        return self.link("reference", cited.anchor, cited.children, linked=linked)

    def link(self, kind: str, target: str, children: Inlines, *, linked: bool) -> Nodes:
        """The words of a link, as a link if it may be one."""
        if linked or not target or not plain(children).strip():
            return self.words(children, linked=linked)
        return [[kind, target, self.words(children, linked=True)]]

    def mark(self, name: str, *, linked: bool) -> Node:
        """A footnote mark: the first brings its footnote, the others and those inside a link only show its number."""
        if name not in self.footnotes:
            return f"[^{printable(name)}]"
        number, place = self.numbers[name], f" note {name}"
        if linked:
            return ["raised", number]
        if name in self.printed:
            return ["mark", number, place]
        self.printed.add(name)
        return ["footnote", number, place, self.footnote(self.footnotes[name])]

    def footnote(self, blocks: Blocks) -> Nodes:
        """What a footnote says, beginning on the line of its number."""
        first = self.words(blocks[0].text) if blocks and isinstance(blocks[0], Paragraph) else []
        return [*first, *self.blocks(blocks[1:] if first else blocks, _INSIDE)]


def column_widths(rows: list[list[str]], available: float) -> tuple[list[float], float]:
    """The share of each column of a table, and the size of its words, smaller than 1 where they would not fit.

    A column has its longest word and, of what is left, the more the longer its cells are. Counted in characters,
    `available` of which go on a line.
    """
    columns = list(zip(*rows, strict=True))
    least = [
        2.0 + max((len(word) for cell in column for word in _UNBROKEN.findall(cell)), default=1) for column in columns
    ]
    more = [
        max(min(max(map(len, column)), LONG_CELL) + 2.0 - low, 0) for column, low in zip(columns, least, strict=True)
    ]
    grow = max(available - sum(least), 0) / (sum(more) or 1)
    scale = max(min(available / sum(least), 1), SMALLEST)
    return [round(low + wanted * grow, 2) for low, wanted in zip(least, more, strict=True)], round(scale, 2)


def _contents(headings: list[_Heading], wide: float) -> dict[str, list[object]]:
    """The lines of the contents by anchor: how far in, the width of the column of numbers, the number, the title."""
    shown = [heading for heading in headings if heading.level <= DEEPEST_IN_CONTENTS]
    column = max((_length(heading.marker) * wide + _GAP for heading in shown if heading.hangs), default=0.0)
    return {
        heading.anchor: [
            column * (heading.level - 1),
            column if heading.hangs else 0,
            heading.marker,
            heading.title,
        ]
        for heading in shown
    }


def _repeats(header: Row) -> bool:
    """Whether a header may stand again on the next page, as an artifact, which PDF/UA forbids to hold a link."""
    return not any(isinstance(word, Link | Reference | FootnoteMark) for cell in header for word in descend(cell))


def _leads(inlines: Inlines) -> bool:
    """Whether words end in a colon, so that what comes next should stand on the same page."""
    return plain(inlines[-1:]).rstrip().endswith(":")


def _marker(block: Block) -> str:
    return block.number.marker if isinstance(block, Section | Clause | Item) and block.number else ""


def _hangs(block: Block) -> bool:
    """Whether its number stands in a column of its own, before the words."""
    marker = _marker(block)
    return bool(marker) and not marker.startswith("Appendix")


def _width(block: Block, wide: float) -> float:
    """The width of the column that holds a block's number, in em."""
    size = 1.0 if isinstance(block, Clause | Item) else _HEADING_SIZE
    return round(max(_length(_marker(block)) * size * wide + _GAP, _NARROWEST.get(type(block), 0)), 2)


def _length(marker: str) -> float:
    return sum(_WIDTHS.get(sign, _LETTER) for sign in marker)


def _outermost(blocks: Blocks) -> Iterator[Block]:
    """The sections and clauses whose numbers hang in the margin's column."""
    for block in blocks:
        if _hangs(block) and isinstance(block, Section | Clause):
            yield block
        if isinstance(block, Section):
            yield from _outermost(block.blocks)
