"""Runs of words -> runs, hyperlinks, fields and footnote marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

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
    descend,
    plain,
)
from policytool.model.library import Target
from policytool.render.edition import Edition
from policytool.render.word.bookmarks import name_of_footnote
from policytool.render.word.links import safe_address
from policytool.render.word.markup import PLAIN, Element, Look, R, child, clean, field, plain_run, run
from policytool.render.word.numbering import level_of
from policytool.render.word.story import Story

_BEFORE_LETTER = re.compile(r"appendix\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Manner:
    """How words are written: their look, and the instruction of the field that a computed number becomes."""

    look: Look = PLAIN
    instruction: str = ""

    def looking(self, **changes: object) -> _Manner:
        return replace(self, look=replace(self.look, **changes))  # type: ignore[arg-type]


_PLAINLY = _Manner()


def write_words(story: Story, parent: Element, inlines: Inlines, manner: _Manner = _PLAINLY) -> None:
    """Words at the end of a paragraph."""
    for inline in inlines:
        _write(story, parent, inline, manner)


def printed(edition: Edition, inlines: Inlines) -> str:
    """The words alone, cross-references as they are printed."""
    return "".join(
        plain(edition.cite(inline).children) if isinstance(inline, Reference) else _own_words(inline)
        for inline in descend(inlines)
    )


def _own_words(inline: Inline) -> str:
    return "" if isinstance(inline, Emphasis | Strong | Link) else plain((inline,))


def _write(story: Story, parent: Element, inline: Inline, manner: _Manner) -> None:  # noqa: C901 - one line a kind
    match inline:
        case Text():
            run(parent, inline.text, manner.look)
        case Emphasis():
            write_words(story, parent, inline.children, manner.looking(italic=True))
        case Strong():
            write_words(story, parent, inline.children, manner.looking(bold=True))
        case Code():
            run(parent, inline.text, replace(manner.look, style="Code"))
        case LineBreak():
            child(plain_run(parent, manner.look), "br")
        case Link():
            _write_link(story, parent, inline.children, manner, inline.address, inline.title)
        case Reference():
            _write_reference(story, parent, inline, manner)
        case FootnoteMark():
            _write_mark(story, parent, inline, manner)
        case Numeral():
            _write_numeral(parent, inline, manner)


def _write_numeral(parent: Element, numeral: Numeral, manner: _Manner) -> None:
    if manner.instruction:
        field(parent, manner.instruction, numeral.text, manner.look)
    else:
        run(parent, numeral.text, manner.look)


def _write_link(  # noqa: PLR0913 - what a link is
    story: Story, parent: Element, children: Inlines, manner: _Manner, address: str, title: str = ""
) -> None:
    """Words that lead to an address, or the words alone where it may not be linked to."""
    safe = "" if manner.look.linked else safe_address(address)
    if not safe:
        write_words(story, parent, children, manner)
        return
    made = child(parent, "hyperlink")
    made.set(R + "id", story.relate(safe))
    if title:
        made.set(child_name("tooltip"), clean(title))
    made.set(child_name("history"), "1")
    write_words(story, made, children, manner.looking(linked=True))
