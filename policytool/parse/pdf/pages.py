# ruff: noqa: ANN401 - what PDFium hands out has no types
"""The bytes of a PDF -> its sheets, by PDFium: nothing is run, nothing fetched, and there are limits to everything."""

from __future__ import annotations

import ctypes
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from policytool.model.diagnostic import Diagnostic, Finding
from policytool.parse.findings import PDF_LOCKED, PDF_SCANNED, PDF_TOO_LARGE, PDF_UNREADABLE
from policytool.parse.pdf.sheet import Look, Rule, Sheet, Word

MOST_BYTES = 50_000_000
MOST_PAGES = 1_000
MOST_LETTERS = 1_500_000  # four hundred dense pages; each costs about 5 µs
MOST_LETTERS_A_PAGE = 60_000
MOST_UNFOLDED = 60_000_000  # of all that is not a picture; PDFium needs a multiple
MOST_DRAWN = 2_000_000  # by one page or figure; PDFium cannot be stopped while it reads them
MOST_TEXTS = 10_000
_MOST_OBJECTS = 10_000
_MOST_LINES = 4_000
_THIN = 2.5
_SMALLER = 0.6
_FEW_LETTERS_A_PAGE = 25
_STREAM = re.compile(rb"<<(?P<dictionary>[^\0]{0,600}?)>>\s{0,4}stream\r?\n")
_NOT_DRAWN = re.compile(rb"/(Length[123]|Type1C|CIDFontType0C|OpenType|ObjStm|XRef|XML|Alternate|N \d)")
_LAST_HYPHEN = "\x02"
"""What PDFium says for a hyphen at the end of a line."""
_NOTHING = "\0\ufeff\u200b\u200c\u00ad\ufffe\uffff"
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi(?!um)|-bd|boldmt", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique|-it\b", re.IGNORECASE)
_BOLD_WEIGHT = 600


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
    except _Refused as refused:
        return None, [refused.told()]
    return (made, []) if _has_text(made) else (None, [_scanned(made)])


class _Refused(Exception):  # noqa: N818 - it never leaves this module
    """A file that is not read on, and why."""

    def __init__(self, finding: Finding, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.finding, self.advice = finding, advice

    def told(self) -> Diagnostic:
        return self.finding.at("", None, str(self), self.advice)


def _opened(content: bytes) -> Any:
    import pypdfium2  # 20 ms, and only for this
    from pypdfium2 import raw

    if len(content) > MOST_BYTES:
        raise _Refused(PDF_TOO_LARGE, f"the file has {len(content) // 1_000_000} MB")
    if b"%PDF-" not in content[:1024]:
        raise _Refused(PDF_UNREADABLE, "this is no PDF: it does not begin like one")
    _hold_unfolding(content)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise _Refused(PDF_LOCKED, "the file wants a password") from None
        raise _Refused(PDF_UNREADABLE, "the file is damaged, or breaks off") from None
    return _counted(document)


def _counted(document: Any) -> Any:
    pages = len(document)
    if not pages:
        raise _Refused(PDF_UNREADABLE, "the file has no pages that can be found")
    if pages > MOST_PAGES:
        raise _Refused(PDF_TOO_LARGE, f"the file has {pages:,} pages")
    return document


def _hold_unfolding(content: bytes) -> None:
    """Refuse what unfolds to more than anybody has written; PDFium would unfold it whole. Pictures it leaves alone."""
    unfolded = 0
    for found in _STREAM.finditer(content):
        filters = found["dictionary"].count(b"FlateDecode") + found["dictionary"].count(b"/Fl ")
        if filters > 1 or found["dictionary"].count(b"LZWDecode") > 1:
            raise _Refused(PDF_TOO_LARGE, "parts of the file are packed several times over")
        if filters and b"/Image" not in found["dictionary"]:
            size = _unfolded(content, found.end(), MOST_UNFOLDED - unfolded)
            unfolded += size
            if size > MOST_DRAWN and not _NOT_DRAWN.search(found["dictionary"]):
                raise _Refused(PDF_TOO_LARGE, f"what one page draws unfolds to more than {MOST_DRAWN // 1_000_000} MB")
        if unfolded >= MOST_UNFOLDED:
            raise _Refused(PDF_TOO_LARGE, f"the file unfolds to more than {MOST_UNFOLDED // 1_000_000} MB")


def _unfolded(content: bytes, start: int, most: int) -> int:
    """How many bytes come out of what is packed from `start` on; no more than about `most` are looked at."""
    unpack, size, at = zlib.decompressobj(), 0, start
    try:
        while not unpack.eof and size < most and at < len(content):
            piece = content[at : at + 65_536]
            at += len(piece)
            while piece and size < most and not unpack.eof:
                size += len(unpack.decompress(piece, 1_000_000))
                piece = unpack.unconsumed_tail
    except zlib.error:
        pass
    return size


def _book(document: Any) -> Book:
    sheets, letters = [], 0
    for index in range(len(document)):
        sheet, count = _sheet(document, index)
        letters += count
        if letters > MOST_LETTERS:
            raise _Refused(PDF_TOO_LARGE, f"the first {index + 1} pages hold more than {MOST_LETTERS:,} letters")
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
    for entry, _ in zip(document.get_toc(max_depth=6), range(5_000), strict=False):
        levels.setdefault(said(entry.get_title()), entry.level + 1)
    return levels


def said(text: str) -> str:
    """Words as they count when headings are looked up: letters and figures alone, small."""
    return "".join(filter(str.isalnum, text.lower()))


def _sheet(document: Any, index: int) -> tuple[Sheet, int]:
    import pypdfium2

    try:
        page = document[index]
        _hold_texts(page.raw, index + 1)
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        raise _Refused(PDF_UNREADABLE, f"page {index + 1} is damaged") from None
    count = textpage.count_chars()
    if count > MOST_LETTERS_A_PAGE:
        raise _Refused(PDF_TOO_LARGE, f"page {index + 1} holds {count:,} letters")
    width, height = page.get_size()
    letters = list(_letters(textpage.raw, count, _addresses(document, page)))
    rules, pictured = _drawn(page.raw, width * height)
    words, turn = _words(letters)
    made = Sheet(index + 1, width, height, tuple(words), () if turn else tuple(rules), pictured)
    textpage.close()
    page.close()
    return made, count


def _hold_texts(page: Any, number: int) -> None:
    """Refuse a page with too many pieces of text: PDFium compares those that stand at one place with each other."""
    from pypdfium2 import raw

    texts = 0
    for index in range(min(raw.FPDFPage_CountObjects(page), 10 * MOST_TEXTS)):
        texts += raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, index)) == raw.FPDF_PAGEOBJ_TEXT
    if texts > MOST_TEXTS:
        raise _Refused(PDF_TOO_LARGE, f"page {number} is made of more than {MOST_TEXTS:,} pieces of text")


