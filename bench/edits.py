"""Policies of any size, as values, and a reviewer's edits of them: the two sides of a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from random import Random

from bench.generate import ADJECTIVES, NOUNS, WHENS, write_policy
from policytool.model.block import Block, Blocks, Clause, Section, words_of
from policytool.model.comparison import Change, ChangeKind, Comparison
from policytool.model.inline import FootnoteMark, Inlines, Text, descend, plain
from policytool.model.numbering import numbered
from policytool.model.policy import Policy
from policytool.parse.markdown import policy as parse

REWORDED, INSERTED, DELETED, MOVED = 0.02, 0.01, 0.01, 5
SOURCES, CLAUSES_A_SOURCE = 10, 1_000


def parsed(clauses: int, seed: int) -> Policy:
    """A generated policy of about so many clauses, as it is read."""
    return parse(write_policy(clauses, seed), "generated", "generated.md")[0]


def as_values(clauses: int, seed: int) -> Policy:
    """A policy of so many clauses, put together from ones that were read, each clause with words of its own."""
    sources = [parsed(CLAUSES_A_SOURCE, seed + place).blocks for place in range(SOURCES)]
    blocks: list[Block] = []
    for copy in range(clauses // (SOURCES * CLAUSES_A_SOURCE) or 1):
        for source in sources:
            blocks += source if not copy else _told_apart(source, f"In part {copy}: ")
    return Policy("generated", "Generated", blocks=numbered(tuple(blocks)))


def _told_apart(blocks: Blocks, before: str) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Section):
            yield replace(block, label="", blocks=tuple(_told_apart(block.blocks, before)))
        elif isinstance(block, Clause):
            below = tuple(_told_apart(block.blocks, before))
            yield replace(block, label="", text=(Text(before), *block.text), blocks=below)
        else:
            yield block


def revised(policy: Policy, seed: int) -> Policy:
    """The policy after a review: clauses reworded, inserted, deleted and moved, and a section inserted early."""
    return _Reviewer(seed).review(policy)


def revised_again(policy: Policy, times: int, seed: int) -> Iterator[Policy]:
    """The policy, and what each of so many reviews made of it, without mistakes.

    All that can be cited stays, no section is empty, and every footnote is cited.
    """
    yield policy
    labels, seeds = _labels(policy), count(seed)
    for _ in range(times):
        tries = (revised(policy, each) for each in seeds)
        policy = next(one for one in tries if labels <= _labels(one) and _is_filled(one) and _has_marks(one))
        yield policy


def _labels(policy: Policy) -> set[str]:
    return {block.label for block in policy.walk() if isinstance(block, Clause)}


def _is_filled(policy: Policy) -> bool:
    return all(block.blocks for block in policy.walk() if isinstance(block, Section))


def _has_marks(policy: Policy) -> bool:
    words = (inline for block in policy.walk() for text in words_of(block) for inline in descend(text))
    marks = {inline.name for inline in words if isinstance(inline, FootnoteMark)}
    return marks.issuperset(footnote.name for footnote in policy.footnotes)


def reworded(policy: Policy, seed: int) -> Policy:
    """The policy with every clause put differently."""
    reviewer = _Reviewer(seed)
    return replace(policy, blocks=numbered(tuple(map(reviewer.put_differently, policy.blocks))))


class _Reviewer:
    """Who makes the edits."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  # not for secrets
        self.carried: list[Clause] = []

    def review(self, policy: Policy) -> Policy:
        early = Section(1, (Text("New this year"),), (self.new_clause(), self.new_clause()))
        sections = [self.section(block) for block in policy.blocks]
        for clause in self.carried:
            place = self.random.randrange(len(sections))
            into = sections[place]
            if isinstance(into, Section):
                sections[place] = replace(into, blocks=(clause, *into.blocks))
        return replace(policy, blocks=numbered((sections[0], early, *sections[1:])))

    def section(self, block: Block) -> Block:
        if not isinstance(block, Section):
            return block
        return replace(block, blocks=tuple(made for inner in block.blocks for made in self.edited(inner)))

    def edited(self, block: Block) -> Iterator[Block]:
        if not isinstance(block, Clause):
            yield self.section(block)
            return
        drawn = self.random.random()
        if drawn < DELETED:
            return
        if len(self.carried) < MOVED and drawn < DELETED + 0.05 and not block.blocks:
            self.carried.append(block)
            return
        yield self.put_differently(block) if drawn > 1 - REWORDED else self.below(block)
        if 1 - REWORDED - INSERTED < drawn <= 1 - REWORDED:
            yield self.new_clause()

    def below(self, clause: Clause) -> Clause:
        return replace(clause, blocks=tuple(made for inner in clause.blocks for made in self.edited(inner)))

    def put_differently(self, block: Block) -> Block:
        """The same block with a word or two put otherwise; what stands under it as well."""
        if isinstance(block, Section):
            return replace(block, blocks=tuple(map(self.put_differently, block.blocks)))
        if not isinstance(block, Clause):
            return block
        below = tuple(map(self.put_differently, block.blocks))
        return replace(block, text=self.other_words(block.text), blocks=below)

    def other_words(self, words: Inlines) -> Inlines:
        last = words[-1]
        if not isinstance(last, Text):
            return (*words, Text(f", {self.random.choice(WHENS)}."))
        parts = last.text.split(" ")
        parts[self.random.randrange(len(parts))] = self.random.choice(("otherwise", "indeed", "mostly"))
        return (*words[:-1], Text(" ".join(parts)), Text(f" So {self.random.choice(WHENS)}."))

    def new_clause(self) -> Clause:
        picked = (self.random.choice(words) for words in (ADJECTIVES, NOUNS, WHENS, NOUNS, WHENS))
        return Clause((Text("{} {} are kept {}, and {} {}.".format(*picked)),))


