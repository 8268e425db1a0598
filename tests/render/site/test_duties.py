"""Duties in the site: whose they are, each with its clause, sifted in a real browser."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selenium.webdriver.common.keys import Keys

from policytool.model.duty import Duty, Strength
from policytool.model.settings import Organisation, Role, Settings
from policytool.model.site import DUTIES, NOBODY, Frame, group_path, policy_path, role_path
from policytool.pipeline.duties import listed as read
from policytool.render.duties.listed import Listed
from policytool.render.site.duties import CLASSES, MOST, duties_page, holder_page, pages
from policytool.render.site.holdings import KINDS, holdings, kind, slugs
from tests.render.site.laid import fits, show, texts, visible
from tests.site_sample import school

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from tests.browser import Axe, Browser, Scheme

pytest_plugins = ("tests.browser",)

FRAME = Frame("Example Primary School", "#1b365d")
HOSTILE = "<b>“Late” & 'gone'</b> 🏫 {{ 7 * 7 }} </style>"
SETTINGS = Settings(
    Organisation("Example Primary School"),
    roles={"headteacher": Role("Headteacher"), "chair": Role("Chair of Governors"), "clerk": Role("Clerk")},
)
STRENGTHS: tuple[Strength, ...] = ("must", "should", "may")


def duty(words: str, word: str = "must", who: str = "headteacher", number: str = "1.1", policy: str = "visits") -> Duty:
    """A duty of this strength."""
    strength: Strength = next((one for one in STRENGTHS if word.startswith(one)), "must")
    return Duty(who, word, strength, "not" in word, policy, number, number, words)


def listed(*duties: Duty) -> Listed:
    """Duties in the order that they are listed in."""
    titles = {"visits": "Educational Visits Policy", "lunch": "Lunch Policy"}
    return Listed(duties, {"headteacher": "Headteacher"}, titles, {}, SETTINGS)


FEW = listed(
    duty("The headteacher must not leave, and must say so.", "must not"),
    duty("The headteacher must not leave, and must say so.", "must"),
    duty("The headteacher shall count the pupils.", "shall", number="1.2"),
    duty("She should wear a badge.", "should", policy="lunch", number=""),
    duty("Pupils may stay.", "may", "pupils", "3.1"),
    duty("The office must be locked.", "must", "", "3.2"),
)


def shown(browser: Browser, found: Listed, *, width: int = 1280, scheme: Scheme = "light") -> None:
    """Show the page of the first role."""
    one = holdings(found)[0]
    show(browser, holder_page(one, FRAME), one.path, FRAME, width=width, scheme=scheme)


def everybody() -> Listed:
    """The duties of this repository."""
    return read(school())


# --- what it says


def test_everybody_stands_in_the_order_of_the_settings() -> None:
    """Roles without a duty among them; then groups, then nobody."""
    found = holdings(FEW)
    assert [one.title for one in found] == ["Headteacher", "Chair of Governors", "Clerk", "pupils", "Nobody named"]
    assert [one.kind for one in found] == ["role", "role", "role", "group", "nobody"]


def test_a_sentence_counts_once_by_its_strongest_duty() -> None:
    """As it is shown once."""
    assert holdings(FEW)[0].counts == {"must-not": 1, "must": 1, "should": 1}


def test_the_table_leads_to_a_page_for_each_holder(browser: Browser) -> None:
    """Numbers beside, roles without a duty below."""
    show(browser, duties_page(holdings(FEW), FRAME), DUTIES, FRAME)
    assert texts(browser, "thead tr") == ["Rolemustmust notshouldmay", "Whomustmust notshouldmay"]
    assert texts(browser, "tbody tr") == ["Headteacher111–", "pupils–––1", "Nobody named1–––"]
    links = browser.value("[...document.querySelectorAll('tbody a')].map(link => link.getAttribute('href'))")
    assert links == ["duties/role-headteacher.html", "duties/group-pupils.html", "duties/nobody.html"]
    assert "No policy lays a duty on: Chair of Governors, Clerk." in browser.value("document.body.textContent")


def test_each_duty_leads_to_its_clause_and_its_word_is_marked() -> None:
    """All words of its duties, whichever is the strongest."""
    text = holder_page(holdings(FEW)[0], FRAME).decode()
    assert '<li class="n"><a href="../visits/index.html#1.1">1.1</a>' in text
    assert 'The headteacher <b>must not</b> leave, and <b class="m">must</b> say so.' in text
    assert '<li><a href="../visits/index.html#1.2">1.2</a><p>The headteacher <b>shall</b> count' in text
    assert '<li class="s"><a href="../lunch/index.html" class="at">in the text</a>' in text


def test_words_of_other_duties_in_the_sentence_stay_plain() -> None:
    """Those of somebody else."""
    text = holder_page(holdings(listed(duty("The headteacher must ring, and pupils may wait.")))[0], FRAME).decode()
    assert "ring, and pupils may wait." in text


def test_wording_that_is_not_approved_is_marked() -> None:
    """At the policy, and above all."""
    text = holder_page(holdings(FEW)[0], FRAME, frozenset({"lunch"})).decode()
    assert "Some of these duties are not approved" in text
    before, _, after = text.partition(">Lunch Policy</h2>")
    assert '<span class="mark warning">not approved' not in before
    assert '<span class="mark warning">not approved' in after
    assert "not approved" not in holder_page(holdings(FEW)[0], FRAME).decode()


def test_groups_and_nobody_have_pages_too() -> None:
    """Each with what is theirs alone."""
    *_, pupils, nobody = (holder_page(one, FRAME).decode() for one in holdings(FEW))
    assert '<h1 dir="auto">pupils</h1>' in pupils
    assert "1 duty in 1 policy: 1 may." in pupils
    assert "Pupils <b>may</b> stay." in pupils
    assert '<h1 dir="auto">Nobody named</h1>' in nobody
    assert "Pupils" not in nobody


def test_no_duties_at_all_make_pages_too() -> None:
    """That say so."""
    assert "The policies lay no duty on anybody." in duties_page(holdings(listed()), FRAME).decode()
    assert "There are no such duties." in holder_page(holdings(listed())[0], FRAME).decode()


def test_there_is_a_page_for_whoever_has_duties() -> None:
    """None for a role without any."""
    assert [one.path for one in pages(FEW, FRAME)] == [
        DUTIES,
        role_path("headteacher"),
        group_path("pupils"),
        NOBODY,
    ]
    assert [one.path for one in pages(listed(), FRAME)] == [DUTIES]


def keys(found: Listed, unapproved: frozenset[str] = frozenset()) -> dict[str, str]:
    """What the pages are made of, by path."""
    return {one.path: one.key for one in pages(found, FRAME, unapproved)}


@pytest.mark.parametrize(
    ("changed", "unapproved", "paths"),
    [
        (FEW, frozenset(), set()),
        (replace(FEW, titles={**FEW.titles, "lunch": "Meals"}), frozenset(), {role_path("headteacher")}),
        (FEW, frozenset({"lunch"}), {role_path("headteacher")}),
        (replace(FEW, duties=FEW.duties[:-1]), frozenset(), {DUTIES, NOBODY}),
        (
            replace(FEW, duties=(*FEW.duties[:-1], replace(FEW.duties[-1], words="It must be locked."))),
            frozenset(),
            {NOBODY},
        ),
        (
            replace(FEW, duties=(*FEW.duties[:-1], replace(FEW.duties[-1], anchor="lock"))),
            frozenset(),
            {NOBODY},
        ),
        (replace(FEW, holders={"pupils": "Pupils"}), frozenset(), {DUTIES, group_path("pupils")}),
    ],
)
def test_a_page_has_another_key_when_it_is_made_of_something_else(
    changed: Listed, unapproved: frozenset[str], paths: set[str]
) -> None:
    """And keeps it when only pages of others change."""
    before, after = keys(FEW), keys(changed, unapproved)
    assert {path for path in before if before[path] != after.get(path)} == paths


def test_a_key_changes_whenever_the_page_does() -> None:
    """And only then."""
    before = {one.path: one.make() for one in pages(FEW, FRAME)}
    after = {one.path: one.make() for one in pages(FEW, FRAME, frozenset({"lunch"}))}
    same = {path for path, key in keys(FEW).items() if keys(FEW, frozenset({"lunch"}))[path] == key}
    assert same == {path for path, content in before.items() if after[path] == content}


def test_slugs_never_clash() -> None:
    """They are of small letters, numbers and hyphens, whatever the words."""
    slug = slugs()
    words = ("Senior leaders", "senior-leaders", "senior leaders 2", "Élèves", "تلاميذ", "安全", "1", "x" * 300)
    found = [slug(one) for one in words]
    assert found[:-1] == ["senior-leaders", "senior-leaders-2", "senior-leaders-2-2", "eleves", "1", "2", "1-2"]
    assert len(found[-1]) < 100


@given(st.lists(st.text()))
def test_any_words_make_slugs(words: list[str]) -> None:
    """As many as there are words."""
    slug = slugs()
    found = {slug(one) for one in words}
    assert len(found) == len(words)
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", one) for one in found)


def test_all_duties_of_the_reference_library_are_there() -> None:
    """Every sentence once with each of its holders, and each marked."""
    found = holdings(everybody())
    lines = [line for one in found for share in one.shares for line in share.lines]
    text = b"".join(holder_page(one, FRAME) for one in found).decode()
    assert text.count("</a><p>") == len(lines)
    assert len(re.findall("<b[> ]", text)) >= len(lines)
    assert all(policy_path(line.policy) in text for line in lines)


def test_counts_are_those_of_the_lines() -> None:
    """Though they are made without them."""
    for one in holdings(everybody()):
        lines = [line for share in one.shares for line in share.lines]
        assert one.counts == Counter(kind(line.duties[0]) for line in lines)


# --- in a browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_violation(browser: Browser, axe: Axe, width: int, scheme: Scheme) -> None:
    """On any of the pages; none scrolls sideways, the console says nothing."""
    found = holdings(everybody())
    staff = next(one for one in found if one.who == "staff")
    shown_now = {
        DUTIES: duties_page(found, FRAME),
        staff.path: holder_page(staff, FRAME, frozenset({"online-safety"})),
        NOBODY: holder_page(found[-1], FRAME),
        role_path("headteacher"): holder_page(holdings(many(MOST + 1))[0], FRAME),
    }
    for path, page in shown_now.items():
        show(browser, page, path, FRAME, width=width, scheme=scheme)
        assert fits(browser)
        assert browser.logged()[0] == []
        assert browser.violations(axe) == []


def test_duties_are_sifted_by_words_and_by_strength(browser: Browser) -> None:
    """Policies without any that is left are not shown."""
    shown(browser, FEW)
    assert len(texts(browser, ".duties li")) == 3
    browser.driver.find_element("id", "_words").send_keys("COUNT pup")
    assert texts(browser, ".duties li p") == ["The headteacher shall count the pupils."]
    assert texts(browser, "summary h2") == ["Educational Visits Policy"]
    assert texts(browser, ".sift .found") == ["1 of 3 duties"]
    browser.driver.find_element("css selector", "[data-shows='']").click()
    assert texts(browser, ".sift .found") == ["No duty is like that"]
    browser.driver.find_element("id", "_words").clear()
    browser.driver.find_element("id", "_words").send_keys("lunch")
    assert texts(browser, ".duties li p") == ["She should wear a badge."]


def test_without_a_script_all_are_there_and_can_be_folded(browser: Browser) -> None:
    """And no field that would do nothing."""
    with browser.without_script():
        shown(browser, FEW)
        assert not visible(browser, ".sift")
        assert len(texts(browser, ".duties li")) == 3
        browser.driver.find_element("css selector", ".share summary").click()
        assert len(texts(browser, ".duties li")) == 1


def many(count: int) -> Listed:
    """So many duties of one role, in forty policies."""
    made: Sequence[Duty] = [
        duty(
            f"The headteacher must see to matter {one} of the school.",
            number=f"1.{one}",
            policy=f"policy-{one % 40:02}",
        )
        for one in range(count)
    ]
    return replace(
        listed(*sorted(made, key=lambda one: one.policy)),
        titles={f"policy-{one:02}": f"Policy {one}" for one in range(40)},
    )


def test_four_thousand_duties_of_one_role_can_be_used(browser: Browser) -> None:
    """Policies are folded; one duty is found by its words, and unfolded; then all are folded again."""
    shown(browser, many(4000))
    assert not visible(browser, ".duties li")
    field = browser.driver.find_element("id", "_words")
    field.send_keys("matter 123")
    assert texts(browser, ".sift .found") == ["14 of 4000 duties"]
    assert len(opened(browser)) == 11
    field.send_keys("4 ")
    assert texts(browser, ".sift .found") == ["1 of 4000 duties"]
    assert texts(browser, ".duties li p") == ["The headteacher must see to matter 1234 of the school."]
    field.send_keys(Keys.BACKSPACE)
    field.send_keys(Keys.BACKSPACE)
    assert len(opened(browser)) == 11
    field.send_keys(Keys.CONTROL, "a", Keys.BACKSPACE)
    assert opened(browser) == []


def opened(browser: Browser) -> list[str]:
    """The policies that are shown and unfolded."""
    return texts(browser, ".share[open]:not([hidden]) h2")


def test_it_prints_all_duties(browser: Browser) -> None:
    """Those of folded policies too; without the field."""
    shown(browser, many(MOST + 1))
    document = pypdfium2.PdfDocument(browser.printed())
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    assert "matter 199 of" in text
    assert "matter 0 of" in text
    assert "How strong" not in text


@pytest.mark.parametrize("hostile", [HOSTILE, "نص", "x" * 300])
def test_any_words_are_words(browser: Browser, hostile: str) -> None:
    """In titles of roles and policies, names of groups, and sentences."""
    found = listed(duty(f"{hostile} must {hostile}"), duty(hostile, "may", hostile))
    found = replace(found, titles={"visits": hostile}, settings=Settings(roles={"headteacher": Role(hostile)}))
    for path, page in {
        DUTIES: duties_page(holdings(found), FRAME),
        role_path("headteacher"): holder_page(holdings(found)[0], FRAME),
        holdings(found)[1].path: holder_page(holdings(found)[1], FRAME),
    }.items():
        show(browser, page, path, FRAME, width=360)
        assert hostile in browser.value("document.querySelector('main').textContent")
        assert browser.value("document.querySelectorAll('main :is(script, style)').length") == 0
        assert set(browser.value("[...document.querySelectorAll('main b')].map(one => one.textContent)")) <= {"must"}
        assert fits(browser)
        assert browser.logged()[0] == []


def test_there_is_a_kind_for_every_strength() -> None:
    """And a class of the style sheet for each."""
    assert set(KINDS) == set(CLASSES) == {"must", "must-not", "should", "may"}
