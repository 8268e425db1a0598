"""Sites made by the command, and libraries to make them of: the reference library, and one as bad as it can be."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml.html import HtmlElement

from policytool.model.fingerprint import fingerprint, wording_name
from policytool.model.record import Record
from policytool.model.time import Duration, Moment
from policytool.parse.markdown import policy as parse
from policytool.render.records import record as written
from policytool.render.records import record_name
from tests.repository import Repository

ROOT = Path(__file__).parents[1]
TWO_YEARS = Duration(24, "month")
GUIDANCE = "social-media-staff"
ADDRESS = "https://school.example/policies/"
"""Where all of them are published, by their settings."""
BELOW = urlsplit(ADDRESS).path

# What kind of page stands where; the first that fits.
KINDS = {
    "register": r"index\.html",
    "search": r"search\.html",
    "calendar": r"calendar\.html",
    "duties": r"duties\.html",
    "role": r"duties/role-.*\.html",
    "group": r"duties/group-.*\.html",
    "nobody": r"duties/nobody\.html",
    "missing": r"404\.html",
    "working": r"[^/]+/working/index\.html",
    "comparisons": r"[^/]+/compare/index\.html",
    "comparison": r"[^/]+/compare/.*--.*\.html",
    "version": r"[^/]+/\d{4}[^/]*/index\.html",
    "policy": r"[^/]+/index\.html",
}


class Link(NamedTuple):
    """Where a page leads or what it fetches: the attribute, what it says, and the page and the anchor that it names."""

    attribute: str
    said: str
    path: str
    anchor: str

    @property
    def is_own(self) -> bool:
        """Whether it stays in the site."""
        return not urlsplit(self.said).scheme


@dataclass(frozen=True)
class Site:
    """A folder of pages."""

    folder: Path
    _read: dict[str, HtmlElement] = field(default_factory=dict)

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file by its path in the site."""
        found = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The paths of all pages."""
        return tuple(path for path in self.files if path.endswith(".html"))

    def page(self, path: str) -> HtmlElement:
        """A page as a parser reads it."""
        if path not in self._read:
            parser = lxml.html.HTMLParser(encoding="utf-8")
            self._read[path] = lxml.html.document_fromstring(self.files[path], parser=parser)
        return self._read[path]

    def words(self, path: str) -> str:
        """What a page says, with single blanks."""
        return " ".join(self.page(path).find("body").text_content().split())

    def links(self, path: str) -> Iterator[Link]:
        """All that a page leads to or fetches, resolved."""
        for element in self.page(path).iter():
            for attribute in ("href", "src", "action", "data-href"):
                if isinstance(element.tag, str) and (said := element.get(attribute)) is not None:
                    yield _resolved(path, attribute, said)

    def kinds(self) -> dict[str, str]:
        """One page of each kind that there is, the last of it: an old version, the longest list of comparisons."""
        return {kind: path for path in self.pages if (kind := kind_of(path))}


def kind_of(path: str) -> str:
    """What kind of page stands at a path; "" for none that is known."""
    return next((kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, path)), "")


def _resolved(page: str, attribute: str, said: str) -> Link:
    parts = urlsplit(said)
    steps = [] if parts.path.startswith(BELOW) else page.split("/")[:-1]
    for step in unquote(parts.path).removeprefix(BELOW).split("/"):
        if step == "..":
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    path = "/".join(steps) if parts.path else page
    return Link(attribute, said, path, unquote(parts.fragment))


def made(library: Repository, out: Path, *options: str) -> Site:
    """The site of a library, written there."""
    assert library.run("--quiet", "site", "--out", str(out), *options) == 0
    return Site(out)


# The reference library


def reference_library(folder: Path) -> Repository:
    """A copy of the reference library, which is no git repository and has nothing built."""
    for name in ("source", "reviews"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "policytool.yaml", folder)
    return Repository(folder)


# A library made for a test

SETTINGS = """\
organisation: {name: Example School}
roles:
  headteacher:     {title: Headteacher}
  governing-board: {title: Full Governing Board}
  staff:           {title: Staff}
