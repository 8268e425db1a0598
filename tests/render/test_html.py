"""The HTML page: read by a parser, and by a real browser."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selenium.webdriver import Keys
from selenium.webdriver.support.wait import WebDriverWait

from policytool.model.block import (
    Block,
    Bullet,
    Clause,
    Footnote,
    Item,
    Paragraph,
    Preformatted,
    Section,
    Table,
    walk,
    words_of,
)
from policytool.model.inline import Emphasis, FootnoteMark, Inlines, Link, Reference, Strong, Text, plain
from policytool.model.library import Library
from policytool.model.numbering import numbered
from policytool.model.policy import Policy
from policytool.model.settings import House
from policytool.model.standing import Standing
from policytool.render.colour import ENOUGH, HOUSE, Colour, contrast, shades
from policytool.render.edition import Edition
from policytool.render.html import html
from policytool.render.html.grounds import DARK, LIGHT
from tests.html_words import contents_words, footnote_words, printed_words
from tests.sample import LIBRARY, POLICY, SETTINGS, words

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from tests.browser import Axe, Browser, Scheme

WHITE, DARK_GREY = 255, 64

pytest_plugins = ("tests.browser",)

SAMPLE = Edition(POLICY, LIBRARY)
DRAFT = Edition(POLICY, LIBRARY, draft=True)
NOTICED = replace(SAMPLE, standing=Standing(notice="Draft: changed since the wording approved in September 2023"))
HOSTILE = (
    "<script>alert(1)</script>",
    '"onload="alert(1)',
    "'onload='x",
    "{{7*7}}",
    "{% raw %}",
    "</style>",
    "<!--",
    "&lt;",
)


class Tags(HTMLParser):
    """Every element of a page with its attributes, in order."""

    def __init__(self, page: bytes) -> None:
        """Reads a page."""
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps an element (the parser calls this)."""
        self.found.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [attributes[attribute] or "" for _, attributes in self.found if attribute in attributes]

    def named(self, *tags: str) -> list[str]:
        """The elements of these names, in order."""
        return [tag for tag, _ in self.found if tag in tags]


def edition(*blocks: Block, footnotes: tuple[Footnote, ...] = (), colour: str = "") -> Edition:
    """An edition of a policy of these blocks."""
    policy = Policy("tested", "Tested", blocks=numbered(blocks), footnotes=footnotes)
    return Edition(policy, Library(replace(SETTINGS, house=House(colour=colour)), {"tested": policy}))


def text_of(page: bytes) -> str:
    """The body of the page, tags included."""
    return page.decode().partition("<body>")[2]


# --- the words


def expected(edition: Edition) -> Iterator[str]:
    """What the model says is printed: each block's number, then its words."""
    for block in walk(edition.policy.blocks):
        number = block.number if isinstance(block, Section | Clause | Item) else None
        yield number.marker if number else ""
        yield from (said(edition, run) for run in words_of(block))
        yield block.text if isinstance(block, Preformatted) else ""


def said(edition: Edition, inlines: Inlines) -> str:
    """The words of a run, cross-references as the edition prints them."""
    return "".join(
        said(edition, edition.cite(inline).children)
        if isinstance(inline, Reference)
        else said(edition, inline.children)
        if isinstance(inline, Emphasis | Strong | Link)
        else plain((inline,))
        for inline in inlines
    )


def test_it_prints_every_number_and_every_word_in_order() -> None:
    """Nothing is lost, nothing added, nothing moved; footnote marks and the title block are not the policy's words."""
    assert printed_words(html(SAMPLE)) == " ".join(expected(SAMPLE)).split()


def test_it_prints_the_same_words_in_a_draft() -> None:
    """DRAFT is the page's, not the policy's."""
    assert printed_words(html(DRAFT)) == printed_words(html(SAMPLE))


def test_it_prints_the_footnotes() -> None:
    """Their words stand after the text."""
    assert footnote_words(html(SAMPLE)) == ["Data", "Protection", "Act", "2018,", "section", "10."]


