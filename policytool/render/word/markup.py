"""The few verbs with which every part is written: elements, paragraphs, runs, complex fields.

Words of a policy enter a document only as the text of a node or the value of an attribute, never as markup, and only
through `clean`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.etree import SubElement
from lxml.etree import _Element as Element

__all__ = ["NAMES", "Element", "Look", "R", "W", "child", "clean", "field", "paragraph", "plain_run", "root", "run"]

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
W = "{%s}" % NAMES["w"]
R = "{%s}" % NAMES["r"]
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# All that XML 1.0 cannot hold, not even as a reference: control characters, lone surrogates, U+FFFE and U+FFFF.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = str.maketrans("\r\n", "  ")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks. `linked`: it stands in a hyperlink, in which there can be no other."""

    bold: bool = False
    italic: bool = False
    linked: bool = False
    style: str = ""


PLAIN = Look()


def clean(text: str) -> str:
    """The text as XML can hold it, on one line."""
    return _ILLEGAL.sub("", text).translate(_LINE_ENDS)


def root(name: str) -> Element:
    """The root of a part."""
    return etree.Element(W + name, nsmap=NAMES)


def child(parent: Element, name: str, **attributes: str) -> Element:
    """A new last child in WordprocessingML's namespace, its attributes as well."""
    return SubElement(parent, W + name, {W + key: value for key, value in attributes.items()})


def paragraph(  # noqa: PLR0913 - one place that knows the order in which the schema wants properties
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
    made = child(parent, "p")
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
    if text:
        _put(plain_run(parent, look), text)


def _put(made: Element, text: str) -> None:
    for index, piece in enumerate(text.split("\t")):
        if index:
            child(made, "tab")
        if piece:
            written = child(made, "t")
            written.text = piece
            if piece != piece.strip():
                written.set(SPACE, "preserve")


def plain_run(parent: Element, look: Look = PLAIN) -> Element:
    """A new last run, without content yet."""
    made = child(parent, "r")
    if look is not PLAIN:
        properties = child(made, "rPr")
        style = look.style or ("Hyperlink" if look.linked else "")
        if style:
            child(properties, "rStyle", val=style)
        if look.bold:
            child(properties, "b")
            child(properties, "bCs")
        if look.italic:
            child(properties, "i")
            child(properties, "iCs")
    return made


def field(parent: Element, instruction: str, result: str, look: Look = PLAIN) -> None:
    """A complex field with its cached result. The instruction is ours: no word of a policy stands in it."""
    open_field(parent, instruction, look)
    run(parent, result, look)
    close_field(parent, look)


def open_field(parent: Element, instruction: str, look: Look = PLAIN) -> None:
    """The beginning of a field, up to its result."""
    child(plain_run(parent, look), "fldChar", fldCharType="begin")
    written = child(plain_run(parent, look), "instrText")
    written.text = f" {instruction} "
    written.set(SPACE, "preserve")
    child(plain_run(parent, look), "fldChar", fldCharType="separate")


def close_field(parent: Element, look: Look = PLAIN) -> None:
    """The end of a field."""
    child(plain_run(parent, look), "fldChar", fldCharType="end")
