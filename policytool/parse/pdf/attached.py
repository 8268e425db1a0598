# ruff: noqa: ANN401 - what PDFium hands out has no types
"""What sticks to a page of PDFium: fields that were filled in, stamps, and comments."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

_MOST = 500
_LONGEST = 8_000


class Attached(NamedTuple):
    """What people noted on a page, what was filled in, and whether anything there prints with the page."""

    comments: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    prints: bool = False


def attached(page: Any) -> Attached:
    """What sticks to a page."""
    from pypdfium2 import raw

    noted = {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_STRIKEOUT}
    printed = {raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP}
    comments, filled, prints = list[str](), list[str](), False
    for thing in _things(page):
        kind = raw.FPDFAnnot_GetSubtype(thing)
        prints |= kind in printed
        if kind in noted:
            comments.append(_text(thing, b"Contents"))
        elif kind == raw.FPDF_ANNOT_WIDGET:
            filled.append(_text(thing, b"V"))
    return Attached(tuple(filter(None, comments)), tuple(filter(None, filled)), prints)


def flattened(page: Any) -> bool:
    """Make what sticks to a page a part of it, as printing does; whether that was done."""
    from pypdfium2 import raw

    return bool(raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


def _things(page: Any) -> Iterator[Any]:
    from pypdfium2 import raw

    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        if thing := raw.FPDFPage_GetAnnot(page, index):
            yield thing
            raw.FPDFPage_CloseAnnot(thing)


def _text(thing: Any, key: bytes) -> str:
    from pypdfium2 import raw

    if raw.FPDFAnnot_GetValueType(thing, key) != raw.FPDF_OBJECT_STRING:
        return ""
    held = ctypes.create_string_buffer(2 * _LONGEST)
    size = raw.FPDFAnnot_GetStringValue(thing, key, ctypes.cast(held, ctypes.POINTER(raw.FPDF_WCHAR)), len(held))
    said = held.raw[: size - 2] if 2 < size <= len(held) else b""  # noqa: PLR2004 - it ends in two zeros
    return said.decode("utf-16-le", "replace").strip()
