"""The register as an HTML page: read by a parser, and by a real browser."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.register import Register
from policytool.render.colour import ENOUGH, contrast, parsed, shades
from policytool.render.register import words
from policytool.render.register.html import DARK, LIGHT, html
from policytool.render.templates import beside
from tests.registers import EMPTY, ENTRIES, EVERY_STATE, MARKUP, ORGANISATION, hostile, many

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from tests.browser import Axe, Browser, Scheme

pytest_plugins = ("tests.browser",)

SHEET = beside("policytool.render", "page.css")


def page(register: Register = EVERY_STATE) -> bytes:
    """The page of a register."""
    return html(register, ORGANISATION, "#1b365d")


class Reader(HTMLParser):
    """Reads a page: its tags with their attributes, and its words."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words += data

    def every(self, attribute: str) -> list[str]:
        """The values of an attribute."""
        return [attributes[attribute] or "" for _, attributes in self.tags if attribute in attributes]


def test_it_says_what_the_table_at_a_terminal_says() -> None:
    """Each state in words, each mark, each approval, and the line that sums up."""
    said = " ".join(Reader(page()).words.split())
    assert words.summary(EVERY_STATE) in said
    for entry in ENTRIES:
        assert entry.title in said
        assert f"{words.WORDING_SIGNS[entry.wording]} {entry.wording}" in said
        assert words.approval(entry) in said
        for review in entry.reviews:
            assert f"{words.SIGNS[review.state]} {words.state(review)}" in said
            assert all(mark in said for mark in words.marks(review))


def test_it_is_british_and_says_what_it_is() -> None:
    """In its title as well, which is what a tab shows."""
    text = page().decode()
    assert '<html lang="en-GB">' in text
    assert "<title>Register of reviews on 14 October 2026</title>" in text


def test_every_heading_of_the_tables_tells_its_scope() -> None:
    """A policy's heading is that of its group of rows."""
    scopes = [attributes.get("scope") for tag, attributes in Reader(page()).tags if tag == "th"]
    assert scopes.count("rowgroup") == len(ENTRIES)
    assert set(scopes) == {"col", "row", "rowgroup"}


def test_ids_stand_once_and_links_lead_to_them() -> None:
    """From a month to the policies that fall due in it."""
    read = Reader(page())
    ids = read.every("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in read.every("href")} <= set(ids)
    assert set(read.every("aria-labelledby")) <= set(ids)


@given(st.text())
def test_nothing_that_people_wrote_is_markup(text: str) -> None:
    """The tags are the same, whatever it says."""
    plain, written = (Reader(page(hostile(one))).tags for one in ("x", f"x{text}"))
    assert [tag for tag, _ in written] == [tag for tag, _ in plain]


def test_equal_registers_give_equal_bytes() -> None:
    """There is no clock in it."""
    assert page() == page()


@pytest.mark.parametrize("colour", ["#1b365d", "#ffdd00", "#ffffff", "#000000", ""])
def test_house_colours_can_be_read(colour: str) -> None:
    """On every ground, light and dark."""
    found = {name: parsed(value) for name, value in shades(colour, LIGHT, DARK).items()}
    assert min(contrast(found["accent-on-light"], ground) for ground in LIGHT) >= ENOUGH
    assert min(contrast(found["accent-on-dark"], ground) for ground in DARK) >= ENOUGH


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    """Whoever changes one of the two changes the other."""
    written = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in (*LIGHT, *DARK)]
    assert all(ground in SHEET for ground in written)


# --- in a browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_accessible(browser: Browser, axe: Axe, width: int, scheme: Scheme) -> None:
    """WCAG 2.2 AA and good practice; nothing is fetched, nothing is refused, nothing runs off the page."""
    browser.show(page(), width=width, scheme=scheme)
    messages, fetched = browser.logged()
    assert messages == []
    assert [address for address in fetched if not address.startswith("file:")] == []
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.violations(axe) == []


@pytest.mark.parametrize("register", [EMPTY, hostile(MARKUP), many(30)], ids=["empty", "hostile", "many"])
def test_other_registers_are_accessible_too(browser: Browser, axe: Axe, register: Register) -> None:
    """Nothing in them, markup, thirty at once."""
    browser.show(page(register), width=360)
    assert browser.violations(axe) == []
    assert browser.value("document.documentElement.scrollWidth") <= 360
    assert browser.logged()[0] == []


def test_a_phone_names_what_stands_in_columns_elsewhere(browser: Browser) -> None:
    """The heads of the columns are out of sight there."""
    seen = "document.querySelector('.named').checkVisibility()"
    browser.show(page(), width=360)
    assert browser.value(seen)
    browser.show(page(), width=1280)
    assert not browser.value(seen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_prints_well(browser: Browser, scheme: Scheme) -> None:
    """On A4, on white paper, with every policy."""
    browser.show(page(), scheme=scheme)
    document = pypdfium2.PdfDocument(browser.printed())
    text = " ".join(" ".join(sheet.get_textpage().get_text_bounded() for sheet in document).split())
    assert document[0].get_size() == pytest.approx((595, 842), abs=1)
    assert all(entry.title in text for entry in ENTRIES)
    assert "Skip to" not in text
    assert bytes(document[0].render(grayscale=True).buffer)[0] == 255
