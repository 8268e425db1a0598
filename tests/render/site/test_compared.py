"""Comparisons in the site: which two texts, the way to all others, and what changed, in a real browser."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from selenium.webdriver.support.wait import WebDriverWait

from policytool.model.site import WORKING, Card, Frame, Leaf, comparison_path, comparisons_path
from policytool.model.time import Moment
from policytool.render.site.compared import comparison_page, comparisons_page
from policytool.render.site.pages import ComparisonPage, ComparisonsPage, Step
from tests.render.site.laid import fits, lay, show, texts, visible
from tests.render.test_compared_cases import CASES, HOSTILE, Case, made, reference

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from tests.browser import Axe, Browser, Scheme

pytest_plugins = ("tests.browser",)

BOARD = "Full Governing Board"
FRAME = Frame("Example Primary School", "#1b365d", address="https://school.example/policies/")
FIRST = Leaf("2021-03-04", "superseded", Moment(2021, 3, 4), BOARD, "FGB 2021/7")
SECOND = Leaf("2022-05", "superseded", Moment(2022, 5), BOARD)
CURRENT = Leaf("2023-09-14", "current", Moment(2023, 9, 14), BOARD, "FGB 2023/41")
DRAFT = Leaf(WORKING, "working")
CARD = Card("visits", "Educational Visits Policy", "policy", "Headteacher", BOARD, (), "website", CURRENT)
PAIRS = ((FIRST, SECOND), (SECOND, CURRENT), (FIRST, CURRENT), (CURRENT, DRAFT))
HISTORY = (Step(DRAFT, "1 reworded", "2023-09-14"), Step(CURRENT, "2 reworded", "2022-05"), Step(SECOND), Step(FIRST))
OVERVIEW = comparisons_path("visits")
STATUS = "document.getElementById('_status').textContent"


def noun(old: Leaf = CURRENT, new: Leaf = DRAFT, case: Case | None = None) -> ComparisonPage:
    """The comparison of two texts."""
    found = case or made("many")
    path = comparison_path("visits", old.version, new.version)
    return ComparisonPage(path, CARD, old, new, found.comparison, found.old, found.new, PAIRS)


def overview(card: Card = CARD, history: tuple[Step, ...] = HISTORY) -> ComparisonsPage:
    """The list of comparisons."""
    return ComparisonsPage(OVERVIEW, card, history, PAIRS)


def shown(
    browser: Browser, page: ComparisonPage, *, width: int = 1280, scheme: Scheme = "light", after: str = ""
) -> None:
    """Show the page of a comparison."""
    show(browser, comparison_page(page, FRAME), page.path, FRAME, width=width, scheme=scheme, after=after)


def versions(count: int) -> tuple[Leaf, ...]:
    """So many texts, a year apart, the newest first."""
    return tuple(
        Leaf(f"{2025 - one}-09-01", "superseded" if one else "current", Moment(2025 - one, 9, 1), BOARD)
        for one in range(count)
    )


def pairs_of(leaves: tuple[Leaf, ...]) -> tuple[tuple[Leaf, Leaf], ...]:
    """Each with the one before, each with the current."""
    with_the_one_before = [(old, new) for new, old in pairwise(leaves)]
    return (*with_the_one_before, *((old, leaves[0]) for old in leaves[2:]))


class Reader(HTMLParser):
    """The tags of a page, with their attributes."""

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


def test_both_texts_are_named_linked_and_told_how_they_were_approved() -> None:
    """The current one has the page of the policy, an older one its own."""
    text = comparison_page(noun(SECOND, CURRENT), FRAME).decode()
    assert '<a href="../2022-05/index.html">As approved May 2022</a>' in text
    assert '<a href="../index.html">As approved 14 September 2023</a>' in text
    assert "version 2023-09-14, by Full Governing Board, minute FGB 2023/41" in text
    assert "version 2022-05, by Full Governing Board</p>" in text
    assert "Changes to Educational Visits Policy: as approved May 2022 → as approved 14 September 2023" in text


def test_a_working_text_is_said_not_to_be_approved() -> None:
    """With the way to the approved wording."""
    text = comparison_page(noun(), FRAME).decode()
    assert "The newer text is the working text, which is not approved." in text
    assert '<a href="../index.html">Read the approved wording</a>' in text
    assert '<a href="../working/index.html">Working text</a>' in text


def test_two_superseded_texts_are_said_to_be_so() -> None:
    """With the way to the current wording."""
    text = comparison_page(noun(FIRST, SECOND), FRAME).decode()
    assert "Both texts are superseded." in text
    assert "Read the current wording, as approved 14 September 2023" in text


def test_there_is_no_notice_over_what_led_to_the_current_wording() -> None:
    """Nothing there could be mistaken."""
    assert 'class="notice' not in comparison_page(noun(SECOND, CURRENT), FRAME).decode()


def test_a_withdrawn_policy_is_said_to_be_no_longer_in_force() -> None:
    """Whichever of its texts are compared."""
    page = noun(SECOND, CURRENT)
    text = comparison_page(replace(page, card=replace(CARD, withdrawn=Moment(2024, 5))), FRAME).decode()
    assert "This policy is withdrawn from May 2024" in text


def test_the_other_comparisons_are_grouped(browser: Browser) -> None:
    """Newest first; the one that is shown is marked."""
    shown(browser, noun(SECOND, CURRENT))
    browser.value("document.querySelector('.chooser').open = true")
    assert texts(browser, ".group h2") == ["With the one before", "With the current wording", "Working text"]
    assert texts(browser, ".group:first-child a") == ["May 2022 → 14 September 2023", "4 March 2021 → May 2022"]
    assert texts(browser, ".group:nth-child(2) a") == [
        "May 2022 → 14 September 2023",
        "4 March 2021 → 14 September 2023",
    ]
    assert set(texts(browser, ".group [aria-current]")) == {"May 2022 → 14 September 2023"}


def test_any_other_pair_is_a_command_to_copy(browser: Browser) -> None:
    """The button is the script's."""
    shown(browser, noun(FIRST, SECOND))
    browser.value("document.querySelector('.chooser').open = true")
    assert texts(browser, ".command") == ["policytool diff visits 2021-03-04 2022-05"]
    browser.driver.find_element("css selector", ".copying button").click()
    status = "document.querySelector('.copying [role=status]').textContent"
    WebDriverWait(browser.driver, 5).until(lambda _: browser.value(status))
    assert browser.value(status) in ("Copied", "It is marked: copy it with the keys of your device")


