"""A school's own Word template, made ready to carry our text: what all documents made with it share.

Its styles win where they have the name of one of ours; what it lacks is added. Its lists keep what they are under other
numbers, so that ours keep theirs. The work is done once a template and colour, not once a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from policytool.model.word_template import Relation, TemplatePart, WordTemplate
from policytool.render.word.markup import Element, R, W, root
from policytool.render.word.template.lists import Lists
from policytool.render.word.template.settings import settings_of
from policytool.render.word.template.styles import Styles

__all__ = ["Fitted", "colour_of", "fitted"]

_HEX = 6
_OF_PAGES = tuple(W + name for name in ("pgSz", "pgMar", "paperSrc", "pgBorders", "pgNumType", "docGrid"))


def read(content: bytes) -> Element:
    """A part of a template, parsed; nothing is resolved and nothing fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(content, parser)


class Own(NamedTuple):
    """A header or footer of the template. Copy it before adding to it."""

    content: Element
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A template made ready.

    `pages` are the kinds of page that have headers and footers, `page` those of the template, by what they are and
    where they stand; `section` is what is kept of the last `w:sectPr`, without the mark of a title page. `parts` are
    all of its parts by name.
    """

    template: WordTemplate
    styles: Styles
    lists: Lists
    settings: bytes
    section: Element | None
    pages: tuple[str, ...]
    page: Mapping[tuple[str, str], Own]
    parts: Mapping[str, TemplatePart]

    @property
    def text(self) -> str:
        """The style of plain paragraphs."""
        return self.styles.text

    def single(self, kind: str) -> TemplatePart | None:
        """The template's own part of a kind of which there is one."""
        return self.parts.get(dict(self.template.single).get(kind, ""))

    def has(self, what: str) -> bool:
        """Whether it has headers, or footers, of its own."""
        return any(kind == what for kind, _ in self.page)

    def of(self, what: str, pages: str) -> Own | None:
        """Its header or footer on pages of a kind."""
        return self.page.get((what, pages))


@lru_cache(maxsize=4)
def fitted(template: WordTemplate, colour: str) -> Fitted:
    """A template with what it lacks, in a colour of six hexadecimal figures."""
    parts = {part.name: part for part in template.parts}
    own = {kind: read(parts[name].content) for kind, name in template.single}
    lists = Lists.of(own.get("numbering"))
    styles = Styles.of(own.get("styles"), lists, colour)
    page: dict[tuple[str, str], Own] = {
        (one.kind, one.pages): _own(parts[one.name], styles, lists) for one in template.page
    }
    section = read(template.section) if template.section else None
    has_title = section is not None and is_on(section.find(W + "titlePg"))
    settings = settings_of(own.get("settings"), even=any(pages == "even" for _, pages in page))
    return Fitted(
        template,
        styles,
        lists,
        settings,
        None if section is None else _kept(section),
        _pages(page, own.get("settings"), has_title=has_title),
        page if has_title else _on_first(page),
        parts,
    )


def is_on(node: Element | None) -> bool:
    """Whether a switch is there, and not switched off (ECMA-376 part 1, 17.17.4)."""
    return node is not None and node.get(W + "val", "1") not in ("0", "false", "off")


def _pages(page: Mapping[tuple[str, str], Own], settings: Element | None, *, has_title: bool) -> tuple[str, ...]:
    """The kinds of page that there are. Where the header is ours, the first page has one of its own."""
    ours = not any(what == "header" for what, _ in page)
    even = settings is not None and is_on(settings.find(W + "evenAndOddHeaders"))
    has_even = even and any(pages == "even" for _, pages in page)
    return ("default", *(("first",) if has_title or ours else ()), *(("even",) if has_even else ()))


def _on_first(page: Mapping[tuple[str, str], Own]) -> dict[tuple[str, str], Own]:
    """Of a template in which the first page is like the others."""
    kept = {place: own for place, own in page.items() if place[1] != "first"}
    return kept | {(what, "first"): own for (what, pages), own in kept.items() if pages == "default"}


def _kept(section: Element) -> Element | None:
    """What a section says of its pages, in its own order; None where it lacks their size or margins."""
    if section.find(W + "pgSz") is None or section.find(W + "pgMar") is None:
        return None
    made = root("sectPr")
    made.extend(node for node in [*section] if node.tag in _OF_PAGES)
    return made


def _own(part: TemplatePart, styles: Styles, lists: Lists) -> Own:
    content = read(part.content)
    styles.give_ids(content)
    lists.renumber(content)
    _take_out(content, {one.key for one in part.relations})
    return Own(content, part.relations)


def _take_out(part: Element, kept: set[str]) -> None:
    """Take out what points at parts that were left behind: a run with what it shows, of a link only the address."""
    for node in [*part.iter()]:
        lost = [key for key, value in node.attrib.items() if str(key).startswith(R) and value not in kept]
        if not lost:
            continue
        shown = node if node.tag == W + "hyperlink" else next(node.iterancestors(W + "r"), None)
        if shown is node:
            for key in lost:
                del node.attrib[key]
        elif shown is not None and (parent := shown.getparent()) is not None:
            parent.remove(shown)


def colour_of(template: WordTemplate) -> str:
    """The colour of its first heading, as #rrggbb; "" where that is black or not told."""
    name = dict(template.single).get("styles", "")
    content = next((part.content for part in template.parts if part.name == name), b"")
    return _heading_colour(content) if content else ""


@lru_cache(maxsize=4)
def _heading_colour(content: bytes) -> str:
    for style in read(content).iterfind(W + "style"):
        name, colour = style.find(W + "name"), style.find(f"{W}rPr/{W}color")
        if name is not None and name.get(W + "val", "").lower() == "heading 1" and colour is not None:
            written = colour.get(W + "val", "")
            return f"#{written.lower()}" if len(written) == _HEX and written != "000000" else ""
    return ""
