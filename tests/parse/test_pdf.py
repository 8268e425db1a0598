"""PDFs as people have them, made by typst and by our own renderer: what is found in them, and that no word is lost."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from time import process_time

import pikepdf
import pypdfium2
import pytest
import typst

from policytool.model.inline import FootnoteMark, Inlines, Link, descend, plain
from policytool.model.piece import Found, Piece
from policytool.parse.markers import marker
from policytool.parse.pdf import found
from policytool.render.pdf import pdf
from tests.parse.pdf_files import by_hand, said
from tests.pdf_words import printed_text
from tests.render.pdf_samples import SAMPLE

PROSE = "The governing board reviews how the school keeps children safe, and asks the headteacher to report to it. "


def made(source: str) -> bytes:
    """A PDF of a text in typst's own language."""
    return typst.compile(source.encode(), ignore_system_fonts=True)


def read(content: bytes) -> Found:
    """What is found in a PDF that can be read."""
    value, diagnostics = found(content)
    assert diagnostics == []
    assert value is not None
    return value


def lines(value: Found) -> list[str]:
    """Each piece in one line: its marker and its words."""
    return [f"{piece.marker} {plain(piece.words)}".strip() for piece in value.pieces]


def _said(words: Inlines) -> Iterator[str]:
    yield plain(words)
    yield from (inline.name for inline in descend(words) if isinstance(inline, FootnoteMark))


def _of(piece: Piece) -> Iterator[str]:
    yield piece.marker
    yield from chain(_said(piece.words), *(_said(cell) for row in piece.rows for cell in row))


def everything(value: Found) -> str:
    """All words of what was found: pieces, footnotes with their numbers, asides."""
    notes = [said for name, held in value.footnotes.items() for said in (name, *chain(*map(_of, held)))]
    return " ".join([*chain(*map(_of, value.pieces)), *notes, *(aside.text for aside in value.asides)])


def letters(text: str) -> Counter[str]:
    """How often each letter and figure occurs."""
    return Counter(filter(str.isalnum, text))


def text_layer(content: bytes) -> str:
    """All the text of a PDF as PDFium tells it."""
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


HEADED = """
#set page(paper: "a5", header: [Example School #h(1fr) Safeguarding])
#set page(footer: context align(center, counter(page).display()))
#set text(size: 10pt)
= Safeguarding Policy
#lorem(400)
== Purpose
#lorem(500)
"""
COLUMNS = """
#set page(columns: 2, margin: 2cm)
#set text(size: 10pt, hyphenate: true, lang: "en")
#set par(justify: true)
FIRST #lorem(200)

#colbreak()
SECOND #lorem(150)
"""
WIDE = "#set page(width: 8000pt, height: 100pt)\nFIRST #lorem(200)\n\nSECOND #lorem(150)"
LISTED = """
#set page(margin: 2cm)
#outline(title: [Contents])
= Purpose
Some words.
= Reporting a concern
More words.
= Records
Last words.
"""
ITEMS = """
#set text(size: 11pt)
#set par(spacing: 1.2em)
#for (mark, words) in (("1.", "Staff must report it."), ("•", "at once;"), ("(a)", "in writing;")) [
  #place(dx: 0cm, dy: 0pt)[#mark] #v(1.1em) #pad(left: 1cm)[#words]
]
"""
TABLE = """
#table(columns: (3cm, 5cm, 3cm),
  [Check], [Who makes it, and what else there is to be said about it], [How often],
  [Filter], [IT provider], [Every term],
  [Alerts], [Lead], [Every day])
"""
NOTED = PROSE * 3 + "\n\nWords of a sentence#footnote[Education Act 1996, section 550ZA.] that goes on.\n\nMore of it."
ALL = {"headed": HEADED, "columns": COLUMNS, "listed": LISTED, "items": ITEMS, "table": TABLE, "noted": NOTED}


