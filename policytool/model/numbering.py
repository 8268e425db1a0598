"""Numbers are computed: a tree of blocks -> the same tree, numbered.

Headings and clauses of one depth share a counter (3, 3.1, 3.1.1; 4.1, 4.1.1). An unnumbered section is transparent:
what stands under it is counted as if the heading were not there, so that paragraphs can run on across chapters.
Appendices are lettered. Items count within what they stand in and start afresh where a list begins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from policytool.model.block import Block, Blocks, Bullet, Clause, Item, ItemStyle, Number, Quote, Section

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
# As many as word processors count: thirty turns of the alphabet.
MOST_ITEMS = 780
_TOP = Number(())
_NUMBERED = (Section, Item)
_HOLDING = (Bullet, Quote)


@dataclass(slots=True)
class _Counts:
    """The counters of one parent."""

    main: int = 0
    appendix: int = 0
    letter: int = 0
    roman: int = 0


def letter(count: int) -> str:
    """1 is a, 26 is z, 27 is aa, 28 is bb, as word processors count; "" below 1, figures above 780."""
    if count < 1 or count > MOST_ITEMS:
        return "" if count < 1 else str(count)
    turns, place = divmod(count - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


def roman(count: int) -> str:
    """1 is i, 4 is iv, 780 is ccccccclxxx: lower case, hundreds at most; "" below 1, figures above 780."""
    if count > MOST_ITEMS:
        return str(count)
    parts = []
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        parts.append(sign * times)
    return "".join(parts)


def ordinal(marker: str, style: ItemStyle) -> int | None:
    """The count that a typed marker stands for, or None where it is none: ("ab", "letter") and ("iiii", "roman")."""
    count = _letter_count(marker) if style == "letter" else _roman_count(marker)
    spelt = letter(count) if style == "letter" else roman(count)
    return count if count and spelt == marker else None


def _letter_count(marker: str) -> int:
    return ord(marker[0]) - ord("a") + 1 + 26 * (len(marker) - 1)


def _roman_count(marker: str) -> int:
    values = {sign: value for value, sign in _ROMAN if len(sign) == 1}
    counts = [values.get(sign, 0) for sign in marker]
    return sum(-one if one < after else one for one, after in zip(counts, [*counts[1:], 0], strict=True))


def numbered(blocks: Blocks) -> Blocks:
    """The same blocks with every section, clause and item numbered."""
    return _siblings(blocks, _TOP, _Counts())


def _siblings(blocks: Blocks, parent: Number, counts: _Counts) -> Blocks:
    return tuple([_one(block, parent, counts) for block in blocks])


def _one(block: Block, parent: Number, counts: _Counts) -> Block:
    if isinstance(block, Clause):  # by hand: `replace` would take twice as long, and most blocks are clauses
        number = _next(block, parent, counts)
        inner = _siblings(block.blocks, number, _Counts()) if block.blocks else ()
        return Clause(block.text, inner, block.label, block.start, number, block.position)
    if isinstance(block, Section) and block.unnumbered:
        return replace(block, number=None, blocks=_siblings(block.blocks, parent, counts))
    if isinstance(block, _NUMBERED):
        number = _next(block, parent, counts)
        return replace(block, number=number, blocks=_siblings(block.blocks, number, _Counts()))
    if isinstance(block, _HOLDING) and block.blocks:
        return replace(block, blocks=_siblings(block.blocks, parent, _Counts()))
    return block


def _next(block: Section | Clause | Item, parent: Number, counts: _Counts) -> Number:
    if isinstance(block, Item):
        return _next_item(block, parent, counts)
    if isinstance(block, Section) and block.appendix and not parent.path:
        counts.appendix = counts.appendix + 1 if block.start is None else block.start
        return Number((letter(counts.appendix).upper(),), ordinal=counts.appendix, appendix=True)
    counts.main = counts.main + 1 if block.start is None else block.start
    return Number((*parent.path, str(counts.main)), ordinal=counts.main, appendix=parent.appendix)


def _next_item(item: Item, parent: Number, counts: _Counts) -> Number:
    before = 0 if item.begins else getattr(counts, item.style)
    count = before + 1 if item.start is None else item.start
    setattr(counts, item.style, count)
    sign = letter(count) if item.style == "letter" else roman(count)
    return Number(parent.path, (*parent.items, sign), count, parent.appendix)
