"""Word files as found: every word, every number, and what stands beside the text."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import Literal
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings

from policytool.model.inline import Emphasis, FootnoteMark, LineBreak, Link, Strong, Text, plain
from policytool.model.library import Library
from policytool.model.piece import Found, Piece
from policytool.model.policy import Policy
from policytool.parse.word import found
from policytool.parse.word.blocks import lines
from policytool.render.edition import Edition
from policytool.render.word import word
from tests import word_numbers
from tests.parse.word_files import (
    abstract,
    begins,
    cell,
    changed,
    field,
    level,
    num,
    p,
    packed,
    r,
    row,
    table,
    word_file,
)
from tests.sample import LIBRARY, POLICY, SETTINGS
from tests.strategies import policies

DECIMAL = abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "(%3)"))


def read(docx: bytes, changes: Literal["accept", "reject"] = "accept") -> Found:
    """A Word file that can be read."""
    document, diagnostics = found(docx, changes=changes)
    assert diagnostics == []
    assert document is not None
    return document


def told(document: Found) -> list[str]:
    """The pieces as lines, their numbers before them."""
    return [lines([piece]) for piece in document.pieces]


def beside(document: Found) -> list[tuple[str, str]]:
    """What stands beside the text."""
    return [(one.kind, one.text) for one in document.asides]


def all_words(document: Found) -> Counter[str]:
    """Each word and number, wherever it went; a bullet is none."""
    pieces = [*document.pieces, *(piece for note in document.footnotes.values() for piece in note)]
    texts = [lines(pieces), *(one.text for one in document.asides)]
    return Counter(word for text in texts for word in text.split() if word not in word_numbers.BULLETS)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies())
def test_every_word_and_number_of_a_policy_that_was_built_is_found(policy: Policy) -> None:
    """Whatever stands beside whatever: held against what Word prints by the standard."""
    docx = word(Edition(policy, Library(SETTINGS, {policy.id: policy})))
    missing = Counter(word_numbers.printed_words(docx)) - all_words(read(docx))
    assert not missing


def test_the_numbers_of_a_policy_that_was_built_are_found_in_order() -> None:
    """Restarted lists, appendices, bullets."""
    docx = word(Edition(POLICY, LIBRARY))
    numbers = [piece.marker for piece in read(docx).pieces if piece.automatic]
    printed = [number for number, _ in word_numbers.printed_paragraphs(docx) if number]
    assert Counter(numbers) - Counter(printed) == Counter()
    assert numbers == [one for one in printed if one in numbers]


def test_numbers_are_counted_as_word_counts_them() -> None:
    """Levels, restarts, a list that begins anew, one that goes on."""
    lists = DECIMAL + num(1, 1) + num(2, 1, begins(0, 7)) + num(3, 1)
    places = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (1, 0), (2, 0)]
    made = read(word_file("".join(p("x", number=place) for place in places), numbering=lists))
    markers = [piece.marker for piece in made.pieces]
    assert markers == ["1.", "1.1", "1.2", "(a)", "2.", "2.1", "7.", "7.1", "8.", "9.", "10."]
    assert all(piece.automatic for piece in made.pieces)


FORMATS = {
    "decimal": "0 1 2",
    "decimalZero": "00 01 02",
    "lowerLetter": "0 a b",
    "upperRoman": "0 I II",
    "ordinal": "0th 1st 2nd",
    "cardinalText": "Zero One Two",
    "ordinalText": "Zeroth First Second",
    "none": "  ",
    "aiueo": "0 1 2",
}


@pytest.mark.parametrize("style", FORMATS)
def test_numbers_print_in_their_format_and_may_begin_at_nought(style: str) -> None:
    """One that is not known prints figures."""
    lists = abstract(1, level(0, style, "%1", 0)) + num(1, 1)
    made = read(word_file(p("x", number=(1, 0)) * 3, numbering=lists))
    assert " ".join(piece.marker for piece in made.pieces) == FORMATS[style]


def test_levels_restart_as_they_are_told_to() -> None:
    """Never, or after some level only; all figures in legal style."""
    lists = abstract(
        1,
        level(0, "upperRoman", "%1"),
        level(1, "decimal", "%1.%2", more='<w:lvlRestart w:val="0"/><w:isLgl/>'),
        level(2, "lowerLetter", "%3", more='<w:lvlRestart w:val="1"/>'),
    )
    places = [0, 1, 2, 1, 2, 0, 1, 2]
    made = read(word_file("".join(p("x", number=(1, at)) for at in places), numbering=lists + num(1, 1)))
    assert [piece.marker for piece in made.pieces] == ["I", "1.1", "a", "1.2", "b", "II", "2.3", "a"]


def test_styles_count_too_and_nought_takes_the_number_away() -> None:
    """A level bound to a style, a style based on it, a list that is a style of lists."""
    more = (
        '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/>'
        '<w:basedOn w:val="Clause"/></w:style><w:style w:type="paragraph" w:styleId="Part"><w:name w:val="Part"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="numbering" w:styleId="Lists">'
        '<w:name w:val="Lists"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    lists = abstract(
        1,
        level(0, "decimal", "Part %1", more='<w:pStyle w:val="Part"/>'),
        level(1, "decimal", "%1.%2", more='<w:pStyle w:val="Clause"/>'),
        more='<w:styleLink w:val="Lists"/>',
    )
    lists += abstract(2, more='<w:numStyleLink w:val="Lists"/>') + num(1, 1) + num(2, 2)
    body = p("x", "Part") + p("x", "Clause") + p("x", "Own") + p("x", "Own", number=(0, 0)) + p("x", number=(2, 1))
    made = read(word_file(body, numbering=lists, styles=more))
    assert [piece.marker for piece in made.pieces] == ["Part 1", "1.1", "1.2", "", "1.3"]


def test_bullets_are_signs_that_can_be_read() -> None:
    """A font of signs, and the letter o of another."""
    symbol = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/>'
    symbol += '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl>'
    lists = abstract(1, symbol, level(1, "bullet", "o")) + num(1, 1)
    made = read(word_file(p("x", number=(1, 0)) + p("x", number=(1, 1)), numbering=lists))
    assert [piece.marker for piece in made.pieces] == ["•", "◦"]


def test_typed_numbers_are_told_from_the_words() -> None:
    """With a tab or a blank, in bold or not; a year stays."""
    body = p("4.2\tStaff may") + p(r("(a)", "<w:b/>") + r(" pupils")) + p("2023. It was")
    made = read(word_file(body))
    assert told(made) == ["4.2 Staff may", "(a) pupils", "2023. It was"]
    assert [piece.marker for piece in made.pieces] == ["4.2", "(a)", ""]
    assert not any(piece.automatic for piece in made.pieces)
    assert made.pieces[1].words == (Text("pupils"),)


def test_headings_are_known_by_style_in_any_language_and_by_outline() -> None:
    """A style's own name, one based on it, a level said by the paragraph; and a title."""
    body = p("A policy", "Titel") + p("x", "berschrift1") + p("x", "Eigene") + p("x", "", '<w:outlineLvl w:val="2"/>')
    made = read(word_file(body + p("x", "berschrift1", '<w:outlineLvl w:val="9"/>')))
    assert [piece.heading for piece in made.pieces] == [0, 1, 2, 3, 0]
    assert made.title == "A policy"
    assert [piece.bold for piece in made.pieces] == [False, True, True, False, True]
    assert {piece.size for piece in made.pieces} == {11.0}


