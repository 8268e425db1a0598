"""The words of a sheet -> its lines in the order in which they are read: column by column where there are columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import median

from policytool.parse.pdf.sheet import Line, Sheet, Word

WIDE = 0.9
"""From how many times the size on a blank inside a line is no blank between words."""
_RAISED = 0.65
_GUTTER = 0.8
_FEWEST = 5
_SHORTEST = 12.0
_FULL = 0.6

_SIDES = ("left", "right")

Row = list[Word]


def lines(sheet: Sheet) -> list[Line]:
    """The lines of a page, numbered from 1 in reading order. Words that stand askew are left out."""
    rows = _rows([word for word in sheet.words if not word.look.turned])
    read = [line for band in _bands(rows, sheet) for line in band]
    return [replace(line, number=number) for number, line in enumerate(read, start=1)]


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


def parts(words: Row | tuple[Word, ...], wide: float = WIDE) -> list[Row]:
    """A row cut at its wide blanks."""
    cut: list[Row] = [[words[0]]]
    for last, word in pairwise(words):
        if word.left - last.right > wide * max(last.look.size, word.look.size):
            cut.append([word])
        else:
            cut[-1].append(word)
    return cut


def _bands(rows: list[Row], sheet: Sheet) -> Iterator[list[Line]]:
    """Lines as they are read: where rows go on beside a gutter, all on its left and then all on its right."""
    gutter = _gutter(rows, sheet)
    number, held = 0, list[Row]()
    for row in rows:
        if gutter and not _crosses(row, gutter):
            held.append(row)
            continue
        yield from _columns(held, gutter, sheet.number, number)
        number, held = number + len(_SIDES) * bool(held), []
        yield [Line(tuple(row), sheet.number, column=number if gutter else 0)]
    yield from _columns(held, gutter, sheet.number, number)


def _columns(rows: list[Row], gutter: float, page: int, number: int) -> Iterator[list[Line]]:
    left = [row for row in ([word for word in row if word.left < gutter] for row in rows) if row]
    right = [row for row in ([word for word in row if word.left >= gutter] for row in rows) if row]
    for column, side in enumerate((left, right), start=1):
        yield [Line(tuple(row), page, column=number + column) for row in side]


def _crosses(row: Row, gutter: float) -> bool:
    """Whether a word, or a blank between two words, stands on the gutter."""
    if any(word.left < gutter < word.right for word in row):
        return True
    return any(
        last.right <= gutter <= word.left and word.left - last.right < _GUTTER * word.look.size
        for last, word in pairwise(row)
    )


def _gutter(rows: list[Row], sheet: Sheet) -> float:
    """Where the gutter between two columns is, 0.0 for none: text flows on both sides, and it is no table."""
    if len(rows) < _FEWEST:
        return 0.0
    starts = sorted(round(part[0].left) for row in rows for part in parts(row, _GUTTER)[1:])
    likely = sorted(set(starts), key=lambda x: -sum(abs(x - other) <= 2 for other in starts))  # noqa: PLR2004 - points
    for start in likely[:4]:
        gutter = start - 2.0
        if 0.25 * sheet.width < gutter < 0.75 * sheet.width and _flows(rows, gutter, sheet):
            return gutter
    return 0.0


def _flows(rows: list[Row], gutter: float, sheet: Sheet) -> bool:
    beside = [row for row in rows if not _crosses(row, gutter)]
    left = [part for row in beside if (part := [word for word in row if word.left < gutter])]
    right = [part for row in beside if (part := [word for word in row if word.left >= gutter])]
    ruled = any(abs(rule.left - gutter) < 20 and not rule.level for rule in sheet.rules)  # noqa: PLR2004 - points
    both = sum(row[0].left < gutter <= row[-1].left for row in beside)
    return not ruled and both >= _FEWEST and _is_text(left) and _is_text(right)


def _is_text(side: list[Row]) -> bool:
    """Whether most lines are long and without wide blanks, as running text has them."""
    if len(side) < _FEWEST:
        return False
    width = max(row[-1].right for row in side) - min(row[0].left for row in side)
    typical = median(row[-1].right - row[0].left for row in side)
    size = median(word.look.size for row in side for word in row)
    return typical > _FULL * width and width > _SHORTEST * size and median(len(parts(row)) for row in side) == 1
