"""What words point at: a link's address and a footnote's name -> Link, Reference or FootnoteMark."""

from __future__ import annotations

import re

from policytool.model.inline import FootnoteMark, Inlines, LineBreak, Link, Position, Reference, Text, plain
from policytool.parse.findings import EMPTY_LINK
from policytool.parse.markdown.ground import Source
from policytool.parse.text import UNPRINTABLE

# A file of the library, in whatever folder it lies: "online-safety.md", "../staff/online-safety.md#reporting".
_POLICY = re.compile(r"(?:[^:#?]*/)?([^:/#?]+)\.md(?:#(.*))?\Z")
_PRINTS_NOTHING = (Text, LineBreak)


def is_blank(inlines: Inlines) -> bool:
    """Whether nothing would be printed: no words but blanks, no cross-reference, no footnote mark."""
    return not plain(inlines).strip() and all(isinstance(inline, _PRINTS_NOTHING) for inline in inlines)


def link(source: Source, written: str, title: str, children: Inlines, position: Position) -> Link | Reference:
    """A link, or a cross-reference where its address as written is that of a policy or a label."""
    address = UNPRINTABLE.sub("", written)
    children = () if is_blank(children) else children
    if address.startswith("#"):
        return Reference("", address[1:], children, position)
    policy = _POLICY.match(address)
    if policy:
        return Reference(policy[1], policy[2] or "", children, position)
    if not children:
        source.report(EMPTY_LINK, position, "this link has no words", length=max(len(address), 1))
    return Link(children, address, UNPRINTABLE.sub("", title), position)


def footnote_mark(source: Source, name: str, position: Position) -> FootnoteMark:
    """The mark of a footnote, which is numbered as it is first cited."""
    first = source.cited.setdefault(name, FootnoteMark(name, len(source.cited) + 1, position))
    return FootnoteMark(name, first.number, position)
