"""The content of a block -> its words: text, emphasis, links, cross-references and footnote marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it.token import Token

from policytool.model.inline import (
    Code,
    Emphasis,
    FootnoteMark,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Position,
    Reference,
    Strong,
    Text,
)
from policytool.parse.findings import EMPTY_LINK, MISPLACED, PICTURE, RAW_HTML, UNCLOSED_EMPHASIS
from policytool.parse.markdown.ground import Ground
from policytool.parse.markdown.tokens import InlineState, inline_tokens

_BLANKS = re.compile(r"[ \t\n\r]+")
_PLAIN = re.compile(r"[^\\`*_\[\]<>&!{}\n]*")
# A file of the library, in whatever folder it lies: "online-safety.md", "../staff/online-safety.md#reporting".
_POLICY = re.compile(r"(?:[^:#?]*/)?([^:/#?]+)\.md(?:#(.*))?\Z")


@dataclass(slots=True)
class _Frame:
    """An inline being read: the token that opened it, what it holds, and the text not yet joined to it."""

    opening: Token | None = None
    children: list[Inline] = field(default_factory=list)
    run: list[tuple[str, Position]] = field(default_factory=list)

    def add(self, inline: Inline) -> None:
        self.flush()
        self.children.append(inline)

    def flush(self) -> None:
        text, origin = "", []
        for piece, position in self.run:
            for offset, part in _collapse(piece, ends_blank=text.endswith(" ")):
                origin.append((len(text), Position(position.line, position.column + offset)))
                text += part
        if text:
            self.children.append(Text(text, tuple(origin)))
        self.run.clear()


def _collapse(piece: str, *, ends_blank: bool) -> list[tuple[int, str]]:
    """A stretch of text with each run of blanks as one, in parts that kept their length."""
    if not ends_blank and "  " not in piece and not _BLANKS.search(piece.replace(" ", "")):
        return [(0, piece)]
    parts, at = [], 0
    for blanks in _BLANKS.finditer(piece):
        parts.append((at, piece[at : blanks.start()] + " "))
        at = blanks.end()
    parts.append((at, piece[at:]))
    if ends_blank and parts[0][1] == " ":
        parts.pop(0)
    return [(offset, part) for offset, part in parts if part]


def words(ground: Ground, content: str) -> Inlines:
    """The words of a block's content; mistakes are reported on the ground's source."""
    if _PLAIN.fullmatch(content):  # most blocks have nothing to parse
        text = _BLANKS.sub(" ", content)
        if text == content:
            return (Text(text, ((0, ground.at(0)),)),) if text else ()
    return _Reader(ground, inline_tokens(content)).read()


class _Reader:
    """Reads the inline tokens of one block."""

    def __init__(self, ground: Ground, state: InlineState) -> None:
        self._ground, self._state = ground, state
        self._frames = [_Frame()]

    def read(self) -> Inlines:
        self._report_unpaired()
        for token in self._state.tokens:
            if token.nesting > 0:
                self._frames.append(_Frame(token))
            elif token.nesting < 0:
                self._close(token)
            else:
                self._leaf(token)
        return self._finished(self._frames[0])

    def _at(self, token: Token) -> Position:
        return self._ground.at(self._state.offset(token))

    def _finished(self, frame: _Frame) -> Inlines:
        frame.flush()
        return tuple(frame.children)

    def _leaf(self, token: Token) -> None:
        frame = self._frames[-1]
        if token.type in ("text", "text_special"):
            if token.content:
                frame.run.append((token.content, self._at(token)))
        elif token.type == "softbreak":
            frame.run.append((" ", self._at(token)))
        elif token.type == "hardbreak":
            frame.add(LineBreak(self._at(token)))
        elif token.type == "code_inline":
            frame.add(Code(token.content, self._at(token)))
        elif token.type == "footnote_ref":
            self._footnote_mark(token.meta["label"], self._at(token))
        else:
            self._refused(token)

    def _footnote_mark(self, name: str, position: Position) -> None:
        source = self._ground.source
        if source.in_footnote:
            source.report(MISPLACED, position, "a footnote cannot be cited in a footnote", length=len(name) + 3)
            self._frames[-1].run.append((f"[^{name}]", position))
            return
        source.cited.setdefault(name, position)
        self._frames[-1].add(FootnoteMark(name, list(source.cited).index(name) + 1, position))

    def _refused(self, token: Token) -> None:
        """HTML and pictures: reported, and their words kept."""
        position = self._at(token)
        self._frames[-1].run.append((token.content, position))
        if token.type == "image":
            self._ground.source.report(PICTURE, position, "a picture cannot stand in a policy")
        else:
            tag, advice = token.content, "write Markdown, or a backslash before the bracket: `\\<`"
            self._ground.source.report(RAW_HTML, position, f"`{tag}` is HTML", advice, len(tag))

    def _close(self, token: Token) -> None:
        frame = self._frames.pop()
        opening, children = frame.opening, self._finished(frame)
        if opening is None:
            return
        if opening.type == "link_open":
            self._frames[-1].add(self._link(opening, token, children))
        elif children:
            kind = Strong if opening.type == "strong_open" else Emphasis
            self._frames[-1].add(kind(children, self._at(opening)))

    def _link(self, opening: Token, closing: Token, children: Inlines) -> Inline:
        address = str(opening.attrs["href"])
        position = self._address(opening, closing, address)
        if address.startswith("#"):
            return Reference("", address[1:], children, position)
        policy = _POLICY.match(address)
        if policy:
            return Reference(policy[1], policy[2] or "", children, position)
        if not children:
            self._ground.source.report(EMPTY_LINK, position, "this link has no words", length=max(len(address), 1))
        return Link(children, address, str(opening.attrs.get("title", "")), position)

    def _address(self, opening: Token, closing: Token, address: str) -> Position:
        """Where a link's address stands: after its words, or in pointed brackets."""
        end = self._state.offset(opening if opening.info == "auto" else closing)
        found = self._ground.content.find(address, end)
        return self._ground.at(found if found >= 0 else end)

    def _report_unpaired(self) -> None:
        marks: dict[int, str] = {}
        for token in self._state.unpaired():
            at = self._state.offset(token)
            marks[at] = marks.get(at, "") + token.content
        for at, mark in marks.items():
            advice = f"add the other `{mark}`, or a backslash before it: `\\{mark[0]}`"
            message = f"the emphasis that this `{mark}` should open or close has no partner"
            self._ground.source.report(UNCLOSED_EMPHASIS, self._ground.at(at), message, advice, len(mark))
