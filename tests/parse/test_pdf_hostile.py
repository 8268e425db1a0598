"""PDFs that are damaged, scanned, or made to harm: read or refused with a word, soon, and never with an exception."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytool.model.inline import plain
from policytool.model.piece import Remark
from policytool.parse.pdf import RECOGNISED, found
from tests.parse.pdf_files import PROSE, by_hand, said, scanned
from tests.parse.test_pdf import COLUMNS, HEADED, NOTED, TABLE, made

SOON = 5.0
"""Seconds of the processor; far more than any of these takes."""
STARTS = {"Aims of it.": 700, "Duties of all.": 600, "Records kept.": 500, "Review each year.": 400}
PAGES = by_hand(*(said(50, place, f"{words} {PROSE}", "/F 6") for words, place in STARTS.items()))
WHOLE = {name: made(source) for name, source in (("table", TABLE), ("noted", NOTED), ("columns", COLUMNS))}


def codes(content: bytes) -> list[str]:
    """What is told of a file; it is read, or one thing is, and soon."""
    before = process_time()
    value, diagnostics = found(content)
    assert process_time() - before < SOON
    assert (value is None) == bool(diagnostics)
    return [one.finding.code for one in diagnostics]


def test_a_scan_is_refused() -> None:
    """Its pages are pictures: nobody guesses the words."""
    assert codes(scanned(made(HEADED))) == ["PT172"]


def test_pages_that_are_pictures_among_others_are_told_one_by_one() -> None:
    """The others are read."""
    value, diagnostics = found(scanned(PAGES, range(1, 3)))
    assert diagnostics == []
    assert value is not None
    assert [plain(piece.words)[:5] for piece in value.pieces] == ["Aims ", "Revie"]
    looks: list[Remark] = [remark for remark in value.remarks if remark.kind == "look"]
    assert [(one.place and one.place.page, one.message) for one in looks] == [
        (2, "a page that is a picture: it was not read"),
        (3, "a page that is a picture: it was not read"),
    ]


def test_words_that_a_scanner_put_under_a_picture_are_read_and_told() -> None:
    """Somebody has to hold them against the picture."""
    box = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q "
    value, _ = found(by_hand(f"{box}BT 3 Tr ET {said(50, 700, PROSE)}"))
    assert value is not None
    assert [one.message for one in value.remarks if one.kind == "look"] == [RECOGNISED]


TREES = {
    "a page tree that holds itself": PAGES.replace(b"/Kids[3 0 R", b"/Kids[2 0 R"),
    "a page that is its own parent": PAGES.replace(b"/Parent 2 0 R", b"/Parent 3 0 R"),
    "more pages than there are": PAGES.replace(b"/Count 4", b"/Count 999999999"),
    "pages that are not there": PAGES.replace(b"/Kids[3 0 R", b"/Kids[99 0 R"),
    "a content that is the page": PAGES.replace(b"/Contents 4 0 R", b"/Contents 3 0 R"),
    "a font that is the page": PAGES.replace(b"/F <<", b"/F 3 0 R/G <<"),
    "a size beyond all sizes": PAGES.replace(b"[0 0 600 800]", b"[0 0 1e38 -9e37]"),
    "no size": PAGES.replace(b"[0 0 600 800]", b"[0 0 0 0]"),
    "deep brackets": b"%PDF-1.7\n1 0 obj " + b"[" * 100_000 + b"\nendobj\ntrailer <</Root 1 0 R>>",
    "deep states": by_hand("q " * 50_000 + said(9, 9, "a word")),
    "words far away": by_hand(said(9e9, -9e9, "a word") + said(50, 700, PROSE)),
    "letters of no size": by_hand(said(50, 700, PROSE, "/F 0")),
    "letters beyond all sizes": by_hand(said(50, 700, PROSE, "/F 1e30")),
    "many lines": by_hand("".join(f"{x} 9 m {x} 700 l S\n" for x in range(9_000)) + said(50, 700, PROSE)),
    "many words at one place": by_hand(said(50, 700, "a word") * 3_000),
}


@pytest.mark.parametrize("content", TREES.values(), ids=TREES)
def test_what_leads_nowhere_or_in_circles_ends(content: bytes) -> None:
    """Soon, with words or with a reason."""
    assert codes(content) in ([], ["PT170"], ["PT172"], ["PT173"])


@pytest.mark.parametrize("whole", WHOLE.values(), ids=WHOLE)
def test_what_breaks_off_is_read_or_refused(whole: bytes) -> None:
    """Wherever it does."""
    for end in range(0, len(whole), max(len(whole) // 40, 1)):
        codes(whole[:end])


@settings(max_examples=500)
@given(st.sampled_from(sorted(WHOLE)), st.lists(st.tuples(st.integers(0), st.integers(0, 7)), min_size=1, max_size=40))
def test_flipped_bits_do_no_harm(name: str, flips: list[tuple[int, int]]) -> None:
    """Any of them, anywhere in a real file."""
    content = bytearray(WHOLE[name])
    for place, bit in flips:
        content[place % len(content)] ^= 1 << bit
    codes(bytes(content))
