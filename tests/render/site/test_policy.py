"""The page of a policy and of its versions: what it says, and what it does in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from policytool.model.site import WORKING, Download, Falling, Mistake
from policytool.model.time import Moment
from policytool.render.site.assets import assets
from policytool.render.site.pages import PolicyPage
from policytool.render.site.policy import policy_page
from tests import site_sample as sample
from tests.site_sample import FRAME, GUIDANCE, reaching

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from selenium.webdriver.remote.webelement import WebElement

    from tests.browser import Axe, Browser, Scheme
    from tests.nu import Nu

pytest_plugins = ("tests.browser", "tests.nu")

HOSTILE = "<b>“Quoted”</b> & 'x' 🎉 {{7*7}} " + "antidisestablishmentarianism" * 5
LINK = "https://school.example/policies/social-media-staff/2023-09/"
ALLEGATIONS = "#_text a[href='../online-safety/index.html#allegations']"
CARD = ".preview"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
SOON = Falling("annual", "Headteacher", "12 months", Moment(2025, 3), Moment(2026, 3), 90)


def kinds() -> dict[str, PolicyPage]:
    """One page of each kind, and of each that is unusual, by path."""
    dated = replace(sample.everything(), path="dated/index.html")
    dated = replace(dated, card=replace(dated.card, falling=(SOON,)))
    long = replace(sample.long_history(40), path="long/index.html")
    found = (
        sample.page(GUIDANCE),
        sample.page(GUIDANCE, "2023-09", is_permanent=True),
        sample.page(GUIDANCE, WORKING),
        sample.page("online-safety"),
        sample.page("staff-acceptable-use"),
        sample.everything(),
        sample.superseded(),
        sample.hostile(HOSTILE),
        sample.bare(),
        dated,
        replace(long, card=replace(long.card, withdrawn=Moment(2026, 9, 1))),
    )
    return {one.path: one for one in found}


KINDS = kinds()
OWN, WORKING_TEXT, OLD = f"{GUIDANCE}/index.html", f"{GUIDANCE}/working/index.html", "conduct/2022-09/index.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every page and all that they fetch."""
    folder = tmp_path_factory.mktemp("site")
    pages = {path: policy_page(page, FRAME) for path, page in KINDS.items()}
    for path, content in (pages | {one.path: one.content for one in assets(FRAME)}).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def told(page: PolicyPage) -> str:
    """The page as it is written, runs of blanks as one."""
    return re.sub(r"\s+", " ", policy_page(page, FRAME).decode())


def shown(browser: Browser, site: Path, path: str, after: str = "", width: int = 1280) -> None:
    """Shows a page from its file."""
    browser.open((site / path).as_uri() + after, width=width)


def one(browser: Browser, selector: str) -> WebElement:
    """The first element of a selector."""
    return browser.driver.find_element(By.CSS_SELECTOR, selector)


def hovered(browser: Browser, selector: str) -> WebElement:
    """The pointer on an element, in the middle of the window."""
    element = one(browser, selector)
    browser.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    ActionChains(browser.driver).move_to_element(element).perform()
    return element


def until(browser: Browser, expression: str) -> None:
    """Waits for an expression to be true."""
    WebDriverWait(browser.driver, 5).until(lambda _: browser.value(expression))


def focused(browser: Browser, selector: str) -> None:
    """The focus on an element as the keyboard puts it there: from the one before."""
    browser.driver.execute_script(
        "const all = [...document.querySelectorAll('a[href], button, input')].filter(one => one.checkVisibility());"
        "all[all.indexOf(document.querySelector(arguments[0])) - 1].focus()",
        selector,
    )
    browser.press(Keys.TAB)
    while not browser.value(f"document.activeElement.matches({selector!r})"):
        browser.press(Keys.TAB)


# --- the state of the page, truthfully


def test_the_approved_wording_says_which_it_is_and_that_it_is_being_revised() -> None:
    """Calmly, with the working text and the comparison a link away."""
    page = told(KINDS[OWN])
    assert "Version 2023-09, approved September 2023 by Full Governing Board" in page
    assert 'The text is being revised. <a href="working/index.html">Read the working text</a>' in page
    assert '<a href="compare/2023-09--working.html">Compare it with this</a>' in page
    assert "noindex" not in page


def test_a_working_text_says_so_before_all_else() -> None:
    """And leads to the approved wording; search engines are told to leave it."""
    page = told(KINDS[WORKING_TEXT])
    notice = "Draft: changed since the wording approved in September 2023"
    assert page.index(notice) < page.index("<h1>")
    assert 'href="../index.html">Read the approved wording' in page
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="https://school.example/policies/{GUIDANCE}/">' in page
    assert "Last reviewed" not in page
    assert "<dt>For</dt>" in page


