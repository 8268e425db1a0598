"""A comparison and the two libraries -> who cites what was touched, and which references land elsewhere now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policytool.model.block import Block, Clause, Item, Number, Section, walk, words_of
from policytool.model.comparison import Change, ChangeKind, Landing, Passage, Ripple
from policytool.model.inline import Reference, descend
from policytool.model.library import Library
from policytool.model.policy import Policy

TOUCHED = frozenset(
    {
        ChangeKind.REWORDED,
        ChangeKind.MOVED,
        ChangeKind.MOVED_AND_REWORDED,
        ChangeKind.DELETED,
        ChangeKind.SPLIT,
        ChangeKind.MERGED,
    }
)


def ripples(changes: tuple[Change, ...], old: Policy, libraries: tuple[Library, Library]) -> tuple[Ripple, ...]:
    """Every passage of the library that cites a clause which was reworded, moved or deleted."""
    touched = {
        passage.label: (passage, change.kind)
        for change in changes
        if change.kind in TOUCHED and change.is_told
        for passage in (*change.old, *change.new)
        if passage.label
    }
    if not touched:
        return ()
    found = [one for policy in libraries[1].policies.values() for one in _citing(policy, old.id, touched)]
    return tuple(dict.fromkeys(found))


def _citing(policy: Policy, cited: str, touched: Mapping[str, tuple[Passage, ChangeKind]]) -> Iterator[Ripple]:
    for number, block in _numbered(policy):
        for words in words_of(block):
            for inline in descend(words):
                if not isinstance(inline, Reference) or inline.label not in touched:
                    continue
                if (inline.policy or policy.id) == cited:
                    passage, kind = touched[inline.label]
                    yield Ripple(policy.id, policy.title, number, passage.citation or passage.label, kind)


def _numbered(policy: Policy) -> Iterator[tuple[str, Block]]:
    """Every block with the number of the clause or section that it is, or stands in."""
    last: Number | None = None
    for block in walk(policy.blocks):
        if isinstance(block, Section | Clause | Item) and block.number:
            last = block.number
        yield str(last or ""), block


def landings(changes: tuple[Change, ...]) -> tuple[Landing, ...]:
    """References inside the policy that still resolve and now land on another clause than they did.

    A label that was taken from one clause and given to another makes them.
    """
    before = {passage.label: passage for change in changes for passage in change.old if passage.label}
    after = {passage.label: passage for change in changes for passage in change.new if passage.label}
    became = {old.order: {new.order for new in change.new} for change in changes for old in change.old}
    astray = {
        label: (before[label], after[label])
        for label in before.keys() & after.keys()
        if after[label].order not in became.get(before[label].order, set())
    }
    if not astray:
        return ()
    return tuple(
        Landing(passage, *astray[inline.label])
        for change in changes
        for passage in change.new
        for inline in descend(passage.words)
        if isinstance(inline, Reference) and not inline.policy and inline.label in astray
    )
