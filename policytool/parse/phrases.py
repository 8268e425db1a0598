"""Words with marks of Markdown in them, as people leave them -> inlines. What does not close is no error here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape

from policytool.model.inline import Code, Emphasis, FootnoteMark, Inline, Inlines, LineBreak, Link, Strong, Text, plain

_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<fence>`+)(?P<code>[^`]+)(?P=fence)"
    r"|\[\^(?P<note>[^\]\s]{1,60})\]"
    r"|!?\[(?P<words>[^\]]*)\]\((?P<address>[^()\s]*)(?:\s+\"[^\"]*\")?\)"
    r"|<(?P<auto>(?:https?://|mailto:)[^<>\s]+)>"
    r"|(?P<break><br\s*/?>)"
    r"|(?P<tag></?[a-zA-Z][^<>]{0,300}>|<!--.*?-->)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?P<blank>_{4,}|\*{4,}|(?<!\S)_{2,}(?!\S))"
    r"|(?P<sign>\*{1,3}|_{1,3})"
)
SAFE = re.compile(r"(?:https?://|mailto:|tel:)\S+\Z", re.IGNORECASE)
"""An address that may be a link in a policy."""


@dataclass(slots=True)
class _Open:
    """An emphasis that was opened, and the inlines before it."""

    sign: str
    before: list[Inline]


@dataclass(slots=True)
class Phrases:
    """Reads words; `dropped` keeps every address and tag that is not in what came out, `unbalanced` the marks."""

    dropped: list[str] = field(default_factory=list)
    unbalanced: int = 0

    def read(self, text: str) -> Inlines:
        """The words as inlines. A mark that is never closed is left out if it is double, and kept if it is single."""
        inlines, stack, at = list[Inline](), list[_Open](), 0
        for match in _TOKEN.finditer(text):
            _add(inlines, text[at : match.start()])
            at = match.end()
            if match["sign"]:
                inlines = self._emphasis(text, match, inlines, stack)
            else:
                self._one(match, inlines)
        _add(inlines, text[at:])
        while stack:
            inlines = self._unclosed(inlines, stack)
        return tuple(inlines)

    def _one(self, match: re.Match[str], inlines: list[Inline]) -> None:
        if match["escaped"] or match["entity"] or match["blank"]:
            _add(inlines, match["escaped"] or match["blank"] or unescape(match["entity"]))
        elif match["code"]:
            inlines.append(Code(match["code"].strip() or match["code"]))
        elif match["note"]:
            inlines.append(FootnoteMark(match["note"]))
        elif match["address"] is not None:
            inlines += self.linked(self.read(match["words"]), match["address"])
        elif match["auto"]:
            inlines.append(Link((Text(match["auto"]),), match["auto"]))
        elif match["break"]:
            inlines.append(LineBreak())
        else:
            self.dropped.append(match["tag"])

    def linked(self, words: Inlines, address: str) -> Inlines:
        """A link where the address leads out of the policies; else its words, and the address is told of."""
        if SAFE.match(address) and words:
            return (Link(words, address),)
        self.dropped.append(address)
        return words

    def _emphasis(self, text: str, match: re.Match[str], inlines: list[Inline], stack: list[_Open]) -> list[Inline]:
        run = match["sign"]
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        for sign in (run[:2], run[2:]) if len(run) > 2 else (run,):  # noqa: PLR2004  # bold and italic at once
            inlines = self._mark(sign, before, after, inlines, stack)
        return inlines

    def _mark(self, sign: str, before: str, after: str, inlines: list[Inline], stack: list[_Open]) -> list[Inline]:
        inside = sign[0] == "_" and before.isalnum() and after.isalnum()
        if not inside and before.strip() and any(one.sign == sign for one in stack):
            return self._close(sign, inlines, stack)
        if not inside and after.strip():
            stack.append(_Open(sign, inlines))
            return []
        if len(sign) == 1 or inside:
            _add(inlines, sign)
        else:
            self.unbalanced += 1
        return inlines

    def _close(self, sign: str, inlines: list[Inline], stack: list[_Open]) -> list[Inline]:
        while stack[-1].sign != sign:
            inlines = self._unclosed(inlines, stack)
        opened = stack.pop()
        kind = Strong if len(sign) > 1 else Emphasis
        return [*opened.before, *([kind(tuple(inlines))] if inlines else [])]

    def _unclosed(self, inlines: list[Inline], stack: list[_Open]) -> list[Inline]:
        opened = stack.pop()
        joined = opened.before
        if len(opened.sign) == 1:
            _add(joined, opened.sign)
        else:
            self.unbalanced += 1
        for one in inlines:
            if isinstance(one, Text):
                _add(joined, one.text)
            else:
                joined.append(one)
        return joined


def _add(inlines: list[Inline], words: str) -> None:
    if not words:
        return
    if inlines and isinstance(inlines[-1], Text):
        inlines[-1] = Text(inlines[-1].text + words)
    else:
        inlines.append(Text(words))


def neat(inlines: Inlines) -> Inlines:
    """Words as they may stand in a policy: merged and tidy."""
    return tidy(merged(tidy(merged(inlines))))


def merged(inlines: Inlines) -> Inlines:
    """Runs of text beside one another as one, at every depth."""
    made: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text):
            _add(made, inline.text)
        elif isinstance(inline, Strong | Emphasis):
            inner = merged(tuple(_flat(inline.children, type(inline))))
            last = made[-1] if made else None
            if last is not None and type(last) is type(inline):
                made[-1] = type(inline)(merged((*last.children, *inner)))
            else:
                made.append(type(inline)(inner))
        elif isinstance(inline, Code) and made and isinstance(last := made[-1], Code):
            made[-1] = Code(last.text + inline.text)
        else:
            made.append(inline)
    return tuple(made)


def _flat(inlines: Inlines, kind: type[Strong | Emphasis]) -> Iterator[Inline]:
    """The inlines, what is of this kind without it: bold in bold is bold."""
    for inline in inlines:
        if isinstance(inline, kind):
            yield from _flat(inline.children, kind)
        else:
            yield inline


def led_by(words: str, inlines: Inlines) -> Inlines:
    """The inlines with these words before them."""
    first = inlines[0] if inlines else None
    return (Text(words + first.text), *inlines[1:]) if isinstance(first, Text) else (Text(words), *inlines)


def tidy(inlines: Inlines) -> Inlines:
    """The same without blanks at either end, runs of blanks as one, and what is left empty by that."""
    joined = [one for one in (_squeezed(inline) for inline in inlines) if one is not None]
    while joined and isinstance(joined[0], LineBreak):
        del joined[0]
    while joined and isinstance(joined[-1], LineBreak):
        del joined[-1]
    if joined and isinstance(first := joined[0], Text):
        joined[0] = Text(first.text.lstrip())
    if joined and isinstance(last := joined[-1], Text):
        joined[-1] = Text(last.text.rstrip())
    return tuple(one for one in joined if not (isinstance(one, Text) and not one.text))


def _squeezed(inline: Inline) -> Inline | None:
    if isinstance(inline, Text):
        return Text(re.sub(r"\s+", " ", inline.text))
    if isinstance(inline, Strong | Emphasis):
        children = tuple(one for one in map(_squeezed, inline.children) if one is not None)
        return (
            type(inline)(children)
            if any(not isinstance(one, Text) or one.text.strip() for one in children)
            else Text(" ")
        )
    if isinstance(inline, Link):
        words = tuple(one for one in map(_squeezed, inline.children) if one is not None)
        return replace(inline, children=words if plain(words).strip() else (Text(inline.address),))
    return inline


def unwrapped(inlines: Inlines) -> tuple[Inlines, bool]:
    """The words without the bold that all of them are in, and whether there was any."""
    if len(inlines) == 1 and isinstance(inlines[0], Strong):
        return inlines[0].children, True
    return inlines, False


def cut(inlines: Inlines, count: int) -> Inlines:
    """The words without their first characters, as `plain` counts them."""
    kept: list[Inline] = []
    for inline in inlines:
        size = len(plain((inline,)))
        if count >= size > 0:
            count -= size
        elif count:
            kept.append(_cut_one(inline, count))
            count = 0
        else:
            kept.append(inline)
    return tuple(kept)


def _cut_one(inline: Inline, count: int) -> Inline:
    if isinstance(inline, Text | Code):
        return type(inline)(inline.text[count:])
    if isinstance(inline, Strong | Emphasis):
        return type(inline)(cut(inline.children, count))
    return inline
