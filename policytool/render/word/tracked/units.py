"""A written text -> units: its paragraphs and tables, each with the passages it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from policytool.model.block import Blocks, Quote, Rule, Table, walk
from policytool.render.edition import Edition
from policytool.render.word.markup import Element, W

TABLE = W + "tbl"
_CONTENTS = W + "sdt"
_UNITS = (W + "p", TABLE)


class Outline(NamedTuple):
    """A unit before it is written: its passages, one a row for a table, and how many columns a table has.

    `front` is what it is in front of the blocks.
    """

    orders: tuple[int, ...] = ()
    columns: int = 0
    front: str = ""


_NO_PASSAGE = Outline()


@dataclass(slots=True)
class Unit:
    """A paragraph or a table. `orders` are its passages, one a row for a table; `before` are bookmarks in front.

    `contents` is the contents list that stands behind the last unit of the front.
    """

    element: Element
    orders: tuple[int, ...] = ()
    before: list[Element] = field(default_factory=list)
    contents: Element | None = None

    @property
    def is_table(self) -> bool:
        """Whether it is a table."""
        return bool(self.element.tag == TABLE)


def units(elements: Iterable[Element], outlines: Iterable[Outline] = ()) -> tuple[list[Unit], list[Element]]:
    """The units of a text, and the bookmarks left over at its end."""
    orders = (outline.orders for outline in outlines)
    found: list[Unit] = []
    before: list[Element] = []
    for element in elements:
        if element.tag in _UNITS:
            found.append(Unit(element, next(orders, ()), before))
            before = []
        elif element.tag == _CONTENTS:
            found[-1].contents = element
        else:
            before.append(element)
    return found, before


def outlined(edition: Edition) -> list[Outline]:
    """The units that an edition is written as."""
    front = ("title", *(("notice",) if edition.notice else ()), "title block", "space")
    return [*(Outline(front=each) for each in front), *_outlined(edition.policy.blocks)]


def _outlined(blocks: Blocks) -> Iterator[Outline]:
    order = 0
    for block in walk(blocks):
        if isinstance(block, Table):
            rows = (block.header, *block.rows)
            if block.header:
                yield Outline(tuple(range(order, order + len(rows))), min(map(len, rows)))
                yield _NO_PASSAGE  # the space after it
            order += len(rows)
        elif isinstance(block, Rule):
            yield _NO_PASSAGE
        elif not isinstance(block, Quote):
            yield Outline((order,))
            order += 1
