"""The edits of a comparison -> the first sentence of its summary: how many there are of each kind.

A section that came in or went is one edit, told with how many clauses it brought or took along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from policytool.model.comparison import Change, ChangeKind, Comparison, Passage

NO_WORDS = "No words changed"
ORDER = (
    ChangeKind.REWORDED,
    ChangeKind.INSERTED,
    ChangeKind.DELETED,
    ChangeKind.MOVED,
    ChangeKind.MOVED_AND_REWORDED,
    ChangeKind.SPLIT,
    ChangeKind.MERGED,
)
_OF_SECTIONS = (ChangeKind.INSERTED, ChangeKind.DELETED, ChangeKind.MOVED, ChangeKind.MOVED_AND_REWORDED)
_HELD = ("clause", "paragraph", "item", "bullet")
"""What a section is said to hold: the first of these that it does."""
_IN_LETTERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_NOUNS = {
    "section": "section",
    "clause": "clause",
    "item": "item",
    "bullet": "bullet point",
    "paragraph": "paragraph",
    "header": "row of a table",
    "row": "row of a table",
    "footnote": "footnote",
}


def counted(comparison: Comparison) -> str:
    """The counts by kind: "1 section inserted (with its 4 clauses), 3 clauses reworded, 1 inserted; 41 only…"."""
    others = _others(comparison)
    said = [*_sections(comparison), *others]
    renumbered = [change for change in comparison.changes if change.kind is ChangeKind.RENUMBERED]
    if not renumbered:
        return f"{', '.join(said) or NO_WORDS}."
    number = str(len(renumbered)) if others else count(len(renumbered), common_noun(renumbered))
    return f"{', '.join(said) or NO_WORDS}; {number} only renumbered."


def is_reordered(change: Change) -> bool:
    """Whether it stands for a whole list that was put in another order."""
    return bool(change.reason) and change.kind is ChangeKind.MOVED and not change.carried


def _others(comparison: Comparison) -> list[str]:
    """What was edited but for whole sections, by kind: "3 clauses reworded", "1 inserted", "2 merged into 1"."""
    edits = [change for change in comparison.edits if not _is_of_a_section(change)]
    noun = common_noun(edits)
    said: list[str] = []
    for kind in ORDER:
        found = [change for change in edits if change.kind is kind and not is_reordered(change)]
        if found:
            before = sum(len(change.old) for change in found) if kind is ChangeKind.MERGED else len(found)
            said.append(f"{before if said else count(before, noun)} {kind}{_into(kind, found)}")
    reordered = sum(map(is_reordered, edits))
    return [*said, f"{count(reordered, 'list')} put in another order"] if reordered else said


def _into(kind: ChangeKind, edits: Sequence[Change]) -> str:
    into = kind in (ChangeKind.SPLIT, ChangeKind.MERGED)
    return f" into {sum(len(change.new) for change in edits)}" if into else ""


# --- sections


class _Held(NamedTuple):
    """A passage that stands in a section which came in or went, whether it did so too, and the order of the section."""

    passage: Passage
    along: bool
    section: int


def _sections(comparison: Comparison) -> Iterator[str]:
    """What became of whole sections: "1 section inserted (with its 4 clauses)"; a heading alone is called so."""
    edits = [change for change in comparison.edits if _is_of_a_section(change)]
    for kind in _OF_SECTIONS:
        found = [change for change in edits if change.kind is kind]
        if found and kind in (ChangeKind.INSERTED, ChangeKind.DELETED):
            yield from _with_what_they_hold(comparison, kind, found)
        elif found:
            yield f"{count(len(found), 'section')} {kind}"


def _is_of_a_section(change: Change) -> bool:
    """Whether it is one to a section as a whole, and not to the words of its heading."""
    is_section = (change.new or change.old)[0].kind == "section"
    return is_section and change.kind in _OF_SECTIONS and not is_reordered(change)


def _with_what_they_hold(comparison: Comparison, kind: ChangeKind, edits: Sequence[Change]) -> Iterator[str]:
    held = _held(comparison, kind, edits)
    whole = {one.section for one in held if one.along}
    if whole:
        inside = [one for one in held if one.section in whole]
        yield f"{count(len(whole), 'section')} {kind}{_bringing(inside, 'its' if len(whole) == 1 else 'their')}"
    if alone := len(edits) - len(whole):
        yield f"{count(alone, 'heading')} {kind}"


def _held(comparison: Comparison, kind: ChangeKind, edits: Sequence[Change]) -> list[_Held]:
    """What stands right under sections that came in or went, or under their subsections."""
    sections = {passage.order: passage.order for change in edits for passage in (*change.old, *change.new)}
    held: list[_Held] = []
    for passage, change in _side(comparison, kind):
        if passage.parent in sections:
            along = change.kind is kind and change.carried
            held.append(_Held(passage, along, sections[passage.parent]))
            if along and passage.kind == "section":
                sections[passage.order] = sections[passage.parent]
    return held


def _side(comparison: Comparison, kind: ChangeKind) -> list[tuple[Passage, Change]]:
    """All passages of the side on which such a change has its words, in reading order."""
    new = kind is ChangeKind.INSERTED
    found = [(passage, change) for change in comparison.changes for passage in (change.new if new else change.old)]
    return sorted(found, key=lambda one: one[0].order)


def _bringing(held: Sequence[_Held], whose: str) -> str:
    """What came or went along: " (with its 2 subsections and 4 of its 5 clauses)"."""
    kinds = {one.passage.kind for one in held if one.along}
    found = [(kind, noun) for kind, noun in (("section", "subsection"), *_first_held(kinds)) if kind in kinds]
    shares = [_share([one.along for one in held if one.passage.kind == kind], whose, noun) for kind, noun in found]
    return f" (with {' and '.join(shares)})" if shares else ""


def _first_held(kinds: Iterable[str]) -> list[tuple[str, str]]:
    return [(kind, _NOUNS[kind]) for kind in _HELD if kind in kinds][:1]


def _share(along: Sequence[bool], whose: str, noun: str) -> str:
    """All of them, or how many of them: "its 5 clauses", "4 of its 5 clauses"."""
    everything = f"{whose} {count(len(along), noun)}"
    return everything if all(along) else f"{sum(along)} of {everything}"


# --- nouns and numbers


def common_noun(changes: Iterable[Change]) -> str:
    """What all passages of some changes are called; "clause" where they differ."""
    nouns = {noun_for(passage) for change in changes for passage in (*change.old, *change.new)}
    return nouns.pop() if len(nouns) == 1 else "clause"


def noun_for(passage: Passage) -> str:
    """What a passage is called: "section", "bullet point"."""
    return _NOUNS.get(passage.kind, "clause")


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 clause", "2 rows of a table"."""
    return f"{number} {many(number, noun)}"


def in_letters(number: int) -> str:
    """A number at the beginning of a sentence."""
    return _IN_LETTERS[number] if number < len(_IN_LETTERS) else str(number)


def many(number: int, noun: str) -> str:
    """The noun for so many: "duties", "row of a table"."""
    first, _, rest = noun.partition(" of ")
    plural = first if number == 1 else f"{first[:-1]}ies" if first.endswith("ty") else f"{first}s"
    return f"{plural} of {rest}" if rest else plural
