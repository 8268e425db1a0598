r"""The model's numbers -> Word's: which list and level a paragraph counts in, and where a list has to begin anew.

Word counts by itself, and the numbers it prints must be the model's. So we count as Word does (ECMA-376 part 1, 17.9):
all lists over one abstract list share its counters, a paragraph adds one at its level and sets the deeper levels back.
Where that would not give the model's number, the paragraph gets a list of its own that begins there
(`w:startOverride`), and the paragraphs after it at its level and below it stay in that list.

Levels 0 to 5 are dotted numbers, 6 to 8 items. Items right under a section would leave out the levels between, and a
field that asks for their full number (`REF … \\w`) would print 1.1.1.1.1.1(b) in some readers. So they count in a list
in which the levels left out print nothing, one for each depth that items stand at.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from policytool.model.block import ItemStyle, Number
from policytool.render.word.house import house_xml
from policytool.render.word.markup import Element, W, child

BODY, APPENDICES, BULLETS, UNNUMBERED = 1, 2, 3, 4  # as in house/numbering.xml
BULLET_LEVELS = 9
_DEPTHS = 6
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
    """One abstract list: how far each level has counted and by which list, and the styles and depth of the items."""

    abstract: int
    counts: list[int]
    lists: list[int]
    styles: list[ItemStyle] = field(default_factory=lambda: list(_HOUSE_STYLES))
    depth: int = -1

    @classmethod
    def of(cls, abstract: int) -> _Counters:
        return cls(abstract, [0] * _LEVELS, [abstract] * _LEVELS)

    def expects(self, level: int, count: int, style: ItemStyle) -> bool:
        """Whether every reader, going on as it does, would print this count in this style.

        They differ where deeper levels have been counted and this one has not: some count what was left out.
        """
        if self.counts[level] + 1 != count or (not self.counts[level] and any(self.counts[level:])):
            return False
        return level < _DEPTHS or self.styles[level - _DEPTHS] == style

    def advance(self, level: int, count: int, style: ItemStyle) -> None:
        self.counts[level:] = [count] + [0] * (_LEVELS - level - 1)
        if level < _DEPTHS:
            self.lists[level:_DEPTHS] = [self.lists[level]] * (_DEPTHS - level)
            self.depth = -1
        else:
            self.lists[level:] = [self.lists[level]] * (_LEVELS - level)
            self.styles[level - _DEPTHS :] = (style, *_HOUSE_STYLES[level - _DEPTHS + 1 :])

    def enter(self, depth: int, items: int) -> None:
        """Items at another depth: they count in the list `items`."""
        self.depth = depth
        self.lists[_DEPTHS:] = [items] * (_LEVELS - _DEPTHS)
        self.styles[:] = _HOUSE_STYLES


class Numbering:
    """The numbering part of one document, and the counting that it comes from."""

    def __init__(self) -> None:
        self.element = deepcopy(house_xml("numbering.xml"))
        self._body, self._appendices = _Counters.of(BODY), _Counters.of(APPENDICES)
        self._lists = UNNUMBERED
        self._items: dict[tuple[int, int], int] = {}

    def place(self, number: Number, style: ItemStyle = "letter") -> tuple[int, int] | None:
        """The list and the level for a paragraph with this number; None where Word cannot count so deep.

        To be asked once for each numbered paragraph, in reading order. `style` matters for an item only.
        """
        level = level_of(number)
        if level is None:
            return None
        counters = self._appendices if number.appendix else self._body
        if number.items and counters.depth != number.depth:
            counters.enter(number.depth, self._items_at(counters.abstract, number.depth))
        if not counters.expects(level, number.ordinal, style):
            counters.lists[level] = self._begin(counters, number, level, style)
        counters.advance(level, number.ordinal, style)
        return counters.lists[level], level

    def _items_at(self, abstract: int, depth: int) -> int:
        """The list of the items that stand at a depth."""
        if depth == _DEPTHS:
            return abstract
        if (abstract, depth) not in self._items:
            self._items[abstract, depth] = self._lists + 1
            self._silence(self._new(abstract), depth)
        return self._items[abstract, depth]

    def _begin(self, counters: _Counters, number: Number, level: int, style: ItemStyle) -> int:
        """A list that begins with this number. It knows the styles of the items above, which a field may print."""
        made = self._new(counters.abstract)
        styles: dict[int, ItemStyle] = {}
        if number.items:
            self._silence(made, number.depth)
            chain = (*counters.styles[: level - _DEPTHS], style)
            styles = {at: own for at, own in enumerate(chain, _DEPTHS) if own != _HOUSE_STYLES[at - _DEPTHS]}
        for at in sorted({*styles, level}):
            override = child(made, "lvlOverride", ilvl=str(at))
            if at == level:
                child(override, "startOverride", val=str(number.ordinal))
            if at in styles:
                override.append(_level(counters.abstract, at, _FORMATS[styles[at]]))
        return self._lists

    def _new(self, abstract: int) -> Element:
        self._lists += 1
        made = child(self.element, "num", numId=str(self._lists))
        child(made, "abstractNumId", val=str(abstract))
        return made

    def _silence(self, made: Element, depth: int) -> None:
        """Let the levels between `depth` and the items print nothing."""
        for level in range(depth, _DEPTHS):
            child(made, "lvlOverride", ilvl=str(level)).append(_level(UNNUMBERED, level))


def _level(abstract: int, level: int, style: str = "") -> Element:
    """A level of the house's lists, its numbers perhaps in another style."""
    [found] = (
        each
        for each in house_xml("numbering.xml").iterfind(f"{W}abstractNum[@{W}abstractNumId='{abstract}']/{W}lvl")
        if each.get(W + "ilvl") == str(level)
    )
    copied = deepcopy(found)
    if style:
        for formatted in copied.iterfind(W + "numFmt"):
            formatted.set(W + "val", style)
    return copied
