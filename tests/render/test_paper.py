"""A paper as Word, PDF and HTML: valid, the same each time, with the same words in each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator
from page import validate_pdf_bytes

from policytool.model.paper import Clause, Heading, Paper, Paragraph, Words
from policytool.model.unable import UnableError
from policytool.render.colour import ENOUGH, contrast, parsed, shades
from policytool.render.paper.html import DARK, LIGHT, html
from policytool.render.paper.pdf import pdf
from policytool.render.paper.places import places
from policytool.render.paper.word import word
from policytool.render.templates import beside
from tests.papers import LONG, PAPERS, SAMPLE, line, paper
from tests.word_numbers import NAMES, Element, W, attribute, part

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from tests.browser import Axe, Browser, Scheme

pytest_plugins = ("tests.browser",)

SHEET = beside("policytool.render", "page.css")
EACH = pytest.mark.parametrize("name", PAPERS)


class Reader(HTMLParser):
    """Reads a page: its tags with their attributes, and the words that are seen in it."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, bool]] = []
        self.words = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag; what stands in a block begins a new word."""
        self.tags.append((tag, dict(attrs)))
        hidden = tag in ("head", "nav") or dict(attrs).get("class") in ("heard", "skip")
        if tag not in ("meta", "br"):
            self.open.append((tag, hidden or bool(self.open and self.open[-1][1])))
        if tag not in ("span", "a", "ins", "del", "strong"):
            self.words += " "

    def handle_endtag(self, tag: str) -> None:
        """Every tag is closed in turn."""
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if self.open and not self.open[-1][1]:
            self.words += data

    def every(self, attribute: str) -> list[str]:
        """The values of an attribute."""
        return [attributes[attribute] or "" for _, attributes in self.tags if attribute in attributes]


def page_words(page: bytes) -> list[str]:
    """The words that are seen on a page, without its contents."""
    return Reader(page).words.split()


def word_words(docx: bytes) -> list[str]:
    """The words of the body of a Word file, without the contents."""
    body = part(docx, "document").find("w:body", NAMES)
    assert body is not None
    blocks = [node for node in body if node.tag != f"{W}sdt"]
    lines = (node for block in blocks for node in ([block] if block.tag == f"{W}p" else block.iter(f"{W}p")))
    return " ".join(_printed(one) for one in lines).split()


def _printed(paragraph: Element) -> str:
    nodes = paragraph.iter(f"{W}t", f"{W}tab")
    return "".join(" " if node.tag == f"{W}tab" else node.text or "" for node in nodes)


def pdf_words(made: bytes) -> list[str]:
    """The words of a PDF without its running heads, page numbers and the brackets round changes."""
    text = ""
    for number, sheet in enumerate(pypdfium2.PdfDocument(made)):
        rows = sheet.get_textpage().get_text_range().replace("\ufffe", "-").splitlines()
        text += " ".join(row for row in rows[1 if number else 0 :] if not row.startswith("Page ")) + " "
    for sign in ("[+ ", "[− ", "]", "•"):
        text = text.replace(sign, "")
    return text.split()


def test_all_three_say_the_same() -> None:
    """Word for word, read back from the files."""
    shown = replace(SAMPLE, contents=False)
    page = page_words(html(shown))
    assert page[:3] == ["Example", "Primary", "School"]
    assert word_words(word(shown)) == page[3:]
    assert pdf_words(pdf(shown)) == page


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(codec="latin-1", categories=["L", "N", "P", "Zs"]), max_size=60), max_size=6))
def test_they_say_the_same_of_any_words(texts: list[str]) -> None:
    """In any kind of block."""
    blocks = [Clause("1", line(text)) if index % 2 else Paragraph(line(text)) for index, text in enumerate(texts)]
    shown = paper(*blocks, contents=False)
    assert word_words(word(shown)) == page_words(html(shown))[3:]


@pytest.mark.parametrize("write", [word, pdf, html])
@EACH
def test_equal_papers_give_equal_bytes(name: str, write: Callable[[Paper], bytes]) -> None:
    """There is no clock in them."""
    assert write(PAPERS[name]) == write(PAPERS[name])


@pytest.mark.parametrize("write", [word, pdf, html])
def test_ten_thousand_rows_are_written(write: Callable[[Paper], bytes]) -> None:
    """A register is long at times."""
    assert len(write(LONG)) > 10_000


# --- places


def test_links_lead_to_headings_files_and_the_web_alone() -> None:
    """Anything else is words."""
    found = places(SAMPLE)
    assert found.leads(Words("x", "", "#notes")) == found.every[2]
    for address in ("#gone", "javascript:x", "/etc/passwd", "//host/x", "file:x", "C:\\x", "a:b", ""):
        assert found.leads(Words("x", "", address)) == "", address
    assert found.leads(Words("x", "", "clean/a b.pdf")) == "clean/a%20b.pdf"
    assert found.leads(Words("x", "", "../index.html#top")) == "../index.html#top"


def test_no_level_of_heading_is_left_out() -> None:
    """A reader who cannot see moves by them."""
    shown = paper(*(Heading(level, line(str(at))) for at, level in enumerate((3, 3, 1, 3, 2, 9))))
    assert [place.level for place in places(shown).every] == [1, 2, 1, 2, 2, 3]


def test_a_heading_that_comes_again_and_again_is_not_in_the_contents() -> None:
    """It would tell nothing."""
    shown = paper(*(Heading(level, line(words)) for level, words in ((1, "A"), (2, "x"), (1, "B"), (2, "x"), (2, "y"))))
    assert ["".join(one.text for one in place.line) for place in places(shown).listed] == ["A", "B", "y"]


# --- Word


@EACH
def test_word_files_are_valid(name: str, tmp_path: Path) -> None:
    """By the schema and what it cannot say."""
    file = tmp_path / "paper.docx"
    file.write_bytes(word(PAPERS[name]))
    report = OpenXmlValidator().validate(str(file))
    assert [str(error) for error in report.errors] == []


def test_word_shows_changes_and_tracks_none() -> None:
    """Under and through, whatever the colours."""
    body = part(word(SAMPLE), "document")
    assert len(body.findall(".//w:u", NAMES)) == len(body.findall(".//w:strike", NAMES)) == 1
    assert body.findall(".//w:ins", NAMES) == body.findall(".//w:del", NAMES) == []


def test_word_heads_its_tables_and_finds_its_headings() -> None:
    """Header rows are repeated; every link leads to a bookmark that is there."""
    body = part(word(SAMPLE), "document")
    names = {attribute(node, "name") for node in body.findall(".//w:bookmarkStart", NAMES)}
    assert {attribute(node, "anchor") for node in body.findall(".//w:hyperlink[@w:anchor]", NAMES)} <= names
    assert len(body.findall(".//w:tblHeader", NAMES)) == 1
    assert len(body.findall(".//w:pageBreakBefore", NAMES)) == 2


# --- PDF


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@EACH
def test_pdf_holds_both_standards(name: str, profile: str) -> None:
    """PDF/UA-1 and PDF/A-2a in one file."""
    report = validate_pdf_bytes(pdf(PAPERS[name]), profile=profile)
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []


def test_pdf_tells_its_pages_and_language() -> None:
    """With the title on every page but the first, and how many there are."""
    made = pdf(SAMPLE)
    sheets = [sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(made)]
    assert [f"Page {number} of 3" in text for number, text in enumerate(sheets, 1)] == [True] * 3
    assert all("Papers for the board" in text for text in sheets)
    with pikepdf.open(BytesIO(made)) as document:
        assert document.Root.Lang == "en-GB"


def test_pdf_names_a_character_that_no_font_has() -> None:
    """With what to do instead."""
    with pytest.raises(UnableError, match=r"no font has .*U\+1F680 rocket"):
        pdf(paper(Paragraph(line("Off we go \N{ROCKET}"))))


# --- HTML


@EACH
def test_nothing_in_a_paper_is_markup(name: str) -> None:
    """Nor does the page run or fetch anything."""
    read = Reader(html(PAPERS[name]))
    assert not {tag for tag, _ in read.tags} & {"script", "img", "link", "iframe", "label"}
    ids = read.every("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in read.every("href") if href.startswith("#")} <= set(ids)
    assert [href for href in read.every("href") if href.startswith("javascript")] == []


@pytest.mark.parametrize("colour", ["#1b365d", "#ffdd00", "#ffffff", "#000000", ""])
def test_house_colours_can_be_read(colour: str) -> None:
    """On every ground, light and dark, which are those of the style sheet."""
    found = {name: parsed(value) for name, value in shades(colour, LIGHT, DARK).items()}
    assert min(contrast(found["accent-on-light"], ground) for ground in LIGHT) >= ENOUGH
    assert min(contrast(found["accent-on-dark"], ground) for ground in DARK) >= ENOUGH
    assert all(f"#{red:02x}{green:02x}{blue:02x}" in SHEET for red, green, blue in (*LIGHT, *DARK))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@EACH
def test_it_is_accessible(browser: Browser, axe: Axe, name: str, width: int, scheme: Scheme) -> None:
    """WCAG 2.2 AA and good practice; nothing is fetched, nothing is refused, nothing runs off the page."""
    browser.show(html(PAPERS[name]), width=width, scheme=scheme)
    messages, fetched = browser.logged()
    assert messages == []
    assert [address for address in fetched if not address.startswith("file:")] == []
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.violations(axe) == []


def test_it_prints_well(browser: Browser) -> None:
    """On A4, page breaks where they are asked for."""
    browser.show(html(SAMPLE), scheme="dark")
    document = pypdfium2.PdfDocument(browser.printed())
    assert document[0].get_size() == pytest.approx((595, 842), abs=1)
    assert len(document) == 3
