"""A source and the units that it is to have -> the source, every line as it was but for what changes.

What stays keeps its bytes; in what is reworded only the words change that do. The number typed before a clause changes
only with the number that it gets, and an indent only with that of what it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policytool.model.block import Clause, Footnote, Item, Preformatted, Section
from policytool.model.unit import HOLDING, Placed, Said, Unit
from policytool.render.markdown import own_lines
from policytool.render.markdown.patching import patched, shifted

_MARK = re.compile(r"([ \t]*)(\d+|[A-Za-z]+)?([.)]|[-*+])([ \t]+)")


class _Mark(NamedTuple):
    """What stands before the words of an item: its indent, number or letter, sign, and the blanks behind it."""

    indent: str
    number: str
    sign: str
    blanks: str

    @property
    def column(self) -> int:
        """Where the words begin."""
        return sum(map(len, self))


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where a unit stands in the source: its lines from `first` up to `end`, then empty ones up to `after`."""

    first: int
    end: int
    after: int


def rewritten(
    text: str, current: Sequence[Unit], placed: Sequence[Placed], *, running: bool = False, afresh: Collection[int] = ()
) -> str | None:
    """The text with these units in the place of its own; None where two of its units share a line.

    `text` may have CRLF; `placed` are numbered; those of `afresh` (places in it) are not patched but written anew.
    """
    writing = _Writing(text, current, placed, running=running, afresh=afresh)
    return None if writing.shares_lines else writing.written()


