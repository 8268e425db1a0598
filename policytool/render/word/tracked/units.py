"""A written text -> units: its paragraphs and tables, each with the passages it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from policytool.model.block import Blocks, Quote, Rule, Table, walk
from policytool.render.word.markup import Element, W

_UNITS = (W + "p", W + "tbl", W + "sdt")
TABLE, CONTENTS = W + "tbl", W + "sdt"


@dataclass(slots=True)
class Unit:
    """A paragraph or a table. `orders` are its passages, one a row for a table; `before` are bookmarks in front."""

    element: Element
    orders: tuple[int, ...] = ()
    before: list[Element] = field(default_factory=list)

    @property
    def is_table(self) -> bool:
        """Whether it is a table."""
        return bool(self.element.tag == TABLE)


def units(elements: Iterable[Element], orders: Iterator[tuple[int, ...]]) -> tuple[list[Unit], list[Element]]:
    """The units of a text, and the bookmarks left over at its end."""
    found: list[Unit] = []
    before: list[Element] = []
    for element in elements:
        if element.tag in _UNITS:
            found.append(Unit(element, next(orders, ()), before))
            before = []
        else:
            before.append(element)
    return found, before


def orders_of(blocks: Blocks) -> Iterator[tuple[int, ...]]:
    """The passages of each paragraph and table that these blocks are written as, in turn."""
    order = 0
    for block in walk(blocks):
        if isinstance(block, Table):
            count = 1 + len(block.rows)
            if block.header:
                yield tuple(range(order, order + count))
                yield ()  # the space after it
            order += count
        elif isinstance(block, Rule):
            yield ()
        elif not isinstance(block, Quote):
            yield (order,)
            order += 1
