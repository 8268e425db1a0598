"""Lines -> paragraphs: which line goes on with the one before it.

The surest sign is room: a line that had room for the first word of the next one was ended on purpose. Then markers,
blank space between lines, size, weight, and indentation.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from policytool.parse.markers import BULLETS, marker
from policytool.parse.pdf.sheet import Line, Word
from policytool.parse.pdf.tables import LETTERED, Grid

_LOOSE = 1.3
_OTHER_SIZE = 0.8
_INDENT = 0.8
_ENDS = (".", "!", "?", ":", ";", ".”", ".’", '."', ".)")
_LONG_ITEM = 2
_NAMED = re.compile(r"[a-z]+\s", re.IGNORECASE)
_NOUN = re.compile(r"sections?|clauses?|paragraphs?|parts?|points?|pages?|appendix|schedule", re.IGNORECASE)
_CITES = re.compile(
    r"\b(sections?|clauses?|paragraphs?|parts?|points?|appendix|schedule|see|in|of|under|with|to|by|at)$", re.IGNORECASE
)
"""What a number goes on with that happens to begin the next line."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a document: how far its lines are apart by their size, and where columns end."""

    pitch: Mapping[float, float]
    edges: Mapping[tuple[int, int], float]

    def room(self, line: Line) -> float:
        """How much room there is after a line, in points."""
        return self.edges.get((line.page, line.column), line.right) - line.right


def measures(lines: Iterable[Line], widths: Mapping[int, float]) -> Measures:
    """The measures of a document's lines of text; `widths` are those of its pages, by their numbers."""
    steps: dict[float, Counter[float]] = defaultdict(Counter)
    rights: dict[tuple[int, int], list[float]] = defaultdict(list)
    whole = list(lines)
    for line in whole:
        rights[line.page, line.column].append(line.right)
    for one, two in pairwise(whole):
        step = round(one.base - two.base, 1)
        if one.page == two.page and one.size == two.size and 0 < step < 3 * one.size:
            steps[one.size][step] += 1
    return Measures({size: _pitch(size, found) for size, found in steps.items()}, _edges(rights, widths))


def _pitch(size: float, steps: Counter[float]) -> float:
    """The usual step: the smallest of those that are nearly as frequent as the most frequent one."""
    most = max(steps.values())
    usual = [step for step, count in steps.items() if count * 3 >= most and step >= 0.9 * size]
    return min(usual, default=1.2 * size)