@pytest.mark.parametrize("source", ALL.values(), ids=ALL)
def test_no_word_is_lost(source: str) -> None:
    """Every letter of the text layer is in a piece, a footnote or an aside, and none is made up."""
    content = made(source)
    assert letters(everything(read(content))) == letters(text_layer(content))


def test_our_own_documents_come_back() -> None:
    """Every number and every word that we print, in the order in which it is printed; bullets and notes apart."""
    content = pdf(SAMPLE)
    printed = [word for word in printed_text(content).body if any(map(str.isalnum, word))]
    ours = [word for piece in read(content).pieces for one in _of(piece) for word in one.split()]
    kept = iter(_bare(ours))
    assert [word for word in _bare(printed) if word not in kept] == []


def _bare(words: list[str]) -> Iterator[str]:
    """Each word without what ends it, and without the footnotes that it cites."""
    yield from (bare for word in words if (bare := re.sub(r"\W", "", word)))


def test_running_heads_and_page_numbers_are_no_text() -> None:
    """They stand at the same place on most pages."""
    value = read(made(HEADED))
    assert {aside.kind for aside in value.asides} == {"header", "footer"}
    assert not any("Example School" in line for line in lines(value))
    assert [(line, piece.heading) for line, piece in zip(lines(value), value.pieces, strict=True) if piece.heading] == [
        ("Safeguarding Policy", 1),
        ("Purpose", 2),
    ]


def test_columns_are_read_one_after_the_other_and_hyphens_undone() -> None:
    """A paragraph that goes through a column is one, with every word as it is in one line that holds it all."""
    first, second = lines(read(made(COLUMNS)))
    assert f"{first} {second}".split() == " ".join(lines(read(made(WIDE)))).split()


LINED = "#set page(width: 9cm)\n#box(width: 100%)[{before}- \\ {after} of them.]\n\n{elsewhere}"
BROKEN = (
    ("They are told of informa", "tion", "", "information of"),
    ("They are told of well", "being", "", "well-being of"),
    ("They are told of self", "esteem", "", "self-esteem of"),
    ("They are told of self", "ishness", "", "selfishness of"),
    ("They are told of up-to", "date", "", "up-to-date of"),
    ("They are told of safe", "guarding", "It is safe. A guarding dog.", "safeguarding of"),
    ("They are told of non-discrimi", "nation", "", "non-discrimination of"),
    ("They are told of pre", "school", "The pre-school opens.", "pre-school of"),
    ("They are told of pre", "school", "The preschool opens.", "preschool of"),
    ("They are told of child", "minding", "A child is minding it.", "child-minding of"),
    ("They are told of Anglo", "Saxon", "", "Anglo-Saxon of"),
    ("They are told of 2024", "25", "", "2024-25 of"),
)


@pytest.mark.parametrize(("before", "after", "elsewhere", "expected"), BROKEN)
def test_a_hyphen_at_the_end_of_a_line_goes_or_stays(before: str, after: str, elsewhere: str, expected: str) -> None:
    """It stays in words that have one, by the rest of the document or by what is usual."""
    source = LINED.format(before=before, after=after, elsewhere=elsewhere)
    assert f"told of {expected} them." in lines(read(made(source)))[0]


@pytest.mark.parametrize(
    ("elsewhere", "expected"), [("", "cooperate"), ("They co-operate.", "co-operate"), ("They cooperate.", "cooperate")]
)
def test_a_hyphen_that_the_document_has_elsewhere_stays(elsewhere: str, expected: str) -> None:
    """At the end of a line it may be part of the word, or only of the line."""
    source = (
        f"#set page(width: 8cm)\n{elsewhere}\n\n#box(width: 100%)[Everybody who has to do with it must co- \\ operate.]"
    )
    assert expected in lines(read(made(source)))[-1]


def test_a_list_of_contents_stands_aside() -> None:
    """With its heading; the headings that it lists stay."""
    value = read(made(LISTED))
    assert [aside.kind for aside in value.asides] == ["contents"]
    assert lines(value)[::2] == ["Purpose", "Reporting a concern", "Records"]


