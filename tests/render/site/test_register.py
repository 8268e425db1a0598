"""The register of the site: read by a parser, and in a real browser, with its script and without."""

from __future__ import annotations

import gzip
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from policytool.model.house import Crest, HouseStyle
from policytool.model.site import Card, Frame
from policytool.model.time import Moment
from policytool.render.site.assets import assets
from policytool.render.site.register import register_page
from tests.cards import (
    ATTENDANCE,
    BEHAVIOUR,
    BLACKBOARD,
    BOARDING,
    EVERY,
    FIRST_AID,
    HYGIENE,
    STATES,
    TODAY,
    UNIFORM,
    card,
    falling,
    many,
)
from tests.templates import SVG

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from tests.browser import Axe, Browser, Scheme

pytest_plugins = ("tests.browser",)

FRAME = Frame("Example Primary School", "#1b365d", HouseStyle(crest=Crest(SVG, "svg")))
HOSTILE = ('<script>alert("1")</script>', "“Quoted” & 'quoted'", "Emoji 🎒 policy", "x\" onload='y", "עברית policy")
TITLES = "th[scope=row] a"


class Reader(HTMLParser):
    """Reads a page: its tags, and the words of each row."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[str] = []
        self._in_row = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag; begin a row."""
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self._in_row = True
            self.rows.append("")

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if self._in_row:
            self.rows[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """A row may end."""
        self._in_row = self._in_row and tag != "tr"

    @property
    def policies(self) -> list[str | None]:
        """The ids of the policies, in the order of the page."""
        return [attributes["data-policy"] for _, attributes in self.tags if "data-policy" in attributes]

    def row(self, title: str) -> str:
        """The words of a row."""
        return next(" ".join(row.split()) for row in self.rows if title in row)


def read(*cards: Card) -> Reader:
    """The page of these policies."""
    return Reader(register_page(cards, FRAME))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that pages fetch."""
    made = tmp_path_factory.mktemp("site")
    for one in assets(FRAME):
        file = made / one.path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(one.content)
    return made


class Shown:
    """The register in a browser, opened from the disk on a day."""

    def __init__(self, browser: Browser, folder: Path, cards: tuple[Card, ...] = EVERY) -> None:
        self.browser = browser
        self.file = folder / "index.html"
        self.file.write_bytes(register_page(cards, FRAME))

    def open(self, query: str = "", day: str = TODAY, width: int = 1280, scheme: Scheme = "light") -> Shown:
        """Opens it."""
        with self.browser.at(f"{day}T12:00"):
            self.browser.open(self.file.as_uri() + query, width=width, scheme=scheme)
        return self

    def each(self, selector: str, of: str = "textContent.trim()") -> list[Any]:
        """What is told of every element that is seen."""
        seen = f"[...document.querySelectorAll({selector!r})].filter(one => one.checkVisibility())"
        found: list[Any] = self.browser.value(f"{seen}.map(one => one.{of})")
        return found

    @property
    def titles(self) -> list[str]:
        """The titles that are seen, in order."""
        return self.each(TITLES)

    @property
    def states(self) -> dict[str, str]:
        """The state of each policy that is seen, in words."""
        told = [state.strip("▲△●◐○× ") for state in self.each("td.stands")]
        return dict(zip(self.titles, told, strict=True))

    def type(self, words: str) -> None:
        """Types into the field."""
        self.browser.value("document.getElementById('_filter').focus()")
        self.browser.press(words)

    def click(self, selector: str) -> None:
        """Clicks on what is found first."""
        self.browser.value(f"document.querySelector({selector!r}).click()")

    @property
    def count(self) -> str:
        """What is announced."""
        return str(self.browser.value("document.getElementById('_count').textContent"))

    @property
    def query(self) -> str:
        """What the address says, once it was written."""
        time.sleep(0.25)
        return str(self.browser.value("decodeURIComponent(location.search)"))


@pytest.fixture
def shown(browser: Browser, folder: Path) -> Shown:
    """The register of one policy of every sort, on the day that `STATES` speaks of."""
    return Shown(browser, folder).open()


# --- the page


def test_a_row_says_what_the_policy_is_whose_and_when_it_is_reviewed() -> None:
    """In words, whatever day it is."""
    assert read(BEHAVIOUR).row("Behaviour Policy") == (
        "Behaviour Policy Policy November 2026 annual20 November 2027 governors"
        " 20 November 2025 Deputy Headteacher Staff, Pupils, Parents and Carers"
    )


def test_what_is_no_approved_wording_is_told_in_words() -> None:
    """And what is not for everybody."""
    page = read(*EVERY)
    assert "being revised" in page.row("Attendance Policy")
    assert "not approved yet" in page.row("First Aid Guidance")
    assert "internal" in page.row("Staff Absence")
    assert not any(mark in page.row("Behaviour Policy") for mark in ("being revised", "approved", "internal"))


def test_each_review_has_the_days_on_which_its_states_begin() -> None:
    """One that was never held has none."""
    page = read(ATTENDANCE, FIRST_AID)
    days = [attributes for _, attributes in page.tags if attributes.get("class") == "review"]
    assert [(one.get("data-soon"), one.get("data-due"), one.get("data-overdue")) for one in days] == [
        ("2026-06-03", "2026-09-01", "2026-10-01"),
        (None, None, None),
    ]


def test_policies_stand_by_title_and_withdrawn_ones_at_the_end() -> None:
    """By letters: É beside E."""
    assert read(*reversed(EVERY)).policies == [
        "attendance-policy", "behaviour-policy", "complaints-procedure", "élan-and-café-hygiene", "first-aid-guidance",
        "staff-absence", "uniform-statement", "blackboard-policy", "boarding-policy",
    ]  # fmt: skip


def test_a_review_that_a_withdrawal_forestalls_is_not_promised() -> None:
    """Nor is one that comes before it left out."""
    assert "June 2025" not in read(BLACKBOARD).row("Blackboard")
    assert "October 2026" in read(BOARDING).row("Boarding")


def test_no_state_and_no_day_of_making_is_in_it() -> None:
    """Equal policies give equal bytes, and what is overdue is for the script to say."""
    page = register_page(EVERY, FRAME)
    assert page == register_page(tuple(reversed(EVERY)), FRAME)
    assert not any(word in page for word in (b"overdue<", b"due soon", "▲".encode()))


@given(st.text())
def test_nothing_that_people_wrote_is_markup(text: str) -> None:
    """The tags are the same, whatever it says."""
    plain, written = (
        read(card(f"x{one}", falling(Moment(2027, 1)), policy="x", owner=f"x{one}", audience=(f"x{one}",))).tags
        for one in ("", text)
    )
    assert [tag for tag, _ in written] == [tag for tag, _ in plain]


def test_an_empty_library_says_so_kindly() -> None:
    """Without a table, or tools to search nothing."""
    page = register_page((), FRAME)
    assert b"There are no policies here yet." in page
    assert b"<table" not in page
    assert b"_tools" not in page


@pytest.mark.parametrize("owner", ["", "Headteacher"])
def test_a_thousand_policies_are_less_than_100_kb(owner: str) -> None:
    """As a web host sends them."""
    assert len(gzip.compress(register_page(many(1000, owner=owner), FRAME))) < 40_000


# --- in a browser


def test_each_policy_stands_as_its_most_pressing_review_does(shown: Shown) -> None:
    """By a word and a sign."""
    assert shown.states == STATES
    assert shown.each("td.stands .sign")[0] == "▲"


@pytest.mark.parametrize(
    ("day", "attendance", "behaviour"),
    [
        ("2026-06-02", "current", "current"),
        ("2026-06-03", "due soon", "current"),
        ("2026-08-31", "due soon", "due soon"),
        ("2026-09-01", "due", "due soon"),
        ("2026-09-30", "due", "due soon"),
        ("2026-10-01", "overdue", "due soon"),
        ("2026-12-01", "overdue", "overdue"),
    ],
)
def test_a_page_tells_the_truth_on_every_day(
    browser: Browser, folder: Path, day: str, attendance: str, behaviour: str
) -> None:
    """A page that is built in March tells it in June."""
    states = Shown(browser, folder).open(day=day).states
    assert states["Attendance Policy"] == attendance
    assert states["Behaviour Policy"] == behaviour


@pytest.mark.parametrize(("day", "state"), [("2027-08-31", "overdue"), ("2027-09-01", "withdrawn")])
def test_what_will_be_withdrawn_is_in_force_until_then(browser: Browser, folder: Path, day: str, state: str) -> None:
    """And stands among the others, in its place."""
    shown = Shown(browser, folder).open(day=day)
    assert shown.states["Boarding Policy"] == state
    assert ("Boarding Policy" in shown.each(f"#_withdrawn {TITLES}")) is (state == "withdrawn")
    if state == "overdue":
        assert shown.titles[:3] == ["Attendance Policy", "Behaviour Policy", "Boarding Policy"]


def test_a_page_that_is_left_open_overnight_is_shown_afresh(shown: Shown) -> None:
    """With what was chosen; on the same day it is left alone."""
    shown.click("#_states .overdue")
    assert shown.query == "?state=overdue"
    look = "document.dispatchEvent(new Event('visibilitychange'))"
    shown.browser.value(f"(window.isOld = true) && {look}")
    assert shown.browser.value("window.isOld")
    real = "window.Date = class extends Date { constructor() { super('2027-10-01'); } }"
    with shown.browser.at("2027-10-01T12:00"):
        shown.browser.value(f"({real}) && {look}")
        WebDriverWait(shown.browser.driver, 5).until(lambda _: not shown.browser.value("window.isOld"))
    assert "Complaints Procedure" in shown.titles
    assert "Blackboard Policy" not in shown.titles


def test_without_withdrawn_ones_there_is_no_such_table(browser: Browser, folder: Path) -> None:
    """Also where the only one is withdrawn later."""
    shown = Shown(browser, folder, (BOARDING,)).open()
    assert shown.titles == ["Boarding Policy"]
    assert not shown.each("#_withdrawn")


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("behav", ["Behaviour Policy"]),
        ("DEPUTY", ["Behaviour Policy"]),
        ("elan cafe", ["Élan and Café Hygiene"]),
        ("policy at", ["Attendance Policy"]),
        ("first-aid-g", ["First Aid Guidance"]),
    ],
)
def test_it_is_searched_as_one_types(shown: Shown, words: str, titles: list[str]) -> None:
    """By titles, owners and ids; without accents and capitals."""
    shown.type(words)
    assert shown.titles == titles
    assert shown.count == "1 of 9 policies"


def test_quotes_are_found_by_those_of_a_keyboard(browser: Browser, folder: Path) -> None:
    """And emoji, and what looks like markup."""
    shown = Shown(browser, folder, tuple(card(title, policy=f"p{n}") for n, title in enumerate(HOSTILE))).open()
    assert sorted(shown.titles) == sorted(HOSTILE)
    for words, title in (('"quoted"', HOSTILE[1]), ("<script>", HOSTILE[0])):
        shown.browser.value("document.getElementById('_filter').value = ''")
        shown.type(words)
        assert shown.titles == [title]
    assert shown.browser.logged()[0] == []


def test_states_owners_and_audiences_sift(shown: Shown) -> None:
    """Together; the numbers beside the states follow."""
    shown.click("#_states .overdue")
    assert shown.titles == ["Attendance Policy", "Boarding Policy"]
    shown.click("#_states .due")
    assert len(shown.titles) == 3
    choose(shown, "_audience", "Pupils")
    assert shown.titles == ["Behaviour Policy"]
    assert shown.each("#_states b") == ["0", "0", "1", "0", "0", "0"]
    choose(shown, "_owner", "Headteacher")
    assert shown.titles == []
    assert shown.count == "0 of 9 policies"
    assert shown.each("#_none")
    shown.click("#_clear")
    assert len(shown.titles) == 9
    assert shown.browser.value("document.activeElement.id") == "_filter"


def choose(shown: Shown, field: str, value: str) -> None:
    """Chooses from a list."""
    shown.browser.value(
        f"(one => {{ one.value = {value!r}; one.dispatchEvent(new Event('input')); }})"
        f"(document.getElementById({field!r}))"
    )


def test_what_is_chosen_stands_in_the_address_and_comes_back(shown: Shown) -> None:
    """So that a link to all that is overdue can be sent, and the way back leads to where one was."""
    shown.click("#_states .overdue")
    shown.click("#_states .never")
    choose(shown, "_owner", "Headteacher")
    shown.type("a")
    shown.click("[data-sort=next] button")
    before = shown.titles
    assert shown.query == "?q=a&state=overdue,never&owner=Headteacher&sort=next"
    assert before == ["First Aid Guidance", "Attendance Policy", "Boarding Policy"]
    with shown.browser.at(f"{TODAY}T12:00"):
        shown.browser.driver.get("about:blank")
        shown.browser.driver.back()
    assert shown.titles == before
    assert shown.each("#_states [aria-pressed=true] span:nth-child(2)") == ["overdue", "never reviewed"]


def test_an_address_that_asks_for_what_is_not_there_asks_for_nothing(browser: Browser, folder: Path) -> None:
    """An owner who has gone, a state that nobody knows."""
    shown = Shown(browser, folder).open("?owner=Nobody&audience=x&state=hungry&sort=sideways")
    assert len(shown.titles) == 9


def test_it_is_sorted_by_the_heads_of_columns(shown: Shown) -> None:
    """Which say how."""
    sorts = "[...document.querySelectorAll('.register > .policies [data-sort]')].map(one => one.ariaSort)"
    assert shown.browser.value(sorts) == ["ascending", None]
    by_title = shown.titles
    shown.click("[data-sort=next] button")
    assert shown.browser.value(sorts) == [None, "ascending"]
    assert shown.titles[:3] == ["First Aid Guidance", "Attendance Policy", "Boarding Policy"]
    shown.click("[data-sort=next] button")
    assert shown.titles[-2:] == ["First Aid Guidance", "Blackboard Policy"]
    shown.click("[data-sort=title] button")
    assert shown.titles == by_title
    shown.click("[data-sort=title] button")
    assert shown.titles == [*reversed(by_title[:-1]), by_title[-1]]


def test_it_can_be_used_by_the_keyboard_alone(shown: Shown) -> None:
    """From the link past the masthead to a policy, with the focus always seen."""
    seen: list[str] = []
    while "Data" not in seen:
        shown.browser.press(Keys.TAB)
        outlined = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
        name = shown.browser.value("document.activeElement.id || document.activeElement.textContent.trim()")
        assert shown.browser.value(outlined), name
        seen.append(name)
    assert seen[0] == "Skip to the content"
    assert seen.index("_filter") < seen.index("Next review") < seen.index("Attendance Policy")
    shown.browser.value("document.querySelector('#_states button').focus()")
    shown.browser.press(Keys.SPACE)
    assert shown.count == "2 of 9 policies"


def test_without_a_script_it_is_a_table_of_dates(browser: Browser, folder: Path) -> None:
    """With no state, and no tools that would do nothing."""
    with browser.without_script():
        shown = Shown(browser, folder).open()
        assert len(shown.titles) == 9
        assert not shown.each("#_tools")
        assert not shown.each(".policies button")
        assert shown.each(".next")[0] == "September 2026 annual"
        assert shown.each("noscript")


@pytest.mark.parametrize("width", [360, 820, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, folder: Path, axe: Axe, scheme: Scheme, width: int) -> None:
    """WCAG 2.2 AA and good practice; a state is pressed, so that its look is judged as well."""
    Shown(browser, folder, (*EVERY, *many(20))).open("?state=overdue,current,withdrawn", width=width, scheme=scheme)
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.logged()[0] == []
    assert browser.violations(axe) == []


@pytest.mark.parametrize("query", ["?q=nothing-like-it", ""])
def test_axe_finds_nothing_where_nothing_is(browser: Browser, folder: Path, axe: Axe, query: str) -> None:
    """Neither where nothing matches nor where there is no policy."""
    Shown(browser, folder, EVERY if query else ()).open(query)
    assert browser.violations(axe) == []


def test_it_fetches_its_own_files_alone(shown: Shown) -> None:
    """And shows the crest, which it holds."""
    assert "data:image/svg" in shown.browser.value("getComputedStyle(document.querySelector('.crest')).backgroundImage")
    messages, fetched = shown.browser.logged()
    assert messages == []
    assert all(address.startswith(("file:", "data:")) for address in fetched)


def test_it_prints_the_heads_of_columns_on_every_page(browser: Browser, folder: Path) -> None:
    """Those that are buttons on a screen as well."""
    Shown(browser, folder, many(30)).open()
    document = pypdfium2.PdfDocument(browser.printed())
    assert len(document) > 1
    for page in document:
        words = " ".join(page.get_textpage().get_text_bounded().split())
        assert all(head in words for head in ("Policy State Next review Last review Owner", "For whom")), words


def test_it_prints_what_is_shown_with_the_day(shown: Shown) -> None:
    """Without the tools."""
    shown.click("#_states .overdue")
    document = pypdfium2.PdfDocument(shown.browser.printed())
    words = document[0].get_textpage().get_text_bounded()
    assert "2 of 9 policies as on 22 November 2026" in " ".join(words.split())
    assert "Boarding Policy" in words
    assert all(word not in words for word in ("Behaviour Policy", "Every owner", "Calendar"))
    assert document[0].get_width() > document[0].get_height()


def test_a_thousand_policies_are_sifted_while_one_types(browser: Browser, folder: Path) -> None:
    """What is typed and taken back leaves all of them; a word leaves those that have it."""
    shown = Shown(browser, folder, many(1000)).open()
    shown.type("safeguarding")
    assert 0 < len(shown.titles) < 500
    shown.browser.press(*[Keys.BACKSPACE] * 12)
    assert shown.count == "1,000 policies"


def test_a_thousand_policies_by_one_owner_are_found(browser: Browser, folder: Path) -> None:
    """He is the only one to choose."""
    shown = Shown(browser, folder, many(1000, owner="Headteacher")).open()
    assert browser.value("document.getElementById('_owner').options.length") == 2
    shown.type("headteacher")
    assert shown.count == "1,000 policies"


def test_a_policy_without_any_review_has_no_state(browser: Browser, folder: Path) -> None:
    """And says that none is set."""
    shown = Shown(browser, folder, (UNIFORM, HYGIENE)).open()
    assert shown.states["Uniform Statement"] == "–"
    assert "none is set" in shown.each(".next")
