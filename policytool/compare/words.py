"""Two passages -> their words, run by run: the same, deleted, inserted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from policytool.compare.said import ATOM, Flat
from policytool.model.comparison import Mark, Span

SHOWN_WHOLE = 0.5
# Unless most of the shorter text still stands: a sentence that was added to is shown as added to.
SURVIVES = 0.7
LARGEST_ISLAND = 2


class _Run(NamedTuple):
    """Tokens of the old passage and of the new that stand for one another; the same on both sides, or not."""

    same: bool
    old: tuple[int, int]
    new: tuple[int, int]


def spans(old: Flat, new: Flat) -> tuple[tuple[Span, ...], bool]:
    """The words run by run, and whether so little is left that the old and the new are shown whole."""
    one, other = [token.key for token in old.tokens], [token.key for token in new.tokens]
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
    for opcode in Indel.opcodes(old, new):
        if opcode.tag == "equal":
            if deleted < opcode.src_start or inserted < opcode.dest_start:
                yield _Run(same=False, old=(deleted, opcode.src_start), new=(inserted, opcode.dest_start))
            deleted, inserted = opcode.src_end, opcode.dest_end
            yield _Run(same=True, old=(opcode.src_start, deleted), new=(opcode.dest_start, inserted))
    if deleted < len(old) or inserted < len(new):
        yield _Run(same=False, old=(deleted, len(old)), new=(inserted, len(new)))


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
