"""Two passages -> their words, run by run: the same, deleted, inserted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from rapidfuzz.distance import Indel

from policytool.compare.order import backbone
from policytool.compare.said import ATOM, Flat
from policytool.model.comparison import Mark, Span

SHOWN_WHOLE = 0.5
# Unless most of the shorter text still stands: a sentence that was added to is shown as added to.
SURVIVES = 0.7
LARGEST_ISLAND = 2
# Texts of so many words, multiplied, are compared at once; longer ones in stretches between words that stand only once.
MOST_AT_ONCE, MOST_IN_A_STRETCH = 1_000_000, 20_000_000
ANCHOR, SHORTEST_STRETCH = 6, 100

_Block: TypeAlias = tuple[int, int, int]


class _Run(NamedTuple):
    """Tokens of the old passage and of the new that stand for one another; the same on both sides, or not."""

    same: bool
    old: tuple[int, int]
    new: tuple[int, int]


def spans(old: Flat, new: Flat) -> tuple[tuple[Span, ...], bool]:
    """The words run by run, and whether so little is left that the old and the new are shown whole."""
    one, other = old.keys, new.keys
    runs = list(_runs(one, other))
    kept = sum(_length(run.old) for run in runs if run.same)
    survives = kept >= SURVIVES * min(len(one), len(other))
    if 2 * kept < SHOWN_WHOLE * (len(one) + len(other)) and not survives:
        runs = [_Run(same=False, old=(0, len(one)), new=(0, len(other)))]
        return tuple(_shown(old, new, runs)), bool(one) and bool(other)
    return tuple(_shown(old, new, _joined(runs, one))), False


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[_Run]:
    """The runs in order; what was deleted and what was inserted at one place are one run."""
    deleted = inserted = 0
    for old_start, new_start, length in _matching(old, new):
        if deleted < old_start or inserted < new_start:
            yield _Run(same=False, old=(deleted, old_start), new=(inserted, new_start))
        deleted, inserted = old_start + length, new_start + length
        yield _Run(same=True, old=(old_start, deleted), new=(new_start, inserted))
    if deleted < len(old) or inserted < len(new):
        yield _Run(same=False, old=(deleted, len(old)), new=(inserted, len(new)))


def _matching(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    """The blocks of tokens that are the same, none touching the next on both sides."""
    if len(old) * len(new) <= MOST_AT_ONCE:
        return _blocks(old, new)
    made: list[_Block] = []
    for one, other in _stretches(old, new):
        small = len(old[one]) * len(new[other]) <= MOST_IN_A_STRETCH
        for start, to, length in _blocks(old[one], new[other]) if small else ():
            _append(made, (one.start + start, other.start + to, length))
    return made


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    matching = Indel.opcodes(old, new).as_matching_blocks()
    return [(block.a, block.b, block.size) for block in matching if block.size]


def _append(blocks: list[_Block], block: _Block) -> None:
    if blocks:
        start, to, length = blocks[-1]
        if (start + length, to + length) == block[:2]:
            blocks[-1] = (start, to, length + block[2])
            return
    blocks.append(block)


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """A long text in stretches that end where a few words stand which stand but once in either text."""
    here, there = _once(old), _once(new)
    anchors = {start: there[words] for words, start in here.items() if start >= 0 and there.get(words, -1) >= 0}
    before = (0, 0)
    for anchor in (*backbone(anchors, [1] * len(old)), (len(old), len(new))):
        if anchor[0] - before[0] >= SHORTEST_STRETCH or anchor == (len(old), len(new)):
            yield slice(before[0], anchor[0]), slice(before[1], anchor[1])
            before = anchor


def _once(tokens: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Where each few words stand; -1 for what stands more than once."""
    places: dict[tuple[str, ...], int] = {}
    for start, words in enumerate(zip(*(tokens[step:] for step in range(ANCHOR)), strict=False)):
        places[words] = -1 if words in places else start
    return places


def _joined(runs: list[_Run], keys: Sequence[str]) -> list[_Run]:
    """Islands of a word or two between edits belong to the edits: nobody reads "the" as having been kept."""
    made: list[_Run] = []
    for index, run in enumerate(runs):
        island = run.same and 0 < index < len(runs) - 1 and _is_island(run, runs[index - 1], runs[index + 1], keys)
        run_now = run._replace(same=False) if island else run
        if made and not made[-1].same and not run_now.same:
            before = made[-1]
            made[-1] = _Run(same=False, old=(before.old[0], run_now.old[1]), new=(before.new[0], run_now.new[1]))
        else:
            made.append(run_now)
    return made


def _is_island(run: _Run, before: _Run, after: _Run, keys: Sequence[str]) -> bool:
    words = sum(key[0].isalnum() or key[0] == ATOM for key in keys[run.old[0] : run.old[1]])
    if words > LARGEST_ISLAND:
        return False
    return all(_length(edit.old) + _length(edit.new) > words for edit in (before, after))


def _length(bounds: tuple[int, int]) -> int:
    return bounds[1] - bounds[0]


def _shown(old: Flat, new: Flat, runs: list[_Run]) -> Iterator[Span]:
    for run in runs:
        before, after = old.cut(*run.old), new.cut(*run.new)
        if run.same:
            yield Span(Mark.SAME, before, after)
            continue
        if before:
            yield Span(Mark.DELETED, before)
        if after:
            yield Span(Mark.INSERTED, (), after)
