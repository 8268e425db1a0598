"""Lines -> a tree: each under what it belongs to, by printed numbers first, then by letters, indents and sense."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from policytool.model.block import ItemStyle
from policytool.model.inline import plain
from policytool.model.numbering import ordinal
from policytool.model.piece import Remark
from policytool.parse.drafting.shape import Line, LineKind

_NEAR = 3.0
"""Indents that differ by less, in points, are the same."""
_Later: TypeAlias = tuple[Line | None, Line | None]
_LEADS = (":", "means", "mean", "includes")


@dataclass(slots=True)
class Node:
    """A line in the tree. `printed` is its number as printed; `count` the last part of it, None where it has none."""

    kind: LineKind | Literal["root"]
    line: Line | None = None
    children: list[Node] = field(default_factory=list)
    printed: tuple[int, ...] = ()
    rank: int = 0
    style: ItemStyle = "letter"
    count: int | None = None
    begins: bool = False
    inner: bool = False
    unnumbered: bool = False

    @property
    def indent(self) -> float:
        """How far it is indented, in points."""
        return self.line.piece.indent if self.line else 0.0

    def walk(self) -> Iterator[Node]:
        """Itself and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree(lines: Sequence[Line], remarks: list[Remark]) -> Node:
    """The root of the tree that these lines make."""
    growing = _Growing(dotted=any(len(line.path) > 1 for line in lines))
    for line, later in zip(lines, _later(lines), strict=True):
        growing.add(line, later)
    _settle(growing.root, remarks)
    _sink(growing.root)
    for node in growing.root.walk():
        if node.kind == "section" and node.line and node.line.mark.kind not in ("number", "appendix"):
            node.printed = _implied(node)
            node.unnumbered = not node.printed
    return growing.root


def _later(lines: Sequence[Line]) -> list[_Later]:
    """For each line the next, and the next clause or section."""
    found: list[_Later] = []
    following: Line | None = None
    counted: Line | None = None
    for line in reversed(lines):
        found.append((following, counted))
        following = line
        counted = line if line.kind in ("clause", "section") else counted
    return found[::-1]


def _implied(node: Node) -> tuple[int, ...]:
    """The number that a heading must have for the clauses below it to be numbered as they are: () for none."""
    first = next(
        (child for child in node.children if child.kind in ("clause", "section") and child.count is not None), None
    )
    if first is None or first.inner or len(first.printed) < 2 or node.rank % 10:  # noqa: PLR2004  # 1.1 and deeper
        return ()
    return first.printed[:-1]