def test_a_notice_stands_right_under_the_title() -> None:
    """Announced as a note, and never as HTML of its own; without one there is no such element."""
    page = text_of(html(replace(SAMPLE, standing=Standing(notice="Draft: <b> & more"))))
    assert '</h1><p class="notice" role="note">Draft: &lt;b&gt; &amp; more</p><dl>' in "".join(page.split("\n"))
    assert 'role="note"' not in text_of(html(SAMPLE))


def test_its_contents_name_sections_to_the_second_level() -> None:
    """With the numbers they have in the text."""
    assert " ".join(contents_words(html(SAMPLE))) == (
        "Foreword 1 Purpose 2 Who does what 2.1 Headteacher 2.2 Governors 3 Conduct Appendix A Form A.2 Signature"
    )


def test_it_prints_the_title_block_with_links_to_the_policies_it_names() -> None:
    """A policy of the library lies beside the page, one held elsewhere where it is published; some are nowhere."""
    page = text_of(html(SAMPLE))
    assert "<dt>Approved by</dt><dd>Full Governing Board</dd>" in page
    assert '<li><a href="online-safety.html">Online Safety Policy</a></li>' in page
    assert '<li><a href="https://school.example/grievance.pdf" rel="noopener">Grievance Policy</a></li>' in page
    assert "<li>Staff Handbook</li>" in page


@given(st.text(st.characters()))
def test_any_text_survives_as_text(text: str) -> None:
    """What a clause says is what a reader of the page reads, but for characters that no page may hold."""
    kept = "".join(sign for sign in text if sign in "\t\n\f\r" or not forbidden(ord(sign)))
    assert printed_words(html(edition(Clause(words(text))))) == ["1", *kept.split()]


def forbidden(code: int) -> bool:
    """Whether no HTML may hold this character: a control, half of a pair, or none at all."""
    return (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xE000
        or 0xFDD0 <= code < 0xFDF0
        or code & 0xFFFE == 0xFFFE
    )


# --- the structure


def test_its_ids_are_unique() -> None:
    """The sample restarts (a), whose anchor the second time would be the first's."""
    ids = Tags(html(SAMPLE)).values("id")
    assert "1.a" in ids
    assert len(ids) == len(set(ids))


def test_every_link_within_the_page_arrives() -> None:
    """Contents, cross-references, numbers, footnotes and their way back."""
    tags = Tags(html(SAMPLE))
    inner = [unquote(href[1:]) for href in tags.values("href") if href.startswith("#")]
    assert set(inner) <= set(tags.values("id"))
    assert {"_text", "purpose", "2.1.1", "deep", "_note-1", "_mark-1", "_section-1"} <= set(inner)


def test_it_links_a_cross_reference_to_another_policy_beside_it() -> None:
    """With the anchor of the clause it cites."""
    assert '<a href="online-safety.html#reporting">Online Safety Policy, clause\N{NO-BREAK SPACE}1.1</a>' in text_of(
        html(SAMPLE)
    )


def test_a_policy_without_an_address_is_named_and_not_linked() -> None:
    """The handbook is held elsewhere and published nowhere."""
    assert "</a>, the handbook and <a" in text_of(html(SAMPLE))


def test_headings_never_skip_a_level() -> None:
    """A source that goes from # to ### gets h2 and h3; below h6 there is none."""
    deep: Block = Paragraph(words("ground"))
    for level in range(9, 2, -1):
        deep = Section(level, words("x"), (deep,))
    tags = Tags(html(edition(Section(1, words("top"), (deep,)))))
    assert tags.named("h1", "h2", "h3", "h4", "h5", "h6") == [
        "h1",
        "h2",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "h6",
        "h6",
        "h6",
    ]


def test_a_run_of_clauses_is_one_list_and_a_remark_stands_between_lists() -> None:
    """The remark belongs to neither clause."""
    page = text_of(
        html(edition(*(Clause(words(f"c{n}")) for n in range(3)), Paragraph(words("r")), Clause(words("d"))))
    )
    assert page.count('<ol class="clauses"') == 2
    assert page.index("c2") < page.index("</ol>\n<p>r</p>\n<ol") < page.index("d</p></li>")


