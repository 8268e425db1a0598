"""Two wordings of a policy -> Comparison: what changed, clause by clause, and nothing else."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain

from policytool.compare.changes import Changes
from policytool.compare.consequences import with_consequences
from policytool.compare.fields import field_changes
from policytool.compare.matching import match
from policytool.compare.pairs import Pairs, Wording
from policytool.compare.passages import passages
from policytool.compare.renumbering import renumberings
from policytool.compare.ripple import landings, ripples
from policytool.compare.said import said
from policytool.compare.substance import Names as Substantive
from policytool.model.block import Clause
from policytool.model.comparison import Change, Comparison, Passage, Side
from policytool.model.library import Library
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.model.terms import defined_terms

# Less than this share of the words in common: two documents, not two wordings of one.
RELATED = 0.12
_ROLES = (
    "headteacher",
    "head teacher",
    "governing board",
    "governors",
    "chair of governors",
    "parents",
    "pupils",
    "staff",
)


def compare(
    old: Policy,
    new: Policy,
    libraries: tuple[Library, Library] | None = None,
    *,
    typed_numbers: bool = False,
) -> Comparison:
    """What changed from the old wording to the new.

    With the libraries that the two stand in, it also tells who cites what was touched. `typed_numbers`: the texts were
    read leniently, and numbers typed into headings and paragraphs are numbers.
    """
    with _uncollected():
        return _compare(old, new, libraries, typed_numbers=typed_numbers)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles: nothing made here holds one, and the search takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _compare(old: Policy, new: Policy, libraries: tuple[Library, Library] | None, *, typed_numbers: bool) -> Comparison:
    before = passages(old, typed_numbers=typed_numbers)
    after = passages(new, typed_numbers=typed_numbers)
    pairs = match(before, after)
    unrelated = not _is_related(pairs)
    if unrelated:
        pairs = Pairs(pairs.old, pairs.new)
    settings = libraries[1].settings if libraries else Settings()
    changes = _changes(pairs, old, new, settings)
    if libraries:
        changes = with_consequences(changes, (old.id, new.id), libraries)
    return Comparison(
        Side(old.id, old.title),
        Side(new.id, new.title),
        changes,
        field_changes(old, new),
        () if unrelated else renumberings(changes),
        ripples(changes, old, libraries) if libraries else (),
        landings(changes),
        unrelated,
    )


def _changes(pairs: Pairs, old: Policy, new: Policy, settings: Settings) -> tuple[Change, ...]:
    names = _common_names(pairs, old, new)
    roles = (*_ROLES, *(role.title for role in settings.roles.values()))
    terms = chain(_terms(pairs.old), _terms(pairs.new))
    making = Changes(pairs, names, (old.id, new.id), Substantive.of(roles, terms))
    return tuple(making.all())


def _terms(wording: Wording) -> Iterator[str]:
    """The terms defined in clauses, of which few say "means" or "includes"."""
    defining = tuple(
        Clause(passage.words)
        for passage, saying in zip(wording.passages, wording.said, strict=True)
        if passage.kind == "clause" and ("mean" in saying or "include" in saying)
    )
    return (term.words for term in defined_terms(Policy("", "", blocks=defining)))


def _is_related(pairs: Pairs) -> bool:
    """Whether enough of the words stand in passages that are the same on both sides."""
    total = sum(len(saying) for saying in chain(pairs.old.said, pairs.new.said))
    if not pairs.old.said or not pairs.new.said or not total:
        return True
    same = sum(_weight(pairs, old, new) for old, new in pairs.to_new.items() if _says_the_same(pairs, old, new))
    if same >= RELATED * total:
        return True
    alike = (
        _weight(pairs, old, new) * pairs.likeness(old, new)
        for old, new in pairs.to_new.items()
        if not _says_the_same(pairs, old, new)
    )
    return same + sum(alike) >= RELATED * total


def _weight(pairs: Pairs, old: int, new: int) -> int:
    return len(pairs.old.said[old]) + len(pairs.new.said[new])


def _says_the_same(pairs: Pairs, old: int, new: int) -> bool:
    return pairs.old.said[old] == pairs.new.said[new]


def _common_names(pairs: Pairs, old: Policy, new: Policy) -> Mapping[tuple[str, str], str]:
    """One name for a label that was renamed and for the policy itself, so that such a reference is no difference."""
    names: dict[tuple[str, str], str] = {(old.id, ""): "#", (new.id, ""): "#"}
    for before, after in pairs.to_new.items():
        one, other = pairs.old.passages[before].label, pairs.new.passages[after].label
        if one and other:
            names[old.id, one] = names[new.id, other] = f"#{other}"
    return names


def likeness(old: Policy, new: Policy) -> float:
    """How much of two policies is the same, passage for passage: from 0 to 1."""
    one, other = Counter(map(_saying, passages(old))), Counter(map(_saying, passages(new)))
    total = sum(len(saying) * count for saying, count in (one + other).items())
    common = sum(2 * len(saying) * count for saying, count in (one & other).items())
    return common / total if total else 0.0


def _saying(passage: Passage) -> str:
    return said(passage.words)