def test_markers_alone_on_a_line_belong_to_the_next() -> None:
    """Bullets and numbers are often set apart from their words."""
    assert lines(read(made(ITEMS))) == ["1. Staff must report it.", "• at once;", "(a) in writing;"]


def test_a_table_has_its_rows_and_cells() -> None:
    """Lines within a cell are one."""
    (table,) = read(made(TABLE)).pieces
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["Check", "Who makes it, and what else there is to be said about it", "How often"],
        ["Filter", "IT provider", "Every term"],
        ["Alerts", "Lead", "Every day"],
    ]


def test_footnotes_are_cited_where_they_were() -> None:
    """The raised number becomes a mark, the small lines at the foot its footnote."""
    value = read(made(NOTED))
    assert [inline.name for inline in descend(value.pieces[1].words) if isinstance(inline, FootnoteMark)] == ["1"]
    assert plain(value.footnotes["1"][0].words) == "Education Act 1996, section 550ZA."
    assert lines(value)[1:] == ["Words of a sentence that goes on.", "More of it."]


def test_links_keep_their_addresses() -> None:
    """Those that lead out of the file."""
    (piece,) = read(made('See #link("https://school.example/x")[the page] for *more*.')).pieces
    assert [inline.address for inline in descend(piece.words) if isinstance(inline, Link)] == [
        "https://school.example/x"
    ]
    assert plain(piece.words) == "See the page for more."


def test_words_are_put_together_however_they_were_drawn() -> None:
    """In pieces, twice for weight, with blanks that are only room, on their side, or with letters set apart."""
    drawn = {
        said(50, 700, "Safe") + said(76.02, 700, "guarding is all"): ["Safeguarding is all"],
        said(50, 700, "Twice for weight") + said(50.3, 700, "Twice for weight"): ["Twice for weight"],
        "BT /F 12 Tf 50 700 Td [(S) -20 (af) 30 (e) -600 (school) -300 (staff)] TJ ET": ["Safe school staff"],
        "BT /F 12 Tf 20 Tw 50 700 Td (Wide blanks between all) Tj ET": ["Wide blanks between all"],
        "BT /F 12 Tf 3 Tc 50 700 Td (SAFE GUARDING) Tj ET": ["SAFE GUARDING"],
        said(50, 700, "1") + said(50, 680, "Purpose"): ["1 Purpose"],
        said(50, 700, "2.1") + said(90, 700, "Scope of it"): ["2.1 Scope of it"],
    }
    assert [lines(read(by_hand(content))) for content in drawn] == list(drawn.values())


def test_words_on_their_side_stand_aside() -> None:
    """A note in the margin is read, and cuts no line."""
    value = read(by_hand("BT /F 12 Tf 0 1 -1 0 30 300 Tm (CONFIDENTIAL draft) Tj ET\n" + said(50, 700, PROSE)))
    assert [(aside.kind, aside.text) for aside in value.asides] == [("other", "CONFIDENTIAL draft")]
    assert lines(value) == [PROSE.strip()]


def test_a_table_goes_on_over_a_page_and_its_head_counts_once() -> None:
    """The row that is printed again stands aside."""
    rows = ", ".join(f"[Row {number}], [What there is to say of it], [Now]" for number in range(1, 30))
    source = f"#set page(height: 9cm)\n#table(columns: (3cm, 7cm, 3cm), table.header([Name], [Words], [When]), {rows})"
    value = read(made(source))
    (table,) = value.pieces
    names = [plain(row[0]) for row in table.rows]
    assert names == ["Name", *(f"Row {number}" for number in range(1, 30))]
    assert {aside.text for aside in value.asides} == {"Name | Words | When"}


