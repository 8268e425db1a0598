"""The comparison as an HTML page: read by a parser, and by a real browser."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.comparison import Mark, Span
from policytool.model.inline import Text
from policytool.render.colour import ENOUGH, contrast, parsed, shades
from policytool.render.compared import words
from policytool.render.compared.html import DARK, LIGHT, html
from policytool.render.compared.sides import Sides
from tests.render.test_compared_cases import CASES, HOSTILE, Case, made, reference

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from tests.browser import Axe, Browser, Scheme

pytest_plugins = ("tests.browser",)

SHOWN = "[...document.querySelectorAll('.change')].filter(change => change.getClientRects().length)"
FOCUSED = "document.activeElement.id"
TABLES = ("cell", "cells", "row", "column", "column taken out", "kinds", "kinds deleted")
"""Their rows before and now stand one below the other."""
TWICE = ("reordered",)
"""Its list stands in the change as a whole."""


def page(case: Case) -> bytes:
    """The page of a case."""
    return html(case.comparison, case.old, case.new)


class Reader(HTMLParser):
    """Reads a page: its tags, its ids and where its links lead, and the words before and now of the inline view."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.tags.append((tag, dict(attrs)))

    def every(self, attribute: str) -> list[str]:
        """The values of an attribute."""
        return [attributes[attribute] or "" for _, attributes in self.tags if attribute in attributes]


# --- what it says


def test_it_is_british_and_says_what_it_compares() -> None:
    """In its title as well, which is what a tab shows."""
    text = page(made("many")).decode()
    assert '<html lang="en-GB">' in text
    assert "<title>Changes to Educational Visits Policy: 2023-09-14 → working</title>" in text
    assert words.summary(made("many").comparison) in text


