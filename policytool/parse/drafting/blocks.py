"""A tree of lines -> blocks, numbered, with every number held against the one that was printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from policytool.model.block import (
    Alignment,
    Block,
    Blocks,
    Bullet,
    Clause,
    Item,
    ItemStyle,
    Paragraph,
    Quote,
    Section,
    Table,
    walk,
)
from policytool.model.inline import Emphasis, Inline, Inlines, LineBreak, Link, Strong, Text, plain
from policytool.model.numbering import numbered
from policytool.model.piece import Piece, Place, Remark
from policytool.parse.drafting.tree import Node
from policytool.parse.phrases import led_by, neat, unwrapped

DEEPEST, MOST_TOLD, NINTH = 6, 8, 9
_ALIGNED: tuple[Alignment, ...] = ("",)


@dataclass(slots=True)
class _Counts:
    """The counters of one parent."""

    counts: dict[str, int] = field(default_factory=dict)

    def take(self, name: str, wanted: int | None) -> int | None:
        """Count on; what `start` must say where another number is wanted, else None."""
        due = self.counts.get(name, 0) + 1
        self.counts[name] = due if wanted is None else wanted
        return wanted if wanted is not None and wanted != due else None


@dataclass(slots=True)
class _Making:
    """Blocks being made. `printed` has, for each that is numbered, in order, the number as printed and its place."""

    remarks: list[Remark]
    printed: list[tuple[str, Place | None, int | None]] = field(default_factory=list)

    def siblings(self, nodes: Iterable[Node], counts: _Counts, level: int) -> Blocks:
        made: list[Block] = []
        for node in nodes:
            made += self._one(node, counts, level, made)
        return tuple(made)

    def _one(self, node: Node, counts: _Counts, level: int, before: Sequence[Block]) -> list[Block]:
        if node.line is None:
            return []
        piece = node.line.piece
        if node.kind == "table":
            return _table(piece)
        if node.kind == "section":
            return [self._section(node, counts, level)]
        if node.kind in ("clause", "item", "bullet"):
            return [self._counted(node, counts, level, before)]
        words = _words(node)
        return [Quote((Paragraph(words),)) if node.kind == "quote" else Paragraph(words)]

    def _section(self, node: Node, counts: _Counts, level: int) -> Section:
        assert node.line is not None  # noqa: S101  # `_one` has seen to it
        title, deeper = _one_line(unwrapped(node.line.piece.words)[0]), min(level + 1, DEEPEST)
        if node.unnumbered:
            title = self._with_its_count(node) if node.line.keeps else title
            return Section(level, title, self.siblings(node.children, counts, deeper), unnumbered=True)
        is_appendix = node.line.mark.kind == "appendix"
        start = counts.take("appendix" if is_appendix else "main", node.count or (node.printed or (None,))[-1])
        self._note(node, start)
        blocks = self.siblings(node.children, _Counts(), deeper)
        return Section(level, title, blocks, appendix=is_appendix, start=start)

    def _with_its_count(self, node: Node) -> Inlines:
        """The words of a heading that has a number or letter of its own, with that in front."""
        assert node.line is not None  # noqa: S101  # as above
        piece = node.line.piece
        message = f"{piece.marker} is no number here, and stays among the words of the heading: {plain(piece.words)}"
        self.remarks.append(Remark("guessed", piece.place, message))
        is_named = " " in piece.marker  # "Part 2": what follows is its title
        sign = f"{piece.marker.rstrip(' :.–—-')}: " if is_named else f"{piece.marker} "
        return neat(led_by(sign, _one_line(unwrapped(piece.words)[0])))

    def _counted(self, node: Node, counts: _Counts, level: int, before: Sequence[Block]) -> Block:
        words = _words(node)
        if node.kind == "item":
            return self._item(node, counts, level, before)
        if node.kind == "bullet":
            return Bullet(words, self.siblings(node.children, _Counts(), level))
        start = counts.take("main", node.count)
        self._note(node, start)
        return Clause(words, self.siblings(node.children, _Counts(), level), start=start)

    def _item(self, node: Node, counts: _Counts, level: int, before: Sequence[Block]) -> Item:
        """An item. One right below another goes on with its list, and none is roman right below a letter.

        Where its sign alone would be read as one of the other style, `start=` tells which it is.
        """
        last = next((one for one in reversed(before) if isinstance(one, Item)), None)
        beside = last if last is not None and last is before[-1] else None
        style: ItemStyle = "letter" if beside and beside.style == "letter" else node.style
        begins = node.begins and beside is None
        if begins:
            counts.counts[style] = 0
        start = counts.take(style, node.count)
        is_other = last is not None and last.style != style
        if not begins and (is_other or (style == "letter" and node.count == NINTH and not beside)):
            start = node.count
        self._note(node, start)
        blocks = self.siblings(node.children, _Counts(), level)
        return Item(style, _words(node), blocks, begins=begins and start is None, start=start)

    def _note(self, node: Node, start: int | None) -> None:
        line = node.line
        self.printed.append((line.piece.marker if line else "", line.piece.place if line else None, start))


def blocks_of(root: Node, remarks: list[Remark]) -> Blocks:
    """The blocks of a tree, numbered. Each number that is not as printed is told, and each that `start=` keeps."""
    making = _Making(remarks)
    made = numbered(making.siblings(root.children, _Counts(), 1))
    counted = [block for block in walk(made) if isinstance(block, Section | Clause | Item) and block.number]
    changed: list[tuple[str, str, Place | None]] = []
    for block, (typed, place, start) in zip(counted, making.printed, strict=True):
        now = _now(block)
        if typed and _sign(typed) != _sign(now):
            changed.append((typed, now, place))
            continue
        remarks += _told(changed)
        changed = []
        remarks += _kept(typed, now, place, start)
    remarks += _told(changed)
    return made


def _now(block: Block) -> str:
    """The number that is printed before a block from now on."""
    number = getattr(block, "number", None)
    if number is None:
        return ""
    return number.marker if isinstance(block, Item) or (number.appendix and number.depth == 1) else str(number)


def _told(changed: Sequence[tuple[str, str, Place | None]]) -> list[Remark]:
    """What is told of numbers, in a row, that are others than were printed."""
    if not changed:
        return []
    printed, now = [typed for typed, _, _ in changed], [now for _, now, _ in changed]
    if len(changed) == 1:
        message = f"{printed[0]} is printed here, and it is {now[0]} now"
    elif len(changed) <= MOST_TOLD:
        message = f"{', '.join(printed)} are printed here, and they are {', '.join(now)} now"
    else:
        message = f"{printed[0]} … {printed[-1]} are printed here, {len(printed)} in a row: {now[0]} … {now[-1]} now"
    return [Remark("look", changed[0][2], message)]


def _kept(typed: str, now: str, place: Place | None, start: int | None) -> list[Remark]:
    """What is told of a number that is as printed."""
    if " " in typed:
        is_same = typed.rstrip(" :.").casefold() == now.casefold()
        return [Remark("recognised", place, f"{typed} is counted as one" if is_same else f"{typed} is {now} now")]
    if typed and start is not None:
        message = f"{typed} is out of order: {{start={start}}} keeps the number as printed"
        return [Remark("look", place, message)]
    return []


def _sign(marker: str) -> str:
    """A number without the signs round it and the word before it."""
    return marker.rsplit(maxsplit=1)[-1].strip("().:–—- ") if marker.split() else ""


def _words(node: Node) -> Inlines:
    piece = node.line.piece if node.line else None
    if piece is None:
        return ()
    loud = piece.bold and not (len(piece.words) == 1 and isinstance(piece.words[0], Strong))
    words: Inlines = neat((Strong(piece.words),)) if loud else piece.words
    if node.kind in ("paragraph", "quote") and piece.marker:
        return led_by(f"{piece.marker} ", words)
    return words


def _table(piece: Piece) -> list[Block]:
    """A table, every row as long as the longest; one of a single cell is a paragraph."""
    width = max((len(row) for row in piece.rows), default=0)
    rows = [tuple(_one_line(cell) for cell in (*row, *((),) * (width - len(row)))) for row in piece.rows]
    if width == 1:
        return [Paragraph(row[0]) for row in rows if row[0]]
    return [Table(rows[0], tuple(rows[1:]), _ALIGNED * width)] if rows and width else []


def _one_line(cell: Inlines) -> Inlines:
    """The words of a cell or a heading, which has one line."""
    return neat(tuple(_unbroken(inline) for inline in cell))


def _unbroken(inline: Inline) -> Inline:
    if isinstance(inline, Strong | Emphasis | Link):
        return replace(inline, children=tuple(_unbroken(one) for one in inline.children))
    return Text(" ") if isinstance(inline, LineBreak) else inline
