"""The crest and the font of a house in Word, PDF and HTML; and the files that are refused."""

from __future__ import annotations

import struct
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from docx import Document
from openxml_audit import OpenXmlValidator
from page import validate_pdf_bytes

from policytool.model.house import Crest, Face, HouseStyle
from policytool.parse.house import crest, faces
from policytool.render.edition import Edition
from policytool.render.html import html
from policytool.render.html.house import MOST_IN_PAGE
from policytool.render.pdf import pdf
from policytool.render.word import word
from tests.pdf_words import printed_words
from tests.render.pdf_samples import expected_words
from tests.sample import LIBRARY, POLICY
from tests.templates import SVG, png
from tests.word_numbers import W, part

JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x11\x08\x00\x08\x00\x08\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xff\xd9"
)
WORDS = "Crest of Example Primary School"


@cache
def font(ending: str = "ttf") -> tuple[tuple[str, bytes], ...]:
    """Four faces of a font that is no one's: ours, under another name of the same length."""
    package = find_spec("font_source_sans_pro")
    assert package is not None
    assert package.submodule_search_locations
    folder = Path(package.submodule_search_locations[0], "files")
    old, new = ("Source Sans Pro".encode("utf-16-be"), "School Sans Pro".encode("utf-16-be"))
    names = [f"SourceSansPro-{face}.{ending}" for face in ("Bold", "It", "Regular", "BoldIt")]
    return tuple(
        (name, (folder / name).read_bytes().replace(old, new).replace(b"Source Sans", b"School Sans")) for name in names
    )


def shown(content: bytes) -> Crest:
    """A crest that can be used."""
    made, problems = crest(content)
    assert problems == []
    assert made is not None
    return made


def printed(ending: str = "ttf") -> tuple[Face, ...]:
    """A font that can be used."""
    made, problems = faces(font(ending))
    assert problems == []
    return made


def edition(content: bytes = b"", ending: str = "") -> Edition:
    """The sample with a crest, or a font."""
    house = HouseStyle(crest=shown(content) if content else None, faces=printed(ending) if ending else ())
    return Edition(POLICY, LIBRARY, style=house)


HOUSES = pytest.mark.parametrize(
    ("content", "ending"), [(SVG, ""), (png(), ""), (b"", "ttf"), (b"", "otf"), (SVG, "ttf")],
    ids=["drawing", "picture", "TrueType", "OpenType", "both"],
)  # fmt: skip


# What is made


@HOUSES
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_pdf_is_pdf_ua_and_pdf_a(content: bytes, ending: str, profile: str) -> None:
    """With a crest that is told to those who cannot see it, and a font that lies in the file."""
    made = edition(content, ending)
    report = validate_pdf_bytes(pdf(made), profile=profile)
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert pdf(made) == pdf(made)
    assert printed_words(pdf(made)) == expected_words(made)


@pytest.mark.parametrize("ending", ["ttf", "otf"])
def test_the_pdf_is_set_in_the_house_font(ending: str) -> None:
    """And in no other, but for code."""
    with pikepdf.open(BytesIO(pdf(edition(ending=ending)))) as made:
        fonts = {
            str(one.BaseFont) for one in made.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one
        }
    assert any("Sans" in name for name in fonts)
    plain = pdf(edition())
    assert pdf(edition(ending=ending)) != plain


@HOUSES
def test_the_word_file_is_valid(content: bytes, ending: str, tmp_path: Path) -> None:
    """By the standard, and the same each time."""
    path = tmp_path / "policy.docx"
    path.write_bytes(word(edition(content, ending)))
    assert [error.description for error in OpenXmlValidator().validate(path).errors] == []
    assert word(edition(content, ending)) == path.read_bytes()
    Document(str(path))


@pytest.mark.parametrize("content", [SVG, png()], ids=["drawing", "picture"])
def test_the_crest_stands_on_the_first_page_of_the_word_file(content: bytes) -> None:
    """20 mm high, with words for those who cannot see it; as dots, which every Word can show."""
    docx = word(edition(content))
    [drawing] = part(docx, "headerFirst").iter(W + "drawing")
    assert part(docx, "headerDefault").find(f".//{W}drawing") is None
    extent, told = drawing[0][0], drawing[0][1]
    assert (extent.get("cy"), told.get("descr")) == ("720000", WORDS)
    with ZipFile(BytesIO(docx)) as archive:
        assert archive.read("word/media/crest.png").startswith(b"\x89PNG")


def test_a_wide_crest_is_less_high() -> None:
    """Three times as wide as 20 mm is the widest."""
    assert shown(png(400, 100)).size == (60.0, 15.0)


def test_the_word_file_names_the_font_and_holds_it() -> None:
    """Masked, as the standard asks; a font with other outlines than TrueType's is only named."""
    docx = word(edition(ending="ttf"))
    [named] = part(docx, "styles").iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    assert named.get(W + "ascii") == "School Sans Pro"
    with ZipFile(BytesIO(docx)) as archive:
        held = [archive.read(name) for name in archive.namelist() if name.endswith(".odttf")]
    assert sorted(len(one) for one in held) == sorted(len(content) for _, content in font())
    regular = next(node for node in part(docx, "fontTable").iter(W + "embedRegular"))
    key = bytes.fromhex((regular.get(W + "fontKey") or "").strip("{}").replace("-", ""))[::-1]
    unmasked = {bytes(one ^ other for one, other in zip(content[:16], key, strict=True)) for content in held}
    assert printed()[0].content[:16] in unmasked
    assert b"odttf" not in word(edition(ending="otf"))