def test_words_look_as_they_are_set() -> None:
    """What is switched off is off; blanks stand outside; signs, hyphens, tabs and breaks are characters."""
    body = p(
        r("They ") + r("must ", "<w:b/>") + r("not", '<w:b w:val="0"/><w:i/>') + r(" ever", '<w:strike w:val="0"/>')
    )
    body += p(
        "<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b\xadc</w:t><w:softHyphen/><w:tab/><w:t>d</w:t><w:br/><w:t>e</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    )
    body += p(r("all", '<w:rStyle w:val="Fett"/>')) + p(r("plain", '<w:rStyle w:val="Fett"/>'), "berschrift1")
    made = read(word_file(body)).pieces
    assert made[0].words == (
        Text("They "),
        Strong((Text("must"),)),
        Text(" "),
        Emphasis((Text("not"),)),
        Text(" ever"),
    )
    assert made[1].words == (Text("a-bc d"), LineBreak(), Text("e✓"))
    assert (made[2].bold, made[3].bold) == (True, False)


def test_struck_and_hidden_words_are_left_out_and_told() -> None:
    """They are kept beside the text."""
    made = read(word_file(p(r("kept ") + r("struck", "<w:strike/>") + r("hidden", "<w:vanish/>"))))
    assert told(made) == ["kept"]
    assert beside(made) == [("deleted", "struck"), ("other", "hidden")]
    assert len(made.remarks) == 2


CHANGED = (
    p(r("Staff ") + changed("ins", r("should")) + changed("del", r("must", tag="delText")) + r(" ask."))
    + p(r("one "), "", f"<w:rPr>{changed('del', '')}</w:rPr>")
    + p("two")
    + p(changed("moveFrom", r("away")))
    + p(changed("moveTo", r("away")))
    + table(row(cell(p("gone"))), row(cell(p("stays")), cell(p("too"))))
).replace("<w:trPr></w:trPr>", f"<w:trPr>{changed('del', '')}</w:trPr>", 1)


def test_tracked_changes_are_accepted_or_rejected() -> None:
    """Inserted words are not lost, deleted ones are kept beside; paragraphs join; rows go."""
    made = read(word_file(CHANGED))
    assert told(made) == ["Staff should ask.", "one two", "away", "stays | too"]
    assert beside(made) == [("deleted", "must"), ("deleted", "gone")]
    assert made.remarks[-1].message.startswith("tracked changes were accepted")
    before = read(word_file(CHANGED), "reject")
    assert told(before) == ["Staff must ask.", "one", "two", "away", "gone | \nstays | too"]
    assert beside(before) == [("deleted", "should")]


def test_what_a_paragraph_said_before_counts_when_changes_are_rejected() -> None:
    """A number that was put before it is taken away again."""
    old = changed("pPrChange", '<w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>')
    docx = word_file(p("x", "", old, number=(1, 0)), numbering=DECIMAL + num(1, 1))
    assert (read(docx).pieces[0].marker, read(docx).pieces[0].heading) == ("1.", 0)
    assert (read(docx, "reject").pieces[0].marker, read(docx, "reject").pieces[0].heading) == ("", 1)


def test_links_and_fields_keep_their_words() -> None:
    """An address, a place in the document, a reference by its bookmark."""
    mark = '<w:bookmarkStart w:id="1" w:name="_Ref1"/><w:bookmarkEnd w:id="1"/>'
    body = p(mark + r("Staff")) + p(
        f'<w:hyperlink r:id="k">{r("site")}</w:hyperlink>'
        + r(" ")
        + field(" REF _Ref1 \\r \\h ", "4.2")
        + r(" ")
        + field('HYPERLINK "https://y.example"', "y")
        + field("PAGE", "3")
    )
    made = read(word_file(body, links={"k": "https://x.example"})).pieces
    assert made[0].bookmarks == ("_Ref1",)
    assert made[1].words == (
        Link((Text("site"),), "https://x.example"),
        Text(" "),
        Link((Text("4.2"),), "#_Ref1"),
        Text(" "),
        Link((Text("y"),), "https://y.example"),
        Text("3"),
    )


def test_a_contents_list_is_left_out_and_a_field_without_end_swallows_nothing() -> None:
    """By field, by style; the next heading ends a field that nobody ended."""
    opened = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    opened += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    body = p(opened + r("One\t1")) + p("Two\t2") + p("Three 3", "TOC1") + p("One", "berschrift1") + p("words")
    made = read(word_file(body))
    assert told(made) == ["One", "words"]
    assert [text for _, text in beside(made)] == ["One 1", "Two 2", "Three 3"]
    assert "no end" in made.remarks[0].message


def test_a_text_box_is_read_once_and_kept_beside() -> None:
    """Word writes it twice."""
    box = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    twice = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        "</mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    made = read(word_file(p(r("round it") + twice)))
    assert (told(made), beside(made)) == (["round it"], [("text box", "boxed")])


def test_tables_have_a_cell_for_each_column() -> None:
    """Merged cells leave empty ones behind; a table within one is lines; one cell alone is no table."""
    body = table(
        row(cell(p("wide"), '<w:gridSpan w:val="2"/>')),
        row(cell(p("tall"), '<w:vMerge w:val="restart"/>'), cell(p("a") + p("b"))),
        row(cell(p("<w:r/>"), "<w:vMerge/>"), cell(table(row(cell(p("c")), cell(p("d")))) + p("<w:r/>"))),
    ) + table(row(cell(p("framed"))))
    made = read(word_file(body))
    assert [[plain(words) for words in each] for each in made.pieces[0].rows] == [
        ["wide", ""],
        ["tall", "a b"],
        ["", "c d"],
    ]
    assert told(made)[1] == "framed"
    assert [remark.kind for remark in made.remarks] == ["look", "look", "guessed"]


def test_content_controls_footnotes_comments_and_furniture_are_read() -> None:
    """Words in a control are words; notes go by name; headers and footers are kept beside."""
    mark = '<w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
    body = f"<w:sdt><w:sdtContent>{p(r('chosen') + mark)}</w:sdtContent></w:sdt>"
    made = read(
        word_file(
            body,
            footnotes=f'<w:footnote w:id="7">{p("<w:r><w:footnoteRef/></w:r>" + r(" noted"))}</w:footnote>',
            comments=f'<w:comment w:id="0" w:author="Head">{p("why?")}</w:comment>',
            header=p("Approved by the FGB July 2020"),
            footer=p(field("PAGE", "1")),
        )
    )
    assert made.pieces[0].words == (Text("chosen"), FootnoteMark("1"))
    assert [lines(note) for note in made.footnotes.values()] == ["noted"]
    assert beside(made) == [("comment", "Head: why?"), ("header", "Approved by the FGB July 2020"), ("footer", "1")]


def test_an_indent_is_in_points() -> None:
    """The paragraph's own, else its list's."""
    levels = level(0, "decimal", "%1.", more='<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>')
    body = p("x", number=(1, 0)) + p("x", "", '<w:ind w:start="200"/>', number=(1, 0)) + p("x")
    made: tuple[Piece, ...] = read(word_file(body, numbering=abstract(1, levels) + num(1, 1))).pieces
    assert [piece.indent for piece in made] == [36.0, 10.0, 0.0]


def test_strict_open_xml_is_read_too() -> None:
    """It says the same under other names."""
    plain_one = word_file(p("x", "berschrift1", number=(1, 0)), numbering=DECIMAL + num(1, 1))
    with ZipFile(BytesIO(plain_one)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    place = b"http://schemas.openxmlformats.org/"
    for usual, strict in (
        (b"wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
        (b"officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ):
        files = {name: content.replace(place + usual, strict) for name, content in files.items()}
    [piece] = read(packed(files)).pieces
    assert (piece.marker, piece.heading, plain(piece.words)) == ("1.", 1, "x")


@pytest.mark.parametrize("changes", ["accept", "reject"])
def test_no_word_of_a_file_is_lost(changes: Literal["accept", "reject"]) -> None:
    """What is changed, moved, hidden, struck, boxed, framed, or in a damaged field is somewhere."""
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('boxed')}</w:txbxContent></v:textbox></w:pict></w:r>"
    hidden = r(" hidden", "<w:vanish/>") + r(" struck", "<w:dstrike/>")
    tall = row(cell(p("under"), "<w:vMerge/>"), cell(p("beside")))
    control = f"<w:p><w:sdt><w:sdtContent>{r('held')}</w:sdtContent></w:sdt></w:p>"
    body = CHANGED + p(r("round") + box + hidden) + table(tall, tall) + control + p(field("TOC", "entry"))
    body += p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("swallowed")) + p(changed("moveFrom", r("nowhere")))
    made = all_words(read(word_file(body), changes))
    for word_ in [
        "Staff",
        "must",
        "should",
        "one",
        "two",
        "away",
        "gone",
        "stays",
        "round",
        "boxed",
        "hidden",
        "struck",
        "under",
        "held",
        "entry",
        "swallowed",
        "nowhere",
    ]:
        assert made[word_], word_


def test_a_level_that_is_passed_over_counts() -> None:
    """As if its paragraph had been there; one that prints no number takes the full stop behind it away."""
    lists = DECIMAL + abstract(2, level(0, "none", ""), level(1, "decimal", "%1.%2", 5)) + num(1, 1) + num(2, 2)
    body = "".join(p("x", number=place) for place in [(1, 1), (1, 0), (1, 1), (2, 1), (2, 1)])
    assert [piece.marker for piece in read(word_file(body, numbering=lists)).pieces] == ["1.1", "2.", "2.1", "5", "6"]


def test_a_list_begins_anew_once() -> None:
    """At the first level that says so, whenever that comes."""
    lists = DECIMAL + num(1, 1) + num(2, 1, begins(0, 7) + begins(1, 3))
    body = "".join(p("x", number=place) for place in [(1, 0), (1, 1), (2, 2), (2, 0), (2, 1), (1, 0), (2, 0)])
    numbers = [piece.marker for piece in read(word_file(body, numbering=lists)).pieces]
    assert numbers == ["1.", "1.1", "(a)", "7.", "7.1", "8.", "9."]


@pytest.mark.parametrize(
    ("name", "level"),
    [("Überschrift 1", 1), ("Titre 2", 2), ("Heading 3,H3", 3), ("heading 4", 4), ("Heading", 0), ("Kopf 1", 0)],
)
def test_headings_of_programs_that_name_styles_in_their_own_language(name: str, level: int) -> None:
    """Word itself names them in English in every language."""
    style = f'<w:style w:type="paragraph" w:styleId="H"><w:name w:val="{name}"/></w:style>'
    [piece] = read(word_file(p("x", "H"), styles=style)).pieces
    assert piece.heading == level


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Lettings Policy", "Lettings Policy"),
        ("Title IX and Documents", "Title IX and Documents"),
        ("Microsoft Word - Document1", ""),
        ("Document 3", ""),
        ("[Document title]", ""),
        ("policy v2 FINAL.docx", ""),
        ("Untitled", ""),
    ],
)
def test_a_title_that_nobody_wrote_is_none(written: str, title: str) -> None:
    """Programs put their own where there is none."""
    package = "http://schemas.openxmlformats.org/package/2006/"
    core = (
        f'<c:coreProperties xmlns:c="{package}metadata/core-properties" '
        f'xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>{written}</d:title></c:coreProperties>'
    )
    kinds = {"word/document.xml": "x/officeDocument", "core.xml": f"{package}relationships/metadata/core-properties"}
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{kind}" Target="{target}"/>' for at, (target, kind) in enumerate(kinds.items())
    )
    named = f'<Relationships xmlns="{package}relationships">{relations}</Relationships>'
    docx = word_file(p("x"), raw={"core.xml": core.encode(), "_rels/.rels": named.encode()})
    assert read(docx).title == title


def test_boxes_of_forms_are_ticked_or_not() -> None:
    """As they were left, else as they were at first."""
    boxes = ("", '<w:default w:val="1"/>', '<w:default w:val="1"/><w:checked w:val="0"/>', "<w:checked/>")
    begin = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert told(read(word_file(p("".join(begin.format(box) + end for box in boxes))))) == ["☐☒☐☒"]


def test_what_is_written_above_words_is_kept_beside_them() -> None:
    """How they are said is not part of the text."""
    ruby = f"<w:r><w:ruby><w:rt>{r('said so')}</w:rt><w:rubyBase>{r('words')}</w:rubyBase></w:ruby></w:r>"
    document = read(word_file(p(ruby)))
    assert (told(document), beside(document)) == (["words"], [("other", "said so")])


def test_a_text_box_is_told_where_it_hangs() -> None:
    """At the paragraph, not after the words in it."""
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('a') + p('b')}</w:txbxContent></v:textbox></w:pict></w:r>"
    document = read(word_file(p("x") + p(box + r("host"))))
    places = [one.place for one in document.asides] + [one.place for one in document.remarks]
    assert [str(place) for place in places] == ["paragraph 2", "paragraph 2"]
