"""Changes and the two libraries -> references that print another number only because their target's number moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policytool.model.comparison import Change, Passage
from policytool.model.inline import Reference, descend, plain
from policytool.model.library import Library


def with_consequences(
    changes: tuple[Change, ...], policies: tuple[str, str], libraries: tuple[Library, Library]
) -> tuple[Change, ...]:
    """The same changes, each with what its references printed before and print now, where only that differs."""
    return tuple(_with(change, policies, libraries) for change in changes)


def _with(change: Change, policies: tuple[str, str], libraries: tuple[Library, Library]) -> Change:
    before = _printed(change.old, policies[0], libraries[0])
    after = _printed(change.new, policies[1], libraries[1]) if before else {}
    found = tuple((before[label], after[label]) for label in before if after.get(label, before[label]) != before[label])
    return replace(change, consequences=found) if found else change


def _printed(passages: tuple[Passage, ...], policy: str, library: Library) -> dict[tuple[str, str], str]:
    """What each reference to a clause prints, by the policy ("" for its own) and label that it names."""
    return {
        (reference.policy, reference.label): phrase
        for passage in passages
        if len(passage.words) > 1
        for reference in _numbered(passage)
        if (phrase := _phrase(reference, policy, library))
    }


def _numbered(passage: Passage) -> Iterator[Reference]:
    """The references that print their target's number."""
    for inline in descend(passage.words):
        if isinstance(inline, Reference) and inline.label and _follows(inline):
            yield inline


def _follows(reference: Reference) -> bool:
    """Whether what a reference prints follows its target's number."""
    return not reference.children or "{number}" in plain(reference.children)


def _phrase(reference: Reference, policy: str, library: Library) -> str:
    target = library.targets.get((reference.policy or policy, reference.label))
    return target.phrase if target and target.number else ""
