"""The Word file: what is in it by the standard, and what LibreOffice makes of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from hypothesis import given
from openxml_audit import OpenXmlValidator
from pypdfium2 import PdfDocument

from policytool.model.block import (
    Bullet,
    Clause,
    Footnote,
    Item,
    Paragraph,
    Preformatted,
    Quote,
    Section,
    Table,
    walk,
    words_of,
)
from policytool.model.inline import (
    Code,
    Emphasis,
    FootnoteMark,
    Inlines,
    LineBreak,
    Link,
    Numeral,
    Reference,
    Strong,
    Text,
)
from policytool.model.policy import Policy
from policytool.model.settings import Elsewhere, House
from policytool.model.standing import Standing
from policytool.render.edition import Edition
from policytool.render.word import word
from tests.render.word_cases import HARD, edition, library
from tests.sample import LIBRARY, POLICY, SETTINGS, words
from tests.strategies import policies
from tests.tools import missing
from tests.word_numbers import BULLETS, NAMES, Element, W, attribute, part, printed_paragraphs, printed_words
from tests.word_numbers import words_of as words_of_paragraph

SAMPLE = Edition(POLICY, LIBRARY)
DRAFT = replace(SAMPLE, draft=True)
NOTICED = replace(SAMPLE, standing=Standing(notice="Draft: changed since the wording approved in September 2023"))
HARD_ONES = edition(*HARD)
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TEXT_PARTS = ("document", "footnotes", "headerDefault", "headerFirst", "footerDefault", "footerFirst")
HOSTILE = (
    "</w:t></w:r><w:p>",
    "<w:p>&amp;",
    "]]><![CDATA[",
    "<?xml?><!-- -->",
    '" w:val="x',
    "REF x \\h } {",
    "%1.%2",
    "שלום עולם",
    "🙂 é ج",
)
UNSPEAKABLE = "a\x00b\x0bc\x1bd\ud800e\ufffef\uffffg"
EDITIONS = pytest.mark.parametrize(
    "printed", [SAMPLE, DRAFT, NOTICED, HARD_ONES], ids=["sample", "draft", "noticed", "hard"]
)


def parts(docx: bytes) -> Iterator[tuple[str, Element]]:
    """The parts that hold text, by name."""
    for name in TEXT_PARTS:
        yield name, part(docx, name)


def fields(root: Element) -> list[tuple[str, str]]:
    """The instruction and the cached result of every complex field of a part; an unclosed one fails."""
    found: list[tuple[str, str]] = []
    opened: list[list[str]] = []
    for node in root.iter(W + "fldChar", W + "instrText", W + "t"):
        kind = node.get(W + "fldCharType")
        if kind == "begin":
            opened.append(["", "", "instruction"])
        elif kind == "separate":
            opened[-1][2] = "result"
        elif kind == "end":
            instruction, result, state = opened.pop()
            assert state == "result"
            found.append((instruction.strip(), result))
        elif opened:
            opened[-1][0 if node.tag == W + "instrText" else 1] += node.text or ""
    assert not opened, "a field is not closed"
    return found


def values(root: Element, path: str, name: str) -> list[str]:
    """An attribute of every element at a path."""
    return [attribute(node, name) for node in root.iterfind(path, NAMES)]


def relationships(docx: bytes, name: str = "document") -> dict[str, str]:
    """The external relationships of a part: id to address."""
    document = Document(BytesIO(docx)).part
    owner = document if name == "document" else document.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    return {key: rel.target_ref for key, rel in owner.rels.items() if rel.is_external}


def links(docx: bytes) -> dict[str, str]:
    """The words of each link out of the document, and its address."""
    addresses = relationships(docx)
    nodes = part(docx, "document").iter(W + "hyperlink")
    return {words_of_paragraph(node): addresses[key] for node in nodes if (key := node.get(R + "id"))}


def model_paragraphs(printed: Edition) -> list[tuple[str, str]]:
    """What the model says is printed: the number and the words of each paragraph."""
    found: list[tuple[str, str]] = []
    for block in walk(printed.policy.blocks):
        number = block.number if isinstance(block, Section | Clause | Item) else None
        marker = number.marker if number else "•" if isinstance(block, Bullet) else ""
        own = [block.text] if isinstance(block, Preformatted) else [say(printed, cell) for cell in words_of(block)]
        found += [(marker, squeezed(text)) for text in own]
    return [(marker, text) for marker, text in found if marker or text]


def say(printed: Edition, inlines: Inlines) -> str:
    """Words as they are printed, written apart from the renderer's own."""
    said = ""
    for inline in inlines:
        if isinstance(inline, Text | Code | Numeral):
            said += inline.text
        elif isinstance(inline, Reference):
            said += say(printed, printed.cite(inline).children)
        elif isinstance(inline, Emphasis | Strong | Link):
            said += say(printed, inline.children)
        elif isinstance(inline, LineBreak):
            said += "\n"
    return said


