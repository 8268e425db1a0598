"""An edit is on the screen while the editor is still open, and nothing flickers that has not changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policytool.model.artifact import Artifact
from policytool.model.site import Frame
from policytool.render.site.assets import assets
from policytool.render.site.trouble import trouble_page
from tests.portal.served import PATIENCE, Served, served

if TYPE_CHECKING:
    from tests.browser import Browser

pytest_plugins = ("tests.browser",)

FRAME = Frame("Example School", is_live=True)
PAGE, OTHER = "source/x.md", "source/y.md"


@dataclass
class Read:
    """A site of two pages, each of which shows the words of its file."""

    root: Path
    told: list[str] = field(default_factory=list)

    def page(self, path: str) -> Artifact | None:
        """A page, made of its file."""
        found = {one.path: one.content for one in assets(FRAME)}
        for name in ("x", "y"):
            words = (self.root / f"source/{name}.md").read_text("utf-8")
            found[f"{name}.html"] = trouble_page(FRAME, f"{name}.html", words)
        return Artifact(path, found[path]) if path in found else None

    def frame(self) -> Frame:
        """What stands round both."""
        return FRAME

    def changed(self, paths: Collection[str]) -> None:
        """Noted."""
        self.told += paths


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository of two files."""
    (tmp_path / "source").mkdir()
    _edit(tmp_path / PAGE, "first words")
    _edit(tmp_path / OTHER, "other words")
    return tmp_path


@pytest.fixture
def portal(root: Path) -> Iterator[Served]:
    """The two pages, live."""
    with served(Read(root), root) as found:
        yield found


def _edit(file: Path, words: str) -> None:
    """Save a file as editors do: beside, then in one step."""
    beside = file.with_name(f".{file.name}.part")
    beside.write_text(words, "utf-8")
    os.replace(beside, file)  # noqa: PTH105


def _shows(browser: Browser, words: str) -> bool:
    return words in str(browser.value("document.body ? document.body.innerText : ''"))


def _wait(until: Callable[[], bool]) -> float:
    """The seconds that pass until something is so."""
    begin = time.perf_counter()
    while not until():
        assert time.perf_counter() - begin < PATIENCE
    return time.perf_counter() - begin


def _open(browser: Browser, address: str) -> None:
    """Show a page, and wait until it has looked whether it is still right."""
    browser.driver.get("about:blank")
    browser.driver.get(address)
    _wait(lambda: bool(browser.value(LOOKED)))


LOOKED = "performance.getEntriesByType('resource').some((one) => one.initiatorType === 'fetch' && one.responseEnd > 0)"


def test_an_edit_is_on_the_screen_at_once(browser: Browser, portal: Served, root: Path) -> None:
    """In a third of a second on a quiet machine, of which this test allows many."""
    _open(browser, f"{portal.address}x.html")
    took = []
    for count in range(5):
        _edit(root / PAGE, f"words {count} of many")
        took.append(_wait(partial(_shows, browser, f"words {count} of many")))
    assert sorted(took)[2] < 1.5


def test_a_page_that_did_not_change_is_not_shown_again(browser: Browser, portal: Served, root: Path) -> None:
    """What was typed into it stays."""
    _open(browser, f"{portal.address}x.html")
    browser.driver.execute_script("document.getElementById('_find').value = 'typed'; window.stays = true")
    _edit(root / OTHER, "quite other words")
    _wait(lambda: portal.notes == [f"{OTHER} changed"])
    time.sleep(0.3)
    assert browser.value("window.stays") is True
    _edit(root / PAGE, "second words")
    _wait(lambda: _shows(browser, "second words"))
    assert browser.value("window.stays") is None


def test_the_reader_stays_where_they_were(browser: Browser, portal: Served, root: Path) -> None:
    """As far down the page as before."""
    _edit(root / PAGE, "long " * 20_000)
    _open(browser, f"{portal.address}x.html")
    browser.driver.execute_script("scrollTo(0, 1200)")
    _edit(root / PAGE, "long " * 20_000 + "and new")
    _wait(lambda: _shows(browser, "and new"))
    _wait(lambda: abs(browser.value("scrollY") - 1200) < 5)


def test_a_page_that_was_not_there_shows_when_it_is(browser: Browser, root: Path) -> None:
    """And one that cannot be made, when it can; the console tells of nothing but the answers themselves."""
    (root / OTHER).unlink()
    with served(Read(root), root) as portal:
        _open(browser, f"{portal.address}x.html")
        assert _shows(browser, "This page cannot be shown")
        _edit(root / OTHER, "here again")
        _wait(lambda: _shows(browser, "first words"))
        (root / OTHER).unlink()
        _wait(lambda: _shows(browser, "FileNotFoundError"))


def test_a_page_outlives_its_server(browser: Browser, root: Path) -> None:
    """When it is started again, what changed between is shown."""
    with served(Read(root), root) as portal:
        port = portal.port
        _open(browser, f"{portal.address}x.html")
    _edit(root / PAGE, "while nobody served")
    with served(Read(root), root, port):
        _wait(lambda: _shows(browser, "while nobody served"))


def test_pages_in_the_background_hold_no_connection(browser: Browser, portal: Served, root: Path) -> None:
    """A browser has six for a server: more pages than that may be open, and each is right when it is looked at."""
    driver = browser.driver
    first = driver.current_window_handle
    try:
        for _ in range(8):
            driver.switch_to.new_window("tab")
            driver.get(f"{portal.address}x.html")
            assert _shows(browser, "first words")
        _edit(root / PAGE, "second words")
        for handle in driver.window_handles:
            if handle != first:
                driver.switch_to.window(handle)
                _wait(lambda: _shows(browser, "second words"))
    finally:
        for handle in driver.window_handles:
            if handle != first:
                driver.switch_to.window(handle)
                driver.close()
        driver.switch_to.window(first)


def test_a_live_page_keeps_its_own_rules(browser: Browser, portal: Served) -> None:
    """Nothing is refused by its Content-Security-Policy, and nothing is fetched from elsewhere."""
    browser.logged()
    _open(browser, f"{portal.address}x.html")
    messages, fetched = browser.logged()
    assert messages == []
    assert {url for url in fetched if not url.startswith((portal.address, "about:", "data:"))} == set()
