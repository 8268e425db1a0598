"""Documents become policies, and no word of them is lost on the way."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.pipeline.imports import Imported, Wanted, imports
from policytool.pipeline.wordcount import words
from policytool.render.imported import remarks
from tests.parse.test_pdf import made, text_layer
from tests.repository import SETTINGS, Repository

GUIDANCE = Path(__file__).parents[3] / "shared" / "corpus" / "social-media-guidance.txt"
LETTINGS = """\
Lettings Policy

Date for review: September 2024
Approved by the Full Governing Board July 2020

1. Aims

1.1 Staff must read section 2 and the Grievance Policy.
1.2 Subject to clause 2.1, pupils may too.

2. Rules

2.1 See clause 9.9 as well.

Article 3 Ends

| A | B |
| - | - |
| one | two |
"""


def one(repository: Repository, text: str, name: str = "old.txt") -> Imported:
    """A document as a policy."""
    [done] = imports(repository.root, [repository.write_raw(f"drawer/{name}", text.encode())], Wanted())
    return done


def lost(text: str, done: Imported) -> Counter[str]:
    """The words of a document that are neither in the text nor in the report; numbers are computed."""
    told = " ".join(remarks("", done.remarks))
    return Counter(word for word in words(text) if not word.isdigit()) - Counter(words(done.text + told))


def test_references_become_links_that_print_the_same(repository: Repository) -> None:
    """To clauses and to policies that are known; one to nothing is found."""
    done = one(repository, LETTINGS)
    assert "[section 2](#rules) and the [Grievance Policy](grievance.md)" in done.text
    assert "[clause 2.1](#" in done.text
    assert [found.finding.code for found in done.findings] == ["PT331"]
    assert (done.policy, done.path) == ("lettings", "source/lettings.md")


def test_every_word_is_in_the_text_or_in_the_report(repository: Repository) -> None:
    """Counted."""
    assert lost(LETTINGS, one(repository, LETTINGS)) == Counter()


@pytest.mark.skipif(not GUIDANCE.exists(), reason="the reference text is not here")
def test_every_word_of_the_reference_text_is(repository: Repository) -> None:
    """Counted as well."""
    text = GUIDANCE.read_text("utf-8")
    assert lost(text, one(repository, text)) == Counter()


LINES = st.sampled_from(
    ["1. Aims", "1.1 Staff must", "(a) one", "(i) two", "- dot", "**Loud**", "plain words", "", "Owner: me", "# Head",
     "| a | b |", "Section 4: Foo", "Appendix A", "Appendix B Forms", "> said", "2.3.1 deep", "> - x", "Contents",
     "Aims .... 3", "4."]
)  # fmt: skip


@given(st.lists(LINES, max_size=14))
def test_no_word_is_lost_whatever_the_order(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    """Of lines of every kind, in any order."""
    repository = Repository(tmp_path_factory.mktemp("school"))
    repository.write_raw("policytool.yaml", SETTINGS.encode())
    text = "\n".join(lines)
    assert lost(text, one(repository, text)) == Counter()


def test_documents_of_one_run_know_each_other(repository: Repository) -> None:
    """A folder of them, each under an id of its own."""
    repository.write_raw("drawer/a.txt", b"Homework Policy\n\n1. Aims\n\n1.1 See the Lettings Policy.\n")
    repository.write_raw("drawer/b.md", b"# Lettings Policy\n\n1. Aims\n\n1.1 Read.\n")
    repository.write_raw("drawer/c.md", b"# Lettings Policy\n\n1. Aims\n\n1.1 Read more.\n")
    done = imports(repository.root, [repository.root / "drawer"], Wanted())
    assert [each.policy for each in done] == ["homework", "lettings", "c"]
    assert not any(each.problem for each in done)


def test_a_document_that_is_not_read_is_told(repository: Repository) -> None:
    """By its ending."""
    assert "is not read" in one(repository, "x", "old.xyz").problem


def test_documents_of_one_title_are_told_of_one_another(repository: Repository) -> None:
    """A person must say which of them holds."""
    repository.write_raw("drawer/a.txt", b"Lettings Policy\n\n1. Aims\n\n1.1 Read.\n")
    repository.write_raw("drawer/b.txt", b"LETTINGS POLICY\n\n1. Aims\n\n1.1 Read more.\n")
    first, second = imports(repository.root, [repository.root / "drawer"], Wanted())
    assert any(one.kind == "look" and "b.txt" in one.message for one in first.remarks)
    assert any(one.kind == "look" and "a.txt" in one.message for one in second.remarks)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("evil.md", "# ../../etc/passwd\n\n1. No.\n"), ("con.txt", "CON\n\n1. No.\n"),
        ("glad.md", "# 😀😀\n\n1. No.\n"),
        ("long.txt", "Very " * 60 + "Long Policy\n\n1. No.\n"), ("aux.md", "1. No.\n"), ("😀.md", "1. No.\n"),
    ],
)  # fmt: skip
def test_hostile_titles_and_names_stay_inside_source(repository: Repository, name: str, text: str) -> None:
    """Under ids that every system takes."""
    done = one(repository, text, name)
    assert not done.problem
    assert (repository.root / done.path).resolve().is_relative_to((repository.root / "source").resolve())
    assert [found.finding.code for found in done.findings] == []
    assert lost(text, done) == Counter()


def test_a_document_without_words_is_left_out(repository: Repository) -> None:
    """Rather than made an empty policy."""
    repository.write_raw("drawer/empty.txt", b"")
    [done] = imports(repository.root, [repository.root / "drawer"], Wanted())
    assert done.problem == "there are no words in it"


def test_every_word_of_a_word_file_is_in_the_text_or_in_the_report(repository: Repository) -> None:
    """Counted in the raw XML of all its parts."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Example School\tApproved by the FGB July 2020"
    document.add_paragraph().add_run("Charging Policy").bold = True
    table = document.add_table(2, 4)
    cells = (
        "Policy owner",
        "Business Manager",
        "Version",
        "3",
        "Approved by",
        "Full Governing Board",
        "Date",
        "May 2021",
    )
    for index, text in enumerate(cells):
        table.cell(index // 4, index % 4).text = text
    document.add_paragraph().add_run("Aims").bold = True
    for text in ("Trips may be charged for.", "Music must be free."):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Appendix 1: Request form")
    document.add_paragraph("Signed: ______ Date: ______")
    document.save(str(repository.root / "charging.docx"))
    with ZipFile(repository.root / "charging.docx") as archive:
        parts = [
            archive.read(name).decode() for name in archive.namelist() if re.match(r"word/(document|header)", name)
        ]
    raw = " ".join(
        "".join(re.findall(r"<w:t[ >][^<]*", paragraph)) for part in parts for paragraph in part.split("</w:p>")
    )
    [done] = imports(repository.root, [repository.root / "charging.docx"], Wanted())
    assert lost(re.sub(r"<w:t[^>]*>", " ", raw), done) == Counter()


def test_every_word_of_a_pdf_is_in_the_text_or_in_the_report(repository: Repository) -> None:
    """Counted in the text that PDFium finds in it."""
    source = "= Lettings Policy\nApproved: May 2021\n\n*1. Aims*\n\n"
    source += "1.1 Halls may be let.\n\n*2. Rules*\n\n2.1 See section 1."
    content = made(source)
    [done] = imports(repository.root, [repository.write_raw("old.pdf", content)], Wanted())
    assert lost(text_layer(content), done) == Counter()
    assert "--held 2021-05 " in " ".join(remarks("", done.remarks))
