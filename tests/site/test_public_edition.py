"""What is for everybody holds no word that is not: marked words are looked for in every byte of every file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest

from policytool.model.record import Record
from policytool.model.time import Moment
from tests.sites import Shelf, Site, made, shelf, source

SETTINGS = """\
organisation: {name: Example School}
roles:
  headteacher:     {title: Headteacher}
  governing-board: {title: Full Governing Board}
  staff:           {title: Staff}
publish: {address: "https://school.example/policies/"}
waive: [{code: PT402, policy: open, until: 2035-01-31, by: headteacher, reason: zqwaiver}]
"""
PEOPLE = """\
headteacher:     {name: Ada Zqperson, email: zqaddress@school.example}
governing-board: {name: Bo Zqperson, email: zqaddress@school.example}
"""
INTERNAL = "publish: internal\n"
INSIDE = source(
    "# Zqheading\n\n1. Staff must keep zqclause to themselves.[^n] {#zqlabel}\n\n"
    "| zqcolumn | b |\n| --- | --- |\n| zqcell | c |\n\n[^n]: A zqnote.\n",
    "Pay of Zqtitle",
    INTERNAL,
)
HIDDEN = source("# One\n\n1. Staff must zqhidden, as [](open.md#read) says.\n", "Zquncited", INTERNAL)
OPEN = "# One\n\n1. Staff must read [](zqid.md) and [](zqid.md#zqlabel). {#read}\n2. Staff must know this.\n"
# Words that stand in one place of the library each; where, they say.
CITED = b"zqtitle"
"""The one that may be found: in the title of an internal policy, where a public one cites it."""
EVERY = {b"zqheading", b"zqclause", b"zqlabel", b"zqcolumn", b"zqcell", b"zqnote", b"zqhidden", b"zquncited", b"zqid"}
KEPT = {b"zqformerly", b"zqonce"}
SAID = {b"zqminute", b"zqreason"}
NOBODY = {b"zqperson", b"zqaddress", b"zqwaiver"}
MARKS = re.compile(b"|".join({CITED} | EVERY | KEPT | SAID | NOBODY))


def library(folder: Path) -> Shelf:
    """Two public policies and two internal ones, records with minutes and reasons, and people."""
    made = shelf(folder, SETTINGS)
    made.write_raw("people.yaml", PEOPLE.encode())
    made.policy("zqid", INSIDE)
    made.approve("zqid", "2021-05-01", INSIDE.replace("zqclause", "zqformerly"), "zqminute 1")
    made.approve("zqid", "2024-05-01", INSIDE, "zqminute 2")
    made.policy("hidden", HIDDEN)
    text = source(OPEN, "Open to All")
    once = source(OPEN + "3. Staff must zqonce.\n", "Open to All", INTERNAL)
    made.policy("open", text)
    made.approve("open", "2020-05-01", once, "zqminute 3")
    made.approve("open", "2024-05-01", text, "zqminute 4")
    put_off = Record(
        "review",
        "open",
        Moment(2025, 3, 1),
        "governing-board",
        "governors",
        "deferred",
        "zqminute 5",
        reason="zqreason",
    )
    made.record(put_off)
    made.record(replace(put_off, kind="reschedule", held=Moment(2025, 4, 1), outcome="", next=Moment(2025, 9)))
    made.policy("draft", source("# One\n\n1. Staff must read this.\n", "Draft for All"))
    return made


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site for everybody."""
    folder = tmp_path_factory.mktemp("edition")
    return made(library(folder / "library"), folder / "site", "--public")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the same library for those who work there."""
    folder = tmp_path_factory.mktemp("edition")
    return made(library(folder / "library"), folder / "site")


def _bytes(path: str, content: bytes) -> Iterator[bytes]:
    """What a file says, and what it holds besides."""
    yield path.encode()
    yield content
    if path.endswith(".docx"):
        with ZipFile(BytesIO(content)) as parts:
            yield from (
                part.encode()
                for name in parts.namelist()
                for part in (name, parts.read(name).decode("utf-8", "replace"))
            )
    if path.endswith(".pdf"):
        with pypdfium2.PdfDocument(content) as document:
            yield from (page.get_textpage().get_text_range().encode() for page in document)
        with pikepdf.open(BytesIO(content)) as document:
            yield from _objects(document)


def _objects(document: pikepdf.Pdf) -> Iterator[bytes]:
    """Every object of a PDF, with its streams unpacked: outline, bookmarks, metadata."""
    for one in document.objects:
        yield one.unparse(resolved=False)
        if isinstance(one, pikepdf.Stream):
            yield one.read_bytes()
        if isinstance(one, pikepdf.Dictionary):
            yield from (str(value).encode() for value in one.as_dict().values() if isinstance(value, pikepdf.String))


def marked(site: Site) -> dict[bytes, set[str]]:
    """The marked words of a site, each with the files that it stands in."""
    found: dict[bytes, set[str]] = {}
    for path, content in site.files.items():
        for said in _bytes(path, content):
            for word in MARKS.findall(said.lower()):
                found.setdefault(word, set()).add(path)
    return found


def test_every_marked_word_would_be_found(whole: Site) -> None:
    """So that nothing is missed for want of looking: the site that is not for everybody holds them."""
    found = marked(whole)
    assert set(found) >= {CITED} | EVERY | KEPT | SAID
    assert {path.rpartition(".")[2] for path in found[b"zqclause"]} >= {"html", "js", "json", "pdf", "docx"}


def test_no_marked_word_is_in_what_is_for_everybody(public: Site) -> None:
    """But the title of an internal policy that a public one cites, where it is cited."""
    found = marked(public)
    assert set(found) == {CITED}, {word: sorted(paths)[:3] for word, paths in found.items() if word != CITED}
    citing = {"open/index.html", "open/2024-05-01/index.html", "duties/role-staff.html"}
    assert {path for path in found[CITED] if path.endswith(".html")} == citing


def test_people_are_in_neither(whole: Site) -> None:
    """Names and addresses are for reminders alone."""
    assert not NOBODY & set(marked(whole))


def test_what_is_for_everybody_is_all_there(public: Site) -> None:
    """The public policies, their dates, and no more."""
    policies = {path.split("/")[0] for path in public.pages if re.fullmatch(r"[^/]+/index\.html", path)}
    assert policies == {"open", "draft"}
    assert "Open to All" in public.words("index.html")
    assert "open/2024-05-01/index.html" in public.files
    assert "open/2020-05-01/index.html" not in public.files
    assert "Pay of Zqtitle" in public.words("open/index.html")


def test_one_edition_does_not_leak_into_the_other(tmp_path: Path) -> None:
    """Made one after the other in one repository, or over each other in one folder, nothing is left of the first."""
    shared = library(tmp_path / "library")
    made(shared, tmp_path / "site")
    over = made(shared, tmp_path / "site", "--public")
    assert set(marked(over)) == {CITED}
    shared.policy("open", source(OPEN, "Open to All", INTERNAL))
    assert set(marked(made(shared, tmp_path / "site", "--public"))) == set()
