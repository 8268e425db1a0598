"""Which unit of the old text became which of the new: in its place, elsewhere, or none.

What stays in its place stands in the same order on both sides, so that each side can be read off the other whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from policytool.model.comparison import Change, Comparison
from policytool.render.word.markup import Element, W
from policytool.render.word.tracked.ink import text_of
from policytool.render.word.tracked.stays import Stays
from policytool.render.word.tracked.units import Unit


@dataclass(frozen=True, slots=True)
class Kept:
    """Units that became others where they stood: one to one, one to several or several to one."""

    olds: range
    news: range


@dataclass(frozen=True, slots=True)
class Move:
    """One end of a move: the index of the other, and the name of the range it is moved in, with where that ends."""

    other: int
    name: str
    begins: bool
    ends: bool


@dataclass(slots=True)
class Plan:
    """What stays, in order; and what moved, by the index on either side."""

    kept: list[Kept]
    moved_from: dict[int, Move] = field(default_factory=dict)
    moved_to: dict[int, Move] = field(default_factory=dict)


def plan(comparison: Comparison, stays: Stays, olds: list[Unit], news: list[Unit], *, with_moves: bool) -> Plan:
    """The plan for two texts."""
    planning = _Planning(comparison, stays, olds, news)
    made = Plan(planning.kept())
    if with_moves:
        planning.add_moves(made)
    return made


@dataclass(frozen=True, slots=True)
class _Planning:
    comparison: Comparison
    stays: Stays
    olds: list[Unit]
    news: list[Unit]

    def kept(self) -> list[Kept]:
        """What stays, in order."""
        return self._with_rules(self._with_parts(sorted(self.stays.in_place.items())))

    def _with_parts(self, pairs: list[tuple[int, int]]) -> list[Kept]:
        """The pairs, those that were split or merged with all their parts where these stand side by side."""
        several = {
            self.stays.old_at[change.old[0].order]: change
            for change in self.comparison.changes
            if len(change.old) + len(change.new) > 2 and change.old and change.old[0].order in self.stays.old_at  # noqa: PLR2004
        }
        taken = dict(pairs)
        found = []
        for old, new in pairs:
            whole = self._parts(several[old], taken) if old in several else None
            found.append(whole or Kept(range(old, old + 1), range(new, new + 1)))
        return found

    def _parts(self, change: Change, taken: dict[int, int]) -> Kept | None:
        olds = [self.stays.old_at.get(passage.order, -1) for passage in change.old]
        news = [self.stays.new_at.get(passage.order, -1) for passage in change.new]
        if not _side_by_side(olds) or not _side_by_side(news) or taken.get(olds[0]) != news[0]:
            return None
        if any(old in taken for old in olds[1:]) or set(news[1:]) & set(taken.values()):
            return None
        looks = {_look(unit.element) for unit in (*(self.olds[at] for at in olds), *(self.news[at] for at in news))}
        return Kept(range(olds[0], olds[-1] + 1), range(news[0], news[-1] + 1)) if len(looks) == 1 else None

    def _with_rules(self, kept: list[Kept]) -> list[Kept]:
        """Lines across the page stay where there is one on both sides of the same gap."""
        found: list[Kept] = []
        for before, after in gaps(kept, len(self.olds), len(self.news)):
            rules = [at for at in before if self._is_rule(self.olds[at])]
            lines = [at for at in after if self._is_rule(self.news[at])]
            pairs = zip(rules, lines, strict=False)
            found += (Kept(range(old, old + 1), range(new, new + 1)) for old, new in pairs)
        return sorted([*kept, *found], key=lambda each: each.olds[0]) if found else kept

    @staticmethod
    def _is_rule(unit: Unit) -> bool:
        style = unit.element.find(f"{W}pPr/{W}pStyle")
        return style is not None and style.get(W + "val") == "Rule"

    def add_moves(self, made: Plan) -> None:
        """Ranges of units that moved together."""
        olds = {at for kept in made.kept for at in kept.olds}
        news = {at for kept in made.kept for at in kept.news}
        moves = sorted((old, new) for old, new in self.stays.words.items() if old not in olds and new not in news)
        number = 0
        for index, (old, new) in enumerate(moves):
            begins = index == 0 or moves[index - 1] != (old - 1, new - 1)
            ends = index + 1 == len(moves) or moves[index + 1] != (old + 1, new + 1)
            number += begins
            made.moved_from[old] = Move(new, f"move{number}", begins, ends)
            made.moved_to[new] = Move(old, f"move{number}", begins, ends)


def _side_by_side(places: Sequence[int]) -> bool:
    return places[0] >= 0 and [*places] == [*range(places[0], places[0] + len(places))]


def _look(element: Element) -> bytes:
    """A paragraph's properties, but for whether it is kept on the next page."""
    if element.tag != W + "p":
        return text_of(element)
    return b"".join(text_of(each) for each in element[0] if each.tag != W + "keepNext")


def columns(table: Element) -> int:
    """How many columns a table has."""
    return sum(1 for _ in table.iterfind(f"{W}tblGrid/{W}gridCol"))


def gaps(kept: Sequence[Kept], olds: int, news: int) -> Iterator[tuple[range, range]]:
    """What stands before each of the kept, and after the last, on either side."""
    old = new = 0
    for each in kept:
        yield range(old, each.olds[0]), range(new, each.news[0])
        old, new = each.olds[-1] + 1, each.news[-1] + 1
    yield range(old, olds), range(new, news)


def plan_by_words(olds: list[Unit], news: list[Unit]) -> Plan:
    """The plan for texts that no comparison tells of: by their words, and what is left in turn."""
    one, other = [_said(unit) for unit in olds], [_said(unit) for unit in news]
    if one == other:
        return Plan([Kept(range(at, at + 1), range(at, at + 1)) for at in range(len(olds))])
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    kept = []
    for tag, first, after, first_new, after_new in matcher.get_opcodes():
        for old, new in zip(range(first, after), range(first_new, after_new), strict=False):
            if tag == "equal" or _could_be(olds[old], news[new]):
                kept.append(Kept(range(old, old + 1), range(new, new + 1)))
    return Plan(kept)


def _said(unit: Unit) -> tuple[str, str]:
    return str(unit.element.tag), "".join(node.text or "" for node in unit.element.iter(W + "t"))


def _could_be(old: Unit, new: Unit) -> bool:
    if old.element.tag != new.element.tag:
        return False
    return not old.is_table or columns(old.element) == columns(new.element)
