"""A Word file that was built here, come home -> the policy that it holds now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from policytool.model.block import (
    Alignment,
    Block,
    Blocks,
    Bullet,
    Clause,
    Footnote,
    Item,
    ItemStyle,
    Number,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Table,
)
from policytool.model.inline import plain
from policytool.model.numbering import numbered
from policytool.model.piece import CARRIED, Aside, Found, Piece, Remark
from policytool.model.policy import Policy
from policytool.parse.drafting.carried import Carried, Entry, carried
from policytool.parse.drafting.recut import Names, printed, signs
from policytool.parse.drafting.refound import refound
from policytool.parse.drafting.regrown import Bud, Regrowing

_FRONT = ("notice", "title block")


@dataclass(frozen=True, slots=True)
class Returned:
    """A policy as the file has it now, and what the file says of its origin: id, path, fingerprint of the wording.

    `policy` has the fields that the file prints or carries; those are the title, the kind, the numbering and, where the
    title block was left as it was, owner, approver and related. `comments` are (author, text, place), the place being
    the number of the clause or section as the file counts it now, "" before the first. `front` are the pieces before
    the text, `asides` and `remarks` those of the reading.
    """

    policy_id: str
    path: str
    fingerprint: str
    policy: Policy
    comments: tuple[tuple[str, str, str], ...] = ()
    front: tuple[Piece, ...] = ()
    asides: tuple[Aside, ...] = ()
    remarks: tuple[Remark, ...] = ()


def returned(found: Found) -> Returned | None:
    """The policy in a file that was built here; None for any other file."""
    policy_id, path, fingerprint = (found.properties.get(name, "") for name in CARRIED)
    if not policy_id:
        return None
    told = carried(found.carried)
    found = refound(found, told.entries)
    names = Names(_labels(told.entries), dict(_note_names(found, told)))
    front, rest = _parted(found.pieces, told)
    keys = {entry.key: at for at, entry in enumerate(told.entries) if entry.key}
    growing = Regrowing(told.entries, names, keys)
    for piece in rest:
        growing.add(piece)
    growing.prune()
    blocks = numbered(frozen(growing.root.blocks))
    title = next((printed(signs(piece.runs)) for piece in front if piece.style.lower() == "title"), found.title)
    fields = _fields(front, told)
    policy = Policy(
        policy_id,
        " ".join(title.split(" ")),
        kind=told.kind,
        owner=fields.get("Owner", ("",))[0],
        approver=fields.get("Approved by", ("",))[0],
        related=fields.get("Related policies", ()),
        numbering=told.numbering,
        blocks=blocks,
        footnotes=tuple(_footnotes(found, told, names, keys)),
        path=path,
    )
    comments = tuple(_comments(found, blocks, growing.root.blocks))
    return Returned(policy_id, path, fingerprint, policy, comments, front, found.asides, found.remarks)


def _labels(entries: Sequence[Entry]) -> dict[str, str]:
    return {entry.key: entry.label for entry in entries if entry.key and entry.label}


def _note_names(found: Found, told: Carried) -> Iterator[tuple[str, str]]:
    """The names of the footnotes by those that reading gave them; a new one takes the next free number."""
    named: dict[str, str] = {}
    owners = {entry.key: entry.note for entry in told.entries if entry.key and entry.note}
    for read, pieces in found.footnotes.items():
        own = [owners[mark] for piece in pieces for mark in piece.bookmarks if mark in owners]
        named |= {read: own[0]} if own and own[0] not in named.values() else {}
    for place, name in enumerate(told.notes, 1):
        if (marked := found.marks.get(f"f_{place}")) is not None:
            named.setdefault(marked, name)
    taken = {*told.order, *named.values()}
    for read in found.footnotes:
        if read not in named:
            name = next(str(one) for one in range(1, len(taken) + 2) if str(one) not in taken)
            taken.add(name)
            named[read] = name
    yield from named.items()


def _parted(pieces: Sequence[Piece], told: Carried) -> tuple[tuple[Piece, ...], list[Piece]]:
    """What is printed before the text, and the text."""
    keys = {entry.key for entry in told.entries}
    front: list[Piece] = []
    rest: list[Piece] = []
    for piece in pieces:
        ours = not keys.isdisjoint(piece.bookmarks)
        if not rest and not ours and (piece.style.lower() in _FRONT or (piece.style.lower() == "title" and not front)):
            front.append(piece)
        else:
            rest.append(piece)
    return tuple(front), rest


def _fields(front: Sequence[Piece], told: Carried) -> dict[str, tuple[str, ...]]:
    """By the labels of the title block the ids that its values stand for, as far as they still print there."""
    rows = {plain(row[0]): plain(row[1]) for piece in front for row in piece.rows if len(row) > 1}
    return {
        label: tuple(name for name, title in pairs if label in rows and title in rows[label])
        for label, pairs in told.front.items()
        if any(label in rows and title in rows[label] for _, title in pairs)
    }


def _footnotes(found: Found, told: Carried, names: Names, keys: dict[str, int]) -> Iterator[Footnote]:
    """The footnotes, those that were there in the order they had; one cited only in another is printed below it."""
    grown: dict[str, list[Block]] = {}
    notes = {entry.key: entry.note for entry in told.entries if entry.key}
    for read, pieces in found.footnotes.items():
        name = names.notes[read]
        growing = {name: Regrowing(told.entries, names, keys)}
        for place, piece in enumerate(pieces):
            own = next((notes[mark] for mark in piece.bookmarks if notes.get(mark)), name)
            first = own not in growing or not place
            growing.setdefault(own, Regrowing(told.entries, names, keys)).add(piece, _before(piece, own, name) * first)
        for own, one in growing.items():
            one.prune()
            grown.setdefault(own, []).extend(frozen(one.root.blocks))
    order = {name: place for place, name in enumerate(told.order)}
    for name in sorted(grown, key=lambda one: order.get(one, len(order))):
        yield Footnote(name, tuple(grown[name]))


def _before(piece: Piece, own: str, name: str) -> int:
    """How many signs stand before the words of a footnote: a blank after its number, which is typed if it is nested."""
    text = printed(signs(piece.runs))
    return text.find(" ") + 1 if own != name else len(text) - len(text.removeprefix(" "))


# The tree, frozen


def frozen(buds: Sequence[Bud]) -> Blocks:
    """Blocks as values, still without numbers."""
    return tuple(_frozen(bud, buds[at - 1] if at else None) for at, bud in enumerate(buds))


def _frozen(bud: Bud, before: Bud | None) -> Block:
    entry = bud.entry or Entry("")
    label, blocks = entry.label, frozen(bud.blocks)
    match bud.kind:
        case "Section":
            is_new = bud.at < 0
            appendix = bud.sign.startswith("Appendix") if is_new else entry.appendix
            bare = not bud.sign if is_new or bud.sign else entry.unnumbered
            return Section(bud.level, bud.words, blocks, label, bare, appendix, entry.start)
        case "Clause":
            return Clause(bud.words, blocks, label, entry.start)
        case "Item":
            return Item(_style(bud, before), bud.words, blocks, label, _begins(bud, before), entry.start)
        case "Bullet":
            return Bullet(bud.words, blocks, label)
        case "Quote":
            return Quote(blocks, label)
        case "Table":
            return _table(bud, entry)
        case "Preformatted":
            return Preformatted(bud.text, label)
        case "Rule":
            return Rule()
        case _:
            return Paragraph(bud.words, label)


def _table(bud: Bud, entry: Entry) -> Table:
    header, *rows = bud.rows or ((),)
    fits = bud.at >= 0 and len(entry.alignments) in (0, len(header))
    known = entry.alignments if fits else ("",) * len(header)
    alignments = tuple(one if one in ("left", "center", "right") else "" for one in known)
    return Table(header, tuple(rows), cast("tuple[Alignment, ...]", alignments), entry.label)


def _style(bud: Bud, before: Bud | None) -> ItemStyle:
    if bud.entry and bud.entry.style in ("letter", "roman"):
        return "roman" if bud.entry.style == "roman" else "letter"
    if before is not None and before.kind == "Item":
        return _style(before, None)
    return "roman" if bud.sign.strip("().") == "i" else "letter"


def _begins(bud: Bud, before: Bud | None) -> bool:
    """Whether a list begins here: as it did, unless new items were put before it, or its first ones taken away."""
    follows = before is not None and before.kind == "Item" and _style(before, None) == _style(bud, before)
    is_first = bud.sign.strip("().").lower() in ("a", "i", "1", "")
    if bud.at < 0 or bud.entry is None:
        return not follows
    if bud.entry.begins:
        return is_first or bud.entry.start is not None or not (follows and before is not None and before.at < 0)
    return is_first and not follows and bud.entry.start is None and bool(bud.sign)


# Comments


def _comments(found: Found, blocks: Blocks, buds: Sequence[Bud]) -> Iterator[tuple[str, str, str]]:
    """Who said what, and at which number."""
    numbers = [*_numbers(blocks, "")]
    places = [bud.piece.place.number if bud.piece else 0 for bud in _walk(buds)]
    for aside in found.asides:
        if aside.kind == "comment":
            before = [number for number, place in zip(numbers, places, strict=True) if place <= aside.place.number]
            yield aside.author, aside.text.removeprefix(f"{aside.author}: "), before[-1] if before else ""


def _numbers(blocks: Blocks, above: str) -> Iterator[str]:
    for block in blocks:
        number: Number | None = getattr(block, "number", None)
        own = str(number) if number else above
        yield own
        yield from _numbers(getattr(block, "blocks", ()), own)


def _walk(buds: Sequence[Bud]) -> Iterator[Bud]:
    for bud in buds:
        yield bud
        yield from _walk(bud.blocks)
