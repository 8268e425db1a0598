"""The search: what stands in a passage is found by its words, in a real browser as in the index."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from policytool.model.artifact import Artifact
from policytool.model.site import Passage
from policytool.render.edition import Edition
from policytool.render.site.passages import passages
from policytool.render.site.search import search_page, shard, shards, texts, weights
from policytool.render.site.words import folded, words
from tests.render.site.search_laid import FRAME, Reader, Texts, data, lay, many, said
from tests.site_sample import GUIDANCE, school

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from tests.browser import Axe, Browser, Scheme

pytest_plugins = ("tests.browser",)

HOSTILE = "<img src=x onerror=alert(1)> & “Quotes” 'and' \"more\""
SCHOOL: Texts = {
    one: (policy.title, passages(Edition(policy, school().library)))
    for one, policy in school().library.policies.items()
}
MADE_UP: Texts = {
    "attendance": (
        "Attendance",
        (
            Passage("1", "1", "Registers", "Registers"),
            Passage("1.1", "1.1", "Registers", "The school office keeps the registers, and parents’ letters."),
            Passage("1.2", "1.2", "Registers", "A trip is 2.5 miles long at most."),
            Passage("1.2", "", "Registers", "Whoever is late signs in."),
        ),
    ),
    "emoji": ("👩‍🏫 Staff 🎉", said("Everybody is welcome 🎉.")),
    "first-aid": (
        "First Aid",
        (
            Passage("2", "2", "Registers", "Registers"),
            Passage("2.1", "2.1", "Kit", "The kit is checked each term."),
            Passage(
                "2.2",
                "2.2",
                "Kit",
                f"Accidents go into a book{' with everything that was seen' * 20}, kept for six years.",
            ),
            Passage("2.2.b", "2.2(b)", "Kit", "The headteacher reads the accident book."),
            Passage("A", "Appendix A", "Form", "Form"),
            Passage("A.1", "A.1", "Form", "Name of the child."),
        ),
    ),
    "hostile": (HOSTILE, said(f"{HOSTILE} is only a title, says the Café in Łódź, naïve as ever.")),
    "planning": (
        "Planning",
        said("Staff are planning trips.", "A planned trip needs a plan.", "Policies of trips; the policy."),
    ),
    "rtl": ("سياسة السلامة", said("يجب على المعلم حماية الأطفال.")),
    "signs": ("安全方針", said("学校は子どもを守る。", "한국어 정책입니다.")),
    "trips": (
        "Trips",
        said(*["Nothing here."] * 3, "As soon as it is known, tell the office.", "It is known as soon as told."),
    ),
}


def value(artifact: Artifact) -> Any:  # whatever JSON holds
    """What a file of data hands over."""
    call = re.fullmatch(r'policySearch\(("[^"]+"),(.*)\);\n', artifact.content.decode("ascii"))
    assert call
    assert artifact.path == f"search/{json.loads(call[1])}.js"
    return json.loads(call[2])


def found_in(shard_text: str, word: str, ids: list[str]) -> dict[str, int]:
    """The policies that a shard has for a word, with their weights."""
    lines = dict(line.split(" ") for line in shard_text.split("\n"))
    found, place = {}, -1
    for step, letter in re.findall("([0-9a-z]*)([A-Z])", lines.get(word, "")):
        place += int(step, 36) if step else 1
        found[ids[place]] = ord(letter) - 64
    return found


# The data

PASSAGES = st.lists(st.builds(Passage, st.just("1"), st.just("1"), st.just("H"), st.text(max_size=30)), max_size=4)


@settings(max_examples=60)
@given(
    st.dictionaries(st.from_regex("[a-z]{1,5}", fullmatch=True), st.tuples(st.text(max_size=12), PASSAGES), max_size=60)
)
def test_whatever_stands_in_a_passage_is_in_the_index(policies: Texts) -> None:
    """Under each of its words, with the policies that have it, and those alone."""
    files = {one.path: one for one in data(policies)}
    listed = value(files["search/policies.js"])
    ids = [one for one, _ in listed["policies"]]
    assert ids == sorted(policies)
    by_word: dict[str, dict[str, int]] = {}
    for one, (title, found) in policies.items():
        for word, weight in weights(title, found).items():
            by_word.setdefault(word, {})[one] = weight
        assert {*words(title), *(word for passage in found for word in words(passage.words))} <= set(by_word)
    for word, wanted in by_word.items():
        assert found_in(value(files[f"search/{shard(word)}.js"]), word, ids) == wanted
    assert set(listed["shards"].split()) == {shard(word) for word in by_word}


@given(st.text(min_size=1))
def test_the_name_of_a_shard_is_safe_for_a_file(text: str) -> None:
    """ASCII, small letters, and no name that a system keeps for itself."""
    for word in words(text):
        assert re.fullmatch("[0-9a-z]{1,2}|u[0-9a-f]+", shard(word))


def test_titles_and_headings_weigh_more() -> None:
    """As do many passages, up to a point; numbers of clauses are words that end with a full stop."""
    found = weights("Safe", (Passage("", "", "Kit", "Kit"), *said(*["kit safe"] * 3, *["often"] * 30)))
    assert found["kit"] == 4 + 4
    assert found["safe"] == 3 + 10
    assert found["often"] == 8
    assert found["1.33."] == 1
    most = weights("Kit", [Passage("", "", "Kit", "Kit")] * 30)
    assert most["kit"] == 26


def test_another_policy_at_the_end_changes_only_what_has_its_words() -> None:
    """So that what was made before is written again only where it says something else."""
    index = {one: (title, weights(title, found)) for one, (title, found) in MADE_UP.items()}
    before = {one.path: one.content for one in shards(index)}
    after = {one.path: one.content for one in shards(index | {"z": ("Kites", weights("Kites", said("Kites fly.")))})}
    assert {path for path in after if after[path] != before.get(path)} == {
        "search/policies.js",
        "search/ki.js",
        "search/fl.js",
        "search/no1.js",
    }


def test_bytes_depend_on_the_policies_alone() -> None:
    """In whatever order they come."""
    index = {one: (title, weights(title, found)) for one, (title, found) in MADE_UP.items()}
    assert list(shards(index)) == list(shards(dict(reversed(index.items()))))
    assert search_page(FRAME) == search_page(FRAME)


def test_a_text_tells_each_heading_once() -> None:
    """And the place of its page."""
    title, found = MADE_UP["first-aid"]
    told = value(texts("first-aid", title, found))
    assert told["headings"] == ["Registers", "Kit", "Form"]
    assert told["path"] == "first-aid/index.html"
    assert told["passages"][1] == ["2.1", "2.1", 1, "The kit is checked each term."]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Pupils’ and a child’s NAMES", ["pupils", "and", "a", "child", "names"]),
        ("don’t, o'clock, 'quoted'", ["dont", "oclock", "quoted"]),
        ("Café CAFE\u0301 naïve", ["cafe", "cafe", "naive"]),
        ("self-evaluation, 12.5%", ["self", "evaluation", "12", "5"]),
        ("ΣΊΣΥΦΟΣ Straße ﬁre co\u00adoperate", ["σισυφοσ", "strasse", "fire", "cooperate"]),
        ("安全x方針 kana カ", ["安", "全", "x", "方", "針", "kana", "カ"]),
        ("👩‍🏫", []),
    ],
)
def test_words_are_folded(text: str, wanted: list[str]) -> None:
    """Case, marks and apostrophes count for nothing; a sign that stands for a word is one."""
    assert words(text) == wanted
    assert words(folded(text)) == wanted


def test_the_index_of_a_thousand_policies_is_small() -> None:
    """No shard that a word asks for is over 150 KB."""
    policies = many(1000)
    index = {one: (title, weights(title, found)) for one, (title, found) in policies.items()}
    assert max(len(one.content) for one in shards(index)) < 150_000


# In a browser


@pytest.fixture(scope="module")
def reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Somebody before the made-up policies."""
    return Reader(browser, lay(tmp_path_factory.mktemp("search"), MADE_UP))


