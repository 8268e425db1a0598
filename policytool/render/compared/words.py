"""Comparison -> the words that every format uses for what changed, so that they all say the same.

Counts in a list are figures; a sentence that begins with a count begins with it in letters, below ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from policytool.model.comparison import Change, ChangeKind, Comparison, Mark, Passage
from policytool.render.compared.fields import ARROW, field_name
from policytool.render.compared.sides import Sides

NOTHING = "Nothing changed."
NO_WORDS = "No words changed"
WORDING_ONLY = "Wording only: no duty word, number, date, period, role or defined term differs."
STILL_THE_WORDS = "The words are the same."
SAME_WORDS = "The words are the same; only the place changed."
CHANGES = "What changed"
MATTERS = "What matters most"
RENUMBERED = "New numbers"
RIPPLES = "Look at these too"
RIPPLES_WHY = "They cite something that changed."
LANDINGS = "References that went astray"
FIELDS = "Details of the policy"
OLD, NEW = "Before", "Now"
REORDERED = "Put in another order"

_IN_LETTERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
ORDER = (
    ChangeKind.REWORDED,
    ChangeKind.INSERTED,
    ChangeKind.DELETED,
    ChangeKind.MOVED,
    ChangeKind.MOVED_AND_REWORDED,
    ChangeKind.SPLIT,
    ChangeKind.MERGED,
)
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


# --- the summary


def title(comparison: Comparison) -> str:
    """The title of the whole: "Changes to Online Safety Policy"."""
    return f"Changes to {comparison.new.title or comparison.old.title}"


def versions(comparison: Comparison) -> str:
    """From which version to which: "2023-09-14 → working"; "" where neither has a name."""
    old, new = comparison.old.version, comparison.new.version
    return f"{old or 'old version'} {ARROW} {new or 'new version'}" if old or new else ""


def summary(comparison: Comparison) -> str:
    """What a governor reads aloud."""
    if not comparison.differs:
        return NOTHING
    if comparison.unrelated:
        return _unrelated(comparison)
    sentences = [
        *_empty(comparison),
        _counted(comparison),
        *_effects(comparison),
        *_landed(comparison),
        *_details(comparison),
    ]
    return " ".join(sentences)


def _unrelated(comparison: Comparison) -> str:
    counts = comparison.counts
    return (
        f"These two texts have nothing in common: the old one has {count(counts[ChangeKind.DELETED], 'passage')}, the "
        f"new one {counts[ChangeKind.INSERTED]}, and none stands in both."
    )


def _empty(comparison: Comparison) -> Iterator[str]:
    """Which side has no text at all."""
    for side, kind in (("old", ChangeKind.INSERTED), ("new", ChangeKind.DELETED)):
        if comparison.changes and all(change.kind is kind for change in comparison.changes):
            yield f"The {side} version has no text."


def _counted(comparison: Comparison) -> str:
    """The counts by kind: "3 clauses reworded, 1 inserted; 41 only renumbered."."""
    said = _edited(comparison)
    renumbered = comparison.counts[ChangeKind.RENUMBERED]
    if not said:
        only = [change for change in comparison.changes if change.kind is ChangeKind.RENUMBERED]
        return f"{NO_WORDS}; {count(renumbered, _common_noun(only))} only renumbered." if renumbered else f"{NO_WORDS}."
    return ", ".join(said) + (f"; {renumbered} only renumbered." if renumbered else ".")


def _edited(comparison: Comparison) -> list[str]:
    """What was edited, by kind: "3 clauses reworded", "1 inserted", "2 merged into 1"."""
    noun = _common_noun(comparison.edits)
    said: list[str] = []
    for kind in ORDER:
        edits = [change for change in comparison.edits if change.kind is kind and not is_reordered(change)]
        if edits:
            before = sum(len(change.old) for change in edits) if kind is ChangeKind.MERGED else len(edits)
            said.append(f"{before if said else count(before, noun)} {kind}{_into(kind, edits)}")
    reordered = sum(map(is_reordered, comparison.edits))
    return [*said, f"{count(reordered, 'list')} put in another order"] if reordered else said


def _into(kind: ChangeKind, edits: Sequence[Change]) -> str:
    into = kind in (ChangeKind.SPLIT, ChangeKind.MERGED)
    return f" into {sum(len(change.new) for change in edits)}" if into else ""


def _effects(comparison: Comparison) -> Iterator[str]:
    """What became of duties, or that nothing of substance changed."""
    effects = Counter(flag.effect for change in comparison.edits for flag in change.flags)
    for effect in ("stronger", "weaker"):
        if effects[effect]:
            yield f"{in_letters(effects[effect])} {_many(effects[effect], 'duty')} became {effect}."
    if comparison.edits and all(map(_is_wording, comparison.edits)):
        yield "All of it is wording only."


def _is_wording(change: Change) -> bool:
    """Whether words of it changed, and nothing of substance."""
    marked = any(span.mark is not Mark.SAME for span in change.spans)
    return marked and not change.is_substance and not columns(change)


def _landed(comparison: Comparison) -> Iterator[str]:
    number = len(comparison.landings)
    if number:
        verb = "leads" if number == 1 else "lead"
        yield f"{in_letters(number)} {_many(number, 'reference')} now {verb} to another clause than before."


def _details(comparison: Comparison) -> Iterator[str]:
    names = list(dict.fromkeys(field_name(field.name).lower() for field in comparison.fields))
    if names:
        yield f"Details of the policy that changed: {'; '.join(names)}."


def unchanged(changes: Sequence[Change]) -> str:
    """How many passages stand together that nobody edited: "6 unchanged clauses with new numbers: 4.9 to 4.11"."""
    renumbered = sum(change.kind is not ChangeKind.UNCHANGED for change in changes)
    said = f"{len(changes)} unchanged {_many(len(changes), _common_noun(changes))}"
    if renumbered == len(changes):
        said += " with a new number" if renumbered == 1 else " with new numbers"
    elif renumbered:
        said += f", {renumbered} of them with {'a new number' if renumbered == 1 else 'new numbers'}"
    numbers = [passage.citation for change in changes for passage in change.new if passage.citation]
    if not numbers:
        return said
    return f"{said}: {numbers[0]}" + (f" to {numbers[-1]}" if numbers[0] != numbers[-1] else "")


def _common_noun(changes: Iterable[Change]) -> str:
    nouns = {_NOUNS.get(passage.kind, "clause") for change in changes for passage in (*change.old, *change.new)}
    return nouns.pop() if len(nouns) == 1 else "clause"


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 clause", "2 rows of a table"."""
    return f"{number} {_many(number, noun)}"


