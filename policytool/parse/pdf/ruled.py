"""Ruled lines -> where tables are, where their columns begin and their rows end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import inf

from policytool.parse.pdf.sheet import Line, Rule

NEAR = 6.0
_TOUCH = 2.0
_FAR = 3.0
_MOST_OF = 0.6


def boxes(rules: Iterable[Rule]) -> list[Rule]:
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
    apart = [x for index, x in enumerate(sides) if not index or x - sides[index - 1] > NEAR]
    if len(apart) < 3:  # noqa: PLR2004 - two columns
        return None
    return Rule(apart[0], min(rule.bottom for rule in band), apart[-1], max(rule.top for rule in band))


def holds(box: Rule, line: Line) -> bool:
    """Whether a line stands in a box."""
    return box.bottom - 1 <= line.base <= box.top + 1 and box.left - NEAR <= line.left <= box.right


def uprights(rules: Iterable[Rule], box: Rule) -> list[float]:
    """Where the columns begin in a box: its upright lines, but for the last."""
    inside = sorted(
        rule.left
        for rule in rules
        if not rule.level and rule.bottom >= box.bottom - 2 and rule.top <= box.top + 2
        if box.left - 2 <= rule.left < box.right - NEAR
    )
    return [x for index, x in enumerate(inside) if not index or x - inside[index - 1] > NEAR]


def foot(rules: Iterable[Rule], line: Line) -> float:
    """Where the level lines end that begin above a line and are as long as each other; infinity for none."""
    lines = [rule for rule in rules if rule.level and rule.left <= line.left + 1 and rule.right >= line.right - 1]
    above = min((rule for rule in lines if rule.bottom > line.base), key=lambda rule: rule.bottom, default=None)
    if above is None or above.bottom - line.base > _FAR * line.size:
        return inf
    alike = [
        rule.bottom for rule in lines if abs(rule.left - above.left) < _TOUCH and abs(rule.right - above.right) < _TOUCH
    ]
    return min(alike) if len(alike) > 2 else inf  # noqa: PLR2004 - over and under two rows


def levels(rules: Iterable[Rule], low: float, high: float, width: float) -> list[float]:
    """The heights at which level lines go through most of a table; cells may have lines of their own."""
    covered: Counter[int] = Counter()
    for rule in rules:
        if rule.level and low < rule.bottom < high:
            covered[round(rule.bottom)] += round(rule.right - rule.left)
    return [float(height) for height, length in covered.items() if length > _MOST_OF * width]
