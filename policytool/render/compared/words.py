"""Comparison -> the words that every format uses for what changed, so that they all say the same.

Counts in a list are figures (`counts`); a sentence that begins with a count begins with it in letters, below ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from policytool.model.comparison import Change, ChangeKind, Comparison, Mark, Passage
from policytool.render.compared.counts import common_noun, count, counted, in_letters, is_reordered, many, noun_for
from policytool.render.compared.fields import ARROW, field_name
from policytool.render.compared.sides import Sides

NOTHING = "Nothing changed."
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
        counted(comparison),
        *_effects(comparison),
        *_landed(comparison),
        *_details(comparison),
    ]
    return " ".join(sentences)


def _unrelated(comparison: Comparison) -> str:
    counts = Counter(change.kind for change in comparison.changes)
    return (
        f"These two texts have nothing in common: the old one has {count(counts[ChangeKind.DELETED], 'passage')}, the "
        f"new one {counts[ChangeKind.INSERTED]}, and none stands in both."
    )


def _empty(comparison: Comparison) -> Iterator[str]:
    """Which side has no text at all."""
    for side, kind in (("old", ChangeKind.INSERTED), ("new", ChangeKind.DELETED)):
        if comparison.changes and all(change.kind is kind for change in comparison.changes):
            yield f"The {side} version has no text."


def _effects(comparison: Comparison) -> Iterator[str]:
    """What became of duties, or that nothing of substance changed."""
    effects = Counter(flag.effect for change in comparison.edits for flag in change.flags)
    for effect in ("stronger", "weaker"):
        if effects[effect]:
            yield f"{in_letters(effects[effect])} {many(effects[effect], 'duty')} became {effect}."
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
        yield f"{in_letters(number)} {many(number, 'reference')} now {verb} to another clause than before."


def _details(comparison: Comparison) -> Iterator[str]:
    names = list(dict.fromkeys(field_name(field.name).lower() for field in comparison.fields))
    if names:
        yield f"Details of the policy that changed: {'; '.join(names)}."


def unchanged(changes: Sequence[Change]) -> str:
    """How many passages stand together that nobody edited: "6 unchanged clauses with new numbers: 4.9 to 4.11"."""
    renumbered = sum(change.kind is not ChangeKind.UNCHANGED for change in changes)
    said = f"{len(changes)} unchanged {many(len(changes), common_noun(changes))}"
    if renumbered == len(changes):
        said += " with a new number" if renumbered == 1 else " with new numbers"
    elif renumbered:
        said += f", {renumbered} of them with {'a new number' if renumbered == 1 else 'new numbers'}"
    numbers = [passage.citation for change in changes for passage in change.new if passage.citation]
    if not numbers:
        return said
    return f"{said}: {numbers[0]}" + (f" to {numbers[-1]}" if numbers[0] != numbers[-1] else "")


# --- one change


def kind(change: Change, sides: Sides) -> str:
    """What became of it, as the beginning of a heading: "Moved and reworded", "Inserted with its section"."""
    if is_reordered(change):
        return REORDERED
    passages = sides.new_passages if change.new else sides.old_passages
    along = f" with its {noun_for(passages[(change.new or change.old)[0].parent])}" if change.carried else ""
    return f"{str(change.kind).capitalize()}{along}"


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
    return f"{kind(change, sides)}: {where}" + (f" ({section})" if section and f"“{section}”" not in where else "")


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
        return f"{in_letters(abs(added))} {many(abs(added), 'column')} {verb} {'added' if added > 0 else 'taken out'}."
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