def test_a_policy_that_was_never_approved_leads_to_no_approved_wording() -> None:
    """There is none."""
    page = told(KINDS["staff-acceptable-use/index.html"])
    assert "Draft: not approved yet" in page
    assert "Read the approved wording" not in page
    assert "compare/" not in page


def test_a_superseded_version_says_so_before_all_else() -> None:
    """And leads to the current one, and to what has changed since."""
    page = told(KINDS[OLD])
    assert page.index("Superseded: approved in September 2022") < page.index("<h1>")
    assert 'href="../index.html">Read the current version' in page
    assert 'href="../compare/2022-09--2024-03-12.html">See what has changed since' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "Version 2022-09, approved September 2022 by Full Governing Board" in page


def test_a_withdrawn_policy_says_so() -> None:
    """On top, with the day, and in its title."""
    page = told(KINDS["long/index.html"])
    assert "Withdrawn from 1 September 2026: not in force from then on" in page
    assert ", withdrawn from 1 September 2026" in page.partition("</title>")[0]
    assert "Date for review" not in page
    assert "data-overdue" not in page


def test_a_document_of_unknown_size_is_offered_without_one() -> None:
    """Where the site is live it is made only when it is asked for."""
    whole = sample.everything()
    page = told(replace(whole, downloads=(Download("x/y.pdf", "pdf", 0), Download("x/y.docx", "docx", 21_400))))
    assert ">PDF</a>" in page
    assert ">Word, 21 KB</a>" in page


def test_every_state_is_told_by_words_and_by_shape() -> None:
    """A notice is a note with strong words, whatever its colour."""
    for path in (WORKING_TEXT, OLD, "long/index.html"):
        assert re.search(r'<div class="notice \w+" role="note"><p><strong>', told(KINDS[path]))


# --- what it says


def test_a_policy_without_a_page_is_its_title_alone() -> None:
    """As an internal one on a public site; its words are nowhere."""
    page = KINDS[OWN]
    without = replace(page, links=reaching(page.path), previews=())
    assert "Online Safety Policy, clause" in told(without)
    assert "../online-safety/" not in told(without)
    assert "An allegation that someone who works" not in told(without)


def test_who_cites_it_is_told_by_policy_with_both_ends_linked() -> None:
    """The place in the other policy, and the clause here."""
    page = told(KINDS[OWN])
    assert '<h3><a href="../online-safety/index.html">Online Safety Policy</a></h3>' in page
    assert 'cites <a href="#staff">clause 1.5</a>' in page
    assert "cites it as a whole" in page


def test_the_reviews_so_far_are_a_table_without_columns_that_are_empty() -> None:
    """On a public site nobody tells minutes or reasons."""
    page = KINDS[OWN]
    assert "FGB 2023/41" in told(page)
    public = replace(page, held=tuple(replace(one, minute="", reason="") for one in page.held))
    assert '<th scope="col">Minute</th>' not in told(public)
    assert '<th scope="col">Outcome</th>' in told(public)


def test_a_long_history_is_folded_after_ten() -> None:
    """Forty versions, each linked to its page and to what changed."""
    page = told(KINDS["long/index.html"])
    assert "<summary>30 earlier versions</summary>" in page
    assert page.count('">Compare with ') == 39
    assert 'href="../conduct/1990-09/index.html"' in page


def test_hostile_titles_are_words() -> None:
    """Markup, quotes, emoji and template code, wherever a title goes."""
    page = told(KINDS["hostile/index.html"])
    assert "<b>" not in page
    assert "{{7*7}}" in page
    assert "🎉" in page


def test_a_page_of_nothing_but_words_has_neither_contents_nor_sections_of_nothing() -> None:
    """No reviews, no citations, one text."""
    page = told(KINDS["bare/index.html"])
    assert "A few words." in page
    assert "Cited by" not in page
    assert "Reviews so far" not in page
    assert "Compare versions" not in page


def test_mistakes_are_told_on_top() -> None:
    """Where the site is live: message, place, code and advice."""
    mistakes = (
        Mistake(
            "deep", "source/x.md:16:61", "PT202", "there is no label `deeep`", "did you mean `deep`?", is_error=True
        ),
        Mistake("", "source/x.md:1", "PT301", "no title", "", is_error=False),
    )
    page = told(replace(sample.everything(), mistakes=mistakes))
    assert "2 mistakes in the source" in page
    assert "<strong>Error PT202</strong> there is no label <code>deeep</code></p>" in page
    assert '<a href="#deep">source/x.md:16:61</a> · did you mean <code>deep</code>?' in page


