"""Word templates as schools have them: one made with python-docx, one by LibreOffice, one by hand and full of traps."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from tests.tools import missing

_PLACE = "http://schemas.openxmlformats.org/"
_RELATED = f"{_PLACE}officeDocument/2006/relationships"
_W = f'xmlns:w="{_PLACE}wordprocessingml/2006/main" xmlns:r="{_RELATED}"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
FOLDER = Path(__file__).parent
MAIN = f"{_TYPE}document.main+xml"

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48">
<path d="M2 2 H38 V26 Q38 40 20 46 Q2 40 2 26 Z" fill="#7a1f2b" stroke="#c9a227" stroke-width="3"/>
<path d="M20 9 L24 19 L34 19 L26 25 L29 35 L20 29 L11 35 L14 25 L6 19 L16 19 Z" fill="#fff"/></svg>"""


def png(width: int = 120, height: int = 150, colour: tuple[int, int, int] = (122, 31, 43)) -> bytes:
    """A picture: a coloured shield on a ground that can be seen through."""
    rows = bytearray()
    for y in range(height):
        inset = 0 if y < height // 2 else int((y - height / 2) ** 2 / height * 1.9 * width / height)
        rows.append(0)
        for x in range(width):
            rows += bytes((*colour, 255)) if inset <= x < width - inset else bytes(4)
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


@cache
def academy() -> bytes:
    """Word's own styles, restyled; a crest and a letterhead on the first page; wide left margin; pages counted."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3.7), Cm(1.9)
    section.top_margin, section.bottom_margin = Cm(4.1), Cm(2.2)
    section.different_first_page_header_footer = True
    for name, size in (("Heading 1", 17), ("Heading 2", 13), ("Title", 30)):
        style = made.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Georgia", Pt(size), RGBColor(0x7A, 0x1F, 0x2B)
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Verdana", Pt(10)
    first = section.first_page_header.paragraphs[0]
    first.add_run().add_picture(BytesIO(png()), height=Cm(2))
    first.add_run("  Northfield Academy · Learning together")
    line = section.header.paragraphs[0]
    line.text, line.alignment = "Northfield Academy", WD_ALIGN_PARAGRAPH.CENTER
    section.footer.paragraphs[0].add_run("Registered company 1234567 · page ")
    _count_pages(section.footer.paragraphs[0])
    made.add_paragraph("Words of the template, which are left behind.", style="Heading 1")
    made.add_table(2, 2)
    return _bytes(made)


def _count_pages(paragraph: object) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # type: ignore[attr-defined]  # noqa: SLF001


def _bytes(made: object) -> bytes:
    written = BytesIO()
    made.save(written)  # type: ignore[attr-defined]
    return written.getvalue()


@cache
def federation() -> bytes:
    """Made by LibreOffice: headings that number themselves, no space round Normal, a header and no footer."""
    if not shutil.which("soffice"):
        missing("LibreOffice (soffice)")
    with TemporaryDirectory() as folder:
        source = shutil.copy(FOLDER / "federation.fodt", Path(folder, "template.fodt"))
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "docx"]
        subprocess.run([*command, "--outdir", folder, str(source)], check=True, capture_output=True, timeout=120)
        return Path(folder, "template.docx").read_bytes()


def package(parts: dict[str, str | bytes], types: dict[str, str]) -> bytes:
    """A Word file of these parts by name."""
    listed = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    defaults += (
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    )
    content = f'<Types xmlns="{_PLACE}package/2006/content-types">{defaults}{listed}</Types>'
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", content)
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


def relations(*listed: tuple[str, str]) -> str:
    """The relationships rId1, rId2, … to targets; one with "://" in it is external."""
    rows = "".join(_relation(f"rId{count}", kind, target) for count, (kind, target) in enumerate(listed, 1))
    return f'<Relationships xmlns="{_PLACE}package/2006/relationships">{rows}</Relationships>'


def _relation(key: str, kind: str, target: str) -> str:
    mode = ' TargetMode="External"' if "://" in target else ""
    return f'<Relationship Id="{key}" Type="{_RELATED}/{kind}" Target="{target}"{mode}/>'


ROOT = relations(("officeDocument", "word/document2.xml"))


def document(body: str = "") -> str:
    """A main part with this in its body."""
    return f"<w:document {_W}><w:body>{body}</w:body></w:document>"


PICTURED = document("<w:p><w:r><w:drawing/></w:r></w:p>")


def bare(main: str = document(), kind: str = MAIN, **more: str) -> bytes:
    """The least that is a Word file; `more` are single parts by name."""
    parts: dict[str, str | bytes] = {"_rels/.rels": ROOT, "word/document2.xml": main}
    parts["word/_rels/document2.xml.rels"] = relations(*((name, f"{name}.xml") for name in more))
    parts |= {f"word/{name}.xml": content for name, content in more.items()}
    types = {"word/document2.xml": kind} | {f"word/{name}.xml": f"{_TYPE}{name}+xml" for name in more}
    return package(parts, types)


@cache
def oddity() -> bytes:
    """Made by hand: landscape, German ids, few styles, lists under our numbers, even pages, links that would fetch."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.write(FOLDER / "oddity" / "types.xml", "[Content_Types].xml")
        for path in sorted((FOLDER / "oddity").rglob("*")):
            if path.is_file() and path.name != "types.xml":
                archive.write(path, path.relative_to(FOLDER / "oddity").as_posix())
        archive.writestr("word/media/image1.png", png(colour=(0xB4, 0x5F, 0x06)))
    return written.getvalue()
