"""The tokens of a table -> Table, every cell accounted for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it.token import Token

from policytool.model.block import Alignment, Row, Table
from policytool.model.inline import Position
from policytool.parse.findings import LONG_ROW
from policytool.parse.markdown.attributes import LABEL_LINE, Attributes, attributes, split
from policytool.parse.markdown.ground import Ground, Source
from policytool.parse.markdown.words import words

_BAR = re.compile(r"(?<!\\)\|")
# What may stand on a row's line before the row: the signs of quotations and lists that the table stands in.
_BEFORE = re.compile(r"(?:\s|>|(?:[-+*]|[0-9]{1,9}\.|[a-z]{1,8}\))(?=\s))*")


@dataclass(frozen=True, slots=True)
class _Read:
    """A row of a table; or, in place of one, the braces that Markdown took for a row."""

    cells: Row
    braces: Attributes | None = None


def read_table(tokens: list[Token], index: int, source: Source, position: Position) -> tuple[int, Table]:
    """The table whose tokens begin at the index, and the index after them."""
    rows: list[_Read] = []
    alignments: list[Alignment] = []
    while tokens[index].type != "table_close":
        if tokens[index].type == "tr_open":
            end = next(at for at in range(index, len(tokens)) if tokens[at].type == "tr_close")
            cells = tokens[index:end]
            alignments = alignments or [_alignment(cell) for cell in cells if cell.type == "th_open"]
            rows.append(_row(cells, source))
            index = end
        index += 1
    label = ""
    if rows[-1].braces is not None:
        label = _label(rows.pop().braces, source)
    header, *body = (row.cells for row in rows)
    return index + 1, Table(header, tuple(body), tuple(alignments), label, position)


def _label(braces: Attributes | None, source: Source) -> str:
    if braces is None:
        return ""
    braces.refuse(source, "a table")
    return braces.label


def _row(tokens: list[Token], source: Source) -> _Read:
    line = tokens[0].map[0] if tokens[0].map else 0
    text, cells = source.lines[line], []
    begin = column = _BEFORE.match(text).end()  # type: ignore[union-attr]  # it matches nothing at least
    for token in tokens:
        if token.type == "inline":
            typed = token.content.replace("|", "\\|")
            column = max(text.find(typed, column), column)
            cells.append((token.content, Ground(source, token.content, line, column)))
            column += len(typed)
    if LABEL_LINE.match(text, begin):
        content, ground = cells[0]
        return _Read((), attributes(split(content)[1], ground))
    _check_length(line, begin, len(cells), source)
    return _Read(tuple(words(ground, content) for content, ground in cells))


def _check_length(line: int, begin: int, columns: int, source: Source) -> None:
    text = source.lines[line].rstrip()
    bars = [match.start() for match in _BAR.finditer(text, begin + text.startswith("|", begin), len(text) - 1)]
    if len(bars) >= columns:
        where = source.position(line, bars[columns - 1])
        source.report(LONG_ROW, where, f"this row has {len(bars) + 1} cells, the table has {columns} columns")


def _alignment(token: Token) -> Alignment:
    style = str(token.attrs.get("style", ""))
    for alignment in ("left", "center", "right"):
        if style.endswith(alignment):
            return alignment
    return ""
