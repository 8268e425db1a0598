"""Word files that nobody should send: each is refused with a reason or read, quickly, and nothing is fetched or run."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from time import process_time
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytool.parse.word import found
from tests.parse.word_files import (
    NAMES,
    STYLES,
    abstract,
    begins,
    field,
    level,
    nested_tables,
    num,
    p,
    packed,
    r,
    word_file,
)

SECONDS = 30
"""Of processor time, on a slow machine and while lines are counted; what is square takes many minutes."""
GOOD = word_file(
    p("Staff must ask.", "berschrift1", number=(1, 0)), numbering=abstract(1, level(0, "decimal", "%1.")) + num(1, 1)
)
_HEAD = '<?xml version="1.0"?>'


def _document(xml: str) -> bytes:
    return word_file("", raw={"word/document.xml": xml.encode()})


def _entities() -> bytes:
    layers = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
    doctype = f'<!DOCTYPE d [<!ENTITY e0 "lol">{layers}]>'
    return _document(f"{_HEAD}{doctype}<w:document {NAMES}><w:body>{p('&e9;')}</w:body></w:document>")


def _outside() -> bytes:
    doctype = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    return _document(f"{_HEAD}{doctype}<w:document {NAMES}><w:body>{p('&e;')}</w:body></w:document>")


def _renamed() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as opened:
        opened.writestr("letter.txt", "words")
    return made.getvalue()


def _packed_oddly() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_LZMA) as opened:
        opened.writestr("[Content_Types].xml", "<Types/>")
    return made.getvalue()


def _macros() -> bytes:
    return word_file(p("x"), main="application/vnd.ms-word.document.macroEnabled.main+xml")


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "nothing": (lambda: b"", "PT160", "no Word file"),
    "words": (lambda: b"words", "PT160", "no Word file"),
    "a PDF": (lambda: b"%PDF-1.7\n", "PT160", "it is a PDF"),
    "old or locked": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "PT160", "old format"),
    "rich text": (lambda: b"{\\rtf1 x}", "PT160", "rich text"),
    "another archive": (_renamed, "PT160", "no Word file"),
    "another packing": (_packed_oddly, "PT160", "damaged"),
    "broken off": (lambda: GOOD[: len(GOOD) // 2], "PT160", "damaged"),
    "no document": (lambda: packed({"[Content_Types].xml": b"<Types/>"}), "PT160", "no main document"),
    "another document": (lambda: _document("<html/>"), "PT160", "no document"),
    "not well-formed": (lambda: _document("<w:document"), "PT160", "damaged"),
    "entities in entities": (_entities, "PT160", "damaged"),
    "an entity outside": (_outside, "PT160", "DOCTYPE"),
    "macros": (_macros, "PT162", "macros"),
    "a bomb": (lambda: _document("<w:document>" + " " * 41_000_000), "PT161", "unfolds"),
    "millions of marks": (lambda: _document("<w:p/>" * 6_100_000), "PT161", "marks"),
    "tables in tables": (lambda: word_file(nested_tables(100_000)), "PT160", ""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_reason(name: str) -> None:
    """One finding, that says what is wrong, and soon."""
    make, code, reason = REFUSED[name]
    docx = make()
    began = process_time()
    document, diagnostics = found(docx, "policy.docx")
    assert process_time() - began < SECONDS
    assert document is None
    [one] = diagnostics
    assert (one.finding.code, one.path) == (code, "policy.docx")
    assert reason in one.message
    assert one.advice


def _unnamed() -> bytes:
    made = BytesIO(word_file(p("words")))
    with ZipFile(made, "a") as opened:
        opened.writestr("?name", "")
    return made.getvalue().replace(b"?name", b"\0name")


LOOPED = '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>'
LOOPED += LOOPED.replace('"A"', '"C"').replace('"B"', '"A"').replace('"C"', '"B"')
LINKED = '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/>'
LINKED += '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
ODD = {
    "styles based on each other": (word_file(p("words", "A"), styles=STYLES + LOOPED)),
    "a style that is not there": word_file(p("words", "Nowhere")),
    "a list that is not there": word_file(p("words", number=(9, 0))),
    "a level that is not there": word_file(
        p("words", number=(1, 77)), numbering=abstract(1, level(0, "decimal", "%1")) + num(1, 1)
    ),
    "a list of itself": word_file(
        p("words", number=(1, 0)), styles=LINKED, numbering=abstract(1, more='<w:numStyleLink w:val="L"/>') + num(1, 1)
    ),
    "a list of nothing": word_file(p("words", number=(1, 0)), numbering=num(1, 5)),
    "a file without a name": _unnamed(),
    "numbers that are none": word_file(p("words", "", '<w:ind w:left="auto"/><w:outlineLvl w:val="x"/>')),
    "a huge start": word_file(
        p("words", number=(1, 0)),
        numbering=abstract(1, level(0, "lowerRoman", "", 999_999_999)) + num(1, 1, begins(0, -5)),
    ),
    "fields that only end": word_file(p('<w:r><w:fldChar w:fldCharType="end"/></w:r>' * 9 + r("words"))),
    "a link to nowhere": word_file(p(f'<w:hyperlink r:id="none">{r("words")}</w:hyperlink>')),
    "a note that is not there": word_file(p(r("words") + '<w:r><w:footnoteReference w:id="5"/></w:r>')),
    "a wide cell": word_file(
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{p("words")}</w:tc>'
        f"<w:tc>{p('more')}</w:tc></w:tr></w:tbl>"
    ),
    "a sign without a code": word_file(p('<w:r><w:sym w:font="X" w:char="zz"/></w:r>' + r("words"))),
    "tables eighty deep": word_file(nested_tables(80)),
    "links in links": word_file(p("<w:hyperlink>" * 240 + r("words") + "</w:hyperlink>" * 240)),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_read_all_the_same(name: str) -> None:
    """Its words are there."""
    document, diagnostics = found(ODD[name])
    assert diagnostics == []
    assert document is not None
    assert document.pieces


def test_a_field_that_is_never_ended_loses_no_words() -> None:
    """Words where an instruction should be are kept beside the text."""
    docx = word_file(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("swallowed")) + p("words"))
    document, _ = found(docx)
    assert document is not None
    assert [one.text for one in document.asides] == ["swallowed"]
    assert len(document.pieces) == 1


def test_many_paragraphs_take_time_in_proportion() -> None:
    """Twenty thousand, each with a field and a change, in seconds."""
    inner = field("REF x", "1") + '<w:ins w:id="1" w:author="A">' + r("words") + "</w:ins>"
    docx = word_file(p(inner) * 20_000)
    began = process_time()
    found(docx)
    assert process_time() - began < SECONDS


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_no_damage_is_an_exception(at: int, noise: bytes) -> None:
    """Bytes altered anywhere: read, or told."""
    document, diagnostics = found(GOOD[:at] + noise + GOOD[at + len(noise) :])
    assert (document is None) == bool(diagnostics)


_OPENED = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("x")
_MARKED = "".join(f'<w:bookmarkStart w:id="{at}" w:name="b{at}"/>' for at in range(10_000))
_LONG = abstract(1, level(8, "lowerRoman", "%1%2%3%4%5%6%7%8%9" * 20_000, 30_000)) + num(1, 1)


@pytest.mark.parametrize(
    "make",
    [
        lambda: word_file(p(_OPENED * 30_000)),
        lambda: word_file(p(_OPENED) * 20_000),
        lambda: word_file(p(_MARKED + '<w:r><w:footnoteReference w:id="1"/></w:r>' * 10_000)),
        lambda: word_file(
            p(f"<w:moveFrom>{r('a')}</w:moveFrom>") * 20_000 + p(f"<w:moveTo>{r('b' * 40)}</w:moveTo>") * 20_000
        ),
        lambda: word_file(p("x", number=(1, 8)) * 2_000, numbering=_LONG),
    ],
    ids=["fields in fields", "fields without end", "bookmarks and notes", "moves", "endless numbers"],
)
def test_what_is_piled_up_takes_time_in_proportion(make: Callable[[], bytes]) -> None:
    """Nothing is looked through again for each of many."""
    began = process_time()
    document, _ = found(make())
    assert document is not None
    assert process_time() - began < SECONDS
