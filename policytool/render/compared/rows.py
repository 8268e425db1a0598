"""A change to rows of a table -> its cells before and now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from policytool.model.comparison import Change, Mark, Passage
from policytool.model.inline import Inline, Text
from policytool.render.compared import words
from policytool.render.compared.sides import Parts, Run, Runs, Sides

BAR = "|"
KINDS = ("row", "header")


class Rows(NamedTuple):
    """The rows of a change, each with its name ("Before", "Now"). `header` is empty where it is not known."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[str, tuple[Runs, ...]], ...]


def rows(change: Change, sides: Sides) -> Rows | None:
    """The rows of a change; None where it touches other passages, or its cells cannot be told apart."""
    passages = (*change.old, *change.new)
    if any(passage.kind not in KINDS for passage in passages):
        return None
    if words.columns(change):
        return _aligned(change, sides)
    old, new = _rows(sides.old_parts(change), words.OLD), _rows(sides.new_parts(change), words.NEW)
    if old is None or new is None:
        return None
    return Rows(_header(change, sides, old=not change.new), (*old, *new) if change.spans else new)


def _aligned(change: Change, sides: Sides) -> Rows | None:
    """The rows of a change to the columns of a table, with an empty cell where there was or is no such column."""
    old: list[list[Run]] = [[]]
    new: list[list[Run]] = [[]]
    for run in sides.runs(change):
        for piece in _pieces(run):
            if piece is None:
                old.append([])
                new.append([])
                continue
            if piece.mark is not Mark.INSERTED:
                old[-1].append(piece)
            if piece.mark is not Mark.DELETED:
                new[-1].append(piece)
    taken = len(change.old[0].cells) > len(change.new[0].cells)
    if len(old) != max(len(change.old[0].cells), len(change.new[0].cells)):
        return None
    found = tuple((name, tuple(map(tuple, cells))) for name, cells in ((words.OLD, old), (words.NEW, new)))
    return Rows(_header(change, sides, old=taken), found)


def _header(change: Change, sides: Sides, *, old: bool) -> tuple[Runs, ...]:
    found = _above((change.old if old else change.new)[-1], sides, old=old)
    edition = sides.old if old else sides.new
    return tuple((Run(Mark.SAME, cell, edition),) for cell in found.cells) if found else ()


def _above(row: Passage, sides: Sides, *, old: bool) -> Passage | None:
    """The header of the table in which a row stands."""
    passages, order = sides.old_passages if old else sides.new_passages, row.order
    if row.kind != "row":
        return None
    while order in passages and passages[order].kind == "row":
        order -= 1
    found = passages.get(order)
    return found if found and found.kind == "header" else None


def _rows(parts: Parts, name: str) -> tuple[tuple[str, tuple[Runs, ...]], ...] | None:
    found = [_cells(runs, len(passage.cells)) for passage, runs in parts]
    return tuple((name, cells) for cells in found) if all(found) else None


def _cells(runs: Iterable[Run], count: int) -> tuple[Runs, ...]:
    """The words of a row, cell by cell; none where they cannot be told apart."""
    found: list[list[Run]] = [[]]
    for run in runs:
        for piece in _pieces(run):
            if piece is None:
                found.append([])
            else:
                found[-1].append(piece)
    return tuple(map(tuple, found)) if len(found) == count else ()


def _pieces(run: Run) -> Iterator[Run | None]:
    """The parts of a run between the bars that part cells, None for a bar."""
    part: list[Inline] = []
    for inline in run.words:
        if isinstance(inline, Text) and inline.text.strip() == BAR:
            if part:
                yield run._replace(words=tuple(part))
            yield None
            part = []
        else:
            part.append(inline)
    if part:
        yield run._replace(words=tuple(part))
