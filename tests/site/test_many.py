"""A thousand policies by one owner."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By

from tests.sites import Site, made, shelf, source

if TYPE_CHECKING:  # at run time pytest itself imports the plugins
    from tests.browser import Browser

pytest_plugins = ("tests.browser",)

MANY = 1_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of a thousand small policies."""
    folder = tmp_path_factory.mktemp("many")
    library = shelf(folder / "library")
    for number in range(MANY):
        body = f"# One\n\n1. The headteacher must see to matter {number}.\n"
        library.policy(f"matter-{number:04}", source(body, f"Policy on Matter {number}"))
    return made(library, folder / "site", "--no-documents")


def test_the_register_has_them_all_and_is_light(site: Site) -> None:
    """A row each, and less than 100 kB as it travels."""
    rows = site.page("index.html").xpath("//tbody/tr")
    assert len(rows) == MANY
    assert len(gzip.compress(site.files["index.html"])) < 100_000


def test_the_duties_of_the_one_owner_are_all_told(site: Site) -> None:
    """On one page, each linked to its clause."""
    ways = [link.path for link in site.links("duties/role-headteacher.html") if link.anchor]
    assert len({way for way in ways if way.startswith("matter-")}) == MANY


def test_typing_in_the_register_is_answered_at_once(browser: Browser, site: Site) -> None:
    """No task keeps the page busy for long; half a second is a bound that a busy machine keeps as well."""
    browser.open((Path(site.folder) / "index.html").as_uri())
    browser.settle()
    since = browser.value("performance.now()")
    browser.driver.find_element(By.ID, "_filter").send_keys("matter 999")
    browser.settle()
    shown = browser.value("[...document.querySelectorAll('tbody tr')].filter(one => one.checkVisibility()).length")
    assert shown == 1
    assert [length for start, length in browser.long_tasks() if start >= since and length > 500] == []
