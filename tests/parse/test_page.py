"""A web page -> a document as found: what stands round the text, lists of terms, footnotes."""

from __future__ import annotations

from policytool.model.inline import FootnoteMark, plain
from policytool.model.piece import Found
from policytool.parse.page import found


def read(body: str) -> Found:
    """A page with this body, as found."""
    made, wrong = found(f"<!DOCTYPE html><html><body>{body}</body></html>".encode())
    assert made is not None
    assert not wrong
    return made


def test_what_stands_round_the_text_stands_aside() -> None:
    """The way past it, and the name of the school over it; a head with a heading in it is text."""
    made = read(
        '<a href="#text">Skip to the text</a><header><p>Elm School</p></header>'
        "<header><h1>Lettings Policy</h1></header><p>Halls may be let.</p>"
    )
    assert [plain(piece.words) for piece in made.pieces] == ["Lettings Policy", "Halls may be let."]
    assert [(one.kind, one.text) for one in made.asides] == [("contents", "Skip to the text"), ("header", "Elm School")]


def test_a_list_of_terms_is_a_line_for_each() -> None:
    """As a title block has it; more than one value in a row."""
    made = read(
        "<dl><div><dt>Owner</dt><dd>Headteacher</dd></div>"
        "<dt>Related policies</dt><dd><ul><li>One</li><li>Two</li></ul></dd></dl>"
    )
    assert [plain(piece.words) for piece in made.pieces] == ["Owner: Headteacher", "Related policies: One; Two"]


def test_footnotes_are_told_from_the_text() -> None:
    """By the roles that marks and the ways back have in what this and other programs write."""
    made = read(
        '<p>Keys cost money.<sup><a href="#n" role="doc-noteref">1</a></sup></p><section><h2>Footnotes</h2><ol>'
        '<li id="n"><span>1 </span><p>Ten pounds.</p><a href="#back" role="doc-backlink">↩</a></li></ol></section>'
    )
    [piece] = made.pieces
    assert piece.words[-1] == FootnoteMark("1")
    assert [plain(note.words) for note in made.footnotes["1"]] == ["Ten pounds."]
    assert {one.text for one in made.asides} >= {"Footnotes", "↩"}
