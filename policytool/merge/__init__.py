"""A text, what came back of it, and what became of it since -> both changes in one text, or where they clash.

Units are what counts (`policytool.model.unit`), so that changes to two clauses always go together, however close they
stand. Nothing is guessed: what both sides changed in two ways, and what both put in the same place, is a conflict.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeAlias

from policytool.model.block import Footnote
from policytool.model.unit import Conflict, Placed, Unit, is_whole

Key: TypeAlias = Hashable
Pairs: TypeAlias = Mapping[int, int]
"""By the place of a unit in the text that both began with, its place in one of the two others."""

BOTH_REWORDED = "changed in the document and in the source since"
BOTH_MOVED = "moved in the document and, to another place, in the source since"
BOTH_ADDED = "something was put here in the document, and something else in the source since"
EDITED_GONE = "changed in the document, and taken out of the source since"
GONE_EDITED = "taken out in the document, and changed in the source since"
HOLDER_GONE = "what it stands under has gone on the other side"
_NOWHERE = "before everything"


def merge(
    base: Sequence[Unit], edited: Sequence[Unit], current: Sequence[Unit], pairs: tuple[Pairs, Pairs]
) -> tuple[tuple[Placed, ...], tuple[Conflict, ...]]:
    """The units of the text that has both changes, and the conflicts; with any of these the units are good for nothing.

    `pairs` tell which unit of the base is which in the edited and in the current text.
    """
    merging = _Merging(base, edited, current, pairs)
    placed = merging.merged()
    if not merging.conflicts and not is_whole([one.unit for one in placed]):
        merging.conflicts.append(Conflict(HOLDER_GONE))
    return tuple(placed), tuple(merging.conflicts)


class _Text:
    """One of the two texts that came of the base: its units, the key of each, and what of the base moved in it."""

    def __init__(self, units: Sequence[Unit], pairs: Pairs, side: str) -> None:
        self.units, self.side = units, side
        self.keys: list[Key] = [(side, place) for place in range(len(units))]
        for old, new in pairs.items():
            self.keys[new] = old
        self.moved = _moved([key for key in self.keys if isinstance(key, int)])
        self.index()

    def index(self) -> None:
        """Note again where each key stands."""
        self.places = {key: place for place, key in enumerate(self.keys)}

    def unit(self, key: Key) -> Unit | None:
        """The unit of this key."""
        return self.units[self.places[key]] if key in self.places else None

    def before(self, key: Key) -> Key:
        """What stands before it."""
        place = self.places[key]
        return self.keys[place - 1] if place else _NOWHERE

    def holder(self, key: Key) -> Key | None:
        """What it stands in, None for nothing."""
        place = self.units[self.places[key]].holder
        return self.keys[place] if place >= 0 else None


def _moved(keys: Sequence[int]) -> set[int]:
    """Those that are off the longest run in which the order is as it was."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, key in enumerate(keys):
        at = bisect_left(tails, key)
        tails[at : at + 1], ends[at : at + 1] = [key], [place]
        before.append(ends[at - 1] if at else -1)
    stays, place = set[int](), ends[-1] if ends else -1
    while place >= 0:
        stays.add(keys[place])
        place = before[place]
    return set(keys) - stays


