"""What stands on every page: its header, with a watermark on a draft, and its footer, with the notice; its size."""

from __future__ import annotations

from copy import deepcopy

from policytool.render.edition import Edition
from policytool.render.word.house import house_xml
from policytool.render.word.markup import Element, R, child, field, paragraph, root, run
from policytool.render.word.package import WordPackage

_ONE_LINE = 90  # characters that the header holds beside one another
# A4 with margins of 2.3 cm at the sides, in twentieths of a point.
_PAGE = {"w": "11906", "h": "16838"}
_MARGINS = {"top": "1531", "right": "1304", "bottom": "1361", "left": "1304"}
_DISTANCES = {"header": "680", "footer": "624", "gutter": "0"}


def header(edition: Edition, *, first: bool) -> Element:
    """The organisation on the left, and the title on the right; below it where there is no room beside it.

    The first page has the title in large type already, so its header is without.
    """
    made = root("hdr")
    line = paragraph(made, "Header")
    if edition.draft:
        line.append(deepcopy(house_xml("watermark.xml")))
    organisation, title = edition.organisation, "" if first else edition.title
    run(line, organisation)
    if len(organisation) + len(title) > _ONE_LINE:
        run(paragraph(made, "Header"), title)
    elif title:
        run(line, f"\t{title}")
    return made


def footer(notice: str = "") -> Element:
    """The notice, then the page's number and how many there are.

    The reader's Word counts; we print what is true of one page.
    """
    made = root("ftr")
    if notice:
        run(paragraph(made, "FooterNotice"), notice)
    line = paragraph(made, "Footer")
    run(line, "Page ")
    field(line, "PAGE", "1")
    run(line, " of ")
    field(line, "NUMPAGES", "1")
    return made


def write_page(package: WordPackage, body: Element, edition: Edition) -> None:
    """The page: its headers and footers, its size and margins."""
    section = child(body, "sectPr")
    for kind in ("default", "first"):
        first = kind == "first"
        _, header_id = package.add("header", header(edition, first=first), kind)
        _, footer_id = package.add("footer", footer(edition.notice), kind)
        child(section, "headerReference", type=kind).set(R + "id", header_id)
        child(section, "footerReference", type=kind).set(R + "id", footer_id)
    child(section, "pgSz", **_PAGE)
    child(section, "pgMar", **_MARGINS, **_DISTANCES)
    child(section, "titlePg")
