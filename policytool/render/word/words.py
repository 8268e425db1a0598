"""Runs of words -> runs, hyperlinks, fields and footnote marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

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
)
from policytool.model.library import Target
from policytool.render.address import safe_address
from policytool.render.word.bookmarks import name_of_footnote
from policytool.render.word.markup import PLAIN, Element, Look, R, W, child, clean, field, plain_run, run
from policytool.render.word.numbering import level_of
from policytool.render.word.story import Story


class Cut(Emphasis):
    """A place in the words that a redline has to find again. It prints nothing."""

    __slots__ = ()


CUT = Cut(())
CUT_TAG = "cut"
"""The element that stands for a `Cut` until the redline is put together."""

_BEFORE_LETTER = re.compile(r"appendix\s+$", re.IGNORECASE)


def write_words(story: Story, parent: Element, inlines: Inlines, look: Look = PLAIN, instruction: str = "") -> None:
    """Words at the end of a paragraph. A computed number in them becomes a field, if there is an instruction for it."""
    for inline in inlines:
        _write(story, parent, inline, look, instruction)


def _write(story: Story, parent: Element, inline: Inline, look: Look, instruction: str) -> None:
    match inline:
        case Text():
            run(parent, inline.text, look)
        case Cut():
            child(parent, CUT_TAG)
        case Emphasis():
            write_words(story, parent, inline.children, look._replace(italic=True), instruction)
        case Strong():
            write_words(story, parent, inline.children, look._replace(bold=True), instruction)
        case Code():
            run(parent, inline.text, look._replace(style="Code"))
        case LineBreak():
            child(plain_run(parent, look), "br")
        case Link():
            write_link(story, parent, inline.children, inline.address, inline.title, look)
        case Reference():
            _write_reference(story, parent, inline, look)
        case FootnoteMark():
            _write_mark(story, parent, inline, look)
        case _:  # a Numeral
            _write_numeral(parent, inline, look, instruction)


def _write_numeral(parent: Element, numeral: Numeral, look: Look, instruction: str) -> None:
    if instruction:
        field(parent, instruction, numeral.text, look)
    else:
        run(parent, numeral.text, look)


def write_link(
    story: Story, parent: Element, children: Inlines, address: str, title: str = "", look: Look = PLAIN
) -> None:
    """Words that lead to an address, or the words alone where it may not be linked to."""
    safe = "" if look.linked else safe_address(address)
    if not safe:
        write_words(story, parent, children, look)
        return
    made = child(parent, "hyperlink", history="1")
    made.set(R + "id", story.relate(safe))
    if title:
        made.set(W + "tooltip", clean(title))
    write_words(story, made, children, look._replace(linked=True))


def _write_reference(story: Story, parent: Element, reference: Reference, look: Look) -> None:
    cited = story.edition.cite(reference)
    if cited.policy:
        write_link(story, parent, cited.children, cited.address, look=look)
        return
    target = story.edition.target(reference)
    if target is None or look.linked:
        write_words(story, parent, cited.children, look)
    elif is_counted(story, cited.children, target):
        # \w is the number with all it stands in, 4.2(b)(ii); \r the number alone, which for a clause holds the path.
        instruction = f"REF {story.bookmarks.numbered(target)} \\{'w' if cited.item else 'r'} \\h"
        write_words(story, parent, absorbed(cited.children, target), look, instruction)
    else:
        _write_jump(story, parent, cited.children, story.bookmarks.of(target), look)


def is_counted(story: Story, children: Inlines, target: Target) -> bool:
    """Whether a number stands in what is printed of a reference, and Word counts it."""
    return any(isinstance(inline, Numeral) for inline in descend(children)) and _countable(story, target)


def _countable(story: Story, target: Target) -> bool:
    """Whether Word itself can print the target's number."""
    return bool(target.number and level_of(target.number) is not None and story.bookmarks.numbered(target))


def _write_jump(story: Story, parent: Element, children: Inlines, bookmark: str, look: Look) -> None:
    """Words that lead to a place in this document, if there is one."""
    if bookmark:
        parent = child(parent, "hyperlink", anchor=bookmark, history="1")
        look = look._replace(linked=True)
    write_words(story, parent, children, look)


def absorbed(children: Inlines, target: Target) -> Inlines:
    """The word "appendix" made part of the number after it.

    Word prints the number of an appendix as its heading does, "Appendix A". Left outside the field, the word would be
    there twice as soon as the reader updates the fields.
    """
    if not (target.number and target.number.appendix and target.number.depth == 1):
        return children
    return tuple(_absorbing(children))


def _absorbing(children: Inlines, word: str = "") -> Iterator[Inline]:
    for inline, after in zip(children, (*children[1:], None), strict=True):
        if isinstance(inline, Text) and _is_number(after) and (found := _BEFORE_LETTER.search(inline.text)):
            word = found.group()
            yield Text(inline.text[: found.start()])
        elif isinstance(inline, Numeral):
            yield Numeral(word + inline.text)
            word = ""
        elif isinstance(inline, Emphasis | Strong):
            yield replace(inline, children=tuple(_absorbing(inline.children, word)))
            word = ""
        else:
            yield inline


def _is_number(inline: Inline | None) -> bool:
    """Whether it begins with a computed number, which may be in bold."""
    if isinstance(inline, Emphasis | Strong):
        return _is_number(next(iter(inline.children), None))
    return isinstance(inline, Numeral)


def _write_mark(story: Story, parent: Element, mark: FootnoteMark, look: Look) -> None:
    notes, raised = story.notes, look._replace(style="FootnoteReference")
    if mark.name not in notes.known:
        run(parent, f"[{mark.name}]", look)
    elif story.is_note and mark.name not in notes.cited:
        run(parent, str(mark.number), raised)
        notes.nested.append(mark)
    else:
        _write_citation(story, parent, mark.name, raised)


def _write_citation(story: Story, parent: Element, name: str, look: Look) -> None:
    number, first = story.notes.cite(name)
    bookmark = name_of_footnote(number)
    if first:
        key = story.bookmarks.begin(parent, bookmark)
        child(plain_run(parent, look), "footnoteReference", id=str(number))
        story.bookmarks.end(parent, key)
    else:
        field(parent, f"NOTEREF {bookmark} \\f \\h", str(number), look)
