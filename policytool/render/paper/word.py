"""Paper -> a Word file in the house style, the same bytes for the same paper.

To the package a paper is a policy without blocks: the styles, the headers and footers and the page are those of a
policy, and the text is written here. What was inserted and deleted is shown, not tracked: nobody is to accept it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from policytool.model.library import Library
from policytool.model.paper import Clause, Facts, Grid, Heading, Line, Listing, Look, Paper, PaperBlock, Paragraph
from policytool.model.policy import Policy
from policytool.model.settings import House, Organisation, Settings
from policytool.render.edition import CONTENTS, DASH, Edition
from policytool.render.paper.places import Place, Places, places, rows, shares
from policytool.render.word.bookmarks import Bookmarks, name_of_heading
from policytool.render.word.document import finish, story_of
from policytool.render.word.markup import (
    Element,
    R,
    W,
    child,
    clean,
    close_field,
    open_field,
    paragraph,
    plain_run,
    root,
)
from policytool.render.word.markup import Look as Set
from policytool.render.word.markup import run as write_run
from policytool.render.word.notes import write_notes
from policytool.render.word.numbering import UNNUMBERED
from policytool.render.word.package import WordPackage
from policytool.render.word.story import Story
from policytool.render.word.tables import start_cell, start_row, start_table

_LABELS = 2268  # the width of the labels of facts, in twentieths of a point
_STEP, _SHORT = 851, 397  # the room for a number, and for a short sign
_FURTHEST = 4
_GREY, _GREEN, _RED = "595959", "14652F", "9C1C14"


def word(paper: Paper) -> bytes:
    """The paper as a .docx file (Office Open XML, transitional)."""
    house = Settings(organisation=Organisation(paper.organisation), house=House(colour=paper.colour))
    edition = Edition(Policy("paper", paper.title or DASH, kind=paper.subtitle), Library(house))
    document = root("document")
    package = WordPackage(document, edition)
    story = story_of(edition, package, Bookmarks(()))
    writing = _Writing(story, child(document, "body"), places(paper))
    writing.front(paper)
    for block in paper.blocks:
        writing.block(block)
    _no_notes(package, story)
    return finish(package, story, writing.body)


def _no_notes(package: WordPackage, story: Story) -> None:
    """The part of the footnotes, which the settings of the house speak of, with the lines that part them alone."""
    footnotes = root("footnotes")
    part, _ = package.add("footnotes", footnotes)
    write_notes(replace(story, part=part, is_note=True), footnotes)


@dataclass(slots=True)
class _Writing:
    """A paper while it is written: where to, its places, how many headings stand, and whether a page must begin."""

    story: Story
    body: Element
    places: Places
    headings: int = 0
    breaks: bool = False

    def front(self, paper: Paper) -> None:
        """Title, subtitle and contents."""
        write_run(paragraph(self.body, "Title"), paper.title or DASH)
        if clean(paper.subtitle):
            made = plain_run(paragraph(self.body, self.story.plain))
            _inked(made, "quiet")
            child(made, "t").text = clean(paper.subtitle)
        if paper.contents and self.places.listed:
            self._contents()

    def _contents(self) -> None:
        """Links without page numbers, which only Word can know."""
        frame = child(self.body, "sdt")
        gallery = child(child(frame, "sdtPr"), "docPartObj")
        child(gallery, "docPartGallery", val="Table of Contents")
        child(gallery, "docPartUnique")
        content = child(frame, "sdtContent")
        write_run(paragraph(content, "TOCHeading"), CONTENTS)
        entries = [(paragraph(content, f"TOC{place.level}"), place) for place in self.places.listed]
        depth = max(place.level for place in self.places.listed)
        open_field(entries[0][0], rf'TOC \o "1-{depth}" \n \h \z')
        for entry, place in entries:
            link = child(entry, "hyperlink", anchor=name_of_heading(place.number), history="1")
            write_run(link, "".join(words.text for words in place.line))
        close_field(entries[-1][0])

    def block(self, block: PaperBlock) -> None:
        """The next block."""
        match block:
            case Heading():
                self._heading()
            case Paragraph(line, look):
                style = {"notice": "Notice", "resolution": "Quote"}.get(look, self.story.plain)
                self._line(self._paragraph(style), line)
            case Listing(lines):
                for line in lines:
                    self._line(self._paragraph("ListBullet"), line)
            case Facts(facts):
                self._facts(facts)
            case Grid():
                self._grid(block)
            case Clause():
                self._clause(block)
            case _:
                self.breaks = bool(len(self.body))

    def _paragraph(
        self, style: str, number: tuple[int, int] | None = None, indent: tuple[int, int] | None = None
    ) -> Element:
        made = paragraph(self.body, style, number=number, indent=indent)
        if self.breaks:
            made[0][0].addnext(child(made[0], "pageBreakBefore"))
            self.breaks = False
        return made

    def _heading(self) -> None:
        place = self.places.every[self.headings]
        self.headings += 1
        made = self._paragraph(f"Heading{place.level}", (UNNUMBERED, place.level - 1), (0, 0))
        key = self.story.bookmarks.begin(made, name_of_heading(place.number))
        self._line(made, place.line)
        self.story.bookmarks.end(made, key)

    def _clause(self, clause: Clause) -> None:
        marker = clean(clause.marker)
        room = _STEP if any(map(str.isalnum, marker)) else _SHORT
        left = _STEP * min(max(clause.depth, 0), _FURTHEST) + room
        made = self._paragraph("Clause", indent=(left, room) if marker else (left - room, 0))
        if marker:
            write_run(made, f"{marker}\t")
        self._line(made, clause.line)

    def _facts(self, facts: tuple[tuple[str, Line], ...]) -> None:
        widths = [_LABELS, self.story.width - _LABELS]
        if not facts:
            return
        self._begin_table()
        table = start_table(self.body, "TitleBlock", widths, indent=0, first="Column")
        for label, line in facts:
            row = start_row(table)
            write_run(paragraph(start_cell(row, widths[0]), "TableHeading"), label)
            self._line(paragraph(start_cell(row, widths[1]), "TableText"), line)
        paragraph(self.body, "AfterTable")

    def _grid(self, grid: Grid) -> None:
        parts = shares(grid)
        if not parts:
            return
        widths = [self.story.width * part // sum(parts) for part in parts]
        widths[-1] += self.story.width - sum(widths)
        self._begin_table()
        table = start_table(self.body, "PolicyTable", widths, indent=0, first="Row")
        for index, row in enumerate(rows(grid)):
            made = start_row(table, is_header=not index)
            for cell, width in zip(row, widths, strict=True):
                self._line(paragraph(start_cell(made, width), "TableText" if index else "TableHeading"), cell)
        paragraph(self.body, "AfterTable")

    def _begin_table(self) -> None:
        """A table cannot begin a page by itself."""
        if self.breaks:
            self._paragraph("AfterTable")

    def _line(self, parent: Element, line: Line) -> None:
        for words in line:
            if clean(words.text):
                linked, inside = self._link(parent, self.places.leads(words))
                before = len(inside)
                write_run(inside, words.text, Set(bold=words.look == "strong", linked=linked))
                for made in list(inside)[before:]:
                    _inked(made, words.look)

    def _link(self, parent: Element, lead: Place | str) -> tuple[bool, Element]:
        """Whether words are linked, and what they are to be written in."""
        if not lead:
            return False, parent
        if isinstance(lead, Place):
            return True, child(parent, "hyperlink", anchor=name_of_heading(lead.number), history="1")
        made = child(parent, "hyperlink", history="1")
        made.set(R + "id", self.story.relate(lead))
        return True, made


def _inked(made: Element, look: Look) -> None:
    """Give a run the line and the colour of its look. The schema wants this order."""
    if look not in ("quiet", "inserted", "deleted"):
        return
    properties = made.find(W + "rPr")
    if properties is None:
        properties = child(made, "rPr")
        made.insert(0, properties)
    if look == "deleted":
        child(properties, "strike")
    child(properties, "color", val={"inserted": _GREEN, "deleted": _RED}.get(look, _GREY))
    if look == "inserted":
        child(properties, "u", val="single")
