"""What stands before the text: the title, the notice, the title block and the contents list."""

from __future__ import annotations

from policytool.model.block import Blocks, Section, walk
from policytool.model.inline import Text
from policytool.render.edition import CONTENTS, Value
from policytool.render.word.body import CONTENTS_DEPTH
from policytool.render.word.bookmarks import name_of_heading
from policytool.render.word.markup import Element, child, close_field, open_field, paragraph, run
from policytool.render.word.story import Story
from policytool.render.word.tables import start_cell, start_row, start_table
from policytool.render.word.words import write_link

_LABELS = 2268  # the width of the title block's first column, in twentieths of a point
# Entries without page numbers, which only Word can know, each a link to its heading; \u takes in the appendices.
_INSTRUCTION = rf'TOC \o "1-{CONTENTS_DEPTH}" \n \h \z \u'


def write_front(story: Story, parent: Element) -> None:
    """Title, notice where there is one, title block and contents list."""
    run(paragraph(parent, "Title"), story.edition.title)
    if story.edition.notice:
        run(paragraph(parent, "Notice"), story.edition.notice)
    _write_title_block(story, parent)
    if story.has_contents:
        _write_contents(story, parent, story.edition.policy.blocks)


def _write_title_block(story: Story, parent: Element) -> None:
    widths = [_LABELS, story.width - _LABELS]
    table = start_table(parent, "TitleBlock", widths, indent=0, first="Column")
    for label, value in story.edition.title_block:
        row = start_row(table)
        run(paragraph(start_cell(row, widths[0]), "TableHeading"), label)
        _write_value(story, start_cell(row, widths[1]), value)
    paragraph(parent, "AfterTable")


def _write_value(story: Story, cell: Element, value: Value) -> None:
    if isinstance(value, str):
        run(paragraph(cell, "TableText"), value)
        return
    for named in value:
        write_link(story, paragraph(cell, "TableText"), (Text(named.title),), named.address)


def _write_contents(story: Story, parent: Element, blocks: Blocks) -> None:
    sections = [block for block in walk(blocks) if isinstance(block, Section) and block.level <= CONTENTS_DEPTH]
    if not sections:
        return
    content = _gallery(parent)
    run(paragraph(content, "TOCHeading"), CONTENTS)
    for place, section in enumerate(sections, 1):
        entry = paragraph(content, f"TOC{section.level}")
        if place == 1:
            open_field(entry, _INSTRUCTION)
        _write_entry(story, entry, section, name_of_heading(place))
        if place == len(sections):
            close_field(entry)


def _gallery(parent: Element) -> Element:
    """The frame by which Word offers to update the list."""
    frame = child(parent, "sdt")
    listed = child(child(frame, "sdtPr"), "docPartObj")
    child(listed, "docPartGallery", val="Table of Contents")
    child(listed, "docPartUnique")
    return child(frame, "sdtContent")


def _write_entry(story: Story, entry: Element, section: Section, bookmark: str) -> None:
    link = child(entry, "hyperlink", anchor=bookmark, history="1")
    if section.number:
        run(link, f"{section.number.marker}\t")
    run(link, story.edition.plain(section.title))
