"""The content of a block -> its words: text, emphasis, links, cross-references and footnote marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it.token import Token

from policytool.model.inline import (
    Code,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Position,
    Strong,
    Text,
)
from policytool.parse.findings import (
    LONG_PARAGRAPH,
    MISPLACED,
    PICTURE,
    RAW_HTML,
    TOO_DEEP,
    UNCLOSED_EMPHASIS,
)
from policytool.parse.markdown.cited import footnote_mark, link
from policytool.parse.markdown.ground import Ground
from policytool.parse.markdown.simple import simple_words
from policytool.parse.markdown.tokens import InlineState, inline_tokens

# An entity may stand for any blank: `&#12;`.
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_BEFORE_ADDRESS = re.compile(r"\]\(\s*<?\s*")
# Markdown takes time that grows with the square of a block's length where marks do not pair.
LONGEST = 20_000
DEEPEST_EMPHASIS = 10


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
        parts: list[str] = []
        origin, length = [], 0
        for piece, position in self.run:
            for offset, part in _collapse(piece, ends_blank=bool(parts) and parts[-1].endswith(" ")):
                origin.append((length, Position(position.line, position.column + offset)))
                parts.append(part)
                length += len(part)
        if parts:
            self.children.append(Text("".join(parts), tuple(origin)))
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
    if len(content) > LONGEST:
        ground.source.report(LONG_PARAGRAPH, ground.at(0), f"{len(content):,} characters stand here without a break")
        return _as_typed(ground, content)
    simple = simple_words(ground, content)
    return all_words(ground, content) if simple is None else simple


def all_words(ground: Ground, content: str) -> Inlines:
    """The words of a block's content, whatever marks there are among them."""
    return _Reader(ground, inline_tokens(content)).read()


def _as_typed(ground: Ground, content: str) -> Inlines:
    """The content as plain words, marks and all."""
    frame, offset = _Frame(), 0
    for line in content.split("\n"):
        frame.run.append((line + " ", ground.at(offset)))
        offset += len(line) + 1
    frame.flush()
    return tuple(frame.children)


class _Reader:
    """Reads the inline tokens of one block."""

    def __init__(self, ground: Ground, state: InlineState) -> None:
        self._ground, self._state = ground, state
        self._frames = [_Frame()]
        self._passed_over = 0

    def read(self) -> Inlines:
        self._report_unpaired()
        for token in self._state.tokens:
            if token.nesting > 0:
                self._open(token)
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

    def _open(self, token: Token) -> None:
        """Begin an inline; of emphasis in emphasis in emphasis the words are kept, the innermost marks are not."""
        if len(self._frames) <= DEEPEST_EMPHASIS or token.type == "link_open":
            self._frames.append(_Frame(token))
            return
        if not self._passed_over:
            message = f"emphasis is nested more than {DEEPEST_EMPHASIS} deep"
            self._ground.source.report(TOO_DEEP, self._at(token), message)
        self._passed_over += 1

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
        self._frames[-1].add(footnote_mark(source, name, position))

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
        if self._passed_over and token.type != "link_close":
            self._passed_over -= 1
            return
        frame = self._frames.pop()
        opening, children = frame.opening, self._finished(frame)
        if opening is None:
            return
        if opening.type == "link_open":
            title, position = str(opening.attrs.get("title", "")), self._address(opening, token)
            self._frames[-1].add(link(self._ground.source, str(opening.attrs["href"]), title, children, position))
        elif children:
            kind = Strong if opening.type == "strong_open" else Emphasis
            self._frames[-1].add(kind(children, self._at(opening)))

    def _address(self, opening: Token, closing: Token) -> Position:
        """Where a link's address stands: after its words, or in pointed brackets."""
        if opening.info == "auto":
            return self._ground.at(self._state.offset(opening) + 1)
        end = self._state.offset(closing)
        before = _BEFORE_ADDRESS.match(self._ground.content, end)
        return self._ground.at(before.end() if before else end)

    def _report_unpaired(self) -> None:
        marks: dict[int, str] = {}
        for token in self._state.unpaired():
            at = self._state.offset(token)
            marks[at] = marks.get(at, "") + token.content
        for at, mark in marks.items():
            advice = f"add the other `{mark}`, or a backslash before it: `\\{mark[0]}`"
            message = f"the emphasis that this `{mark}` should open or close has no partner"
            self._ground.source.report(UNCLOSED_EMPHASIS, self._ground.at(at), message, advice, len(mark))
