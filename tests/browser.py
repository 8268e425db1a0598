"""A real browser for tests, and axe-core run on what it shows.

A test module says `pytest_plugins = ("tests.browser",)` and asks for the fixture `browser` or `axe`. Where Chromium or
axe-core is not installed the test is skipped, with the reason; `.ci/run` installs both.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.chromium import Scheme, Window, installed, window
from tests.tools import missing

__all__ = ["Axe", "Browser", "Scheme", "axe", "browser"]

ROOT = Path(__file__).parents[1]
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass(frozen=True)
class Axe:
    """The source of axe-core."""

    source: str


@dataclass(frozen=True)
class Browser(Window):
    """A browser with one window, and a folder of its own for pages that are no files yet."""

    folder: Path

    def show(self, page: bytes, *, width: int = 1280, scheme: Scheme = "light", fragment: str = "") -> None:
        """Shows a page from a file, as a school would open it, as `open` does."""
        file = self.folder / "page.html"
        file.write_bytes(page)
        self.open(file.as_uri() + fragment, width=width, scheme=scheme)

    def violations(self, axe: Axe) -> list[str]:
        """What axe-core finds against WCAG 2.2 AA and good practice, one line an element."""
        self.driver.execute_script(axe.source)
        run = "axe.run(document, arguments[0]).then(arguments[1])"
        options = {"runOnly": list(STANDARDS), "resultTypes": ["violations"]}
        rules = self.driver.execute_async_script(run, options)["violations"]
        return [f"{rule['id']}: {node['html']}: {node['failureSummary']}" for rule in rules for node in rule["nodes"]]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium with a profile of its own, closed when the tests are over."""
    if not installed():
        missing("Debian's chromium and chromium-driver")
    with window(tmp_path_factory.mktemp("profile")) as opened:
        yield Browser(opened.driver, tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="session")
def axe() -> Axe:
    """axe-core, from POLICYTOOL_AXE or from node_modules at the root of the repository."""
    file = Path(os.environ.get("POLICYTOOL_AXE") or ROOT / "node_modules/axe-core/axe.min.js")
    if not file.is_file():
        missing("axe-core (npm install axe-core, or POLICYTOOL_AXE=…/axe.min.js)")
    return Axe(file.read_text("utf-8"))
