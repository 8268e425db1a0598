"""PDFs for the tests of the reader: written by hand, drawn by Pillow, and printed by LibreOffice from Word files."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from tests.tools import missing

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SECONDS = 120
PROSE = (
    "The governing board reviews how the school keeps children safe, and asks the headteacher to report to it in "
    "writing each term, so that well-being is at the centre of what is done."
)
LONG_WORDS = (
    (
        "The well-being of pupils, their self-esteem and the long-term responsibilities of the organisation are "
        "safeguarded by administrative and educational arrangements."
    ),
    (
        "Non-teaching representatives communicate extraordinary circumstances immediately, notwithstanding "
        "decision-making recommendations and the up-to-date documentation."
    ),
    "Multi-agency co-operation characterises the interdisciplinary understanding of face-to-face consultations.",
)
HEADINGS = ("Aims", "Legislation and guidance", "Definitions", "Roles and responsibilities", "Procedures")


def by_hand(*contents: str, fonts: str = "") -> bytes:
    """A PDF with a page for each stream of drawing operators; /F is Helvetica, /B the bold one."""
    count = len(contents)
    kids = " ".join(f"{3 + 2 * index} 0 R" for index in range(count))
    made = [
        (
            "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
            f"2 0 obj <</Type/Pages/Kids[{kids}]/Count {count}>> endobj\n"
        )
    ]
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
    for index, content in enumerate(contents):
        made.append(
            f"{3 + 2 * index} 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {4 + 2 * index} 0 R"
            f"/Resources<</Font<</F {font}>>/B {font}-Bold>>{fonts}>>>>>> endobj\n"
            f"{4 + 2 * index} 0 obj <</Length {len(content)}>>\nstream\n{content}\nendstream endobj\n"
        )
    return ("".join(made) + "trailer <</Root 1 0 R>>\n%%EOF").encode("latin-1")


def said(x: float, y: float, words: str, font: str = "/F 12") -> str:
    """Words at a place."""
    return f"BT {font} Tf {x} {y} Td ({words}) Tj ET\n"


def scanned(content: bytes, pages: range | None = None) -> bytes:
    """A PDF as a scanner makes it of the paper: each page a picture, or those of the pages that are given."""
    made, papers = pikepdf.open(BytesIO(content)), []
    for index, page in enumerate(pypdfium2.PdfDocument(content)):
        if pages is None or index in pages:
            held = BytesIO()
            page.render(scale=1).to_pil().convert("L").save(held, "PDF")
            papers.append(pikepdf.open(BytesIO(held.getvalue())))
            made.pages[index] = papers[-1].pages[0]
    whole = BytesIO()
    made.save(whole)
    return whole.getvalue()


def printed(folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """{name: a Word file} -> {name: the PDF that LibreOffice prints of it}."""
    program = shutil.which("soffice")
    if not program:
        missing("LibreOffice")
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').absolute().as_uri()}"
    paths = [str(folder / f"{name}.docx") for name in files]
    order = [program, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder), *paths]
    subprocess.run(order, capture_output=True, timeout=SECONDS, check=True)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


# Word files of many shapes


def saved(made: DocumentType) -> bytes:
    """The bytes of a Word file."""
    held = BytesIO()
    made.save(held)
    return held.getvalue()


def _field(paragraph: Paragraph, name: str) -> None:
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>',
        f"<w:instrText>{name}</w:instrText>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph.add_run()._r.append(parse_xml(inner.replace("/>", f" {_W}/>").replace("Text>", f"Text {_W}>", 1)))  # noqa: SLF001


def _in_columns(section: Section) -> None:
    columns = section._sectPr.xpath("./w:cols")[0]  # noqa: SLF001
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), "500")


def lists() -> bytes:
    """Numbers typed and automatic, and bullets of both kinds."""
    made = Document()
    made.add_heading("1. Aims", 1)
    for words in (f"1.1 {PROSE} {PROSE}", f"1.2\t{PROSE}", f"1.2.1\t{PROSE}", f"(a) {PROSE}", "(b) a short one"):
        made.add_paragraph(words)
    for style in ("List Number", "List Number", "List Bullet", "List Bullet 2"):
        made.add_paragraph(f"In {style}. {PROSE}", style)
    for sign in "•–▪o":
        made.add_paragraph(f"{sign}\tTyped. {PROSE}")
    return saved(made)


def running() -> bytes:
    """A running head and a foot on every page, with the page of pages in it; the same words at the head of pages."""
    made = Document()
    section = made.sections[0]
    section.header.paragraphs[0].text = "St Mary’s Primary School\t\tAttendance Policy"
    foot = section.footer.paragraphs[0]
    foot.add_run("Date of review: September 2024\tPage ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")
    for number in range(1, 9):
        made.add_heading(f"{number}. Section {'abcdefgh'[number - 1]}", 1)
        for part in range(1, 7):
            made.add_paragraph(f"{number}.{part} " + " ".join([PROSE] * (1 + (number + part) % 4)))
    return saved(made)


def contents(*, leaders: bool) -> bytes:
    """A typed list of contents, then what it lists."""
    made = Document()
    made.add_heading("Complaints Policy", 0)
    made.add_paragraph("Contents")
    for number, name in enumerate(HEADINGS, start=1):
        listed = made.add_paragraph(f"{number}. {name}" + (f"\t{number + 1}" if leaders else ""))
        listed.paragraph_format.tab_stops.add_tab_stop(Cm(15), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for number, name in enumerate(HEADINGS, start=1):
        made.add_heading(f"{number}. {name}", 1)
        made.add_paragraph(f"{name} are told here. {PROSE}")
    return saved(made)


TABLE = (
    ("Role", "What they do, and how they do it when asked", "When"),
    ("Headteacher", PROSE, "Weekly"),
    ("Governor", "Reads", "Each term, and whenever else"),
    ("Clerk", "Minutes", ""),
)


def table(*, lines: bool, merged: bool = False) -> bytes:
    """A table between two paragraphs; with a row of one cell, and one cell two rows deep."""
    made = Document()
    made.add_paragraph(f"Before. {PROSE}")
    grid = made.add_table(len(TABLE) + merged, 3)
    grid.style = made.styles["Table Grid" if lines else "Normal Table"]
    if merged:
        grid.cell(0, 0).merge(grid.cell(0, 2)).text = "All across the top"
        grid.cell(3, 0).merge(grid.cell(4, 0))
    for down, row in enumerate(TABLE, start=int(merged)):
        for across, words in enumerate(row):
            if not (merged and (down, across) == (4, 0)):
                grid.cell(down, across).text = words
    made.add_paragraph(f"After. {PROSE}")
    return saved(made)


def columns() -> bytes:
    """Numbered paragraphs in two justified columns, under a heading over both."""
    made = Document()
    made.add_heading("Newsletter policy", 0)
    _in_columns(made.add_section(WD_SECTION.CONTINUOUS))
    for number in range(1, 25):
        words = " ".join([PROSE] * (1 + number % 3))
        made.add_paragraph(f"{number}. START{number} {words} END{number}.").alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return saved(made)


def hyphens() -> bytes:
    """Long words, hyphenated by LibreOffice, in justified narrow columns."""
    made = Document()
    made.settings.element.append(parse_xml(f'<w:autoHyphenation {_W} w:val="true"/>'))
    _in_columns(made.sections[0])
    for number in range(12):
        paragraph = made.add_paragraph(" ".join(LONG_WORDS[(number + turn) % 3] for turn in range(4)))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        language = parse_xml(f'<w:lang {_W} w:val="en-GB"/>')
        paragraph.runs[0]._r.get_or_add_rPr().append(language)  # noqa: SLF001
    return saved(made)


def landscape() -> bytes:
    """A page upright, and one on its side."""
    made = Document()
    made.add_paragraph(f"Upright. {PROSE}")
    section = made.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    made.add_paragraph(f"Wide. {PROSE} {PROSE}")
    return saved(made)


def looks() -> bytes:
    """Headings by size and by weight; raised, lowered and small capital letters; ligatures and soft hyphens."""
    made = Document()
    for words, size in (("Behaviour Policy", 22), ("Aims", 14), ("Scope", 11)):
        run = made.add_paragraph().add_run(words)
        run.bold, run.font.size = True, Pt(size)
        made.add_paragraph(f"{words}. {PROSE}")
    paragraph = made.add_paragraph("x")
    for words, look in (
        ("2", "superscript"),
        (" of H", ""),
        ("2", "subscript"),
        ("O on the 21", ""),
        ("st", "superscript"),
        (" of May, ", ""),
        ("small", "small_caps"),
        (" office staff, fluffy affliction.", ""),
    ):
        run = paragraph.add_run(words)
        if look:
            setattr(run.font, look, True)
    made.add_paragraph(("in\u00adfor\u00adma\u00adtion and soft\u00adware " * 20).strip() + ".")
    return saved(made)
