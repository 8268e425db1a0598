"""A Word file that was built here comes home although LibreOffice has saved it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from policytool.model.block import Bullet, Clause, Footnote, Paragraph, Preformatted, Quote, Rule, Table
from policytool.model.inline import FootnoteMark, Inlines, Link, Reference, Strong, Text
from policytool.render.edition import Edition
from policytool.render.word import word
from tests.parse.test_returned import EDITED, assert_same, home
from tests.render.test_word_template import dressed
from tests.render.word_cases import edition
from tests.sample import LIBRARY, POLICY, words
from tests.tools import missing

LONG = "l" + "o" * 60
ODD: Inlines = (
    Text("again"),
    FootnoteMark("law", 1),
    Text(" and "),
    Link(words("here"), "https://x.example/a b?c=1&d=<2>", "a title"),
    Text(" two\u2011hyphens\u00ad and\u00a0"),
    Strong((Text("bold "), Link(words("in it"), "mailto:a@school.example"))),
)
NOTES = edition(
    Clause((Text("a"), FootnoteMark("law", 1), Text(" b"), FootnoteMark("z", 2))),
    Clause(ODD, label=LONG),
    Table(
        (words("h"), (Strong(words("x")),)),
        (((), words("y")), ((Reference("", LONG),), (FootnoteMark("z", 2),))),
        ("", "right"),
        label="grid",
    ),
    Preformatted(""),
    Rule(),
    Preformatted("a\n\n  b\n"),
    Bullet(words("one"), (Bullet(words("two"), (Bullet(words("three")),)), Paragraph(words("in it")))),
    Quote((Table((words("q"),), ()), Paragraph(words("1. typed")))),
    footnotes=(
        POLICY.footnotes[0],
        Footnote("z", (Paragraph((Text("see"), FootnoteMark("deep", 3))), Bullet(words("b")))),
        Footnote("deep", (Paragraph(words("below")),)),
    ),
)
EDITIONS = {"sample": Edition(POLICY, LIBRARY), "edited": EDITED, "notes": NOTES, "academy": dressed("academy")}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which LibreOffice saved each edition anew."""
    program = shutil.which("soffice") or missing("LibreOffice")
    folder = tmp_path_factory.mktemp("saved")
    files = []
    for name, one in EDITIONS.items():
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(word(one))
    command = [f"{program}", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "docx:Office Open XML Text", "--outdir", f"{folder / 'anew'}", *map(str, files)]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    return folder / "anew"


@pytest.mark.parametrize("name", EDITIONS)
def test_it_comes_home_as_it_went(name: str, saved: Path) -> None:
    """Also the words that LibreOffice writes in its own way, and footnotes, whose bookmarks it renames."""
    back = home((saved / f"{name}.docx").read_bytes())
    assert_same(back.policy, EDITIONS[name].policy)
    assert (back.policy_id, back.path) == (POLICY.id, POLICY.path)


@pytest.mark.parametrize("name", EDITIONS)
def test_it_comes_home_untouched(name: str) -> None:
    """And before LibreOffice had it."""
    assert_same(home(word(EDITIONS[name])).policy, EDITIONS[name].policy)
