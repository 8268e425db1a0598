"""Rows of words -> lines in reading order: where a page has two columns, all of its left one before its right one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from policytool.parse.pdf.sheet import Line, Sheet, Word

WIDE = 0.9
"""From how many times the size on a blank inside a line is no blank between words."""
_STRETCHED = 2.5
"""Up to how many times the size a blank may be one between the words of a justified line."""
_UNLIKE = 1.6
_GUTTER = 0.8
_FEWEST = 5
_SHORTEST = 12.0
_FULL = 0.6
_APART = 1.6
_SAME = 2.0
_MIDDLE = 0.25, 0.75
_BESIDE = 20.0

Row = list[Word]


def parts(words: Sequence[Word], wide: float = WIDE) -> list[Row]:
    """A row cut at its wide blanks; not at those of a justified line, which are all alike."""
    cut: list[Row] = [[words[0]]]
    least = _least(words)
    for last, word in pairwise(words):
        if word.left - last.right > max(wide * max(last.look.size, word.look.size), least):
            cut.append([word])
        else:
            cut[-1].append(word)
    return cut


def _least(words: Sequence[Word]) -> float:
    blanks = [word.left - last.right for last, word in pairwise(words) if not word.glued]
    justified = len(blanks) > 2 and max(blanks) < _STRETCHED * words[0].look.size  # noqa: PLR2004 - more than one is usual
    return _UNLIKE * median(blanks) if justified else 0.0


def gutter(rows: list[Row], sheet: Sheet) -> float:
    """Where the gutter between two columns is, 0.0 for none: text flows on both sides, and it is no table."""
    starts = Counter(round(part[0].left) for row in rows for part in parts(row, _GUTTER))
    inside = [x for x in starts if _MIDDLE[0] * sheet.width < x - _SAME < _MIDDLE[1] * sheet.width]
    likely = sorted(inside, key=lambda x: -sum(starts[x + by] for by in (-2, -1, 0, 1, 2)))
    return next((x - _SAME for x in likely[:4] if _flows(rows, x - _SAME, sheet)), 0.0)


def _flows(rows: list[Row], gutter: float, sheet: Sheet) -> bool:
    if any(abs(rule.left - gutter) < _BESIDE and not rule.level for rule in sheet.rules):
        return False
    left, right = sides([row for row in rows if not crosses(row, gutter)], gutter)
    return _abreast(left, right) and _is_text(left) and _is_text(right)


def sides(rows: list[Row], gutter: float) -> tuple[list[Row], list[Row]]:
    """What stands on the left of the gutter, and what on the right."""
    left = [row for row in ([word for word in row if word.left < gutter] for row in rows) if row]
    right = [row for row in ([word for word in row if word.left >= gutter] for row in rows) if row]
    return left, right


def _abreast(left: list[Row], right: list[Row]) -> bool:
    """Whether several rows of each side stand beside those of the other."""
    if not (left and right):
        return False
    low, high = max(left[-1][0].base, right[-1][0].base), min(left[0][0].base, right[0][0].base)
    return all(sum(low - 1 <= row[0].base <= high + 1 for row in side) >= _FEWEST for side in (left, right))


def _is_text(side: list[Row]) -> bool:
    """Whether most lines are long and without wide blanks, as running text has them."""
    width = max(row[-1].right for row in side) - min(row[0].left for row in side)
    typical = median(row[-1].right - row[0].left for row in side)
    size = median(word.look.size for row in side for word in row)
    return typical > _FULL * width and width > _SHORTEST * size and median(len(parts(row)) for row in side) == 1


def crosses(row: Row, gutter: float) -> bool:
    """Whether a word, or a blank between two words, stands on the gutter."""
    if any(word.left < gutter < word.right for word in row):
        return True
    return any(
        last.right <= gutter <= word.left and word.left - last.right < _GUTTER * word.look.size
        for last, word in pairwise(row)
    )


def read(rows: list[Row], gutter: float, page: int) -> Iterator[Line]:
    """The lines as they are read: where rows go on beside the gutter, all on its left and then all on its right."""
    number, held = 0, list[Row]()
    for row in rows:
        if gutter and not crosses(row, gutter):
            held.append(row)
            continue
        abreast, below = _ended(held, gutter)
        yield from _columns(abreast, gutter, page, number)
        number, held = number + 2 * bool(held), []
        yield from (Line(tuple(one), page, column=number if gutter else 0) for one in (*below, row))
    yield from _columns(held, gutter, page, number)


def _columns(rows: list[Row], gutter: float, page: int, number: int) -> Iterator[Line]:
    for column, side in enumerate(sides(rows, gutter), start=1):
        yield from (Line(tuple(row), page, column=number + column) for row in side)


def _ended(rows: list[Row], gutter: float) -> tuple[list[Row], list[Row]]:
    """The rows of two columns, and those below both, as a heading that stands before a line over the whole page."""
    last = max((index for index, row in enumerate(rows) if row[-1].left >= gutter), default=-1)
    for index in range(last + 1, len(rows)):
        if index == 0 or rows[index - 1][0].base - rows[index][0].base > _APART * rows[index][0].look.size:
            return rows[:index], rows[index:]
    return rows, []
