"""The words of a PDF as a screen reader meets them: in the order of its structure, page furniture left out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple, TypeAlias

import pikepdf
import pypdfium2
from pypdfium2 import raw

Marked: TypeAlias = dict[tuple[int, int], str]
"""The text of each marked content, by page (from 0) and id."""

_INLINE = frozenset({"Span", "Link", "Reference", "Strong", "Em", "Note", "Code"})
_BULLET = "•"
_LAST_HYPHEN = "\x02"
"""What PDFium says for a hyphen at the end of a line."""


class Printed(NamedTuple):
    """The words of the policy and those of its footnotes, with the numbers before them; footnote marks left out."""

    body: list[str]
    footnotes: list[str]


def printed_words(pdf: bytes) -> list[str]:
    """All the words that a policy prints, numbers included, footnotes last.

    Left out are the name of the organisation, the title, the title block, the contents, headers, footers, the
    watermark, bullets and footnote marks. Each of those has a form of its own in every format.
    """
    printed = printed_text(pdf)
    return printed.body + printed.footnotes


def printed_text(pdf: bytes) -> Printed:
    """The words that a policy prints, body and footnotes apart."""
    with pikepdf.open(BytesIO(pdf)) as document:
        reader = _Reader(_marked(pdf), {page.obj.objgen: number for number, page in enumerate(document.pages)})
        elements = list(_kids(document.Root.StructTreeRoot.K[0]))
        names = [str(element.S) for element in elements]
        before = names.index("/TOC") if "/TOC" in names else names.index("/L")
        body = "".join(reader.text(element) for element in elements[before + 1 :])
        return Printed(_words(body), _words(" ".join(reader.notes)))


def _words(text: str) -> list[str]:
    return text.replace("\u200b", "").split()


def cover_words(pdf: bytes) -> list[str]:
    """The words before the contents, without the organisation's name: the title, the notice and the title block."""
    with pikepdf.open(BytesIO(pdf)) as document:
        reader = _Reader(_marked(pdf), {page.obj.objgen: number for number, page in enumerate(document.pages)})
        elements = list(_kids(document.Root.StructTreeRoot.K[0]))
        last = [str(element.S) for element in elements].index("/L")
        return _words("".join(reader.text(element) for element in elements[1 : last + 1]))


class _Reader:
    """Reads structure elements; keeps footnotes apart, as they stand where they are cited."""

    def __init__(self, marked: Marked, pages: dict[tuple[int, int], int]) -> None:
        self.marked = marked
        self.pages = pages
        self.notes: list[str] = []

    def text(self, element: Any, page: Any = None) -> str:
        """The text of an element, blanks around it where it is a block."""
        kind, page = str(element.S).lstrip("/"), element.get("/Pg", page)
        inner = "".join(self.kid(kid, page) for kid in _kids(element))
        if kind == "Note":
            self.notes.append(inner)
            return ""
        if kind == "Lbl" and (inner == _BULLET or element.P.S != "/LI"):
            return ""
        return inner if kind in _INLINE else f" {inner} "

    def kid(self, kid: Any, page: Any) -> str:
        """The text of what an element holds: marked content, its id alone or with its page, or an element.

        PDFium finds nothing in marked content that is blank.
        """
        if isinstance(kid, int):
            return self.marked.get((self.pages[page.objgen], kid), " ")
        if "/MCID" in kid:
            return self.kid(int(kid.MCID), kid.get("/Pg", page))
        return self.text(kid, page) if "/S" in kid else ""


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    yield from kids if isinstance(kids, pikepdf.Array) else [kids]


def _marked(pdf: bytes) -> Marked:
    """The text of each marked content. Blanks that PDFium makes up from the layout are left out."""
    marked: Marked = {}
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        textpage = page.get_textpage()
        for index in range(textpage.count_chars()):
            holder = raw.FPDFText_GetTextObject(textpage, index)
            if holder:
                place = number, raw.FPDFPageObj_GetMarkedContentID(holder)
                sign = chr(raw.FPDFText_GetUnicode(textpage, index))
                marked[place] = marked.get(place, "") + ("-" if sign == _LAST_HYPHEN else sign)
    document.close()
    return marked
