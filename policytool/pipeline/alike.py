"""A policy -> the same policy as any document could say it, so that two of them differ in nothing but what they say.

A source holds what a document only prints: where a reference leads, under which clause a table stands, what a footnote
is called. Both sides of a comparison are brought to what both could know: references are the words that are printed,
those to a number inside the document are found again on both sides alike; words without a number belong to the last
clause, item or bullet before them; footnotes are called by their numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from policytool.model.block import (
    Block,
    Blocks,
    Bullet,
    Clause,
    Footnote,
    Item,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Table,
    walk,
    words_of,
)
from policytool.model.inline import (
    Emphasis,
    FootnoteMark,
    Inline,
    Inlines,
    Link,
    Reference,
    Strong,
    Text,
    descend,
    plain,
)
from policytool.model.policy import Policy
from policytool.render.edition import PLACEHOLDER, Edition

Change: TypeAlias = Callable[[Inlines], Inlines]
Leaf: TypeAlias = Callable[[Inline], Iterable[Inline]]
# "clause 4.2(b)" of this document: what stands behind a comma, or before "of", is often of another.
_CITED = re.compile(
    r"(?<!, )\b((?:clause|section|paragraph|part|appendix|annex)[ \xa0])"
    r"((?:\d+|[A-Z])(?:\.\d+)*(?:\([a-z]+\))*)(?![\w(])(?!\.\d)(?!\s+of\b)",
    re.IGNORECASE,
)


SIDES = ("old", "new")


def alike(old: Edition, new: Edition) -> tuple[Policy, Policy]:
    """Two policies as any document could say them."""
    both = _bare(old), _bare(new)
    lost = _lost(*both)
    before, after = (_linked(policy, side, lost) for policy, side in zip(both, SIDES, strict=True))
    return before, after


def _bare(edition: Edition) -> Policy:
    """A policy whose references are printed words, whose blocks stand where a reader would put them."""
    policy = _worded(edition.policy, lambda words: _leaves(words, lambda one: _printed(one, edition)))
    blocks, footnotes = _named(_settled(policy.blocks), policy.footnotes)
    return replace(policy, blocks=blocks, footnotes=footnotes)


# All words of a policy


def _worded(policy: Policy, change: Change) -> Policy:
    """The policy with its words changed."""
    notes = tuple(replace(one, blocks=_each(one.blocks, change)) for one in policy.footnotes)
    return replace(policy, blocks=_each(policy.blocks, change), footnotes=notes)


def _each(blocks: Blocks, change: Change) -> Blocks:
    return tuple(_one(block, change) for block in blocks)


def _one(block: Block, change: Change) -> Block:
    if isinstance(block, Section):
        return replace(block, title=change(block.title), blocks=_each(block.blocks, change))
    if isinstance(block, Clause | Item | Bullet):
        return replace(block, text=change(block.text), blocks=_each(block.blocks, change))
    if isinstance(block, Paragraph):
        return replace(block, text=change(block.text))
    if isinstance(block, Quote):
        return replace(block, blocks=_each(block.blocks, change))
    if isinstance(block, Table):
        return replace(
            block, header=_cells(block.header, change), rows=tuple(_cells(row, change) for row in block.rows)
        )
    return block


def _cells(row: tuple[Inlines, ...], change: Change) -> tuple[Inlines, ...]:
    return tuple(change(cell) for cell in row)


def _leaves(words: Inlines, change: Leaf) -> Inlines:
    """Words with each of their innermost inlines changed, and runs of text beside one another as one."""
    made: list[Inline] = []
    for inline in _unlinked(words):
        if isinstance(inline, Emphasis | Strong | Link):
            added: Iterable[Inline] = (replace(inline, children=_leaves(inline.children, change)),)
        else:
            added = change(inline)
        for one in added:
            _add(made, one)
    return tuple(made)


def _add(made: list[Inline], one: Inline) -> None:
    if isinstance(one, Text) and made and isinstance(last := made[-1], Text):
        made[-1] = Text(last.text + one.text)
    else:
        made.append(one)


def _unlinked(words: Inlines) -> Iterator[Inline]:
    """Without the links that lead to a place in the same file: their words remain."""
    for inline in words:
        if isinstance(inline, Link) and inline.address.startswith("#"):
            yield from _unlinked(inline.children)
        else:
            yield inline


def _printed(inline: Inline, edition: Edition) -> tuple[Inline, ...]:
    """A reference as the words that are printed of it."""
    return (Text(edition.plain((inline,))),) if isinstance(inline, Reference) else (inline,)


# Where words without a number belong


def _settled(blocks: Blocks) -> Blocks:
    """What has no number in the last clause, item or bullet before it, and without what no document shows."""
    made: list[Block] = []
    for block in _plainer(blocks):
        one = _inside(block)
        last = made[-1] if made else None
        if isinstance(last, Clause | Item | Bullet) and _sinks(one, last):
            made[-1] = _sunk(last, one)
        else:
            made.append(one)
    return tuple(made)


def _sinks(one: Block, last: Block) -> bool:
    """Whether a block belongs to the one before it: words without a number do, and bullets but to bullets."""
    return isinstance(one, Paragraph | Table) or (isinstance(one, Bullet) and not isinstance(last, Bullet))


def _inside(block: Block) -> Block:
    if isinstance(block, Section | Clause | Item | Bullet):
        return replace(block, blocks=_settled(block.blocks), label="")
    return block if isinstance(block, Rule) else replace(block, label="")


def _sunk(holder: Clause | Item | Bullet, one: Block) -> Clause | Item | Bullet:
    """A block at the end of the innermost last that may hold it; a bullet beside bullets."""
    last = holder.blocks[-1] if holder.blocks else None
    if isinstance(last, Clause | Item | Bullet) and _sinks(one, last):
        return replace(holder, blocks=(*holder.blocks[:-1], _sunk(last, one)))
    return replace(holder, blocks=(*holder.blocks, one))


def _plainer(blocks: Iterable[Block]) -> Iterator[Block]:
    """Without lines, frames round words, and tables of one column, which readers take for paragraphs."""
    for block in blocks:
        if isinstance(block, Quote):
            yield from _plainer(block.blocks)
        elif isinstance(block, Preformatted):
            yield Paragraph((Text(" ".join(block.text.split())),))
        elif isinstance(block, Table) and len(block.header) == 1:
            yield from (Paragraph(row[0]) for row in (block.header, *block.rows) if row[0])
        elif not isinstance(block, Rule):
            yield block


# What footnotes are called


def _named(blocks: Blocks, footnotes: tuple[Footnote, ...]) -> tuple[Blocks, tuple[Footnote, ...]]:
    """Footnotes by their numbers, in the order in which they are cited; those that nothing cites last."""
    cited = dict.fromkeys(mark.name for words in _words(blocks) for mark in _marks(words))
    names = {name: str(number) for number, name in enumerate((*cited, *_uncited(footnotes, cited)), 1)}

    def renamed(one: Inline) -> tuple[Inline, ...]:
        return (replace(one, name=names[one.name]) if isinstance(one, FootnoteMark) else one,)

    notes = (Footnote(names[one.name], _settled(one.blocks), one.position) for one in footnotes)
    return _each(blocks, lambda words: _leaves(words, renamed)), tuple(sorted(notes, key=lambda one: int(one.name)))


def _marks(words: Inlines) -> Iterator[FootnoteMark]:
    return (one for one in descend(words) if isinstance(one, FootnoteMark))


def _uncited(footnotes: Iterable[Footnote], cited: Mapping[str, object]) -> Iterator[str]:
    return (one.name for one in footnotes if one.name not in cited)


def _words(blocks: Blocks) -> Iterator[Inlines]:
    return (words for block in walk(blocks) for words in words_of(block))


# Numbers that are cited


def _numbers(policy: Policy) -> Counter[str]:
    """How often each number is printed before a clause."""
    numbered = (one for one in walk(policy.blocks) if isinstance(one, Section | Clause | Item) and one.number)
    return Counter(str(one.number) for one in numbered)


def _lost(old: Policy, new: Policy) -> set[str]:
    """Numbers that are cited on both sides, and are found on one alone: one of them was not read as it is."""
    texts = (" ".join(plain(words) for words in _words(one.blocks)) for one in (old, new))
    before, after = ({match[2] for match in _CITED.finditer(text)} for text in texts)
    ones, others = _numbers(old), _numbers(new)
    return {number for number in before & after if (ones[number] == 1) != (others[number] == 1)}


def _linked(policy: Policy, side: str, lost: set[str]) -> Policy:
    """With a reference for each number of a clause that is cited in the words, and a name for that clause."""
    numbers = {number for number, count in _numbers(policy).items() if count == 1 and number not in lost}
    cited: set[str] = set()
    policy = _worded(policy, lambda words: _leaves(words, lambda one: _found(one, numbers, cited, side)))
    return replace(policy, blocks=tuple(_labelled(block, cited, side) for block in policy.blocks))


def _found(inline: Inline, numbers: set[str], cited: set[str], side: str) -> Iterator[Inline]:
    if not isinstance(inline, Text):
        yield inline
        return
    at = 0
    for match in _CITED.finditer(inline.text):
        of_appendix = match[1].casefold().startswith(("appendi", "annex"))  # whose numbers begin with a letter
        if match[2] not in numbers or of_appendix == match[2][:1].isdigit():
            continue
        if match.start() > at:
            yield Text(inline.text[at : match.start()])
        yield Reference("", _label(match[2], side), (Text(f"{match[1]}{PLACEHOLDER}"),))
        cited.add(match[2])
        at = match.end()
    if at < len(inline.text) or not inline.text:
        yield Text(inline.text[at:])


def _labelled(block: Block, cited: set[str], side: str) -> Block:
    if not isinstance(block, Section | Clause | Item | Bullet):
        return block
    number = "" if isinstance(block, Bullet) or block.number is None else str(block.number)
    label = _label(number, side) if number in cited else ""
    return replace(block, label=label, blocks=tuple(_labelled(one, cited, side) for one in block.blocks))


def _label(number: str, side: str) -> str:
    """The name of a clause for this one comparison: "new-4-2-b", as labels are written."""
    return f"{side}-{'-'.join(re.findall(r'[a-z0-9]+', number.lower()))}"
