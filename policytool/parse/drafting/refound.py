"""Blocks whose bookmarks were lost are known again by their words: some programs drop those of footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from policytool.model.piece import FIGURES, Found, Piece
from policytool.parse.drafting.carried import Entry
from policytool.parse.drafting.recut import printed, signs


def refound(found: Found, entries: Sequence[Entry]) -> Found:
    """The same, each piece without a bookmark of ours given that of a block with its words that is nowhere else."""
    every = [*found.pieces, *(piece for pieces in found.footnotes.values() for piece in pieces)]
    present = {name for piece in every if piece.runs or piece.cells for name in marks(piece)}
    lost: dict[tuple[bool, tuple[str, ...]], list[Entry]] = {}
    for entry in entries:
        if entry.key and entry.key not in present and entry.said:
            lost.setdefault((bool(entry.note), tuple(one.hash for one in entry.said)), []).append(entry)
    if not lost:
        return found
    known = {entry.key for entry in entries}
    notes = {
        name: tuple(_named(piece, lost, known, is_note=True) for piece in pieces)
        for name, pieces in found.footnotes.items()
    }
    return replace(
        found, pieces=tuple(_named(one, lost, known, is_note=False) for one in found.pieces), footnotes=notes
    )


def _named(
    piece: Piece, lost: dict[tuple[bool, tuple[str, ...]], list[Entry]], known: set[str], *, is_note: bool
) -> Piece:
    if not known.isdisjoint(marks(piece)):
        return piece
    for hashes in _hashes(piece):
        if entries := lost.get((is_note, hashes)):
            return replace(piece, bookmarks=(*piece.bookmarks, entries.pop(0).key))
    return piece


def _hashes(piece: Piece) -> Iterator[tuple[str, ...]]:
    """Of the words; of those after a footnote's number, or a number that is typed; of the cells of a table."""
    if piece.cells:
        cells = ("".join(printed(signs(one.runs)) for one in cell) for row in piece.cells for cell in row)
        yield tuple(_hash(text) for text in cells)
        return
    text = printed(signs(piece.runs))
    yield from ((_hash(said),) for said in (text, text.partition(" ")[2], text.partition("\t")[2]) if said)


def _hash(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()[:FIGURES]


def marks(piece: Piece) -> Iterator[str]:
    """The bookmarks of a piece; some programs put those of a table into its first cell."""
    yield from piece.bookmarks
    for cell in piece.cells[0][:1] if piece.cells else ():
        for inner in cell[:1]:
            yield from inner.bookmarks
