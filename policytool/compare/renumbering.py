"""Changes -> the numbers that moved, said once for each run of siblings: "sections 2 to 12 are now 3 to 13"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from policytool.model.comparison import Change, ChangeKind, Passage, Renumbering

_MOVED = (ChangeKind.MOVED, ChangeKind.MOVED_AND_REWORDED)


class _Shift(NamedTuple):
    old: Passage
    new: Passage
    from_ordinal: int
    to_ordinal: int


def renumberings(changes: Sequence[Change]) -> tuple[Renumbering, ...]:
    """The runs, in reading order. A clause whose number changed only because its section's did is not among them."""
    siblings: defaultdict[tuple[int, bool], list[_Shift]] = defaultdict(list)
    for change in changes:
        if len(change.old) == len(change.new) == 1 and change.kind not in _MOVED:
            old, new = change.old[0], change.new[0]
            if old.number and new.number and bool(old.number.items) == bool(new.number.items):
                shift = _Shift(old, new, old.number.ordinal, new.number.ordinal)
                siblings[new.parent, bool(new.number.items)].append(shift)
    return tuple(run for shifts in siblings.values() for run in _runs(shifts))


def _runs(shifts: list[_Shift]) -> list[Renumbering]:
    runs: list[list[_Shift]] = []
    ordered = sorted(shifts, key=lambda shift: shift.to_ordinal)
    for before, shift in pairwise((None, *ordered)):
        if shift is None or shift.from_ordinal == shift.to_ordinal:
            continue
        if before and runs and runs[-1][-1] is before and _goes_on(before, shift):
            runs[-1].append(shift)
        else:
            runs.append([shift])
    return [_said(run) for run in runs]


def _goes_on(before: _Shift, shift: _Shift) -> bool:
    steps = shift.from_ordinal - before.from_ordinal, shift.to_ordinal - before.to_ordinal
    return steps == (1, 1) and shift.old.parent == before.old.parent


def _said(run: list[_Shift]) -> Renumbering:
    first, last = run[0], run[-1]
    return Renumbering(
        "section" if first.new.kind == "section" else "item" if first.new.kind == "item" else "clause",
        first.old.citation,
        last.old.citation,
        first.new.citation,
        last.new.citation,
    )
