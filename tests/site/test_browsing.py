"""The site as people use it, in a real browser, behind a plain file server."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pypdfium2
import pytest
from icalendar import Calendar
from selenium.webdriver import Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.fileserver import serving
from tests.sites import BELOW, GUIDANCE, Site, kind_of

if TYPE_CHECKING:  # at run time pytest itself imports the plugins
    from tests.browser import Axe, Browser, Scheme

pytest_plugins = ("tests.browser",)

TITLE = "Social Media Guidance for School Staff"
WIDE = "document.documentElement.scrollWidth"
WAIT = 30


@pytest.fixture(scope="module")
def address(reference: Site) -> Iterator[str]:
    """Where the site of the reference library is served."""
    with serving(reference.folder, BELOW) as served:
        yield served


@pytest.fixture(scope="module")
def nasty_address(nasty: Site) -> Iterator[str]:
    """Where the site of the nasty library is served."""
    with serving(nasty.folder, BELOW) as served:
        yield served


def link(browser: Browser, words: str) -> WebElement:
    """The link in the page's own part that says these words; the first that can be seen."""
    found = browser.driver.find_elements(By.XPATH, f'//main//a[contains(normalize-space(.), "{words}")]')
    return next(one for one in found if one.is_displayed())


def path(browser: Browser, address: str) -> str:
    """Where the browser is, in the site."""
    return browser.driver.current_url.removeprefix(address).partition("#")[0].partition("?")[0]


def shown(browser: Browser) -> str:
    """What the page's own part shows."""
    return str(browser.value("document.querySelector('main').innerText"))


def wait_for(browser: Browser, expression: str) -> None:
    """Until a JavaScript expression is true of the page."""
    WebDriverWait(browser.driver, WAIT).until(lambda _: browser.value(f"!!({expression})"))


# Every page


LOOKS: list[tuple[str, int, Scheme]] = [
    ("reference", 360, "light"),
    ("reference", 360, "dark"),
    ("reference", 1280, "light"),
    ("reference", 1280, "dark"),
    ("public", 1280, "light"),
    ("nasty", 360, "dark"),
]


@pytest.mark.parametrize(("made", "width", "scheme"), LOOKS)
def test_every_kind_of_page_is_accessible(
    request: pytest.FixtureRequest, browser: Browser, axe: Axe, made: str, width: int, scheme: Scheme
) -> None:
    """axe-core finds nothing, on the desktop and on a phone, in light and in dark."""
    site: Site = request.getfixturevalue(made)
    found = []
    with serving(site.folder, BELOW) as served:
        for page in site.kinds().values():
            browser.open(served + page, width=width, scheme=scheme)
            found += [f"{page}: {one}" for one in browser.violations(axe)]
    assert found == []


@pytest.mark.parametrize("made", ["reference", "public", "nasty"])
def test_every_page_is_quiet_and_asks_only_for_its_own_files(
    request: pytest.FixtureRequest, browser: Browser, made: str
) -> None:
    """On a phone: nothing to scroll sideways, no word on the console, no request but to where it came from."""
    site: Site = request.getfixturevalue(made)
    loud, foreign, wide = [], [], []
    with serving(site.folder, BELOW) as served:
        for page in _differing(site):
            browser.open(served + page, width=360)
            messages, fetched = browser.logged()
            loud += [f"{page}: {one}" for one in messages]
            foreign += [one for one in fetched if not one.startswith((served, "data:", "about:"))]
            wide += [page] if browser.value(WIDE) > 360 else []
    assert (loud, foreign, wide) == ([], [], [])


def _differing(site: Site) -> list[str]:
    """Every page, but one alone of versions and comparisons of which there are dozens that differ in a word."""
    kinds = set(site.kinds().values())
    return [page for page in site.pages if page in kinds or not page.startswith("forty/")]


def test_it_works_from_the_disk(browser: Browser, reference: Site) -> None:
    """Opened as a file, register and search work, and nothing is complained of."""
    browser.open((reference.folder / "index.html").as_uri())
    browser.driver.find_element(By.ID, "_filter").send_keys("whistle")
    wait_for(browser, "document.querySelector('main').innerText.includes('Whistleblowing')")
    browser.settle()
    assert TITLE not in shown(browser)
    browser.open((reference.folder / "search.html").as_uri())
    browser.driver.find_element(By.ID, "_query").send_keys("social media")
    wait_for(browser, f"document.getElementById('_results').innerText.includes('{TITLE}')")
    browser.settle()
    assert browser.logged()[0] == []


# As a governor would


