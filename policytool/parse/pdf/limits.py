"""What is read and what is refused: a PDF that is locked, damaged, scanned, or larger than anybody writes."""

from __future__ import annotations

import re
import zlib

from policytool.model.diagnostic import Diagnostic, Finding
from policytool.parse.findings import PDF_TOO_LARGE

MOST_BYTES = 50_000_000
MOST_PAGES = 1_000
MOST_LETTERS = 1_500_000  # four hundred dense pages; each costs about 5 µs
MOST_LETTERS_A_PAGE = 60_000
MOST_UNFOLDED = 60_000_000  # of all that is not a picture; PDFium needs a multiple
MOST_DRAWN = 2_000_000  # by one page or figure; PDFium cannot be stopped while it reads them
MOST_TEXTS = 10_000
_STREAM = re.compile(rb"<<(?P<dictionary>[^\0]{0,600}?)>>\s{0,4}stream\r?\n")
_NOT_DRAWN = re.compile(rb"/(Length[123]|Type1C|CIDFontType0C|OpenType|ObjStm|XRef|XML|Alternate|N \d)")


class Refused(Exception):  # noqa: N818 - it never leaves these rooms
    """A file that is not read on, and why."""

    def __init__(self, finding: Finding, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.finding, self.advice = finding, advice

    def told(self) -> Diagnostic:
        """What a person is told of it."""
        return self.finding.at("", None, str(self), self.advice)


def hold_unfolding(content: bytes) -> None:
    """Refuse what unfolds to more than anybody has written; PDFium would unfold it whole. Pictures it leaves alone."""
    unfolded = 0
    for found in _STREAM.finditer(content):
        filters = found["dictionary"].count(b"FlateDecode") + found["dictionary"].count(b"/Fl ")
        if filters > 1 or found["dictionary"].count(b"LZWDecode") > 1:
            raise Refused(PDF_TOO_LARGE, "parts of the file are packed several times over")
        if filters and b"/Image" not in found["dictionary"]:
            size = _unfolded(content, found.end(), MOST_UNFOLDED - unfolded)
            unfolded += size
            if size > MOST_DRAWN and not _NOT_DRAWN.search(found["dictionary"]):
                raise Refused(PDF_TOO_LARGE, f"what one page draws unfolds to more than {MOST_DRAWN // 1_000_000} MB")
        if unfolded >= MOST_UNFOLDED:
            raise Refused(PDF_TOO_LARGE, f"the file unfolds to more than {MOST_UNFOLDED // 1_000_000} MB")


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
