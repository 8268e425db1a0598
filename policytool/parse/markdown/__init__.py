"""A policy's source -> Policy, numbered, with every mistake in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policytool.model.block import Blocks, Clause, Footnote, Item, Number, Paragraph, walk
from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Position, Text, plain
from policytool.model.numbering import MOST_ITEMS, numbered, ordinal
from policytool.model.policy import Policy
from policytool.parse.findings import TOO_DEEP, UNDEFINED_FOOTNOTE, UNUSED_FOOTNOTE, WRONG_NUMBER
from policytool.parse.front_matter import front_matter
from policytool.parse.markdown.blocks import Reader
from policytool.parse.markdown.ground import Source
from policytool.parse.markdown.tokens import block_tokens

DEEPEST_NUMBER = 6
# A number typed further from the right one than this was hardly meant to count a clause: "2023. It was …".
FURTHEST = 60
_DATED = re.compile(r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\b")
_ITEM_NESTING = ("letter", "roman", "letter")


def policy(text: str, policy_id: str, path: str, *, as_typed: bool = False) -> tuple[Policy, list[Diagnostic]]:
    """A policy and every mistake in its source, which never stops the reading.

    `text` has LF line ends; `path` is named in the diagnostics, whose lines count from the head of the file. With
    `as_typed` a clause has the number that is typed before it, and not the one that it would get: for texts that were
    not written for policytool.
    """
    lines = text.split("\n")
    described, taken, diagnostics = front_matter(lines, policy_id, path)
    source = Source(path, lines[taken:], taken + 1, diagnostics)
    tokens = block_tokens("\n".join(lines[taken:]))
    reader = Reader(tokens, source, running=described.numbering == "running", as_typed=as_typed)
    blocks = numbered(reader.read())
    _check_typed(blocks, reader.typed, source)
    _check_depth(blocks, source)
    footnotes = _footnotes(reader.footnotes, source)
    diagnostics.sort(key=lambda diagnostic: diagnostic.order)
    return replace(described, blocks=blocks, footnotes=footnotes), diagnostics


def _check_typed(blocks: Blocks, typed: list[tuple[str, Position]], source: Source) -> None:
    """Hold each typed number against the number its clause or item gets."""
    counted = [block for block in walk(blocks) if isinstance(block, Clause | Item)]
    # An item in a footnote has been refused already; all others stand in the tree, in the order they were read.
    for block, (mark, position) in zip(counted, typed, strict=True):
        number = block.number
        count = int(mark) if isinstance(block, Clause) else ordinal(mark, block.style)
        if number is None or count in (1, number.ordinal):
            continue
        gets = str(number.ordinal) + "." if isinstance(block, Clause) else number.items[-1] + ")"
        advice = f"write `{gets}` or `{_first(block)}`" + _other_meanings(mark, block)
        message = f"this is {number}, and {mark} is typed before it"
        found = WRONG_NUMBER.at(source.path, position, message, advice, len(mark) + 1)
        right = _right_mark(mark, gets, count, block)
        source.diagnostics.append(found.put_right(position, *right) if right else found)


def _right_mark(mark: str, gets: str, count: int | None, block: Clause | Item) -> tuple[str, str] | None:
    """The mark as typed and as it should be; None where it may be words: a year, a day of the month, "etc)".

    What stands below a block is indented to its words, so that these must begin where they began.
    """
    far = block.number is None or count is None or abs(count - block.number.ordinal) > FURTHEST
    if far or (isinstance(block, Clause) and _DATED.match(plain(block.text))):
        return None
    typed = mark + gets[-1]
    if not block.blocks or len(typed) == len(gets):
        return typed, gets
    if len(gets) < len(typed):
        return typed, gets.ljust(len(typed))
    return typed, _first(block).ljust(len(typed))


def _first(block: Clause | Item) -> str:
    """The mark that may always be typed, whatever is printed."""
    return "1." if isinstance(block, Clause) else "a)" if block.style == "letter" else "i)"


def _other_meanings(mark: str, block: Clause | Item) -> str:
    if isinstance(block, Clause):
        return f"; if it is no clause, `{mark}\\.`; to print {mark} on purpose, add `{{start={int(mark)}}}`"
    return f"; if it is no item, `{mark}\\)`"


def _check_depth(blocks: Blocks, source: Source) -> None:
    for block in walk(blocks):
        number = getattr(block, "number", None)
        if isinstance(number, Number) and number.depth > DEEPEST_NUMBER:
            source.report(TOO_DEEP, block.position, f"{number} is more than six deep")
    for item, styles in _items(blocks, ()):
        if not _is_nesting(styles):
            message = "items nest as a), then i), then a)"
            source.report(TOO_DEEP, item.position, message, "write the inner list with bullets")
        if item.number and item.number.ordinal > MOST_ITEMS and (item.start or item.number.ordinal == MOST_ITEMS + 1):
            source.report(TOO_DEEP, item.position, f"this would be item {item.number.ordinal} of its list")


def _items(blocks: Blocks, above: tuple[str, ...]) -> Iterator[tuple[Item, tuple[str, ...]]]:
    for block in blocks:
        styles = above
        if isinstance(block, Item):
            styles = (*above, block.style)
            yield block, styles
        yield from _items(getattr(block, "blocks", ()), styles)


def _is_nesting(styles: tuple[str, ...]) -> bool:
    """Whether these styles, outermost first, can be had by leaving out some of letter, roman, letter."""
    allowed = iter(_ITEM_NESTING)
    return all(style in allowed for style in styles)


def _footnotes(defined: dict[str, Footnote], source: Source) -> tuple[Footnote, ...]:
    """The footnotes in the order they are cited; one without text gets its mark as text."""
    for name, footnote in defined.items():
        if name not in source.cited:
            source.report(
                UNUSED_FOOTNOTE, footnote.position, f"no mark cites the footnote `{name}`", length=len(name) + 3
            )
    for name, mark in source.cited.items():
        if name not in defined:
            source.report(UNDEFINED_FOOTNOTE, mark.position, f"the footnote `{name}` has no text", length=len(name) + 3)
    return tuple(defined.get(name) or _missing(name, mark.position) for name, mark in source.cited.items())


def _missing(name: str, position: Position) -> Footnote:
    return Footnote(name, (Paragraph((Text(f"[^{name}]"),), "", position),), position)