def test_a_list_that_starts_afresh_is_a_list_of_its_own() -> None:
    """So is one of another style."""
    items = (
        Item("letter", words("x"), begins=True),
        Item("letter", words("x")),
        Item("letter", words("x"), begins=True),
    )
    page = text_of(html(edition(*items, Item("roman", words("x"), begins=True), Bullet(words("x")))))
    assert page.count('<ol class="items"') == 3
    assert page.count("<ul") == 1


def test_a_footnote_cited_twice_leads_back_to_both_places() -> None:
    """Each mark has an id of its own."""
    mark = FootnoteMark("law", 1)
    note = Footnote("law", (Paragraph(words("The law.")),))
    page = html(edition(Clause((Text("one"), mark)), Clause((Text("two"), mark)), footnotes=(note,)))
    tags = Tags(page)
    backlinks = [found["href"] for _, found in tags.found if found.get("role") == "doc-backlink"]
    assert backlinks == ["#_mark-1", "#_mark-1-2"]
    assert {"_mark-1", "_mark-1-2"} <= set(tags.values("id"))


def test_links_do_not_nest() -> None:
    """A mark in a link, and a heading with a link, which is linked from the contents as a whole."""
    note = Footnote("law", (Paragraph(words("The law.")),))
    linked = Link((Text("the Act"), FootnoteMark("law", 1)), "https://example.org/")
    depth = 0
    for closing in re.findall(r"<(/?)a\b", text_of(html(edition(Section(1, (linked,)), footnotes=(note,))))):
        depth += -1 if closing else 1
        assert depth in {0, 1}


def test_the_columns_of_a_table_have_headers_and_alignments() -> None:
    """By class: the page's policy allows no inline style. A column without an alignment has no class."""
    table = Table((words("A"), words("B")), ((words("1"), words("2")),), ("right",))
    page = text_of(html(edition(table)))
    assert '<tr><th scope="col" class="right">A</th><th scope="col">B</th></tr>' in page
    assert '<tr><td class="right">1</td><td>2</td></tr>' in page


def test_a_mark_without_a_footnote_and_a_reference_without_a_target_print_their_source() -> None:
    """They are findings elsewhere; the page leads nowhere false."""
    page = html(edition(Clause((FootnoteMark("lost"), Reference("", "gone")))))
    assert "<sup>[^lost]</sup>[#gone]" in text_of(page)


# --- what may not get in


def test_hostile_text_stays_text() -> None:
    """In every place where a policy or its settings can put words."""
    for text in HOSTILE:
        policy = replace(
            POLICY,
            title=text,
            owner=text,
            blocks=numbered(
                (Section(1, words(text), (Clause(words(text)), Table((words(text),), ((words(text),),)))),)
            ),
        )
        tags = Tags(html(Edition(policy, LIBRARY, draft=True)))
        assert not tags.named("script")
        assert not tags.values("onload")
        assert printed_words(html(Edition(policy, LIBRARY))).count(text.split()[0]) == 4


def test_hostile_titles_and_labels_stay_in_their_attributes() -> None:
    """An attribute of a link ends where the page ends it."""
    link = Link(words("x"), 'https://example.org/"onclick="alert(1)', title='"onclick="alert(1)')
    tags = Tags(html(edition(Clause((link,), label='"onclick="alert(1)'))))
    assert not tags.values("onclick")


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
        "",
    ],
)
def test_an_address_that_could_run_or_read_something_is_no_link(written: str) -> None:
    """Its words are printed all the same. What a browser would mend into a scheme is escaped into none."""
    page = html(edition(Clause((Link(words("read this"), written),))))
    hrefs = [href for href in Tags(page).values("href") if not href.startswith("#")]
    assert all(re.match("[a-z]*%", href) for href in hrefs)
    assert printed_words(page) == ["1", "read", "this"]


