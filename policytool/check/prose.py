"""Words of a block -> its sentences, each of which knows where its characters stand in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from policytool.model.diagnostic import Diagnostic, Finding
from policytool.model.inline import Code, Inline, Inlines, LineBreak, Position, Reference, Text, descend

CITED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What a reference prints, which has no characters in the source."""
_SENTENCE = re.compile(r"(?:[^.!?;\n]++|\.(?=\w))++[.!?;\n]?")


@dataclass(frozen=True, slots=True)
class Prose:
    """Words in a row, whatever emphasis they stand in; `pieces` are what they are made of, with their offsets."""

    text: str
    pieces: tuple[tuple[int, Inline], ...]

    @classmethod
    def of(cls, inlines: Inlines) -> Prose:
        """The words of a block: a line break as a line's end, footnote marks as nothing."""
        text, pieces = "", []
        for inline in descend(inlines):
            words = _words(inline)
            if words:
                pieces.append((len(text), inline))
                text += words
        return cls(text, tuple(pieces))

    def sentences(self) -> Iterator[re.Match[str]]:
        """Its sentences; a semicolon ends one, and a full stop inside a word or a date does not."""
        return _SENTENCE.finditer(self.text)

    def position(self, offset: int) -> Position:
        """Where a character stands in the source."""
        start, piece = self.pieces[bisect_right(self.pieces, offset, key=lambda one: one[0]) - 1]
        if isinstance(piece, Text):
            return piece.position(offset - start)
        place: Position = getattr(piece, "position")  # noqa: B009 - no other that has words is without one
        return place

    def found(self, finding: Finding, path: str, span: tuple[int, int], message: str, advice: str) -> Diagnostic:
        """A finding at a span of the words, or at as much of it as stands on the first of its lines."""
        start, end = span
        first = self.position(start)
        on_line = [place for at in range(start, end) if (place := self.position(at)).line == first.line]
        return finding.at(path, first, message, advice, on_line[-1].column - first.column + 1)


def _words(inline: Inline) -> str:
    if isinstance(inline, Text | Code):
        return inline.text
    if isinstance(inline, LineBreak):
        return "\n"
    return CITED if isinstance(inline, Reference) and not inline.children else ""
