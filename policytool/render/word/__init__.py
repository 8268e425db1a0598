"""An edition -> a Word file: numbers that Word counts, references that it keeps up to date."""

from __future__ import annotations

from dataclasses import replace

from policytool.render.edition import Edition
from policytool.render.word.body import write_blocks
from policytool.render.word.bookmarks import Bookmarks
from policytool.render.word.colours import coloured
from policytool.render.word.front import write_front
from policytool.render.word.furniture import write_page
from policytool.render.word.house import house_bytes
from policytool.render.word.markup import child, root
from policytool.render.word.notes import write_notes
from policytool.render.word.numbering import Numbering
from policytool.render.word.package import WordPackage
from policytool.render.word.story import Notes, Story

__all__ = ["word"]


def word(edition: Edition) -> bytes:
    """The edition as a .docx file; the same edition gives the same bytes.

    Office Open XML, transitional (ISO/IEC 29500-4); Word 2013 and later open it outside their compatibility mode.
    """
    policy = edition.policy
    document, footnotes = root("document"), root("footnotes")
    package = WordPackage(document, edition)
    notes = Notes({footnote.name: footnote for footnote in policy.footnotes})
    colour = edition.ink.removeprefix("#").upper()
    story = Story(edition, package.document, Bookmarks(policy.blocks), Numbering(), notes, colour)
    body = child(document, "body")
    write_front(story, body)
    write_blocks(story, body, policy.blocks)
    part, _ = package.add("footnotes", footnotes)
    write_notes(replace(story, part=part, is_note=True), footnotes)
    package.add("styles", coloured("styles.xml", colour))
    package.add("theme", coloured("theme.xml", colour))
    package.add("numbering", story.numbering.element)
    package.add("settings", house_bytes("settings.xml"))
    package.add("fontTable", house_bytes("fontTable.xml"))
    write_page(package, body, edition)
    return package.content()
