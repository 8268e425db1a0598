"""A policy as a run of units: what can be reworded, moved, added or taken out by itself.

A unit is a block without the blocks that stand under it; quotations, tables and footnotes are one unit as a whole.
Clauses, items and bullets hold what stands under them; what a heading holds follows from its level and is not said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeAlias

from policytool.model.block import Block, Blocks, Bullet, Clause, Footnote, Item, Section
from policytool.model.inline import Text
from policytool.model.policy import Policy

Said: TypeAlias = Block | Footnote
HOLDING = (Clause, Item, Bullet)
_WITH_BLOCKS = (*HOLDING, Section)


@dataclass(frozen=True, slots=True)
class Unit:
    """A block by itself. `holder` is the place of the clause, item or bullet that it stands in, -1 for none."""

    block: Said
    holder: int = -1

    @property
    def line(self) -> int:
        """The line on which it begins in the source, counted from 1."""
        return self.block.position.line


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit of a text that is to be written; `source` is the unit of the present text that it is, None for a new."""

    unit: Unit
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """What cannot be merged: the unit as it was, as it came back, and as it is now; None where it is not there."""

    why: str
    base: Unit | None = None
    edited: Unit | None = None
    current: Unit | None = None


def units(policy: Policy) -> tuple[Unit, ...]:
    """The units of a policy in reading order, its footnotes last."""
    found: list[Unit] = []
    _add(policy.blocks, -1, found)
    found += (Unit(_tidy(footnote)) for footnote in policy.footnotes)
    return tuple(found)


def _add(blocks: Blocks, holder: int, found: list[Unit]) -> None:
    for block in blocks:
        place = len(found)
        if isinstance(block, _WITH_BLOCKS):
            found.append(Unit(_tidy(replace(block, blocks=())), holder))
            _add(block.blocks, holder if isinstance(block, Section) else place, found)
        else:
            found.append(Unit(_tidy(block), holder))


def _tidy(value: Any) -> Any:  # noqa: ANN401  # any noun of the text
    """The same with neighbouring stretches of plain words made one, and one blank where several stand."""
    if isinstance(value, tuple):
        return tuple(_joined([_tidy(one) for one in value]))
    if isinstance(value, Text):
        return replace(value, text=_single(value.text))
    inner = {name: _tidy(getattr(value, name)) for name in _nested(value)} if is_dataclass(value) else {}
    return replace(value, **inner) if inner else value


def _nested(value: Any) -> Iterator[str]:  # noqa: ANN401  # as above
    return (one.name for one in fields(value) if one.compare and isinstance(getattr(value, one.name), tuple))


def _joined(values: list[Any]) -> Iterator[Any]:
    before: Any = None
    for value in values:
        if isinstance(before, Text) and isinstance(value, Text):
            before = replace(before, text=_single(before.text + value.text))
            continue
        if before is not None:
            yield before
        before = value
    if before is not None:
        yield before


def _single(text: str) -> str:
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def blocks(run: Sequence[Unit]) -> tuple[Blocks, tuple[Footnote, ...]]:
    """The tree that units make, not yet numbered, and the footnotes among them."""
    held: dict[int, list[int]] = {}
    for place, unit in enumerate(run):
        if not isinstance(unit.block, Footnote):
            held.setdefault(unit.holder, []).append(place)
    footnotes = tuple(unit.block for unit in run if isinstance(unit.block, Footnote))
    return _under_headings([_filled(place, run, held) for place in held.get(-1, ())]), footnotes


def _filled(place: int, run: Sequence[Unit], held: dict[int, list[int]]) -> Any:  # noqa: ANN401  # a block
    block = run[place].block
    inner = tuple(_filled(one, run, held) for one in held.get(place, ()))
    return replace(block, blocks=inner) if isinstance(block, HOLDING) else block


def _under_headings(flat: Sequence[Block]) -> Blocks:
    """Each heading with what follows it, up to the next of its level or above."""
    made: list[Block] = []
    at = 0
    while at < len(flat):
        block, end = flat[at], at + 1
        if isinstance(block, Section):
            while end < len(flat) and not _ends(block, flat[end]):
                end += 1
            block = replace(block, blocks=_under_headings(flat[at + 1 : end]))
        made.append(block)
        at = end
    return tuple(made)


def _ends(section: Section, block: Block) -> bool:
    return isinstance(block, Section) and block.level <= section.level


def is_whole(run: Sequence[Unit]) -> bool:
    """Whether each unit stands after its holder, with nothing between them that the holder does not hold."""
    path: list[int] = []
    for place, unit in enumerate(run):
        while path and path[-1] != unit.holder:
            path.pop()
        if unit.holder >= 0 and not path:
            return False
        path.append(place)
    return True
