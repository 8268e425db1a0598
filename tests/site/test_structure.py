"""Every page of a site as a parser reads it: what it must have, what it must not, and where it leads."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import lxml.etree
import pytest

from tests.sites import ADDRESS, MARKUP, VERSIONS, Site, kind_of

if TYPE_CHECKING:  # at run time pytest itself imports the plugins
    from tests.nu import Nu

pytest_plugins = ("tests.nu",)

SITES = ("reference", "public", "nasty")
RULES = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'none'; base-uri 'none'; form-action 'self'"
)
PARTS = (
    "//h1",
    "//main",
    "//title",
    "/html[@lang='en-GB']",
    "//header[@class='masthead']",
    "//nav[@aria-label='Site']",
)
INLINE = "//style | //script[not(@src)] | //@style | //@*[starts-with(name(), 'on')] | //iframe | //object | //embed"
KEPT = re.compile(rb"document\.cookie|localStorage|sessionStorage|indexedDB|serviceWorker")
ASKED = re.compile(rb"fetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource|innerHTML|insertAdjacentHTML|eval\(")
# A message of the checker, as a pattern -> why it is accepted.
ACCEPTED = {"Resource violates Content Security Policy .*": "read from the disk, it takes no file for the page's own"}
OUTWARD = ("http:", "https:", "mailto:", "tel:", "webcal:")


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> Site:
    """Each of the sites."""
    made: Site = request.getfixturevalue(request.param)
    return made


def test_every_kind_of_page_is_there(reference: Site) -> None:
    """So that no test of every kind passes for want of one."""
    found = {kind_of(path) for path in reference.pages}
    assert "" not in found
    assert found >= {"register", "search", "calendar", "duties", "role", "missing", "policy", "version", "working"}
    assert found >= {"comparison", "comparisons"}


def test_every_link_leads_somewhere(site: Site) -> None:
    """To a file of the site, and to a place that is there; or openly to elsewhere."""
    lost = []
    for page in site.pages:
        ids = {page: set(site.page(page).xpath("//@id"))}
        for link in site.links(page):
            if not link.is_own:
                lost += [(page, link.said)] if not link.said.startswith((*OUTWARD, "data:")) else []
                continue
            if link.path.endswith(".html") and link.path in site.files:
                ids.setdefault(link.path, set(site.page(link.path).xpath("//@id")))
            is_there = link.path in site.files and (not link.anchor or link.anchor in ids.get(link.path, ()))
            lost += [] if is_there else [(page, link.said)]
    assert lost == []


def test_no_page_fetches_anything_from_elsewhere(site: Site) -> None:
    """Scripts, style sheets, pictures: all are files of the site, by relative addresses.

    The page for what is missing is shown at any path, and so names them from the top of its host.
    """
    for page in set(site.pages) - {"404.html"}:
        fetched = site.page(page).xpath("//script/@src | //img/@src | //link[@rel!='canonical']/@href | //*/@srcset")
        assert [one for one in fetched if re.match(r"[a-z]+:|//|/", one) and not one.startswith("data:")] == [], page


def test_every_page_can_be_reached(site: Site) -> None:
    """By links from the register, but for the page that a web host shows for one that is missing."""
    seen, left = {"index.html"}, ["index.html"]
    while left:
        ways = {link.path for link in site.links(left.pop()) if link.is_own and link.path.endswith(".html")}
        left += ways - seen
        seen |= ways
    assert set(site.pages) - seen == {"404.html"}


def test_every_page_has_its_parts(site: Site) -> None:
    """One heading of the first level, a title, a language, one main part, and a way past the masthead."""
    for path in site.pages:
        page = site.page(path)
        for one in (
            "//h1",
            "//main",
            "//title",
            "/html[@lang='en-GB']",
            "//header[@class='masthead']",
            "//nav[@aria-label='Site']",
        ):
            assert len(page.xpath(one)) == 1, (path, one)
        assert page.xpath("string(//h1)").strip(), path
        assert page.xpath("string(//title)").strip(), path
        (skip,) = page.xpath("//a[@class='skip']/@href")
        assert page.xpath("//*[@id=$id]", id=skip.removeprefix("#")), path


def test_no_level_of_heading_is_left_out(site: Site) -> None:
    """No h4 follows an h2."""
    for path in site.pages:
        levels = [int(one.tag[1]) for one in site.page(path).xpath("//*[self::h1 or self::h2 or self::h3 or self::h4]")]
        assert [pair for pair in pairwise(levels) if pair[1] - pair[0] > 1] == [], path


def test_titles_tell_pages_apart(site: Site) -> None:
    """Whoever has several tabs open, or listens, knows which is which."""
    titles = Counter(site.page(path).xpath("string(//title)") for path in site.pages)
    assert [title for title, number in titles.items() if number > 1] == []


def test_ids_stand_once(site: Site) -> None:
    """In every page."""
    for path in site.pages:
        ids = Counter(site.page(path).xpath("//@id"))
        assert [one for one, number in ids.items() if number > 1] == [], path


def test_rules_are_strict_and_nothing_is_inline(site: Site) -> None:
    """The Content-Security-Policy stands before all that is fetched; no script or style stands in a page."""
    for path in site.pages:
        page = site.page(path)
        (rules,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert rules == RULES, path
        assert not page.xpath("//style | //script[not(@src)] | //@style | //@*[starts-with(name(), 'on')] | //base"), (
            path
        )
        assert not page.xpath("//iframe | //object | //embed"), path


def test_every_page_is_valid(site: Site, nu: Nu) -> None:
    """The W3C's checker has neither an error nor a warning."""
    assert nu.findings(site.folder, ACCEPTED) == []


