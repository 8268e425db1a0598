"""The PDF: valid, the same each time, and with every word of the policy in order."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from page import validate_pdf_bytes
from pypdfium2 import raw

from policytool.model.block import Clause, Paragraph, Section, Table
from policytool.model.inline import Code, FootnoteMark, LineBreak, Link, Reference, Text
from policytool.model.standing import Standing
from policytool.model.unable import UnableError
from policytool.render.edition import Edition
from policytool.render.pdf import pdf
from policytool.render.pdf.content import column_widths, printable
from tests.pdf_words import printed_text, printed_words
from tests.render.pdf_samples import LONG_WORD, MARKUP, SAMPLE, UNSAFE, edition, expected_words, hostile
from tests.sample import words

LEFT, RIGHT = 60, 540
"""The page between its margins, in points, with a little room."""
DRAFT = replace(SAMPLE, draft=True)
NOTICED = replace(SAMPLE, standing=Standing(notice="Draft: changed since the wording approved in September 2023"))


def _text(made: bytes) -> str:
    """All the text of a PDF, page furniture included."""
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize(
    "made",
    [
        SAMPLE,
        DRAFT,
        NOTICED,
        hostile(),
        replace(hostile(), draft=True, standing=Standing(notice=MARKUP + LONG_WORD)),
        edition(),
        edition(Paragraph(words("Only this."))),
    ],
    ids=["sample", "draft", "noticed", "hostile", "hostile draft", "empty", "no sections"],
)
def test_it_is_pdf_ua_and_pdf_a(made: Edition, profile: str) -> None:
    """Both standards hold in one file, whatever a policy says."""
    report = validate_pdf_bytes(pdf(made), profile=profile)
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert report.is_compliant


def test_it_claims_both_standards() -> None:
    """The file says of itself what it is."""
    with pikepdf.open(BytesIO(pdf(SAMPLE))) as made:
        metadata = made.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("2", "A", "1")
        assert (metadata["dc:title"], metadata["dc:creator"]) == (SAMPLE.title, ["Example Primary School"])
        assert made.Root.Lang == "en-GB"


@pytest.mark.parametrize("made", [SAMPLE, DRAFT], ids=["final", "draft"])
def test_it_prints_every_word_and_number_in_order(made: Edition) -> None:
    """What a screen reader reads is what the policy says."""
    assert printed_words(pdf(made)) == expected_words(made)


def test_it_prints_markup_as_words() -> None:
    """Nothing in a policy is Typst."""
    made = edition(
        Section(1, words(MARKUP), (Clause(words(MARKUP)), Table((words(MARKUP),), ((words(MARKUP),),)))), title=MARKUP
    )
    assert printed_text(pdf(made)).body == ["1", *MARKUP.split(), "1.1", *MARKUP.split() * 3]


def test_it_keeps_every_word_of_a_hostile_policy_together() -> None:
    """Control characters go, words stay: those before the right-to-left names, which PDFium turns round."""
    wanted = printable(" ".join(expected_words(hostile()))).replace("\u200b", "").split()
    found = printed_words(pdf(hostile()))
    before = wanted.index("Names:")
    assert "[31m" in found
    assert [word.replace("[^missing]", "") for word in found[:before]] == wanted[:before]


def test_it_reads_on_after_a_line_break() -> None:
    """A broken line leaves a blank between its words."""
    broken = Paragraph(
        (Text("one"), LineBreak(), Text("("), Code("two"), Text(")"), Code("three"), LineBreak(), Text("4"))
    )
    assert printed_words(pdf(edition(broken))) == ["one", "(two)three", "4"]


def test_footnotes_are_apart_and_a_second_mark_repeats_the_number() -> None:
    """A footnote is printed once, however often it is cited."""
    law = SAMPLE.policy.footnotes[0]
    cites = Paragraph((Text("Once"), FootnoteMark("law"), Text(" and again"), FootnoteMark("law"), Text(".")))
    made = pdf(edition(cites, footnotes=(law,)))
    assert printed_text(made) == (["Once", "and", "again."], ["Data", "Protection", "Act", "2018,", "section", "10."])
    assert "Once1 and again1." in _text(made)


def test_bookmarks_hold_numbers_and_titles() -> None:
    """The outline of the file is that of the policy."""
    outline = pypdfium2.PdfDocument(pdf(SAMPLE)).get_toc()
    assert [(entry.level, entry.get_title()) for entry in outline] == [
        (0, "Foreword"),
        (0, "1 Purpose"),
        (0, "2 Who does what"),
        (1, "2.1 Headteacher"),
        (1, "2.2 Governors"),
        (0, "3 Conduct"),
        (0, "Appendix A Form"),
        (1, "A.2 Signature"),
    ]


def test_heading_levels_are_never_skipped() -> None:
    """Levels follow the nesting, not the number of `#` that the source typed."""
    deep = Section(3, words("Three"), (Section(6, words("Six"), (Paragraph(words("x")),)),))
    with pikepdf.open(BytesIO(pdf(edition(deep)))) as made:
        kinds = [str(element.S) for element in made.Root.StructTreeRoot.K[0].K]
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1", "/H1", "/H2"]


def _links(made: bytes) -> list[tuple[str, str]]:
    """The words that each link of a PDF covers, and where it leads: an address, or the words at its destination."""
    with pikepdf.open(BytesIO(made)) as document:
        pages = [page.obj.objgen for page in document.pages]
        annotations = [(number, note) for number, page in enumerate(document.pages) for note in page.get("/Annots", [])]
        read = pypdfium2.PdfDocument(made)
        return [(_under(read[number], note), _leads(read, pages, document, note)) for number, note in annotations]


def _under(page: pypdfium2.PdfPage, note: pikepdf.Object) -> str:
    """The words under a link, line by line."""
    corners = [float(corner) for corner in note.get("/QuadPoints", None) or [*note.Rect[:2], *note.Rect[2:]]]
    step = 8 if "/QuadPoints" in note else 4
    boxes = [corners[start : start + step] for start in range(0, len(corners), step)]
    textpage = page.get_textpage()
    words = (textpage.get_text_bounded(min(b[::2]), min(b[1::2]), max(b[::2]) - 0.5, max(b[1::2])) for b in boxes)
    return " ".join(line.strip() for line in words)


def _leads(
    read: pypdfium2.PdfDocument, pages: list[tuple[int, int]], document: pikepdf.Pdf, note: pikepdf.Object
) -> str:
    if "/A" in note and note.A.S == "/URI":
        return str(note.A.URI)
    place = note.get("/Dest", None) or note.A.D
    if isinstance(place, pikepdf.String):
        place = pikepdf.NameTree(document.Root.Names.Dests)[str(place)]
    place = place["/D"] if isinstance(place, pikepdf.Dictionary) else place
    left, top = float(place[2]), float(place[3])
    found = read[pages.index(place[0].objgen)].get_textpage().get_text_bounded(left - 40, top - 20, left + 400, top + 3)
    return str(found).strip()


def test_links_lead_to_their_targets() -> None:
    """Each cross-reference of the policy leads to the place it names, others to where they are published."""
    links = dict(_links(pdf(SAMPLE)))
    assert links["section\N{NO-BREAK SPACE}1"].startswith("1 Purpose")
    assert "(i) at school; and" in links["section\N{NO-BREAK SPACE}1(b)(i)"]
    assert links["appendix\N{NO-BREAK SPACE}A"].startswith("Appendix A Form")
    assert "3.1.1 A breach is reported." in links["clause 3.1.1"]
    assert links["Online Safety Policy"] == "https://school.example/policies/online-safety/"
    assert (
        links["Online Safety Policy, clause\N{NO-BREAK SPACE}1.1"]
        == "https://school.example/policies/online-safety/#reporting"
    )
    assert links["Grievance Policy"] == "https://school.example/grievance.pdf"
    assert links["the guidance"] == "https://www.example.org/a?b=1&c=%3C2%3E"
    assert "the handbook" not in links


@pytest.mark.parametrize("address", UNSAFE)
def test_an_unsafe_address_is_printed_as_plain_words(address: str) -> None:
    """Only the web and e-mail can be reached from a PDF."""
    made = pdf(edition(Paragraph((Link(words("printed"), address),))))
    assert (_links(made), printed_words(made)) == ([], ["printed"])


def test_an_anchor_that_repeats_stands_for_its_first_place() -> None:
    """Two clauses under one label are both printed, and the reference leads to the first."""
    twice = (Clause(words("First."), label="x"), Clause(words("Second."), label="x"))
    links = _links(pdf(edition(*twice, Paragraph((Reference("", "x", words("there")),)))))
    assert [(text, "First." in target) for text, target in links] == [("there", True)]


def test_the_bytes_are_the_same_each_time() -> None:
    """In this process and in another, whose clock, folder and hashing differ."""
    code = "import hashlib, sys; from tests.render.test_pdf import *; print(sha256(pdf(hostile())).hexdigest())"
    environment = {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "PYTHONPATH": ":".join(filter(None, sys.path)),
        "LANG": "C",
    }
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    first = pdf(hostile())
    assert first == pdf(hostile())
    assert sha256(first).hexdigest() == other.stdout.strip()


def test_only_our_fonts_are_embedded() -> None:
    """The machine's fonts are never used."""
    with pikepdf.open(BytesIO(pdf(SAMPLE))) as made:
        fonts = {
            str(item.BaseFont)[8:]
            for item in made.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        }
    families = {font.split("-")[0] for font in fonts}
    assert families == {"SourceSansPro", "DejaVuSansMono"}


