"""Two texts and a plan -> one text with tracked changes: the body of a document, a footnote, a cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TypeAlias

from policytool.render.word.markup import Element, W, child, root
from policytool.render.word.tracked.ink import Ink, Status, same
from policytool.render.word.tracked.paragraphs import Paragraphs
from policytool.render.word.tracked.plan import Kept, Move, Plan, gaps, plan_by_words
from policytool.render.word.tracked.stays import rising
from policytool.render.word.tracked.units import TABLE, Unit, units
from policytool.render.word.words import CUT_TAG

_ROW, _CELL, _P = W + "tr", W + "tc", W + "p"
_Gap: TypeAlias = tuple[range, range]


@dataclass(slots=True)
class Texts:
    """Puts texts together. `rows` are the pairs of passages, by which rows of tables find one another.

    `spared` are the passages of the old text whose words are not written, because they stay.
    """

    ink: Ink
    paragraphs: Paragraphs
    rows: Mapping[int, int]
    spared: Collection[int]

    def joined(self, olds: list[Unit], news: list[Unit], plan: Plan) -> list[Element]:
        """All the elements of the text, in order."""
        return _Joining(self, olds, news, plan).elements()

    def short(self, olds: Sequence[Element], news: Sequence[Element]) -> list[Element]:
        """A text that no comparison tells of: a cell or a footnote."""
        before, left = units(olds)
        after, left_new = units(news)
        return [*self.joined(before, after, plan_by_words(before, after)), *left, *left_new]

    def alone(self, elements: Sequence[Element], status: Status, *, ends: bool = True) -> list[Element]:
        """A text that stands on one side alone. Its last end stays, unless `ends`."""
        made = []
        for index, element in enumerate(elements):
            if element.tag == TABLE:
                made.append(self.table_alone(element, status))
            elif element.tag == _P:
                last = index == len(elements) - 1
                made.append(self.paragraphs.on_one_side(element, status, ends=ends or not last))
            else:
                made.append(element)
        return made

    def table_alone(self, table: Element, status: Status) -> Element:
        """A table all of whose rows are inserted or deleted."""
        for row in table.iterfind(_ROW):
            self._row_alone(row, status)
        return table

    def _row_alone(self, row: Element, status: Status) -> None:
        self.ink.stamped(row[0], status)
        for cell in row.iterfind(_CELL):
            cell[1:] = self.alone([*cell][1:], status)

    def table(self, old: Unit, new: Unit) -> Element:
        """A table of as many columns as before, its rows tracked."""
        if same(old.element, new.element) and next(new.element.iter(W + CUT_TAG), None) is None:
            return new.element
        made = root("tbl")
        made.extend([*new.element][:2])
        self.ink.changed(made[0], old.element[0])
        if not same(made[1], old.element[1]):
            child(made[1], "tblGridChange", id=self.ink.id()).append(deepcopy(old.element[1]))
        before, after = old.element.findall(_ROW), new.element.findall(_ROW)
        pairs = self._rows(old, new, before, after)
        kept = [Kept(range(one, one + 1), range(other, other + 1)) for one, other in pairs]
        for (deleted, inserted), pair in zip(gaps(kept, len(before), len(after)), [*pairs, None], strict=True):
            for at in deleted:
                self._row_alone(before[at], "del")
                made.append(before[at])
            for at in inserted:
                self._row_alone(after[at], "ins")
                made.append(after[at])
            if pair:
                made.append(self._row(before[pair[0]], after[pair[1]]))
        return made

    def _rows(self, old: Unit, new: Unit, before: Sequence[Element], after: Sequence[Element]) -> list[tuple[int, int]]:
        """Which row became which; a header is no other row."""
        if not old.orders:
            pairs = [(at, at) for at in range(min(len(before), len(after)))]
        else:
            places = {order: at for at, order in enumerate(new.orders)}
            found = ((at, places.get(self.rows.get(order, -1), -1)) for at, order in enumerate(old.orders))
            pairs = rising((one, other) for one, other in found if other >= 0)
        return [(one, other) for one, other in pairs if same(before[one][0], after[other][0])]

    def _row(self, old: Element, new: Element) -> Element:
        for before, after in zip(old.findall(_CELL), new.findall(_CELL), strict=True):
            written = self.short([*before][1:], [*after][1:])
            self.ink.changed(after[0], before[0])
            after[1:] = written
        return new


class _Joining:
    """One text while it is put together."""

    def __init__(self, texts: Texts, olds: list[Unit], news: list[Unit], plan: Plan) -> None:
        self._texts, self._olds, self._news, self._plan = texts, olds, news, plan
        self._made: list[Element] = []
        self._open: dict[str, str] = {}

    def elements(self) -> list[Element]:
        *before, (old, new) = gaps(self._plan.kept, len(self._olds), len(self._news))
        last: Kept | None = None
        for (olds, news), kept in zip(before, self._plan.kept, strict=True):
            first, rest = self._cut(olds, news, before_table=self._news[kept.news[0]].is_table)
            if self._has_end(*first, last):
                self._finish(*first, last)
            else:
                self._gap(*first)
            self._gap(*rest)
            self._keep(kept)
            last = kept
        self._finish(old, new, last)
        return self._made

    def _cut(self, olds: range, news: range, *, before_table: bool) -> tuple[_Gap, _Gap]:
        """What stands before the first table, whether that is in this gap or right behind it; and the rest."""
        at = next((place for place, at in enumerate(olds) if self._olds[at].is_table), -1)
        if at >= 0:
            return (olds[:at], news[:0]), (olds[at:], news)
        at = next((place for place, at in enumerate(news) if self._news[at].is_table), -1)
        if at >= 0:
            return (olds, news[:at]), (olds[:0], news[at:])
        whole, none = (olds, news), (olds[:0], news[:0])
        return (whole, none) if before_table else (none, whole)

    def _has_end(self, olds: range, news: range, last: Kept | None) -> bool:
        """Whether there is one end for what stands before a table on either side, so that no end has to go there.

        By the standard it could, but LibreOffice can join no paragraph with a table, and leaves an empty one.
        """
        if any(at in self._plan.moved_from for at in olds) or any(at in self._plan.moved_to for at in news):
            return False
        ends = [units[places[-1]] for places, units in ((olds, self._olds), (news, self._news)) if places]
        if len(ends) == 1 and last:
            ends += self._olds[last.olds[-1]], self._news[last.news[-1]]
        return len(ends) > 1 and all(same(_untracked(ends[0].element[0]), _untracked(end.element[0])) for end in ends)

    def _gap(self, olds: range, news: range) -> None:
        for at in olds:
            self._alone(at, self._olds, self._plan.moved_from, "del")
        for at in news:
            self._alone(at, self._news, self._plan.moved_to, "ins")

    def _alone(
        self, at: int, units: list[Unit], moves: Mapping[int, Move], status: Status, *, ends: bool = True
    ) -> None:
        unit, move = units[at], moves.get(at)
        self._made += unit.before
        if unit.is_table:
            self._made.append(self._texts.table_alone(unit.element, status))
        elif move is None:
            self._made.append(self._texts.paragraphs.on_one_side(unit.element, status, ends=ends))
        else:
            self._move(unit, move, status, ends=ends)

    def _move(self, unit: Unit, move: Move, status: Status, *, ends: bool) -> None:
        moving: Status = "moveFrom" if status == "del" else "moveTo"
        other = (self._news if status == "del" else self._olds)[move.other].element
        made = self._texts.paragraphs.on_one_side(unit.element, moving, other=other, ends=ends)
        if move.begins:
            start = self._texts.ink.stamped(made, f"{moving}RangeStart")
            start.set(W + "name", move.name)
            made.insert(1, start)
            self._open[moving] = start.get(W + "id", "")
        self._made.append(made)
        if move.ends:
            end = root("p")
            self._made.append(child(end, f"{moving}RangeEnd", id=self._open.pop(moving)))

    def _keep(self, kept: Kept) -> None:
        olds, news = [self._olds[at] for at in kept.olds], [self._news[at] for at in kept.news]
        for unit in (*olds, *news):
            self._made += unit.before
        if olds[0].is_table:
            self._made.append(self._texts.table(olds[0], news[0]))
        elif any(order in self._texts.spared for order in olds[0].orders):
            self._made.append(self._texts.paragraphs.as_it_was(olds[0].element, news[0].element))
        else:
            before, after = [unit.element for unit in olds], [unit.element for unit in news]
            self._made += self._texts.paragraphs.kept_in_place(before, after)
        if news[-1].contents is not None:
            self._made.append(news[-1].contents)

    def _finish(self, olds: range, news: range, last: Kept | None) -> None:
        """What stands before an end that cannot be inserted or deleted, so that it stands on both sides.

        Such is the end of a text. `last` is what was kept last.
        """
        if olds and news:
            self._gap(olds[:-1], news[:-1])
            self._last(olds[-1], news[-1])
        elif olds and last:
            self._shift(last, olds, self._olds, self._plan.moved_from, "del")
        elif news and last:
            self._shift(last, news, self._news, self._plan.moved_to, "ins")
        else:
            self._gap(olds, news)

    def _last(self, old: int, new: int) -> None:
        self._made += self._olds[old].before + self._news[new].before
        self._made.append(self._texts.paragraphs.both(self._olds[old].element, self._news[new].element))

    def _shift(self, kept: Kept, alone: range, units: list[Unit], moves: Mapping[int, Move], status: Status) -> None:
        """The end that stays is the last; the one that comes or goes is that of the paragraph before."""
        ink = self._texts.ink
        old = _untracked(self._olds[kept.olds[-1]].element[0])
        new = _untracked(self._news[kept.news[-1]].element[0])
        own = _untracked(units[alone[-1]].element[0])
        before = self._last_paragraph()
        for at in alone:
            self._alone(at, units, moves, status, ends=at != alone[-1])
        last = self._last_paragraph()
        before[0], last[0] = (new, own) if status == "ins" else (old, new)
        ink.mark(before[0], status)
        ink.changed(last[0], deepcopy(old) if status == "ins" else own)

    def _last_paragraph(self) -> Element:
        return next(each for each in reversed(self._made) if each.tag == _P)


def _untracked(properties: Element) -> Element:
    """A copy of a paragraph's properties as they are when nothing is tracked."""
    copied = deepcopy(properties)
    for change in [*copied.iterchildren(W + "rPr", W + "pPrChange")]:
        copied.remove(change)
    return copied
