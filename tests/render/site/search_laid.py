"""Folders with a search in them, as a school would open them, and a reader who types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from selenium.webdriver.support.wait import WebDriverWait

from policytool.model.artifact import Artifact
from policytool.model.site import SEARCH, Frame, Passage
from policytool.render.site.assets import assets
from policytool.render.site.search import search_page, shards, texts, weights

if TYPE_CHECKING:
    from tests.browser import Browser

FRAME = Frame("Example Primary School", "#1b365d")
Texts = Mapping[str, tuple[str, Sequence[Passage]]]
"""Title and passages by id."""


def data(policies: Texts) -> list[Artifact]:
    """All data of the search."""
    index = {one: (title, weights(title, passages)) for one, (title, passages) in policies.items()}
    return [*(texts(one, title, passages) for one, (title, passages) in policies.items()), *shards(index)]


def lay(folder: Path, policies: Texts) -> Path:
    """A site of nothing but its search."""
    page = Artifact(SEARCH, search_page(FRAME))
    for artifact in (page, *assets(FRAME), *data(policies)):
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.content)
    return folder / SEARCH


def said(*words: str) -> tuple[Passage, ...]:
    """Clauses that say this, in one section."""
    return tuple(Passage(f"1.{n}", f"1.{n}", "Purpose", one) for n, one in enumerate(words, 1))


@dataclass(frozen=True)
class Reader:
    """Somebody who searches."""

    browser: Browser
    page: Path

    def open(self, query: str = "") -> None:
        """Shows the page, with a query in its address."""
        self.browser.driver.get("about:blank")
        self.browser.logged()
        self.browser.driver.get(self.page.as_uri() + query)

    def ask(self, words: str) -> list[str]:
        """Puts this into the field at once, so that nothing less is searched, and waits: the titles found, in order."""
        self.browser.driver.execute_script(
            "document.getElementById('_status').textContent = '…';"
            "const field = document.getElementById('_query');"
            "field.value = arguments[0];"
            "field.focus();"
            "field.dispatchEvent(new Event('input', { bubbles: true }));",
            words,
        )
        return self.titles()

    def titles(self) -> list[str]:
        """The titles of the policies shown, once the page says so."""
        WebDriverWait(self.browser.driver, 20).until(lambda _: self.status not in {"", "…"})
        return self.told("#_results > li > h2")

    def told(self, selector: str) -> list[str]:
        """What the elements of a selector say."""
        found: list[str] = self.browser.driver.execute_script(
            "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)", selector
        )
        return found

    def links(self) -> list[str]:
        """Where the passages found lead, in order."""
        found: list[str] = self.browser.value(
            "[...document.querySelectorAll('#_results ol a')].map((one) => one.getAttribute('href'))"
        )
        return found

    @property
    def status(self) -> str:
        """What is announced."""
        return self.told("#_status")[0]

    def does(self, function: str, *given: Any) -> Any:  # as JavaScript answers
        """What one of the script's own functions gives for each of these."""
        return self.browser.driver.execute_script(
            f"return arguments[0].map((one) => policyWords.{function}(one))", list(given)
        )


def many(count: int, seed: int = 1) -> Texts:
    """So many policies of 2,300 words, with a vocabulary like that of a language: few common words, many rare ones."""
    random = Random(seed)  # noqa: S311  # not for secrets
    starts = [
        "co",
        "re",
        "pr",
        "in",
        "de",
        "st",
        "su",
        "pa",
        "ma",
        "se",
        "ch",
        "tr",
        "ex",
        "ca",
        "di",
        "an",
        "sc",
        "th",
    ]
    rests = ["n", "ver", "ta", "ment", "li", "so", "ring", "per", "ed", "tion", "ur", "al", "ness", "ic", "or", "es"]
    vocabulary = list(
        dict.fromkeys(
            random.choice(starts) + "".join(random.choices(rests, k=random.randint(1, 4))) for _ in range(24_000)
        )
    )
    shares = [1 / place for place in range(1, len(vocabulary) + 1)]
    return {
        f"policy-{place:04}": (f"{vocabulary[place].title()} Policy", _passages(random, vocabulary, shares))
        for place in range(count)
    }


def _passages(random: Random, vocabulary: list[str], shares: list[float]) -> tuple[Passage, ...]:
    drawn = random.choices(vocabulary, shares, k=2300)
    return tuple(
        Passage(f"{n // 10 + 1}.{n % 10 + 1}", f"{n // 10 + 1}.{n % 10 + 1}", f"Section {n // 10}", " ".join(part))
        for n, part in enumerate(drawn[start : start + 18] for start in range(0, len(drawn), 18))
    )
