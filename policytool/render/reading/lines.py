"""Words in a style -> lines of so many columns.

A column holds half of a wide character (East Asian Width W or F, Unicode Standard Annex 11), and one that combines with
the one before it takes none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import groupby
from typing import NamedTuple, TypeAlias
from unicodedata import category, east_asian_width

from policytool.render.terminal import PLAIN, printable


class Style(Enum):
    """How a piece of text is set at a terminal that has colour: the parameter of Select Graphic Rendition."""

    BOLD = "1"
    FAINT = "2"
    ITALIC = "3"
    UNDERLINED = "4"
    CYAN = "36"


class Piece(NamedTuple):
    """Text in some styles."""

    text: str
    styles: frozenset[Style] = frozenset()


Pieces: TypeAlias = tuple[Piece, ...]

BREAK = "\n"
"""A piece that ends its line."""
NO_BREAKS = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_UNSEEN = str.maketrans("", "", "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}")
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""They shape letters and steer nothing."""
_PART = re.compile(rf"\n|[^\S{NO_BREAKS}\n]+|(?:\S|[{NO_BREAKS}])+")
_JOINED = re.compile(f"([{_JOINERS}])")


class _Word(NamedTuple):
    """What no line may break. `glued`: no blank stands between it and the word before; `ends`: its line ends here."""

    pieces: Pieces
    columns: int
    glued: bool = False
    ends: bool = False


def columns(text: str) -> int:
    """How many columns a text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(one: str) -> int:
    if east_asian_width(one) in "WF":
        return 2
    return 0 if category(one) in ("Mn", "Me", "Cf") else 1


def width(pieces: Pieces) -> int:
    """How many columns some words take on one line."""
    return max(map(_length, _broken(pieces)), default=0)


def _length(line: Sequence[_Word]) -> int:
    return sum(word.columns for word in line) + sum(not word.glued for word in line[1:])


def longest(pieces: Pieces) -> int:
    """How many columns the longest word takes."""
    return max((one.columns for one in _words(pieces)), default=0)


def wrapped(pieces: Pieces, room: int) -> Iterator[Pieces]:
    """The words in lines of at most so many columns, but for words that are longer; one line at least."""
    broken = list(_broken(pieces))
    for words in broken:
        yield from _wrapped(words, room)
    if not broken:
        yield ()


def _wrapped(words: Sequence[_Word], room: int) -> Iterator[Pieces]:
    line: list[_Word] = []
    used = 0
    for word in words:
        needed = word.columns + (not word.glued)
        if line and used + needed > room:
            yield _joined(line)
            line, used = [], 0
        used += needed if line else word.columns
        line.append(word)
    yield _joined(line)


def _joined(line: Iterable[_Word]) -> Pieces:
    pieces: list[Piece] = []
    for word in line:
        if pieces and not word.glued:
            # A blank inside a run has the style of the run, so that a line under it goes on.
            pieces.append(Piece(" ", pieces[-1].styles & word.pieces[0].styles))
        pieces += word.pieces
    return tuple(pieces)


def _broken(pieces: Pieces) -> Iterator[list[_Word]]:
    """The words, a list for each line that is ended on purpose."""
    line: list[_Word] = []
    for word in _words(pieces):
        if word.ends:
            yield line
            line = []
        else:
            line.append(word)
    if line:
        yield line


def _words(pieces: Pieces) -> Iterator[_Word]:
    """Words as they are divided by blanks, by ends of lines, and round each wide character, which need no blanks."""
    held: list[Piece] = []
    glued = True
    for piece in _clean(pieces):
        if piece.text == BREAK or piece.text.isspace():
            yield from _held(held, glued=glued)
            held, glued = [], False
            if piece.text == BREAK:
                yield _Word((), 0, ends=True)
        else:
            held.append(piece)
    yield from _held(held, glued=glued)


def _held(held: Sequence[Piece], *, glued: bool) -> Iterator[_Word]:
    """The word that some pieces make; where characters in it are wide, one word each."""
    if not held:
        return
    cells = [(one, piece.styles) for piece in held for one in piece.text]
    cut: list[list[tuple[str, frozenset[Style]]]] = []
    wide = False
    for cell in cells:
        across = _columns(cell[0])
        if not cut or (across and (wide or across == 2)):  # noqa: PLR2004  # a wide character
            cut.append([])
        wide = across == 2 or (wide and not across)  # noqa: PLR2004  # the same
        cut[-1].append(cell)
    for place, part in enumerate(cut):
        made = tuple(
            Piece("".join(one for one, _ in run), styles) for styles, run in groupby(part, key=lambda cell: cell[1])
        )
        yield _Word(made, sum(columns(piece.text) for piece in made), glued=glued if place == 0 else True)


def _clean(pieces: Pieces) -> Iterator[Piece]:
    """Pieces that are all blanks, all letters or the end of a line, with nothing in them that steers a terminal."""
    for piece in pieces:
        for match in _PART.finditer(piece.text.translate(_UNSEEN)):
            if match[0].isspace() and match[0][0] not in NO_BREAKS:
                yield Piece(match[0], piece.styles)
            else:
                yield Piece(_safe(match[0]), piece.styles)


def _safe(text: str) -> str:
    for blank in NO_BREAKS:
        text = text.replace(blank, " ")
    return "".join(part if part in _JOINERS else printable(part) for part in _JOINED.split(text))


def painted(pieces: Pieces, *, colour: bool) -> str:
    """A line as it is printed: with the codes of its styles, where there is colour."""
    return "".join(_painted(piece) if colour else piece.text for piece in _merged(pieces))


def _merged(pieces: Pieces) -> Iterator[Piece]:
    for styles, run in groupby(pieces, key=lambda piece: piece.styles):
        yield Piece("".join(piece.text for piece in run), styles)


def _painted(piece: Piece) -> str:
    if not piece.styles:
        return piece.text
    codes = ";".join(sorted(style.value for style in piece.styles))
    return f"\x1b[{codes}m{piece.text}{PLAIN}"
