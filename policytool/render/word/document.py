"""The parts that every Word file of ours has: begun before the text is written, finished after it."""

from __future__ import annotations

from policytool.render.edition import Edition
from policytool.render.word.body import write_blocks
from policytool.render.word.bookmarks import Bookmarks
from policytool.render.word.colours import coloured
from policytool.render.word.front import write_front
from policytool.render.word.furniture import write_page
from policytool.render.word.house import house_bytes
from policytool.render.word.markup import Element
from policytool.render.word.numbering import Numbering
from policytool.render.word.package import WordPackage
from policytool.render.word.story import Notes, Story


def story_of(edition: Edition, package: WordPackage, bookmarks: Bookmarks) -> Story:
    """The main text of an edition, still to be written."""
    notes = Notes({footnote.name: footnote for footnote in edition.policy.footnotes})
    colour = edition.ink.removeprefix("#").upper()
    return Story(edition, package.document, bookmarks, Numbering(), notes, colour)


def write_story(story: Story, body: Element) -> None:
    """The front and the blocks at the end of `body`."""
    write_front(story, body)
    write_blocks(story, body, story.edition.policy.blocks)


def finish(package: WordPackage, story: Story, body: Element) -> bytes:
    """The file, with the styles and lists that its text is set in, and what stands on every page."""
    package.add("styles", coloured("styles.xml", story.colour))
    package.add("theme", coloured("theme.xml", story.colour))
    package.add("numbering", story.numbering.element)
    package.add("settings", house_bytes("settings.xml"))
    package.add("fontTable", house_bytes("fontTable.xml"))
    write_page(package, body, story.edition)
    return package.content()