class _Growing:
    """A tree that grows line by line; `open` are the nodes that still take children, outermost first."""

    def __init__(self, *, dotted: bool) -> None:
        self.root = Node("root")
        self.open = [self.root]
        self.dotted = dotted

    @property
    def top(self) -> Node:
        return self.open[-1]

    def add(self, line: Line, later: _Later) -> None:
        """Put a line where it belongs."""
        match line.kind:
            case "section":
                self._section(line)
            case "clause":
                self._clause(line)
            case "item":
                self._item(line)
            case "bullet":
                self._bullet(line)
            case _:
                self._between(line, later)

    def _push(self, node: Node) -> None:
        self.top.children.append(node)
        self.open.append(node)

    def _pop_kinds(self, *kinds: str) -> None:
        while self.top.kind in kinds:
            self.open.pop()

    def _section(self, line: Line) -> None:
        if self._goes_on_behind_appendices(line):
            del self.open[1:]
        while self.top.kind != "root" and not (self.top.kind == "section" and self.top.rank < line.rank):
            self.open.pop()
        node = Node("section", line, printed=line.path, rank=line.rank)
        node.count = line.mark.parts[-1] if line.mark.kind in ("number", "appendix") else None
        self._push(node)

    def _goes_on_behind_appendices(self, line: Line) -> bool:
        """Whether a heading has the number after the last one before the appendices: it is of none of them."""
        within = next((at for at, node in enumerate(self.open) if _is_appendix(node)), None)
        if within is None or len(line.path) != 1:
            return False
        before = [one.count for one in self.root.children if one.kind == "section" and not _is_appendix(one)]
        own = [one for one in self.open[within].children if one.kind == "section" and one.count]
        return line.path[0] == (before[-1] or 0) + 1 if before and not own else False

    def _clause(self, line: Line) -> None:
        path = line.path
        section = next(
            (node for node in reversed(self.open) if node.kind == "section" and node.count is not None), None
        )
        if len(path) == 1 and section:
            self._inner_clause(line)
            return
        self._pop_kinds("item", "bullet")
        cut = next(
            (at for at, node in enumerate(self.open) if node.count is not None and self._depth(node) >= len(path)), None
        )
        if cut is not None:
            del self.open[cut:]
        self._push(Node("clause", line, printed=path, count=path[-1]))

    def _depth(self, node: Node) -> int:
        if _is_appendix(node):
            return 0
        return len(node.printed)

    def _inner_clause(self, line: Line) -> None:
        """A number of one part below a numbered section: of a list that counts by itself."""
        self._pop_kinds("item", "bullet")
        count = line.path[-1]
        list_at = next((at for at, node in enumerate(self.open) if node.kind == "clause" and node.inner), None)
        if list_at is not None and (count == (self.open[list_at].count or 0) + 1 or not self._is_deeper(line)):
            del self.open[list_at:]
        depth = len(self.top.printed) + 1
        self._push(Node("clause", line, printed=(*self.top.printed, count)[-depth:], count=count, inner=True))

    def _is_deeper(self, line: Line) -> bool:
        return line.piece.indent > self.top.indent + _NEAR

    def _item(self, line: Line) -> None:
        self._pop_kinds("bullet")
        sign = line.mark.sign.lower()
        at, style = self._list(sign)
        if at is not None:
            del self.open[at:]
            node = Node("item", line, style=style, count=ordinal(sign, style))
        else:
            style, count = self._fresh(sign)
            node = Node("item", line, style=style, count=count, begins=True)
        self._push(node)

    def _list(self, sign: str) -> tuple[int | None, ItemStyle]:
        """Where the open list is that this sign goes on with, the innermost first; None for none."""
        for at in range(len(self.open) - 1, 0, -1):
            node = self.open[at]
            if node.kind == "item" and ordinal(sign, node.style) == (node.count or 0) + 1:
                return at, node.style
        last = next((child for child in reversed(self.top.children) if child.kind == "item"), None)
        if last and self.top.kind != "item" and ordinal(sign, last.style) == (last.count or 0) + 1:
            return len(self.open), last.style
        return None, "letter"

    def _fresh(self, sign: str) -> tuple[ItemStyle, int | None]:
        """The style and count of an item that begins a list: (i) is roman, and below a letter if there is one."""
        as_roman, as_letter = ordinal(sign, "roman") if set(sign) <= set("ivxlc") else None, ordinal(sign, "letter")
        style: ItemStyle = "roman" if as_roman and (sign == "i" or not as_letter) else "letter"
        same = next((at for at, node in enumerate(self.open) if node.kind == "item" and node.style == style), None)
        if same is not None:
            del self.open[same:]
        return style, as_roman if style == "roman" else as_letter

    def _bullet(self, line: Line) -> None:
        while self.top.kind == "bullet" and self.top.indent + _NEAR > line.piece.indent:
            self.open.pop()
        self._push(Node("bullet", line))

    def _between(self, line: Line, later: _Later) -> None:
        """Words without a number: in what leads to them, or beside what comes next."""
        holder = self.top
        if not (
            holder.line
            and holder.line.words.rstrip().endswith(_LEADS)
            and not holder.children
            and holder.kind != "section"
        ):
            self._close_for(line, later)
        self.top.children.append(Node(line.kind, line))

    def _close_for(self, line: Line, later: _Later) -> None:
        following, after = later
        is_item = following is not None and following.kind == "item"
        goes_on = following and is_item and self._list(following.mark.sign.lower())[0] is not None
        if goes_on:
            self._pop_kinds("bullet")
            return
        clause = next((node for node in reversed(self.open) if node.kind == "clause"), None)
        inside = clause is not None and line.piece.indent > clause.indent + _NEAR
        self._pop_kinds("item", "bullet")
        if inside:
            return
        depth = len(after.path) if after and after.kind == "clause" and len(after.path) > 1 else 1
        while self.top.kind == "clause" and (len(self.top.printed) >= depth or depth == 1):
            self.open.pop()


def _is_appendix(node: Node) -> bool:
    return node.kind == "section" and node.line is not None and node.line.mark.kind == "appendix"


def _settle(node: Node, remarks: list[Remark]) -> None:
    """Sub-headings that clauses of their own depth follow become clauses, as no clause may follow a sub-heading."""
    for child in node.children:
        _settle(child, remarks)
    last = max((at for at, child in enumerate(node.children) if child.kind == "clause"), default=0)
    for child in node.children[:last]:
        if child.kind == "section" and child.count is not None and child.line:
            words = plain(child.line.piece.words)
            message = f"a heading that clauses of its own depth follow was made a clause: {words}"
            remarks.append(Remark("guessed", child.line.piece.place, message))
            _demote(child)


def _sink(node: Node) -> None:
    """Put what follows a section beside it into the section, as any text that stands below a heading."""
    kept: list[Node] = []
    for child in node.children:
        if child.kind != "section" and kept and kept[-1].kind == "section":
            kept[-1].children.append(child)
        else:
            kept.append(child)
    node.children = kept
    for child in kept:
        _sink(child)


def _demote(node: Node) -> None:
    """Make clauses of a section and of all sections below it."""
    for one in node.walk():
        if one.kind == "section":
            one.kind = "clause" if one.count is not None else "paragraph"
    flat: list[Node] = []
    for child in node.children:
        if child.kind == "paragraph":
            flat += [child, *child.children]
            child.children = []
        else:
            flat.append(child)
    node.children = flat
