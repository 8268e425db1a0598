"""Lines -> tables and lines: rows of cells that stand under each other, with or without ruled lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, pairwise
from math import inf

from policytool.model.piece import Aside, Place
from policytool.parse.markers import marker
from policytool.parse.pdf.columns import parts
from policytool.parse.pdf.ruled import NEAR, boxes, foot, holds, levels, uprights
from policytool.parse.pdf.sheet import Line, Rule, Sheet, Word

_WIDE = 1.4
_RULED = 0.6
"""From how many times the size on a blank parts cells: without ruled lines, and with level ones."""
_SAME = 3.0
_FIRST = 6
"""A table that goes on begins before this line of a page; heads are numbered too."""
_BLANK, _NARROW, _EXACT = 0.2, 0.45, 1.0

LETTERED = re.compile(r"[A-Z]\d?(\.\d{1,3}){1,5}")
"""The number of a clause of an appendix: "A.2.1"."""

Cells = tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as found: rows of cells, each cell its lines; where its columns begin, and the page that it ends on."""

    rows: tuple[Cells, ...]
    first: Line
    lefts: tuple[float, ...] = ()
    page: int = 0


def with_tables(sheet: Sheet, lines: list[Line]) -> list[Line | Grid]:
    """The lines of a page, those of a table put together."""
    made: list[Line | Grid] = []
    framed = boxes(sheet.rules)
    at = 0
    while at < len(lines):
        end, lefts = _reach(sheet, framed, lines, at)
        if end - at > 1:
            made.append(Grid(tuple(_rows(sheet, lines[at:end], lefts)), lines[at], tuple(lefts), lines[at].page))
            at = end
        else:
            made.append(lines[at])
            at += 1
    return made


def joined(things: list[Line | Grid]) -> tuple[list[Line | Grid], list[Aside]]:
    """Tables that go on at the head of the next page as one; a first row that is printed once more stands aside."""
    made: list[Line | Grid] = []
    asides: list[Aside] = []
    for thing in things:
        last = made[-1] if made else None
        if isinstance(last, Grid) and isinstance(thing, Grid) and _goes_on(last, thing):
            again = _said(last.rows[0]) == _said(thing.rows[0])
            made[-1] = Grid((*last.rows, *thing.rows[again:]), last.first, thing.lefts, thing.page)
            at = Place(thing.first.number, "line", thing.first.page)
            asides += [Aside("header", _said(thing.rows[0]), at)] if again else []
        else:
            made.append(thing)
    return made, asides


def _goes_on(last: Grid, new: Grid) -> bool:
    alike = len(last.lefts) == len(new.lefts) and all(
        abs(one - two) < _SAME for one, two in zip(last.lefts, new.lefts, strict=True)
    )
    return alike and new.first.page == last.page + 1 and new.first.number < _FIRST


def _said(row: Cells) -> str:
    return " | ".join(" ".join(line.text for line in cell) for cell in row)


def _reach(sheet: Sheet, framed: list[Rule], lines: list[Line], at: int) -> tuple[int, list[float]]:
    """Up to which line a table goes that begins here, and where its columns begin; `at` for none."""
    ruled = next((box for box in framed if holds(box, lines[at])), None)
    if ruled is None:
        return _aligned(lines, at, foot(sheet.rules, lines[at]))
    end = at
    while end < len(lines) and holds(ruled, lines[end]):
        end += 1
    return end, uprights(sheet.rules, ruled)


def _cut(line: Line, wide: float = _WIDE) -> list[list[Word]]:
    """The cells of a line by its wide blanks; a number and the words after it are one."""
    cut = parts(line.words, wide)
    first = " ".join(word.text for word in cut[0])
    if len(cut) > 1 and (marker(f"{first}\tX")[1] == len(first) + 1 or LETTERED.fullmatch(first)):
        return [cut[0] + cut[1], *cut[2:]]
    return cut


