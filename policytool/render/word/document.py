"""The parts that every Word file of ours has: begun before the text is written, finished after it."""

from __future__ import annotations

from policytool.model.word_template import TemplatePart
from policytool.render.colour import ink
from policytool.render.edition import Edition
from policytool.render.word.body import write_blocks
from policytool.render.word.bookmarks import Bookmarks
from policytool.render.word.colours import coloured
from policytool.render.word.fonts import CONTENT_TYPE, KIND, font_table, plain_fonts
from policytool.render.word.front import write_front
from policytool.render.word.furniture import write_page
from policytool.render.word.house import house_bytes
from policytool.render.word.markup import Element
from policytool.render.word.numbering import Numbering
from policytool.render.word.package import WordPackage
from policytool.render.word.story import TEXT_WIDTH, Notes, Story
from policytool.render.word.template import Fitted, colour_of, fitted
from policytool.render.word.template.settings import settings_of


def story_of(edition: Edition, package: WordPackage, bookmarks: Bookmarks) -> Story:
    """The main text of an edition, still to be written."""
    notes = Notes({footnote.name: footnote for footnote in edition.policy.footnotes})
    template = edition.house.word
    shade = edition.ink if edition.colour or template is None else ink(colour_of(template))
    colour = shade.removeprefix("#").upper()
    own = None if template is None else fitted(template, colour)
    return Story(
        edition,
        package.document,
        bookmarks,
        Numbering(),
        notes,
        colour,
        template=own,
        plain="Normal" if own is None else own.text,
        width=TEXT_WIDTH if template is None else template.width,
    )


def write_story(story: Story, body: Element) -> None:
    """The front and the blocks at the end of `body`."""
    write_front(story, body)
    write_blocks(story, body, story.edition.policy.blocks)


def finish(package: WordPackage, story: Story, body: Element) -> bytes:
    """The file, with the styles and lists that its text is set in, and what stands on every page."""
    if story.template is None:
        _add_ours(package, story)
    else:
        _add_theirs(package, story, story.template)
    write_page(package, body, story)
    return package.content()


def _add_ours(package: WordPackage, story: Story) -> None:
    family, faces = story.edition.house.family, story.edition.house.faces
    package.add("styles", coloured("styles.xml", story.colour, family))
    package.add("theme", coloured("theme.xml", story.colour, family))
    package.add("numbering", story.numbering.element)
    package.add("settings", settings_of(None, embedded=True) if faces else house_bytes("settings.xml"))
    if not faces:
        package.add("fontTable", house_bytes("fontTable.xml"))
        return
    table, embedded = font_table(faces)
    part, _ = package.add("fontTable", table)
    for index, face in enumerate(embedded, 1):
        package.lay(part, KIND, f"fonts/font{index}.odttf", CONTENT_TYPE, face.content)


def _add_theirs(package: WordPackage, story: Story, template: Fitted) -> None:
    """Styles, lists and settings of the template with ours; its theme and fonts as they are."""
    package.add("styles", template.styles.content)
    _adopt(package, "theme", template, coloured("theme.xml", story.colour))
    lists = package.add("numbering", template.lists.joined(story.numbering.element))[0]
    if (own := template.single("numbering")) is not None:
        package.relate(lists, own.relations, template.parts)
    package.add("settings", template.settings)
    _adopt(package, "fontTable", template, house_bytes("fontTable.xml"))


def _adopt(package: WordPackage, kind: str, template: Fitted, ours: bytes) -> None:
    part: TemplatePart | None = template.single(kind)
    made, _ = package.add(
        kind, ours if part is None else plain_fonts(part.content) if kind == "fontTable" else part.content
    )
    if part is not None:
        package.relate(made, part.relations, template.parts)
