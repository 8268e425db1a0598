"""Edition -> the passages of a policy: every stretch of it that can be found and linked to, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from policytool.model.block import (
    Block,
    Blocks,
    Bullet,
    Clause,
    Footnote,
    Item,
    Number,
    Paragraph,
    Preformatted,
    Quote,
    Section,
    Table,
)
from policytool.model.inline import Inlines
from policytool.model.site import Passage
from policytool.render.edition import Edition, anchor

UNDER = " › "
"""Between the headings that a passage stands under, outermost first."""
CELLS = " · "
"""Between the cells of a row."""


class _Place(NamedTuple):
    """Where a block stands: the nearest anchor above it, and its trail of headings."""

    anchor: str = ""
    heading: str = ""


def passages(edition: Edition) -> tuple[Passage, ...]:
    """Every heading, clause, item, paragraph, row and footnote of a text, each with words or a number of its own.

    A passage has the anchor that its page gives it, else the nearest above it that it belongs to; the number is its
    own as printed ("4.2(b)", "Appendix A"), "" where it has none. A heading is the last of its own trail.
    """
    reading = _Reading(edition)
    reading.blocks(edition.policy.blocks, _Place())
    for number, footnote in enumerate(edition.policy.footnotes, 1):
        reading.footnote(number, footnote)
    return tuple(reading.found)


def is_heading(passage: Passage) -> bool:
    """Whether a passage is the very heading that its trail ends with."""
    return passage.heading == passage.words or passage.heading.endswith(UNDER + passage.words)


@dataclass(slots=True)
class _Reading:
    """A text while it is read: what was found, and the anchors that are taken, for an id stands once on a page."""

    edition: Edition
    found: list[Passage] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    sections: int = 0

    def blocks(self, blocks: Blocks, place: _Place) -> None:
        """Blocks that stand in one place."""
        for block in blocks:
            self.block(block, place)

    def footnote(self, number: int, footnote: Footnote) -> None:
        """A footnote, which has an anchor of its own on every page."""
        self.blocks(footnote.blocks, _Place(f"_note-{number}", f"Footnote {number}"))

    def block(self, block: Block, place: _Place) -> None:
        """A block with all that stands in it."""
        match block:
            case Section():
                self.section(block, place)
            case Clause() | Item() | Bullet() | Paragraph():
                inner = place._replace(anchor=self.anchor(block) or place.anchor)
                number = block.number if isinstance(block, Clause | Item) else None
                self.keep(inner, self.words(block.text), printed(number))
                self.blocks(getattr(block, "blocks", ()), inner)
            case Quote():
                self.blocks(block.blocks, place._replace(anchor=self.anchor(block) or place.anchor))
            case Table():
                self.table(block, place._replace(anchor=self.anchor(block) or place.anchor))
            case Preformatted():
                inner = place._replace(anchor=self.anchor(block) or place.anchor)
                self.keep(inner, " ".join(block.text.split()))

    def section(self, section: Section, place: _Place) -> None:
        """A section. One that has no anchor goes by its place among the headings, as pages name it."""
        self.sections += 1
        own = self.anchor(section) or f"_section-{self.sections}"
        title = self.words(section.title)
        inner = _Place(own, f"{place.heading}{UNDER}{title}" if place.heading else title)
        self.keep(inner, title, printed(section.number))
        self.blocks(section.blocks, inner)

    def table(self, table: Table, place: _Place) -> None:
        """A table, row by row."""
        for row in (table.header, *table.rows):
            self.keep(place, CELLS.join(filter(None, map(self.words, row))))

    def keep(self, place: _Place, words: str, number: str = "") -> None:
        """What stands in a place, unless it is nothing."""
        if words or number:
            self.found.append(Passage(place.anchor, number, place.heading, words))

    def anchor(self, block: Block) -> str:
        """The block's anchor, the first time that it is asked for."""
        wanted = anchor(block)
        if wanted in self.taken:
            return ""
        self.taken.add(wanted)
        return wanted

    def words(self, inlines: Inlines) -> str:
        """The words alone, on one line."""
        return " ".join(self.edition.plain(inlines).split())


def printed(number: Number | None) -> str:
    """A number as it is cited: "4.2(b)", "Appendix A"; "" for none."""
    if number is None:
        return ""
    return number.marker if number.appendix and number.depth == 1 and not number.items else str(number)
