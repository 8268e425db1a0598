"""The page that names the current issue of a policy: read by a parser, and by a real browser."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.inline import plain
from policytool.model.standing import Issued, Standing
from policytool.model.time import Moment
from policytool.parse.page import found
from policytool.render.colour import ENOUGH, contrast, parsed, shades
from policytool.render.edition import Edition
from policytool.render.html import HOME_WORDS, html
from policytool.render.published import DARK, LIGHT, File, Index, Listed, index
from policytool.render.templates import admission, beside
from tests.sample import LIBRARY, POLICY

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from tests.browser import Axe, Browser, Scheme

pytest_plugins = ("tests.browser",)

SHEET = beside("policytool.render", "page.css")
MARKUP = "<script>alert(1)</script> & \"quoted\" 'it' 🎓 \x00"


def issue(version: str, *, is_there: bool = True) -> Listed:
    """An issue in three formats."""
    sizes = {"docx": 900, "pdf": 1_250_000, "html": 48_211}
    files = tuple(File(f"{version}/homework.{name}", size, is_there) for name, size in sizes.items())
    return Listed(version, "14 September 2026", "16 September 2026", files)


OLD = tuple(issue(f"20{year}-09-14", is_there=year > 10) for year in range(25, 5, -1))
CURRENT = Index("Homework Policy", "Example Primary School", "#1b365d", issue("2026-09-14"), OLD, "14 September 2028")
WITHDRAWN = replace(CURRENT, current=None, due="", withdrawn="This policy was withdrawn on 1 May 2027: not needed")
BARE = Index("Homework", "", "", None)
HOSTILE = Index(MARKUP, MARKUP, "", issue(MARKUP), (issue(MARKUP),), MARKUP, MARKUP)


class Reader(HTMLParser):
    """Reads a page: its tags with their attributes, and its words."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.words += data

    def links(self) -> list[str]:
        """Where links lead."""
        return [attributes["href"] or "" for tag, attributes in self.tags if tag == "a"]


def test_the_current_issue_comes_first_with_its_files_and_their_sizes() -> None:
    """The page for the screen first, then PDF and Word."""
    read = Reader(index(CURRENT))
    assert read.links()[1:4] == [f"2026-09-14/homework.{name}" for name in ("html", "pdf", "docx")]
    for said in ("Homework Policy", "Example Primary School", "14 September 2028", "48 kB", "1.2 MB", "900 bytes"):
        assert said in read.words


def test_what_is_not_there_is_no_link() -> None:
    """It is listed, and told."""
    read = Reader(index(CURRENT))
    assert "2010-09-14/homework.pdf" not in read.links()
    assert "not kept here" in read.words


def test_a_withdrawn_policy_has_no_current_version() -> None:
    """Why it was withdrawn stands before all that was ever out."""
    read = Reader(index(WITHDRAWN))
    assert "Current version" not in read.words
    assert read.words.index("withdrawn on 1 May 2027") < read.words.index("Earlier versions")


def test_it_runs_nothing_and_admits_its_own_style_alone() -> None:
    """By hash, in a policy of its own."""
    read = Reader(index(CURRENT))
    assert "script" not in [tag for tag, _ in read.tags]
    text = index(CURRENT).decode()
    style = text.partition("<style>")[2].partition("</style>")[0]
    assert f"default-src 'none'; style-src '{admission(style)}'; base-uri 'none'" in text.replace("&#39;", "'")


@given(st.text())
def test_nothing_that_people_wrote_is_markup(text: str) -> None:
    """The tags are the same, whatever it says."""
    plain, written = (
        Reader(index(replace(WITHDRAWN, title=one, organisation=one, withdrawn=one))).tags for one in ("x", f"x{text}")
    )
    assert [tag for tag, _ in written] == [tag for tag, _ in plain]


def test_ids_stand_once_and_headings_are_named_by_them() -> None:
    """A reader of screens is told each part by its heading."""
    read = Reader(index(CURRENT))
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {one["aria-labelledby"] for _, one in read.tags if "aria-labelledby" in one} <= set(ids)


@pytest.mark.parametrize("colour", ["#1b365d", "#ffdd00", "#ffffff", "#000000", ""])
def test_house_colours_can_be_read(colour: str) -> None:
    """On every ground, light and dark."""
    seen = {name: parsed(value) for name, value in shades(colour, LIGHT, DARK).items()}
    assert min(contrast(seen["accent-on-light"], ground) for ground in LIGHT) >= ENOUGH
    assert min(contrast(seen["accent-on-dark"], ground) for ground in DARK) >= ENOUGH


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    """Whoever changes one of the two changes the other."""
    written = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in (*LIGHT, *DARK)]
    assert all(ground in SHEET for ground in written)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page", [CURRENT, WITHDRAWN, BARE, HOSTILE], ids=["current", "withdrawn", "bare", "hostile"])
def test_it_is_accessible(browser: Browser, axe: Axe, page: Index, width: int, scheme: Scheme) -> None:
    """WCAG 2.2 AA and good practice; nothing is fetched, nothing is refused, nothing runs off the page."""
    browser.show(index(page), width=width, scheme=scheme)
    messages, fetched = browser.logged()
    assert messages == []
    assert [address for address in fetched if not address.startswith("file:")] == []
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.violations(axe) == []


# --- the published document itself

ISSUED = Standing(Moment(2026, 9, 14), Moment(2028, 9, 14), issued=Issued("2026-09-14", Moment(2026, 9, 14), "FGB 41"))
DOCUMENT = Edition(POLICY, LIBRARY, standing=ISSUED)


def test_a_published_document_names_its_version_and_leads_to_the_others() -> None:
    """Its links to other policies lead to the pages that name their current issue, wherever the folder stands."""
    read = Reader(html(DOCUMENT))
    assert "2026-09-14, approved 14 September 2026 (minute FGB 41)" in read.words
    assert "../index.html" in read.links()
    away = {link for link in read.links() if link.startswith("..")} - {"../index.html"}
    assert away
    assert all(link.startswith("../../") and link.endswith("/index.html") for link in away)


def test_a_published_page_is_read_back_without_its_way_to_the_others() -> None:
    """What leads about the pages is no word of the policy."""
    made, _ = found(html(DOCUMENT))
    assert made is not None
    assert HOME_WORDS not in [plain(piece.words) for piece in made.pieces]
    assert HOME_WORDS in [one.text for one in made.asides]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_published_document_is_accessible(browser: Browser, axe: Axe, width: int, scheme: Scheme) -> None:
    """Its landmarks are told from one another."""
    browser.show(html(DOCUMENT), width=width, scheme=scheme)
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.violations(axe) == []