@pytest.mark.parametrize("name", CASES)
def test_ids_stand_once_and_links_lead_to_them(name: str) -> None:
    """Those from where a clause moved to where it stands, and back, among them."""
    read = Reader(page(made(name)))
    ids = read.every("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in read.every("href")} <= set(ids)
    assert set(read.every("aria-labelledby")) <= set(ids)


def test_what_moved_is_linked_both_ways() -> None:
    """From the new place to the old and back."""
    text = page(made("moved")).decode()
    assert 'href="#_change-1-from">See where it stood' in text
    assert '<p class="stub moved" id="_change-1-from">Clause 2.2 stood here. <a href="#_change-1">' in text
    assert text.index('_change-1-from">See') < text.index("Nobody may leave") < text.index("A first aid kit")


@pytest.mark.parametrize("name", [name for name in CASES if name not in (*TABLES, *TWICE)])
def test_the_page_holds_the_whole_new_text_in_order(browser: Browser, name: str) -> None:
    """Side by side, the words now, those that moved and those that are unchanged are the new wording, each once."""
    case = made(name)
    browser.show(page(case))
    browser.value("document.querySelectorAll('.heard').forEach(one => one.remove())")
    parts = ".side + .side .words, .once .words, .quiet .words, :is(h3, h4, h5, h6).section > .words"
    shown = browser.value(f"[...document.querySelectorAll({parts!r})].map(one => one.textContent)")
    sides = Sides(case.comparison, case.old, case.new)
    expected = [sides.text(sides.new_passages[order]) for order in sorted(sides.new_passages)]
    assert list(map(letters, shown)) == list(map(letters, expected))


def letters(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(filter(str.isalnum, text))


def test_deletions_stand_where_they_stood() -> None:
    """After the clause that they followed."""
    text = page(made("deleted")).decode()
    parts = ("The plan is sent", 'class="change deleted', "Parents are told", "Staff must count")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_references_print_as_on_their_own_side() -> None:
    """The number that a deleted word had, and the one that a new one has."""
    text = page(made("many")).decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "as clause 2.2 asks" in text
    assert "as clause 2.1 asks" in text


def test_a_list_in_another_order_is_shown_as_a_whole() -> None:
    """With the letters that its entries had."""
    text = page(made("reordered")).decode()
    assert '<span class="place">The list in clause 1.1</span>' in text
    assert "(b) <small>(was (d))</small>" in text


def test_what_came_in_with_its_section_is_shown_and_is_no_change_of_its_own() -> None:
    """It can be hidden with the others of its kind."""
    text = page(made("new section")).decode()
    assert '<article class="change inserted along substance" id="_along-1"' in text
    assert '<span class="kind">Inserted with its section</span>' in text
    assert "> Inserted (1)</label>" in text
    assert '<p role="status" id="_status">1 change</p>' in text


def test_every_kind_of_word_keeps_its_look() -> None:
    """Emphasis, code, footnote marks; a bullet has its sign, and unchanged rows their table."""
    text = page(made("kinds")).decode()
    for part in ("<em>usually</em>", "<code>book</code>", "<strong>hall</strong>", "<sup>1</sup>", "<br>", "•"):
        assert part in text
    assert '<th scope="col">Who</th><th scope="col">When</th>' in text
    assert '<th scope="col">Where</th><th scope="col">What</th>' in text
    assert "https://example.org" not in text


def test_blanks_are_never_marked() -> None:
    """A line at a blank looks like a mistake."""
    for name in CASES.keys() - {"hostile"}:  # where a control character stood before the blank
        assert not re.search(r"<(ins|del)><span[^>]*> \[[a-z ]*: </span>\s", page(made(name)).decode())


def test_equal_pages_whatever_the_process() -> None:
    """With another hash seed too."""
    program = "import hashlib; from tests.render.test_compared_html import *; "
    program += "print(hashlib.sha256(page(made('many'))).hexdigest())"
    digests = {hashlib.sha256(page(made("many"))).hexdigest()}
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout.strip())
    assert len(digests) == 1


# --- hostile text


def test_hostile_text_is_text() -> None:
    """No tag, attribute or template comes of it."""
    text = page(made("hostile")).decode()
    read = Reader(page(made("hostile")))
    assert [tag for tag, _ in read.tags].count("script") == 1
    assert not any(name.startswith("on") for _, attributes in read.tags for name in attributes)
    assert "img" not in {tag for tag, _ in read.tags}
    assert "{{ 7 * 7 }}" in text
    assert not any(ord(sign) < 32 and sign != "\n" for sign in text)


def test_a_browser_runs_no_hostile_text(browser: Browser) -> None:
    """And shows it as it is."""
    browser.show(page(made("hostile")))
    assert browser.value("document.scripts.length") == 1
    assert browser.value("document.querySelectorAll('img, [onload], b').length") == 0
    shown = browser.value("document.body.textContent")
    assert all(text in shown for text in HOSTILE)
    assert browser.logged()[0] == []


# --- the colours

CHANNEL = st.integers(0, 255)


@given(st.tuples(CHANNEL, CHANNEL, CHANNEL))
def test_any_house_colour_can_be_read(colour: tuple[int, int, int]) -> None:
    """On every ground of the page, light and dark."""
    found = {name: parsed(shade) for name, shade in shades("#{:02x}{:02x}{:02x}".format(*colour), LIGHT, DARK).items()}
    assert contrast(found["house"], found["on-house"]) >= ENOUGH
    assert all(contrast(found["accent-on-light"], ground) >= ENOUGH for ground in LIGHT)
    assert all(contrast(found["accent-on-dark"], ground) >= ENOUGH for ground in DARK)


# --- in a browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("view", ["_side", "_inline"])
@pytest.mark.parametrize("name", ["many", "column", "astray", "reference"])
def test_axe_finds_no_violation(browser: Browser, axe: Axe, name: str, view: str, width: int, scheme: Scheme) -> None:
    """WCAG 2.2 AA and good practice, with everything unfolded."""
    browser.show(page(reference() if name == "reference" else made(name)), width=width, scheme=scheme)
    browser.value(f"document.getElementById('{view}').checked = true")
    browser.value("document.getElementById('_unchanged')?.click()")
    assert browser.violations(axe) == []


@pytest.mark.parametrize("name", CASES)
def test_axe_finds_no_violation_in_any_case(browser: Browser, axe: Axe, name: str) -> None:
    """Whatever changed; nor does the console complain, nor anything scroll sideways on a phone."""
    browser.show(page(made(name)), width=360)
    assert browser.violations(axe) == []
    assert browser.logged()[0] == []
    assert browser.value("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fragment", ["#_change-1", "#_change-1-from"])
def test_axe_finds_no_violation_where_a_link_has_led(browser: Browser, axe: Axe, fragment: str, scheme: Scheme) -> None:
    """At the new place, and at the old."""
    browser.show(page(made("moved")), fragment=fragment, scheme=scheme)
    assert browser.violations(axe) == []


def test_a_phone_has_one_text(browser: Browser) -> None:
    """Two columns would be too narrow to read."""
    browser.show(page(made("duty")), width=360)
    assert not visible(browser, ".sides")
    assert visible(browser, ".inline")
    assert not visible(browser, ".views")


def test_the_views_are_switched_without_the_script(browser: Browser) -> None:
    """By the style sheet."""
    browser.show(scriptless(page(made("duty"))))
    assert (visible(browser, ".sides"), visible(browser, ".inline")) == (True, False)
    click(browser, "_inline")
    assert (visible(browser, ".sides"), visible(browser, ".inline")) == (False, True)


def test_filters_hide_and_show_without_the_script(browser: Browser) -> None:
    """By kind, and what is wording only."""
    browser.show(scriptless(page(made("many"))))
    assert kinds(browser) == ["inserted", "inserted", "moved", "reworded", "deleted", "reworded", "reworded"]
    click(browser, "_show-inserted")
    click(browser, "_show-moved")
    assert kinds(browser) == ["reworded", "deleted", "reworded", "reworded"]
    assert not visible(browser, ".stub")
    click(browser, "_substance")
    assert kinds(browser) == ["reworded", "deleted", "reworded"]
    click(browser, "_show-inserted")
    assert kinds(browser) == ["inserted", "inserted", "reworded", "deleted", "reworded"]


def test_it_can_be_read_without_the_script(browser: Browser, axe: Axe) -> None:
    """Every change is there, what is unchanged can be opened, and no button is shown that would do nothing."""
    browser.show(scriptless(page(made("many"))))
    assert len(kinds(browser)) == 7
    assert not visible(browser, ".steps")
    assert not visible(browser, "#_unchanged")
    browser.driver.find_element("css selector", ".fold summary").click()
    assert visible(browser, ".fold .quiet")
    assert browser.violations(axe) == []


def test_keys_move_the_focus_from_change_to_change(browser: Browser) -> None:
    """Forwards and back, to the ends and no further, past what is filtered out."""
    browser.show(page(made("many")))
    browser.press("n")
    assert browser.value(FOCUSED) == "_change-1"
    browser.press("n", "n")
    assert browser.value(FOCUSED) == "_change-3"
    assert browser.value("document.getElementById('_status').textContent") == "Change 3 of 6"
    browser.press("p")
    assert browser.value(FOCUSED) == "_change-2"
    browser.press("p", "p")
    assert browser.value(FOCUSED) == "_change-1"
    assert browser.value("document.getElementById('_status').textContent") == "This is the first change"
    click(browser, "_show-inserted")
    browser.press("n")
    assert browser.value(FOCUSED) == "_change-2"
    browser.press(*"nnnnn")
    assert browser.value(FOCUSED) == "_change-6"
    assert browser.value("document.getElementById('_status').textContent") == "This is the last change"


def test_the_change_with_the_focus_can_be_seen(browser: Browser) -> None:
    """Its beginning stands on the screen, not under the buttons, and is outlined (WCAG 2.4.7, 2.4.11)."""
    browser.show(page(reference()))
    for _ in range(7):
        browser.press("n")
        top = browser.value("document.activeElement.getBoundingClientRect().top")
        assert 0 <= top <= browser.value("document.querySelector('.steps').getBoundingClientRect().top")
        assert browser.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_keys_can_be_switched_off(browser: Browser) -> None:
    """As WCAG 2.1.4 asks of keys that are single letters; the buttons work all the same."""
    browser.show(page(made("many")))
    click(browser, "_keys")
    browser.press("n")
    assert browser.value(FOCUSED) == "_keys"
    click(browser, "_next")
    first = browser.value(FOCUSED)
    assert first.startswith("_change-")
    click(browser, "_next")
    click(browser, "_previous")
    assert browser.value(FOCUSED) == first


def test_what_is_unchanged_opens_all_at_once(browser: Browser) -> None:
    """And closes again."""
    browser.show(page(made("many")))
    assert not visible(browser, ".fold .quiet")
    click(browser, "_unchanged")
    assert browser.value("[...document.querySelectorAll('.fold')].every(fold => fold.open)")
    click(browser, "_unchanged")
    assert not browser.value("[...document.querySelectorAll('.fold')].some(fold => fold.open)")


def test_it_fetches_nothing_and_its_rules_block_nothing_of_ours(browser: Browser) -> None:
    """One request, no complaint; style sheet and script are in force, so their hashes are right."""
    browser.show(page(made("many")))
    messages, fetched = browser.logged()
    assert messages == []
    assert [address.rpartition("/")[2] for address in fetched] == ["page.html"]
    assert browser.value("getComputedStyle(document.body).fontSize") == "17px"
    assert visible(browser, ".steps")


def test_its_rules_stop_another_script_and_an_image(browser: Browser) -> None:
    """Had one got in all the same."""
    intruder = b'<script>document.title = "run"</script><img src="http://localhost/x.png" alt="">'
    browser.show(page(made("many")).replace(b"<main>", intruder + b"<main>"))
    assert browser.value("document.title") != "run"
    assert len([message for message in browser.logged()[0] if "Content Security Policy" in message]) == 2


def test_marks_do_not_depend_on_colour(browser: Browser) -> None:
    """A line under what was added, one through what was taken out, and words for those who hear the page."""
    browser.show(page(made("duty")))
    line = "getComputedStyle(document.querySelector('.sides {0}')).textDecorationLine"
    assert browser.value(line.format("ins")) == "underline"
    assert browser.value(line.format("del")) == "line-through"
    assert browser.value("document.querySelector('.sides ins').textContent.trim()") == "[added: must]"
    assert browser.value("document.querySelector('.sides del').textContent.trim()") == "[taken out: should]"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_prints_well(browser: Browser, scheme: Scheme) -> None:
    """On A4, in one text, without what only a screen needs, with every change."""
    browser.show(page(reference()), scheme=scheme)
    document = pypdfium2.PdfDocument(browser.printed())
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    assert document[0].get_size() == pytest.approx((595, 842), abs=1)
    assert "artificial intelligence" in text
    assert "Which changes" not in text
    assert "Previous" not in text
    assert bytes(document[0].render(grayscale=True).buffer)[0] == 255


def test_right_to_left_words_run_from_right_to_left(browser: Browser) -> None:
    """The number stays where the eye looks for it."""
    browser.show(page(made("arabic")))
    assert browser.value("getComputedStyle(document.querySelector('.side .words')).direction") == "rtl"


def test_a_deleted_footnote_mark_keeps_its_number() -> None:
    """Spans are read on the side where they stand."""
    case = made("footnote")
    spans = case.comparison.edits[0].spans
    assert Span(Mark.DELETED, (Text("10"),)) in [
        Span(span.mark, span.old[:1]) for span in spans if span.mark is Mark.DELETED
    ]
    assert "Act 2018, section <del>" in page(case).decode()


# --- asking the browser


def visible(browser: Browser, selector: str) -> bool:
    """Whether the first such element is shown."""
    return bool(browser.value(f"document.querySelector({selector!r})?.checkVisibility()"))


def kinds(browser: Browser) -> list[str]:
    """The kinds of the changes that are shown."""
    found: Any = browser.value(f"{SHOWN}.map(change => change.classList[1])")
    return [str(kind) for kind in found]


def click(browser: Browser, name: str) -> None:
    """A click on the control of this id."""
    browser.driver.find_element("id", name).click()


def scriptless(page: bytes) -> bytes:
    """The page as a reader has it whose browser runs no scripts."""
    return re.sub(rb"script-src '[^']*'", b"script-src 'none'", page)