def _edges(rights: Mapping[tuple[int, int], list[float]], widths: Mapping[int, float]) -> dict[tuple[int, int], float]:
    """Where columns end: on a page with hardly any lines, as on the others of its width."""
    widest: dict[tuple[float, int], float] = {}
    for (page, column), found in rights.items():
        like = round(widths[page]), column
        widest[like] = max(widest.get(like, 0.0), sorted(found)[-1 - len(found) // 20])
    return {
        (page, column): max(found) if len(found) > 12 else max(*found, widest[round(widths[page]), column])  # noqa: PLR2004 - lines
        for (page, column), found in rights.items()
    }


def paragraphs(things: list[Line | Grid], usual: Measures) -> list[list[Line] | Grid]:
    """Lines put together, tables as they are. A number or bullet alone on its line stands before the next line."""
    made: list[list[Line] | Grid] = []
    for thing in things:
        last = made[-1] if made else None
        if isinstance(thing, Line) and isinstance(last, list) and _goes_on(last, thing, usual):
            last.append(thing)
        else:
            made.append(thing if isinstance(thing, Grid) else [thing])
    return made


def is_marker(text: str) -> bool:
    """Whether a line is a number or a bullet and nothing else."""
    return text in BULLETS or marker(f"{text}\tX")[1] == len(text) + 1


def _goes_on(before: list[Line], line: Line, usual: Measures) -> bool:
    last = before[-1]
    near = _is_near(last, line, usual)
    if len(before) == 1 and is_marker(last.text):
        return (near or abs(last.base - line.base) < 2 * line.size) and not marker(line.text)[0]
    if LETTERED.fullmatch(line.words[0].text) and len(line.words) > 1 and last.text.endswith(_ENDS):
        return False
    if _differ(last, line) or not near or not _is_full(last, line, usual):
        return False
    if marker(line.text)[0] and not _is_inside(before, line):
        return False
    if last.page != line.page or last.column != line.column:
        return _over_the_edge(before, line)
    return _same_weight(before, line) and _indented_alike(before, line)


def _differ(last: Line, line: Line) -> bool:
    """Whether the sizes of two lines set them apart; an address in brackets is often a little smaller than its text."""
    apart = abs(last.size - line.size)
    return apart > _OTHER_SIZE and (last.bold or line.bold or apart > 0.12 * max(last.size, line.size))


def _is_near(last: Line, line: Line, usual: Measures) -> bool:
    """Whether no blank space stands between two lines; over the edge of a page or column nobody knows."""
    if last.page != line.page or last.column != line.column:
        return line.page - last.page <= 1
    pitch = max(usual.pitch.get(size, 1.2 * size) for size in (last.size, line.size))
    return -1 < last.base - line.base <= _LOOSE * pitch


def _is_full(last: Line, line: Line, usual: Measures) -> bool:
    """Whether the first word of the next line had no room on the last one."""
    if last.text.endswith("-") and line.text[:1].islower():
        return True
    needed = _first(line).right - line.left + 0.3 * line.size
    slack = (
        max(line.size, 0.08 * (last.right - last.left))
        if line.text[:1].islower() and not last.text.endswith(_ENDS)
        else 0.2 * line.size
    )
    return usual.room(last) < needed + slack


def _first(line: Line) -> Word:
    """The last word of those that a line cannot be broken between: "clause 4.2" often has a firm blank."""
    first = line.words[0]
    for index, word in enumerate(line.words[1:]):
        if not word.glued and (index or not (_NOUN.fullmatch(first.text) and word.text[0].isdigit())):
            break
        first = word
    return first


def _is_inside(before: list[Line], line: Line) -> bool:
    """Whether what looks like a marker is the middle of a sentence ("as in / 5.3 of this policy")."""
    sign = marker(line.text)[0]
    if sign in BULLETS or before[-1].text.endswith(_ENDS):
        return False
    if _NAMED.match(sign) or (_CITES.search(before[-1].text) and sign[0].isdigit()):
        return True
    if before[-1].text.endswith((",", " and", " or")):
        return False
    hanging = len(before) > 1 or bool(marker(before[0].text)[0])
    return hanging and abs(line.left - _text_left(before)) < 2 and abs(line.left - before[0].left) > 2  # noqa: PLR2004


def _over_the_edge(before: list[Line], line: Line) -> bool:
    """Whether a paragraph goes on over the end of a page or column; its last line is full."""
    last = before[-1]
    if last.bold != line.bold:
        return False
    if last.text.endswith(_ENDS):
        left = _text_left(before)
        return last.page != line.page and left > before[0].left + 1 and abs(line.left - left) < 1
    return line.text[:1].islower() or last.text.endswith(("-", ",")) or not line.bold


def _same_weight(before: list[Line], line: Line) -> bool:
    """Whether a heading does not run into its text: bold lines go on as bold ones, or in the middle of a sentence."""
    if all(one.bold for one in before) == line.bold:
        return True
    return line.text[:1].islower() and not before[-1].text.endswith(_ENDS)


def _text_left(before: list[Line]) -> float:
    """Where the words of a paragraph begin on its later lines."""
    if len(before) > 1:
        return before[-1].left
    taken = marker(before[0].text)[1]
    if not taken:
        return before[0].left
    at = 0
    for word in before[0].words:
        if at >= taken:
            return word.left
        at += len(word.text) + (not word.glued)
    return before[0].left


def _indented_alike(before: list[Line], line: Line) -> bool:
    slack = _INDENT * line.size
    if len(before) > 1:
        return abs(line.left - before[-1].left) <= slack
    first, words = before[0].left, _text_left(before)
    if words > first:  # a marker: its words hang, or go on below it
        return first - 1 <= line.left <= words + slack
    return first - _LONG_ITEM * 2 * line.size <= line.left <= first + slack
