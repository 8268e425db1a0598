"""The units of two texts -> which is which, as comparing finds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policytool.compare.matching import match
from policytool.model.block import Footnote, Quote, Table, walk, words_of
from policytool.model.comparison import Passage, PassageKind
from policytool.model.inline import Inlines, Text
from policytool.model.unit import Unit

_KINDS: dict[str, PassageKind] = {"Section": "section", "Clause": "clause", "Item": "item", "Bullet": "bullet"}


def pairs(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    """By the place of each unit in the one text its place in the other; footnotes go by their names."""
    found = dict(match(_passages(old), _passages(new)).to_new)
    names = {unit.block.name: place for place, unit in enumerate(new) if isinstance(unit.block, Footnote)}
    for place, unit in enumerate(old):
        if isinstance(unit.block, Footnote) and unit.block.name in names:
            found[place] = names[unit.block.name]
    return found


def _passages(run: Sequence[Unit]) -> list[Passage]:
    body = [unit for unit in run if not isinstance(unit.block, Footnote)]
    return [_passage(place, unit) for place, unit in enumerate(body)]


def _passage(place: int, unit: Unit) -> Passage:
    block: Any = unit.block
    kind = _KINDS.get(type(block).__name__, "header" if isinstance(block, Table) else "paragraph")
    number = getattr(block, "number", None)
    quoted = isinstance(block, Quote)
    label = getattr(block, "label", "")
    return Passage(kind, place, 0, _words(block), "", number, label, unit.holder, quoted, (), block.position)


def _words(block: Any) -> Inlines:  # noqa: ANN401  # a block
    """All words of a unit in a row."""
    if isinstance(block, Quote):
        runs = [run for inner in walk(block.blocks) for run in words_of(inner)]
    else:
        runs = [*words_of(block)] or [(Text(getattr(block, "text", "")),)]
    return tuple(inline for run in runs for inline in (*run, Text(" ")))
