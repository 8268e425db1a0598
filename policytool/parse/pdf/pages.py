# ruff: noqa: ANN401 - what PDFium hands out has no types
"""The bytes of a PDF -> its sheets, by PDFium: nothing is run, nothing fetched, and there are limits to everything."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from policytool.model.diagnostic import Diagnostic
from policytool.parse.findings import PDF_LOCKED, PDF_SCANNED, PDF_TOO_LARGE, PDF_UNREADABLE
from policytool.parse.pdf.attached import Attached, attached, flattened
from policytool.parse.pdf.drawn import addresses, drawn
from policytool.parse.pdf.letters import letters
from policytool.parse.pdf.limits import (
    MOST_BYTES,
    MOST_LETTERS,
    MOST_LETTERS_A_PAGE,
    MOST_PAGES,
    MOST_TEXTS,
    Refused,
    hold_unfolding,
)
from policytool.parse.pdf.sheet import Sheet
from policytool.parse.pdf.spacing import words_of
from policytool.parse.pdf.words import said

_FEW_LETTERS_A_PAGE = 25


class Book(NamedTuple):
    """What was read: the title the file has for itself, its sheets, its outline (words of a heading -> level)."""

    title: str
    sheets: tuple[Sheet, ...]
    outline: dict[str, int]


def book(content: bytes) -> tuple[Book | None, list[Diagnostic]]:
    """The sheets of a PDF, or why there are none: locked, damaged, scanned, beyond the limits."""
    try:
        document = _opened(content)
        made = _book(document)
    except Refused as refused:
        return None, [refused.told()]
    return (made, []) if _has_text(made) else (None, [_scanned(made)])


def _opened(content: bytes) -> Any:
    import pypdfium2  # 20 ms, and only for this
    from pypdfium2 import raw

    if len(content) > MOST_BYTES:
        raise Refused(PDF_TOO_LARGE, f"the file has {len(content) // 1_000_000} MB")
    if b"%PDF-" not in content[:1024]:
        raise Refused(PDF_UNREADABLE, "this is no PDF: it does not begin like one")
    hold_unfolding(content)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise Refused(PDF_LOCKED, "the file wants a password") from None
        raise Refused(PDF_UNREADABLE, "the file is damaged, or breaks off") from None
    return _counted(document)


def _counted(document: Any) -> Any:
    pages = len(document)
    if not pages:
        raise Refused(PDF_UNREADABLE, "the file has no pages that can be found")
    if pages > MOST_PAGES:
        raise Refused(PDF_TOO_LARGE, f"the file has {pages:,} pages")
    return document


def _book(document: Any) -> Book:
    sheets, letters = [], 0
    for index in range(len(document)):
        sheet, count = _sheet(document, index)
        letters += count
        if letters > MOST_LETTERS:
            raise Refused(PDF_TOO_LARGE, f"the first {index + 1} pages hold more than {MOST_LETTERS:,} letters")
        sheets.append(sheet)
    made = Book(_title(document), tuple(sheets), _outline(document))
    document.close()
    return made


def _title(document: Any) -> str:
    title = " ".join("".join(filter(str.isprintable, document.get_metadata_value("Title"))).split())
    drawn_up = re.match(r"Microsoft Word - |untitled|Document\d*$|.*\.(docx?|pdf|odt|indd)$", title, re.IGNORECASE)
    return "" if drawn_up else title[:300]


def _outline(document: Any) -> dict[str, int]:
    levels: dict[str, int] = {}
    for entry, _ in zip(document.get_toc(max_depth=100), range(5_000), strict=False):
        levels.setdefault(said(entry.get_title()), entry.level + 1)
    return levels


def _sheet(document: Any, index: int) -> tuple[Sheet, int]:
    import pypdfium2

    try:
        page, extra = _whole(document, index)
        _hold_texts(page.raw, index + 1)
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        raise Refused(PDF_UNREADABLE, f"page {index + 1} is damaged") from None
    count = textpage.count_chars()
    if count > MOST_LETTERS_A_PAGE:
        raise Refused(PDF_TOO_LARGE, f"page {index + 1} holds {count:,} letters")
    width, height = page.get_size()
    words, turn = words_of(list(letters(textpage.raw, count, addresses(document, page))))
    rules, pictured = drawn(page.raw, width * height)
    shown = said("".join(word.text for word in words))
    filled = tuple(text for text in extra.filled if said(text) not in shown)
    ruled = () if turn else tuple(rules)
    made = Sheet(index + 1, width, height, tuple(words), ruled, pictured, extra.comments, filled)
    textpage.close()
    page.close()
    return made, count


def _whole(document: Any, index: int) -> tuple[Any, Attached]:
    """A page with what was filled in and stamped on it as part of it, and what sticks to it."""
    page = document[index]
    extra = attached(page.raw)
    if extra.prints and flattened(page.raw):
        page.close()
        page = document[index]
    return page, extra


def _hold_texts(page: Any, number: int) -> None:
    """Refuse a page with too many pieces of text: PDFium compares those that stand at one place with each other."""
    from pypdfium2 import raw

    texts = 0
    for index in range(min(raw.FPDFPage_CountObjects(page), 10 * MOST_TEXTS)):
        texts += raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, index)) == raw.FPDF_PAGEOBJ_TEXT
    if texts > MOST_TEXTS:
        raise Refused(PDF_TOO_LARGE, f"page {number} is made of more than {MOST_TEXTS:,} pieces of text")


def _has_text(made: Book) -> bool:
    """Whether there is text to speak of: a page of a scan has none, or a stamp."""
    letters = sum(len(word.text) for sheet in made.sheets for word in sheet.words)
    pictured = sum(sheet.pictured for sheet in made.sheets)
    return letters > (_FEW_LETTERS_A_PAGE * len(made.sheets) if pictured * 2 > len(made.sheets) else 0)


def _scanned(made: Book) -> Diagnostic:
    pictures = "pictures of text" if any(sheet.pictured for sheet in made.sheets) else "no words that can be read"
    return PDF_SCANNED.at(
        "",
        None,
        f"its pages hold {pictures}: it was probably scanned",
        "find the file it was printed from, or have the text recognised (OCR) and read it against the paper",
    )
