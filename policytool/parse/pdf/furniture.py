"""Lines that are not of the text: running heads and feet, page numbers, lists of contents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from policytool.model.piece import Aside, AsideKind, Place
from policytool.parse.pdf.ruled import boxes, holds
from policytool.parse.pdf.sheet import Line, Sheet
from policytool.parse.pdf.words import said

_EDGE = 4
"""How many lines from the top or the bottom may be running ones."""
_MARGIN = 0.16
_DEEP = 0.25
"""How much of a page a table takes that is no running head in a box."""
_SAME_PLACE = 4.0
_NEXT = 1.45
"""How many times the size lines of a text are apart, at most."""
_ALIKE = 80.0
_MANY, _NEARLY_ALL = 0.4, 0.8
"""On which part of the pages a running line is; the second one for what begins in the middle of a sentence."""
_PAGE = re.compile(r"(page\s*)?[-–|]?\s*(\d{1,4}|[ivxl]{1,6})\s*[-–|]?(\s*(of|/)\s*\d{1,4})?", re.IGNORECASE)
_OF = re.compile(r"page\s*\d{1,4}\s*(of|/)\s*\d{1,4}", re.IGNORECASE)
_AT_END = re.compile(r"\bpage\s+(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\s*\Z", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
_CONTENTS = re.compile(r"((table|list) of )?(contents|figures|tables)( page| list)?:?", re.IGNORECASE)
_LEADERS = re.compile(r"(\.\s?|…\s?|_){3,}")
_ENTRY = re.compile(r".*\D\s*\b(\d{1,3}|[ivxl]{1,6})$")
_SOME = 2
_FAR = 5_000
"""How many lines after a list of contents its entries are looked for in."""

Pages = list[list[Line]]


def without_furniture(sheets: tuple[Sheet, ...], pages: Pages) -> tuple[Pages, list[Aside]]:
    """The lines of the text, and what stands beside it."""
    asides: list[Aside] = []
    running = _running(sheets, pages)
    for page in pages:
        asides += [aside(running[id(line)], [line]) for line in page if id(line) in running]
    left = [[line for line in page if id(line) not in running] for page in pages]
    listed = _contents(left)
    for page in left:
        if entries := [line for line in page if id(line) in listed]:
            asides.append(aside("contents", entries))
    return [[line for line in page if id(line) not in listed] for page in left], asides


def aside(kind: AsideKind, lines: list[Line]) -> Aside:
    """Lines as one that is not of the text."""
    return Aside(kind, "\n".join(line.text for line in lines), Place(lines[0].number, "line", lines[0].page))


def _running(sheets: tuple[Sheet, ...], pages: Pages) -> dict[int, AsideKind]:
    """Which lines stand at the same place with nearly the same words on most pages, or number their page."""
    places: dict[tuple[AsideKind, int], list[Line]] = defaultdict(list)
    found: dict[int, AsideKind] = {}
    for sheet, page in zip(sheets, pages, strict=True):
        for kind, line in _edges(sheet, page):
            places[kind, round(line.base / _SAME_PLACE)].append(line)
            if _OF.fullmatch(line.text) or (kind == "footer" and _ends_in_its_page(line)):
                found[id(line)] = kind
    for (kind, place), lines in list(places.items()):
        near = [line for by in (-1, 0, 1) for line in places.get((kind, place + by), [])]
        found |= {id(line): kind for line in lines if _recurs(line, near, len(pages))}
    return {name: kind for page in pages for name, kind in _set_apart(page, found)}


def _set_apart(page: list[Line], found: dict[int, AsideKind]) -> Iterator[tuple[int, AsideKind]]:
    """Those of the lines of a page that do not run into its text, as text does that happens to be the same."""
    rest = [line for line in page if id(line) not in found]
    for line in page:
        if (kind := found.get(id(line))) and (_counts(line) or not _runs_on(line, page, found, rest)):
            yield id(line), kind


def _ends_in_its_page(line: Line) -> bool:
    """Whether a line at the foot of a page ends in the number of that page: "Approved in March 2024 Page 1"."""
    match = _AT_END.search(line.text)
    return match is not None and int(match[1]) == line.page


def _counts(line: Line) -> bool:
    return bool(_PAGE.fullmatch(line.text) or _OF.search(line.text))


def _runs_on(line: Line, page: list[Line], found: dict[int, AsideKind], rest: list[Line]) -> bool:
    """Whether a chain of lines leads from a line to the text, each as near to the next as lines of a text are."""
    step = 1.0 if found[id(line)] == "footer" else -1.0
    base = line.base
    for other in sorted(page, key=lambda one: step * one.base):
        if 0 < step * (other.base - base) < _NEXT * line.size and _same_text(line, other):
            if other in rest:
                return True
            base = other.base
    return False


def _same_text(line: Line, other: Line) -> bool:
    return other.size == line.size and other.bold == line.bold and abs(other.left - line.left) < _SAME_PLACE


def _edges(sheet: Sheet, page: list[Line]) -> Iterator[tuple[AsideKind, Line]]:
    low = min((word.base for word in sheet.words if not word.look.turned), default=0.0)
    high = max((word.base for word in sheet.words if not word.look.turned), default=0.0)
    deep = [box for box in boxes(sheet.rules) if box.top - box.bottom > _DEEP * sheet.height]
    ordered = sorted(page, key=lambda line: line.base)
    ordered = [line for line in ordered if not any(holds(box, line) for box in deep)]
    for line in ordered[-_EDGE:]:
        if line.base > high - _MARGIN * sheet.height:
            yield "header", line
    for line in ordered[:_EDGE]:
        if line.base < low + _MARGIN * sheet.height:
            yield "footer", line


def _recurs(line: Line, near: list[Line], pages: int) -> bool:
    """Whether most pages, or most of the left or right ones, have the like at this place."""
    number = _PAGE.fullmatch(line.text)
    alike = {other.page for other in near if _alike(line.text, other.text, number=bool(number))}
    share = _NEARLY_ALL if line.text[:1].islower() else _MANY
    return len(alike) >= max(2, share * pages)


def _alike(one: str, other: str, *, number: bool) -> bool:
    if number:
        return bool(_PAGE.fullmatch(other))
    if _FIGURES.sub("0", one) == _FIGURES.sub("0", other):
        return True
    from rapidfuzz.fuzz import ratio  # most lines are equal, or have nothing in common

    return len(one) > 8 and ratio(_FIGURES.sub("0", one), _FIGURES.sub("0", other)) >= _ALIKE  # noqa: PLR2004


def _contents(pages: Pages) -> set[int]:
    """Which lines are of a list of contents: all under its heading that go on like one, and any with leaders."""
    lines = [line for page in pages for line in page]
    found: set[int] = set()
    for index, line in enumerate(lines):
        if id(line) not in found and _CONTENTS.fullmatch(line.text) and line.text[0].isupper():
            end = _end(lines, index + 1)
            found |= {id(one) for one in lines[index:end]} if end > index + 1 else set()
    led = [line for line in lines if _LEADERS.search(line.text) and _ENTRY.fullmatch(line.text)]
    return found | ({id(line) for line in led} if len(led) >= _SOME else set())


def _end(lines: list[Line], start: int) -> int:
    """The index after the last entry of a list that begins at `start`. An entry may go over two more lines.

    The list ends where its first entry is met again, as a heading, or anything larger.
    """
    later = said(" ".join(line.text for line in lines[start : start + _FAR]))
    at, seen = start, set[str]()
    while at < len(lines):
        step = next((by for by in range(3) if at + by < len(lines) and _is_entry(lines[at + by], later)), None)
        here = lines[at : at + (step or 0) + 1]
        if step is None or any(said(line.text) in seen or line.size > 1.15 * lines[start].size for line in here):
            break
        seen |= {said(line.text) for line in here}
        at += step + 1
    return at


def _is_entry(line: Line, later: str) -> bool:
    """Whether a line ends in a page number, or its words stand in the text once more."""
    words = said(line.text)
    return bool(_ENTRY.fullmatch(line.text)) or (len(words) > _SOME and later.count(words) > 1)
