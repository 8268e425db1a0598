"""How a site feels in Chromium: when a page answers, and what typing in its searches costs; how soon an edit shows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from selenium.webdriver import Keys

from bench.chromium import Window
from bench.generate import policy_id
from bench.measure import ROOT, environment, python
from bench.table import figure, verdict

# Where one types -> the page, the field, and what is typed.
SEARCHES = {
    "the register": ("index.html", "#_filter", "Homework Policy 2"),
    "search.html": ("search.html", "input[type=search]:not(.masthead *)", "locked cabinet headteacher"),
}
MOST_TASK, MOST_EDIT = 50.0, 300.0
PAUSE = 0.06
"""Seconds between two keys: somebody who types fast."""
TURNS = 10
LONGEST = 20.0
"""Seconds after which an edit is taken not to show at all."""
LOADED = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
Row = Sequence[str]


def typing(window: Window, site: Path) -> Iterator[Row]:
    """Until a page answers, the longest task while somebody types in its search, and the longest until a key shows."""
    for name, (page, field, words) in SEARCHES.items():
        window.open((site / page).as_uri())
        window.settle()
        yield (f"{name}: interactive", f"{figure(_interactive(window))} ms", "", "")
        window.driver.find_element("css selector", field).click()
        since = window.value("performance.now()")
        for key in (*words, *Keys.BACKSPACE * len(words)):
            window.press(key)
            time.sleep(PAUSE)
        window.settle()
        longest = _longest(window.long_tasks(), since)
        yield (f"{name}: longest task while typing", _told(longest, 50), *verdict(longest, MOST_TASK, "{:.0f} ms"))
        yield (f"{name}: from a key to what it shows, at most", _told(_longest(window.slow_keys(), since), 16), "", "")


def _interactive(window: Window) -> float:
    """When the page was read, its scripts had run and no long task was left, in ms since it was asked for."""
    return max(float(window.value(LOADED)), *(start + duration for start, duration in window.long_tasks()), 0.0)


def _longest(tasks: Sequence[tuple[float, float]], since: float) -> float:
    return max((duration for start, duration in tasks if start >= since), default=0.0)


def _told(milliseconds: float, least: float) -> str:
    """As long as what is not told at all below so many milliseconds."""
    return f"{figure(milliseconds)} ms" if milliseconds else f"< {least} ms"


def edits(window: Window, root: Path) -> Iterator[Row]:
    """From the moment that a changed source stands in its place until its words can be read in the page."""
    name = policy_id(0)
    source = root / "source" / f"{name}.md"
    text = source.read_text("utf-8")
    with _served(root) as address:
        _put(source, f"{text}\nOne sentence more.\n")  # so that there is a page of the working text
        _shown(window, f"{address}{name}/working/index.html", "One sentence more.")
        times = []
        for turn in range(TURNS):
            words = f"This is sentence {turn} of a measurement."
            _put(source, f"{text}\n{words}\n")
            start = time.perf_counter()
            _read(window, words)
            times.append((time.perf_counter() - start) * 1000)
    _put(source, text)
    most = verdict(median(times), MOST_EDIT, "{:.0f} ms")
    yield ("serve: from an edit to its words, median", f"{figure(median(times))} ms", *most)
    yield ("serve: the slowest of ten", f"{figure(max(times))} ms", "", "")


def _put(path: Path, text: str) -> None:
    """As an editor saves."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)  # noqa: PTH105  # the very call whose effect is measured


def _shown(window: Window, address: str, words: str) -> None:
    """Opens a page that may not be there yet, until it says these words."""
    end = time.perf_counter() + LONGEST
    while time.perf_counter() < end:
        window.open(address)
        if words in window.value("document.body.innerText"):
            return
        time.sleep(0.2)
    sys.exit(f"{address} does not show an edit")


def _read(window: Window, words: str) -> None:
    """Waits until the page shown, which is to reload itself, says these words."""
    end = time.perf_counter() + LONGEST
    while time.perf_counter() < end:
        if words in (window.value("document.body && document.body.innerText") or ""):
            return
    sys.exit("an edit is not shown")


@contextmanager
def _served(root: Path) -> Iterator[str]:
    """The library served meanwhile; gives the address, with a slash at the end."""
    command = python("-m", "policytool", "--root", root, "serve", "--port", "0")
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        try:
            yield _address(running)
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(LONGEST)


def _address(running: subprocess.Popen[str]) -> str:
    said = ""
    for line in running.stdout or ():
        said += line
        if "http://" in line:
            return "http://" + line.partition("http://")[2].split()[0].rstrip("/.") + "/"
    sys.exit(f"serve did not start\n{said}")