class _Letter(NamedTuple):
    sign: str
    x: float
    y: float
    left: float
    right: float
    bottom: float
    top: float
    look: Look
    turn: int  # quarters, against the clock; -1 for what stands askew
    address: str


def _letters(textpage: Any, count: int, areas: list[tuple[Rule, str]]) -> Iterator[_Letter]:
    from pypdfium2 import raw

    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    looks: dict[int | None, tuple[Look, int]] = {}
    for index in range(count):
        code = raw.FPDFText_GetUnicode(textpage, index)
        sign = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"  # noqa: PLR2004 - Unicode
        if sign in _NOTHING:
            continue
        raw.FPDFText_GetCharOrigin(textpage, index, at_x, at_y)
        raw.FPDFText_GetLooseCharBox(textpage, index, at_box)
        thing = ctypes.cast(raw.FPDFText_GetTextObject(textpage, index), ctypes.c_void_p).value
        if thing not in looks:
            looks[thing] = _look(textpage, index)
        look, turn = looks[thing]
        address = next((a for r, a in areas if r.left <= x.value <= r.right and r.bottom <= y.value <= r.top), "")
        raised = _raised(textpage, index, y.value, look) if sign.isdigit() else 0.0
        if raised:
            look = look._replace(size=round(_SMALLER * look.size, 1))
        sides = (box.left, box.right, box.bottom, box.top)
        yield _Letter("-" if sign == _LAST_HYPHEN else sign, x.value, y.value + raised, *sides, look, turn, address)


