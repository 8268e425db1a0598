"""Where a block stands: what it is in, on which line and in which column."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from markdown_it.token import Token

from policytool.model.inline import Position
from policytool.parse.markdown.ground import Source

Inside: TypeAlias = Literal["policy", "clause", "item", "bullet", "quote", "footnote"]
AN: dict[Inside, str] = {
    "policy": "a policy",
    "clause": "a clause",
    "item": "an item",
    "bullet": "a bullet",
    "quote": "a quotation",
    "footnote": "a footnote",
}
"""The same with its article, for messages."""


class Place(NamedTuple):
    """What a run of blocks stands in: the kind of its parent, the line it begins on, the column of its words.

    In quotations (so many, one in another) and footnotes the indent is not measured.
    """

    inside: Inside
    line: int = -1
    column: int = 0
    measured: bool = True
    quotes: int = 0


class Mark(NamedTuple):
    """A list mark: as typed, its line, its column, the column of the words after it, its place in the file."""

    text: str
    line: int
    column: int
    content: int
    position: Position


def start(lines: list[str], token: Token, place: Place) -> tuple[int, int]:
    """Line and offset of a block's first character."""
    line = token.map[0] if token.map else max(place.line, 0)
    text = lines[line]
    begin = min(place.column, len(text)) if line == place.line else _after_quotes(text, place.quotes)
    return line, begin + len(text[begin:]) - len(text[begin:].lstrip())


def _after_quotes(line: str, quotes: int) -> int:
    """The offset on a line after the signs of so many quotations."""
    begin = 0
    for _ in range(quotes):
        sign = len(line) - len(line[begin:].lstrip())
        begin = sign + 1 if line[sign : sign + 1] == ">" else begin
    return begin


def mark(source: Source, token: Token, place: Place) -> Mark:
    """The mark before an item."""
    line = token.map[0] if token.map else 0
    text = source.lines[line]
    begin = place.column if line == place.line else 0
    sign = token.info + (token.markup or ")")
    column = max(text.find(sign, begin), 0)
    after = text[column + len(sign) :]
    gap = len(after) - len(after.lstrip(" "))
    content = column + len(sign) + (gap if 1 <= gap <= 4 and after.strip() else 1)  # noqa: PLR2004
    return Mark(sign, line, column, content, source.position(line, column))


def blanks(count: int) -> str:
    """A number of blanks in words: "3 blanks"."""
    return f"{count} blank{'' if count == 1 else 's'}"
