"""numbering.xml -> what its lists are: levels, formats, where they begin (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from policytool.parse.word.symbols import bullet
from policytool.parse.word.xml import VAL, W, number, on, value, whole

LEVELS = 9
_LONGEST = 255  # signs of a number: as many as Word takes


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `restart` is how many of the levels above begin it anew, None for all of them.

    `text` is "%1.%2", or a bullet as it looks; `indent` is in twentieths of a point.
    """

    start: int = 0
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    style: str = ""
    legal: bool = False
    indent: int | None = None


EMPTY = Level(format="none")


@dataclass(frozen=True, slots=True)
class List:
    """A list that paragraphs name. Lists of one `abstract` count together; `starts` is where this one begins anew."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)

    def level_of(self, style: str) -> int | None:
        """The level that is bound to a style."""
        return next((at for at, level in self.levels.items() if level.style == style), None) if style else None


def lists(numbering: Element | None, styled: Mapping[str, str]) -> dict[str, List]:
    """The lists by their names. `styled` tells which list a style of lists stands for."""
    if numbering is None:
        return {}
    abstracts = {node.get(f"{W}abstractNumId", ""): node for node in numbering.iterfind(f"{W}abstractNum")}
    nums = {node.get(f"{W}numId", ""): node for node in numbering.iterfind(f"{W}num")}
    named = {key: value(node, "abstractNumId") or "" for key, node in nums.items()}
    read: dict[str, dict[int, Level]] = {}
    made = {}
    for key, node in nums.items():
        abstract = _linked(named[key], abstracts, named, styled)
        if abstract not in read:
            read[abstract] = dict(_levels(abstracts[abstract])) if abstract in abstracts else {}
        made[key] = _list(node, abstract, read[abstract])
    return made


def _linked(
    abstract: str, abstracts: Mapping[str, Element], named: Mapping[str, str], styled: Mapping[str, str]
) -> str:
    """The definition that has the levels: one may only name a style of lists, which names a list, and so on."""
    seen: set[str] = set()
    while abstract in abstracts and abstract not in seen:
        seen.add(abstract)
        link = value(abstracts[abstract], "numStyleLink")
        following = named.get(styled.get(link, "")) if link else None
        if following is None or (following not in abstracts):
            break
        abstract = following
    return abstract


def _levels(node: Element) -> list[tuple[int, Level]]:
    found = [(whole(level.get(f"{W}ilvl")), _level(level)) for level in node.iterfind(f"{W}lvl")]
    return [(at, level) for at, level in found if at is not None and 0 <= at < LEVELS]


def _level(node: Element) -> Level:
    formats = [one.get(VAL, "decimal") for one in node.iter(f"{W}numFmt")]  # a custom one has another to fall back on
    style = next((one for one in formats if one != "custom"), "decimal")
    text = (value(node, "lvlText") or "")[:_LONGEST]
    fonts = node.find(f"{W}rPr/{W}rFonts")
    return Level(
        number(node, "start") or 0,
        style,
        bullet(text, "" if fonts is None else fonts.get(f"{W}ascii", "")) if style == "bullet" else text,
        number(node, "lvlRestart"),
        value(node, "pStyle") or "",
        on(node, "isLgl"),
        indent(node.find(f"{W}pPr")),
    )


def _list(node: Element, abstract: str, levels: Mapping[int, Level]) -> List:
    own, starts = dict(levels), {}
    for override in node.iterfind(f"{W}lvlOverride"):
        at = whole(override.get(f"{W}ilvl"))
        if at is None or not 0 <= at < LEVELS:
            continue
        level, start = override.find(f"{W}lvl"), number(override, "startOverride")
        if level is not None:
            own[at] = _level(level)
        if start is not None:
            starts[at] = start
    return List(abstract, own, starts)


def indent(properties: Element | None) -> int | None:
    """How far the words of a paragraph stand in from the left margin, in twentieths of a point."""
    found = None if properties is None else properties.find(f"{W}ind")
    if found is None:
        return None
    return whole(found.get(f"{W}left", found.get(f"{W}start")))