def test_a_footnote_printed_a_page_later_is_cited_where_it_was() -> None:
    """Its mark is the last of its page."""
    first = said(50, 700, PROSE, "/F 8") + said(50, 100, "The last words of it", "/F 8")
    first += said(118, 103, "1", "/F 5")
    second = (
        said(50, 700, "Another page begins here, and goes on.", "/F 8")
        + said(50, 60, "1", "/F 4")
        + said(53, 57, "The Act.", "/F 6")
    )
    value = read(by_hand(first, second))
    assert {name: [plain(piece.words) for piece in held] for name, held in value.footnotes.items()} == {
        "1": ["The Act."]
    }
    marked = [piece for piece in value.pieces if any(isinstance(one, FootnoteMark) for one in descend(piece.words))]
    assert [plain(piece.words) for piece in marked] == ["The last words of it"]


def test_sixteen_pages_are_read_within_a_second() -> None:
    """Of the processor, PDFium's own start apart; a slow machine has twice as long."""
    content = made(
        f"#set page(margin: 2cm)\n#set text(size: 11pt)\n#for n in range(1, 130) [+ #lorem(75)\n\n]{'x' * 0}"
    )
    read(made("A word."))
    before = process_time()
    value = read(content)
    assert process_time() - before < 2
    assert max(piece.place.page for piece in value.pieces) >= 16


# What is refused


def picture() -> bytes:
    """A page as a scanner makes it."""
    page = pypdfium2.PdfDocument.new()
    page.new_page(595, 842)
    held = BytesIO()
    page.save(held)
    return held.getvalue()


def drawing(stream: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A PDF of one page with such a content, which a reader has to put together without a table of objects."""
    packed = zlib.compress(stream, 9)
    return (
        b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>> endobj\n"
        b"4 0 obj <</Filter"
        + filters
        + b"/Length %d>>\nstream\n" % len(packed)
        + packed
        + b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF"
    )


WHOLE = made(HEADED)
REFUSED = {
    "nothing": (b"", "PT170"),
    "no PDF": (b"PK\x03\x04" + b"x" * 999, "PT170"),
    "breaks off": (WHOLE[: len(WHOLE) // 3], "PT170"),
    "no words": (picture(), "PT172"),
    "too large": (b"%PDF-1.7" + b" " * 50_000_000, "PT173"),
    "unfolds": (drawing(b" " * 70_000_000), "PT173"),
    "unfolds twice": (drawing(b"", b"[/FlateDecode/FlateDecode]"), "PT173"),
    "draws for ever": (drawing(b"q " * 2_000_000), "PT173"),
    "too many letters": (drawing(b"BT /F 9 Tf 9 9 Td " + b"(abcdefgh) Tj 0 1 Td " * 12_000 + b"ET"), "PT173"),
}


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_a_word(content: bytes, code: str) -> None:
    """And soon."""
    before = process_time()
    value, diagnostics = found(content)
    assert process_time() - before < 5
    assert value is None
    assert [one.finding.code for one in diagnostics] == [code]


def locked() -> bytes:
    """A file with a password."""
    held = BytesIO()
    with pikepdf.open(BytesIO(WHOLE)) as document:
        document.save(held, encryption=pikepdf.Encryption(owner="a", user="b"))
    return held.getvalue()


def test_a_locked_file_is_refused() -> None:
    """No password is asked for."""
    assert [one.finding.code for one in found(locked())[1]] == ["PT171"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.2.1 Staff", ("4.2.1", 6)),
        ("4. Staff", ("4.", 3)),
        ("(a) in", ("(a)", 4)),
        ("iv. in", ("iv.", 4)),
        ("• in", ("•", 2)),
        ("Appendix B Forms", ("Appendix B", 11)),
        ("Section 3: Duties", ("Section 3:", 11)),
        ("Section 3 says so", ("", 0)),
        ("2023. It", ("", 0)),
        ("5 days", ("", 0)),
    ],
)
def test_markers_are_what_stands_before_the_words(text: str, expected: tuple[str, int]) -> None:
    """Years and quantities are words."""
    assert marker(text) == expected
