"""Inlines -> what they say: one string to compare by, and tokens to compare word by word.

Emphasis is dropped, curly quotes count as straight, runs of blanks as one, and a reference without words of its own as
its target: numbers are computed, so a number that only moved is no difference.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeAlias
from unicodedata import normalize

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

_LITERAL, _WRAPS = (Text, Code, Numeral), (Emphasis, Strong, Link, Reference)
_TOKEN = re.compile(r"\w+(?:[’'.,:/-]\w+)*|[^\w\s]")
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_STRAIGHT = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("‐", "-"), ("‑", "-"))
_ATOMS = re.compile(f"{ATOM}[^{ATOM}]*{ATOM}")
_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\u00ad\ufeff]")


def said(words: Inlines) -> str:
    """What the words say, for the quick question whether two passages say the same."""
    if len(words) == 1 and type(words[0]) is Text:  # nearly all are, and this is asked of each
        return plain_said(words[0].text)
    parts: list[str] = []
    _say(words, parts)
    return plain_said("".join(parts))


def _say(words: Inlines, parts: list[str]) -> None:
    for inline in words:
        if isinstance(inline, _LITERAL):
            parts.append(inline.text)
        elif isinstance(inline, _WRAPS):
            _say(inline.children, parts)
            if isinstance(inline, Reference):
                parts.append(f"{ATOM}{inline.policy}#{inline.label}{ATOM}")
        elif isinstance(inline, FootnoteMark):
            parts.append(f"{ATOM}^{inline.name}{ATOM}")
        else:
            parts.append(" ")


def plain_said(text: str) -> str:
    """Plain words as they are compared."""
    if not text.isascii():
        for curly, straight in _STRAIGHT:
            text = text.replace(curly, straight)
        text = normalize("NFC", text)
    # No odd blank can be printed, nor what cannot be seen.
    if text.isprintable() and "  " not in text:
        return text
    return _BLANKS.sub(" ", normalize("NFC", _INVISIBLE.sub("", text)))


def vocabulary(saying: str) -> list[str]:
    """The words alone, in small letters: what likeness is measured by. Where a reference leads is no word."""
    return _WORD.findall(_ATOMS.sub(" ", saying).casefold() if ATOM in saying else saying.casefold())


Wrap: TypeAlias = Emphasis | Strong | Link | Reference


class _Piece(NamedTuple):
    """A stretch of the flat text that has one look: where it begins, its inline, and what it is wrapped in."""

    start: int
    inline: Inline
    wraps: tuple[Wrap, ...]


class Flat:
    """Inlines as one text, which can be cut into tokens, and any run of tokens made into inlines again.

    `keys` is what each token says, and `starts` where it begins in the text.
    """

    def __init__(self, words: Inlines, names: Names, policy: str) -> None:
        self._names, self._policy = names, policy
        self._pieces: list[_Piece] = []
        self._atoms: dict[int, str] = {}
        parts: list[str] = []
        self._flatten(words, (), parts)
        self.text = "".join(parts)
        self.keys: list[str] = []
        self.starts: list[int] = []
        self._cut_into_tokens()

    def cut(self, first: int, after: int) -> Inlines:
        """The inlines of the tokens from `first` up to, and without, `after`."""
        if first >= after:
            return ()
        start = self.starts[first] if first else 0
        end = self.starts[after] if after < len(self.starts) else len(self.text)
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

    def _cut_into_tokens(self) -> None:
        for match in _TOKEN.finditer(self.text):
            key = match[0]
            if not key.isascii():
                key = key + self._atoms[match.start()] if key == ATOM else plain_said(key)
            if key:
                self.keys.append(key)
                self.starts.append(match.start())

    def _between(self, start: int, end: int) -> Iterator[_Piece]:
        """The pieces from one offset to another, the first and the last cut to size."""
        index = max(bisect_right(self._pieces, start, key=_start) - 1, 0)
        for piece in self._pieces[index:]:
            if piece.start >= end:
                return
            if isinstance(piece.inline, Text | Code):
                text = piece.inline.text[max(start - piece.start, 0) : end - piece.start]
                if text:
                    yield _Piece(piece.start, type(piece.inline)(text), piece.wraps)
            elif piece.start >= start:
                yield piece


_start = attrgetter("start")


def _wrapped(pieces: list[_Piece], depth: int) -> Inlines:
    """Pieces as inlines again, neighbours in one wrap in one wrap."""
    if not any(len(piece.wraps) > depth for piece in pieces):
        return tuple(piece.inline for piece in pieces)
    made: list[Inline] = []
    for _, run in groupby(pieces, key=lambda piece: id(piece.wraps[depth]) if len(piece.wraps) > depth else 0):
        together = list(run)
        if len(together[0].wraps) > depth:
            wrap = together[0].wraps[depth]
            made.append(replace(wrap, children=_wrapped(together, depth + 1)))
        else:
            made += (piece.inline for piece in together)
    return tuple(made)