def test_the_guidance_is_found_in_two_clicks_and_compared_with_today(browser: Browser, address: str) -> None:
    """Register, policy, comparison: what was approved in 2023 beside what the text says now."""
    browser.open(address)
    link(browser, TITLE).click()
    assert path(browser, address) == f"{GUIDANCE}/index.html"
    assert browser.value("document.querySelector('h1').innerText") == TITLE
    assert "September 2023" in shown(browser)
    browser.driver.find_element(By.CSS_SELECTOR, "main a[href*='2023-09--working']").click()
    assert path(browser, address) == f"{GUIDANCE}/compare/2023-09--working.html"
    assert browser.value("document.querySelectorAll('ins').length") > 3
    assert browser.value("document.querySelectorAll('del').length") > 3
    assert "not approved" in shown(browser).lower()


def test_the_calendar_can_be_subscribed_to(browser: Browser, address: str) -> None:
    """The feed leads where the page says, and has an event for each review that the register has a day for."""
    browser.open(address)
    browser.driver.find_element(By.LINK_TEXT, "Calendar").click()
    assert path(browser, address) == "calendar.html"
    ways = browser.driver.find_elements(By.CSS_SELECTOR, "main a[href*='calendar.ics']")
    assert ways
    with urlopen(f"{address}calendar.ics") as feed:  # noqa: S310  # our own
        events = Calendar.from_ical(feed.read()).walk("VEVENT")
    browser.open(f"{address}index.html")
    dues = browser.value("[...document.querySelectorAll('[data-due]')].map(one => one.dataset.due)")
    assert sorted(str(event.decoded("DTSTART")) for event in events) == sorted(dues)


def test_the_register_tells_the_truth_on_any_day(browser: Browser, address: str) -> None:
    """The page is the same; what it says of states is compared with the browser's day."""
    states = "[...document.querySelectorAll('.policies tbody .state')].map(one => one.innerText).join()"
    with browser.at("2024-01-10T12:00"):
        browser.open(address)
        early = browser.value(states)
    with browser.at("2040-01-10T12:00"):
        browser.open(address)
        late = browser.value(states)
    assert "overdue" not in early
    assert "current" in early
    assert "overdue" in late
    assert "current" not in late


def test_the_register_is_sifted_by_state_owner_and_audience(browser: Browser, address: str) -> None:
    """Each narrows down what is shown, and what is chosen can be sent to somebody as a link."""
    rows = "[...document.querySelectorAll('.policies tbody tr')].filter(one => one.checkVisibility()).length"
    with browser.at("2026-11-22T12:00"):
        browser.open(address)
        all_rows = browser.value(rows)
        browser.driver.find_element(By.ID, "_owner").send_keys("Headteacher")
        wait_for(browser, f"{rows} === 1 && location.search")
        browser.driver.refresh()
        assert browser.value(rows) == 1
        browser.open(address)
        browser.driver.find_element(By.ID, "_audience").send_keys("Pupils")
        wait_for(browser, f"{rows} < {all_rows}")
        browser.open(address)
        browser.driver.find_element(By.CSS_SELECTOR, "button.overdue").click()
        wait_for(browser, f"{rows} < {all_rows}")


def test_a_clause_can_be_cited_as_it_was_approved(browser: Browser, address: str) -> None:
    """The focus on a clause shows what to copy, with its number and the version."""
    browser.open(f"{address}{GUIDANCE}/2023-09/index.html#social-media")
    browser.driver.find_element(By.CSS_SELECTOR, "#social-media .number a").send_keys(Keys.NULL)
    (button,) = browser.driver.find_elements(By.XPATH, "//*[@id='social-media']//button[.='Copy citation']")
    button.send_keys(Keys.ENTER)
    wait_for(browser, "document.activeElement.innerText === 'Copied'")
    browser.driver.find_element(By.ID, "_find").send_keys(Keys.CONTROL + "v")
    pasted = browser.value("document.getElementById('_find').value")
    assert pasted.startswith(f"{TITLE}, clause 1.4, as approved September 2023. ")
    assert pasted.endswith(f"{GUIDANCE}/2023-09/#social-media")


def test_a_cross_reference_shows_what_it_cites(browser: Browser, address: str) -> None:
    """On focus, without leaving the page; Escape puts it away."""
    browser.open(f"{address}whistleblowing/index.html")
    browser.value('document.querySelector(\'main .text a[href*="online-safety"][href*="#"]\').focus()')
    wait_for(browser, "[...document.querySelectorAll('[role=tooltip], .preview')].some(one => one.checkVisibility())")
    browser.press(Keys.ESCAPE)
    wait_for(browser, "![...document.querySelectorAll('[role=tooltip], .preview')].some(one => one.checkVisibility())")


# As a parent would