def test_a_live_site_answers_any_pair() -> None:
    """By a form; it needs no command then."""
    live = replace(FRAME, is_live=True)
    text = comparisons_page(overview(), live).decode()
    assert '<form class="pick" action="pair" method="get">' in text
    assert '<option value="2022-05">2022-05, as approved May 2022</option>' in text
    assert '<option value="working" selected>working text</option>' in text
    assert "policytool diff" not in text
    assert text.index('class="pick"') < text.index('class="texts"')
    assert "policytool diff visits 2023-09-14 working" in comparisons_page(overview(), FRAME).decode()


def test_the_list_has_every_text_with_its_comparisons(browser: Browser) -> None:
    """The newest first; what changed is told."""
    show(browser, comparisons_page(overview(), FRAME), OVERVIEW, FRAME)
    assert [name.partition(" ")[2] for name in texts(browser, ".texts h2 a")] == [
        "text",
        "approved 14 September 2023",
        "approved May 2022",
        "approved 4 March 2021",
    ]
    assert texts(browser, ".texts > li:first-child a")[1:] == ["Compare with the approved wording, 14 September 2023"]
    assert texts(browser, ".texts > li:nth-child(2) a")[1:] == ["Compare with the one before, May 2022"]
    assert texts(browser, ".texts > li:nth-child(3) a")[1:] == [
        "Compare with the one before, 4 March 2021",
        "Compare with the current wording",
    ]
    assert "2 reworded" in texts(browser, ".texts .changed")


def test_one_text_alone_has_nothing_to_compare() -> None:
    """And nothing to type."""
    page = comparisons_page(ComparisonsPage(OVERVIEW, CARD, HISTORY[1:2]), FRAME).decode()
    assert "There is one text of this policy only" in page
    assert "policytool diff" not in page


def test_texts_of_one_day_are_told_apart() -> None:
    """By the names of their versions."""
    amended = Leaf("2021-03-04.2", "superseded", Moment(2021, 3, 4), "Clerk", is_amended=True)
    page = replace(noun(FIRST, amended), pairs=((FIRST, amended), (amended, CURRENT), (FIRST, CURRENT)))
    text = comparison_page(page, FRAME).decode()
    assert "4 March 2021 (2021-03-04) → 4 March 2021 (2021-03-04.2)" in text
    assert "4 March 2021 (2021-03-04.2) → 14 September 2023" in text
    assert "As amended 4 March 2021" in text


