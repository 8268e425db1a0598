"""The words of a policy: runs of text, emphasis, links and cross-references.

Positions stay out of equality: two runs are equal when they say the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias


class Position(NamedTuple):
    """A place in a source file: line and column, both counted from 1, the column in characters."""

    line: int
    column: int


NOWHERE = Position(1, 1)


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words. `origin` holds (offset in the text, position in the source) for each stretch of it."""

    text: str
    origin: tuple[tuple[int, Position], ...] = field(default=(), compare=False, repr=False)

    def position(self, offset: int = 0) -> Position:
        """Where the character at `offset` stands in the source."""
        if not self.origin:
            return NOWHERE
        index = bisect_right(self.origin, offset, key=lambda stretch: stretch[0]) - 1
        start, place = self.origin[max(index, 0)]
        return Position(place.line, place.column + offset - start)


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words in italics: `*so*`."""

    children: Inlines
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Strong:
    """Words in bold: `**must**`. In a clause, followed by "means", a defined term."""

    children: Inlines
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Code:
    """Words set as typed."""

    text: str
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line ended on purpose (a backslash or two blanks at its end)."""

    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A link out of the library. The address is checked before it is ever printed."""

    children: Inlines
    address: str
    title: str = ""
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross-reference. `policy` is "" for the policy it stands in; `label` is "" for the whole policy.

    `children` is the link's own text, empty where the target's number or title is to be printed;
    `{number}` in it stands for the target's number.
    """

    policy: str
    label: str
    children: Inlines = ()
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """The place where a footnote is cited. `number` counts from 1 in order of first citation."""

    name: str
    number: int = field(default=0, compare=False)
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that was computed, standing in printed text (see `policytool.render.edition`); never in a source."""

    text: str


Inline: TypeAlias = Text | Emphasis | Strong | Code | LineBreak | Link | Reference | FootnoteMark | Numeral
Inlines: TypeAlias = tuple[Inline, ...]
_WITH_TEXT = (Text, Code, Numeral)


def descend(inlines: Inlines) -> Iterator[Inline]:
    """Every inline in reading order, parents before their children."""
    for inline in inlines:
        yield inline
        if children := getattr(inline, "children", ()):
            yield from descend(children)


def plain(inlines: Inlines) -> str:
    """The words alone: emphasis dropped, a line break as a blank, footnote marks and textless references as nothing."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):  # as most blocks are
        return inlines[0].text
    return "".join([_words(inline) for inline in inlines])


def _words(inline: Inline) -> str:
    if isinstance(inline, _WITH_TEXT):
        return inline.text
    if isinstance(inline, LineBreak):
        return " "
    return plain(getattr(inline, "children", ()))
