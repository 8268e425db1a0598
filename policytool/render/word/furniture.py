"""What stands on every page: its header, with a watermark on a draft, and its footer, with the notice; its size."""

from __future__ import annotations

from copy import deepcopy

from docx.opc.part import Part

from policytool.render.edition import Edition
from policytool.render.word.house import house_xml
from policytool.render.word.markup import Element, R, W, child, field, paragraph, root, run
from policytool.render.word.package import WordPackage
from policytool.render.word.picture import TYPES, picture, pixels
from policytool.render.word.story import Story
from policytool.render.word.template import Fitted

_ONE_LINE = 90  # characters that the header holds beside one another
# A4 with margins of 2.3 cm at the sides, in twentieths of a point.
_PAGE = {"w": "11906", "h": "16838"}
_MARGINS = {"top": "1531", "right": "1304", "bottom": "1361", "left": "1304"}
_DISTANCES = {"header": "680", "footer": "624", "gutter": "0"}
_ABOVE, _BELOW = "80", "160"  # the words beside a crest
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def header(edition: Edition, *, first: bool) -> Element:
    """The organisation on the left, and the title on the right; below it where there is no room beside it.

    The first page has the title in large type already, so its header is without.
    """
    made = root("hdr")
    line = paragraph(made, "Header")
    organisation, title = edition.organisation, "" if first else edition.title
    run(line, organisation)
    if len(organisation) + len(title) > _ONE_LINE:
        run(paragraph(made, "Header"), title)
    elif title:
        run(line, f"\t{title}")
    return made


def footer() -> Element:
    """The page's number and how many there are.

    The reader's Word counts; we print what is true of one page.
    """
    made = root("ftr")
    line = paragraph(made, "Footer")
    run(line, "Page ")
    field(line, "PAGE", "1")
    run(line, " of ")
    field(line, "NUMPAGES", "1")
    return made


def write_page(package: WordPackage, body: Element, story: Story) -> None:
    """The page: its headers and footers, its size and margins."""
    section = child(body, "sectPr")
    pages = ("default", "first") if story.template is None else story.template.pages
    for kind in pages:
        _write_header(package, section, story, kind)
        _write_footer(package, section, story, kind)
    own = None if story.template is None else story.template.section
    if own is None:
        child(section, "pgSz", **_PAGE)
        child(section, "pgMar", **_MARGINS, **_DISTANCES)
    else:
        section.extend(deepcopy(node) for node in own)
    if "first" in pages:
        _put_title_page(section)


def _put_title_page(section: Element) -> None:
    """The first page has a header and footer of its own. Only what the schema has behind it may follow."""
    made = child(section, "titlePg")
    for node in section.findall(W + "docGrid"):
        made.addnext(node)


def _write_header(package: WordPackage, section: Element, story: Story, pages: str) -> None:
    edition, template = story.edition, story.template
    own = None if template is None else template.of("header", pages)
    if own is None and template is not None and template.has("header"):
        made = root("hdr") if edition.draft else None
    elif own is None:
        made = header(edition, first=pages == "first")
        _set_tabs(made, template)
    else:
        made = deepcopy(own.content)
    if made is None:
        return
    if edition.draft:
        _line_of(made).append(deepcopy(house_xml("watermark.xml")))
    part, key = package.add("header", made, pages)
    child(section, "headerReference", type=pages).set(R + "id", key)
    if own is not None and template is not None:
        package.relate(part, own.relations, template.parts)
    elif pages == "first" and (template is None or not template.has("header")):
        _put_crest(package, part, made, edition)


def _put_crest(package: WordPackage, part: Part, made: Element, edition: Edition) -> None:
    """The crest above the words of a header, which then stand apart from the title."""
    crest = edition.house.crest
    if crest is None:
        return
    content, kind = pixels(crest)
    shown = package.lay(part, _IMAGE, f"media/crest.{kind}", TYPES[kind], content)
    child(made[-1][0], "spacing", after=_BELOW)
    line = paragraph(made, "Header")
    child(line[0], "spacing", after=_ABOVE)
    line.append(picture(crest, edition.crest_words, shown))
    made.insert(0, line)


def _line_of(made: Element) -> Element:
    """The paragraph that a watermark hangs on, which adds no line where there is one already."""
    found = made.find(W + "p")
    return paragraph(made, "Header") if found is None else found


def _set_tabs(made: Element, template: Fitted | None) -> None:
    """Let our header's tab stand at the right margin, whatever tabs the template's style has."""
    if template is None:
        return
    width = str(template.template.width)
    for line in made.iterfind(W + "p"):
        tabs = child(line[0], "tabs")
        for place in template.styles.header_tabs:
            if place != width:
                child(tabs, "tab", val="clear", pos=place)
        child(tabs, "tab", val="right", pos=width)


def _write_footer(package: WordPackage, section: Element, story: Story, pages: str) -> None:
    template, notice = story.template, story.edition.notice
    own = None if template is None else template.of("footer", pages)
    if own is None and template is not None and template.has("footer"):
        made = root("ftr") if notice else None
    else:
        made = footer() if own is None else deepcopy(own.content)
    if made is None:
        return
    if notice:
        line = paragraph(made, "FooterNotice")
        run(line, notice)
        made.insert(0, line)
    part, key = package.add("footer", made, pages)
    child(section, "footerReference", type=pages).set(R + "id", key)
    if own is not None and template is not None:
        package.relate(part, own.relations, template.parts)
