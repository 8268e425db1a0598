"""A policy -> the passages in which a reference might be typed, with what is a link already taken out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from policytool.check.prose import CITED, Prose
from policytool.model.block import Blocks, Bullet, Clause, Item, Paragraph, Section, Table, words_of
from policytool.model.inline import (
    Code,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Numeral,
    Reference,
    Strong,
    Text,
    descend,
    plain,
)
from policytool.model.mend import Change
from policytool.model.policy import Policy

HERE = "\N{APPROACHES THE LIMIT}"
"""Stands in the words for a reference inside the policy; `CITED` for a link to anything else."""


class Passage(NamedTuple):
    """Words that are the policy's own: no heading, no quotation. `words` are quickly had, and hold links' words too."""

    inlines: Inlines
    words: str
    of_footnote: bool = False

    def prose(self, policy: str) -> Prose:
        """Its words with one sign for each link, cross-reference and piece of code, which is where they stand."""
        prose = Prose.of(_bare(self.inlines))
        text = list(prose.text)
        for start, piece in prose.pieces:
            if isinstance(piece, Reference) and piece.policy in ("", policy):
                text[start] = HERE
        return replace(prose, text="".join(text).replace("\n", " "))


def passages(policy: Policy) -> list[Passage]:
    """Every passage of a policy, its footnotes' last."""
    found: list[Passage] = []
    _take(policy.blocks, found, of_footnote=False)
    for footnote in policy.footnotes:
        _take(footnote.blocks, found, of_footnote=True)
    return found


def _take(blocks: Blocks, found: list[Passage], *, of_footnote: bool) -> None:
    """Add the passages of these blocks: a list is grown, as every policy of a library goes through here."""
    for block in blocks:
        if isinstance(block, Clause | Item | Bullet | Paragraph):
            found.append(Passage(block.text, _plain(block.text), of_footnote))
        elif isinstance(block, Table):
            found += [Passage(cell, _plain(cell), of_footnote) for cell in words_of(block)]
        if isinstance(block, Section | Clause | Item | Bullet) and block.blocks:
            _take(block.blocks, found, of_footnote=of_footnote)


def _plain(inlines: Inlines) -> str:
    """What `plain` gives, sooner: of most words there is one run, or runs in bold between others."""
    return "".join([one.text if isinstance(one, Text) else plain((one,)) for one in inlines])


def _bare(inlines: Inlines) -> Inlines:
    return tuple(map(_one, inlines))


def _one(inline: Inline) -> Inline:
    if isinstance(inline, Emphasis | Strong):
        return replace(inline, children=_bare(inline.children))
    if isinstance(inline, Reference):
        return replace(inline, children=())
    return Reference(CITED, "", (), inline.position) if isinstance(inline, Link | Code) else inline


def linked(prose: Prose, start: int, end: int, address: str) -> tuple[Change, ...]:
    """The changes that make a link of words where they stand; none where marks or escapes stand among them.

    The words stay as they are, so that nothing else is printed and the wording keeps its fingerprint.
    """
    breaks = [start]
    for before, after in pairwise(range(start, end)):
        one, two = prose.position(before), prose.position(after)
        if one.line != two.line:
            breaks.append(after)
        elif two.column != one.column + 1:
            return ()
    runs = [prose.text[one:two] for one, two in pairwise((*breaks, end))]
    places = [prose.position(at) for at in breaks]
    if len(runs) == 1:
        return (Change(places[0], runs[0], f"[{runs[0]}]({address})"),)
    # The blank that a line's end counts as stands in no line.
    first, last = runs[0].rstrip(" "), runs[-1].lstrip(" ")
    place = places[-1]._replace(column=places[-1].column + len(runs[-1]) - len(last))
    return Change(places[0], first, f"[{first}"), Change(place, last, f"{last}]({address})")


def last_line(inlines: Inlines) -> int:
    """The line of the source on which words end."""
    lines = [_line(inline) for inline in descend(inlines)]
    return max(lines, default=0)


def _line(inline: Inline) -> int:
    if isinstance(inline, Text):
        return inline.position(len(inline.text) - 1).line
    return 0 if isinstance(inline, Numeral) else inline.position.line
