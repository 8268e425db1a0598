"""Inlines -> words in a style: cross-references as printed, links with their address, duty words made plain to see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from policytool.model.duties import duties
from policytool.model.inline import (
    Code,
    Emphasis,
    FootnoteMark,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Numeral,
    Reference,
    Strong,
    Text,
)
from policytool.render.address import safe_address
from policytool.render.edition import Edition
from policytool.render.reading.lines import BREAK, NO_BREAKS, Piece, Pieces, Style

DUTY = frozenset({Style.BOLD, Style.UNDERLINED})
BOLD = frozenset({Style.BOLD})
_NONE: frozenset[Style] = frozenset()


class Words:
    """Sets the words of one edition. `notes` gives the number of each footnote by its name."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.notes: Mapping[str, int] = {note.name: at for at, note in enumerate(edition.policy.footnotes, 1)}
        self.marked: dict[str, None] = {}

    def __call__(self, inlines: Inlines, styles: frozenset[Style] = _NONE) -> Pieces:
        """The words of a run, its duty words emphasised."""
        return tuple(_emphasised(list(self._set(inlines, styles))))

    def _set(self, inlines: Inlines, styles: frozenset[Style]) -> Iterator[Piece]:
        for inline in inlines:
            yield from self._one(inline, styles)

    def _one(self, inline: Inline, styles: frozenset[Style]) -> Iterator[Piece]:
        match inline:
            case Text(text) | Numeral(text):
                yield Piece(text.replace("\n", " "), styles)
            case Code(text):
                yield Piece(text.replace("\n", " "), styles | {Style.CYAN})
            case Strong(children):
                yield from self._set(children, styles | {Style.BOLD})
            case Emphasis(children):
                yield from self._set(children, styles | {Style.ITALIC})
            case Reference():
                yield from self._set(self.edition.cite(inline).children, styles | {Style.CYAN})
            case Link(children, address):
                yield from self._link(children, address, styles)
            case LineBreak():
                yield Piece(BREAK)
            case FootnoteMark(name):
                self.marked[name] = None
                yield Piece(f"[{self.notes.get(name, f'^{name}')}]", styles | {Style.FAINT})

    def _link(self, children: Inlines, address: str, styles: frozenset[Style]) -> Iterator[Piece]:
        """The words of a link and, where they are not the address themselves, the address behind them."""
        yield from self._set(children, styles | {Style.CYAN})
        safe = safe_address(address)
        if safe and self.edition.plain(children) not in (safe, address, safe.removeprefix("mailto:")):
            yield Piece(" ")
            yield Piece(f"<{safe}>", styles | {Style.FAINT})


def _emphasised(pieces: list[Piece]) -> Iterator[Piece]:
    """The same pieces, the duty words in them in a style of their own, also where emphasis ends inside one."""
    text = "".join(piece.text for piece in pieces)
    spans = list(duties("".join(" " if one in NO_BREAKS else one for one in text)))
    begin = 0
    for piece in pieces:
        end = begin + len(piece.text)
        cuts = [begin, *_inside(spans, begin, end), end]
        for start, stop in pairwise(cuts):
            obliges = any(first <= start < last for first, last in spans)
            yield Piece(text[start:stop], piece.styles | DUTY if obliges else piece.styles)
        begin = end


def _inside(spans: Iterable[tuple[int, int]], begin: int, end: int) -> Iterator[int]:
    return (cut for span in spans for cut in span if begin < cut < end)
