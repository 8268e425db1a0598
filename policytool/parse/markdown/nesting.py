"""How blocks belong together: items to their lists, and everything to the heading above it."""

from __future__ import annotations

from dataclasses import replace

from policytool.model.block import Block, Blocks, Item, ItemStyle, Section
from policytool.model.numbering import ordinal


def style(mark: str, before: list[Block]) -> tuple[ItemStyle, bool]:
    """Whether an item is lettered or roman, and whether it begins a list.

    A mark that reads both ways is roman where it follows a roman item or starts a list; "i)" after "h)" is a letter.
    """
    last = next((block for block in reversed(before) if isinstance(block, Item)), None)
    beside = last is not None and last is before[-1]
    follows_roman = last is not None and last.style == "roman"
    letters = ordinal(mark, "letter")
    romans = ordinal(mark, "roman")
    if beside and follows_roman and romans:
        return "roman", False
    if beside and letters:
        return "letter", False
    if romans == 1:
        return "roman", True
    if romans and (letters is None or follows_roman):
        return "roman", False
    return "letter", letters == 1


def nest(blocks: list[Block]) -> Blocks:
    """A flat run of blocks as a tree: a section takes what follows it, up to the next heading of its level or above."""
    top: list[Block] = []
    open_sections: list[tuple[Section, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Section):
            _fold(open_sections, top, block.level)
            open_sections.append((block, []))
        else:
            (open_sections[-1][1] if open_sections else top).append(block)
    _fold(open_sections, top, 0)
    return tuple(top)


def _fold(open_sections: list[tuple[Section, list[Block]]], top: list[Block], level: int) -> None:
    """Close every open section of this level or below it."""
    while open_sections and open_sections[-1][0].level >= level:
        section, inner = open_sections.pop()
        parent = open_sections[-1][1] if open_sections else top
        parent.append(replace(section, blocks=tuple(inner)))
