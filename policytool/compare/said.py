"""Inlines -> what they say: one string to compare by, and tokens to compare word by word.

Emphasis is dropped, curly quotes count as straight, runs of blanks as one, and a reference without words of its own as
its target: numbers are computed, so a number that only moved is no difference.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

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

Names: TypeAlias = Mapping[tuple[str, str], str]
"""(policy, label) -> the name that a target goes by in this comparison, where it is not its own."""

ATOM = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for what has no words of its own: a reference's target, a footnote mark."""

_TOKEN = re.compile(rf"({ATOM}|\w+(?:[’'.,:/-]\w+)*|[^\w\s])(\s*)")
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-"})
_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\u00ad\ufeff]")


def said(words: Inlines) -> str:
    """What the words say, for the quick question whether two passages say the same."""
    if len(words) == 1 and isinstance(words[0], Text):
        return plain_said(words[0].text)
    parts: list[str] = []
    _say(words, parts)
    return plain_said("".join(parts))


def _say(words: Inlines, parts: list[str]) -> None:
    for inline in words:
        if isinstance(inline, Text | Code | Numeral):
            parts.append(inline.text)
        elif isinstance(inline, Emphasis | Strong | Link):
            _say(inline.children, parts)
        elif isinstance(inline, Reference):
            _say(inline.children, parts)
            parts.append(f"{ATOM}{inline.policy}#{inline.label}{ATOM}")
        elif isinstance(inline, FootnoteMark):
            parts.append(f"{ATOM}^{inline.name}{ATOM}")
        else:
            parts.append(" ")


def plain_said(text: str) -> str:
    """Plain words as they are compared."""
    if text.isascii():
        return text if "  " not in text and "\n" not in text and "\t" not in text else _BLANKS.sub(" ", text)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text).translate(_STRAIGHT))
    return _BLANKS.sub(" ", text)


def vocabulary(saying: str) -> tuple[str, ...]:
    """The words alone, in small letters: what likeness is measured by."""
    return tuple(_WORD.findall(saying.casefold()))


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign or an atom: what it says, where it stands in the flat text, and where the blank after it ends."""

    key: str
    start: int
    end: int


Wrap: TypeAlias = Emphasis | Strong | Link | Reference


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the flat text that has one look: where it begins, its inline, and what it is wrapped in."""

    start: int
    inline: Inline
    wraps: tuple[Wrap, ...]


class Flat:
    """Inlines as one text, which can be cut into tokens, and any run of tokens made into inlines again."""

    def __init__(self, words: Inlines, names: Names, policy: str) -> None:
        self._names, self._policy = names, policy
        self._pieces: list[_Piece] = []
        self._atoms: dict[int, str] = {}
        parts: list[str] = []
        self._flatten(words, (), parts)
        self.text = "".join(parts)
        self.tokens = tuple(self._tokens())
        self._starts = [piece.start for piece in self._pieces]

    def cut(self, first: int, after: int) -> Inlines:
        """The inlines of the tokens from `first` up to, and without, `after`."""
        if first >= after:
            return ()
        start = self.tokens[first].start if first else 0
        end = self.tokens[after].start if after < len(self.tokens) else len(self.text)
        return _wrapped(list(self._between(start, end)), 0)

    def _flatten(self, words: Inlines, wraps: tuple[Wrap, ...], parts: list[str]) -> None:
        for inline in words:
            if isinstance(inline, Emphasis | Strong | Link):
                self._flatten(inline.children, (*wraps, inline), parts)
            elif isinstance(inline, Reference) and inline.children:
                self._flatten(inline.children, (*wraps, inline), parts)
                self._atom(inline, Text(""), wraps, parts)
            elif isinstance(inline, Reference | FootnoteMark):
                self._atom(inline, inline, wraps, parts)
            else:
                self._add(" " if isinstance(inline, LineBreak) else inline.text, inline, wraps, parts)

    def _add(self, text: str, inline: Inline, wraps: tuple[Wrap, ...], parts: list[str]) -> None:
        start = self._pieces[-1].start + len(parts[-1]) if parts else 0
        self._pieces.append(_Piece(start, inline, wraps))
        parts.append(text)

    def _atom(self, inline: Reference | FootnoteMark, shown: Inline, wraps: tuple[Wrap, ...], parts: list[str]) -> None:
        self._add(ATOM, shown, wraps, parts)
        self._atoms[self._pieces[-1].start] = self._key(inline)

    def _key(self, inline: Reference | FootnoteMark) -> str:
        if isinstance(inline, FootnoteMark):
            return f"^{inline.name}"
        target = (inline.policy or self._policy, inline.label)
        return self._names.get(target, "#".join(target))

    def _tokens(self) -> Iterator[Token]:
        for match in _TOKEN.finditer(self.text):
            key = match[1] if match[1].isascii() else plain_said(match[1])
            if match[1] == ATOM:
                key += self._atoms.get(match.start(), "")
            if key:
                yield Token(key, match.start(), match.end())

    def _between(self, start: int, end: int) -> Iterator[_Piece]:
        """The pieces from one offset to another, the first and the last cut to size."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        for piece in self._pieces[index:]:
            if piece.start >= end:
                return
            if isinstance(piece.inline, Text):
                length = len(piece.inline.text)
                text = piece.inline.text[max(start - piece.start, 0) : min(end - piece.start, length)]
                if text:
                    yield _Piece(piece.start, Text(text), piece.wraps)
            elif piece.start >= start:
                yield piece


def _wrapped(pieces: list[_Piece], depth: int) -> Inlines:
    """Pieces as inlines again, neighbours in one wrap in one wrap."""
    made: list[Inline] = []
    for _, run in groupby(pieces, key=lambda piece: id(piece.wraps[depth]) if len(piece.wraps) > depth else 0):
        together = list(run)
        if len(together[0].wraps) > depth:
            wrap = together[0].wraps[depth]
            made.append(replace(wrap, children=_wrapped(together, depth + 1)))
        else:
            made += (piece.inline for piece in together)
    return tuple(made)
