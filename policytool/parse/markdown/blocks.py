"""Block tokens -> a tree of sections, clauses and items, not yet numbered.

What Markdown would silently swallow, drop or invent is reported here with the exact line and the mend. After each
mistake reading goes on with the likeliest meaning, and no word is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar

from markdown_it.token import Token

from policytool.model.block import (
    Block,
    Blocks,
    Bullet,
    Clause,
    Footnote,
    Item,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Table,
)
from policytool.model.inline import Inlines, Position, Strong, Text
from policytool.parse.findings import (
    BAD_ATTRIBUTE,
    CODE_BY_INDENT,
    DUPLICATE_FOOTNOTE,
    EMPTY_ITEM,
    MISPLACED,
    MISPLACED_ATTRIBUTE,
    ODD_INDENT,
    RAW_HTML,
    SWALLOWED,
    TOO_DEEP,
    UNDERLINED_HEADING,
    WRONG_MARK,
)
from policytool.parse.markdown.attributes import LABEL_LINE, Attributes, attributes, split
from policytool.parse.markdown.cited import is_blank
from policytool.parse.markdown.ground import Ground, Source
from policytool.parse.markdown.guards import guard_number, guard_paragraph
from policytool.parse.markdown.nesting import nest, style
from policytool.parse.markdown.places import AN, Inside, Mark, Place, blanks, start
from policytool.parse.markdown.places import mark as read_mark
from policytool.parse.markdown.prose import PARAGRAPH
from policytool.parse.markdown.tables import read_table
from policytool.parse.markdown.tokens import DEEPEST
from policytool.parse.markdown.words import words

# What may follow the backticks of a fence: the name of a computer language.
_LANGUAGE = re.compile(r"[a-z][a-z0-9+-]*\Z")


@dataclass(slots=True)
class _Siblings:
    """The blocks read so far under one parent, and the column of the last list among them."""

    place: Place
    blocks: list[Block] = field(default_factory=list)
    list_column: int | None = None


class Reader:
    """Reads the block tokens of one policy."""

    def __init__(self, tokens: list[Token], source: Source, *, running: bool = False, as_typed: bool = False) -> None:
        self._tokens, self._source, self._running, self._as_typed = tokens, source, running, as_typed
        self._index = 0
        self.footnotes: dict[str, Footnote] = {}
        self.typed: list[tuple[str, Position]] = []
        self._braces_of_parent: Attributes | None = None

    def read(self) -> Blocks:
        """All blocks, each section holding what stands under its heading."""
        return nest(self._siblings(Place("policy")))

    # Walking the tokens

    def _next(self) -> Token:
        token = self._tokens[self._index]
        self._index += 1
        return token

    def _siblings(self, place: Place, closing: str = "") -> list[Block]:
        """The blocks up to the token that closes their parent, which is taken too."""
        siblings = _Siblings(place)
        while self._index < len(self._tokens):
            token = self._next()
            if token.type == closing:
                break
            if token.level >= DEEPEST - 2:
                self._source.report(TOO_DEEP, self._place_of(token, place), "this is nested too deep")
            self._check_indent(token, siblings)
            self._READ[token.type](self, token, siblings)
        return siblings.blocks

    def _place_of(self, token: Token, place: Place) -> Position:
        return self._source.position(*start(self._source.lines, token, place))

    def _check_indent(self, token: Token, siblings: _Siblings) -> None:
        place, before = siblings.place, siblings.list_column
        if not place.measured or token.map is None or token.type in ("code_block", "footnote_reference_open"):
            return
        line, column = start(self._source.lines, token, place)
        is_list = token.type.endswith("list_open")
        expected = {before} if is_list else {before, place.column}
        if before is not None and column not in expected:
            self._odd(line, column, before, place)
        if is_list:
            siblings.list_column = column

    def _odd(self, line: int, column: int, sibling: int, place: Place) -> None:
        advice = f"indent it by {blanks(sibling)}, like what stands beside it"
        if place.column != sibling:
            advice += f", or by {blanks(place.column)}"
        self._source.report(ODD_INDENT, self._source.position(line, column), "this is indented like no other", advice)

    # Running text

    def _paragraph(self, token: Token, siblings: _Siblings) -> None:
        if LABEL_LINE.match(token.content) and split(token.content)[1]:
            self._label_line(token, siblings)
            return
        content = self._outer_braces(token, siblings.place)
        ground = self._ground(token, siblings.place)
        text, found = self._words(content, ground)
        found.refuse(self._source, "a paragraph")
        if text or found.label:
            siblings.blocks.append(Paragraph(text, found.label, ground.at(0)))

    def _ground(self, token: Token, place: Place) -> Ground:
        """Where the words of a paragraph stand, once it is known that they are a paragraph's."""
        line = self._line(token)
        ground = Ground(self._source, token.content, line)
        guard_paragraph(self._source, ground, line, place.inside)
        return ground

    def _line(self, token: Token) -> int:
        """The line on which a token's content begins; Markdown trims odd blanks, and with them whole lines."""
        line, end = token.map or (0, 0)
        if token.type == PARAGRAPH and end - line > token.content.count("\n") + 1:
            first = token.content.partition("\n")[0].strip()
            line = next((at for at in range(line, end) if first in self._source.lines[at]), line)
        return line

    @staticmethod
    def _words(content: str, ground: Ground) -> tuple[Inlines, Attributes]:
        content, braces = split(content)
        return words(ground, content), attributes(braces, ground)

    def _label_line(self, token: Token, siblings: _Siblings) -> None:
        """Braces alone on a line: they belong to the table or quotation before it."""
        found = attributes(split(token.content)[1], Ground(self._source, token.content, self._line(token)))
        before = siblings.blocks[-1] if siblings.blocks else None
        if isinstance(before, Table | Quote | Preformatted) and not before.label:
            found.refuse(self._source, "a table or quotation")
            siblings.blocks[-1] = replace(before, label=found.label)
        else:
            advice = "move it to the end of the block it is meant for"
            self._source.report(
                MISPLACED_ATTRIBUTE, found.position, "these braces follow no table or quotation", advice
            )

    def _outer_braces(self, token: Token, place: Place) -> str:
        """A paragraph's content, without braces that Markdown took into a quotation from the line below it."""
        above, newline, last = token.content.rpartition("\n")
        if place.inside != "quote" or not newline or not LABEL_LINE.match(last):
            return token.content
        line = self._line(token) + token.content.count("\n")
        if self._source.lines[line].lstrip().startswith(">"):
            return token.content
        ground = Ground(self._source, last, line)
        self._braces_of_parent = attributes(split(last)[1], ground)
        return above

    # Headings

    def _heading(self, opening: Token, siblings: _Siblings) -> None:
        inline, _closing = self._next(), self._next()
        line = self._line(opening)
        position = self._place_of(opening, siblings.place)
        if opening.markup in ("=", "-"):
            self._source.report(UNDERLINED_HEADING, position, "this line is underlined, which makes it a heading")
        ground = Ground(self._source, inline.content, line, position.column - 1 if opening.markup[0] == "#" else None)
        text, found = self._words(inline.content, ground)
        if siblings.place.inside != "policy":
            self._source.report(MISPLACED, position, f"a heading cannot stand in {AN[siblings.place.inside]}")
            siblings.blocks.append(Paragraph((Strong(text),) if text else (), found.label, position))
            return
        guard_number(self._source, inline.content, ground.at(0))
        if is_blank(text):
            self._source.report(EMPTY_ITEM, position, "this heading has no words")
        siblings.blocks.append(self._section(int(opening.tag[1]), text, found, position))
        siblings.list_column = None

    def _section(self, level: int, title: Inlines, found: Attributes, position: Position) -> Section:
        if found.appendix and (level > 1 or found.unnumbered):
            self._source.report(
                MISPLACED_ATTRIBUTE, found.position, "only a numbered heading of level 1 is an appendix"
            )
            found.appendix = False
        self._check_start(found, least=1 if found.appendix else 0)
        unnumbered = found.unnumbered or (self._running and not found.appendix)
        return Section(
            level,
            title,
            (),
            found.label,
            unnumbered,
            found.appendix,
            None if unnumbered else found.start,
            None,
            position,
        )

    def _check_start(self, found: Attributes, least: int) -> None:
        if found.start is not None and found.start < least:
            self._source.report(BAD_ATTRIBUTE, found.position, "letters and roman numbers start at 1")
            found.start = None

    # Lists

    def _ordered(self, _opening: Token, siblings: _Siblings) -> None:
        self._list("ordered_list_close", siblings, self._clause)

    def _lettered(self, _opening: Token, siblings: _Siblings) -> None:
        self._list("lettered_list_close", siblings, self._item)

    def _bullets(self, _opening: Token, siblings: _Siblings) -> None:
        self._list("bullet_list_close", siblings, self._bullet)

    def _list(self, closing: str, siblings: _Siblings, read: Callable[[Token, Mark, _Siblings], None]) -> None:
        column, before = None, None
        while (token := self._next()).type != closing:
            mark = read_mark(self._source, token, siblings.place)
            if column is None:
                column = mark.column
            elif mark.column != column and siblings.place.measured:
                advice = f"indent it by {blanks(column)} to stand beside the one above it"
                advice += f", by {blanks(before.content)} to stand under it" if before else ""
                self._source.report(ODD_INDENT, mark.position, "this is indented like no other", advice, len(mark.text))
            before = mark
            read(token, mark, siblings)

    def _clause(self, token: Token, mark: Mark, siblings: _Siblings) -> None:
        if token.markup == ")":
            advice = f"write `{token.info}.` for a clause, `a)` for a lettered item"
            self._source.report(WRONG_MARK, mark.position, f"`{mark.text}` marks no clause", advice, len(mark.text))
        inside = siblings.place.inside
        if inside not in ("policy", "clause"):
            self._source.report(MISPLACED, mark.position, f"a numbered clause cannot stand in {AN[inside]}")
            self._bullet(token, mark, siblings)
            return
        self.typed.append((token.info, mark.position))
        text, blocks, found = self._body(mark, "clause", siblings.place)
        found.refuse(self._source, "a clause", start=True)
        start = found.start if found.start is not None else self._typed_start(token, siblings)
        siblings.blocks.append(Clause(text, blocks, found.label, start, None, mark.position))

    def _typed_start(self, token: Token, siblings: _Siblings) -> int | None:
        """The number typed before a clause, where it is to count: 1 only at the start of a list."""
        goes_on = bool(siblings.blocks) and isinstance(siblings.blocks[-1], Clause)
        return int(token.info) if self._as_typed and not (goes_on and int(token.info) == 1) else None

    def _item(self, token: Token, mark: Mark, siblings: _Siblings) -> None:
        if self._source.in_footnote:
            self._source.report(MISPLACED, mark.position, "a lettered item cannot stand in a footnote")
            self._bullet(token, mark, siblings)
            return
        kind, begins = style(token.info, siblings.blocks)
        self.typed.append((token.info, mark.position))
        text, blocks, found = self._body(mark, "item", siblings.place)
        found.refuse(self._source, "an item", start=True)
        self._check_start(found, least=1)
        begins = begins and found.start is None
        siblings.blocks.append(Item(kind, text, blocks, found.label, begins, found.start, None, mark.position))

    def _bullet(self, _token: Token, mark: Mark, siblings: _Siblings) -> None:
        text, blocks, found = self._body(mark, "bullet", siblings.place)
        found.refuse(self._source, "a bullet")
        siblings.blocks.append(Bullet(text, blocks, found.label, mark.position))

    def _body(self, mark: Mark, inside: Inside, place: Place) -> tuple[Inlines, Blocks, Attributes]:
        """An item's own words, the blocks below them, and its attributes."""
        inner = Place(inside, mark.line, mark.content, place.measured, place.quotes)
        text, found = self._own_words(inner)
        if is_blank(text):
            self._source.report(EMPTY_ITEM, mark.position, f"nothing stands after `{mark.text}`", length=len(mark.text))
        blocks = tuple(self._siblings(inner, "list_item_close"))
        return text, blocks, found

    def _own_words(self, place: Place) -> tuple[Inlines, Attributes]:
        if self._tokens[self._index].type != PARAGRAPH:
            return (), Attributes()
        token = self._next()
        return self._words(token.content, self._ground(token, place))

    # Everything else

    def _quote(self, opening: Token, siblings: _Siblings) -> None:
        position = self._place_of(opening, siblings.place)
        self._braces_of_parent = None
        blocks = tuple(
            self._siblings(Place("quote", measured=False, quotes=siblings.place.quotes + 1), "blockquote_close")
        )
        found, self._braces_of_parent = self._braces_of_parent or Attributes(), None
        found.refuse(self._source, "a quotation")
        siblings.blocks.append(Quote(blocks, found.label, position))

    def _footnote(self, opening: Token, siblings: _Siblings) -> None:
        name, position = opening.meta["label"], self._place_of(opening, siblings.place)
        outer, self._source.in_footnote = self._source.in_footnote, True
        blocks = tuple(self._siblings(Place("footnote", measured=False), "footnote_reference_close"))
        self._source.in_footnote = outer
        if name in self.footnotes:
            self._source.report(
                DUPLICATE_FOOTNOTE, position, f"the footnote `{name}` stands twice", length=len(name) + 3
            )
        self.footnotes.setdefault(name, Footnote(name, blocks, position))

    def _fence(self, token: Token, siblings: _Siblings) -> None:
        position = self._place_of(token, siblings.place)
        if token.info.strip() and not _LANGUAGE.match(token.info.strip()):
            message = f"the words after `{token.markup}` would not be printed"
            self._source.report(SWALLOWED, position, message, "write them on the next line", len(token.markup))
        siblings.blocks.append(Preformatted(token.content.rstrip("\n"), "", position))

    def _code(self, token: Token, siblings: _Siblings) -> None:
        line = self._line(token)
        where = self._source.position(line, self._source.indent(line))
        self._source.report(CODE_BY_INDENT, where, "Markdown takes this for code, because of its indent")
        siblings.blocks.append(Preformatted(token.content.rstrip("\n"), "", where))

    def _html(self, token: Token, siblings: _Siblings) -> None:
        where = self._place_of(token, siblings.place)
        self._source.report(RAW_HTML, where, "this is HTML", "write Markdown, or a backslash before the bracket: `\\<`")
        siblings.blocks.append(Paragraph((Text(" ".join(token.content.split()), ((0, where),)),), "", where))

    def _rule(self, token: Token, siblings: _Siblings) -> None:
        siblings.blocks.append(Rule(self._place_of(token, siblings.place)))

    def _table(self, opening: Token, siblings: _Siblings) -> None:
        position = self._place_of(opening, siblings.place)
        self._index, table = read_table(self._tokens, self._index, self._source, position)
        siblings.blocks.append(table)

    _READ: ClassVar[dict[str, Callable[[Reader, Token, _Siblings], None]]] = {
        PARAGRAPH: _paragraph,
        "heading_open": _heading,
        "ordered_list_open": _ordered,
        "lettered_list_open": _lettered,
        "bullet_list_open": _bullets,
        "blockquote_open": _quote,
        "footnote_reference_open": _footnote,
        "fence": _fence,
        "code_block": _code,
        "html_block": _html,
        "hr": _rule,
        "table_open": _table,
    }
