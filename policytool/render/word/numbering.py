"""The model's numbers -> Word's: which list and level a paragraph counts in, and where a list has to begin anew.

Word counts by itself, and the numbers it prints must be the model's. So we count as Word does (ECMA-376 part 1, 17.9):
all lists over one abstract list share its counters, a paragraph adds one at its level and sets the deeper levels back.
Where that would not give the model's number, the paragraph gets a list of its own that begins there
(`w:startOverride`), and so do the paragraphs after it at its level, and below it: a reader that counts each list
apart then comes to the same numbers.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from policytool.model.block import ItemStyle, Number
from policytool.render.word.house import house_xml
from policytool.render.word.markup import Element, W, child

BODY, APPENDICES, BULLETS = 1, 2, 3
BULLET_LEVELS = 9
_DEPTHS = 6  # levels 0 to 5 are dotted numbers, 6 to 8 are items
_LEVELS = 9
_FORMATS = {"letter": "lowerLetter", "roman": "lowerRoman"}
_HOUSE_STYLES: tuple[ItemStyle, ...] = ("letter", "roman", "letter")


def level_of(number: Number) -> int | None:
    """The level a number counts at; None where it lies deeper than Word's nine levels reach."""
    if number.depth > _DEPTHS or len(number.items) > _LEVELS - _DEPTHS:
        return None
    return _DEPTHS - 1 + len(number.items) if number.items else number.depth - 1


@dataclass(slots=True)
class _Counters:
    """One abstract list: how far each level has counted, by which list, and in which style."""

    abstract: int
    counts: list[int] = field(default_factory=lambda: [0] * _LEVELS)
    lists: list[int] = field(default_factory=list)
    styles: list[ItemStyle] = field(default_factory=lambda: list(_HOUSE_STYLES))

    def __post_init__(self) -> None:
        self.lists = [self.abstract] * _LEVELS

    def advance(self, level: int, count: int) -> None:
        self.counts[level] = count
        for deeper in range(level + 1, _LEVELS):
            self.counts[deeper] = 0
            self.lists[deeper] = self.lists[level]
        first_item = max(level + 1 - _DEPTHS, 0)
        self.styles[first_item:] = _HOUSE_STYLES[first_item:]


class Numbering:
    """The numbering part of one document, and the counting that it comes from."""

    def __init__(self) -> None:
        self.element = deepcopy(house_xml("numbering.xml"))
        self._body, self._appendices = _Counters(BODY), _Counters(APPENDICES)
        self._lists = BULLETS

    def place(self, number: Number, style: ItemStyle = "letter") -> tuple[int, int] | None:
        """The list and the level for a paragraph with this number; None where Word cannot count so deep.

        To be asked once for each numbered paragraph, in reading order. `style` matters for an item only.
        """
        level = level_of(number)
        if level is None:
            return None
        counters = self._appendices if number.appendix else self._body
        item = level - _DEPTHS
        restyled = item >= 0 and counters.styles[item] != style
        if restyled or counters.counts[level] + 1 != number.ordinal:
            foreign = item >= 0 and style != _HOUSE_STYLES[item]
            counters.lists[level] = self._begin(counters.abstract, level, number.ordinal, style if foreign else None)
        if item >= 0:
            counters.styles[item] = style
        counters.advance(level, number.ordinal)
        return counters.lists[level], level

    def _begin(self, abstract: int, level: int, start: int, style: ItemStyle | None) -> int:
        self._lists += 1
        made = child(self.element, "num", numId=str(self._lists))
        child(made, "abstractNumId", val=str(abstract))
        override = child(made, "lvlOverride", ilvl=str(level))
        child(override, "startOverride", val=str(start))
        if style:
            override.append(_restyled(abstract, level, style))
        return self._lists


def _restyled(abstract: int, level: int, style: ItemStyle) -> Element:
    path = f"{W}abstractNum[@{W}abstractNumId='{abstract}']/{W}lvl[@{W}ilvl='{level}']"
    copied = deepcopy(house_xml("numbering.xml").find(path))
    if copied is None:  # pragma: no cover - the house's own file
        raise LookupError(path)
    formatted = copied.find(W + "numFmt")
    if formatted is not None:
        formatted.set(W + "val", _FORMATS[style])
    return copied