class _Merging:
    def __init__(
        self, base: Sequence[Unit], edited: Sequence[Unit], current: Sequence[Unit], pairs: tuple[Pairs, Pairs]
    ) -> None:
        self._base = base
        self._edited, self._current = _Text(edited, pairs[0], "edited"), _Text(current, pairs[1], "current")
        self._labels = {getattr(unit.block, "label", "") for unit in current}
        self.conflicts: list[Conflict] = []
        self._join_twins()

    def merged(self) -> list[Placed]:
        """All units in their order, each with what both sides made of it."""
        order = [key for key in self._current.keys if self._stays(key)]
        self._gone()
        self._put(order)
        places = {key: place for place, key in enumerate(order)}
        return [self._placed(key, places) for key in order]

    def _join_twins(self) -> None:
        """The same words that both sides put in the same place are one."""
        edited, current = self._edited, self._current
        new = {(current.before(key), current.holder(key)): key for key in current.keys if not isinstance(key, int)}
        for place, key in enumerate(edited.keys):
            if isinstance(key, int):
                continue
            twin = new.get((edited.before(key), edited.holder(key)))
            unit = current.unit(twin) if twin is not None else None
            if unit is not None and twin not in edited.places and _same(unit, edited.units[place]):
                edited.keys[place] = twin
                edited.index()

    def _stays(self, key: Key) -> bool:
        """Whether something of the current text stays where it is."""
        if key not in self._edited.places:
            return not isinstance(key, int)
        return key not in self._edited.moved or key in self._current.moved

    def _gone(self) -> None:
        """What one side took out and the other changed is a conflict."""
        for key, unit in enumerate(self._base):
            edited, current = self._edited.unit(key), self._current.unit(key)
            if edited is None and current is not None and not _same(unit, current):
                self._clash(GONE_EDITED, key)
            if current is None and edited is not None and not _same(unit, edited):
                self._clash(EDITED_GONE, key)
            both = key in self._edited.moved and key in self._current.moved
            if both and self._edited.before(key) != self._current.before(key):
                self._clash(BOTH_MOVED, key)

    def _put(self, order: list[Key]) -> None:
        """Put what the edited text has new or elsewhere behind what it follows there."""
        at = -1
        places = set(order)
        for key in self._edited.keys:
            if key in places:
                at = order.index(key)
            elif not isinstance(key, int) or (key in self._edited.moved and key in self._current.places):
                at = self._behind_what_is_held(order, at, key) + 1
                self._check_gap(order, at, key)
                order.insert(at, key)
                places.add(key)

    def _behind_what_is_held(self, order: Sequence[Key], at: int, key: Key) -> int:
        """The place of the last unit that the source put under the one before, where the new one stands beside that."""
        under = {order[at]} if at >= 0 else set()
        if self._edited.holder(key) in under:
            return at
        while at + 1 < len(order) and self._is_news(order[at + 1]) and self._current.holder(order[at + 1]) in under:
            at += 1
            under.add(order[at])
        return at

    def _is_news(self, key: Key) -> bool:
        """Whether the source alone has it."""
        return key in self._current.places and key not in self._edited.places

    def _check_gap(self, order: Sequence[Key], at: int, key: Key) -> None:
        there = order[at] if at < len(order) else None
        if there is None or not self._is_news(there):
            return
        before = order[at - 1] if at else None
        if (self._edited.holder(key) == before) != (self._current.holder(there) == before):
            return  # the one stands in what is before, the other beside it
        unit, other = self._edited.unit(key), self._current.unit(there)
        if not (_is_footnote(unit) or _is_footnote(other)):
            self.conflicts.append(Conflict(BOTH_ADDED, None, unit, other))

    def _clash(self, why: str, key: Key) -> None:
        base = self._base[key] if isinstance(key, int) else None
        self.conflicts.append(Conflict(why, base, self._edited.unit(key), self._current.unit(key)))

    # One unit

    def _placed(self, key: Key, places: Mapping[Key, int]) -> Placed:
        edited, current = self._edited.unit(key), self._current.unit(key)
        holder = self._holder(key)
        if holder is not None and holder not in places:
            self._clash(HOLDER_GONE, key)
        at = places.get(holder, -1) if holder is not None else -1
        source = self._current.places.get(key)
        if current is None and edited is not None:
            return Placed(Unit(self._fresh(edited.block), at))
        assert current is not None  # noqa: S101  # what is in neither text is not placed
        if edited is None or not isinstance(key, int):
            return Placed(replace(current, holder=at), source)
        block = _three(self._base[key].block, edited.block, current.block)
        if block is None:
            self._clash(BOTH_REWORDED, key)
        return Placed(Unit(block or current.block, at), source)

    def _fresh(self, block: Any) -> Any:  # noqa: ANN401  # a block
        """A new block, without a label that is another's."""
        return _bare(block) if getattr(block, "label", "") in self._labels else block

    def _holder(self, key: Key) -> Key | None:
        if key not in self._current.places:
            return self._edited.holder(key)
        if key not in self._edited.places or not isinstance(key, int):
            return self._current.holder(key)
        base = self._base[key].holder
        was = base if base >= 0 else None
        edited, current = self._edited.holder(key), self._current.holder(key)
        if was not in (edited, current) and edited != current:
            self._clash(BOTH_MOVED, key)
        return current if edited == was else edited


def _is_footnote(unit: Unit | None) -> bool:
    return unit is not None and isinstance(unit.block, Footnote)


def _same(one: Unit, other: Unit) -> bool:
    """Whether two units say the same, whatever their labels are."""
    return bool(_bare(one.block) == _bare(other.block))


def _bare(block: Any) -> Any:  # noqa: ANN401  # a block
    return replace(block, label="") if getattr(block, "label", "") else block


def _three(base: Any, edited: Any, current: Any) -> Any:  # noqa: ANN401  # blocks
    """A block with the changes of both sides; None where they clash. A label stays once it is given."""
    if not type(base) is type(edited) is type(current):
        whole = _value(_bare(base), _bare(edited), _bare(current))
        labelled = {"label": current.label or edited.label} if hasattr(whole, "label") else {}
        return whole and replace(whole, **labelled)
    changed = dict(_changes(base, edited, current))
    return None if _CLASH in changed.values() else replace(current, **changed)


_CLASH = object()


def _changes(base: Any, edited: Any, current: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  # as above
    for field in fields(base):
        name = field.name
        if name == "label":
            yield name, current.label or edited.label
        elif field.compare:
            value = _value(*(getattr(one, name) for one in (base, edited, current)), clash=_CLASH)
            if value != getattr(current, name):
                yield name, value


def _value(base: Any, edited: Any, current: Any, *, clash: Any = None) -> Any:  # noqa: ANN401  # as above
    if edited in (base, current):
        return current
    return edited if current == base else clash
