"""How the markup of Word is looked at: names, values, switches (ECMA-376 part 1, 17.17.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VAL = f"{W}val"
_OFF = ("0", "false", "off")
_WHOLE = re.compile(r"\s*(-?\d{1,9})(?:\.\d*)?\s*$")


def value(node: Element | None, *steps: str) -> str | None:
    """The `w:val` of what stands under a node, step by step; None where it is not there."""
    for step in steps:
        if node is None:
            return None
        node = node.find(W + step)
    return None if node is None else node.get(VAL)


def switch(node: Element) -> bool:
    """Whether an element that is there switches something on: `<w:b w:val="0"/>` does not."""
    return node.get(VAL) not in _OFF


def on(node: Element | None, name: str) -> bool:
    """Whether a property is there, and on."""
    found = None if node is None else node.find(W + name)
    return found is not None and switch(found)


def whole(text: str | None) -> int | None:
    """A whole number, None where there is none: damaged files say "", or "auto"."""
    found = _WHOLE.match(text or "")
    return int(found[1]) if found else None


def number(node: Element | None, *steps: str) -> int | None:
    """The `w:val` of what stands under a node as a whole number."""
    return whole(value(node, *steps))


def chosen_of(node: Element) -> Iterator[Element]:
    """Of what is written in two ways, one: the newer, which other programs may leave out, has the same words."""
    chosen = node.find(f"{MC}Choice")
    if chosen is None:
        chosen = node.find(f"{MC}Fallback")
    if chosen is not None:
        yield chosen