def test_equal_pages_are_equal_bytes() -> None:
    """Nothing depends on the clock."""
    assert policy_page(KINDS[OWN], FRAME) == policy_page(sample.page(GUIDANCE), FRAME)


def test_nothing_is_styled_or_scripted_in_the_page() -> None:
    """What the policy of content security forbids is not there."""
    for page in map(told, KINDS.values()):
        assert not re.search(r'<style|\sstyle="|<script(?! defer src=)|\son\w+="', page)


# --- in a browser


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, axe: Axe, site: Path, path: str, scheme: Scheme) -> None:
    """Not with the contents, a preview and the buttons shown; the console is silent, nothing foreign is fetched."""
    browser.open((site / path).as_uri(), scheme=scheme)
    browser.driver.execute_script("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for link in browser.driver.find_elements(By.CSS_SELECTOR, "#_text li[id] a[href*='#']")[:1]:
        ActionChains(browser.driver).move_to_element(link).perform()
    messages, fetched = browser.logged()  # before axe, which tries to fetch what the page forbids
    assert messages == []
    assert all(address.startswith(site.as_uri()) for address in fetched if address != "about:blank")
    assert browser.violations(axe) == []


@pytest.mark.parametrize("path", KINDS)
def test_nothing_scrolls_sideways_on_a_phone(browser: Browser, axe: Axe, site: Path, path: str) -> None:
    """At 360 px; tables that are wider scroll in their box."""
    shown(browser, site, path, width=360)
    assert browser.value(FITS)
    assert browser.violations(axe) == []


def test_the_checker_of_the_w3c_finds_nothing(nu: Nu, site: Path) -> None:
    """In any page."""
    unknown = {
        "Resource violates Content Security Policy .*": "it does not know that a file comes from where its page does"
    }
    assert nu.findings(site, unknown) == []


def test_a_link_to_a_clause_of_this_version_is_copied(browser: Browser, site: Path) -> None:
    """On hover: the address at which this very wording stays, and it is said."""
    clipboard(browser)
    shown(browser, site, OWN)
    hovered(browser, "#staff > p")
    one(browser, "#staff .clip button").click()
    until(browser, "document.querySelector('[role=status]').textContent == 'Link copied'")
    assert pasted(browser) == f"{LINK}#staff"


def test_a_citation_is_copied_by_keyboard_alone(browser: Browser, site: Path) -> None:
    """From the number of a clause it is two presses away."""
    clipboard(browser)
    shown(browser, site, OWN)
    focused(browser, "#staff > p > .number a")
    browser.press(Keys.TAB, Keys.TAB)
    assert browser.value("document.activeElement.getAttribute('aria-label')") == "Copy citation of clause 1.5"
    browser.press(Keys.ENTER)
    until(browser, "document.querySelector('[role=status]').textContent == 'Citation copied'")
    cited = "Social Media Guidance for School Staff, clause 1.5, as approved September 2023."
    assert pasted(browser) == f"{cited} {LINK}#staff"
    browser.press(Keys.ESCAPE)
    assert browser.value("document.activeElement.closest('li').id") == "staff"
    assert not browser.value("document.querySelector('.clip')")


def test_without_a_margin_the_buttons_come_when_the_number_is_touched(browser: Browser, site: Path) -> None:
    """They would cover words of other clauses under a pointer that only passes."""
    shown(browser, site, OWN, width=360)
    hovered(browser, "#staff > p")
    assert not browser.value("document.querySelector('.clip')")
    one(browser, "#staff > p > .number a").click()
    assert one(browser, "#staff .clip button").is_displayed()
    assert browser.value(FITS)


def test_a_citation_of_a_working_text_says_what_it_is(browser: Browser, site: Path) -> None:
    """Nobody shall take it for approved."""
    clipboard(browser)
    shown(browser, site, WORKING_TEXT)
    hovered(browser, "#staff > p")
    browser.driver.find_elements(By.CSS_SELECTOR, "#staff .clip button")[1].click()
    until(browser, "document.querySelector('[role=status]').textContent == 'Citation copied'")
    assert ", working text, not approved. https://school.example/policies/" in pasted(browser)


def test_it_can_be_copied_where_no_clipboard_is_given(browser: Browser, site: Path) -> None:
    """As over a connection that is not secure: by the old way."""
    clipboard(browser)
    shown(browser, site, OWN)
    browser.driver.execute_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    browser.driver.execute_script("document.execCommand = () => false")
    hovered(browser, "#staff > p")
    one(browser, "#staff .clip button").click()
    until(browser, "document.activeElement.matches('#staff .clip input')")
    assert browser.value("getSelection().toString()") == f"{LINK}#staff"
    until(browser, "document.querySelector('[role=status]').textContent.startsWith('Press Ctrl')")


def test_the_old_way_of_copying_works_too(browser: Browser, site: Path) -> None:
    """Where it is allowed, nobody sees a difference."""
    clipboard(browser)
    shown(browser, site, OWN)
    browser.driver.execute_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    hovered(browser, "#staff > p")
    one(browser, "#staff .clip button").click()
    until(browser, "document.querySelector('[role=status]').textContent == 'Link copied'")
    shown(browser, site, WORKING_TEXT)
    assert pasted(browser) == f"{LINK}#staff"


def test_without_a_known_address_the_link_is_that_of_this_copy(browser: Browser, site: Path) -> None:
    """From a disk, or from wherever the folder was put: the page of the version, beside this one."""
    path = "unaddressed/index.html"
    (site / path).parent.mkdir(exist_ok=True)
    (site / path).write_bytes(policy_page(KINDS[OWN], replace(FRAME, address="")))
    clipboard(browser)
    shown(browser, site, path)
    hovered(browser, "#staff > p")
    one(browser, "#staff .clip button").click()
    until(browser, "document.querySelector('[role=status]').textContent == 'Link copied'")
    assert pasted(browser) == (site / "unaddressed/2023-09/index.html").as_uri() + "#staff"


@pytest.mark.parametrize("path", [OWN, "conduct/index.html", "staff-acceptable-use/index.html"])
def test_places_are_called_as_the_policies_call_them(browser: Browser, site: Path, path: str) -> None:
    """The script says of each labelled clause, item and section what a cross-reference to it prints."""
    page = KINDS[path]
    shown(browser, site, path)
    for (policy, label), target in page.edition.library.targets.items():
        if policy == page.card.policy and target.number and target.kind != "passage":
            called = browser.value(f"policytool.called(document.getElementById({label!r}))")
            assert called == target.phrase


def test_a_cited_clause_of_another_policy_is_shown_on_hover(browser: Browser, site: Path) -> None:
    """It stays while the pointer is on it, covers no link, and Escape takes it away."""
    shown(browser, site, OWN)
    link = hovered(browser, ALLEGATIONS)
    until(browser, f"document.querySelector('{CARD}')")
    assert one(browser, CARD).text.startswith("Online Safety Policy, clause 6.4\nAn allegation that someone")
    assert link.get_attribute("aria-describedby") == "_preview"
    assert clear(browser, ALLEGATIONS)
    ActionChains(browser.driver).move_to_element(one(browser, CARD)).pause(0.5).perform()
    assert browser.value(f"!!document.querySelector('{CARD}')")
    ActionChains(browser.driver).send_keys(Keys.ESCAPE).perform()
    assert not browser.value(f"document.querySelector('{CARD}')")


def test_a_cited_clause_of_this_page_is_shown_to_the_keyboard(browser: Browser, site: Path) -> None:
    """By what it is called and its first words, without its number."""
    shown(browser, site, "conduct/index.html")
    focused(browser, "#_text a[href='#deep']:not(.number a)")
    assert one(browser, CARD).text == "Clause 3.1.1\nA breach is reported."
    browser.press(Keys.ESCAPE)
    assert not browser.value(f"document.querySelector('{CARD}')")


@pytest.mark.parametrize("path", [OWN, "online-safety/index.html", "hostile/index.html"])
def test_previews_stay_in_the_window_of_a_phone(browser: Browser, site: Path, path: str) -> None:
    """Beside every link that has one."""
    shown(browser, site, path, width=360)
    links = browser.driver.find_elements(By.CSS_SELECTOR, "#_text p a[href*='#']:not(.number a, .cited-mark)")
    for link in links[:12]:
        browser.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
        ActionChains(browser.driver).move_to_element(link).pause(0.35).perform()
        if browser.value(f"!!document.querySelector('{CARD}')"):
            assert clear(browser, "[aria-describedby=_preview]")
            assert browser.value(FITS)


def test_a_finger_opens_no_preview(browser: Browser, site: Path) -> None:
    """A tap follows the link, and nothing else."""
    shown(browser, site, "conduct/index.html")
    browser.driver.execute_script(
        "const link = document.querySelector(\"#_text a[href='#deep']:not(.number a)\");"
        "for (const kind of ['pointerover', 'pointerdown', 'pointerup'])"
        "  link.dispatchEvent(new PointerEvent(kind, {bubbles: true, pointerType: 'touch'}));"
        "link.focus()"
    )
    ActionChains(browser.driver).pause(0.5).perform()
    assert not browser.value(f"document.querySelector('{CARD}')")


def test_the_contents_tell_where_the_reader_is(browser: Browser, site: Path) -> None:
    """As the text is scrolled."""
    shown(browser, site, OWN)
    browser.driver.execute_script("document.getElementById('staff').scrollIntoView()")
    until(browser, "document.querySelector('#_contents [aria-current]')?.textContent.includes('About this guidance')")
    browser.driver.execute_script("document.getElementById('_history').scrollIntoView()")
    until(browser, "document.querySelector('#_contents [aria-current]')?.textContent.includes('History')")
    assert browser.value("document.querySelectorAll('#_contents [aria-current]').length") == 1


def test_on_a_phone_the_contents_are_folded(browser: Browser, site: Path) -> None:
    """One list of contents is there at any width, never two."""
    shown(browser, site, OWN, width=360)
    assert one(browser, "details.contents summary").is_displayed()
    assert not one(browser, "#_contents").is_displayed()
    one(browser, "details.contents summary").click()
    assert one(browser, "details.contents a").is_displayed()
    browser.size(1280)
    assert one(browser, "#_contents").is_displayed()
    assert not one(browser, "details.contents").is_displayed()


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2025-11-30", "○ current"),
        ("2025-12-01", "◐ due soon"),
        ("2026-03-01", "● due"),
        ("2026-03-31", "● due"),
        ("2026-04-01", "▲ overdue"),
    ],
)
def test_a_review_stands_as_it_does_on_the_reader_s_day(browser: Browser, site: Path, day: str, state: str) -> None:
    """A page built in any month tells the truth in any other."""
    with browser.at(f"{day}T12:00"):
        shown(browser, site, "dated/index.html")
    assert one(browser, ".facts .state").text == state


