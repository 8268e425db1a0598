"""Word files made with a school's own template: three real ones, many that are refused, and what of each is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from lxml import etree
from openxml_audit import OpenXmlValidator

from policytool.compare import compare
from policytool.model.house import HouseStyle
from policytool.model.settings import House
from policytool.model.standing import Standing
from policytool.model.word_template import WordTemplate
from policytool.parse.house import crest, template
from policytool.render.edition import Edition
from policytool.render.word import redline, word
from tests import templates
from tests.libreoffice import told
from tests.render.test_word import fields, model_paragraphs, typed_ones_apart
from tests.render.word_cases import HARD, edition
from tests.sample import LIBRARY, POLICY
from tests.templates import MAIN, academy, bare, document, federation, oddity, package, png, relations
from tests.word_numbers import NAMES, Element, W, attribute, notice_words, part, printed_paragraphs

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SAMPLE = Edition(POLICY, replace(LIBRARY, settings=replace(LIBRARY.settings, house=House())))
HARD_ONES = edition(*HARD)
NOTICE = "Draft: changed since the wording approved in September 2023"
TEMPLATES = {"academy": academy, "federation": federation, "oddity": oddity}
EACH = pytest.mark.parametrize("name", TEMPLATES)


@cache
def own(name: str) -> WordTemplate:
    """One of the three templates, read."""
    made, _ = template(TEMPLATES[name]())
    assert made is not None
    return made


def dressed(name: str, printed: Edition = SAMPLE) -> Edition:
    """An edition in a school's template."""
    return replace(printed, style=HouseStyle(word=own(name)))


def parts_of(docx: bytes, ending: str = "") -> dict[str, bytes]:
    """The files within a Word file whose names end so."""
    with ZipFile(BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith(ending)}


def styles_of(docx: bytes) -> dict[str, Element]:
    """The styles by id; a second one of an id fails."""
    styles = [*part(docx, "styles").iterfind(W + "style")]
    found = {attribute(style, "styleId"): style for style in styles}
    assert len(found) == len(styles)
    return found


def told_by(node: Element, path: str, name: str) -> str:
    """An attribute of what stands at a path, which must be there."""
    found = node.find(path, NAMES)
    assert found is not None, path
    return attribute(found, name)


def value(node: Element, path: str) -> str:
    """A `w:val` at a path; "" where there is none."""
    found = node.find(path, NAMES)
    return "" if found is None else found.get(W + "val", "")


# The whole