class _Writing:
    def __init__(
        self, text: str, current: Sequence[Unit], placed: Sequence[Placed], *, running: bool, afresh: Collection[int]
    ) -> None:
        self._lines = text.split("\n")
        self._end = "\r" if self._lines[0].endswith("\r") else ""
        self._current, self._placed, self._running, self._afresh = current, placed, running, afresh
        starts = sorted((unit.line - 1, place) for place, unit in enumerate(current))
        self.shares_lines = len({line for line, _ in starts}) < len(starts)
        self._order = [place for _, place in starts]
        self._ranges = dict(self._measured(starts))
        self._following = dict(zip(self._order, self._order[1:], strict=False))
        runs = list(zip(_lists(current, range(len(current))), current, strict=True))
        self._ones = {run for run, unit in runs if self._is_one(unit)}
        self._lists = list(_lists([one.unit for one in placed], [one.source for one in placed]))
        self._columns: dict[int, int] = {}
        self._out: list[str] = []

    def written(self) -> str:
        """The whole text."""
        self._out = self._lines[: self._ranges[self._order[0]].first if self._order else self._body()]
        before: int | None = None
        for place in self._in_order():
            self._gap(before, place)
            self._out += self._unit(place)
            before = place
        self._tail(before)
        return "\n".join(self._out)

    # The lines of the source

    def _body(self) -> int:
        """How many lines there are before the end of a text without blocks."""
        lines = len(self._lines)
        return lines - 1 if self._lines[-1] == "" else lines

    def _measured(self, starts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, _Lines]]:
        ends = [*(line for line, _ in starts[1:]), len(self._lines)]
        for (first, place), after in zip(starts, ends, strict=False):
            end = after
            while end > first + 1 and not self._lines[end - 1].strip():
                end -= 1
            yield place, _Lines(first, end, after)

    def _mark(self, source: int) -> _Mark:
        """What stands before the words of a unit of the source: for anything but an item, its indent alone."""
        line = self._lines[self._ranges[source].first]
        match = _MARK.match(line) if isinstance(self._current[source].block, HOLDING) else None
        if match:
            return _Mark(*(part or "" for part in match.groups()))
        return _Mark(line[: len(line) - len(line.lstrip(" \t"))], "", "", "")

    def _is_one(self, unit: Unit) -> bool:
        """Whether 1 is typed before a clause that is printed with another number: so it is meant throughout."""
        block = unit.block
        if not isinstance(block, Clause) or block.start is not None or not block.number or block.number.ordinal == 1:
            return False
        match = _MARK.match(self._lines[unit.line - 1])
        return match is not None and match[2] == "1"

    def _in_order(self) -> Iterator[int]:
        """The units to be written, each footnote behind the one that it stood behind."""
        behind: dict[int | None, list[int]] = {}
        places = {one.source: place for place, one in enumerate(self._placed) if one.source is not None}
        last = len(self._placed) and max(
            (place for place, one in enumerate(self._placed) if not isinstance(one.unit.block, Footnote)), default=-1
        )
        for place in self._footnotes():
            behind.setdefault(self._stood_behind(self._placed[place], places, last), []).append(place)
        yield from behind.get(-1, ())
        for place, one in enumerate(self._placed):
            if not isinstance(one.unit.block, Footnote):
                yield place
                yield from behind.get(place, ())

    def _footnotes(self) -> list[int]:
        """The footnotes in the order that they have in the source, new ones last."""
        notes = [place for place, one in enumerate(self._placed) if isinstance(one.unit.block, Footnote)]
        sources = [self._placed[place].source for place in notes]
        stood = {place: self._order.index(one) for place, one in zip(notes, sources, strict=True) if one is not None}
        return sorted(notes, key=lambda place: stood.get(place, len(self._order)))

    def _stood_behind(self, one: Placed, places: dict[int, int], last: int) -> int:
        if one.source is None:
            return last
        at = self._order.index(one.source)
        for source in reversed(self._order[:at]):
            if source in places and not isinstance(self._current[source].block, Footnote):
                return places[source]
        return -1

    # Between units

    def _gap(self, before: int | None, place: int) -> None:
        """The empty lines before a unit: as they were where it stands behind what it stood behind."""
        source, ahead = self._placed[place].source, None if before is None else self._placed[before].source
        if before is None:
            if self._out and self._out[-1].strip():
                self._out.append(self._end)
        elif ahead is not None and source is not None and self._following.get(ahead) == source:
            lines = self._ranges[ahead]
            self._out += self._lines[lines.end : lines.after]
        elif not self._is_close(before, place):
            self._out.append(self._end)

    def _is_close(self, before: int, place: int) -> bool:
        """Whether a unit needs no empty line before it, nor had one: it goes on with a list."""
        unit = self._placed[place].unit
        if not isinstance(unit.block, HOLDING):
            return False
        if before == unit.holder:
            return self._held_close(before, unit.block)
        if isinstance(unit.block, Item) and unit.block.begins:
            return False
        at = before
        while at >= 0 and self._placed[at].unit.holder != unit.holder:
            if not isinstance(self._placed[at].unit.block, HOLDING):
                return False
            at = self._placed[at].unit.holder
        if at < 0 or type(self._placed[at].unit.block) is not type(unit.block):
            return False
        return self._was_close(self._placed[place].source) and self._was_close(self._placed[at].source)

    def _held_close(self, holder: int, block: Said) -> bool:
        """Whether the first thing in an item may follow its words at once: where it did, or nothing stood in it."""
        number = getattr(block, "number", None)
        if number is not None and number.ordinal != 1:
            return False  # Markdown would take it for words
        source = self._placed[holder].source
        after = None if source is None else self._following.get(source)
        if source is None or after is None or self._current[after].holder != source:
            return True
        return self._ranges[source].end == self._ranges[source].after

    def _was_close(self, source: int | None) -> bool:
        if source is None:
            return True
        first = self._ranges[source].first
        siblings = [place for place, unit in enumerate(self._current) if self._is_sibling(unit, source)]
        firsts = [first, *(self._ranges[place].first for place in siblings)]
        return any(line and self._lines[line - 1].strip() for line in firsts) if siblings else True

    def _is_sibling(self, unit: Unit, source: int) -> bool:
        own = self._current[source]
        return unit is not own and unit.holder == own.holder and type(unit.block) is type(own.block)

    def _tail(self, before: int | None) -> None:
        """What stands behind the last unit: as it was where that is still the last, else one line end."""
        last = self._order[-1] if self._order else None
        if before is not None and last is not None and self._placed[before].source == last:
            self._out += self._lines[self._ranges[last].end :]
        else:
            while self._out and not self._out[-1].strip():
                self._out.pop()
            self._out.append("")
        if last is not None and self._out and self._out[-1].endswith("\r"):
            self._out[-1] = self._out[-1][:-1]

    # One unit

    def _unit(self, place: int) -> list[str]:
        one = self._placed[place]
        if one.source is None or type(self._current[one.source].block) is not type(one.unit.block):
            return self._new(place)
        source = self._current[one.source]
        mark = self._mark(one.source)
        indent = self._indent(one, mark)
        shown = mark._replace(indent=" " * indent, number=self._number(place, mark, source.block))
        self._columns[place] = shown.column
        own = self._ranges[one.source]
        lines = self._lines[own.first : own.end]
        if source.block == one.unit.block and place not in self._afresh:
            shift = shown.column - mark.column
            if shown == mark._replace(indent=shown.indent) and not shift:
                return lines
            head = "".join(shown) + lines[0][mark.column :]
            return [head, *(shifted(line, shift) for line in lines[1:])]
        if place in self._afresh:
            return self._anew(place, shown)
        return self._patched(place, source.block, lines, (mark, shown))

    def _new(self, place: int) -> list[str]:
        unit = self._placed[place].unit
        indent = " " * (self._columns.get(unit.holder, 0) if unit.holder >= 0 else 0)
        sign, _ = own_lines(unit.block, running=self._running)
        if not sign:
            return self._anew(place, _Mark(indent, "", "", ""))
        is_one = isinstance(unit.block, Clause) and unit.block.start is None and self._lists[place] in self._ones
        number = "1" if is_one else sign[:-1]
        shown = _Mark(indent, number, sign[-1], " ")
        self._columns[place] = shown.column
        return self._anew(place, shown)

    def _anew(self, place: int, shown: _Mark) -> list[str]:
        _, content = own_lines(self._placed[place].unit.block, running=self._running)
        return self._laid_out(content, shown)

    def _laid_out(self, content: str, shown: _Mark) -> list[str]:
        first, *others = content.split("\n")
        pad = " " * shown.column
        lines = ["".join(shown) + first, *(pad + line if line.strip("\r") else line for line in others)]
        return [line if line.endswith("\r") else line + self._end for line in lines]

    def _patched(self, place: int, before: Said, lines: Sequence[str], marks: tuple[_Mark, _Mark]) -> list[str]:
        """The lines of a unit with nothing changed but the words that do; `marks` as they are, and as they will be."""
        mark, shown = marks
        after = self._placed[place].unit.block
        old, new = (own_lines(block, running=self._running)[1] for block in (before, after))
        written = "\n".join([lines[0][mark.column :], *(shifted(line, -mark.column) for line in lines[1:])])
        return self._laid_out(patched(written, old, new, by_lines=isinstance(after, Preformatted)), shown)

    def _indent(self, one: Placed, mark: _Mark) -> int:
        """How far a unit is indented: as it was, moved with what it stands in."""
        source = None if one.source is None else self._current[one.source].holder
        holder = one.unit.holder
        if holder < 0:
            return len(mark.indent) if source == -1 else 0
        column = self._columns.get(holder, 0)
        if source is not None and source >= 0 and self._placed[holder].source == source:
            return max(len(mark.indent) + column - self._mark(source).column, 0)
        return column

    def _number(self, place: int, mark: _Mark, before: Said) -> str:
        """What is typed before a clause or item: another number where it told the right one and that is another now."""
        after = self._placed[place].unit.block
        if not isinstance(before, Clause | Item) or not isinstance(after, Clause | Item):
            return mark.number
        told, tells = _told(before), _told(after)
        if not told or not tells or (self._lists[place] in self._ones and mark.number == "1"):
            return mark.number
        begins = getattr(before, "begins", None) != getattr(after, "begins", None)
        return tells if mark.number == told or begins else mark.number


def _lists(run: Sequence[Unit], names: Sequence[int | None]) -> Iterator[tuple[int | None, int | None]]:
    """Which list each unit stands in: what it is held by, and the heading that it stands under, by these names."""
    heading: int | None = -1
    for unit, name in zip(run, names, strict=True):
        heading = name if isinstance(unit.block, Section) else heading
        yield (-1 if unit.holder < 0 else names[unit.holder]), heading


def _told(block: Clause | Item) -> str:
    number = block.number
    if number is None:
        return ""
    return str(number.ordinal) if isinstance(block, Clause) else number.items[-1]
