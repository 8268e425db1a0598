"""A mail in words -> plain text, lines of at most 76 characters where words allow."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from policytool.render.mail.shown import Item, Line, Shown

WIDTH = 76
_LABEL = 12


def text(page: Shown) -> str:
    """The plain part."""
    return "\n".join(_parts(page)) + "\n"


def _parts(page: Shown) -> Iterator[str]:
    yield from (f"Dear {page.name},", "")
    for paragraph in page.opening:
        yield from (*_wrapped(paragraph), "")
    for group in page.groups:
        yield from (group.heading.upper(), "")
        for item in group.items:
            yield from (*_item(item), "")
    yield from ("-- ", *_wrapped(page.closing))


def _item(item: Item) -> Iterator[str]:
    yield from _wrapped(f"* {item.title}: {item.standing}", "  ")
    for line in item.lines:
        yield from _line(line)


def _line(line: Line) -> Iterator[str]:
    begin = f"  {line.label + ':':<{_LABEL}}"
    if line.code or line.address:  # an address or a command that is broken is neither
        yield begin + line.words
    else:
        yield from _wrapped(begin + line.words, " " * len(begin))


def _wrapped(words: str, indent: str = "") -> list[str]:
    return wrap(words, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
