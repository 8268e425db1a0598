"""How runs of Word are set: bold, struck, hidden (ECMA-376 part 1, 17.3.2, 17.7.3)."""

from __future__ import annotations

from typing import NamedTuple

from lxml.etree import _Element as Element

from policytool.parse.word.story import Fate, Story
from policytool.parse.word.styles import Style
from policytool.parse.word.xml import VAL, W, switch, whole

_TOGGLES = {W + name: name for name in ("b", "i", "strike", "dstrike", "vanish")}


class Look(NamedTuple):
    """How a run is set; `struck`, `hidden` and `code` are told of its words, `font` where signs may need it."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    hidden: bool = False
    code: bool = False
    size: int = 0
    font: str = ""


class Reach(NamedTuple):
    """What is around a run: the style of its paragraph, the link it is in, and what became of it."""

    style: Style
    plain: Look
    link: str = ""
    fate: Fate = ""


def plain_look(story: Story, style: Style) -> Look:
    """The look of words in a style that say nothing themselves."""
    get = style.switches.get
    struck = get("strike", False) or get("dstrike", False)
    return Look(
        get("b", False), get("i", False), struck, get("vanish", False), style.is_code, style.size or story.styles.size
    )


def look_of(story: Story, properties: Element, reach: Reach) -> Look:
    """How a run is set. What it says itself counts; else switches of two styles cancel each other (17.7.3)."""
    changed = properties.find(f"{W}rPrChange/{W}rPr") if story.rejects else None
    own: dict[str, bool] = {}
    style, size, font = None, 0, ""
    for node in properties if changed is None else changed:
        tag = node.tag
        if tag in _TOGGLES:
            own[_TOGGLES[tag]] = switch(node)
        elif tag == f"{W}rStyle":
            style = story.styles[node.get(VAL, "")]
        elif tag == f"{W}sz":
            size = whole(node.get(VAL)) or 0
        elif tag == f"{W}rFonts":
            font = node.get(f"{W}ascii", "")
    if style is None and not own:
        return reach.plain._replace(size=size or reach.plain.size, font=font)
    by_paragraph, by_character = reach.style.switches, {} if style is None else style.switches

    def is_on(name: str) -> bool:
        said = own.get(name)
        return bool(by_paragraph.get(name)) != bool(by_character.get(name)) if said is None else said

    size = size or (style.size if style else None) or reach.plain.size
    code = reach.plain.code or (style is not None and style.is_code)
    return Look(is_on("b"), is_on("i"), is_on("strike") or is_on("dstrike"), is_on("vanish"), code, size, font)
