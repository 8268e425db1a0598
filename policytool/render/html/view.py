"""Edition -> Page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from policytool.model.block import (
    Alignment,
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
)
from policytool.render.address import safe_address
from policytool.render.edition import Cited, Edition, Named, Value, anchor, runs
from policytool.render.html.address import INDEX, fragment, neighbour, published
from policytool.render.html.shown import (
    Cell,
    Chapter,
    Entry,
    Grid,
    Heading,
    Line,
    Listing,
    Note,
    Page,
    Passage,
    Run,
    Shown,
    Words,
)

DEEPEST_HEADING = 6
DEEPEST_IN_CONTENTS = 2
UNDER_TITLE = 2


Links: TypeAlias = Callable[[str, str], str]
"""Where another policy of the library, or a place in it, can be read: from its id and an anchor; "" for nowhere."""


def page(edition: Edition, links: Links | None = None) -> Page:
    """The page of an edition; `links` leads to other policies where the pages do not stand beside one another."""
    links = links or partial(_held, edition)
    making = _Making(edition, links)
    blocks = making.blocks(edition.policy.blocks, UNDER_TITLE)
    return Page(
        edition.title,
        edition.organisation,
        edition.draft,
        edition.notice,
        tuple((label, _value(links, value)) for label, value in edition.title_block),
        _contents(blocks),
        blocks,
        making.notes(),
        INDEX if edition.issued else "",
    )


def _value(links: Links, value: Value) -> str | tuple[Run, ...]:
    return value if isinstance(value, str) else tuple(_named(links, named) for named in value)


def _named(links: Links, named: Named) -> Run:
    address = links(named.policy, "") if named.policy else safe_address(named.address)
    return Run("a", (named.title,), address)


def _held(edition: Edition, policy: str, anchor: str = "") -> str:
    """Where another policy of the library is: beside this page, or once published where its current issue is named.

    One that is not for the website is nowhere, as far as a published page knows.
    """
    if not edition.issued:
        return neighbour(policy, anchor)
    return published(policy) if edition.library.policies[policy].publish == "website" else ""


def _contents(blocks: tuple[Shown, ...], depth: int = 1) -> tuple[Line, ...]:
    return tuple(_line(block, depth) for block in blocks if isinstance(block, Chapter))


def _line(chapter: Chapter, depth: int) -> Line:
    heading = chapter.heading
    below = _contents(chapter.blocks, depth + 1) if depth < DEEPEST_IN_CONTENTS else ()
    return Line(fragment(heading.id), heading.marker, tuple(_unlinked(heading.words)), below)


def _unlinked(words: Words) -> Iterator[str | Run]:
    """The words without links and footnote marks: a line of the contents is a link itself, and links do not nest."""
    for word in words:
        if isinstance(word, str):
            yield word
        elif word.tag == "a":
            yield from _unlinked(word.words)
        elif word.tag != "sup":
            yield word._replace(words=tuple(_unlinked(word.words)))


class _Making:
    """A page in the making: the ids that are taken, and the places where each footnote is cited."""

    def __init__(self, edition: Edition, links: Links) -> None:
        self.edition, self.links = edition, links
        self.footnotes = {footnote.name: number for number, footnote in enumerate(edition.policy.footnotes, 1)}
        self.marks: dict[int, list[str]] = {number: [] for number in self.footnotes.values()}
        self.taken: set[str] = set()
        self.sections = 0
        self.tables = 0

    def id(self, block: Block) -> str:
        """The block's anchor, the first time that it is asked for; then "", for an id stands once on a page."""
        wanted = anchor(block)
        if wanted in self.taken:
            return ""
        self.taken.add(wanted)
        return wanted

    def blocks(self, blocks: Blocks, level: int) -> tuple[Shown, ...]:
        """Blocks in reading order; `level` is that of a heading among them."""
        return tuple(self.run(run, level) for run in runs(blocks))

    def run(self, run: Blocks, level: int) -> Shown:
        """A run of clauses, items or bullets as one list; any other block by itself."""
        entries = tuple(self.entry(block, level) for block in run if isinstance(block, Clause | Item | Bullet))
        return Listing(_LISTS[type(run[0])], entries) if entries else self.block(run[0], level)

    def entry(self, block: Clause | Item | Bullet, level: int) -> Entry:
        """A clause, item or bullet, with what belongs to it."""
        marker = "" if isinstance(block, Bullet) or block.number is None else block.number.marker
        return Entry(self.id(block), marker, self.words(block.text), self.blocks(block.blocks, level))

    def block(self, block: Block, level: int) -> Shown:
        """A block that is in no list."""
        match block:
            case Section():
                return self.chapter(block, level)
            case Paragraph():
                return Passage("paragraph", self.id(block), self.words(block.text))
            case Quote():
                return Passage("quote", self.id(block), blocks=self.blocks(block.blocks, level))
            case Preformatted():
                return Passage("preformatted", self.id(block), (block.text,))
            case Table():
                return self.grid(block)
            case _:
                return Passage("rule")

    def chapter(self, section: Section, level: int) -> Chapter:
        """A section. Headings follow the nesting, whatever the source's levels, so that none is skipped."""
        self.sections += 1
        found = self.id(section)
        heading = Heading(
            min(level, DEEPEST_HEADING),
            found or f"_section-{self.sections}",
            bool(found),
            section.number.marker if section.number else "",
            bool(section.number and section.number.appendix and section.number.depth == 1),
            self.words(section.title),
        )
        return Chapter(heading, self.blocks(section.blocks, level + 1), level == UNDER_TITLE)

    def grid(self, table: Table) -> Grid:
        """A table."""
        self.tables += 1
        header = self.row(table.header, table.alignments)
        rows = tuple(self.row(row, table.alignments) for row in table.rows)
        return Grid(self.id(table), f"Table {self.tables}", header, rows)

    def row(self, row: Row, alignments: tuple[Alignment, ...]) -> tuple[Cell, ...]:
        """A row; columns without an alignment have none."""
        none: tuple[Alignment, ...] = tuple("" for _ in row)
        return tuple(
            Cell(alignment, self.words(words)) for words, alignment in zip(row, (*alignments, *none), strict=False)
        )

    def notes(self) -> tuple[Note, ...]:
        """The footnotes. One may cite another, so that all are read before any is linked back."""
        footnotes = self.edition.policy.footnotes
        bodies = [self.blocks(footnote.blocks, UNDER_TITLE + 1) for footnote in footnotes]
        return tuple(
            Note(f"_note-{number}", number, body, tuple(fragment(mark) for mark in self.marks[number]))
            for number, body in enumerate(bodies, 1)
        )

    def words(self, inlines: Inlines, *, linked: bool = False) -> Words:
        """Words with their markup; inside a link (`linked`) there is no other, for links do not nest."""
        return tuple(word for inline in inlines for word in self.word(inline, linked=linked))

    def word(self, inline: Inline, *, linked: bool) -> Words:
        """One inline; a link that leads nowhere is its words alone."""
        match inline:
            case Text(text) | Numeral(text):
                return (text,)
            case Strong(children):
                return (Run("strong", self.words(children, linked=linked)),)
            case Emphasis(children):
                return (Run("em", self.words(children, linked=linked)),)
            case Reference():
                cited = self.edition.cite(inline)
                return self.link(cited.children, self.cited(cited), linked=linked)
            case Link(children, written, title):
                return self.link(children, safe_address(written), title, linked=linked)
            case Code(text):
                return (Run("code", (text,)),)
            case LineBreak():
                return (Run("br"),)
            case FootnoteMark(name):
                return (self.mark(name, linked=linked),)

    def link(self, children: Inlines, href: str, title: str = "", *, linked: bool) -> Words:
        """The words of a link, as a link if it may be one."""
        if linked or not href:
            return self.words(children, linked=linked)
        return (Run("a", self.words(children, linked=True), href, title),)

    def cited(self, cited: Cited) -> str:
        """Where a cross-reference leads: in this page, to a page beside it, or to where the policy is published."""
        if not cited.policy:
            return fragment(cited.anchor) if cited.anchor else ""
        if cited.policy in self.edition.library.policies:
            return self.links(cited.policy, cited.anchor)
        return safe_address(cited.address)

    def mark(self, name: str, *, linked: bool) -> Run:
        """A footnote mark. One inside a link is its number alone; one without a footnote prints its source."""
        number = self.footnotes.get(name)
        if number is None:
            return Run("sup", (f"[^{name}]",))
        if linked:
            return Run("sup", (str(number),))
        marks = self.marks[number]
        marks.append(f"_mark-{number}-{len(marks) + 1}" if marks else f"_mark-{number}")
        return Run("sup", (str(number),), fragment(f"_note-{number}"), id=marks[-1])


_LISTS: dict[type[Block], str] = {Clause: "clauses", Item: "items", Bullet: "bullets"}
