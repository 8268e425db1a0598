"""Lines -> tables and lines: rows of cells that stand under each other, with or without ruled lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from policytool.parse.markers import marker
from policytool.parse.pdf.columns import parts
from policytool.parse.pdf.sheet import Line, Rule, Sheet, Word

_NEAR = 6.0
_WIDE = 1.4
_TOUCH = 2.0
_NARROW, _EXACT = 0.45, 1.0

Cells = tuple[tuple[Word, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as found: rows of cells, each cell its words."""

    rows: tuple[Cells, ...]
    first: Line


def with_tables(sheet: Sheet, lines: list[Line]) -> list[Line | Grid]:
    """The lines of a page, those of a table put together."""
    made: list[Line | Grid] = []
    boxes = _boxes(sheet.rules)
    at = 0
    while at < len(lines):
        end, lefts = _reach(sheet, boxes, lines, at)
        if end - at > 1:
            made.append(Grid(tuple(_rows(sheet, lines[at:end], lefts)), lines[at]))
            at = end
        else:
            made.append(lines[at])
            at += 1
    return made


def _reach(sheet: Sheet, boxes: list[Rule], lines: list[Line], at: int) -> tuple[int, list[float]]:
    """Up to which line a table goes that begins here, and where its columns begin; `at` for none."""
    ruled = next((box for box in boxes if _holds(box, lines[at])), None)
    if ruled is None:
        return _aligned(lines, at)
    end = at
    while end < len(lines) and _holds(ruled, lines[end]):
        end += 1
    return end, _uprights(sheet, ruled)


def _holds(box: Rule, line: Line) -> bool:
    return box.bottom - 1 <= line.base <= box.top + 1 and box.left - _NEAR <= line.left <= box.right


def _boxes(rules: Iterable[Rule]) -> list[Rule]:
    """Where upright lines stand beside and on each other, as those of single cells do, at three places or more."""
    uprights = sorted((rule for rule in rules if not rule.level), key=lambda rule: -rule.top)
    bands: list[list[Rule]] = []
    low = 0.0
    for rule in uprights:
        if bands and rule.top >= low - _TOUCH:
            bands[-1].append(rule)
            low = min(low, rule.bottom)
        else:
            bands.append([rule])
            low = rule.bottom
    return [box for band in bands if (box := _box(band))]


def _box(band: list[Rule]) -> Rule | None:
    sides = sorted({round(rule.left) for rule in band})
    apart = [x for index, x in enumerate(sides) if not index or x - sides[index - 1] > _NEAR]
    if len(apart) < 3:  # noqa: PLR2004 - two columns
        return None
    return Rule(apart[0], min(rule.bottom for rule in band), apart[-1], max(rule.top for rule in band))


def _uprights(sheet: Sheet, box: Rule) -> list[float]:
    inside = sorted(
        rule.left
        for rule in sheet.rules
        if not rule.level and rule.bottom >= box.bottom - 2 and rule.top <= box.top + 2
        if box.left - 2 <= rule.left < box.right - _NEAR
    )
    return [x for index, x in enumerate(inside) if not index or x - inside[index - 1] > _NEAR]


def _cut(line: Line) -> list[list[Word]]:
    """The cells of a line by its wide blanks; a number and the words after it are one."""
    cut = parts(line.words, _WIDE)
    first = " ".join(word.text for word in cut[0])
    if len(cut) > 1 and marker(f"{first}\tX")[1] == len(first) + 1:
        return [cut[0] + cut[1], *cut[2:]]
    return cut


def _cut_at(line: Line, lefts: list[float]) -> list[list[Word]]:
    """The cells of a line of a table whose blanks are narrow: words begin just where columns do; [] where none do."""
    starts = [
        index
        for index, (last, word) in enumerate(pairwise(line.words), start=1)
        if word.left - last.right > _NARROW * word.look.size
        if any(abs(word.left - left) < _EXACT for left in lefts[1:])
    ]
    cells = [list(line.words[one:two]) for one, two in pairwise([0, *starts, len(line.words)])]
    return cells if starts and all(_within(cell, lefts) for cell in cells) else []


def _aligned(lines: list[Line], at: int) -> tuple[int, list[float]]:
    """A table without upright lines: lines cut at the same places; lines in one cell only may stand between."""
    lefts = [cell[0].left for cell in _cut(lines[at])]
    if len(lefts) < 2:  # noqa: PLR2004 - a table has two columns
        return at, []
    end = last = at + 1
    whole = 1
    for line in lines[at + 1 :]:
        cells = _cut_at(line, lefts) or _cut(line)
        fits = all(any(abs(cell[0].left - left) <= _NEAR for left in lefts) for cell in cells)
        close = line.column == lines[at].column and lines[end - 1].base - line.base < 3 * line.size
        within = len(cells) > 1 or _within(cells[0], lefts)
        if not (fits and close and within):
            break
        end += 1
        if len(cells) > 1:
            whole, last = whole + 1, end
    cut = [cells for line in lines[at:last] if len(cells := _cut_at(line, lefts) or _cut(line)) > 1]
    return (_tail(lines, last, end, lefts), lefts) if whole > 1 and not _is_stretched(cut) else (at, [])


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
    return max((index for index, left in enumerate(lefts) if left <= word.left + _NEAR), default=0)


def _rows(sheet: Sheet, lines: list[Line], lefts: list[float]) -> list[Cells]:
    """The rows: a new one under each ruled line, or else where the first column has words."""
    starts = _starts(sheet, lines, lefts)
    rows: list[Cells] = []
    for first, end in pairwise([*starts, len(lines)]):
        cells: list[list[Word]] = [[] for _ in lefts]
        for line in lines[first:end]:
            for word in line.words:
                held = cells[_column(word, lefts)]
                held.append(word)
        rows.append(tuple(map(tuple, cells)))
    return rows


def _levels(sheet: Sheet, low: float, high: float, width: float) -> list[float]:
    """The heights at which level lines go through most of a table; cells may have lines of their own."""
    covered: Counter[int] = Counter()
    for rule in sheet.rules:
        if rule.level and low < rule.bottom < high:
            covered[round(rule.bottom)] += round(rule.right - rule.left)
    return [float(height) for height, length in covered.items() if length > 0.6 * width]


def _starts(sheet: Sheet, lines: list[Line], lefts: list[float]) -> list[int]:
    high, low = lines[0].base, lines[-1].base
    columns = [index for index, line in enumerate(lines) if not index or _column(line.words[0], lefts) == 0]
    levels = _levels(sheet, low, high, max(line.right for line in lines) - min(line.left for line in lines))
    ruled = [
        index
        for index in range(len(lines))
        if not index or any(lines[index].base < level <= lines[index - 1].base for level in levels)
    ]
    return ruled if len(ruled) * 2 >= len(columns) else columns
