"""A document as found -> the draft of a policy, and what a person should know of how it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policytool.model.block import Blocks, Footnote, Paragraph, Section, walk, words_of
from policytool.model.inline import plain
from policytool.model.piece import Found, Piece, Remark
from policytool.model.policy import Cycle, Policy
from policytool.model.time import Duration, Moment
from policytool.parse.drafting.blocks import blocks_of
from policytool.parse.drafting.dates import months_between
from policytool.parse.drafting.shape import lines_of
from policytool.parse.drafting.surroundings import Surroundings, policy_id
from policytool.parse.drafting.title_block import Head, Said, head_of
from policytool.parse.drafting.tree import tree

__all__ = ["Draft", "Surroundings", "drafted", "policy_id"]

_CYCLES = {12: "annual", 24: "two-yearly", 36: "three-yearly"}
_USUAL = (6, 12, 18, 24, 36, 48, 60)
_NO_CYCLE = 12
_RELATED = ("related polic", "related document", "linked polic", "links with other polic", "links to other polic")


@dataclass(frozen=True, slots=True)
class Draft:
    """A policy as drafted, what is to be known of it, and when it was last approved or reviewed, if that is told."""

    policy: Policy
    remarks: tuple[Remark, ...]
    held: Moment | None = None


def drafted(found: Found, name: str, around: Surroundings | None = None) -> Draft:
    """The draft of a policy. `name` is its id, or "" for one made of its title.

    A date that is found goes into a remark, with the command that would record it: reading forges no approval.
    """
    around = around or Surroundings()
    head = head_of(found.pieces, found.title)
    remarks = [*found.remarks, *head.remarks]
    title = head.title or name or "Untitled"
    if not head.title:
        remarks.append(Remark("look", None, "no title was found: write one"))
    blocks = blocks_of(tree(lines_of(head.rest, remarks), remarks), remarks)
    policy = Policy(name or policy_id(title), title, kind=_kind(title), blocks=blocks, footnotes=_footnotes(found))
    policy, held = _with_fields(policy, head, around, remarks)
    remarks += [Remark("recognised", one.place, f"{one.kind}, left out: {one.text}") for one in found.asides]
    return Draft(policy, tuple(sorted(remarks, key=_order)), held)


def _order(remark: Remark) -> tuple[int, int]:
    place = remark.place
    return (place.page, place.number) if place else (0, 0)


def _kind(title: str) -> str:
    said = title.lower()
    return next(
        (kind for kind in ("guidance", "procedure", "statement") if kind in said and "policy" not in said), "policy"
    )


def _footnotes(found: Found) -> tuple[Footnote, ...]:
    return tuple(Footnote(name, _paragraphs(pieces)) for name, pieces in found.footnotes.items())


def _paragraphs(pieces: Sequence[Piece]) -> Blocks:
    return tuple(Paragraph(piece.words) for piece in pieces if piece.words)


def _with_fields(
    policy: Policy, head: Head, around: Surroundings, remarks: list[Remark]
) -> tuple[Policy, Moment | None]:
    """The policy with its front matter, each field told: what was recognised, and what was taken for want of it."""
    from dataclasses import replace

    approver = _role(head, ("approved", "reviewer"), around, remarks) or around.likely("governing-board", "headteacher")
    owner = _role(head, ("owner",), around, remarks) or around.likely("headteacher")
    reviewer = _role(head, ("reviewer",), around, []) or approver
    last, following = _date(head, "last") or _date(head, "approved"), _date(head, "next")
    cycle = _cycle(head, last, following, reviewer, remarks)
    related = _related(policy, head, around, remarks)
    for said in head.fields:
        remarks.append(Remark("recognised", said.place, f"{_told(said)}: {said.line}"))
        if said.is_vague:
            remarks.append(Remark("look", said.place, f"no day or month could be read: {said.line}"))
    remarks.append(Remark("guessed", None, f"owner: {owner}, approver: {approver}: look whether that is so"))
    if last:
        remarks.append(_to_record(policy.id, cycle, last))
    return replace(policy, owner=owner, approver=approver, reviews=(cycle,), related=related), last


def _told(said: Said) -> str:
    names = {
        "next": "the next review",
        "last": "the last review",
        "approved": "an approval",
        "reviewer": "the reviewer",
    }
    return f"{names.get(said.what, said.what)}, of the title block"


def _role(head: Head, names: Sequence[str], around: Surroundings, remarks: list[Remark]) -> str:
    for said in (one for name in names for one in head.fields if one.what == name):
        if role := around.role(said.value):
            return role
        if said.value and said.held is None:
            remarks.append(Remark("look", said.place, f"no role of the settings is called “{said.value}”"))
    return ""


def _date(head: Head, what: str) -> Moment | None:
    return next((one.held for one in head.fields if one.what == what and one.held), None)


def _cycle(head: Head, last: Moment | None, following: Moment | None, by: str, remarks: list[Remark]) -> Cycle:
    """The review cycle: from the two dates, or else a year, told as a guess."""
    between = months_between(last, following) if last and following else 0
    months = next((usual for usual in _USUAL if abs(usual - between) <= 1), 0)
    stated = next((_stated(one.line) for one in head.fields if one.what == "cycle"), 0)
    months = stated or months
    if not months:
        months = _NO_CYCLE
        remarks.append(Remark("guessed", None, "reviews: every 12 months, as nothing says how often"))
    else:
        remarks.append(Remark("guessed", None, f"reviews: every {months} months, from the title block"))
    return Cycle(_CYCLES.get(months, "regular"), Duration(months, "month"), by)


def _stated(line: str) -> int:
    said = line.lower()
    words = {
        "annual": 12,
        "every year": 12,
        "yearly": 12,
        "biennial": 24,
        "two year": 24,
        "2 year": 24,
        "three year": 36,
    }
    words |= {"3 year": 36, "triennial": 36, "termly": 4}
    return next((words[word] for word in sorted(words, key=len, reverse=True) if word in said), 0)


def _related(policy: Policy, head: Head, around: Surroundings, remarks: list[Remark]) -> tuple[str, ...]:
    """The policies that a list of cross-references names, in the title block or in a section of its own."""
    ids: list[str] = []
    lists = [(one.value, one.place) for one in head.of("related")]
    for text, place in [*lists, *((words, None) for words in _listed(policy))]:
        known, strangers = around.policies(text)
        ids += known
        for name in strangers if place else []:
            entry = f"`{policy_id(name)}: {{title: {name}}}`"
            message = f"“{name}” is no policy known here: enter it under `elsewhere:` as {entry}, then under `related:`"
            remarks.append(Remark("look", place, message))
    return tuple(dict.fromkeys(one for one in ids if one != policy.id))


def _listed(policy: Policy) -> Iterator[str]:
    for section in walk(policy.blocks):
        if isinstance(section, Section) and plain(section.title).lower().startswith(_RELATED):
            yield from (plain(words) for block in walk(section.blocks) for words in words_of(block))


def _to_record(policy: str, cycle: Cycle, held: Moment) -> Remark:
    command = f"policytool record {policy} {cycle.name} --held {held} --by {cycle.by} --outcome approved"
    return Remark("look", None, f"once a person has read the text, and it is what was approved: `{command}`")