publish: {address: "https://school.example/policies/"}
"""
FRONT = """\
---
title: {title}
kind: policy
owner: headteacher
approver: governing-board
reviews:
  governors: {{every: 24 months, by: governing-board}}
audience: [staff]
{more}---

"""


def source(body: str, title: str = "A Policy", more: str = "") -> str:
    """The source of a policy; `title` is YAML, `more` further lines of the front matter."""
    return FRONT.format(title=title, more=more) + body


@dataclass(frozen=True)
class Shelf(Repository):
    """A library made policy by policy, with records as the command writes them."""

    _numbers: Iterator[int] = field(default_factory=lambda: count(2))

    def policy(self, name: str, text: str) -> None:
        """The source of a policy."""
        self.write_raw(f"source/{name}.md", text.encode())

    def approve(self, name: str, held: str, text: str, minute: str = "") -> None:
        """A wording that the board has approved on a day, and its record."""
        approved = fingerprint(parse(text, name, f"source/{name}.md")[0])
        self.write_raw(f"reviews/{name}/wording/{wording_name(approved)}", text.encode())
        day = Moment(*map(int, held.split("-")))
        made = Record("review", name, day, "governing-board", "governors", "approved", minute, TWO_YEARS, approved)
        self.record(made)

    def record(self, one: Record) -> None:
        """The file of a record, under a name that is free."""
        path = f"reviews/{one.policy}/{record_name(one)}.yaml"
        if (self.root / path).exists():
            path = path.replace(".yaml", f".{next(self._numbers)}.yaml")
        self.write_raw(path, written(one))


def shelf(folder: Path, settings: str = SETTINGS) -> Shelf:
    """A library with nothing in it but its settings."""
    library = Shelf(folder)
    library.write_raw("policytool.yaml", settings.encode())
    return library


# A library that is as bad as it can be

MARKUP = "<script>alert(1)</script> & \"Quoted\" 'it' 🎓 {{ 7 * 7 }} %s שלום"
VERSIONS = 40
_WORDY = "1. Staff **must** keep rule {number} in mind. {{#rule}}\n2. See [](#rule) and [](unreviewed.md#open).\n"


def nasty_library(folder: Path) -> Shelf:
    """Titles with markup, quotes and emoji; 40 versions; no review at all; an internal policy that others cite."""
    library = shelf(folder)
    title = "'" + MARKUP.replace("'", "''") + "'"
    hostile = source(f"# {_escaped(MARKUP)}\n\n1. Staff must read this: {_escaped(MARKUP)}. {{#read}}\n", title)
    library.policy("hostile", hostile)
    library.approve("hostile", "2024-05-01", hostile)
    for number in range(VERSIONS):
        text = source("# Rules\n\n" + _WORDY.format(number=number), "Forty Times Approved")
        library.approve("forty", f"{1980 + number}-03-04", text)
    library.policy("forty", text.replace("in mind", "in mind and at heart"))
    library.policy("unreviewed", source("# One\n\n1. Staff should know this. {#open}\n", "Never Reviewed"))
    inside = source("# Pay\n\n1. Staff are paid on the last day. {#paid}\n", "Pay Inside", "publish: internal\n")
    library.policy("inside", inside)
    outside = source("# Pay\n\n1. Staff must read [](inside.md#paid) and [](inside.md).\n", "Pay Outside")
    library.policy("outside", outside)
    library.approve("outside", "2024-05-01", outside)
    long = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3
    table = f"| {long} | b |\n| --- | --- |\n| c | {long} |\n"
    library.policy("long", source(f"# {long}\n\n1. Staff must say {long}.\n\n{table}", long))
    return library


def _escaped(words: str) -> str:
    """Words as they are typed so that Markdown takes none of them for its own."""
    return re.sub(r"([<>&*_`\[\]{}\\#|~^])", r"\\\1", words)