def test_mistakes_and_citations_stand_beside_their_blocks(browser: Browser, site: Path) -> None:
    """What is on top or at the end is told where it belongs as well."""
    shown(browser, site, "hostile/index.html")
    assert one(browser, "#one .mistake strong").text == "Error PT202"
    assert one(browser, "#one .cited-mark").text == "cited by 1"


@pytest.fixture
def unscripted(browser: Browser) -> Iterator[Browser]:
    """The browser with scripts switched off."""
    with browser.without_script():
        yield browser


def test_without_a_script_all_can_be_read(unscripted: Browser, site: Path) -> None:
    """Dates without a state; links and numbers; no button that would do nothing."""
    shown(unscripted, site, OWN)
    assert "due September 2024" in one(unscripted, ".facts").text
    assert one(unscripted, ".facts .state").text == ""
    assert not one(unscripted, "#_print").is_displayed()
    assert not one(unscripted, "#_previews").is_displayed()
    one(unscripted, "#_contents a[href='#12']").click()
    assert unscripted.driver.current_url.endswith("#12")


def test_it_prints_its_text_and_where_it_stands_and_no_tools(browser: Browser, site: Path) -> None:
    """On A4, with the address of this very version."""
    shown(browser, site, OWN)
    document = pypdfium2.PdfDocument(browser.printed())
    words = " ".join(page.get_textpage().get_text_range() for page in document).split()
    printed = " ".join(words)
    approved = "version 2023-09, approved September 2023 by Full Governing Board"
    assert f"Social Media Guidance for School Staff, {approved}: {LINK}" in printed
    assert "Employees of the school may use social media" in printed
    for tool in ("Compare versions", "Print", "Copy", "Cited by", "Contents", "Read the working text"):
        assert tool not in printed
    assert "overdue" in printed
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)


def clipboard(browser: Browser) -> None:
    """Lets pages write to the clipboard, and tests read it."""
    browser.driver.execute_cdp_cmd(
        "Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    )


def pasted(browser: Browser) -> str:
    """What is in the clipboard."""
    script = "navigator.clipboard.readText().then(arguments[0], error => arguments[0](String(error)))"
    return str(browser.driver.execute_async_script(script))


def clear(browser: Browser, selector: str) -> bool:
    """Whether the card is inside the window, and covers no part of the link."""
    return bool(
        browser.value(
            f"""(() => {{
              const link = document.querySelector({selector!r}).getBoundingClientRect();
              const card = document.querySelector('{CARD}').getBoundingClientRect();
              const inside = card.left >= 0 && card.right <= innerWidth && card.top >= 0 && card.bottom <= innerHeight;
              return inside && (card.top >= link.bottom || card.bottom <= link.top);
            }})()"""
        )
    )
