"""The words of sheets -> their lines in the order in which they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from policytool.parse.pdf.columns import Row, crosses, gutter, read, sides
from policytool.parse.pdf.sheet import Line, Sheet, Word

_RAISED = 0.65


def lines(sheets: Sequence[Sheet]) -> list[list[Line]]:
    """The lines of each page, numbered from 1 in reading order. Words that stand askew are left out."""
    pages = [_rows([word for word in sheet.words if not word.look.turned]) for sheet in sheets]
    gutters = [gutter(rows, sheet) for rows, sheet in zip(pages, sheets, strict=True)]
    usual = Counter(filter(None, gutters)).most_common(1)
    made = []
    for sheet, rows, own in zip(sheets, pages, gutters, strict=True):
        at = own or (usual[0][0] if usual and _may_have(rows, usual[0][0]) else 0.0)
        read_so = enumerate(read(rows, at, sheet.number), start=1)
        made.append([replace(line, number=number) for number, line in read_so])
    return made


def _may_have(rows: list[Row], usual: float) -> bool:
    """Whether a page with too few lines to tell has the columns that others have."""
    return all(sides(rows, usual)) and not any(crosses(row, usual) for row in rows)


def askew(sheet: Sheet) -> str:
    """The words that do not run as the page does: a watermark, a note in the margin."""
    return " ".join(word.text for word in sheet.words if word.look.turned)


def _rows(words: list[Word]) -> list[Row]:
    """Words with one base line, left to right, from the top down. Raised words stand with what they touch."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: -word.base):
        if rows and rows[-1][0].base - word.base < 0.25 * max(word.look.size, rows[-1][0].look.size):
            rows[-1].append(word)
        else:
            rows.append([word])
    ordered = [sorted(row, key=lambda word: word.left) for row in rows]
    return _with_raised(ordered)


def _with_raised(rows: list[Row]) -> list[Row]:
    """Rows with footnote marks, and the like, put into the row that they stand in."""
    kept = [list(row) for row in rows]
    for index, row in enumerate(rows):
        for other in (index - 1, index + 1):
            if 0 <= other < len(rows):
                _raise(row, kept[index], rows[other], kept[other])
    return [sorted(row, key=lambda word: word.left) for row in kept if row]


def _raise(row: Row, left_over: Row, host: Row, grown: Row) -> None:
    """Move the small words of a row that touch a word of its neighbour."""
    size = max(word.look.size for word in host)
    if abs(row[0].base - host[0].base) > _RAISED * size:
        return
    for word in [word for word in row if word in left_over and word.look.size <= 0.85 * size]:
        if any(
            -1 < word.left - beside.right < 0.4 * size or -1 < beside.left - word.right < 0.4 * size for beside in host
        ):
            left_over.remove(word)
            grown.append(word)
