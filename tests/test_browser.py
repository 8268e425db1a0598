"""The browser of the tests shows what it is told to, as whom it is told to be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.fileserver import serving

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from tests.browser import Browser

pytest_plugins = ("tests.browser",)

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>A page</title><link rel="icon" href="data:,">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; img-src 'self' data:">
<script defer src="a.js"></script></head><body><h1>No script</h1><img src="a.png" alt=""></body></html>"""
SCRIPT = """const end = performance.now() + 120;
document.querySelector("h1").textContent = new Date().toDateString() + " " + new Date(Date.now()).getFullYear();
while (performance.now() < end);"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A folder with a page that is changed by a script and asks for a picture that is not there."""
    (tmp_path / "a page.html").write_text(PAGE, "utf-8")
    (tmp_path / "a.js").write_text(SCRIPT, "utf-8")
    return tmp_path


def test_a_page_believes_the_clock_it_is_given_and_only_as_long(browser: Browser, page: Path) -> None:
    """A script that asks for today is told so."""
    with serving(page) as address:
        with browser.at("2031-03-04T12:00"):
            browser.open(f"{address}a%20page.html")
            assert browser.value("document.querySelector('h1').textContent") == "Tue Mar 04 2031 2031"
        browser.open(f"{address}a%20page.html")
        assert "2031" not in browser.value("document.querySelector('h1').textContent")


def test_scripts_can_be_switched_off_and_on_again(browser: Browser, page: Path) -> None:
    """What is asked from outside is answered all the same."""
    with serving(page) as address:
        with browser.without_script():
            browser.open(f"{address}a%20page.html", width=360)
            assert browser.value("document.querySelector('h1').textContent") == "No script"
            assert browser.value("innerWidth") == 360
        browser.open(f"{address}a%20page.html")
        assert browser.value("document.querySelector('h1').textContent") != "No script"


def test_every_address_that_a_page_asks_for_is_told(browser: Browser, page: Path) -> None:
    """Also one that is not there, which the console tells as well."""
    with serving(page) as address:
        browser.open(f"{address}a%20page.html")
        messages, fetched = browser.logged()
        own = [one.removeprefix(address) for one in fetched if not one.startswith("data:")]
    assert own == ["a%20page.html", "a.js", "a.png"]
    assert [message for message in messages if "404" in message]


def test_a_page_is_printed_and_its_long_tasks_are_told(browser: Browser, page: Path) -> None:
    """A script that works for 120 ms is one."""
    with serving(page) as address:
        browser.open(f"{address}a%20page.html")
        browser.settle()
        assert 100 < max(duration for _, duration in browser.long_tasks()) < 5_000
        assert browser.slow_keys() == []
        assert len(pypdfium2.PdfDocument(browser.printed())) == 1
