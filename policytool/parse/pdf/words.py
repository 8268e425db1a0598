"""The words of lines -> inlines: lines joined, hyphens at their ends undone, bold, italics and links kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from policytool.model.inline import Emphasis, FootnoteMark, Inline, Inlines, Link, Strong, Text
from policytool.parse.pdf.sheet import Line, Word

_HYPHENS = ("-", "\u2010")
_LEADING = frozenset(
    ["self", "well", "ex", "non", "half", "multi", "cross", "long", "short", "part", "full", "day", "face"]
)
"""Words that are usually joined to the next by a hyphen."""
_LINKING = frozenset(["to", "of", "the", "and", "in", "by", "on", "up", "a", "or", "for", "at"])
"""Words in the middle of three that are."""
_CLOSED = frozenset(["under", "over", "some", "any", "every", "safe", "with", "out", "up", "house", "class", "in"])
"""Words that are usually joined to the next by nothing."""
_ENDINGS = ("ish", "less", "ing", "er", "ial", "ly", "sens", "ed")
_SOFT = "\u00ad"
_TOKEN = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


def said(text: str) -> str:
    """Words as they count when headings are looked up: letters and figures alone, small."""
    return "".join(filter(str.isalnum, text.lower()))


@dataclass(frozen=True, slots=True)
class Spelling:
    """How words are written inside the lines of a document, small: with a hyphen, and without one."""

    hyphenated: frozenset[str]
    plain: frozenset[str]

    def keeps_hyphen(self, head: str, two: str) -> bool:
        """Whether the hyphen between the end of one line and the beginning of the next belongs to the word.

        It does if the document has it elsewhere; not if it has the word in one; else if both halves are words in it,
        or the first is one after which a hyphen is usual. `head` may have hyphens itself: "up-to".
        """
        before, _, one = head.rpartition("-")
        if not (one.isalpha() and two[:1].islower()):
            return True
        if f"{head}-{two}" in self.hyphenated:
            return True
        if f"{one}-{two}" in self.hyphenated or one + two in self.plain:
            return one + two not in self.plain
        if one in (_LINKING if before else _LEADING):
            return not two.startswith(_ENDINGS)
        return one not in _CLOSED and one in self.plain and (bool(before) or two in self.plain)


def spelling(lines: Iterable[Line]) -> Spelling:
    """The spelling of a document, from the words that do not stand at the ends of its lines."""
    hyphenated: set[str] = set()
    plain: set[str] = set()
    for line in lines:
        for token in _TOKEN.findall(line.text.removesuffix("-").lower()):
            (hyphenated if "-" in token or "\u2010" in token else plain).add(token.replace("\u2010", "-"))
        if line.text.endswith(_HYPHENS):
            plain.discard(_last(line.text[:-1]).lower())
    return Spelling(frozenset(hyphenated), frozenset(plain))


def joined(lines: list[Line], known: Spelling) -> list[Word]:
    """The words of a paragraph in one line."""
    words = list(lines[0].words) if lines else []
    for last, line in pairwise(lines):
        words += _next(words, last, line, known)
    return words


def _next(words: list[Word], last: Line, line: Line, known: Spelling) -> list[Word]:
    """The words of the next line; what was broken at its end is mended, in `words` too."""
    end, first = words[-1], line.words[0]
    if end.text.endswith(_HYPHENS) and len(end.text) > 1:
        head, tail = _last(last.text[:-1]).lower(), _first(line.text)
        if "/" not in end.text and not known.keeps_hyphen(head, tail):
            words[-1] = replace(end, text=end.text[:-1])
        return [replace(first, glued=True), *line.words[1:]]
    if end.text.endswith(_SOFT):
        return [replace(first, glued=True), *line.words[1:]]
    if "://" in last.text.split()[-1] and end.address and end.address == first.address:
        return [replace(first, glued=True), *line.words[1:]]
    return [replace(first, glued=False), *line.words[1:]]


def _last(text: str) -> str:
    tokens = _TOKEN.findall(text)
    return tokens[-1] if tokens and text.endswith(tokens[-1]) else ""


def _first(text: str) -> str:
    found = re.match(r"[^\W\d_]+", text)
    return found[0] if found else ""


def inlines(words: Iterable[Word], *, all_bold: bool = False) -> Inlines:
    """Words as inlines. Where `all_bold` is told of all of them, it is not marked once more."""
    made: list[Inline] = []
    for (bold, italic, address, note), group in groupby(words, lambda word: _looks(word, all_bold=all_bold)):
        held = list(group)
        if note:
            made += [FootnoteMark(note) for _ in held]
            continue
        text = "".join(word.text if word.glued else f" {word.text}" for word in held).replace(_SOFT, "")
        bare = text.lstrip(" ")
        if made and bare != text:
            made.append(Text(" "))
        if bare:
            made.append(_dressed(bare, address, bold=bold, italic=italic))
    return tuple(_together(made))


def _looks(word: Word, *, all_bold: bool) -> tuple[bool, bool, str, str]:
    return word.look.bold and not all_bold, word.look.italic, word.address, word.note


def _dressed(text: str, address: str, *, bold: bool, italic: bool) -> Inline:
    inline: Inline = Text(text)
    if italic:
        inline = Emphasis((inline,))
    if bold:
        inline = Strong((inline,))
    return Link((inline,), address) if address else inline


def _together(made: list[Inline]) -> Iterator[Inline]:
    """Neighbouring runs of plain text as one."""
    for plainly, group in groupby(made, lambda inline: isinstance(inline, Text)):
        if plainly:
            yield Text("".join(inline.text for inline in group if isinstance(inline, Text)))
        else:
            yield from group