# --- the same bytes


def test_it_gives_the_same_bytes_in_another_process_with_another_hash_seed() -> None:
    """And twice in one."""
    program = """if True:
        import hashlib
        from tests.render.test_html import DRAFT, html
        print(hashlib.sha256(html(DRAFT)).hexdigest())
    """
    digests = {hashlib.sha256(html(DRAFT)).hexdigest(), hashlib.sha256(html(DRAFT)).hexdigest()}
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout.strip())
    assert len(digests) == 1


# --- the colour

CHANNEL = st.integers(0, 255)


@given(st.tuples(CHANNEL, CHANNEL, CHANNEL))
def test_any_house_colour_can_be_read(colour: Colour) -> None:
    """On every ground of the page, light and dark, and under the words of the masthead."""
    found = {name: _colour(shade) for name, shade in shades("#{:02x}{:02X}{:02x}".format(*colour), LIGHT, DARK).items()}
    assert found["house"] == colour
    assert contrast(found["house"], found["on-house"]) >= ENOUGH
    assert all(contrast(found["accent-on-light"], ground) >= ENOUGH for ground in LIGHT)
    assert all(contrast(found["accent-on-dark"], ground) >= ENOUGH for ground in DARK)


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21 to 1; #767676 is the lightest grey that passes on white."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x76, 0x76, 0x76), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("written", ["navy", "#fff", "#1b365d}body{display:none", "url(x)"])
def test_a_colour_that_is_none_never_reaches_the_style_sheet(written: str) -> None:
    """The house's own is used instead."""
    assert shades(written, LIGHT, DARK)["house"] == "#{:02x}{:02x}{:02x}".format(*HOUSE)


def _colour(shade: str) -> Colour:
    return (int(shade[1:3], 16), int(shade[3:5], 16), int(shade[5:7], 16))


# --- in a browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("shown", [SAMPLE, DRAFT, NOTICED], ids=["final", "draft", "noticed"])
def test_axe_finds_no_violation(browser: Browser, axe: Axe, shown: Edition, width: int, scheme: Scheme) -> None:
    """WCAG 2.2 AA and good practice, on a desk and on a phone, by day and by night, with a clause linked to."""
    browser.show(html(shown), width=width, scheme=scheme, fragment="#conduct")
    assert browser.violations(axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "#000000", "#777777", "#ff0000"])
def test_axe_finds_no_violation_whatever_the_house_colour(
    browser: Browser, axe: Axe, colour: str, scheme: Scheme
) -> None:
    """The shades reckoned in Python stand on the grounds that the style sheet really has."""
    settings = replace(SETTINGS, house=House(colour=colour))
    browser.show(html(replace(DRAFT, library=replace(LIBRARY, settings=settings))), scheme=scheme, fragment="#3.1")
    assert browser.violations(axe) == []


@pytest.mark.parametrize("shown", [SAMPLE, DRAFT, NOTICED], ids=["final", "draft", "noticed"])
def test_a_phone_never_scrolls_sideways(browser: Browser, shown: Edition) -> None:
    """At 360 points, and at 320, which is what a page zoomed to 400 % has (WCAG 1.4.10)."""
    for width in (360, 320):
        browser.show(html(shown), width=width)
        assert browser.value("document.documentElement.scrollWidth") <= width


def test_a_wide_table_scrolls_by_itself_and_by_keyboard(browser: Browser, axe: Axe) -> None:
    """The page stays where it is; a reader without a mouse reaches the last column."""
    row = tuple(words(f"Column{number}") for number in range(12))
    browser.show(html(edition(Clause(words("See:"), (Table(row, (row,)),)))), width=360)
    assert browser.value("document.documentElement.scrollWidth") <= 360
    assert browser.violations(axe) == []
    browser.press(*[Keys.TAB] * 3, *[Keys.ARROW_RIGHT] * 3)
    assert browser.value("document.activeElement.className") == "table"
    WebDriverWait(browser.driver, 5).until(lambda _: browser.value("document.activeElement.scrollLeft") > 0)


