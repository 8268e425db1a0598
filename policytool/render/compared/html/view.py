"""Comparison -> Page: the new wording with its changes in place, what was deleted where it stood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from policytool.model.comparison import Change, ChangeKind, Mark, Passage
from policytool.model.inline import Code, Emphasis, FootnoteMark, Inline, Inlines, LineBreak, Link, Reference, Strong
from policytool.render.compared import words
from policytool.render.compared.counts import ORDER, is_reordered
from policytool.render.compared.fields import field_values
from policytool.render.compared.flags import flags, matters
from policytool.render.compared.html.shown import (
    Edit,
    Filter,
    Fold,
    Grid,
    Heading,
    Line,
    Page,
    Piece,
    Pieces,
    Row,
    Shown,
    Stub,
    Tag,
    Text,
    Words,
)
from policytool.render.compared.mentions import landing_line, number_lines, ripple_line
from policytool.render.compared.rows import rows
from policytool.render.compared.sides import Run, Runs, Sides, footnote_number
from policytool.render.edition import Edition

FIRST_LEVEL, LAST_LEVEL = 3, 6
DEEPEST = 4
_MOVED = (ChangeKind.MOVED, ChangeKind.MOVED_AND_REWORDED)


def page(sides: Sides) -> Page:
    """The page of a comparison."""
    comparison = sides.comparison
    ids = _ids(comparison.told)
    heading, versions = words.title(comparison), words.versions(comparison)
    return Page(
        f"{heading}: {versions}" if versions else heading,
        heading,
        sides.new.organisation,
        comparison.old.version or "the old version",
        comparison.new.version or "the new version",
        words.summary(comparison),
        tuple((f"#{ids[id(change)]}", where, flag) for change, where, flag in matters(sides)),
        tuple(landing_line(one, sides) for one in comparison.landings),
        tuple(field_values(one, sides) for one in comparison.fields),
        _filters(comparison.edits),
        tuple(_Body(sides, ids).all()),
        len(comparison.edits),
        tuple(number_lines(comparison)),
        tuple(ripple_line(one, sides) for one in comparison.ripples),
    )


def _ids(told: Sequence[Change]) -> dict[int, str]:
    """The id of each change, by its identity: an edit's has its number, that of what came in or went with it has none.

    So the numbers are those that readers are told as they go from change to change.
    """
    edits = (change for change in told if change.is_edit)
    along = (change for change in told if not change.is_edit)
    found = {id(change): f"_change-{number}" for number, change in enumerate(edits, 1)}
    return found | {id(change): f"_along-{number}" for number, change in enumerate(along, 1)}


def _filters(edits: Sequence[Change]) -> tuple[Filter, ...]:
    counts = Counter(change.kind for change in edits)
    return tuple(Filter(_slug(kind), str(kind).capitalize(), counts[kind]) for kind in ORDER if counts[kind])


def _slug(kind: ChangeKind) -> str:
    return str(kind).replace(" ", "-")


class _Body:
    """The text in the making: the headings that are open, the passages that wait to be folded away."""

    def __init__(self, sides: Sides, ids: dict[int, str]) -> None:
        self.sides, self.ids = sides, ids
        self.changes = sides.comparison.changes
        self.stubs = self._stubs()
        self.context = self._context()
        self.open: list[int] = []
        self.level = FIRST_LEVEL - 1
        self.tables = 0
        self.waiting: list[Change] = []

    def all(self) -> Iterator[Shown]:
        """Everything in reading order."""
        yield from self.stubs.get(-1, ())
        for index, change in enumerate(self.changes):
            if change.is_told or index in self.context:
                yield from self.folded()
                yield self.edit(change) if change.is_told else self.heading(change)
            else:
                self.waiting.append(change)
            if index in self.stubs:
                yield from self.folded()
                yield from self.stubs[index]
        yield from self.folded()

    # What stands where

    def _context(self) -> set[int]:
        """The headings without an edit under which edits stand, by their index."""
        open_headings: list[tuple[int, int]] = []
        found: set[int] = set()
        for index, change in enumerate(self.changes):
            passage = (change.new or change.old)[0]
            if passage.kind == "section":
                while open_headings and open_headings[-1][1] >= passage.depth:
                    open_headings.pop()
            if change.is_told or index in self.stubs:
                found.update(heading for heading, _ in open_headings)
            if passage.kind == "section" and not change.is_told:
                open_headings.append((index, passage.depth))
        return found

    def _stubs(self) -> dict[int, list[Stub]]:
        """Where what moved had stood: the index of the change that it stood after, -1 for before all."""
        places = {
            passage.order: index
            for index, change in enumerate(self.changes)
            if change.kind not in _MOVED and (change.is_told or not change.carried)
            for passage in change.old
        }
        found: dict[int, list[Stub]] = {}
        for change in self.changes:
            if change.kind in _MOVED and change.is_edit and not is_reordered(change):
                before = next((place for place in range(change.old[0].order - 1, -1, -1) if place in places), -1)
                found.setdefault(places.get(before, -1), []).append(self.stub(change))
        return found

    def stub(self, change: Change) -> Stub:
        """Where a passage stood that moved."""
        place = words.called(change.old[0], self.sides, old=True)
        found = self.ids[id(change)]
        return Stub(f"{found}-from", place, self.sides.place(change.new[0]), f"#{found}")

    # Headings

    def rank(self, passage: Passage) -> int:
        """The level of a heading for this passage, so that none is skipped; it closes what is as deep or deeper."""
        while self.open and self.open[-1] >= passage.depth:
            self.open.pop()
        level = min(FIRST_LEVEL + len(self.open), self.level + 1, LAST_LEVEL)
        if passage.kind == "section":
            self.open.append(passage.depth)
        self.level = level
        return level

    def heading(self, change: Change) -> Heading:
        """A heading of the policy under which something changed."""
        new, old = change.new[0], change.old[0]
        was = old.marker if old.marker != new.marker else ""
        return Heading(self.rank(new), new.marker, _words(new.words, self.sides.new), was)

    # Changes

    def edit(self, change: Change) -> Edit:
        """One change."""
        sides, found = self.sides, self.ids[id(change)]
        moved = change.kind in _MOVED and not is_reordered(change)
        grid = self.grid(change)
        return Edit(
            found,
            _slug(change.kind) + (" along" if change.carried else ""),
            words.kind(change, sides),
            words.place(change, sides),
            self.rank((change.new or change.old)[0]),
            change.is_substance,
            flags(change, sides),
            words.remark(change),
            f"#{found}-from" if moved else "",
            () if grid else tuple(_line(part) for part in sides.old_parts(change)),
            () if grid else tuple(_line(part) for part in sides.new_parts(change)),
            (grid,) if grid else self.both(change),
            grid is not None or not change.spans,
        )

    def both(self, change: Change) -> Text:
        """Old and new in one. Of a list that was put in another order, every entry."""
        if is_reordered(change):
            parent, kind = change.new[0].parent, change.new[0].kind
            entries = [
                one for one in self.changes if one.new and (one.new[0].parent, one.new[0].kind) == (parent, kind)
            ]
            return tuple(self.line(one) for one in entries)
        return tuple(_line(part) for part in self.sides.shown(change))

    def grid(self, change: Change) -> Grid | None:
        """The rows of a change to a table, before and now; None where it is none, or its cells cannot be told apart."""
        found = rows(change, self.sides)
        if found is None:
            return None
        header = tuple(_pieces(cell) for cell in found.header)
        shown = tuple(Row(name, tuple(_pieces(cell) for cell in cells)) for name, cells in found.rows)
        return Grid(self.table_name(words.place(change, self.sides)), header, shown)

    def table_name(self, what: str) -> str:
        """What a table is called, as no other is."""
        self.tables += 1
        return f"Table {self.tables}: {what}"

    # What did not change

    def folded(self) -> Iterator[Fold]:
        """The passages that wait, as one fold."""
        if self.waiting:
            waiting, self.waiting = self.waiting, []
            yield Fold(words.unchanged(waiting), tuple(self.quiet(waiting)))

    def quiet(self, waiting: Iterable[Change]) -> Iterator[Line | Grid]:
        """Unchanged passages as they stand; the rows of one table together."""
        header: tuple[Pieces, ...] = ()
        found: list[Row] = []
        for change in waiting:
            passage = (change.new or change.old)[0]
            if found and passage.kind != "row":
                yield Grid(self.table_name("unchanged rows"), header, tuple(found))
                found = []
            if passage.kind == "header":
                header = tuple(_pieces(_cell(cell, self.sides.new)) for cell in passage.cells)
            elif passage.kind == "row" and passage.cells:
                found.append(Row("", tuple(_pieces(_cell(cell, self.sides.new)) for cell in passage.cells)))
            else:
                yield self.line(change)
        if found:
            yield Grid(self.table_name("unchanged rows"), header, tuple(found))

    def line(self, change: Change) -> Line:
        """A passage as it stands, with the number that it had."""
        new, old = change.new[0], change.old[0] if change.old else None
        shown = _line((new, (Run(Mark.SAME, new.words, self.sides.new),)))
        return shown._replace(was=old.marker if old and old.marker != new.marker else "")


# --- passages and words


def _line(part: tuple[Passage, Runs]) -> Line:
    passage, runs = part
    look = passage.kind if passage.kind in ("section", "preformatted") else "plain"
    marker = "•" if passage.kind == "bullet" else passage.marker
    return Line(marker, _pieces(runs), look, min(passage.depth, DEEPEST))


def _cell(cell: Inlines, edition: Edition) -> Runs:
    return (Run(Mark.SAME, cell, edition),)


def _pieces(runs: Runs) -> Pieces:
    return tuple(Piece(str(run.mark), _words(run.words, run.edition)) for run in runs)


def _words(inlines: Inlines, edition: Edition) -> Words:
    return tuple(word for inline in inlines for word in _word(inline, edition))


def _word(inline: Inline, edition: Edition) -> Words:
    """One inline. References and links are their words: the page speaks of a text and is not that text."""
    match inline:
        case Strong(children):
            return (Tag("strong", _words(children, edition)),)
        case Emphasis(children):
            return (Tag("em", _words(children, edition)),)
        case Link(children):
            return _words(children, edition)
        case Reference():
            return _words(edition.cite(inline).children, edition)
        case Code(text):
            return (Tag("code", (text,)),)
        case LineBreak():
            return (Tag("br"),)
        case FootnoteMark():
            return (Tag("sup", (footnote_number(inline, edition),)),)
        case _:
            return (inline.text,)
