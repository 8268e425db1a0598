"""PDFs that LibreOffice printed from Word files, as schools have them: every word is found, and in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest

from bench.generate import write_policy
from policytool.model.block import Clause, Item, Section, words_of
from policytool.model.inline import plain
from policytool.model.numbering import numbered
from policytool.model.piece import Found
from policytool.model.policy import Policy
from policytool.parse.drafting import drafted
from policytool.parse.markdown import policy
from policytool.parse.pdf import found
from policytool.parse.word import found as found_in_word
from policytool.render.edition import Edition
from policytool.render.pdf import pdf
from policytool.render.word import word
from tests.parse import pdf_files
from tests.parse.pdf_files import HEADINGS, LONG_WORDS, PROSE, TABLE
from tests.sample import LIBRARY

if TYPE_CHECKING:
    from policytool.model.piece import Piece

POLICY = policy(write_policy(60, 11).split("---\n", 2)[2], "policy", "source/policy.md")[0]
EDITION = Edition(POLICY, LIBRARY)
OURS = word(EDITION)
SHAPES = {
    "lists": pdf_files.lists(),
    "running": pdf_files.running(),
    "leaders": pdf_files.contents(leaders=True),
    "listed": pdf_files.contents(leaders=False),
    "ruled": pdf_files.table(lines=True),
    "bare": pdf_files.table(lines=False),
    "merged": pdf_files.table(lines=True, merged=True),
    "columns": pdf_files.columns(),
    "hyphens": pdf_files.hyphens(),
    "landscape": pdf_files.landscape(),
    "looks": pdf_files.looks(),
    "ours": OURS,
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Found]:
    """What is found in each of the shapes, printed by one LibreOffice."""
    made = pdf_files.printed(tmp_path_factory.mktemp("printed"), SHAPES)
    read = {name: found(content) for name, content in made.items()}
    assert [diagnostics for _, diagnostics in read.values() if diagnostics] == []
    return {name: value for name, (value, _) in read.items() if value}


def lines(value: Found) -> list[tuple[str, str]]:
    """Each piece but tables: its marker and its words."""
    return [(piece.marker, " ".join(plain(piece.words).split())) for piece in value.pieces if not piece.rows]


def cells(piece: Piece) -> list[list[str]]:
    """The words of a table."""
    return [[plain(cell) for cell in row] for row in piece.rows]


def test_typed_and_automatic_numbers_and_bullets_are_markers(files: Mapping[str, Found]) -> None:
    """Each with all the lines of its words, and none of the next."""
    assert lines(files["lists"]) == [
        ("1.", "Aims"),
        ("1.1", f"{PROSE} {PROSE}"),
        ("1.2", PROSE),
        ("1.2.1", PROSE),
        ("(a)", PROSE),
        ("(b)", "a short one"),
        ("1.", f"In List Number. {PROSE}"),
        ("2.", f"In List Number. {PROSE}"),
        ("\uf0b7", f"In List Bullet. {PROSE}"),
        ("\uf0b7", f"In List Bullet 2. {PROSE}"),
        *((sign, f"Typed. {PROSE}") for sign in "•–▪o"),
    ]


def test_heads_and_feet_are_no_text_but_equal_lines_at_the_head_of_pages_are(files: Mapping[str, Found]) -> None:
    """All words of the text are there, in order; the page of pages, the school and the date of review stand aside."""
    value = files["running"]
    expected = [
        line
        for number in range(1, 9)
        for line in (
            (f"{number}.", f"Section {'abcdefgh'[number - 1]}"),
            *((f"{number}.{part}", " ".join([PROSE] * (1 + (number + part) % 4))) for part in range(1, 7)),
        )
    ]
    assert lines(value) == expected
    pages = max(piece.place.page for piece in value.pieces)
    assert {(aside.kind, aside.text) for aside in value.asides} == {
        ("header", "St Mary’s Primary School Attendance Policy"),
        *(("footer", f"Date of review: September 2024 Page {page} of {pages}") for page in range(1, pages + 1)),
    }


@pytest.mark.parametrize("name", ["leaders", "listed"])
def test_a_list_of_contents_stands_aside_with_leaders_and_without(files: Mapping[str, Found], name: str) -> None:
    """Numbers and headings stay in the text, once."""
    value = files[name]
    headed = [((f"{number}.", head), ("", f"{head} are told here. {PROSE}")) for number, head in enumerate(HEADINGS, 1)]
    assert lines(value) == [("", "Complaints Policy"), *(line for pair in headed for line in pair)]
    (aside,) = [aside for aside in value.asides if aside.kind == "contents"]
    assert aside.text.splitlines()[0] == "Contents"
    assert len(aside.text.splitlines()) == 1 + len(HEADINGS)


@pytest.mark.parametrize("name", ["ruled", "bare"])
def test_a_table_is_one_with_lines_and_without(files: Mapping[str, Found], name: str) -> None:
    """Between the paragraphs that it stands between."""
    before, grid, after = files[name].pieces
    assert [plain(before.words), plain(after.words)] == [f"Before. {PROSE}", f"After. {PROSE}"]
    assert cells(grid) == [list(row) for row in TABLE]


def test_merged_cells_stand_where_they_begin(files: Mapping[str, Found]) -> None:
    """A row of one cell, and a cell two rows deep."""
    (grid,) = [piece for piece in files["merged"].pieces if piece.rows]
    assert cells(grid)[0] == ["All across the top", "", ""]
    assert [row[1:] for row in cells(grid)[1:]] == [list(row[1:]) for row in TABLE]
    assert [row[0] for row in cells(grid)[1:4]] == ["Role", "Headteacher", "Governor"]


def test_two_columns_are_read_in_order(files: Mapping[str, Found]) -> None:
    """Every word of them, over columns and pages; lines that are not level across, and justified ones."""
    expected = [
        (f"{number}.", f"START{number} " + " ".join([PROSE] * (1 + number % 3)) + f" END{number}.")
        for number in range(1, 25)
    ]
    assert lines(files["columns"]) == [("", "Newsletter policy"), *expected]


def test_hyphens_of_lines_are_undone_and_those_of_words_are_kept(files: Mapping[str, Found]) -> None:
    """In narrow justified columns that LibreOffice hyphenated: no table is seen in their wide blanks."""
    expected = [" ".join(LONG_WORDS[(number + turn) % 3] for turn in range(4)) for number in range(12)]
    assert lines(files["hyphens"]) == [("", words) for words in expected]


def test_a_page_on_its_side_has_lines_of_its_own_length(files: Mapping[str, Found]) -> None:
    """The lines of an upright page are not short beside them."""
    assert lines(files["landscape"]) == [("", f"Upright. {PROSE}"), ("", f"Wide. {PROSE} {PROSE}")]


def test_letters_of_any_look_are_read_as_words(files: Mapping[str, Found]) -> None:
    """Headings have their size and weight; raised letters, ligatures and soft hyphens break no word."""
    value = files["looks"]
    assert [(plain(piece.words), piece.heading, piece.size) for piece in value.pieces if piece.bold] == [
        ("Behaviour Policy", 1, 22),
        ("Aims", 2, 14),
        ("Scope", 3, 11),
    ]
    assert [words for _, words in lines(value)[-2:]] == [
        "x2 of H2O on the 21st of May, SMALL office staff, fluffy affliction.",
        ("information and software " * 20).strip() + ".",
    ]


def test_a_policy_of_ours_is_found_in_its_print_as_in_its_word_file(files: Mapping[str, Found]) -> None:
    """Every number with its words, in order."""
    origin, _ = found_in_word(OURS)
    assert origin is not None
    expected = [(mark.strip("."), words) for mark, words in lines(origin) if mark[:1].isalnum() or mark[:1] == "("]
    got = [(mark.strip("."), words) for mark, words in lines(files["ours"])]
    assert len(expected) > 50
    assert [line for line in expected if (line[0], bare(line[1])) not in {(one, bare(two)) for one, two in got}] == []


def bare(words: str) -> str:
    """Words as they count here: raised marks and blanks are set in many ways, and “appendix A” as “Appendix A”."""
    return "".join(filter(str.isalnum, words.lower()))


def headed(whole: Policy) -> list[tuple[str, str]]:
    """All numbers of a policy with the first letters after them."""
    blocks = Policy("x", "X", blocks=numbered(whole.blocks)).walk()
    counted = [block for block in blocks if isinstance(block, Section | Clause | Item) and block.number]
    return [(str(block.number), bare(" ".join(map(plain, words_of(block))))[:8]) for block in counted]


@pytest.mark.parametrize("way", ["printed by LibreOffice", "built by us"])
def test_the_numbers_of_a_policy_come_back_from_its_print(files: Mapping[str, Found], way: str) -> None:
    """At least 99 % of them, in a draft made of the PDF."""
    value = files["ours"] if way == "printed by LibreOffice" else found(pdf(EDITION))[0]
    assert value is not None
    expected, got = headed(POLICY), headed(drafted(value, "x").policy)
    assert len(expected) > 50
    lost = [one for one in expected if one not in got]
    assert len(lost) * 100 <= len(expected), lost
