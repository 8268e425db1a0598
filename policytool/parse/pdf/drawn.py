# ruff: noqa: ANN401 - what PDFium hands out has no types
"""What else is on a page of PDFium: ruled lines, pictures, and the areas that lead somewhere."""

from __future__ import annotations

import ctypes
import re
from typing import Any

from policytool.parse.pdf.sheet import Rule

_MOST_OBJECTS = 10_000
_MOST_LINES = 4_000
_MOST_LINKS = 500
_THIN = 2.5


def addresses(document: Any, page: Any) -> list[tuple[Rule, str]]:
    """Where the links of a page are, and where they lead; only those that lead out of the file."""
    from pypdfium2 import raw

    areas: list[tuple[Rule, str]] = []
    at, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while len(areas) < _MOST_LINKS and raw.FPDFLink_Enumerate(page.raw, ctypes.byref(at), ctypes.byref(link)):
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        held = ctypes.create_string_buffer(2_000)
        raw.FPDFAction_GetURIPath(document.raw, action, held, 2_000)
        address = held.value.decode("utf-8", "replace")
        if raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box)) and re.match(r"(https?|mailto|tel):", address):
            areas.append((Rule(box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)), address))
    return areas


def drawn(page: Any, area: float) -> tuple[list[Rule], bool]:
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
