"""A real browser for tests: Debian's headless Chromium, driven over WebDriver, and axe-core run on what it shows.

A test module says `pytest_plugins = ("tests.browser",)` and asks for the fixture `browser` or `axe`. Where Chromium or
axe-core is not installed the test is skipped, with the reason; `.ci/run` installs both.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from tests.tools import missing

ROOT = Path(__file__).parents[1]
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Axe:
    """The source of axe-core."""

    source: str


@dataclass(frozen=True)
class Browser:
    """A browser with one window. Pages are shown from files, as a school would open them."""

    driver: Chrome
    folder: Path

    def show(self, page: bytes, *, width: int = 1280, scheme: Scheme = "light", fragment: str = "") -> None:
        """Shows a page in a window of this width, as a reader who prefers this colour scheme."""
        file = self.folder / "page.html"
        file.write_bytes(page)
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        self.driver.get("about:blank")
        self.logged()
        self.driver.get(file.as_uri() + fragment)

    def value(self, expression: str) -> Any:
        """What a JavaScript expression says of the page shown; asked from outside, so no page needs to allow it."""
        return self.driver.execute_script(f"return {expression}")

    def press(self, *keys: str) -> None:
        """Keys, one after another, to whatever has the focus."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def printed(self) -> bytes:
        """The page shown as a PDF, on the paper it asks for, without backgrounds: what a printer gets by default."""
        answer = self.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
        return base64.b64decode(answer["data"])

    def logged(self) -> tuple[list[str], list[str]]:
        """Since last asked: the messages on the console, and the addresses that were fetched."""
        messages = [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]  # type: ignore[no-untyped-call]
        fetched = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return messages, [params["request"]["url"] for params in fetched]

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
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        missing("Debian's chromium and chromium-driver")
    options = ChromeOptions()
    options.binary_location = chromium
    for argument in (*ARGUMENTS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = Chrome(options=options, service=Service(driver))
    try:
        yield Browser(chrome, tmp_path_factory.mktemp("pages"))
    finally:
        chrome.quit()


@pytest.fixture(scope="session")
def axe() -> Axe:
    """axe-core, from POLICYTOOL_AXE or from node_modules at the root of the repository."""
    file = Path(os.environ.get("POLICYTOOL_AXE") or ROOT / "node_modules/axe-core/axe.min.js")
    if not file.is_file():
        missing("axe-core (npm install axe-core, or POLICYTOOL_AXE=…/axe.min.js)")
    return Axe(file.read_text("utf-8"))
