"""A document as found -> the draft of a policy, and what a person should know of how it was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from policytool.model.block import Blocks, Clause, Footnote, Paragraph, Section, walk
from policytool.model.inline import plain
from policytool.model.piece import Found, Piece, Remark
from policytool.model.policy import Policy
from policytool.model.time import Moment
from policytool.parse.drafting.blocks import blocks_of
from policytool.parse.drafting.cited import Citing
from policytool.parse.drafting.front import Front
from policytool.parse.drafting.headings import MOST_WORDS
from policytool.parse.drafting.names import plainly
from policytool.parse.drafting.shape import lines_of
from policytool.parse.drafting.surroundings import Surroundings, policy_id
from policytool.parse.drafting.title_block import head_of
from policytool.parse.drafting.tree import tree
from policytool.parse.phrases import neat

__all__ = ["Draft", "Surroundings", "drafted", "policy_id", "title_of"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A policy as drafted, what is to be known of it, and when it was last approved or reviewed, if that is told.

    `strangers` are the titles of the policies that it names and that are not known, by ids that they could have.
    """

    policy: Policy
    remarks: tuple[Remark, ...]
    held: Moment | None = None
    strangers: Mapping[str, str] = field(default_factory=dict)


def drafted(found: Found, name: str, around: Surroundings | None = None) -> Draft:
    """The draft of a policy. `name` is its id, or "" for one made of its title.

    A date that is found goes into a remark, with the command that would record it: reading forges no approval.
    """
    around = around or Surroundings()
    head = head_of([_neat(piece) for piece in found.pieces], found.title, found.asides)
    remarks = [*found.remarks, *head.remarks]
    title = head.title or name or "Untitled"
    if not head.title:
        remarks.append(Remark("look", None, "no title was found: write one"))
    citing = Citing(around.named, title, remarks)
    rest = citing.pieces(_without_school(head.rest, around, remarks))
    blocks = blocks_of(tree(lines_of(rest, remarks), remarks), remarks)
    policy = Policy(
        name or policy_id(title),
        title,
        kind=_kind(title),
        numbering=_numbering(blocks),
        blocks=blocks,
        footnotes=_footnotes(found),
    )
    policy, held = Front(head, around, remarks).put_on(policy, citing)
    remarks += [Remark("recognised", one.place, f"{one.kind}, left out: {one.text}") for one in found.asides]
    return Draft(policy, tuple(sorted(remarks, key=_order)), held, citing.strangers)


def _without_school(pieces: Iterable[Piece], around: Surroundings, remarks: list[Remark]) -> Iterator[Piece]:
    """The pieces without the name of the school above the text, which every document prints by itself."""
    at_head = True
    for piece in pieces:
        said = plain(piece.words)
        if at_head and plainly(said) in around.named.school:
            remarks.append(Remark("recognised", piece.place, f"the name of the school, left out: {said}"))
            continue
        at_head = at_head and not piece.marker and len(said.split()) <= MOST_WORDS
        yield piece


def title_of(found: Found) -> str:
    """What a document is called, "" where nothing says so."""
    return head_of([_neat(piece) for piece in found.pieces], found.title, found.asides).title


def _order(remark: Remark) -> tuple[int, int]:
    place = remark.place
    return (place.page, place.number) if place else (0, 0)


def _neat(piece: Piece) -> Piece:
    """A piece without blanks at the ends of its words, whatever read it."""
    rows = tuple(tuple(neat(cell) for cell in row) for row in piece.rows)
    return replace(piece, words=neat(piece.words), rows=rows)


def _numbering(blocks: Blocks) -> str:
    """`running` where clauses are counted through, and no heading has a number; else `outline`."""
    every = list(walk(blocks))
    sections = [one for one in every if isinstance(one, Section) and not one.appendix]
    is_running = bool(sections) and all(one.unnumbered for one in sections)
    return "running" if is_running and any(isinstance(one, Clause) for one in every) else "outline"


def _kind(title: str) -> str:
    said = title.lower()
    return next(
        (kind for kind in ("guidance", "procedure", "statement") if kind in said and "policy" not in said), "policy"
    )


def _footnotes(found: Found) -> tuple[Footnote, ...]:
    return tuple(Footnote(name, _paragraphs(pieces)) for name, pieces in found.footnotes.items())


def _paragraphs(pieces: Sequence[Piece]) -> Blocks:
    return tuple(Paragraph(words) for piece in pieces if (words := neat(piece.words)))
