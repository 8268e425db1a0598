"""Text, Markdown and web pages as people leave them, read as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.inline import plain
from policytool.model.piece import Found, Piece
from policytool.parse import page
from policytool.parse.markers import marker
from policytool.parse.plain import found


def read(text: str | bytes) -> Found:
    """A text as found."""
    done, wrong = found(text.encode() if isinstance(text, str) else text)
    assert done is not None, wrong
    return done


def told(pieces: tuple[Piece, ...]) -> list[tuple[str, str]]:
    """What is printed before each piece, and its words."""
    return [(piece.marker, plain(piece.words)) for piece in pieces]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("4.2.1 on behalf of", "4.2.1"),
        ("4. When", "4."),
        ("(a) clarify", "(a)"),
        ("a) clarify", "a)"),
        ("iv. clarify", "iv."),
        ("• clarify", "•"),
        ("- clarify", "-"),
        ("- 1.1 Staff", "1.1"),
        ("Appendix B", "Appendix B"),
        ("Section 3: Staff", "Section 3:"),
        ("Article 5 Duties", "Article 5"),
        ("1 Introduction", "1"),
        ("2023. It was", ""),
        ("5 days", ""),
        ("1.5 metres", ""),
        ("10.12.14 (Resources)", ""),
        ("20 September 2023", ""),
        ("Section 3 of the Act", ""),
        ("J. Jones, Chair", ""),
        ("(viz) that", ""),
        ("e.g. that", ""),
    ],
)
def test_what_is_typed_before_words_is_told_from_words(text: str, typed: str) -> None:
    """Numbers, letters and signs are; years, quantities, dates and initials are not."""
    mark, taken = marker(text)
    assert mark == typed
    assert text[:taken].strip().endswith(typed)


@given(st.text(max_size=60))
def test_a_marker_is_the_beginning_of_its_text(text: str) -> None:
    """Whatever the text."""
    mark, taken = marker(text)
    assert mark in text[:taken]


def test_headings_written_as_bullets_and_half_bold_are_read() -> None:
    """As converters leave them."""
    done = read("- 4. When at work**\n  - 4.1 Staff **must not** run.\n**9. Last**\n")
    assert told(done.pieces) == [("4.", "When at work"), ("4.1", "Staff must not run."), ("9.", "Last")]
    assert [piece.bold for piece in done.pieces] == [True, False, True]


def test_wrapped_lines_are_one_paragraph_and_short_ones_are_not() -> None:
    """A line goes on where the one before was long, or where it begins small."""
    long = "This is a sentence which is so long that it does not fit on a line"
    assert told(read(f"{long}\nOf any page.\n").pieces) == [("", f"{long} Of any page.")]
    assert len(read("Date: May 2020\nOwner: Head\n").pieces) == 2


def test_a_number_alone_on_its_line_belongs_to_the_next() -> None:
    """As PDFs are copied."""
    assert told(read("1.1\n\nStaff must.\n").pieces) == [("1.1", "Staff must.")]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfA \xc2\xa3\r\nb", "A £\r\nb".encode("utf-16"), b"A \xa3\rb"])
def test_any_common_encoding_is_read(content: bytes) -> None:
    """With byte order marks, and as Windows wrote it."""
    assert told(read(content).pieces) == [("", "A £ b")]


def test_a_page_is_read_and_nothing_of_it_is_run_or_lost() -> None:
    """Scripts, styles and comments stand beside the text."""
    content = (
        b"<title>Lettings</title><script>go()</script><!-- note --><h1>Lettings Policy</h1><p><b>1. Aims</b></p>"
        b"<ol type=a start=3><li>one <em>two</em></ol><table><tr><th>A<th>B<tr><td>1<td>2</table>tail"
    )
    done, _ = page.found(content)
    assert done is not None
    assert told(done.pieces) == [("", "Lettings Policy"), ("1.", "Aims"), ("(c)", "one two"), ("", ""), ("", "tail")]
    assert {aside.text for aside in done.asides} == {"go()", "note"}
    assert done.title == "Lettings"


@given(st.text(max_size=200))
def test_no_text_stops_the_reading(text: str) -> None:
    """Whatever stands in it."""
    found(text.encode("utf-8", "replace"))
    page.found(text.encode("utf-8", "replace"))


def test_a_page_nested_deep_is_read() -> None:
    """In bounded time, without a crash."""
    done, _ = page.found(b"<div>" * 50_000 + b"deep")
    assert done is not None
