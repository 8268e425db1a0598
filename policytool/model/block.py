"""The blocks of a policy: a tree of sections, clauses, items and what stands between them.

Position and number stay out of equality: numbers are computed (`policytool.model.numbering`), and two trees are
equal when they say the same in the same order under the same labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from policytool.model.inline import NOWHERE, Inlines, Position

ItemStyle: TypeAlias = Literal["letter", "roman"]
Alignment: TypeAlias = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Number:
    """A computed number, outermost first: path ("4", "2") with items ("b", "ii") prints as 4.2(b)(ii).

    `ordinal` is the last part as a count (b is 2, ii is 2, appendix C is 3), for formats that count by themselves.
    """

    path: tuple[str, ...]
    items: tuple[str, ...] = ()
    ordinal: int = 1
    appendix: bool = False

    def __str__(self) -> str:
        return ".".join(self.path) + "".join(f"({item})" for item in self.items)

    @property
    def depth(self) -> int:
        """How many parts the dotted number has: 4.2.1 is 3 deep."""
        return len(self.path)

    @property
    def marker(self) -> str:
        """What is printed before the words: "4.2.1", "Appendix B", "(b)"."""
        if self.items:
            return f"({self.items[-1]})"
        return f"Appendix {self.path[0]}" if self.appendix and self.depth == 1 else ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that stands under it. `level` is the heading's own (1 for `#`)."""

    level: int
    title: Inlines
    blocks: Blocks = ()
    label: str = ""
    unnumbered: bool = False
    appendix: bool = False
    start: int | None = None
    number: Number | None = field(default=None, compare=False)
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause: its words, then the paragraphs, items and clauses that belong to it."""

    text: Inlines
    blocks: Blocks = ()
    label: str = ""
    start: int | None = None
    number: Number | None = field(default=None, compare=False)
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Item:
    """A lettered or roman item. `begins`: it is the first of its list, which starts afresh at (a) or (i)."""

    style: ItemStyle
    text: Inlines
    blocks: Blocks = ()
    label: str = ""
    begins: bool = False
    start: int | None = None
    number: Number | None = field(default=None, compare=False)
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Bullet:
    """An item without a number."""

    text: Inlines
    blocks: Blocks = ()
    label: str = ""
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """An unnumbered paragraph: a remark before, between or after clauses, or inside one."""

    text: Inlines
    label: str = ""
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words set off: a definition or a quotation. Holds paragraphs, bullets, tables and quotes."""

    blocks: Blocks
    label: str = ""
    position: Position = field(default=NOWHERE, compare=False, repr=False)


Row: TypeAlias = tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; every row has as many cells as the header."""

    header: Row
    rows: tuple[Row, ...]
    alignments: tuple[Alignment, ...] = ()
    label: str = ""
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Lines set as typed (a fenced block)."""

    text: str
    label: str = ""
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""

    position: Position = field(default=NOWHERE, compare=False, repr=False)


Block: TypeAlias = Section | Clause | Item | Bullet | Paragraph | Quote | Table | Preformatted | Rule
Blocks: TypeAlias = tuple[Block, ...]
_WITH_WORDS = (Clause, Item, Bullet, Paragraph)


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote; its number is its place in the policy's tuple of footnotes."""

    name: str
    blocks: Blocks
    position: Position = field(default=NOWHERE, compare=False, repr=False)


def walk(blocks: Blocks) -> Iterator[Block]:
    """Every block in reading order, parents before their children."""
    for block in blocks:
        yield block
        if inner := getattr(block, "blocks", ()):
            yield from walk(inner)


def words_of(block: Block) -> tuple[Inlines, ...]:
    """The runs of words that are the block's own, children left out: one, or one a cell for a table."""
    if isinstance(block, _WITH_WORDS):
        return (block.text,)
    if isinstance(block, Section):
        return (block.title,)
    if isinstance(block, Table):
        return tuple(cell for row in (block.header, *block.rows) for cell in row)
    return ()