@HOUSES
def test_the_page_holds_all_of_it(content: bytes, ending: str) -> None:
    """Its policy for contents admits data in the page itself, and a font only where there is one."""
    page = html(edition(content, ending)).decode()
    assert ("font-src data:" in page) == bool(ending)
    assert ("@font-face" in page) == bool(ending)
    assert (f'alt="{WORDS}"' in page) == bool(content)
    assert "<svg" not in page
    assert "School Sans" not in page


def test_a_page_stays_small_enough_to_be_fetched() -> None:
    """Faces that do not fit are left out, the regular one last of all."""
    large = tuple(replace(face, content=face.content + bytes(300_000)) for face in printed())
    page = html(Edition(POLICY, LIBRARY, style=HouseStyle(faces=large)))
    assert 0 < page.count(b"@font-face") < 4
    assert len(page) < MOST_IN_PAGE * 1.5


def test_nothing_changes_where_the_house_has_neither() -> None:
    """Our own look."""
    plain = html(Edition(POLICY, LIBRARY))
    assert b"font-src" not in plain
    assert b"<img" not in plain


def test_a_name_for_all_of_it_changes_with_any_of_it() -> None:
    """What is kept between two builds asks for it."""
    digests = {
        HouseStyle().digest,
        edition(SVG).house.digest,
        edition(png()).house.digest,
        edition(ending="ttf").house.digest,
    }
    assert len(digests) == 4
    assert edition(SVG).house.digest == HouseStyle(crest=shown(SVG)).digest


# What is refused


def drawing(inside: str, before: str = "") -> bytes:
    """An SVG with something in it."""
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()


CRESTS = {
    "words": (b"words", "neither an SVG"),
    "GIF": (b"GIF89a" + bytes(40), "neither an SVG"),
    "cut short": (png()[:200], "damaged"),
    "a header alone": (b"\x89PNG\r\n\x1a\n", "damaged"),
    "vast": (png(2, 2).replace(struct.pack(">II", 2, 2), struct.pack(">II", 90_000, 90_000)), "90000 by 90000"),
    "a strip": (png(200, 2), "strip"),
    "for a press": (JPEG.replace(b"\x00\x08\x00\x08\x03", b"\x00\x08\x00\x08\x04"), "CMYK"),
    "JPEG cut short": (JPEG[:30], "damaged"),
    "script": (drawing("<script>alert(1)</script>"), "`script`"),
    "event": (drawing('<path onload="alert(1)"/>'), "`onload`"),
    "fetches": (drawing('<use href="https://evil.example/x.svg#a"/>'), "`href`"),
    "fetches in a style": (drawing("<style>@import 'x';</style>"), "style that fetches"),
    "fetches a paint": (drawing('<path fill="url(https://evil.example/#a)"/>'), "`fill`"),
    "HTML": (drawing("<foreignObject/>"), "`foreignObject`"),
    "entities": (drawing("&a;", '<!DOCTYPE svg [<!ENTITY a "b">]>'), "entities"),
    "no XML": (b"<svg", "well-formed"),
    "no size": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "no size"),
    "no number": (drawing("").replace(b"0 0 9 9", b"0 0 a 9"), "damaged"),
}


@pytest.mark.parametrize("case", CRESTS)
def test_a_crest_that_cannot_be_used_is_told_why(case: str) -> None:
    """Whatever its name ends in."""
    content, why = CRESTS[case]
    made, [problem] = crest(content)
    assert made is None
    assert why in problem.message


def test_a_jpeg_is_measured() -> None:
    """By its frame header."""
    assert shown(JPEG).kind == "jpeg"
    assert shown(JPEG).ratio == 1.0


def _table(content: bytes, tag: bytes) -> int:
    """Where a table of a font begins."""
    record = content.index(tag)
    return int(struct.unpack_from(">I", content, record + 8)[0])


def _with(tag: bytes, at: int, value: bytes) -> bytes:
    content = font()[2][1]
    start = _table(content, tag) + at
    return content[:start] + value + content[start + len(value) :]


FONTS = {
    "words": ([("a.ttf", b"words")], "no font"),
    "for the web": ([("a.ttf", b"wOF2" + bytes(40))], "WOFF2"),
    "a collection": ([("a.ttf", b"ttcf" + bytes(40))], "collection"),
    "cut short": ([("a.ttf", font()[2][1][:300])], "damaged"),
    "not allowed": ([("a.ttf", _with(b"OS/2", 8, b"\0\2"))], "licence"),
    "variable": ([("a.ttf", font()[2][1].replace(b"prep", b"fvar", 1))], "variable"),
    "bold alone": (list(font()[:1]), "no regular"),
    "the same twice": ([font()[2], font()[2]], "second face"),
    "two families": ([font()[2], ("b.ttf", font()[0][1].replace(b"\0S\0c\0h", b"\0S\0k\0h"))], "family"),
}


@pytest.mark.parametrize("case", FONTS)
def test_a_font_that_cannot_be_used_is_told_why(case: str) -> None:
    """By what the file itself says."""
    files, why = FONTS[case]
    made, problems = faces(files)
    assert made == ()
    assert any(why in problem.message for problem in problems)
