"""Duties in the site: whose they are, each with its clause, sifted in a real browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from policytool.model.duty import Duty, Strength
from policytool.model.settings import Organisation, Role, Settings
from policytool.model.site import DUTIES, Frame, policy_path, role_path
from policytool.pipeline.duties import listed as read
from policytool.render.duties.listed import Listed
from policytool.render.site.duties import KINDS, duties_page, duties_pages, holdings, others_page, role_page
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
    show(browser, role_page(one, FRAME), role_path(one.who), FRAME, width=width, scheme=scheme)


def everybody() -> Listed:
    """The duties of this repository."""
    return read(school())


# --- what it says


def test_everybody_stands_in_the_order_of_the_settings() -> None:
    """Roles without a duty among them; then groups, then nobody."""
    found = holdings(FEW)
    assert [one.title for one in found] == ["Headteacher", "Chair of Governors", "Clerk", "pupils", "Nobody named"]
    assert [one.is_role for one in found] == [True, True, True, False, False]


def test_a_sentence_counts_once_by_its_strongest_duty() -> None:
    """As it is shown once."""
    assert holdings(FEW)[0].counts == {"must-not": 1, "must": 1, "should": 1}


def test_the_table_leads_to_a_page_for_each_role(browser: Browser) -> None:
    """Numbers beside, roles without a duty below."""
    show(browser, duties_page(holdings(FEW), FRAME), DUTIES, FRAME)
    assert texts(browser, "thead tr") == ["Rolemustmust notshouldmay", "Whomustmust notshouldmay"]
    assert texts(browser, "tbody tr") == ["Headteacher111–", "pupils–––1", "Nobody named1–––"]
    links = browser.value("[...document.querySelectorAll('tbody a')].map(link => link.getAttribute('href'))")
    assert links == ["duties/role-headteacher.html", "duties/others.html#_group-1", "duties/others.html#_group-2"]
    assert "No policy lays a duty on: Chair of Governors, Clerk." in browser.value("document.body.textContent")


def test_each_duty_leads_to_its_clause_and_its_word_is_marked() -> None:
    """All words of its duties, whichever is the strongest."""
    text = role_page(holdings(FEW)[0], FRAME).decode()
    assert 'href="../visits/index.html#1.1"><span class="heard">Clause </span>1.1</a>' in text
    marked = 'The headteacher <strong class="must-not">must not</strong> leave, and <strong class="must">must</strong>'
    assert f"{marked} say so." in text
    assert '<strong class="must">shall</strong>' in text
    assert 'href="../lunch/index.html"><span class="heard">Clause </span>in the text</a>' in text


def test_words_of_other_duties_in_the_sentence_stay_plain() -> None:
    """Those of somebody else."""
    text = role_page(holdings(listed(duty("The headteacher must ring, and pupils may wait.")))[0], FRAME).decode()
    assert "ring, and pupils may wait." in text


def test_wording_that_is_not_approved_is_marked() -> None:
    """At the policy, and above all."""
    text = role_page(holdings(FEW)[0], FRAME, frozenset({"lunch"})).decode()
    assert "Some of these duties are not approved" in text
    before, _, after = text.partition(">Lunch Policy</h2>")
    assert '<span class="mark warning">not approved' not in before
    assert '<span class="mark warning">not approved' in after
    assert "not approved" not in role_page(holdings(FEW)[0], FRAME).decode()


def test_groups_and_nobody_share_a_page() -> None:
    """Each under its heading, roles not among them."""
    text = others_page(holdings(FEW), FRAME).decode()
    assert '<h2 id="_group-1" dir="auto">pupils</h2>' in text
    assert '<h2 id="_group-2" dir="auto">Nobody named</h2>' in text
    assert "Headteacher</h2>" not in text
    assert "2 duties in 1 policy: 1 must, 1 may." in text


def test_no_duties_at_all_make_pages_too() -> None:
    """That say so."""
    assert "The policies lay no duty on anybody." in duties_page(holdings(listed()), FRAME).decode()
    assert "There are no such duties." in others_page(holdings(listed()), FRAME).decode()


def test_there_is_a_page_for_whoever_has_duties() -> None:
    """And one for all others together, where there are any."""
    assert [one.path for one in duties_pages(FEW, FRAME)] == [DUTIES, role_path("headteacher"), role_path("")]
    assert [one.path for one in duties_pages(listed(), FRAME)] == [DUTIES]


def test_all_duties_of_the_reference_library_are_there() -> None:
    """Every sentence once with each of its holders, and each marked."""
    found = holdings(everybody())
    lines = [line for one in found for share in one.shares for line in share.lines]
    pages = [role_page(one, FRAME) for one in found if one.is_role and one.shares]
    text = b"".join([*pages, others_page(found, FRAME)]).decode()
    assert text.count("<li data-kind=") == len(lines)
    assert text.count("<strong class=") >= len(lines)
    assert all(policy_path(line.policy) in text for line in lines)


# --- in a browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_violation(browser: Browser, axe: Axe, width: int, scheme: Scheme) -> None:
    """On any of the pages; none scrolls sideways, the console says nothing."""
    found = holdings(everybody())
    staff = next(one for one in found if one.who == "staff")
    pages = {
        DUTIES: duties_page(found, FRAME),
        role_path("staff"): role_page(staff, FRAME, frozenset({"online-safety"})),
        role_path(""): others_page(found, FRAME),
    }
    for path, page in pages.items():
        show(browser, page, path, FRAME, width=width, scheme=scheme)
        assert fits(browser)
        assert browser.logged()[0] == []
        assert browser.violations(axe) == []


def test_duties_are_sifted_by_words_and_by_strength(browser: Browser) -> None:
    """Policies without any that is left are not shown."""
    shown(browser, FEW)
    assert len(texts(browser, "li[data-kind]")) == 3
    browser.driver.find_element("id", "_words").send_keys("COUNT pup")
    assert texts(browser, "li[data-kind] .sentence") == ["The headteacher shall count the pupils."]
    assert texts(browser, "summary h2") == ["Educational Visits Policy"]
    assert texts(browser, ".sift .found") == ["1 of 3 duties"]
    browser.driver.find_element("css selector", "[data-shows=must]").click()
    assert texts(browser, ".sift .found") == ["No duty is like that"]
    browser.driver.find_element("id", "_words").clear()
    browser.driver.find_element("id", "_words").send_keys("lunch")
    assert texts(browser, "li[data-kind] .sentence") == ["She should wear a badge."]


def test_groups_without_a_duty_left_are_not_shown(browser: Browser) -> None:
    """Nor their headings."""
    show(browser, others_page(holdings(FEW), FRAME), role_path(""), FRAME)
    browser.driver.find_element("id", "_words").send_keys("locked")
    assert texts(browser, ".holder > h2") == ["Nobody named"]


def test_without_a_script_all_are_there_and_can_be_folded(browser: Browser) -> None:
    """And no field that would do nothing."""
    with browser.without_script():
        shown(browser, FEW)
        assert not visible(browser, ".sift")
        assert len(texts(browser, "li[data-kind]")) == 3
        browser.driver.find_element("css selector", ".share summary").click()
        assert len(texts(browser, "li[data-kind]")) == 1


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
    """One of them is found by its words."""
    shown(browser, many(4000))
    field = browser.driver.find_element("id", "_words")
    field.clear()
    field.send_keys("matter 1234 ")
    assert texts(browser, ".sift .found") == ["1 of 4000 duties"]


def test_it_prints_all_duties(browser: Browser) -> None:
    """Without the field."""
    shown(browser, many(200))
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
        role_path("headteacher"): role_page(holdings(found)[0], FRAME),
        role_path(""): others_page(holdings(found), FRAME),
    }.items():
        show(browser, page, path, FRAME, width=360)
        assert hostile in browser.value("document.querySelector('main').textContent")
        assert browser.value("document.querySelectorAll('main :is(b, script, style)').length") == 0
        assert fits(browser)
        assert browser.logged()[0] == []


def test_there_is_a_kind_for_every_strength() -> None:
    """And a class of the style sheet for each."""
    assert set(KINDS) == {"must", "must-not", "should", "may"}