def test_it_fetches_nothing_and_breaks_no_rule_of_its_own(browser: Browser) -> None:
    """One request, for the page; no complaint on the console; and the style sheet is in force, so its hash is right."""
    browser.show(html(SAMPLE))
    messages, fetched = browser.logged()
    assert messages == []
    assert [address.rpartition("/")[2] for address in fetched] == ["page.html"]
    assert browser.value("getComputedStyle(document.body).fontSize") == "17px"


def test_its_rules_stop_a_script_and_an_image(browser: Browser) -> None:
    """Had one got in all the same."""
    intruder = b'<script>document.title = "run"</script><img src="http://localhost/x.png" alt="">'
    browser.show(html(SAMPLE).replace(b"<main>", intruder + b"<main>"))
    messages, _ = browser.logged()
    assert browser.value("document.title") != "run"
    assert len([message for message in messages if "Content Security Policy" in message]) == 2


def test_a_browser_runs_no_hostile_text(browser: Browser) -> None:
    """A browser mends what a parser in a test may read otherwise."""
    blocks = (Section(1, words(text), (Clause(words(text)),)) for text in HOSTILE)
    browser.show(html(edition(*blocks)))
    assert browser.value("document.querySelectorAll('script, [onload]').length") == 0
    assert browser.value(
        "[...document.querySelectorAll('li > p')].map(p => p.innerText.split(' ').slice(1).join(' '))"
    ) == [*HOSTILE]


def test_a_deep_link_is_followed_by_keyboard(browser: Browser) -> None:
    """Tab, Enter skips to the text; Tab reaches the first number, Enter makes it the address of the page."""
    browser.show(html(SAMPLE))
    browser.press(Keys.TAB)
    assert browser.value("document.activeElement.getBoundingClientRect().top") >= 0
    browser.press(Keys.ENTER, Keys.TAB)
    assert browser.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    browser.press(Keys.ENTER)
    assert browser.value("location.hash") == "#purpose"
    browser.press(Keys.TAB, Keys.TAB, Keys.ENTER)
    assert browser.value("document.querySelector(':target').id") == "1.a"


def test_numbers_are_copied_with_their_words(browser: Browser) -> None:
    """A number is text in the line of its clause, not a marker that the style sheet paints."""
    browser.show(html(SAMPLE))
    assert browser.value("document.getElementById('2.1.2').innerText") == "2.1.2 must keep the list of accounts."


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_prints_black_on_white_without_the_furniture(browser: Browser, scheme: Scheme) -> None:
    """On A4, whatever the reader's screen is like; the contents and the skip link are for screens."""
    browser.show(html(SAMPLE), scheme=scheme)
    document = pypdfium2.PdfDocument(browser.printed())
    texts = [page.get_textpage().get_text_bounded() for page in document]
    assert document[0].get_size() == pytest.approx((595, 842), abs=1)
    assert "Approved by" in texts[0]
    assert "Contents" not in "".join(texts)
    assert "Skip" not in "".join(texts)
    picture = bytes(document[0].render(grayscale=True).buffer)
    assert picture[0] == WHITE
    assert min(picture) < DARK_GREY


def test_a_draft_says_so_on_every_printed_page(browser: Browser) -> None:
    """In words at the top of the first, and as a watermark, which needs no backgrounds to be printed."""
    browser.show(html(DRAFT))
    pages = list(pypdfium2.PdfDocument(browser.printed()))
    assert len(pages) > 1
    for page in pages:
        assert "DRAFT" in page.get_textpage().get_text_bounded()


def test_every_word_is_on_the_printed_pages(browser: Browser) -> None:
    """No clause is cut off at the foot of a page."""
    browser.show(html(SAMPLE))
    document = pypdfium2.PdfDocument(browser.printed())
    printed = " ".join(page.get_textpage().get_text_bounded() for page in document).split()
    assert set(printed_words(html(SAMPLE))) <= set(printed)
