"""The few verbs with which every part is written: elements, paragraphs, runs, complex fields.

Words of a policy enter a document only as the text of a node or the value of an attribute, never as markup, and only
through `clean`.
"""

from __future__ import annotations

import re
from copy import copy
from functools import cache, lru_cache
from typing import NamedTuple

from lxml import etree
from lxml.etree import SubElement
from lxml.etree import _Element as Element

__all__ = ["NAMES", "Element", "Look", "R", "W", "child", "clean", "field", "paragraph", "plain_run", "root", "run"]

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
W = f"{{{NAMES['w']}}}"
R = f"{{{NAMES['r']}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# All that XML 1.0 cannot hold, not even as a reference: control characters, lone surrogates, U+FFFE and U+FFFF.
_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Look(NamedTuple):
    """How a run looks. `linked`: it stands in a hyperlink, in which there can be no other."""

    bold: bool = False
    italic: bool = False
    linked: bool = False
    style: str = ""


PLAIN = Look()


def clean(text: str) -> str:
    """The text as XML can hold it, on one line."""
    return _ILLEGAL.sub("", text).replace("\r", " ").replace("\n", " ")


def root(name: str) -> Element:
    """The root of a part."""
    return etree.Element(W + name, nsmap=NAMES)


def child(parent: Element, name: str, /, **attributes: str) -> Element:
    """A new last child in WordprocessingML's namespace, its attributes as well."""
    made = SubElement(parent, _qualified(name))
    for key, value in attributes.items():
        made.set(_qualified(key), value)  # twice as fast as a mapping given to SubElement
    return made


@cache
def _qualified(name: str) -> str:
    return W + name


def paragraph(  # noqa: PLR0913 - what a paragraph may have
    parent: Element,
    style: str,
    *,
    keep_next: bool = False,
    number: tuple[int, int] | None = None,
    border: str = "",
    indent: tuple[int, int] | None = None,
    align: str = "",
) -> Element:
    """A new last paragraph: `number` is (w:num, level), `indent` (left, hanging) in twentieths of a point.

    `border` is the colour of a line down the left side.
    """
    made = copy(_prototype(style, keep_next, number, border, indent, align))
    parent.append(made)
    return made


@lru_cache(maxsize=1024)
def _prototype(
    style: str,
    keep_next: bool,  # noqa: FBT001 - the cache wants one key
    number: tuple[int, int] | None,
    border: str,
    indent: tuple[int, int] | None,
    align: str,
) -> Element:
    """An empty paragraph to be copied, which is five times as fast as to make one. The schema wants this order.

    lxml copies an element with all that is in it, and `copy` is quicker than `deepcopy`.
    """
    made = root("p")
    properties = child(made, "pPr")
    child(properties, "pStyle", val=style)
    if keep_next:
        child(properties, "keepNext")
    if number is not None:
        listed = child(properties, "numPr")
        child(listed, "ilvl", val=str(number[1]))
        child(listed, "numId", val=str(number[0]))
    if border:
        child(child(properties, "pBdr"), "left", val="single", sz="18", space="10", color=border)
    if indent is not None:
        child(properties, "ind", left=str(indent[0]), hanging=str(indent[1]))
    if align:
        child(properties, "jc", val=align)
    return made


def run(parent: Element, text: str, look: Look = PLAIN) -> None:
    """A run of words; a tab in them is a tab."""
    text = clean(text)
    if not text:
        return
    made = plain_run(parent, look)
    for index, piece in enumerate(text.split("\t")):
        if index:
            child(made, "tab")
        if piece:
            _put(child(made, "t"), piece)


def _put(made: Element, text: str) -> None:
    made.text = text
    if text != text.strip():
        made.set(SPACE, "preserve")


def plain_run(parent: Element, look: Look = PLAIN) -> Element:
    """A new last run, without content yet."""
    made = child(parent, "r")
    if look != PLAIN:
        properties = child(made, "rPr")
        style = look.style or ("Hyperlink" if look.linked else "")
        if style:
            child(properties, "rStyle", val=style)
        if look.bold:
            child(properties, "b")
        if look.italic:
            child(properties, "i")
    return made


def field(parent: Element, instruction: str, result: str, look: Look = PLAIN) -> None:
    """A complex field with its cached result. The instruction is ours: no word of a policy stands in it."""
    open_field(parent, instruction, look)
    run(parent, result, look)
    close_field(parent, look)


def open_field(parent: Element, instruction: str, look: Look = PLAIN) -> None:
    """The beginning of a field, up to its result."""
    parent.append(copy(_field_mark("begin", look)))
    _put(child(plain_run(parent, look), "instrText"), f" {instruction} ")
    parent.append(copy(_field_mark("separate", look)))


def close_field(parent: Element, look: Look = PLAIN) -> None:
    """The end of a field."""
    parent.append(copy(_field_mark("end", look)))


@cache
def _field_mark(kind: str, look: Look) -> Element:
    """A run that holds nothing but one of a field's three marks, to be copied."""
    made = plain_run(root("p"), look)
    child(made, "fldChar", fldCharType=kind)
    return made