@pytest.fixture
def here(reader: Reader) -> Iterator[Reader]:
    """The same, with the page just opened; whatever is done, nothing is refused and nothing leaves the folder."""
    reader.open()
    yield reader
    messages, fetched = reader.browser.logged()
    assert messages == []
    folder = reader.page.parent.as_uri()
    assert [one for one in fetched if not one.startswith((folder, "about:"))] == []


def test_python_and_javascript_fold_alike(here: Reader) -> None:
    """Every character that this Python knows, alone and between letters; and where words begin and end."""
    known = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"}]
    texts = ["".join(f"{one} a{one}b\n" for one in known[start : start + 500]) for start in range(0, len(known), 500)]
    for text, found in zip(texts, here.does("words", *texts), strict=True):
        assert found == words(text)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cn", "Cs", "Co"])), min_size=30, max_size=30))
def test_any_text_folds_alike(reader: Reader, texts: list[str]) -> None:
    """Python's words and shards are the browser's, and each stands where the browser marks it."""
    reader.open()
    assert reader.does("words", *texts) == [words(text) for text in texts]
    for text, found in zip(texts, reader.does("tokens", *texts), strict=True):
        units = text.encode("utf-16-le")
        for one in found:
            marked = units[2 * one["start"] : 2 * one["end"]].decode("utf-16-le", "replace")
            assert one["word"] in "".join(words(marked)), text
    every = sorted({word for text in texts for word in words(text)})
    assert reader.does("shardOf", *every) == [shard(word) for word in every]