def _cut_at(line: Line, lefts: list[float], narrow: float) -> list[list[Word]]:
    """The cells of a line of a table whose blanks are narrow: words begin just where columns do; [] where none do."""
    starts = [
        index
        for index, (last, word) in enumerate(pairwise(line.words), start=1)
        if word.left - last.right > narrow * word.look.size
        if any(abs(word.left - left) < _EXACT for left in lefts[1:])
    ]
    cells = [list(line.words[one:two]) for one, two in pairwise([0, *starts, len(line.words)])]
    return cells if starts and all(_within(cell, lefts) for cell in cells) else []


def _aligned(lines: list[Line], at: int, low: float) -> tuple[int, list[float]]:
    """A table without upright lines: lines cut at the same places; lines in one cell only may stand between."""
    lefts = [cell[0].left for cell in _cut(lines[at], _WIDE if low == inf else _RULED)]
    if len(lefts) < 2:  # noqa: PLR2004 - a table has two columns
        return at, []
    end = last = at + 1
    whole = 1
    for line in lines[at + 1 :]:
        cells = _cut_at(line, lefts, _BLANK if line.base > low else _NARROW) or _cut(line)
        fits = all(any(abs(cell[0].left - left) <= NEAR for left in lefts) for cell in cells)
        close = line.column == lines[at].column and lines[end - 1].base - line.base < 3 * line.size
        within = len(cells) > 1 or _within(cells[0], lefts)
        if not (fits and close and within):
            break
        end += 1
        if len(cells) > 1:
            whole, last = whole + 1, end
    whole_rows = [cells for line in lines[at:last] if len(cells := _cut_at(line, lefts, _NARROW) or _cut(line)) > 1]
    return (_tail(lines, last, end, lefts), lefts) if whole > 1 and not _is_stretched(whole_rows) else (at, [])


def _is_stretched(rows: list[list[list[Word]]]) -> bool:
    """Whether lines are justified text with wide blanks: they end at one place, and their last words begin at many."""
    rights, lefts = [row[-1][-1].right for row in rows], [row[-1][0].left for row in rows]
    figures = all(row[-1][-1].text.strip("£%.,()").isdigit() for row in rows)
    return max(rights) - min(rights) < 1 < max(lefts) - min(lefts) and not figures


def _within(cell: list[Word], lefts: list[float]) -> bool:
    """Whether words keep to their column."""
    column = _column(cell[0], lefts)
    return column + 1 == len(lefts) or cell[-1].right < lefts[column + 1]


def _tail(lines: list[Line], last: int, end: int, lefts: list[float]) -> int:
    """Lines after the last whole row are the end of one of its cells only in a later column."""
    while last < end and _column(lines[last].words[0], lefts) > 0:
        last += 1
    return last


def _column(word: Word, lefts: list[float]) -> int:
    return max((index for index, left in enumerate(lefts) if left <= word.left + NEAR), default=0)


def _rows(sheet: Sheet, lines: list[Line], lefts: list[float]) -> list[Cells]:
    """The rows: a new one under each ruled line, or else where the first column has words."""
    starts = _starts(sheet, lines, lefts)
    rows: list[Cells] = []
    for first, end in pairwise([*starts, len(lines)]):
        cells: list[list[Line]] = [[] for _ in lefts]
        for line in lines[first:end]:
            for column, words in groupby(line.words, partial(_column, lefts=lefts)):
                cells[column].append(replace(line, words=tuple(words)))
        rows.append(tuple(map(tuple, cells)))
    return rows


def _starts(sheet: Sheet, lines: list[Line], lefts: list[float]) -> list[int]:
    high, low = lines[0].base, lines[-1].base
    columns = [index for index, line in enumerate(lines) if not index or _column(line.words[0], lefts) == 0]
    heights = levels(sheet.rules, low, high, max(line.right for line in lines) - min(line.left for line in lines))
    ruled = [
        index
        for index in range(len(lines))
        if not index or any(lines[index].base < level <= lines[index - 1].base for level in heights)
    ]
    return ruled if len(ruled) * 2 >= len(columns) else columns