@EACH
@pytest.mark.parametrize("draft", [False, True], ids=["final", "draft"])
@pytest.mark.parametrize("printed", [SAMPLE, HARD_ONES], ids=["sample", "hard"])
def test_it_is_valid_by_the_standard(name: str, printed: Edition, draft: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """openxml-audit has nothing to say, whatever the template brings."""
    path = tmp_path / "policy.docx"
    standing = Standing(notice=NOTICE) if draft else None
    path.write_bytes(word(replace(dressed(name, printed), draft=draft, standing=standing)))
    result = OpenXmlValidator().validate(path)
    assert [error.description for error in result.errors] == []
    Document(str(path))


@EACH
@pytest.mark.parametrize("printed", [SAMPLE, HARD_ONES], ids=["sample", "hard"])
def test_word_prints_the_numbers_of_the_model(name: str, printed: Edition) -> None:
    """By the standard, whatever the template's headings counted in before."""
    docx = word(dressed(name, printed))
    assert typed_ones_apart(printed_paragraphs(docx)) == model_paragraphs(printed)


def test_libreoffice_prints_what_it_prints_without_a_template(tmp_path: Path) -> None:
    """Its numbers and words are the same in all three, and those of our own style."""
    editions = {"plain": HARD_ONES} | {name: dressed(name, HARD_ONES) for name in TEMPLATES}
    found = told(tmp_path, {name: ("keep", word(made)) for name, made in editions.items()})
    assert len(found["plain"].text) > 50
    assert [name for name, one in found.items() if one != found["plain"]] == []


@EACH
def test_the_same_edition_gives_the_same_bytes(name: str) -> None:
    """Also when the template is read anew."""
    again, _ = template.__wrapped__(TEMPLATES[name]())
    first = word(dressed(name))
    word(dressed(name, HARD_ONES))
    assert word(replace(SAMPLE, style=HouseStyle(word=again))) == first


@EACH
def test_none_of_its_words_are_taken_over(name: str) -> None:
    """Neither those of its text, nor its footnotes, nor who made it."""
    files = parts_of(word(dressed(name)))
    everything = b"".join(files.values())
    for words in (b"left behind", b"Sample words", b"Tracked words", b"An old note", b"private", b"python-docx"):
        assert words not in everything
    assert [path for path in files if path.startswith("customXml/item") and path != "customXml/itemProps1.xml"] == [
        "customXml/item1.xml"
    ]
    assert b"urn:policytool:carried" in files["customXml/item1.xml"]
    assert not [path for path in files if "docProps/app" in path]


@EACH
def test_nothing_is_fetched_when_it_is_opened(name: str) -> None:
    """No template is attached and no picture linked to: links to the web are all there is."""
    for content in parts_of(word(dressed(name)), ".rels").values():
        for one in etree.fromstring(content):
            assert one.get("TargetMode") != "External" or one.get("Type", "").endswith("/hyperlink")


@EACH
def test_every_relationship_that_is_named_is_there(name: str) -> None:
    """Word calls a file with one that is missing unreadable."""
    files = parts_of(word(replace(dressed(name), draft=True)))
    for path, content in files.items():
        if path.endswith(".xml") and path.startswith("word/"):
            folder, _, last = path.rpartition("/")
            named = {item for node in etree.fromstring(content).iter() for key, item in node.attrib.items() if R in key}
            known = files.get(f"{folder}/_rels/{last}.rels")
            assert named <= {one.get("Id") for one in etree.fromstring(known)} if known else not named


# Styles


def test_a_heading_keeps_the_look_of_the_template() -> None:
    """Its font, size and colour; what is ours is the number."""
    heading = styles_of(word(dressed("academy")))["Heading1"]
    assert (value(heading, "w:rPr/w:color"), value(heading, "w:rPr/w:sz")) == ("7A1F2B", "34")
    assert value(heading, "w:pPr/w:numPr/w:numId") == "1"


def test_styles_are_known_by_name_whatever_their_id() -> None:
    """A German Word calls a heading `berschrift1`; a stranger that has our id gets another."""
    styles = styles_of(word(dressed("oddity")))
    assert value(styles["Heading1"], "w:name") == "heading 1"
    assert value(styles["Heading1"], "w:rPr/w:sz") == "36"
    assert value(styles["Normal"], "w:name") == "Normal"
    assert "berschrift1" not in styles
    [stranger] = [style for style in styles.values() if value(style, "w:name") == "A stranger with our id"]
    assert stranger.find("w:rPr/w:vanish", NAMES) is not None
    assert not any(value(style, "w:basedOn") not in {"", *styles} for style in styles.values())


def test_what_the_template_lacks_is_added_in_its_own_colour() -> None:
    """That of its first heading, where the settings name none; else that of the settings."""
    assert value(styles_of(word(dressed("oddity")))["Heading3"], "w:rPr/w:color") == "B45F06"
    settings = replace(SAMPLE.library.settings, house=House(colour="#004488"))
    coloured = replace(dressed("oddity"), library=replace(SAMPLE.library, settings=settings))
    assert value(styles_of(word(coloured))["Heading3"], "w:rPr/w:color") == "004488"


def test_paragraphs_do_not_run_into_one_another() -> None:
    """Where Normal leaves no space after it, text is set in Body Text, or in a style of ours."""
    body = part(word(dressed("federation")), "document")
    assert {"BodyText"} <= {attribute(node, "val") for node in body.iter(W + "pStyle")}
    styles = styles_of(word(dressed("oddity")))
    assert value(styles["Clause"], "w:basedOn") == "PolicyText"
    assert told_by(styles["PolicyText"], "w:pPr/w:spacing", "after") == "120"
    assert "PolicyText" not in styles_of(word(dressed("academy")))


def test_lists_of_the_template_are_kept_under_other_numbers() -> None:
    """Ours keep theirs; its headings count in ours, and a quotation that was a list item counts in none."""
    docx = word(dressed("oddity"))
    numbering = part(docx, "numbering")
    ids = [attribute(node, "numId") for node in numbering.iterfind(W + "num")]
    assert len(ids) == len(set(ids))
    assert {"1", "2", "3", "4"} < set(ids)
    assert "§ %1" in [attribute(node, "val") for node in numbering.iter(W + "lvlText")]
    seeds = [attribute(node, "val") for node in numbering.iter(W + "nsid")]
    assert len(seeds) == len(set(seeds))
    linked = [attribute(node, "val") for node in numbering.iter(W + "pStyle")]
    assert linked.count("Heading1") == 1
    assert value(styles_of(docx)["Quote"], "w:pPr/w:numPr/w:numId") == "0"
    assert int(value(styles_of(docx)["Listenabsatz"], "w:pPr/w:numPr/w:numId")) > 4


def test_a_document_of_ours_can_be_the_template() -> None:
    """Most likely it is: built, restyled in Word, and named in the settings."""
    made, problems = template(word(HARD_ONES))
    assert problems == ()
    docx = word(replace(HARD_ONES, style=HouseStyle(word=made)))
    assert typed_ones_apart(printed_paragraphs(docx)) == model_paragraphs(HARD_ONES)
    again, _ = template(docx)
    assert len(styles_of(word(replace(HARD_ONES, style=HouseStyle(word=again))))) == len(styles_of(docx))


# Pages


def section(docx: bytes) -> Element:
    """The only section of the text."""
    [found] = part(docx, "document").iter(W + "sectPr")
    return found


def furniture(docx: bytes, what: str) -> dict[str, str]:
    """The words of the headers or footers, by the kind of page that refers to them."""
    kinds = [attribute(node, "type") for node in section(docx).iterfind(f"{W}{what}Reference")]
    return {
        kind: "".join(node.text or "" for node in part(docx, f"{what}{kind.capitalize()}").iter(W + "t"))
        for kind in kinds
    }


def test_margins_and_the_size_of_the_page_are_the_template_s() -> None:
    """And tables are as wide as its text; columns of a newspaper are not taken over."""
    found = section(word(dressed("oddity")))
    assert told_by(found, "w:pgMar", "gutter") == "284"
    assert (told_by(found, "w:pgSz", "w"), told_by(found, "w:pgSz", "orient")) == ("16838", "landscape")
    assert found.find(W + "cols") is None
    for name, width in (("academy", "8731"), ("oddity", "12869")):
        assert told_by(part(word(dressed(name)), "document"), ".//w:tblW", "w") == width


def test_its_headers_and_footers_stand_where_they_stood() -> None:
    """Those of the first page and of even ones; one that a section does not name is that of the section before."""
    assert furniture(word(dressed("academy")), "header") == {
        "default": "Northfield Academy",
        "first": "  Northfield Academy · Learning together",
    }
    docx = word(dressed("oddity"))
    assert furniture(docx, "header") == {"default": "Odd pages", "even": "Even pages"}
    assert furniture(docx, "footer") == {"default": "The foot of every page"}
    assert part(docx, "settings").find(W + "evenAndOddHeaders") is not None
    assert part(docx, "settings").find(W + "trackRevisions") is None
    assert [value for name, value in parts_of(docx, ".png").items()] == [png(colour=(0xB4, 0x5F, 0x06))]


def test_a_footer_it_lacks_is_added() -> None:
    """With the number of the page."""
    docx = word(dressed("federation"))
    assert furniture(docx, "header")["default"] == "St Brigid’s Federation — letterhead"
    assert furniture(docx, "footer")["default"] == "Page 1 of 1"


def test_a_header_it_lacks_is_added_and_its_footer_stays_on_the_first_page() -> None:
    """The organisation and the title, the second at its right margin, whatever tabs its style has."""
    page = '<w:sectPr><w:footerReference w:type="default" r:id="rId1"/><w:pgSz w:w="11906" w:h="16838"/>'
    page += '<w:pgMar w:top="1" w:right="1906" w:bottom="1" w:left="2000" w:header="1" w:footer="1" w:gutter="0"/>'
    page += "</w:sectPr>"
    foot = (
        document("")
        .replace("w:document", "w:ftr")
        .replace("<w:body>", "<w:p><w:r><w:t>Foot")
        .replace("</w:body>", "</w:t></w:r></w:p>")
    )
    made, problems = template(bare(document(page), footer=foot))
    assert problems == ()
    shown, _ = crest(png())
    docx = word(replace(SAMPLE, style=HouseStyle(word=made, crest=shown)))
    assert furniture(docx, "footer") == {"default": "Foot", "first": "Foot"}
    assert furniture(docx, "header") == {
        "default": f"Example Primary School{POLICY.title}",
        "first": "Example Primary School",
    }
    assert part(docx, "headerDefault").find(f".//{W}tab[@{W}pos='8000']") is not None
    assert part(docx, "headerFirst").find(f".//{W}drawing") is not None


@EACH
def test_a_draft_and_its_notice_are_seen_on_every_page(name: str) -> None:
    """The watermark hangs on each header, the notice stands under the title and in each footer."""
    docx = word(replace(dressed(name), draft=True, standing=Standing(notice=NOTICE)))
    assert notice_words(docx) == NOTICE.split()
    kinds = {attribute(node, "type") for node in section(docx).iterfind(f"{W}headerReference")}
    assert all(NOTICE in words for words in furniture(docx, "footer").values())
    assert furniture(docx, "footer").keys() == kinds
    for kind in kinds:
        assert b"WaterMark" in etree.tostring(part(docx, f"header{kind.capitalize()}"))


def test_a_template_with_a_header_carries_its_own_crest() -> None:
    """Two crests on one page are one too many."""
    shown, _ = crest(png())
    docx = word(replace(dressed("federation"), style=HouseStyle(word=own("federation"), crest=shown)))
    assert parts_of(docx, ".png") == {}


def test_a_redline_is_made_in_the_template_too() -> None:
    """It is the same document, with changes in it."""
    before = dressed("oddity")
    after = replace(before, policy=replace(POLICY, title="A New Title"))
    when = datetime(2026, 11, 22, tzinfo=UTC)
    docx = redline(compare(before.policy, after.policy), before, after, author="Clerk", when=when)
    assert value(styles_of(docx)["Heading1"], "w:rPr/w:sz") == "36"
    assert furniture(docx, "header")["even"] == "Even pages"


def test_references_stay_live() -> None:
    """Word brings them up to date in a template as without one."""
    assert fields(part(word(dressed("oddity")), "document")) == fields(part(word(SAMPLE), "document"))


# What cannot be used


def zipped(**files: bytes) -> bytes:
    """A zip of these files."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def settings(content: str) -> str:
    """A part of settings."""
    return document("").replace("w:document", "w:settings").replace("<w:body></w:body>", content)


def narrow() -> bytes:
    """A5, with margins for a poet."""
    page = '<w:sectPr><w:pgSz w:w="8391" w:h="11906"/><w:pgMar w:top="1" w:right="2500" w:bottom="1" w:left="2500" '
    return bare(document(page + 'w:header="1" w:footer="1" w:gutter="0"/></w:sectPr>'))


def strict() -> bytes:
    """Saved as Strict Open XML."""
    purl = relations(("officeDocument", "word/document2.xml")).replace(
        "schemas.openxmlformats.org/officeDocument/2006", "purl.oclc.org/ooxml/officeDocument"
    )
    return package({"_rels/.rels": purl, "word/document2.xml": document()}, {"word/document2.xml": MAIN})


MACROS = MAIN.replace("openxmlformats-officedocument.wordprocessingml.document", "ms-word.document.macroEnabled")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ENTITIES = "<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + document("<w:p>&e;</w:p>")
LOCKED = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "no Word file"),
    "words": (lambda: b"words", "no Word file"),
    "rich text": (lambda: b"{\\rtf1}", "rich text"),
    "old or locked": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
    "cut short": (lambda: academy()[:2000], "damaged"),
    "a byte wrong": (lambda: academy()[:900] + b"\xff\xff\xff\xff" + academy()[904:], "damaged"),
    "another zip": (lambda: zipped(**{"a.txt": b"a"}), "no Word file"),
    "OpenDocument": (lambda: zipped(mimetype=b"x", **{"content.xml": b"<x/>"}), "OpenDocument"),
    "no main part": (lambda: package({"_rels/.rels": relations()}, {}), "no main document"),
    "main part missing": (lambda: package({"_rels/.rels": templates.ROOT}, {}), "no main document"),
    "no body": (lambda: bare("<x/>"), "damaged"),
    "no XML": (lambda: bare("words"), "damaged"),
    "strict": (strict, "Strict Open XML"),
    "macros": (lambda: bare(kind=MACROS), "macros"),
    "spreadsheet": (lambda: bare(kind=SHEET), "another kind"),
    "entities": (lambda: bare(ENTITIES), "DOCTYPE"),
    "protected": (lambda: bare(settings=settings(LOCKED)), "protected"),
    "styles broken": (lambda: bare(styles="<w:styles>"), "damaged"),
    "narrow": (narrow, "6.0 cm wide"),
    "bomb": (lambda: zipped(**{"word/x.xml": bytes(41_000_000)}), "unfolds"),
    "many files": (lambda: zipped(**{f"{count}.xml": b"" for count in range(1001)}), "unfolds"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_template_that_cannot_carry_policies_is_told_why(case: str) -> None:
    """In one sentence, and with what to do about it."""
    make, why = REFUSED[case]
    made, [problem] = template(make())
    assert made is None
    assert why in problem.message
    assert problem.advice


def accepted() -> Iterator[tuple[str, bytes]]:
    """Files that look odd and are templates all the same."""
    yield "nothing in it", bare()
    yield "a template of Word's own", bare(kind=MAIN.replace("document.main", "template.main"))
    yield "unprotected again", bare(settings=settings(LOCKED.replace('"1"', '"0"')))
    yield (
        "styles round in a circle",
        bare(
            styles=settings(
                '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:basedOn w:val="b"/>'
                "</w:style>"
                '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="b"/><w:basedOn w:val="a"/></w:style>'
            ).replace("w:settings", "w:styles")
        ),
    )


@pytest.mark.parametrize("content", [content for _, content in accepted()], ids=[name for name, _ in accepted()])
def test_a_template_may_be_next_to_nothing(content: bytes) -> None:
    """Whatever it lacks is added."""
    made, problems = template(content)
    assert problems == ()
    docx = word(replace(HARD_ONES, style=HouseStyle(word=made)))
    assert typed_ones_apart(printed_paragraphs(docx)) == model_paragraphs(HARD_ONES)


def test_what_is_left_behind_is_told() -> None:
    """A picture in its text, and one that is only linked to."""
    _, problems = template(bare(templates.PICTURED))
    assert ["a picture stands in its text" in one.message for one in problems] == [True]
    _, problems = template(oddity())
    assert ["only linked to" in one.message for one in problems] == [True]
