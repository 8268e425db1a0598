"""Bytes as text."""

from __future__ import annotations

import pytest

from policytool.model.inline import Position
from policytool.parse.markdown import policy as parse
from policytool.parse.text import LARGEST, text
from tests.cases import FRONT


@pytest.mark.parametrize("content", [b"a\r\nb\r\n", b"\xef\xbb\xbfa\nb\n", b"a\rb\r", b"\xef\xbb\xbfa\r\nb\n"])
def test_line_ends_and_a_byte_order_mark_are_no_findings(content: bytes) -> None:
    """However an editor saves a file, it is the same text."""
    assert text(content, "x.md") == ("a\nb\n", [])


def test_a_policy_saved_on_windows_is_the_same_policy() -> None:
    """With CRLF and a mark at its head."""
    source = FRONT + "# A {#a}\n\n1. one\n   two\n\n   > quoted\n\n| a |\n| --- |\n| b |\n{#t}\n"
    windows, found = text(b"\xef\xbb\xbf" + source.replace("\n", "\r\n").encode(), "x.md")
    assert found == []
    assert windows is not None
    assert parse(windows, "x", "x.md") == parse(source, "x", "x.md")


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (b"a\nb\xff", "PT101", (2, 2)),
        (b"\xef\xbb\xbfa\xff", "PT101", (1, 2)),
        (b"\xef\xbb\xbf\xff", "PT101", (1, 1)),
        (b"\xef\xbb", "PT101", (1, 1)),
        (b"\xff\xfea\0", "PT101", (1, 1)),
        ("£é\n".encode() + b"\xa3", "PT101", (2, 1)),
        (b"a\r\nb\rc\0", "PT102", (3, 2)),
        ("é\x0cb\x07\n\x7f".encode(), "PT104", (1, 2)),
    ],
)
def test_what_is_no_text_is_found_where_it_stands(content: bytes, code: str, place: tuple[int, int]) -> None:
    """The position counts characters, and neither the mark at the head nor the kind of line end."""
    _read, found = text(content, "x.md")
    assert (found[0].finding.code, found[0].position) == (code, Position(*place))


def test_control_characters_are_left_out_and_the_rest_is_read() -> None:
    """One finding a line."""
    read, found = text(b"a\x01b\x02\nc\x7f\n", "x.md")
    assert read == "ab\nc\n"
    assert [one.position for one in found] == [(1, 2), (2, 2)]


def test_a_file_of_five_megabytes_is_read_and_a_larger_one_is_not() -> None:
    """To the byte."""
    assert text(b"a" * LARGEST, "x.md")[1] == []
    read, found = text(b"a" * (LARGEST + 1), "x.md")
    assert (read, [one.finding.code for one in found], found[0].position) == (None, ["PT103"], None)