def _raised(textpage: Any, index: int, base: float, look: Look) -> float:
    """How far a figure stands above its own base line: a font may have raised ones of its own, for footnote marks."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(textpage, index, *map(ctypes.byref, (left, right, bottom, top)))
    up = bottom.value - base
    return up if 0.2 * look.size < up < look.size and top.value - bottom.value < _SMALLER * look.size else 0.0


def _look(textpage: Any, index: int) -> tuple[Look, int]:
    from pypdfium2 import raw

    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, name, 200, ctypes.byref(flags))
    font = name.value.decode("utf-8", "replace")
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix))
    size = raw.FPDFText_GetFontSize(textpage, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
    bold = bool(_BOLD_NAME.search(font)) or raw.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT
    angle = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    turn = round(angle) % 4 if abs(angle - round(angle)) < 0.05 else -1  # noqa: PLR2004 - 5 degrees
    return Look(round(min(max(size, 1.0), 999.0), 1), bold, bool(_ITALIC_NAME.search(font))), turn


def _words(letters: list[_Letter]) -> tuple[list[Word], int]:
    """The words, turned as most letters of the page are; and by how many quarters that is."""
    turns = Counter(letter.turn for letter in letters if not letter.sign.isspace())
    most = max((turns.most_common(1) or [(0, 0)])[0][0], 0)
    words: list[Word] = []
    held: list[_Letter] = []
    glued = False
    for letter in letters:
        blank = letter.sign.isspace()
        placed = letter if most == 0 else _turned(letter, most)
        apart = blank or (bool(held) and _is_apart(held, placed))
        if held and (apart or not _follows(held[-1], placed)):
            words.append(_word(held, most, glued=glued))
            glued = not apart and _touches(held[-1], placed)
            held = []
        if blank:
            glued = False
        else:
            held.append(placed)
    if held:
        words.append(_word(held, most, glued=glued))
    return words, most


def _turned(letter: _Letter, quarters: int) -> _Letter:
    """A letter as if the page were turned back."""
    x, y, left, right, bottom, top = letter.x, letter.y, letter.left, letter.right, letter.bottom, letter.top
    for _ in range(quarters):
        x, y, left, right, bottom, top = y, -x, bottom, top, -right, -left
    return letter._replace(x=x, y=y, left=left, right=right, bottom=bottom, top=top)


def _follows(last: _Letter, new: _Letter) -> bool:
    """Whether a letter goes on with the word: the same look, the same base line, right after it."""
    same = last.look == new.look and last.turn == new.turn and last.address == new.address
    level = new.turn < 0 or abs(new.y - last.y) < 0.2 * new.look.size
    return same and level and _near(last, new)


def _touches(last: _Letter, new: _Letter) -> bool:
    return last.turn == new.turn and abs(new.y - last.y) < 0.6 * max(last.look.size, new.look.size) and _near(last, new)


def _is_apart(held: list[_Letter], new: _Letter) -> bool:
    """Whether a blank was meant that PDFium did not see: more room than between the letters of the word so far."""
    room = new.left - held[-1].right
    inside = max((two.left - one.right for one, two in pairwise(held)), default=0.1 * new.look.size)
    return new.turn >= 0 and room > 0.13 * new.look.size and room > 3 * max(inside, 0.0)


def _near(last: _Letter, new: _Letter) -> bool:
    """Whether a letter stands beside the last one, or in its very place, as the letters of a ligature do."""
    size = max(new.look.size, last.look.size)
    return new.turn < 0 or abs(new.left - last.left) < 0.05 * size or -0.5 * size < new.left - last.right < 0.4 * size


def _word(letters: list[_Letter], turn: int, *, glued: bool) -> Word:
    first = letters[0]
    look = first.look._replace(turned=first.turn != turn)
    text = "".join(letter.sign for letter in letters)
    right = max(letter.right for letter in letters)
    return Word(text, first.left, right, first.y, look, glued, first.address)


def _addresses(document: Any, page: Any) -> list[tuple[Rule, str]]:
    """Where the links of a page are, and where they lead; only those that lead out of the file."""
    from pypdfium2 import raw

    areas: list[tuple[Rule, str]] = []
    at, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while len(areas) < 500 and raw.FPDFLink_Enumerate(page.raw, ctypes.byref(at), ctypes.byref(link)):  # noqa: PLR2004
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        held = ctypes.create_string_buffer(2_000)
        raw.FPDFAction_GetURIPath(document.raw, action, held, 2_000)
        address = held.value.decode("utf-8", "replace")
        if raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box)) and re.match(r"(https?|mailto|tel):", address):
            areas.append((Rule(box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)), address))
    return areas


def _drawn(page: Any, area: float) -> tuple[list[Rule], bool]:
    """The ruled lines of a page, and whether a picture covers most of it."""
    from pypdfium2 import raw

    rules: list[Rule] = []
    pictured = False
    for index in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        thing = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH and len(rules) < _MOST_LINES:
            rules += _lines(_bounds(thing), stroked=_is_stroked(thing))
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            bounds = _bounds(thing)
            pictured |= (bounds.right - bounds.left) * (bounds.top - bounds.bottom) > area / 2
    return rules, pictured


def _bounds(thing: Any) -> Rule:
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, sides))
    return Rule(*(side.value for side in sides))


def _is_stroked(path: Any) -> bool:
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)) and stroke.value)


def _lines(box: Rule, *, stroked: bool) -> list[Rule]:
    """The lines that a path draws: itself, if it is thin, else the four sides of its box; a shade has none."""
    left, bottom, right, top = box
    if right - left < _THIN or top - bottom < _THIN:
        return [box] if max(right - left, top - bottom) > 2 * _THIN else []
    if not stroked:
        return []
    sides = [Rule(left, bottom, left, top), Rule(right, bottom, right, top)]
    return [*sides, Rule(left, bottom, right, bottom), Rule(left, top, right, top)]


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
