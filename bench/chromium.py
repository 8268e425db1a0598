"""A real browser for tests and measurements: Debian's headless Chromium, driven over WebDriver.

What is asked of a page is asked from outside, so that no page needs to allow it, whatever its policy says.
"""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

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
CLOCK = """{
  const Real = Date, ahead = new Real(%s) - Real.now();
  globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length ? given : [Real.now() + ahead])); }
    static now() { return Real.now() + ahead; }
  };
}"""
OBSERVED = """
const [kind, done] = arguments, found = [];
new PerformanceObserver(list => found.push(...list.getEntries()))
  .observe({type: kind, buffered: true, durationThreshold: 16});
setTimeout(() => done(found.map(one => [one.name, one.startTime, one.duration])), 100);
"""
SETTLED = """
const [done] = arguments, idle = next => requestIdleCallback(next, {timeout: 2000});
setTimeout(() => idle(() => setTimeout(() => idle(() => done()), 50)), 200);
"""

Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Window:
    """The one window of a browser of our own."""

    driver: Chrome

    def open(self, address: str, *, width: int = 1280, height: int = 900, scheme: Scheme = "light") -> None:
        """Opens an address in a window of this size in CSS pixels, as a reader who prefers this colour scheme."""
        self.size(width, height)
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        self.driver.get("about:blank")
        self.logged()
        self.driver.get(address)

    def size(self, width: int, height: int = 900) -> None:
        """Makes what shows of the page this wide and high, in CSS pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    @contextmanager
    def at(self, moment: str) -> Iterator[None]:
        """Pages opened meanwhile believe that the clock stood there when they were: "2026-10-14T12:00", local time."""
        script = {"source": CLOCK % json.dumps(moment)}
        added = self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", script)
        try:
            yield
        finally:
            self.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)

    @contextmanager
    def without_script(self) -> Iterator[None]:
        """Pages opened meanwhile run no script of their own."""
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            yield
        finally:
            self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    def value(self, expression: str) -> Any:  # noqa: ANN401  # whatever a page can say
        """What a JavaScript expression says of the page shown."""
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
        """Since last asked: the messages on the console, and the addresses fetched, that of the page as well."""
        messages = [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]  # type: ignore[no-untyped-call]
        fetched = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return messages, [params["request"]["url"] for params in fetched]

    def settle(self) -> None:
        """Waits until the page has nothing left to do."""
        self.driver.execute_async_script(SETTLED)

    def long_tasks(self) -> list[tuple[float, float]]:
        """The tasks that kept the page from answering for 50 ms or more: begin, since it was asked for, and length."""
        return [(start, duration) for _, start, duration in self._observed("longtask")]

    def slow_keys(self) -> list[tuple[float, float]]:
        """The keys whose effect took 16 ms or more to show: when each was pressed, and how long it took, in ms."""
        return [(start, duration) for name, start, duration in self._observed("event") if name == "keydown"]

    def _observed(self, kind: str) -> list[tuple[str, float, float]]:
        found: list[tuple[str, float, float]] = self.driver.execute_async_script(OBSERVED, kind)
        return found


def installed() -> bool:
    """Whether Chromium and its driver are there."""
    return bool(shutil.which("chromium") and shutil.which("chromedriver"))


@contextmanager
def window(profile: Path) -> Iterator[Window]:
    """Chromium with a profile of its own in a folder, closed in the end; `installed` must say that it is there."""
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in (*ARGUMENTS, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield Window(chrome)
    finally:
        chrome.quit()
