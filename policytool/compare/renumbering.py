"""Changes -> the numbers that moved, said once for each run of siblings: "sections 2 to 12 are now 3 to 13"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter
from typing import TypeAlias

from policytool.model.comparison import Change, ChangeKind, Passage, Renumbering

_MOVED = (ChangeKind.MOVED, ChangeKind.MOVED_AND_REWORDED)


_Shift: TypeAlias = tuple[Passage, Passage, int, int]
"""A passage before and after, and its place among its siblings before and after."""


def renumberings(changes: Sequence[Change]) -> tuple[Renumbering, ...]:
    """The runs, in reading order. A clause whose number changed only because its section's did is not among them."""
    siblings: defaultdict[tuple[int, bool], list[_Shift]] = defaultdict(list)
    shifted = set()
    for change in changes:
        if len(change.old) == len(change.new) == 1 and change.kind not in _MOVED:
            old, new = change.old[0], change.new[0]
            before, after = old.number, new.number
            if before and after and bool(before.items) == bool(after.items):
                among = new.parent, bool(after.items)
                siblings[among].append((old, new, before.ordinal, after.ordinal))
                if before.ordinal != after.ordinal:
                    shifted.add(among)
    return tuple(run for among, shifts in siblings.items() if among in shifted for run in _runs(shifts))


def _runs(shifts: list[_Shift]) -> list[Renumbering]:
    runs: list[list[_Shift]] = []
    before: _Shift | None = None
    for shift in sorted(shifts, key=itemgetter(3)):
        if shift[2] != shift[3]:
            if before and runs and runs[-1][-1] is before and _goes_on(before, shift):
                runs[-1].append(shift)
            else:
                runs.append([shift])
        before = shift
    return [_said(run) for run in runs]


def _goes_on(before: _Shift, shift: _Shift) -> bool:
    steps = shift[2] - before[2], shift[3] - before[3]
    return steps == (1, 1) and shift[0].parent == before[0].parent


def _said(run: list[_Shift]) -> Renumbering:
    (old_first, new_first, *_), (old_last, new_last, *_) = run[0], run[-1]
    return Renumbering(
        "section" if new_first.kind == "section" else "item" if new_first.kind == "item" else "clause",
        old_first.citation,
        old_last.citation,
        new_first.citation,
        new_last.citation,
    )