@pytest.mark.parametrize(
    "same",
    [
        ("policy", "policies"),
        ("plan", "plans", "planned", "planning"),
        ("share", "shares", "shared", "sharing"),
        ("record", "records", "recorded", "recording"),
        ("class", "classes"),
        ("assess", "assessed", "assessing"),
        ("control", "controlled"),
        ("call", "called", "calling"),
        ("study", "studies"),
    ],
)
def test_forms_of_a_word_have_one_stem(here: Reader, same: tuple[str, ...]) -> None:
    """And its first two letters, by which its shard is known."""
    [stem] = set(here.does("stem", *same))
    assert stem.startswith(same[0][:2])


def test_different_words_keep_different_stems(here: Reader) -> None:
    """Endings are not taken off where nothing would be left, nor from what only looks like one."""
    different = ["thing", "bus", "this", "need", "bring", "staff", "red", "ring", "news", "access", "use", "2023s"]
    assert len(set(here.does("stem", *different))) == len(different)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("registers", ["Attendance", "First Aid"]),
        ("accident", ["First Aid"]),
        ("accident book term", ["First Aid"]),
        ("the kit", ["First Aid"]),
        ("kit registers office", []),
        ("headt", ["First Aid"]),
        ("parent", ["Attendance"]),
        ("CAFE", [HOSTILE]),
        ("lódz", []),
        ("naive", [HOSTILE]),
        ("<img", [HOSTILE]),
        ("welcome", ["👩‍🏫 Staff 🎉"]),
        ("学校", ["安全方針"]),
        ("校学", []),
        ("方針", ["安全方針"]),
        ("정책", ["安全方針"]),
        ("المعلم", ["سياسة السلامة"]),
        ("2.5 miles", ["Attendance"]),
        ("constructor", []),
        ("trip", ["Trips", "Planning", "Attendance"]),
        ('"as soon as it is known"', ["Trips"]),
        ("“it is known as”", ["Trips"]),
        ('"known is"', []),
        ('"accident boo', ["First Aid"]),
        ("...", []),
    ],
)
def test_what_is_typed_finds_the_policies_that_have_it(here: Reader, query: str, titles: list[str]) -> None:
    """All of the words, the last as far as it is typed; common ones only where there is nothing else."""
    if query == "...":
        here.browser.driver.find_element(By.ID, "_query").send_keys(query)
        time.sleep(0.4)
        assert (here.status, here.told("#_results li")) == ("", [])
    else:
        assert here.ask(query) == titles


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("1.2", "attendance/index.html#1.2"),
        ("clause 2.2", "first-aid/index.html#2.2"),
        ("2.2(b)", "first-aid/index.html#2.2.b"),
        ("a.1", "first-aid/index.html#A.1"),
        ("book accident", "first-aid/index.html#2.2.b"),
        ("registers", "attendance/index.html#1"),
        ("six years", "first-aid/index.html#2.2"),
        ("plan", "planning/index.html#1.2"),
        ("signs in", "attendance/index.html#1.2"),
    ],
)
def test_the_best_passage_comes_first(here: Reader, query: str, first: str) -> None:
    """The clause of that number; else headings, words near each other, the very word before a form of it."""
    here.ask(query)
    assert here.links()[0] == first


def test_only_common_words_are_searched_as_they_are(here: Reader) -> None:
    """Where nothing else is typed."""
    assert "Trips" in here.ask("it is as")


def test_words_are_marked_and_long_passages_cut(here: Reader) -> None:
    """The snippet is where the words are."""
    here.ask("years six")
    assert here.told("#_results mark") == ["six", "years"]
    [snippet] = here.told("#_results .snippet")
    assert snippet.startswith("… ")
    assert snippet.endswith("kept for six years.")
    here.ask("cafe naïve")
    assert here.told("#_results .snippet mark") == ["Café", "naïve"]


