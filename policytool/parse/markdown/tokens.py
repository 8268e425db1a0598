"""Text -> the tokens of CommonMark with GFM tables, footnotes, and our lettered lists.

markdown-it says on which lines a block stands, but not in which column a word does: the inline state below notes the
offset of every token, so that a diagnostic can point at the very word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from policytool.parse.markdown.prose import MARK, PARAGRAPH, paragraph, prose

DEEPEST = 100
LETTERED = "lettered_list"
_NOTE = re.compile(r"\[\^[^\]\n ]{1,200}\]")


@cache
def grammar() -> MarkdownIt:
    """What is Markdown here: made once, because that takes as long as to read a policy."""
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST})
    markdown.enable("table").use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    markdown.inline.ruler.at("footnote_ref", footnote_mark)
    # Definitions of links apart from the text print nothing, so that words could vanish; joined fragments would lose
    # their offsets.
    markdown.disable(["reference", "fragments_join"])
    markdown.block.ruler.before("list", LETTERED, lettered_list, {"alt": ["paragraph", "blockquote"]})
    markdown.block.ruler.before("table", "prose", prose)
    markdown.block.ruler.at(PARAGRAPH, paragraph)
    # Addresses are kept as written; whether one is safe is for `check` to say.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    markdown.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return markdown


def footnote_mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # a rule's form
    """The plugin's rule, kept from reading to the end of a block for every bracket that is never closed."""
    return bool(_NOTE.match(state.src, state.pos)) and footnote_ref(state, silent, always_match=True)


def block_tokens(text: str) -> list[Token]:
    """The block tokens of a text; inline tokens are still unread."""
    markdown = grammar()
    tokens: list[Token] = []
    markdown.block.parse(text, markdown, {}, tokens)
    return tokens


def inline_tokens(content: str) -> InlineState:
    """The inline tokens of a block, with their offsets."""
    markdown = grammar()
    state = InlineState(content, markdown, {}, [])
    markdown.inline.tokenize(state)
    for rule in markdown.inline.ruler2.getRules(""):
        rule(state)
    return state


class InlineState(StateInline):
    """An inline state that notes at which offset of its source each token begins."""

    def __init__(self, src: str, md: MarkdownIt, env: dict[str, object], tokens: list[Token]) -> None:
        self._offsets: dict[int, int] = {}
        self._begin = -1
        super().__init__(src, md, env, tokens)

    def offset(self, token: Token) -> int:
        """Where a token begins; for a link, where its words do."""
        return self._offsets[id(token)]

    @property
    def pending(self) -> str:
        """The text that no token holds yet."""
        return StateInline.pending.fget(self)  # type: ignore[attr-defined,no-any-return]

    @pending.setter
    def pending(self, value: str) -> None:
        self._note(value)
        StateInline.pending.fset(self, value)  # type: ignore[attr-defined]

    def append_pending(self, text: str) -> None:
        """Add to the text that no token holds yet."""
        self._note(text)
        super().append_pending(text)

    def _note(self, text: str) -> None:
        if not text:
            self._begin = -1
        elif self._begin < 0:
            self._begin = self.pos

    def pushPending(self) -> Token:  # noqa: N802  # markdown-it's name
        """Make a token of the text so far."""
        begin = self._begin
        token = super().pushPending()
        self._offsets[id(token)] = begin
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Make a token."""
        token = super().push(ttype, tag, nesting)
        self._offsets[id(token)] = self.pos
        return token

    def unpaired(self) -> Iterable[Token]:
        """The marks that could open or close an emphasis and did not."""
        lists = [self.delimiters, *(meta["delimiters"] for meta in self.tokens_meta if meta)]
        for delimiter in (one for each in lists for one in each):
            token = self.tokens[delimiter.token]
            if token.type == "text" and token.content and (delimiter.open or delimiter.close):
                yield token


def lettered_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001  # a rule's form
    """The block rule for lists marked a), b) or i), ii): as CommonMark's own lists, but for the mark.

    Like a list that begins with 1, one that begins with a or i may interrupt a paragraph.
    """
    if state.is_code_block(start_line) or _is_continuation(state, start_line):
        return False
    mark = _mark(state, start_line)
    if mark is None or (silent and not _may_interrupt(state, start_line, mark)):
        return False
    if not silent:
        _read_list(state, start_line, end_line)
    return True


def _mark(state: StateBlock, line: int) -> re.Match[str] | None:
    return MARK.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def _is_continuation(state: StateBlock, line: int) -> bool:
    """Four blanks beyond the list it would be in: CommonMark reads on in the paragraph."""
    indent = state.sCount[line]
    return state.listIndent >= 0 and indent - state.listIndent >= 4 and indent < state.blkIndent  # noqa: PLR2004


def _may_interrupt(state: StateBlock, line: int, mark: re.Match[str]) -> bool:
    if state.parentType != "paragraph" or state.sCount[line] < state.blkIndent:
        return True
    return mark[1] in ("a", "i") and state.skipSpaces(mark.end()) < state.eMarks[line]


def _read_list(state: StateBlock, line: int, end_line: int) -> None:
    opening = state.push(f"{LETTERED}_open", "ol", 1)
    opening.map = [line, line]
    parent, state.parentType = state.parentType, "list"
    while line < end_line and (mark := _mark(state, line)) is not None:
        line = _read_item(state, line, end_line, mark)
        if line >= end_line or state.sCount[line] < state.blkIndent or state.is_code_block(line):
            break
        if any(rule(state, line, end_line, True) for rule in state.md.block.ruler.getRules("list")):  # noqa: FBT003
            break
    state.push(f"{LETTERED}_close", "ol", -1)
    opening.map[1] = state.line = line
    state.parentType = parent


def _read_item(state: StateBlock, line: int, end_line: int, mark: re.Match[str]) -> int:
    """Read one item into tokens; the line after it."""
    item = state.push("list_item_open", "li", 1)
    item.info, item.map = mark[1], [line, line]
    content, column = _content(state, line, mark.end())
    before = state.tShift[line], state.sCount[line], state.blkIndent, state.listIndent, state.tight
    state.listIndent, state.blkIndent = state.blkIndent, column
    state.tShift[line], state.sCount[line] = content - state.bMarks[line], column
    if content >= state.eMarks[line] and state.isEmpty(line + 1):
        state.line = min(line + 2, end_line)
    else:
        state.md.block.tokenize(state, line, end_line)
    state.tShift[line], state.sCount[line], state.blkIndent, state.listIndent, state.tight = before
    state.push("list_item_close", "li", -1)
    item.map[1] = state.line
    return state.line


def _content(state: StateBlock, line: int, after: int) -> tuple[int, int]:
    """Where an item's words begin: offset in the source, and column. More than four blanks count as one."""
    column = state.sCount[line] + after - (state.bMarks[line] + state.tShift[line])
    position, reached = after, column
    while position < state.eMarks[line] and state.src[position] in " \t":
        reached += 4 - (reached + state.bsCount[line]) % 4 if state.src[position] == "\t" else 1
        position += 1
    if position >= state.eMarks[line]:
        return position, column + 1
    if reached - column > 4:  # noqa: PLR2004  # the rest is code, indented, in an item
        return after + 1, column + 1
    return position, reached