def test_scripts_keep_nothing_and_ask_nobody(site: Site) -> None:
    """No cookie, no storage, no request, and no markup made of words."""
    scripts = {path: content for path, content in site.files.items() if path.endswith(".js")}
    assert scripts
    assert [path for path, content in scripts.items() if KEPT.search(content) or ASKED.search(content)] == []


def test_the_sitemap_names_pages_that_are_there(site: Site) -> None:
    """By the addresses at which they are published; each policy is among them, and no working text beside one."""
    locations = [one.text or "" for one in lxml.etree.fromstring(site.files["sitemap.xml"]).iter("{*}loc")]
    pages = [one.removeprefix(ADDRESS) for one in locations]
    paths = [f"{one}index.html" if not one or one.endswith("/") else one for one in pages]
    assert [path for path in paths if path not in site.files] == []
    assert {path for path in site.pages if kind_of(path) in ("policy", "register")} <= set(paths)
    assert not [path for path in paths if kind_of(path) in ("working", "missing")]


def test_data_can_be_read_and_name_what_is_there(site: Site) -> None:
    """Every file below api/ is JSON, and there is one a policy."""
    data = {path: json.loads(content) for path, content in site.files.items() if path.endswith(".json")}
    policies = {path.split("/")[0] for path in site.pages if kind_of(path) == "policy"}
    assert {path.removeprefix("api/policies/")[:-5] for path in data if path.startswith("api/policies/")} == policies
    assert len(data) > len(policies)


def test_names_of_files_can_stand_on_any_disk(site: Site) -> None:
    """No name is reserved by Windows, and none differs from another by case alone."""
    assert [path for path in site.files if not re.fullmatch(r"[a-z0-9][a-z0-9./-]*", path)] == []
    assert len({path.lower() for path in site.files}) == len(site.files)


def test_hostile_words_are_words(nasty: Site) -> None:
    """In every page and file that tells of the policy, they stand as they were written."""
    assert nasty.page("hostile/index.html").xpath("string(//h1)") == MARKUP
    assert MARKUP in nasty.words("index.html")
    said = [str(json.loads(content)) for path, content in nasty.files.items() if path.endswith(".json")]
    assert [one for one in said if repr(MARKUP)[1:-1] in one or MARKUP in one]
    for path in nasty.pages:
        assert not [one for one in nasty.page(path).xpath("//script") if "alert" in one.text_content()], path
        assert "49" not in nasty.page(path).xpath("string(//h1)"), path


def test_forty_versions_all_have_their_page(nasty: Site) -> None:
    """Each is compared with the one before and with the current one; the working text with the current one."""
    versions = [path for path in nasty.pages if re.fullmatch(r"forty/\d{4}-03-04/index\.html", path)]
    pairs = [path for path in nasty.pages if path.startswith("forty/compare/") and "--" in path]
    assert len(versions) == VERSIONS
    assert len(pairs) == (VERSIONS - 1) + (VERSIONS - 2) + 1
    ways = [link.path for link in nasty.links("forty/compare/index.html")]
    assert set(pairs) <= set(ways)


def test_a_superseded_version_says_so_and_leads_to_the_current_one(nasty: Site) -> None:
    """So does a text that nobody approved."""
    (note,) = nasty.page("forty/1999-03-04/index.html").xpath("//main//*[@role='note'][1]")
    assert "superseded" in note.text_content().lower()
    assert "../index.html" in note.xpath(".//a/@href")
    (note,) = nasty.page("forty/working/index.html").xpath("//main//*[@role='note'][1]")
    assert "Draft" in note.text_content()
    assert "../index.html" in note.xpath(".//a/@href")
    (note,) = nasty.page("unreviewed/index.html").xpath("//main//*[@role='note'][1]")
    assert "Draft" in note.text_content()