def test_markup_is_only_words(here: Reader) -> None:
    """Whatever a title says, the page gets no element by it."""
    assert here.ask("quotes") == [HOSTILE]
    assert here.told("#_results img") == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("acident", "accident"), ("regsiters", "registers"), ("haedteacher", "headteacher")]
)
def test_a_slip_is_put_right(here: Reader, typed: str, meant: str) -> None:
    """The nearest words that there are, as links to their search."""
    assert here.ask(f"the {typed}") == []
    assert here.status == f"No policy has “{typed}”"
    assert meant in here.told("#_advice a")
    link = here.browser.driver.find_element(By.LINK_TEXT, meant)
    link.click()
    assert here.titles() != []
    assert f"?q=the%20{meant}" in here.browser.driver.current_url


def test_no_policy_with_all_of_the_words(here: Reader) -> None:
    """Is another thing than a word that none has."""
    here.ask("kit office")
    assert here.status == "No policy has all of “kit”, “office”"
    assert here.told("#_advice li") != []


def test_the_query_stands_in_the_address(here: Reader) -> None:
    """So that a search can be kept, sent, and come to from the field of any page."""
    here.ask("accident book")
    time.sleep(0.5)
    assert here.browser.driver.current_url.endswith("?q=accident%20book")
    here.open("?q=registers+office")
    assert here.titles() == ["Attendance"]
    assert here.browser.value("document.getElementById('_query').value") == "registers office"


def test_keys_alone_lead_through_the_results(here: Reader) -> None:
    """Down and up from the field through the links, Tab as everywhere, Enter to go there."""
    here.ask("kit")
    focused = "document.activeElement.getAttribute('href')"
    here.browser.press(Keys.ARROW_DOWN)
    assert here.browser.value(focused) == "first-aid/index.html"
    here.browser.press(Keys.ARROW_DOWN)
    assert here.browser.value(focused) == "first-aid/index.html#2.1"
    here.browser.press(Keys.ARROW_UP, Keys.ARROW_UP)
    assert here.browser.value("document.activeElement.id") == "_query"
    here.browser.press(Keys.TAB, Keys.TAB)
    assert here.browser.value(focused) == "first-aid/index.html"


def test_without_a_script_the_page_leads_to_the_register(reader: Reader) -> None:
    """It says why, and shows no field that would do nothing."""
    driver = reader.browser.driver
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        reader.open()
        assert "scripts are switched off" in driver.find_element(By.TAG_NAME, "noscript").text
        assert str(driver.find_element(By.CSS_SELECTOR, "noscript a").get_attribute("href")).endswith("index.html")
        assert not driver.find_element(By.ID, "_form").is_displayed()
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_every_passage_of_this_repository_is_found_by_its_words(browser: Browser, tmp_path: Path) -> None:
    """Any three words in a row, as a phrase, lead to a place that has them."""
    reader = Reader(browser, lay(tmp_path, SCHOOL))
    reader.open()
    for passage in SCHOOL[GUIDANCE][1][3::17]:
        phrase = " ".join(words(passage.words)[:6])
        found = reader.ask(f'"{phrase}"')
        assert SCHOOL[GUIDANCE][0] in found, phrase
        assert any(link.endswith(f"#{passage.anchor}") for link in reader.links()), phrase


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_anybody_can_use_it(here: Reader, axe: Axe, scheme: Scheme, width: int) -> None:
    """WCAG 2.2 AA with results, and with none; no scrolling sideways at 360 px."""
    driver = here.browser.driver
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    for query in ("trip", "acident"):
        here.ask(query)
        assert here.browser.violations(axe) == []
        assert here.browser.value("document.documentElement.scrollWidth <= innerWidth")
    here.browser.logged()  # what axe-core tried to fetch, and may not


# A thousand policies


@pytest.fixture(scope="module")
def crowded(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Somebody before a thousand policies, 2.3 million words."""
    return Reader(browser, lay(tmp_path_factory.mktemp("crowded"), many(1000)))


def test_more_of_a_thousand_policies(crowded: Reader) -> None:
    """Ten at once, the next ten below them; and all passages of one."""
    crowded.open()
    first = many(1)["policy-0000"][1][0].words.split()[0]
    assert len(crowded.ask(first)) == 10
    driver = crowded.browser.driver
    driver.find_element(By.ID, "_more").click()
    deadline = time.monotonic() + 10
    while len(crowded.titles()) < 20 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(set(crowded.titles())) == 20
    before = len(crowded.links())
    driver.find_element(By.CSS_SELECTOR, "#_results button").click()
    assert len(crowded.links()) > before
    assert crowded.browser.value("document.activeElement.matches('#_results ol a')")