def test_a_parent_finds_a_sentence_by_its_words(browser: Browser, public: Site) -> None:
    """From the search in the masthead to the clause."""
    with serving(public.folder, BELOW) as served:
        browser.open(served)
        browser.driver.find_element(By.ID, "_find").send_keys("filtering" + Keys.ENTER)
        wait_for(browser, "document.querySelector('#_results a')")
        assert path(browser, served) == "search.html"
        browser.driver.find_element(By.CSS_SELECTOR, "#_results a[href*='#']").click()
        wait_for(browser, "document.querySelector(':target')")
        assert kind_of(path(browser, served)) == "policy"
        assert "filtering" in str(browser.value("document.querySelector(':target').innerText")).lower()


def test_the_duties_of_a_role_lead_to_their_clauses(browser: Browser, address: str) -> None:
    """From the list of roles to a duty, and from there to the place that says so."""
    browser.open(f"{address}duties.html")
    browser.driver.find_element(By.CSS_SELECTOR, "main a[href*='role-headteacher']").click()
    browser.driver.find_element(By.CSS_SELECTOR, "main a[href*='index.html#']").click()
    wait_for(browser, "document.querySelector(':target')")
    assert kind_of(path(browser, address)) == "policy"


# Without a mouse, a script, a screen


def test_the_keyboard_alone_will_do(browser: Browser, address: str) -> None:
    """Past the masthead, into the field, to the policy; the focus can always be seen."""
    browser.open(address)
    browser.press(Keys.TAB)
    assert browser.value("document.activeElement.className") == "skip"
    browser.press(Keys.ENTER, Keys.TAB)
    assert browser.value("document.activeElement.id") == "_filter"
    browser.press("social media")
    for _ in range(30):
        browser.press(Keys.TAB)
        assert _focus_is_seen(browser)
        if browser.value("document.activeElement.closest('tbody th a') !== null"):
            break
    browser.press(Keys.ENTER)
    wait_for(browser, f"document.querySelector('h1').innerText === '{TITLE}'")
    for _ in range(12):
        browser.press(Keys.TAB)
        assert _focus_is_seen(browser), browser.value("document.activeElement.outerHTML")


def _focus_is_seen(browser: Browser) -> bool:
    """Whether what has the focus is marked, and stands where it can be seen."""
    style = "getComputedStyle(document.activeElement)"
    marked = (
        f"({style}.outlineStyle !== 'none' && parseFloat({style}.outlineWidth) >= 1) || {style}.boxShadow !== 'none'"
    )
    return bool(browser.value(f"({marked}) && document.activeElement.getBoundingClientRect().width > 0"))


def test_without_scripts_all_can_be_read(browser: Browser, address: str) -> None:
    """Days instead of states; texts, comparisons, duties and calendar as ever; the search says why it cannot."""
    with browser.without_script():
        browser.open(address)
        said = shown(browser)
        assert TITLE in said
        assert "September 2024" in said
        assert not [word for word in ("overdue", "due soon") if word in said]
        link(browser, TITLE).click()
        assert "social media" in shown(browser)
        browser.driver.find_element(By.CSS_SELECTOR, "main a[href*='2023-09--working']").click()
        assert browser.value("document.querySelector('ins').checkVisibility()")
        browser.open(f"{address}search.html")
        assert "script" in shown(browser)
        for page in ("duties.html", "calendar.html"):
            browser.open(address + page)
            assert len(shown(browser)) > 200


@pytest.mark.parametrize("page", ["index.html", f"{GUIDANCE}/index.html", f"{GUIDANCE}/compare/2023-09--working.html"])
def test_pages_print_on_a4_without_what_is_for_the_screen(browser: Browser, address: str, page: str) -> None:
    """The words of the page are there, and no navigation."""
    browser.open(address + page)
    with pypdfium2.PdfDocument(BytesIO(browser.printed())) as document:
        sizes = {tuple(round(side) for side in one.get_size()) for one in document}
        text = " ".join("".join(one.get_textpage().get_text_range() for one in document).split())
    assert sizes <= {(595, 842), (842, 595), (596, 842), (842, 596)}
    assert TITLE in text
    assert "Skip to the content" not in text
    assert "Calendar" not in text


# What is bad


def test_hostile_words_run_nothing(browser: Browser, nasty_address: str) -> None:
    """Not in the register, the policy, or what the search shows."""
    for page in ("index.html", "hostile/index.html", "search.html?q=Quoted", "duties.html"):
        browser.open(nasty_address + page)
        browser.settle()
        assert browser.logged()[0] == []
    browser.open(f"{nasty_address}search.html?q=alert")
    wait_for(browser, "document.querySelector('#_results a')")
    assert "<script>alert(1)</script>" in shown(browser)
