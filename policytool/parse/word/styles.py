"""styles.xml -> what each style says, with all it is based on (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from policytool.parse.word.lists import List, indent
from policytool.parse.word.xml import W, number, switch, value

SWITCHES = ("b", "i", "strike", "dstrike", "vanish")
BODY_LEVEL = 9  # the outline level of what is no heading
# Word calls its own styles in English in every language; programs that convert files do not.
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|pennawd)"
    r" ?([1-9])(?:,.*)?$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:title|titel|titre|título|titulo|titolo|tittel|rubrik|otsikko|tytuł|teitl)(?:,.*)?$", re.IGNORECASE
)
_CONTENTS = re.compile(r"(?:toc|contents|index|table of figures|user index)\s*(?:\d+|heading)?$", re.IGNORECASE)
_CODE = ("code", "html code", "verbatim char", "source text", "html typewriter", "code char")
_DEEPEST = 50  # styles that are based on each other without end


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says: `outline` from 0, BODY_LEVEL for no heading, None where nothing is said.

    `switches` are those of `SWITCHES` that it sets; `size` is in half points, `indent` in twentieths of a point.
    """

    name: str = ""
    switches: Mapping[str, bool] = field(default_factory=dict)
    size: int | None = None
    indent: int | None = None
    outline: int | None = None
    listed: str = ""
    level: int | None = None
    lister: str = ""
    chain: tuple[str, ...] = ()

    @property
    def heading(self) -> int:
        """The level of heading that it makes, 0 for none."""
        return 0 if self.outline is None or self.outline >= BODY_LEVEL else self.outline + 1

    @property
    def is_contents(self) -> bool:
        """Whether it is for entries of a contents list, or for the words above one."""
        return _CONTENTS.match(self.name) is not None

    @property
    def is_title(self) -> bool:
        """Whether it is for the title of a document."""
        return _TITLE.match(self.name) is not None

    @property
    def is_code(self) -> bool:
        """Whether it is for words set as typed."""
        return self.name.lower() in _CODE


PLAIN = Style()


class Styles:
    """The styles of a document, each worked out when it is first asked for."""

    def __init__(self, root: Element | None) -> None:
        nodes = [] if root is None else [*root.iterfind(f"{W}style")]
        self._nodes = {node.get(f"{W}styleId", ""): node for node in nodes}
        self._made: dict[str, Style] = {}
        general = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.size = number(general, "sz") or 20  # 17.3.2.38: ten points where nothing is said
        self.default = next((key for key, node in self._nodes.items() if _is_default(node)), "")

    def __getitem__(self, key: str) -> Style:
        """The style with this id; a plain one for an id that is not known."""
        if key not in self._made:
            self._made[key] = self._read(key)
        return self._made[key]

    def lists(self) -> dict[str, str]:
        """The styles of lists, with the list that each stands for."""
        kinds = {key: node for key, node in self._nodes.items() if node.get(f"{W}type") == "numbering"}
        return {key: value(node, "pPr", "numPr", "numId") or "" for key, node in kinds.items()}

    def _read(self, key: str) -> Style:
        chain = tuple(self._chain(key))
        nodes = [self._nodes[one] for one in chain]
        if not nodes:
            return PLAIN
        switches: dict[str, bool] = {}
        for node in reversed(nodes):
            switches |= switches_of(node.find(f"{W}rPr"))
        properties = [found for node in nodes if (found := node.find(f"{W}pPr")) is not None]
        listers = [one for one in chain if self._nodes[one].find(f"{W}pPr/{W}numPr") is not None]
        return Style(
            value(nodes[0], "name") or key,
            switches,
            _first(number(node, "rPr", "sz") for node in nodes),
            _first(indent(one) for one in properties),
            _first(_outline(node) for node in nodes),
            next((one for each in properties if (one := value(each, "numPr", "numId")) is not None), ""),
            _first(number(one, "numPr", "ilvl") for one in properties),
            listers[0] if listers else "",
            chain,
        )

    def _chain(self, key: str) -> Iterator[str]:
        seen: set[str] = set()
        while key in self._nodes and key not in seen and len(seen) < _DEEPEST:
            seen.add(key)
            yield key
            key = value(self._nodes[key], "basedOn") or ""


def switches_of(properties: Element | None) -> dict[str, bool]:
    """Those of `SWITCHES` that the properties of a run set."""
    if properties is None:
        return {}
    found = ((name, properties.find(W + name)) for name in SWITCHES)
    return {name: switch(node) for name, node in found if node is not None}


def listing(style: Style, lists: Mapping[str, List]) -> tuple[str, int] | None:
    """The list that a style counts in, and the level: the one that is bound to the style, else the one it names."""
    counted = lists.get(style.listed)
    if counted is None:
        return None
    for name in (*style.chain[:1], style.lister):
        if (bound := counted.level_of(name)) is not None:
            return style.listed, bound
    return style.listed, style.level or 0


def _is_default(node: Element) -> bool:
    return node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") in ("1", "true", "on")


def _outline(node: Element) -> int | None:
    """The outline level of a style itself: its name tells where nothing else does, in any language of Word."""
    told = number(node, "pPr", "outlineLvl")
    if told is not None:
        return told
    found = _HEADING.match(value(node, "name") or "")
    return int(found[1]) - 1 if found else None


def _first(found: Iterator[int | None]) -> int | None:
    return next((one for one in found if one is not None), None)