@pytest.mark.parametrize("name", CASES)
def test_ids_stand_once_and_links_in_the_page_lead_to_them(name: str) -> None:
    """Whatever changed."""
    read = Reader(comparison_page(noun(case=made(name)), FRAME))
    ids = read.every("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in read.every("href") if href.startswith("#")} <= set(ids)


def test_nothing_is_written_into_attributes_that_the_rules_forbid() -> None:
    """No style attribute, no script in the page, no handler."""
    for page in (comparison_page(noun(), FRAME), comparisons_page(overview(), FRAME)):
        read = Reader(page)
        assert all("src" in attributes for tag, attributes in read.tags if tag == "script")
        assert read.every("style") == []
        assert not any(name.startswith("on") for _, attributes in read.tags for name in attributes)


# --- in a browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_violation_on_a_comparison(browser: Browser, axe: Axe, width: int, scheme: Scheme) -> None:
    """With everything unfolded, in either view; the console says nothing, nothing scrolls sideways."""
    shown(browser, noun(case=reference()), width=width, scheme=scheme)
    browser.value("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert fits(browser)
    assert browser.logged()[0] == []
    assert browser.violations(axe) == []
    browser.value("document.getElementById('_inline').click()")
    assert browser.violations(axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("is_live", [False, True])
def test_axe_finds_no_violation_on_the_list(
    browser: Browser,
    axe: Axe,
    is_live: bool,  # noqa: FBT001  # a parameter of a test
    width: int,
    scheme: Scheme,
) -> None:
    """Nor does anything scroll sideways."""
    page = comparisons_page(overview(), replace(FRAME, is_live=is_live))
    page = re.sub(rb"<script[^>]*live[^>]*></script>", b"", page)  # nobody serves here
    show(browser, page, OVERVIEW, FRAME, width=width, scheme=scheme)
    assert browser.violations(axe) == []
    assert fits(browser)


@pytest.mark.parametrize("name", CASES)
def test_any_case_fits_a_phone_and_makes_no_complaint(browser: Browser, name: str) -> None:
    """Whatever changed."""
    shown(browser, noun(case=made(name)), width=360)
    assert fits(browser)
    assert browser.logged()[0] == []


def test_keys_step_from_change_to_change(browser: Browser) -> None:
    """Forwards and back."""
    shown(browser, noun())
    browser.press("n", "n", "n")
    assert browser.value("document.activeElement.id") == "_change-3"
    assert browser.value(STATUS) == "Change 3 of 6"
    browser.press("p")
    assert browser.value("document.activeElement.id") == "_change-2"


def test_the_views_and_filters_need_no_script(browser: Browser) -> None:
    """Only stepping does, and its buttons are not shown then."""
    with browser.without_script():
        shown(browser, noun())
        assert (visible(browser, ".sides"), visible(browser, ".inline")) == (True, False)
        browser.driver.find_element("id", "_inline").click()
        assert (visible(browser, ".sides"), visible(browser, ".inline")) == (False, True)
        before = len(texts(browser, ".change"))
        browser.driver.find_element("id", "_substance").click()
        assert 0 < len(texts(browser, ".change")) < before
        assert not visible(browser, ".steps")
        browser.driver.find_element("css selector", ".chooser summary").click()
        assert len(texts(browser, ".groups a")) == 5


def test_filters_by_kind_hide_and_show(browser: Browser) -> None:
    """As on the page that stands by itself."""
    shown(browser, noun())
    browser.driver.find_element("id", "_show-inserted").click()
    assert not visible(browser, ".change.inserted")
    assert visible(browser, ".change.reworded")
    assert " of 6 changes" in browser.value(STATUS)


def test_what_was_chosen_goes_along_in_the_address_alone(browser: Browser) -> None:
    """To other comparisons and back to the page when it is opened again; nothing is stored."""
    folder = show(browser, comparison_page(noun(SECOND, CURRENT), FRAME), noun(SECOND, CURRENT).path, FRAME)
    other = noun(FIRST, SECOND)
    lay(folder, other.path, comparison_page(other, FRAME))
    for name in ("_inline", "_substance", "_show-moved"):
        browser.driver.find_element("id", name).click()
    assert browser.value("location.search") == "?view=inline&only=substance&hide=moved"
    browser.value("document.querySelector('.chooser').open = true")
    browser.driver.find_element("link text", "4 March 2021 → May 2022").click()
    assert browser.value("location.pathname").endswith("/visits/compare/2021-03-04--2022-05.html")
    assert visible(browser, ".inline")
    assert browser.value("document.getElementById('_substance').checked")
    assert not browser.value("document.getElementById('_show-moved').checked")
    assert browser.value("localStorage.length + sessionStorage.length") == 0
    browser.driver.find_element("id", "_side").click()
    assert browser.value("location.search") == "?only=substance&hide=moved"


def test_other_questions_in_the_address_stay(browser: Browser) -> None:
    """The live site reads them: which pair."""
    shown(browser, noun(), after="?old=a&new=b&view=inline")
    browser.driver.find_element("id", "_substance").click()
    assert browser.value("location.search") == "?old=a&new=b&view=inline&only=substance"
    assert "old=" not in browser.value("document.querySelector('a[data-keeps]').search")


def test_a_phone_has_one_text(browser: Browser) -> None:
    """Two columns would be too narrow to read."""
    shown(browser, noun(), width=360)
    assert (visible(browser, ".sides"), visible(browser, ".inline"), visible(browser, ".views")) == (False, True, False)


def test_it_prints_what_changed_and_which_texts(browser: Browser) -> None:
    """On A4, in one text, without what only a screen needs."""
    shown(browser, noun(case=reference()))
    document = pypdfium2.PdfDocument(browser.printed())
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    assert document[0].get_size() == pytest.approx((595, 842), abs=1)
    assert "artificial intelligence" in text
    assert "not approved" in text
    for part in ("Which changes", "Previous", "Any other pair", "Compare other versions"):
        assert part not in text


# --- bad input


@pytest.mark.parametrize("title", [*HOSTILE, "“Quotes” & 'more' 🏫🧑‍🏫", "سياسة"])
def test_any_title_is_a_title(browser: Browser, title: str) -> None:
    """No tag, attribute or template comes of it."""
    card = replace(CARD, title=title, leaf=replace(CURRENT, by=title, minute=title))
    leaf = replace(CURRENT, by=title, minute=title)
    case = made("duty")
    policy = replace(case.new.policy, title=title)
    now = replace(case.comparison, new=replace(case.comparison.new, title=title))
    page = replace(noun(SECOND, leaf), card=card, comparison=now, new=replace(case.new, policy=policy))
    shown(browser, page, width=360)
    assert title in browser.value("document.querySelector('h1').textContent")
    assert browser.value("document.querySelectorAll('img, main script, main b').length") == 0
    assert fits(browser)
    assert browser.logged()[0] == []
    show(browser, comparisons_page(overview(card), FRAME), OVERVIEW, FRAME, width=360)
    assert title in browser.value("document.querySelector('h1').textContent")
    assert fits(browser)


@pytest.mark.parametrize("width", [1280, 360])
def test_forty_versions_can_still_be_read(browser: Browser, axe: Axe, width: int) -> None:
    """In the list, and in the chooser of a comparison, which does not push what changed off the page."""
    leaves = versions(40)
    card = replace(CARD, leaf=leaves[0])
    steps = tuple(Step(leaf, "3 reworded, 12 only renumbered") for leaf in leaves)
    show(
        browser,
        comparisons_page(ComparisonsPage(OVERVIEW, card, steps, pairs_of(leaves)), FRAME),
        OVERVIEW,
        FRAME,
        width=width,
    )
    assert len(texts(browser, ".texts > li")) == 40
    assert len(texts(browser, ".ways-to a")) == 39 + 39
    assert browser.violations(axe) == []
    assert fits(browser)
    page = replace(noun(leaves[1], leaves[0]), card=card, pairs=pairs_of(leaves))
    shown(browser, page, width=width)
    browser.value("document.querySelector('.chooser').open = true")
    assert len(texts(browser, ".groups a")) == 39 + 39
    assert browser.value("document.querySelector('.chooser').getBoundingClientRect().height") < 1400
    assert browser.violations(axe) == []
    assert fits(browser)
