"""The pieces of a Word file that was built here, edited or not -> the tree of its blocks.

A piece that is still marked as a block of that kind is that block, and stands where it stood if that is still there.
All else is placed by its style, the level of its list and how far in it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from policytool.model.inline import Inline, Inlines, LineBreak, Text
from policytool.model.piece import Piece, Run
from policytool.parse.drafting.carried import Entry, Passage
from policytool.parse.drafting.recut import Names, is_as_printed, printed, recut, signs
from policytool.parse.drafting.refound import marks
from policytool.parse.markers import mark, marker

_HANGS = (42.55, 42.55, 42.55, 51.05, 62.35, 73.7)  # in points: where the words under a heading of each depth begin
_ITEM_HANG, _BULLET_HANG, _NEAR = 31.2, 19.85, 2.0
_NUMBER = re.compile(r"(?:\d+|[A-Z])(?:\.\d+)*\.?$")
_WORDY = ("Section", "Clause", "Item", "Bullet", "Paragraph")
_HOLDERS = ("Section", "Clause", "")
_SECTIONS = ("Section", "")


@dataclass(slots=True)
class Bud:
    """A block while the tree grows: its place among what was carried, -1 for a new one, and what it is made of.

    `column` is where the words of what stands in it begin, in points; `depth` how many parts its number has.
    """

    kind: str
    at: int = -1
    entry: Entry | None = None
    words: Inlines = ()
    text: str = ""
    rows: tuple[tuple[Inlines, ...], ...] = ()
    sign: str = ""
    column: float = 0.0
    depth: int = 0
    level: int = 0
    piece: Piece | None = None
    blocks: list[Bud] = field(default_factory=list)


class Regrowing:
    """The tree of one part, the text or a footnote, while it grows.

    `keys` are the places of the entries by their bookmarks: those that no part of the file has claimed yet.
    """

    def __init__(self, entries: Sequence[Entry], names: Names, keys: dict[str, int]) -> None:
        self.entries, self.names, self.keys = entries, names, keys
        self.root = Bud("")
        self.stack = [self.root]
        self.left: list[int] = []  # LibreOffice puts the bookmark of a table at the end of the paragraph before it

    def add(self, piece: Piece, drop: int = 0) -> None:
        """The next piece, without its first `drop` signs."""
        looks = _looks(piece)
        marked = [*self.left, *(self.keys[name] for name in marks(piece) if name in self.keys)]
        written = signs(piece.runs)[drop:]
        fitting = [one for one in marked if self._is(self.entries[one], looks, piece)]
        same = [one for one in fitting if _says(self.entries[one], written)]
        at = next(iter((*same, *fitting)), -1)
        self.left = [one for one in marked if one != at and self.entries[one].kind == "Table"]
        if at < 0:
            self._add_new(piece, looks, written, self._label(marked))
            return
        del self.keys[self.entries[at].key]
        entry = self.entries[at]
        if not entry.label and not same and (joined := self._label(marked)):
            entry = replace(entry, label=joined.label)
        bud = self._bud(piece, entry.kind, written, entry, at)
        self._enter(self._home(at, piece) or self._place(bud, piece), bud)

    def prune(self) -> None:
        """Take out what lost all its words, such as the last clause of a file, whose end nobody can delete."""
        _prune(self.root)

    def _label(self, marked: list[int]) -> Entry | None:
        """A block that a piece was and is no longer by its look, or that was joined to it: the label is kept."""
        for at in marked:
            entry = self.entries[at]
            if entry.label and entry.kind not in ("Quote", "Table") and entry.key in self.keys:
                del self.keys[entry.key]
                return Entry("", label=entry.label, said=entry.said)
        return None

    def _is(self, entry: Entry, looks: str, piece: Piece) -> bool:
        if entry.kind == looks:
            return entry.kind not in ("Clause", "Item") or entry.level == piece.level
        typed = looks == "Paragraph" and bool(entry.typed)
        return typed and printed(signs(piece.runs)).startswith(entry.typed)

    # Where it stands

    def _home(self, at: int, piece: Piece) -> Bud | None:
        """What the block stood in, if that is still open; a quotation that lost its first words is opened again."""
        entry = self.entries[at]
        if entry.kind == "Section" or entry.within < 0:
            alone = len(self.stack) > 1 and any(bud.kind == "Section" for bud in self.stack)
            return None if entry.kind == "Section" or alone else self.root
        floor = max(place for place, bud in enumerate(self.stack) if bud.kind in _SECTIONS)
        for bud in self.stack[floor:]:
            if bud.at == entry.within:
                return bud
        if (closed := self._reopened(entry.within)) is not None:
            return closed
        outer = self.entries[entry.within]
        if outer.kind != "Quote":
            return None
        home = self._home(entry.within, piece)
        if home is None:
            return None
        self._enter(home, Bud("Quote", entry.within, outer, column=piece.indent, piece=piece))
        self.keys.pop(outer.key, None)
        return self.stack[-1]

    def _reopened(self, at: int) -> Bud | None:
        """A block that nothing closed but new paragraphs further out: what stands in it goes on, so they are put in it.

        Else what follows them would get other numbers than it has in the file.
        """
        blocks = self.stack[-2].blocks if len(self.stack) > 1 else []
        new = len([*takewhile(lambda bud: bud.at < 0 and bud.kind == "Paragraph", reversed(blocks))])
        path = self.stack[:-1]
        inner = blocks[:-new] if new else []
        while inner and inner[-1].at != at:
            path.append(inner[-1])
            inner = inner[-1].blocks
        if not inner:
            return None
        inner[-1].blocks += blocks[-new:]
        del blocks[-new:]
        self.stack = [*path, inner[-1]]
        return inner[-1]

    def _enter(self, home: Bud, bud: Bud) -> None:
        while self.stack[-1] is not home:
            self.stack.pop()
        home.blocks.append(bud)
        self.stack.append(bud)

    def _place(self, bud: Bud, piece: Piece) -> Bud:
        """Where a piece belongs by its look."""
        if bud.kind == "Section":
            return next(one for one in reversed(self.stack) if one.kind in _SECTIONS and one.level < bud.level)
        if bud.kind == "Clause":
            fitting = (one for one in self._open() if one.kind in _HOLDERS and one.depth < bud.depth)
            return next(fitting, self._section())
        if bud.kind == "Table":
            return next(one for one in self._open() if one.kind in _HOLDERS)
        hang = {"Item": _ITEM_HANG, "Bullet": _BULLET_HANG}.get(bud.kind, 0.0) if piece.automatic else 0.0
        column = piece.indent - hang + _NEAR
        return next((one for one in self._open() if self._holds(one, bud) and one.column <= column), self._section())

    def _holds(self, one: Bud, bud: Bud) -> bool:
        if one.kind in ("Section", "Clause", "Item", "Bullet", ""):
            return True
        return one.kind == "Quote" and (bud.piece is not None and bud.piece.style.lower() == "quote")

    def _open(self) -> Iterator[Bud]:
        """What is open, innermost first, as far as the section that it is all in."""
        for bud in reversed(self.stack):
            yield bud
            if bud.kind in _SECTIONS:
                return

    def _section(self) -> Bud:
        return next(bud for bud in reversed(self.stack) if bud.kind in _SECTIONS)

    # What it is

    def _bud(self, piece: Piece, kind: str, written: list[Run], entry: Entry | None, at: int = -1) -> Bud:
        bud = Bud(kind, at, entry, piece=piece, column=piece.indent, sign=piece.marker)
        typed = entry.typed if entry and printed(written).startswith(entry.typed) else ""
        passage = entry.said[0] if entry and entry.said else None
        if kind == "Table":
            bud.rows = self._rows(piece, entry)
        elif kind == "Preformatted":
            bud.text = "".join(run.text for run in written) + "\n" * (entry.tail if entry else 0)
        elif kind != "Rule":
            bud.words = recut(written[len(typed) :], passage, self.names)
        bud.sign = piece.marker if piece.automatic else typed.strip()
        if kind == "Section":
            self._measure(bud, piece, entry)
        elif kind == "Clause":
            bud.depth = _parts(bud.sign or piece.marker)
        return bud

    def _measure(self, bud: Bud, piece: Piece, entry: Entry | None) -> None:
        bud.level = min(max(piece.heading, 1), 6)
        if entry and entry.depth >= bud.level == 6:  # noqa: PLR2004 - Word's headings of ours go no deeper
            bud.level = entry.depth
        above = next(one for one in reversed(self.stack) if one.kind in _SECTIONS and one.level < bud.level)
        bud.depth = _parts(bud.sign) if bud.sign else above.depth
        bud.column = _HANGS[min(max(bud.depth, 1), 6) - 1] if bud.sign else above.column

    def _rows(self, piece: Piece, entry: Entry | None) -> tuple[tuple[Inlines, ...], ...]:
        cells = [[_joined(cell) for cell in row] for row in piece.cells]
        width = len(cells[0]) if cells else 0
        squared = [[*row[:width], *[[] for _ in range(width - len(row))]] for row in cells]
        said = entry.said if entry else ()
        flat = said if len(said) == len(squared) * width else ()
        return tuple(
            tuple(
                _one_line(recut(cell, _passage(cell, said, flat, place * width + at), self.names))
                for at, cell in enumerate(row)
            )
            for place, row in enumerate(squared)
        )

    def _add_new(self, piece: Piece, looks: str, written: list[Run], kept: Entry | None) -> None:
        kind, taken = looks, 0
        if not piece.automatic and piece.marker and looks == "Paragraph" and kept is None:
            kind, taken = _by_hand(piece.marker), marker(printed(written))[1]
        bud = self._bud(piece, kind, written[taken:], kept)
        bud.sign = bud.sign or piece.marker
        before = self.stack[-1]
        if kind == "Preformatted" and before.kind == kind and before.blocks == []:
            before.text += f"\n{bud.text}"
            return
        if kind not in ("Table", "Rule") and not bud.words and not bud.text:
            return
        home = self._place(bud, piece)
        if piece.style.lower() == "quote" and kind == "Paragraph" and home.kind != "Quote":
            quote = Bud("Quote", column=piece.indent, piece=piece)
            self._enter(home, quote)
            home = quote
        self._enter(home, bud)


def _prune(bud: Bud) -> None:
    for one in bud.blocks:
        _prune(one)
    bud.blocks = [one for one in bud.blocks if one.words or one.blocks or one.kind not in _WORDY]


def _says(entry: Entry, written: Sequence[Run]) -> bool:
    return len(entry.said) == 1 and is_as_printed(printed(written).removeprefix(entry.typed), entry.said[0])


def _looks(piece: Piece) -> str:
    """What kind of block a piece is by its look; a number that is typed does not count."""
    if piece.cells or piece.rows:
        return "Table"
    if piece.heading:
        return "Section"
    if piece.style.lower() in ("rule", "preformatted"):
        return piece.style.capitalize()
    if not piece.automatic:
        return "Paragraph"
    if _NUMBER.match(piece.marker):
        ours = piece.style.lower() in ("clause", "footnote text") or "." in piece.marker.rstrip(".")
        return "Clause" if ours else "Item"
    return "Item" if mark(piece.marker).kind == "item" or re.match(r"\(\w+\)", piece.marker) else "Bullet"


def _by_hand(sign: str) -> str:
    told = mark(sign)
    if told.kind == "number":
        return "Clause" if len(told.parts) > 1 else "Item"
    return {"item": "Item", "bullet": "Bullet"}.get(told.kind, "Paragraph")


def _parts(sign: str) -> int:
    return sign.strip().rstrip(".").count(".") + 1


def _joined(pieces: Sequence[Piece]) -> list[Run]:
    """The words of a cell; where there are several paragraphs, a blank between them."""
    made: list[Run] = []
    for piece in pieces:
        more = signs(piece.runs)
        made += [Run(" "), *more] if made and more else more
    return made


def _passage(cell: list[Run], said: Sequence[Passage], flat: Sequence[Passage], place: int) -> Passage | None:
    """What is carried of a cell: that of its place, or else of any cell with these words."""
    text = printed(cell)
    if flat and is_as_printed(text, flat[place]):
        return flat[place]
    return next((one for one in said if is_as_printed(text, one)), flat[place] if flat else None)


def _one_line(words: Inlines) -> Inlines:
    made: list[Inline] = [Text(" ") if isinstance(one, LineBreak) else one for one in words]
    return tuple(made)