def squeezed(text: str) -> str:
    """Runs of blanks as one."""
    return " ".join(text.split())


def typed_ones_apart(paragraphs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Paragraphs as they read, a number that is typed because Word cannot count so deep taken off its words."""
    apart = []
    for number, text in paragraphs:
        typed, tab, rest = text.partition("\t")
        apart.append((typed, squeezed(rest)) if tab and not number else (bullet(number), squeezed(text)))
    return apart


def bullet(number: str) -> str:
    """Any bullet as the first one."""
    return "•" if number in BULLETS else number


# The package


@EDITIONS
def test_it_is_valid_by_the_standard(printed: Edition, tmp_path: Path) -> None:
    """openxml-audit has nothing to say, not even a warning."""
    path = tmp_path / "policy.docx"
    path.write_bytes(word(printed))
    result = OpenXmlValidator().validate(path)
    assert [error.description for error in result.errors] == []
    assert result.is_valid


@EDITIONS
def test_the_same_edition_gives_the_same_bytes(printed: Edition) -> None:
    """Nothing depends on the clock, on an address in memory or on what was made before."""
    first = word(printed)
    word(HARD_ONES)
    assert word(printed) == first


def test_no_entry_of_the_zip_has_a_date() -> None:
    """Zip's first day stands for none."""
    with ZipFile(BytesIO(word(SAMPLE))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_python_docx_opens_it() -> None:
    """A second reader finds the properties and the real heading styles."""
    document = Document(BytesIO(word(DRAFT)))
    properties = document.core_properties
    assert (properties.title, properties.author) == (POLICY.title, "Example Primary School")
    assert (properties.subject, properties.language, properties.content_status) == ("policy", "en-GB", "Draft")
    assert properties.comments == ""
    assert [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"] == [
        "Foreword", "Purpose", "Who does what", "Conduct",
    ]  # fmt: skip


def test_it_is_in_british_english_and_in_the_present_word() -> None:
    """The proofing language, no compatibility mode, and no question to the reader on opening."""
    docx = word(SAMPLE)
    languages = values(part(docx, "styles"), "w:docDefaults/w:rPrDefault/w:rPr/w:lang", "val")
    settings = part(docx, "settings")
    modes = [
        node.get(W + "val")
        for node in settings.iterfind("w:compat/w:compatSetting", NAMES)
        if node.get(W + "name") == "compatibilityMode"
    ]
    assert (languages, modes) == (["en-GB"], ["15"])
    assert values(settings, "w:themeFontLang", "val") == ["en-GB"]
    assert settings.find(W + "updateFields") is None


def test_it_is_in_the_house_colour() -> None:
    """Headings and rules; and the next edition is in its own again."""
    house = replace(SETTINGS, house=House(colour="#8a1538"))
    red = word(Edition(POLICY, replace(LIBRARY, settings=house)))
    assert values(part(red, "styles"), "w:style[@w:styleId='Heading1']/w:rPr/w:color", "val") == ["8A1538"]
    assert b"1B365D" not in ZipFile(BytesIO(red)).read("word/styles.xml")
    assert values(part(word(SAMPLE), "styles"), "w:style[@w:styleId='Heading1']/w:rPr/w:color", "val") == ["1B365D"]


def test_what_is_not_a_colour_is_not_written() -> None:
    """A colour goes into attributes only when it is one."""
    house = replace(SETTINGS, house=House(colour='red"/>'))
    styles = part(word(Edition(POLICY, replace(LIBRARY, settings=house))), "styles")
    assert values(styles, "w:style[@w:styleId='Heading1']/w:rPr/w:color", "val") == ["1B365D"]


# Numbers


@EDITIONS
def test_word_prints_the_numbers_of_the_model(printed: Edition) -> None:
    """By the rules of the standard, as our own reader applies them; every paragraph's words as well."""
    assert typed_ones_apart(printed_paragraphs(word(printed))) == model_paragraphs(printed)


@given(policies())
def test_word_prints_the_numbers_of_any_policy(policy: Policy) -> None:
    """Whatever the tree, wherever a list begins."""
    printed = Edition(policy, library(policy))
    assert typed_ones_apart(printed_paragraphs(word(printed))) == model_paragraphs(printed)


def test_no_number_is_typed() -> None:
    """All of the sample's numbers are Word's own."""
    numbers = {str(block.number.marker) for block in walk(POLICY.blocks) if getattr(block, "number", None)}  # type: ignore[union-attr]
    for _, text in printed_paragraphs(word(SAMPLE)):
        assert text.partition("\t")[0] not in numbers


def test_headings_count_by_their_styles() -> None:
    """A heading that somebody adds in Word is numbered; and each style is the one its level names."""
    docx = word(SAMPLE)
    numbering, styles = part(docx, "numbering"), part(docx, "styles")
    for abstract, name in (("1", "Heading"), ("2", "Appendix")):
        linked = values(numbering, f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl/w:pStyle", "val")
        assert linked == [f"{name}{level}" for level in range(1, 7)]
        for style in linked:
            assert values(styles, f"w:style[@w:styleId='{style}']/w:pPr/w:numPr/w:numId", "val") == [abstract]
    heading = next(p for p in part(docx, "document").iter(W + "p") if words_of_paragraph(p) == "Governors")
    assert heading.find("w:pPr/w:numPr", NAMES) is None


def test_each_level_of_heading_has_its_outline_level() -> None:
    """The navigation pane and the contents list go by it."""
    styles = part(word(SAMPLE), "styles")
    for level in range(1, 7):
        assert values(styles, f"w:style[@w:styleId='Heading{level}']/w:pPr/w:outlineLvl", "val") == [str(level - 1)]
        assert styles.find(f"w:style[@w:styleId='Heading{level}']/w:pPr/w:keepNext", NAMES) is not None


# LibreOffice


@pytest.fixture(scope="module")
def in_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Edition], list[str]]:
    """What LibreOffice prints of an edition, line by line."""
    soffice = shutil.which("soffice")
    if not soffice:
        missing("LibreOffice, for a second opinion on the printed numbers")
    folder = tmp_path_factory.mktemp("libreoffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"

    def lines(printed: Edition) -> list[str]:
        source = folder / "policy.docx"
        source.write_bytes(word(printed))
        command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        pages = PdfDocument(folder / "policy.pdf")
        return [squashed(line) for page in pages for line in page.get_textpage().get_text_range().splitlines()]

    return lines


def squashed(text: str) -> str:
    """Without blanks, which a PDF may leave out, and without capitals."""
    return "".join(text.split()).casefold()


@pytest.mark.parametrize("printed", [SAMPLE, HARD_ONES], ids=["sample", "hard"])
def test_libreoffice_prints_the_numbers_of_the_model(
    printed: Edition, in_libreoffice: Callable[[Edition], list[str]]
) -> None:
    """It counts the paragraphs and works out the references by itself, and comes to the same.

    Capitals apart: what we print as "appendix A" is "Appendix A" once a reader has worked it out.
    """
    lines = in_libreoffice(printed)
    at = lines.index("contents")
    for marker, text in model_paragraphs(printed):
        if marker and marker != "•":
            wanted = squashed(marker + text)
            starts = (place for place in range(at, len(lines)) if "".join(lines[place : place + 9]).startswith(wanted))
            at = next(starts, -1)
            assert at >= 0, wanted


# Bookmarks and references


@EDITIONS
def test_every_reference_has_its_bookmark(printed: Edition) -> None:
    """REF, NOTEREF and the links inside the document, in every part; and no field is left open."""
    docx = word(printed)
    names = {name for _, root in parts(docx) for name in values(root, ".//w:bookmarkStart", "name")}
    for _, root in parts(docx):
        cited = [instruction.split()[1] for instruction, _ in fields(root) if "REF" in instruction]
        jumps = [attribute(node, "anchor") for node in root.iter(W + "hyperlink") if W + "anchor" in node.attrib]
        assert set(cited + jumps) <= names


@EDITIONS
def test_bookmarks_are_as_word_wants_them(printed: Edition) -> None:
    """Names of 40 characters at most, unique whatever their case; ids unique in the file; each one ended."""
    names, starts, ends = [], [], []
    for _, root in parts(word(printed)):
        names += values(root, ".//w:bookmarkStart", "name")
        starts += values(root, ".//w:bookmarkStart", "id")
        ends += values(root, ".//w:bookmarkEnd", "id")
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,39}", name) for name in names)
    assert len({name.lower() for name in names}) == len(names)
    assert len(set(starts)) == len(starts)
    assert sorted(starts) == sorted(ends)


@given(policies())
def test_references_and_bookmarks_fit_in_any_policy(policy: Policy) -> None:
    """The same two rules, whatever the tree."""
    printed = Edition(policy, library(policy))
    test_every_reference_has_its_bookmark(printed)
    test_bookmarks_are_as_word_wants_them(printed)


def test_everything_numbered_or_labelled_is_bookmarked() -> None:
    """A label gives its name to the bookmark, a number does where there is none."""
    names = values(part(word(SAMPLE), "document"), ".//w:bookmarkStart", "name")
    assert {"l_purpose", "l_at_school", "l_deep", "l_who_sees_what", "l_conduct", "l_form"} <= set(names)
    assert {"n_2", "n_2_1", "n_2_1_1", "n_1_b", "n_1_b_ii", "n_3_10", "a_A_1", "a_A_2_1"} <= set(names)


def test_long_labels_stay_apart() -> None:
    """Two labels that begin alike for 60 characters get two bookmarks, and each reference its own."""
    first, second = "l" + "o" * 60 + "ng-one", "l" + "o" * 60 + "ng-two"
    docx = word(
        edition(
            Clause((Reference("", first), Reference("", second))),
            Clause(words("x"), label=first),
            Clause(words("y"), label=second),
        )
    )
    cited = [instruction.split()[1] for instruction, _ in fields(part(docx, "document"))]
    assert len(set(cited)) == 2
    assert cited == [name for name in values(part(docx, "document"), ".//w:bookmarkStart", "name") if name in cited]


def test_references_are_live_fields() -> None:
    """REF with the number as it is printed: in full where it is an item's."""
    found = [found for found in fields(part(word(SAMPLE), "document")) if found[0].startswith("REF")]
    assert found == [
        ("REF l_purpose \\r \\h", "1"),
        ("REF l_at_school \\w \\h", "1(b)(i)"),
        ("REF l_deep \\r \\h", "3.1.1"),
        ("REF l_form \\r \\h", "appendix\N{NO-BREAK SPACE}A"),
    ]


def test_a_reference_to_a_passage_counts_what_it_stands_in() -> None:
    """Word prints 0 for a paragraph without a number."""
    docx = word(
        edition(
            Section(1, words("One"), (Clause(words("a"), (Paragraph(words("remark"), label="remark"),)),)),
            Clause((Text("see "), Reference("", "remark"))),
        )
    )
    assert ("REF n_1_1 \\r \\h", "1.1") in fields(part(docx, "document"))


def test_a_reference_to_what_word_cannot_count_is_a_link() -> None:
    """Its number is typed, so a field would not find it."""
    root = part(word(HARD_ONES), "document")
    jumps = {node.get(W + "anchor"): words_of_paragraph(node) for node in root.iter(W + "hyperlink")}
    assert "l_too_deep" in jumps
    assert not [instruction for instruction, _ in fields(root) if "l_too_deep" in instruction]


@pytest.mark.parametrize(
    ("own", "result"),
    [
        ((), "appendix\N{NO-BREAK SPACE}A"),
        ((Text("see Appendix "), Strong(words("{number}")), Text(", in ink")), "Appendix A"),
        ((Text("form {number}"),), "A"),
    ],
)
def test_the_word_before_an_appendix_is_in_the_field(own: Inlines, result: str) -> None:
    """Word works out "Appendix A", so that "appendix" before the field would be there twice."""
    form = Section(1, words("Form"), (Clause((Reference("", "form", own),)),), label="form", appendix=True)
    printed = edition(form)
    docx = word(printed)
    assert ("REF l_form \\r \\h", result) in fields(part(docx, "document"))
    assert typed_ones_apart(printed_paragraphs(docx)) == model_paragraphs(printed)


def test_a_reference_in_words_of_its_own_is_a_link() -> None:
    """There is no number to keep up to date."""
    docx = word(edition(Clause((Reference("", "b", words("the rules below")),)), Clause(words("b"), label="b")))
    [jump] = [node for node in part(docx, "document").iter(W + "hyperlink") if node.get(W + "anchor") == "l_b"]
    assert words_of_paragraph(jump) == "the rules below"


def test_a_reference_that_points_at_nothing_is_words() -> None:
    """Drafts may be built before they are right."""
    docx = word(edition(Clause((Reference("", "nowhere"), Reference("lost", "", words("the lost one"))))))
    assert ("1", "[#nowhere]the lost one") in printed_paragraphs(docx)


def test_a_reference_to_the_policy_itself_is_its_title() -> None:
    """There is no place in it to lead to."""
    docx = word(edition(Clause((Reference("", ""),))))
    assert printed_paragraphs(docx) == [("1", POLICY.title)]
    assert not [node for node in part(docx, "document").iter(W + "hyperlink") if node.get(W + "anchor")]


def test_references_to_other_policies() -> None:
    """A link to where it is published, words where it is not."""
    docx = word(SAMPLE)
    assert links(docx) == {
        "Online Safety Policy": "https://school.example/policies/online-safety/",
        "Online Safety Policy, clause\N{NO-BREAK SPACE}1.1": "https://school.example/policies/online-safety/#reporting",
        "Grievance Policy": "https://school.example/grievance.pdf",
        "the guidance": "https://www.example.org/a?b=1&c=%3C2%3E",
    }
    assert any("the handbook" in text for _, text in printed_paragraphs(docx))


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://x.example/a b?c=ü#d", "https://x.example/a%20b?c=%C3%BC#d"),
        ("HTTP://X.example:8080/100%", "http://X.example:8080/100%25"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
        ("mailto:head@school.example?subject=Hello there", "mailto:head@school.example?subject=Hello%20there"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("\\\\server\\share", None),
        ("//server/share", None),
        ("other.docx", None),
        ("https://[", None),
        ("https://x.example:port/", None),
        ("https:///path", None),
        ("https://a b/", None),
        ("mailto:", None),
        ("java\nscript:alert(1)", None),
        ("", None),
    ],
)
def test_only_safe_addresses_are_linked(address: str, target: str | None) -> None:
    """http, https and mailto, and of those only what is a URI; anything else is words."""
    docx = word(edition(Clause((Link(words("there"), address, "a “title” & more"),))))
    found = [node for node in part(docx, "document").iter(W + "hyperlink") if node.get(W + "tooltip")]
    assert links(docx).get("there") == target
    assert [node.get(W + "tooltip") for node in found] == (["a “title” & more"] if target else [])
    assert ("1", "there") in printed_paragraphs(docx)


def test_nothing_but_links_is_external() -> None:
    """The file fetches nothing when it is opened."""
    with ZipFile(BytesIO(word(DRAFT))) as archive:
        for name in archive.namelist():
            if name.endswith(".rels"):
                outside = re.findall(r'Type="([^"]*)"[^>]*TargetMode="External"', archive.read(name).decode())
                assert set(outside) <= {RELATIONSHIP_TYPE.HYPERLINK}


# The front and the furniture


def test_the_title_block() -> None:
    """A row for each label, the related policies one a line."""
    table = Document(BytesIO(word(SAMPLE))).tables[0]
    assert [(row.cells[0].text, [p.text for p in row.cells[1].paragraphs]) for row in table.rows] == [
        ("Owner", ["Headteacher"]),
        ("Approved by", ["Full Governing Board"]),
        ("Last reviewed", ["–"]),
        ("Date for review", ["–"]),
        ("Related policies", ["Online Safety Policy", "Grievance Policy", "Staff Handbook"]),
    ]


def test_the_contents_list() -> None:
    """A field that Word can update, with what it would print, each entry a link to its heading."""
    root = part(word(SAMPLE), "document")
    [frame] = root.iter(W + "sdt")
    entries = ["Foreword", "1\tPurpose", "2\tWho does what", "2.1\tHeadteacher", "2.2\tGovernors", "3\tConduct"]
    assert [words_of_paragraph(p) for p in frame.iter(W + "p")] == [
        "Contents", *entries, "Appendix A\tForm", "A.2\tSignature",
    ]  # fmt: skip
    assert [instruction for instruction, _ in fields(frame)] == ['TOC \\o "1-2" \\n \\h \\z \\u']
    headings = {
        attribute(node, "name"): words_of_paragraph(paragraph)
        for paragraph in root.iter(W + "p")
        for node in paragraph.iter(W + "bookmarkStart")
    }
    for link in frame.iter(W + "hyperlink"):
        assert words_of_paragraph(link).endswith(headings[attribute(link, "anchor")])


def test_without_sections_there_is_no_contents_list() -> None:
    """A contents list of nothing is an error message in Word."""
    docx = word(edition(Clause(words("only this"))))
    assert not list(part(docx, "document").iter(W + "sdt"))
    assert printed_paragraphs(docx) == [("1", "only this")]


def test_header_and_footer() -> None:
    """The organisation and the title, page x of y; on the first page, whose title is large, the organisation."""
    docx = word(SAMPLE)
    assert words_of_paragraph(part(docx, "headerDefault")) == f"Example Primary School\t{POLICY.title}"
    assert words_of_paragraph(part(docx, "headerFirst")) == "Example Primary School"
    for name in ("footerDefault", "footerFirst"):
        assert words_of_paragraph(part(docx, name)) == "Page 1 of 1"
        assert fields(part(docx, name)) == [("PAGE", "1"), ("NUMPAGES", "1")]


def test_a_notice_stands_in_the_footer_of_every_page() -> None:
    """In a style of its own, above the page's number."""
    docx = word(NOTICED)
    for name in ("footerDefault", "footerFirst"):
        lines = list(part(docx, name).iter(W + "p"))
        assert [words_of_paragraph(line) for line in lines] == [NOTICED.notice, "Page 1 of 1"]
        assert [attribute(style, "val") for style in lines[0].iter(W + "pStyle")] == ["FooterNotice"]


def test_a_long_title_gets_a_line_of_its_own_in_the_header() -> None:
    """Beside the organisation it would break in the middle of the line."""
    header = part(word(edition(Clause(words("x")), title="long " * 20)), "headerDefault")
    assert [squeezed(words_of_paragraph(p)) for p in header.iter(W + "p")] == [
        "Example Primary School", ("long " * 20).strip(),
    ]  # fmt: skip


def test_a_title_longer_than_a_property_may_be() -> None:
    """The property is cut, the title is not."""
    document = Document(BytesIO(word(edition(Clause(words("x")), title="t" * 300))))
    assert document.core_properties.title == "t" * 255
    assert document.paragraphs[0].text == "t" * 300


def test_the_page_is_a4() -> None:
    """210 by 297 mm, margins of 2 to 3 cm."""
    [section] = Document(BytesIO(word(SAMPLE))).sections
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    for margin in (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin):
        assert margin is not None
        assert 2 <= margin.cm <= 3


@pytest.mark.parametrize(("printed", "shown"), [(SAMPLE, 0), (DRAFT, 1)], ids=["final", "draft"])
def test_only_a_draft_is_marked(printed: Edition, shown: int) -> None:
    """On every page: once in each header."""
    for name in ("headerDefault", "headerFirst"):
        marks = part(word(printed), name).findall(".//{urn:schemas-microsoft-com:vml}shape")
        assert len(marks) == shown
        assert all("PowerPlusWaterMarkObject" in mark.attrib["id"] for mark in marks)


# Blocks and words


def test_tables_have_a_header_row() -> None:
    """It is repeated on each page, no row is torn apart, cells are aligned, the width is the text's."""
    root = part(word(SAMPLE), "document")
    [table] = [t for t in root.iter(W + "tbl") if values(t, "w:tblPr/w:tblStyle", "val") == ["PolicyTable"]]
    rows = table.findall(W + "tr")
    assert [row.find("w:trPr/w:tblHeader", NAMES) is not None for row in rows] == [True, False, False]
    assert all(row.find("w:trPr/w:cantSplit", NAMES) is not None for row in rows)
    assert values(rows[1], "w:tc/w:p/w:pPr/w:jc", "val") == ["left", "right"]
    assert sum(map(int, values(table, "w:tblGrid/w:gridCol", "w"))) == 9298 - 851


def test_tables_that_follow_each_other_stay_apart() -> None:
    """Word joins two tables that have nothing between them."""
    docx = word(edition(Table((words("a"),), ()), Table((words("b"),), ())))
    body = part(docx, "document").find(W + "body")
    assert body is not None
    assert all(after.tag == W + "p" for node, after in pairwise(body) if node.tag == W + "tbl")


def test_a_table_without_columns_is_nothing() -> None:
    """Word has no such thing."""
    assert printed_paragraphs(word(edition(Table((), ()), Clause(words("x"))))) == [("1", "x")]


def test_what_belongs_to_a_clause_stands_under_its_words() -> None:
    """By the indents: its paragraph, its item and its quote."""
    docx = word(
        edition(
            Clause(
                words("clause"),
                (
                    Paragraph(words("paragraph")),
                    Item("letter", words("item"), begins=True),
                    Quote((Paragraph(words("quote")),)),
                ),
            )
        )
    )
    indents = {
        words_of_paragraph(p): tuple(int(values(p, "w:pPr/w:ind", side)[0]) for side in ("left", "hanging"))
        for p in part(docx, "document").iter(W + "p")
        if p.find("w:pPr/w:ind", NAMES) is not None
    }
    left, hanging = indents["clause"]
    assert left == hanging
    assert indents["paragraph"] == (left, 0)
    assert indents["item"][0] - indents["item"][1] == left
    assert indents["quote"][0] > left


def test_however_deep_words_keep_part_of_the_line() -> None:
    """Twenty clauses in one another."""
    clause = Clause(words("last"))
    for depth in range(20):
        clause = Clause(words(str(depth)), (clause,))
    lefts = values(part(word(edition(clause)), "document"), ".//w:pPr/w:ind", "left")
    assert max(map(int, lefts)) <= 5600


def test_words_that_announce_what_follows_stay_with_it() -> None:
    """No colon at the foot of a page."""
    docx = word(edition(Clause(words("These are: "), (Bullet(words("this")),))))
    kept = [p for p in part(docx, "document").iter(W + "p") if p.find("w:pPr/w:keepNext", NAMES) is not None]
    assert "These are: " in [words_of_paragraph(p) for p in kept]


def test_preformatted_lines_are_kept() -> None:
    """Breaks, leading blanks and tabs."""
    docx = word(edition(Preformatted("one\n  two\n\n\tthree")))
    assert printed_paragraphs(docx) == [("", "one\n  two\n\n\tthree")]
    texts = part(docx, "document").iter(W + "t")
    assert [t.get("{http://www.w3.org/XML/1998/namespace}space") for t in texts if t.text == "  two"] == ["preserve"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(text: str, tmp_path: Path) -> None:
    """Everywhere a policy can put them, and the file stays valid."""
    run = words(text)
    printed = edition(
        Section(1, run, (Clause((Strong(run), Emphasis(run), Code(text), Link(run, f"https://x/{text}", text))),)),
        Table((run,), ((run,),)),
        Preformatted(text),
        Quote((Paragraph((*run, FootnoteMark("n", 1))),)),
        footnotes=(Footnote("n", (Paragraph(run),)),),
        title=text,
    )
    path = tmp_path / "policy.docx"
    path.write_bytes(word(printed))
    assert OpenXmlValidator().validate(path).is_valid
    assert [said for _, said in printed_paragraphs(path.read_bytes())] == [text, text * 4, text, text, text, text]
    assert Document(BytesIO(path.read_bytes())).core_properties.title == text
    assert " ".join(printed_words(path.read_bytes())).endswith(squeezed(text))


def test_what_xml_cannot_hold_is_left_out() -> None:
    """Control characters, lone surrogates and U+FFFE: the words round them stay."""
    printed = edition(
        Clause((Text(UNSPEAKABLE), Link(words("x"), "https://x.example/" + UNSPEAKABLE, UNSPEAKABLE))),
        Preformatted(UNSPEAKABLE),
        title=UNSPEAKABLE,
    )
    docx = word(printed)
    assert printed_paragraphs(docx) == [("1", "abcdefgx"), ("", "abcdefg")]
    assert links(docx)["x"] == "https://x.example/abcdefg"
    assert Document(BytesIO(docx)).core_properties.title == "abcdefg"


def test_emphasis_is_kept() -> None:
    """Bold, italics, both, and a style for code."""
    docx = word(edition(Paragraph((Strong((Text("b"), Emphasis(words("bi")))), Code("c"), Text("plain")))))
    runs = {run.text: run for run in Document(BytesIO(docx)).paragraphs[-1].runs}
    assert (runs["b"].bold, runs["b"].italic) == (True, None)
    assert (runs["bi"].bold, runs["bi"].italic) == (True, True)
    assert runs["c"].style.name == "Code"
    assert (runs["plain"].bold, runs["plain"].italic) == (None, None)


# Footnotes


def noted(*names: str) -> Clause:
    """A clause that cites footnotes."""
    return Clause((Text("noted"), *(FootnoteMark(name, number) for number, name in enumerate(names, 1))))


def test_footnotes_are_footnotes() -> None:
    """In the part that Word keeps them in, after its two separators, with their own mark."""
    docx = word(SAMPLE)
    notes = part(docx, "footnotes").findall(W + "footnote")
    assert [note.get(W + "type") for note in notes] == ["separator", "continuationSeparator", None]
    assert squeezed(words_of_paragraph(notes[2])) == "Data Protection Act 2018, section 10."
    assert values(part(docx, "document"), ".//w:footnoteReference", "id") == [notes[2].get(W + "id")]
    assert notes[2].find(".//w:footnoteRef", NAMES) is not None


def test_a_footnote_cited_twice_is_printed_once() -> None:
    """The second mark is a field that repeats the number of the first."""
    docx = word(
        edition(
            noted("a", "b"),
            noted("b"),
            footnotes=(Footnote("a", (Paragraph(words("A")),)), Footnote("b", (Paragraph(words("B")),))),
        )
    )
    root = part(docx, "document")
    assert values(root, ".//w:footnoteReference", "id") == ["1", "2"]
    assert fields(root)[-1] == ("NOTEREF f_2 \\f \\h", "2")
    assert {"f_1", "f_2"} <= set(values(root, ".//w:bookmarkStart", "name"))


def test_footnotes_hold_blocks_and_links(tmp_path: Path) -> None:
    """Bullets, tables and quotes; links have relationships of that part."""
    blocks = (
        Table((words("head"),), ((words("cell"),),)),
        Bullet((Link(words("there"), "https://x.example/"),)),
        Quote((Paragraph(words("quote")),)),
    )
    path = tmp_path / "policy.docx"
    path.write_bytes(word(edition(noted("n"), footnotes=(Footnote("n", blocks),))))
    assert OpenXmlValidator().validate(path).is_valid
    assert list(relationships(path.read_bytes(), "footnotes").values()) == ["https://x.example/"]
    assert printed_words(path.read_bytes())[-4:] == ["head", "cell", "there", "quote"]


def test_a_footnote_cited_only_in_a_footnote_is_printed_with_it() -> None:
    """Word has no footnotes to footnotes, and no words may be lost."""
    footnotes = (
        Footnote("a", (Paragraph((Text("A"), FootnoteMark("b", 2), FootnoteMark("a", 1))),)),
        Footnote("b", (Paragraph((Text("B"), FootnoteMark("b", 2))),)),
    )
    docx = word(edition(noted("a"), footnotes=footnotes))
    root = part(docx, "footnotes")
    assert [words_of_paragraph(p).strip() for p in root.iter(W + "p")][2:] == ["A", "B"]
    assert fields(root) == [("NOTEREF f_1 \\f \\h", "1")]


def test_a_footnote_that_does_not_exist_is_words() -> None:
    """As a reference that points at nothing."""
    assert printed_paragraphs(word(edition(noted("lost")))) == [("1", "noted[lost]")]


def test_the_words_of_the_sample() -> None:
    """All of them, numbers too, footnotes last: what other formats are compared with."""
    said = " ".join(f"{'' if number == '•' else number} {text}" for number, text in model_paragraphs(SAMPLE))
    assert printed_words(word(SAMPLE)) == [*said.split(), *["Data", "Protection", "Act", "2018,", "section", "10."]]


def test_an_organisation_elsewhere_without_an_address_is_words() -> None:
    """Also in the title block."""
    settings = replace(SETTINGS, elsewhere={"grievance": Elsewhere("Grievance Policy", "ftp://old.example/")})
    docx = word(Edition(POLICY, replace(LIBRARY, settings=settings)))
    assert "Grievance Policy" not in links(docx)