def in_letters(number: int) -> str:
    """A number at the beginning of a sentence."""
    return _IN_LETTERS[number] if number < len(_IN_LETTERS) else str(number)


def _many(number: int, noun: str) -> str:
    first, _, rest = noun.partition(" of ")
    plural = first if number == 1 else f"{first[:-1]}ies" if first.endswith("ty") else f"{first}s"
    return f"{plural} of {rest}" if rest else plural


# --- one change


def is_reordered(change: Change) -> bool:
    """Whether it stands for a whole list that was put in another order."""
    return bool(change.reason) and change.kind is ChangeKind.MOVED and not change.carried


def kind(change: Change) -> str:
    """What became of it, as the beginning of a heading: "Moved and reworded"."""
    return REORDERED if is_reordered(change) else str(change.kind).capitalize()


def place(change: Change, sides: Sides) -> str:
    """Where: "clause 4.2", "clause 4.2, which was clause 4.1", "from clause 7.3 to clause 4.8"."""
    old = listed([sides.place(passage, old=True) for passage in change.old])
    new = listed([sides.place(passage) for passage in change.new])
    if is_reordered(change):
        above = sides.new_passages.get(change.new[0].parent)
        return f"the list in {sides.place(above)}" if above else f"the list with {new}"
    if not old or not new:
        return old or new
    if change.kind in (ChangeKind.MOVED, ChangeKind.MOVED_AND_REWORDED):
        return f"from {old} to {new}" if old != new else f"{new}, to another place"
    if change.kind is ChangeKind.SPLIT:
        return f"{old} is now {new}"
    if change.kind is ChangeKind.MERGED:
        return f"{old} are now {new}"
    return new if old == new else f"{new}, which was {old}"


def subject(change: Change, sides: Sides) -> str:
    """The passage of which something is told, as the beginning of a sentence: "Clause 4.2", "Clause 5.2 (deleted)"."""
    passages, old = (change.new, False) if change.new else (change.old, True)
    name = capital(listed([sides.place(passage, old=old) for passage in passages]))
    return f"{name} ({change.kind})" if change.kind in (ChangeKind.INSERTED, ChangeKind.DELETED) else name


def heading(change: Change, sides: Sides) -> str:
    """Kind and place in one line: "Reworded: clause 4.2 (Rules for every use of social media)"."""
    where, section = place(change, sides), sides.section(change)
    return f"{kind(change)}: {where}" + (f" ({section})" if section and f"“{section}”" not in where else "")


def columns(change: Change) -> int:
    """How many columns a row of a table gained, or lost."""
    if len(change.old) != 1 or len(change.new) != 1 or not change.old[0].cells or not change.new[0].cells:
        return 0
    return len(change.new[0].cells) - len(change.old[0].cells)


def remark(change: Change) -> str:
    """What a change without flags is; "" where its kind or its flags say it."""
    if is_reordered(change):
        return "The words are the same; only their order changed."
    if change.kind is ChangeKind.MOVED:
        return SAME_WORDS
    if added := columns(change):
        verb = "was" if abs(added) == 1 else "were"
        return f"{in_letters(abs(added))} {_many(abs(added), 'column')} {verb} {'added' if added > 0 else 'taken out'}."
    if change.is_substance:
        return ""
    return WORDING_ONLY if any(span.mark is not Mark.SAME for span in change.spans) else STILL_THE_WORDS


def listed(names: Sequence[str]) -> str:
    """Names in a row: "clause 1 and clause 2", "a, b and c"; a noun that they all have is said once."""
    if len(names) < 2:  # noqa: PLR2004 -- one name is no list
        return "".join(names)
    nouns = {name.partition(" ")[0] for name in names}
    if len(nouns) == 1 and nouns <= {"clause", "section"}:
        noun = nouns.pop()
        names = [f"{noun}s {names[0].partition(' ')[2]}", *(name.partition(" ")[2] for name in names[1:])]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def called(passage: Passage, sides: Sides, *, old: bool = False) -> str:
    """How a passage is called, as the beginning of a sentence."""
    return capital(sides.place(passage, old=old))


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"