def test_a_draft_is_marked_on_every_page_and_nothing_else_is() -> None:
    """The watermark is an artifact: it is seen, and it is not among the words."""
    drafts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf(DRAFT))]
    assert len(drafts) > 1
    assert all("DRAFT" in text for text in drafts)
    assert "DRAFT" not in _text(pdf(SAMPLE))
    assert "DRAFT" not in printed_words(pdf(DRAFT))


def test_a_notice_stands_under_the_title_and_at_the_foot_of_every_page() -> None:
    """Beside the page's number, which stays."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf(NOTICED))]
    assert [page.count(NOTICED.notice) for page in pages] == [2, *[1] * (len(pages) - 1)]
    assert len(pages) > 1
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))


def test_header_and_footer() -> None:
    """From the second page the header names the school and the policy; every page has its number."""
    first, second, *_ = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf(SAMPLE)))
    assert second.startswith(f"Example Primary School {SAMPLE.title}")
    assert (first.count(SAMPLE.title), second.count(SAMPLE.title)) == (1, 1)
    assert ("Page 1 of 2" in first, "Page 2 of 2" in second) == (True, True)


def test_the_title_block_stands_under_the_title() -> None:
    """Each of its rows, on the first page."""
    first = pypdfium2.PdfDocument(pdf(SAMPLE))[0].get_textpage().get_text_range()
    assert "Owner Headteacher\r\nApproved by Full Governing Board\r\nLast reviewed –\r\nDate for review –" in first
    assert "Related policies Online Safety Policy\r\nGrievance Policy\r\nStaff Handbook" in first


def test_a_header_row_is_repeated_on_the_next_page() -> None:
    """And tagged as header cells once."""
    rows = tuple((words(f"row {number}"),) for number in range(80))
    made = pdf(edition(Table((words("Heading of the column"),), rows)))
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]
    assert len(texts) > 1
    assert all("Heading of the column" in text for text in texts)
    assert printed_words(made).count("Heading") == 1


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    """Whatever the length of what stands before it, the first words of the section are on its page."""
    for filler in range(25, 45):
        before = tuple(Paragraph(words("Filler.")) for _ in range(filler))
        made = pdf(edition(*before, Section(1, words("Heading"), (Clause(words("Beginning.")),)), title="T"))
        texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]
        assert any("Heading\r\n1.1 Beginning." in text for text in texts), filler


def test_words_that_lead_on_to_a_list_stay_with_its_beginning() -> None:
    """A clause or a remark that ends in a colon is never the last line of a page."""
    for filler in range(25, 45):
        before = tuple(Paragraph(words("Filler.")) for _ in range(filler))
        clause = Clause(words("Clause:"), (Clause(words("Below.")),))
        remark = Paragraph(words("Remark:"))
        for leading, number, what in ((clause, "1.1", "Below."), (remark, "1", "Beginning.")):
            made = pdf(edition(*before, leading, Clause(words("Beginning.")), title="T"))
            texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]
            assert any(f":\r\n{number} {what}" in text for text in texts), filler


def test_words_never_leave_the_page() -> None:
    """Not even a word longer than a line, an address, or a clause six deep."""
    for number, page in enumerate(pypdfium2.PdfDocument(pdf(hostile()))):
        textpage = page.get_textpage()
        for index in range(textpage.count_chars()):
            sign = chr(raw.FPDFText_GetUnicode(textpage, index))
            left, _, right, _ = textpage.get_charbox(index)
            inside = LEFT < left <= right < RIGHT
            assert inside or not sign.strip("\u200b\r\n "), (number, textpage.get_text_range(index, 20))


def test_letters_of_many_languages_are_printed() -> None:
    """A pupil's name is printed in the letters it is written in."""
    names = "Żółć Łukasz Ελένη Сергей Nguyễn Ștefan Ågot ½ ≥ → ✓ ☐"
    assert printed_words(pdf(edition(Paragraph(words(names))))) == names.split()
    assert set("محمد") <= set("".join(printed_words(pdf(edition(Paragraph(words("محمد")))))))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Smile 😀!", "“😀” (U+1F600 grinning face)"),
        ("学校", "“学” (U+5B66 cjk unified"),
        ("\ue000", "(U+E000 without a name)"),
    ],
)
def test_a_character_without_a_font_is_named(text: str, named: str) -> None:
    """Rather than print an empty box, the PDF is not made."""
    with pytest.raises(UnableError) as refused:
        pdf(edition(Paragraph(words(text)), title="Uniform"))
    assert "“Uniform”" in str(refused.value)
    assert named in str(refused.value)
    assert refused.value.advice


def test_it_can_be_made_after_a_refusal() -> None:
    """One policy that cannot be printed keeps no other from it."""
    with pytest.raises(UnableError):
        pdf(edition(Paragraph(words("😀"))))
    assert printed_words(pdf(SAMPLE)) == expected_words(SAMPLE)


def test_long_words_can_be_broken_and_addresses_between_their_parts() -> None:
    """Words that fit a line are left alone."""
    address = "https://www.example.org/a/rather/long/address/of/many/parts"
    assert printable(address) == address
    assert printable("x" * 39) == "x" * 39
    assert printable(LONG_WORD).replace("\u200b", "") == LONG_WORD
    assert max(map(len, printable(LONG_WORD).split("\u200b"))) == 8


def test_a_column_holds_its_longest_word() -> None:
    """And the longer cells get what is left; where nothing is left the words are smaller."""
    widths, scale = column_widths([["Safeguarding", "What"], ["a", "many words " * 20]], 80)
    assert (widths[0] >= 14, widths[1] > widths[0], scale) == (True, True, 1)
    assert column_widths([["x" * 30] * 4], 64) == ([32.0] * 4, 0.6)