# The seven classic edits of the reference guidance, in either of its editions

SEVEN = 7
_REWORDED = "The word parents means", "mothers and fathers", "parents or guardians"
_STRONGER = "should see to it that", "should see to it", "must see to it"
_DELETED = "Staff must not add to"
_MOVED, _AFTER = "The headteacher must obtain", "Wherever appropriate, staff must keep"
_SPLIT = "Staff must bring every doubt"
_MERGED = "Staff must leave no doubt", "Staff can say, where it is fitting"
_EARLY = Section(
    1, (Text("Other rules"),), (Clause((Text("This guidance takes nothing away from what a contract says."),)),)
)


def seven_edits(policy: Policy) -> Policy:
    """One clause reworded, a should made must, a section inserted early, one deleted, moved, split, two merged."""
    blocks = [*policy.blocks[:2], _EARLY, *policy.blocks[2:]]
    return replace(policy, blocks=numbered(tuple(_Seven(policy).made(tuple(blocks)))))


class _Seven:
    """Makes the edits below the sections."""

    def __init__(self, policy: Policy) -> None:
        self.found = {plain(block.text): block for block in policy.walk() if isinstance(block, Clause)}

    def one(self, begins: str) -> Clause:
        return next(block for words, block in self.found.items() if words.startswith(begins))

    def made(self, blocks: Blocks) -> Iterator[Block]:
        for block in blocks:
            if isinstance(block, Section):
                yield replace(block, blocks=tuple(self.made(block.blocks)))
            elif isinstance(block, Clause):
                yield from self.edited(replace(block, blocks=tuple(self.made(block.blocks))))
            else:
                yield block

    def edited(self, clause: Clause) -> Iterator[Clause]:
        words = plain(clause.text)
        if words.startswith((_DELETED, _MOVED, _MERGED[1])):
            return
        for begins, old, new in (_REWORDED, _STRONGER):
            if words.startswith(begins):
                clause = replace(clause, text=_put(clause.text, old, new))
        if words.startswith(_MERGED[0]):
            clause = replace(clause, text=(*clause.text, Text(" "), *self.one(_MERGED[1]).text))
        if words.startswith(_SPLIT):
            first, _, rest = words.partition(". ")
            yield replace(clause, text=(Text(f"{first}."),))
            clause = Clause((Text(rest),))
        yield clause
        if words.startswith(_AFTER):
            yield self.one(_MOVED)


def _put(words: Inlines, old: str, new: str) -> Inlines:
    return tuple(Text(word.text.replace(old, new)) if isinstance(word, Text) else word for word in words)


def made(comparison: Comparison) -> list[Change]:
    """The edits as somebody made them: what stands in a section that was inserted came with it."""
    inserted = {change.new[0].order for change in comparison.edits if change.kind is ChangeKind.INSERTED}
    return [
        change
        for change in comparison.edits
        if change.kind is not ChangeKind.INSERTED or change.new[0].parent not in inserted
    ]
